//! The factor layers: each with the fields its factor needs, numbers as numbers, features in canonical order.

mod fields;

use self::fields::Real;
use super::canonical;
use super::finding::Code;
use super::numbers::{self, Wanted, no_unit};
use super::overlaps;
use super::readers::raster::Grid;
use super::reading::{Prepared, Reading, fits, kinds, label, place_name, row_name};
use super::survey::{FactorLayer, Layer};
use crate::land::{Column, Fault, Outcome, Text, Texts, Values};
use crate::project::plan::{AreaScore, FactorKind, FactorPlan, RasterPlan};
use crate::space::crs::Transform;
use crate::space::{Crs, Extent, Kind, measure};
use crate::{say, scale};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Reads the layer of a factor.
///
/// # Errors
/// What the reader says; `no-features` where none remains, `wrong-geometry`, `raster-elsewhere`. `units` is where the units lie.
pub(super) fn read(reading: &mut Reading<'_>, factor: &FactorPlan, units: Extent) -> Outcome<FactorLayer> {
    if let FactorKind::Raster(plan) = &factor.kind {
        return raster(reading, factor, plan, units).map(FactorLayer::Grid);
    }
    let told = reading.findings.len();
    let layer = vector(reading, factor)?;
    let earlier = reading.project.factors.iter().take_while(|other| other.key != factor.key);
    let mut earlier = reading.project.units.sources().chain(earlier.map(|other| &other.source));
    if earlier.any(|source| *source == factor.source) {
        reading.findings.drop_repeats(told);
    }
    Ok(FactorLayer::Vector(layer))
}

fn vector(reading: &mut Reading<'_>, factor: &FactorPlan) -> Outcome<Layer> {
    let name = label(&factor.source);
    let (texts, reals) = fields::of(factor);
    let mut wanted: Vec<&str> = texts.iter().chain(reals.iter().map(|real| &real.field)).map(String::as_str).collect();
    wanted.extend(factor.label.as_deref());
    let mut prepared = reading.layer(&factor.source, &wanted, None).map_err(|fault| of_factor(fault, factor))?;
    if !prepared.raw.rows.is_empty() {
        right_kind(factor, prepared.raw.shapes.kind)?;
    }
    for (at, real) in reals.iter().enumerate() {
        as_numbers(reading, &mut prepared, at + texts.len(), real, &name);
    }
    unmapped(reading, &mut prepared, factor, &name);
    unlisted(reading, &prepared, factor, &name);
    let Prepared { raw, used } = prepared;
    let mut order: Vec<u32> = (0..raw.rows.len() as u32).filter(|&row| used[row as usize]).collect();
    // Findings that stop the run are told with the others; an empty layer that the project accepts has nothing to say.
    let told = raw.rows.is_empty() || reading.findings.denied().any(|finding| finding.layer == name);
    if order.is_empty() && !told {
        let key = &factor.key;
        return Err(Fault::new(
            "no-features",
            say!("factor {key}: no feature of the layer can be used", "因素 {key}:图层中没有可用的要素"),
            say!("check the layer and its findings (landgrade check)", "请检查图层及检查结果(landgrade check)"),
        )
        .at(factor.source.path.display()));
    }
    order.sort_by(|&a, &b| canonical::order(&raw.shapes, &raw.columns, a as usize, b as usize));
    let labels = match &factor.label {
        Some(_) => {
            let named = raw.columns.last().expect("the label's column was asked for");
            let name = |row: usize| Some(named.values.get(row).to_string()).filter(|name| !name.trim().is_empty());
            let names = order.iter().map(|&row| name(row as usize).unwrap_or_else(|| place_name(&raw, row as usize)));
            told_apart(names.collect())
        }
        None => told_apart(order.iter().map(|&row| place_name(&raw, row as usize)).collect()),
    };
    let columns = raw.columns.into_iter().take(texts.len() + reals.len());
    let columns = columns.map(|column| Column { name: column.name, values: column.values.gather(&order) });
    let layer = Layer { name, shapes: raw.shapes.gather(&order), columns: columns.collect(), labels };
    if matches!(factor.kind, FactorKind::Area(_)) {
        // Ground under two areas counts for both, and hides as much ground under none.
        let areas: Vec<f64> = scale::map(layer.shapes.len(), |area| measure::area(layer.shapes.get(area)));
        let found = overlaps::found(reading.project, &layer.shapes, &areas)?;
        overlaps::tell(reading, &layer.name, &found, &|area| layer.labels.get(area as usize).to_string());
    }
    Ok(layer)
}

