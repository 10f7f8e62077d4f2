use super::plot_ratio::Oddity;
use super::*;
use crate::land::date::Quarter;
use jiff::civil::date;
use std::path::PathBuf;

const SALE: Sale = Sale {
    row: 7,
    use_index: 0,
    grade: 1,
    price: 1000.0,
    area: 1.0,
    date: date(2024, 5, 9),
    plot_ratio: 1.0,
    term: 30.0,
    condition: f64::NAN,
    region: f64::NAN,
    services: None,
};

fn quarter(text: &str) -> Quarter {
    Quarter::parse(text).unwrap()
}

fn index() -> DateIndex {
    let values = [("2024Q1", 99.6), ("2024Q2", 99.1), ("2024Q3", 98.6), ("2025Q4", 97.5)];
    DateIndex::new(quarter("2025Q4"), &values.map(|(name, value)| (quarter(name), value))).unwrap()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

/// Worked example W7: 20 of 40 years at 6 % of 1000 is 762.31; 30 of 40 years at 10 % of 150 is 144.60.
#[test]
fn the_published_term_examples_come_out() {
    close(1000.0 * Term::new(0.06, 40.0).unwrap().from_statutory(20.0).unwrap(), 762.31, 5e-3);
    close(150.0 * Term::new(0.10, 40.0).unwrap().from_statutory(30.0).unwrap(), 144.60, 5e-3);
}

/// Worked example W13: 35 of 40 years at 6.5 % is .967582; and back again.
#[test]
fn a_term_correction_and_its_inverse_cancel() {
    let term = Term::new(0.065, 40.0).unwrap();
    close(term.from_statutory(35.0).unwrap(), 0.967_582, 5e-7);
    close(term.from_statutory(35.0).unwrap() * term.to_statutory(35.0).unwrap(), 1.0, 1e-15);
    assert_eq!(term.to_statutory(40.0), Some(1.0));
    assert!(term.to_statutory(45.0).unwrap() < 1.0);
    assert_eq!((term.to_statutory(0.0), term.to_statutory(f64::NAN)), (None, None));
}

/// Worked example W8: 500 · (1 − .13) · .97 · 1.06 · 1.51 = 675.373 as multiplications in the engine's order.
#[test]
fn the_published_multiplication_comes_out() {
    let corrections = Corrections {
        date: Some(
            DateIndex::new(quarter("2024Q1"), &[(quarter("2024Q1"), 106.0), (quarter("2024Q2"), 100.0)]).unwrap(),
        ),
        term: None,
        plot_ratio: Some(PlotRatio::new(PlotRatioTable::new(vec![(1.0, 1.0), (2.0, 1.51)]).unwrap(), 2.0).unwrap()),
        ..Corrections::default()
    };
    let done = correct(&Sale { price: 500.0 * 0.87 * 0.97, ..SALE }, &corrections).unwrap();
    close(done.price, 675.373, 5e-4);
    assert_eq!((done.k_date, done.k_term, done.k_plot_ratio, done.clamped), (1.06, 1.0, 1.51, false));
}

/// The corrections of the side-by-side job, worked by hand: 97.5/99.1, (1 − 1.08^−40)/(1 − 1.08^−30), 1.0/0.78.
#[test]
fn a_sale_of_the_grading_batch_is_corrected_as_its_definition_says() {
    let rows = vec![(0.5, 0.62), (1.0, 0.78), (1.5, 0.90), (2.0, 1.0), (3.0, 1.15), (4.0, 1.26), (6.0, 1.40)];
    let corrections = Corrections {
        date: Some(index()),
        term: Some(Term::new(0.08, 40.0).unwrap()),
        plot_ratio: Some(PlotRatio::new(PlotRatioTable::new(rows).unwrap(), 2.0).unwrap()),
        ..Corrections::default()
    };
    let done = correct(&SALE, &corrections).unwrap();
    let k_term = (1.0 - 1.0 / 1.08_f64.powf(40.0)) / (1.0 - 1.0 / 1.08_f64.powf(30.0));
    close(done.k_date, 97.5 / 99.1, 1e-15);
    close(done.k_term, k_term, 1e-14);
    close(done.k_plot_ratio, 1.0 / 0.78, 1e-15);
    close(done.price, 1000.0 * (97.5 / 99.1) * k_term / 0.78, 1e-10);
}

#[test]
fn a_missing_quarter_is_named_once_and_other_faults_are_counted() {
    let corrections =
        [Corrections { date: Some(index()), term: Some(Term::new(0.06, 50.0).unwrap()), ..Corrections::default() }];
    let sales = [
        Sale { date: date(2019, 12, 31), ..SALE },
        Sale { date: date(2019, 10, 1), ..SALE },
        Sale { date: date(2020, 1, 1), ..SALE },
        Sale { term: -1.0, ..SALE },
        Sale { term: 0.0, ..SALE },
        Sale { price: f64::NAN, ..SALE },
        Sale { use_index: 1, ..SALE },
        SALE,
    ];
    let id = |sale: &Sale| format!("S{}", sale.term);
    let fault = correct_all(&sales, &corrections, &id).unwrap_err();
    let places: Vec<_> = fault.each().map(|fault| fault.place.as_deref()).collect();
    let named = format!("S{}", SALE.term);
    assert_eq!(places, [None, None, Some("S-1"), Some(named.as_str()), Some(named.as_str())]);
    let told: Vec<_> = fault.each().map(|fault| fault.what.en.as_str()).collect();
    assert_eq!(
        told,
        [
            "the price index has no value for 2019Q4 (and 1 more sales)",
            "the price index has no value for 2020Q1",
            "the remaining term of sale 7 is -1 years (and 1 more sales)",
            "the price of sale 7 is NaN",
            "sale 7 has use number 1, which has no corrections",
        ]
    );
    assert_eq!(correct_all(&sales[7..], &corrections, &id).unwrap().len(), 1);
}

#[test]
fn an_index_with_faults_is_refused_with_all_of_them() {
    let (q1, q2) = (quarter("2024Q1"), quarter("2024Q2"));
    let fault = DateIndex::new(q2, &[(q1, 100.0), (q1, 0.0)]).unwrap_err();
    assert_eq!(
        fault.each().map(|fault| fault.code).collect::<Vec<_>>(),
        ["index-value", "index-twice", "index-quarter"]
    );
}

#[test]
fn a_plot_ratio_outside_the_table_takes_the_end_value_and_says_so() {
    let table = PlotRatioTable::new(vec![(0.5, 0.7), (2.0, 1.0)]).unwrap();
    let correction = PlotRatio::new(table, 2.0).unwrap();
    let read = |ratio| correction.factor(ratio).unwrap();
    assert_eq!((read(0.4).k, read(0.4).clamped), (1.0 / 0.7, true));
    assert_eq!((read(0.5).k, read(0.5).clamped), (1.0 / 0.7, false));
    assert_eq!((read(9.0).k, read(9.0).clamped), (1.0, true));
    assert_eq!(correction.factor(f64::NAN), None);
}

#[test]
fn a_table_with_faults_is_refused() {
    let codes = |rows: &[(f64, f64)]| {
        PlotRatioTable::new(rows.to_vec()).unwrap_err().each().map(|fault| fault.code).collect::<Vec<_>>()
    };
    assert_eq!(codes(&[]), ["plot-ratio-rows"]);
    assert_eq!(codes(&[(1.0, 1.0), (1.0, 0.0)]), ["plot-ratio-value", "plot-ratio-order"]);
    let table = PlotRatioTable::new(vec![(1.0, 1.0)]).unwrap();
    assert_eq!(PlotRatio::new(table, 2.0).unwrap_err().code, "plot-ratio-set");
    let fault = Term::new(6.5, 0.0).unwrap_err();
    assert_eq!(fault.each().map(|fault| fault.code).collect::<Vec<_>>(), ["term-rate", "term-years"]);
}

/// Lines of a published table without its notes, split at commas; the first is its header.
fn published(name: &str) -> Option<Vec<Vec<String>>> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data/published").join(name);
    let Ok(text) = std::fs::read_to_string(file) else {
        println!("skipped: shared data not present");
        return None;
    };
    let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    Some(lines.skip(1).map(|line| line.split(',').map(str::to_string).collect()).collect())
}

