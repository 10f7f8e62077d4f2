use super::super::fixture::{bare, cell, connotation, use_head, with_defaults};
use super::super::{Options, compare};
use super::*;
use crate::land::progress::Unwatched;
use crate::release::PriceCell;

fn priced(change: impl Fn(&mut Connotation), price: f64) -> Release {
    let mut release = bare("release", vec![use_head("residential", "住宅", 1)]);
    change(release.uses[0].connotation.as_mut().unwrap());
    release.cells = vec![cell(0, 1, price, 100.0)];
    release
}

#[test]
fn each_premise_that_differs_is_named_and_forbids_the_comparison() {
    let old = priced(|c| c.scope = "区甲".to_string(), 100.0);
    type Step<'a> = (Premise, &'a dyn Fn(&mut Connotation));
    let changes: [Step<'_>; 7] = [
        (Premise::Term, &|c| c.term = 40.0),
        (Premise::PlotRatio, &|c| c.plot_ratio = 1.8),
        (Premise::Kind, &|c| c.kind = "floor".to_string()),
        (Premise::Unit, &|c| c.unit = "万元/亩".to_string()),
        (Premise::Development, &|c| c.development = "五通一平".to_string()),
        (Premise::Rate, &|c| c.rate = 0.065),
        (Premise::Scope, &|c| c.scope = "区乙".to_string()),
    ];
    for (premise, change) in changes {
        let scoped = |c: &mut Connotation| c.scope = "区甲".to_string();
        let new = priced(|c| (scoped(c), change(c)).1, 110.0);
        let comparison = with_defaults(&old, &new);
        let verdict = &comparison.verdicts[0];
        assert_eq!(verdict.differences.iter().map(|d| d.premise).collect::<Vec<_>>(), [premise]);
        assert!(!verdict.comparable && comparison.has_differences());
        assert_eq!(comparison.growth[0].grades[0].growth_pct, None);
        assert_eq!(comparison.growth[0].growth_own_pct, None);
    }
}

#[test]
fn with_leave_prices_are_compared_and_every_result_says_so() {
    // price-system.md U13: Hongya, set plot ratio 2.1 → 1.8.
    let (old, new) = (priced(|c| c.plot_ratio = 2.1, 100.0), priced(|c| c.plot_ratio = 1.8, 110.0));
    let options = Options { allow_different_connotation: true, ..Options::default() };
    let comparison = compare(&old, &new, &options, &Unwatched).unwrap();
    assert_eq!(comparison.growth[0].grades[0].growth_pct, Some(10.0));
    assert!(comparison.growth[0].different_connotation);
    let sentences = comparison.sentences(crate::land::Lang::Zh);
    assert_eq!(sentences[0], "住宅:容积率由 2.1 变为 1.8");
    assert!(sentences[1].contains("内涵不同"));
}

#[test]
fn what_a_release_does_not_state_is_unknown_and_allowed_with_a_note() {
    let old = priced(|c| (c.rate, c.development) = (f64::NAN, String::new()), 100.0);
    let mut new = priced(|_| {}, 110.0);
    let comparison = with_defaults(&old, &new);
    assert_eq!(comparison.verdicts[0].unknown, [Premise::Development, Premise::Rate]);
    assert!(comparison.verdicts[0].comparable);
    assert_eq!(comparison.growth[0].grades[0].growth_pct, Some(10.0));
    assert!(comparison.sentences(crate::land::Lang::En)[0].contains("development, capitalisation rate"));
    new.uses[0].connotation = None;
    assert_eq!(with_defaults(&old, &new).verdicts[0].unknown.len(), 6);
}

#[test]
fn what_one_release_alone_states_is_told_and_what_neither_states_is_not_missed() {
    let stated = |c: &mut Connotation| {
        (c.right, c.classification) = ("出让".to_string(), "GB/T 21010-2017".to_string());
        (c.scope, c.meaning) = ("中心城区".to_string(), "mean".to_string());
    };
    let rare = [Premise::Right, Premise::Classification, Premise::Scope, Premise::Meaning];
    for (old, new, unknown) in [
        (priced(|_| {}, 100.0), priced(stated, 110.0), &rare[..]),
        (priced(stated, 100.0), priced(|_| {}, 110.0), &rare[..]),
        (priced(stated, 100.0), priced(stated, 110.0), &[]),
        (priced(|_| {}, 100.0), priced(|_| {}, 110.0), &[]),
    ] {
        let comparison = with_defaults(&old, &new);
        assert_eq!((&comparison.verdicts[0].unknown[..], comparison.verdicts[0].comparable), (unknown, true));
        let note = comparison.sentences(crate::land::Lang::Zh).join("");
        assert_eq!(note.contains("土地权利、用途分类、适用范围、价格涵义"), !unknown.is_empty(), "{note}");
    }
}

#[test]
fn one_unit_in_two_spellings_is_one_unit() {
    let (old, new) = (priced(|c| c.unit = "元/m2".to_string(), 100.0), priced(|_| {}, 100.0));
    assert!(!with_defaults(&old, &new).has_differences());
    let connotation = connotation();
    assert!(matches!(agreement(Premise::Unit, &connotation, &connotation), Agreement::Equal));
}

/// Every grade has several prices, as of areas: 1500 → 2200 is 46.67 %, 600 → 800 is 33.33 %.
#[test]
fn grades_of_several_prices_alone_are_priced() {
    let imported = |means: [f64; 2]| {
        let mut release = priced(|_| {}, 1.0);
        release.head.origin = crate::release::Origin::Imported;
        let of =
            |(grade, mean): (u8, f64)| PriceCell { published: None, raw: Some(mean), ..cell(0, grade, 0.0, f64::NAN) };
        release.cells = [(1, means[0]), (2, means[1])].map(of).to_vec();
        release.uses[0].grades = 2;
        release
    };
    let (old, new) = (imported([1500.0, 600.0]), imported([2200.0, 800.0]));
    let comparison = with_defaults(&old, &new);
    assert!(comparison.verdicts[0].comparable);
    let growth: Vec<String> =
        comparison.growth[0].grades.iter().map(|own| format!("{:.2}", own.growth_pct.unwrap())).collect();
    assert_eq!(growth, ["46.67", "33.33"]);
}
