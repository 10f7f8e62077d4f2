//! How influence fades with distance (GB/T 18507, point and line factors).
//!
//! With function score f, radius D, distance d and r = d/D: linear e = f·(1 − r); exponential e = f^(1 − r).
//! Beyond D nothing reaches; at exactly D the standard says e = 0 (a switch counts it as reached, where the exponential form gives 1).

use crate::project::plan::Form;

/// A law of attenuation with its radius.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attenuation {
    pub form: Form,
    /// D in metres.
    pub radius: f64,
    /// Whether a place at exactly the radius is reached.
    pub reached_at_radius: bool,
}

impl Attenuation {
    /// What the search compares by instead of f: f itself, or its natural logarithm. Of two facilities the one with the greater
    /// `strength · (1 − r)` has the greater effect.
    pub fn strength(self, function_score: f64) -> f64 {
        match self.form {
            Form::Linear => function_score,
            Form::Exponential if function_score > 0.0 => libm::log(function_score),
            Form::Exponential => f64::NEG_INFINITY,
        }
    }

    /// `strength · (1 − r)`, negative infinity out of reach.
    #[inline]
    pub fn level(self, strength: f64, distance: f64) -> f64 {
        let relative = distance / self.radius;
        if relative < 1.0 || (relative == 1.0 && self.reached_at_radius) {
            strength * (1.0 - relative)
        } else {
            f64::NEG_INFINITY
        }
    }

    /// The effect score e of a level; 0 out of reach.
    pub fn effect(self, level: f64) -> f64 {
        match self.form {
            Form::Linear => level.max(0.0),
            Form::Exponential => libm::exp(level),
        }
    }
}

#[cfg(test)]
#[path = "attenuation_tests.rs"]
mod tests;
