//! A layer of the sample city: shapes with titled columns.

use crate::formats::{Cells, Field, Table};
use crate::land::{Column, Text, Texts, Values};
use crate::space::{Crs, Shapes};

/// One layer of one year.
#[derive(Clone, Debug)]
pub struct SampleLayer {
    /// Its name in files.
    pub name: &'static str,
    pub title: Text,
    pub shapes: Shapes,
    pub columns: Vec<SampleColumn>,
}

/// One attribute of a layer.
#[derive(Clone, Debug)]
pub struct SampleColumn {
    /// Its name in files is ASCII and at most 10 bytes long.
    pub column: Column,
    pub title: Text,
    /// Empty where the values have none.
    pub unit: &'static str,
    /// Decimals shown to people.
    pub decimals: Option<u8>,
}

impl SampleLayer {
    /// The layer as writers take it.
    pub fn table<'a>(&'a self, crs: &'a Crs) -> Table<'a> {
        let field = |column: &'a SampleColumn| Field {
            name: column.column.name.clone(),
            title: column.title.clone(),
            unit: column.unit,
            decimals: column.decimals,
            note: Text::default(),
            declared: None,
            cells: Cells::Values(&column.column.values),
        };
        Table {
            name: self.name.to_string(),
            title: self.title.clone(),
            fields: self.columns.iter().map(field).collect(),
            shapes: Some(&self.shapes),
            crs: Some(crs),
            rows: self.shapes.len(),
        }
    }

    /// The values of a column.
    pub fn column(&self, name: &str) -> Option<&Values> {
        self.columns.iter().find(|column| column.column.name == name).map(|column| &column.column.values)
    }

    /// The values of a text column.
    pub fn texts(&self, name: &str) -> Option<&Texts> {
        match self.column(name)? {
            Values::Text(texts) => Some(texts),
            Values::Int(_) | Values::Real(_) => None,
        }
    }

    /// The values of a column of reals.
    pub fn reals(&self, name: &str) -> Option<&[f64]> {
        match self.column(name)? {
            Values::Real(values) => Some(values),
            Values::Int(_) | Values::Text(_) => None,
        }
    }
}

impl SampleColumn {
    pub(super) fn new(name: &str, title: Text, values: Values) -> SampleColumn {
        SampleColumn { column: Column { name: name.to_string(), values }, title, unit: "", decimals: None }
    }

    pub(super) fn text<T: AsRef<str>>(name: &str, title: Text, values: impl IntoIterator<Item = T>) -> SampleColumn {
        SampleColumn::new(name, title, Values::Text(values.into_iter().collect()))
    }

    pub(super) fn real(name: &str, title: Text, values: Vec<f64>) -> SampleColumn {
        SampleColumn::new(name, title, Values::Real(values))
    }

    pub(super) fn int(name: &str, title: Text, values: impl IntoIterator<Item = i64>) -> SampleColumn {
        SampleColumn::new(name, title, Values::Int(values.into_iter().map(Some).collect()))
    }

    pub(super) fn of(mut self, unit: &'static str, decimals: u8) -> SampleColumn {
        self.unit = unit;
        self.decimals = Some(decimals);
        self
    }
}

/// Rounded to one decimal.
pub(super) fn one_decimal(value: f64) -> f64 {
    libm::round(value * 10.0) / 10.0
}

/// Rounded to two decimals.
pub(super) fn two_decimals(value: f64) -> f64 {
    libm::round(value * 100.0) / 100.0
}
