//! What every writer is given: a table of fields over rows, borrowed from wherever the columns live.

use crate::land::column::Value;
use crate::land::{IdColumn, Text, Texts, Values};
use crate::space::{Crs, Shapes};
use std::path::PathBuf;

/// A table to write, with a geometry for every row or none.
pub struct Table<'a> {
    /// The layer's name: letters, digits and underscores.
    pub name: String,
    /// What readers see above it.
    pub title: Text,
    pub fields: Vec<Field<'a>>,
    pub shapes: Option<&'a Shapes>,
    /// The system of `shapes`.
    pub crs: Option<&'a Crs>,
    pub rows: usize,
}

/// One field.
pub struct Field<'a> {
    /// The name in files: letters, digits and underscores, at most 10 bytes where a shapefile is meant to keep it.
    pub name: String,
    /// The full name for readers.
    pub title: Text,
    /// The unit of the values, such as `元/㎡` or `m²`; empty where there is none.
    pub unit: &'static str,
    /// Decimals shown in tables for people; `None` shows the number in full. Data files always hold the number in full.
    pub decimals: Option<u8>,
    /// What a reader must know of all its values, where the title does not say it: the premises of prices. Empty as a rule.
    pub note: Text,
    /// What the field must be laid out as, where somebody prescribes it; as its values ask for where it is `None`.
    pub declared: Option<Declared>,
    pub cells: Cells<'a>,
}

/// How a field of a layer is laid out by prescription. Values that need more room get it: what a field must hold is checked before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declared {
    /// Digits.
    Int(u8),
    /// Characters with sign and point, and decimals.
    Float(u8, u8),
    /// Bytes in a shapefile, characters elsewhere.
    Char(u16),
    /// Its cells are texts, `YYYY-MM-DD`.
    Date,
}

/// Where a field's values are.
pub enum Cells<'a> {
    Int(&'a [i64]),
    /// Grades and their like; 0 is "none".
    Small(&'a [u8]),
    /// Values `offset`, `offset + stride`, … of an array: a plain column has stride 1, a column of a row-major matrix the row's width.
    Real {
        values: &'a [f64],
        stride: usize,
        offset: usize,
    },
    Text(&'a Texts),
    /// Codes into a list of names.
    Code {
        codes: &'a [u8],
        names: Vec<String>,
    },
    /// Any column of attribute values.
    Values(&'a Values),
    /// Values made for this table.
    Own(Values),
}

/// What kind of values a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    Int,
    Real,
    Text,
}

impl<'a> Cells<'a> {
    /// A plain column of reals.
    pub fn real(values: &'a [f64]) -> Cells<'a> {
        Cells::Real { values, stride: 1, offset: 0 }
    }

    pub fn ids(ids: &'a IdColumn) -> Cells<'a> {
        match ids {
            IdColumn::Int(ids) => Cells::Int(ids),
            IdColumn::Text(ids) => Cells::Text(ids),
        }
    }

    pub fn kind(&self) -> CellKind {
        match self {
            Cells::Int(_) | Cells::Small(_) => CellKind::Int,
            Cells::Real { .. } => CellKind::Real,
            Cells::Text(_) | Cells::Code { .. } => CellKind::Text,
            Cells::Values(values) => kind_of(values),
            Cells::Own(values) => kind_of(values),
        }
    }

    /// The value of a row; NaN, an empty text and grade 0 are [`Value::None`].
    pub fn get(&self, row: usize) -> Value<'_> {
        match self {
            Cells::Int(values) => Value::Int(values[row]),
            Cells::Small(values) if values[row] == 0 => Value::None,
            Cells::Small(values) => Value::Int(i64::from(values[row])),
            Cells::Real { values, stride, offset } => {
                let value = values[row * stride + offset];
                if value.is_nan() { Value::None } else { Value::Real(value) }
            }
            Cells::Text(values) if values.get(row).is_empty() => Value::None,
            Cells::Text(values) => Value::Text(values.get(row)),
            Cells::Code { codes, names } => Value::Text(&names[usize::from(codes[row])]),
            Cells::Values(values) => values.get(row),
            Cells::Own(values) => values.get(row),
        }
    }
}

fn kind_of(values: &Values) -> CellKind {
    match values {
        Values::Int(_) => CellKind::Int,
        Values::Real(_) => CellKind::Real,
        Values::Text(_) => CellKind::Text,
    }
}

impl<'a> Field<'a> {
    /// A field whose title is its name, without unit.
    pub fn plain(name: impl Into<String>, cells: Cells<'a>) -> Field<'a> {
        let name = name.into();
        Field {
            title: Text::same(name.clone()),
            name,
            unit: "",
            decimals: None,
            note: Text::default(),
            declared: None,
            cells,
        }
    }

    #[must_use]
    pub fn titled(mut self, title: Text) -> Field<'a> {
        self.title = title;
        self
    }

    #[must_use]
    pub fn noted(mut self, note: &Text) -> Field<'a> {
        self.note.clone_from(note);
        self
    }

    #[must_use]
    pub fn in_unit(mut self, unit: &'static str) -> Field<'a> {
        self.unit = unit;
        self
    }

    #[must_use]
    pub fn laid_out(mut self, declared: Declared) -> Field<'a> {
        self.declared = Some(declared);
        self
    }

    #[must_use]
    pub fn shown_with(mut self, decimals: u8) -> Field<'a> {
        self.decimals = Some(decimals);
        self
    }
}

impl Table<'_> {
    /// The notes of the fields, each once.
    pub fn notes(&self) -> Vec<&Text> {
        let mut notes: Vec<&Text> = Vec::new();
        for field in &self.fields {
            if field.note != Text::default() && !notes.contains(&&field.note) {
                notes.push(&field.note);
            }
        }
        notes
    }
}

/// A finished output.
#[derive(Clone, Debug)]
pub struct Written {
    pub path: PathBuf,
    /// The other files of its set, where the format has several.
    pub beside: Vec<PathBuf>,
    pub rows: usize,
    /// Whether it took the place of an earlier file.
    pub replaced: bool,
    /// What the format could not hold as it was, one sentence each.
    pub losses: Vec<Text>,
}
