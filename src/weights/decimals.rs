//! Weights with a few decimals that still sum to 1.

/// Each weight in units of `10^−decimals`, together exactly `10^decimals`: rounded down, then the units that are missing go to the largest
/// remainders, of equals to the first (Hamilton's method). The weights sum to 1 but for rounding.
pub fn shares(weights: &[f64], decimals: u32) -> Vec<u64> {
    let whole = 10_u64.pow(decimals);
    let sum: f64 = weights.iter().sum();
    let exact: Vec<f64> = weights.iter().map(|weight| weight / sum * whole as f64).collect();
    // What lies within rounding below a whole number is that number.
    let mut shares: Vec<u64> = exact.iter().map(|exact| (exact + 1e-9).floor() as u64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let rest = |at: usize, shares: &[u64]| ((exact[at] - shares[at] as f64) * 1e9).round();
    order.sort_by(|&a, &b| rest(b, &shares).total_cmp(&rest(a, &shares)).then(a.cmp(&b)));
    let missing = whole.saturating_sub(shares.iter().sum());
    order.iter().cycle().take(missing as usize).for_each(|&at| shares[at] += 1);
    shares
}

/// A share as a decimal number: 4673 of 10⁴ is `0.4673`.
pub fn shown(share: u64, decimals: u32) -> String {
    let whole = 10_u64.pow(decimals);
    format!("{}.{:0width$}", share / whole, share % whole, width = decimals as usize)
}

#[cfg(test)]
#[path = "decimals_tests.rs"]
mod tests;
