use super::upper_tail;

/// Upper 5 % and 1 % points as every table of the distribution prints them, to three decimals.
#[test]
fn the_printed_points_have_their_probability() {
    let points = [
        (1.0, 3.841, 0.05),
        (2.0, 5.991, 0.05),
        (3.0, 7.815, 0.05),
        (4.0, 9.488, 0.05),
        (10.0, 18.307, 0.05),
        (30.0, 43.773, 0.05),
        (1.0, 6.635, 0.01),
        (3.0, 11.345, 0.01),
        (10.0, 23.209, 0.01),
    ];
    for (freedom, value, tail) in points {
        // The point is rounded to half a thousandth, and the density is below 0.25 here.
        assert!((upper_tail(value, freedom) - tail).abs() < 2e-5, "{freedom} {value}");
    }
}

/// Two degrees of freedom: e^(−x/2). Four: e^(−x/2)(1 + x/2). Both by integrating by parts.
#[test]
fn even_degrees_of_freedom_have_closed_forms() {
    for tenth in 0..400 {
        let x = f64::from(tenth) / 4.0;
        let two = libm::exp(-x / 2.0);
        assert!((upper_tail(x, 2.0) - two).abs() <= 1e-14 * (1.0 + two), "{x}");
        let four = two * (1.0 + x / 2.0);
        assert!((upper_tail(x, 4.0) / four - 1.0).abs() < 1e-11, "{x}");
    }
}

/// One degree of freedom: the square of a normal variable.
#[test]
fn one_degree_of_freedom_is_the_error_function() {
    for tenth in 1..200 {
        let x = f64::from(tenth) / 5.0;
        let normal = libm::erfc((x / 2.0).sqrt());
        assert!((upper_tail(x, 1.0) / normal - 1.0).abs() < 1e-10, "{x}");
    }
}

#[test]
fn the_tail_falls_from_one_to_nothing() {
    for freedom in 1..60 {
        let mut last = 1.0;
        for step in 0..500 {
            let tail = upper_tail(f64::from(step) / 2.0, f64::from(freedom));
            assert!((0.0..=last + 1e-14).contains(&tail), "{freedom} {step}");
            last = tail;
        }
        assert!(last < 1e-12 || freedom > 40, "{freedom} {last}");
    }
}
