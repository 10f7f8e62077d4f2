//! `manifest.json`: what a release is and holds, with the digest of every file; and `seal.json`: when and by what it was sealed.
//!
//! The content digest is the SHA-256 of `manifest.json` as it stands, which names every other file's. Nothing in it depends on the day, the
//! machine or the run, so equal inputs give equal digests; those facts stand in `seal.json`.

use super::content::{FactorHead, GroupHead, Head, Input, Origin, Release, UseHead};
use super::digest;
use super::tiling::TilingHead;
use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::space::Crs;
use serde::{Deserialize, Serialize};

/// The format this program writes, and the newest it reads.
pub const FORMAT: u32 = 1;
pub const MANIFEST: &str = "manifest.json";
pub const SEAL: &str = "seal.json";
pub const PROJECT: &str = "project.toml";
pub const UNITS: &str = "units.parquet";
/// The correction system, as the project names it.
pub const CORRECTIONS: &str = "corrections.toml";
/// The price index.
pub const INDEX: &str = "index.csv";
/// Which field of a foreign source meant what.
pub const MAPPING: &str = "mapping.toml";
/// What the gate found before a release was sealed as final.
pub const GATE: &str = "gate.json";

/// What a release is and holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Manifest {
    pub format: u32,
    pub name: String,
    pub title: String,
    #[serde(with = "CrsEntry")]
    pub crs: Crs,
    pub base_date: Option<String>,
    pub supersedes: Option<String>,
    /// `draft` where the file says nothing.
    #[serde(default, skip_serializing_if = "State::is_draft")]
    pub state: State,
    pub origin: Origin,
    pub uses: Vec<UseHead>,
    pub factors: Vec<FactorHead>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<GroupHead>,
    /// The file of each factor's layer; none for rasters.
    pub layers: Vec<Option<String>>,
    pub counts: Counts,
    pub inputs: Vec<Input>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tiling: Option<TilingHead>,
    /// Every file of the folder but `manifest.json` and `seal.json`, sorted by path.
    pub outputs: Vec<Output>,
}

/// Whether a release was sealed as final, which needs the gate to pass.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    #[default]
    Draft,
    Final,
}

impl State {
    pub fn title(self) -> Text {
        match self {
            State::Draft => say!("draft", "草案"),
            State::Final => say!("final", "定稿"),
        }
    }

    fn is_draft(&self) -> bool {
        *self == State::Draft
    }
}

/// How much there is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    pub units: usize,
    pub samples: usize,
    /// By code, in the order codes are listed; codes without findings are left out.
    pub findings: Vec<FindingCount>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindingCount {
    pub code: String,
    pub count: usize,
}

/// A file of the release.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Output {
    /// From the release's folder, with `/` between.
    pub path: String,
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// When and by what a release was sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seal {
    /// `YYYY-MM-DD`.
    pub sealed_on: String,
    /// The version of landgrade.
    pub tool: String,
    /// SHA-256 of `manifest.json`.
    pub content_digest: String,
    /// SHA-256 of the three lines above, each ended by a line feed: tells a damaged seal.
    pub check: String,
}

#[derive(Serialize, Deserialize)]
#[serde(remote = "Crs")]
struct CrsEntry {
    epsg: Option<u32>,
    name: String,
    wkt: String,
    geographic: bool,
    metres_per_unit: f64,
}

impl Manifest {
    /// Describes a release whose files are `outputs`, sorted by path.
    pub fn of(release: &Release, layers: Vec<Option<String>>, outputs: Vec<Output>) -> Manifest {
        let Head {
            name,
            title,
            crs,
            base_date,
            supersedes,
            origin,
            project: _,
            factors,
            groups,
            inputs,
            tiling,
            gate: _,
            ..
        } = release.head.clone();
        let state = release.head.state();
        let findings = release.findings.counts().into_iter();
        let findings = findings.map(|(code, count)| FindingCount { code: code.name().to_string(), count }).collect();
        Manifest {
            format: FORMAT,
            name,
            title,
            crs,
            base_date,
            supersedes,
            state,
            origin,
            uses: release.uses.clone(),
            factors,
            groups,
            layers,
            counts: Counts { units: release.units.len(), samples: release.samples.len(), findings },
            inputs,
            tiling,
            outputs,
        }
    }

    /// The head of the release, its project file's text given; without the texts of its correction system, index and mapping.
    pub fn head(&self, project: String) -> Head {
        Head {
            name: self.name.clone(),
            title: self.title.clone(),
            crs: self.crs.clone(),
            base_date: self.base_date.clone(),
            supersedes: self.supersedes.clone(),
            origin: self.origin,
            project,
            factors: self.factors.clone(),
            groups: self.groups.clone(),
            inputs: self.inputs.clone(),
            tiling: self.tiling.clone(),
            corrections: String::new(),
            index: String::new(),
            mapping: String::new(),
            gate: String::new(),
        }
    }

    pub fn output(&self, path: &str) -> Option<&Output> {
        self.outputs.iter().find(|output| output.path == path)
    }
}

impl Seal {
    pub fn new(sealed_on: jiff::civil::Date, content_digest: String) -> Seal {
        let tool = env!("CARGO_PKG_VERSION").to_string();
        let mut seal = Seal { sealed_on: sealed_on.to_string(), tool, content_digest, check: String::new() };
        seal.check = seal.checked();
        seal
    }

    /// What [`Seal::check`] must be.
    pub fn checked(&self) -> String {
        digest::of_bytes(format!("{}\n{}\n{}\n", self.sealed_on, self.tool, self.content_digest))
    }
}

/// The text of a manifest or seal.
///
/// # Errors
/// `not-finite` where a number is infinite, which JSON cannot hold.
pub fn text<T: Serialize>(value: &T) -> Outcome<String> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(|error| {
        Fault::new(
            "not-finite",
            say!("the manifest cannot be written: {error}", "无法写出清单:{error}"),
            say!("check the score limits, weights and price premises", "请检查分值界限、权重和地价内涵"),
        )
    })
}

/// Reals in JSON: NaN is null, infinity is refused.
pub(super) mod real {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

    pub fn serialize<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        if value.is_infinite() {
            return Err(ser::Error::custom("a number is infinite"));
        }
        (!value.is_nan()).then_some(*value).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
        Ok(Option::deserialize(deserializer)?.unwrap_or(f64::NAN))
    }

    /// For keys that may be left out.
    pub fn unknown() -> f64 {
        f64::NAN
    }

    pub fn is_unknown(value: &f64) -> bool {
        value.is_nan()
    }
}

/// Lists of reals in JSON, as [`real`].
pub(super) mod reals {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize, Deserialize)]
    pub(super) struct Real(#[serde(with = "super::real")] pub f64);

    pub fn serialize<S: Serializer>(values: &[f64], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(values.iter().map(|value| Real(*value)))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f64>, D::Error> {
        Ok(Vec::<Real>::deserialize(deserializer)?.into_iter().map(|real| real.0).collect())
    }
}

/// Lists of lists of reals in JSON, as [`real`].
pub(super) mod real_lists {
    use super::reals::Real;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(lists: &[Vec<f64>], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(lists.iter().map(|list| list.iter().map(|value| Real(*value)).collect::<Vec<_>>()))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Vec<f64>>, D::Error> {
        let lists = Vec::<Vec<Real>>::deserialize(deserializer)?;
        Ok(lists.into_iter().map(|list| list.into_iter().map(|real| real.0).collect()).collect())
    }
}

#[cfg(test)]
#[path = "manifest_tests.rs"]
mod tests;
