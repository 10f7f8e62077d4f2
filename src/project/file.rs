//! The project file as it is written: the shape of the TOML, nothing checked beyond spelling and types.

use crate::land::{Outcome, Text, written};
use crate::say;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

mod factor;
mod parcels;
mod places;
mod prices;
mod samples;
mod units;
mod weights;

pub use factor::*;
pub use parcels::*;
pub use places::*;
pub use prices::*;
pub use samples::*;
pub use units::*;
pub use weights::*;

/// A whole project file.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProjectFile {
    pub project: Head,
    pub units: Units,
    pub uses: Vec<UseEntry>,
    /// 因素, each with its 因子 among the factors.
    #[serde(default)]
    pub groups: Vec<Group>,
    #[serde(default)]
    pub factors: Vec<Factor>,
    #[serde(default)]
    pub barriers: Vec<Barrier>,
    /// The roads that distances are measured along.
    pub network: Option<Network>,
    pub grading: Option<Grading>,
    /// The rules of the standard the project is held against.
    pub rules: Option<RulesEntry>,
    pub prices: Option<Prices>,
    /// What happens to faulty data, by finding code: `deny`, `warn` or `repair`.
    #[serde(default)]
    pub policy: BTreeMap<String, String>,
    pub release: Option<Release>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub name: String,
    /// The projected CRS everything is brought to, such as `EPSG:4547`.
    pub crs: String,
    /// The date the prices stand for (估价期日), `YYYY-MM-DD`.
    pub base_date: Option<String>,
    /// `large`, `medium` or `small`, for rules that depend on it.
    pub city_size: Option<String>,
    /// The polygon layer of the graded area (定级范围); units outside it are findings.
    pub graded_area: Option<Source>,
}

/// The rule file.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RulesEntry {
    /// A rule file of the project's own; the program's where left out.
    pub file: Option<String>,
}

/// A layer of a file.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The file, relative to the project file.
    pub source: String,
    /// The layer in it; the only layer where it is left out.
    pub layer: Option<String>,
    /// The layer's CRS where the file does not tell, or tells wrong.
    pub crs: Option<String>,
    /// The encoding of a shapefile's text where the file does not tell.
    pub encoding: Option<String>,
}

/// A use, its weights, its grades and the connotation of its price.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct UseEntry {
    pub key: String,
    pub name: Option<String>,
    /// Spellings in the data that mean this use, besides the key and the name.
    #[serde(default)]
    pub spellings: Vec<String>,
    pub grades: u8,
    pub breaks: Option<Breaks>,
    /// The scheme of the rules: `composite`, `commercial`, `residential`, `industrial`, `public`, or one of an own rule file.
    pub scheme: Option<String>,
    pub weights: Weights,
    pub price: Option<UsePrice>,
}

#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Breaks {
    Method(String),
    Detailed(BreaksTable),
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreaksTable {
    /// `natural`, `natural-histogram`, `quantile`, `equal-interval`, `given`, `number-axis`, `frequency-curve` or `profile`.
    pub method: String,
    pub bins: Option<usize>,
    /// Ascending score limits, for `given`.
    pub limits: Option<Vec<f64>>,
    /// Number axis: the least share of the use's area that a grade must have (0.03).
    pub least_share: Option<f64>,
    /// Frequency curve: the width of a bin in points (1).
    pub bin: Option<f64>,
    /// Frequency curve: the standard deviation of the smoothing kernel in points (two bins).
    pub smoothing: Option<f64>,
    /// Profile: the number of rays from the centre (8).
    pub directions: Option<u16>,
    /// Profile: where the rays start, in the project's system; the mean place of the highest totals where left out.
    pub centre: Option<[f64; 2]>,
    /// Profile: section lines instead of rays, each a list of places in the project's system.
    pub lines: Option<Vec<Vec<[f64; 2]>>>,
    /// Profile: metres between two samples (100).
    pub step: Option<f64>,
    /// Profile: how many samples a median is taken over, odd (5).
    pub window: Option<u16>,
    /// Why this method or these limits; kept in the release.
    pub reason: Option<String>,
}

/// A group of factors (因素).
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub key: String,
    pub name: Option<String>,
}

/// What influence does not cross (阻隔): lines, or polygons nothing passes through.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Barrier {
    pub key: String,
    pub name: Option<String>,
    pub source: String,
    pub layer: Option<String>,
    pub crs: Option<String>,
    pub encoding: Option<String>,
    /// Where it can be crossed (通道); nowhere where left out.
    pub crossings: Option<Crossings>,
}