/// Worked example W13: k(1.5) = 1.05175 and k(1.52) = 1.0621; the notes find the last row, 4.4, odd (floor price rises), and no other.
#[test]
fn the_published_plot_ratio_table_of_ji_an_reads_as_worked_and_its_misprint_is_seen() {
    let Some(lines) = published("jian_commercial_far.csv") else { return };
    let rows: Vec<(f64, f64)> = lines.iter().map(|line| (line[0].parse().unwrap(), line[1].parse().unwrap())).collect();
    let table = PlotRatioTable::new(rows).unwrap();
    close(table.at(1.5).unwrap().k, 1.051_75, 1e-12);
    close(table.at(1.52).unwrap().k, 1.0621, 1e-12);
    assert_eq!(table.oddities(), [Oddity::FloorPriceRises { ratio: 4.4 }]);
}

/// A printed term table: its name, its statutory term, its rows of years and factor.
type Printed = (String, f64, Vec<(f64, f64)>);

/// Every published term table is one rate: refitted, all its printed four-decimal factors agree within 1e-4, at the rates its
/// transcription names (吉安 6.5 %, 巴中 8.54 %, 7.48 %, 6.0 %).
#[test]
fn every_published_term_table_is_one_rate() {
    let Some(lines) = published("term_tables.csv") else { return };
    let mut tables: Vec<Printed> = Vec::new();
    for line in &lines {
        let name = format!("{} {}", line[0], line[2]);
        let (m, n, k) = (line[3].parse().unwrap(), line[4].parse().unwrap(), line[5].parse().unwrap());
        match tables.iter_mut().find(|(known, ..)| *known == name) {
            Some((.., rows)) => rows.push((n, k)),
            None => tables.push((name, m, vec![(n, k)])),
        }
    }
    let named = [
        ("吉安 commercial", 0.065),
        ("巴中 commercial", 0.0854),
        ("巴中 residential", 0.0748),
        ("巴中 industrial", 0.06),
    ];
    assert_eq!(tables.len(), named.len());
    for (name, statutory, rows) in tables {
        // Every factor rises with the rate, so the worst misfit has one valley: narrow it by thirds.
        let misfit = |rate: f64| {
            let term = Term::new(rate, statutory).unwrap();
            let miss = |(years, printed): &(f64, f64)| (term.from_statutory(*years).unwrap() - printed).abs();
            rows.iter().map(miss).fold(0.0, f64::max)
        };
        let (mut low, mut high) = (0.001, 0.5);
        for _ in 0..100 {
            let third = (high - low) / 3.0;
            if misfit(low + third) < misfit(high - third) { high -= third } else { low += third }
        }
        assert!(misfit(low) <= 1e-4, "{name}: {} at rate {low}", misfit(low));
        let (_, rate) = named.iter().find(|(known, _)| *known == name).unwrap();
        close(low, *rate, 1e-4);
    }
}

