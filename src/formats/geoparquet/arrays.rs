//! Columns of a table as Arrow arrays and back.

use crate::formats::{Cells, Field};
use crate::land::{Texts, Values};
use arrow::array::{
    Array, ArrayRef, AsArray, Float64Array, Int64Array, LargeStringArray, LargeStringBuilder, UInt8Array,
};
use arrow::datatypes::{self, DataType, Float64Type, Int64Type, UInt8Type};
use std::ops::Range;
use std::sync::Arc;

/// How a field is stored.
pub(super) fn field(field: &Field<'_>) -> datatypes::Field {
    let (kind, nullable) = match &field.cells {
        Cells::Int(_) => (DataType::Int64, false),
        Cells::Small(_) => (DataType::UInt8, true),
        Cells::Real { .. } => (DataType::Float64, true),
        Cells::Text(_) => (DataType::LargeUtf8, true),
        Cells::Code { .. } => (DataType::LargeUtf8, false),
        Cells::Values(values) => (kind(values), true),
        Cells::Own(values) => (kind(values), true),
    };
    datatypes::Field::new(&field.name, kind, nullable)
}

fn kind(values: &Values) -> DataType {
    match values {
        Values::Int(_) => DataType::Int64,
        Values::Real(_) => DataType::Float64,
        Values::Text(_) => DataType::LargeUtf8,
    }
}

/// The cells of some rows.
pub(super) fn of_cells(cells: &Cells<'_>, rows: Range<usize>) -> ArrayRef {
    match cells {
        Cells::Int(values) => Arc::new(Int64Array::from(values[rows].to_vec())),
        Cells::Small(values) => {
            Arc::new(values[rows].iter().map(|&value| (value > 0).then_some(value)).collect::<UInt8Array>())
        }
        Cells::Real { values, stride, offset } => reals(rows.map(|row| values[row * stride + offset])),
        Cells::Text(values) => texts(rows, |row| values.get(row)),
        Cells::Code { codes, names } => {
            Arc::new(LargeStringArray::from_iter_values(rows.map(|row| &names[usize::from(codes[row])])))
        }
        Cells::Values(values) => of_values(values, rows),
        Cells::Own(values) => of_values(values, rows),
    }
}

fn of_values(values: &Values, rows: Range<usize>) -> ArrayRef {
    match values {
        Values::Int(values) => Arc::new(Int64Array::from(values[rows].to_vec())),
        Values::Real(values) => reals(values[rows].iter().copied()),
        Values::Text(values) => texts(rows, |row| values.get(row)),
    }
}

fn reals(values: impl Iterator<Item = f64> + Clone) -> ArrayRef {
    if values.clone().any(f64::is_nan) {
        Arc::new(values.map(|value| (!value.is_nan()).then_some(value)).collect::<Float64Array>())
    } else {
        Arc::new(Float64Array::from_iter_values(values))
    }
}

fn texts<'a>(rows: Range<usize>, get: impl Fn(usize) -> &'a str) -> ArrayRef {
    let mut texts = LargeStringBuilder::with_capacity(rows.len(), rows.len() * 16);
    rows.for_each(|row| texts.append_option(Some(get(row)).filter(|text| !text.is_empty())));
    Arc::new(texts.finish())
}

/// The most rows room is made for before they are there: a file may claim any number.
const MOST_ROOM: usize = 1 << 24;

/// An empty column, with room for the rows, of the kind that is stored so; `None` for kinds this program does not write.
pub(super) fn empty(kind: &DataType, rows: usize) -> Option<Values> {
    match kind {
        DataType::Int64 | DataType::UInt8 => Some(Values::Int(Vec::with_capacity(rows.min(MOST_ROOM)))),
        DataType::Float64 => Some(Values::Real(Vec::with_capacity(rows.min(MOST_ROOM)))),
        DataType::Utf8 | DataType::LargeUtf8 => Some(Values::Text(Texts::default())),
        _ => None,
    }
}

/// Appends an array to a column of its kind; `false` where the kinds differ.
pub(super) fn append(values: &mut Values, array: &ArrayRef) -> bool {
    match (values, array.data_type()) {
        (Values::Int(values), DataType::Int64) => values.extend(array.as_primitive::<Int64Type>().iter()),
        (Values::Int(values), DataType::UInt8) => {
            values.extend(array.as_primitive::<UInt8Type>().iter().map(|value| value.map(i64::from)));
        }
        (Values::Real(values), DataType::Float64) => {
            let array = array.as_primitive::<Float64Type>();
            if array.null_count() == 0 {
                values.extend_from_slice(array.values());
            } else {
                values.extend(array.iter().map(|value| value.unwrap_or(f64::NAN)));
            }
        }
        (Values::Text(values), DataType::Utf8) => {
            array.as_string::<i32>().iter().for_each(|text| values.push(text.unwrap_or("")));
        }
        (Values::Text(values), DataType::LargeUtf8) => {
            array.as_string::<i64>().iter().for_each(|text| values.push(text.unwrap_or("")));
        }
        _ => return false,
    }
    true
}
