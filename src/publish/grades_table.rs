//! 级别面积统计表: units, area and share of every grade, per use, with sums.

use super::price_table::hectares;
use super::units::in_lang;
use crate::formats::{Cells, Field, Table};
use crate::land::{Lang, Text, Values, grade, money};
use crate::release::Release;
use crate::say;

/// Units and area of one grade.
#[derive(Clone, Copy, Default)]
struct Sum {
    units: usize,
    /// m², of the units whose area is known.
    area: f64,
    /// Units without a known area.
    unmeasured: usize,
}

/// One row of the table.
struct Row {
    use_key: String,
    use_name: String,
    /// 0 in sums, and for units without a grade.
    grade: u8,
    label: String,
    units: usize,
    hectares: f64,
    /// Per cent of the use's area.
    share: f64,
    unmeasured: usize,
}

/// Every grade of every use (also those without units), units without a grade where there are any, a sum per use and one over all. Areas are
/// rounded half up to 4 decimals of a hectare row by row, and the sums are the sums of these rows.
pub fn grades_table(release: &Release, lang: Lang) -> Table<'static> {
    let rows = rows(release, lang);
    let count = |count: fn(&Row) -> usize| {
        Cells::Own(Values::Int(rows.iter().map(|row| i64::try_from(count(row)).ok()).collect()))
    };
    let text = |text: fn(&Row) -> &String| Cells::Own(Values::Text(rows.iter().map(text).collect()));
    let real = |real: fn(&Row) -> f64| Cells::Own(Values::Real(rows.iter().map(real).collect()));
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let numbers = rows.iter().map(|row| (row.grade > 0).then_some(i64::from(row.grade))).collect();
    let mut fields = vec![
        field("use", say!("use", "用途代码"), text(|row| &row.use_key)),
        field("use_name", say!("use name", "土地用途"), text(|row| &row.use_name)),
        field("grade", say!("grade", "级别"), Cells::Own(Values::Int(numbers))),
        field("label", say!("grade name", "级别名称"), text(|row| &row.label)),
        field("units", say!("units", "单元数"), count(|row| row.units)),
        field("area_ha", say!("area", "面积"), real(|row| row.hectares))
            .in_unit(in_lang(lang, "ha", "公顷"))
            .shown_with(4),
        field("share", say!("share of the use's area", "占该用途面积比例"), real(|row| row.share))
            .in_unit("%")
            .shown_with(2),
    ];
    if rows.iter().any(|row| row.unmeasured > 0) {
        fields.push(field(
            "no_area",
            say!("units without a known area", "面积未知的单元数"),
            count(|row| row.unmeasured),
        ));
    }
    let title = say!("Areas of the grades", "级别面积统计表");
    Table { name: "grades".into(), title, fields, shapes: None, crs: None, rows: rows.len() }
}

fn rows(release: &Release, lang: Lang) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut all = Vec::new();
    for (head, sums) in release.uses.iter().zip(sums(release)) {
        let row = |grade: u8, label: String, units, hectares, share, unmeasured| Row {
            use_key: head.key.clone(),
            use_name: head.name.clone(),
            grade,
            label,
            units,
            hectares,
            share,
            unmeasured,
        };
        let whole: f64 = sums.iter().map(|sum| sum.area).sum();
        let share = |area: f64| if whole > 0.0 { money::round_half_up(area / whole * 100.0, 2) } else { f64::NAN };
        // Grade 0 stands first in the sums, and last in the table.
        let order = (1..sums.len()).chain([0]);
        let of_use: Vec<Row> = order
            .filter(|&grade| grade > 0 || sums[0].units > 0)
            .map(|grade| {
                let sum = sums[grade];
                let label = match grade as u8 {
                    0 => say!("ungraded", "未定级").in_lang(lang).to_string(),
                    grade => grade::name(grade, lang),
                };
                row(grade as u8, label, sum.units, known(sum), share(sum.area), sum.unmeasured)
            })
            .collect();
        let (units, hectares, unmeasured) = total(&of_use);
        let label = say!("sum of the use", "小计").in_lang(lang).to_string();
        let sum = row(0, label, units, hectares, if whole > 0.0 { 100.0 } else { f64::NAN }, unmeasured);
        rows.extend(of_use);
        all.push((sum.units, sum.hectares, sum.unmeasured));
        rows.push(sum);
    }
    if !all.is_empty() {
        let units = all.iter().map(|sum| sum.0).sum();
        let unmeasured = all.iter().map(|sum| sum.2).sum();
        let hectares = add(all.iter().map(|sum| sum.1));
        let label = say!("sum of all uses", "合计").in_lang(lang).to_string();
        let (use_key, use_name) = (String::new(), String::new());
        rows.push(Row { use_key, use_name, grade: 0, label, units, hectares, share: f64::NAN, unmeasured });
    }
    rows
}

/// Hectares of a grade; none where it has units and none of them a known area.
fn known(sum: Sum) -> f64 {
    if sum.units > 0 && sum.unmeasured == sum.units { f64::NAN } else { hectares(sum.area) }
}

fn total(rows: &[Row]) -> (usize, f64, usize) {
    let units = rows.iter().map(|row| row.units).sum();
    (units, add(rows.iter().map(|row| row.hectares)), rows.iter().map(|row| row.unmeasured).sum())
}

/// The sum of hectares of 4 decimals, again of 4 decimals; NaN where none is known.
fn add(hectares: impl Iterator<Item = f64>) -> f64 {
    let known: Vec<f64> = hectares.filter(|value| !value.is_nan()).collect();
    if known.is_empty() { f64::NAN } else { money::round_half_up(known.iter().sum(), 4) }
}

/// Per use, per grade from 0 (none) to the last there is.
fn sums(release: &Release) -> Vec<Vec<Sum>> {
    let mut sums: Vec<Vec<Sum>> =
        release.uses.iter().map(|head| vec![Sum::default(); usize::from(head.grades) + 1]).collect();
    let units = &release.units;
    for ((&of_use, &grade), &area) in units.uses.iter().zip(&units.grades).zip(&units.areas) {
        let grades = &mut sums[usize::from(of_use)];
        if grades.len() <= usize::from(grade) {
            grades.resize(usize::from(grade) + 1, Sum::default());
        }
        let sum = &mut grades[usize::from(grade)];
        sum.units += 1;
        if area.is_nan() {
            sum.unmeasured += 1;
        } else {
            sum.area += area;
        }
    }
    sums
}

#[cfg(test)]
#[path = "grades_table_tests.rs"]
mod tests;
