//! The units of a release as GeoParquet: one row per unit, one column per score, with a note of what each column means.

use super::content::{FactorHead, UnitRows, UseHead};
use crate::formats::{Cells, Field, Table, Written, geoparquet};
use crate::land::{Column, Outcome, Text};
use crate::space::Crs;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// The key of the note in the file's metadata.
pub(super) const NOTE: &str = "landgrade";

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Role {
    Id,
    Use,
    Area,
    /// The score of a factor, in the order of the release's factors.
    Score,
    Total,
    Grade,
    /// A further grading.
    Alternative,
    Price,
    /// A field carried through.
    Kept,
    /// What a layer's feature is called.
    Label,
}

/// One column's meaning.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Mark {
    pub column: String,
    pub role: Role,
    /// The factor's key, the alternative's or the kept field's own name.
    pub name: String,
}

/// Columns under way, each under a name no other has.
pub(super) struct Columns<'a> {
    pub fields: Vec<Field<'a>>,
    pub marks: Vec<Mark>,
    taken: BTreeSet<String>,
}

impl<'a> Columns<'a> {
    pub fn new() -> Columns<'a> {
        // Names an own column may come to have are kept free, so that a kept field never takes one from it.
        let own = ["id", "use", "area", "total", "grade", "price", "label", geoparquet::GEOMETRY];
        Columns { fields: Vec::new(), marks: Vec::new(), taken: own.map(String::from).into() }
    }

    /// Adds one of the release's own columns.
    pub fn own(&mut self, column: &str, role: Role, cells: Cells<'a>) {
        self.marks.push(Mark { column: column.to_string(), role, name: String::new() });
        self.fields.push(Field::plain(column, cells));
    }

    /// Adds a column whose name comes from the data: where another has it (upper and lower case alike), `_2`, `_3` … follows.
    pub fn named(&mut self, column: &str, role: Role, name: &str, cells: Cells<'a>) {
        let free = std::iter::once(column.to_string())
            .chain((2..).map(|number: usize| format!("{column}_{number}")))
            .find(|column| !self.taken.contains(&column.to_lowercase()))
            .unwrap_or_default();
        self.taken.insert(free.to_lowercase());
        self.marks.push(Mark { column: free.clone(), role, name: name.to_string() });
        self.fields.push(Field::plain(free, cells));
    }

    /// Adds the fields carried through.
    pub fn kept(&mut self, columns: &'a [Column]) {
        columns.iter().for_each(|kept| {
            self.named(&kept.name, Role::Kept, &kept.name, Cells::Values(&kept.values));
        });
    }
}

/// Writes the units. Absent columns (no scores, totals, prices or geometry) are left out.
///
/// # Errors
/// As [`geoparquet::write`].
pub fn write(units: &UnitRows, uses: &[UseHead], factors: &[FactorHead], crs: &Crs, target: &Path) -> Outcome<Written> {
    let mut columns = Columns::new();
    columns.own("id", Role::Id, Cells::ids(&units.ids));
    let names = uses.iter().map(|entry| entry.key.clone()).collect();
    columns.own("use", Role::Use, Cells::Code { codes: &units.uses, names });
    columns.own("area", Role::Area, Cells::real(&units.areas));
    if !units.scores.is_empty() {
        for (offset, factor) in factors.iter().enumerate() {
            let cells = Cells::Real { values: &units.scores, stride: factors.len(), offset };
            columns.named(&format!("score_{}", factor.key), Role::Score, &factor.key, cells);
        }
    }
    if !units.totals.is_empty() {
        columns.own("total", Role::Total, Cells::real(&units.totals));
    }
    columns.own("grade", Role::Grade, Cells::Small(&units.grades));
    for (name, grades) in &units.alternatives {
        columns.named(name, Role::Alternative, name, Cells::Small(grades));
    }
    if !units.prices.is_empty() {
        columns.own("price", Role::Price, Cells::real(&units.prices));
    }
    columns.kept(&units.kept);
    let Columns { fields, marks, .. } = columns;
    let table = Table {
        name: "units".to_string(),
        title: Text::same("units"),
        fields,
        shapes: units.shapes.as_ref(),
        crs: Some(crs),
        rows: units.len(),
    };
    geoparquet::write(&table, target, &[(NOTE, serde_json::json!({ "columns": marks }).to_string())])
}

#[cfg(test)]
#[path = "rows_tests.rs"]
mod tests;
