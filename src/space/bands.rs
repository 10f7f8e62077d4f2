//! A polygon cut into bands from south to north, so that a question about a place looks at the edges of its band only.

use super::measure::{covers, twice_signed_area};
use super::{Point, Ring, Shape};

/// Polygons of fewer corners are asked as they are.
const FEW: usize = 64;

/// A polygon that is asked often.
pub struct Bands<'a> {
    shape: Shape<'a>,
    south: f64,
    /// Bands in a metre; 0 where the polygon is asked as it is.
    per_metre: f64,
    /// Where the edges of each band begin.
    starts: Vec<u32>,
    edges: Vec<[Point; 2]>,
}

impl<'a> Bands<'a> {
    pub fn new(shape: Shape<'a>) -> Bands<'a> {
        let extent = shape.extent();
        let corners = shape.points().len();
        let count = corners / 4;
        let plain = Bands { shape, south: extent.min.y, per_metre: 0.0, starts: Vec::new(), edges: Vec::new() };
        let per_metre = count as f64 / extent.height();
        if corners < FEW || !(per_metre.is_finite() && per_metre > 0.0) {
            return plain;
        }
        let mut bands = Bands { per_metre, starts: vec![0; count + 2], ..plain };
        let all = || shape.rings().flat_map(|ring| ring.points.windows(2)).map(|pair| [pair[0], pair[1]]);
        for edge in all() {
            let (first, last) = bands.reach(edge, count);
            (first..=last).for_each(|band| bands.starts[band + 1] += 1);
        }
        for band in 0..=count {
            bands.starts[band + 1] += bands.starts[band];
        }
        let mut next = bands.starts.clone();
        bands.edges = vec![[Point::default(); 2]; bands.starts[count + 1] as usize];
        for edge in all() {
            let (first, last) = bands.reach(edge, count);
            for place in &mut next[first..=last] {
                bands.edges[*place as usize] = edge;
                *place += 1;
            }
        }
        bands
    }

    fn band(&self, y: f64, count: usize) -> usize {
        (((y - self.south) * self.per_metre).max(0.0) as usize).min(count)
    }

    fn reach(&self, [a, b]: [Point; 2], count: usize) -> (usize, usize) {
        (self.band(a.y.min(b.y), count), self.band(a.y.max(b.y), count))
    }

    /// As [`covers`]: inside, or on an edge.
    pub fn covers(&self, place: Point) -> bool {
        if self.per_metre == 0.0 {
            return covers(self.shape, place);
        }
        let count = self.starts.len() - 2;
        let band = self.band(place.y, count);
        let mut inside = false;
        for [a, b] in &self.edges[self.starts[band] as usize..self.starts[band + 1] as usize] {
            if (a.y > place.y) == (b.y > place.y) {
                let level = a.y == place.y && b.y == place.y && a.x.min(b.x) <= place.x && place.x <= a.x.max(b.x);
                if level || *a == place || *b == place {
                    return true;
                }
                continue;
            }
            let turn = (b.x - a.x) * (place.y - a.y) - (place.x - a.x) * (b.y - a.y);
            if turn == 0.0 {
                return true;
            }
            inside ^= (turn > 0.0) == (b.y > a.y);
        }
        inside
    }
}

/// The edges of a ring with the inside of its polygon to the left, edges of no length left out.
pub(super) fn oriented(ring: Ring<'_>) -> impl Iterator<Item = [Point; 2]> + '_ {
    let is_turned = (twice_signed_area(ring.points) > 0.0) != ring.outer;
    let pairs = ring.points.windows(2).filter(|pair| pair[0] != pair[1]);
    pairs.map(move |pair| if is_turned { [pair[1], pair[0]] } else { [pair[0], pair[1]] })
}

#[cfg(test)]
#[path = "bands_tests.rs"]
mod tests;
