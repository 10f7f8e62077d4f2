//! The sources of a group that can matter inside a window, laid out for a fast search.
//!
//! The window holds neighbouring units. A source stays only if, somewhere in the window, it could be the one with the greatest effect:
//! its effect at the window's nearest point must not be below what another source is sure to have at the window's farthest. So the choice
//! of windows changes the time, never the result.

use super::{Decisive, Group, NearGroup};
use crate::space::{Extent, Point, measure};

/// Scratch arrays for one group and window, reused from window to window.
#[derive(Default)]
pub struct Near {
    ax: Vec<f64>,
    ay: Vec<f64>,
    dx: Vec<f64>,
    dy: Vec<f64>,
    /// 1 / squared length; 0 for a point.
    inverse: Vec<f64>,
    strength: Vec<f64>,
    feature: Vec<u32>,
    /// Whether every source here has the same strength: then the nearest decides.
    uniform: bool,
    points_only: bool,
    polygons: Vec<u32>,
    found: Vec<u32>,
    bounds: Vec<(f64, f64)>,
    levels: Vec<f64>,
}

impl NearGroup for Near {
    type Spot = Point;

    /// Of equal effects the first source in the layer's order counts.
    #[inline]
    fn effect<const RECORD: bool>(&mut self, group: &Group, place: Point) -> (f64, Option<Decisive>) {
        let law = group.law;
        let mut best = f64::NEG_INFINITY;
        let mut decisive = None;
        if !self.strength.is_empty() {
            self.squared_distances(place);
            if self.uniform {
                let squared = self.levels.iter().copied().fold(f64::INFINITY, f64::min);
                let distance = off_edge(squared, group.half_width);
                best = law.level(self.strength[0], distance);
                if RECORD {
                    let at = self.levels.iter().position(|&value| value == squared).expect("the least is among them");
                    decisive = Some((self.feature[at], squared.sqrt(), distance));
                }
            } else {
                let squared = RECORD.then(|| self.levels.clone());
                for (level, &strength) in self.levels.iter_mut().zip(&self.strength) {
                    *level = law.level(strength, off_edge(*level, group.half_width));
                }
                best = self.levels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                if let Some(squared) = squared {
                    let at = self.levels.iter().position(|&value| value == best).expect("the greatest is among them");
                    decisive = Some((self.feature[at], squared[at].sqrt(), off_edge(squared[at], group.half_width)));
                }
            }
        }
        if let (false, Some(polygons)) = (self.polygons.is_empty(), &group.sources.polygons) {
            for &number in &self.polygons {
                let strength = polygons.strengths[number as usize];
                let level = law.level(strength, 0.0);
                if level > best && measure::covers(polygons.shapes.get(number as usize), place) {
                    best = level;
                    if RECORD {
                        decisive = Some((polygons.features[number as usize], 0.0, 0.0));
                    }
                }
            }
        }
        let effect = law.effect(best);
        let decisive = decisive.filter(|_| best > f64::NEG_INFINITY).map(|(feature, to_axis, distance)| Decisive {
            feature,
            to_axis,
            distance,
            function_score: group.function_score(feature),
            effect,
            detour: false,
            crossing: None,
            network: None,
        });
        (effect, decisive)
    }
}

