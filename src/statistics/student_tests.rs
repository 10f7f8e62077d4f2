use super::upper_point;

/// The printed table of Student's t, upper tail 0.025 (any textbook).
#[test]
fn the_printed_table_comes_out() {
    let printed = [
        (1.0, 12.706),
        (2.0, 4.303),
        (3.0, 3.182),
        (4.0, 2.776),
        (5.0, 2.571),
        (8.0, 2.306),
        (10.0, 2.228),
        (30.0, 2.042),
        (120.0, 1.980),
    ];
    for (freedom, t) in printed {
        assert!((upper_point(0.025, freedom) - t).abs() < 5e-4, "{freedom}: {}", upper_point(0.025, freedom));
    }
}

/// ν = 1 is Cauchy: t = tan(π(½ − p)). ν = 2: t = (1 − 2p)·√(2/(4p(1 − p))). ν = 4 (Shaw 2006): t = 2·√(cos(⅓·acos √α)/√α − 1), α = 4p(1 − p).
#[test]
fn the_closed_forms_for_one_two_and_four_degrees_come_out() {
    for p in [0.4, 0.1, 0.025, 0.001, 1e-6, 1e-9] {
        let alpha: f64 = 4.0 * p * (1.0 - p);
        let expected = [
            (1.0, 1.0 / (std::f64::consts::PI * p).tan()),
            (2.0, (1.0 - 2.0 * p) * (2.0 / alpha).sqrt()),
            (4.0, 2.0 * ((alpha.sqrt().acos() / 3.0).cos() / alpha.sqrt() - 1.0).sqrt()),
        ];
        for (freedom, t) in expected {
            let found = upper_point(p, freedom);
            assert!((found / t - 1.0).abs() < 1e-9, "ν {freedom} p {p}: {found} not {t}");
        }
    }
}

#[test]
fn many_degrees_of_freedom_are_the_normal_curve() {
    // Φ⁻¹(0.975) = 1.959963984540054; t differs by (z³ + z)/(4ν).
    let z = 1.959_963_984_540_054_f64;
    for freedom in [1e4, 1e6] {
        let expected = z + (z.powi(3) + z) / (4.0 * freedom);
        assert!((upper_point(0.025, freedom) - expected).abs() < 1e-7);
    }
}
