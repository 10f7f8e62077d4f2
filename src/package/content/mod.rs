//! What a release has for the layers and tables of a package, whatever those are called.

mod laid;
mod values;

pub(super) use laid::{Width, lay_out};
pub(super) use values::value;

use super::rules::Content;
use crate::import::Mapping;
use crate::land::column::Value;
use crate::land::money::round_half_up;
use crate::land::{Column, Outcome, cancel};
use crate::release::{PriceCell, Release};
use crate::space::coverage::Coverage;
use crate::space::{Kind, Shapes, hilbert, measure};
use std::collections::BTreeMap;

/// One row of a layer or table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Row {
    /// Of the release.
    pub land_use: usize,
    /// 0 where it has none.
    pub grade: u8,
    /// m²; NaN where unknown.
    pub area: f64,
    /// 元/㎡ as published; NaN where there is none.
    pub price: f64,
    pub of: Of,
}

/// What a row is of, by its place in the release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// A zone, a range or a price of the table.
    Grade,
    /// Also a zone of an imported map, or the price of several zones in the table, by the first of them.
    Unit(usize),
    Sample(usize),
    Area(usize),
    Street(usize),
}

/// The rows of a content, of one use or of all, with their shapes. Areas in the table of prices are sums of areas of so many `decimals`.
///
/// # Errors
/// `cancelled`.
pub(super) fn rows(
    release: &Release,
    content: Content,
    land_use: Option<usize>,
    decimals: u32,
) -> Outcome<(Vec<Row>, Option<Shapes>)> {
    cancel::checkpoint()?;
    let wanted = |own: u8| land_use.is_none_or(|wanted| usize::from(own) == wanted);
    Ok(match content {
        Content::Grades => grades(release, &wanted),
        Content::Range => range(release, &wanted),
        Content::Units => units(release, &wanted),
        Content::Samples => samples(release, &wanted),
        Content::Areas => places(&release.map.places.areas, Of::Area, &wanted),
        Content::Streets => places(&release.map.places.streets, Of::Street, &wanted),
        Content::Prices => (prices(release, &wanted, decimals), None),
        Content::Districts | Content::Roads => (Vec::new(), None),
    })
}

type Wanted<'a> = &'a dyn Fn(u8) -> bool;

/// The published price of a grade; NaN where there is none.
fn price(release: &Release, land_use: u8, grade: u8) -> f64 {
    let cell = release.cells.iter().find(|cell| (cell.use_index, cell.grade) == (land_use, grade));
    cell.and_then(|cell| cell.published).unwrap_or(f64::NAN)
}

/// The zones; the units of a release without zones, which an imported map of grades is made of.
fn grades(release: &Release, wanted: Wanted<'_>) -> (Vec<Row>, Option<Shapes>) {
    let zones = &release.map.zones;
    if zones.is_empty() {
        let (rows, shapes) = units(release, wanted);
        // Units without a grade are no ground of any.
        let kept: Vec<u32> = (0..rows.len() as u32).filter(|&at| rows[at as usize].grade != 0).collect();
        return (kept.iter().map(|&at| rows[at as usize]).collect(), shapes.map(|shapes| shapes.gather(&kept)));
    }
    let chosen: Vec<u32> = (0..zones.len() as u32).filter(|&at| wanted(zones.uses[at as usize])).collect();
    let row = |&at: &u32| {
        let (own, grade) = (zones.uses[at as usize], zones.grades[at as usize]);
        let area = zones.areas[at as usize];
        Row { land_use: usize::from(own), grade, area, price: price(release, own, grade), of: Of::Grade }
    };
    (chosen.iter().map(row).collect(), Some(zones.shapes.gather(&chosen)))
}

/// The ground that a use is graded on, in connected pieces.
fn range(release: &Release, wanted: Wanted<'_>) -> (Vec<Row>, Option<Shapes>) {
    let (rows, shapes) = grades(release, wanted);
    let Some(shapes) = shapes else { return (Vec::new(), None) };
    let middles: Vec<_> = shapes.iter().map(|shape| measure::centroid(shape).unwrap_or_default()).collect();
    let order = hilbert::order(&middles);
    // Labels by use, as 0 is none; zones touch along the same lines.
    let labels: Vec<u32> = rows.iter().map(|row| if row.grade == 0 { 0 } else { row.land_use as u32 + 1 }).collect();
    let mut ranges = (Vec::new(), Shapes::new(Kind::Polygon));
    for land_use in 0..release.uses.len() {
        let own = land_use as u32 + 1;
        let of_use: Vec<u32> = order.iter().copied().filter(|&at| labels[at as usize] == own).collect();
        let alone = shapes.gather(&of_use);
        let all: Vec<u32> = (0..alone.len() as u32).collect();
        let pieces = Coverage::new(&alone, &all, 0.0).dissolve(&vec![1; alone.len()], 0.0).shapes;
        for piece in pieces.iter() {
            let area = measure::area(piece);
            ranges.0.push(Row { land_use, grade: 0, area, price: f64::NAN, of: Of::Grade });
            ranges.1.push_shape(piece);
        }
    }
    (ranges.0, Some(ranges.1))
}

