//! The order of places along a Hilbert curve: neighbours in the order are neighbours on the map, so that chunks of it share candidates.

use super::{Extent, Point};

/// The places' numbers in Hilbert order; places of one cell keep the order they have.
pub fn order(places: &[Point]) -> Vec<u32> {
    let extent = Extent::of(places);
    let scale = |length: f64| if length > 0.0 { 65_535.0 / length } else { 0.0 };
    let (sx, sy) = (scale(extent.width()), scale(extent.height()));
    let mut keyed: Vec<u64> = places
        .iter()
        .enumerate()
        .map(|(number, place)| {
            let x = ((place.x - extent.min.x) * sx) as u32;
            let y = ((place.y - extent.min.y) * sy) as u32;
            (u64::from(position(x, y)) << 32) | number as u64
        })
        .collect();
    keyed.sort_unstable();
    keyed.into_iter().map(|key| key as u32).collect()
}

/// The distance along a Hilbert curve of order 16 at cell (x, y).
fn position(x: u32, y: u32) -> u32 {
    let (mut x, mut y, mut along) = (x, y, 0u32);
    let mut side = 1u32 << 15;
    while side > 0 {
        let (right, upper) = (u32::from(x & side > 0), u32::from(y & side > 0));
        along = along.wrapping_add(side.wrapping_mul(side).wrapping_mul((3 * right) ^ upper));
        if upper == 0 {
            if right == 1 {
                x = !x & 0xffff;
                y = !y & 0xffff;
            }
            std::mem::swap(&mut x, &mut y);
        }
        side >>= 1;
    }
    along
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_step_of_the_curve_goes_to_a_neighbour() {
        let mut cells: Vec<(u32, u32, u32)> =
            (0..32).flat_map(|x| (0..32).map(move |y| (position(x, y), x, y))).collect();
        cells.sort_unstable();
        for pair in cells.windows(2) {
            assert_eq!(pair[0].1.abs_diff(pair[1].1) + pair[0].2.abs_diff(pair[1].2), 1);
        }
    }

    #[test]
    fn the_order_holds_every_place_once() {
        let places: Vec<Point> =
            (0..500).map(|n| Point::new(f64::from(n * 7919 % 101), f64::from(n * 104_729 % 97))).collect();
        let mut order = order(&places);
        order.sort_unstable();
        assert_eq!(order, (0..500).collect::<Vec<u32>>());
    }
}
