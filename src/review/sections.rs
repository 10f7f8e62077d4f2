//! The chart of section lines: the totals from the centre outwards, line by line, with the steepest falls marked.

use super::breaks::{Subject, short};
use super::chart::{text, ticks};
use crate::grade::{Profile, Sections, profiles};
use crate::land::Lang;
use crate::say;
use std::fmt::Write as _;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 60.0;
const RIGHT: f64 = 24.0;
const HEAD: f64 = 40.0;
const PANEL: f64 = 110.0;
const FOOT: f64 = 40.0;

/// A ray by its bearing, a given line by its number.
fn bearing(line: f64, lang: Lang) -> String {
    const NAMES: [(&str, &str); 8] = [
        ("north", "北"),
        ("north-east", "东北"),
        ("east", "东"),
        ("south-east", "东南"),
        ("south", "南"),
        ("south-west", "西南"),
        ("west", "西"),
        ("north-west", "西北"),
    ];
    let shown = short(line);
    let named = (line % 45.0 == 0.0 && (0.0..360.0).contains(&line)).then(|| NAMES[(line / 45.0) as usize]);
    match named {
        Some((en, zh)) => say!("bearing {shown}° ({en})", "方位角 {shown}°({zh})").in_lang(lang).to_string(),
        None => say!("line {shown}", "剖面 {shown}").in_lang(lang).to_string(),
    }
}

/// One panel per line; `None` where no line crosses the units of the use.
pub fn draw(subject: &Subject<'_>, lang: Lang) -> Option<String> {
    subject.ground?;
    let sections = Sections::default();
    let profiles = profiles(subject.units(), subject.classes, &sections).ok()?;
    let all = profiles.len();
    let profiles: Vec<&Profile> = profiles.iter().filter(|profile| profile.samples.len() > 1).collect();
    let totals = || profiles.iter().flat_map(|profile| &profile.samples).map(|sample| sample.total);
    let (low, high) =
        (totals().fold(f64::INFINITY, f64::min).floor(), totals().fold(f64::NEG_INFINITY, f64::max).ceil());
    let span = (high - low).max(1.0);
    let farthest = profiles.iter().flat_map(|profile| &profile.samples).map(|sample| sample.steps).max()?;
    let reach = farthest.max(1) as f64 * sections.step;
    let height = HEAD + PANEL * profiles.len() as f64 + FOOT;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    let name = &subject.name;
    let title = say!("{name}: totals along section lines", "{name}:总分剖面");
    text(&mut svg, (LEFT, 18.0), "start", "font-size=\"15\" font-weight=\"bold\"", title.in_lang(lang));
    let (drawn, empty) = (profiles.len(), all - profiles.len());
    let key = say!(
        "points of total score over metres; line: running median; rings: the steepest falls; {drawn} lines, {empty} more cross too few units",
        "总分(分)—距离(米);曲线:滑动中位数;圆圈:最陡下降处;共 {drawn} 条剖面,另有 {empty} 条经过的单元过少"
    );
    text(&mut svg, (LEFT, 34.0), "start", "fill=\"#666\"", key.in_lang(lang));
    let x = |steps: usize| LEFT + steps as f64 * sections.step / reach * (WIDTH - LEFT - RIGHT);
    for (at, profile) in profiles.iter().enumerate() {
        let base = HEAD + PANEL * (at as f64 + 1.0) - 6.0;
        let y = |total: f64| base - (total - low) / span * (PANEL - 26.0);
        let first = profile.samples.first().map_or(0.0, |sample| x(sample.steps));
        for tick in [low, f64::midpoint(low, low + span), low + span] {
            let at = y(tick);
            let _ = writeln!(
                svg,
                "<line x1=\"{LEFT}\" y1=\"{at:.1}\" x2=\"{}\" y2=\"{at:.1}\" stroke=\"#eceff1\"/>",
                WIDTH - RIGHT
            );
            text(&mut svg, (LEFT - 6.0, at + 4.0), "end", "font-size=\"10\" fill=\"#666\"", &short(tick));
        }
        let end = WIDTH - RIGHT;
        let _ = writeln!(svg, "<line x1=\"{LEFT}\" y1=\"{base}\" x2=\"{end}\" y2=\"{base}\" stroke=\"#b0bec5\"/>");
        let line = bearing(profile.line, lang);
        text(&mut svg, (first.max(LEFT) + 4.0, y(low + span) - 4.0), "start", "font-weight=\"bold\"", &line);
        let dots = profile.samples.iter().map(|sample| (x(sample.steps), y(sample.total)));
        for (left, top) in dots {
            let _ = writeln!(svg, "<circle cx=\"{left:.1}\" cy=\"{top:.1}\" r=\"1.5\" fill=\"#90a4ae\"/>");
        }
        let points = profile.samples.iter().map(|sample| format!("{:.1},{:.1}", x(sample.steps), y(sample.smoothed)));
        let points = points.collect::<Vec<_>>().join(" ");
        let _ = writeln!(svg, "<polyline points=\"{points}\" fill=\"none\" stroke=\"#1565c0\" stroke-width=\"1.5\"/>");
        for fall in &profile.falls {
            // Halfway down to the next sample, on the line.
            let next = profile.samples.iter().map(|sample| sample.steps).find(|steps| *steps > fall.steps);
            let (left, top) = (f64::midpoint(x(fall.steps), x(next.unwrap_or(fall.steps))), y(fall.total));
            let _ = writeln!(
                svg,
                "<circle cx=\"{left:.1}\" cy=\"{top:.1}\" r=\"4\" fill=\"none\" stroke=\"#b71c1c\" stroke-width=\"1.5\"/>"
            );
        }
    }
    let base = height - FOOT;
    for tick in ticks(0.0, reach) {
        let at = LEFT + tick / reach * (WIDTH - LEFT - RIGHT);
        let _ =
            writeln!(svg, "<line x1=\"{at:.1}\" y1=\"{base}\" x2=\"{at:.1}\" y2=\"{}\" stroke=\"#000\"/>", base + 5.0);
        text(&mut svg, (at, base + 18.0), "middle", "", &short(tick));
    }
    let axis = say!("metres from the start of each line", "距各剖面线起点的距离(米)");
    text(&mut svg, (LEFT, base + 34.0), "start", "fill=\"#666\"", axis.in_lang(lang));
    svg.push_str("</svg>\n");
    Some(svg)
}
