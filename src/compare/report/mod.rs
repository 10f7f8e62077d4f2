//! A comparison as a page to read: what changed, where, by how much and why; one HTML file, nothing from elsewhere.

mod map;

use super::tables::{self, Measure, Words};
use super::{Change, Comparison};
use crate::formats::Table;
use crate::formats::document::Document;
use crate::land::{Lang, Text};
use crate::say;
use map::Theme;

/// Rows of a table that the page shows; the workbook has them all.
const MOST: usize = 60;

/// The page.
pub(super) fn page(comparison: &Comparison<'_>, lang: Lang) -> String {
    let (old, new) = (&comparison.old.release.head, &comparison.new.release.head);
    let (from, to) = (&old.title, &new.title);
    let title = say!("Comparison: {from} → {to}", "更新对比:{from} → {to}");
    let mut document = Document::new(title.in_lang(lang));
    let words = Words::Titles(lang);
    document.heading(1, &say!("In short", "概要"), lang);
    add(&mut document, &tables::summary(comparison, lang).0, lang);
    document.list(comparison.sentences(lang));
    if !comparison.changes.is_empty() {
        maps(&mut document, comparison, lang);
    }
    document.heading(1, &say!("Growth of prices", "地价涨幅"), lang);
    add(&mut document, &tables::city(comparison, words), lang);
    add(&mut document, &tables::growth(comparison, words), lang);
    if !comparison.quantiles.is_empty() {
        add(&mut document, &tables::quantiles(comparison, words), lang);
    }
    if let Some(reasons) = &comparison.reasons {
        document.heading(1, &say!("Why prices changed", "变化原因"), lang);
        add(&mut document, &tables::reasons_by_grade(comparison, reasons, words), lang);
        if !reasons.homes.is_empty() {
            add(&mut document, &tables::reasons_by_district(comparison, reasons, words), lang);
        }
    }
    if comparison.transitions.iter().any(|transition| !transition.counts.is_empty()) {
        document.heading(1, &say!("From grade to grade", "级别转移"), lang);
        add(&mut document, &tables::transitions(comparison, Measure::Area, words), lang);
        add(&mut document, &tables::transitions(comparison, Measure::Count, words), lang);
    }
    let movers = tables::movers(comparison);
    if !movers.is_empty() {
        document.heading(1, &say!("Biggest movers", "变化最大的单元"), lang);
        let title = say!("units by the size of their change of price", "按地价变化幅度排列的单元");
        // The workbook has every column.
        let without = ["matched_by", "share_old", "share_new", "area_old", "area_new", "dgrade", "flags"];
        document.table(&tables::units(comparison, &movers, "movers", title, words), &without, MOST, lang);
    }
    document.html(lang)
}

fn add(document: &mut Document, table: &Table<'_>, lang: Lang) {
    document.table(table, &[], MOST, lang);
    let more = table.rows.saturating_sub(MOST);
    if more > 0 {
        document.say(&say!("{more} rows more in comparison.xlsx", "其余 {more} 行见 comparison.xlsx"), lang);
    }
}

fn maps(document: &mut Document, comparison: &Comparison<'_>, lang: Lang) {
    let growth = Theme {
        value: |change: &Change| change.growth,
        limits: vec![-30.0, -10.0, -5.0, -1.0, 1.0, 5.0, 10.0, 30.0],
        labels: ["< −30 %", "−30…−10 %", "−10…−5 %", "−5…−1 %", "±1 %", "1…5 %", "5…10 %", "10…30 %", "≥ 30 %"]
            .map(Text::same)
            .to_vec(),
        warm_above: true,
    };
    let grades = Theme {
        value: |change: &Change| change.dgrade.map_or(f64::NAN, f64::from),
        limits: vec![-1.5, -0.5, 0.5, 1.5],
        labels: vec![
            say!("better by 2 grades or more", "上升 2 级及以上"),
            say!("better by 1", "上升 1 级"),
            say!("same grade", "级别不变"),
            say!("worse by 1", "下降 1 级"),
            say!("worse by 2 or more", "下降 2 级及以上"),
        ],
        warm_above: false,
    };
    let drawn = [
        ("growth", say!("growth of prices of units", "单元地价涨幅"), growth),
        ("grades", say!("change of grade of units", "单元级别变化"), grades),
    ]
    .map(|(name, title, theme)| (name, title, map::draw(comparison, &theme, lang)));
    if drawn.iter().all(|(_, _, svg)| svg.is_none()) {
        return;
    }
    document.heading(1, &say!("Maps", "变化图"), lang);
    for (name, title, svg) in drawn {
        if let Some(svg) = svg {
            document.figure(name, &title, svg, lang);
        }
    }
}
