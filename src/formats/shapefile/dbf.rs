//! The attribute table of a shapefile (dBASE III): a header, then rows of fixed width.

use super::columns::{Column, Layout};
use super::encode::{Encoded, TextEncoding};
use crate::formats::digits;
use crate::formats::tally::Tally;
use crate::formats::{Cells, Table};
use crate::land::column::Value;
use std::ops::Range;

/// The "last updated" day of every table, so that equal tables have equal bytes: 26 July 1995, which GDAL writes too.
const DAY: [u8; 3] = [95, 7, 26];

/// What the rows' cells lost.
#[derive(Clone, Debug, Default)]
pub(super) struct Missed {
    pub cut: Tally,
    pub foreign: Tally,
    /// The first character the encoding lacks.
    pub example: Option<char>,
    pub infinite: Tally,
    /// Texts that begin or end with a space, which is filling to readers.
    pub padded: Tally,
}

impl Missed {
    pub fn join(&mut self, other: Missed) {
        self.cut.join(other.cut);
        self.foreign.join(other.foreign);
        self.example = self.example.or(other.example);
        self.infinite.join(other.infinite);
        self.padded.join(other.padded);
    }

    fn note(&mut self, done: Encoded, row: usize) {
        if done.cut {
            self.cut.note(row);
        }
        if let Some(character) = done.foreign {
            self.foreign.note(row);
            self.example = self.example.or(Some(character));
        }
    }
}

/// Bytes of one row.
pub(super) fn row_length(columns: &[Column]) -> usize {
    1 + columns.iter().map(|column| usize::from(column.width)).sum::<usize>()
}

/// Bytes of the header.
pub(super) fn header_length(columns: &[Column]) -> usize {
    32 + 32 * columns.len() + 1
}

/// The header. The caller has checked that counts and lengths fit their fields.
pub(super) fn header(columns: &[Column], rows: usize, encoding: TextEncoding) -> Vec<u8> {
    let mut out = vec![0; 32];
    out[0] = 3;
    out[1..4].copy_from_slice(&DAY);
    out[4..8].copy_from_slice(&(rows as u32).to_le_bytes());
    out[8..10].copy_from_slice(&(header_length(columns) as u16).to_le_bytes());
    out[10..12].copy_from_slice(&(row_length(columns) as u16).to_le_bytes());
    out[29] = encoding.language_driver();
    for column in columns {
        let mut entry = [0; 32];
        entry[..column.name.bytes.len()].copy_from_slice(&column.name.bytes);
        entry[11] = column.layout.letter();
        entry[16] = column.width;
        entry[17] = column.layout.decimals();
        out.extend_from_slice(&entry);
    }
    out.push(0x0D);
    out
}

/// The bytes of some rows.
pub(super) fn rows(
    table: &Table<'_>,
    columns: &[Column],
    encoding: TextEncoding,
    range: Range<usize>,
) -> (Vec<u8>, Missed) {
    let length = row_length(columns);
    let mut out = vec![b' '; length * range.len()];
    let mut missed = Missed::default();
    let mut at = 1;
    for (field, column) in table.fields.iter().zip(columns) {
        let width = usize::from(column.width);
        let slots = out.chunks_exact_mut(length).map(|row| &mut row[at..at + width]);
        for (row, slot) in range.clone().zip(slots) {
            cell(slot, &field.cells, column, encoding, row, &mut missed);
        }
        at += width;
    }
    (out, missed)
}

fn cell(slot: &mut [u8], cells: &Cells<'_>, column: &Column, encoding: TextEncoding, row: usize, missed: &mut Missed) {
    match cells.get(row) {
        Value::None => {}
        Value::Int(value) => {
            digits::put_right(slot, value, 0);
        }
        Value::Real(value) if !value.is_finite() => missed.infinite.note(row),
        Value::Real(value) => match column.layout {
            Layout::Fixed(decimals) => {
                let decimals = usize::from(decimals);
                digits::put_right(slot, digits::scaled(value, decimals), decimals);
            }
            Layout::Int | Layout::Exponent | Layout::Text | Layout::Date => {
                let mut buffer = zmij::Buffer::new();
                let printed = buffer.format_finite(value).as_bytes();
                let start = slot.len() - printed.len();
                slot[start..].copy_from_slice(printed);
            }
        },
        // A text that is no date leaves the field blank in every reader; it is told as cut.
        Value::Text(value) if column.layout == Layout::Date => {
            let digits = value.bytes().filter(u8::is_ascii_digit);
            match value.len() == 10 && digits.clone().count() == 8 {
                true => slot.iter_mut().zip(digits).for_each(|(slot, digit)| *slot = digit),
                false => missed.cut.note(row),
            }
        }
        Value::Text(value) => {
            if value.starts_with(' ') || value.ends_with(' ') {
                missed.padded.note(row);
            }
            let done = encoding.put(slot, value, b'?');
            missed.note(done, row);
        }
    }
}
