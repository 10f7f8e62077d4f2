//! The rules of a filing package: which files it has, what they are called, which fields their layers and tables have.
//!
//! All of it is a rule file, as every province has names of its own; two come with the program (docs/package.md).

mod fields;
mod naming;
mod sound;

pub use fields::{FieldRule, Kind, Need, Source};
pub use naming::{Named, Names};

use super::Code;
use crate::land::{Fault, Outcome, Text, written};
use crate::release::digest;
use crate::say;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The rule files that come with the program, by name.
pub const BUILT_IN: [(&str, &str); 2] =
    [("neutral", include_str!("neutral.toml")), ("initials", include_str!("initials.toml"))];

/// A rule file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub title: String,
    /// The name of the package's folder, a pattern.
    pub folder: String,
    /// EPSG codes that layers may have.
    pub epsg: Vec<u32>,
    /// Of texts in shapefiles.
    #[serde(default)]
    pub encoding: Encoding,
    pub manifest: String,
    /// The folder the check's report goes into.
    pub report: String,
    pub uses: Vec<UseCode>,
    /// Code lists: a list's name, its codes and what they mean.
    #[serde(default)]
    pub codes: BTreeMap<String, BTreeMap<String, String>>,
    pub layers: Vec<LayerRule>,
    #[serde(default)]
    pub tables: Vec<TableRule>,
    #[serde(default)]
    pub documents: Vec<FileRule>,
    #[serde(default)]
    pub maps: Vec<FileRule>,
    pub metadata: MetadataRule,
    pub limits: Limits,
    /// What a breach of each rule is.
    pub severity: BTreeMap<Code, Severity>,
    /// SHA-256 of the file.
    #[serde(skip)]
    pub digest: String,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub enum Encoding {
    #[default]
    #[serde(rename = "GBK")]
    Gbk,
    #[serde(rename = "UTF-8")]
    Utf8,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Error,
    Warning,
    Off,
}

/// A use with its code.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseCode {
    /// As in releases; a use that has another key is known by `names`.
    pub key: String,
    pub code: String,
    pub name: String,
    /// What stands for it in names of files.
    pub short: String,
    /// Words in a use's name that tell it.
    #[serde(default)]
    pub names: Vec<String>,
    /// Whether a package without it is not whole.
    #[serde(default)]
    pub required: bool,
}

/// What a layer or table holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Content {
    /// 级别范围
    Grades,
    /// 定级范围
    Range,
    /// 定级单元
    Units,
    /// 样点
    Samples,
    /// 区片
    Areas,
    /// 路线价
    Streets,
    /// 行政区, handed in.
    Districts,
    /// 道路, handed in.
    Roads,
    /// Tables: prices by use and grade.
    Prices,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Geometry {
    Point,
    Line,
    Polygon,
}

/// A layer in a file of its own.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LayerRule {
    pub of: Content,
    /// Its path in the package, a pattern that ends in `.gpkg` or `.shp`; with `{use}` in it there is one per use.
    pub file: String,
    pub title: String,
    pub geometry: Geometry,
    pub need: Need,
    /// The worst grade that a street may lie in; any where left out.
    #[serde(default)]
    pub worst_grade: Option<u8>,
    /// Labels of grades whose features may have several parts.
    #[serde(default)]
    pub several_parts: Vec<String>,
    pub fields: Vec<FieldRule>,
}

/// A table for people and programs.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableRule {
    pub of: Content,
    /// Its path, a pattern that ends in `.xlsx` or `.csv`.
    pub file: String,
    pub need: Need,
    pub fields: Vec<FieldRule>,
}

/// A document or a map.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FileRule {
    pub of: Made,
    /// Its path without the ending, a pattern; with `{use}` in it there is one per use.
    pub file: String,
    /// Endings it may have.
    pub endings: Vec<String>,
    pub need: Need,
    /// Whether the base date must stand in it, where it can be read.
    #[serde(default)]
    pub states_base_date: bool,
}

