//! The price of one use and grade: an average of the kept sale prices, with how sure it is.

use super::spread::{mean, mean_and_deviation};
use crate::land::{Fault, Outcome};
use crate::say;
use crate::statistics::student;

/// Which average stands for the grade (GB/T 18508-2014 names means and the median).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LevelRule {
    #[default]
    Mean,
    Median,
    /// Mean weighted by the area sold.
    AreaWeightedMean,
    /// The mode of the prices in groups (众数).
    Mode,
    /// The lowest price, for a connotation of least prices (最低价).
    Lowest,
}

/// A grade's price before filling and rounding, and the spread of its samples; nothing but numbers of samples where none was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Level {
    /// Samples, kept or set aside.
    pub n: usize,
    pub kept: usize,
    /// 元/㎡ by the rule; `None` without a kept sample.
    pub price: Option<f64>,
    /// Sample standard deviation (n − 1) of the kept prices, from two on.
    pub deviation: Option<f64>,
    /// The lowest and highest kept price.
    pub lowest: Option<f64>,
    pub highest: Option<f64>,
    /// 95 % confidence interval of the simple mean of the kept prices (Student's t), whatever the rule; from two on.
    pub interval: Option<(f64, f64)>,
}

/// How many samples a mean within δ of the true one asks for at 95 %, n ≥ (1.96·CV/δ)²; `variation` is the coefficient of variation.
pub fn needed(variation: f64, within: f64) -> usize {
    const NORMAL: f64 = 1.96;
    ((NORMAL * variation / within).powi(2) - 1e-9).ceil().max(0.0) as usize
}

/// One sale price as the average sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Priced {
    /// 元/㎡ at the connotation.
    pub price: f64,
    /// ㎡.
    pub area: f64,
    pub kept: bool,
}

/// Averages the kept prices in the order given.
///
/// # Errors
/// `sale-area` where areas are the weights and a kept sale has none.
pub fn level(sales: &[Priced], rule: LevelRule) -> Outcome<Level> {
    let kept: Vec<Priced> = sales.iter().copied().filter(|sale| sale.kept).collect();
    let prices: Vec<f64> = kept.iter().map(|sale| sale.price).collect();
    let price = match rule {
        LevelRule::Mean => mean(&prices),
        LevelRule::Median => median(&prices),
        LevelRule::AreaWeightedMean => area_weighted_mean(&kept)?,
        LevelRule::Mode => mode(&prices),
        LevelRule::Lowest => prices.iter().copied().reduce(f64::min),
    };
    let spread = mean_and_deviation(&prices);
    Ok(Level {
        n: sales.len(),
        kept: kept.len(),
        price,
        deviation: spread.map(|(_, deviation)| deviation),
        lowest: prices.iter().copied().reduce(f64::min),
        highest: prices.iter().copied().reduce(f64::max),
        interval: spread.map(|(mean, deviation)| interval(mean, deviation, prices.len())),
    })
}

fn median(prices: &[f64]) -> Option<f64> {
    let mut sorted = prices.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let upper = *sorted.get(sorted.len() / 2)?;
    Some(if sorted.len() % 2 == 1 { upper } else { f64::midpoint(sorted[sorted.len() / 2 - 1], upper) })
}

/// The mode of grouped prices: ⌈1 + log₂ n⌉ groups of equal width (Sturges), and inside the fullest one `low + width·d₁/(d₁ + d₂)`, d₁ and d₂
/// what it has more than the group below and above. Of equally full groups the lowest counts.
fn mode(prices: &[f64]) -> Option<f64> {
    let low = prices.iter().copied().reduce(f64::min)?;
    let high = prices.iter().copied().reduce(f64::max)?;
    let groups = 1 + (prices.len() as f64).log2().ceil() as usize;
    let width = (high - low) / groups as f64;
    if width <= 0.0 {
        return Some(low);
    }
    let mut counts = vec![0.0_f64; groups];
    prices.iter().for_each(|price| counts[(((price - low) / width) as usize).min(groups - 1)] += 1.0);
    let fullest = (1..groups).fold(0, |fullest, at| if counts[at] > counts[fullest] { at } else { fullest });
    let neighbour = |at: Option<usize>| at.and_then(|at| counts.get(at)).copied().unwrap_or(0.0);
    let below = counts[fullest] - neighbour(fullest.checked_sub(1));
    let above = counts[fullest] - neighbour(Some(fullest + 1));
    let share = if below + above > 0.0 { below / (below + above) } else { 0.5 };
    Some(low + width * (fullest as f64 + share))
}

fn area_weighted_mean(sales: &[Priced]) -> Outcome<Option<f64>> {
    let without = sales.iter().filter(|sale| !(sale.area.is_finite() && sale.area > 0.0)).count();
    if without > 0 {
        return Err(Fault::new(
            "sale-area",
            say!("{without} sales have no positive area to be weighted by", "有{without}个样点没有可作权重的正面积"),
            say!("give their areas, or take the mean or the median", "请补充面积,或改用算术平均或中位数"),
        ));
    }
    let Some(first) = sales.first() else { return Ok(None) };
    let area: f64 = sales.iter().map(|sale| sale.area).sum();
    let excess: f64 = sales.iter().map(|sale| (sale.price - first.price) * sale.area).sum();
    Ok(Some(first.price + excess / area))
}

/// `mean ± t · deviation/√n` with t at 2.5 % on each side.
fn interval(mean: f64, deviation: f64, n: usize) -> (f64, f64) {
    let half = student::upper_point(0.025, n as f64 - 1.0) * deviation / (n as f64).sqrt();
    (mean - half, mean + half)
}

#[cfg(test)]
#[path = "level_tests.rs"]
mod tests;
