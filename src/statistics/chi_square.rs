//! The chi-square distribution: the probability beyond a value.

/// The probability that a chi-square variable with `freedom` degrees of freedom exceeds `value`: `Q(ν/2, χ²/2)`, the upper incomplete gamma
/// function over Γ (DLMF 8.2.4). 1 for a value of 0 or less.
pub fn upper_tail(value: f64, freedom: f64) -> f64 {
    let (a, x) = (freedom / 2.0, value / 2.0);
    if x <= 0.0 {
        return 1.0;
    }
    let front = libm::exp(a * libm::log(x) - x - libm::lgamma(a));
    if x < a + 1.0 { 1.0 - front * series(a, x) } else { front * continued_fraction(a, x) }
}

/// DLMF 8.11.4: `γ(a, x) = x^a e^−x Σ x^k / (a (a+1) … (a+k))`.
fn series(a: f64, x: f64) -> f64 {
    let mut term = a.recip();
    let mut sum = term;
    for step in 1..100_000 {
        term *= x / (a + f64::from(step));
        sum += term;
        if term < sum * 1e-16 {
            break;
        }
    }
    sum
}

/// DLMF 8.9.2, its even part, by the modified Lentz method: `Γ(a, x) = x^a e^−x / (x+1−a− 1(1−a)/(x+3−a− …))`.
fn continued_fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = away_from_zero(b).recip();
    let mut fraction = d;
    for step in 1..100_000 {
        let k = f64::from(step);
        let numerator = -k * (k - a);
        b += 2.0;
        d = away_from_zero(numerator * d + b).recip();
        c = away_from_zero(b + numerator / c);
        fraction *= c * d;
        if (c * d - 1.0).abs() < 1e-15 {
            break;
        }
    }
    fraction
}

#[cfg(test)]
#[path = "chi_square_tests.rs"]
mod tests;
