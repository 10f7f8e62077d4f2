//! Term correction (年期修正): what a right of fewer years is worth against one of the statutory maximum.

use crate::land::{Fault, Outcome};
use crate::say;

/// The capitalisation rate and the statutory term of a use. `a(n) = 1 − (1 + r)^−n` is what `n` years are worth of a right without end
/// (GB/T 18508-2014).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    rate: f64,
    statutory: f64,
}

impl Term {
    /// # Errors
    /// `term-rate` unless 0 < rate < 1, `term-years` unless the statutory term is a positive number of years; both at once.
    pub fn new(rate: f64, statutory: f64) -> Outcome<Term> {
        let mut faults = Vec::new();
        if !(rate > 0.0 && rate < 1.0) {
            faults.push(Fault::new(
                "term-rate",
                say!("the capitalisation rate is {rate}", "土地还原率为{rate}"),
                say!("write it as a part of 1, such as 0.06", "请写成小数,例如0.06"),
            ));
        }
        if !(statutory.is_finite() && statutory > 0.0) {
            faults.push(Fault::new(
                "term-years",
                say!("the statutory term is {statutory} years", "法定最高年期为{statutory}年"),
                say!("write a positive number of years, such as 40", "请填写正的年数,例如40"),
            ));
        }
        Fault::of_all(faults).map_or(Ok(Term { rate, statutory }), Err)
    }

    /// Years.
    pub fn statutory(self) -> f64 {
        self.statutory
    }

    /// `a(N)/a(n)`: brings the price of a right of `years` to the statutory term. `None` unless `years` is a positive number. A term beyond the
    /// statutory one gives a factor below 1, by the same formula: whether it may occur is for the check of the samples to say.
    pub fn to_statutory(self, years: f64) -> Option<f64> {
        self.worth(years).map(|worth| self.present(self.statutory) / worth)
    }

    /// `a(n)/a(N)`: brings the benchmark price to a right of `years`, as printed correction tables do.
    pub fn from_statutory(self, years: f64) -> Option<f64> {
        self.worth(years).map(|worth| worth / self.present(self.statutory))
    }

    fn worth(self, years: f64) -> Option<f64> {
        (years.is_finite() && years > 0.0).then(|| self.present(years))
    }

    /// `1 − (1 + r)^−n` without the loss of digits of the subtraction.
    fn present(self, years: f64) -> f64 {
        -libm::expm1(-years * libm::log1p(self.rate))
    }
}
