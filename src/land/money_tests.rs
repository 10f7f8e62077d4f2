use super::*;

fn whole_yuan() -> Rounding {
    Rounding { step: Some(Decimal::ONE) }
}

#[test]
fn a_half_rounds_up_in_decimals() {
    // price-system.md 8.2: 949 × 0.5 = 474.5 → 475
    assert_eq!(whole_yuan().apply(949.0 * 0.5), 475.0);
    assert_eq!(whole_yuan().apply(474.499_999_9), 474.0);
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
    assert_eq!(whole_yuan().apply(1e300), 1e300);
    assert!(whole_yuan().apply(f64::NAN).is_nan());
    assert_eq!(whole_yuan().apply(1e-300), 0.0);
}
