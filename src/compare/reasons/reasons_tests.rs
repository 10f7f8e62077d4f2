use super::*;
use crate::compare::fixture::release;
use crate::compare::{Options, compare};
use crate::land::progress::Unwatched;
use crate::release::Release;
use proptest::prelude::*;

fn reasons(count: usize) -> Vec<Reason> {
    let title = Text::default();
    (0..count).map(|at| Reason { key: format!("g{at}"), title: title.clone(), units: false }).collect()
}

/// Every order of the groups, one after the other: the definition itself.
fn by_orders(groups: usize, value: &dyn Fn(Set) -> f64) -> Vec<f64> {
    fn orders(left: Vec<usize>, taken: Vec<usize>, all: &mut Vec<Vec<usize>>) {
        if left.is_empty() {
            all.push(taken);
            return;
        }
        for at in 0..left.len() {
            let (mut left, mut taken) = (left.clone(), taken.clone());
            taken.push(left.remove(at));
            orders(left, taken, all);
        }
    }
    let mut all = Vec::new();
    orders((0..groups).collect(), Vec::new(), &mut all);
    let mut parts = vec![0.0; groups];
    for order in &all {
        let mut set = 0;
        for &group in order {
            parts[group] += (value(set | 1 << group) - value(set)) / all.len() as f64;
            set |= 1 << group;
        }
    }
    parts
}

fn parts(way: Way, groups: usize, value: &dyn Fn(Set) -> f64) -> Vec<f64> {
    let plan = Plan::new(way, groups);
    let part = |group| plan.sets.iter().map(|&set| plan.coefficient(set, group) * value(set)).sum();
    (0..groups).map(part).collect()
}

proptest! {
    #[test]
    fn shapley_parts_are_the_mean_over_every_order(values in proptest::collection::vec(-1e4f64..1e4, 32), groups in 1usize..6) {
        let value = |set: Set| values[set as usize];
        for (part, wanted) in parts(Way::Shapley, groups, &value).iter().zip(by_orders(groups, &value)) {
            prop_assert!((part - wanted).abs() < 1e-6);
        }
    }

    /// 0.1 and 0.2 do not make 0.3 in binary: the steps are whole.
    #[test]
    fn parts_add_up_to_the_change_to_the_last_step(
        rows in proptest::collection::vec((-1e5f64..1e5, -1e5f64..1e5, proptest::collection::vec(-1e5f64..1e5, 4)), 1..30),
    ) {
        let (old, new): (Vec<f64>, Vec<f64>) = rows.iter().map(|row| (row.0, row.1)).unzip();
        let raw: Vec<f64> = rows.iter().flat_map(|row| row.2.clone()).collect();
        let parts = Parts::exact(&old, &new, raw, 4, 100.0);
        for pair in 0..rows.len() {
            let sum: i64 = (0..4).map(|group| (parts.part(pair, group) * 100.0).round() as i64).sum();
            prop_assert_eq!(sum, (parts.change(pair) * 100.0).round() as i64);
        }
        let (change, means) = parts.mean((0..rows.len()).map(|pair| (pair, 1.0 + pair as f64))).unwrap();
        let sum: i64 = means.iter().map(|part| (part * 100.0).round() as i64).sum();
        prop_assert_eq!(sum, (change * 100.0).round() as i64);
    }
}

/// Two groups a and b with v(∅) = 100, v(a) = 130, v(b) = 110, v(ab) = 160. One after the other: a 130 − 100 = 30, b 160 − 130 = 30. Over
/// both orders: a ((130 − 100) + (160 − 110)) / 2 = 40, b ((110 − 100) + (160 − 130)) / 2 = 20. By hand.
#[test]
fn two_groups_by_hand() {
    let value = |set: Set| [100.0, 130.0, 110.0, 160.0][set as usize];
    assert_eq!(parts(Way::Ordered, 2, &value), [30.0, 30.0]);
    assert_eq!(parts(Way::Shapley, 2, &value), [40.0, 20.0]);
}

fn priced(prices: [f64; 2]) -> Release {
    release("r", &[("a", 0, [0.0, 0.0, 10.0, 10.0], 1, prices[0]), ("b", 0, [10.0, 0.0, 40.0, 10.0], 2, prices[1])])
}

