//! The files of a comparison: a workbook and a page for people, CSV for programs, GeoJSON and a GeoPackage for maps.

use super::tables::{self, Measure, Words};
use super::{Comparison, Kind, report};
use crate::formats::style::{Class, Look, Style, ramp};
use crate::formats::xlsx::Sheet;
use crate::formats::{Table, Together, Written, csv, geojson, gpkg, xlsx};
use crate::land::{Fault, Lang, Outcome, Text};
use crate::say;
use crate::space::Shapes;
use std::path::Path;

/// A format that comparisons are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Csv,
    GeoJson,
    Gpkg,
    Html,
}

impl Format {
    pub const ALL: [Format; 5] = [Format::Xlsx, Format::Csv, Format::GeoJson, Format::Gpkg, Format::Html];
}

/// Writes the comparison into a folder: `comparison.xlsx`, `growth.csv` and its like, `changes.geojson`, `changes.gpkg`; all of them or none.
///
/// # Errors
/// `file-in-the-way`; those of the writers: `io`, `cancelled` and their like.
pub fn write(comparison: &Comparison<'_>, folder: &Path, formats: &[Format], lang: Lang) -> Outcome<Vec<Written>> {
    let together = Together::new(folder)?;
    let mut written = write_all(comparison, together.path(), formats, lang).map_err(|fault| together.placed(fault))?;
    together.ready()?;
    together.commit(&mut written)?;
    Ok(written)
}

fn write_all(comparison: &Comparison<'_>, folder: &Path, formats: &[Format], lang: Lang) -> Outcome<Vec<Written>> {
    let mut written = Vec::new();
    for format in formats {
        match format {
            Format::Xlsx => written.push(workbook(comparison, &folder.join("comparison.xlsx"), lang)?),
            Format::Csv => written.extend(csv_tables(comparison, folder, lang)?),
            Format::GeoJson => written.push(geojson_changes(comparison, &folder.join("changes.geojson"))?),
            Format::Gpkg => written.push(geopackage(comparison, &folder.join("changes.gpkg"), lang)?),
            Format::Html => written.push(page(comparison, &folder.join("comparison.html"), lang)?),
        }
    }
    Ok(written)
}

/// The workbook: summary with all notes, growth, transitions by count and by area, changed, added and removed units, moved identifiers. Units whose price
/// alone changed are counted above the changed ones and not listed.
///
/// # Errors
/// Those of [`xlsx::write`].
pub fn workbook(comparison: &Comparison<'_>, target: &Path, lang: Lang) -> Outcome<Written> {
    let words = Words::Titles(lang);
    let mut kept = changed(comparison, |kind| !matches!(kind, Kind::Added | Kind::Removed));
    let listed = kept.len();
    kept.retain(|&at| !comparison.changes[at].price_alone());
    let left_out = listed - kept.len();
    let movers = tables::movers(comparison);
    let added = changed(comparison, |kind| kind == Kind::Added);
    let removed = changed(comparison, |kind| kind == Kind::Removed);
    let (summary, typed) = tables::summary(comparison, lang);
    let mut tables = vec![
        summary,
        tables::city(comparison, words),
        tables::growth(comparison, words),
        tables::transitions(comparison, Measure::Count, words),
        tables::transitions(comparison, Measure::Area, words),
        tables::units(comparison, &kept, "changed", say!("changed units", "变化单元"), words),
        tables::units(comparison, &added, "added", say!("added units", "新增单元"), words),
        tables::units(comparison, &removed, "removed", say!("removed units", "灭失单元"), words),
        tables::moved(comparison),
        tables::quantiles(comparison, words),
        tables::units(comparison, &movers, "movers", say!("biggest movers", "变化最大的单元"), words),
    ];
    tables.extend(reasons(comparison, words));
    let mut sheets: Vec<Sheet<'_>> = tables.iter().map(Sheet::plain).collect();
    sheets[0].notes_below = comparison.sentences(lang);
    sheets[0].typed = typed;
    sheets.iter_mut().for_each(|sheet| sheet.percent_cells = true);
    sheets[5..8].iter_mut().for_each(|sheet| sheet.filter = true);
    // The premises stand above every sheet with prices, so that no number is read without them.
    let premises: Vec<String> = comparison
        .uses
        .iter()
        .zip(&comparison.verdicts)
        .flat_map(|(link, verdict)| verdict.sentences(&link.name))
        .map(|text| text.in_lang(lang).to_string())
        .collect();
    for at in [1, 2, 5] {
        sheets[at].notes_above.clone_from(&premises);
    }
    if left_out > 0 {
        sheets[5].notes_above.push(
            say!(
                "units whose price alone changed (same ground, use and grade, no flag) are left out here: {left_out}; changes.csv lists every unit",
                "仅地价变化的单元(范围、用途、级别均未变,且无标记)此处未列:{left_out} 个;全部单元见 changes.csv"
            )
            .in_lang(lang)
            .to_string(),
        );
    }
    for at in [3, 4] {
        sheets[at].notes_above.push(
            say!(
                "rows are old grades, columns new grades; a unit that was split or merged counts in each of its pairs",
                "行为旧期级别,列为新期级别;分割或合并的单元在其每一对中各计一次"
            )
            .in_lang(lang)
            .to_string(),
        );
    }
    xlsx::write(&sheets, target, &xlsx::Options { lang })
}