impl Near {
    /// Gathers the sources that can matter inside the window.
    pub fn gather(&mut self, group: &Group, window: Extent) {
        let within = window.grown(group.law.radius + group.half_width);
        group.index.touching(within, &mut self.found);
        self.polygons.clear();
        if let Some(polygons) = &group.sources.polygons {
            let mut inside = std::mem::take(&mut self.polygons);
            polygons.index.touching(window, &mut inside);
            self.polygons = inside;
        }
        let surest = self.bound(group, window);
        self.clear();
        let Near { found, bounds, .. } = self;
        let (found, bounds) = (std::mem::take(found), std::mem::take(bounds));
        for (&number, &(highest, _)) in found.iter().zip(&bounds) {
            if highest >= surest && highest > f64::NEG_INFINITY {
                let segment = group.sources.segments[number as usize];
                let (dx, dy) = (segment.b.x - segment.a.x, segment.b.y - segment.a.y);
                let squared = dx * dx + dy * dy;
                self.ax.push(segment.a.x);
                self.ay.push(segment.a.y);
                self.dx.push(dx);
                self.dy.push(dy);
                self.inverse.push(if squared > 0.0 { 1.0 / squared } else { 0.0 });
                self.strength.push(segment.strength);
                self.feature.push(segment.feature);
            }
        }
        (self.found, self.bounds) = (found, bounds);
        self.uniform = self.strength.windows(2).all(|pair| pair[0] == pair[1]);
        self.points_only = self.inverse.iter().all(|&inverse| inverse == 0.0);
    }

    /// Squared distances from a place to every gathered source, into `levels`.
    fn squared_distances(&mut self, place: Point) {
        self.levels.clear();
        let starts = self.ax.iter().zip(&self.ay);
        if self.points_only {
            self.levels.extend(starts.map(|(ax, ay)| {
                let (px, py) = (place.x - ax, place.y - ay);
                px * px + py * py
            }));
            return;
        }
        let steps = self.dx.iter().zip(&self.dy).zip(&self.inverse);
        self.levels.extend(starts.zip(steps).map(|((ax, ay), ((dx, dy), inverse))| {
            let (px, py) = (place.x - ax, place.y - ay);
            let along = ((px * dx + py * dy) * inverse).clamp(0.0, 1.0);
            let (x, y) = (px - along * dx, py - along * dy);
            x * x + y * y
        }));
    }

    /// For each found source its highest and its sure level in the window, into `bounds`; gives the greatest sure level.
    fn bound(&mut self, group: &Group, window: Extent) -> f64 {
        self.bounds.clear();
        let mut surest = f64::NEG_INFINITY;
        for &number in &self.found {
            let segment = group.sources.segments[number as usize];
            let (nearest, farthest) = distances(window, segment.a, segment.b);
            let law = group.law;
            // Slack for rounding: a bound may only err on the side of keeping a source.
            let near = (nearest * (1.0 - 1e-9) - group.half_width).max(0.0);
            let far = (farthest * (1.0 + 1e-9) - group.half_width).max(0.0);
            let (highest, sure) = if near > law.radius {
                (f64::NEG_INFINITY, f64::NEG_INFINITY)
            } else if segment.strength >= 0.0 {
                (segment.strength * (1.0 - near / law.radius) + 1e-9, law.level(segment.strength, far) - 1e-9)
            } else {
                // A function score below 1 under the exponential form rises with distance: nothing can be ruled out.
                (f64::INFINITY, f64::NEG_INFINITY)
            };
            let highest = if segment.strength == f64::NEG_INFINITY { f64::NEG_INFINITY } else { highest };
            surest = surest.max(sure);
            self.bounds.push((highest, sure));
        }
        surest
    }

    fn clear(&mut self) {
        let columns = [&mut self.ax, &mut self.ay, &mut self.dx, &mut self.dy, &mut self.inverse, &mut self.strength];
        columns.into_iter().for_each(Vec::clear);
        self.feature.clear();
    }
}

fn off_edge(squared: f64, half_width: f64) -> f64 {
    (squared.sqrt() - half_width).max(0.0)
}

/// A lower bound of the distance from any point of the window to the segment, and an upper bound.
pub(super) fn distances(window: Extent, a: Point, b: Point) -> (f64, f64) {
    let centre = Point { x: (window.min.x + window.max.x) / 2.0, y: (window.min.y + window.max.y) / 2.0 };
    let half_diagonal = centre.distance(window.max);
    let to_centre = measure::squared_distance_to_segment(centre, a, b).sqrt();
    ((to_centre - half_diagonal).max(0.0), to_centre + half_diagonal)
}
