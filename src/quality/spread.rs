//! Uniformity: how far apart the ratios lie.

use super::intervals::{self, Interval, mean_and_deviation, median_of};
use super::pairs::Pairs;

/// How far apart they lie, in percent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Coefficient of dispersion, `100/m · mean |r − m|`, m the median.
    pub cod: f64,
    /// By the bootstrap, with the number of draws.
    pub cod_interval: Option<(Interval, usize)>,
    /// Coefficient of variation, `100 · s/r̄`; `None` for one pair.
    pub cov: Option<f64>,
    /// By the χ² of the deviations as McKay's approximation was mended by Vangel (1996), for ratios that spread normally; `None` where it has
    /// no upper end.
    pub cov_interval: Option<Interval>,
    /// The same made right for small samples, × (1 + 1/(4n)).
    pub cov_small: Option<f64>,
    /// Coefficients of concentration: the share of the ratios within 10, 15 and 20 % of the median.
    pub coc: [f64; 3],
    /// Exact, by the binomial distribution (Clopper and Pearson).
    pub coc_intervals: [Interval; 3],
}

/// The distances from the median that the coefficients of concentration are taken within.
pub const WITHIN: [f64; 3] = [0.10, 0.15, 0.20];

/// `None` without pairs.
pub fn spread(pairs: &Pairs, confidence: f64) -> Option<Spread> {
    let ratios = &pairs.ratios;
    if ratios.is_empty() {
        return None;
    }
    let median = pairs.median();
    let n = ratios.len() as f64;
    let cov = mean_and_deviation(ratios).map(|(mean, deviation)| 100.0 * deviation / mean);
    let near = |within: f64| {
        // A ratio at the edge counts: 0.9 of 1 is within 10 %, whatever the last digit of the division.
        let inside = |ratio: &&f64| (*ratio / median - 1.0).abs() <= within + 1e-12;
        ratios.iter().filter(inside).count()
    };
    Some(Spread {
        cod: cod(ratios, median),
        cod_interval: intervals::of_draws(ratios, confidence, |drawn| cod(drawn, median_of(drawn))),
        cov,
        cov_interval: cov.and_then(|cov| intervals::of_variation(cov / 100.0, ratios.len(), confidence)),
        cov_small: cov.map(|cov| cov * (1.0 + 1.0 / (4.0 * n))),
        coc: WITHIN.map(|within| 100.0 * near(within) as f64 / n),
        coc_intervals: WITHIN.map(|within| intervals::of_share(near(within), ratios.len(), confidence)),
    })
}

pub fn cod(ratios: &[f64], median: f64) -> f64 {
    let away: f64 = ratios.iter().map(|ratio| (ratio - median).abs()).sum();
    100.0 * away / ratios.len() as f64 / median
}
