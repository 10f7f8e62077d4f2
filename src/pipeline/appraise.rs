//! Values parcels by the prices and the correction system of a sealed release.

use super::inside::{Basis, Inside, Seat, Where};
use super::{corrections, imported};
use crate::land::date::Quarter;
use crate::land::money::{Rounding, wan_per_mu, whole_product};
use crate::land::services::Services;
use crate::land::{Fault, Outcome, Text};
use crate::price::appraise::{Appraised, DEPTH, Ready, Subject, Warning};
use crate::price::system::System;
use crate::project::Project;
use crate::project::plan::{IndexReading, PriceKind};
use crate::release::{Origin, PriceCell, Release};
use crate::say;
use crate::scale;
use crate::space::covering::{self, Spot};
use crate::space::{Point, Shape, Shapes, measure};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;

/// The key of a table by the parcel's area, m².
const AREA: &str = "area";

/// Registered and drawn areas differ by survey and projection; farther off one of them is in another unit, or of another parcel.
const ALIKE: f64 = 0.05;

/// A release ready to value parcels by.
pub struct Appraiser<'a> {
    pub(super) release: &'a Release,
    /// By use and grade, where there is a price: its cell, and all that its parcels are valued by.
    ready: Vec<Vec<Option<(&'a PriceCell, Ready)>>>,
    pub(super) systems: Vec<Option<System>>,
    /// Values by quarter, in the order of the uses.
    pub(super) index: BTreeMap<Quarter, Vec<f64>>,
    pub(super) reading: IndexReading,
    pub(super) base: Option<Date>,
    pub(super) rounding: Rounding,
    kinds: Vec<PriceKind>,
    /// What each use is called.
    spellings: Vec<Vec<String>>,
    inside: Inside<'a>,
    /// What deserves a second look in corrections that took the place of the release's.
    pub doubts: Vec<Text>,
}

/// A parcel and what is known of it.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    pub land_use: usize,
    /// The unit it lies on.
    pub unit: Option<usize>,
    /// The grade that the release publishes for the parcel it lies in, in place of that of the unit.
    pub grade: Option<u8>,
    /// The area and the street with a price of its own that it lies in and fronts on.
    pub inside: Where,
    /// ㎡.
    pub area: Option<f64>,
    /// ㎡ of its polygon, or of that of the unit it is told by.
    pub drawn: Option<f64>,
    pub plot_ratio: Option<f64>,
    /// Remaining years.
    pub term: Option<f64>,
    /// 估价期日.
    pub date: Option<Date>,
    pub services: Option<Services>,
    pub conditions: BTreeMap<String, String>,
}

/// A parcel's price.
#[derive(Clone, Debug)]
pub struct Appraisal {
    pub grade: u8,
    /// 元/㎡ of the grade, or of the area or street that has a price of its own.
    pub benchmark: f64,
    pub basis: Basis,
    pub set_plot_ratio: f64,
    pub kind: PriceKind,
    pub appraised: Appraised,
    /// 元/㎡ of land, rounded as the release rounds its prices.
    pub ground: f64,
    /// 元/㎡ of floor; `None` where the plot ratio is not known.
    pub floor: Option<f64>,
    /// 万元/亩 of land.
    pub per_mu: f64,
    /// 元, where the area is known: the rounded price by the area, to a whole 元.
    pub total: Option<f64>,
    pub warnings: Vec<Warning>,
}

