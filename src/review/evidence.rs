//! What samples say of a price: their averages side by side, and how sure the mean is.

use crate::price::level::{LevelRule, Priced, level, needed};

/// Averages and spread of the samples of a grade, an area or a street.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    pub samples: usize,
    pub used: usize,
    pub mean: Option<f64>,
    /// `None` where a used sample has no area.
    pub area_mean: Option<f64>,
    pub median: Option<f64>,
    pub mode: Option<f64>,
    /// The lowest and highest used price: the range to publish.
    pub range: Option<(f64, f64)>,
    /// 95 %, of the mean.
    pub interval: Option<(f64, f64)>,
    /// Deviation over mean.
    pub cv: Option<f64>,
    /// Samples that a mean within 10 % and within 5 % asks for at 95 %, (1.96·CV/δ)².
    pub needed: Option<[usize; 2]>,
}

/// How near to the truth a mean is wanted.
const NEAR: [f64; 2] = [0.10, 0.05];

impl Evidence {
    pub fn of(samples: &[Priced]) -> Evidence {
        let by = |rule: LevelRule| level(samples, rule).ok();
        let found = by(LevelRule::Mean).unwrap_or_default();
        let cv = found.deviation.zip(found.price).map(|(deviation, mean)| deviation / mean);
        let price = |rule| by(rule).and_then(|level| level.price);
        Evidence {
            samples: found.n,
            used: found.kept,
            mean: found.price,
            area_mean: price(LevelRule::AreaWeightedMean),
            median: price(LevelRule::Median),
            mode: price(LevelRule::Mode),
            range: found.lowest.zip(found.highest),
            interval: found.interval,
            cv,
            needed: cv.map(|cv| NEAR.map(|near| needed(cv, near))),
        }
    }
}
