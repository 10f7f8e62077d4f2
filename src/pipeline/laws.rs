//! What the prices of a use are corrected by, for those who reckon with it elsewhere.

use super::Appraiser;
use crate::land::date::Quarter;
use crate::land::money::Rounding;
use crate::price::system::System;
use crate::project::plan::IndexReading;
use jiff::civil::Date;

/// The laws of a use.
pub struct Laws<'a> {
    pub system: &'a System,
    pub index: Vec<(Quarter, f64)>,
    /// Whether the index is read by months between the ends of quarters.
    pub by_months: bool,
    pub base: Option<Date>,
    pub rounding: Rounding,
}

impl Appraiser<'_> {
    /// What prices of a use are recomputed by: its tables, and its price index by quarter; `None` where it has no connotation.
    pub fn laws(&self, land_use: usize) -> Option<Laws<'_>> {
        let system = self.systems.get(land_use)?.as_ref()?;
        let value = |(quarter, values): (&Quarter, &Vec<f64>)| Some((*quarter, *values.get(land_use)?));
        Some(Laws {
            system,
            index: self.index.iter().filter_map(value).collect(),
            by_months: self.reading == IndexReading::Month,
            base: self.base,
            rounding: self.rounding,
        })
    }
}
