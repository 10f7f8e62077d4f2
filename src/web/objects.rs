//! What is drawn one by one and can be clicked: the parcels of a release where it has them, else its units; their columns in binary form.

use super::previous::Previous;
use crate::land::{Column, Decided, IdColumn, Values};
use crate::release::{ParcelRows, Release};
use crate::scale;
use crate::space::{Extent, Kind, Shapes, measure};

/// The objects of the page, in columns, sorted by identifier.
pub(super) struct Objects<'a> {
    /// `unit` or `parcel`.
    pub kind: &'static str,
    pub ids: &'a IdColumn,
    pub uses: &'a [u8],
    pub grades: &'a [u8],
    pub shapes: &'a Shapes,
    areas: &'a [f64],
    prices: &'a [f64],
    totals: &'a [f64],
    /// Row-major objects × factors; empty where there are none.
    scores: &'a [f64],
    /// What decided the grades of parcels.
    how: Option<&'a ParcelRows>,
    /// Columns of texts that were carried through: addresses and the like.
    pub kept: Vec<&'a Column>,
}

impl<'a> Objects<'a> {
    /// `None` where the release has no polygons.
    /// `scores` are those of parcels.
    pub fn of(release: &'a Release, scores: &'a [f64]) -> Option<Objects<'a>> {
        let (units, parcels) = (&release.units, &release.map.parcels);
        if !parcels.is_empty() {
            return Some(Objects {
                kind: "parcel",
                ids: &parcels.ids,
                uses: &parcels.uses,
                grades: &parcels.grades,
                shapes: &parcels.shapes,
                areas: &parcels.areas,
                prices: &parcels.prices,
                totals: &parcels.totals,
                scores,
                how: Some(parcels),
                kept: Vec::new(),
            });
        }
        let shapes = units.shapes.as_ref().filter(|shapes| shapes.kind == Kind::Polygon && !shapes.is_empty())?;
        let kept = units.kept.iter().filter(|column| matches!(column.values, Values::Text(_)));
        Some(Objects {
            kind: "unit",
            ids: &units.ids,
            uses: &units.uses,
            grades: &units.grades,
            shapes,
            areas: &units.areas,
            prices: &units.prices,
            totals: &units.totals,
            scores: &units.scores,
            how: None,
            kept: kept.collect(),
        })
    }

    pub fn len(&self) -> usize {
        self.uses.len()
    }

    /// m² of an object; 0 where it is not known.
    pub fn area_of(&self, row: usize) -> f64 {
        self.areas.get(row).copied().filter(|area| *area > 0.0).unwrap_or(0.0)
    }

    /// m² of a grade of a use; `None` where none is known.
    pub fn area(&self, land_use: usize, grade: u8) -> Option<f64> {
        let own = (0..self.len()).filter(|row| usize::from(self.uses[*row]) == land_use && self.grades[*row] == grade);
        Some(own.map(|row| self.area_of(row)).sum::<f64>()).filter(|area| *area > 0.0)
    }

    /// The identifiers, a line each.
    pub fn ids(&self) -> Vec<u8> {
        lines((0..self.len()).map(|row| self.ids.show(row)))
    }

    /// Whether the identifiers stand in the order of their bytes.
    pub fn is_sorted(&self) -> bool {
        (1..self.len()).all(|row| self.ids.show(row - 1) <= self.ids.show(row))
    }

    /// The columns one behind the other, each from a multiple of four bytes on. `shapes` are those in degrees, `seats` the
    /// areas and streets whose prices count, as [`super::PlacePrice`] numbers them.
    pub fn columns(
        &self,
        shapes: &Shapes,
        extent: Extent,
        previous: Option<&Previous>,
        seats: Option<&[u16]>,
    ) -> Vec<u8> {
        let count = self.len();
        let mut out = Vec::new();
        push(&mut out, self.uses);
        push(&mut out, self.grades);
        let (wide, high) = (extent.max.x - extent.min.x, extent.max.y - extent.min.y);
        let part = |value: f64, of: f64| (value / of.max(1e-9) * 65_535.0).round().clamp(0.0, 65_535.0) as u16;
        let places = scale::map(count, |row| {
            let place = measure::point_on_surface(shapes.get(row)).unwrap_or(extent.min);
            (part(place.x - extent.min.x, wide), part(place.y - extent.min.y, high))
        });
        push(&mut out, &places.iter().flat_map(|place| place.0.to_le_bytes()).collect::<Vec<u8>>());
        push(&mut out, &places.iter().flat_map(|place| place.1.to_le_bytes()).collect::<Vec<u8>>());
        for column in [self.areas, self.prices, self.totals] {
            push(&mut out, &reals(column, count));
        }
        if let Some(previous) = previous {
            push(&mut out, &previous.grades);
            push(&mut out, &reals(&previous.prices, count));
            push(&mut out, &previous.growth_column());
            push(&mut out, &previous.parts);
        }
        if let Some(parcels) = self.how {
            let (decided, share): (Vec<u8>, Vec<u8>) = (0..count).map(|row| decided(parcels, row)).unzip();
            push(&mut out, &decided);
            push(&mut out, &share);
        }
        if let Some(seats) = seats {
            push(&mut out, &seats.iter().flat_map(|seat| seat.to_le_bytes()).collect::<Vec<u8>>());
        }
        out
    }

    pub fn has_scores(&self) -> bool {
        !self.scores.is_empty()
    }

    /// The scores by factor, in hundredths; `None` where there are none.
    pub fn scores(&self, factors: usize) -> Option<Vec<u8>> {
        if factors == 0 || self.scores.is_empty() {
            return None;
        }
        let hundredth =
            |score: f64| if score.is_nan() { u16::MAX } else { (score * 100.0).round().clamp(0.0, 65_534.0) as u16 };
        let of_factor = |factor: usize| self.scores.iter().skip(factor).step_by(factors).map(|score| hundredth(*score));
        Some((0..factors).flat_map(|factor| of_factor(factor).flat_map(u16::to_le_bytes)).collect())
    }
}

/// What decided the grade of a parcel (0 nothing, 1 all its ground, 2 most of it, 3 most of its front), and the percent of its ground
/// in that grade, rounded down.
fn decided(parcels: &ParcelRows, row: usize) -> (u8, u8) {
    let how = match parcels.decided[row] {
        Decided::No => 0,
        Decided::Whole => 1,
        Decided::Area => 2,
        Decided::Frontage => 3,
    };
    let width = parcels.ground.len().checked_div(parcels.len()).unwrap_or(0);
    let own = usize::from(parcels.grades[row]).checked_sub(1).and_then(|at| parcels.ground.get(row * width + at));
    let share = own.map_or(0.0, |ground| 100.0 * ground / parcels.areas[row]);
    (how, share.clamp(0.0, 100.0) as u8)
}

/// The texts of a column, a line each.
pub(super) fn texts(column: &Column) -> Vec<u8> {
    lines((0..column.values.len()).map(|row| column.values.get(row).to_string()))
}

fn lines(texts: impl Iterator<Item = String>) -> Vec<u8> {
    texts.map(|text| text.replace(['\n', '\r'], " ")).collect::<Vec<_>>().join("\n").into_bytes()
}

fn reals(column: &[f64], count: usize) -> Vec<u8> {
    let value = |row: usize| column.get(row).copied().unwrap_or(f64::NAN) as f32;
    (0..count).flat_map(|row| value(row).to_le_bytes()).collect()
}

fn push(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend_from_slice(bytes);
    out.resize(out.len().next_multiple_of(4), 0);
}
