use super::{shares, shown};
use proptest::prelude::*;

/// Thirds: 3333 each leaves one, which goes to the first of three equal remainders.
#[test]
fn what_is_missing_goes_to_the_largest_remainder_and_of_equals_to_the_first() {
    assert_eq!(shares(&[1.0 / 3.0; 3], 4), [3334, 3333, 3333]);
    // 4672.95, 1601.2, 2771.85, 954.0 of 10000 round down to 9998: two are missing, and .95 and .85 have them.
    assert_eq!(shares(&[0.467_295, 0.160_12, 0.277_185, 0.0954], 4), [4673, 1601, 2772, 954]);
    assert_eq!(shares(&[1.0], 4), [10_000]);
    // 0.7 + 0.2 + 0.1 is not 1 in binary; nothing is missing all the same.
    assert_eq!(shares(&[0.7, 0.2, 0.1], 4), [7000, 2000, 1000]);
}

#[test]
fn shares_are_written_as_decimals() {
    assert_eq!(shown(4673, 4), "0.4673");
    assert_eq!(shown(10_000, 4), "1.0000");
    assert_eq!(shown(7, 4), "0.0007");
}

proptest! {
    /// Whatever the weights, the shares sum to the whole and none is a unit or more off.
    #[test]
    fn shares_sum_to_the_whole_and_stay_within_a_unit(raw in prop::collection::vec(0.0_f64..1.0, 1..40)) {
        let sum: f64 = raw.iter().sum();
        prop_assume!(sum > 0.01);
        let found = shares(&raw, 4);
        prop_assert_eq!(found.iter().sum::<u64>(), 10_000);
        for (share, weight) in found.iter().zip(&raw) {
            prop_assert!((*share as f64 - weight / sum * 1e4).abs() < 1.0 + 1e-6);
        }
    }
}
