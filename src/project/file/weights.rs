//! The weights of a use as they are written.

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Weights by factor key, or by group key with the weights inside; or judgements to derive them from.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Weights {
    Ahp(Ahp),
    Given(BTreeMap<String, Weight>),
}

/// The weight of a factor or of a group of one factor; or of a group with the weights inside it.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Weight {
    Alone(f64),
    Group(GroupWeight),
}

#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
pub struct GroupWeight {
    pub weight: f64,
    #[serde(flatten)]
    pub inside: Inside,
}

/// The weights of the factors inside a group, which sum to 1.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Inside {
    Ahp(Ahp),
    Given(BTreeMap<String, f64>),
}

/// How much more one matters than another.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Judgement {
    Number(f64),
    Text(String),
}

#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ahp {
    /// The factors or groups, in the order of the matrix.
    pub ahp: Vec<String>,
    /// Numbers, or texts such as `"1/3"`.
    pub matrix: Vec<Vec<Judgement>>,
    /// `eigenvector` (default), `geometric-mean` or `column-mean`.
    pub solver: Option<String>,
    /// Random index table: `A` (Saaty, default) or `B`.
    pub random_index: Option<String>,
    /// Why a consistency ratio of 0.1 or more is accepted.
    pub accept_inconsistent: Option<String>,
    /// The weights inside each group of several factors, by group key.
    pub inside: Option<BTreeMap<String, Inside>>,
}
