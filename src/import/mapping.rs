//! The mapping file: which field of a foreign layer or table means what.

use crate::ingest::finding::Policies;
use crate::land::{Fault, Outcome, written};
use crate::say;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A whole mapping (docs/importing.md shows one). Its keys may come from a file or from options.
#[derive(Clone, Debug, Default, PartialEq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// The file: any vector layer GDAL opens, or a table (`.csv`, `.tsv`, `.txt`, `.xlsx`, `.xls`, `.ods`, …).
    #[serde(default)]
    pub source: String,
    /// The layer, or the sheet of a workbook.
    pub layer: Option<String>,
    /// A table's line with the column names, from 1; the first that is not blank where left out.
    pub header: Option<u32>,
    /// The system of the coordinates, where the file does not tell or tells wrong.
    pub crs: Option<String>,
    /// The projected system, in metres, that coordinates are brought to.
    pub to: Option<String>,
    /// The encoding of a shapefile's or text table's text.
    pub encoding: Option<String>,
    /// `units` or `prices`: whether a row is a piece of land or a line of a price table. See [`Mapping::rows_are_prices`].
    pub rows: Option<RowKind>,
    /// Only rows whose field holds exactly this text.
    #[serde(default, rename = "where", skip_serializing_if = "BTreeMap::is_empty")]
    pub only: BTreeMap<String, String>,
    pub id: Option<String>,
    #[serde(rename = "use")]
    pub use_field: Option<String>,
    /// The use of every row, where no field tells it.
    pub one_use: Option<String>,
    /// The field with the grade; a list of columns named by grades in a wide price table.
    pub grade: Option<Fields>,
    /// The field with the price; a list of columns named by uses in a wide price table.
    pub price: Option<Fields>,
    /// The unit of prices that bear none: `元/㎡` (default), `万元/亩`, `万元/公顷`, `元/亩`.
    pub price_unit: Option<String>,
    /// The field with the same prices in 万元/亩, where a row has one price: both are held against each other.
    pub price_mu: Option<String>,
    /// The field with the price of the other kind, 楼面地价 beside 地面地价 or the other way round, in 元/㎡: held against the plot ratio.
    pub other_kind_price: Option<String>,
    /// The field with areas in m², for rows without polygons; polygons are measured.
    pub area: Option<String>,
    /// The field with a unit's name, carried through.
    pub name: Option<String>,
    /// The release's title; its name where left out.
    pub title: Option<String>,
    /// 估价期日: a date, or the field that holds it.
    pub base_date: Option<String>,
    /// Years: a number, a table of them by use, or a field.
    pub term: Option<Premise>,
    pub plot_ratio: Option<Premise>,
    /// The land capitalisation rate, 0.06 for 6 %.
    pub rate: Option<Premise>,
    /// `ground`, `floor`, or the field that holds one of them.
    pub kind: Option<String>,
    /// Services the price presumes, such as `六通一平`.
    pub development: Option<String>,
    /// The right that is priced, the classification of the uses, the ground the prices hold for.
    pub right: Option<String>,
    pub classification: Option<String>,
    pub scope: Option<String>,
    /// What a price is of its grade: `mean`, `minimum` or `range`.
    pub meaning: Option<Meaning>,
    /// East and north fields of a table.
    pub x: Option<String>,
    pub y: Option<String>,
    /// The use a text in the data means: `"商服" = "commercial"`.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub uses: BTreeMap<String, String>,
    /// Fields carried through.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keep: Vec<String>,
    /// What happens to faulty data, as in a project file.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub policy: BTreeMap<String, String>,
    /// The file it was read from.
    #[serde(skip)]
    pub file: Option<PathBuf>,
}

/// What a price is of its grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Meaning {
    Mean,
    Minimum,
    Range,
}

impl Meaning {
    /// As releases have it.
    pub fn word(self) -> &'static str {
        match self {
            Meaning::Mean => "mean",
            Meaning::Minimum => "minimum",
            Meaning::Range => "range",
        }
    }
}

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    Units,
    Prices,
}

/// One field, or the columns of a wide table.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Fields {
    One(String),
    Wide(Vec<String>),
}

