use super::*;
use crate::compare::fixture::{cell, release};
use crate::land::progress::Unwatched;

/// East of x = 10 the other district; 20 m of common border in two pieces of 10 m.
fn districts() -> (Release, Release) {
    let mut west =
        release("west", &[("a", 0, [0.0, 0.0, 10.0, 10.0], 1, 1000.0), ("b", 0, [0.0, 10.0, 10.0, 20.0], 2, 800.0)]);
    west.cells = vec![cell(0, 1, 1000.0, 100.0), cell(0, 2, 800.0, 100.0)];
    west.head.base_date = Some("2025-12-31".to_string());
    let mut east =
        release("east", &[("a", 0, [10.0, 0.0, 20.0, 10.0], 3, 600.0), ("b", 0, [10.0, 10.0, 20.0, 20.0], 4, 500.0)]);
    east.cells = vec![cell(0, 3, 600.0, 100.0), cell(0, 4, 500.0, 100.0)];
    east.head.base_date = Some("2023-12-31".to_string());
    east.head.index = "quarter,commercial\n2023Q4,100\n2025Q4,110\n".to_string();
    (west, east)
}

fn run(west: &Release, east: &Release) -> Borders {
    let mut found = across(west, east, Lent::default(), &Options::default(), &Unwatched).unwrap();
    found.borders.retain(|border| border.level == Level::Unit);
    found
}

/// Two units of grade 1 in the west against one of grade 3 in the east, 20 m together: one pair of grades, at the prices of the grades.
#[test]
fn grades_along_the_border_are_held_against_one_another_too() {
    let (mut west, mut east) = districts();
    west.units.grades = vec![1, 1];
    west.units.prices = vec![1000.0, 990.0];
    east.units.grades = vec![3, 3];
    let found = across(&west, &east, Lent::default(), &Options::default(), &Unwatched).unwrap();
    let zones: Vec<&Border> = found.borders.iter().filter(|border| border.level == Level::Zone).collect();
    assert_eq!((zones.len(), zones[0].length, found.looked_at), (1, 20.0, [1, 2]));
    assert_eq!((zones[0].one.id.as_str(), zones[0].other.id.as_str()), ("commercial/1", "commercial/3"));
    assert_eq!((zones[0].one.price, zones[0].other.price), (1000.0, 600.0));
    assert!((zones[0].gap - 0.415_515).abs() < 1e-6 && !zones[0].flags.is_empty(), "{:?}", zones[0].gap);
    assert_eq!(found.pairs[0].length, 20.0, "what counts once");
}

/// East is brought from 2023Q4 to 2025Q4 by 110/100: 660 and 550. a|a: ln(1000/660) = 0.41552, b|b: ln(800/550) = 0.37469; the larger inner
/// step is ln(1000/800) = 0.22314 on the west side, 1.5 of it 0.33472: both are flagged.
#[test]
fn prices_of_two_base_dates_are_brought_to_the_later_one_before_they_are_compared() {
    let (west, east) = districts();
    let found = run(&west, &east);
    let told: Vec<_> =
        found.borders.iter().map(|b| (b.one.id.as_str(), b.other.common, b.length, b.flags.is_empty())).collect();
    assert_eq!(told.len(), 2);
    assert!((told[0].1 - 660.0).abs() < 1e-9 && (told[1].1 - 550.0).abs() < 1e-9, "{told:?}");
    assert_eq!((told[0].0, told[0].2, told[0].3, told[1].3), ("a", 10.0, false, false));
    assert!((found.borders[0].gap - 0.415_515).abs() < 1e-6 && (found.borders[0].inner - 0.223_144).abs() < 1e-6);
    let pair = &found.pairs[0];
    assert_eq!((pair.one.as_str(), pair.other.as_str(), pair.length, pair.share_over), ("west", "east", 20.0, 1.0));
    assert!((pair.mean_gap - (0.415_515 + 0.374_693) / 2.0).abs() < 1e-6);
    let sentences = found.sentences(crate::land::Lang::En).join("\n");
    assert!(sentences.contains("2023-12-31 → 2025-12-31: × 110/100 = 1.1"), "{sentences}");
    assert!(found.borders.iter().all(|border| border.step.is_none()), "grades of two systems");
}

#[test]
fn what_cannot_be_brought_to_one_connotation_is_told_and_not_compared() {
    let (west, mut east) = districts();
    east.head.index.clear();
    let found = run(&west, &east);
    assert!(found.borders.iter().all(|border| border.gap.is_nan() && border.flags.is_empty()));
    assert_eq!((found.pairs[0].length, found.pairs[0].compared), (20.0, 0.0));
    assert!(found.sentences(crate::land::Lang::Zh).join("\n").contains("未作比较:east 没有用途 commercial 的地价指数"));
    let (west, mut east) = districts();
    east.uses[0].connotation.as_mut().unwrap().right = "划拨".to_string();
    let mut own = west;
    own.uses[0].connotation.as_mut().unwrap().right = "出让".to_string();
    let found = run(&own, &east);
    assert!(found.uses[0].refused.is_some() && found.pairs[0].compared == 0.0);
}

#[test]
fn the_two_sides_may_be_swapped_and_edges_meet_within_the_tolerance() {
    let (west, mut east) = districts();
    let found = run(&west, &east);
    let swapped = run(&east, &west);
    assert!((found.pairs[0].mean_gap - swapped.pairs[0].mean_gap).abs() < 1e-12);
    // 0.05 m apart is beside, 0.5 m is not.
    let mut shift = |by: f64| {
        let shapes = east.units.shapes.as_mut().unwrap();
        shapes.points_mut().iter_mut().for_each(|point| point.x += by);
        run(&west, &east).borders.len()
    };
    assert_eq!((shift(0.05), shift(0.45)), (2, 0));
}
