//! The grading units: read, identified, told their use, sorted by identifier, and held against one another and the graded area.

use super::duplicates;
use super::finding::Code;
use super::graded_area;
use super::overlaps;
use super::reading::{Prepared, Reading, label, row_name};
use super::rounded_id::{self, EXACT, is_rounded};
use super::survey::Units;
use crate::land::column::Value;
use crate::land::{Column, Fault, IdColumn, Outcome, Values};
use crate::project::Project;
use crate::project::plan::GivenUnits;
use crate::space::{Kind, hilbert, measure};
use crate::{say, scale};
use std::cmp::Ordering;

/// Reads the units.
///
/// # Errors
/// What the reader says; `not-polygons`; `no-units` where none remains.
pub(super) fn read(reading: &mut Reading<'_>, plan: &GivenUnits) -> Outcome<Units> {
    let name = label(&plan.source);
    let mut fields: Vec<&str> = vec![&plan.id];
    fields.extend(plan.use_field.as_deref());
    fields.extend(plan.keep.iter().map(String::as_str));
    let mut prepared = reading.layer(&plan.source, &fields, Some(0))?;
    if prepared.raw.shapes.kind != Kind::Polygon && !prepared.raw.rows.is_empty() {
        return Err(Fault::new(
            "not-polygons",
            say!("the units' layer {name} holds no polygons", "单元图层 {name} 不是面图层"),
            say!("name the layer of parcels or grading units", "请指定宗地或定级单元图层"),
        )
        .at(plan.source.path.display()));
    }
    let uses = uses(reading, plan.use_field.is_some(), &mut prepared, &name);
    let order = identified(reading, &mut prepared, &name);
    if order.is_empty() && reading.findings.denied().next().is_none() {
        let count = prepared.raw.rows.len();
        return Err(Fault::new(
            "no-units",
            say!("none of the {count} features of {name} can be graded", "图层 {name} 的 {count} 个要素都不能参加评定"),
            say!("see the findings (landgrade check)", "请查看检查结果(landgrade check)"),
        )
        .at(plan.source.path.display()));
    }
    let raw = prepared.raw;
    let in_order = order.iter().zip(0..).all(|(&row, at)| row == at) && order.len() == raw.rows.len();
    let ids = id_column(&raw.columns[0].values, &prepared.used);
    let first_kept = 1 + usize::from(plan.use_field.is_some());
    let kept = raw.columns.into_iter().skip(first_kept);
    let mut units = if in_order {
        Units { ids, uses, shapes: raw.shapes, kept: kept.collect(), ..Units::default() }
    } else {
        let kept = kept.map(|column| Column { name: column.name, values: column.values.gather(&order) });
        Units {
            ids: ids.gather(&order),
            uses: order.iter().map(|&row| uses[row as usize]).collect(),
            kept: kept.collect(),
            shapes: raw.shapes.gather(&order),
            ..Units::default()
        }
    };
    units.areas = scale::map(units.len(), |unit| measure::area(units.shapes.get(unit)));
    together(reading, &mut units, &name)?;
    graded_area::read(reading)?;
    graded_area::check(reading, &mut units, &name);
    units.centroids = scale::map(units.len(), |unit| {
        measure::centroid(units.shapes.get(unit)).expect("a unit that is used has coordinates")
    });
    units.order = hilbert::order(&units.centroids);
    Ok(units)
}

/// Each row's use, by the second field where it is told; unknown ones are found.
pub(super) fn uses(reading: &mut Reading<'_>, told: bool, prepared: &mut Prepared, name: &str) -> Vec<u8> {
    let project = reading.project;
    let count = prepared.raw.rows.len();
    if !told {
        return vec![0; count];
    }
    let values = &prepared.raw.columns[1].values;
    let mut uses = Vec::with_capacity(count);
    let mut unknown = Vec::new();
    for row in 0..count {
        let spelling = values.get(row);
        let found = use_of(project, spelling);
        if found.is_none() && prepared.used[row] {
            unknown.push((row, spelling.to_string()));
        }
        uses.push(found.unwrap_or(0));
    }
    for (row, spelling) in unknown {
        let (feature, at) = place(prepared, row);
        let detail = say!("its use is \"{spelling}\"", "用途为「{spelling}」");
        prepared.used[row] &= reading.row(Code::UnknownUse, name, feature, at, detail);
    }
    uses
}

/// The use a value of a field means. A number is the whole number it is (5.0 is 5), and has no zeros in front to lose: where no use is
/// spelled `5`, the one that is spelled `05` is meant.
pub(super) fn use_of(project: &Project, value: Value<'_>) -> Option<u8> {
    let number = match value {
        Value::None => return None,
        Value::Text(text) => return project.use_of(text),
        Value::Int(number) => number,
        Value::Real(number) if number.fract() == 0.0 && number.abs() < EXACT => number as i64,
        Value::Real(number) => return project.use_of(&number.to_string()),
    };
    let padded = |spelling: &String| spelling.starts_with('0') && spelling.parse() == Ok(number);
    project.use_of(&number.to_string()).or_else(|| {
        let mut uses = (0..).zip(&project.uses).filter(|(_, plan)| plan.land_use.spellings.iter().any(padded));
        let (first, second) = (uses.next(), uses.next());
        first.filter(|_| second.is_none()).map(|(at, _)| at)
    })
}

