//! Neighbours whose grades differ by more than one, where no barrier stands between them.

use crate::factors::barrier::Barriers;
use crate::release::Release;
use crate::space::coverage::Coverage;
use crate::space::{Point, hilbert, measure};

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
/// `snap` and `close_gaps` in metres, as for zones.
pub fn jumps(release: &Release, snap: f64, close_gaps: f64) -> (Vec<Jump>, usize) {
    let Some(shapes) = &release.units.shapes else { return (Vec::new(), 0) };
    let (uses, grades) = (&release.units.uses, &release.units.grades);
    let places: Vec<Point> = shapes.iter().map(|shape| measure::centroid(shape).unwrap_or_default()).collect();
    let mut coverage = Coverage::new(shapes, &hilbert::order(&places), snap);
    if close_gaps > 0.0 {
        coverage.close_gaps(close_gaps);
    }
    let walls: Vec<_> = release.barriers.iter().map(|barrier| &barrier.walls.shapes).collect();
    let barriers = Barriers::new(&walls, &[]);
    let (mut found, mut pairs, mut near) = (Vec::new(), 0, Vec::new());
    for border in coverage.borders() {
        let (one, other) = (border.one as usize, border.other as usize);
        if uses[one] != uses[other] || grades[one] == 0 || grades[other] == 0 {
            continue;
        }
        pairs += 1;
        let step = grades[one].abs_diff(grades[other]);
        if step > 1 && !barriers.blocked(places[one], places[other], &mut near) {
            found.push(Jump { one: border.one, other: border.other, length: border.length, step });
        }
    }
    found.sort_by(|a, b| {
        b.step.cmp(&a.step).then(b.length.total_cmp(&a.length)).then((a.one, a.other).cmp(&(b.one, b.other)))
    });
    (found, pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::survey::{BarrierLayers, Layer};
    use crate::land::{IdColumn, Texts};
    use crate::release::UnitRows;
    use crate::space::{Kind, Shapes};

    /// Four squares of 10 m in a row with grades 1, 3, 4, 6; the last of another use; a wall between the first two where `wall`.
    fn release(wall: bool) -> Release {
        let mut shapes = Shapes::new(Kind::Polygon);
        for x in [0.0, 10.0, 20.0, 30.0] {
            let ring = [(x, 0.0), (x + 10.0, 0.0), (x + 10.0, 10.0), (x, 10.0), (x, 0.0)];
            shapes.push_ring(&ring.map(|(x, y)| Point::new(x, y)), true);
            shapes.end_feature();
        }
        let mut release = crate::publish::fixture::city();
        release.units = UnitRows {
            ids: IdColumn::Int(vec![1, 2, 3, 4]),
            uses: vec![0, 0, 0, 1],
            shapes: Some(shapes),
            areas: vec![100.0; 4],
            grades: vec![1, 3, 4, 6],
            ..UnitRows::none()
        };
        let mut walls = Shapes::new(Kind::Line);
        if wall {
            walls.push_ring(&[Point::new(10.0, -50.0), Point::new(10.0, 50.0)], true);
            walls.end_feature();
        }
        let labels = (0..walls.len()).map(|at| at.to_string()).collect::<Texts>();
        let walls = Layer { name: "river".into(), shapes: walls, columns: Vec::new(), labels };
        release.barriers = vec![BarrierLayers { walls, crossings: None }];
        release
    }

    #[test]
    fn a_step_of_two_between_neighbours_of_one_use_is_told() {
        let (found, pairs) = jumps(&release(false), 0.001, 0.0);
        assert_eq!((found, pairs), (vec![Jump { one: 0, other: 1, length: 10.0, step: 2 }], 2));
    }

    #[test]
    fn across_a_barrier_it_is_expected() {
        assert_eq!(jumps(&release(true), 0.001, 0.0), (vec![], 2));
    }
}
