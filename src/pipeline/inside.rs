//! The price a parcel starts from where it is not that of its grade: a street's, or an area's.

use super::places::{Streets, in_areas};
use crate::land::{Outcome, Text};
use crate::price::appraise::Ready;
use crate::price::street::DepthRule;
use crate::price::system::System;
use crate::project::Project;
use crate::project::plan::PricePlan;
use crate::release::{PlaceRow, PlaceRows, Release, UnitRows};
use crate::say;
use crate::scale;
use crate::space::{Point, Shape};

/// The area and the street that a parcel lies in and fronts on, by their rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Where {
    pub area: Option<usize>,
    pub street: Option<usize>,
}

/// The row of an area or a street with a price of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    Area(usize),
    Street(usize),
}

/// What a parcel's price starts from.
#[derive(Clone, Debug, PartialEq)]
pub enum Basis {
    Grade,
    Area(PlaceRow),
    Street(PlaceRow),
}

impl Basis {
    /// The area or street with its price, as a sentence; `None` where the grade's price stands.
    pub fn told(&self) -> Option<Text> {
        let (en, zh, row) = match self {
            Basis::Grade => return None,
            Basis::Area(row) => ("area", "区片", row),
            Basis::Street(row) => ("street", "路线价路段", row),
        };
        let (id, name, price) = (&row.id, &row.name, row.published.unwrap_or(f64::NAN));
        let name = if name.is_empty() { String::new() } else { format!(" {name}") };
        Some(say!(
            "Land here is valued by the price of {en} {id}{name}, {price} 元/㎡, not by that of the grade",
            "此处宗地按{zh} {id}{name} 的价格 {price} 元/㎡ 估价,不用级别基准地价"
        ))
    }
}

/// The areas and streets of a release, ready to value parcels by.
pub(super) struct Inside<'a> {
    areas: &'a PlaceRows,
    streets: &'a PlaceRows,
    fronting: Option<Streets>,
    /// `None` where there is no price.
    of_area: Vec<Option<Ready>>,
    of_street: Vec<Option<Ready>>,
}

impl<'a> Inside<'a> {
    pub fn new(
        project: &Project,
        plan: &PricePlan,
        release: &'a Release,
        systems: &[Option<System>],
    ) -> Outcome<Inside<'a>> {
        let places = &release.map.places;
        let rule = plan.streets.as_ref().map(DepthRule::of).transpose()?;
        let grade_price = |row: &PlaceRow| {
            let own = |cell: &&crate::release::PriceCell| (cell.use_index, cell.grade) == (row.use_index, row.grade);
            release.cells.iter().find(own).and_then(|cell| cell.published)
        };
        let ready = |row: &PlaceRow| {
            let price = row.published.filter(|price| *price > 0.0 && row.grade > 0)?;
            let system = systems.get(usize::from(row.use_index))?.as_ref()?;
            let samples = row.lowest.zip(row.highest).filter(|_| row.filled.is_none());
            let ready = Ready::new(system, row.grade, price, samples).rounded(plan.rounding);
            Some(ready.inside(grade_price(row).unwrap_or(price)))
        };
        let on_street = |row: &PlaceRow| Some(ready(row)?.on_street(row.standard_depth, rule.clone()?));
        Ok(Inside {
            areas: &places.areas,
            streets: &places.streets,
            fronting: plan.streets.as_ref().map(|plan| Streets::new(&places.streets, plan, project)),
            of_area: places.areas.rows.iter().map(ready).collect(),
            of_street: places.streets.rows.iter().map(on_street).collect(),
        })
    }

    pub fn has_streets(&self) -> bool {
        self.of_street.iter().any(Option::is_some)
    }

    /// Where each place lies: of several streets it is on the dearest, of equals on the nearest. A place is told with its unit and use.
    pub fn of<'s>(
        &self,
        units: &UnitRows,
        places: &[(Option<Point>, Option<usize>, usize)],
        parcel: impl Fn(usize) -> Option<Shape<'s>> + Sync,
    ) -> Vec<Where> {
        let mut found = vec![Where::default(); places.len()];
        if !self.of_area.is_empty() {
            let nowhere = Point::new(f64::NAN, f64::NAN);
            let spots: Vec<(Point, usize)> =
                places.iter().map(|&(place, _, land_use)| (place.unwrap_or(nowhere), land_use)).collect();
            for (found, area) in found.iter_mut().zip(in_areas(self.areas, &spots)) {
                found.area = area;
            }
        }
        let Some(fronting) = self.fronting.as_ref().filter(|_| self.has_streets()) else { return found };
        let streets = scale::map(places.len(), |at| {
            let (place, unit, land_use) = places[at];
            let near = match parcel(at) {
                Some(shape) => fronting.of_parcel(shape, land_use),
                None => fronting.of_place_in(units, unit, place, land_use),
            };
            let price = |row: usize| self.of_street[row].as_ref().and(self.streets.rows[row].published);
            let priced = near.into_iter().filter_map(|(row, distance)| Some((row, distance, price(row)?)));
            let dearest = priced.min_by(|a, b| b.2.total_cmp(&a.2).then(a.1.total_cmp(&b.1)).then(a.0.cmp(&b.0)));
            dearest.map(|(row, _, _)| row)
        });
        found.iter_mut().zip(streets).for_each(|(found, street)| found.street = street);
        found
    }

    /// The street's price, else the area's; `None` where the grade's stands.
    pub fn basis(&self, place: Where) -> Option<(Basis, &PlaceRow, &Ready)> {
        let ready = self.ready(place)?;
        let (basis, row): (fn(PlaceRow) -> Basis, &PlaceRow) = match self.street(place) {
            Some(_) => (Basis::Street, &self.streets.rows[place.street?]),
            None => (Basis::Area, &self.areas.rows[place.area?]),
        };
        Some((basis(row.clone()), row, ready))
    }

    /// The row of the street, else of the area, whose price counts.
    pub fn seat(&self, place: Where) -> Option<Seat> {
        let area = || place.area.filter(|row| self.of_area.get(*row).is_some_and(Option::is_some)).map(Seat::Area);
        self.street(place).and(place.street).map(Seat::Street).or_else(area)
    }

    pub fn has_places(&self) -> bool {
        self.has_streets() || self.of_area.iter().any(Option::is_some)
    }

    /// What a place is valued by; `None` where the grade's price stands.
    pub fn ready(&self, place: Where) -> Option<&Ready> {
        self.street(place).or_else(|| self.of_area.get(place.area?)?.as_ref())
    }

    fn street(&self, place: Where) -> Option<&Ready> {
        self.of_street.get(place.street?)?.as_ref()
    }
}
