//! Neighbours whose grades differ by more than one, where no barrier stands between them.

use crate::factors::barrier::Barriers;
use crate::release::Release;
use crate::space::coverage::Coverage;
use crate::space::measure;

/// Two units of one use side by side.
#[derive(Clone, Debug, PartialEq)]
pub struct Jump {
    /// Their numbers in the release.
    pub one: u32,
    pub other: u32,
    /// The line they share, m.
    pub length: f64,
    /// By how many grades they differ.
    pub step: u8,
}

/// Every such pair, the greatest steps and then the longest lines first; and how many pairs of neighbours of one use there are.
/// `snap` and `close_gaps` in metres, as for zones; `every_use` where units of different uses lie upon one another.
pub fn jumps(release: &Release, snap: f64, close_gaps: f64, every_use: bool) -> (Vec<Jump>, usize) {
    let Some(shapes) = &release.units.shapes else { return (Vec::new(), 0) };
    let (uses, grades) = (&release.units.uses, &release.units.grades);
    let place = |unit: usize| measure::centroid(shapes.get(unit)).unwrap_or_default();
    let walls: Vec<_> = release.barriers.iter().map(|barrier| &barrier.walls.shapes).collect();
    let barriers = Barriers::new(&walls, &[]);
    let (mut found, mut pairs, mut near) = (Vec::new(), 0, Vec::new());
    let borders = release.units.sheets(every_use).into_iter().flat_map(|sheet| {
        let mut coverage = Coverage::new(shapes, &sheet, snap);
        if close_gaps > 0.0 {
            coverage.close_gaps(close_gaps, None);
        }
        coverage.borders()
    });
    for border in borders {
        let (one, other) = (border.one as usize, border.other as usize);
        if uses[one] != uses[other] || grades[one] == 0 || grades[other] == 0 {
            continue;
        }
        pairs += 1;
        let step = grades[one].abs_diff(grades[other]);
        if step > 1 && !barriers.blocked(place(one), place(other), &mut near) {
            found.push(Jump { one: border.one, other: border.other, length: border.length, step });
        }
    }
    found.sort_by(|a, b| {
        b.step.cmp(&a.step).then(b.length.total_cmp(&a.length)).then((a.one, a.other).cmp(&(b.one, b.other)))
    });
    (found, pairs)
}

#[cfg(test)]
#[path = "jumps_tests.rs"]
mod tests;
