//! Price as a function of grade or score (级别—地价模型): a least-squares line through prices, or through their logarithms.
//!
//! GB/T 18508-2014 names models of grade and price; `x` is the grade counted from the worst, or a mean score.

use crate::land::Text;
use crate::say;
use crate::statistics::student;

/// The curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// P = a + b·x
    Linear,
    /// P = A·(1 + r)^x, a line of ln P over x
    Exponential,
    /// P = A·x^b, a line of ln P over ln x
    Power,
    /// P = a + b·ln x
    Logarithmic,
}

/// A fitted curve with what tells how far to trust it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    pub form: Form,
    /// a, or ln A.
    pub intercept: f64,
    /// b, or ln(1 + r).
    pub slope: f64,
    /// How many points.
    pub points: usize,
    /// The share of the variance explained: of the line, and of the prices themselves.
    pub r2: f64,
    pub r2_price: f64,
    /// The slope over its standard error, with `points` − 2 degrees of freedom; F is its square.
    pub t: f64,
    /// The probability of such a slope, or a steeper one of either sign, where prices do not depend on `x`.
    pub p: f64,
    /// The mean of exp(residual) of a line of logarithms (Duan's smearing factor); 1 of other lines.
    pub smearing: f64,
}

impl Form {
    fn x(self, x: f64) -> f64 {
        match self {
            Form::Linear | Form::Exponential => x,
            Form::Power | Form::Logarithmic => libm::log(x),
        }
    }

    fn y(self, price: f64) -> f64 {
        match self {
            Form::Linear | Form::Logarithmic => price,
            Form::Exponential | Form::Power => libm::log(price),
        }
    }

    fn back(self, y: f64) -> f64 {
        match self {
            Form::Linear | Form::Logarithmic => y,
            Form::Exponential | Form::Power => libm::exp(y),
        }
    }

    fn of_logarithms(self) -> bool {
        matches!(self, Form::Exponential | Form::Power)
    }
}

impl Fit {
    /// The curve through (x, price) pairs; `x` is positive for [`Form::Power`] and [`Form::Logarithmic`], prices always. `None` for fewer than
    /// three points, or where `x` or the price is the same throughout.
    pub fn of(points: &[(f64, f64)], form: Form) -> Option<Fit> {
        let count = points.len() as f64;
        let line: Vec<(f64, f64)> = points.iter().map(|&(x, price)| (form.x(x), form.y(price))).collect();
        let mean = |of: fn(&(f64, f64)) -> f64| line.iter().map(of).sum::<f64>() / count;
        let (x_mean, y_mean) = (mean(|point| point.0), mean(|point| point.1));
        let sum = |of: &dyn Fn(f64, f64) -> f64| line.iter().map(|&(x, y)| of(x - x_mean, y - y_mean)).sum::<f64>();
        let (xx, yy, xy) = (sum(&|x, _| x * x), sum(&|_, y| y * y), sum(&|x, y| x * y));
        let usable = points.len() > 2 && xx > 0.0 && yy > 0.0 && xy.is_finite();
        let slope = usable.then(|| xy / xx)?;
        let intercept = y_mean - slope * x_mean;
        let residuals: Vec<f64> = line.iter().map(|&(x, y)| y - (intercept + slope * x)).collect();
        let rest: f64 = residuals.iter().map(|residual| residual * residual).sum();
        let freedom = count - 2.0;
        let t = slope / (rest / freedom / xx).sqrt();
        let smearing = residuals.iter().map(|&residual| libm::exp(residual)).sum::<f64>() / count;
        let mut fit = Fit {
            form,
            intercept,
            slope,
            points: points.len(),
            r2: 1.0 - rest / yy,
            r2_price: f64::NAN,
            t,
            p: if t.is_finite() { 2.0 * student::upper_tail(t.abs(), freedom) } else { 0.0 },
            smearing: if form.of_logarithms() { smearing } else { 1.0 },
        };
        fit.r2_price = fit.on_prices(points);
        Some(fit)
    }

    /// The price at `x`, without smearing.
    pub fn price(&self, x: f64) -> f64 {
        self.form.back(self.intercept + self.slope * self.form.x(x))
    }

    /// How much of the prices' own variance the curve explains.
    fn on_prices(&self, points: &[(f64, f64)]) -> f64 {
        let mean = points.iter().map(|(_, price)| price).sum::<f64>() / points.len() as f64;
        let square = |value: f64| value * value;
        let rest: f64 = points.iter().map(|&(x, price)| square(price - self.price(x))).sum();
        1.0 - rest / points.iter().map(|(_, price)| square(price - mean)).sum::<f64>()
    }

    /// The curve and how far to trust it, for readers.
    pub fn text(&self) -> Text {
        let (slope, intercept) = (self.slope, self.intercept);
        let (scale, ratio) = (libm::exp(intercept), libm::exp(slope));
        let curve = match self.form {
            Form::Linear => format!("P = {intercept:.4} + {slope:.4}·X"),
            Form::Exponential => format!("P = {scale:.4} × {ratio:.5}^X"),
            Form::Power => format!("P = {scale:.4} × X^{slope:.5}"),
            Form::Logarithmic => format!("P = {intercept:.4} + {slope:.4}·ln X"),
        };
        let Fit { points, r2, r2_price, t, p, .. } = self;
        say!(
            "{curve} over {points} grades, X = 1 in the worst; R² {r2:.5} (of prices {r2_price:.5}), t {t:.3}, p {p:.4}",
            "{curve},{points} 个级别,最劣级 X = 1;R² {r2:.5}(价格 {r2_price:.5}),t {t:.3},p {p:.4}"
        )
    }
}

#[cfg(test)]
#[path = "model_tests.rs"]
mod tests;
