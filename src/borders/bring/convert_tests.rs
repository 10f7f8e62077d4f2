use super::*;
use crate::compare::fixture::{cell, release};
use std::path::Path;

const LAWS: &str = "[[uses]]\nkey = \"residential\"\n[[uses.plot_ratio]]\npower = 0.5\n";

/// Two residential units at 1000 and 800 元/㎡ in grades 1 and 2, a set plot ratio of 2, 70 years at 6 %.
fn old() -> Release {
    let mut release =
        release("2023", &[("a", 1, [0.0, 0.0, 10.0, 10.0], 1, 1000.0), ("b", 1, [10.0, 0.0, 20.0, 10.0], 2, 800.0)]);
    release.cells = vec![cell(1, 1, 1000.0, 100.0), cell(1, 2, 800.0, 100.0)];
    release
}

/// With the grades as they are.
fn converted(old: &mut Release, new: &Release, lent: Option<&System>) -> Vec<Text> {
    let found = convert(old, new, lent, &|_, grade| grade).unwrap();
    found.state(old);
    found.notes
}

fn with(change: impl Fn(&mut Connotation)) -> Release {
    let mut release = old();
    release.head.name = "2026".to_string();
    release.head.corrections = LAWS.to_string();
    change(release.uses[1].connotation.as_mut().unwrap());
    release
}

fn prices(release: &Release) -> (Vec<f64>, Vec<f64>) {
    (release.units.prices.clone(), release.cells.iter().filter_map(|cell| cell.published).collect())
}

/// By hand, with the law K = (R/R0)^0.5 of the new release. Its set ratio is 1.5: the old price is one at 2, so K(1.5)/K(2) = (1.5/2)^0.5 = 0.866025; 1000 → 866.03,
/// 800 → 692.82.
#[test]
fn a_changed_plot_ratio_is_converted_by_the_law_at_hand() {
    let (mut before, after) = (old(), with(|premises| premises.plot_ratio = 1.5));
    let notes = converted(&mut before, &after, None);
    assert_eq!(prices(&before), (vec![866.03, 692.82], vec![866.03, 692.82]));
    assert_eq!(notes.len(), 1);
    assert!(notes[0].en.contains("plot ratio 2 → 1.5") && notes[0].en.contains("× 0.866025"), "{}", notes[0].en);
    assert_eq!(before.uses[1].connotation.as_ref().unwrap().plot_ratio, 1.5);
}

/// A price of floor at 1.5 is that of the ground over 1.5: 866.03 / 1.5 = 577.35 (unrounded 866.0254 / 1.5 = 577.3503).
#[test]
fn a_price_of_ground_becomes_one_of_floor() {
    let (mut before, after) = (
        old(),
        with(|premises| {
            premises.plot_ratio = 2.0;
            premises.kind = "floor".to_string();
        }),
    );
    converted(&mut before, &after, None);
    assert_eq!(prices(&before).0, [500.0, 400.0]);
}

/// 70 years at 6 % to 50: (1 − 1.06^−50) / (1 − 1.06^−70) = 0.945712 / 0.983073 = 0.961996; 1000 → 962.00.
#[test]
fn a_changed_term_is_converted_by_the_rate() {
    let (mut before, after) = (old(), with(|premises| premises.term = 50.0));
    converted(&mut before, &after, None);
    assert_eq!(prices(&before).0[0], 962.0);
}

#[test]
fn what_no_table_converts_stays_and_is_told() {
    let mut after = with(|premises| premises.plot_ratio = 1.5);
    after.head.corrections.clear();
    let mut before = old();
    let notes = converted(&mut before, &after, None);
    assert_eq!(prices(&before).0, [1000.0, 800.0]);
    assert!(notes[0].en.contains("not converted: no table brings the plot ratio 2 to 1.5"), "{}", notes[0].en);
    assert_eq!(before.uses[1].connotation.as_ref().unwrap().plot_ratio, 2.0, "so that it is not compared");
    // A system that is lent does.
    let system = System::parse(LAWS, Path::new("laws.toml")).unwrap();
    converted(&mut before, &after, Some(&system));
    assert_eq!(prices(&before).0, [866.03, 692.82]);
    let mut other = with(|premises| premises.right = "划拨".to_string());
    other.uses[1].connotation.as_mut().unwrap().plot_ratio = 1.5;
    let mut before = old();
    before.uses[1].connotation.as_mut().unwrap().right = "出让".to_string();
    assert!(converted(&mut before, &other, None)[0].en.contains("different rights"), "rights are not converted");
}

#[test]
fn equal_premises_are_left_alone() {
    let (mut before, after) = (old(), with(|_| {}));
    assert!(converted(&mut before, &after, None).is_empty());
    assert_eq!(prices(&before).0, [1000.0, 800.0]);
}

/// Old grades 2 and 3 count as new grade 2, whose set ratio is 1.5; the laws of a lent file are K = R^0.6 for grades 1 and 2, R^0.1 for 3. Each
/// is converted by its own: 3000·0.75^0.6 = 2524.40, 2000·0.75^0.1 = 1943.28.
#[test]
fn each_old_grade_is_converted_by_its_own_law_before_grades_are_merged() {
    let mut before = old();
    before.uses[1].grades = 3;
    before.cells = vec![cell(1, 1, 4000.0, 100.0), cell(1, 2, 3000.0, 100.0), cell(1, 3, 2000.0, 100.0)];
    before.units.prices = vec![f64::NAN; before.units.prices.len()];
    let mut after = with(|premises| premises.plot_ratio = 1.5);
    after.head.corrections.clear();
    let laws = "[[uses]]\nkey = \"residential\"\n[[uses.plot_ratio]]\ngrades = [1, 2]\npower = 0.6\n\
                [[uses.plot_ratio]]\ngrades = [3]\npower = 0.1\n";
    let system = System::parse(laws, Path::new("laws.toml")).unwrap();
    let found = convert(&mut before, &after, Some(&system), &|_, grade| grade.min(2)).unwrap();
    assert_eq!(prices(&before).1, [3365.87, 2524.4, 1943.28]);
    assert!(found.notes.iter().all(|note| note.en.contains("by the table of --corrections")), "{:?}", found.notes);
}
