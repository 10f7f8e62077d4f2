use super::*;

fn right(units: i64, decimals: usize) -> String {
    let mut slot = [b' '; 24];
    let start = put_right(&mut slot, units, decimals);
    assert_eq!(slot.len() - start, printed_width(units, decimals), "{units} with {decimals} decimals");
    String::from_utf8(slot[start..].to_vec()).unwrap()
}

#[test]
fn scaled_integers_print_as_the_standard_formatter_prints_their_quotients() {
    // The standard library's exact formatter is the judge.
    for value in [0.0, 0.5, 7.25, 12.0, 99.0, 100.0, 474.5, 1234.5, 99_999.75, -0.25, -3.0, -120.5] {
        for decimals in 2..=MOST_DECIMALS {
            assert_eq!(right(scaled(value, decimals), decimals), format!("{value:.decimals$}"));
        }
    }
    assert_eq!(right(i64::MIN, 0), i64::MIN.to_string());
    assert_eq!(right(i64::MAX, 0), i64::MAX.to_string());
}

#[test]
fn a_tiny_negative_prints_without_a_sign() {
    assert_eq!(right(scaled(-1e-12, 3), 3), "0.000");
}

#[test]
fn what_is_held_reads_back_as_the_same_double() {
    let mut seed = 7_u64;
    let mut held = 0;
    for _ in 0..20_000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let value = ((seed >> 40) as f64) / 1000.0;
        for decimals in 0..=MOST_DECIMALS {
            if holds(value, decimals) {
                held += 1;
                assert_eq!(right(scaled(value, decimals), decimals).parse::<f64>().unwrap(), value);
            }
        }
    }
    assert!(held > 100_000, "three decimals hold every one of these values");
    assert!(!holds(1.0 / 3.0, MOST_DECIMALS));
}

#[test]
fn trailing_zeros_are_left_out() {
    for (value, printed) in [(114.0, "114"), (114.5, "114.5"), (-0.000_000_001, "0"), (22.123_456_785_1, "22.12345679")]
    {
        let mut out = Vec::new();
        push_fixed(&mut out, value, 8);
        assert_eq!(String::from_utf8(out).unwrap(), printed);
    }
}
