//! Delphi (特尔斐法): in each round every expert spreads 100 points over the factors, and sees the means and variances of the round before.
//!
//! `E_i = Σ_j a_ij / m`, `δ_i² = Σ_j (a_ij − E_i)² / (m − 1)`, `CV_i = δ_i / E_i`, `W_i = E_i / ΣE` of the last round. A round has converged
//! where every CV is within its limit and the experts' orders agree significantly ([`super::kendall`]); the largest change of a mean since
//! the round before is told beside them.

use super::delphi_check::check;
use super::kendall::{Concordance, concordance};
use crate::land::{Outcome, Text};
use crate::say;

/// What the experts said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delphi {
    pub factors: Vec<String>,
    pub rounds: Vec<Round>,
    pub rule: Rule,
}

/// One round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round {
    /// The experts' names; as many as rows, or none.
    pub experts: Vec<String>,
    /// A row per expert, a column per factor.
    pub scores: Vec<Vec<f64>>,
}

impl Round {
    /// An expert by name, else by number.
    pub fn expert(&self, at: usize) -> Text {
        match self.experts.get(at) {
            Some(name) => Text::same(name),
            None => {
                let number = at + 1;
                say!("expert {number}", "第{number}位专家")
            }
        }
    }
}

/// When to stop asking, and how rows that do not sum to 100 are taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// The probability below which agreement counts as significant.
    pub significance: f64,
    /// The largest coefficient of variation allowed.
    pub cv_limit: f64,
    /// Points by which means may move between two rounds that are called settled: fewer than these.
    pub round_change: f64,
    /// Whether rows are brought to 100 points instead of being refused.
    pub normalise: bool,
}

impl Default for Rule {
    fn default() -> Rule {
        Rule { significance: 0.05, cv_limit: 0.25, round_change: 1.0, normalise: false }
    }
}

/// The statistics of a round, per factor and of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Statistics {
    pub experts: usize,
    /// Points.
    pub mean: Vec<f64>,
    /// Points squared, of the sample.
    pub variance: Vec<f64>,
    /// 0 where every expert gives nothing.
    pub cv: Vec<f64>,
    /// `None` where nobody puts any factor before another.
    pub agreement: Option<Concordance>,
    /// Points; `None` of the first round.
    pub largest_change: Option<f64>,
    /// Whether every CV is within its limit.
    pub cv_holds: bool,
    /// Whether the agreement is significant.
    pub agrees: bool,
    /// Whether the means moved by less than the limit; `None` of the first round.
    pub settled: Option<bool>,
}

impl Statistics {
    /// The stop rule: CV and agreement.
    pub fn converged(&self) -> bool {
        self.cv_holds && self.agrees
    }
}

/// Weights of the last round, with the statistics of all.
#[derive(Clone, Debug, PartialEq)]
pub struct Agreed {
    /// In the order of the factors; they sum to 1.
    pub weights: Vec<f64>,
    pub rounds: Vec<Statistics>,
    /// What is unusual: numbers of experts and rounds.
    pub warnings: Vec<Text>,
}

impl Agreed {
    /// Whether the last round converged.
    pub fn converged(&self) -> bool {
        self.rounds.last().is_some_and(Statistics::converged)
    }
}

/// Weights and statistics.
///
/// # Errors
/// `delphi-rounds`, `delphi-factors`, `delphi-experts`, `delphi-shape`, `delphi-score`, `delphi-sum`, `delphi-twice`, each with round and
/// expert, all at once.
pub fn derive(delphi: &Delphi) -> Outcome<Agreed> {
    check(delphi)?;
    let mut rounds: Vec<Statistics> = Vec::new();
    for round in &delphi.rounds {
        let told = statistics(round, &delphi.rule, rounds.last());
        rounds.push(told);
    }
    let mean = rounds.last().map_or(&[][..], |last| &last.mean);
    let whole = sum(mean.to_vec());
    let weights = mean.iter().map(|mean| mean / whole).collect();
    let mut warnings = warnings(&rounds);
    warnings.extend(panels(&delphi.rounds));
    Ok(Agreed { weights, rounds, warnings })
}

fn statistics(round: &Round, rule: &Rule, before: Option<&Statistics>) -> Statistics {
    let scores: Vec<Vec<f64>> = if rule.normalise {
        let hundred = |row: &Vec<f64>| {
            let whole = sum(row.clone());
            row.iter().map(|score| score * 100.0 / whole).collect()
        };
        round.scores.iter().map(hundred).collect()
    } else {
        round.scores.clone()
    };
    let experts = scores.len();
    let (mut mean, mut variance) = (Vec::new(), Vec::new());
    for factor in 0..scores.first().map_or(0, Vec::len) {
        let column: Vec<f64> = scores.iter().map(|row| row[factor]).collect();
        let middle = sum(column.clone()) / experts as f64;
        let squares = column.iter().map(|score| (score - middle) * (score - middle)).collect();
        mean.push(middle);
        variance.push(sum(squares) / (experts as f64 - 1.0));
    }
    let cv: Vec<f64> = mean
        .iter()
        .zip(&variance)
        .map(|(mean, variance)| if *variance > 0.0 { variance.sqrt() / mean } else { 0.0 })
        .collect();
    // Orders are those the experts wrote: scaling a row to 100 keeps them but for rounding.
    let agreement = concordance(&round.scores);
    let moved =
        |before: &Statistics| before.mean.iter().zip(&mean).map(|(old, new)| (new - old).abs()).fold(0.0, f64::max);
    let largest_change = before.map(moved);
    Statistics {
        experts,
        cv_holds: cv.iter().all(|cv| *cv <= rule.cv_limit),
        agrees: agreement.is_some_and(|agreement| agreement.p < rule.significance),
        settled: largest_change.map(|change| change < rule.round_change),
        mean,
        variance,
        cv,
        agreement,
        largest_change,
    }
}

/// A sum that knows no order of the experts.
fn sum(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.iter().sum()
}

fn warnings(rounds: &[Statistics]) -> Vec<Text> {
    let mut warnings = Vec::new();
    for (at, round) in rounds.iter().enumerate().filter(|(_, round)| !(10..=40).contains(&round.experts)) {
        let (number, experts) = (at + 1, round.experts);
        warnings.push(say!(
            "round {number} has {experts} experts; 10 to 40 are usual",
            "第{number}轮有{experts}位专家,通常为10至40位"
        ));
    }
    let count = rounds.len();
    if !(2..=4).contains(&count) {
        warnings.push(say!("rounds: {count}; 2 to 4 are usual", "共{count}轮,通常为2至4轮"));
    }
    warnings
}

/// Rounds whose experts are not those of the round before, where they are named: means of other people do not converge.
fn panels(rounds: &[Round]) -> Vec<Text> {
    let mut warnings = Vec::new();
    for (at, pair) in rounds.windows(2).enumerate() {
        let missing = |from: &Round, of: &Round| -> Vec<String> {
            of.experts.iter().filter(|name| !from.experts.contains(name)).cloned().collect()
        };
        if pair.iter().any(|round| round.experts.is_empty()) {
            continue;
        }
        let (left, joined) = (missing(&pair[1], &pair[0]), missing(&pair[0], &pair[1]));
        if !left.is_empty() || !joined.is_empty() {
            let (number, left, joined) = (at + 2, left.join(", "), joined.join(", "));
            warnings.push(say!(
                "round {number} has other experts than the one before (left: {left}; joined: {joined})",
                "第{number}轮专家与上一轮不同(退出:{left};加入:{joined})"
            ));
        }
    }
    warnings
}

#[cfg(test)]
#[path = "delphi_tests.rs"]
mod tests;
