//! Prices: rounding in decimals, half-up, once; and the units in which land prices are quoted.
//!
//! 1 mu (亩) = 2000/3 m², so 1 元/㎡ = 2000/3 / 10000 万元/亩 (worked example W14, docs/methods/README.md).

use rust_decimal::prelude::*;

/// How a published price is rounded: to multiples of `step` yuan per square metre, half away from zero; `None` publishes as computed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounding {
    pub step: Option<Decimal>,
}

impl Rounding {
    /// As computed.
    pub const NONE: Rounding = Rounding { step: None };

    /// How far at most a published price is from the computed one, in its unit.
    pub fn half(self) -> f64 {
        self.step.and_then(|step| step.to_string().parse::<f64>().ok()).map_or(0.0, |step| step / 2.0)
    }

    /// The published price of a computed one. Rounded in decimals from the shortest decimal form of `price`, so 474.5 → 475.
    pub fn apply(self, price: f64) -> f64 {
        let Some(step) = self.step else { return price };
        round_to(price, step)
    }
}

/// A product as it comes out by hand: 0.0024 times 10 000 is 24. What decimals cannot hold is multiplied as it is.
pub fn product(value: f64, factor: f64) -> f64 {
    let exact = decimal_of(value).zip(decimal_of(factor)).and_then(|(one, other)| one.checked_mul(other));
    exact.map_or(value * factor, real_of)
}

/// A quotient as it comes out by hand, to the digits a decimal has.
pub fn quotient(value: f64, by: f64) -> f64 {
    let exact = decimal_of(value).zip(decimal_of(by)).and_then(|(one, other)| one.checked_div(other));
    exact.map_or(value / by, real_of)
}

/// The value at a place on the straight line through two rows (place, value), as it comes out by hand.
pub fn along(low: [f64; 2], high: [f64; 2], at: f64) -> f64 {
    let exact = || {
        let [x, y] = [decimal_of(low[0])?, decimal_of(low[1])?];
        let [x_2, y_2] = [decimal_of(high[0])?, decimal_of(high[1])?];
        // Multiplied first: a third times three is one.
        let rise = (y_2 - y).checked_mul(decimal_of(at)? - x)?.checked_div(x_2 - x)?;
        y.checked_add(rise).map(real_of)
    };
    exact().unwrap_or_else(|| low[1] + (high[1] - low[1]) * ((at - low[0]) / (high[0] - low[0])))
}

/// Rounds to `decimals` places, half away from zero, on the decimal value the number prints as.
pub fn round_half_up(value: f64, decimals: u32) -> f64 {
    round_to(value, Decimal::new(1, decimals))
}

fn round_to(value: f64, step: Decimal) -> f64 {
    if let Some(rounded) = far_from_half(value, step) {
        return rounded;
    }
    // Beyond what a 96-bit decimal holds the step is far below the number's own precision: nothing to round.
    let Some(decimal) = decimal_of(value) else { return value };
    let steps = (decimal / step).round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    real_of(steps * step)
}

/// The rounded number where binary fractions are exact enough to tell: so far from a half that their error does not reach it, and a step
/// that is a whole number or one in a decimal place.
fn far_from_half(value: f64, step: Decimal) -> Option<f64> {
    const MOST: f64 = 1e9;
    const NEAR: f64 = 1e-5;
    let (mantissa, scale) = (step.mantissa() as f64, step.scale() as usize);
    let steps = match (scale, mantissa) {
        (0, _) => value / mantissa,
        (_, 1.0) => value * POWERS.get(scale)?,
        _ => return None,
    };
    let from_half = (steps.abs().fract() - 0.5).abs();
    if !(steps.abs() < MOST && mantissa.abs() < MOST && from_half > NEAR) {
        return None;
    }
    // Nothing is minus nothing.
    let whole = steps.round() + 0.0;
    Some(if scale == 0 { whole * mantissa } else { whole / POWERS[scale] })
}

const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// A product as it comes out by hand, to a whole number, half up.
pub fn whole_product(value: f64, factor: f64) -> f64 {
    far_from_half(value * factor, Decimal::ONE).unwrap_or_else(|| round_half_up(product(value, factor), 0))
}

/// The number nearest to a decimal.
pub fn real_of(decimal: Decimal) -> f64 {
    let (mantissa, scale) = (decimal.mantissa(), decimal.scale() as usize);
    // Both are exact, so that their quotient is rounded once.
    match POWERS.get(scale) {
        Some(power) if mantissa.unsigned_abs() < 1 << 53 => mantissa as f64 / power,
        _ => decimal.normalize().to_string().parse().unwrap_or(f64::NAN),
    }
}

/// The decimal a number prints as (its shortest form), `None` for what a decimal cannot hold.
pub fn decimal_of(value: f64) -> Option<Decimal> {
    if !value.is_finite() {
        return None;
    }
    if value.abs() < 1e-20 {
        return Some(Decimal::ZERO);
    }
    if let Some(short) = short(value) {
        return Some(short);
    }
    let mut buffer = zmij::Buffer::new();
    let printed = buffer.format_finite(value);
    Decimal::from_str(printed).or_else(|_| Decimal::from_scientific(printed)).ok()
}

/// A number of few digits: a decimal of fifteen digits at most that reads as this number is the only one, so it is the one that is printed.
fn short(value: f64) -> Option<Decimal> {
    const DIGITS: f64 = 1e15;
    for (decimals, power) in (0..).zip(&POWERS[..10]) {
        let whole = (value * power).round();
        if whole.abs() >= DIGITS {
            return None;
        }
        if whole / power == value {
            return Some(Decimal::new(whole as i64, decimals));
        }
    }
    None
}

/// One in the given decimal place: 0.01 for 2.
pub fn place(decimals: u32) -> f64 {
    Decimal::try_new(1, decimals).ok().and_then(|place| place.to_string().parse().ok()).unwrap_or(0.0)
}

/// 万元/亩 of a price in 元/㎡, rounded half-up to two decimals as price tables print it.
pub fn wan_per_mu(price: f64) -> f64 {
    if let Some(rounded) = far_from_half(price / 15.0, Decimal::new(1, 2)) {
        return rounded;
    }
    let Some(decimal) = decimal_of(price) else { return price / 15.0 };
    let exact = decimal / Decimal::from(15);
    exact.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero).to_f64().unwrap_or(price / 15.0)
}

#[cfg(test)]
#[path = "money_tests.rs"]
mod tests;
