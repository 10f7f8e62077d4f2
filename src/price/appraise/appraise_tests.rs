use super::*;
use crate::land::Outcome;
use crate::land::services;
use crate::price::system::{System, build};
use crate::project::system as file;
use proptest::prelude::*;
use std::path::Path;

const PROJECT: &str = r#"
[project]
name = "p"
crs = "EPSG:4547"
[units]
source = "u.gpkg"
id = "id"
[[uses]]
key = "c"
grades = 3
weights = { f = 1 }
price = { term = 40, rate = 0.065, plot_ratio = 1.4, development = "五通一平" }
[[factors]]
key = "f"
kind = "area"
source = "f.gpkg"
score = "s"
"#;

/// 吉安's rows about 1.5 (3.9.2), a factor, a width, costs.
const SYSTEM: &str = r#"
[[uses]]
key = "c"
[[uses.plot_ratio]]
table = [[1.4, 1], [1.6, 1.1035]]
[[uses.factors]]
key = "road"
name = "道路通达度"
steps = { best = 4.29, better = 2.15, fair = 0, worse = -6.5, worst = -13 }
[uses.development]
costs = { gas = 45, telecom = 12, road = 30, heat = 30 }
[[uses.tables]]
key = "width"
rows = [[4, 0.9], [8, 1], [12, 1.05]]
[[uses.tables]]
key = "corner"
classes = { one = 1.0, two = 1.1 }
"#;

fn system(text: &str) -> System {
    system_of(PROJECT, text)
}

fn system_of(project: &str, text: &str) -> System {
    let project = crate::project::Project::sealed(project, Path::new("p.toml")).unwrap();
    let file = file::System::parse(text, Path::new("c.toml")).unwrap();
    build(&file, &project.uses).unwrap().0.remove(0).unwrap()
}

fn conditions(of: &[(&str, &str)]) -> BTreeMap<String, String> {
    of.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect()
}

fn subject<'a>(conditions: &'a BTreeMap<String, String>) -> Subject<'a> {
    Subject { plot_ratio: None, term: None, date: None, services: None, conditions }
}

/// In grade 1, at 1000 元/㎡.
fn appraise(system: &System, subject: &Subject<'_>) -> Outcome<Appraised> {
    Ready::new(system, 1, 1000.0, None).appraise(subject)
}

fn dated(k: f64) -> Option<Reading> {
    Some(Reading { k, row: Row::AsSet, clamped: false })
}

/// W13: P1b = 1000, ΣK = +4.29 %, date 1.06, plot ratio 1.5 → 1.05175, 35 of 40 years at 6.5 %, D = +45; with the printed term 0.9676 as well.
#[test]
fn w13_a_full_chain() {
    let road = conditions(&[("road", "优")]);
    let own = services::parse("五通一平,燃气").unwrap().0;
    let base =
        Subject { plot_ratio: Some(1.5), term: Some(35.0), date: dated(1.06), services: Some(own), ..subject(&road) };
    let price = |text: &str| (appraise(&system(text), &base).unwrap().price * 100.0).round() / 100.0;
    let (before, printed) = ("[[uses]]\nkey = \"c\"\ndevelopment_order = \"before-term\"", "decimals = 4\n");
    assert_eq!(price(SYSTEM), 1169.99);
    let order = SYSTEM.replacen("[[uses]]\nkey = \"c\"", before, 1);
    assert_eq!(price(&order), 1168.53);
    // The printed term is 0.9676, the printed plot ratio 1.0518: W13 rounds the term alone.
    let table = |text: &str| {
        text.replacen("[[uses.plot_ratio]]", "[uses.term]\ntable = [[35, 0.9676], [40, 1]]\n[[uses.plot_ratio]]", 1)
    };
    assert_eq!((price(&table(SYSTEM)), price(&table(&order))), (1170.01, 1168.55));
    let found = appraise(&system(&format!("{printed}{SYSTEM}")), &base).unwrap();
    let values: Vec<f64> = found.coefficients.iter().map(|one| one.value).collect();
    // Width and corner are not known: as set.
    assert_eq!(values, [4.29, 1.06, 1.0518, 1.0, 1.0, 0.9676, 45.0]);
}

