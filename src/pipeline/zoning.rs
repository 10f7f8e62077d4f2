//! From graded units to the map of grades: clean-up, grade zones, areas by district.

use crate::grade::clean::{self, Graded};
use crate::ingest::survey::Layer;
use crate::land::progress::Watch;
use crate::project::Project;
use crate::release::{AreaRow, ChangeRow, Release, UnitRows, ZoneRows};
use crate::space::coverage::{Border, Coverage, Limit};
use crate::space::shares::{Nearby, Shares};
use crate::space::{Shapes, measure};
use crate::{say, scale};
use std::collections::BTreeMap;

/// Label of a use's grade in a coverage; 0 is kept for units without a grade.
fn label(land_use: u8, grade: u8) -> u32 {
    if grade == 0 { 0 } else { u32::from(land_use) << 8 | u32::from(grade) }
}

/// What zones are drawn against.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub districts: Option<&'a Layer>,
    pub graded_area: Option<&'a Shapes>,
}

/// Cleans the grading up where the project asks for it, and draws zones and areas where `drawn`.
pub(super) fn zone(project: &Project, release: &mut Release, ground: Ground<'_>, drawn: bool, watch: &dyn Watch) {
    let plan = &project.zones;
    if !drawn && plan.smallest_area == 0.0 {
        return;
    }
    watch.begin(&say!("drawing the zones", "生成级别范围"), 4);
    let Some(shapes) = &release.units.shapes else { return };
    let sheets = release.units.sheets(project.units.every_use);
    let covered = || {
        let mut coverages: Vec<Coverage> = sheets.iter().map(|sheet| Coverage::new(shapes, sheet, plan.snap)).collect();
        watch.advance(1);
        if plan.close_gaps > 0.0 {
            let limit = ground.graded_area.map(Limit::new);
            for coverage in &mut coverages {
                coverage.close_gaps(plan.close_gaps, limit.as_ref());
            }
        }
        watch.advance(1);
        coverages
    };
    let (coverages, shares) = scale::both(covered, || drawn.then(|| shares(&release.units, ground.districts)));
    if plan.smallest_area > 0.0 {
        release.map.changes = clean(&mut release.units, &coverages, plan.smallest_area);
    }
    watch.advance(1);
    if let Some(shares) = shares {
        release.map.zones = zones(&release.units, &coverages, plan.simplify);
        release.map.areas = areas(&release.units, ground.districts, shares);
    }
    watch.advance(1);
}

fn clean(units: &mut UnitRows, coverages: &[Coverage], smallest: f64) -> Vec<ChangeRow> {
    let borders: Vec<Border> = coverages.iter().flat_map(Coverage::borders).collect();
    let (uses, totals, areas) = (&units.uses, &units.totals, &units.areas);
    let graded = Graded { uses, totals, areas, borders: &borders };
    let before = units.grades.clone();
    let patches = clean::merge(&graded, &mut units.grades, smallest);
    // A unit may be in several patches, one after the other: the last one tells where it went.
    let mut last: BTreeMap<u32, &clean::Merged> = BTreeMap::new();
    for patch in &patches {
        last.extend(patch.units.iter().map(|&unit| (unit, patch)));
    }
    let row = |(&unit, patch): (&u32, &&clean::Merged)| ChangeRow {
        unit: units.ids.show(unit as usize),
        use_index: units.uses[unit as usize],
        from: before[unit as usize],
        to: units.grades[unit as usize],
        patch_area: patch.area,
        border: patch.border,
        difference: patch.difference,
    };
    last.iter().map(row).collect()
}

/// The zones of each use's grades, by use, grade and first unit.
fn zones(units: &UnitRows, coverages: &[Coverage], simplify: f64) -> ZoneRows {
    let labels: Vec<u32> = units.uses.iter().zip(&units.grades).map(|(&of_use, &grade)| label(of_use, grade)).collect();
    let mut rows = ZoneRows::default();
    for coverage in coverages {
        let found = coverage.dissolve(&labels, simplify);
        let mut counts = vec![0u32; found.labels.len()];
        let mut unit_areas = vec![0.0; found.labels.len()];
        for (unit, &zone) in found.zone_of.iter().enumerate().filter(|(_, zone)| **zone != u32::MAX) {
            counts[zone as usize] += 1;
            unit_areas[zone as usize] += units.areas[unit];
        }
        rows.uses.extend(found.labels.iter().map(|label| (label >> 8) as u8));
        rows.grades.extend(found.labels.iter().map(|label| *label as u8));
        rows.units.extend(counts);
        rows.unit_areas.extend(unit_areas);
        rows.areas.extend(found.shapes.iter().map(|shape| measure::area(shape)));
        found.shapes.iter().for_each(|shape| rows.shapes.push_shape(shape));
    }
    rows
}

/// Areas by use, grade and district. What lies in no district is listed under none; without districts that is everything.
fn areas(units: &UnitRows, districts: Option<&Layer>, shares: Vec<Vec<(u32, f64)>>) -> Vec<AreaRow> {
    let mut sums: BTreeMap<(u8, u8, Option<u32>), (usize, f64)> = BTreeMap::new();
    let mut add = |unit: usize, district: Option<u32>, whole: bool, area: f64| {
        let sum = sums.entry((units.uses[unit], units.grades[unit], district)).or_default();
        sum.0 += usize::from(whole);
        sum.1 += area;
    };
    for (unit, shares) in shares.into_iter().enumerate() {
        let within: f64 = shares.iter().map(|(_, area)| area).sum();
        let most = shares.iter().copied().reduce(|most, share| if share.1 > most.1 { share } else { most });
        // Districts that claim the same ground are found with the layer: no unit counts more than its area.
        let scale = if within > units.areas[unit] { units.areas[unit] / within } else { 1.0 };
        let rest = units.areas[unit] - within * scale;
        let home = most.filter(|(_, area)| *area * scale >= rest).map(|(district, _)| district);
        shares.iter().for_each(|&(district, area)| add(unit, Some(district), home == Some(district), area * scale));
        // Below the millionth of a square metre is rounding.
        if rest > 1e-6 || home.is_none() {
            add(unit, None, home.is_none(), rest.max(0.0));
        }
    }
    let name =
        |district: u32| districts.map_or_else(String::new, |layer| layer.labels.get(district as usize).to_string());
    let row = |((use_index, grade, district), (units, area)): ((u8, u8, Option<u32>), (usize, f64))| AreaRow {
        use_index,
        grade,
        district: district.map(name).unwrap_or_default(),
        units,
        area,
    };
    sums.into_iter().filter(|((_, grade, _), _)| *grade > 0).map(row).collect()
}

/// The m² each unit shares with each district it meets.
pub(super) fn shares(units: &UnitRows, districts: Option<&Layer>) -> Vec<Vec<(u32, f64)>> {
    let (Some(layer), Some(shapes)) = (districts, &units.shapes) else { return vec![Vec::new(); units.len()] };
    let districts = Shares::new(&layer.shapes);
    let found = scale::chunks_with(units.len(), 4096, Nearby::default, |near, chunk| {
        chunk.map(|unit| districts.of(near, shapes.get(unit), units.areas[unit])).collect::<Vec<_>>()
    });
    found.into_iter().flatten().collect()
}

#[cfg(test)]
#[path = "zoning_tests.rs"]
mod tests;
