//! `supervision.toml`: what districts are called, and what is at hand about them.

use crate::land::{Fault, Outcome, written};
use crate::say;
use serde::Deserialize;
use std::path::Path;

/// The file's name.
pub const FILE: &str = "supervision.toml";

/// The whole file; every key may be left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// The title of the results.
    pub title: Option<String>,
    /// The first two digits of the administrative code, where districts name none.
    pub province: Option<String>,
    /// A price index in place of the releases': CSV with `quarter` and a column per use key.
    pub index: Option<String>,
    /// The layer that has to be graded, for every district without one.
    pub required_range: Option<String>,
    #[serde(default)]
    pub districts: Vec<DistrictConfig>,
}

/// A district; paths start from the supervised folder.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DistrictConfig {
    /// Its folder's name.
    pub folder: String,
    pub name: Option<String>,
    pub code: Option<String>,
    /// 土地等别, 1 to 15.
    pub land_class: Option<u8>,
    pub required_range: Option<String>,
    /// Towns that should have a table.
    #[serde(default)]
    pub towns: Vec<String>,
    /// In place of the files of these names in the district's folder.
    pub corrections: Option<String>,
    pub index: Option<String>,
    pub documents: Option<String>,
    pub standard_parcels: Option<String>,
    pub monitoring: Option<String>,
    pub reports: Option<String>,
    pub transfers: Option<String>,
}

impl Config {
    /// Reads the file of a folder; empty where there is none.
    ///
    /// # Errors
    /// `io`, `bad-supervision` with the line.
    pub fn of(folder: &Path) -> Outcome<Config> {
        let path = folder.join(FILE);
        if !path.is_file() {
            return Ok(Config::default());
        }
        let text = std::fs::read_to_string(&path)
            .map_err(|error| Fault::io(say!("cannot read {FILE}", "无法读取 {FILE}"), &path, &error))?;
        let see = say!("see docs/supervision.md for every key", "所有键见 docs/supervision.md");
        written::parse(&text, "bad-supervision", see).map_err(|fault| fault.within(&path))
    }

    /// What it says of a district's folder.
    pub fn district(&self, folder: &str) -> DistrictConfig {
        let own = self.districts.iter().find(|own| own.folder == folder).cloned();
        own.unwrap_or_else(|| DistrictConfig { folder: folder.to_string(), ..DistrictConfig::default() })
    }
}