impl<'a> Appraiser<'a> {
    /// `corrections_file` and `index` are files that take the place of those in the release.
    ///
    /// # Errors
    /// `no-prices` for a release without prices; what the correction system and the index say.
    pub fn new(release: &'a Release, corrections_file: Option<&Path>, index: Option<&Path>) -> Outcome<Appraiser<'a>> {
        let text = match release.head.origin {
            Origin::Computed => release.head.project.clone(),
            Origin::Imported => imported::project(release),
        };
        let project = Project::sealed(&text, Path::new("project.toml"))?;
        let plan = project.price_plan()?;
        if release.cells.iter().all(|cell| cell.published.is_none()) {
            return Err(Fault::new(
                "no-prices",
                say!("the release holds no prices", "该成果没有地价"),
                say!("take a release that was priced", "请使用已定价的成果"),
            ));
        }
        let (text, place) = match corrections_file {
            None => (release.head.corrections.clone(), Path::new("corrections.toml")),
            Some(path) => (crate::project::system::System::read(path)?.1, path),
        };
        let parsed = corrections::parse(&project, text, place)?;
        let doubts = if corrections_file.is_some() { corrections::told(&project, &parsed) } else { Vec::new() };
        let mut systems = parsed.of_uses;
        if release.head.origin == Origin::Imported {
            // Nothing is valued by a use whose premises nobody stated.
            for (system, head) in systems.iter_mut().zip(&release.uses) {
                *system = system.take().filter(|_| head.connotation.as_ref().is_some_and(imported::states_all));
            }
        }
        let index = match index {
            Some(path) => project.index_of_file(path)?,
            None => project.index_of_text(&release.head.index)?,
        };
        let kinds = project.uses.iter().map(|plan| plan.price.as_ref().map_or(PriceKind::Ground, |it| it.kind));
        let kinds = kinds.collect();
        let spellings = project.uses.iter().map(|plan| plan.land_use.spellings.clone()).collect();
        let ready: Vec<Vec<_>> =
            (0..release.uses.len()).map(|land_use| of_grades(release, &systems, land_use, plan.rounding)).collect();
        let inside = Inside::new(&project, plan, release, &systems)?;
        Ok(Appraiser {
            release,
            ready,
            systems,
            index,
            reading: plan.index_reading,
            base: project.base_date,
            rounding: plan.rounding,
            kinds,
            spellings,
            inside,
            doubts,
        })
    }

    /// The unit that each place lies in, of the use it is valued for before any other.
    pub fn units(&self, places: &[(Point, usize)]) -> Vec<Option<usize>> {
        let units = &self.release.units;
        let Some(shapes) = &units.shapes else { return vec![None; places.len()] };
        let spots: Vec<Spot> = places.iter().map(|&(place, land_use)| Spot { place, kind: land_use as u8 }).collect();
        covering::covering(shapes, &units.uses, &spots)
    }

    /// The grade that the release publishes for the parcel each place lies in, of the use it is valued for; `None` where it has no such parcel.
    pub fn parcel_grades(&self, places: &[(Point, usize)]) -> Vec<Option<u8>> {
        let parcels = &self.release.map.parcels;
        if parcels.is_empty() {
            return vec![None; places.len()];
        }
        let spots: Vec<Spot> = places.iter().map(|&(place, land_use)| Spot { place, kind: land_use as u8 }).collect();
        let found = covering::covering(&parcels.shapes, &parcels.uses, &spots);
        let grade = |(row, (_, land_use)): (Option<usize>, &(Point, usize))| {
            let row = row.filter(|row| usize::from(parcels.uses[*row]) == *land_use)?;
            Some(parcels.grades[row]).filter(|grade| *grade > 0)
        };
        found.into_iter().zip(places).map(grade).collect()
    }

    /// The area and the street with a price of its own of each place: `parcel` is its outline where it is known.
    pub fn inside<'s>(
        &self,
        places: &[(Option<Point>, Option<usize>, usize)],
        parcel: impl Fn(usize) -> Option<Shape<'s>> + Sync,
    ) -> Vec<Where> {
        self.inside.of(&self.release.units, places, parcel)
    }

