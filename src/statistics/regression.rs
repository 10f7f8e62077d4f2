//! Least squares with several regressors and a constant: coefficients, how sure each is, and what the whole explains.
//!
//! Columns and values are centred, the columns scaled to length 1, and the system solved by Householder reflections (QR), which keeps the
//! digits that normal equations would square away.

use super::{fisher, student};

/// A coefficient with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    pub value: f64,
    pub error: f64,
    /// The value over its error; infinite where every point is met.
    pub t: f64,
    /// The probability of such a t, or one further from 0, where the regressor has no effect.
    pub p: f64,
}

/// A fitted plane.
#[derive(Clone, Debug, PartialEq)]
pub struct Fit {
    pub constant: Coefficient,
    /// One per regressor, in their order.
    pub slopes: Vec<Coefficient>,
    pub points: usize,
    /// The share of the values' variance explained.
    pub r2: f64,
    /// Mean square explained over that left, its degrees of freedom, and the probability of so large an F where no regressor has an effect.
    pub f: f64,
    pub freedom: (f64, f64),
    pub p: f64,
    /// The standard deviation of the residuals.
    pub deviation: f64,
    /// The value of the plane at each point.
    pub fitted: Vec<f64>,
}

/// Why there is no plane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsolvable {
    /// Not one point more than there are coefficients.
    FewPoints,
    /// The values are the same throughout.
    NoSpread,
    /// The regressor of this number is the same throughout.
    Constant(usize),
    /// The regressor of this number follows from those before it.
    Dependent(usize),
}

/// A column is taken for a sum of others where so little of its length is left once they are taken out.
const INDEPENDENT: f64 = 1e-9;
/// A column is taken as constant where its spread is this part of its size.
const SPREAD: f64 = 1e-13;

/// The plane of least squares through `values` over the columns of `regressors`, each as long as `values`.
///
/// # Errors
/// [`Unsolvable`].
pub fn fit(regressors: &[&[f64]], values: &[f64]) -> Result<Fit, Unsolvable> {
    let (n, k) = (values.len(), regressors.len());
    if n < k + 2 {
        return Err(Unsolvable::FewPoints);
    }
    let (y_mean, y, _) = centred(values).ok_or(Unsolvable::NoSpread)?;
    let (mut means, mut lengths, mut columns) = (Vec::new(), Vec::new(), Vec::new());
    for (at, column) in regressors.iter().enumerate() {
        let (mean, mut column, length) = centred(column).ok_or(Unsolvable::Constant(at))?;
        column.iter_mut().for_each(|value| *value /= length);
        means.push(mean);
        lengths.push(length);
        columns.push(column);
    }
    let (upper, turned) = reflected(columns.clone(), y.clone())?;
    let inverse = inverted(&upper);
    let scaled: Vec<f64> = (0..k).map(|row| dot(&inverse[row], &turned[..k])).collect();
    let plane = |point: usize| (0..k).map(|at| scaled[at] * columns[at][point]).sum::<f64>();
    let centred_fit: Vec<f64> = (0..n).map(plane).collect();
    let rest: f64 = y.iter().zip(&centred_fit).map(|(value, fitted)| (value - fitted) * (value - fitted)).sum();
    let whole = dot(&y, &y);
    let freedom = (k as f64, (n - k - 1) as f64);
    let square = rest / freedom.1;
    let coefficient = |value: f64, error: f64| {
        let t = value / error;
        let p = if t.is_finite() { 2.0 * student::upper_tail(t.abs(), freedom.1) } else { 0.0 };
        Coefficient { value, error, t, p }
    };
    let slopes: Vec<Coefficient> = (0..k)
        .map(|at| {
            let error = (square * dot(&inverse[at], &inverse[at])).sqrt();
            coefficient(scaled[at] / lengths[at], error / lengths[at])
        })
        .collect();
    // The constant stands at 0 of every regressor: its variance is 1/n and that of the plane's fall from the means to 0.
    let origin: Vec<f64> = (0..k).map(|at| means[at] / lengths[at]).collect();
    let fall: Vec<f64> = (0..k).map(|column| (0..k).map(|row| origin[row] * inverse[row][column]).sum()).collect();
    let constant = y_mean - slopes.iter().zip(&means).map(|(slope, mean)| slope.value * mean).sum::<f64>();
    let constant = coefficient(constant, (square * (1.0 / n as f64 + dot(&fall, &fall))).sqrt());
    let f = (whole - rest) / freedom.0 / square;
    Ok(Fit {
        constant,
        slopes,
        points: n,
        r2: 1.0 - rest / whole,
        f,
        freedom,
        p: fisher::upper_tail(f, freedom),
        deviation: square.sqrt(),
        fitted: centred_fit.iter().map(|value| value + y_mean).collect(),
    })
}

/// The mean, what each value differs from it by, and the length of that; `None` where the values are all alike.
fn centred(values: &[f64]) -> Option<(f64, Vec<f64>, f64)> {
    let n = values.len() as f64;
    let rough = values.iter().sum::<f64>() / n;
    // Once more for the digits the first sum lost.
    let mean = rough + values.iter().map(|value| value - rough).sum::<f64>() / n;
    let rest: Vec<f64> = values.iter().map(|value| value - mean).collect();
    let length = dot(&rest, &rest).sqrt();
    (length > SPREAD * n.sqrt() * mean.abs() && length > 0.0 && length.is_finite()).then_some((mean, rest, length))
}

fn dot(one: &[f64], other: &[f64]) -> f64 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}

/// The upper triangle R of the columns (length 1 each), row by row, and Qᵀy.
fn reflected(mut columns: Vec<Vec<f64>>, mut y: Vec<f64>) -> Result<(Vec<Vec<f64>>, Vec<f64>), Unsolvable> {
    let k = columns.len();
    let mut upper = vec![vec![0.0; k]; k];
    for at in 0..k {
        let tail = &columns[at][at..];
        let length = dot(tail, tail).sqrt();
        if length < INDEPENDENT {
            return Err(Unsolvable::Dependent(at));
        }
        let mut mirror = tail.to_vec();
        let corner = if mirror[0] > 0.0 { -length } else { length };
        mirror[0] -= corner;
        let square = dot(&mirror, &mirror);
        let reflect = |column: &mut [f64]| {
            let times = 2.0 * dot(&mirror, column) / square;
            column.iter_mut().zip(&mirror).for_each(|(value, mirror)| *value -= times * mirror);
        };
        columns.iter_mut().skip(at + 1).for_each(|column| reflect(&mut column[at..]));
        reflect(&mut y[at..]);
        upper[at][at] = corner;
        (at + 1..k).for_each(|column| upper[at][column] = columns[column][at]);
    }
    Ok((upper, y))
}

/// The inverse of an upper triangle, row by row, from the last up.
fn inverted(upper: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let k = upper.len();
    let mut inverse = vec![vec![0.0; k]; k];
    for (row, own) in upper.iter().enumerate().rev() {
        let mut found = vec![0.0; k];
        found[row] = 1.0;
        for (times, below) in own.iter().zip(&inverse).skip(row + 1) {
            found.iter_mut().zip(below).for_each(|(value, below)| *value -= times * below);
        }
        found.iter_mut().for_each(|value| *value /= own[row]);
        inverse[row] = found;
    }
    inverse
}

#[cfg(test)]
#[path = "regression_tests.rs"]
mod tests;
