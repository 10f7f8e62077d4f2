//! The files of the borders: a workbook for people, CSV for programs, GeoJSON and a GeoPackage with the lines.

use super::tables::{self, Words};
use super::{Borders, judge};
use crate::formats::style::{Class, Look, Style, ramp};
use crate::formats::xlsx::Sheet;
use crate::formats::{Table, Together, Written, csv, geojson, gpkg, xlsx};
use crate::land::{Lang, Outcome};
use crate::say;
use std::path::Path;

/// A format that borders are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Xlsx,
    Csv,
    GeoJson,
    Gpkg,
}

impl Format {
    pub const ALL: [Format; 4] = [Format::Xlsx, Format::Csv, Format::GeoJson, Format::Gpkg];
}

/// Writes into a folder: `borders.xlsx`, `review.csv`, `borders.csv`, `pairs.csv`, `borders.geojson`, `borders.gpkg`; all of them or none.
///
/// # Errors
/// `file-in-the-way`; those of the writers.
pub fn write(found: &Borders, folder: &Path, formats: &[Format], lang: Lang) -> Outcome<Vec<Written>> {
    let together = Together::new(folder)?;
    let mut written = write_all(found, together.path(), formats, lang).map_err(|fault| together.placed(fault))?;
    together.ready()?;
    together.commit(&mut written)?;
    Ok(written)
}

fn write_all(found: &Borders, folder: &Path, formats: &[Format], lang: Lang) -> Outcome<Vec<Written>> {
    let mut written = Vec::new();
    for format in formats {
        match format {
            Format::Xlsx => written.push(workbook(found, &folder.join("borders.xlsx"), lang)?),
            Format::Csv => {
                let options = csv::Options::default();
                let every: Vec<usize> = (0..found.borders.len()).collect();
                for table in [
                    tables::list(found, &flagged(found), "review", say!("review list", "复核清单"), Words::Codes),
                    tables::list(found, &every, "borders", say!("borders", "边界"), Words::Codes),
                    tables::pairs(found, Words::Codes),
                ] {
                    written.push(csv::write(&table, &folder.join(format!("{}.csv", table.name)), &options)?);
                }
            }
            Format::GeoJson => written.push(layer(found, |table| {
                geojson::write(table, &folder.join("borders.geojson"), &geojson::Options::default())
            })?),
            Format::Gpkg => written.push(layer(found, |table| {
                let pairs = tables::pairs(found, Words::Codes);
                let style = style(lang);
                let layers = [gpkg::Layer { table, style: Some(&style) }, gpkg::Layer { table: &pairs, style: None }];
                gpkg::write(&folder.join("borders.gpkg"), &layers)
            })?),
        }
    }
    Ok(written)
}

/// Places of the borders with a flag, by rank.
fn flagged(found: &Borders) -> Vec<usize> {
    (0..found.borders.len()).filter(|&at| found.borders[at].rank > 0).collect()
}

fn layer(found: &Borders, write: impl FnOnce(&Table<'_>) -> Outcome<Written>) -> Outcome<Written> {
    let every: Vec<usize> = (0..found.borders.len()).collect();
    let shapes = tables::shapes(found, &every);
    let table = tables::list(found, &every, "borders", say!("borders", "边界"), Words::Codes);
    write(&Table { shapes: Some(&shapes), crs: Some(&found.crs), ..table })
}

/// A workbook lists so many borders; the CSV has all.
const LISTED: usize = 50_000;

fn workbook(found: &Borders, target: &Path, lang: Lang) -> Outcome<Written> {
    let words = Words::Titles(lang);
    let mut rows = flagged(found);
    let whole = rows.len();
    rows.truncate(LISTED);
    let tables = [
        tables::counts(found, lang),
        tables::list(found, &rows, "review", say!("review list", "复核清单"), words),
        tables::pairs(found, words),
    ];
    let mut sheets: Vec<Sheet<'_>> = tables.iter().map(Sheet::plain).collect();
    sheets[0].notes_below = found.sentences(lang);
    sheets[1].notes_above = vec![judge::rule().in_lang(lang).to_string()];
    sheets[1].notes_above.extend(found.sentences(lang));
    if rows.len() < whole {
        let rest = whole - LISTED;
        let left = say!("{rest} more stand in review.csv", "另有 {rest} 条见 review.csv");
        sheets[1].notes_above.push(left.in_lang(lang).to_string());
    }
    sheets[1].filter = true;
    sheets.iter_mut().for_each(|sheet| sheet.percent_cells = true);
    xlsx::write(&sheets, target, &xlsx::Options { lang })
}

/// By the step of grades: the steeper the warmer.
fn style(lang: Lang) -> Style {
    let label = |step: i64| say!("{step} grades", "级差 {step}").in_lang(lang).to_string();
    let class = |step: i64| Class { value: step, label: label(step), colour: ramp(5 - step as usize, 6) };
    Style {
        name: say!("borders by step of grades", "边界级差").in_lang(lang).to_string(),
        look: Look::Classes {
            field: "step".to_string(),
            classes: (0..=5).map(class).collect(),
            others: say!("between releases", "不同成果之间").in_lang(lang).to_string(),
        },
        labels: Vec::new(),
    }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
