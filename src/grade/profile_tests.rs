use super::super::{Ground, Method, Sections, Units, grade, profiles};
use super::*;
use crate::space::{Kind, Point, Shapes};

/// Squares of 100 m in rows from the south-west corner at (0, 0), one per total.
fn squares(columns: usize, count: usize) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for number in 0..count {
        let (x, y) = ((number % columns) as f64 * 100.0, (number / columns) as f64 * 100.0);
        let corners = [(0.0, 0.0), (100.0, 0.0), (100.0, 100.0), (0.0, 100.0), (0.0, 0.0)];
        shapes.push_ring(&corners.map(|(dx, dy)| Point::new(x + dx, y + dy)), true);
        shapes.end_feature();
    }
    shapes
}

struct City {
    totals: Vec<f64>,
    shapes: Shapes,
    features: Vec<u32>,
}

impl City {
    fn new(columns: usize, totals: &[f64]) -> City {
        let features = (0..totals.len() as u32).collect();
        City { totals: totals.to_vec(), shapes: squares(columns, totals.len()), features }
    }

    fn units(&self) -> Units<'_> {
        let ground = Ground { shapes: &self.shapes, features: &self.features };
        Units { totals: &self.totals, areas: None, ground: Some(ground) }
    }
}

fn along(points: &[(f64, f64)], window: usize) -> Sections {
    let line = points.iter().map(|&(x, y)| Point::new(x, y)).collect();
    Sections { lines: vec![line], window, ..Sections::default() }
}

/// Twelve squares in a row, a line through their middles, a sample in each: 30 31 52 54 90 92 91 70 69 68 40 39. The top is 92 in the sixth
/// square. To the west it falls 2, 36, 2, 21, 1: the steepest are 36 (54–90, halfway 72) and 21 (31–52: 41.5). To the east 1, 21, 1, 1, 28,
/// 1: the steepest are 28 (40–68: 54) and 21 (70–91: 80.5). Medians by rank: of 72 and 80.5 it is 76.25, of 41.5 and 54 it is 47.75.
#[test]
fn the_limits_are_the_medians_of_the_steepest_falls_of_each_profile() {
    let city = City::new(12, &[30.0, 31.0, 52.0, 54.0, 90.0, 92.0, 91.0, 70.0, 69.0, 68.0, 40.0, 39.0]);
    let sections = along(&[(50.0, 50.0), (1150.0, 50.0)], 1);
    let [west, east] = profiles(city.units(), 3, &sections).unwrap().try_into().unwrap();
    let falls =
        |profile: &Profile| profile.falls.iter().map(|fall| (fall.steps, fall.total, fall.slope)).collect::<Vec<_>>();
    assert_eq!(falls(&west), [(4, 72.0, 36.0), (2, 41.5, 21.0)]);
    assert_eq!(falls(&east), [(6, 80.5, 21.0), (9, 54.0, 28.0)]);
    let graded = grade(city.units(), 3, &Method::Profile(sections)).unwrap();
    assert_eq!(graded.limits, [47.75, 76.25]);
    assert_eq!(graded.grades, [3, 3, 2, 2, 1, 1, 1, 2, 2, 2, 3, 3]);
}

/// Samples 10 90 10 10 50 52: the lone 90 is no plateau; medians of three (of one at the ends) are 10 10 10 10 50 52.
#[test]
fn a_median_takes_out_what_one_sample_alone_has() {
    let city = City::new(6, &[10.0, 90.0, 10.0, 10.0, 50.0, 52.0]);
    let found = profiles(city.units(), 2, &along(&[(50.0, 50.0), (550.0, 50.0)], 3)).unwrap();
    assert_eq!(
        found[0].samples.iter().map(|sample| sample.smoothed).collect::<Vec<_>>(),
        [52.0, 50.0, 10.0, 10.0, 10.0, 10.0]
    );
    assert_eq!(found[0].falls.iter().map(|fall| fall.total).collect::<Vec<_>>(), [30.0]);
    assert!(found[1].falls.is_empty(), "the top is the last sample");
}

/// The second square is missing: from the first to the third it falls 40 in two steps, 20 a step; then 30 in one.
#[test]
fn a_fall_over_ground_without_units_is_as_steep_as_its_length_makes_it() {
    let city = City::new(4, &[90.0, 0.0, 50.0, 20.0]);
    let (totals, features) = ([90.0, 50.0, 20.0], [0, 2, 3]);
    let units =
        Units { totals: &totals, areas: None, ground: Some(Ground { shapes: &city.shapes, features: &features }) };
    let found = profiles(units, 2, &along(&[(50.0, 50.0), (350.0, 50.0)], 1)).unwrap();
    assert_eq!(found[1].samples.iter().map(|sample| sample.steps).collect::<Vec<_>>(), [0, 2, 3]);
    // The slope grows from 20 to 30: one run of falling ground, steepest at its end.
    assert_eq!(found[1].falls, [Fall { steps: 2, total: 35.0, slope: 30.0 }]);
}

