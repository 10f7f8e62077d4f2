//! Experts' opinions of grades (专家意见): a table with a unit, a grade, and perhaps a use, an expert and a reason in each row.

use super::headed::{Headed, UNIT, USE, Wanted};
use crate::land::{Outcome, Text, grade};
use crate::say;
use std::path::Path;

/// The table.
#[derive(Debug, Default)]
pub struct Opinions {
    pub rows: Vec<Opinion>,
    /// What was assumed about the table, and what of it is not used.
    pub notes: Vec<Text>,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Opinion {
    /// In the file, from 1.
    pub line: u32,
    pub unit: String,
    /// Empty where the table tells none, as the expert and the reason.
    pub land_use: String,
    pub expert: String,
    pub reason: String,
    /// As written, and what it means; `None` where it means no grade.
    pub written: String,
    pub grade: Option<u8>,
}

const GRADE: &[&str] = &[
    "grade",
    "level",
    "opinion",
    "级别",
    "专家意见",
    "意见级别",
    "专家意见级别",
    "专家级别",
    "建议级别",
    "土地级别",
    "意见",
];
const EXPERT: &[&str] = &["expert", "experts", "专家", "专家编号", "专家姓名", "专家序号", "姓名", "name"];
const REASON: &[&str] =
    &["reason", "reasons", "remark", "remarks", "note", "notes", "comment", "理由", "原因", "备注", "说明"];
const ID: &[&str] = &["id", "编号"];

/// Reads the table.
///
/// # Errors
/// As [`Headed::read`].
pub fn read(path: &Path, sheet: Option<&str>) -> Outcome<Opinions> {
    let wanted = |title, names, needed| Wanted { title, names, needed };
    let mut columns = [
        wanted(say!("units", "单元编号"), UNIT, true),
        wanted(say!("grades", "级别"), GRADE, true),
        wanted(say!("uses", "用途"), USE, false),
        wanted(say!("experts", "专家"), EXPERT, false),
        wanted(say!("reasons", "理由"), REASON, false),
    ];
    let table = Headed::read(path, sheet, &columns).or_else(|fault| {
        // `id` alone names units too; beside a unit it is the number of the row.
        columns[0].names = ID;
        Headed::read(path, sheet, &columns).map_err(|_| fault)
    })?;
    let row = |row: usize| {
        let text = |column: usize| table.text(column, row);
        let written = text(1);
        Opinion {
            line: table.line(row),
            unit: text(0),
            land_use: text(2),
            expert: text(3),
            reason: text(4),
            grade: grade::parse(&written),
            written,
        }
    };
    Ok(Opinions { rows: (0..table.len()).map(row).collect(), notes: table.notes })
}

#[cfg(test)]
#[path = "opinions_tests.rs"]
mod tests;
