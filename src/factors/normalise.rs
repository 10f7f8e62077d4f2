//! Areal normalisation: an index to 0–100 between its two ends (GB/T 18507, areal factors: f = 100·(X − Xmin)/(Xmax − Xmin)),
//! turned round where high is bad, with caps; values beyond the ends are clamped. Where the middle is best, 100 there and falling to 0 at
//! both ends.

use crate::land::{Fault, Outcome};
use crate::project::plan::Scaling;
use crate::say;

/// A scaling with both ends known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
    pub high_is_good: bool,
    /// The range that scores 100 where the middle is best; `high_is_good` then says nothing.
    pub best: Option<[f64; 2]>,
}

impl Scale {
    /// Finds the ends: given ones, else percentiles of the values, else their extremes. NaN values are passed over.
    ///
    /// # Errors
    /// `flat-index` where all values are the same: such an index tells nothing apart.
    pub fn new(scaling: Scaling, values: &[f64], factor: &str) -> Outcome<Scale> {
        let mut known: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
        known.sort_by(f64::total_cmp);
        let [lower, upper] = scaling.percentiles.unwrap_or([0.0, 100.0]);
        let low = scaling.low.unwrap_or_else(|| percentile(&known, lower));
        let high = scaling.high.unwrap_or_else(|| percentile(&known, upper));
        if low < high {
            return Ok(Scale { low, high, high_is_good: scaling.high_is_good, best: scaling.best });
        }
        Err(Fault::new(
            "flat-index",
            say!(
                "the index of factor {factor} does not vary ({low} to {high})",
                "因素 {factor} 的指标没有差异({low} 至 {high})"
            ),
            say!("drop the factor, or give `low` and `high`", "请去掉该因素,或写明 low 和 high"),
        ))
    }

    /// The score, 0–100; NaN stays NaN.
    pub fn score(self, value: f64) -> f64 {
        if let Some([from, to]) = self.best {
            let share = ((value - self.low) / (from - self.low)).min((self.high - value) / (self.high - to));
            return 100.0 * if value.is_nan() { value } else { share.clamp(0.0, 1.0) };
        }
        let share = (value.clamp(self.low, self.high) - self.low) / (self.high - self.low);
        100.0 * if self.high_is_good { share } else { 1.0 - share }
    }
}

/// Linear interpolation between order statistics (type 7); NaN of no values.
fn percentile(sorted: &[f64], percent: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = percent / 100.0 * last as f64;
    let below = sorted[at.floor() as usize];
    let above = sorted[at.ceil() as usize];
    below + (above - below) * at.fract()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Scaling = Scaling { high_is_good: true, low: None, high: None, percentiles: None, best: None };

    #[test]
    fn an_index_runs_from_0_to_100_either_way_and_is_clamped() {
        let values = [3.0, f64::NAN, 5.0, 7.0];
        let scale = Scale::new(PLAIN, &values, "x").expect("values that differ");
        assert_eq!([3.0, 5.0, 7.0, 9.0, 1.0].map(|v| scale.score(v)), [0.0, 50.0, 100.0, 100.0, 0.0]);
        let turned = Scale::new(Scaling { high_is_good: false, ..PLAIN }, &values, "x").expect("values that differ");
        assert_eq!([3.0, 6.0, 7.0].map(|v| turned.score(v)), [100.0, 25.0, 0.0]);
        assert!(scale.score(f64::NAN).is_nan());
    }

    /// pH 4 to 9, best from 6 to 7: 5 → 100 · (5 − 4)/(6 − 4) = 50, 8.5 → 100 · (9 − 8.5)/(9 − 7) = 25.
    #[test]
    fn where_the_middle_is_best_the_score_falls_to_both_ends() {
        let best = Scaling { low: Some(4.0), high: Some(9.0), best: Some([6.0, 7.0]), ..PLAIN };
        let scale = Scale::new(best, &[], "x").expect("a scale with ends");
        let values = [3.0, 4.0, 5.0, 6.0, 6.5, 7.0, 8.5, 9.0, 12.0];
        assert_eq!(values.map(|v| scale.score(v)), [0.0, 0.0, 50.0, 100.0, 100.0, 100.0, 25.0, 0.0, 0.0]);
        assert!(scale.score(f64::NAN).is_nan());
        let point = Scale::new(Scaling { best: Some([5.0, 5.0]), ..best }, &[], "x").expect("a scale with ends");
        assert_eq!([4.5, 5.0, 7.0].map(|v| point.score(v)), [50.0, 100.0, 50.0]);
    }

    #[test]
    fn percentiles_cap_and_a_flat_index_is_refused() {
        let values: Vec<f64> = (0..=100).map(f64::from).collect();
        let scale =
            Scale::new(Scaling { percentiles: Some([2.0, 98.0]), ..PLAIN }, &values, "x").expect("values that differ");
        assert_eq!((scale.low, scale.high), (2.0, 98.0));
        assert_eq!(Scale::new(PLAIN, &[4.0, 4.0], "x").unwrap_err().code, "flat-index");
        assert_eq!(Scale::new(PLAIN, &[], "x").unwrap_err().code, "flat-index");
    }
}
