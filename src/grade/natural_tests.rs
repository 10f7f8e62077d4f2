use super::super::{Graded, Method, grade};
use proptest::prelude::*;
use std::path::PathBuf;

fn natural(totals: &[f64], grades: u8) -> Graded {
    grade(totals, grades, &Method::Natural).unwrap()
}

/// Squares within classes of ascending values cut before `starts`.
fn within(values: &[f64], starts: &[usize]) -> f64 {
    let mut bounds = vec![0];
    bounds.extend_from_slice(starts);
    bounds.push(values.len());
    bounds
        .windows(2)
        .map(|pair| {
            let class = &values[pair[0]..pair[1]];
            let mean = class.iter().sum::<f64>() / class.len() as f64;
            class.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
        })
        .sum()
}

/// The least squares within over every way to cut ascending values into `classes`.
fn exhaustive(values: &[f64], classes: usize) -> f64 {
    fn go(values: &[f64], classes: usize, from: usize, starts: &mut Vec<usize>, least: &mut f64) {
        if starts.len() + 1 == classes {
            *least = least.min(within(values, starts));
            return;
        }
        for start in from..values.len() {
            starts.push(start);
            go(values, classes, start + 1, starts, least);
            starts.pop();
        }
    }
    let mut least = f64::INFINITY;
    go(values, classes, 1, &mut Vec::new(), &mut least);
    least
}

fn starts_of(sorted: &[f64], limits: &[f64]) -> Vec<usize> {
    limits.iter().map(|limit| sorted.partition_point(|value| value < limit)).collect()
}

proptest! {
    #[test]
    fn the_cut_is_the_best_of_all_cuts(
        totals in prop::collection::vec((0_i32..60).prop_map(|step| f64::from(step) / 7.0 + 30.0), 1..=12),
        grades in 1_u8..=5,
    ) {
        let graded = natural(&totals, grades);
        let mut sorted = totals.clone();
        sorted.sort_by(f64::total_cmp);
        let mut distinct = sorted.clone();
        distinct.dedup();
        let classes = usize::from(grades).min(distinct.len());
        prop_assert_eq!(graded.limits.len() + 1, classes);
        let found = within(&sorted, &starts_of(&sorted, &graded.limits));
        prop_assert!((found - exhaustive(&sorted, classes)).abs() < 1e-9);
    }

    /// Plain O(k n²) dynamic programming, every spread worked anew from its own mean.
    #[test]
    fn three_hundred_values_agree_with_plain_dynamic_programming(
        totals in prop::collection::vec(0.0_f64..100.0, 300), grades in 2_u8..=12,
    ) {
        let graded = natural(&totals, grades);
        let mut sorted = totals.clone();
        sorted.sort_by(f64::total_cmp);
        let found = within(&sorted, &starts_of(&sorted, &graded.limits));
        let least = plain_programming(&sorted, usize::from(grades));
        prop_assert!((found - least).abs() <= 1e-9 * least.max(1.0), "{} {}", found, least);
    }
}

fn plain_programming(values: &[f64], classes: usize) -> f64 {
    let count = values.len();
    // Welford's update, so spreads do not share the engine's running sums.
    let mut spread = vec![vec![0.0; count + 1]; count];
    for (start, row) in spread.iter_mut().enumerate() {
        let (mut mean, mut squares) = (0.0, 0.0);
        for end in start..count {
            let step = values[end] - mean;
            mean += step / (end - start + 1) as f64;
            squares += step * (values[end] - mean);
            row[end + 1] = squares;
        }
    }
    let mut cost: Vec<f64> = (0..=count).map(|end| spread[0][end]).collect();
    for below in 1..classes {
        cost = (0..=count)
            .map(|end| (below..end).map(|start| cost[start] + spread[start][end]).fold(f64::INFINITY, f64::min))
            .collect();
    }
    cost[count]
}

#[test]
fn limits_are_totals_and_open_the_better_grade() {
    let graded = natural(&[1.0, 2.0, 50.0, 51.0, 90.0], 3);
    assert_eq!(graded.limits, [50.0, 90.0]);
    assert_eq!(graded.grades, [3, 3, 2, 2, 1]);
}

