//! The correction system (修正体系) as a file: tables by which a benchmark price becomes the price of a parcel. Syntax only; what the tables
//! mean, and whether they are sound, is for the stage of prices to say.

use crate::land::services::Service;
use crate::land::{Fault, Outcome, Text, written};
use crate::say;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A correction system: one part per use.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// Decimals that coefficients are rounded to before they are used, as printed tables are; as computed where left out.
    pub decimals: Option<u32>,
    #[serde(default)]
    pub uses: Vec<UseSystem>,
}

/// The tables of one use.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseSystem {
    pub key: String,
    #[serde(default)]
    pub development_order: Order,
    #[serde(default)]
    pub plot_ratio: Vec<PlotRatioLaw>,
    pub term: Option<TermTable>,
    #[serde(default)]
    pub amplitude: Vec<Amplitude>,
    #[serde(default)]
    pub factors: Vec<Factor>,
    pub development: Option<Development>,
    #[serde(default)]
    pub tables: Vec<Table>,
}

/// Where the cost of development stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// P · … · K_term + D.
    #[default]
    AfterAll,
    /// (P · … + D) · K_term.
    BeforeTerm,
}

impl Order {
    /// The price of a parcel P out of the benchmark price P1b, in words.
    pub fn formula(self) -> Text {
        match self {
            Order::AfterAll => say!("P = P1b · (1 + ΣK) · ΠK + D", "P = P1b ×(1 + ΣK)× ΠK + D"),
            Order::BeforeTerm => {
                say!("P = [P1b · (1 + ΣK) · ΠK + D] · K(term)", "P = [P1b ×(1 + ΣK)× ΠK + D]× K(年期)")
            }
        }
    }
}

/// How the price follows the plot ratio, for some grades or all. One of `table`, `power` and `linear_log` is given.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlotRatioLaw {
    /// Every grade where left out.
    pub grades: Option<Vec<u8>>,
    /// The set plot ratio of these grades, where it is not that of the use.
    pub set: Option<f64>,
    /// `[[plot ratio, coefficient], …]`, ascending.
    pub table: Option<Vec<[f64; 2]>>,
    /// b of K = (R/R0)^b.
    pub power: Option<f64>,
    /// `[s, c]`: K = 1 + s·(R − R0) below the set ratio, 1 + c·ln(R/R0) above.
    pub linear_log: Option<[f64; 2]>,
    /// The plot ratios a law holds for; beyond them its end values are taken.
    pub range: Option<[f64; 2]>,
}

/// Printed coefficients by remaining years, in place of the formula.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermTable {
    /// `[[years, coefficient], …]`, ascending.
    pub table: Vec<[f64; 2]>,
}

/// How far the factors move a price, in percent.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Amplitude {
    pub grades: Option<Vec<u8>>,
    pub up: f64,
    pub down: f64,
}

/// A regional or individual factor with its five steps.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Factor {
    pub key: String,
    pub name: Option<String>,
    pub grades: Option<Vec<u8>>,
    /// The share of the amplitude, where the steps follow from it.
    pub weight: Option<f64>,
    /// Percent of each step, by name.
    pub steps: Option<Steps<f64>>,
    /// What each step means, in words.
    pub conditions: Option<Steps<String>>,
    /// The least value of each step but the worst, where a measured value tells the step.
    pub at_least: Option<Bounds>,
    /// The greatest value of each step but the worst.
    pub at_most: Option<Bounds>,
}

/// One thing per step (优、较优、一般、较劣、劣).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Steps<T> {
    pub best: T,
    pub better: T,
    pub fair: T,
    pub worse: T,
    pub worst: T,
}

/// The limit of each step but the worst.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bounds {
    pub best: f64,
    pub better: f64,
    pub fair: f64,
    pub worse: f64,
}

/// What each service costs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Development {
    #[serde(default)]
    pub unit: CostUnit,
    pub costs: BTreeMap<Service, f64>,
}

/// What the costs are given in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum CostUnit {
    /// 元 per m² of land.
    #[default]
    #[serde(rename = "元/㎡")]
    Yuan,
    /// Percent of the benchmark price.
    #[serde(rename = "%")]
    Percent,
}

/// Any further coefficient: width, depth, shape, corner, area, storey.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub key: String,
    pub name: Option<String>,
    pub grades: Option<Vec<u8>>,
    /// `[[value, coefficient], …]`, ascending, straight between rows.
    pub rows: Option<Vec<[f64; 2]>>,
    /// Coefficient by word.
    pub classes: Option<BTreeMap<String, f64>>,
    /// Depth behind the street by a rule of strips.
    pub depth: Option<Depth>,
    /// Whether the coefficient multiplies (default), or is a percentage of the sum ΣK.
    #[serde(default)]
    pub into: Effect,
}

/// A depth rule (深度百分率): what a price per m² is at a depth, by the shares of the strips behind the street.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Depth {
    /// m.
    pub standard: f64,
    /// The value of each strip from the street, percent; together 100 up to the standard depth. 四三二一九八七六 where left out.
    pub shares: Option<Vec<f64>>,
    /// The depth of a strip, a part of the standard depth; a quarter where left out.
    pub strip: Option<f64>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Effect {
    #[default]
    Product,
    Sum,
}

impl System {
    /// # Errors
    /// `io`; as [`System::parse`].
    pub fn read(path: &Path) -> Outcome<(System, String)> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Fault::io(say!("cannot read the correction system", "无法读取修正体系"), path, &error))?;
        Ok((System::parse(&text, path)?, text))
    }

    /// # Errors
    /// `bad-corrections` with the line.
    pub fn parse(text: &str, path: &Path) -> Outcome<System> {
        let see =
            say!("docs/methods/correction-system.md lists every key", "各键的含义见 docs/methods/correction-system.md");
        written::parse(text, "bad-corrections", see).map_err(|fault| fault.within(path))
    }
}
