//! How much of a parcel's ground lies under units of each grade.

use super::Graded;
use super::decide::{Part, ROUNDING};
use crate::space::index::BoxIndex;
use crate::space::overlap::{Overlap, ZonePart};
use crate::space::{Extent, Shape};

/// The units of each use, with an index of their own: those of several uses may lie upon one another.
pub(super) struct Sheets<'a> {
    pub units: Graded<'a>,
    sheets: Vec<Sheet>,
}

struct Sheet {
    /// Unit numbers, ascending.
    members: Vec<u32>,
    extents: Vec<Extent>,
    index: BoxIndex,
}

impl<'a> Sheets<'a> {
    pub fn new(units: &Graded<'a>) -> Sheets<'a> {
        let uses = units.uses.iter().max().map_or(0, |&most| usize::from(most) + 1);
        let mut members = vec![Vec::new(); uses];
        units.uses.iter().zip(0..).for_each(|(&land_use, unit)| members[usize::from(land_use)].push(unit));
        let sheet = |members: Vec<u32>| {
            let extents: Vec<Extent> = members.iter().map(|&unit| units.shapes.get(unit as usize).extent()).collect();
            Sheet { members, index: BoxIndex::new(extents.iter().copied()), extents }
        };
        Sheets { units: *units, sheets: members.into_iter().map(sheet).collect() }
    }
}

/// What a worker keeps between parcels.
#[derive(Default)]
pub(super) struct Kernel {
    overlap: Overlap,
    near: Vec<u32>,
    /// Units under the parcel and their ground, ascending by number.
    pub under: Vec<(u32, f64)>,
    /// The parcel's parts, sorted by grade.
    pub parts: Vec<Part>,
    pub crossings: Vec<f64>,
    pub streets: Vec<u32>,
}

impl Kernel {
    /// Shares a parcel out among the grades of the units of its use; gives the mean total under it and its bare ground.
    pub fn share(&mut self, sheets: &Sheets<'_>, land_use: u8, parcel: Shape<'_>, area: f64) -> (f64, f64) {
        self.parts.clear();
        self.under.clear();
        if let Some(sheet) = sheets.sheets.get(usize::from(land_use)) {
            self.lay(sheets, sheet, parcel, area);
        }
        let within: f64 = self.under.iter().map(|(_, ground)| ground).sum();
        if within == 0.0 {
            return (f64::NAN, area);
        }
        // Units that claim the same ground are found with their layer: no parcel counts more than its area.
        let scale = if within > area { area / within } else { 1.0 };
        let mut weighted = 0.0;
        for &(unit, ground) in &self.under {
            weighted += ground * sheets.units.totals.get(unit as usize).copied().unwrap_or(f64::NAN);
            let grade = sheets.units.grades[unit as usize];
            match self.parts.binary_search_by_key(&grade, |part| part.grade) {
                Ok(at) => self.parts[at].ground += ground * scale,
                Err(at) => self.parts.insert(at, Part { grade, ground: ground * scale, front: 0.0 }),
            }
        }
        let bare = area - within * scale;
        if bare >= ROUNDING {
            return (weighted / within, bare);
        }
        if let [only] = self.parts.as_mut_slice() {
            only.ground = area;
        }
        (weighted / within, 0.0)
    }

    fn lay(&mut self, sheets: &Sheets<'_>, sheet: &Sheet, parcel: Shape<'_>, area: f64) {
        let extent = parcel.extent();
        sheet.index.touching(extent, &mut self.near);
        for &at in &self.near {
            let (unit, other) = (sheet.members[at as usize], sheet.extents[at as usize]);
            if sheets.units.grades[unit as usize] == 0 || narrow(extent, other) {
                continue;
            }
            let part = ZonePart::new(sheets.units.shapes.get(unit as usize), extent);
            let ground = self.overlap.area(parcel, area, extent, &part);
            if ground >= ROUNDING {
                self.under.push((unit, ground));
            }
        }
    }
}

/// Whether two boxes share less ground than counts: neighbours touch.
fn narrow(a: Extent, b: Extent) -> bool {
    let (wide, high) = (a.max.x.min(b.max.x) - a.min.x.max(b.min.x), a.max.y.min(b.max.y) - a.min.y.max(b.min.y));
    wide.max(0.0) * high.max(0.0) < ROUNDING
}