/// Crossings: points near a barrier, or lines across it.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Crossings {
    pub source: String,
    pub layer: Option<String>,
    pub crs: Option<String>,
    pub encoding: Option<String>,
    /// The field that names a crossing in explanations.
    pub label: Option<String>,
    /// How far from a point the barrier is crossed, in metres (50).
    pub within: Option<f64>,
}

/// The network (路网) that distances of factors with `distance = "network"` are measured along: lines.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Network {
    pub source: String,
    pub layer: Option<String>,
    pub crs: Option<String>,
    pub encoding: Option<String>,
    /// Corners as near as this many metres to another line's corner, or to another line, are joined to it (0.5).
    pub snap: Option<f64>,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Grading {
    /// Further gradings shown beside the chosen one.
    #[serde(default)]
    pub alternatives: Vec<Alternative>,
    /// The smallest mapped area in m²: smaller patches of a grade go over to a neighbour.
    pub smallest_area: Option<f64>,
    /// Gaps between units up to this many metres wide, such as streets, are closed for zones and neighbours.
    pub close_gaps: Option<f64>,
    /// Lines between zones are simplified by at most this many metres.
    pub simplify: Option<f64>,
    /// Corners nearer to each other than this many metres are one (0.001).
    pub snap: Option<f64>,
    /// The polygon layer of districts that areas are summed by.
    pub districts: Option<Districts>,
    /// Parcels that each get one grade of their use.
    pub parcels: Option<Parcels>,
}

/// Districts and the field with their names.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Districts {
    pub source: String,
    pub layer: Option<String>,
    pub crs: Option<String>,
    pub encoding: Option<String>,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Alternative {
    /// The field it is written to.
    pub key: String,
    pub breaks: Breaks,
}

#[derive(Clone, Debug, Default, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// Where releases are sealed, relative to the project file. Default `releases`.
    pub folder: Option<String>,
    /// The release's name; the base date where left out.
    pub name: Option<String>,
    /// Formats that `run` publishes: `gpkg`, `geojson`, `shp`, `csv`, `xlsx`. All where left out.
    pub formats: Option<Vec<String>>,
    /// The encoding of published shapefiles: `GBK` (default) or `UTF-8`.
    pub encoding: Option<String>,
    /// The release this one takes the place of.
    pub supersedes: Option<String>,
}

/// Parses the text of a project file.
///
/// # Errors
/// `project-syntax` with file and line; an unknown key is answered with the nearest known one.
pub fn parse(text: &str, path: &Path) -> Outcome<ProjectFile> {
    let see = say!("see docs/project-file.md for every key", "所有键见 docs/project-file.md");
    written::parse_with(text, "project-syntax", see, several_forms).map_err(|fault| fault.within(path))
}

/// How values are written that have several forms, by the type in `file.rs`.
const FORMS: [(&str, &str); 9] = [
    ("Weights", "{ factor = 0.6, factor2 = 0.4 } / { ahp = [\"factor\", \"factor2\"], matrix = [[1, 2], [0.5, 1]] }"),
    ("Weight", "0.4 / { weight = 0.3, factor = 0.6, factor2 = 0.4 }"),
    ("Inside", "{ factor = 0.6, factor2 = 0.4 } / { ahp = [\"factor\", \"factor2\"], matrix = [[1, 2], [0.5, 1]] }"),
    ("Breaks", "\"natural\" / { method = \"given\", limits = [20, 35, 50, 70] }"),
    ("Overlaps", "0.01 / \"none\""),
    ("LevelKey", "1 / \"主干道\""),
    ("Amount", "0.9 / \"shuiping\""),
    ("Number", "600 / \"geometric\""),
    ("Scale", "\"guimo\" / [\"xiaoshoue\", \"mianji\"]"),
];

fn several_forms(said: &str) -> Option<(Text, Text)> {
    let (_, name) = said.split_once("untagged enum ")?;
    let (_, form) = FORMS.iter().find(|form| form.0 == name)?;
    Some((say!("this value is not understood", "此处的值无法理解"), say!("write {form}", "请写成 {form}")))
}

/// The JSON Schema of the project file, for editors.
pub fn schema() -> String {
    serde_json::to_string_pretty(&schemars::schema_for!(ProjectFile)).expect("a schema is plain JSON")
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
