//! Cells that the project says stand for no value.

use super::cells::Cells;
use crate::ingest::finding::Code;
use crate::land::column::Value;
use crate::land::{Texts, Values, number};
use crate::say;

impl Cells<'_, '_> {
    /// Takes the words that stand for no value out of all columns but the identifiers', with a finding for each cell.
    pub fn without_blanks(&mut self, words: &[String]) {
        let numbers: Vec<f64> = words.iter().filter_map(|word| word.parse().ok()).collect();
        let number = |value: f64| numbers.contains(&value);
        let is_blank = |text: &str| {
            let text = text.trim();
            let typed = || number::parse(text).filter(|typed| typed.unit.is_empty());
            !text.is_empty() && (words.iter().any(|word| word == text) || typed().is_some_and(|it| number(it.value)))
        };
        let columns = if words.is_empty() { 0 } else { self.prepared.raw.columns.len() };
        for at in 1..columns {
            let values = &self.prepared.raw.columns[at].values;
            let blank = |row: &usize| match values.get(*row) {
                Value::None => false,
                Value::Int(value) => number(value as f64),
                Value::Real(value) => number(value),
                Value::Text(text) => is_blank(text),
            };
            let taken: Vec<usize> = self.rows().filter(blank).collect();
            for &row in &taken {
                let (field, cell) = (self.prepared.raw.columns[at].name.clone(), self.text(at, row));
                let detail = say!("{field} is \"{cell}\", taken as no value", "{field} 为「{cell}」,按无值处理");
                self.told(Code::TakenAsBlank, row, detail, true);
            }
            clear(&mut self.prepared.raw.columns[at].values, &taken);
        }
    }
}

/// Empties cells, given in ascending order.
fn clear(values: &mut Values, rows: &[usize]) {
    match values {
        _ if rows.is_empty() => {}
        Values::Int(values) => rows.iter().for_each(|row| values[*row] = None),
        Values::Real(values) => rows.iter().for_each(|row| values[*row] = f64::NAN),
        Values::Text(texts) => {
            let kept = |row: usize| if rows.binary_search(&row).is_ok() { "" } else { texts.get(row) };
            let cleared: Texts = (0..texts.len()).map(kept).collect();
            *texts = cleared;
        }
    }
}
