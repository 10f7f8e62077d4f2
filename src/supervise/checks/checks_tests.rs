use super::*;
use crate::compare::fixture::{Unit, cell, release};
use crate::release::Origin;
use crate::supervise::beside::{Document, Kind};
use crate::supervise::config::DistrictConfig;
use crate::supervise::item::Status;
use crate::supervise::rules::Severity;
use jiff::civil::date;

/// A district without anything beside its releases.
pub(super) fn district(releases: Vec<Release>) -> District {
    let held = |release: Release| Held {
        place: format!("d/{}", release.head.name),
        name: release.head.name.clone(),
        title: release.head.title.clone(),
        base: release.head.base_date.as_deref().and_then(crate::land::date::parse),
        supersedes: release.head.supersedes.clone(),
        origin: Origin::Imported,
        sealed_on: "2026-01-01".to_string(),
        is_draft: false,
        release: Some(release),
    };
    District {
        folder: "d".to_string(),
        name: "甲区".to_string(),
        code: String::new(),
        province_code: String::new(),
        province: None,
        config: DistrictConfig::default(),
        releases: releases.into_iter().map(held).collect(),
        system: None,
        index: None,
        documents: None,
        standard: None,
        monitoring: None,
        reports: None,
        transfers: None,
        required_range: None,
        notes: Vec::new(),
        unread: 0,
    }
}

/// Two squares of commercial land, 1000 and 800; base date in the name's year.
pub(super) fn town(name: &str) -> Release {
    let units: [Unit<'_>; 2] =
        [("a", 0, [0.0, 0.0, 10.0, 10.0], 1, 1000.0), ("b", 0, [10.0, 0.0, 20.0, 10.0], 2, 800.0)];
    let mut release = release(name, &units);
    release.cells = vec![cell(0, 1, 1000.0, 100.0), cell(0, 2, 800.0, 100.0)];
    release.head.base_date = Some(format!("{name}-01-01"));
    release
}

pub(super) fn check(number: u8, district: &District, today: Date) -> Vec<Item> {
    let rules = Rules::default();
    let context = Context { rules: &rules, today, district, neighbours: &[], number: 0 };
    let found = RUNS[usize::from(number) - 1](&context).unwrap();
    assert!(found.iter().all(|item| item.check.0 == number), "{found:?}");
    found
}

/// `word: sentence [measured; limit]`.
pub(super) fn told(number: u8, district: &District, today: Date) -> Vec<String> {
    let tell =
        |item: Item| format!("{}: {} [{}; {}]", item.word(), item.sentence().en, item.measured.en, item.limit.en);
    check(number, district, today).into_iter().map(tell).collect()
}

pub(super) fn words(number: u8, district: &District, today: Date) -> Vec<&'static str> {
    check(number, district, today).iter().map(Item::word).collect()
}

pub(super) fn document(kind: Kind, on: Date, number: &str) -> Document {
    let (release, source) = (String::new(), "documents.csv:2".to_string());
    Document { release, kind, date: Some(on), number: number.to_string(), source }
}

pub(super) const DAY: Date = date(2022, 1, 1);

/// Chengkou: base date 2021-01-01; in January 2025 it was "over 3 years", 4.04 after the base date (1475 days / 365.25 = 4.038).
#[test]
fn u1_counts_years_from_the_base_date_by_the_calendar() {
    let own = district(vec![town("2021")]);
    assert_eq!(
        told(1, &own, date(2025, 1, 15)),
        ["warning: overdue: a full update is due every 3 years [4.04 years; ≤ 3 years (2024-01-01)]"]
    );
    let word = |day| words(1, &own, day)[0];
    assert_eq!((word(date(2023, 7, 1)), word(date(2023, 7, 2))), ("passed", "note"), "2.5 years are over on 07-01");
    assert_eq!((word(date(2024, 1, 1)), word(date(2024, 1, 2))), ("note", "warning"));
    assert_eq!((word(date(2027, 1, 1)), word(date(2027, 1, 2))), ("warning", "error"));
    let mut undated = town("2021");
    undated.head.base_date = None;
    assert_eq!(words(1, &district(vec![undated]), DAY), ["not-checked"]);
    assert_eq!(words(1, &district(Vec::new()), DAY), ["not-checked"]);
}

