//! Ground that the newest releases of two districts both hold.

use crate::ingest::overlaps::overlapping;
use crate::land::Outcome;
use crate::release::Release;
use crate::space::crs::Transform;
use crate::space::{Extent, Kind, Shapes, measure};

/// The ground of a use in both districts.
#[derive(Clone, Debug, PartialEq)]
pub struct Claimed {
    /// m².
    pub area: f64,
    /// Pairs of units, and the identifiers of the two that share most.
    pub pairs: usize,
    pub worst: [String; 2],
}

/// What units of both releases share, above so many m² each. Where a release has units of several uses on one ground, that of the
/// use with most of it counts.
///
/// # Errors
/// What transforming coordinates says; `cancelled`.
pub fn claimed(one: &Release, other: &Release, least: f64) -> Outcome<Option<Claimed>> {
    let [Some(first), Some(second)] = [one, other].map(|release| release.units.shapes.as_ref()) else {
        return Ok(None);
    };
    let mut moved = second.clone();
    if !one.head.crs.same_as(&other.head.crs) {
        Transform::new(&other.head.crs, &one.head.crs)?.apply(moved.points_mut())?;
    }
    let mut shapes = Shapes::new(Kind::Polygon);
    let (from_one, from_other) = (near(first, moved.extent()), near(&moved, first.extent()));
    from_one.iter().for_each(|&unit| shapes.push_shape(first.get(unit)));
    from_other.iter().for_each(|&unit| shapes.push_shape(moved.get(unit)));
    let areas: Vec<f64> = shapes.iter().map(measure::area).collect();
    let border = from_one.len();
    let key = |release: &Release, unit: usize| release.uses[usize::from(release.units.uses[unit])].key.clone();
    let found = overlapping(&shapes, &areas, least)?.into_iter().filter_map(|pair| {
        let (a, b) = (pair.one as usize, pair.other as usize);
        let across = a < border && b >= border;
        let (a, b) = across.then(|| (from_one[a], from_other[b - border]))?;
        (key(one, a) == key(other, b)).then_some((pair.area, a, b))
    });
    let found: Vec<(f64, usize, usize)> = found.collect();
    let Some((_, a, b)) = found.iter().copied().max_by(|a, b| a.0.total_cmp(&b.0)) else { return Ok(None) };
    // Layers of several uses lie upon one ground: that of the use with most of it is all there is, or nearly.
    let mut by_use: std::collections::BTreeMap<u8, f64> = std::collections::BTreeMap::new();
    found.iter().for_each(|(area, unit, _)| *by_use.entry(one.units.uses[*unit]).or_default() += area);
    let stacked = is_stacked(one) || is_stacked(other);
    let area = if stacked { by_use.values().copied().fold(0.0, f64::max) } else { by_use.values().sum() };
    let worst = [one.units.ids.show(a).to_string(), other.units.ids.show(b).to_string()];
    Ok(Some(Claimed { area, pairs: found.len(), worst }))
}

/// Whether a release has ground under units of several uses: then its units have more area together than the range they lie in.
fn is_stacked(release: &Release) -> bool {
    let areas = release.units.shapes.as_ref().map_or(0.0, |shapes| shapes.iter().map(measure::area).sum::<f64>());
    let mut by_use = vec![0.0_f64; release.uses.len()];
    for (unit, area) in release.units.areas.iter().enumerate() {
        by_use[usize::from(release.units.uses[unit])] += if area.is_nan() { 0.0 } else { *area };
    }
    let wide = release.units.shapes.as_ref().map_or(0.0, |shapes| {
        let extent = shapes.extent();
        (extent.max.x - extent.min.x) * (extent.max.y - extent.min.y)
    });
    by_use.iter().filter(|area| **area > 0.0).count() > 1 && areas > wide
}

fn near(shapes: &Shapes, extent: Extent) -> Vec<usize> {
    (0..shapes.len()).filter(|&unit| shapes.get(unit).extent().touches(extent)).collect()
}