    /// The street or the area whose price each of some polygons is valued by, told with its unit, by its row; `None` where that of its grade is.
    pub fn places_of(&self, shapes: &Shapes, rows: &[(Option<usize>, usize)], fronts: bool) -> Vec<Option<Seat>> {
        let place = |row: usize| (measure::point_on_surface(shapes.get(row)), rows[row].0, rows[row].1);
        let places = scale::map(rows.len(), place);
        let inside = self.inside(&places, |row| fronts.then(|| shapes.get(row)));
        inside.into_iter().map(|inside| self.inside.seat(inside)).collect()
    }

    /// Whether any area or street has a price of its own.
    pub fn has_places(&self) -> bool {
        self.inside.has_places()
    }

    /// What a unit's ground is valued by, for its own use.
    pub fn basis_of_unit(&self, unit: usize) -> Basis {
        let units = &self.release.units;
        let land_use = usize::from(units.uses[unit]);
        let Some(shapes) = &units.shapes else { return Basis::Grade };
        let place = measure::point_on_surface(shapes.get(unit));
        let inside = self.inside(&[(place, Some(unit), land_use)], |_| None)[0];
        self.inside.basis(inside).map_or(Basis::Grade, |(basis, ..)| basis)
    }

    /// The use a word means: its key, its name or a spelling of the project.
    ///
    /// # Errors
    /// `unknown-use` with those there are.
    pub fn use_of(&self, word: &str) -> Outcome<usize> {
        let word = word.trim();
        self.spellings.iter().position(|own| own.iter().any(|own| own == word)).ok_or_else(|| {
            let uses = self.release.uses.iter();
            let listed = uses.map(|head| format!("{} ({})", head.key, head.name)).collect::<Vec<_>>().join(", ");
            Fault::new(
                "unknown-use",
                say!("the release has no use \"{word}\"", "成果中没有用途「{word}」"),
                say!("it has: {listed}", "现有:{listed}"),
            )
        })
    }

    /// The keys and names of all conditions that any use and grade asks for.
    pub fn conditions(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = Vec::new();
        for system in self.systems.iter().flatten() {
            let factors = system.factors.iter().chain(system.weighted.iter().map(|(table, _)| table));
            all.extend(factors.map(|table| (table.key.clone(), table.name.clone())));
            all.extend(system.tables.iter().map(|table| (table.key.clone(), table.name.clone())));
        }
        if self.inside.has_streets() {
            all.push((DEPTH.to_string(), "进深".to_string()));
        }
        all.sort();
        all.dedup_by(|one, other| one.0 == other.0);
        all
    }

    /// Whether a use asks for a condition in a grade.
    pub fn asks_for(&self, land_use: usize, grade: u8, inside: Where, key: &str) -> bool {
        if let Some(ready) = self.inside.ready(inside) {
            return ready.keys().any(|own| own == key);
        }
        let priced = usize::from(grade).checked_sub(1).and_then(|at| self.ready[land_use].get(at)?.as_ref());
        priced.is_some_and(|(_, ready)| ready.keys().any(|own| own == key))
    }