/// Gas beyond the set services costs 45 元 per m² of land: of a price of floor at plot ratio 1.5 that is 30, at the set one of 1.4 45/1.4.
#[test]
fn what_services_cost_is_of_land_and_less_per_floor() {
    let floor = PROJECT.replacen("plot_ratio = 1.4", "plot_ratio = 1.4, kind = \"floor\"", 1);
    let system = system_of(&floor, SYSTEM);
    let own = services::parse("五通一平,燃气").map(|(own, _)| own);
    let none = BTreeMap::new();
    let amount = |plot_ratio: Option<f64>| {
        let found = appraise(&system, &Subject { plot_ratio, services: own, ..subject(&none) }).unwrap();
        found.coefficients.iter().find(|one| one.role == Role::Amount).unwrap().value
    };
    assert_eq!((amount(Some(1.5)), amount(None)), (30.0, 45.0 / 1.4));
}

/// W8: 500·(1 − 0.13)·0.97·1.06·1.51 = 675.373, as a worst step and a plot ratio, a width, a corner; by hand 500·0.87·1.06·1.51·0.97.
#[test]
fn w8_a_multiplication_of_coefficients() {
    let text = "[[uses]]\nkey = \"c\"\n[[uses.plot_ratio]]\ntable = [[1.4, 1], [3, 1.51]]\n\
        [[uses.factors]]\nkey = \"k\"\nsteps = { best = 9, better = 4, fair = 0, worse = -6, worst = -13 }\n\
        [[uses.tables]]\nkey = \"y\"\nclasses = { a = 0.97 }\n";
    let given = conditions(&[("k", "劣"), ("y", "a")]);
    let subject = Subject { plot_ratio: Some(3.0), date: dated(1.06), ..subject(&given) };
    let found = Ready::new(&system(text), 1, 500.0, None).appraise(&subject).unwrap();
    assert!((found.price - 675.373).abs() < 5e-4, "{}", found.price);
    assert_eq!(found.sum, -13.0);
}

/// 3.10: P1b = 500, K = −0.13, T = 1.06, plot ratio 1.51, y = 0.97, F = 30: the two orders differ by (1 − y)·F = 0.90.
#[test]
fn the_order_costs_the_term_of_the_development() {
    let of = |order| chain::chain(500.0, -13.0, &[1.06, 1.51], &[0.97], 30.0, order);
    assert!((of(Order::AfterAll) - 705.37).abs() < 0.005 && (of(Order::BeforeTerm) - 704.47).abs() < 0.005);
    assert!((of(Order::AfterAll) - of(Order::BeforeTerm) - 0.9).abs() < 1e-9);
}

#[test]
fn what_is_not_known_stands_as_set_and_says_so() {
    let nothing = conditions(&[]);
    let found = appraise(&system(SYSTEM), &subject(&nothing)).unwrap();
    assert_eq!(found.price, 1000.0);
    let codes: Vec<&str> = found.warnings.iter().map(|warning| warning.code()).collect();
    assert_eq!(codes, ["conditions-unknown"]);
    assert!(found.coefficients.iter().all(|one| one.given == Given::Nothing && !one.row.text().en.is_empty()));
}

