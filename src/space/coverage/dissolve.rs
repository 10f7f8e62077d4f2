//! Joins the polygons of one label into single-part polygons, one for each connected piece.

use super::simplify::Kept;
use super::{Coverage, NONE, Point, Sets};
use crate::space::measure::{Side, ring_side};
use crate::space::{Extent, Kind, Shapes};
use std::collections::BTreeMap;

/// Polygons of one part each, by label and then by the first feature in them.
pub struct Zones {
    pub labels: Vec<u32>,
    pub shapes: Shapes,
    /// The zone each feature lies in, by its first part; `u32::MAX` for those without a label.
    pub zone_of: Vec<u32>,
}

/// A piece's rings: exteriors and holes, each with twice the area it encloses.
#[derive(Default)]
struct Outline<'a> {
    exteriors: Vec<&'a [u32]>,
    holes: Vec<&'a [u32]>,
}

impl Coverage {
    /// Joins features by label; features with label 0 are left out. A `tolerance` above 0 simplifies every line between two labels once,
    /// by that many metres at most and never so that lines come to cross.
    pub fn dissolve(&self, labels: &[u32], tolerance: f64) -> Zones {
        let lines = || {
            let bounding = self.bounding(labels);
            let rings = self.rings(&bounding, |edge| labels[self.feature_of(edge)]);
            let kept = (tolerance > 0.0).then(|| Kept::new(self, &rings, labels, tolerance));
            (rings, kept)
        };
        let ((rings, kept), pieces) = crate::scale::both(lines, || self.pieces(labels));
        let mut outlines: BTreeMap<(u32, u32), Outline> = BTreeMap::new();
        for edges in rings.iter() {
            let key = (labels[self.feature_of(edges[0])], pieces[self.part[edges[0] as usize] as usize]);
            let outline = outlines.entry(key).or_default();
            if self.twice_area(edges) > 0.0 { outline.exteriors.push(edges) } else { outline.holes.push(edges) }
        }
        let mut zones =
            Zones { labels: Vec::new(), shapes: Shapes::new(Kind::Polygon), zone_of: vec![NONE; self.features] };
        let mut zone_of_piece = vec![NONE; pieces.len()];
        let mut points = Vec::new();
        for ((label, piece), outline) in &outlines {
            zone_of_piece[*piece as usize] = zones.labels.len() as u32;
            let homes = self.homes(outline);
            for (at, exterior) in outline.exteriors.iter().enumerate() {
                self.draw(exterior, kept.as_ref(), &mut points);
                zones.shapes.push_ring(&points, true);
                for (hole, _) in outline.holes.iter().zip(&homes).filter(|(_, home)| **home == at) {
                    self.draw(hole, kept.as_ref(), &mut points);
                    zones.shapes.push_ring(&points, false);
                }
                zones.shapes.end_feature();
                zones.labels.push(*label);
            }
        }
        for (part, &feature) in self.feature.iter().enumerate().rev() {
            zones.zone_of[feature as usize] = zone_of_piece[pieces[part] as usize];
        }
        zones
    }

    /// The half-edges between a label and what is not of that label.
    pub(super) fn bounding(&self, labels: &[u32]) -> Vec<u32> {
        let chosen = crate::scale::chunks(self.len(), 1 << 16, |chunk| {
            let bounds = |&edge: &u32| {
                let label = labels[self.feature_of(edge)];
                label != 0 && self.beside(edge).is_none_or(|feature| labels[feature] != label)
            };
            (chunk.start as u32..chunk.end as u32).filter(bounds).collect::<Vec<u32>>()
        });
        chosen.into_iter().flatten().collect()
    }

    /// For each part the first feature of its piece: the parts of one label that shared edges connect.
    pub(super) fn pieces(&self, labels: &[u32]) -> Vec<u32> {
        let mut sets = Sets::new(self.feature.len());
        for edge in 0..self.len() as u32 {
            let twin = self.twin[edge as usize];
            if twin != NONE && twin > edge && labels[self.feature_of(edge)] == labels[self.feature_of(twin)] {
                sets.join(self.part[edge as usize], self.part[twin as usize]);
            }
        }
        (0..self.feature.len() as u32).map(|part| sets.of(part)).collect()
    }

    /// Which of a piece's exterior rings each hole lies in. A piece has one, save where a feature touches itself.
    fn homes(&self, outline: &Outline<'_>) -> Vec<usize> {
        if outline.exteriors.len() < 2 {
            return vec![0; outline.holes.len()];
        }
        let drawn = outline.exteriors.iter().map(|exterior| {
            let mut ring = Vec::new();
            self.draw(exterior, None, &mut ring);
            (Extent::of(&ring), ring)
        });
        let drawn: Vec<(Extent, Vec<Point>)> = drawn.collect();
        let home = |hole: &&[u32]| {
            let inside = |(extent, ring): &(Extent, Vec<Point>)| {
                let mut places = hole.iter().map(|&edge| self.ends(edge).0);
                extent.contains(self.ends(hole[0]).0)
                    && places.find_map(|place| match ring_side(ring, place) {
                        Side::Edge => None,
                        side => Some(side == Side::Inside),
                    }) == Some(true)
            };
            drawn.iter().position(inside).unwrap_or(0)
        };
        outline.holes.iter().map(home).collect()
    }

    /// A ring's closed sequence of points, of those kept.
    fn draw(&self, edges: &[u32], kept: Option<&Kept>, points: &mut Vec<Point>) {
        points.clear();
        let starts = edges.iter().map(|&edge| self.from[edge as usize]);
        let chosen = starts.filter(|&vertex| kept.is_none_or(|kept| kept.holds(vertex)));
        points.extend(chosen.map(|vertex| self.vertices[vertex as usize]));
        points.extend(points.first().copied());
    }

    /// Twice the area a ring encloses, below 0 where it runs clockwise.
    fn twice_area(&self, edges: &[u32]) -> f64 {
        let (origin, _) = self.ends(edges[0]);
        let cross = |&edge: &u32| {
            let (a, b) = self.ends(edge);
            (a.x - origin.x) * (b.y - origin.y) - (b.x - origin.x) * (a.y - origin.y)
        };
        edges.iter().map(cross).sum()
    }
}
