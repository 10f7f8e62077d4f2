//! The timeline: base and publication dates of every district, and how long its prices hold.

use super::super::rules::after;
use super::super::{Severity, Supervision};
use crate::land::Lang;
use crate::land::markup::escaped;
use crate::say;
use jiff::civil::Date;
use std::fmt::Write as _;

const WIDTH: f64 = 1000.0;
const LEFT: f64 = 170.0;
const RIGHT: f64 = 30.0;
const HEAD: f64 = 60.0;
const ROW: f64 = 34.0;
const FOOT: f64 = 30.0;

/// Colours by how bad it is, the same in every page.
pub(super) fn colour(severity: Option<Severity>) -> &'static str {
    match severity {
        None => "#66a182",
        Some(Severity::Note) => "#8fb8de",
        Some(Severity::Warning) => "#eeb34b",
        Some(Severity::Error) => "#d1495b",
    }
}

/// Draws it as SVG.
pub fn draw(found: &Supervision, lang: Lang) -> String {
    let dates = found.districts.iter().flat_map(|district| {
        let own = district.releases.iter();
        own.flat_map(|held| [held.base, district.published(held)].into_iter().flatten()).collect::<Vec<_>>()
    });
    let first = dates.chain([found.today]).min().unwrap_or(found.today);
    // So far that the end of every newest release is seen.
    let ends = found.districts.iter().filter_map(|own| after(own.newest()?.base?, found.rules.U1.expired_years + 0.5));
    let last = ends.chain(after(found.today, 1.0)).max().unwrap_or(found.today);
    let days = |day: Date| f64::from((day - first).get_days());
    let whole = days(last).max(1.0);
    let x = |day: Date| LEFT + (days(day).clamp(0.0, whole) / whole) * (WIDTH - LEFT - RIGHT);
    let height = HEAD + ROW * found.districts.len() as f64 + FOOT;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" \
         font-family=\"'Noto Sans CJK SC','Microsoft YaHei',sans-serif\" font-size=\"12\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    let text = |svg: &mut String, (x, y): (f64, f64), anchor: &str, style: &str, shown: &str| {
        let shown = escaped(shown);
        let _ = writeln!(svg, "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"{anchor}\" {style}>{shown}</text>");
    };
    let key = say!(
        "● base date · ◆ publication · bars from the base date to the next publication: up to date (green), overdue (yellow), expired (red)",
        "● 估价期日 · ◆ 公布日期 · 色条自估价期日至下一期公布:时效内(绿)、逾期(黄)、失效(红)"
    );
    text(&mut svg, (LEFT, 18.0), "start", "fill=\"#555\"", key.in_lang(lang));
    let bottom = height - FOOT;
    let years: Vec<i16> = (first.year() + 1..=last.year()).collect();
    let step = years.len() / 20 + 1;
    for year in years.into_iter().step_by(step) {
        let Ok(day) = Date::new(year, 1, 1) else { continue };
        let at = x(day);
        let _ =
            writeln!(svg, "<line x1=\"{at:.1}\" y1=\"{HEAD}\" x2=\"{at:.1}\" y2=\"{bottom:.1}\" stroke=\"#e4e4e4\"/>");
        text(&mut svg, (at, HEAD - 8.0), "middle", "fill=\"#777\"", &year.to_string());
    }
    for (number, district) in found.districts.iter().enumerate() {
        let middle = HEAD + ROW * (number as f64 + 0.5);
        let shown = super::short(&district.name, 12);
        text(&mut svg, (LEFT - 12.0, middle + 4.0), "end", "", &shown);
        for (at, held) in district.releases.iter().enumerate() {
            let Some(base) = held.base else { continue };
            let rule = &found.rules.U1;
            // An earlier one holds until a later one is published.
            let next = district.releases[at + 1..].iter().filter_map(|next| district.published(next)).min();
            let last = next.unwrap_or(last);
            let ends = [after(base, rule.overdue_years), after(base, rule.expired_years), Some(last)];
            let fills = [None, Some(Severity::Warning), Some(Severity::Error)];
            let mut start = base;
            for (end, fill) in ends.into_iter().zip(fills) {
                let end = end.unwrap_or(last).min(last);
                if end > start {
                    let (from, wide, fill) = (x(start), x(end) - x(start), colour(fill));
                    let _ = writeln!(
                        svg,
                        "<rect x=\"{from:.1}\" y=\"{:.1}\" width=\"{wide:.1}\" height=\"10\" fill=\"{fill}\" fill-opacity=\"0.45\"/>",
                        middle - 5.0
                    );
                    start = end;
                }
            }
        }
        for held in &district.releases {
            let (base, published) = (held.base.map(x), district.published(held).map(x));
            if let (Some(from), Some(to)) = (base, published) {
                let _ = writeln!(
                    svg,
                    "<line x1=\"{from:.1}\" y1=\"{middle:.1}\" x2=\"{to:.1}\" y2=\"{middle:.1}\" stroke=\"#333\"/>"
                );
            }
            if let Some(at) = base {
                let day = held.base.map(|day| day.to_string()).unwrap_or_default();
                let _ = writeln!(
                    svg,
                    "<circle cx=\"{at:.1}\" cy=\"{middle:.1}\" r=\"5\" fill=\"#234\"><title>{}</title></circle>",
                    escaped(&format!("{} {day}", held.place))
                );
                text(&mut svg, (at, middle + 15.0), "middle", "font-size=\"9\" fill=\"#555\"", &day);
            }
            if let Some(at) = published {
                let _ = writeln!(
                    svg,
                    "<path d=\"M{at:.1} {:.1}l5 5l-5 5l-5 -5z\" fill=\"#fff\" stroke=\"#234\" stroke-width=\"1.5\"/>",
                    middle - 5.0
                );
            }
        }
    }
    let (today, at) = (found.today, x(found.today));
    let _ = writeln!(
        svg,
        "<line x1=\"{at:.1}\" y1=\"{HEAD}\" x2=\"{at:.1}\" y2=\"{bottom:.1}\" stroke=\"#d1495b\" stroke-width=\"1.5\" stroke-dasharray=\"4 3\"/>"
    );
    text(&mut svg, (at, bottom + 16.0), "middle", "fill=\"#d1495b\"", &today.to_string());
    svg.push_str("</svg>\n");
    svg
}