/// Names that several features bear get the feature's number in the sealed layer, from 1: `中山路站 (3)`.
fn told_apart(names: Vec<String>) -> Texts {
    let mut counts: HashMap<&str, usize> = HashMap::new();
    names.iter().for_each(|name| *counts.entry(name).or_default() += 1);
    let told = |(at, name): (usize, &String)| {
        if counts[name.as_str()] > 1 { format!("{name} ({})", at + 1) } else { name.clone() }
    };
    names.iter().enumerate().map(told).collect()
}

fn as_numbers(reading: &mut Reading<'_>, prepared: &mut Prepared, column: usize, real: &Real, layer: &str) {
    let Prepared { raw, used } = prepared;
    let wanted = Wanted {
        layer,
        field: &real.field,
        range: real.range.clone(),
        usable: real.usable,
        needed: real.needed,
        unit: no_unit,
        plain_text: raw.plain_text,
        number_cells: raw.number_cells.get(column).map_or(&[], Vec::as_slice),
    };
    let name = |row: usize| row_name(raw, row);
    let at = |row: usize| raw.shapes.get(row).points().first().copied();
    let numbers = numbers::read(reading, &raw.columns[column].values, &wanted, used, &name, &at);
    raw.columns[column].values = Values::Real(numbers);
}

/// Categories that the project gives no score.
fn unmapped(reading: &mut Reading<'_>, prepared: &mut Prepared, factor: &FactorPlan, layer: &str) {
    let FactorKind::Area(plan) = &factor.kind else { return };
    let AreaScore::Category { scores, field } = &plan.score else { return };
    let Prepared { raw, used } = prepared;
    for (row, used) in used.iter_mut().enumerate().filter(|(_, used)| **used) {
        let category = raw.columns[0].values.get(row).to_string();
        if !scores.contains_key(category.trim()) {
            let at = raw.shapes.get(row).points().first().copied();
            let detail = say!("{field} is \"{category}\", which has no score", "{field} 为「{category}」,未赋分");
            *used &= reading.row(Code::UnmappedCategory, layer, row_name(raw, row), at, detail);
        }
    }
}

/// Levels and grades the factor does not list: their features reach nothing.
fn unlisted(reading: &mut Reading<'_>, prepared: &Prepared, factor: &FactorPlan, layer: &str) {
    let (FactorKind::Point(plan) | FactorKind::Line(plan) | FactorKind::Centre(plan)) = &factor.kind else { return };
    let levels: Option<BTreeSet<&str>> = plan.levels.iter().map(|level| level.level.as_deref()).collect();
    // A level without a key takes every feature.
    if let (Some(listed), Some(field)) = (levels, &plan.level_field) {
        let told = |level: &str, count| {
            let key = &factor.key;
            say!(
                "{field} \"{level}\" is no level of factor {key}; features without influence: {count}",
                "{field}「{level}」不在因素 {key} 的级别之列;不起作用的要素:{count} 个"
            )
        };
        not_among(reading, prepared, field, &listed, layer, &told);
    }
    let Some(grades) = &plan.grades else { return };
    let by_levels: Option<BTreeSet<&str>> = plan.levels.iter().map(|level| level.grade.as_deref()).collect();
    let by_coefficients = || grades.coefficients.keys().map(String::as_str).collect();
    let listed = if grades.coefficients.is_empty() { by_levels } else { Some(by_coefficients()) };
    if let Some(listed) = listed {
        let field = &grades.field;
        let told = |grade: &str, count| {
            let key = &factor.key;
            say!(
                "{field} \"{grade}\" is no grade of factor {key}; features without influence: {count}",
                "{field}「{grade}」不在因素 {key} 的等级之列;不起作用的要素:{count} 个"
            )
        };
        not_among(reading, prepared, field, &listed, layer, &told);
    }
}

