use super::*;
use crate::land::random::Random;

#[track_caller]
fn close(found: f64, expected: f64, relative: f64) {
    assert!((found - expected).abs() <= relative * expected.abs(), "{found} is not {expected}");
}

/// By hand, in fractions: y = 1, 3, 6, 8 over x₁ = 0, 1, 2, 1 and x₂ = 0, 0, 1, 2. The normal equations 4a + 4b + 3c = 18, 4a + 6b + 4c = 23,
/// 3a + 4b + 5c = 22 give a = 4/3, b = 7/6, c = 8/3; residuals −1/3, 1/2, −1/3, 1/6 with squares 1/2, so s² = 1/2 with one degree of freedom;
/// Σ(y − 9/2)² = 29, R² = 57/58, F = (57/2)/2 / (1/2) = 57/2. The inverse of the normal matrix has 7/9, 11/18, 4/9 in its diagonal.
#[test]
fn four_points_by_hand() {
    let found = fit(&[&[0.0, 1.0, 2.0, 1.0], &[0.0, 0.0, 1.0, 2.0]], &[1.0, 3.0, 6.0, 8.0]).unwrap();
    close(found.constant.value, 4.0 / 3.0, 1e-13);
    close(found.slopes[0].value, 7.0 / 6.0, 1e-13);
    close(found.slopes[1].value, 8.0 / 3.0, 1e-13);
    close(found.deviation, 0.5_f64.sqrt(), 1e-13);
    close(found.r2, 57.0 / 58.0, 1e-14);
    close(found.f, 57.0 / 2.0, 1e-12);
    close(found.constant.error, (7.0_f64 / 18.0).sqrt(), 1e-13);
    close(found.slopes[0].error, (11.0_f64 / 36.0).sqrt(), 1e-13);
    close(found.slopes[1].error, (2.0_f64 / 9.0).sqrt(), 1e-13);
    assert_eq!((found.freedom, found.points), ((2.0, 1.0), 4));
    // With one degree of freedom Student's distribution is Cauchy's: p = 1 − 2·atan(t)/π.
    let t = found.slopes[0].t;
    close(found.slopes[0].p, 1.0 - 2.0 * t.atan() / std::f64::consts::PI, 1e-12);
    // F with 2 and 1 degrees of freedom: P(F > f) = 1/√(1 + 2f) = 1/√58.
    close(found.p, 58.0_f64.sqrt().recip(), 1e-12);
}

/// Longley (1967), total employment over six series; certified values of the statistical reference datasets of NIST, 15 digits.
#[test]
fn the_certified_values_of_longley_come_out() {
    let rows: [[f64; 7]; 16] = [
        [60323.0, 83.0, 234_289.0, 2356.0, 1590.0, 107_608.0, 1947.0],
        [61122.0, 88.5, 259_426.0, 2325.0, 1456.0, 108_632.0, 1948.0],
        [60171.0, 88.2, 258_054.0, 3682.0, 1616.0, 109_773.0, 1949.0],
        [61187.0, 89.5, 284_599.0, 3351.0, 1650.0, 110_929.0, 1950.0],
        [63221.0, 96.2, 328_975.0, 2099.0, 3099.0, 112_075.0, 1951.0],
        [63639.0, 98.1, 346_999.0, 1932.0, 3594.0, 113_270.0, 1952.0],
        [64989.0, 99.0, 365_385.0, 1870.0, 3547.0, 115_094.0, 1953.0],
        [63761.0, 100.0, 363_112.0, 3578.0, 3350.0, 116_219.0, 1954.0],
        [66019.0, 101.2, 397_469.0, 2904.0, 3048.0, 117_388.0, 1955.0],
        [67857.0, 104.6, 419_180.0, 2822.0, 2857.0, 118_734.0, 1956.0],
        [68169.0, 108.4, 442_769.0, 2936.0, 2798.0, 120_445.0, 1957.0],
        [66513.0, 110.8, 444_546.0, 4681.0, 2637.0, 121_950.0, 1958.0],
        [68655.0, 112.6, 482_704.0, 3813.0, 2552.0, 123_366.0, 1959.0],
        [69564.0, 114.2, 502_601.0, 3931.0, 2514.0, 125_368.0, 1960.0],
        [69331.0, 115.7, 518_173.0, 4806.0, 2572.0, 127_852.0, 1961.0],
        [70551.0, 116.9, 554_894.0, 4007.0, 2827.0, 130_081.0, 1962.0],
    ];
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<f64>>();
    let columns: Vec<Vec<f64>> = (1..7).map(column).collect();
    let regressors: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let found = fit(&regressors, &column(0)).unwrap();
    let certified = [
        (15.061_872_271_373_3, 84.914_925_774_766_9),
        (-0.035_819_179_292_591, 0.033_491_007_772_243_2),
        (-2.020_229_803_816_83, 0.488_399_681_651_699),
        (-1.033_226_867_173_59, 0.214_274_163_161_675),
        (-0.051_104_105_653_580_7, 0.226_073_200_069_37),
        (1_829.151_464_613_55, 455.478_499_142_212),
    ];
    for (slope, (value, error)) in found.slopes.iter().zip(certified) {
        close(slope.value, value, 1e-9);
        close(slope.error, error, 1e-9);
    }
    close(found.constant.value, -3_482_258.634_595_82, 1e-9);
    close(found.constant.error, 890_420.383_607_373, 1e-9);
    close(found.deviation, 304.854_073_561_965, 1e-9);
    close(found.r2, 0.995_479_004_577_296, 1e-12);
    close(found.f, 330.285_339_234_588, 1e-9);
}

