use super::*;

const RATES: Rates = Rates { land: 0.06, building: 0.08, statutory: f64::NAN };

fn derived(kind: Kind, figures: &[(&str, f64)]) -> Outcome<Derived> {
    derive(kind, &figures.iter().map(|(key, value)| (key.to_string(), *value)).collect(), &RATES)
}

fn price(kind: Kind, figures: &[(&str, f64)]) -> f64 {
    derived(kind, figures).unwrap().price
}

/// grading-and-price.md 3.3: C = 3000 元/㎡ of floor, plot ratio 2, a = 0.35: 3230.8 元/㎡ of land.
#[test]
fn joint_building_is_worth_the_share_that_is_given_away() {
    let found =
        price(Kind::Joint, &[("building_cost", 3000.0 * 2.0 * 500.0), ("land_share", 0.35), ("land_area", 500.0)]);
    assert!((found - 3_230.769_230_769).abs() < 1e-6, "{found}");
}

#[test]
fn what_was_agreed_is_the_price_with_the_taxes_of_the_buyer() {
    assert_eq!(price(Kind::Grant, &[("total_price", 2_000_000.0), ("land_area", 1000.0)]), 2000.0);
    let with = [("total_price", 2_000_000.0), ("taxes", 60_000.0), ("land_area", 1000.0)];
    assert_eq!(price(Kind::Transfer, &with), 2060.0);
}

/// By hand: a(6 %, 20) = (1 − 1.06⁻²⁰)/0.06 = 11.469921; 50 000 − 2 000 a year on 400 m².
#[test]
fn a_rent_of_land_is_capitalised_over_its_term() {
    let figures = [("annual_rent", 50_000.0), ("expenses", 2_000.0), ("land_area", 400.0), ("term", 20.0)];
    let found = derived(Kind::GroundLease, &figures).unwrap();
    assert!((found.price - 48_000.0 * 11.469_921_22 / 400.0).abs() < 1e-4, "{}", found.price);
    assert_eq!(found.steps.len(), 4);
    // Without an end: I/r.
    assert!((price(Kind::GroundLease, &figures[..3]) - 48_000.0 / 0.06 / 400.0).abs() < 1e-9);
}

/// By hand: replacement 800 000, residual 16 000, 10 of 50 years used: 15 680 a year, 643 200 now; expenses 6000 + 8000 + 1000 + 0 + 12 000 + 15 680 =
/// 42 680; of the building 51 456; of the land 240 000 − 42 680 − 51 456 = 145 864; over 30 years at 6 %, 13.764831; on 600 m².
/// Depreciation over the 40 years the right lasts from the start, with nothing left: 800 000/40 = 20 000 a year.
#[test]
fn a_rent_of_a_building_pays_the_building_first() {
    let figures = [
        ("gross_rent", 240_000.0),
        ("management", 6_000.0),
        ("repair", 8_000.0),
        ("insurance", 1_000.0),
        ("tax", 12_000.0),
        ("replacement", 800_000.0),
        ("residual", 16_000.0),
        ("used_years", 10.0),
        ("life", 50.0),
        ("land_area", 600.0),
    ];
    let endless = derived(Kind::HouseRent, &figures).unwrap();
    let value = |found: &Derived, at: usize| found.steps[at].value;
    assert_eq!(
        (value(&endless, 0), value(&endless, 1), value(&endless, 2), value(&endless, 3)),
        (15_680.0, 643_200.0, 42_680.0, 51_456.0)
    );
    assert!((endless.price - 145_864.0 / 0.06 / 600.0).abs() < 1e-9);
    let ends: Vec<_> = figures.into_iter().chain([("term", 30.0)]).collect();
    let found = derived(Kind::HouseRent, &ends).unwrap();
    assert_eq!((value(&found, 0), value(&found, 1)), (20_000.0, 600_000.0));
    let net = 240_000.0 - (27_000.0 + 20_000.0) - 48_000.0;
    assert!((found.price - net * 13.764_831_15 / 600.0).abs() < 1e-4, "{}", found.price);
}

#[test]
fn what_is_left_of_a_sale_is_the_land() {
    let figures = [
        ("sale_value", 90e6),
        ("building_cost", 40e6),
        ("fees", 2e6),
        ("interest", 3e6),
        ("profit", 9e6),
        ("taxes", 6e6),
        ("land_area", 10_000.0),
    ];
    assert_eq!(price(Kind::NewHouse, &figures), 3000.0);
    // 1 000 000 − (600 000 − 480 000·15/50 …): replacement 600 000, residual 0, 15 of 60 years: 450 000 now; taxes 50 000; 500 000 on 200 m².
    let old = [
        ("sale_value", 1e6),
        ("replacement", 6e5),
        ("life", 60.0),
        ("used_years", 15.0),
        ("taxes", 5e4),
        ("land_area", 200.0),
    ];
    assert_eq!(price(Kind::OldHouse, &old), 2500.0);
    let nothing =
        derived(Kind::NewHouse, &[("sale_value", 1.0), ("building_cost", 2.0), ("land_area", 1.0)]).unwrap_err();
    assert_eq!(nothing.code, "no-land-price");
}

