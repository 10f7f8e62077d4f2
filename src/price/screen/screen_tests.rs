use super::*;
use proptest::prelude::*;

const GRUBBS: OutlierRule = OutlierRule::Grubbs { alpha: 0.05, min_n: 4 };

/// Ten prices with one far out, worked by hand in docs/methods/outliers.md.
const TEN: [f64; 10] = [980.0, 1010.0, 1025.0, 995.0, 1040.0, 1005.0, 970.0, 1015.0, 990.0, 1600.0];

fn kept(verdicts: &[Verdict]) -> Vec<bool> {
    verdicts.iter().map(Verdict::is_kept).collect()
}

#[test]
fn grubbs_sets_the_tenth_price_aside_with_the_published_numbers() {
    let verdicts = screen(&TEN, GRUBBS);
    assert_eq!(kept(&verdicts[..9]), [true; 9]);
    let Verdict::SetAside(reason) = verdicts[9] else { panic!("kept") };
    assert_eq!((reason.mean, reason.n, reason.round), (1063.0, 10, 1));
    assert!((reason.deviation - 189.83).abs() < 5e-3);
    assert!((reason.statistic - 2.829).abs() < 5e-4);
    assert!((reason.limit - 2.290).abs() < 5e-4);
    assert!(reason.text().en.contains("2.829") && reason.text().zh.contains("2.290"));
}

/// The printed two-sided table at α = 0.05 (Grubbs & Beck 1972; NIST handbook formula).
#[test]
fn the_printed_limits_of_grubbs_come_out() {
    let printed = [
        (3, 1.1543),
        (4, 1.4812),
        (5, 1.7150),
        (6, 1.8871),
        (7, 2.0200),
        (8, 2.1266),
        (9, 2.2150),
        (10, 2.2900),
        (20, 2.7082),
        (30, 2.9085),
    ];
    for (n, value) in printed {
        assert!((grubbs::limit(n, 0.05) - value).abs() < 1.5e-4, "{n}: {}", grubbs::limit(n, 0.05));
    }
}

#[test]
fn grubbs_goes_on_until_nothing_lies_out() {
    let prices = [980.0, 1010.0, 1025.0, 995.0, 9000.0, 1040.0, 1005.0, 970.0, 1015.0, 990.0, 1600.0];
    let verdicts = screen(&prices, GRUBBS);
    let rounds: Vec<(usize, usize)> = verdicts
        .iter()
        .enumerate()
        .filter_map(|(at, verdict)| match verdict {
            Verdict::Kept => None,
            Verdict::SetAside(reason) => Some((at, reason.round)),
        })
        .collect();
    assert_eq!(rounds, [(4, 1), (10, 2)]);
}

#[test]
fn small_and_flat_samples_are_left_alone() {
    assert_eq!(kept(&screen(&[1.0, 1.0, 9.0], GRUBBS)), [true; 3]);
    for rule in [
        GRUBBS,
        OutlierRule::KSigma { k: 1.0, min_n: 2 },
        OutlierRule::Robust { limit: 3.5, min_n: 3 },
        OutlierRule::TReject { alpha: 0.05, min_n: 4 },
        OutlierRule::BySize { alpha: 0.05 },
    ] {
        assert_eq!(kept(&screen(&[0.1; 30], rule)), [true; 30]);
        assert!(screen(&[], rule).is_empty());
        assert_eq!(kept(&screen(&[5.0], rule)), [true]);
    }
}

/// By hand: five times 100 and 160: mean 110, deviation √(3000/5) = 24.495, two deviations 48.99 < 50.
#[test]
fn two_deviations_are_judged_once_from_the_least_number_on() {
    let prices = [100.0, 100.0, 160.0, 100.0, 100.0, 100.0];
    let rule = |min_n| OutlierRule::KSigma { k: 2.0, min_n };
    let verdicts = screen(&prices, rule(6));
    assert_eq!(kept(&verdicts), [true, true, false, true, true, true]);
    let Verdict::SetAside(reason) = verdicts[2] else { panic!("kept") };
    assert!((reason.statistic - 50.0 / 600.0_f64.sqrt()).abs() < 1e-12);
    // 50 / 24.495 = 2.041.
    let Text { en, zh } = reason.text();
    assert!(en.starts_with("k-sigma test: 2.041 deviations from the mean 110.00 of 6 prices"), "{en}");
    assert!(zh.starts_with("k 倍标准差法:与6个样点均值110.00相差2.041倍标准差"), "{zh}");
    assert_eq!(kept(&screen(&prices, rule(7))), [true; 6]);
    assert_eq!(screen(&prices, OutlierRule::None), vec![Verdict::Kept; 6]);
}

