//! Grades without a usable sale: the price they are given, and from what.

use super::model::{Fit, Form};
use crate::land::Text;
use crate::say;

/// How empty grades of a use are priced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FillRule {
    /// The price of the nearest grade (by number) that has sales, the better one on a tie.
    #[default]
    NearestGrade,
    /// Between two grades with sales: equal ratios from step to step. Beyond the last: the mean step ratio of all grades with sales.
    Interpolate,
    /// On a curve through all grades with sales, counted from the worst; at least three of them, and prices that rise towards the better.
    Model(Form),
    /// They stay without a price.
    Leave,
}

/// How one price was filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FillMethod {
    Nearest,
    Interpolated,
    Extrapolated,
    Modelled(Fit),
}

/// A filled price: which grade, how, and the grades whose sales it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct FillNote {
    pub grade: u8,
    pub method: FillMethod,
    pub sources: Vec<u8>,
}

impl FillNote {
    /// The note as a sentence.
    pub fn text(&self) -> Text {
        let grade = self.grade;
        let sources = self.sources.iter().map(u8::to_string).collect::<Vec<_>>();
        let (en, zh) = (sources.join(", "), sources.join("、"));
        match self.method {
            FillMethod::Nearest => {
                say!("grade {grade} has no usable sale: the price of grade {en}", "{grade}级无可用样点,取{zh}级价格")
            }
            FillMethod::Interpolated => {
                say!("grade {grade} has no usable sale: between grades {en}", "{grade}级无可用样点,由{zh}级按等比内插")
            }
            FillMethod::Extrapolated => {
                say!(
                    "grade {grade} has no usable sale: continued at the mean ratio of grades {en}",
                    "{grade}级无可用样点,按{zh}级的平均级间比外推"
                )
            }
            FillMethod::Modelled(fit) => {
                let Text { en: curve_en, zh: curve_zh } = fit.text();
                say!(
                    "grade {grade} has no usable sale: on the curve through grades {en}, {curve_en}",
                    "{grade}级无可用样点,由{zh}级的级别—地价模型推算:{curve_zh}"
                )
            }
        }
    }
}

/// Fills the empty grades of one use: `prices[0]` is grade 1's. Only prices from sales are sources, never filled ones. A grade the rule cannot
/// price stays `None`: all of them under [`FillRule::Leave`] or without any price, under [`FillRule::Interpolate`] with only one, and
/// under [`FillRule::Model`] where there is no curve or it gives no price above 0.
pub fn fill(prices: &[Option<f64>], rule: FillRule) -> (Vec<Option<f64>>, Vec<FillNote>) {
    let known: Vec<(u8, f64)> =
        (1..).zip(prices).filter_map(|(grade, price): (u8, _)| price.map(|price| (grade, price))).collect();
    // Grades are counted from the worst: 1, 2, …
    let rank = |grade: u8| (prices.len() + 1) as f64 - f64::from(grade);
    let fit = match rule {
        FillRule::Model(form) => {
            let points: Vec<(f64, f64)> = known.iter().map(|&(grade, price)| (rank(grade), price)).collect();
            Fit::of(&points, form).filter(|fit| fit.slope > 0.0)
        }
        FillRule::NearestGrade | FillRule::Interpolate | FillRule::Leave => None,
    };
    let mut notes = Vec::new();
    let mut filled = Vec::with_capacity(prices.len());
    for (grade, price) in (1..).zip(prices) {
        let found = match (price, rule) {
            (Some(_), _) | (None, FillRule::Leave) => None,
            (None, FillRule::NearestGrade) => nearest(grade, &known),
            (None, FillRule::Interpolate) => interpolated(grade, &known),
            (None, FillRule::Model(_)) => fit.and_then(|fit| modelled(fit, rank(grade), &known)),
        };
        match found {
            Some((price, method, sources)) => {
                filled.push(Some(price));
                notes.push(FillNote { grade, method, sources });
            }
            None => filled.push(*price),
        }
    }
    (filled, notes)
}

type Found = Option<(f64, FillMethod, Vec<u8>)>;

fn nearest(grade: u8, known: &[(u8, f64)]) -> Found {
    // The first least: grades ascend, so the better one on a tie.
    let &(source, price) = known.iter().min_by_key(|(source, _)| source.abs_diff(grade))?;
    Some((price, FillMethod::Nearest, vec![source]))
}

fn interpolated(grade: u8, known: &[(u8, f64)]) -> Found {
    let (&first, &last) = (known.first()?, known.last()?);
    let above = known.partition_point(|(source, _)| *source < grade);
    if above > 0 && above < known.len() {
        let (better, worse) = (known[above - 1], known[above]);
        return Some((along(better, worse, grade), FillMethod::Interpolated, vec![better.0, worse.0]));
    }
    if first.0 == last.0 {
        return None;
    }
    // From the end next to the grade, at the mean step ratio (p_last/p_first)^(1/steps).
    let (near, far) = if above == 0 { (first, last) } else { (last, first) };
    let price = along(near, far, grade);
    Some((price, FillMethod::Extrapolated, known.iter().map(|(source, _)| *source).collect()))
}

fn modelled(fit: Fit, rank: f64, known: &[(u8, f64)]) -> Found {
    let price = Some(fit.price(rank)).filter(|price| *price > 0.0)?;
    Some((price, FillMethod::Modelled(fit), known.iter().map(|(source, _)| *source).collect()))
}

/// The price at `grade` on the curve of equal ratios through two grades.
fn along(from: (u8, f64), to: (u8, f64), grade: u8) -> f64 {
    let steps = f64::from(to.0) - f64::from(from.0);
    let share = (f64::from(grade) - f64::from(from.0)) / steps;
    from.1 * libm::pow(to.1 / from.1, share)
}

#[cfg(test)]
#[path = "fill_tests.rs"]
mod tests;
