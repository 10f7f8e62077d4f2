//! A table whose columns are found by their headings, in Chinese or English, whatever their order: what people hand in beside a project.

use super::readers::table::{self, Options, RawTable};
use crate::land::above;
use crate::land::column::Value;
use crate::land::heading::{heading, price_unit};
use crate::land::{Fault, Outcome, Text, number};
use crate::say;
use std::path::Path;

/// A column that is looked for.
pub struct Wanted {
    /// What it holds, for readers.
    pub title: Text,
    /// Headings it may have, in small letters without blanks and units; where several columns fit, the earlier name counts.
    pub names: &'static [&'static str],
    pub needed: bool,
}

/// The table with its columns told apart.
#[derive(Debug)]
pub struct Headed {
    table: RawTable,
    /// The number of each wanted column, where the table has it.
    columns: Vec<Option<usize>>,
    /// What was assumed about the table, and what of it is not used.
    pub notes: Vec<Text>,
}

/// What a cell holds where a number is meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Number {
    Blank,
    Value(f64),
    /// A text that is no number, or has a unit that is not known.
    Bad(String),
}

impl Number {
    /// The number; NaN where there is none.
    pub fn value(&self) -> f64 {
        match self {
            Number::Value(value) => *value,
            Number::Blank | Number::Bad(_) => f64::NAN,
        }
    }
}

impl Headed {
    /// Reads the table of a text file, or a sheet of a workbook.
    ///
    /// # Errors
    /// As [`table::read`]; `missing-sheet` where one of a text file is asked for; `missing-field` with the headings there are, `ambiguous-field`.
    pub fn read(path: &Path, sheet: Option<&str>, wanted: &[Wanted]) -> Outcome<Headed> {
        let table = table::read(path, Options { sheet, ..Options::default() })?;
        if sheet.is_some() && table.encoding.is_some() {
            let what = say!("a text file has no sheets", "文本文件没有工作表");
            return Err(Fault::new("missing-sheet", what, say!("name none", "请不要指定工作表")).at(path.display()));
        }
        // Below a heading of several columns a name may be one only with it: 利润 below 单位 is 单位利润.
        let names: Vec<[String; 2]> = (0..table.columns.len()).map(|at| names_of(&table, at)).collect();
        let (mut columns, mut faults) = (Vec::new(), Vec::new());
        for wanted in wanted {
            let fits = |name: &&&str| names.iter().any(|own| own.iter().any(|own| own == **name));
            let Some(name) = wanted.names.iter().find(fits) else {
                columns.push(None);
                if wanted.needed {
                    faults.push(missing(&table, wanted).at(path.display()));
                }
                continue;
            };
            let mut places = (0..names.len()).filter(|&at| names[at].iter().any(|own| own == *name));
            columns.push(places.next());
            if places.next().is_some() {
                faults.push(twice(name).at(path.display()));
            }
        }
        if let Some(fault) = Fault::of_all(faults) {
            return Err(fault);
        }
        let notes = notes(&table, &columns);
        Ok(Headed { table, columns, notes })
    }

    pub fn len(&self) -> usize {
        self.table.len()
    }

    pub fn is_empty(&self) -> bool {
        self.table.is_empty()
    }

    /// The line of a row in its file, from 1.
    pub fn line(&self, row: usize) -> u32 {
        self.table.lines[row]
    }

    /// Whether the table has the wanted column.
    pub fn has(&self, column: usize) -> bool {
        self.columns[column].is_some()
    }

    /// The text of a cell, trimmed; empty where there is none.
    pub fn text(&self, column: usize, row: usize) -> String {
        let Some(at) = self.columns[column] else { return String::new() };
        match self.table.columns[at].values.get(row) {
            Value::Real(value) => zmij::Buffer::new().format(value).trim_end_matches(".0").to_string(),
            other => other.to_string(),
        }
    }

    /// The number of a cell, without any unit.
    pub fn plain(&self, column: usize, row: usize) -> Number {
        self.number(column, row, |unit| unit.is_empty().then_some(1.0))
    }

