//! The formula itself, in decimals.

use crate::land::money::{decimal_of, real_of};
use crate::project::system::Order;
use rust_decimal::Decimal;

/// Percentages as they print, summed without a binary digit.
pub(super) fn exact_sum(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let exact = values.clone().map(decimal_of).sum::<Option<Decimal>>().map(real_of);
    exact.unwrap_or_else(|| values.sum())
}

/// `benchmark · (1 + sum/100) · others · term + amount`, or the amount before the term.
pub(super) fn chain(benchmark: f64, sum: f64, others: &[f64], term: &[f64], amount: f64, order: Order) -> f64 {
    let exact = || {
        let all =
            |start: Decimal, by: &[f64]| by.iter().try_fold(start, |product, k| product.checked_mul(decimal_of(*k)?));
        let start = decimal_of(benchmark)?.checked_mul(Decimal::ONE + decimal_of(sum)? / Decimal::ONE_HUNDRED)?;
        let before_term = all(start, others)?;
        let amount = decimal_of(amount)?;
        let price = match order {
            Order::AfterAll => all(before_term, term)?.checked_add(amount)?,
            Order::BeforeTerm => all(before_term.checked_add(amount)?, term)?,
        };
        Some(real_of(price))
    };
    exact().unwrap_or_else(|| {
        let (by, term): (f64, f64) = (others.iter().product(), term.iter().product());
        let before_term = benchmark * (1.0 + sum / 100.0) * by;
        match order {
            Order::AfterAll => before_term * term + amount,
            Order::BeforeTerm => (before_term + amount) * term,
        }
    })
}
