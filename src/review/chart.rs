//! The chart: histogram and frequency curve above, beneath them the axis and the breaks of every method.

use super::breaks::{Row, Subject, named, short};
use crate::grade::Curve;
use crate::land::Lang;
use crate::land::markup::escaped;
use crate::say;
use std::fmt::Write as _;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 190.0;
const RIGHT: f64 = 24.0;
const HEAD: f64 = 44.0;
const CURVE: f64 = 200.0;
const AXIS: f64 = 30.0;
const STRIP: f64 = 36.0;

/// The most bins that are told apart in the chart.
const MOST_BARS: f64 = 400.0;

/// One panel per subject, below each other.
pub fn draw(panels: &[(&Subject<'_>, &[Row])], bin: f64, smoothing: f64, lang: Lang) -> String {
    let height = |rows: &[Row]| HEAD + CURVE + AXIS + STRIP * rows.len() as f64 + 20.0;
    let whole: f64 = panels.iter().map(|(_, rows)| height(rows)).sum();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{whole}\" viewBox=\"0 0 {WIDTH} {whole}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    let mut top = 0.0;
    for (subject, rows) in panels {
        let _ = writeln!(svg, "<g transform=\"translate(0 {top})\">");
        panel(&mut svg, subject, rows, (bin, smoothing), lang);
        svg.push_str("</g>\n");
        top += height(rows);
    }
    svg.push_str("</svg>\n");
    svg
}

fn panel(svg: &mut String, subject: &Subject<'_>, rows: &[Row], (bin, smoothing): (f64, f64), lang: Lang) {
    let (low, high) = subject
        .totals
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), total| (low.min(*total), high.max(*total)));
    // Where the bins asked for are too many to be seen, or too few to show anything, the chart has its own.
    let own = if high > low { (high - low) / 100.0 } else { 1.0 };
    let fits = bin > 0.0 && (5.0..=MOST_BARS).contains(&((high - low) / bin));
    let (bin, smoothing) = if fits { (bin, smoothing) } else { (own, 2.0 * own) };
    let Ok(curve) = Curve::of(subject.units(), bin, smoothing) else { return };
    let bins = curve.raw.len() as f64;
    let x = |value: f64| LEFT + (value - curve.start) / (bins * bin) * (WIDTH - LEFT - RIGHT);
    let highest = curve.raw.iter().chain(&curve.smoothed).copied().fold(0.0, f64::max);
    let y = |weight: f64| HEAD + CURVE * (1.0 - weight / highest);
    let edge = |number: usize| x(curve.start + bin * number as f64);
    let (name, count, classes) = (&subject.name, subject.totals.len(), subject.classes);
    let title = say!("{name}: {count} values, {classes} classes", "{name}:{count} 个数值,{classes} 级");
    text(svg, (LEFT, 20.0), "start", "font-size=\"15\" font-weight=\"bold\"", title.in_lang(lang));
    let (width, deviation) = (short(bin), short(smoothing));
    let key = say!(
        "bars: weight per bin of {width}; line: smoothed by {deviation}",
        "柱:每 {width} 分组的权重;曲线:平滑带宽 {deviation}"
    );
    text(svg, (LEFT, 37.0), "start", "fill=\"#666\"", key.in_lang(lang));
    for (number, weight) in curve.raw.iter().enumerate().filter(|(_, weight)| **weight > 0.0) {
        let (left, top) = (edge(number), y(*weight));
        let (wide, tall) = (edge(number + 1) - left, HEAD + CURVE - top);
        let _ = writeln!(
            svg,
            "<rect x=\"{left:.2}\" y=\"{top:.2}\" width=\"{wide:.2}\" height=\"{tall:.2}\" fill=\"#cfd8dc\"/>"
        );
    }
    let points = curve
        .smoothed
        .iter()
        .enumerate()
        .map(|(number, weight)| format!("{:.2},{:.2}", (edge(number) + edge(number + 1)) / 2.0, y(*weight)));
    let points = points.collect::<Vec<_>>().join(" ");
    let _ = writeln!(svg, "<polyline points=\"{points}\" fill=\"none\" stroke=\"#1565c0\" stroke-width=\"1.5\"/>");
    let base = HEAD + CURVE;
    let end = WIDTH - RIGHT;
    let unit = if subject.areas.is_some() {
        say!("weight (of units: m²)", "权重(单元为 ㎡)")
    } else {
        say!("values", "个数")
    };
    for tick in ticks(0.0, highest).into_iter().step_by(2) {
        let at = y(tick);
        let _ =
            writeln!(svg, "<line x1=\"{}\" y1=\"{at:.2}\" x2=\"{LEFT}\" y2=\"{at:.2}\" stroke=\"#000\"/>", LEFT - 5.0);
        text(svg, (LEFT - 8.0, at + 4.0), "end", "fill=\"#666\"", &grouped(tick));
    }
    let _ = writeln!(svg, "<line x1=\"{LEFT}\" y1=\"{HEAD}\" x2=\"{LEFT}\" y2=\"{base}\" stroke=\"#000\"/>");
    text(svg, (LEFT - 12.0, HEAD - 8.0), "end", "fill=\"#666\"", unit.in_lang(lang));
    let _ = writeln!(svg, "<line x1=\"{LEFT}\" y1=\"{base}\" x2=\"{end}\" y2=\"{base}\" stroke=\"#000\"/>");
    for tick in ticks(curve.start, curve.start + bins * bin) {
        let at = x(tick);
        let _ =
            writeln!(svg, "<line x1=\"{at:.2}\" y1=\"{base}\" x2=\"{at:.2}\" y2=\"{}\" stroke=\"#000\"/>", base + 5.0);
        text(svg, (at, base + 18.0), "middle", "", &short(tick));
    }
    for (number, row) in rows.iter().enumerate() {
        let level = base + AXIS + STRIP * (number as f64 + 0.6);
        let (colour, weight) = if row.sealed { ("#b71c1c", "font-weight=\"bold\"") } else { ("#37474f", "") };
        let mark = if row.sealed { " *" } else { "" };
        text(svg, (LEFT - 12.0, level + 4.0), "end", weight, &format!("{}{mark}", named(row).in_lang(lang)));
        let _ =
            writeln!(svg, "<line x1=\"{LEFT}\" y1=\"{level:.2}\" x2=\"{end}\" y2=\"{level:.2}\" stroke=\"#b0bec5\"/>");
        match &row.cut {
            Err(fault) => text(svg, (LEFT, level - 4.0), "start", "fill=\"#b71c1c\"", fault.what.in_lang(lang)),
            Ok(cut) => limits(svg, &cut.breaks, &x, level, colour),
        }
    }
}

