//! Regional and individual factors (区域因素与个别因素) in five steps, each a percentage of the benchmark price.
//!
//! From the amplitude: F+ = (highest − mean)/mean and F− = (mean − lowest)/mean of the grade; 优 = F+·w, 较优 = F+·w/2, 一般 = 0,
//! 较劣 = −F−·w/2, 劣 = −F−·w (GB/T 18508-2014 names the table; the half steps are usual). In decimals, so that a half of 8.59 is 4.295.

use super::is_for;
use crate::land::Text;
use crate::land::money::{decimal_of, round_half_up};
use crate::project::system::{Bounds, Steps};
use crate::say;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// One of five.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    Best,
    Better,
    Fair,
    Worse,
    Worst,
}

impl Step {
    pub const ALL: [Step; 5] = [Step::Best, Step::Better, Step::Fair, Step::Worse, Step::Worst];

    pub fn text(self) -> Text {
        match self {
            Step::Best => say!("best", "优"),
            Step::Better => say!("better", "较优"),
            Step::Fair => say!("fair", "一般"),
            Step::Worse => say!("worse", "较劣"),
            Step::Worst => say!("worst", "劣"),
        }
    }

    /// The step a word names, in either language.
    pub fn parse(word: &str) -> Option<Step> {
        let word = word.trim();
        let named = |step: &Step| {
            let text = step.text();
            text.en.eq_ignore_ascii_case(word) || text.zh == word
        };
        let other = match word {
            "较好" => Some(Step::Better),
            "好" => Some(Step::Best),
            "中" | "中等" => Some(Step::Fair),
            "较差" => Some(Step::Worse),
            "差" => Some(Step::Worst),
            _ => None,
        };
        Step::ALL.into_iter().find(named).or(other)
    }
}

/// A factor of some grades or all.
#[derive(Clone, Debug, PartialEq)]
pub struct FactorTable {
    pub key: String,
    pub name: String,
    pub grades: Option<Vec<u8>>,
    /// Percent, from the best step to the worst.
    pub steps: [f64; 5],
    /// What each step means.
    pub conditions: Option<[String; 5]>,
    pub measured: Option<Measured>,
}

/// How a measured value tells the step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measured {
    AtLeast(Bounds),
    AtMost(Bounds),
}

impl FactorTable {
    pub fn is_for(&self, grade: u8) -> bool {
        is_for(self.grades.as_ref(), grade)
    }

    /// Percent of a step.
    pub fn percent(&self, step: Step) -> f64 {
        self.steps[step as usize]
    }

    /// The step of a condition: a step's word, the words of a condition, or a measured value. `None` for anything else.
    pub fn step(&self, condition: &str) -> Option<Step> {
        let words = || {
            let at = self.conditions.as_ref()?.iter().position(|words| words.trim() == condition.trim())?;
            Some(Step::ALL[at])
        };
        Step::parse(condition).or_else(words).or_else(|| {
            let value: f64 =
                condition.trim().trim_end_matches('%').parse().ok().filter(|value: &f64| value.is_finite())?;
            Some(self.measured?.step(value))
        })
    }
}

impl Measured {
    fn step(self, value: f64) -> Step {
        let (Bounds { best, better, fair, worse }, at_least) = match self {
            Measured::AtLeast(bounds) => (bounds, true),
            Measured::AtMost(bounds) => (bounds, false),
        };
        let reaches = |bound: f64| if at_least { value >= bound } else { value <= bound };
        let bounds = [best, better, fair, worse];
        bounds.into_iter().position(reaches).map_or(Step::Worst, |at| Step::ALL[at])
    }

    /// Whether each step lies beyond the one before.
    pub fn is_ordered(self) -> bool {
        let (Bounds { best, better, fair, worse }, sign) = match self {
            Measured::AtLeast(bounds) => (bounds, 1.0),
            Measured::AtMost(bounds) => (bounds, -1.0),
        };
        [best, better, fair, worse].windows(2).all(|pair| sign * pair[0] > sign * pair[1])
    }
}

/// F+ and F− of a grade, in percent of its price; 0 where the price lies beyond the extreme: no better condition lowers a price.
pub fn amplitude(price: f64, highest: f64, lowest: f64) -> (f64, f64) {
    ((100.0 * (highest - price) / price).max(0.0), (100.0 * (price - lowest) / price).max(0.0))
}

/// The five steps of a factor from the amplitude (percent) and its weight, rounded half up to so many decimals of a percent.
pub fn steps(up: f64, down: f64, weight: f64, decimals: u32) -> [f64; 5] {
    let product = |one: f64, other: f64, over: i64| -> f64 {
        let exact = decimal_of(one).zip(decimal_of(other)).and_then(|(one, other)| one.checked_mul(other));
        let exact = exact.map(|product| product / Decimal::from(over)).and_then(|share| share.to_f64());
        round_half_up(exact.unwrap_or(one * other / over as f64), decimals)
    };
    [product(up, weight, 1), product(up, weight, 2), 0.0, -product(down, weight, 2), -product(down, weight, 1)]
}

pub(super) fn array<T: Clone>(steps: &Steps<T>) -> [T; 5] {
    let Steps { best, better, fair, worse, worst } = steps.clone();
    [best, better, fair, worse, worst]
}
