//! The matrix old grade × new grade of a use, by count and by area.

use super::changes::Change;
use super::matching::Kind;
use super::side::Side;
use super::uses::{Places, UseLink};
use crate::land::Text;
use crate::say;
use serde::Serialize;

/// The pairs and units of one use. Row 0 and column 0 are units without a grade.
///
/// A unit that was split or merged counts once in every pair it is in. Areas are the ground the two have in common in m², and the ground that
/// passed to other units at boundaries that moved, which counts in no pair; slivers are in no cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Transition {
    /// The use's key.
    pub land_use: String,
    /// Pairs within the use: `counts[old grade][new grade]`.
    pub counts: Vec<Vec<usize>>,
    pub areas: Vec<Vec<f64>>,
    /// By old grade: pairs that left for another use, and units that are gone.
    pub left: Vec<Tally>,
    pub removed: Vec<Tally>,
    /// By new grade: pairs that came from another use, and units that are new.
    pub came: Vec<Tally>,
    pub added: Vec<Tally>,
    /// Pairs and units whose area is unknown; the areas lack them.
    pub without_area: usize,
}

/// How many, and how much ground in m².
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Tally {
    pub count: usize,
    pub area: f64,
}

impl Tally {
    fn note(&mut self, area: f64) {
        self.count += 1;
        self.area += if area.is_nan() { 0.0 } else { area };
    }
}

impl Transition {
    fn new(land_use: String, grades_old: u8, grades_new: u8) -> Transition {
        let (rows, columns) = (usize::from(grades_old) + 1, usize::from(grades_new) + 1);
        Transition {
            land_use,
            counts: vec![vec![0; columns]; rows],
            areas: vec![vec![0.0; columns]; rows],
            left: vec![Tally::default(); rows],
            removed: vec![Tally::default(); rows],
            came: vec![Tally::default(); columns],
            added: vec![Tally::default(); columns],
            without_area: 0,
        }
    }

    /// Pairs within the use.
    pub fn pairs(&self) -> usize {
        self.counts.iter().flatten().sum()
    }

    /// m² that were of one grade and are of another.
    pub fn moved_ground(&self) -> f64 {
        let cells = self.areas.iter().enumerate().skip(1);
        cells
            .flat_map(|(old, row)| row.iter().enumerate().skip(1).filter(move |(new, _)| *new != old))
            .map(|cell| cell.1)
            .sum()
    }

    /// The old ground of the use that is in the matrix and beside it, m², and the new ground in it and below it.
    fn ground(&self) -> [f64; 2] {
        let within: f64 = self.areas.iter().flatten().sum();
        let sum = |tallies: [&[Tally]; 2]| tallies.into_iter().flatten().map(|tally| tally.area).sum::<f64>();
        [within + sum([&self.left, &self.removed]), within + sum([&self.came, &self.added])]
    }
}

/// Ground of units of the use that is in no cell of its matrix: slivers, and ground that one release alone has inside a unit of both. One
/// sentence per use that has any.
pub(super) fn tell_moved_ground(
    old: &Side<'_>,
    new: &Side<'_>,
    matrices: &[Transition],
    links: &[UseLink],
    notes: &mut Vec<Text>,
) {
    let whole = |side: &Side<'_>, place: Option<u8>| {
        let rows = (0u32..).zip(side.uses.iter()).filter(|(_, land_use)| Some(**land_use) == place);
        rows.map(|(row, _)| side.area(row)).sum::<f64>()
    };
    for (matrix, link) in matrices.iter().zip(links).filter(|(matrix, _)| matrix.without_area == 0) {
        let [in_old, in_new] = matrix.ground();
        let (lost, gained) = (whole(old, link.old) - in_old, whole(new, link.new) - in_new);
        // Below half a square decimetre it is arithmetic.
        if lost < 0.005 && gained < 0.005 || lost.is_nan() || gained.is_nan() {
            continue;
        }
        let (name, lost, gained) = (&link.name, lost.max(0.0), gained.max(0.0));
        notes.push(say!(
            "{name}: {lost:.2} m² of old and {gained:.2} m² of new ground at moved boundaries have no counterpart but slivers and are in no cell of the transition matrix by area",
            "{name}:界址变动处旧期 {lost:.2} ㎡、新期 {gained:.2} ㎡ 除狭长碎片外没有对应范围,未计入级别转移(面积)矩阵"
        ));
    }
}

/// One matrix per use; none where no units were compared.
pub(super) fn matrices(
    old: &Side<'_>,
    new: &Side<'_>,
    changes: &[Change],
    passed: &[(u32, u32, f64)],
    links: &[UseLink],
) -> Vec<Transition> {
    if changes.is_empty() {
        return Vec::new();
    }
    // As many rows and columns as there are grades, stated or met.
    let stated =
        |side: &Side<'_>, place: Option<u8>| place.map_or(0, |place| side.release.uses[usize::from(place)].grades);
    let mut most: Vec<(u8, u8)> = links.iter().map(|link| (stated(old, link.old), stated(new, link.new))).collect();
    for change in changes {
        if let Some(place) = change.use_old {
            let (rows, _) = &mut most[usize::from(place)];
            *rows = (*rows).max(change.grade_old);
        }
        if let Some(place) = change.use_new {
            let (_, columns) = &mut most[usize::from(place)];
            *columns = (*columns).max(change.grade_new);
        }
    }
    let mut matrices: Vec<Transition> = links
        .iter()
        .zip(most)
        .map(|(link, (rows, columns))| Transition::new(link.key.clone(), rows, columns))
        .collect();
    for change in changes {
        enter(&mut matrices, change, old, new);
    }
    let places = Places::new(links);
    for &(one, two, area) in passed {
        let (one, two) = (one as usize, two as usize);
        let (from, to) = (usize::from(places.old(old.uses[one])), usize::from(places.new_use(new.uses[two])));
        let (before, after) = (usize::from(old.grades[one]), usize::from(new.grades[two]));
        if from == to {
            matrices[from].areas[before][after] += area;
        } else {
            matrices[from].left[before].area += area;
            matrices[to].came[after].area += area;
        }
    }
    matrices
}

fn enter(matrices: &mut [Transition], change: &Change, olds: &Side<'_>, news: &Side<'_>) {
    let (before, after) = (usize::from(change.grade_old), usize::from(change.grade_new));
    // A unit that only one release has counts with its whole area.
    let area = match (change.old, change.new) {
        (Some(row), None) => olds.area(row),
        (None, Some(row)) => news.area(row),
        _ => change.shared,
    };
    let unknown = usize::from(area.is_nan());
    match (change.use_old.map(usize::from), change.use_new.map(usize::from)) {
        (Some(old), Some(new)) if old == new => {
            let matrix = &mut matrices[old];
            matrix.counts[before][after] += 1;
            matrix.areas[before][after] += if change.shared.is_nan() { 0.0 } else { change.shared };
            matrix.without_area += unknown;
        }
        (Some(old), Some(new)) => {
            matrices[old].left[before].note(change.shared);
            matrices[old].without_area += unknown;
            matrices[new].came[after].note(change.shared);
            matrices[new].without_area += unknown;
        }
        (Some(old), None) => {
            debug_assert_eq!(change.kind, Kind::Removed);
            matrices[old].removed[before].note(area);
            matrices[old].without_area += unknown;
        }
        (None, Some(new)) => {
            matrices[new].added[after].note(area);
            matrices[new].without_area += unknown;
        }
        (None, None) => {}
    }
}
