//! The cells of the samples' columns, each brought to what it means, with a finding for each that means nothing.

use super::place;
use crate::ingest::finding::Code;
use crate::ingest::numbers::{self, Wanted, no_unit, positive};
use crate::ingest::reading::{Prepared, Reading};
use crate::ingest::sales::called;
use crate::ingest::units::use_of;
use crate::land::above;
use crate::land::column::Value;
use crate::land::heading::{heading, unknown_above};
use crate::land::number::{self, yuan_per_square_metre};
use crate::land::quantity::{Quantity, scaled};
use crate::land::transaction::Kind;
use crate::land::{Fault, Outcome, Text, grade, money, services};
use crate::project::plan::MeasuredPlan;
use crate::say;
use crate::space::Point;
use std::ops::RangeInclusive;

/// The table under way.
pub(super) struct Cells<'a, 'p> {
    pub reading: &'a mut Reading<'p>,
    pub prepared: &'a mut Prepared,
    pub name: &'a str,
    /// Whether its rows are lines of a table.
    pub table: bool,
    /// The texts above its column names.
    pub above: &'a [String],
    /// Per row the numbers that were brought to another unit.
    pub converted: Vec<Vec<Text>>,
}

/// What a column's numbers must be.
pub(super) struct Kept {
    pub range: RangeInclusive<f64>,
    pub usable: fn(f64) -> bool,
    pub needed: bool,
    pub unit: fn(&str) -> Option<f64>,
}

impl<'a, 'p> Cells<'a, 'p> {
    pub(super) fn of(
        reading: &'a mut Reading<'p>,
        prepared: &'a mut Prepared,
        name: &'a str,
        table: bool,
        above: &'a [String],
    ) -> Cells<'a, 'p> {
        let converted = vec![Vec::new(); prepared.raw.rows.len()];
        Cells { reading, prepared, name, table, above, converted }
    }

    pub(super) fn rows(&self) -> std::ops::Range<usize> {
        0..self.prepared.raw.rows.len()
    }

    pub(super) fn text(&self, at: usize, row: usize) -> String {
        self.prepared.raw.columns[at].values.get(row).to_string().trim().to_string()
    }

    /// What findings call a row, and where it lies.
    pub(super) fn named(&self, row: usize) -> (String, Option<Point>) {
        let raw = &self.prepared.raw;
        (called(raw, row, self.table), place(raw, row))
    }

    /// Notes a finding of a row that may leave it out.
    pub(super) fn told(&mut self, code: Code, row: usize, detail: Text, usable: bool) {
        if !self.prepared.used[row] {
            return;
        }
        let (feature, place) = self.named(row);
        self.prepared.used[row] = match usable {
            true => self.reading.row(code, self.name, feature, place, detail),
            false => self.reading.row_without(code, self.name, feature, place, detail),
        };
    }

    pub(super) fn numbers(&mut self, at: usize, kept: Kept) -> Vec<f64> {
        let (table, Prepared { raw, used }) = (self.table, &mut *self.prepared);
        let wanted = Wanted {
            layer: self.name,
            field: &raw.columns[at].name,
            range: kept.range,
            usable: kept.usable,
            needed: kept.needed,
            unit: kept.unit,
            plain_text: raw.plain_text,
            number_cells: raw.number_cells.get(at).map_or(&[][..], Vec::as_slice),
        };
        let id = |row: usize| called(raw, row, table);
        let here = |row: usize| place(raw, row);
        numbers::read(self.reading, &raw.columns[at].values, &wanted, used, &id, &here)
    }

    /// Prices in 元/㎡ (`factor` is what one of the column is), and whether each stands with a unit of its own.
    pub fn prices(
        &mut self,
        at: Option<usize>,
        factor: f64,
        in_yuan: bool,
        needed: bool,
    ) -> (Option<Vec<f64>>, Vec<bool>) {
        let Some(at) = at else { return (None, vec![false; self.rows().len()]) };
        // Squares of larger ones are no numbers.
        let above_zero: fn(f64) -> bool = |value| value > 0.0 && value < 1e15;
        let unit = if in_yuan { yuan_per_square_metre } else { priced_by_area };
        let kept = Kept { range: positive(factor), usable: above_zero, needed, unit };
        let values = self.numbers(at, kept);
        // A number typed with its own unit is in 元/㎡ already.
        let typed: Vec<bool> = self.rows().map(|row| has_unit(self.prepared.raw.columns[at].values.get(row))).collect();
        (Some(self.scaled(at, &values, factor, " 元/㎡")), typed)
    }

