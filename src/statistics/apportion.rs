//! Rounding that keeps a sum: what is listed adds up to what stands below the line.

/// The values as whole multiples of a step that add up to their sum, rounded half up: each is cut off, and what the sum then misses goes to
/// those that lost most, the first of equals (largest remainders). Values are not below 0; none is off by a step or more.
pub fn apportion(values: &[f64], step: f64) -> Vec<f64> {
    let sum = (values.iter().sum::<f64>() / step + 0.5).floor();
    // A millionth of a step is rounding of the division.
    let mut parts: Vec<f64> = values.iter().map(|value| (value / step + 1e-6).floor()).collect();
    let missing = (sum - parts.iter().sum::<f64>()).max(0.0) as usize;
    let mut by_loss: Vec<usize> = (0..parts.len()).collect();
    let loss = |at: usize| values[at] / step - parts[at];
    by_loss.sort_by(|&a, &b| loss(b).total_cmp(&loss(a)));
    by_loss.iter().take(missing).for_each(|&at| parts[at] += 1.0);
    // A division by the number of steps in 1 prints as it should where a multiplication would not.
    parts.into_iter().map(|part| part / (1.0 / step).round()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Three thirds of 100: 33.33 thrice is 99.99, so the first has 33.34.
    #[test]
    fn what_the_sum_misses_goes_to_the_first_of_equals() {
        assert_eq!(apportion(&[100.0 / 3.0; 3], 0.01), [33.34, 33.33, 33.33]);
        assert_eq!(apportion(&[10.006, 20.006, 30.006], 0.01), [10.01, 20.01, 30.0]);
        assert_eq!(apportion(&[], 0.01), [0.0; 0]);
    }

    proptest! {
        #[test]
        fn parts_add_up_and_none_is_off_by_a_step(values in prop::collection::vec(0.0..1e7f64, 1..60)) {
            let parts = apportion(&values, 0.01);
            let cents = |value: f64| (value * 100.0).round() as i64;
            let total = (values.iter().sum::<f64>() * 100.0 + 0.5).floor() as i64;
            prop_assert_eq!(parts.iter().map(|&part| cents(part)).sum::<i64>(), total);
            prop_assert!(values.iter().zip(&parts).all(|(value, part)| (value - part).abs() < 0.010_001));
        }
    }
}
