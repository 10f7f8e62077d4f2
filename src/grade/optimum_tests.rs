use super::*;
use proptest::prelude::*;

/// Ascending values of several shapes: even, skewed, in heaps far apart, with weights.
fn values() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    let one = prop_oneof![
        (0.0_f64..100.0).boxed(),
        (0.0_f64..1.0).prop_map(|u| (8.0 * u * u * u).exp()).boxed(),
        (0_u8..7, 0.0_f64..1.0).prop_map(|(heap, u)| f64::from(heap).powi(3) + u).boxed(),
    ];
    let weight = prop_oneof![9 => Just(1.0), 1 => 1.0_f64..500.0];
    prop::collection::vec((one, weight), 4096..9000).prop_map(|mut pairs| {
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        pairs.dedup_by(|a, b| a.0 == b.0);
        pairs.into_iter().unzip()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_the_coarse_look_leaves_out_changes_no_limit((values, weights) in values(), classes in 2_usize..=30) {
        let sums = Sums::of(&values, &weights);
        let chosen = within(&sums, &windows::of(&sums, classes));
        prop_assert_eq!(chosen, within(&sums, &windows::all(values.len(), classes)));
    }
}

#[test]
fn of_many_even_values_the_coarse_look_leaves_out_most_ends() {
    let values: Vec<f64> = (0..100_000).map(f64::from).collect();
    let sums = Sums::of(&values, &vec![1.0; values.len()]);
    let windows = windows::of(&sums, 10);
    let costed: usize = windows.iter().map(|window| window.end() - window.start() + 1).sum();
    assert!(costed < 9 * values.len() / 4, "{costed}");
    let limits: Vec<usize> = (0..10).map(|class| class * 10_000).collect();
    assert_eq!(within(&sums, &windows), limits);
}