/// The worked example W11 (柳河县 2016) through this solver: A, 1 + r, R², t and p of the commercial prices, and p of the two others.
#[test]
fn w11_published_prices_over_grades() {
    let logs = |prices: [f64; 3]| prices.map(libm::log);
    let commercial = fit(&[&[1.0, 2.0, 3.0]], &logs([609.0, 900.0, 1357.0])).unwrap();
    close(libm::exp(commercial.constant.value), 406.616, 2e-6);
    close(libm::exp(commercial.slopes[0].value), 1.49273, 4e-6);
    close(commercial.r2, 0.99979, 6e-6);
    close(commercial.slopes[0].t, 69.18, 1e-4);
    close(commercial.p, 0.0092, 6e-3);
    let residential = fit(&[&[1.0, 2.0, 3.0]], &logs([307.0, 476.0, 634.0])).unwrap();
    assert!((residential.slopes[0].p - 0.077).abs() < 5e-4 && (residential.p - residential.slopes[0].p).abs() < 1e-12);
    let industrial = fit(&[&[1.0, 2.0, 3.0]], &logs([171.0, 207.0, 337.0])).unwrap();
    assert!((industrial.slopes[0].p - 0.157).abs() < 5e-4);
}

/// The worked example W12: ln P over a score of twelve samples, and ln P over ln S.
#[test]
fn w12_twelve_samples_over_scores() {
    let scores = [22.0, 27.0, 31.0, 36.0, 40.0, 45.0, 49.0, 54.0, 60.0, 67.0, 74.0, 83.0];
    let prices = [455.0, 520.0, 560.0, 640.0, 700.0, 820.0, 880.0, 1010.0, 1190.0, 1450.0, 1720.0, 2210.0];
    let linear = fit(&[&scores], &prices).unwrap();
    close(linear.constant.value, -324.7930, 2e-7);
    close(linear.slopes[0].value, 27.300_197, 2e-8);
    close(linear.slopes[0].t, 12.774, 4e-5);
    let exponential = fit(&[&scores], &prices.map(libm::log)).unwrap();
    close(libm::exp(exponential.constant.value), 252.882_53, 2e-8);
    close(exponential.slopes[0].value, 0.025_915_472, 2e-8);
    close(exponential.f, 11158.27, 5e-7);
    close(exponential.r2, 0.99910, 6e-6);
}

/// What is left is orthogonal to every regressor and to the constant, and no other plane is nearer.
#[test]
fn residuals_are_orthogonal_to_every_regressor() {
    let mut random = Random::new(18507, &[3]);
    for case in 0..60 {
        let (n, k) = (8 + case % 30, 1 + case % 4);
        let mut numbers = |scale: f64| (0..n).map(|_| scale * random.between(-1.0, 3.0)).collect::<Vec<f64>>();
        let columns: Vec<Vec<f64>> = (0..k).map(|at| numbers(10_f64.powi(at as i32 * 2 - 2))).collect();
        let values = numbers(50.0);
        let regressors: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let found = fit(&regressors, &values).unwrap();
        let rest: Vec<f64> = values.iter().zip(&found.fitted).map(|(value, fitted)| value - fitted).collect();
        let length = |column: &[f64]| column.iter().map(|value| value * value).sum::<f64>().sqrt();
        assert!(rest.iter().sum::<f64>().abs() < 1e-10 * length(&rest));
        for column in &columns {
            let product: f64 = column.iter().zip(&rest).map(|(one, other)| one * other).sum();
            assert!(product.abs() < 1e-10 * length(column) * length(&rest), "{case}: {product}");
        }
        // The coefficients make the same plane as the fitted values.
        for point in 0..n {
            let slopes = found.slopes.iter().zip(&columns).map(|(slope, column)| slope.value * column[point]);
            assert!((found.constant.value + slopes.sum::<f64>() - found.fitted[point]).abs() < 1e-9);
        }
        // The F of the whole is the square of t where there is one regressor.
        if k == 1 {
            close(found.f, found.slopes[0].t.powi(2), 1e-9);
            close(found.p, found.slopes[0].p, 1e-8);
        }
    }
}

#[test]
fn what_has_no_plane_is_told_apart() {
    let x = [1.0, 2.0, 3.0, 4.0, 5.0];
    let y = [2.0, 1.0, 4.0, 3.0, 6.0];
    assert_eq!(fit(&[&x[..2]], &y[..2]), Err(Unsolvable::FewPoints));
    assert_eq!(fit(&[&x], &[0.1; 5]), Err(Unsolvable::NoSpread));
    assert_eq!(fit(&[&x, &[0.3; 5]], &y), Err(Unsolvable::Constant(1)));
    let double = x.map(|value| 3.0 - 0.1 * value);
    assert_eq!(fit(&[&x, &double], &y), Err(Unsolvable::Dependent(1)));
}

#[test]
fn a_plane_that_meets_every_point_is_beyond_doubt() {
    let found = fit(&[&[0.0, 1.0, 2.0, 3.0]], &[1.0, 3.0, 5.0, 7.0]).unwrap();
    assert!(found.r2 > 1.0 - 1e-15 && found.p < 1e-12 && found.slopes[0].p < 1e-12);
}
