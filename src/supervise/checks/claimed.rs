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

/// What units of both releases share, above so many m² each. Where a release has units of several uses on one ground, that ground counts
/// once for each pair of equal uses.
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
    let area = found.iter().map(|pair| pair.0).sum();
    let worst = [one.units.ids.show(a).to_string(), other.units.ids.show(b).to_string()];
    Ok(Some(Claimed { area, pairs: found.len(), worst }))
}

fn near(shapes: &Shapes, extent: Extent) -> Vec<usize> {
    (0..shapes.len()).filter(|&unit| shapes.get(unit).extent().touches(extent)).collect()
}
