//! One column of numbers out of any file, with a second one that weights it: what breaks are sought for.

use super::encoding::{gdal_name, of_shapefile};
use super::finding::Policies;
use super::readers::{column, table, vector};
use crate::formats::geoparquet;
use crate::land::column::Value;
use crate::land::{Fault, Outcome, number};
use crate::say;
use std::path::Path;

/// Cells told by their place; the others are counted.
const TOLD: usize = 6;

/// What is looked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The layer of a GIS file, the sheet of a workbook; the only one where none is named.
    pub layer: Option<&'a str>,
    /// The column; where none is named the only one, else the one called `total`.
    pub column: Option<&'a str>,
    pub weight: Option<&'a str>,
}

/// The numbers of a column, in the order of the file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Numbers {
    /// What the column is called; empty for a list without a heading.
    pub column: String,
    pub values: Vec<f64>,
    /// One per value, where a column of weights was asked for.
    pub weights: Option<Vec<f64>>,
    /// Rows without a value, passed over.
    pub blank: usize,
    /// Cells that are no numbers; none of what [`read`] hands over.
    pub(super) bad: Vec<Bad>,
}

/// A cell that is no number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Bad {
    /// Its line in a text or sheet, else its row.
    pub row: u64,
    pub text: String,
}

/// Reads the column. Text (`.csv`, `.txt`, `.tsv`) and workbooks have their names in the first row, but for lists of numbers without a
/// heading, whose columns are called `1`, `2` and so on; `.parquet` is read as this program writes it, anything else as GDAL does.
///
/// # Errors
/// What the readers say; `column-needed` and `missing-field` with the columns there are, `ambiguous-field`; `not-a-number` with the lines of
/// cells that are none; `no-values` where no number is there.
pub fn read(path: &Path, wanted: Wanted<'_>) -> Outcome<Numbers> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let numbers = match ending.as_str() {
        "csv" | "txt" | "tsv" => of_text(path, &wanted),
        "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => of_table(path, &wanted),
        "parquet" | "geoparquet" => of_parquet(path, &wanted),
        _ => of_layer(path, &wanted),
    }?;
    if !numbers.bad.is_empty() {
        return Err(not_numbers(&numbers.bad, path));
    }
    if numbers
        .weights
        .as_ref()
        .is_some_and(|weights| !weights.is_empty() && weights.iter().all(|weight| *weight == 0.0))
    {
        return Err(Fault::new(
            "no-weights",
            say!("all weights are 0", "权重全部为 0"),
            say!("name another column, or leave --weight out", "请指定其他列,或去掉 --weight"),
        )
        .at(path.display()));
    }
    if numbers.values.is_empty() {
        let (column, blank) = (&numbers.column, numbers.blank);
        return Err(Fault::new(
            "no-values",
            say!(
                "the column \"{column}\" holds no number; rows without a value: {blank}",
                "列「{column}」没有数值;空值行数:{blank}"
            ),
            say!("choose another column or layer", "请选择其他列或图层"),
        )
        .at(path.display()));
    }
    Ok(numbers)
}

fn of_text(path: &Path, wanted: &Wanted<'_>) -> Outcome<Numbers> {
    let bytes =
        std::fs::read(path).map_err(|error| Fault::io(say!("cannot read the file", "无法读取文件"), path, &error))?;
    match column::read(&bytes, wanted) {
        Some(read) => read.map_err(|fault| fault.at(path.display())),
        None => of_table(path, wanted),
    }
}

fn of_table(path: &Path, wanted: &Wanted<'_>) -> Outcome<Numbers> {
    let raw = table::read(path, table::Options { sheet: wanted.layer, ..table::Options::default() })?;
    let names: Vec<&str> = raw.columns.iter().map(|column| column.name.as_str()).collect();
    let headless = names.iter().all(|name| parsed(name).is_some());
    let choice = Choice::of(&names, headless, wanted).map_err(|fault| fault.at(path.display()))?;
    let column = |at: usize| &raw.columns[at].values;
    let mut numbers = Numbers::of(choice.clone());
    if headless {
        // The row taken for names is one of numbers; it stands somewhere above the first that was read as such.
        let line = raw.lines.first().map_or(1, |line| u64::from(line.saturating_sub(1)));
        let cell = |at: usize| Value::Text(names[at]);
        numbers.push(cell(choice.value), choice.weight.map(cell), line);
    }
    for (row, line) in raw.lines.iter().enumerate() {
        numbers.push(column(choice.value).get(row), choice.weight.map(|at| column(at).get(row)), u64::from(*line));
    }
    numbers.blank += raw.blank;
    Ok(numbers)
}

fn of_parquet(path: &Path, wanted: &Wanted<'_>) -> Outcome<Numbers> {
    let sheet = geoparquet::read(path)?;
    let names: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
    let choice = Choice::of(&names, false, wanted).map_err(|fault| fault.at(path.display()))?;
    let column = |at: usize| &sheet.columns[at].values;
    let mut numbers = Numbers::of(choice.clone());
    for row in 0..sheet.rows {
        numbers.push(column(choice.value).get(row), choice.weight.map(|at| column(at).get(row)), row as u64 + 1);
    }
    Ok(numbers)
}

