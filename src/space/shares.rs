//! Which of some large polygons a small one lies in, and with how much of its area.

use super::index::BoxIndex;
use super::overlap::{Overlap, ZonePart};
use super::{Extent, Shape, Shapes};

/// A window reaches this many times the larger side of a polygon beyond it: those that follow mostly lie near.
const REACH: f64 = 8.0;

/// Large polygons, such as districts, to find the shares of small ones in.
pub struct Shares<'a> {
    zones: &'a Shapes,
    index: BoxIndex,
}

/// What a worker keeps between calls: the large polygons as far as they reach into a window.
#[derive(Default)]
pub struct Nearby {
    window: Option<Extent>,
    parts: Vec<(u32, ZonePart)>,
    found: Vec<u32>,
    kernel: Overlap,
}

impl<'a> Shares<'a> {
    pub fn new(zones: &'a Shapes) -> Shares<'a> {
        Shares { zones, index: BoxIndex::of_shapes(zones) }
    }

    /// The large polygons that a polygon of `area` m² shares ground with, ascending, each with the m² in common. Fastest where
    /// polygons asked for one after the other lie near each other; the answer is the same.
    pub fn of(&self, near: &mut Nearby, shape: Shape<'_>, area: f64) -> Vec<(u32, f64)> {
        let extent = shape.extent();
        if extent.is_empty() {
            return Vec::new();
        }
        if near.window.is_none_or(|window| !(window.contains(extent.min) && window.contains(extent.max))) {
            self.gather(near, extent);
        }
        let shares = near.parts.iter().map(|(zone, part)| (*zone, near.kernel.area(shape, area, extent, part)));
        shares.filter(|(_, area)| *area > 0.0).collect()
    }

    fn gather(&self, near: &mut Nearby, extent: Extent) {
        let side = (extent.max.x - extent.min.x).max(extent.max.y - extent.min.y);
        let window = extent.grown(side * REACH);
        self.index.touching(window, &mut near.found);
        near.parts.clear();
        let parts = near.found.iter().map(|&zone| (zone, ZonePart::new(self.zones.get(zone as usize), window)));
        near.parts.extend(parts.filter(|(_, part)| !part.is_empty()));
        near.window = Some(window);
    }
}

#[cfg(test)]
#[path = "shares_tests.rs"]
mod tests;
