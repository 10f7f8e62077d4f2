//! Whether one of two groups lies above the other: by means (Welch) and by ranks (Mann and Whitney).

use super::student;

/// Welch's test of two means.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Means {
    pub t: f64,
    pub freedom: f64,
    /// One-sided: the probability of a difference so large or larger where the first is not above the second.
    pub p: f64,
}

/// `t = (x̄₁ − x̄₂) / √(s₁²/n₁ + s₂²/n₂)` with Welch's degrees of freedom. `None` with fewer than two values in a group or no spread in both.
pub fn means(one: &[f64], other: &[f64]) -> Option<Means> {
    let of = |values: &[f64]| {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let square = values.iter().map(|value| (value - mean) * (value - mean)).sum::<f64>() / (n - 1.0);
        (mean, square / n, n)
    };
    if one.len() < 2 || other.len() < 2 {
        return None;
    }
    let ((mean, error, n), (its_mean, its_error, m)) = (of(one), of(other));
    let whole = error + its_error;
    if whole <= 0.0 {
        return None;
    }
    let t = (mean - its_mean) / whole.sqrt();
    let freedom = whole * whole / (error * error / (n - 1.0) + its_error * its_error / (m - 1.0));
    let tail = student::upper_tail(t.abs(), freedom);
    Some(Means { t, freedom, p: if t >= 0.0 { tail } else { 1.0 - tail } })
}

/// The test of Mann and Whitney (1947).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Above {
    /// Pairs in which the first lies above the second, ties half.
    pub u: f64,
    /// Of all pairs.
    pub share: f64,
    /// One-sided: exact for few values without ties, else by the normal distribution with ties and continuity corrected.
    pub p: f64,
}

/// `None` with an empty group, or where all values are equal.
pub fn above(one: &[f64], other: &[f64]) -> Option<Above> {
    let (n, m) = (one.len() as f64, other.len() as f64);
    if one.is_empty() || other.is_empty() {
        return None;
    }
    let mut sorted = other.to_vec();
    sorted.sort_by(f64::total_cmp);
    let pairs = one.iter().map(|value| {
        let below = sorted.partition_point(|its| its < value);
        let equal = sorted.partition_point(|its| its <= value) - below;
        below as f64 + equal as f64 / 2.0
    });
    let u: f64 = pairs.sum();
    let mut all: Vec<f64> = one.iter().chain(other).copied().collect();
    all.sort_by(f64::total_cmp);
    let ties: f64 = all.chunk_by(|a, b| a == b).map(|equal| (equal.len() as f64).powi(3) - equal.len() as f64).sum();
    let whole = n + m;
    let spread = n * m / 12.0 * (whole + 1.0 - ties / (whole * (whole - 1.0)));
    if spread <= 0.0 {
        return None;
    }
    let z = (u - n * m / 2.0 - 0.5) / spread.sqrt();
    let p = match ties == 0.0 && n * m <= FEW {
        true => exact(one.len(), other.len(), u as usize),
        false => 0.5 * libm::erfc(z / std::f64::consts::SQRT_2),
    };
    Some(Above { u, share: u / (n * m), p })
}

/// Pairs up to which every order of the values is counted: 20 against 20.
const FEW: f64 = 400.0;

/// The share of all orders of `n` and `m` different values in which `u` pairs or more have the first above.
fn exact(n: usize, m: usize, u: usize) -> f64 {
    // Ways to place the values from the lowest up, by how many of the first there are among them and the pairs they make.
    let mut ways = vec![vec![0.0_f64; n * m + 1]; n + 1];
    ways[0][0] = 1.0;
    for placed in 0..n + m {
        for first in (0..=placed.min(n)).rev() {
            let others = placed - first;
            if others > m {
                continue;
            }
            for pairs in (0..=n * m).rev() {
                let so_far = ways[first][pairs];
                if first < n && so_far > 0.0 {
                    ways[first + 1][pairs + others] += so_far;
                }
            }
            // What goes on with one of the others stays where it is; no more than all of them.
            if others == m {
                ways[first].fill(0.0);
            }
        }
    }
    let all: f64 = ways[n].iter().sum();
    ways[n][u..].iter().sum::<f64>() / all
}

#[cfg(test)]
#[path = "pairs_tests.rs"]
mod tests;