/// Who makes a document or a map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Made {
    /// It is handed in.
    Given,
    /// The method report.
    Report,
    /// Premises, prices and how to use them.
    Instructions,
    /// The correction tables.
    Corrections,
    /// The map of grades of a use.
    Map,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MetadataRule {
    pub file: String,
    /// What must stand in it.
    pub required: Vec<String>,
    /// What the program cannot know.
    #[serde(default)]
    pub given: BTreeMap<String, String>,
}

fn border_ground() -> f64 {
    1.0
}

/// What the checks measure against.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// m².
    pub sliver_area: f64,
    /// m.
    pub sliver_width: f64,
    /// m².
    pub overlap: f64,
    /// m², of ground between grades and range.
    pub gap: f64,
    /// m², of all smaller pieces of such ground together.
    pub gap_total: f64,
    /// m, between vertices of neighbouring districts on their border.
    pub border: f64,
    /// m, how near a vertex lies to the neighbour to be of the border.
    pub border_reach: f64,
    /// m², of ground that lies in both of two neighbours, or is shut in between them.
    #[serde(default = "border_ground")]
    pub border_ground: f64,
    /// m, between route lines and grades, and between route lines and roads.
    pub road: f64,
    /// Degrees on either side of the central meridian.
    pub belt: f64,
    /// Part of an area that its field may differ from the geometry by.
    pub area_share: f64,
    /// 元/㎡ between ground price and floor price times plot ratio.
    pub ground: f64,
    /// 万元/亩, and a part of the price: the larger one counts.
    pub mu: f64,
    pub mu_share: f64,
}

impl Rules {
    /// The rules of a name, or of a file.
    ///
    /// # Errors
    /// `io`; `bad-package-rules` with the line.
    pub fn of(name: &str) -> Outcome<Rules> {
        if let Some((_, text)) = BUILT_IN.iter().find(|(known, _)| *known == name) {
            return Rules::parse(text);
        }
        let path = Path::new(name);
        let text = std::fs::read_to_string(path)
            .map_err(|error| Fault::io(say!("cannot read the rules", "无法读取规则文件"), path, &error))?;
        Rules::parse(&text).map_err(|fault| fault.within(path))
    }

    /// # Errors
    /// `bad-package-rules` with the line.
    pub fn parse(text: &str) -> Outcome<Rules> {
        let mut rules: Rules = written::parse(text, "bad-package-rules", shown())?;
        rules.digest = digest::of_bytes(text);
        sound::check(&rules)?;
        Ok(rules)
    }

    /// States an item of the metadata that the program cannot know.
    ///
    /// # Errors
    /// `unknown-metadata` where the rules name no such item.
    pub fn state(&mut self, item: &str, value: &str) -> Outcome<()> {
        if let Some(own) = self.metadata.given.get_mut(item) {
            *own = value.to_string();
            return Ok(());
        }
        let list = self.metadata.given.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        Err(Fault::new(
            "unknown-metadata",
            say!("the rules have no item \"{item}\" to be stated", "规则中没有可填写的元数据项「{item}」"),
            say!(
                "name it in [metadata.given] of the rule file; there are: {list}",
                "请在规则文件的 [metadata.given] 中列出;现有:{list}"
            ),
        ))
    }

    /// The use of the rules that a use of a release is.
    pub fn use_of(&self, key: &str, name: &str) -> Option<usize> {
        let by_key = self.uses.iter().position(|own| own.key == key);
        let named = |own: &UseCode| own.names.iter().any(|word| name.contains(word.as_str()));
        by_key.or_else(|| self.uses.iter().position(named))
    }

    pub fn severity_of(&self, code: Code) -> Severity {
        self.severity.get(&code).copied().unwrap_or(Severity::Error)
    }
}

fn bad(what: Text) -> Fault {
    let Text { en, zh } = what;
    Fault::new("bad-package-rules", say!("the rules cannot be used: {en}", "规则文件不可用:{zh}"), shown())
}

fn shown() -> Text {
    say!(
        "start from the file that landgrade package --show-rules prints",
        "请以 landgrade package --show-rules 输出的文件为样本"
    )
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