/// The limits of a method on its line. A label that would lie over the one before stands below the line, and where that is taken too it is left to
/// the table; a limit beyond the axis stands at its end with an arrow.
fn limits(svg: &mut String, breaks: &[f64], x: &dyn Fn(f64) -> f64, level: f64, colour: &str) {
    let mut taken = [f64::NEG_INFINITY; 2];
    for limit in breaks {
        let (true_at, above, below) = (x(*limit), level - 6.0, level + 6.0);
        let at = true_at.clamp(LEFT, WIDTH - RIGHT);
        let _ = writeln!(
            svg,
            "<line x1=\"{at:.2}\" y1=\"{above:.2}\" x2=\"{at:.2}\" y2=\"{below:.2}\" stroke=\"{colour}\" stroke-width=\"2\"/>"
        );
        let shown = match true_at {
            off if off < LEFT - 0.01 => format!("◂ {}", rounded(*limit)),
            off if off > WIDTH - RIGHT + 0.01 => format!("{} ▸", rounded(*limit)),
            _ => rounded(*limit),
        };
        let half = 3.2 * shown.chars().count() as f64;
        let Some(place) = (0..2).find(|place| taken[*place] < at - half) else { continue };
        taken[place] = at + half;
        let size = format!("font-size=\"10\" fill=\"{colour}\"");
        text(svg, (at, [above - 2.0, below + 9.0][place]), "middle", &size, &shown);
    }
}

/// With blanks between thousands.
fn grouped(number: f64) -> String {
    let plain = short(number);
    let (whole, rest) =
        plain.split_once('.').map_or((plain.as_str(), String::new()), |(whole, rest)| (whole, format!(".{rest}")));
    let digits: Vec<char> = whole.chars().collect();
    let mut out = String::new();
    for (at, digit) in digits.iter().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) && digits[at - 1].is_ascii_digit() {
            out.push('\u{2009}');
        }
        out.push(*digit);
    }
    out + &rest
}

/// At most two decimals: labels of neighbouring limits must not lie over each other.
fn rounded(number: f64) -> String {
    short((number * 100.0).round() / 100.0)
}

/// Round numbers between two ends, at most about ten.
pub(super) fn ticks(low: f64, high: f64) -> Vec<f64> {
    let rough = (high - low) / 10.0;
    let power = 10_f64.powi(rough.log10().floor() as i32);
    let step = [1.0, 2.0, 5.0, 10.0].into_iter().map(|times| times * power).find(|step| *step >= rough);
    let step = step.unwrap_or(rough);
    let first = (low / step).ceil();
    (0..=11).map(|number| (first + f64::from(number)) * step).take_while(|tick| *tick <= high).collect()
}

pub(super) fn text(svg: &mut String, (x, y): (f64, f64), anchor: &str, style: &str, shown: &str) {
    let shown = escaped(shown);
    let _ = writeln!(svg, "<text x=\"{x:.2}\" y=\"{y:.2}\" text-anchor=\"{anchor}\" {style}>{shown}</text>");
}