#[test]
fn what_lies_outside_and_what_is_too_cheap_is_told() {
    let given = conditions(&[("road", "劣"), ("width", "2"), ("corner", "one")]);
    let own = services::parse("三通一平,通暖").unwrap().0;
    let samples = Some((950.0, 1100.0));
    let subject = Subject { term: Some(12.0), plot_ratio: Some(9.0), services: Some(own), ..subject(&given) };
    let found = Ready::new(&system(SYSTEM), 1, 1000.0, samples).appraise(&subject).unwrap();
    let codes: Vec<&str> = found.warnings.iter().map(|warning| warning.code()).collect();
    // Drainage has no cost; heat is beyond the set, telecom missing: D = 30 − 12.
    assert_eq!(
        codes,
        ["outside-amplitude", "outside-table", "outside-table", "cost-unknown", "outside-grade", "below-floor"]
    );
    assert_eq!(found.coefficients.last().unwrap().value, 18.0);
    let faults = [("road", "极好"), ("corner", "three"), ("width", "wide"), ("shape", "x")];
    for fault in faults {
        let wrong = conditions(&[fault]);
        let fault = appraise(&system(SYSTEM), &Subject { conditions: &wrong, ..subject.clone() }).unwrap_err();
        assert_eq!(fault.code, "bad-condition");
    }
    let zero = Subject { plot_ratio: Some(0.0), ..subject.clone() };
    assert_eq!(appraise(&system(SYSTEM), &zero).unwrap_err().code, "plot-ratio");
    assert_eq!(appraise(&system(SYSTEM), &Subject { term: Some(-1.0), ..subject }).unwrap_err().code, "term");
}

/// By hand: k(1.5) of the table is 1.05175; a grade set at 1.5 reads 1 there and 1/1.05175 at 1.4.
#[test]
fn a_grade_may_be_set_at_a_plot_ratio_and_services_of_its_own() {
    let by_grade =
        "by_grade = [{ grades = [2], plot_ratio = 1.5, development = \"三通一平\" }], development = \"五通一平\"";
    let system = system_of(&PROJECT.replace("development = \"五通一平\"", by_grade), SYSTEM);
    let none = BTreeMap::new();
    let k = |grade: u8, ratio: f64| {
        let subject = Subject { plot_ratio: Some(ratio), ..subject(&none) };
        Ready::new(&system, grade, 1000.0, None).appraise(&subject).unwrap().price / 1000.0
    };
    for (found, expected) in [(k(1, 1.5), 1.05175), (k(2, 1.5), 1.0), (k(2, 1.4), 1.0 / 1.05175), (k(3, 1.4), 1.0)] {
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }
    let gas = Subject { services: services::parse("三通一平,燃气").map(|(own, _)| own), ..subject(&none) };
    assert_eq!(Ready::new(&system, 2, 1000.0, None).appraise(&gas).unwrap().price, 1045.0);
}

/// 3.9.1: the samples of the grade are 880 to 1550, its price 1190; a weight of 0.3 of the best step is 9.08 %.
#[test]
fn steps_follow_from_the_samples_of_the_grade() {
    let text = "[[uses]]\nkey = \"c\"\n[[uses.factors]]\nkey = \"a\"\nweight = 0.3\n[[uses.factors]]\nkey = \"b\"\nweight = 0.7\n";
    let given = conditions(&[("a", "优"), ("b", "较劣")]);
    let found = Ready::new(&system(text), 1, 1190.0, Some((880.0, 1550.0))).appraise(&subject(&given)).unwrap();
    let values: Vec<f64> = found.coefficients.iter().take(2).map(|one| one.value).collect();
    assert_eq!(values, [9.08, -9.12]);
    assert_eq!(found.sum, -0.04);
}

