//! The analytic hierarchy process (层次分析法): weights from judgements "this factor matters so many times more than that one".
//!
//! `CI = (λmax − n)/(n − 1)`, `CR = CI/RI`, accepted below 0.10; λmax is the mean of `(A·w)_i / w_i` (Saaty 1980).

pub use super::random_index::RandomIndex;
use crate::land::{Fault, Outcome};
use crate::say;

#[path = "ahp_check.rs"]
mod check;

/// How far `a_ij · a_ji` may lie from 1: room for `0.3333333333` against 3, none for `0.33`.
pub const RECIPROCITY_TOLERANCE: f64 = 1e-9;

/// The consistency ratio from which judgements are refused.
pub const LARGEST_RATIO: f64 = 0.1;

/// The judgements of one layer: `matrix[i][j]` says how many times more factor `i` matters than factor `j` (scale 1–9 and its reciprocals).
#[derive(Clone, Debug, PartialEq)]
pub struct Judgements {
    pub names: Vec<String>,
    pub matrix: Vec<Vec<f64>>,
}

/// How weights are read off the matrix.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Solver {
    /// The principal eigenvector, by power iteration.
    #[default]
    Eigenvector,
    /// The geometric mean of each row (方根法).
    GeometricMean,
    /// The row means of the matrix with every column normalised to 1 (和积法).
    ColumnMean,
}

impl Solver {
    pub const ALL: [Solver; 3] = [Solver::Eigenvector, Solver::GeometricMean, Solver::ColumnMean];

    /// As files and options name it.
    pub fn word(self) -> &'static str {
        match self {
            Solver::Eigenvector => "eigenvector",
            Solver::GeometricMean => "geometric-mean",
            Solver::ColumnMean => "column-mean",
        }
    }

    /// The solver of a word.
    pub fn of_word(word: &str) -> Option<Solver> {
        Solver::ALL.into_iter().find(|solver| solver.word() == word)
    }
}

/// Weights with the statistics that say whether they may be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahp {
    /// In the order of the names; they sum to 1.
    pub weights: Vec<f64>,
    pub lambda_max: f64,
    /// Consistency index; 0 for one or two factors.
    pub ci: f64,
    /// Random index of the table chosen.
    pub ri: f64,
    /// Consistency ratio; 0 for one or two factors.
    pub cr: f64,
    /// `cr < 0.1`.
    pub accepted: bool,
    /// The judgement that agrees least with the weights; `None` where all agree to within rounding.
    pub worst: Option<Mend>,
}

/// A judgement that disagrees with the weights, and the value that would agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mend {
    pub row: usize,
    pub column: usize,
    pub judged: f64,
    /// `w_row / w_column`.
    pub proposed: f64,
}

/// Weights and consistency of one layer of judgements.
///
/// # Errors
/// Everything wrong with the matrix at once: `ahp-shape`, `ahp-entry`, `ahp-diagonal`, `ahp-reciprocal` (row and column named),
/// `ahp-size` beyond the table of random indices; `ahp-not-converged` for judgements so contradictory that no weights emerge.
pub fn derive(judgements: &Judgements, solver: Solver, table: RandomIndex) -> Outcome<Ahp> {
    let ri = check::check(judgements, table)?;
    let matrix = &judgements.matrix;
    let weights = match solver {
        Solver::Eigenvector => eigenvector(matrix)?,
        Solver::GeometricMean => geometric_means(matrix),
        Solver::ColumnMean => column_means(matrix),
    };
    let n = weights.len();
    let products = times(matrix, &weights);
    let lambda_max = products.iter().zip(&weights).map(|(product, weight)| product / weight).sum::<f64>() / n as f64;
    let (ci, cr) = if n <= 2 {
        (0.0, 0.0)
    } else {
        let ci = (lambda_max - n as f64) / (n as f64 - 1.0);
        (ci, ci / ri)
    };
    let worst = worst(matrix, &weights);
    Ok(Ahp { weights, lambda_max, ci, ri, cr, accepted: cr < LARGEST_RATIO, worst })
}

/// Power iteration from equal weights. A positive matrix has one dominant direction (Perron), so it converges.
fn eigenvector(matrix: &[Vec<f64>]) -> Outcome<Vec<f64>> {
    const STEPS: usize = 100_000;
    const SETTLED: f64 = 1e-15;
    let mut weights = vec![1.0 / matrix.len() as f64; matrix.len()];
    let mut smallest_change = f64::INFINITY;
    let mut since_better = 0;
    for _ in 0..STEPS {
        let next = normalised(times(matrix, &weights));
        let change = next.iter().zip(&weights).map(|(new, old)| (new / old - 1.0).abs()).fold(0.0, f64::max);
        weights = next;
        // Rounding may keep the last digit swinging: settled, too, when a tiny change has stopped shrinking.
        since_better = if change < smallest_change { 0 } else { since_better + 1 };
        smallest_change = smallest_change.min(change);
        if change <= SETTLED || (change < 1e-13 && since_better >= 10) {
            return Ok(weights);
        }
    }
    Err(Fault::new(
        "ahp-not-converged",
        say!("the judgements contradict each other so far that no weights emerge", "判断矩阵自相矛盾,无法得出权重"),
        say!("judge again on the scale 1 to 9", "请按1至9标度重新判断"),
    ))
}

fn geometric_means(matrix: &[Vec<f64>]) -> Vec<f64> {
    let mean_of = |row: &Vec<f64>| libm::exp(row.iter().map(|&entry| libm::log(entry)).sum::<f64>() / row.len() as f64);
    normalised(matrix.iter().map(mean_of).collect())
}

fn column_means(matrix: &[Vec<f64>]) -> Vec<f64> {
    let n = matrix.len();
    let column_sums: Vec<f64> = (0..n).map(|column| matrix.iter().map(|row| row[column]).sum()).collect();
    let share = |row: &Vec<f64>| row.iter().zip(&column_sums).map(|(entry, sum)| entry / sum).sum();
    normalised(matrix.iter().map(share).collect())
}

/// The judgement with the largest `|ln(a_ij · w_j / w_i)|`; of a pair and its reciprocal the one that says "more", of equals the first.
fn worst(matrix: &[Vec<f64>], weights: &[f64]) -> Option<Mend> {
    // Below this the disagreement is rounding.
    let mut largest = 1e-9;
    let mut found = None;
    for row in 0..weights.len() {
        for column in row + 1..weights.len() {
            let judged = matrix[row][column];
            let agreed = weights[row] / weights[column];
            let strain = libm::log(judged / agreed).abs();
            if strain > largest {
                largest = strain;
                found = Some(if judged >= 1.0 {
                    Mend { row, column, judged, proposed: agreed }
                } else {
                    Mend { row: column, column: row, judged: matrix[column][row], proposed: agreed.recip() }
                });
            }
        }
    }
    found
}

fn times(matrix: &[Vec<f64>], weights: &[f64]) -> Vec<f64> {
    matrix.iter().map(|row| row.iter().zip(weights).map(|(entry, weight)| entry * weight).sum()).collect()
}

fn normalised(values: Vec<f64>) -> Vec<f64> {
    let sum: f64 = values.iter().sum();
    values.into_iter().map(|value| value / sum).collect()
}

#[cfg(test)]
#[path = "ahp_tests.rs"]
mod tests;
