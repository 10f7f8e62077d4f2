//! How many directions have a road near a place, and the coefficient for that (方向系数): one reading of the standard's "direction and
//! through coefficient", by the bearing of each road's nearest point.

use super::Reach;
use crate::project::plan::DirectionsPlan;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Point};

/// The roads of a factor and its coefficients.
pub struct Directions {
    pub plan: DirectionsPlan,
    /// Feature by feature.
    pieces: Vec<Piece>,
    widest: f64,
    index: BoxIndex,
}

/// A piece of a road.
#[derive(Clone, Copy)]
struct Piece {
    a: Point,
    b: Point,
    feature: u32,
    /// Squared metres from the axis within which the road counts.
    within: f64,
}

/// The pieces near a window.
#[derive(Default)]
pub struct NearDirections {
    found: Vec<u32>,
}

/// The directions that have a road at a place, and what that makes of its score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Through {
    /// North, east, south, west.
    pub directions: [bool; 4],
    pub coefficient: f64,
}

impl Directions {
    /// Of the roads in the groups of a factor; a road in several groups counts once, with its widest half width.
    pub fn new(plan: DirectionsPlan, reach: &Reach) -> Directions {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut widest = 0.0f64;
        for group in &reach.groups {
            let reach = plan.within + group.half_width;
            widest = widest.max(reach);
            pieces.extend(group.sources.segments.iter().map(|segment| Piece {
                a: segment.a,
                b: segment.b,
                feature: segment.feature,
                within: reach * reach,
            }));
        }
        // Stable: within a feature the pieces stay in the layer's order.
        pieces.sort_by_key(|piece| piece.feature);
        let index = BoxIndex::new(pieces.iter().map(|piece| Extent::of(&[piece.a, piece.b])));
        Directions { plan, pieces, widest, index }
    }
}

impl NearDirections {
    /// Gathers the pieces that can count inside the window.
    pub fn gather(&mut self, directions: &Directions, window: Extent) {
        directions.index.touching(window.grown(directions.widest), &mut self.found);
    }

    /// The directions at a place. Of each road the nearest point counts; a bearing between north-west and north-east is north, and so on
    /// round, those halfway belonging to north and south; so does a road under the place itself, to the north.
    pub fn through(&self, directions: &Directions, place: Point) -> Through {
        let mut held = [false; 4];
        let roads = self.found.chunk_by(|&one, &next| {
            directions.pieces[one as usize].feature == directions.pieces[next as usize].feature
        });
        for road in roads {
            let mut closest: Option<(f64, Point)> = None;
            for &number in road {
                let piece = directions.pieces[number as usize];
                let to = nearest(piece, place);
                let squared = to.x * to.x + to.y * to.y;
                if squared <= piece.within && closest.is_none_or(|(least, _)| squared < least) {
                    closest = Some((squared, to));
                }
            }
            if let Some((_, to)) = closest {
                held[sector(to)] = true;
            }
        }
        let count = held.iter().filter(|held| **held).count();
        Through { directions: held, coefficient: directions.plan.coefficients[count.saturating_sub(1)] }
    }
}

/// From the place to the nearest point of a piece.
fn nearest(piece: Piece, place: Point) -> Point {
    let (dx, dy) = (piece.b.x - piece.a.x, piece.b.y - piece.a.y);
    let squared = dx * dx + dy * dy;
    let (px, py) = (place.x - piece.a.x, place.y - piece.a.y);
    let along = if squared > 0.0 { ((px * dx + py * dy) / squared).clamp(0.0, 1.0) } else { 0.0 };
    Point::new(along * dx - px, along * dy - py)
}

/// 0 north, 1 east, 2 south, 3 west.
fn sector(to: Point) -> usize {
    match (to.x.abs() > to.y.abs(), to.x > 0.0, to.y >= 0.0) {
        (true, true, _) => 1,
        (true, false, _) => 3,
        (false, _, true) => 0,
        (false, _, false) => 2,
    }
}

#[cfg(test)]
#[path = "directions_tests.rs"]
mod tests;