    /// What a cell of this column is to be multiplied by to be 元/㎡ where the cell itself names no unit: by its heading, else by a line
    /// above the table; 1 where none names a unit, which is noted.
    ///
    /// # Errors
    /// `unknown-unit` where the heading names one that is not known.
    pub fn yuan_per_square_metre(&mut self, column: usize) -> Outcome<f64> {
        let Some(at) = self.columns[column] else { return Ok(1.0) };
        let written = self.table.columns[at].name.clone();
        let told = heading(&written).unit;
        let unit = told.as_deref().map(yearless);
        let known = |unit: &str| price_unit(unit).and_then(|unit| number::yuan_per_square_metre(&unit));
        if let Some(unit) = unit {
            return known(&unit).ok_or_else(|| {
                Fault::new(
                    "unknown-unit",
                    say!("the heading \"{written}\" names a unit that is not known", "表头「{written}」的单位不认识"),
                    say!("write 元/㎡, 万元/亩, 万元/公顷 or 元/亩", "请写 元/㎡、万元/亩、万元/公顷 或 元/亩"),
                )
            });
        }
        if let Some(factor) = above::price_unit(&self.table.above).and_then(|unit| known(&unit)) {
            return Ok(factor);
        }
        self.notes.push(say!(
            "the column \"{written}\" names no unit: taken as 元/㎡",
            "「{written}」列未注明单位,按 元/㎡ 读取"
        ));
        Ok(1.0)
    }

    /// An amount per area in 元/㎡: in the unit of the cell, else times `factor`.
    pub fn amount(&self, column: usize, row: usize, factor: f64) -> Number {
        let known = |unit: &str| match unit {
            "" => Some(factor),
            unit => price_unit(&yearless(&unit.to_lowercase())).and_then(|unit| number::yuan_per_square_metre(&unit)),
        };
        self.number(column, row, known)
    }

    fn number(&self, column: usize, row: usize, factor: impl Fn(&str) -> Option<f64>) -> Number {
        let text = self.text(column, row);
        if matches!(text.as_str(), "" | "/" | "-" | "--" | "–" | "—" | "——" | "\\") {
            return Number::Blank;
        }
        let typed = number::parse(&text);
        let value = typed.and_then(|typed| Some(typed.value * factor(&typed.unit)?));
        value.filter(|value| value.is_finite()).map_or(Number::Bad(text), Number::Value)
    }
}

/// The unit without the year that annual amounts have: `元/㎡·年` is 元/㎡.
fn yearless(unit: &str) -> String {
    ["·年", ".年", "/年", "*年", "年", "·a", ".a", "/a", "/year", "peryear"]
        .iter()
        .find_map(|end| unit.strip_suffix(end))
        .unwrap_or(unit)
        .to_string()
}

/// The name of a column, and its name behind the heading above it; both the same where there is none.
fn names_of(table: &RawTable, at: usize) -> [String; 2] {
    let name = heading(&table.columns[at].name).name;
    let above = table.over.get(at).filter(|over| !over.heading.is_empty());
    let whole = above.map(|over| heading(&over.heading).name + &heading(&over.name).name);
    [name.clone(), whole.unwrap_or(name)]
}

fn notes(table: &RawTable, columns: &[Option<usize>]) -> Vec<Text> {
    let mut notes: Vec<Text> = table.encoding.iter().filter_map(table::TextEncoding::told).collect();
    notes.extend(table.told());
    let unused = |at: &usize| !columns.contains(&Some(*at));
    let unused: Vec<&str> = (0..table.columns.len()).filter(unused).map(|at| table.columns[at].name.as_str()).collect();
    if !unused.is_empty() {
        let list = unused.join(", ");
        notes.push(say!("columns that are not used: {list}", "未使用的列:{list}"));
    }
    notes
}

fn missing(table: &RawTable, wanted: &Wanted) -> Fault {
    let (Text { en, zh }, names) = (&wanted.title, wanted.names.join(", "));
    let there = table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
    Fault::new(
        "missing-field",
        say!("there is no column for {en}; the columns are: {there}", "没有「{zh}」列;现有的列:{there}"),
        say!("head it with one of: {names}", "请用下列列名之一:{names}"),
    )
}

fn twice(name: &str) -> Fault {
    Fault::new(
        "ambiguous-field",
        say!("two columns are named \"{name}\"", "有两列都名为「{name}」"),
        say!("rename one of them in the table", "请在表中改名其中一列"),
    )
}

/// Headings of columns that several tables have.
pub(super) const UNIT: &[&str] = &[
    "unit",
    "unitid",
    "unit_id",
    "单元编号",
    "定级单元编号",
    "单元代码",
    "单元号",
    "单元",
    "宗地代码",
    "宗地编号",
    "地块编号",
    "zddm",
    "dybh",
];
pub(super) const USE: &[&str] = &["use", "landuse", "land_use", "用途", "土地用途", "用地类型", "用途类型"];

#[cfg(test)]
#[path = "headed_tests.rs"]
mod tests;