/// {1} {2 3} and {1 2} {3} both leave 1/2: the class that starts first wins.
#[test]
fn of_equally_good_cuts_the_one_whose_last_class_starts_first_is_taken() {
    assert_eq!(natural(&[1.0, 2.0, 3.0], 2).limits, [2.0]);
    assert_eq!(natural(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], 4).limits, [2.0, 3.0, 5.0]);
}

#[test]
fn weights_of_equal_totals_count() {
    // By hand: {0} {10 18} leaves 32, {0 10} {18} leaves 50; with 18 there ninety-nine times {10 18…} leaves 64 · 99/100 > 50.
    assert_eq!(natural(&[0.0, 10.0, 18.0], 2).limits, [10.0]);
    let mut totals = vec![18.0; 99];
    totals.extend([10.0, 0.0]);
    assert_eq!(natural(&totals, 2).limits, [18.0]);
}

#[test]
fn minus_zero_is_zero() {
    assert_eq!(natural(&[0.0, -0.0, 5.0], 2).grades, [2, 2, 1]);
}

#[test]
fn the_number_of_threads_does_not_change_a_bit() {
    let mut state = 1_u64;
    let totals: Vec<f64> = (0..150_000)
        .map(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / (1_u64 << 53) as f64 * 100.0
        })
        .collect();
    let run = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| natural(&totals, 7))
    };
    let one = run(1);
    // A uniform spread in 7 classes leaves 1/49 of the variance.
    assert!((one.gvf - (1.0 - 1.0 / 49.0)).abs() < 1e-3, "{}", one.gvf);
    assert_eq!(one, run(2));
    assert_eq!(one, run(7));
}

/// The highest total of each class, lowest class first, and the counts in that order.
fn upper_ends(totals: &[f64], graded: &Graded) -> (Vec<f64>, Vec<usize>) {
    let grades = graded.counts.len() as u8;
    let highest = |grade: u8| {
        totals.iter().zip(&graded.grades).filter(|(_, of)| **of == grade).map(|(total, _)| *total).fold(0.0, f64::max)
    };
    ((1..=grades).rev().map(highest).collect(), graded.counts.iter().rev().copied().collect())
}

fn shared(path: &str) -> Option<PathBuf> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if !file.exists() {
        println!("skipped: shared data not present");
        return None;
    }
    Some(file)
}

/// PySAL's published Fisher–Jenks classes of employees per square kilometre in the 58 counties of California.
#[test]
fn the_published_classes_of_californian_employment_come_out() {
    let Some(file) = shared("real/vectors/calempdensity.csv") else { return };
    let mut reader = csv::Reader::from_path(file).unwrap();
    let densities: Vec<f64> = reader.records().map(|record| record.unwrap()[10].parse().unwrap()).collect();
    let (ends, counts) = upper_ends(&densities, &natural(&densities, 5));
    assert_eq!(ends, [75.29, 192.05, 370.5, 722.85, 4111.45]);
    assert_eq!(counts, [49, 3, 4, 1, 1]);
}

/// The classes another program found for 2,382 parcel prices of Seoul (README of the shared data).
#[test]
fn the_classes_of_seoul_land_prices_come_out() {
    let Some(file) = shared("real/seoul/parcels.geojson") else { return };
    let text = std::fs::read_to_string(file).unwrap();
    let collection: geojson::FeatureCollection = text.parse().unwrap();
    let prices: Vec<f64> = collection
        .features
        .iter()
        .map(|feature| feature.property("공시지가").and_then(serde_json::Value::as_f64).unwrap())
        .collect();
    let (ends, counts) = upper_ends(&prices, &natural(&prices, 5));
    assert_eq!(ends, [3_696_000.0, 7_010_000.0, 10_790_000.0, 17_820_000.0, 45_440_000.0]);
    assert_eq!(counts, [279, 1464, 318, 259, 62]);
}
