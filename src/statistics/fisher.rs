//! Fisher's F distribution: the probability beyond a value.

use super::beta;

/// The probability that a variable with `one` and `two` degrees of freedom exceeds `f`: `I_x(ν₂/2, ν₁/2)`, `x = ν₂/(ν₂ + ν₁ f)` (DLMF 8.17).
pub fn upper_tail(f: f64, (one, two): (f64, f64)) -> f64 {
    if f.is_infinite() {
        return 0.0;
    }
    let whole = two + one * f;
    beta::regularised(two / whole, one * f / whole, two / 2.0, one / 2.0)
}
