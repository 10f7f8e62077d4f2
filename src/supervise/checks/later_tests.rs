//! U13 to U20.

use super::tests::*;
use super::*;
use crate::compare::fixture::{Unit, cell, release};
use crate::supervise::beside::{Kind, Monitored, Report, Standard, Transfer};
use jiff::civil::date;

/// Grade 1 grew by 5 %, the index by 10 % (|Δln| 0.0465); grade 2 by 25 % (0.1278).
#[test]
fn u13_holds_growth_against_the_index() {
    let index = |start: u32, end: u32| format!("quarter,commercial\n2021Q1,{start}\n2024Q1,{end}\n");
    let run = |index: String, change: &dyn Fn(&mut Release, &mut Release)| {
        let (mut old, mut new) = (town("2021"), town("2024"));
        new.head.index = index;
        new.cells = vec![cell(0, 1, 1050.0, 100.0), cell(0, 2, 1000.0, 100.0)];
        change(&mut old, &mut new);
        told(13, &district(vec![old, new]), DAY)
    };
    assert_eq!(
        run(index(100, 110), &|_, _| {}),
        [
            "passed: grade I: grew as the index did [5.00 %, index 10.00 %; |Δln| 0.047 ≤ 0.1]",
            "warning: grade II: grew otherwise than the index [25.00 %, index 10.00 %; |Δln| 0.128 ≤ 0.1]"
        ]
    );
    let against = run(index(104, 100), &|_, new| new.cells.truncate(1));
    assert!(against.iter().all(|told| told.starts_with("warning") || told.starts_with("not-checked")), "{against:?}");
    assert!(run(String::new(), &|_, _| {})[0].starts_with("not-checked: not checked: growth +5.0 +25.0 %, but"));
    // The set plot ratio fell from 2 to 1.5; by the table 1000 at 2 is 900 at 1.5, so that 990 is a growth of 10 %.
    let told = run(index(100, 110), &|old, new| {
        old.head.corrections =
            "[[uses]]\nkey = \"commercial\"\n[[uses.plot_ratio]]\ntable = [[1, 0.8], [1.5, 0.9], [2, 1]]\n".to_string();
        new.uses[0].connotation.as_mut().unwrap().plot_ratio = 1.5;
        new.cells = vec![cell(0, 1, 990.0, 1.0), cell(0, 2, 792.0, 1.0)];
    });
    assert!(told[0].starts_with("passed") && told[0].contains("[10.00 %, index 10.00 %"), "{told:?}");
    assert!(told[0].contains("plot ratio 2 → 1.5 by the table of 2021: × 0.9"));
}

#[test]
fn u14_asks_for_a_mapping_where_grades_or_uses_changed() {
    assert_eq!(words(14, &district(vec![town("2021"), town("2024")]), DAY), ["passed"]);
    let mut new = town("2024");
    new.cells.truncate(1);
    new.cells.push(cell(1, 1, 500.0, 1.0));
    assert_eq!(
        told(14, &district(vec![town("2021"), new]), DAY),
        ["note: 2 grades became 1: a mapping is required [2 → 1; ]", "note: a new use [– → 1; ]"]
    );
}

#[test]
fn u15_finds_real_time_updates_and_prices_cell_by_cell() {
    assert_eq!(words(15, &district(vec![town("2021"), town("2024")]), DAY), ["passed"]);
    let mut soon = town("2024");
    soon.head.base_date = Some("2021-03-01".to_string());
    let found = told(15, &district(vec![town("2021"), soon]), DAY);
    assert!(found[0].starts_with("error: two base dates 59 days apart"), "{found:?}");
    let units: Vec<(String, f64)> = (0..6).map(|at| (format!("u{at}"), 900.0 + f64::from(at))).collect();
    let units: Vec<Unit<'_>> = (0..6)
        .zip(&units)
        .map(|(at, (id, price))| {
            let west = f64::from(at) * 10.0;
            (id.as_str(), 0, [west, 0.0, west + 10.0, 10.0], 1, *price)
        })
        .collect();
    let mut surface = release("2021", &units);
    surface.cells = vec![cell(0, 1, 900.0, 1.0)];
    let found = told(15, &district(vec![surface]), DAY);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].contains("units of grade 1 have 5 prices of their own") && found[0].ends_with("[5; ≤ 3]"),
        "{found:?}"
    );
}

fn standard(id: &str, grade: u8, price: f64, x: f64) -> Standard {
    Standard {
        id: id.to_string(),
        land_use: "商业".to_string(),
        grade: Some(grade),
        zone: String::new(),
        date: Some(date(2024, 1, 1)),
        price,
        area: f64::NAN,
        place: [500_000.0 + x, 3_380_005.0],
        source: format!("standard_parcels.csv:{id}"),
    }
}