/// The worked numbers of the domain notes: t 25.64 against 2.306, robust z 22.8.
#[test]
fn the_t_test_and_the_robust_z_set_the_tenth_price_aside() {
    let set_aside = |rule| {
        let verdicts = screen(&TEN, rule);
        assert_eq!(kept(&verdicts[..9]), [true; 9]);
        let Verdict::SetAside(reason) = verdicts[9] else { panic!("kept") };
        reason
    };
    let t = set_aside(OutlierRule::TReject { alpha: 0.05, min_n: 4 });
    assert!((t.statistic - 25.64).abs() < 5e-3 && (t.limit - 2.306).abs() < 5e-4, "{t:?}");
    assert!((t.mean - 1003.333).abs() < 1e-3 && (t.deviation - 22.079).abs() < 1e-3);
    let robust = set_aside(OutlierRule::Robust { limit: 3.5, min_n: 4 });
    assert!((robust.statistic - 22.8).abs() < 0.05, "{robust:?}");
    assert_eq!((robust.mean, robust.deviation), (1007.5, 17.5));
}

/// Up to thirty prices Grubbs, above three deviations: thirty of 100 ± 1 and one of 130.
#[test]
fn the_number_of_prices_chooses_the_rule() {
    let by_size = OutlierRule::BySize { alpha: 0.05 };
    assert_eq!(kept(&screen(&TEN[7..], by_size)), [true; 3]);
    let Verdict::SetAside(reason) = screen(&TEN, by_size)[9] else { panic!("kept") };
    assert!(matches!(reason.rule, OutlierRule::Grubbs { .. }));
    let many: Vec<f64> = (0..31).map(|at| if at == 30 { 130.0 } else { 99.0 + f64::from(at % 3) }).collect();
    let Verdict::SetAside(reason) = screen(&many, by_size)[30] else { panic!("kept") };
    assert!(matches!(reason.rule, OutlierRule::KSigma { k: 3.0, .. }));
}

#[test]
fn rules_without_sense_are_refused() {
    let code = |rule: OutlierRule| rule.check().unwrap_err().code;
    assert_eq!(code(OutlierRule::KSigma { k: 0.5, min_n: 3 }), "outlier-rule");
    assert_eq!(code(OutlierRule::KSigma { k: 2.0, min_n: 1 }), "outlier-rule");
    assert_eq!(code(OutlierRule::Grubbs { alpha: 0.0, min_n: 4 }), "outlier-rule");
    assert_eq!(code(OutlierRule::Grubbs { alpha: 0.05, min_n: 2 }), "outlier-rule");
    GRUBBS.check().unwrap();
    OutlierRule::None.check().unwrap();
}

proptest! {
    /// |z| ≤ (n − 1)/√n, which is 2.846 for n = 10.
    #[test]
    fn three_deviations_never_fire_for_ten_prices_or_fewer(prices in prop::collection::vec(1.0_f64..100_000.0, 1..=10)) {
        let verdicts = screen(&prices, OutlierRule::KSigma { k: 3.0, min_n: 2 });
        prop_assert!(verdicts.iter().all(Verdict::is_kept));
    }

    /// No rule that passed its check leaves a cell without a price.
    #[test]
    fn some_price_is_always_kept(prices in prop::collection::vec(1.0_f64..1e6, 1..40), k in 1.0_f64..4.0) {
        for rule in [
            OutlierRule::KSigma { k, min_n: 2 },
            OutlierRule::Grubbs { alpha: 0.4, min_n: 3 },
            OutlierRule::Robust { limit: k, min_n: 3 },
            OutlierRule::TReject { alpha: 0.4, min_n: 4 },
            OutlierRule::BySize { alpha: 0.4 },
        ] {
            prop_assert!(screen(&prices, rule).iter().any(Verdict::is_kept));
        }
    }
}
