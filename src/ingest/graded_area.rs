//! The graded area, and units held against it.

use super::finding::Code;
use super::overlaps::overlapping;
use super::reading::{Prepared, Reading, kinds, label};
use super::survey::Units;
use super::units::retain;
use crate::land::{Fault, Outcome, Text};
use crate::space::faces::united;
use crate::space::shares::{Nearby, Shares};
use crate::space::{Kind, Shapes, measure};
use crate::{say, scale};

/// Metres: corners nearer than this are one where polygons are made one.
const SNAP: f64 = 1e-6;

/// Polygons of the graded area that share more (m²) are made one before units are measured. Less is no part of a unit to speak of.
const SHARED: f64 = 0.01;

/// Reads the graded area, where the project names one.
///
/// # Errors
/// What the reader says; `wrong-geometry` where it is not polygons.
pub(super) fn read(reading: &mut Reading<'_>) -> Outcome<()> {
    let Some(source) = &reading.project.graded_area else { return Ok(()) };
    let Prepared { raw, used } = reading.layer(source, &[], None)?;
    if raw.shapes.kind != Kind::Polygon && !raw.shapes.is_empty() {
        let (name, Text { en, zh }) = (label(source), kinds(raw.shapes.kind));
        return Err(Fault::new(
            "wrong-geometry",
            say!("the graded area {name} holds {en}", "定级范围 {name} 中的要素为{zh}"),
            say!("name a layer of polygons", "请指定面图层"),
        )
        .at(source.path.display()));
    }
    let kept: Vec<u32> = (0..used.len() as u32).filter(|&row| used[row as usize]).collect();
    reading.graded_area = Some(dissolved(raw.shapes.gather(&kept))?);
    Ok(())
}

/// Units that lie outside the graded area, wholly or in part.
pub(super) fn check(reading: &mut Reading<'_>, units: &mut Units, name: &str) {
    let Some(zones) = reading.graded_area.take() else { return };
    let within = Shares::new(&zones);
    let least = reading.project.units.outside_share;
    let outside = scale::chunks_with(units.len(), 4096, Nearby::default, |near, chunk| {
        let mut outside = Vec::new();
        for unit in chunk {
            let shares = within.of(near, units.shapes.get(unit), units.areas[unit]);
            let inside: f64 = shares.iter().map(|(_, area)| area).sum();
            if inside < units.areas[unit] * (1.0 - least) {
                outside.push((unit, units.areas[unit] - inside));
            }
        }
        outside
    });
    let mut used = vec![true; units.len()];
    for (unit, area) in outside.into_iter().flatten() {
        let whole = units.areas[unit];
        let detail = say!("{area:.2} of its {whole:.2} m² lie outside", "{whole:.2} m² 中有 {area:.2} m² 在范围外");
        let at = units.shapes.get(unit).points().first().copied();
        used[unit] &= reading.row(Code::OutsideGradedArea, name, units.ids.show(unit), at, detail);
    }
    retain(units, &used);
    reading.graded_area = Some(zones);
}

/// The polygons with those that overlap one another made one, so that no ground counts twice; the others stay as they are, to the bit.
fn dissolved(zones: Shapes) -> Outcome<Shapes> {
    let areas: Vec<f64> = zones.iter().map(|zone| measure::area(zone)).collect();
    let mut shared = vec![false; zones.len()];
    for pair in overlapping(&zones, &areas, SHARED)? {
        shared[pair.one as usize] = true;
        shared[pair.other as usize] = true;
    }
    if !shared.contains(&true) {
        return Ok(zones);
    }
    let (mut whole, mut parts) = (Shapes::new(Kind::Polygon), Shapes::new(Kind::Polygon));
    for (zone, shared) in zones.iter().zip(shared) {
        if shared { parts.push_shape(zone) } else { whole.push_shape(zone) }
    }
    united(&parts, SNAP)?.iter().for_each(|zone| whole.push_shape(zone));
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Point;

    fn boxes(boxes: &[[f64; 4]]) -> Shapes {
        let mut shapes = Shapes::new(Kind::Polygon);
        for &[west, south, east, north] in boxes {
            let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)];
            shapes.push_ring(&ring.map(|(x, y)| Point::new(500_000.0 + x, 3_000_000.0 + y)), true);
            shapes.end_feature();
        }
        shapes
    }

    #[test]
    fn ground_that_two_polygons_claim_counts_once() {
        // 70 × 120 and 40 × 120 m share 20 × 120: together 90 × 120 = 10 800 m². The third only touches.
        let zones = boxes(&[[-10.0, -10.0, 60.0, 110.0], [40.0, -10.0, 80.0, 110.0], [80.0, -10.0, 90.0, 110.0]]);
        let whole = dissolved(zones).unwrap();
        let areas: Vec<f64> = whole.iter().map(|zone| measure::area(zone)).collect();
        assert_eq!(areas.len(), 2);
        assert!((areas[0] - 1200.0).abs() < 1e-6 && (areas[1] - 10_800.0).abs() < 1e-3, "{areas:?}");
    }

    #[test]
    fn polygons_that_only_touch_stay_as_they_are() {
        let zones = boxes(&[[0.0, 0.0, 50.0, 50.0], [50.0, 0.0, 80.0, 50.0]]);
        assert_eq!(dissolved(zones.clone()).unwrap().points(), zones.points());
    }
}