    /// The numbers of a column times `factor`, save those typed with a unit of their own; each is remarked in its row.
    fn scaled(&mut self, at: usize, values: &[f64], factor: f64, to: &str) -> Vec<f64> {
        if factor == 1.0 {
            return values.to_vec();
        }
        let field = self.prepared.raw.columns[at].name.clone();
        let mut all = Vec::with_capacity(values.len());
        for (row, value) in values.iter().enumerate() {
            if value.is_nan() || has_unit(self.prepared.raw.columns[at].values.get(row)) {
                all.push(*value);
                continue;
            }
            let now = scaled(*value, factor);
            let (by, shown) = (money::round_half_up(factor, 6), money::round_half_up(now, 6));
            let said = format!("{field} {value} × {by} = {shown}{to}");
            self.converted[row].push(Text { en: said.clone(), zh: said });
            all.push(now);
        }
        all
    }

    /// Amounts in 元, ㎡, years or parts of 1. The unit is the cell's, else the project's, else the heading's, else one named above the table.
    ///
    /// # Errors
    /// `unknown-unit` where the heading tells one that is not known; `unit-conflict` where it tells another than the project.
    pub fn amounts(&mut self, at: usize, plan: &MeasuredPlan, quantity: Quantity, needed: bool) -> Outcome<Vec<f64>> {
        let factor = self.factor(at, plan, quantity)?;
        let unit: fn(&str) -> Option<f64> = match quantity {
            Quantity::Money => |unit| Quantity::Money.factor(unit),
            Quantity::Yearly => |unit| Quantity::Yearly.factor(unit),
            Quantity::Area => |unit| Quantity::Area.factor(unit),
            Quantity::Years => |unit| Quantity::Years.factor(unit),
            Quantity::Share => |unit| Quantity::Share.factor(unit),
        };
        let kept = Kept { range: 0.0..=f64::MAX, usable: |_| false, needed, unit };
        let values = self.numbers(at, kept);
        if factor != 1.0 {
            let (field, to) =
                (&self.prepared.raw.columns[at].name, quantity.units().split(',').next().unwrap_or_default());
            let detail = match quantity {
                Quantity::Share => say!("{field} × {factor}", "{field} × {factor}"),
                _ => say!("{field} × {factor} = {to}", "{field} × {factor} = {to}"),
            };
            self.reading.note(Code::UnitConverted, self.name, detail);
        }
        self.assumed(at, plan, quantity, &values);
        let to = quantity.units().split(',').next().filter(|_| quantity != Quantity::Share);
        Ok(self.scaled(at, &values, factor, &to.map_or_else(String::new, |to| format!(" {to}"))))
    }

    fn factor(&self, at: usize, plan: &MeasuredPlan, quantity: Quantity) -> Outcome<f64> {
        let written = &self.prepared.raw.columns[at].name;
        let told = heading(written).unit;
        let of = |unit: &String| quantity.factor(unit);
        let known = quantity.units();
        match (&plan.unit, &told) {
            (Some(stated), Some(told)) if of(told).is_some_and(|factor| Some(factor) != of(stated)) => Err(Fault::new(
                "unit-conflict",
                say!(
                    "the heading \"{written}\" tells {told}, not {stated}",
                    "表头「{written}」的单位是 {told},而不是 {stated}"
                ),
                say!("write the unit the numbers are in", "请写明数字的实际单位"),
            )),
            (Some(stated), _) => Ok(of(stated).unwrap_or(1.0)),
            (None, Some(told)) => of(told).ok_or_else(|| {
                Fault::new(
                    "unknown-unit",
                    say!("the heading \"{written}\" names a unit that is not known", "表头「{written}」的单位不认识"),
                    say!(
                        "write {{ field = \"{written}\", unit = … }} with one of: {known}",
                        "请写 {{ field = \"{written}\", unit = … }},单位为:{known}"
                    ),
                )
            }),
            (None, None) => match (self.named_above(quantity), above::unknown_money(self.above)) {
                (Some((factor, _)), _) => Ok(factor),
                (None, Some(odd)) if matches!(quantity, Quantity::Money | Quantity::Yearly) => Err(unknown_above(&odd)),
                (None, _) => Ok(1.0),
            },
        }
    }

