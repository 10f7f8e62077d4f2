//! The sources of a group that can matter inside a window, where barriers stand: sources in sight, and the stops of ways to others.
//!
//! A candidate that no wall can part from any place of the window counts as it is. For the others the walls that could are kept, and a
//! place asks only whether the best candidate left is in sight.

use super::near::distances;
use super::{Decisive, Group, NearGroup};
use crate::factors::barrier::{self, Barriers, Ways};
use crate::space::{Extent, Point, measure};
use std::sync::Arc;

/// The barriers of a group with its ways past them.
pub struct Barred {
    pub barriers: Arc<Barriers>,
    pub ways: Ways,
}

/// A source or a stop.
#[derive(Clone, Copy)]
struct Candidate {
    a: Point,
    b: Point,
    strength: f64,
    behind: f64,
    feature: u32,
    crossing: Option<u32>,
    /// The highest and the sure level in the window.
    highest: f64,
    sure: f64,
    /// Its walls in `walls`.
    walls: (u32, u32),
}

/// Scratch arrays for one group and window, reused from window to window.
#[derive(Default)]
pub struct NearBarred {
    candidates: Vec<Candidate>,
    kept: Vec<Candidate>,
    walls: Vec<[Point; 2]>,
    polygons: Vec<u32>,
    found: Vec<u32>,
    levels: Vec<f64>,
    hull: Vec<[Point; 2]>,
}

impl NearBarred {
    /// Gathers the candidates that can matter inside the window.
    pub fn gather(&mut self, group: &Group, window: Extent) {
        let barred = group.barred.as_ref().expect("every group of a barred factor has its barriers");
        self.candidates.clear();
        let within = window.grown(group.law.radius + group.half_width);
        group.index.touching(within, &mut self.found);
        for &number in &self.found {
            let segment = group.sources.segments[number as usize];
            let (strength, feature) = (segment.strength, segment.feature);
            self.candidates.extend(candidate(group, window, segment.a, segment.b, strength, 0.0, feature, None));
        }
        barred.ways.touching(within, &mut self.found);
        for &number in &self.found {
            let stop = barred.ways.stops[number as usize];
            let (place, strength) = (stop.place, stop.strength);
            let made = candidate(group, window, place, place, strength, stop.behind, stop.feature, stop.crossing);
            self.candidates.extend(made);
        }
        self.polygons.clear();
        if let Some(polygons) = &group.sources.polygons {
            polygons.index.touching(window, &mut self.polygons);
        }
        self.choose(&barred.barriers, window);
    }

    /// Keeps what no sure candidate beats everywhere, with the walls that may stand before it.
    fn choose(&mut self, barriers: &Barriers, window: Extent) {
        let NearBarred { candidates, kept, walls, found, hull, .. } = self;
        kept.clear();
        walls.clear();
        // From the surest down: the first that no wall can hide rules out all that cannot beat it.
        candidates.sort_by(|one, other| {
            other
                .sure
                .total_cmp(&one.sure)
                .then(other.highest.total_cmp(&one.highest))
                .then(one.feature.cmp(&other.feature))
        });
        let mut surest = f64::NEG_INFINITY;
        for candidate in candidates.iter() {
            if candidate.highest < surest {
                continue;
            }
            let mut candidate = *candidate;
            let start = walls.len();
            barriers.touching(window.union(Extent::of(&[candidate.a, candidate.b])), found);
            if !found.is_empty() {
                self::hull(window, candidate.a, candidate.b, hull);
                let between = found.iter().map(|&wall| barriers.wall(wall));
                walls.extend(between.filter(|wall| may_part(*wall, hull)));
            }
            candidate.walls = (start as u32, walls.len() as u32);
            if walls.len() == start {
                surest = surest.max(candidate.sure);
            }
            kept.push(candidate);
        }
        kept.retain(|candidate| candidate.highest >= surest);
        // Of equal effects the first feature's counts, whatever the window.
        kept.sort_by(|one, other| one.feature.cmp(&other.feature).then(one.behind.total_cmp(&other.behind)));
    }
}

impl NearGroup for NearBarred {
    type Spot = Point;

