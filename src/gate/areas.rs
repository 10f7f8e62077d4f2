//! Whether areas add up: units, price table, table of areas, zones, graded area.

use super::rules::Entry;
use super::{Breach, Checked, Rule};
use crate::land::Text;
use crate::release::Release;
use crate::say;

/// Sums by use and grade, m².
struct Sums(Vec<Vec<f64>>);

impl Sums {
    fn of(uses: usize, rows: impl Iterator<Item = (u8, u8, f64)>) -> Sums {
        let mut sums = vec![vec![0.0; 256]; uses];
        for (land_use, grade, area) in rows.filter(|row| !row.2.is_nan()) {
            sums[usize::from(land_use)][usize::from(grade)] += area;
        }
        Sums(sums)
    }
}

pub(super) fn areas(release: &Release, entry: &Entry) -> Checked {
    let units = &release.units;
    if units.is_empty() {
        return Err(say!("the release has no units", "成果没有单元"));
    }
    let share = entry.share.unwrap_or_default();
    let count = release.uses.len();
    let own = Sums::of(count, (0..units.len()).map(|unit| (units.uses[unit], units.grades[unit], units.areas[unit])));
    let mut breaches = Vec::new();
    let mut hold = |other: Sums, Text { en, zh }: Text| {
        for land_use in 0..count {
            for grade in 1..=u8::MAX {
                let (one, two) = (own.0[land_use][usize::from(grade)], other.0[land_use][usize::from(grade)]);
                if (one - two).abs() > share * one.max(two) {
                    let what = say!(
                        "units have {one:.2} m² together, {en} {two:.2} m²",
                        "单元面积合计 {one:.2} ㎡,{zh} {two:.2} ㎡"
                    );
                    breaches.push(Breach::of(Rule::Areas, what).in_use(release, land_use).in_grade(grade));
                }
            }
        }
    };
    if release.cells.iter().any(|cell| cell.area > 0.0) {
        let rows = release.cells.iter().map(|cell| (cell.use_index, cell.grade, cell.area));
        hold(Sums::of(count, rows), say!("the price table", "地价表为"));
    }
    if !release.map.areas.is_empty() {
        let rows = release.map.areas.iter().map(|row| (row.use_index, row.grade, row.area));
        hold(Sums::of(count, rows), say!("the table of areas", "面积表为"));
    }
    let zones = &release.map.zones;
    if !zones.is_empty() {
        let rows = (0..zones.len()).map(|zone| (zones.uses[zone], zones.grades[zone], zones.unit_areas[zone]));
        hold(Sums::of(count, rows), say!("the zones say", "级别范围所载为"));
    }
    if let Some(tiling) = release.head.tiling.as_ref().filter(|tiling| tiling.way != "given") {
        let (one, two) = (tiling.area, tiling.graded_area);
        if (one - two).abs() > share * two {
            let what = say!(
                "units tile {one:.2} m² of a graded area of {two:.2} m²",
                "单元合计 {one:.2} ㎡,定级范围 {two:.2} ㎡"
            );
            breaches.push(Breach::of(Rule::Areas, what));
        }
    }
    Ok(breaches)
}
