//! Prices of areas (区片价) and streets (路线价) inside the grades, from the samples in them.

use super::Rules;
use super::level::{self, Level, Priced};
use super::screen::{self, Verdict};
use crate::land::Outcome;

/// A sample as an area or street sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Seen {
    /// 元/㎡ at the connotation; on a street at its standard depth.
    pub price: f64,
    /// ㎡.
    pub area: f64,
}

/// Screens samples and averages those that are kept, by the rules of the price book.
///
/// # Errors
/// `sale-area` where areas are the weights and missing.
pub fn price(samples: &[Seen], rules: &Rules) -> Outcome<(Level, Vec<Verdict>)> {
    let prices: Vec<f64> = samples.iter().map(|sample| sample.price).collect();
    let verdicts = screen::screen(&prices, rules.outliers);
    let priced: Vec<Priced> = (samples.iter().zip(&verdicts))
        .map(|(sample, verdict)| Priced { price: sample.price, area: sample.area, kept: verdict.is_kept() })
        .collect();
    Ok((level::level(&priced, rules.level)?, verdicts))
}
