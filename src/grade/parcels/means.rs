//! What units say, as parcels have it: means by the ground they share.

use super::shares::{Kernel, Sheets};
use super::{Graded, Parcels};
use crate::scale;

/// Row-major parcels × `width`: the mean of the values of the graded units of its use under each parcel, by their ground, as the mean total of
/// [`super::fit`] is made; NaN under no such unit. `values` are row-major units × `width`.
pub fn means(units: &Graded<'_>, parcels: &Parcels<'_>, values: &[f64], width: usize) -> Vec<f64> {
    let sheets = Sheets::new(units);
    let chunks = scale::chunks_with(parcels.uses.len(), 1024, Kernel::default, |kernel, chunk| {
        let mut found = Vec::with_capacity(chunk.len() * width);
        for parcel in chunk {
            kernel.share(&sheets, parcels.uses[parcel], parcels.shapes.get(parcel), parcels.areas[parcel]);
            let within: f64 = kernel.under.iter().map(|(_, ground)| ground).sum();
            for at in 0..width {
                let weighted = kernel.under.iter().map(|&(unit, ground)| ground * values[unit as usize * width + at]);
                found.push(weighted.sum::<f64>() / within);
            }
        }
        found
    });
    chunks.concat()
}
