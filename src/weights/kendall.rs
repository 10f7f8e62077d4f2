//! Kendall's coefficient of concordance W: how far experts agree on the order of the factors.

use crate::statistics::chi_square;

/// Agreement of `m` experts on `n` factors.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Concordance {
    /// 0 where the orders cancel each other, 1 where all are the same.
    pub w: f64,
    /// `m(n − 1)W`.
    pub chi_square: f64,
    /// `n − 1`.
    pub freedom: usize,
    /// The probability of a χ² so large or larger without any agreement.
    pub p: f64,
}

/// W of the rows of scores, one per expert: `W = 12 S / (m²(n³ − n) − m ΣT)`, `S = Σ(R_i − m(n + 1)/2)²` over the sums of ranks R_i,
/// `T = Σ(t³ − t)` over the groups of equal scores of each expert (Kendall 1970). `None` where every expert gives all factors the same, or
/// there is nothing to order.
pub fn concordance(scores: &[Vec<f64>]) -> Option<Concordance> {
    let m = scores.len() as f64;
    let count = scores.first()?.len();
    let n = count as f64;
    let (mut sums, mut ties) = (vec![0.0; count], 0.0);
    for row in scores {
        let (ranks, own) = ranks(row);
        ties += own;
        sums.iter_mut().zip(ranks).for_each(|(sum, rank)| *sum += rank);
    }
    let middle = m * (n + 1.0) / 2.0;
    // Ranks are halves of whole numbers: sums and squares are exact, in any order of the experts.
    let s: f64 = sums.iter().map(|sum| (sum - middle) * (sum - middle)).sum();
    let most = m * m * (n * n * n - n) - m * ties;
    if most <= 0.0 {
        return None;
    }
    let w = 12.0 * s / most;
    let chi_square = m * (n - 1.0) * w;
    Some(Concordance { w, chi_square, freedom: count - 1, p: chi_square::upper_tail(chi_square, n - 1.0) })
}

/// Ranks from 1 for the highest score, equal scores share the mean of their ranks; and `Σ(t³ − t)` over groups of equal scores.
fn ranks(scores: &[f64]) -> (Vec<f64>, f64) {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let (mut ranks, mut ties) = (vec![0.0; scores.len()], 0.0);
    for group in order.chunk_by(|&a, &b| scores[a] == scores[b]) {
        let before = order.partition_point(|&at| scores[at] > scores[group[0]]) as f64;
        let size = group.len() as f64;
        group.iter().for_each(|&at| ranks[at] = before + (size + 1.0) / 2.0);
        ties += size * size * size - size;
    }
    (ranks, ties)
}

#[cfg(test)]
#[path = "kendall_tests.rs"]
mod tests;
