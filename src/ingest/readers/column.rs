//! One column of numbers out of plain delimited text, straight from its bytes: what a million values in under a second need.
//!
//! Only text without quotes, in an encoding whose separators are ASCII (UTF-8, GBK), with as many fields in every line as in the first, is
//! read here; for anything else [`super::delimited`] has the time and the words.

use super::delimited::delimiter;
use crate::ingest::values::{Bad, Choice, Numbers, Wanted, parsed};
use crate::land::Outcome;
use crate::scale;

/// Bytes that one piece of work reads.
const PIECE: usize = 1 << 19;

/// The column of the text, or `None` where the text is not plain.
///
/// # Errors
/// As [`crate::ingest::values::read`].
pub(in crate::ingest) fn read(bytes: &[u8], wanted: &Wanted<'_>) -> Option<Outcome<Numbers>> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    if has(text, b'"') || has(text, 0) {
        return None;
    }
    let mut first = 0;
    let (head, rest) = loop {
        if first == text.len() {
            return None;
        }
        let end = text[first..].iter().position(|byte| *byte == b'\n').map_or(text.len(), |at| first + at + 1);
        if !text[first..end].trim_ascii().is_empty() {
            break (&text[first..end], end);
        }
        first = end;
    };
    let line = 1 + count_lines(&text[..first]);
    let head = std::str::from_utf8(head).ok()?;
    let separator = delimiter(head);
    let names: Vec<&str> = head.split(char::from(separator)).map(str::trim).collect();
    let headless = names.iter().all(|name| parsed(name).is_some());
    let choice = match Choice::of(&names, headless, wanted) {
        Ok(choice) => choice,
        Err(fault) => return Some(Err(fault)),
    };
    let (body, line) = if headless { (&text[first..], line) } else { (&text[rest..], line + 1) };
    let bounds = pieces(body);
    let layout = Layout { separator, fields: names.len(), value: choice.value, weight: choice.weight };
    let found = scale::chunks(bounds.len() - 1, 1, |at| layout.piece(&body[bounds[at.start]..bounds[at.end]]));
    let mut numbers = Numbers::of(choice);
    let mut line = line;
    for piece in found {
        let Piece { values, weights, blank, bad, lines } = piece?;
        numbers.values.extend(values);
        if let Some(all) = &mut numbers.weights {
            all.extend(weights);
        }
        numbers.blank += blank;
        numbers.bad.extend(bad.into_iter().map(|(at, text)| Bad { row: (line + at) as u64, text }));
        line += lines;
    }
    Some(Ok(numbers))
}

fn has(text: &[u8], wanted: u8) -> bool {
    scale::chunks(text.len(), PIECE, |at| text[at].contains(&wanted)).contains(&true)
}

fn count_lines(text: &[u8]) -> usize {
    text.iter().filter(|byte| **byte == b'\n').count()
}

/// Where pieces of whole lines begin and end.
fn pieces(body: &[u8]) -> Vec<usize> {
    let mut bounds = vec![0];
    let mut start = 0;
    while start < body.len() {
        let from = (start + PIECE).min(body.len());
        start = body[from..].iter().position(|byte| *byte == b'\n').map_or(body.len(), |at| from + at + 1);
        bounds.push(start);
    }
    bounds
}

/// Which field of a line is which.
struct Layout {
    separator: u8,
    fields: usize,
    value: usize,
    weight: Option<usize>,
}

#[derive(Default)]
struct Piece {
    values: Vec<f64>,
    weights: Vec<f64>,
    blank: usize,
    /// Lines of the piece, from 0, with a cell that is no number.
    bad: Vec<(usize, String)>,
    lines: usize,
}

impl Layout {
    /// `None` where a line is not plain.
    fn piece(&self, text: &[u8]) -> Option<Piece> {
        let mut piece = Piece::default();
        let text = text.strip_suffix(b"\n").unwrap_or(text);
        for line in text.split(|byte| *byte == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            self.line(line, &mut piece)?;
            piece.lines += 1;
        }
        Some(piece)
    }

    fn line(&self, line: &[u8], piece: &mut Piece) -> Option<()> {
        let (mut value, mut weight): (&[u8], &[u8]) = (b"", b"");
        let mut count = 0;
        for field in line.split(|byte| *byte == self.separator) {
            if count == self.value {
                value = field;
            }
            if Some(count) == self.weight {
                weight = field;
            }
            count += 1;
        }
        let value = value.trim_ascii();
        if count != self.fields {
            // A line without a character is a blank one, whatever stands in the others.
            return line.trim_ascii().is_empty().then(|| piece.blank += 1);
        }
        if value.is_empty() {
            piece.blank += 1;
            return Some(());
        }
        let value = number(value, piece, |_| true)?;
        let weight = match self.weight {
            Some(_) => number(weight.trim_ascii(), piece, |weight| weight >= 0.0)?,
            None => Some(1.0),
        };
        if let (Some(value), Some(weight)) = (value, weight) {
            piece.values.push(value);
            piece.weights.push(weight);
        }
        Some(())
    }
}

/// The number of a cell; a cell that is none is noted. `None` where a carriage return stands inside, which ends a line of old files.
fn number(field: &[u8], piece: &mut Piece, fits: fn(f64) -> bool) -> Option<Option<f64>> {
    let text = std::str::from_utf8(field).ok();
    let plain = |text: &str| text.parse().ok().filter(|value: &f64| value.is_finite());
    let number = text.and_then(|text| plain(text).or_else(|| parsed(text))).filter(|value| fits(*value));
    if number.is_none() {
        if field.contains(&b'\r') {
            return None;
        }
        piece.bad.push((piece.lines, String::from_utf8_lossy(field).into_owned()));
    }
    Some(number)
}
