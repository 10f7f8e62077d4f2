use super::*;

#[test]
fn w10_the_published_street_price_and_depth() {
    // grading-and-price.md W10 (i): 243 万元 for 18 m × 50 m where the standard depth is 24 m. 18 m are 75 % of it: 40 + 30 + 20 = 90 %.
    let rule = DepthRule::four_three_two_one();
    let price = Street::price_from(&rule, 24.0, 2_430_000.0, 50.0, 18.0).unwrap();
    assert!((price - 2250.0).abs() < 1e-9, "{price}");
    let street = Street { price, standard_depth: 24.0, rule };
    // The other form of the same: 54 000 元 per metre, 50 m, 90 %; and 2250 · 120 % · 900 ㎡.
    assert!((street.per_metre() - 54_000.0).abs() < 1e-6);
    assert!((street.value(50.0, 18.0).unwrap() - 2_430_000.0).abs() < 1e-6);
    assert!((2250.0 * street.rule.average(0.75).unwrap() * 900.0 - 2_430_000.0).abs() < 1e-6);
    // (iii): 100 ft deep by 20 m for 1200 万元; 150 ft deep is 117 % of it, 1404 万元.
    let street = Street { price: 1200.0 / (100.0 * 20.0), standard_depth: 100.0, rule: street.rule };
    assert!((street.value(20.0, 150.0).unwrap() - 1404.0).abs() < 1e-9);
}

#[test]
fn the_published_depth_table() {
    // grading-and-price.md 3.8, in hundredths: depth, cumulative, average.
    let rule = DepthRule::four_three_two_one();
    let table = [
        (25.0, 40.0, 160.0),
        (50.0, 70.0, 140.0),
        (75.0, 90.0, 120.0),
        (100.0, 100.0, 100.0),
        (125.0, 109.0, 87.2),
        (150.0, 117.0, 78.0),
        (175.0, 124.0, 70.86),
        (200.0, 130.0, 65.0),
    ];
    for (depth, cumulative, average) in table {
        let depth = depth / 100.0;
        assert!((rule.cumulative(depth).unwrap() * 100.0 - cumulative).abs() < 1e-9, "{depth}");
        assert!((rule.average(depth).unwrap() * 100.0 - average).abs() < 0.005, "{depth}");
    }
    // Half of the second strip: 40 + 15.
    assert!((rule.cumulative(0.375).unwrap() - 0.55).abs() < 1e-12);
    // A street has no depth 0, and the rule ends at twice the standard depth.
    assert_eq!((rule.cumulative(0.0), rule.cumulative(2.01), rule.cumulative(f64::NAN)), (None, None, None));
}

#[test]
fn a_rule_must_be_whole_at_the_standard_depth() {
    assert!(DepthRule::new(0.5, &[0.6, 0.4]).is_ok());
    for (strip, shares) in [(0.25, &[0.4, 0.3, 0.2][..]), (0.3, &[0.4, 0.3, 0.3]), (0.5, &[1.2, -0.2]), (0.0, &[1.0])] {
        assert_eq!(DepthRule::new(strip, shares).unwrap_err().code, "depth-rule", "{strip} {shares:?}");
    }
}
