//! The models of differential income: Y = A(1 + r)^X, and Y = A(1 + r)^X · K^b · L^c with capital K and wages L; least squares of logarithms.

use super::income::Sample;
use crate::land::Text;
use crate::say;
pub use crate::statistics::regression::Coefficient as Estimate;
use crate::statistics::regression::{self, Fit, Unsolvable};

/// A coefficient is taken for proven below this probability.
pub const SIGNIFICANT: f64 = 0.05;

/// A model with what it came to.
#[derive(Debug)]
pub struct Model {
    /// Whether capital and wages stand in it.
    pub capital: bool,
    pub wages: bool,
    /// Samples that have everything it needs, and how many grades they stand in.
    pub samples: usize,
    pub grades: usize,
    /// Samples with a positive profit that lack a positive capital or wage.
    pub lacking: usize,
    pub fitted: Result<Fitted, Text>,
}

/// A fitted model.
#[derive(Debug)]
pub struct Fitted {
    /// Of ln Y: the constant is ln A, the first slope ln(1 + r), then the exponents of capital and wages.
    pub fit: Fit,
    /// The share of the variance of Y itself that is explained, without a correction for the logarithms.
    pub r2_price: f64,
}

impl Fitted {
    /// ln(1 + r) with how sure it is.
    pub fn grade(&self) -> &Estimate {
        &self.fit.slopes[0]
    }

    /// r: what a better grade yields over the next, parts of 1.
    pub fn rate(&self) -> f64 {
        libm::exp(self.grade().value) - 1.0
    }

    pub fn scale(&self) -> f64 {
        libm::exp(self.fit.constant.value)
    }
}

/// What a model says of the grading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Profits rise with the grade, beyond chance.
    Rises,
    /// They fall with the grade, beyond chance: against the grading.
    Falls,
    NotSignificant,
}

impl Model {
    /// `None` where nothing was fitted. The whole model must be significant (F) and the grade in it (t).
    pub fn verdict(&self) -> Option<Verdict> {
        let fitted = self.fitted.as_ref().ok()?;
        let sure = fitted.fit.p < SIGNIFICANT && fitted.grade().p < SIGNIFICANT;
        Some(match (sure, fitted.grade().value > 0.0) {
            (true, true) => Verdict::Rises,
            (true, false) => Verdict::Falls,
            (false, _) => Verdict::NotSignificant,
        })
    }

    /// The verdict for readers, or why there is none.
    pub fn said(&self) -> Text {
        let (n, k) = (self.samples, self.grades);
        let rate = self.fitted.as_ref().map_or(f64::NAN, Fitted::rate) * 100.0;
        match (self.verdict(), &self.fitted) {
            (Some(Verdict::Rises), _) => say!(
                "significant at 0.05: profits rise by {rate:.2} % from grade to better grade",
                "在 0.05 水平显著:级别每提高一级,利润增加 {rate:.2}%"
            ),
            (Some(Verdict::Falls), _) => say!(
                "significant at 0.05, against the grading: profits change by {rate:.2} % from grade to better grade",
                "在 0.05 水平显著,但与级别相反:级别每提高一级,利润变化 {rate:.2}%"
            ),
            (Some(Verdict::NotSignificant), _) => say!(
                "the grade is not significant at 0.05 with {n} samples in {k} grades",
                "级别在 0.05 水平不显著({k} 个级别,{n} 个样点)"
            ),
            (None, Err(why)) => why.clone(),
            (None, Ok(_)) => Text::default(),
        }
    }

    /// The formula.
    pub fn form(&self) -> &'static str {
        match (self.capital, self.wages) {
            (false, false) => "Y = A(1 + r)^X",
            (true, false) => "Y = A(1 + r)^X · K^b",
            (false, true) => "Y = A(1 + r)^X · L^c",
            (true, true) => "Y = A(1 + r)^X · K^b · L^c",
        }
    }

    /// The symbols of the slopes behind r.
    pub fn exponents(&self) -> Vec<&'static str> {
        [(self.capital, "b"), (self.wages, "c")].into_iter().filter(|one| one.0).map(|one| one.1).collect()
    }
}

/// Fits a model to samples of one use that has so many grades.
pub(super) fn model(samples: &[&Sample], grades: u8, (capital, wages): (bool, bool)) -> Model {
    let positive: Vec<&&Sample> = samples.iter().filter(|sample| sample.profit > 0.0).collect();
    let has = |sample: &&&&Sample| (!capital || sample.capital > 0.0) && (!wages || sample.wages > 0.0);
    let own: Vec<&&&Sample> = positive.iter().filter(has).collect();
    let mut places: Vec<u8> = own.iter().map(|sample| sample.grade).collect();
    places.sort_unstable();
    places.dedup();
    let column = |of: &dyn Fn(&Sample) -> f64| own.iter().map(|sample| of(sample)).collect::<Vec<f64>>();
    let mut columns = vec![column(&|sample| f64::from(grades + 1 - sample.grade))];
    if capital {
        columns.push(column(&|sample| libm::log(sample.capital)));
    }
    if wages {
        columns.push(column(&|sample| libm::log(sample.wages)));
    }
    let (y, logs) = (column(&|sample| sample.profit), column(&|sample| libm::log(sample.profit)));
    let regressors: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    let fitted = if places.len() < 2 {
        Err(say!("no model: the samples stand in fewer than two grades", "无法拟合:样点所在级别少于两个"))
    } else {
        let fitted = regression::fit(&regressors, &logs).map_err(|why| refused(why, own.len(), columns.len()));
        fitted.map(|fit| Fitted { r2_price: explained(&y, &fit), fit })
    };
    Model { capital, wages, samples: own.len(), grades: places.len(), lacking: positive.len() - own.len(), fitted }
}

fn explained(y: &[f64], fit: &Fit) -> f64 {
    let mean = y.iter().sum::<f64>() / y.len() as f64;
    let square = |value: f64| value * value;
    let rest: f64 = y.iter().zip(&fit.fitted).map(|(value, fitted)| square(value - libm::exp(*fitted))).sum();
    1.0 - rest / y.iter().map(|value| square(value - mean)).sum::<f64>()
}

fn refused(why: Unsolvable, n: usize, regressors: usize) -> Text {
    let least = regressors + 2;
    match why {
        Unsolvable::FewPoints => {
            say!("no model: {n} samples, at least {least} needed", "无法拟合:样点 {n} 个,至少需要 {least} 个")
        }
        Unsolvable::NoSpread => say!("no model: all profits are the same", "无法拟合:利润全部相同"),
        Unsolvable::Constant(_) => {
            say!("no model: capital or wages are the same throughout", "无法拟合:资金或工资全部相同")
        }
        Unsolvable::Dependent(_) => {
            say!("no model: capital or wages follow from the grade or from each other", "无法拟合:资金、工资与级别共线")
        }
    }
}

#[cfg(test)]
#[path = "income_models_tests.rs"]
mod tests;
