//! Price chasing (追价): do the values follow the very sales they are held against?

use super::intervals::median_of;
use super::limits;
use super::pairs::Pairs;

/// How many ratios crowd about the median.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Crowding {
    /// Percent of the ratios within the distance.
    pub share: f64,
    /// What a sound study of the least dispersion would have: `2Φ(d/(1.25·COD)) − 1`, percent.
    pub expected: f64,
    /// Whether the share is above the critical one.
    pub suspicious: bool,
}

/// `None` without pairs.
pub fn crowding(pairs: &Pairs, limits: &limits::Chasing) -> Option<Crowding> {
    let median = pairs.median();
    if pairs.is_empty() {
        return None;
    }
    let near = pairs.ratios.iter().filter(|ratio| (*ratio / median - 1.0).abs() <= limits.within + 1e-12).count();
    let share = 100.0 * near as f64 / pairs.len() as f64;
    let deviation = 1.25 * limits.least_cod / 100.0;
    let expected = 100.0 * libm::erf(limits.within / deviation / std::f64::consts::SQRT_2);
    Some(Crowding { share, expected, suspicious: share > limits.critical })
}

/// How the values of land that was sold and of land that was not changed since an earlier release.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    pub sold: usize,
    pub unsold: usize,
    /// Median change, percent.
    pub of_sold: f64,
    pub of_unsold: f64,
    /// Points the two may lie apart.
    pub allowed: f64,
    pub suspicious: bool,
}

/// Changes are parts of 1. `None` where nothing was sold, or everything.
pub fn change(sold: &[f64], unsold: &[f64], limits: &limits::Chasing) -> Option<Change> {
    if sold.is_empty() || unsold.is_empty() {
        return None;
    }
    let (of_sold, of_unsold) = (100.0 * median_of(sold), 100.0 * median_of(unsold));
    let small = of_unsold.abs() < limits.small_change;
    let allowed = if small { limits.sold_unsold_small } else { limits.sold_unsold };
    // Points as computed: a hair of rounding is no breach.
    let suspicious = (of_sold - of_unsold).abs() > allowed + 1e-9;
    Some(Change { sold: sold.len(), unsold: unsold.len(), of_sold, of_unsold, allowed, suspicious })
}