/// One CSV file per table, for programs: codes instead of words, numbers in full. `lang` is that of notes and names.
///
/// # Errors
/// Those of [`csv::write`].
pub fn csv_tables(comparison: &Comparison<'_>, folder: &Path, lang: Lang) -> Outcome<Vec<Written>> {
    let rows = changed(comparison, |_| true);
    let words = Words::Codes(lang);
    let tables = [
        tables::summary(comparison, lang).0,
        tables::city(comparison, words),
        tables::growth(comparison, words),
        tables::transitions(comparison, Measure::Count, words),
        tables::transitions(comparison, Measure::Area, words),
        changes(comparison, &rows),
        tables::moved(comparison),
        tables::quantiles(comparison, words),
    ];
    let tables: Vec<Table<'_>> = tables.into_iter().chain(reasons(comparison, words)).collect();
    let options = csv::Options::default();
    tables.iter().map(|table| csv::write(table, &folder.join(format!("{}.csv", table.name)), &options)).collect()
}

/// The changes as GeoJSON (RFC 7946).
///
/// # Errors
/// Those of [`geojson::write`].
pub fn geojson_changes(comparison: &Comparison<'_>, target: &Path) -> Outcome<Written> {
    let rows = changed(comparison, |_| true);
    let shapes = tables::shapes(comparison, &rows);
    let table = on_map(comparison, changes(comparison, &rows), shapes.as_ref());
    let written = geojson::write(&table, target, &geojson::Options::default())?;
    Ok(with_losses(written, shapes.as_ref()))
}

/// A GeoPackage with the layer `changes`, coloured by Δgrade, and the tables of growth and transitions.
///
/// # Errors
/// Those of [`gpkg::write`].
pub fn geopackage(comparison: &Comparison<'_>, target: &Path, lang: Lang) -> Outcome<Written> {
    let rows = changed(comparison, |_| true);
    let shapes = tables::shapes(comparison, &rows);
    let words = Words::Codes(lang);
    let tables = [
        on_map(comparison, changes(comparison, &rows), shapes.as_ref()),
        tables::city(comparison, words),
        tables::growth(comparison, words),
        tables::transitions(comparison, Measure::Count, words),
        tables::transitions(comparison, Measure::Area, words),
        tables::quantiles(comparison, words),
    ];
    let tables = tables.into_iter().chain(reasons(comparison, words)).map(|table| in_one_language(table, lang));
    let tables: Vec<Table<'_>> = tables.collect();
    let style = diverging(comparison, lang);
    let layers: Vec<gpkg::Layer<'_>> = tables
        .iter()
        .enumerate()
        .map(|(at, table)| gpkg::Layer { table, style: (at == 0 && shapes.is_some()).then_some(&style) })
        .collect();
    let written = gpkg::write(target, &layers)?;
    Ok(with_losses(written, shapes.as_ref()))
}

