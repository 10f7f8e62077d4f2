//! Excel: the price list and its evidence in one workbook, with the premises and rules on a sheet of notes.

use super::Options;
use super::notes::{self, notes_table};
use super::tables::Tables;
use crate::formats::xlsx::{self, Sheet};
use crate::formats::{Table, Written};
use crate::land::column::Value;
use crate::land::{Lang, Outcome};
use std::path::Path;

/// Writes `tables.xlsx`: the notes, then each table that has rows; units stay in the layers.
pub(super) fn publish(tables: &Tables<'_>, folder: &Path, options: &Options) -> Outcome<Vec<Written>> {
    let lang = options.lang;
    let notes = notes_table(tables.release, lang);
    let mut sheets: Vec<Sheet<'_>> = tables.evidence().map(|table| sheet(table, tables, lang)).collect();
    let after_prices = usize::from(tables.prices.rows > 0);
    let heading = Some(heading(&notes, tables, lang));
    sheets.insert(after_prices, Sheet { heading, ..Sheet::plain(&notes) });
    Ok(vec![xlsx::write(&sheets, &folder.join("tables.xlsx"), &xlsx::Options { lang })?])
}

fn sheet<'a>(table: &'a Table<'a>, tables: &Tables<'_>, lang: Lang) -> Sheet<'a> {
    let mut sheet = Sheet::plain(table);
    sheet.heading = Some(heading(table, tables, lang));
    sheet.leading = leading(table);
    let priced = matches!(table.name.as_str(), "prices" | "samples" | "parcels" | "price_areas" | "price_streets");
    sheet.notes_above.push(notes::facts(tables.release, priced, lang));
    match table.name.as_str() {
        "prices" => {
            sheet.totals = Some(totals(table, table.rows, &["units", "area_ha", "samples", "kept"], lang));
            sheet.notes_below.push(notes::estimate(tables.release, lang));
        }
        "weights" => {
            // Weights of groups stand at each of their factors, and the consistency of judgements below the factors: neither sums up.
            let uses: Vec<&str> = tables.release.uses.iter().map(|head| head.key.as_str()).collect();
            let factors = tables.release.head.factors.len().min(table.rows);
            sheet.totals = Some(totals(table, factors, &uses, lang));
        }
        "samples" => {
            sheet.dates = &["date"];
            sheet.set_aside = tables.release.samples.iter().map(|sample| !sample.used).collect();
            sheet.notes_below.push(notes::samples_used(tables.release, lang));
        }
        "areas" if table.rows > 0 => {
            sheet.totals = Some(totals(table, table.rows, &["units", "area", "area_ha"], lang));
        }
        "grades" => sheet.notes_below.push(notes::rounding_of_areas(lang)),
        _ => {}
    }
    sheet
}

/// How many columns a reader needs beside every other: which place, use, grade or factor the row is of.
fn leading(table: &Table<'_>) -> u16 {
    const NAMES: [&str; 8] = ["id", "name", "use", "use_name", "grade", "grades", "label", "factor"];
    let named = table.fields.iter().take_while(|field| NAMES.contains(&field.name.as_str()));
    u16::try_from(named.count().max(1)).unwrap_or(1)
}

/// The title row: the release's title and the table's.
fn heading(table: &Table<'_>, tables: &Tables<'_>, lang: Lang) -> String {
    let (of_release, of_table) = (&tables.release.head.title, table.title.in_lang(lang));
    format!("{of_release} — {of_table}")
}

/// A row with the sums over the first `rows` of the fields of these names, and a word in the second field.
fn totals<'a>(table: &'a Table<'a>, rows: usize, summed: &[&str], lang: Lang) -> Vec<Value<'a>> {
    let word = super::units::in_lang(lang, "sum", "合计");
    let of_field = |(at, field): (usize, &'a crate::formats::Field<'a>)| match at {
        1 => Value::Text(word),
        _ if !summed.contains(&field.name.as_str()) => Value::None,
        _ => (0..rows).map(|row| field.cells.get(row)).fold(Value::None, add),
    };
    table.fields.iter().enumerate().map(of_field).collect()
}

fn add<'a>(sum: Value<'a>, value: Value<'_>) -> Value<'a> {
    match (sum, value) {
        (Value::None, Value::Int(value)) => Value::Int(value),
        (Value::None, Value::Real(value)) => Value::Real(value),
        (Value::Int(sum), Value::Int(value)) => Value::Int(sum + value),
        (Value::Real(sum), Value::Real(value)) => Value::Real(sum + value),
        (sum, _) => sum,
    }
}
