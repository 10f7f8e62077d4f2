//! How each field is laid out in a DBF table: its type, width and decimals, found by looking at every value.

use super::encode::TextEncoding;
use super::names::ShortName;
use crate::formats::digits::{self, MOST_DECIMALS};
use crate::formats::tally::Tally;
use crate::formats::{Cells, Declared, Field};
use crate::land::column::Value;
use crate::scale;

/// The most bytes of a text.
pub(super) const LONGEST_TEXT: usize = 254;
/// Rows looked at in one piece of work.
const CHUNK: usize = 1 << 16;
/// Doubles and scaled integers agree up to 15 significant digits.
const SIGNIFICANT: usize = 15;
/// The width of a number in exponent form: `-1.2345678901234567e-300`.
const EXPONENT_WIDTH: u8 = 24;

/// One column of the table.
pub(super) struct Column {
    pub name: ShortName,
    pub layout: Layout,
    pub width: u8,
    /// Numeric cells without a value.
    pub missing: Tally,
    /// Integers readers may take for doubles and round.
    pub rounded_integers: Tally,
    /// Whether some value has more decimals than the column.
    pub inexact: bool,
}

/// How cells are printed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    Int,
    /// A count of decimals.
    Fixed(u8),
    /// In exponent form, for values of 10¹⁵ and more.
    Exponent,
    Text,
    /// `YYYYMMDD`.
    Date,
}

impl Layout {
    /// The type letter of the DBF header.
    pub fn letter(&self) -> u8 {
        match self {
            Layout::Int | Layout::Fixed(_) => b'N',
            Layout::Exponent => b'F',
            Layout::Text => b'C',
            Layout::Date => b'D',
        }
    }

    /// The decimals of the DBF header.
    pub fn decimals(&self) -> u8 {
        match self {
            Layout::Int | Layout::Text | Layout::Date => 0,
            Layout::Fixed(decimals) => *decimals,
            Layout::Exponent => MOST_DECIMALS as u8,
        }
    }
}

/// What a look at a column's values found.
#[derive(Clone, Copy, Default)]
struct Found {
    least: i64,
    most: i64,
    low: f64,
    high: f64,
    /// Decimals that hold every value; [`MOST_DECIMALS`] + 1 where none do.
    decimals: usize,
    longest: usize,
    missing: Tally,
    rounded_integers: Tally,
}

/// Lays out one field.
pub(super) fn lay_out(field: &Field<'_>, name: ShortName, rows: usize, encoding: TextEncoding) -> Column {
    let found = match &field.cells {
        // The longest name, whether used or not, without a look at the rows.
        Cells::Code { names, .. } => {
            Found { longest: names.iter().map(|name| encoding.bound(name)).max().unwrap_or(0), ..Found::default() }
        }
        _ => look(field, rows, encoding),
    };
    let (layout, width) = match field.cells.kind() {
        crate::formats::table::CellKind::Int => {
            let width = digits::printed_width(found.least, 0).max(digits::printed_width(found.most, 0));
            (Layout::Int, width as u8)
        }
        crate::formats::table::CellKind::Real => real(&found),
        crate::formats::table::CellKind::Text => (Layout::Text, found.longest.clamp(1, LONGEST_TEXT) as u8),
    };
    let (layout, width) =
        field.declared.map_or((layout.clone(), width), |wanted| prescribed(wanted, layout, width, &found));
    let inexact = matches!(layout, Layout::Fixed(decimals) if found.decimals > usize::from(decimals));
    Column { name, layout, width, missing: found.missing, rounded_integers: found.rounded_integers, inexact }
}

/// As prescribed, wider where a number needs it, and otherwise as found where the values are of another kind.
fn prescribed(wanted: Declared, layout: Layout, width: u8, found: &Found) -> (Layout, u8) {
    match (wanted, &layout) {
        (Declared::Int(wide), Layout::Int) => (Layout::Int, wide.max(width)),
        (Declared::Float(wide, decimals), Layout::Fixed(_)) => {
            let needed =
                |value| digits::printed_width(digits::scaled(value, usize::from(decimals)), usize::from(decimals));
            (Layout::Fixed(decimals), (needed(found.low).max(needed(found.high)) as u8).max(wide))
        }
        (Declared::Char(wide), Layout::Text) => (Layout::Text, wide.clamp(1, LONGEST_TEXT as u16) as u8),
        (Declared::Date, Layout::Text) => (Layout::Date, 8),
        _ => (layout, width),
    }
}

fn real(found: &Found) -> (Layout, u8) {
    let whole = found.high.max(-found.low);
    if whole >= 1e15 {
        return (Layout::Exponent, EXPONENT_WIDTH);
    }
    let whole_digits = (whole as u64).checked_ilog10().map_or(1, |log| log as usize + 1);
    // At least one decimal: readers take a number without decimals for an integer.
    let room = SIGNIFICANT.saturating_sub(whole_digits).clamp(1, MOST_DECIMALS);
    let decimals = found.decimals.clamp(1, room);
    let width = |value| digits::printed_width(digits::scaled(value, decimals), decimals);
    (Layout::Fixed(decimals as u8), width(found.low).max(width(found.high)) as u8)
}

fn look(field: &Field<'_>, rows: usize, encoding: TextEncoding) -> Found {
    let parts = scale::chunks(rows, CHUNK, |range| {
        let mut found = Found::default();
        range.for_each(|row| found.see(field.cells.get(row), row, encoding));
        if field.cells.kind() == crate::formats::table::CellKind::Text {
            found.missing = Tally::default();
        }
        found
    });
    parts.into_iter().fold(Found::default(), Found::join)
}

impl Found {
    fn see(&mut self, value: Value<'_>, row: usize, encoding: TextEncoding) {
        match value {
            Value::None => self.missing.note(row),
            Value::Int(value) => {
                self.least = self.least.min(value);
                self.most = self.most.max(value);
                if value.unsigned_abs() > 1 << 53 {
                    self.rounded_integers.note(row);
                }
            }
            Value::Real(value) if value.is_finite() => {
                self.low = self.low.min(value);
                self.high = self.high.max(value);
                while self.decimals <= MOST_DECIMALS && !digits::holds(value, self.decimals) {
                    self.decimals += 1;
                }
            }
            Value::Real(_) => {}
            Value::Text(value) => self.longest = self.longest.max(encoding.bound(value)),
        }
    }

    fn join(mut self, other: Found) -> Found {
        self.missing.join(other.missing);
        self.rounded_integers.join(other.rounded_integers);
        Found {
            least: self.least.min(other.least),
            most: self.most.max(other.most),
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            decimals: self.decimals.max(other.decimals),
            longest: self.longest.max(other.longest),
            ..self
        }
    }
}