/// The page to read.
///
/// # Errors
/// `io`.
pub fn page(comparison: &Comparison<'_>, target: &Path, lang: Lang) -> Outcome<Written> {
    std::fs::write(target, report::page(comparison, lang))
        .map_err(|error| Fault::io(say!("cannot write the page", "无法写出网页"), target, &error))?;
    let path = target.to_path_buf();
    Ok(Written { path, beside: Vec::new(), rows: comparison.changes.len(), replaced: false, losses: Vec::new() })
}

/// Places of the changes of these kinds in which something differs.
fn changed(comparison: &Comparison<'_>, wanted: impl Fn(Kind) -> bool) -> Vec<usize> {
    let differs = |at: &usize| {
        let change = &comparison.changes[*at];
        // Prices of other premises are not compared, but why they differ is told.
        let split = comparison.reasons.as_ref().is_some_and(|reasons| reasons.moved(*at));
        wanted(change.kind) && (change.differs() || split)
    };
    (0..comparison.changes.len()).filter(differs).collect()
}

fn changes(comparison: &Comparison<'_>, rows: &[usize]) -> Table<'static> {
    tables::units(comparison, rows, "changes", say!("changes", "变化"), Words::Codes(Lang::En))
}

/// The tables of reasons by grade and by district, where there are any.
fn reasons(comparison: &Comparison<'_>, words: Words) -> Vec<Table<'static>> {
    let Some(reasons) = &comparison.reasons else { return Vec::new() };
    let mut tables = vec![tables::reasons_by_grade(comparison, reasons, words)];
    if !reasons.homes.is_empty() {
        tables.push(tables::reasons_by_district(comparison, reasons, words));
    }
    tables
}

/// A GeoPackage shows the Chinese title and keeps the English one beside it; a comparison is read in the language of its run.
fn in_one_language<'a>(mut table: Table<'a>, lang: Lang) -> Table<'a> {
    let only = |title: &Text| Text::same(title.in_lang(lang));
    table.title = only(&table.title);
    for field in &mut table.fields {
        field.title = only(&field.title);
    }
    table
}

fn on_map<'a>(comparison: &'a Comparison<'_>, table: Table<'a>, shapes: Option<&'a (Shapes, usize)>) -> Table<'a> {
    let crs = shapes.map(|_| &comparison.crs);
    Table { shapes: shapes.map(|(shapes, _)| shapes), crs, ..table }
}

fn with_losses(mut written: Written, shapes: Option<&(Shapes, usize)>) -> Written {
    if let Some(&(_, without)) = shapes.filter(|(_, without)| *without > 0) {
        written.losses.push(say!(
            "{without} units of the old release have another kind of geometry than the layer and go without",
            "旧期 {without} 个单元的几何类型与图层不同,未写几何"
        ));
    }
    written
}

/// One colour per Δgrade: better grades warm, kept ones pale, worse ones cool.
fn diverging(comparison: &Comparison<'_>, lang: Lang) -> Style {
    let widest = comparison.changes.iter().filter_map(|change| change.dgrade).map(i16::unsigned_abs).max().unwrap_or(0);
    let reach = i64::from(widest.clamp(2, 20));
    let label = |step: i64| -> Text {
        let by = step.abs();
        match step.signum() {
            -1 => say!("better by {by}", "上升 {by} 级"),
            1 => say!("worse by {by}", "下降 {by} 级"),
            _ => say!("same grade", "级别不变"),
        }
    };
    let classes = (-reach..=reach)
        .map(|step| Class {
            value: step,
            label: label(step).in_lang(lang).to_string(),
            colour: ramp((step + reach) as usize, (2 * reach + 1) as usize),
        })
        .collect();
    let text = |text: Text| text.in_lang(lang).to_string();
    Style {
        name: text(say!("change of grade", "级别变化")),
        look: Look::Classes {
            field: "dgrade".to_string(),
            classes,
            others: text(say!("no grade to compare", "无可比级别")),
        },
        labels: Vec::new(),
    }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