/// The same with two units of 100 and 300 m²; the mean change of the use is (100 · 60 + 300 · 20) / 400 = 30.
#[test]
fn units_are_split_and_added_up_by_area() {
    let (old, new) = (priced([100.0, 200.0]), priced([160.0, 220.0]));
    let comparison = compare(&old, &new, &Options::default(), &Unwatched).unwrap();
    let mut splitting = Splitting::new(&comparison, reasons(2), Way::Shapley);
    for set in splitting.sets().to_vec() {
        let prices = [[100.0, 200.0], [130.0, 200.0], [110.0, 220.0], [160.0, 220.0]][set as usize];
        splitting.take(set, &priced(prices).units).unwrap();
    }
    let found = splitting.done(None);
    let price = found.of(Measure::Price);
    assert_eq!([price.part(0, 0), price.part(0, 1), price.part(1, 0), price.part(1, 1)], [40.0, 20.0, 0.0, 20.0]);
    assert_eq!((price.leading(0), price.leading(1)), (vec![0], vec![1]));
    let whole = &found.by_grade(&comparison)[0];
    assert_eq!((whole.land_use, whole.grade, whole.mean.pairs), (0, None, 2));
    assert_eq!((whole.mean.change, whole.mean.parts.as_slice()), (30.0, &[10.0, 20.0][..]));
    assert!(found.by_district(&comparison).is_empty(), "without districts");
}

#[test]
fn a_mixture_without_a_price_leaves_the_change_unsplit() {
    let (old, new) = (priced([100.0, 200.0]), priced([160.0, 220.0]));
    let comparison = compare(&old, &new, &Options::default(), &Unwatched).unwrap();
    let mut splitting = Splitting::new(&comparison, reasons(2), Way::Ordered);
    for (set, prices) in [(0, [100.0, 200.0]), (1, [f64::NAN, 210.0]), (3, [160.0, 220.0])] {
        splitting.take(set, &priced(prices).units).unwrap();
    }
    let found = splitting.done(None);
    assert_eq!(found.undetermined, [true, false]);
    assert_eq!((found.of(Measure::Price).change(0), found.of(Measure::Price).part(0, 0)), (60.0, 0.0));
    assert_eq!(found.by_grade(&comparison)[0].mean.pairs, 1, "no mean has a share of it");
}

#[test]
fn inputs_that_do_not_give_the_release_are_refused() {
    let (old, new) = (priced([100.0, 200.0]), priced([160.0, 220.0]));
    let comparison = compare(&old, &new, &Options::default(), &Unwatched).unwrap();
    let mut splitting = Splitting::new(&comparison, reasons(1), Way::Ordered);
    let fault = splitting.take(0, &priced([100.0, 201.0]).units).unwrap_err();
    assert_eq!(fault.code, "not-reproduced");
    assert!(fault.what.en.contains("unit b"), "{}", fault.what.en);
    splitting.take(0, &old.units).unwrap();
    assert_eq!(splitting.take(1, &priced([160.0, 221.0]).units).unwrap_err().code, "not-reproduced");
    let other =
        release("r", &[("a", 0, [0.0, 0.0, 10.0, 10.0], 1, 100.0), ("c", 0, [10.0, 0.0, 40.0, 10.0], 2, 200.0)]);
    let mut splitting = Splitting::new(&comparison, reasons(1), Way::Ordered);
    assert_eq!(splitting.take(0, &other.units).unwrap_err().code, "not-reproduced");
}

/// Two groups that do only together what they do: half each, by hand. Both lead; backwards every part is its own mirror, the odd hundredth too.
#[test]
fn equal_parts_are_told_as_equal_and_mirror() {
    let there = Parts::exact(&[100.0], &[305.67], vec![102.835, 102.835_000_000_000_1], 2, 100.0);
    let back = Parts::exact(&[305.67], &[100.0], vec![-102.835_000_000_000_1, -102.835], 2, 100.0);
    assert_eq!((there.leading(0), back.leading(0)), (vec![0, 1], vec![0, 1]));
    assert_eq!([there.part(0, 0), there.part(0, 1)], [102.83, 102.84]);
    assert_eq!([back.part(0, 0), back.part(0, 1)], [-102.83, -102.84]);
    let none = Parts::exact(&[100.0], &[100.0], vec![0.0, 0.0], 2, 100.0);
    assert!(none.leading(0).is_empty());
}
