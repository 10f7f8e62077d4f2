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
const PANEL: f64 = 90.0;
const FOOT: f64 = 40.0;

/// One panel per line; `None` where no line crosses the units of the use.
pub fn draw(subject: &Subject<'_>, lang: Lang) -> Option<String> {
    subject.ground?;
    let sections = Sections::default();
    let profiles = profiles(subject.units(), subject.classes, &sections).ok()?;
    let profiles: Vec<&Profile> = profiles.iter().filter(|profile| profile.samples.len() > 1).collect();
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
    let key = say!("line: running median; rings: the steepest falls", "曲线:滑动中位数;圆圈:最陡下降处");
    text(&mut svg, (LEFT, 34.0), "start", "fill=\"#666\"", key.in_lang(lang));
    let x = |steps: usize| LEFT + steps as f64 * sections.step / reach * (WIDTH - LEFT - RIGHT);
    for (at, profile) in profiles.iter().enumerate() {
        let base = HEAD + PANEL * (at as f64 + 1.0) - 6.0;
        let y = |total: f64| base - total / 100.0 * (PANEL - 14.0);
        let end = WIDTH - RIGHT;
        let _ = writeln!(svg, "<line x1=\"{LEFT}\" y1=\"{base}\" x2=\"{end}\" y2=\"{base}\" stroke=\"#b0bec5\"/>");
        text(&mut svg, (LEFT - 8.0, base - PANEL / 2.0 + 10.0), "end", "", &short(profile.line));
        let dots = profile.samples.iter().map(|sample| (x(sample.steps), y(sample.total)));
        for (left, top) in dots {
            let _ = writeln!(svg, "<circle cx=\"{left:.1}\" cy=\"{top:.1}\" r=\"1.5\" fill=\"#90a4ae\"/>");
        }
        let points = profile.samples.iter().map(|sample| format!("{:.1},{:.1}", x(sample.steps), y(sample.smoothed)));
        let points = points.collect::<Vec<_>>().join(" ");
        let _ = writeln!(svg, "<polyline points=\"{points}\" fill=\"none\" stroke=\"#1565c0\" stroke-width=\"1.5\"/>");
        for fall in &profile.falls {
            let (left, top) = (x(fall.steps), y(fall.total));
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
    let axis = say!(
        "metres from the start; at the left each line's bearing or number",
        "距起点(米);左侧为各剖面线的方位角或编号"
    );
    text(&mut svg, (LEFT, base + 34.0), "start", "fill=\"#666\"", axis.in_lang(lang));
    svg.push_str("</svg>\n");
    Some(svg)
}
