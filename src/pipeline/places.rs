//! Where parcels and samples lie among the areas and streets that have prices of their own.

use crate::ingest::survey::{PlaceLayer, PlaceLayers};
use crate::project::Project;
use crate::project::plan::{PlacesPlan, StreetsPlan};
use crate::release::{Decided, PlaceRow, PlaceRows, Places, UnitRows};
use crate::scale;
use crate::space::covering::{self, Spot};
use crate::space::fronts::Fronts;
use crate::space::{Point, Shape, measure};

/// Rows for every area and street of every use it is for, without prices but those that people decided on.
pub(super) fn laid_out(project: &Project, layers: PlaceLayers, units: &UnitRows) -> Places {
    let Some(plan) = &project.prices else { return Places::default() };
    let mut places = Places::default();
    if let (Some(layer), Some(areas)) = (layers.areas, &plan.areas) {
        places.areas = rows(project, &layer, areas);
        let found = in_areas(&places.areas, &centroids(units));
        graded(&mut places.areas, units, |unit, add| found[unit].into_iter().for_each(add));
    }
    if let (Some(layer), Some(streets)) = (layers.streets, &plan.streets) {
        places.streets = rows(project, &layer, &streets.places);
        let fronting = Streets::new(&places.streets, streets, project);
        let near = scale::map(units.len(), |unit| fronting.of_unit(units, unit));
        graded(&mut places.streets, units, |unit, add| near[unit].iter().for_each(|(row, _)| add(*row)));
    }
    places
}

fn rows(project: &Project, layer: &PlaceLayer, plan: &PlacesPlan) -> PlaceRows {
    let row = |use_index: u8, at: usize| PlaceRow {
        id: layer.ids[at].clone(),
        name: layer.names[at].clone(),
        use_index,
        grade: 0,
        standard_depth: layer.depths[at],
        samples: 0,
        kept: 0,
        raw: None,
        deviation: None,
        lowest: None,
        highest: None,
        published: Some(layer.prices[at]).filter(|price| !price.is_nan()),
        filled: None,
        decided: (plan.decided.is_some() && !layer.prices[at].is_nan())
            .then(|| Decided { computed: None, reason: layer.reasons[at].clone() }),
    };
    let (mut rows, mut order) = (Vec::new(), Vec::new());
    for use_index in 0..project.uses.len() as u8 {
        let of_use = |at: &usize| layer.uses.as_ref().is_none_or(|uses| uses[*at] == use_index);
        for at in (0..layer.ids.len()).filter(of_use) {
            rows.push(row(use_index, at));
            order.push(at as u32);
        }
    }
    PlaceRows { rows, shapes: layer.shapes.gather(&order) }
}

fn centroids(units: &UnitRows) -> Vec<(Point, usize)> {
    let Some(shapes) = &units.shapes else { return Vec::new() };
    let nowhere = Point::new(f64::NAN, f64::NAN);
    scale::map(units.len(), |unit| {
        (measure::centroid(shapes.get(unit)).unwrap_or(nowhere), usize::from(units.uses[unit]))
    })
}

/// Gives each row the grade that most of the ground of its use's units has there, the better one of equals.
fn graded(places: &mut PlaceRows, units: &UnitRows, rows_of: impl Fn(usize, &mut dyn FnMut(usize))) {
    let mut ground = vec![[0.0; 1 + crate::grade::MOST_GRADES as usize]; places.rows.len()];
    for unit in 0..units.len() {
        rows_of(unit, &mut |row: usize| {
            if places.rows[row].use_index == units.uses[unit] {
                ground[row][usize::from(units.grades[unit])] += units.areas[unit];
            }
        });
    }
    for (row, ground) in places.rows.iter_mut().zip(ground) {
        let most = (1..ground.len()).reduce(|most, grade| if ground[grade] > ground[most] { grade } else { most });
        row.grade = most.filter(|grade| ground[*grade] > 0.0).unwrap_or(0) as u8;
    }
}

/// The area each place lies in, of its use.
pub(super) fn in_areas(areas: &PlaceRows, places: &[(Point, usize)]) -> Vec<Option<usize>> {
    let uses: Vec<u8> = areas.rows.iter().map(|row| row.use_index).collect();
    let spots: Vec<Spot> = places.iter().map(|&(place, land_use)| Spot { place, kind: land_use as u8 }).collect();
    let found = covering::covering(&areas.shapes, &uses, &spots).into_iter().zip(&spots);
    found.map(|(row, spot)| row.filter(|row| uses[*row] == spot.kind)).collect()
}

/// Streets, for the question what fronts on them.
pub(super) struct Streets {
    fronts: Fronts,
    /// Each one's use and standard depth.
    of_row: Vec<(u8, f64)>,
    within: f64,
    /// Whether units are parcels, so that their outlines tell what they front on.
    parcels: bool,
}

impl Streets {
    pub fn new(rows: &PlaceRows, plan: &StreetsPlan, project: &Project) -> Streets {
        Streets {
            fronts: Fronts::new(&rows.shapes),
            of_row: rows.rows.iter().map(|row| (row.use_index, row.standard_depth)).collect(),
            within: plan.within,
            parcels: project.units.given().is_some(),
        }
    }

    /// The streets of a use that a parcel fronts on, with their distances.
    pub fn of_parcel(&self, parcel: Shape<'_>, land_use: usize) -> Vec<(usize, f64)> {
        let near = self.fronts.of_shape(parcel, self.within).into_iter();
        near.map(|(row, distance)| (row as usize, distance)).filter(|(row, _)| self.is_of(*row, land_use)).collect()
    }

    /// The streets of a use that a place without an outline fronts on: those no farther than their standard depth behind the front.
    pub fn of_place(&self, place: Point, land_use: usize) -> Vec<(usize, f64)> {
        let deepest = self.of_row.iter().map(|row| row.1).fold(0.0, f64::max);
        let near = self.fronts.of_point(place, self.within + deepest).into_iter();
        let near = near.map(|(row, distance)| (row as usize, distance)).filter(|(row, _)| self.is_of(*row, land_use));
        near.filter(|(row, distance)| *distance <= self.within + self.of_row[*row].1).collect()
    }

    /// The streets that a unit fronts on, of its use: by its outline where units are parcels, else by its middle.
    pub fn of_unit(&self, units: &UnitRows, unit: usize) -> Vec<(usize, f64)> {
        let Some(shapes) = &units.shapes else { return Vec::new() };
        let (shape, land_use) = (shapes.get(unit), usize::from(units.uses[unit]));
        if self.parcels {
            return self.of_parcel(shape, land_use);
        }
        measure::centroid(shape).map_or_else(Vec::new, |middle| self.of_place(middle, land_use))
    }

    /// The streets of a use that a place fronts on, by the outline of the unit it lies in where units are parcels.
    pub fn of_place_in(
        &self,
        units: &UnitRows,
        unit: Option<usize>,
        place: Option<Point>,
        land_use: usize,
    ) -> Vec<(usize, f64)> {
        match (unit.filter(|_| self.parcels).zip(units.shapes.as_ref()), place) {
            (Some((unit, shapes)), _) => self.of_parcel(shapes.get(unit), land_use),
            (None, Some(place)) => self.of_place(place, land_use),
            (None, None) => Vec::new(),
        }
    }

    fn is_of(&self, row: usize, land_use: usize) -> bool {
        usize::from(self.of_row[row].0) == land_use
    }
}