/// A hill of squares, 90 in the middle, 60 around it, 20 at the rim: rays from the top fall to 75 and 40, whichever way.
#[test]
fn rays_start_at_the_top_and_run_clockwise_from_north() {
    let side = 9_usize;
    let rank = |at: usize| at.abs_diff(side / 2);
    let total = |number: usize| [90.0, 60.0, 60.0, 20.0, 20.0][rank(number % side).max(rank(number / side))];
    let city = City::new(side, &(0..side * side).map(total).collect::<Vec<_>>());
    let sections = Sections { window: 1, ..Sections::default() };
    let found = profiles(city.units(), 3, &sections).unwrap();
    assert_eq!(
        found.iter().map(|profile| profile.line).collect::<Vec<_>>(),
        [0.0, 45.0, 90.0, 135.0, 180.0, 225.0, 270.0, 315.0]
    );
    for profile in &found {
        assert_eq!(profile.samples[0].total, 90.0);
        assert_eq!(profile.falls.iter().map(|fall| fall.total).collect::<Vec<_>>(), [75.0, 40.0], "{}", profile.line);
    }
    let graded = grade(city.units(), 3, &Method::Profile(sections.clone())).unwrap();
    assert_eq!((graded.limits, graded.counts), (vec![40.0, 75.0], vec![1, 24, 56]));
    // Units in another order give the same.
    let features: Vec<u32> = city.features.iter().rev().copied().collect();
    let totals: Vec<f64> = city.totals.iter().rev().copied().collect();
    let turned =
        Units { totals: &totals, areas: None, ground: Some(Ground { shapes: &city.shapes, features: &features }) };
    assert_eq!(profiles(turned, 3, &sections).unwrap(), found);
    let few = grade(city.units(), 4, &Method::Profile(sections)).unwrap_err();
    assert_eq!(few.code, "too-few-falls");
    assert_eq!(few.what.en, "no profile of 8 falls in 3 places, as 4 grades need; the most are 2");
}

#[test]
fn on_the_edge_between_two_units_the_better_counts() {
    let city = City::new(2, &[10.0, 30.0]);
    let found = profiles(city.units(), 2, &along(&[(100.0, 50.0), (100.0, 250.0)], 1)).unwrap();
    assert_eq!(found[0].samples.iter().map(|sample| sample.total).collect::<Vec<_>>(), [30.0]);
}

/// A line with a corner: 100 m apart along it, not as the crow flies.
#[test]
fn places_are_measured_along_the_line() {
    let city = City::new(3, &[1.0; 9]);
    let sections = along(&[(50.0, 50.0), (50.0, 200.0), (250.0, 200.0)], 1);
    let lines = super::super::sections::lines(&city.units(), &city.units().ground.unwrap(), &sections).unwrap();
    let places: Vec<(f64, f64)> = lines[0].places(100.0).map(|place| (place.x, place.y)).collect();
    assert_eq!(places, [(50.0, 50.0), (50.0, 150.0), (100.0, 200.0), (200.0, 200.0)]);
}

#[test]
fn what_the_profile_cannot_do_is_told() {
    let city = City::new(2, &[10.0, 30.0]);
    let code = |sections: &Sections| profiles(city.units(), 2, sections).unwrap_err().code;
    assert_eq!(profiles(&city.totals, 2, &Sections::default()).unwrap_err().code, "no-ground");
    assert_eq!(code(&Sections { window: 2, ..Sections::default() }), "profile-lines");
    assert_eq!(code(&Sections { step: 0.0, ..Sections::default() }), "profile-lines");
    assert_eq!(code(&Sections { step: 1e-5, ..Sections::default() }), "profile-lines");
    assert_eq!(code(&Sections { directions: 0, ..Sections::default() }), "profile-lines");
    assert_eq!(code(&Sections { lines: vec![vec![Point::new(0.0, 0.0)]], ..Sections::default() }), "profile-lines");
    let nothing = Units { totals: &[], areas: None, ground: Some(Ground { shapes: &city.shapes, features: &[] }) };
    assert!(grade(nothing, 3, &Method::Profile(Sections::default())).unwrap().grades.is_empty());
}
