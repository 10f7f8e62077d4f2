use super::*;

/// To whole yuan.
const YUAN: Rounding = Rounding { step: Some(Decimal::ONE) };

#[test]
fn a_half_rounds_up_in_decimals() {
    // price-system.md 8.2: 949 × 0.5 = 474.5 → 475
    assert_eq!(YUAN.apply(949.0 * 0.5), 475.0);
    assert_eq!(YUAN.apply(474.499_999_9), 474.0);
    assert_eq!(round_half_up(4.295, 2), 4.3);
    assert_eq!(round_half_up(2.925, 2), 2.93);
    assert_eq!(Rounding { step: Some(Decimal::from(5)) }.apply(1172.5), 1175.0);
    assert_eq!(Rounding::NONE.apply(1.234_567_8), 1.234_567_8);
}

#[test]
fn w14_unit_conversion_agrees_with_the_printed_pairs() {
    for (price, printed) in [(1590.0, 106.00), (437.0, 29.13), (549.0, 36.60), (345.0, 23.00)] {
        assert_eq!(wan_per_mu(price), printed);
    }
}

#[test]
fn numbers_a_decimal_cannot_hold_pass_through() {
    assert_eq!(YUAN.apply(1e300), 1e300);
    assert!(YUAN.apply(f64::NAN).is_nan());
    assert_eq!(YUAN.apply(1e-300), 0.0);
}

/// The short way to a decimal gives what the printed form reads as: over numbers of few digits, of many, and beside them.
#[test]
fn a_number_is_the_decimal_that_it_prints_as() {
    let printed =
        |value: f64| Decimal::from_str(&value.to_string()).or_else(|_| Decimal::from_scientific(&format!("{value:e}")));
    let mut seed = 1_u64;
    for round in 0..20_000_i32 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let digits = (seed >> 20) % 10_u64.pow(1 + (round % 15) as u32);
        let value = digits as f64 / 10_f64.powi(round % 12);
        for value in [value, -value, value.next_up(), value.next_down(), value / 3.0] {
            let Ok(wanted) = printed(value) else { continue };
            if value.abs() > 1e-15 {
                assert_eq!(decimal_of(value), Some(wanted), "{value}");
            }
        }
    }
}

#[test]
fn lines_and_quotients_come_out_as_by_hand() {
    assert_eq!(along([1.0, 0.78], [2.0, 1.0], 1.7), 0.934);
    assert_eq!(along([0.0, 0.0], [3.0, 1.0], 1.0), 1.0 / 3.0);
    assert_eq!(quotient(1.0, 0.8), 1.25);
    assert_eq!(quotient(97.5, 102.3), 97.5 / 102.3);
}

/// The short way gives what decimals give: over numbers beside halves of every step, and over any.
#[test]
fn rounding_is_that_of_decimals_whichever_way_it_goes() {
    let by_decimals = |value: f64, step: Decimal| {
        let steps =
            (decimal_of(value).unwrap() / step).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
        real_of(steps * step)
    };
    let mut seed = 7_u64;
    for round in 0..20_000_u64 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let value = (seed >> 24) as f64 / 10_f64.powi((round % 14) as i32);
        for step in
            [Decimal::ONE, Decimal::TEN, Decimal::from(5), Decimal::new(5, 1), Decimal::new(1, 2), Decimal::new(1, 4)]
        {
            let width = real_of(step);
            let half = ((value / width).floor() + 0.5) * width;
            for value in [value, half, half.next_up(), half.next_down(), half * (1.0 + 1e-12), -value, -half] {
                assert_eq!(round_to(value, step).to_bits(), by_decimals(value, step).to_bits(), "{value} {step}");
            }
        }
        let (one, other) = (value % 1e5, (seed % 100_000) as f64 / 4.0);
        assert_eq!(whole_product(one, other), round_half_up(product(one, other), 0), "{one} {other}");
        let exact = (decimal_of(one).unwrap() / Decimal::from(15))
            .round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
        assert_eq!(wan_per_mu(one), real_of(exact), "{one}");
    }
    // 1000 × 0.5045 = 504.5 and 0.145 · 100 = 14.5 by hand; binary fractions give less.
    assert_eq!((whole_product(1000.0, 0.5045), round_half_up(0.145, 2), wan_per_mu(0.675)), (505.0, 0.15, 0.05));
}
