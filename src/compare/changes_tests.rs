use super::super::fixture::{release, with_defaults};
use super::super::{Options, compare};
use super::*;
use crate::land::Lang;
use crate::land::progress::Unwatched;

#[test]
fn growth_of_the_first_panzhihua_grade_is_minus_3_4375() {
    assert_eq!(growth_of(4800.0, 4635.0), -3.4375);
    assert!(growth_of(0.0, 10.0).is_nan() && growth_of(f64::NAN, 10.0).is_nan() && growth_of(10.0, f64::NAN).is_nan());
}

#[test]
fn jumps_of_two_grades_and_of_more_than_30_percent_are_flagged() {
    let square = |at: f64| [at, 0.0, at + 10.0, 10.0];
    let old = [
        ("A", 0, square(0.0), 1, 100.0),
        ("B", 0, square(20.0), 3, 100.0),
        ("C", 0, square(40.0), 2, 100.0),
        ("D", 0, square(60.0), 0, 100.0),
    ];
    let new = [
        ("A", 0, square(0.0), 3, 130.0),
        ("B", 0, square(20.0), 2, 130.1),
        ("C", 0, square(40.0), 2, 69.0),
        ("D", 0, square(60.0), 2, f64::NAN),
    ];
    let (old, new) = (release("old", &old), release("new", &new));
    let comparison = with_defaults(&old, &new);
    let seen: Vec<_> = comparison.changes.iter().map(|c| (c.dgrade, c.flags.grade_jump, c.flags.price_jump)).collect();
    let expected = [(Some(2), true, false), (Some(-1), false, true), (Some(0), false, true), (None, false, false)];
    assert_eq!(seen, expected);
    assert_eq!(comparison.changes[1].flags.names(), ["price-jump"]);
    assert!(comparison.changes[3].differs());
    let strict = Options { grade_jump: 1, price_jump: 50.0, ..Options::default() };
    let comparison = compare(&old, &new, &strict, &Unwatched).unwrap();
    assert_eq!(comparison.changes.iter().filter(|change| change.flags.grade_jump).count(), 2);
    assert_eq!(comparison.changes.iter().filter(|change| change.flags.price_jump).count(), 0);
}

#[test]
fn options_that_cannot_be_meant_are_all_named() {
    let old = release("old", &[]);
    let options =
        Options { id_share: 1.5, price_jump: f64::NAN, witness: Some("坐落".to_string()), ..Options::default() };
    let fault = compare(&old, &old, &options, &Unwatched).err().unwrap();
    assert_eq!(
        fault.each().map(|fault| fault.code).collect::<Vec<_>>(),
        ["bad-option", "bad-option", "unknown-field", "unknown-field"]
    );
}

/// Units of both uses, 商业 and 住宅, priced as told.
fn priced(prices: [f64; 2]) -> crate::release::Release {
    let square = |at: f64| [at, 0.0, at + 10.0, 10.0];
    release("town", &[("A", 0, square(0.0), 1, prices[0]), ("B", 1, square(20.0), 1, prices[1])])
}

#[test]
fn only_prices_of_compared_uses_count_as_changed() {
    let (old, mut new) = (priced([100.0, 100.0]), priced([110.0, 120.0]));
    new.uses[1].connotation.as_mut().unwrap().plot_ratio = 1.8;
    let comparison = with_defaults(&old, &new);
    assert_eq!(comparison.summary(Lang::En).changed.price, 1);
    assert_eq!(comparison.changes.iter().map(Change::differs).collect::<Vec<_>>(), [true, false]);
    // The two prices that stand side by side in the second row are told apart.
    let flags: Vec<_> = comparison.changes.iter().map(|change| change.flags.names()).collect();
    assert_eq!(flags, [vec![], vec!["different-connotation"]]);
    // With leave both are compared.
    let options = Options { allow_different_connotation: true, ..Options::default() };
    assert_eq!(compare(&old, &new, &options, &Unwatched).unwrap().summary(Lang::En).changed.price, 2);
    // A release without prices has none that changed.
    let mut bare = priced([f64::NAN; 2]);
    bare.units.prices.clear();
    assert_eq!(with_defaults(&old, &bare).summary(Lang::En).changed.price, 0);
}

#[test]
fn rounding_of_the_coarser_unit_is_no_change_and_one_more_step_is() {
    // 万元/亩 to four decimals: the last place is 0.0001 × 15 = 0.0015 元/㎡, half of it 0.00075.
    // 4348 元/㎡ = 289.8667 万元/亩 as printed, which is 4348.0005 元/㎡; 289.8668 is 4348.002.
    for (printed, changed) in [(289.8667 * 15.0, 0), (289.8668 * 15.0, 1), (289.8665 * 15.0, 1)] {
        let (mut old, new) = (priced([printed, 560.0]), priced([4348.0, 560.0]));
        for head in &mut old.uses {
            head.connotation.as_mut().unwrap().last_place = 0.0015;
        }
        let comparison = with_defaults(&old, &new);
        let summary = comparison.summary(Lang::En);
        assert_eq!((summary.changed.price, summary.changed.cells.changed), (changed, changed), "{printed}");
        assert_eq!(comparison.has_differences(), changed > 0);
        let units = &comparison.growth[0].units;
        assert_eq!(units.flat, 1 - changed);
        if changed == 0 {
            assert_eq!((comparison.changes[0].growth, units.by_area_pct), (0.0, Some(0.0)));
            let growth = &comparison.growth[0];
            assert_eq!((growth.grades[0].growth_pct, growth.growth_own_pct), (Some(0.0), Some(0.0)));
        }
        assert_eq!(comparison.growth[0].tolerance, 0.00075);
        assert!(
            summary.notes.iter().any(|note| note.contains("0.00075 元/㎡, is rounding and no change")),
            "{:?}",
            summary.notes
        );
    }
    // Both sides from elsewhere: the halves add up.
    let coarse = |price: f64| {
        let mut release = priced([price, 560.0]);
        release.uses[0].connotation.as_mut().unwrap().last_place = 15.0;
        release
    };
    for (price, changed) in [(2715.0, 0), (2715.1, 1)] {
        assert_eq!(with_defaults(&coarse(2700.0), &coarse(price)).summary(Lang::En).changed.price, changed);
    }
}

#[test]
fn added_and_removed_units_have_no_ground_in_common_but_count_with_their_area() {
    let old = release("old", &[("A", 0, [0.0, 0.0, 10.0, 10.0], 1, 100.0)]);
    let new = release("new", &[("B", 0, [50.0, 0.0, 60.0, 20.0], 2, 100.0)]);
    let comparison = with_defaults(&old, &new);
    assert_eq!(comparison.changes.iter().map(|change| change.shared).collect::<Vec<_>>(), [0.0, 0.0]);
    let matrix = &comparison.transitions[0];
    assert_eq!((matrix.removed[1].area, matrix.added[2].area), (100.0, 200.0));
}
