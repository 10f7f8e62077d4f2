use super::*;
use crate::land::{IdColumn, Texts};
use crate::space::{Kind, Point, Shapes};

fn square(x: f64, y: f64, side: f64) -> Vec<Point> {
    [(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)].map(|(x, y)| Point::new(x, y)).to_vec()
}

fn squares(squares: &[(f64, f64, f64)]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for &(x, y, side) in squares {
        shapes.push_ring(&square(x, y, side), true);
        shapes.end_feature();
    }
    shapes
}

/// Four squares of 10 m in a row, two uses: grades 1, 1, 2 of the first, 1 of the second.
fn units() -> UnitRows {
    UnitRows {
        ids: IdColumn::Int(vec![1, 2, 3, 4]),
        uses: vec![0, 0, 0, 1],
        shapes: Some(squares(&[(0.0, 0.0, 10.0), (10.0, 0.0, 10.0), (20.0, 0.0, 10.0), (30.0, 0.0, 10.0)])),
        areas: vec![100.0; 4],
        totals: vec![90.0, 80.0, 70.0, 60.0],
        grades: vec![1, 1, 2, 1],
        ..UnitRows::none()
    }
}

fn coverage(units: &UnitRows) -> Coverage {
    Coverage::new(units.shapes.as_ref().unwrap(), &[0, 1, 2, 3], 0.001)
}

#[test]
fn zones_are_what_units_of_a_use_and_grade_make_together() {
    let units = units();
    let zones = zones(&units, &[coverage(&units)], 0.0);
    assert_eq!((zones.uses, zones.grades), (vec![0, 0, 1], vec![1, 2, 1]));
    assert_eq!((zones.units, zones.unit_areas), (vec![2, 1, 1], vec![200.0, 100.0, 100.0]));
    assert_eq!(zones.areas, [200.0, 100.0, 100.0]);
}

/// The first district ends at x = 15: half of unit 2; the second at x = 38: 80 m² of unit 4. The rest of it lies in none.
#[test]
fn a_unit_on_the_border_of_districts_is_divided_and_nothing_is_lost() {
    let mut shapes = Shapes::new(Kind::Polygon);
    for (west, east) in [(-5.0, 15.0), (15.0, 38.0)] {
        let ring = [(west, -5.0), (east, -5.0), (east, 15.0), (west, 15.0), (west, -5.0)];
        shapes.push_ring(&ring.map(|(x, y)| Point::new(x, y)), true);
        shapes.end_feature();
    }
    let labels = ["西区", "东区"].into_iter().collect::<Texts>();
    let layer = Layer { name: "districts".into(), shapes, columns: Vec::new(), labels };
    let rows = areas(&units(), Some(&layer), shares(&units(), Some(&layer)));
    let found: Vec<_> =
        rows.iter().map(|row| (row.use_index, row.grade, row.district.as_str(), row.units, row.area.round())).collect();
    let expected = [
        (0, 1, "", 0, 0.0),
        (0, 1, "西区", 2, 150.0),
        (0, 1, "东区", 0, 50.0),
        (0, 2, "东区", 1, 100.0),
        (1, 1, "", 0, 20.0),
        (1, 1, "东区", 1, 80.0),
    ];
    let expected: Vec<_> = expected.into_iter().filter(|row| row.4 > 0.0 || row.3 > 0).collect();
    assert_eq!(found, expected);
    assert_eq!(rows.iter().map(|row| row.area).sum::<f64>(), 400.0);
}

#[test]
fn without_districts_every_area_stands_under_none() {
    let rows = areas(&units(), None, shares(&units(), None));
    let found: Vec<_> = rows.iter().map(|row| (row.use_index, row.grade, row.units, row.area)).collect();
    assert_eq!(found, [(0, 1, 2, 200.0), (0, 2, 1, 100.0), (1, 1, 1, 100.0)]);
}

/// Unit 3 (100 m²) is under 150 and beside unit 2 only: 4 is of another use. Unit 4 has no neighbour of its use.
#[test]
fn what_the_clean_up_changes_is_listed_and_what_stays_too() {
    let mut units = units();
    let coverage = coverage(&units);
    let rows = clean(&mut units, &[coverage], 150.0);
    assert_eq!(units.grades, [1, 1, 1, 1]);
    let found: Vec<_> =
        rows.iter().map(|row| (row.unit.as_str(), row.from, row.to, row.border, row.difference)).collect();
    assert_eq!(found.len(), 2);
    assert_eq!(found[0], ("3", 2, 1, 10.0, 15.0));
    assert_eq!((found[1].0, found[1].1, found[1].2, found[1].3), ("4", 1, 1, 0.0));
}
