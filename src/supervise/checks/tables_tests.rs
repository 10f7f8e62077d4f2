use super::tests::{check, district, told, town};
use crate::compare::fixture::cell;
use crate::ingest::finding::{Code, Finding, Policies};
use crate::project::system::System;
use crate::say;
use crate::supervise::found::District;
use jiff::civil::{Date, date};
use std::path::Path;

const DAY: Date = date(2022, 1, 1);

fn with(corrections: &str) -> District {
    let mut own = district(vec![town("2021")]);
    own.system = Some(System::parse(corrections, Path::new("corrections.toml")).unwrap());
    own
}

fn plot_ratios(rows: &str) -> District {
    with(&format!("[[uses]]\nkey = \"commercial\"\n[[uses.plot_ratio]]\ntable = [{rows}]\n"))
}

/// Ji'an, commercial, set at 1.4 (../shared/data/published/jian_commercial_far.csv): the last value, 2.2019 at 4.4, is a misprint. Second
/// differences by hand: the last is (2.2019 − 2.0042) − (2.0042 − 1.9892) = 0.1827, the median of all is 0.0112.
#[test]
fn u11_finds_the_misprint_of_jian() {
    const JIAN: [[f64; 2]; 21] = [
        [0.4, 0.6375],
        [0.6, 0.6826],
        [0.8, 0.7582],
        [1.0, 0.8387],
        [1.2, 0.9213],
        [1.4, 1.0],
        [1.6, 1.1035],
        [1.8, 1.2112],
        [2.0, 1.2987],
        [2.2, 1.4031],
        [2.4, 1.5098],
        [2.6, 1.6125],
        [2.8, 1.7037],
        [3.0, 1.7677],
        [3.2, 1.8146],
        [3.4, 1.8628],
        [3.6, 1.9133],
        [3.8, 1.9526],
        [4.0, 1.9892],
        [4.2, 2.0042],
        [4.4, 2.2019],
    ];
    let rows = |last: f64| {
        let all = JIAN.iter().map(|[ratio, k]| format!("[{ratio:?}, {:?}]", if *ratio == 4.4 { last } else { *k }));
        all.collect::<Vec<_>>().join(", ")
    };
    let own = |last: f64| {
        let mut own = plot_ratios(&rows(last));
        let head = &mut own.releases[0].release.as_mut().unwrap().uses[0];
        head.connotation.as_mut().unwrap().plot_ratio = 1.4;
        told(11, &own, DAY)
    };
    let found = own(2.2019);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("the price per floor area rises at plot ratio 4.4"));
    assert!(
        found[1].contains("a spike at plot ratio 4.4") && found[1].ends_with("[0.1827; ≤ 5 × 0.0112]"),
        "{found:?}"
    );
    // With 2.0219 in its place the floor price falls throughout; what is left are bends of a hand-made table.
    assert!(own(2.0219).iter().all(|told| !told.contains("4.4")), "{:?}", own(2.0219));
}

/// A power law is smooth: no second difference stands out.
#[test]
fn u11_passes_a_smooth_table() {
    let rows =
        (2..=12).map(|half| f64::from(half) / 2.0).map(|ratio| format!("[{ratio}, {}]", (ratio / 2.0).powf(0.6)));
    let found = told(11, &plot_ratios(&rows.collect::<Vec<_>>().join(", ")), DAY);
    assert_eq!(found, ["passed: 1 tables agree with themselves [; ]"]);
}

#[test]
fn u11_wants_one_at_the_set_plot_ratio_and_no_fall() {
    assert_eq!(told(11, &plot_ratios("[1, 0.8], [2, 1], [3, 1.15]"), DAY).len(), 1);
    let found = told(11, &plot_ratios("[1, 0.8], [2, 1.01], [3, 1.005]"), DAY);
    assert!(found[0].contains("K at the set plot ratio 2 is not 1 [1.01; 1]"), "{found:?}");
    assert!(found[1].contains("the coefficient falls at plot ratio 3"));
}

