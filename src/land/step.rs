//! One intermediate figure of a reckoning.

use super::Text;

#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub name: Text,
    /// The formula with its numbers.
    pub formula: String,
    pub value: f64,
}