fn of_layer(path: &Path, wanted: &Wanted<'_>) -> Outcome<Numbers> {
    if !path.exists() {
        let (what, help) = (say!("there is no such file", "找不到文件"), say!("check the path", "请检查路径"));
        return Err(Fault::new("missing-file", what, help).at(path.display()));
    }
    let shapefile = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("shp"));
    let encoding = match shapefile {
        true => Some(gdal_name(of_shapefile(path, None, "", &Policies::default())?.0.encoding)),
        false => None,
    };
    let dataset = vector::open(path, encoding)?;
    let names = vector::field_names(&dataset, wanted.layer, path)?;
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let choice = Choice::of(&names, false, wanted).map_err(|fault| fault.at(path.display()))?;
    let mut fields = vec![names[choice.value]];
    fields.extend(choice.weight.map(|at| names[at]));
    let raw = vector::read_from(&dataset, path, wanted.layer, &fields)?;
    let mut numbers = Numbers::of(choice);
    let cell = |at: usize, row: usize| raw.columns.get(at).map(|column: &crate::land::Column| column.values.get(row));
    for row in 0..raw.rows.len() {
        numbers.push(cell(0, row).unwrap_or(Value::None), cell(1, row), row as u64 + 1);
    }
    Ok(numbers)
}

/// Which columns are read.
#[derive(Clone, Debug)]
pub(super) struct Choice {
    pub name: String,
    pub value: usize,
    pub weight: Option<usize>,
}

impl Choice {
    /// # Errors
    /// `column-needed`, `missing-field`, `ambiguous-field`.
    pub fn of(names: &[&str], headless: bool, wanted: &Wanted<'_>) -> Outcome<Choice> {
        let numbers: Vec<String> = (1..=names.len()).map(|number| number.to_string()).collect();
        let known: Vec<&str> = if headless { numbers.iter().map(String::as_str).collect() } else { names.to_vec() };
        let listed = known.join(", ");
        let there = || say!("the columns are: {listed}", "现有的列:{listed}");
        let find = |name: &str| {
            let mut found = (0..known.len()).filter(|&at| known[at] == name);
            match (found.next(), found.next()) {
                (Some(at), None) => Ok(at),
                (Some(_), Some(_)) => Err(Fault::new(
                    "ambiguous-field",
                    say!("two columns are named \"{name}\"", "有两列都名为「{name}」"),
                    say!("rename one of them in the file", "请在文件中改名其中一列"),
                )),
                (None, _) => Err(Fault::new(
                    "missing-field",
                    say!("there is no column \"{name}\"", "没有名为「{name}」的列"),
                    there(),
                )),
            }
        };
        let weight = wanted.weight.map(find).transpose()?;
        let value = match wanted.column {
            Some(name) => find(name)?,
            None if known.len() == 1 => 0,
            None => find("total").map_err(|_| {
                Fault::new(
                    "column-needed",
                    say!("the file has several columns: which one is to be cut?", "文件有多列,未指明对哪一列分级"),
                    say!("name it with --column; the columns are: {listed}", "请用 --column 指明;现有的列:{listed}"),
                )
            })?,
        };
        let name = if headless { String::new() } else { known[value].to_string() };
        Ok(Choice { name, value, weight })
    }
}

impl Numbers {
    pub(super) fn of(choice: Choice) -> Numbers {
        Numbers { column: choice.name, weights: choice.weight.map(|_| Vec::new()), ..Numbers::default() }
    }

    fn push(&mut self, value: Value<'_>, weight: Option<Value<'_>>, row: u64) {
        if matches!(value, Value::None) {
            self.blank += 1;
            return;
        }
        let value = number_of(value).map_err(|text| self.bad.push(Bad { row, text })).ok();
        let weight = weight.map(|weight| {
            let number =
                number_of(weight).and_then(|number| if number >= 0.0 { Ok(number) } else { Err(number.to_string()) });
            number.map_err(|text| self.bad.push(Bad { row, text })).ok()
        });
        let (Some(value), false) = (value, weight == Some(None)) else { return };
        self.values.push(value);
        if let (Some(weights), Some(Some(weight))) = (&mut self.weights, weight) {
            weights.push(weight);
        }
    }
}

fn number_of(value: Value<'_>) -> Result<f64, String> {
    match value {
        Value::Int(number) => Ok(number as f64),
        Value::Real(number) if number.is_finite() => Ok(number),
        other => parsed(&other.to_string()).ok_or_else(|| other.to_string()),
    }
}

/// A bare number in a text.
pub(super) fn parsed(text: &str) -> Option<f64> {
    number::parse(text).filter(|typed| typed.unit.is_empty()).map(|typed| typed.value)
}

/// Cells that are no numbers: the first few by place, the others counted.
fn not_numbers(bad: &[Bad], path: &Path) -> Fault {
    let (first, count) = (&bad[0], bad.len() - 1);
    let (row, text) = (first.row, first.text.chars().take(40).collect::<String>());
    let more: Vec<String> = bad.iter().skip(1).take(TOLD - 1).map(|bad| bad.row.to_string()).collect();
    let (others, dots) = (more.join(", "), if count > more.len() { " …" } else { "" });
    let what = match count {
        0 => say!("\"{text}\" is no number", "「{text}」不是数"),
        _ => say!(
            "\"{text}\" is no number; so are {count} further cells: {others}{dots}",
            "「{text}」不是数;另有 {count} 个单元格不是数:{others}{dots}"
        ),
    };
    let help = say!(
        "correct the cells or leave them empty; weights are numbers from 0 up",
        "请改正或清空这些单元格;权重应为不小于 0 的数"
    );
    Fault::new("not-a-number", what, help).at(format!("{}:{row}", path.display()))
}

#[cfg(test)]
#[path = "values_tests.rs"]
mod tests;
