//! Where the zones of the release before are named on the map: a point inside each, with its use and its grade.

use crate::compare::Comparison;
use crate::formats::geojson;
use crate::land::Outcome;
use crate::space::crs::transform;
use crate::space::{Kind, Shapes, measure};
use crate::tiles::Tag;

/// In columns.
pub(super) struct LastZones {
    /// In degrees.
    pub points: Shapes,
    /// The place of the use among those of this release.
    uses: Vec<u8>,
    grades: Vec<u8>,
    /// m²
    areas: Vec<f64>,
}

impl LastZones {
    /// Of uses that this release has too; nothing without a comparison, and of a release without zones.
    ///
    /// # Errors
    /// What bringing the points to degrees says.
    pub fn of(comparison: Option<&Comparison<'_>>) -> Outcome<LastZones> {
        let mut found =
            LastZones { points: Shapes::new(Kind::Point), uses: Vec::new(), grades: Vec::new(), areas: Vec::new() };
        let Some(comparison) = comparison else { return Ok(found) };
        let (old, zones) = (comparison.old.release, &comparison.old.release.map.zones);
        let now = |land_use: u8| comparison.uses.iter().find(|link| link.old == Some(land_use))?.new;
        let mut points = Vec::with_capacity(zones.len());
        for row in 0..zones.len() {
            let place = measure::point_on_surface(zones.shapes.get(row));
            let (Some(place), Some(land_use)) = (place, now(zones.uses[row])) else { continue };
            points.push(place);
            found.uses.push(land_use);
            found.grades.push(zones.grades[row]);
            found.areas.push(zones.areas[row]);
        }
        found.points = Shapes::of_points(points);
        let degrees = geojson::degrees_of(&old.head.crs)?;
        if !old.head.crs.same_as(&degrees) && !found.points.is_empty() {
            transform(&mut found.points, &old.head.crs, &degrees)?;
        }
        Ok(found)
    }

    pub fn tags(&self, row: usize) -> Vec<Tag> {
        vec![
            Tag::Int("u", i64::from(self.uses[row])),
            Tag::Int("g", i64::from(self.grades[row])),
            Tag::Int("a", self.areas[row].round() as i64),
        ]
    }
}