/// Of 2021-01-01, 24 months are over after 2023-01-01.
#[test]
fn u2_tells_a_publication_long_after_the_base_date() {
    let mut own = district(vec![town("2021")]);
    assert_eq!(words(2, &own, DAY), ["not-checked"]);
    own.documents = Some(vec![document(Kind::Publication, date(2022, 6, 29), "")]);
    assert!(told(2, &own, DAY)[0].starts_with("warning: the day of publication is still to come"));
    assert_eq!(told(2, &own, date(2022, 6, 29)), ["passed: published in time [17.9 months; ≤ 24 months (2023-01-01)]"]);
    own.documents = Some(vec![document(Kind::Publication, date(2023, 1, 2), "")]);
    assert_eq!(words(2, &own, date(2023, 1, 2)), ["warning"]);
    own.documents = Some(vec![document(Kind::Publication, date(2020, 1, 2), "")]);
    assert!(told(2, &own, DAY)[0].starts_with("warning: published before the base date"));
}

#[test]
fn u3_holds_the_shorter_cycle_of_a_province() {
    let mut own = district(vec![town("2021")]);
    assert_eq!(words(3, &own, DAY), ["not-checked"], "no province");
    own.province_code = "35".to_string();
    own.province = Rules::default().provinces.into_iter().find(|own| own.code == "35");
    assert_eq!((words(3, &own, date(2023, 1, 1))[0], words(3, &own, date(2023, 1, 2))[0]), ("passed", "warning"));
    (own.province_code, own.province) = ("50".to_string(), None);
    assert_eq!(words(3, &own, date(2030, 1, 1)), ["passed"], "no rule of its own");
}

#[test]
fn u4_asks_for_a_filing_with_number_and_date_and_for_the_yearly_one() {
    let mut own = district(vec![town("2021")]);
    assert_eq!(words(4, &own, DAY), ["not-checked"]);
    let published = document(Kind::Publication, date(2022, 3, 1), "");
    let mut with = |more: Vec<Document>, day| {
        own.documents = Some([vec![published.clone()], more].concat());
        words(4, &own, day)[0]
    };
    assert_eq!(with(vec![document(Kind::Filing, date(2022, 3, 31), "备1号")], date(2022, 6, 1)), "passed");
    assert_eq!(with(vec![document(Kind::Filing, date(2022, 4, 1), "备1号")], date(2022, 6, 1)), "warning", "late");
    assert_eq!(with(vec![document(Kind::Filing, date(2022, 3, 31), "")], date(2022, 6, 1)), "warning", "no number");
    assert_eq!((with(vec![], date(2022, 3, 31)), with(vec![], date(2022, 4, 1))), ("passed", "warning"));
    // Sichuan: by 15 February of every year, also when unchanged.
    own.province = Rules::default().provinces.into_iter().find(|own| own.code == "51");
    let filed = document(Kind::Confirmation, date(2024, 2, 10), "备2号");
    own.documents = Some(vec![published, document(Kind::Filing, date(2022, 3, 31), "备1号"), filed]);
    assert_eq!(words(4, &own, date(2025, 2, 15)), ["passed", "passed"], "2024 was filed, 2025 has time");
    assert_eq!(words(4, &own, date(2025, 2, 16)), ["passed", "warning"]);
}

#[test]
fn u5_tells_required_and_recommended_uses_without_prices() {
    let mut release = town("2021");
    let found = words(5, &district(vec![town("2021")]), DAY);
    // Commercial alone has prices: three required are missing, six recommended.
    assert_eq!(found.iter().filter(|word| **word == "error").count(), 3);
    assert_eq!(found.iter().filter(|word| **word == "note").count(), 6);
    release.cells.push(cell(1, 1, 900.0, 0.0));
    for (key, name) in [("工业", "工业"), ("gg", "公共管理与公共服务用地"), ("odd", "奇怪")] {
        release.uses.push(crate::compare::fixture::use_head(key, name, 1));
        release.cells.push(cell(release.uses.len() as u8 - 1, 1, 500.0, 0.0));
    }
    let found = check(5, &district(vec![release]), DAY);
    assert!(found.iter().all(|item| item.word() != "error") && found[0].word() == "passed");
    assert!(found.iter().any(|item| item.land_use == "奇怪"), "a use the rules do not know is told");
}