    fn effect<const RECORD: bool>(&mut self, group: &Group, place: Point) -> (f64, Option<Decisive>) {
        let law = group.law;
        let off = |distance: f64| (distance - group.half_width).max(0.0);
        self.levels.clear();
        self.levels.extend(self.kept.iter().map(|candidate| {
            let straight = measure::squared_distance_to_segment(place, candidate.a, candidate.b).sqrt();
            law.level(candidate.strength, off(straight + candidate.behind))
        }));
        let mut best = None;
        loop {
            let highest = self.levels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            if highest == f64::NEG_INFINITY {
                break;
            }
            let at = self.levels.iter().position(|&level| level == highest).expect("the greatest is among them");
            let candidate = &self.kept[at];
            let foot = barrier::foot(place, candidate.a, candidate.b);
            let (start, end) = candidate.walls;
            if !self.walls[start as usize..end as usize].iter().any(|wall| barrier::parts(*wall, place, foot)) {
                best = Some((highest, *candidate, foot.distance(place)));
                break;
            }
            self.levels[at] = f64::NEG_INFINITY;
        }
        let mut level = best.map_or(f64::NEG_INFINITY, |(level, ..)| level);
        let mut decisive = best.filter(|_| RECORD).map(|(_, candidate, straight)| {
            (candidate.feature, straight + candidate.behind, candidate.behind > 0.0, candidate.crossing)
        });
        if let Some(polygons) = &group.sources.polygons {
            for &number in &self.polygons {
                let inside = law.level(polygons.strengths[number as usize], 0.0);
                if inside > level && measure::covers(polygons.shapes.get(number as usize), place) {
                    (level, decisive) =
                        (inside, RECORD.then_some((polygons.features[number as usize], 0.0, false, None)));
                }
            }
        }
        let effect = law.effect(level);
        let decisive = decisive.map(|(feature, to_axis, detour, crossing)| Decisive {
            feature,
            to_axis,
            distance: off(to_axis),
            function_score: group.function_score(feature),
            effect,
            detour,
            crossing,
            network: None,
        });
        (effect, decisive)
    }
}

#[expect(clippy::too_many_arguments, reason = "the columns of a candidate, from a source or from a stop")]
fn candidate(
    group: &Group,
    window: Extent,
    a: Point,
    b: Point,
    strength: f64,
    behind: f64,
    feature: u32,
    crossing: Option<u32>,
) -> Option<Candidate> {
    let (nearest, farthest) = distances(window, a, b);
    let law = group.law;
    // Slack for rounding: a bound may only err on the side of keeping a candidate.
    let near = ((nearest + behind) * (1.0 - 1e-9) - group.half_width).max(0.0);
    let far = ((farthest + behind) * (1.0 + 1e-9) - group.half_width).max(0.0);
    if near > law.radius || strength == f64::NEG_INFINITY {
        return None;
    }
    let (highest, sure) = match strength >= 0.0 {
        true => (strength * (1.0 - near / law.radius) + 1e-9, law.level(strength, far) - 1e-9),
        // A function score below 1 under the exponential form rises with distance: nothing can be ruled out.
        false => (f64::INFINITY, f64::NEG_INFINITY),
    };
    Some(Candidate { a, b, strength, behind, feature, crossing, highest, sure, walls: (0, 0) })
}

/// The lines that bound the hull of a window and a segment, each with the hull to its left or on it.
fn hull(window: Extent, a: Point, b: Point, lines: &mut Vec<[Point; 2]>) {
    let (low, high) = (window.min, window.max);
    let corners = [low, Point::new(high.x, low.y), high, Point::new(low.x, high.y), a, b];
    lines.clear();
    for &start in &corners {
        for &end in corners.iter().filter(|&&end| end != start) {
            if corners.iter().all(|&corner| barrier::side(start, end, corner) >= 0.0) {
                lines.push([start, end]);
            }
        }
    }
}

/// Whether a wall may stand between some place of the window and the segment: not where it lies wholly beyond a line of their hull.
fn may_part([from, to]: [Point; 2], hull: &[[Point; 2]]) -> bool {
    let beyond =
        |[start, end]: [Point; 2]| barrier::side(start, end, from) < 0.0 && barrier::side(start, end, to) < 0.0;
    !hull.iter().any(|line| beyond(*line))
}
