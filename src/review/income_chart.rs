//! The chart of profits by grade: a box from quartile to quartile, whiskers to the ends, the mean, and a dot per sample.

use super::chart::{text, ticks};
use super::income::{Group, OfUse};
use crate::land::{Lang, grade};
use crate::say;
use crate::statistics::quantile::quantile;
use std::fmt::Write as _;

const WIDTH: f64 = 960.0;
const LEFT: f64 = 90.0;
const RIGHT: f64 = 24.0;
const HEAD: f64 = 46.0;
const PLOT: f64 = 300.0;
const FOOT: f64 = 46.0;

/// Dots are drawn of so many samples of a grade at most; the box speaks for more.
const DOTS: usize = 200;

/// The chart of one use; `None` where profits have no spread to be drawn.
pub fn draw(name: &str, of_use: &OfUse, grades: u8, lang: Lang) -> Option<String> {
    let every = || of_use.groups.iter().flat_map(|group| group.profits.iter().copied());
    let (low, high) = (every().fold(0.0, f64::min), every().fold(0.0, f64::max));
    let ticks = (high > low && (high - low).is_finite()).then(|| ticks(low, high))?;
    let height = HEAD + PLOT + FOOT;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    let title = say!("{name}: yearly profit by grade, 元/㎡", "{name}:各级别单位面积利润(元/㎡)");
    text(&mut svg, (LEFT, 20.0), "start", "font-size=\"15\" font-weight=\"bold\"", title.in_lang(lang));
    let key = say!(
        "box: middle half and median; whiskers: least and greatest; red: mean; dots: samples",
        "箱体:四分位与中位数;须线:最小与最大;红线:均值;点:样点"
    );
    text(&mut svg, (LEFT, 37.0), "start", "fill=\"#666\"", key.in_lang(lang));
    let y = |profit: f64| HEAD + PLOT * (1.0 - (profit - low) / (high - low));
    let end = WIDTH - RIGHT;
    for tick in ticks {
        let at = y(tick);
        let colour = if tick == 0.0 { "#000" } else { "#e0e0e0" };
        let _ = writeln!(svg, "<line x1=\"{LEFT}\" y1=\"{at:.2}\" x2=\"{end}\" y2=\"{at:.2}\" stroke=\"{colour}\"/>");
        text(&mut svg, (LEFT - 8.0, at + 4.0), "end", "", &super::breaks::short(tick));
    }
    let step = (end - LEFT) / f64::from(grades.max(1));
    for number in 1..=grades {
        let middle = LEFT + step * (f64::from(number) - 0.5);
        let group = of_use.groups.iter().find(|group| group.grade == number);
        let count = group.map_or(0, |group| group.profits.len());
        let label = format!("{} (n = {count})", grade::name(number, lang));
        text(&mut svg, (middle, HEAD + PLOT + 22.0), "middle", "", &label);
        if let Some(group) = group {
            column(&mut svg, group, middle, step.min(160.0), &y);
        }
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

fn column(svg: &mut String, group: &Group, middle: f64, wide: f64, y: &dyn Fn(f64) -> f64) {
    let sorted = &group.profits;
    let [least, lower, median, upper, greatest] = [0.0, 0.25, 0.5, 0.75, 1.0].map(|share| y(quantile(sorted, share)));
    let (left, half) = (middle - wide * 0.25, wide * 0.5);
    let right = left + half;
    let _ = writeln!(
        svg,
        "<line x1=\"{middle:.2}\" y1=\"{greatest:.2}\" x2=\"{middle:.2}\" y2=\"{least:.2}\" stroke=\"#546e7a\"/>\n\
         <rect x=\"{left:.2}\" y=\"{upper:.2}\" width=\"{half:.2}\" height=\"{:.2}\" fill=\"#cfd8dc\" stroke=\"#546e7a\"/>\n\
         <line x1=\"{left:.2}\" y1=\"{median:.2}\" x2=\"{right:.2}\" y2=\"{median:.2}\" stroke=\"#37474f\" stroke-width=\"2\"/>",
        lower - upper
    );
    for (at, profit) in sorted.iter().enumerate().filter(|_| sorted.len() <= DOTS) {
        // Neighbours in order stand beside each other, so that equal profits are seen as several.
        let beside = middle + ((at % 5) as f64 - (sorted.len().min(5) - 1) as f64 / 2.0) * 5.0;
        let _ = writeln!(
            svg,
            "<circle cx=\"{beside:.2}\" cy=\"{:.2}\" r=\"2.5\" fill=\"#1565c0\" fill-opacity=\"0.6\"/>",
            y(*profit)
        );
    }
    let mean = y(group.mean);
    let _ = writeln!(
        svg,
        "<line x1=\"{left:.2}\" y1=\"{mean:.2}\" x2=\"{right:.2}\" y2=\"{mean:.2}\" stroke=\"#b71c1c\" stroke-width=\"2\" stroke-dasharray=\"6 3\"/>"
    );
}
