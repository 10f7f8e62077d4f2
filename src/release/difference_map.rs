//! The first thing in which the maps of grades of two releases differ.

use super::content::Release;
use super::grade_map::{AreaRow, ChangeRow, ZoneRows};
use crate::land::Text;
use crate::say;

/// Zones, areas, changes of the clean-up, parcels. A release sealed without a map is not held against one that has it.
pub(super) fn first(one: &Release, other: &Release) -> Option<Text> {
    if one.map.zones.is_empty() && one.map.areas.is_empty() {
        return None;
    }
    let (left, right) = (&one.map, &other.map);
    let uses = |at: u8| one.uses.get(usize::from(at)).map_or("", |head| head.key.as_str()).to_string();
    zones(&left.zones, &right.zones, &uses)
        .or_else(|| {
            lists(&say!("areas", "面积"), &left.areas, &right.areas, &|row: &AreaRow| {
                format!("{} {} {}: {} {}", uses(row.use_index), row.grade, row.district, row.units, row.area)
            })
        })
        .or_else(|| {
            lists(&say!("clean-up", "级别归并"), &left.changes, &right.changes, &|row: &ChangeRow| {
                let ChangeRow { unit, from, to, patch_area, border, difference, .. } = row;
                format!("{unit}: {from} → {to}, {patch_area}, {border}, {difference}")
            })
        })
        .or_else(|| super::difference_parcels::first(&left.parcels, &right.parcels, &uses))
        .or_else(|| super::places::first_difference(&left.places, &right.places))
}

fn zones(one: &ZoneRows, other: &ZoneRows, uses: &dyn Fn(u8) -> String) -> Option<Text> {
    let rows = |zones: &ZoneRows| -> Vec<(String, Vec<u64>)> {
        let row = |at: usize| {
            let shown =
                format!("{} {}: {} {}", uses(zones.uses[at]), zones.grades[at], zones.units[at], zones.areas[at]);
            let corners = zones.shapes.get(at).points().iter().flat_map(|point| [point.x.to_bits(), point.y.to_bits()]);
            (shown, corners.collect())
        };
        (0..zones.len()).map(row).collect()
    };
    let (one, other) = (rows(one), rows(other));
    let texts = |rows: &[(String, Vec<u64>)]| rows.iter().map(|row| row.0.clone()).collect::<Vec<_>>();
    lists(&say!("grade zones", "级别范围"), &texts(&one), &texts(&other), &|row: &String| row.clone()).or_else(|| {
        let at = one.iter().zip(&other).position(|(one, other)| one.1 != other.1)?;
        let zone = &one[at].0;
        Some(say!("grade zone {zone}: its corners differ", "级别范围 {zone}:界址点不同"))
    })
}

/// Two lists, compared as they are shown: numbers are shown to the last bit.
pub(super) fn lists<T>(what: &Text, one: &[T], other: &[T], show: &dyn Fn(&T) -> String) -> Option<Text> {
    let longest = one.len().max(other.len());
    let at = |rows: &[T], at: usize| rows.get(at).map_or_else(|| "–".to_string(), show);
    let (one, other) = (0..longest).map(|row| (at(one, row), at(other, row))).find(|(one, other)| one != other)?;
    let Text { en, zh } = what;
    Some(say!("{en}: {one} against {other}", "{zh}:{one} 与 {other} 不同"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Point;

    fn release() -> Release {
        let mut release = crate::release::fixture::full();
        let zones = &mut release.map.zones;
        zones.shapes.push_ring(&[(0.0, 0.0), (9.0, 0.0), (0.0, 9.0), (0.0, 0.0)].map(|(x, y)| Point::new(x, y)), true);
        zones.shapes.end_feature();
        (zones.uses, zones.grades, zones.units) = (vec![0], vec![1], vec![2]);
        (zones.areas, zones.unit_areas) = (vec![40.5], vec![40.5]);
        release
    }

    #[test]
    fn a_corner_moved_by_a_hair_is_told() {
        let (one, mut other) = (release(), release());
        assert_eq!(first(&one, &other), None);
        other.map.zones.shapes.points_mut()[1].x += 1e-9;
        assert!(first(&one, &other).unwrap().en.contains("corners differ"));
        other.map.zones.areas[0] = 40.4;
        assert!(
            first(&one, &other).unwrap().en.ends_with("2 40.5 against residential 1: 2 40.4"),
            "{:?}",
            first(&one, &other)
        );
    }

    #[test]
    fn a_release_sealed_without_a_map_is_not_held_against_one_with_it() {
        let (mut one, other) = (release(), release());
        one.map = Default::default();
        assert_eq!(first(&one, &other), None);
        assert!(first(&other, &one).is_some());
    }
}
