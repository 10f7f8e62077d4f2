//! The ledger of what changed between two years, to hold a comparison against.

use super::fabric::Fabric;
use super::second_year::{Change, Changes};

/// Parcels that came from other parcels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recut {
    pub old: Vec<String>,
    pub new: Vec<String>,
}

/// A parcel put to another use; uses as their names in the data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UseChange {
    pub id: String,
    pub from: String,
    pub to: String,
}

/// Everything that differs between a year and the year before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    pub from_year: i16,
    pub to_year: i16,
    pub merged: Vec<Recut>,
    pub split: Vec<Recut>,
    /// Pairs whose common boundary moved; both keep their ids.
    pub shifted: Vec<[String; 2]>,
    pub added: Vec<String>,
    pub removed: Vec<String>,
    pub changed_use: Vec<UseChange>,
    /// Names of new stations and bus stops.
    pub new_stations: Vec<String>,
    pub new_bus_stops: Vec<String>,
    /// The numbers of the stretches of road whose class rose.
    pub upgraded_roads: Vec<String>,
    /// Sale samples of the year before that are still in the five-year window.
    pub samples_kept: usize,
    /// Those that grew too old.
    pub samples_aged: usize,
    /// Those whose ground was removed or put to another use.
    pub samples_lost: usize,
    /// Those of the new year.
    pub samples_new: usize,
}

/// The code of a parcel: 12 digits of its ward, `GB` (state-owned construction land), 5 digits.
pub(super) fn parcel_id(ward: &str, serial: u32) -> String {
    format!("{ward}GB{serial:05}")
}

/// The ledger of the ground of the `later`-th year after the first.
pub(super) fn of_ground(fabric: &Fabric, uses: &[u8], changes: &Changes, years: &[i16], later: usize) -> Ledger {
    let mut ledger = Ledger { from_year: years[later - 1], to_year: years[later], ..Ledger::default() };
    let code = |piece: usize| &fabric.wards[fabric.ward_of(piece)].code;
    let own = |piece: usize| parcel_id(code(piece), fabric.own_serial(piece));
    let name = |land_use: u8| super::USES[usize::from(land_use)].1.to_string();
    for (_, change) in changes.list.iter().filter(|(year, _)| *year == later) {
        match *change {
            Change::Merge { one, other, serial } => {
                ledger.merged.push(Recut { old: vec![own(one), own(other)], new: vec![parcel_id(code(one), serial)] });
            }
            Change::Split { one, serials, .. } => {
                let new = serials.iter().map(|&serial| parcel_id(code(one), serial)).collect();
                ledger.split.push(Recut { old: vec![own(one)], new });
            }
            Change::Shift { one, other, .. } => ledger.shifted.push([own(one), own(other)]),
            Change::Remove { piece } => ledger.removed.push(own(piece)),
            Change::Add { piece } => ledger.added.push(own(piece)),
            Change::Use { piece, to } => {
                ledger.changed_use.push(UseChange { id: own(piece), from: name(uses[piece]), to: name(to) });
            }
        }
    }
    ledger
}