/// Mean 1100 against 1000 is 10 % off; 1300 is 30 %.
#[test]
fn u16_holds_standard_parcels_against_their_grade_and_place() {
    let mut own = district(vec![town("2021")]);
    let today = date(2024, 12, 31);
    assert_eq!(words(16, &own, today), ["not-checked"]);
    own.standard = Some(vec![standard("1", 1, 1000.0, 5.0), standard("2", 1, 1200.0, 5.0)]);
    assert!(words(16, &own, today).iter().all(|word| *word == "passed"));
    assert_eq!(words(16, &own, date(2025, 1, 2))[0], "warning", "more than a year old");
    own.standard =
        Some(vec![standard("1", 1, 1300.0, 5.0), standard("2", 2, 800.0, 5.0), standard("3", 2, 800.0, 95.0)]);
    let found = told(16, &own, today);
    assert!(found[1].contains("far from the price of the grade [1300 / 1000 (30.00 %); ≤ 20.00 %]"), "{found:?}");
    assert!(found.iter().any(|told| told.contains("2 is said to be of grade 2 and lies in grade 1")));
    assert!(found.iter().any(|told| told.contains("3 lies in no unit of its use")));
    let release = own.releases[0].release.as_mut().unwrap();
    (release.cells[0].lowest, release.cells[0].highest) = (Some(900.0), Some(1250.0));
    assert!(told(16, &own, today).iter().any(|told| told.contains("1 lies outside the samples of its grade")));
    // A stated amplitude takes their place: 1000 ± 5 % is 950 to 1050.
    let amplitude = "[[uses]]\nkey = \"commercial\"\n[[uses.amplitude]]\nup = 5\ndown = 5\n";
    own.system = Some(crate::project::system::System::parse(amplitude, std::path::Path::new("c.toml")).unwrap());
    own.standard = Some(vec![standard("1", 1, 1049.0, 5.0), standard("2", 1, 1060.0, 5.0)]);
    let found = told(16, &own, today);
    assert!(
        found.iter().any(|told| told.contains("2 lies outside the amplitude of its grade [1060; 950–1050]")),
        "{found:?}"
    );
    assert!(!found.iter().any(|told| told.contains("1 lies outside")), "{found:?}");
}

/// By area the mean of 800 on 900 m² and 1400 on 100 m² is 860, plain 1100; one parcel is two years old, one lies in no zone there is.
#[test]
fn u16_weights_by_area_and_looks_at_every_date_and_zone() {
    let mut own = district(vec![town("2021")]);
    let today = date(2024, 12, 31);
    let mut parcels = vec![standard("1", 1, 800.0, 5.0), standard("2", 1, 1400.0, 5.0)];
    (parcels[0].area, parcels[1].area) = (900.0, 100.0);
    parcels[1].date = Some(date(2022, 1, 1));
    own.standard = Some(parcels.clone());
    let found = told(16, &own, today);
    assert!(found.iter().any(|told| told.contains("[860 / 1000 (14.00 %)")), "{found:?}");
    assert!(found.iter().any(|told| told.contains("2 is dated more than 1 years back [2022-01-01")), "{found:?}");
    parcels[0].area = f64::NAN;
    own.standard = Some(parcels);
    assert!(told(16, &own, today).iter().any(|told| told.contains("[1100 / 1000 (10.00 %)")));
}

/// Prices end in 2022Q3; on 2023-11-28 the quarters to 2023Q2 are over for a quarter and more.
#[test]
fn u17_finds_a_series_that_has_ended() {
    let mut own = district(vec![town("2021")]);
    let row = |quarter: &str, price: f64| Monitored {
        point: "a".to_string(),
        land_use: "商业".to_string(),
        quarter: crate::land::date::Quarter::parse(quarter).unwrap(),
        price,
        source: "monitoring.csv:2".to_string(),
    };
    own.monitoring = Some(vec![row("2022Q2", 1.0), row("2022Q3", 2.0)]);
    assert_eq!(words(17, &own, date(2022, 12, 31)), ["passed"]);
    let found = told(17, &own, date(2023, 11, 28));
    assert!(found[0].contains("a lacks 2022Q4, 2023Q1, 2023Q2 [3; 0]"), "{found:?}");
}

#[test]
fn u17_finds_missing_quarters_and_points_that_stand_still() {
    let mut own = district(vec![town("2021")]);
    assert_eq!(words(17, &own, DAY), ["not-checked"]);
    let row = |point: &str, quarter: &str, price: f64| Monitored {
        point: point.to_string(),
        land_use: "商业".to_string(),
        quarter: crate::land::date::Quarter::parse(quarter).unwrap(),
        price,
        source: "monitoring.csv:2".to_string(),
    };
    let series = |point: &'static str, prices: [f64; 4]| {
        (1..).zip(prices).map(move |(quarter, price)| row(point, &format!("2024Q{quarter}"), price)).collect::<Vec<_>>()
    };
    own.monitoring = Some(series("a", [1.0, 2.0, 2.0, 2.0]));
    assert_eq!(words(17, &own, DAY), ["passed"], "three equal quarters are none too many");
    let mut rows = series("a", [1.0, 1.0, 1.0, 1.0]);
    rows.extend(series("b", [1.0, 2.0, 3.0, 4.0]).into_iter().filter(|row| row.price != 3.0));
    own.monitoring = Some(rows);
    assert_eq!(
        told(17, &own, DAY),
        ["warning: a stands still from 2024Q1 to 2024Q4 [4 quarters; < 4 quarters]", "warning: b lacks 2024Q3 [1; 0]"]
    );
}

