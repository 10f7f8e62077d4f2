//! Tables made of values that were worked out for them: one call per column.

use super::{Cells, Field, Table};
use crate::land::{Text, Texts, Values};

/// A table without geometry whose columns are its own.
pub fn plain(name: &str, title: Text, fields: Vec<Field<'static>>, rows: usize) -> Table<'static> {
    Table { name: name.to_string(), title, fields, shapes: None, crs: None, rows }
}

/// A column of texts; an empty one is none.
pub fn text_field<T: AsRef<str>>(name: &str, title: Text, values: impl IntoIterator<Item = T>) -> Field<'static> {
    Field::plain(name, Cells::Own(Values::Text(values.into_iter().collect::<Texts>()))).titled(title)
}

/// A column of numbers.
pub fn real_field(name: &str, title: Text, values: impl IntoIterator<Item = Option<f64>>) -> Field<'static> {
    let values = values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect();
    Field::plain(name, Cells::Own(Values::Real(values))).titled(title)
}

/// A column of whole numbers.
pub fn count_field(name: &str, title: Text, values: impl IntoIterator<Item = Option<i64>>) -> Field<'static> {
    Field::plain(name, Cells::Own(Values::Int(values.into_iter().collect()))).titled(title)
}