/// The range is 20 m × 10 m and a strip of 0.1 m: 1 of 201 m² (0.498 %) is missing, 2 of 202 (0.99 %) of a wider one.
#[test]
fn u6_measures_what_of_the_required_range_is_graded_and_names_towns_without_tables() {
    let folder = tempfile::tempdir().unwrap();
    let range = |name: &str, east: f64| {
        let (x, y) = (500_000.0, 3_380_000.0);
        let path = folder.path().join(name);
        let ring = format!("[[{x},{y}],[{0},{y}],[{0},{1}],[{x},{1}],[{x},{y}]]", x + east, y + 10.0);
        let crs = r#""crs":{"type":"name","properties":{"name":"urn:ogc:def:crs:EPSG::4547"}}"#;
        let text = format!(
            r#"{{"type":"FeatureCollection",{crs},"features":[{{"type":"Feature","properties":{{"a":1}},"geometry":{{"type":"Polygon","coordinates":[{ring}]}}}}]}}"#
        );
        std::fs::write(&path, text).unwrap();
        path
    };
    let mut release = town("2021");
    release.uses.truncate(1);
    let mut own = district(vec![release]);
    assert_eq!(words(6, &own, DAY), ["not-checked"]);
    own.required_range = Some(range("near.geojson", 20.1));
    assert_eq!(told(6, &own, DAY), ["passed: the required range is graded [0.50 %; ≤ 0.50 %]"]);
    own.required_range = Some(range("wide.geojson", 20.2));
    own.config.towns = vec!["江口镇".to_string(), "2021".to_string()];
    assert_eq!(
        told(6, &own, DAY),
        [
            "error: part of the required range has no grade [0.99 %; ≤ 0.50 %]",
            "warning: the town 江口镇 has no table [; ]"
        ]
    );
}

/// East is brought from 2023 to 2025 by 110/100: 660 beside 1000 (|ln| 0.4155 > 1.5 · ln 1.25 = 0.3347); with 780, 858: 0.1532.
#[test]
fn u7_compares_prices_at_the_border_of_districts_at_one_date() {
    let (mut west, mut east) = (town("2025"), town("2023"));
    west.head.name = "west".to_string();
    let shapes = east.units.shapes.as_mut().unwrap();
    shapes.points_mut().iter_mut().for_each(|point| point.x -= 20.0);
    // Its grade 2 lies beside the grade 1 of west.
    let run = |price: f64, index: &str| {
        let mut east = Release { cells: vec![cell(0, 1, 1.2 * price, 0.0), cell(0, 2, price, 0.0)], ..copy(&east) };
        east.units.prices = vec![1.2 * price, price];
        east.head.index = index.to_string();
        let rules = Rules::default();
        let districts = [district(vec![copy(&west)]), district(vec![east])];
        let neighbours = neighbours(&districts, &rules).unwrap();
        let context =
            Context { rules: &rules, today: DAY, district: &districts[0], neighbours: &neighbours, number: 0 };
        let items = border::border(&context).unwrap();
        items.into_iter().map(|item| format!("{}: {}", item.word(), item.measured.en)).collect::<Vec<_>>()
    };
    let index = "quarter,commercial\n2023Q1,100\n2025Q1,110\n";
    assert_eq!(run(600.0, index), ["warning: mean 0.416; 100.00 % above ln 1.3"]);
    assert_eq!(run(780.0, index), ["passed: mean 0.153; 0.00 % above ln 1.3"]);
    assert_eq!(run(780.0, ""), ["not-checked: "], "without an index raw prices are not compared");
    west.units.shapes.as_mut().unwrap().points_mut().iter_mut().for_each(|point| point.x += 500.0);
    let mut alone = district(vec![west]);
    assert_eq!(words(7, &alone, DAY), ["not-checked"]);
    alone.releases[0].release.as_mut().unwrap().units = crate::release::UnitRows::none();
    assert_eq!(words(7, &alone, DAY), ["not-checked"]);
}

/// East begins 17 m west of west, so its unit b, 10 m × 10 m, lies 3 m in the unit a of west: 30 m².
#[test]
fn u7_tells_ground_that_two_districts_hold() {
    let (west, mut east) = (town("2025"), town("2025"));
    east.units.shapes.as_mut().unwrap().points_mut().iter_mut().for_each(|point| point.x -= 17.0);
    let rules = Rules::default();
    let districts = [district(vec![west]), district(vec![east])];
    let neighbours = neighbours(&districts, &rules).unwrap();
    let context = Context { rules: &rules, today: DAY, district: &districts[0], neighbours: &neighbours, number: 0 };
    let items = border::border(&context).unwrap();
    let told = items.iter().find(|item| item.what.en.contains("same ground")).unwrap();
    assert_eq!((told.word(), &*told.measured.en), ("warning", "30.0 m²"), "{}", told.what.en);
    assert!(told.what.en.contains("in 1 pairs of units, most in a | b"), "{}", told.what.en);
}

/// The parts of a release that these tests use.
pub(super) fn copy(release: &Release) -> Release {
    let mut new = town("2023");
    new.head = release.head.clone();
    new.units.shapes.clone_from(&release.units.shapes);
    new.units.prices.clone_from(&release.units.prices);
    new.cells.clone_from(&release.cells);
    new
}