fn units(release: &Release, wanted: Wanted<'_>) -> (Vec<Row>, Option<Shapes>) {
    let units = &release.units;
    let Some(shapes) = units.shapes.as_ref().filter(|shapes| shapes.kind == Kind::Polygon) else {
        return (Vec::new(), None);
    };
    let chosen: Vec<u32> = (0..units.len() as u32).filter(|&at| wanted(units.uses[at as usize])).collect();
    let row = |&at: &u32| {
        let at = at as usize;
        let (land_use, grade) = (usize::from(units.uses[at]), units.grades[at]);
        Row { land_use, grade, area: units.areas[at], price: units.price(at), of: Of::Unit(at) }
    };
    (chosen.iter().map(row).collect(), Some(shapes.gather(&chosen)))
}

fn samples(release: &Release, wanted: Wanted<'_>) -> (Vec<Row>, Option<Shapes>) {
    let samples = &release.samples;
    let chosen: Vec<usize> = (0..samples.len()).filter(|&at| wanted(samples[at].use_index)).collect();
    let row = |&at: &usize| {
        let own = &samples[at];
        let (land_use, grade, area) = (usize::from(own.use_index), own.grade, own.area);
        Row { land_use, grade, area, price: f64::NAN, of: Of::Sample(at) }
    };
    let shapes = Shapes::of_points(chosen.iter().map(|&at| samples[at].place));
    (chosen.iter().map(row).collect(), Some(shapes))
}

fn places(places: &crate::release::PlaceRows, of: fn(usize) -> Of, wanted: Wanted<'_>) -> (Vec<Row>, Option<Shapes>) {
    let chosen: Vec<u32> =
        (0..places.rows.len() as u32).filter(|&at| wanted(places.rows[at as usize].use_index)).collect();
    let shapes = places.shapes.gather(&chosen);
    let row = |(place, &at): (usize, &u32)| {
        let own = &places.rows[at as usize];
        let area = if shapes.kind == Kind::Polygon { measure::area(shapes.get(place)) } else { f64::NAN };
        let price = own.published.unwrap_or(f64::NAN);
        Row { land_use: usize::from(own.use_index), grade: own.grade, area, price, of: of(at as usize) }
    };
    (chosen.iter().enumerate().map(row).collect(), Some(shapes))
}

/// The table of prices, with the areas of the map where there is one.
fn prices(release: &Release, wanted: Wanted<'_>, decimals: u32) -> Vec<Row> {
    let zones = &release.map.zones;
    let drawn = |land_use: u8, grade: u8| {
        let own = (0..zones.len()).filter(|&at| (zones.uses[at], zones.grades[at]) == (land_use, grade));
        own.map(|at| round_half_up(zones.areas[at], decimals)).sum::<f64>()
    };
    let names = unit_names(release);
    let cells = release.cells.iter().filter(|cell| wanted(cell.use_index));
    cells
        .flat_map(|cell| match release.has_several(cell) && !release.units.is_empty() {
            true => several(release, cell, names, decimals),
            false => vec![Row {
                land_use: usize::from(cell.use_index),
                grade: cell.grade,
                area: if zones.is_empty() { cell.area } else { drawn(cell.use_index, cell.grade) },
                price: cell.published.unwrap_or(f64::NAN),
                of: Of::Grade,
            }],
        })
        .collect()
}

/// The prices of a grade that has several: a row for each name and price.
fn several(release: &Release, cell: &PriceCell, names: Option<&Column>, decimals: u32) -> Vec<Row> {
    let units = &release.units;
    let mut rows: BTreeMap<(String, u64), Row> = BTreeMap::new();
    let own = |at: &usize| (units.uses[*at], units.grades[*at]) == (cell.use_index, cell.grade);
    for at in (0..units.len()).filter(own) {
        let (area, price) = (round_half_up(units.areas[at], decimals), units.price(at));
        let (land_use, grade) = (usize::from(cell.use_index), cell.grade);
        // Prices are not below 0, so that their bits are in their order.
        let row = rows.entry((name(names, at), price.to_bits()));
        row.or_insert(Row { land_use, grade, area: 0.0, price, of: Of::Unit(at) }).area += area;
    }
    rows.into_values().collect()
}

/// The field that tells how the units of an import are called.
pub(super) fn unit_names(release: &Release) -> Option<&Column> {
    let field = Mapping::parse(&release.head.mapping).ok()?.name?;
    release.units.kept.iter().find(|column| column.name == field)
}

/// What a unit is called; empty where nothing says.
pub(super) fn name(names: Option<&Column>, unit: usize) -> String {
    names
        .map(|column| column.values.get(unit))
        .filter(|value| *value != Value::None)
        .map_or_else(String::new, |value| value.to_string())
}
