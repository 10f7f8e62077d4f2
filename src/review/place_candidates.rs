//! Candidates for the prices of areas (区片) and streets (路线价): the averages of the samples in them.

use super::evidence::Evidence;
use crate::price::level::Priced;
use crate::release::{PlaceRow, PlaceRows, Release, SampleRow};

/// An area or street as it is published, with what its samples say.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub row: PlaceRow,
    /// Of a street: prices at its standard depth.
    pub evidence: Evidence,
}

/// The areas of a use.
pub fn areas(release: &Release, land_use: usize) -> Vec<Place> {
    of_use(release, land_use, &release.map.places.areas, &|sample, id| {
        let detail = &sample.detail;
        (detail.area == id).then_some((sample.corrected, detail.area_used))
    })
}

/// The streets of a use.
pub fn streets(release: &Release, land_use: usize) -> Vec<Place> {
    of_use(release, land_use, &release.map.places.streets, &|sample, id| {
        let detail = &sample.detail;
        (detail.street == id).then_some((detail.street_price, detail.street_used))
    })
}

/// What a sample says of the place with an identifier: a price, and whether that place uses it; `None` where it lies elsewhere.
type Says<'a> = &'a dyn Fn(&SampleRow, &str) -> Option<(f64, bool)>;

fn of_use(release: &Release, land_use: usize, places: &PlaceRows, says: Says<'_>) -> Vec<Place> {
    let own = |use_index: u8| usize::from(use_index) == land_use;
    let place = |row: &PlaceRow| {
        let samples = release.samples.iter().filter(|sample| own(sample.use_index));
        let priced = samples.filter_map(|sample| {
            let (price, kept) = says(sample, &row.id)?;
            Some(Priced { price, area: sample.area, kept })
        });
        Place { row: row.clone(), evidence: Evidence::of(&priced.collect::<Vec<_>>()) }
    };
    places.rows.iter().filter(|row| own(row.use_index)).map(place).collect()
}
