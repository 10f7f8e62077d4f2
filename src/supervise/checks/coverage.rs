//! U6: how much of the required range is graded, and towns without a table.

use super::{Context, percent};
use crate::ingest::readers::vector;
use crate::land::{Fault, Outcome};
use crate::project::Project;
use crate::release::Release;
use crate::say;
use crate::space::crs::Transform;
use crate::space::shares::{Nearby, Shares};
use crate::space::{Kind, Shapes, measure};
use crate::supervise::item::Item;
use std::path::Path;

/// U6.
pub fn coverage(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let (held, release) = match context.current(6) {
        Ok(found) => found,
        Err(items) => return Ok(items),
    };
    let (district, rule) = (context.district, &context.rules.U6);
    let mut items = Vec::new();
    match (&district.required_range, &release.units.shapes) {
        (None, _) => items.push(Item::not_checked(6, say!("no required range is named", "未指定应覆盖范围图层"))),
        (Some(_), None) => {
            items.push(Item::not_checked(6, say!("the release has no geometry", "成果没有图形")));
        }
        (Some(_), Some(shapes)) if shapes.kind != Kind::Polygon => {
            items.push(Item::not_checked(6, say!("the units are no polygons", "单元不是面")));
        }
        (Some(path), Some(_)) => {
            let range = read(path, release)?;
            let whole: f64 = range.iter().map(measure::area).sum();
            for (name, covered) in covered(release, &range)? {
                let missing = (1.0 - covered / whole).max(0.0);
                let wrong = (missing > rule.most_missing).then_some(rule.severity);
                let what = match wrong {
                    Some(_) => say!("part of the required range has no grade", "应覆盖范围内有未定级区域"),
                    None => say!("the required range is graded", "应覆盖范围已定级"),
                };
                let file = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
                let source = format!("{}, {file}: {:.2} hm²", held.place, whole / 1e4);
                let item = Item::judged(6, wrong, what, source).of_use(&name);
                items.push(item.measured(percent(missing), format!("≤ {}", percent(rule.most_missing))));
            }
        }
    }
    let towns = &district.config.towns;
    let named = |town: &&String| {
        let of_title = district.releases.iter().any(|held| held.title.contains(town.as_str()));
        of_title || release.map.areas.iter().any(|row| row.district.contains(town.as_str()))
    };
    for town in towns.iter().filter(|town| !named(town)) {
        let what = say!("the town {town} has no table", "{town} 没有价格表");
        items.push(Item::found(6, rule.towns, what, held.place.clone()));
    }
    if !towns.is_empty() && towns.iter().all(|town| named(&town)) {
        let count = towns.len();
        items.push(Item::passed(
            6,
            say!("all {count} towns have tables", "{count} 个乡镇均有价格表"),
            held.place.clone(),
        ));
    }
    Ok(items)
}

/// The polygons of the range, in the release's system.
fn read(path: &Path, release: &Release) -> Outcome<Shapes> {
    let raw = vector::read(path, None, &[], None)?;
    let mut shapes = raw.shapes;
    if shapes.kind != Kind::Polygon {
        let what = say!("the required range is no layer of polygons", "应覆盖范围不是面图层");
        return Err(Fault::new("wrong-geometry", what, say!("name one", "请指定面图层")).at(path.display()));
    }
    let crs = raw.crs.ok_or_else(|| {
        Fault::new(
            "missing-crs",
            say!("the required range does not tell its coordinate system", "应覆盖范围图层没有坐标系"),
            say!("give it one, such as a .prj", "请补充坐标系(如 .prj)"),
        )
        .at(path.display())
    })?;
    if !crs.same_as(&release.head.crs) {
        Transform::new(&crs, &release.head.crs)?.apply(shapes.points_mut())?;
    }
    Ok(shapes)
}

/// The ground of the range under grades: of each use where units of all uses lie upon one another, else of all together. Zones count where
/// they were drawn, as they close the streets between parcels.
fn covered(release: &Release, range: &Shapes) -> Outcome<Vec<(String, f64)>> {
    let zones = &release.map.zones;
    let (shapes, uses, grades) = match (&release.units.shapes, zones.is_empty()) {
        (_, false) => (&zones.shapes, &zones.uses, &zones.grades),
        (Some(shapes), true) => (shapes, &release.units.uses, &release.units.grades),
        (None, true) => return Ok(Vec::new()),
    };
    let apart = match release.head.project.as_str() {
        "" => release.uses.len() > 1,
        text => Project::sealed(text, Path::new("project.toml"))?.units.every_use,
    };
    let within = Shares::new(range);
    let mut near = Nearby::default();
    let mut sums = vec![0.0; release.uses.len().max(1)];
    for row in (0..shapes.len()).filter(|row| grades[*row] > 0) {
        let shape = shapes.get(row);
        let shared: f64 = within.of(&mut near, shape, measure::area(shape)).iter().map(|(_, area)| area).sum();
        sums[if apart { usize::from(uses[row]) } else { 0 }] += shared;
    }
    let name = |at: usize| if apart { release.uses[at].name.clone() } else { String::new() };
    let used = |at: &usize| !apart || uses.iter().any(|own| usize::from(*own) == *at);
    let most = if apart { release.uses.len() } else { 1 };
    Ok((0..most).filter(used).map(|at| (name(at), sums[at])).collect())
}
