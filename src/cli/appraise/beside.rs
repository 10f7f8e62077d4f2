//! Conditions handed in beside many parcels: a table with an `id` and a column per key.

use landgrade::ingest::readers::table;
use landgrade::ingest::subjects::Subjects;
use landgrade::land::above;
use landgrade::land::heading::heading;
use landgrade::land::quantity::Quantity;
use landgrade::land::{Fault, Outcome, Text, number};
use landgrade::say;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Identifiers named before the rest are only counted.
const TOLD: usize = 5;

/// Keys that tell which parcel it is and of what use: what the parcels' own file says counts.
const THEIRS: [&str; 3] = ["id", "unit", "use"];

/// The cells of each parcel, by identifier and key, and what is said of the table.
#[derive(Default)]
pub(super) struct Beside {
    pub cells: BTreeMap<String, Vec<(String, String)>>,
    pub told: Vec<Text>,
}

/// Reads the table; `keys` are those of the parcels' columns with their headings.
///
/// # Errors
/// As [`table::read`]; `missing-field` without an `id`; `duplicate-id` where two rows bear one.
pub(super) fn read(file: &Path, keys: &[(&str, Vec<String>)]) -> Outcome<Beside> {
    let raw = table::read(file, table::Options::default())?;
    let ids = raw.column("id").map_err(|fault| fault.at(file.display()))?;
    let mut taken = BTreeSet::new();
    let (mut columns, mut unknown) = (Vec::new(), Vec::new());
    for column in raw.columns.iter().filter(|column| column.name != "id") {
        let told = heading(&column.name);
        let wanted = keys.iter().find(|(key, names)| *key == column.name || names.contains(&told.name));
        match wanted.filter(|(key, _)| !THEIRS.contains(key)) {
            Some((key, _)) if taken.insert(*key) => columns.push((*key, told.unit, &column.values)),
            _ => unknown.push(column.name.as_str()),
        }
    }
    let (mut cells, mut twice) = (BTreeMap::new(), Vec::new());
    let title = above::unit_of(&raw.above, Quantity::Area);
    for row in 0..raw.len() {
        let id = ids.get(row).to_string();
        let own = columns.iter().map(|(key, unit, values)| {
            let text = values.get(row).to_string();
            // What the heading says of an area the cell says then.
            let bare = *key == "area" && number::parse(&text).is_some_and(|typed| typed.unit.is_empty());
            let unit = unit.as_deref().or(title.as_deref()).filter(|_| bare).unwrap_or_default();
            ((*key).to_string(), text + unit)
        });
        let own = own.filter(|(_, text)| !text.is_empty()).collect::<Vec<_>>();
        if cells.insert(id.clone(), own).is_some() && !twice.contains(&id) {
            twice.push(id);
        }
    }
    if !twice.is_empty() {
        let (count, list) = (twice.len(), named(&twice));
        return Err(Fault::new(
            "duplicate-id",
            say!("identifiers with several rows: {count} ({list})", "有 {count} 个编号出现多行:{list}"),
            say!("keep one row of each", "每个编号请只保留一行"),
        )
        .at(file.display()));
    }
    let mut told: Vec<Text> = raw.encoding.as_ref().and_then(table::TextEncoding::told).into_iter().collect();
    told.extend(raw.told());
    if !unknown.is_empty() {
        let list = unknown.join(", ");
        told.push(say!("note: columns of the conditions that are not used: {list}", "注意:条件表中未使用的列:{list}"));
    }
    Ok(Beside { cells, told })
}

impl Beside {
    /// Says which identifiers are of no parcel.
    pub fn tell_strangers(&mut self, subjects: &Subjects) {
        let known: BTreeSet<String> = (0..subjects.len()).filter_map(|row| key(subjects, row)).collect();
        let strange: Vec<String> = self.cells.keys().filter(|id| !known.contains(*id)).cloned().collect();
        if !strange.is_empty() {
            let (count, list) = (strange.len(), named(&strange));
            self.told.push(say!(
                "note: rows of the conditions whose id is of no parcel: {count} ({list})",
                "注意:条件表中有 {count} 行的编号不属于任何宗地:{list}"
            ));
        }
    }
}

/// A parcel's identifier, else its number in the file; nothing of a line whose cells fit no columns, so that it is taken for no other's.
pub(super) fn called(subjects: &Subjects, row: usize) -> String {
    if subjects.uneven.binary_search_by_key(&row, |(row, _)| *row).is_ok() {
        return String::new();
    }
    Some(subjects.text("id", row)).filter(|id| !id.is_empty()).unwrap_or_else(|| subjects.rows[row].to_string())
}

/// What conditions of a parcel are found by: its identifier, its number in the file where no column tells identifiers. A blank one is found by
/// nothing, so that it takes no other's.
pub(super) fn key(subjects: &Subjects, row: usize) -> Option<String> {
    let id = match subjects.heading("id") {
        Some(_) => subjects.text("id", row),
        None => called(subjects, row),
    };
    Some(id).filter(|id| !id.is_empty())
}

/// The first few of a list.
fn named(ids: &[String]) -> String {
    let dots = if ids.len() > TOLD { " …" } else { "" };
    let shown = ids.iter().take(TOLD).map(|id| if id.is_empty() { "\"\"" } else { id.as_str() });
    shown.collect::<Vec<_>>().join(", ") + dots
}
