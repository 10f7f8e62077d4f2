//! One grade for each parcel (宗地): where it lies on units of several grades, the one with most of its ground or along most of its front.
//!
//! GB/T 18507-2014 gives a parcel one grade; where a boundary runs through it, practice takes the larger area, or the front. Shares come
//! from the units of the parcel's use, so that closed gaps and simplified lines of zones do not matter.

mod decide;
mod front;
mod means;
mod shares;

pub use decide::{LEAST, Part, decide};
pub use front::Streets;
pub use means::means;

use crate::land::Decided;
use crate::scale;
use crate::space::{Shapes, hilbert, measure};
use shares::{Kernel, Sheets};

/// The graded units, in columns.
#[derive(Clone, Copy)]
pub struct Graded<'a> {
    pub shapes: &'a Shapes,
    pub uses: &'a [u8],
    /// 0 is none.
    pub grades: &'a [u8],
    pub totals: &'a [f64],
}

/// The parcels, in columns; one that gets a grade for several uses stands once for each.
#[derive(Clone, Copy)]
pub struct Parcels<'a> {
    pub shapes: &'a Shapes,
    pub uses: &'a [u8],
    /// m².
    pub areas: &'a [f64],
}

/// What the parcels came to, in columns.
#[derive(Debug, Default, PartialEq)]
pub struct Fitted {
    /// 0 is none.
    pub grades: Vec<u8>,
    pub decided: Vec<Decided>,
    /// The mean total of the units under it, by area; NaN where there are none.
    pub totals: Vec<f64>,
    /// m² under no graded unit of its use.
    pub bare: Vec<f64>,
    /// Row-major parcels × grades, m².
    pub ground: Vec<f64>,
    /// Row-major parcels × grades, metres of street front: NaN where it decides nothing. Empty where no streets are given.
    pub fronts: Vec<f64>,
}

/// One parcel's result; its parts stand behind one another in the chunk's list.
struct Row {
    grade: u8,
    decided: Decided,
    total: f64,
    bare: f64,
    parts: usize,
    fronted: bool,
}

/// Fits parcels to the grades below them; `width` is the most grades of a use. Every sum runs over units in their order, whatever the
/// order of work.
pub fn fit(units: &Graded<'_>, parcels: &Parcels<'_>, width: u8, streets: Option<&Streets>) -> Fitted {
    let sheets = Sheets::new(units);
    let count = parcels.uses.len();
    let places = scale::map(count, |parcel| measure::centroid(parcels.shapes.get(parcel)).unwrap_or_default());
    let order = hilbert::order(&places);
    let found = scale::chunks_with(count, 1024, Kernel::default, |kernel, chunk| {
        let (mut rows, mut parts) = (Vec::with_capacity(chunk.len()), Vec::new());
        for at in chunk {
            let parcel = order[at] as usize;
            rows.push(one(&sheets, parcels, parcel, streets, kernel));
            parts.extend_from_slice(&kernel.parts);
        }
        (rows, parts)
    });
    let width = usize::from(width);
    let mut fitted = Fitted {
        grades: vec![0; count],
        decided: vec![Decided::No; count],
        totals: vec![f64::NAN; count],
        bare: vec![0.0; count],
        ground: vec![0.0; count * width],
        fronts: if streets.is_some() { vec![f64::NAN; count * width] } else { Vec::new() },
    };
    let mut next = order.iter().map(|&parcel| parcel as usize);
    for (rows, parts) in &found {
        let mut parts = parts.as_slice();
        for (row, parcel) in rows.iter().zip(&mut next) {
            fitted.grades[parcel] = row.grade;
            fitted.decided[parcel] = row.decided;
            fitted.totals[parcel] = row.total;
            fitted.bare[parcel] = row.bare;
            let (own, rest) = parts.split_at(row.parts);
            parts = rest;
            if row.fronted {
                fitted.fronts[parcel * width..(parcel + 1) * width].fill(0.0);
            }
            for part in own {
                let at = parcel * width + usize::from(part.grade) - 1;
                fitted.ground[at] = part.ground;
                if row.fronted {
                    fitted.fronts[at] = part.front;
                }
            }
        }
    }
    fitted
}

fn one(
    sheets: &Sheets<'_>,
    parcels: &Parcels<'_>,
    parcel: usize,
    streets: Option<&Streets>,
    kernel: &mut Kernel,
) -> Row {
    let (shape, area) = (parcels.shapes.get(parcel), parcels.areas[parcel]);
    let (total, bare) = kernel.share(sheets, parcels.uses[parcel], shape, area);
    let several = kernel.parts.iter().filter(|part| part.ground >= LEAST).count() > 1;
    let fronted = match streets {
        Some(streets) if several => {
            front::measure(sheets, streets, shape, kernel);
            true
        }
        _ => false,
    };
    let (grade, decided) = decide(&kernel.parts);
    Row { grade, decided, total, bare, parts: kernel.parts.len(), fronted }
}

#[cfg(test)]
#[path = "parcels_tests.rs"]
mod tests;