proptest! {
    /// A better step, a longer term, a higher plot ratio never make land cheaper; the chain in decimals is that of plain arithmetic.
    #[test]
    fn more_is_never_cheaper(step in 0_usize..5, years in 1.0..39.0f64, ratio in 1.4..1.59f64, benchmark in 10.0..50000.0f64) {
        const STEPS: [&str; 5] = ["优", "较优", "一般", "较劣", "劣"];
        let price = |step: usize, years: f64, ratio: f64| {
            let given = conditions(&[("road", STEPS[step])]);
            let subject = Subject { term: Some(years), plot_ratio: Some(ratio), ..subject(&given) };
            Ready::new(&system(SYSTEM), 1, benchmark, None).appraise(&subject).unwrap().price
        };
        let own = price(step, years, ratio);
        prop_assert!(price(step.saturating_sub(1), years, ratio) >= own);
        prop_assert!(price(step, years + 1.0, ratio) >= own && price(step, years, ratio + 0.01) >= own);
        let percent = [4.29, 2.15, 0.0, -6.5, -13.0][step];
        let k_ratio = 1.0 + 0.1035 * ((ratio - 1.4) / 0.2);
        let k_term = (1.0 - 1.065_f64.powf(-years)) / (1.0 - 1.065_f64.powf(-40.0));
        let plain = benchmark * (1.0 + percent / 100.0) * k_ratio * k_term;
        prop_assert!((own / plain - 1.0).abs() < 1e-9, "{own} {plain}");
    }

    /// A sale of a parcel in its own circumstances, brought to the connotation, makes a benchmark price by which the parcel is valued at what it
    /// was sold for: in both orders, with plot ratios set by grade, costs in 元/㎡ and in percent, prices of land and of floor.
    #[test]
    fn there_and_back_is_the_price_of_the_sale(
        price in 200.0..50000.0f64,
        ratio in 1.4..1.6f64,
        years in 1.0..40.0f64,
        grade in 1_u8..=3,
        index in 50.0..200.0f64,
        own in 0_usize..4,
        before_term in any::<bool>(),
        percent in any::<bool>(),
        floor in any::<bool>(),
    ) {
        let order = if before_term { "before-term" } else { "after-all" };
        let text = SYSTEM.replacen("key = \"c\"\n", &format!("key = \"c\"\ndevelopment_order = \"{order}\"\n"), 1);
        let unit = if percent { "[uses.development]\nunit = \"%\"\ncosts = { gas = 4.5, telecom = 1.2, road = 3, heat = 3 }\n#" } else { "[uses.development]\n" };
        let text = text.replacen("[uses.development]\n", unit, 1);
        let by_grade = "by_grade = [{ grades = [3], plot_ratio = 1.5, development = \"三通一平\" }], development = \"五通一平\"";
        let project = PROJECT.replace("development = \"五通一平\"", by_grade);
        let kind = if floor { "plot_ratio = 1.4, kind = \"floor\"" } else { "plot_ratio = 1.4" };
        let system = system_of(&project.replacen("plot_ratio = 1.4", kind, 1), &text);
        prop_assert_eq!(system.floor, floor);
        let services = services::parse(["五通一平", "三通一平", "五通一平,燃气", "七通一平"][own]).map(|(own, _)| own);
        prop_assume!(services.is_some());
        let date = jiff::civil::date(2024, 5, 1);
        let quarter = |text| crate::land::date::Quarter::parse(text).unwrap();
        let quarters = [(quarter("2024Q2"), index), (quarter("2025Q4"), 100.0)];
        let corrections = crate::price::Corrections {
            date: Some(crate::price::correct::DateIndex::new(quarter("2025Q4"), &quarters).unwrap()),
            term: Some(system.term.term),
            plot_ratio_laws: system.plot_ratio.clone(),
            development: system.development.clone().map(|costs| {
                (costs, (1..=3).map(|grade| system.set_services_of(grade).unwrap()).collect())
            }),
            floor: floor.then(|| (1..=3).map(|grade| system.set_plot_ratio_of(grade)).collect()),
            order: crate::project::plan::CorrectionStep::usual(system.order),
            ..crate::price::Corrections::default()
        };
        let sale = crate::price::Sale {
            row: 0, use_index: 0, grade, price, area: 1.0, date, plot_ratio: ratio, term: years,
            condition: f64::NAN, region: f64::NAN, services,
        };
        let Ok(corrected) = crate::price::correct::correct(&sale, &corrections) else { return Ok(()) };
        let none = BTreeMap::new();
        let back = Reading { k: index / 100.0, row: crate::price::system::Row::At([0.0, 0.0]), clamped: false };
        let subject =
            Subject { plot_ratio: Some(ratio), term: Some(years), date: Some(back), services, ..subject(&none) };
        let found = Ready::new(&system, grade, corrected.price, None).appraise(&subject).unwrap();
        prop_assert!((found.price / price - 1.0).abs() < 1e-9, "{} {price} {corrected:?}", found.price);
    }
}
