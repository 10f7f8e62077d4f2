use super::super::{Method, grade};
use proptest::prelude::*;

/// The definition of the side-by-side job, transcribed sentence by sentence, in exact whole numbers: the cost of a class is the
/// fraction `(Q·W − S²)/W`; fractions are added and compared exactly, so rounding cannot hide a mistake.
fn by_the_letter(totals: &[f64], grades: usize, bins: usize) -> (Vec<u8>, Vec<f64>) {
    let low = totals.iter().copied().fold(f64::INFINITY, f64::min);
    let high = totals.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if high == low {
        return (vec![grades as u8; totals.len()], Vec::new());
    }
    let w = (high - low) / bins as f64;
    let bin: Vec<usize> = totals.iter().map(|t| ((t - low) / w).floor() as usize).map(|b| b.min(bins - 1)).collect();
    let mut occupied = bin.clone();
    occupied.sort_unstable();
    occupied.dedup();
    let m = occupied.len();
    let k = grades.min(m);
    let cost = |i: usize, j: usize| {
        let (mut weight, mut sum, mut square) = (0_i128, 0_i128, 0_i128);
        for &b in &occupied[i..j] {
            let n = bin.iter().filter(|other| **other == b).count() as i128;
            let b = b as i128;
            weight += n;
            sum += n * b;
            square += n * b * b;
        }
        (square * weight - sum * sum, weight)
    };
    let add = |a: (i128, i128), b: (i128, i128)| reduced((a.0 * b.1 + b.0 * a.1, a.1 * b.1));
    let mut best: Vec<Vec<Option<(i128, i128)>>> = vec![vec![None; m + 1]; k + 1];
    let mut from = vec![vec![0; m + 1]; k + 1];
    best[0][0] = Some((0, 1));
    for c in 1..=k {
        for j in c..=m {
            for i in c - 1..j {
                let Some(below) = best[c - 1][i] else { continue };
                let value = add(below, cost(i, j));
                if best[c][j].is_none_or(|least| value.0 * least.1 < least.0 * value.1) {
                    best[c][j] = Some(value);
                    from[c][j] = i;
                }
            }
        }
    }
    let (mut ends, mut end) = (Vec::new(), m);
    for c in (1..=k).rev() {
        ends.push(end);
        end = from[c][end];
    }
    ends.reverse();
    let last: Vec<usize> = ends.iter().map(|end| occupied[end - 1]).collect();
    let class = |b: &usize| last.iter().filter(|last| *last < b).count();
    let grade = bin.iter().map(|b| (grades - class(b)) as u8).collect();
    (grade, last[..k - 1].iter().map(|b| low + w * (b + 1) as f64).collect())
}

fn reduced((mut a, mut b): (i128, i128)) -> (i128, i128) {
    let whole = (a, b);
    while b != 0 {
        (a, b) = (b, a % b);
    }
    (whole.0 / a, whole.1 / a)
}

proptest! {
    #[test]
    fn grades_and_limits_are_those_of_the_definition(
        totals in prop::collection::vec(0.0_f64..100.0, 1..60), grades in 1_u8..=5, bins in 2_usize..40,
    ) {
        let graded = grade(&totals, grades, &Method::NaturalHistogram { bins }).unwrap();
        let (expected, limits) = by_the_letter(&totals, usize::from(grades), bins);
        // An exact tie that doubles see as none is the one place where exact fractions may choose another cut of the same cost.
        if graded.grades == expected {
            prop_assert_eq!(graded.limits, limits);
        } else {
            let bin_of_class = |grades: &[u8]| spread(&totals, grades, bins);
            prop_assert!((bin_of_class(&graded.grades) - bin_of_class(&expected)).abs() < 1e-9);
        }
    }
}

/// Squares within grades of the bin numbers.
fn spread(totals: &[f64], grades: &[u8], bins: usize) -> f64 {
    let low = totals.iter().copied().fold(f64::INFINITY, f64::min);
    let high = totals.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let w = (high - low) / bins as f64;
    let bin = |t: f64| ((t - low) / w).floor().min((bins - 1) as f64);
    (1..=5)
        .map(|grade| {
            let of: Vec<f64> = totals.iter().zip(grades).filter(|(_, g)| **g == grade).map(|(t, _)| bin(*t)).collect();
            let mean = of.iter().sum::<f64>() / of.len().max(1) as f64;
            of.iter().map(|b| (b - mean).powi(2)).sum::<f64>()
        })
        .sum()
}

/// By hand: range 0–10 in 10 bins of 1. Bins 0 (twice), 1, 8, 9 (the highest total falls into the last bin). Two classes: {0 1} and {8 9};
/// the break is the upper edge of bin 1.
#[test]
fn a_break_is_the_upper_edge_of_the_last_occupied_bin() {
    let graded = grade(&[0.0, 0.2, 1.5, 8.9, 10.0], 2, &Method::NaturalHistogram { bins: 10 }).unwrap();
    assert_eq!(graded.grades, [2, 2, 2, 1, 1]);
    assert_eq!(graded.limits, [2.0]);
}

#[test]
fn with_many_bins_the_histogram_agrees_with_the_exact_method() {
    let totals: Vec<f64> = (0..500).map(|at| f64::from(at * at % 997) / 10.0).collect();
    let exact = grade(&totals, 4, &Method::Natural).unwrap();
    let binned = grade(&totals, 4, &Method::NaturalHistogram { bins: 10_000 }).unwrap();
    assert_eq!(exact.grades, binned.grades);
    assert!(exact.limits.iter().zip(&binned.limits).all(|(a, b)| (a - b).abs() < 1.0));
}
