//! A comparison in short, on the terminal.

use super::Ui;
use landgrade::compare::summary::CellsChanged;
use landgrade::compare::{Comparison, Kind, Summary};
use landgrade::land::{Lang, Text, grade};
use landgrade::say;

/// Prints what changed: units by kind, movements between grades, growth by use and grade. `written` tells whether files hold the rest.
pub fn show(ui: &Ui, comparison: &Comparison<'_>, written: bool) {
    let summary = comparison.summary(ui.lang);
    let (old, new) = (&summary.old, &summary.new);
    ui.line(&format!("{} ({}) → {} ({})", old.name, old.units, new.name, new.units));
    let changed = &summary.changed;
    if !comparison.changes.is_empty() {
        units(ui, &summary);
    }
    let CellsChanged { changed: altered, added, removed, price_jumps } = changed.cells;
    ui.say(&say!(
        "  price table (use × grade): {altered} cells changed ({price_jumps} flagged), {added} added, {removed} removed",
        "  地价表(用途×级别):变动 {altered} 格(其中标记 {price_jumps}),新增 {added} 格,取消 {removed} 格"
    ));
    for growth in &summary.growth {
        let (own, fixed) = (percent(growth.growth_own_pct), percent(growth.growth_fixed_pct));
        let name = &growth.name;
        ui.say(&say!(
            "{name}: {own} over own areas, {fixed} over fixed old areas",
            "{name}:按各期面积 {own},按上期面积 {fixed}"
        ));
        // Of points, which have no areas, the matched ones are all there is to tell.
        let units = &growth.units;
        if growth.growth_own_pct.is_none() && growth.growth_fixed_pct.is_none() && units.pairs > 0 {
            let (pairs, up, flat, down, mean) =
                (units.pairs, units.up, units.flat, units.down, percent(units.mean_pct));
            ui.say(&say!(
                "  {pairs} units in both: {up} up, {flat} unchanged, {down} down, mean {mean}",
                "  两期共有 {pairs} 个:上涨 {up},持平 {flat},下跌 {down},平均 {mean}"
            ));
        }
        for of_grade in &growth.grades {
            let price = |price: Option<f64>| price.map_or_else(|| "–".to_string(), |price| price.to_string());
            let (title, old, new) =
                (grade::name(of_grade.grade, ui.lang), price(of_grade.price_old), price(of_grade.price_new));
            let growth = percent(of_grade.growth_pct);
            let change = match of_grade.change {
                None => String::new(),
                Some(change) => format!("  {}", change.title().in_lang(ui.lang)),
            };
            let flag = if of_grade.price_jump { say!("  price jump", "  价格突变") } else { Text::default() };
            let flag = flag.in_lang(ui.lang);
            ui.line(&format!("  {}{old:>10} → {new:>10}  {growth:>10}{change}{flag}", padded(&title, 6)));
        }
    }
    transitions(ui, &summary, written);
}

/// What became of the units.
fn units(ui: &Ui, summary: &Summary) {
    let count = |kind: &Kind| summary.kinds.get(kind.name()).copied().unwrap_or(0);
    let kinds = Kind::ALL.iter().filter(|kind| count(kind) > 0);
    let kinds: Vec<String> = kinds.map(|kind| format!("{} {}", kind.title().in_lang(ui.lang), count(kind))).collect();
    let kinds = kinds.join(if ui.lang == Lang::Zh { "," } else { ", " });
    let changed = &summary.changed;
    let (uses, grades, prices) = (changed.land_use, changed.grade, changed.price);
    let (jumps, leaps) = (changed.grade_jumps, changed.price_jumps);
    ui.say(&say!("  what became of the units: {kinds}", "  单元去向:{kinds}"));
    ui.say(&say!(
        "  use changed {uses}, grade changed {grades} ({jumps} flagged), price changed {prices} ({leaps} flagged)",
        "  用途变化 {uses},级别变化 {grades}(其中标记 {jumps}),地价变化 {prices}(其中标记 {leaps})"
    ));
}

/// A growth with its sign; one that two decimals would not show says so.
fn percent(value: Option<f64>) -> String {
    match value {
        None => "–".to_string(),
        Some(0.0) => "0.00 %".to_string(),
        Some(value) if value.abs() < 0.000_000_5 => "≈ 0 %".to_string(),
        // As many decimals as show that it is not 0.
        Some(value) if value.abs() < 0.005 => {
            let decimals = (3..=6).find(|decimals| value.abs() >= 0.5 * 10_f64.powi(-decimals)).unwrap_or(6);
            format!("{value:+.decimals$} %", decimals = decimals as usize)
        }
        Some(value) => format!("{value:+.2} %"),
    }
}

/// Filled up with spaces; a Chinese character takes two columns.
fn padded(text: &str, columns: usize) -> String {
    let taken: usize = text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    format!("{text}{:width$}", "", width = columns.saturating_sub(taken))
}

fn transitions(ui: &Ui, summary: &Summary, written: bool) {
    for transition in &summary.transitions {
        let moved: usize = transition
            .counts
            .iter()
            .enumerate()
            .flat_map(|(old, row)| row.iter().enumerate().filter(move |(new, _)| *new != old).map(|(_, count)| *count))
            .sum();
        let hectares = transition.moved_ground() / 1e4;
        if moved > 0 || hectares >= 5e-5 {
            let growth = summary.growth.iter().find(|growth| growth.land_use == transition.land_use);
            let name = growth.map_or(&transition.land_use, |growth| &growth.name);
            let place = match written {
                true => say!("matrix in comparison.xlsx", "转移矩阵见 comparison.xlsx"),
                false => say!("--to FOLDER writes the matrix", "用 --to 文件夹 可写出转移矩阵"),
            };
            let Text { en, zh } = place;
            ui.say(&say!(
                "{name}: pairs moved between grades {moved}, ground that changed grade {hectares:.4} ha ({en})",
                "{name}:级别变动 {moved} 对,级别改变的范围 {hectares:.4} 公顷({zh})"
            ));
        }
    }
}
