//! Mean and standard deviation, taken about the first value so that large prices lose nothing.

/// The arithmetic mean, in the order given; `None` without values.
pub(super) fn mean(values: &[f64]) -> Option<f64> {
    let &first = values.first()?;
    Some(first + values.iter().map(|value| value - first).sum::<f64>() / values.len() as f64)
}

/// Mean and sample standard deviation (n − 1); `None` for fewer than two values.
pub(super) fn mean_and_deviation(values: &[f64]) -> Option<(f64, f64)> {
    let mean = mean(values)?;
    let freedom = values.len().checked_sub(1).filter(|freedom| *freedom > 0)?;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Some((mean, (squares / freedom as f64).sqrt()))
}
