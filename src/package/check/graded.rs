//! A1, the part on the ground: units and samples that state a grade lie in that grade of their use.

use super::Item;
use super::read::{Layer, Package, Rows};
use crate::package::rules::Content;
use crate::say;
use crate::space::covering::{Spot, covering};
use crate::space::{Kind, Point, Shapes, measure};
use std::collections::BTreeMap;

/// The grades of all uses, each polygon with its use and grade.
struct Grades {
    shapes: Shapes,
    uses: Vec<u8>,
    grades: Vec<u8>,
}

/// The first row of each kind of disagreement in a layer, with how many there are.
pub(super) fn grades_on_the_ground(package: &Package<'_>) -> Vec<Item> {
    let grades = Grades::of(package);
    if grades.shapes.is_empty() {
        return Vec::new();
    }
    let asked = package.of(Content::Units).chain(package.of(Content::Samples));
    asked.flat_map(|layer| disagreeing(package, &grades, layer)).collect()
}

impl Grades {
    fn of(package: &Package<'_>) -> Grades {
        let mut all = Grades { shapes: Shapes::new(Kind::Polygon), uses: Vec::new(), grades: Vec::new() };
        for layer in package.of(Content::Grades).filter(|layer| layer.shapes.kind == Kind::Polygon) {
            for row in 0..layer.rows() {
                let (land_use, grade) = (layer.use_of_row(package.rules, row), layer.grade_of_row(row));
                let Some(land_use) = land_use.filter(|_| grade > 0) else { continue };
                all.shapes.push_shape(layer.shapes.get(row));
                all.uses.push(land_use as u8);
                all.grades.push(grade);
            }
        }
        all
    }

    /// Whether the grade comes so near to the place; what lies on a line between two is of either.
    fn reaches(&self, (land_use, grade): (u8, u8), place: Point, within: f64) -> bool {
        let own = (0..self.shapes.len()).filter(|&at| self.uses[at] == land_use && self.grades[at] == grade);
        own.into_iter().any(|at| measure::distance(self.shapes.get(at), place) <= within)
    }
}

/// A point on a line between grades counts for both: coordinates are rounded to this, m.
const ON_THE_LINE: f64 = 0.01;

/// A sample in a grade of another use may stand so far from its own, m: lines of grades are simplified.
const BESIDE: f64 = 1.0;

fn disagreeing(package: &Package<'_>, grades: &Grades, layer: &Layer<'_>) -> Vec<Item> {
    let places = layer.shapes.kind == Kind::Point;
    let mut has_grades = [false; 256];
    grades.uses.iter().for_each(|land_use| has_grades[usize::from(*land_use)] = true);
    let (mut spots, mut of_rows) = (Vec::new(), Vec::new());
    for row in 0..layer.rows() {
        let (land_use, grade) = (layer.use_of_row(package.rules, row), layer.grade_of_row(row));
        let Some(land_use) = land_use.filter(|_| grade > 0) else { continue };
        let shape = layer.shapes.get(row);
        let place = if places { shape.points().first().copied() } else { measure::point_on_surface(shape) };
        // A use without grades is told by T3.
        let Some(place) = place.filter(|_| has_grades[usize::from(land_use as u8)]) else { continue };
        spots.push(Spot { place, kind: land_use as u8 });
        of_rows.push((row, grade));
    }
    let found = covering(&grades.shapes, &grades.uses, &spots);
    let mut told: BTreeMap<(u8, Option<u8>), (usize, Point, usize)> = BTreeMap::new();
    for ((spot, (row, grade)), at) in spots.iter().zip(&of_rows).zip(&found) {
        let there = at.filter(|&at| grades.uses[at] == spot.kind).map(|at| grades.grades[at]);
        // Where samples lie outside every grade is a matter of the range (T8); in one of another use alone they are not where they say.
        let agrees = there == Some(*grade) || at.is_none() && places;
        let within = if there.is_some() { ON_THE_LINE } else { BESIDE };
        if !(agrees || places && grades.reaches((spot.kind, *grade), spot.place, within)) {
            told.entry((*grade, there)).or_insert((*row, spot.place, 0)).2 += 1;
        }
    }
    let item = |((grade, there), (row, place, count)): ((u8, Option<u8>), (usize, Point, usize))| {
        let what = match there {
            Some(there) => say!(
                "rows of grade {grade} that lie in grade {there} of the layer of grades: {count}",
                "级别代码 {grade},级别图层该处为 {there} 级;共 {count} 行"
            ),
            None => say!(
                "rows of grade {grade} that lie outside the layer of grades of their use: {count}",
                "级别代码 {grade},位于该用途级别图层之外;共 {count} 行"
            ),
        };
        Item::of(&layer.path, what).in_row(layer.label(row)).at(Some(place))
    };
    told.into_iter().map(item).collect()
}

#[cfg(test)]
mod tests {
    use crate::land::IdColumn;
    use crate::package::Rules;
    use crate::package::check::tests::{broken, checked};
    use crate::package::fixture::{pack, rectangles, release};
    use crate::release::Release;

    /// The county with four commercial units of so many grades in its west.
    fn with_units(grades: [u8; 4]) -> Release {
        let mut release = release();
        let units = &mut release.units;
        units.ids = IdColumn::Text(["U1", "U2", "U3", "U4"].into_iter().collect());
        units.uses = vec![0; 4];
        units.grades = grades.to_vec();
        units.totals = vec![90.0, 80.0, 70.0, 60.0];
        units.prices = vec![f64::NAN; 4];
        units.areas = vec![10_000.0; 4];
        let squares = [[0.0, 0.0], [399.0, 0.0], [500.0, 0.0], [600.0, 300.0]];
        units.shapes = Some(rectangles(&squares.map(|[x, y]| [x, y, x + 100.0, y + 100.0])));
        release
    }

    fn told(grades: [u8; 4]) -> (Vec<&'static str>, Vec<String>) {
        let rules = Rules::of("neutral").expect("shipped");
        let room = tempfile::tempdir().expect("a folder");
        let built = pack(&with_units(grades), &rules, room.path(), true).expect("packs");
        let found = checked(&built.folder, &rules, &[]);
        let items = found.errors().flat_map(|judged| &judged.items).map(|item| item.what.en.clone());
        (broken(&found), items.collect())
    }

    #[test]
    fn units_of_another_grade_than_the_ground_below_them_are_told() {
        // Grade 1 lies west of 500 m, grade 2 behind.
        assert_eq!(told([1, 1, 2, 2]), (vec![], vec![]));
        let (codes, items) = told([1, 1, 1, 1]);
        assert_eq!(codes, ["A1"]);
        assert_eq!(items, ["rows of grade 1 that lie in grade 2 of the layer of grades: 2"]);
    }
}
