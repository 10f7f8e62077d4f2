//! The rules a standard sets for a grading, as data: which factors, what weights, how many grades.
//!
//! One rule file is part of the product and can be written out, edited and named by the project; nothing of a standard is a constant of the
//! program.

mod check;

pub use check::{Breach, breaches};

use crate::land::{Fault, Outcome, written};
use crate::say;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The rules that come with the program.
pub const BUILT_IN: &str = include_str!("gbt18507.toml");

/// A rule file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standard {
    /// The standard.
    pub title: String,
    #[serde(default)]
    pub factors: Vec<FactorRule>,
    #[serde(default)]
    pub weights: Vec<WeightRule>,
    #[serde(default)]
    pub order: Vec<OrderRule>,
    #[serde(default)]
    pub grades: Vec<CountRule>,
    #[serde(default)]
    pub centres: Vec<CountRule>,
}

/// A factor of the standard.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactorRule {
    pub id: String,
    pub name: String,
    pub group: String,
    /// By scheme: `choice`, `mandatory` or `selectable`.
    pub schemes: BTreeMap<String, Choice>,
}

/// Whether a scheme has a factor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Choice {
    /// In the official choice.
    Choice,
    Mandatory,
    Selectable,
}

/// The weight of a group, parts of 1.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WeightRule {
    pub scheme: String,
    pub group: String,
    pub low: f64,
    pub high: f64,
    /// How sure the rule is: `standard`, `known`, `practice`.
    #[serde(default)]
    pub basis: String,
}

/// The groups with the greatest weights, in order.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OrderRule {
    pub scheme: String,
    pub first: Vec<String>,
    #[serde(default)]
    pub basis: String,
}

/// How many grades, or levels of centres.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountRule {
    /// Every scheme where it is left out.
    pub scheme: Option<String>,
    pub city: String,
    pub low: usize,
    pub high: usize,
    #[serde(default)]
    pub basis: String,
}

impl Standard {
    /// The rules of a file, or those of the program.
    ///
    /// # Errors
    /// `io`, `bad-rules` with the line.
    pub fn read(path: Option<&Path>) -> Outcome<Standard> {
        let Some(path) = path else { return parse(BUILT_IN, Path::new("gbt18507.toml")) };
        let text = std::fs::read_to_string(path)
            .map_err(|error| Fault::io(say!("cannot read the rule file", "无法读取规则文件"), path, &error))?;
        parse(&text, path)
    }

    /// The group of a factor of the standard.
    pub fn group_of(&self, id: &str) -> Option<&str> {
        self.factors.iter().find(|factor| factor.id == id).map(|factor| factor.group.as_str())
    }

    /// The schemes any rule speaks of, sorted.
    pub fn schemes(&self) -> Vec<&str> {
        let mut schemes: Vec<&str> =
            self.factors.iter().flat_map(|factor| factor.schemes.keys()).map(String::as_str).collect();
        schemes.extend(self.weights.iter().map(|rule| rule.scheme.as_str()));
        schemes.sort_unstable();
        schemes.dedup();
        schemes
    }
}

fn parse(text: &str, path: &Path) -> Outcome<Standard> {
    let see =
        say!("compare it with the one `landgrade new --rules` prints", "请对照 `landgrade new --rules` 输出的规则文件");
    let rules: Standard = written::parse(text, "bad-rules", see).map_err(|fault| fault.within(path))?;
    let weights = rules.weights.iter().map(|rule| (rule.group.as_str(), rule.low, rule.high));
    let counts =
        rules.grades.iter().chain(&rules.centres).map(|rule| (rule.city.as_str(), rule.low as f64, rule.high as f64));
    unknown_words(&rules, path)?;
    let upside_down = weights.chain(counts).find(|(_, low, high)| low.is_nan() || high.is_nan() || low > high);
    upside_down.map_or(Ok(rules.clone()), |(what, low, high)| {
        Err(Fault::new(
            "bad-rules",
            say!("the rule of {what} goes from {low} to {high}", "{what} 的规则由 {low} 至 {high}"),
            say!("write the lower limit as `low`", "请将较小的界限写作 low"),
        )
        .at(path.display()))
    })
}

/// Words that no rule could be held by: groups no factor has, sizes of cities, degrees of certainty.
fn unknown_words(rules: &Standard, path: &Path) -> Outcome<()> {
    let groups: Vec<&str> = rules.factors.iter().map(|factor| factor.group.as_str()).collect();
    let weighted = rules.weights.iter().map(|rule| rule.group.as_str());
    let mut asked = weighted.chain(rules.order.iter().flat_map(|rule| rule.first.iter().map(String::as_str)));
    let group = asked.find(|group| !groups.is_empty() && !groups.contains(group));
    let counts = || rules.grades.iter().chain(&rules.centres);
    let city = counts().map(|rule| rule.city.as_str()).find(|city| !["large", "medium", "small"].contains(city));
    let weighted = rules.weights.iter().map(|rule| rule.basis.as_str());
    let mut bases = weighted
        .chain(rules.order.iter().map(|rule| rule.basis.as_str()))
        .chain(counts().map(|rule| rule.basis.as_str()));
    let basis = bases.find(|basis| !["", "standard", "known", "practice"].contains(basis));
    let Some(word) = group.or(city).or(basis) else { return Ok(()) };
    Err(Fault::new(
        "bad-rules",
        say!("the rule file does not know \"{word}\"", "规则文件中的「{word}」无从对应"),
        say!(
            "groups are those of its factors; cities large, medium, small; basis standard, known, practice",
            "group 须为其因素所属的组;city 为 large、medium、small;basis 为 standard、known、practice"
        ),
    )
    .at(path.display()))
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