#[test]
fn u8_tells_grades_in_the_wrong_order_and_odd_ratios() {
    let with = |prices: &[f64]| {
        let mut release = town("2021");
        release.uses[0].grades = prices.len() as u8;
        release.cells = (1..).zip(prices).map(|(grade, price)| cell(0, grade, *price, 1.0)).collect();
        told(8, &district(vec![release]), DAY)
    };
    assert_eq!(with(&[1000.0, 800.0, 500.0]), ["passed: 3 grades in order [; ]"]);
    // Chongqing 2010, commercial 10 → 12: 1.98 and 1.93 are within the band.
    assert_eq!(with(&[1875.0, 947.0, 491.0]), ["passed: 3 grades in order [; ]"]);
    assert_eq!(with(&[1000.0, 1010.0]), ["error: grade 1 is cheaper than grade 2 [1000 < 1010; P_k > P_k+1]"]);
    assert_eq!(with(&[1000.0, 1000.0]), ["error: grade 1 costs the same as grade 2 [1.000; P_k > P_k+1]"]);
    assert_eq!(
        with(&[2600.0, 1000.0, 960.0]),
        [
            "warning: grades 1 and 2 are unusually near or far [2.600; 1.05–2.5]",
            "warning: grades 2 and 3 are unusually near or far [1.042; 1.05–2.5]"
        ]
    );
}

/// Sanyuan, grade 1: commercial 1590 below residential 1650, which is a note and no error.
#[test]
fn u9_notes_uses_in_an_unusual_order() {
    let with = |residential: f64| {
        let mut release = town("2021");
        release.cells = vec![cell(0, 1, 1590.0, 1.0), cell(1, 1, residential, 1.0)];
        told(9, &district(vec![release]), DAY)
    };
    assert_eq!(with(1650.0), ["note: grade I: 商业 below 住宅 [1590 < 1650; ≥]"]);
    assert_eq!(with(1590.0), ["passed: uses in the usual order [; ]"]);
    assert_eq!(words(9, &district(vec![town("2021")]), DAY), ["not-checked"]);
}

/// Class 9 has a least price of 204; a price of floor of 150 at a plot ratio of 2 is 300 of ground.
#[test]
fn u10_holds_industrial_prices_against_the_least_of_the_class() {
    let mut release = town("2021");
    release.uses.push(crate::compare::fixture::use_head("industrial", "工业", 2));
    release.cells.extend([cell(2, 1, 241.0, 1.0), cell(2, 2, 150.0, 1.0)]);
    let mut own = district(vec![release]);
    assert_eq!(words(10, &own, DAY), ["not-checked"]);
    own.config.land_class = Some(9);
    assert_eq!(told(10, &own, DAY), ["error: grade 2 lies below the least price of class 9 [150 元/㎡; ≥ 204 元/㎡]"]);
    let head = &mut own.releases[0].release.as_mut().unwrap().uses[2];
    head.connotation.as_mut().unwrap().kind = "floor".to_string();
    assert_eq!(words(10, &own, DAY), ["passed"]);
    own.config.land_class = Some(16);
    assert_eq!(words(10, &own, DAY), ["not-checked"]);
}

#[test]
fn u12_tells_what_moved_between_grades_and_what_is_new() {
    let (old, new) = (town("2021"), town("2024"));
    assert_eq!(words(12, &district(vec![town("2021")]), DAY), ["not-checked"]);
    assert!(words(12, &district(vec![old, new]), DAY).iter().all(|word| *word == "passed"));
    let mut moved = town("2024");
    moved.uses[0].grades = 4;
    moved.units.grades = vec![1, 4];
    let found = told(12, &district(vec![town("2021"), moved]), DAY);
    assert_eq!(
        found,
        [
            "note: 0.01 hm² moved between grades (50.00 %), 0.00 hm² new [50.00 %; ]",
            "warning: 1 units moved by 2 grades or more: b [1; 0]"
        ]
    );
}

#[test]
fn every_check_gives_a_result_for_a_district_without_anything() {
    let (rules, own) = (Rules::default(), district(Vec::new()));
    let context = Context { rules: &rules, today: DAY, district: &own, neighbours: &[], number: 0 };
    let items = run(&context).unwrap();
    let seen: Vec<u8> = items.iter().map(|item| item.check.0).collect();
    assert_eq!(seen, (1..=20).collect::<Vec<u8>>());
    assert!(
        items.iter().all(|item| matches!(&item.status, Status::NotChecked(why) if !why.zh.is_empty())),
        "{items:?}"
    );
    assert_eq!(Severity::Error.max(Severity::Note), Severity::Error);
}