/// The used rows sorted by identifier; missing, rounded and repeated ones are found.
pub(super) fn identified(reading: &mut Reading<'_>, prepared: &mut Prepared, name: &str) -> Vec<u32> {
    for row in 0..prepared.raw.rows.len() {
        if prepared.used[row] && prepared.raw.columns[0].values.get(row) == Value::None {
            let (feature, at) = (row_name(&prepared.raw, row), prepared.raw.shapes.get(row).points().first().copied());
            prepared.used[row] &=
                reading.row(Code::MissingId, name, feature, at, say!("it has no identifier", "没有编号"));
        }
        let id = prepared.raw.columns[0].values.get(row);
        if prepared.used[row] && is_rounded(id) {
            let detail = rounded_id::detail(&prepared.raw.columns[0].name, id);
            let (feature, at) = (row_name(&prepared.raw, row), prepared.raw.shapes.get(row).points().first().copied());
            prepared.used[row] &= reading.row(Code::RoundedId, name, feature, at, detail);
        }
    }
    let ids = id_column(&prepared.raw.columns[0].values, &prepared.used);
    let mut order: Vec<u32> = (0..prepared.raw.rows.len() as u32).filter(|&row| prepared.used[row as usize]).collect();
    if !order.is_sorted_by(|&a, &b| ids.order(a as usize, b as usize) == Ordering::Less) {
        order.sort_by(|&a, &b| {
            let (a, b) = (a as usize, b as usize);
            ids.order(a, b).then_with(|| canonical(prepared, a, b))
        });
    }
    let mut repeated = Vec::new();
    for pair in order.windows(2) {
        let (first, second) = (pair[0] as usize, pair[1] as usize);
        if ids.order(first, second) == Ordering::Equal {
            let twice = canonical(prepared, first, second) == Ordering::Equal;
            repeated.push((second, if twice { Code::DuplicateFeature } else { Code::DuplicateId }));
        }
    }
    for (row, code) in repeated {
        let (feature, at) = place(prepared, row);
        let number = prepared.raw.rows[row];
        let detail = say!(
            "feature #{number} bears an identifier that an earlier one has",
            "要素 #{number} 的编号与前一要素相同"
        );
        prepared.used[row] &= reading.row(code, name, feature, at, detail);
    }
    order.retain(|&row| prepared.used[row as usize]);
    order
}

/// Canonical order of two rows: by geometry, then attributes.
fn canonical(prepared: &Prepared, a: usize, b: usize) -> Ordering {
    super::canonical::order(&prepared.raw.shapes, &prepared.raw.columns, a, b)
}

/// Units of one geometry, and units that share ground.
fn together(reading: &mut Reading<'_>, units: &mut Units, name: &str) -> Outcome<()> {
    let twins = duplicates::duplicates(&units.shapes);
    let mut used = vec![true; units.len()];
    for &(first, second) in &twins {
        let other = units.ids.show(first as usize);
        let detail = say!("it has the geometry of {other}", "几何与 {other} 相同");
        let at = units.shapes.get(second as usize).points().first().copied();
        let feature = units.ids.show(second as usize);
        used[second as usize] &= reading.row(Code::DuplicateGeometry, name, feature, at, detail);
    }
    let mut found = overlaps::found(reading.project, &units.shapes, &units.areas)?;
    found.retain(|overlap| !twins.contains(&(overlap.one, overlap.other)));
    overlaps::tell(reading, name, &found, &|unit| units.ids.show(unit as usize));
    retain(units, &used);
    Ok(())
}

pub(super) fn retain(units: &mut Units, used: &[bool]) {
    if used.iter().all(|used| *used) {
        return;
    }
    let order: Vec<u32> = (0..used.len() as u32).filter(|&unit| used[unit as usize]).collect();
    units.ids = units.ids.gather(&order);
    units.uses = order.iter().map(|&unit| units.uses[unit as usize]).collect();
    units.areas = order.iter().map(|&unit| units.areas[unit as usize]).collect();
    units.shapes = units.shapes.gather(&order);
    for column in &mut units.kept {
        column.values = column.values.gather(&order);
    }
}

/// Whole numbers stay numbers; anything else is text. Rows that are not used do not count.
pub(super) fn id_column(values: &Values, used: &[bool]) -> IdColumn {
    match values {
        Values::Int(numbers) if numbers.iter().zip(used).all(|(number, used)| number.is_some() || !used) => {
            IdColumn::Int(numbers.iter().map(|number| number.unwrap_or(0)).collect())
        }
        values => IdColumn::Text((0..values.len()).map(|row| values.get(row).to_string()).collect()),
    }
}

fn place(prepared: &Prepared, row: usize) -> (String, Option<crate::space::Point>) {
    let id = prepared.raw.columns[0].values.get(row).to_string();
    let name = if id.is_empty() { row_name(&prepared.raw, row) } else { id };
    (name, prepared.raw.shapes.get(row).points().first().copied())
}
