//! The matrices old grade × new grade of all uses below one another.

use super::super::Comparison;
use super::super::transition::{Tally, Transition};
use super::{Words, count_field, plain, text_field};
use crate::formats::{Field, Table};
use crate::land::{Lang, Text, grade};
use crate::say;

/// What the cells of a matrix hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// Pairs.
    Count,
    /// Ground in common.
    Area,
}

/// A row of the sheet: of an old grade, of what came from other uses, or of what is new.
struct Line {
    land_use: String,
    name: String,
    head: Text,
    /// By new grade.
    cells: Vec<f64>,
    left: Option<f64>,
    removed: Option<f64>,
}

pub fn transitions(comparison: &Comparison<'_>, measure: Measure, words: Words) -> Table<'static> {
    let lang = words.lang();
    let lines: Vec<Line> = comparison
        .transitions
        .iter()
        .zip(&comparison.uses)
        .flat_map(|(matrix, link)| lines(matrix, &link.name, measure))
        .collect();
    let columns = comparison.transitions.iter().map(|matrix| matrix.came.len()).max().unwrap_or(0);
    let number = |name: String, title: Text, values: Vec<Option<f64>>| -> Field<'static> {
        match measure {
            Measure::Count => {
                count_field(&name, title, values.into_iter().map(|value| value.map(|value| value as i64)))
            }
            Measure::Area => words.areas(&name, title, values),
        }
    };
    let mut fields = vec![
        text_field("use", say!("use", "用途代码"), lines.iter().map(|line| &line.land_use)),
        text_field("use_name", say!("name of the use", "用途名称"), lines.iter().map(|line| &line.name)),
        text_field("old_grade", say!("old grade", "旧期级别"), lines.iter().map(|line| line.head.in_lang(lang))),
    ];
    // Grades first, "no grade" (column 0) after them.
    for column in (1..columns).chain((columns > 0).then_some(0)) {
        let values = lines.iter().map(|line| line.cells.get(column).copied()).collect();
        fields.push(number(format!("new_{column}"), grade_title(column), values));
    }
    let other = say!("to another use", "转为其他用途");
    fields.push(number("left".to_string(), other, lines.iter().map(|line| line.left).collect()));
    let gone = say!("removed", "灭失");
    fields.push(number("removed".to_string(), gone, lines.iter().map(|line| line.removed).collect()));
    let total = |line: &Line| line.cells.iter().sum::<f64>() + line.left.unwrap_or(0.0) + line.removed.unwrap_or(0.0);
    let sums = lines.iter().map(|line| Some(total(line))).collect();
    fields.push(number("total".to_string(), say!("total", "合计"), sums));
    let (name, title) = match measure {
        Measure::Count => ("transitions_count", say!("transitions by count", "级别转移(个数)")),
        Measure::Area => ("transitions_area", say!("transitions by area", "级别转移(面积)")),
    };
    if words.for_readers() {
        fields.remove(0);
    }
    plain(name, title, fields, lines.len())
}

fn lines(matrix: &Transition, name: &str, measure: Measure) -> Vec<Line> {
    let pick = |tally: &Tally| match measure {
        Measure::Count => tally.count as f64,
        Measure::Area => tally.area,
    };
    let line = |head: Text, cells: Vec<f64>, left: Option<f64>, removed: Option<f64>| Line {
        land_use: matrix.land_use.clone(),
        name: name.to_string(),
        head,
        cells,
        left,
        removed,
    };
    let rows = matrix.left.len();
    let of_grade = |row: usize| {
        let cells = match measure {
            Measure::Count => matrix.counts[row].iter().map(|count| *count as f64).collect(),
            Measure::Area => matrix.areas[row].clone(),
        };
        line(grade_title(row), cells, Some(pick(&matrix.left[row])), Some(pick(&matrix.removed[row])))
    };
    let came = matrix.came.iter().map(pick).collect();
    let added = matrix.added.iter().map(pick).collect();
    (1..rows)
        .chain([0])
        .map(of_grade)
        .chain([
            line(say!("from another use", "由其他用途转入"), came, None, None),
            line(say!("added", "新增"), added, None, None),
        ])
        .collect()
}

fn grade_title(number: usize) -> Text {
    let Ok(number @ 1..) = u8::try_from(number) else { return say!("no grade", "无级别") };
    Text { en: grade::name(number, Lang::En), zh: grade::name(number, Lang::Zh) }
}