#[test]
fn profits_and_costs_by_hand() {
    let figures = [("profit", 100_000.0), ("capital_return", 30_000.0), ("wages", 40_000.0), ("land_area", 100.0)];
    assert!((price(Kind::Profit, &figures) - 30_000.0 / 0.06 / 100.0).abs() < 1e-9);
    let figures = [
        ("acquisition", 300.0),
        ("taxes", 30.0),
        ("development", 100.0),
        ("interest", 20.0),
        ("profit", 40.0),
        ("increment", 60.0),
        ("land_area", 1.0),
    ];
    assert_eq!(price(Kind::Cost, &figures), 550.0);
    let ends: Vec<_> = figures.into_iter().chain([("term", 50.0)]).collect();
    assert!((price(Kind::Cost, &ends) - 550.0 * (1.0 - 1.06_f64.powi(-50))).abs() < 1e-9);
}

#[test]
fn missing_and_impossible_figures_are_named() {
    let code = |kind, figures: &[(&str, f64)]| derived(kind, figures).unwrap_err();
    let fault = code(Kind::HouseRent, &[("gross_rent", 1.0), ("land_area", 1.0)]);
    assert_eq!(
        (fault.code, fault.what.en.as_str()),
        ("missing-figure", "rent of a building: replacement, life missing")
    );
    for wrong in [("land_area", 0.0), ("total_price", f64::NAN), ("taxes", -1.0)] {
        let mut figures = vec![("total_price", 1.0), ("land_area", 1.0)];
        figures.retain(|(key, _)| *key != wrong.0);
        figures.push(wrong);
        assert_eq!(code(Kind::Grant, &figures).code, "bad-figure", "{wrong:?}");
    }
    assert_eq!(
        code(Kind::Joint, &[("building_cost", 1.0), ("land_share", 1.0), ("land_area", 1.0)]).code,
        "bad-figure"
    );
}

#[test]
fn the_words_of_notices_are_types() {
    for (word, kind) in [
        ("挂牌出让", Kind::Grant),
        ("出让", Kind::Grant),
        ("买卖", Kind::Transfer),
        ("房屋出租", Kind::HouseRent),
        ("土地使用权出租", Kind::GroundLease),
        ("二手房买卖", Kind::OldHouse),
        ("joint", Kind::Joint),
        ("ground-lease", Kind::GroundLease),
    ] {
        assert_eq!(Kind::parse(word), Some(kind), "{word}");
    }
    assert_eq!(Kind::parse("划拨"), None);
}

#[test]
fn an_old_building_past_its_life_is_refused_and_costs_that_are_not_told_are_said_to_be_nothing() {
    let old = |used: f64, residual: f64| {
        let building = [("replacement", 2_400_000.0), ("used_years", used), ("life", 50.0), ("residual", residual)];
        let all: Vec<(&str, f64)> =
            [("sale_value", 9_000_000.0), ("land_area", 1000.0)].into_iter().chain(building).collect();
        derived(Kind::OldHouse, &all)
    };
    assert_eq!(old(60.0, 0.0).unwrap_err().code, "bad-figure");
    assert_eq!(old(20.0, 3_000_000.0).unwrap_err().code, "bad-figure");
    // By hand: 2.4 M − 48000 · 20 = 1.44 M of building; 9 M − 1.44 M on 1000 m².
    let found = old(20.0, 0.0).unwrap();
    assert_eq!(found.price, 7560.0);
    let told = &found.steps[found.steps.len() - 2];
    assert_eq!((told.name.en.as_str(), told.formula.as_str(), told.value), ("not told, taken as 0", "税费", 0.0));
}

/// A lease of 70 years where 40 are the statutory ones is worth what one of 40 is: 100 000 · a(6 %, 40) / 1000 = 1504.63.
#[test]
fn a_term_above_the_statutory_one_counts_as_it() {
    let rates = Rates { statutory: 40.0, ..RATES };
    let of = |term: f64| {
        let figures = [("annual_rent", 100_000.0), ("land_area", 1000.0), ("term", term)];
        derive(Kind::GroundLease, &figures.into_iter().map(|(key, value)| (key.to_string(), value)).collect(), &rates)
            .expect("complete")
    };
    assert_eq!((of(70.0).price * 100.0).round(), 150_463.0);
    assert_eq!(of(70.0).price, of(40.0).price);
    let told = of(70.0).steps.iter().any(|step| step.formula == "min(70, 40)");
    assert!(told && !of(40.0).steps.iter().any(|step| step.formula.starts_with("min(")));
}