/// Terms of 6 % out of 70 years: a(n)/a(70) of 40 and 50 years are 0.9183 and 0.9620; 0.93 at 40 is of no one rate.
#[test]
fn u11_refits_the_term_table() {
    let terms = |at_40: f64| {
        told(
            11,
            &with(&format!("[[uses]]\nkey = \"commercial\"\nterm = {{ table = [[40, {at_40}], [50, 0.9620]] }}\n")),
            DAY,
        )
    };
    assert_eq!(terms(0.9183), ["passed: 1 tables agree with themselves [; ]"]);
    assert!(terms(0.93)[0].contains("the term table is of no one rate"));
}

/// 1000 · 0.9 = 900 and 800 · 1.125 = 900 meet; 800 · 1.2 = 960 do not: 6 % of 1000.
#[test]
fn u11_wants_amplitudes_that_meet() {
    let amplitudes = |up: f64| {
        let text = format!(
            "[[uses]]\nkey = \"commercial\"\n[[uses.amplitude]]\ngrades = [1]\nup = 10\ndown = 10\n[[uses.amplitude]]\ngrades = [2]\nup = {up}\ndown = 10\n"
        );
        told(11, &with(&text), DAY)
    };
    assert_eq!(amplitudes(12.5), ["passed: 1 tables agree with themselves [; ]"]);
    assert_eq!(amplitudes(20.0), ["warning: the amplitudes of grades 1 and 2 do not meet [900 / 960; ≤ 0.01 × P]"]);
}

/// 1026 元/㎡ is 68.40 万元/亩, printed 68.38.
#[test]
fn u11_carries_on_what_the_import_found_of_printed_prices_per_mu() {
    let mut own = district(vec![town("2021")]);
    assert_eq!(check(11, &own, DAY)[0].word(), "not-checked");
    let detail = say!("1026 元/㎡ are 68.40 万元/亩, printed 68.38", "1026 元/㎡ 合 68.40 万元/亩,表中为 68.38");
    let release = own.releases[0].release.as_mut().unwrap();
    release.cells[0] = cell(0, 1, 1026.0, 1.0);
    release.findings.push(Finding::new(&Policies::default(), Code::UnitsDisagree, "prices", detail).of_feature("7"));
    let found = &check(11, &own, DAY)[0];
    assert_eq!((found.word(), found.source.en.as_str()), ("warning", "d/2021: prices 7"));
}

/// Of floor prices the coefficient falls: K·R rises and K falls. 0.5 at 2.5 lets the land fall (1.25 after 2), 1.9 at 3 lets the floor rise.
#[test]
fn u11_judges_tables_of_floor_prices_by_the_land_below() {
    let told_of = |rows: &str| {
        let mut own = plot_ratios(rows);
        own.releases[0].release.as_mut().unwrap().uses[0].connotation.as_mut().unwrap().kind = "floor".to_string();
        told(11, &own, DAY)
    };
    let smooth = "[1, 1.5], [1.5, 1.25], [2, 1], [2.5, 0.9], [3, 0.8]";
    assert!(told_of(smooth)[0].starts_with("passed"), "{:?}", told_of(smooth));
    let found = told_of("[1, 1.5], [1.5, 1.25], [2, 1], [2.5, 0.5], [3, 1.9]");
    assert!(found.iter().any(|told| told.contains("the price of the land falls at plot ratio 2.5")), "{found:?}");
    assert!(found.iter().any(|told| told.contains("the price per floor area rises at plot ratio 3")), "{found:?}");
}

/// 1000 and 800 with ± 5 % of all grades: 1000·0.95 = 950 against 800·1.05 = 840, which is 11 % of 1000.
#[test]
fn u11_asks_one_amplitude_of_all_grades_to_meet_too() {
    let found = told(11, &with("[[uses]]\nkey = \"commercial\"\n[[uses.amplitude]]\nup = 5\ndown = 5\n"), DAY);
    assert!(found[0].contains("the amplitudes of grades 1 and 2 do not meet [950 / 840"), "{found:?}");
}