/// A number of a price's connotation.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[serde(untagged)]
pub enum Premise {
    Number(f64),
    ByUse(BTreeMap<String, f64>),
    Field(String),
}

impl Mapping {
    /// Reads a mapping file.
    ///
    /// # Errors
    /// `io`; `mapping-syntax` with file and line.
    pub fn read(path: &Path) -> Outcome<Mapping> {
        let text = std::fs::read_to_string(path)
            .map_err(|e| Fault::io(say!("cannot read the mapping file", "无法读取映射文件"), path, &e))?;
        let mapping = Mapping::parse(&text).map_err(|fault| fault.within(path))?;
        Ok(Mapping { file: Some(path.to_path_buf()), ..mapping })
    }

    /// Reads the text of a mapping file.
    ///
    /// # Errors
    /// `mapping-syntax` at its line.
    pub fn parse(text: &str) -> Outcome<Mapping> {
        written::parse(
            text,
            "mapping-syntax",
            say!("see docs/importing.md for every key", "所有键见 docs/importing.md"),
        )
    }

    /// As a mapping file writes it: the words of the file it was read from with what options added.
    pub fn text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// Whether rows are lines of a price table: as `rows` says; where it says nothing, a table is one unless `id`, `x`, `y`, `area` or
    /// `name` describe a piece of land, and a layer never is.
    pub fn rows_are_prices(&self) -> bool {
        let land = [&self.id, &self.x, &self.y, &self.area, &self.name].into_iter().any(Option::is_some);
        match self.rows {
            Some(kind) => kind == RowKind::Prices,
            None => self.is_table() && !land,
        }
    }

    /// Whether the source is a table rather than a layer, by its ending.
    pub fn is_table(&self) -> bool {
        let ending = Path::new(&self.source).extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
        let tables = ["csv", "tsv", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods"];
        ending.is_some_and(|ending| tables.contains(&ending.as_str()))
    }

    /// Every field it names, each once, in the order of the keys.
    pub(super) fn fields(&self) -> Vec<&str> {
        let mut fields: Vec<&str> = self.only.keys().map(String::as_str).collect();
        fields.extend([&self.id, &self.use_field].into_iter().flatten().map(String::as_str));
        for named in [&self.grade, &self.price].into_iter().flatten() {
            fields.extend(named.names().iter().map(String::as_str));
        }
        fields.extend(
            [&self.price_mu, &self.other_kind_price, &self.area, &self.name, &self.x, &self.y]
                .into_iter()
                .flatten()
                .map(String::as_str),
        );
        fields.extend(self.base_date_field());
        fields.extend([&self.term, &self.plot_ratio, &self.rate].into_iter().flatten().filter_map(Premise::field));
        fields.extend(self.kind_field());
        fields.extend(self.keep.iter().map(String::as_str));
        let mut seen: Vec<&str> = Vec::new();
        for field in fields {
            if !seen.contains(&field) {
                seen.push(field);
            }
        }
        seen
    }

    pub(super) fn base_date_field(&self) -> Option<&str> {
        self.base_date.as_deref().filter(|written| crate::land::date::parse(written).is_none())
    }

    pub(super) fn kind_field(&self) -> Option<&str> {
        self.kind.as_deref().filter(|written| !matches!(*written, "ground" | "floor"))
    }

    /// # Errors
    /// `unknown-finding`, `policy-not-allowed`.
    pub(super) fn policies(&self) -> Outcome<Policies> {
        let mut policies = Policies::default();
        let faults = self.policy.iter().filter_map(|(code, policy)| policies.set(code, policy).err()).collect();
        Fault::of_all(faults).map_or(Ok(policies), Err)
    }
}

impl Fields {
    pub(super) fn names(&self) -> &[String] {
        match self {
            Fields::One(field) => std::slice::from_ref(field),
            Fields::Wide(fields) => fields,
        }
    }
}

impl Premise {
    pub(super) fn field(&self) -> Option<&str> {
        match self {
            Premise::Field(field) => Some(field),
            Premise::Number(_) | Premise::ByUse(_) => None,
        }
    }
}