/// Baoding 2018: hearing 05-09, acceptance 06-15, publication 07-28.
#[test]
fn u18_wants_documents_complete_and_in_order() {
    let mut own = district(vec![town("2012"), town("2017")]);
    assert_eq!(words(18, &own, DAY), ["not-checked"]);
    let mut all = vec![
        document(Kind::Hearing, date(2018, 5, 9), ""),
        document(Kind::Acceptance, date(2018, 6, 15), ""),
        document(Kind::Approval, date(2018, 7, 1), "保政〔2018〕1号"),
        document(Kind::Publication, date(2018, 7, 28), ""),
        document(Kind::Repeal, date(2018, 7, 28), "保政〔2012〕9号"),
    ];
    own.documents = Some(all.clone());
    assert_eq!(words(18, &own, DAY), ["passed"; 5]);
    // On 2018-07-10 the publication is still to come.
    let early = told(18, &own, date(2018, 7, 10));
    assert_eq!(early[0], "error: the publication is dated on a day still to come [2018-07-28; ≤ 2018-07-10]");
    // Approved after it was published: out of order.
    all[2].date = Some(date(2018, 7, 29));
    own.documents = Some(all.clone());
    let late = told(18, &own, DAY);
    assert!(
        late.contains(&"error: approval does not come before publication [2018-07-29; ≤ 2018-07-28]".to_string()),
        "{late:?}"
    );
    all[0].date = Some(date(2018, 6, 15));
    all.remove(4);
    all.remove(2);
    own.documents = Some(all);
    assert_eq!(
        told(18, &own, DAY),
        [
            "error: hearing does not come before acceptance [2018-06-15; < 2018-06-15]",
            "passed: acceptance before publication [2018-06-15; < 2018-07-28]",
            "warning: no approval [; ]",
            "warning: nothing says that it supersedes d/2012: documents need a row of kind 废止 under the newer release, with the number of the document repealed [; ]"
        ]
    );
}

#[test]
fn u19_lists_reports_on_expired_or_superseded_releases() {
    let mut own = district(vec![town("2015"), town("2020")]);
    assert_eq!(words(19, &own, DAY), ["not-checked"]);
    let report = |id: &str, on: Date, cites: &str| Report {
        id: id.to_string(),
        date: on,
        cites: cites.to_string(),
        source: "reports.csv:2".to_string(),
    };
    own.reports = Some(vec![report("A", date(2020, 6, 1), "2015"), report("B", date(2021, 1, 1), "2020-01-01")]);
    assert_eq!(words(19, &own, DAY), ["passed"]);
    own.documents = Some(vec![document(Kind::Publication, date(2020, 5, 1), "")]);
    own.reports
        .as_mut()
        .unwrap()
        .extend([report("C", date(2021, 1, 2), "2015"), report("D", date(2022, 1, 1), "1999")]);
    assert_eq!(
        told(19, &own, DAY),
        [
            "error: A cites d/2015, superseded on 2020-05-01 [2020-06-01; < 2020-05-01]",
            "error: C cites d/2015, expired for more than 6 years [2021-01-02; ≤ 2021-01-01]",
            "not-checked: not checked: D cites 1999, which is no release here [; ]"
        ]
    );
}

/// 70 % of 1000: 700 passes, 699 does not; what was sold at auction is none of it.
#[test]
fn u20_lists_negotiated_transfers_below_the_least_share() {
    let mut own = district(vec![town("2021")]);
    assert_eq!(words(20, &own, DAY), ["not-checked"]);
    let transfer = |id: &str, method: &str, price: f64| Transfer {
        id: id.to_string(),
        date: date(2022, 1, 1),
        land_use: "商服用地".to_string(),
        grade: 1,
        method: method.to_string(),
        price,
        source: "transfers.csv:2".to_string(),
    };
    own.transfers = Some(vec![transfer("A", "协议出让", 700.0), transfer("B", "拍卖", 100.0)]);
    assert_eq!(words(20, &own, DAY), ["passed"]);
    own.transfers = Some(vec![transfer("C", "协议", 699.0)]);
    assert_eq!(
        told(20, &own, DAY),
        ["error: C was granted below the least share of the price in d/2021 [699 / 1000 = 69.90 %; ≥ 70.00 %]"]
    );
}