/// By hand: the scores 110 and 80 give 100/110 and 100/80; 五通一平 against 三通: drainage 30 and telecom 10 are lacking, levelling 20.
#[test]
fn circumstances_place_and_services_are_corrected_in_the_declared_order() {
    use crate::land::services::{self, Service};
    use crate::project::system::CostUnit;
    let costs = [(Service::Drainage, 30.0), (Service::Telecom, 10.0), (Service::Levelled, 20.0)];
    let set = services::parse("五通一平").unwrap().0;
    let development = |unit| Some((Development { unit, costs: costs.into() }, vec![set]));
    let corrections = Corrections {
        condition: true,
        region: true,
        development: development(CostUnit::Yuan),
        ..Corrections::default()
    };
    let sale = Sale { condition: 110.0, region: 80.0, services: services::parse("三通").map(|(own, _)| own), ..SALE };
    let done = correct(&sale, &corrections).unwrap();
    close(done.price, (1000.0 * 100.0 / 110.0 + 60.0) * 100.0 / 80.0, 1e-9);
    assert_eq!((done.k_condition, done.k_region, done.development), (100.0 / 110.0, 1.25, 60.0));
    // Another order; and of a sale with more than the set services less.
    let order = [
        CorrectionStep::Development,
        CorrectionStep::Date,
        CorrectionStep::Term,
        CorrectionStep::PlotRatio,
        CorrectionStep::Condition,
        CorrectionStep::Region,
    ];
    let first = correct(&sale, &Corrections { order, ..corrections.clone() }).unwrap();
    close(first.price, (1000.0 + 60.0) * 100.0 / 110.0 * 100.0 / 80.0, 1e-9);
    let less = services::parse("三通").unwrap().0;
    let corrections = Corrections {
        development: Some((Development { unit: CostUnit::Percent, costs: costs.into() }, vec![less])),
        ..Corrections::default()
    };
    let rich = Sale { services: Some(set), ..SALE };
    // 60 % of the price that comes out: 1000/1.6 = 625.
    assert_eq!(correct(&rich, &corrections).unwrap().development, -375.0);
    // Telecommunications without a cost: nothing is guessed.
    let costs = [(Service::Drainage, 30.0), (Service::Levelled, 20.0)].into();
    let corrections = Corrections {
        development: Some((Development { unit: CostUnit::Yuan, costs }, vec![less])),
        ..Corrections::default()
    };
    assert_eq!(correct(&rich, &corrections).unwrap_err().code, "sale-development");
}

/// By hand: 99.6 at the end of March, 99.1 at the end of June: 99.4333 at the end of April, 99.2667 of May.
#[test]
fn an_index_by_quarters_is_read_between_its_ends_by_months() {
    let values = [("2024Q1", 99.6), ("2024Q2", 99.1)].map(|(name, value)| (quarter(name), value));
    let index = DateIndex::new(quarter("2024Q2"), &values).unwrap().by_months(date(2024, 6, 30)).unwrap();
    close(index.value(date(2024, 4, 1)).unwrap(), 99.6 - 0.5 / 3.0, 1e-12);
    close(index.value(date(2024, 5, 31)).unwrap(), 99.6 - 1.0 / 3.0, 1e-12);
    close(index.factor(date(2024, 3, 5)).unwrap(), 99.1 / 99.6, 1e-15);
    assert_eq!(index.factor(date(2024, 6, 1)).unwrap(), 1.0);
    // Before March nothing tells where the index came from.
    assert_eq!(index.factor(date(2024, 2, 1)).unwrap_err().code, "index-quarter");
}