/// A finding for each text of a field that is not listed, with the number of features that have it.
fn not_among(
    reading: &mut Reading<'_>,
    prepared: &Prepared,
    field: &str,
    listed: &BTreeSet<&str>,
    layer: &str,
    told: &dyn Fn(&str, usize) -> Text,
) {
    let Some(column) = prepared.raw.columns.iter().find(|column| column.name == field) else { return };
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for row in (0..prepared.used.len()).filter(|&row| prepared.used[row]) {
        let text = column.values.get(row).to_string();
        if !listed.contains(text.trim()) {
            *counts.entry(text.trim().to_string()).or_default() += 1;
        }
    }
    for (text, count) in counts {
        reading.note(Code::UnlistedLevel, layer, told(&text, count));
    }
}

fn right_kind(factor: &FactorPlan, kind: Kind) -> Outcome<()> {
    let fits = match &factor.kind {
        FactorKind::Line(_) => kind == Kind::Line,
        FactorKind::Area(_) => kind == Kind::Polygon,
        FactorKind::Point(_) | FactorKind::Centre(_) | FactorKind::Raster(_) => true,
    };
    if fits {
        return Ok(());
    }
    let (key, Text { en, zh }) = (&factor.key, kinds(kind));
    Err(Fault::new(
        "wrong-geometry",
        say!("factor {key}: its layer holds {en}", "因素 {key}:图层的几何类型({zh})不符"),
        say!("a line factor needs lines, an area factor polygons", "线状因素需要线图层,面状因素需要面图层"),
    )
    .at(factor.source.path.display()))
}

/// Its values stay where they are: the units' places are brought to its system.
fn raster(reading: &mut Reading<'_>, factor: &FactorPlan, plan: &RasterPlan, units: Extent) -> Outcome<Grid> {
    let (source, name) = (&factor.source, label(&factor.source));
    let mut grid = Grid::read(&source.path).map_err(|fault| of_factor(fault, factor))?;
    let crs = reading.crs_of(grid.crs.as_ref(), source, &name).map_err(|fault| of_factor(fault, factor))?;
    fits(&crs, grid.extent(), source).map_err(|fault| of_factor(fault, factor))?;
    let project = &reading.project.crs;
    let mut rim = if units.is_empty() { Vec::new() } else { units.rim(16) };
    if !crs.same_as(project) {
        let carried = Transform::new(project, &crs).and_then(|way| way.apply(&mut rim));
        carried.map_err(|fault| of_factor(fault, factor).at(source.path.display()))?;
        let (from, to, name_of) = (project.label(), crs.label(), &crs.name);
        let detail = say!(
            "read at places transformed from {from} to {to} ({name_of})",
            "按由 {from} 转换到 {to}({name_of})的位置取值"
        );
        reading.note(Code::CrsTransformed, &name, detail);
    }
    let (there, here) = (Extent::of(&rim), grid.extent());
    if !there.is_empty() && !here.touches(there) {
        return Err(of_factor(elsewhere(&crs, here, there), factor).at(source.path.display()));
    }
    grid.crs = Some(crs);
    Ok(if plan.slope { grid.slope() } else { grid })
}

fn elsewhere(crs: &Crs, raster: Extent, units: Extent) -> Fault {
    let decimals = if crs.geographic { 4 } else { 0 };
    let show = |extent: Extent| {
        let Extent { min, max } = extent;
        format!("x {:.decimals$} – {:.decimals$}, y {:.decimals$} – {:.decimals$}", min.x, max.x, min.y, max.y)
    };
    let (label, raster, units) = (crs.label(), show(raster), show(units));
    Fault::new(
        "raster-elsewhere",
        say!(
            "the raster covers none of the units: in {label} it runs over {raster}, the units over {units}",
            "栅格不覆盖任何单元:在 {label} 中栅格范围为 {raster},单元范围为 {units}"
        ),
        say!(
            "choose the raster of the place, or write its true system: crs = \"EPSG:…\"",
            "请选用该地区的栅格,或写明其真实坐标系:crs = \"EPSG:…\""
        ),
    )
}

/// Says which factor a reader's fault belongs to.
fn of_factor(mut fault: Fault, factor: &FactorPlan) -> Fault {
    let (key, Text { en, zh }) = (&factor.key, fault.what);
    fault.what = say!("factor {key}: {en}", "因素 {key}:{zh}");
    fault
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_of_one_name_are_told_apart_by_their_place_in_the_layer() {
        let names = ["中山路站", "东站", "中山路站"].map(String::from).to_vec();
        assert_eq!(told_apart(names).iter().collect::<Vec<_>>(), ["中山路站 (1)", "东站", "中山路站 (3)"]);
    }
}
