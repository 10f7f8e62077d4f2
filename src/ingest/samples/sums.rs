//! Lines of a table that sum up or average the lines above them: no samples, whatever else their cells hold.

use crate::ingest::finding::Code;
use crate::ingest::reading::Reading;
use crate::land::column::Value;
use crate::land::{Column, number};
use crate::say;
use crate::space::Point;

/// What such lines begin with, without blanks.
const WORDS: [&str; 13] = [
    "小计",
    "合计",
    "总计",
    "共计",
    "平均",
    "平均值",
    "平均数",
    "均值",
    "均价",
    "平均价",
    "平均地价",
    "total",
    "subtotal",
];

/// Leaves out the rows that `word` knows as sums; `called` and `place` tell of a row how findings call it and where it lies.
pub(super) fn leave_out(
    reading: &mut Reading<'_>,
    layer: &str,
    used: &mut [bool],
    word: &dyn Fn(usize) -> Option<String>,
    called: &dyn Fn(usize) -> String,
    place: &dyn Fn(usize) -> Option<Point>,
) {
    for (row, used) in used.iter_mut().enumerate().filter(|(_, used)| **used) {
        let Some(word) = word(row) else { continue };
        let detail =
            say!("\"{word}\" heads a sum or an average of other lines, no sample", "「{word}」为合计或平均行,不是样点");
        *used = reading.row_without(Code::MissingValue, layer, called(row), place(row), detail);
    }
}

/// The word by which a row is a sum, in its identifier or its first text.
pub(in crate::ingest) fn word(id: Value<'_>, columns: &[Column], row: usize) -> Option<String> {
    let of = |cell: Value<'_>| Some(cell.to_string()).filter(|text| is_sum(text));
    let first = columns.iter().map(|column| column.values.get(row)).find(|cell| match cell {
        Value::Text(text) => number::parse(text).is_none(),
        Value::None | Value::Int(_) | Value::Real(_) => false,
    });
    of(id).or_else(|| first.and_then(of))
}

fn is_sum(cell: &str) -> bool {
    // Most cells begin with another letter.
    let begins = cell.trim_start().chars().next().map(|c| c.to_ascii_lowercase());
    if !WORDS.iter().any(|word| word.chars().next() == begins) {
        return false;
    }
    let plain: String = cell.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    WORDS.contains(&plain.trim_end_matches([':', '\u{ff1a}']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_and_averages_are_known_by_their_word_alone() {
        for word in ["小计", "小 计", "合\u{3000}计", "合计:", "平均值", "均价", "Total"] {
            assert!(is_sum(word), "{word}");
        }
        for word in ["", "平均路1号", "小计家具城", "S1", "合计值得"] {
            assert!(!is_sum(word), "{word}");
        }
    }
}
