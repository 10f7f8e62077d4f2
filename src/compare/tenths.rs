//! Growth as classes of maps take it.

/// Growth in % as tenths of a percent rounded down, so that it lies in the class that the growth itself lies in; less than a tenth of growth is
/// one, since nothing but no change is 0. `None` where it is no number.
pub fn tenths(growth: f64) -> Option<i32> {
    let tenths = growth * 10.0;
    match () {
        () if !growth.is_finite() => None,
        // What is left of a sum of binary fractions is no change.
        () if tenths.abs() < 1e-6 => Some(0),
        () if tenths > 0.0 && tenths < 1.0 => Some(1),
        () => Some((tenths + 1e-6).floor() as i32),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_keeps_its_class_when_it_is_rounded() {
        let of = |growth: f64| tenths(growth).unwrap_or(i32::MIN);
        // −5.04 % lies below −5 %, 4.96 % below 5 %, and 5 % with the dust of its division does not.
        assert_eq!((of(-5.0405), of(-5.0), of(4.96), of(4.999_999_999_9)), (-51, -50, 49, 50));
        assert_eq!((of(0.0), of(1e-9), of(0.04), of(-0.04)), (0, 0, 1, -1));
        assert_eq!((tenths(f64::NAN), tenths(f64::INFINITY)), (None, None));
    }
}
