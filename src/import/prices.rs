//! Pure price tables: a price for each use and grade, one per row, or one per column.

use super::mapping::{Fields, Mapping};
use super::notes::Notes;
use super::numbers::{self, LastPlaces, Prices};
use super::source::Rows;
use super::uses::{Keys, Records};
use crate::ingest::finding::Code;
use crate::land::{Fault, Outcome, grade};
use crate::say;

/// Reads the table; blank cells of a wide one are grades without a price.
///
/// # Errors
/// `unknown-unit`; `no-grade-name` for a column that should be named by a grade.
pub(super) fn read(rows: &Rows, mapping: &Mapping, notes: &mut Notes) -> Outcome<(Records, LastPlaces)> {
    let mut reader = Reader {
        rows,
        notes,
        prices: Prices::new(mapping, &rows.above)?,
        keys: Keys::new(mapping),
        records: Records::default(),
    };
    let land_use = |row: usize| match (&mapping.use_field, &mapping.one_use) {
        (Some(field), _) => rows.text(field, row).into_owned(),
        (None, one) => one.clone().unwrap_or_default(),
    };
    match (&mapping.grade, &mapping.price) {
        (Some(Fields::Wide(columns)), _) => {
            for (column, grade) in graded(columns)? {
                (0..rows.len()).for_each(|row| reader.record(row, &land_use(row), Some(grade), column, true));
            }
        }
        (Some(Fields::One(field)), Some(Fields::Wide(columns))) => {
            for row in 0..rows.len() {
                let grade = reader.grade(row, field);
                columns.iter().for_each(|column| reader.record(row, column, grade, column, true));
            }
        }
        (Some(Fields::One(field)), Some(Fields::One(price))) => {
            for row in 0..rows.len() {
                let grade = reader.grade(row, field);
                reader.record(row, &land_use(row), grade, price, false);
            }
        }
        (None, _) | (Some(Fields::One(_)), None) => {}
    }
    let Reader { prices, keys, records, notes, .. } = reader;
    if let Some(field) = mapping.price.as_ref().or(mapping.grade.as_ref()) {
        field.names().iter().for_each(|field| numbers::tell_of_text(rows, field, notes));
    }
    let last_places = prices.tell(notes);
    keys.tell(notes);
    Ok((records, last_places))
}

/// The grade each column is named by.
fn graded(columns: &[String]) -> Outcome<Vec<(&str, u8)>> {
    let named = |column: &String| {
        grade::parse(column).ok_or_else(|| {
            Fault::new(
                "no-grade-name",
                say!("the column \"{column}\" is not named by a grade", "列名「{column}」不是级别"),
                say!("list columns such as 一级, 二级 or I, II", "请列出 一级、二级 或 I、II 这样的列"),
            )
        })
    };
    columns.iter().map(|column| Ok((column.as_str(), named(column)?))).collect()
}

struct Reader<'a> {
    rows: &'a Rows,
    notes: &'a mut Notes,
    prices: Prices,
    keys: Keys<'a>,
    records: Records,
}

impl Reader<'_> {
    /// A row's grade; `None`, told, where its text means none.
    fn grade(&mut self, row: usize, field: &str) -> Option<u8> {
        let text = self.rows.text(field, row);
        let grade = grade::parse(&text);
        if grade.is_none() {
            let detail = say!("\"{text}\" is no grade: the row is left out", "「{text}」不是级别,该行不参加");
            self.notes.row_out(Code::UnknownGrade, &self.rows.numbers[row].to_string(), detail);
        }
        grade
    }

    fn record(&mut self, row: usize, land_use: &str, grade: Option<u8>, price: &str, may_be_blank: bool) {
        let Some(grade) = grade else { return };
        let label = self.rows.numbers[row].to_string();
        if land_use.is_empty() {
            return self.notes.row_out(Code::MissingValue, &label, say!("no use", "缺少用途"));
        }
        let found = match self.prices.read(self.rows.column(price).get(row)) {
            Ok(price) if price.value.is_nan() && may_be_blank => return,
            Ok(price) if price.value.is_nan() => {
                let detail = say!("no price for {land_use}, grade {grade}", "{land_use}{grade}级缺少价格");
                if !self.notes.row(Code::MissingValue, &label, None, detail) {
                    return;
                }
                price
            }
            Ok(price) => price,
            Err((code, text)) => {
                let detail = say!("the price \"{text}\"", "价格「{text}」");
                return self.notes.row_out(code, &label, detail);
            }
        };
        let key = self.keys.of(land_use);
        self.records.push(key, grade, found, row);
    }
}