    /// Values a parcel.
    ///
    /// # Errors
    /// `outside-coverage` where it lies on no unit; `no-price` where neither its grade nor a place it lies in has one; `no-connotation`; `no-index` for a date the index
    /// does not have; as [`Ready::appraise`].
    pub fn appraise(&self, asked: &Asked) -> Outcome<Appraisal> {
        let head = &self.release.uses[asked.land_use];
        let name = &head.name;
        let unit = asked.unit.ok_or_else(|| {
            Fault::new(
                "outside-coverage",
                say!("the parcel lies on no graded unit", "宗地不在定级范围内"),
                say!("check its coordinates and their system", "请检查坐标及坐标系"),
            )
        })?;
        if self.systems[asked.land_use].is_none() {
            return Err(Fault::new(
                "no-connotation",
                say!("{name} has no connotation of its price", "{name} 没有地价内涵"),
                say!("value by a use that has one", "请按有地价内涵的用途估价"),
            ));
        }
        let units = &self.release.units;
        let mut warnings = Vec::new();
        let grade = asked.grade.unwrap_or(units.grades[unit]);
        if usize::from(units.uses[unit]) != asked.land_use {
            warnings.push(Warning::UseMismatch {
                unit: units.ids.show(unit).to_string(),
                graded_for: self.release.uses[usize::from(units.uses[unit])].name.clone(),
                valued_for: name.clone(),
            });
        }
        // An area or a street with a price of its own does without one of its grade.
        let of_grade = || {
            let priced = usize::from(grade).checked_sub(1).and_then(|at| self.ready[asked.land_use].get(at)?.as_ref());
            priced.map(|(cell, ready)| (Basis::Grade, ready, cell.published, cell.filled.as_ref()))
        };
        let of_place = self
            .inside
            .basis(asked.inside)
            .map(|(basis, row, ready)| (basis, ready, row.published, row.filled.as_ref()));
        let (basis, ready, published, filled) = of_place.or_else(of_grade).ok_or_else(|| {
            Fault::new(
                "no-price",
                say!("{name} has no price in grade {grade}", "{name} {grade}级没有地价"),
                say!("complete the prices of the release (fill)", "请补全成果的地价(fill)"),
            )
        })?;
        if let Some(text) = filled {
            warnings.push(Warning::PriceInferred(text.clone()));
        }
        // A table of areas reads the parcel's own where no condition tells another.
        let own_area =
            asked.area.filter(|_| ready.keys().any(|key| key == AREA) && !asked.conditions.contains_key(AREA));
        let with_area = own_area.map(|area| {
            let mut conditions = asked.conditions.clone();
            conditions.insert(AREA.to_string(), area.to_string());
            conditions
        });
        let subject = Subject {
            plot_ratio: asked.plot_ratio,
            term: asked.term,
            date: self.date(asked)?,
            services: asked.services,
            conditions: with_area.as_ref().unwrap_or(&asked.conditions),
        };
        let mut appraised = ready.appraise(&subject)?;
        warnings.append(&mut appraised.warnings);
        if let Some((told, drawn)) =
            asked.area.zip(asked.drawn).filter(|(told, drawn)| (told - drawn).abs() > ALIKE * drawn)
        {
            warnings.push(Warning::AreaDiffers { told, drawn });
        }
        let kind = self.kinds[asked.land_use];
        let ratio = asked.plot_ratio.unwrap_or(ready.set_plot_ratio);
        let price = self.rounding.apply(appraised.price);
        let (ground, floor) = match kind {
            PriceKind::Ground => (price, Some(self.rounding.apply(appraised.price / ratio))),
            PriceKind::Floor => (self.rounding.apply(appraised.price * ratio), Some(price)),
        };
        let total = asked.area.map(|area| whole_product(ground, area));
        let per_mu = wan_per_mu(ground);
        Ok(Appraisal {
            grade,
            benchmark: published.unwrap_or(f64::NAN),
            basis,
            set_plot_ratio: ready.set_plot_ratio,
            kind,
            appraised,
            ground,
            floor,
            per_mu,
            total,
            warnings,
        })
    }
}

/// Of every grade of a use, from the best: its cell and what its parcels are valued by; `None` without a price.
fn of_grades<'a>(
    release: &'a Release,
    systems: &[Option<System>],
    land_use: usize,
    rounding: Rounding,
) -> Vec<Option<(&'a PriceCell, Ready)>> {
    let of_grade = |grade: u8| {
        let own = |cell: &&PriceCell| usize::from(cell.use_index) == land_use && cell.grade == grade;
        let cell = release.cells.iter().find(own)?;
        let price = cell.published.filter(|price| *price > 0.0)?;
        let samples = cell.lowest.zip(cell.highest);
        Some((cell, Ready::new(systems[land_use].as_ref()?, grade, price, samples).rounded(rounding)))
    };
    (1..=release.uses[land_use].grades).map(of_grade).collect()
}
