//! Columns of attribute values: one array per attribute, so that a million units cost no million objects.

use std::fmt;

/// Many strings in one buffer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    bytes: String,
    ends: Vec<u32>,
}

impl Texts {
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Adds one string; an empty one stands for "no value".
    pub fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(u32::try_from(self.bytes.len()).expect("one text column stays under 4 GiB"));
    }

    pub fn get(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.ends[row - 1] as usize };
        &self.bytes[start..self.ends[row] as usize]
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).map(|row| self.get(row))
    }
}

impl<T: AsRef<str>> FromIterator<T> for Texts {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Texts {
        let mut column = Texts::default();
        texts.into_iter().for_each(|text| column.push(text.as_ref()));
        column
    }
}

/// The values of one attribute. Missing values: NaN among reals, `None` among integers, the empty text among texts.
#[derive(Clone, Debug)]
pub enum Values {
    Int(Vec<Option<i64>>),
    Real(Vec<f64>),
    Text(Texts),
}

/// One value, borrowed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Value<'a> {
    None,
    Int(i64),
    Real(f64),
    Text(&'a str),
}

/// As a file might have it; a missing value is the empty text.
impl fmt::Display for Value<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::None => Ok(()),
            Value::Int(number) => number.fmt(f),
            Value::Real(number) => number.fmt(f),
            Value::Text(text) => f.write_str(text),
        }
    }
}

impl Values {
    pub fn len(&self) -> usize {
        match self {
            Values::Int(values) => values.len(),
            Values::Real(values) => values.len(),
            Values::Text(values) => values.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn get(&self, row: usize) -> Value<'_> {
        match self {
            Values::Int(values) => values[row].map_or(Value::None, Value::Int),
            Values::Real(values) if values[row].is_nan() => Value::None,
            Values::Real(values) => Value::Real(values[row]),
            Values::Text(values) if values.get(row).is_empty() => Value::None,
            Values::Text(values) => Value::Text(values.get(row)),
        }
    }

    /// The rows in a new order: row `i` of the result is row `order[i]`.
    #[must_use]
    pub fn gather(&self, order: &[u32]) -> Values {
        match self {
            Values::Int(values) => Values::Int(order.iter().map(|&row| values[row as usize]).collect()),
            Values::Real(values) => Values::Real(order.iter().map(|&row| values[row as usize]).collect()),
            Values::Text(values) => Values::Text(order.iter().map(|&row| values.get(row as usize)).collect()),
        }
    }
}

/// A named attribute.
#[derive(Clone, Debug)]
pub struct Column {
    pub name: String,
    pub values: Values,
}

/// The identifiers of units: whole numbers stay numbers, everything else is text.
#[derive(Clone, Debug)]
pub enum IdColumn {
    Int(Vec<i64>),
    Text(Texts),
}

impl IdColumn {
    pub fn len(&self) -> usize {
        match self {
            IdColumn::Int(ids) => ids.len(),
            IdColumn::Text(ids) => ids.len(),
        }
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The identifier as it is printed.
    pub fn show(&self, row: usize) -> String {
        match self {
            IdColumn::Int(ids) => ids[row].to_string(),
            IdColumn::Text(ids) => ids.get(row).to_string(),
        }
    }

    /// The order of two rows by identifier: numbers by value, texts by their bytes.
    pub fn order(&self, one: usize, other: usize) -> std::cmp::Ordering {
        match self {
            IdColumn::Int(ids) => ids[one].cmp(&ids[other]),
            IdColumn::Text(ids) => ids.get(one).cmp(ids.get(other)),
        }
    }

    /// The row that bears this identifier, in a column sorted by [`IdColumn::order`].
    pub fn find_sorted(&self, id: &str) -> Option<usize> {
        match self {
            IdColumn::Int(ids) => ids.binary_search(&id.trim().parse().ok()?).ok(),
            IdColumn::Text(ids) => {
                let at = partition_point(ids.len(), |row| ids.get(row) < id);
                (at < ids.len() && ids.get(at) == id).then_some(at)
            }
        }
    }

    #[must_use]
    pub fn gather(&self, order: &[u32]) -> IdColumn {
        match self {
            IdColumn::Int(ids) => IdColumn::Int(order.iter().map(|&row| ids[row as usize]).collect()),
            IdColumn::Text(ids) => IdColumn::Text(order.iter().map(|&row| ids.get(row as usize)).collect()),
        }
    }
}

fn partition_point(len: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, len);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