    fn named_above(&self, quantity: Quantity) -> Option<(f64, String)> {
        let unit = above::unit_of(self.above, quantity)?;
        Some((quantity.factor(&unit)?, unit))
    }

    /// Notes sums and areas whose unit nothing names.
    fn assumed(&mut self, at: usize, plan: &MeasuredPlan, quantity: Quantity, values: &[f64]) {
        let measured = matches!(quantity, Quantity::Money | Quantity::Yearly | Quantity::Area);
        let field = self.prepared.raw.columns[at].name.clone();
        if !measured || plan.unit.is_some() || heading(&field).unit.is_some() || self.named_above(quantity).is_some() {
            return;
        }
        let cells = &self.prepared.raw.columns[at].values;
        let count =
            values.iter().enumerate().filter(|(row, value)| !value.is_nan() && !has_unit(cells.get(*row))).count();
        if count > 0 {
            let unit = quantity.units().split(',').next().unwrap_or_default();
            let detail = say!(
                "{count} numbers of {field} are taken as {unit}: neither the project file ({{ field, unit }}), nor a heading or title, nor the cells name a unit",
                "{field} 的 {count} 个数按 {unit} 读取:项目文件({{ field, unit }})、表头、表题与单元格均未注明单位"
            );
            self.reading.note(Code::UnitAssumed, self.name, detail);
        }
    }

    /// Areas in ㎡.
    ///
    /// # Errors
    /// As [`Cells::amounts`].
    pub fn area(&mut self, at: usize, plan: &MeasuredPlan) -> Outcome<Vec<f64>> {
        let values = self.amounts(at, plan, Quantity::Area, false)?;
        for row in self.rows() {
            if values[row] == 0.0 {
                let field = self.prepared.raw.columns[at].name.clone();
                self.told(Code::OutOfRange, row, say!("{field} is 0, not above 0", "{field} 为 0,应大于 0"), true);
            }
        }
        Ok(values)
    }

    /// Plot ratios; whether one is needed depends on the corrections.
    pub fn plot_ratios(&mut self, at: Option<usize>) -> Option<Vec<f64>> {
        let at = at?;
        let factor = self.headed(at, |unit| Quantity::Share.factor(unit));
        let range = 0.001 / factor..=100.0 / factor;
        let unit = |unit: &str| Quantity::Share.factor(unit);
        Some(self.times(at, factor, Kept { range, usable: |value| value > 0.0, needed: false, unit }))
    }

    /// What the unit in a column's heading multiplies its numbers by; 1 where it names none that is known.
    pub(super) fn headed(&self, at: usize, factor: fn(&str) -> Option<f64>) -> f64 {
        heading(&self.prepared.raw.columns[at].name).unit.and_then(|unit| factor(&unit)).unwrap_or(1.0)
    }

    /// The numbers of a column times `factor`, which is told; a cell with a unit of its own is not multiplied.
    pub(super) fn times(&mut self, at: usize, factor: f64, kept: Kept) -> Vec<f64> {
        let values = self.numbers(at, kept);
        if factor == 1.0 {
            return values;
        }
        let field = self.prepared.raw.columns[at].name.clone();
        let shown = money::round_half_up(factor, 6);
        self.reading.note(Code::UnitConverted, self.name, say!("{field} × {shown}", "{field} × {shown}"));
        self.scaled(at, &values, factor, "")
    }

    /// Metres behind the street; samples on none have no depth.
    pub fn depths(&mut self, at: Option<usize>) -> Option<Vec<f64>> {
        let kept = Kept {
            range: 0.1..=10_000.0,
            usable: |value| value > 0.0 && value.is_finite(),
            needed: false,
            unit: |unit| matches!(unit, "" | "m" | "米").then_some(1.0),
        };
        Some(self.numbers(at?, kept))
    }

