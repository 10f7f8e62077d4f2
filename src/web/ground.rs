//! What lies under the prices: water, roads and districts, as print sheets have them.

use super::places::Carry;
use crate::land::Outcome;
use crate::release::Release;
use crate::sheets::Layout;
use crate::sheets::layout::Draw;
use crate::sheets::underlay::Underlay;
use crate::space::{Extent, Kind, Point, Shapes, measure};
use serde_json::{Value, json};

/// In degrees; the borders of districts are lines.
pub(super) struct Ground {
    pub water: Shapes,
    pub rivers: Shapes,
    pub roads: Shapes,
    pub districts: Shapes,
    /// Names of districts and of whatever else the layout names, and a point inside each.
    pub names: Vec<String>,
    pub places: Shapes,
}

impl Ground {
    /// # Errors
    /// As [`Underlay::of`]; what bringing the shapes to degrees says.
    pub fn of(release: &Release, layout: &Layout, carried: Carry<'_>) -> Outcome<Ground> {
        let underlay = Underlay::of(release, layout)?;
        let mut all =
            [Shapes::new(Kind::Polygon), Shapes::new(Kind::Line), Shapes::new(Kind::Line), Shapes::new(Kind::Line)];
        for (draw, shapes) in underlay.drawn() {
            let into = match (draw, shapes.kind) {
                (Draw::Water, Kind::Polygon) => &mut all[0],
                (Draw::Water, _) => &mut all[1],
                (Draw::Road, _) => &mut all[2],
                (Draw::District, _) => &mut all[3],
            };
            for shape in shapes.iter() {
                for ring in shape.rings() {
                    into.push_ring(ring.points, ring.outer || into.kind == Kind::Line);
                }
                into.end_feature();
            }
        }
        let named = underlay.names().filter(|(_, name)| !name.trim().is_empty());
        let named = named.filter_map(|(shape, name)| Some((name, measure::point_on_surface(shape)?)));
        let (names, places): (Vec<String>, Vec<Point>) = named.unzip();
        let [water, rivers, roads, districts] = &all;
        Ok(Ground {
            water: carried(water)?,
            rivers: carried(rivers)?,
            roads: carried(roads)?,
            districts: carried(districts)?,
            names,
            places: carried(&Shapes::of_points(places))?,
        })
    }

    /// What of it there is.
    pub fn told(&self) -> Value {
        json!({
            "water": !self.water.is_empty() || !self.rivers.is_empty(),
            "roads": !self.roads.is_empty(), "districts": !self.districts.is_empty(),
            "names": self.names,
        })
    }

    /// An extent with everything there is of it.
    pub fn around(&self, extent: Extent) -> Extent {
        let all = [&self.water, &self.rivers, &self.roads, &self.districts, &self.places];
        all.iter().filter(|shapes| !shapes.is_empty()).fold(extent, |extent, shapes| extent.union(shapes.extent()))
    }
}
