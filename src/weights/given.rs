//! Weights that were written down: each between 0 and 1, all together 1.

use crate::land::{Fault, Outcome};
use crate::say;

/// How far the sum of the weights of one use may lie from 1 (GB/T 18507-2014 asks for 1; the rest is decimal writing).
pub const SUM_TOLERANCE: f64 = 1e-6;

/// Checks the weights of one use; `names[i]` is the factor that `weights[i]` belongs to.
///
/// # Errors
/// `weight-range` for every weight outside 0–1, `weight-sum` where they do not sum to 1 within [`SUM_TOLERANCE`] (the sum is named),
/// `weight-count` where names and weights differ in number; all of them at once.
pub fn check(names: &[String], weights: &[f64]) -> Outcome<()> {
    let mut faults = Vec::new();
    if names.len() != weights.len() || weights.is_empty() {
        faults.push(count_fault(names.len(), weights.len()));
    }
    for (name, &weight) in names.iter().zip(weights) {
        if !(0.0..=1.0).contains(&weight) {
            faults.push(range_fault(name, weight));
        }
    }
    let sum: f64 = weights.iter().sum();
    let is_one = (sum - 1.0).abs() <= SUM_TOLERANCE;
    if !weights.is_empty() && !is_one {
        faults.push(sum_fault(sum));
    }
    Fault::of_all(faults).map_or(Ok(()), Err)
}

fn count_fault(names: usize, weights: usize) -> Fault {
    Fault::new(
        "weight-count",
        say!("{weights} weights are given for {names} factors", "{names}个因素给出了{weights}个权重"),
        say!("give every factor of the use one weight", "请为该用途的每个因素给出一个权重"),
    )
}

fn range_fault(name: &str, weight: f64) -> Fault {
    Fault::new(
        "weight-range",
        say!("the weight of {name} is {weight}, not between 0 and 1", "{name}的权重为{weight},不在0到1之间"),
        say!("write weights as parts of 1, such as 0.25", "权重请写成1的一部分,例如0.25"),
    )
}

fn sum_fault(sum: f64) -> Fault {
    // Twelve decimals show every excess above the tolerance and hide the binary tail.
    let shown = crate::land::money::round_half_up(sum, 12);
    let excess = crate::land::money::round_half_up(sum - 1.0, 12);
    Fault::new(
        "weight-sum",
        say!("the weights sum to {shown}, not 1", "权重之和为{shown},不等于1"),
        say!("change the weights so that they sum to 1 (now {excess} off)", "请调整权重使其和为1(目前相差{excess})"),
    )
}

#[cfg(test)]
#[path = "given_tests.rs"]
mod tests;
