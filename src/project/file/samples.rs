//! How the file names the columns of the sale samples.

use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The samples (样点): where they stand, and what each column holds.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Samples {
    pub source: String,
    pub layer: Option<String>,
    pub crs: Option<String>,
    pub encoding: Option<String>,
    pub id: String,
    #[serde(rename = "use")]
    pub use_field: Option<String>,
    /// The price per area; may be left out where it follows from `figures`.
    pub price: Option<String>,
    pub date: Option<String>,
    pub plot_ratio: Option<String>,
    pub term: Option<String>,
    pub area: Option<Measured>,
    /// The unit of the prices: `元/㎡` (default) or `万元/亩`.
    pub unit: Option<String>,
    /// `ground` or `floor`, where the prices of the table are of another kind than those of the connotation.
    pub price_kind: Option<String>,
    /// East and north fields, for a table without geometry.
    pub x: Option<String>,
    pub y: Option<String>,
    /// The grade each sample lies in, for a table without coordinates.
    pub grade: Option<String>,
    /// What was agreed: grant, transfer, rent …
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// The columns a price is derived from, by figure: `total_price`, `land_area`, `gross_rent` …
    #[serde(default)]
    pub figures: BTreeMap<String, Measured>,
    /// The score of the circumstances of the sale, 100 where they are usual.
    pub condition: Option<String>,
    /// The score of the place against the usual one of its grade, 100 where it is as good.
    pub region: Option<String>,
    /// The services of the sample's site, such as 五通一平.
    pub development: Option<String>,
    /// The depth of the sample's parcel behind its street, metres: for street prices.
    pub depth: Option<String>,
    /// The line of the column names of a table, from 1; found where left out.
    pub header: Option<u32>,
    /// What stands for no value: `"0"`, `"/"`, `"无"`.
    #[serde(default)]
    pub blanks: Vec<String>,
}

/// A column of amounts, with its unit where neither its heading nor its cells tell it.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Measured {
    Field(String),
    InUnit(InUnit),
}

#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InUnit {
    pub field: String,
    /// Such as `万元`, `公顷`, `亩`, `%`.
    pub unit: String,
}

impl Measured {
    pub fn field(&self) -> &str {
        match self {
            Measured::Field(field) => field,
            Measured::InUnit(stated) => &stated.field,
        }
    }

    pub fn unit(&self) -> Option<&str> {
        match self {
            Measured::Field(_) => None,
            Measured::InUnit(stated) => Some(&stated.unit),
        }
    }
}