    /// Scores whose usual value is 100.
    pub fn scores(&mut self, at: Option<usize>) -> Option<Vec<f64>> {
        let kept =
            Kept { range: 1.0..=1000.0, usable: |value| value > 0.0 && value.is_finite(), needed: true, unit: no_unit };
        Some(self.numbers(at?, kept))
    }

    pub fn uses(&mut self, at: Option<usize>) -> Vec<Option<u8>> {
        let Some(at) = at else { return self.rows().map(|_| Some(0)).collect() };
        let mut found = Vec::new();
        for row in self.rows() {
            let value = self.prepared.raw.columns[at].values.get(row);
            let (land_use, spelling) = (use_of(self.reading.project, value), value.to_string());
            if land_use.is_none() {
                self.told(Code::UnknownUse, row, say!("its use is \"{spelling}\"", "用途为「{spelling}」"), true);
            }
            found.push(land_use);
        }
        found
    }

    /// What was agreed. A type that is not known is no sale of land; where it, or a blank, is kept all the same it counts as
    /// a transfer.
    pub fn kinds(&mut self, at: Option<usize>) -> Vec<Option<Kind>> {
        let Some(at) = at else { return self.rows().map(|_| None).collect() };
        let mut found = Vec::new();
        for row in self.rows() {
            let word = self.text(at, row);
            let kind = Kind::parse(&word);
            if word.is_empty() {
                self.told(Code::MissingValue, row, say!("its type is not told", "未注明交易类型"), true);
            } else if kind.is_none() {
                let detail = say!(
                    "its type is \"{word}\", none of the known sales and leases of land",
                    "交易类型为「{word}」,不在可用的市场交易类型中"
                );
                self.told(Code::UnknownTransaction, row, detail, true);
            }
            found.push(kind);
        }
        found
    }

    /// Grades as the table tells them, in any spelling.
    pub fn grades(&mut self, at: Option<usize>, uses: &[Option<u8>]) -> Vec<Option<u8>> {
        let Some(at) = at else { return self.rows().map(|_| None).collect() };
        let mut found = Vec::new();
        for row in self.rows() {
            let (text, placed) = (self.text(at, row), place(&self.prepared.raw, row).is_some());
            let plan = uses[row].and_then(|at| self.reading.project.uses.get(usize::from(at)));
            let (most, name) = plan.map_or((u8::MAX, String::new()), |plan| (plan.grades, plan.land_use.name.clone()));
            let told = grade::parse(&text).filter(|grade| *grade <= most);
            if told.is_none() && !placed {
                let field = self.prepared.raw.columns[at].name.clone();
                if text.is_empty() {
                    self.told(Code::MissingValue, row, say!("{field} has no value", "{field} 没有值"), false);
                } else {
                    let detail = say!("\"{text}\" is no grade of {name}", "「{text}」不是 {name} 的级别");
                    self.told(Code::UnknownGrade, row, detail, false);
                }
            }
            found.push(told);
        }
        found
    }

    /// Services as they are written.
    pub fn services(&mut self, at: Option<usize>) -> Vec<String> {
        let Some(at) = at else { return vec![String::new(); self.rows().len()] };
        let mut found = Vec::new();
        for row in self.rows() {
            let text = self.text(at, row);
            if text.is_empty() {
                let field = self.prepared.raw.columns[at].name.clone();
                self.told(Code::MissingValue, row, say!("{field} has no value", "{field} 没有值"), false);
            } else if services::parse(&text).is_none() {
                let detail = say!("\"{text}\" names no services", "「{text}」不是开发程度");
                self.told(Code::NotANumber, row, detail, false);
            }
            found.push(text);
        }
        found
    }
}

/// What one unit is in 元/㎡ among prices of another unit: there a bare 元 tells no area, so that it is none.
fn priced_by_area(unit: &str) -> Option<f64> {
    if unit.is_empty() || unit.contains('/') { yuan_per_square_metre(unit) } else { None }
}

fn has_unit(cell: Value<'_>) -> bool {
    matches!(cell, Value::Text(text) if number::parse(text).is_some_and(|typed| !typed.unit.is_empty()))
}
