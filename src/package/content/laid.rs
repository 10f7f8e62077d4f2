//! Values as a field must hold them: whole numbers, decimals, texts, dates; what does not fit is refused, never cut.

use super::values::Cell;
use crate::formats::{Cells, Declared, Field};
use crate::land::money::round_half_up;
use crate::land::{Fault, Outcome, Text, Texts, Values, date};
use crate::package::rules::{Encoding, FieldRule, Rules};
use crate::say;

/// How the length of a text counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::package) enum Width {
    /// In GBK: two for a Chinese character.
    Gbk,
    Utf8,
    Characters,
}

impl Width {
    /// In a file of a package.
    pub fn in_file(rules: &Rules, path: &str) -> Width {
        match (path.ends_with(".shp"), rules.encoding) {
            (true, Encoding::Gbk) => Width::Gbk,
            (true, Encoding::Utf8) => Width::Utf8,
            (false, _) => Width::Characters,
        }
    }

    pub fn of(self, text: &str) -> usize {
        match self {
            Width::Gbk => text.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum(),
            Width::Utf8 => text.len(),
            Width::Characters => text.chars().count(),
        }
    }
}

/// A column of a layer or table.
///
/// # Errors
/// `package-value` with the row of the first value that does not fit.
pub(in crate::package) fn lay_out<'a>(
    field: &FieldRule,
    cells: Vec<Cell>,
    width: Width,
    file: &str,
) -> Outcome<Field<'a>> {
    let values = match field.kind.0 {
        Declared::Int(digits) => {
            let whole = |(row, cell): (usize, &Cell)| match number(cell) {
                None if *cell == Cell::None => Ok(None),
                Some(value) if value.fract() == 0.0 && printed(value, 0) <= usize::from(digits) => {
                    Ok(Some(value as i64))
                }
                _ => Err(unfit(field, file, row, cell)),
            };
            Values::Int(cells.iter().enumerate().map(whole).collect::<Outcome<_>>()?)
        }
        Declared::Float(wide, decimals) => {
            let real = |(row, cell): (usize, &Cell)| match number(cell)
                .map(|value| round_half_up(value, u32::from(decimals)))
            {
                None if *cell == Cell::None => Ok(f64::NAN),
                Some(value) if value.is_finite() && printed(value, usize::from(decimals)) <= usize::from(wide) => {
                    Ok(value)
                }
                _ => Err(unfit(field, file, row, cell)),
            };
            Values::Real(cells.iter().enumerate().map(real).collect::<Outcome<_>>()?)
        }
        Declared::Char(most) => {
            let text = |(row, cell): (usize, &Cell)| {
                let text = text(cell);
                if width.of(&text) <= usize::from(most) { Ok(text) } else { Err(unfit(field, file, row, cell)) }
            };
            Values::Text(
                cells.iter().enumerate().map(text).collect::<Outcome<Vec<String>>>()?.iter().collect::<Texts>(),
            )
        }
        Declared::Date => {
            let day = |(row, cell): (usize, &Cell)| match text(cell) {
                none if none.is_empty() => Ok(none),
                some => date::parse(&some).map(|day| day.to_string()).ok_or_else(|| unfit(field, file, row, cell)),
            };
            Values::Text(cells.iter().enumerate().map(day).collect::<Outcome<Vec<String>>>()?.iter().collect::<Texts>())
        }
    };
    let title = if field.title.is_empty() { &field.name } else { &field.title };
    let laid = Field::plain(field.name.clone(), Cells::Own(values)).titled(Text::same(title)).laid_out(field.kind.0);
    Ok(match field.kind.0 {
        Declared::Float(_, decimals) => laid.shown_with(decimals),
        _ => laid,
    })
}

fn number(cell: &Cell) -> Option<f64> {
    match cell {
        Cell::None => None,
        Cell::Real(value) => Some(*value),
        Cell::Text(text) => text.parse().ok(),
    }
}

fn text(cell: &Cell) -> String {
    match cell {
        Cell::None => String::new(),
        Cell::Real(value) => value.to_string(),
        Cell::Text(text) => text.clone(),
    }
}

fn printed(value: f64, decimals: usize) -> usize {
    format!("{value:.decimals$}").len()
}

fn unfit(field: &FieldRule, file: &str, row: usize, cell: &Cell) -> Fault {
    let (name, kind, row, value) = (&field.name, field.kind, row + 1, text(cell));
    Fault::new(
        "package-value",
        say!("row {row}: {name} = \"{value}\" does not fit {kind}", "第 {row} 行:{name} =「{value}」不符合 {kind}"),
        say!(
            "widen the field in the rules, or mend the value in the release",
            "请在规则中加宽该字段,或在成果中更正该值"
        ),
    )
    .at(file)
}
