//! Street price and depth (路线价与深度): what land behind a street is worth by its depth.
//!
//! A rule gives each strip of the depth its share of the value of a parcel of the standard depth, so that the shares up to the standard depth
//! are 1. The rule 四三二一 with 九八七六 behind it is GB/T 18508-2014's; inside a strip the share is read along a straight line (practice).

use crate::land::money::{decimal_of, real_of};
use crate::land::{Fault, Outcome};
use crate::project::plan::StreetsPlan;
use crate::say;
use rust_decimal::Decimal;

/// A depth rule (深度百分率).
#[derive(Clone, Debug, PartialEq)]
pub struct DepthRule {
    /// Depth of a strip as a part of the standard depth.
    strip: f64,
    /// Up to the end of each strip, the value as a part of that of the standard depth.
    cumulative: Vec<f64>,
}

impl DepthRule {
    /// A rule of strips a `strip` of the standard depth deep, with the value of each in the same order from the street.
    ///
    /// # Errors
    /// `depth-rule` unless the strips divide the standard depth, no share is negative and those up to the standard depth are 1 together.
    pub fn new(strip: f64, shares: &[f64]) -> Outcome<DepthRule> {
        // Summed as decimals: 0.4, 0.3, 0.2 and 0.1 are 1.
        let mut sum = Decimal::ZERO;
        let cumulative: Vec<f64> = shares
            .iter()
            .map(|share| {
                sum += decimal_of(*share).unwrap_or_default();
                real_of(sum)
            })
            .collect();
        let rule = DepthRule { strip, cumulative };
        let sound = strip > 0.0 && strip <= 1.0 && shares.iter().all(|share| share.is_finite() && *share >= 0.0);
        let standard = if sound { rule.strips_of(1.0) } else { f64::NAN };
        let whole = (standard - standard.round()).abs() < 1e-9;
        if whole && rule.cumulative(1.0).is_some_and(|at_standard| (at_standard - 1.0).abs() < 1e-9) {
            return Ok(rule);
        }
        Err(Fault::new(
            "depth-rule",
            say!(
                "the shares of the depth rule are not 1 together at the standard depth",
                "深度百分率在标准深度处合计不为 1"
            ),
            say!(
                "give strips that divide the standard depth, with shares from 0 up that sum to 1 there",
                "条带应等分标准深度,份额不小于 0,至标准深度处合计为 1"
            ),
        ))
    }

    /// The rule of a project's streets.
    ///
    /// # Errors
    /// `depth-rule` for shares without sense.
    pub fn of(plan: &StreetsPlan) -> Outcome<DepthRule> {
        match &plan.strips {
            Some((strip, shares)) => DepthRule::new(*strip, shares),
            None => Ok(DepthRule::four_three_two_one()),
        }
    }

    /// 四三二一 and 九八七六: quarters of the standard depth with 40, 30, 20, 10 and, behind it, 9, 8, 7, 6 of a hundred.
    pub fn four_three_two_one() -> DepthRule {
        DepthRule::new(0.25, &[0.4, 0.3, 0.2, 0.1, 0.09, 0.08, 0.07, 0.06]).expect("the first four shares are 1")
    }

    /// The cumulative depth percentage (累计深度百分率) at `depth`, a part of the standard depth; `None` unless it lies inside the rule.
    pub fn cumulative(&self, depth: f64) -> Option<f64> {
        let strips = self.strips_of(depth);
        if !(strips > 0.0 && strips <= self.cumulative.len() as f64) {
            return None;
        }
        let full = strips as usize;
        let before = full.checked_sub(1).map_or(0.0, |last| self.cumulative[last]);
        let next = self.cumulative.get(full).map_or(0.0, |next| (next - before) * (strips - full as f64));
        Some(before + next)
    }

    /// How deep the rule reaches, a part of the standard depth.
    pub fn deepest(&self) -> f64 {
        self.strip * self.cumulative.len() as f64
    }

    /// The number of the strip, from 1, that a depth ends in, a part of the standard depth inside the rule.
    pub fn strip(&self, depth: f64) -> usize {
        (self.strips_of(depth).ceil() as usize).clamp(1, self.cumulative.len())
    }

    /// Where a strip begins and ends, parts of the standard depth.
    pub fn strip_ends(&self, strip: usize) -> [f64; 2] {
        [strip - 1, strip].map(|at| at as f64 * self.strip)
    }

    /// The first strip worth more than the one before it, from 1: land farther from the street is not dearer.
    pub fn rising(&self) -> Option<usize> {
        let before = |at: usize| at.checked_sub(1).map_or(0.0, |last| self.cumulative[last]);
        let share = |at: usize| self.cumulative[at] - before(at);
        (1..self.cumulative.len()).find(|&at| share(at) > share(at - 1) + 1e-9).map(|at| at + 1)
    }

    /// Where its strips end, with the average there.
    pub fn ends(&self) -> impl Iterator<Item = (f64, f64)> {
        let ends = self.cumulative.iter().zip(1..);
        ends.map(|(cumulative, strips)| (self.strip * f64::from(strips), cumulative / (self.strip * f64::from(strips))))
    }

    /// The average depth percentage (平均深度百分率): the price per area against that of the standard depth.
    pub fn average(&self, depth: f64) -> Option<f64> {
        // To twelve decimals, so that the last bit of a division is no figure.
        self.cumulative(depth).map(|cumulative| (cumulative / depth * 1e12).round() / 1e12)
    }

    /// A depth in strips; the last bit of a division makes no strip.
    fn strips_of(&self, depth: f64) -> f64 {
        let strips = depth / self.strip;
        let whole = strips.round();
        if (strips - whole).abs() < 1e-12 * whole { whole } else { strips }
    }
}

/// A street segment (路线价区段): its price and the standard depth that belongs to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Street {
    /// 元/㎡ of land of the standard depth.
    pub price: f64,
    /// m.
    pub standard_depth: f64,
    pub rule: DepthRule,
}

impl Street {
    /// The street price that a parcel sold for `value` (元) with so much `frontage` and `depth` (m) speaks of, 元/㎡; `None` where the rule
    /// does not reach the depth.
    pub fn price_from(rule: &DepthRule, standard_depth: f64, value: f64, frontage: f64, depth: f64) -> Option<f64> {
        let share = rule.cumulative(depth / standard_depth)?;
        Some(value / (standard_depth * frontage * share))
    }

    /// The value of a rectangular parcel, 元: `price · standard depth · frontage · cumulative`, which is `price · average · area`.
    pub fn value(&self, frontage: f64, depth: f64) -> Option<f64> {
        let share = self.rule.cumulative(depth / self.standard_depth)?;
        Some(self.price * self.standard_depth * frontage * share)
    }

    /// The street price per metre of frontage at the standard depth, 元/m: the other form street prices are published in.
    pub fn per_metre(&self) -> f64 {
        self.price * self.standard_depth
    }
}

#[cfg(test)]
#[path = "street_tests.rs"]
mod tests;
