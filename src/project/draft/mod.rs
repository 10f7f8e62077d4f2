//! A project file drafted from a folder of layers: what their names, fields and values suggest, with a mark where a person must decide.
//!
//! `ingest::inspect` fills the [`LayerInfo`]s; nothing here opens a file.

mod choose;
mod factors;
mod fields;
mod home;
mod index;
mod place;
mod prices;
mod questions;
mod quote;
mod roles;
mod uses;

use crate::space::{Crs, Extent};
use choose::{Chosen, choose};
use home::Home;
pub use questions::questions;
use quote::{comment, quoted};
use std::fmt::Write;
use std::path::Path;

/// What a layer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerKind {
    Point,
    Line,
    Polygon,
    /// Rows without geometry.
    Table,
    Raster,
    /// A file that could not be read; the note says why.
    Unreadable,
}

/// A layer of a folder, as far as a draft needs to know it.
#[derive(Clone, Debug)]
pub struct LayerInfo {
    /// The file, relative to the folder, with `/` between its parts.
    pub path: String,
    pub layer: String,
    /// Whether the file holds no other layer.
    pub alone: bool,
    pub kind: LayerKind,
    pub crs: Option<Crs>,
    /// The encoding of a shapefile's text, where the file itself does not tell it.
    pub encoding: Option<String>,
    /// Rows; cells of a raster.
    pub features: usize,
    pub extent: Option<Extent>,
    pub fields: Vec<FieldInfo>,
    /// What is the matter with it; empty where nothing is.
    pub note: String,
}

/// A field of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldInfo {
    pub name: String,
    pub kind: FieldKind,
    /// The first distinct values, by their bytes, at most [`MOST_SAMPLES`].
    pub samples: Vec<String>,
    /// Whether there are more distinct values.
    pub more: bool,
    /// The last value by its bytes; empty where there are none.
    pub last: String,
    /// Rows without a value.
    pub blanks: usize,
}

/// How many distinct values a field shows.
pub const MOST_SAMPLES: usize = 12;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    Int,
    Real,
    Text,
}

impl LayerInfo {
    /// The file's layer as a person would call it.
    fn label(&self) -> String {
        if self.alone { self.path.clone() } else { format!("{} · {}", self.path, self.layer) }
    }

    /// The names that may tell what the layer is for, and whose they are in both languages: of a file with one layer first the file's.
    fn names(&self) -> Vec<(&str, &'static str)> {
        let layer = (self.layer.as_str(), "the layer's name / 按图层名推测");
        let file = self.path.rsplit('/').next().unwrap_or_default();
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        if !self.alone || stem == self.layer {
            return vec![layer];
        }
        vec![(stem, "the file's name / 按文件名推测"), layer]
    }

    /// The keys that name the layer, and a comment behind the last.
    fn source_keys(&self, home: &Home) -> (Vec<String>, &'static str) {
        let mut keys = vec![format!("source = {}", quoted(&self.path))];
        if !self.alone {
            keys.push(format!("layer = {}", quoted(&self.layer)));
        }
        if let Some(encoding) = &self.encoding {
            keys.push(format!("encoding = {}", quoted(encoding)));
        }
        let told = self.crs.is_some() || self.kind == LayerKind::Table;
        if told {
            return (keys, "");
        }
        if home.meets(self.extent) {
            keys.push(format!("crs = {}", quoted(&home.crs)));
            return (keys, "  # ? the file tells none; it lies on the units / 文件未说明坐标系,坐标落在单元范围内");
        }
        (keys, "\n# ? the file tells no coordinate system / 文件未说明坐标系: crs = \"EPSG:…\"")
    }

    /// The keys that name the layer, one per line.
    fn source_lines(&self, home: &Home) -> String {
        let (keys, comment) = self.source_keys(home);
        format!("{}{comment}\n", keys.join("\n"))
    }
}

/// The text of a project file for the layers of a folder: what was guessed and from what, `# ?` where the user must decide. Equal layers
/// give equal bytes.
pub fn draft(folder: &Path, layers: &[LayerInfo]) -> String {
    let mut chosen = choose(layers);
    let home = Home::of(chosen.units.as_ref().map(|(info, _)| *info));
    let mut unit_lines = String::new();
    let use_field = units(&mut unit_lines, chosen.units.as_ref(), &home);
    let mut uses = uses::of_field(use_field);
    let sales = chosen.sales(&home, uses.len() > 1);
    let unknown = uses::add_spellings(&mut uses, sales.as_ref().and_then(|sales| sales.use_field));
    let found = index::index(layers);
    chosen.settle(found.as_ref(), sales.is_some());
    let index_date = found.as_ref().map(index::Index::base_date);
    let index = sales.as_ref().map(|sales| index::fitting(found, sales, &uses));

    let mut out = String::from(
        "# Drafted from the layers of this folder. Lines marked \"# ?\" are guesses that need a decision.\n\
         # 根据本文件夹的图层起草。标有「# ?」的行是推测,须由人决定。\n\n[project]\n",
    );
    let name = folder.file_name().map_or_else(|| "project".into(), |name| name.to_string_lossy().into_owned());
    let _ = writeln!(out, "name = {}  # ? the title of the release / 成果名称", quoted(&name));
    let _ = writeln!(out, "crs = {}  # {}", quoted(&home.crs), home.why);
    let of_index = index_date.filter(|_| index.as_ref().is_none_or(Result::is_ok));
    base_date(&mut out, of_index, sales.as_ref());
    if let Some(area) = chosen.graded_area {
        let (keys, comment) = area.source_keys(&home);
        let _ = writeln!(out, "graded_area = {{ {} }}{comment}", keys.join(", "));
    }
    out.push_str(&unit_lines);
    let (drafted, incomplete) = factors::draft(&chosen.factors, &home);
    chosen.unused.extend(incomplete);
    let premises =
        sales.as_ref().map(|sales| uses::Premises { plot_ratio: sales.plot_ratio.is_some(), floor: sales.of_floors() });
    let count = chosen.units.as_ref().map_or(0, |(info, _)| info.features);
    uses::write(&mut out, &uses, &drafted, count, premises.as_ref());
    drafted.iter().for_each(|factor| out.push_str(&factor.text));
    if let Some((sales, index)) = sales.as_ref().zip(index.as_ref()) {
        prices::write(&mut out, sales, index, &uses, &home);
        if !unknown.is_empty() {
            let unknown = comment(&unknown.join(", "));
            let _ = writeln!(
                out,
                "# ? samples of uses that no unit has: {unknown}; add them to the spellings of a use, or leave them out with [policy] unknown-use = \"repair\" / 样点中另有用途:{unknown};请并入某用途的 spellings,或写 [policy] unknown-use = \"repair\" 不采用"
            );
        }
    }
    unused(&mut out, chosen);
    out
}

fn base_date(out: &mut String, of_index: Option<String>, sales: Option<&prices::Sales<'_>>) {
    let _ = match (of_index, sales.and_then(prices::Sales::latest)) {
        (Some(date), _) => {
            writeln!(out, "base_date = \"{date}\"  # ? the day after the last quarter of the index / 指数末季度次日")
        }
        (None, Some(latest)) => writeln!(
            out,
            "base_date = \"{}-01-01\"  # ? 1 January after the latest sale, {latest} / 最晚样点({latest})次年 1 月 1 日",
            latest.year() + 1
        ),
        (None, None) => writeln!(out, "# base_date = \"…\"  # ? the date the prices stand for / 估价期日"),
    };
}

/// The layers left out, each with the reason.
fn unused(out: &mut String, mut chosen: Chosen<'_>) {
    if chosen.unused.is_empty() {
        return;
    }
    chosen.unused.sort_by(|a, b| (&a.info.path, &a.info.layer).cmp(&(&b.info.path, &b.info.layer)));
    out.push_str("\n# Not used; any layer or raster can be made a factor: add [[factors]] for it / 未使用的图层;若为定级因素,请自行添加 [[factors]]:\n");
    for unused in chosen.unused {
        let _ = writeln!(out, "#   {}: {}", comment(&unused.info.label()), unused.why);
    }
}

/// The units; gives the field of their use.
fn units<'a>(out: &mut String, units: Option<&(&'a LayerInfo, String)>, home: &Home) -> Option<&'a FieldInfo> {
    out.push_str("\n[units]\n# they can be made instead, as a grid, a quadtree or an overlay: make = \"quadtree\" / 也可由程序划分:网格、四叉树或叠置\n");
    let Some((info, why)) = units else {
        out.push_str("source = \"?\"  # ? no polygon layer was found: the grading units / 没有找到面图层(定级单元)\nid = \"?\"  # ? the field that identifies a unit / 编号字段\n");
        return None;
    };
    let (why, count) = (comment(why), info.features);
    let _ = write!(out, "# {why}; {count} features / 要素\n{}", info.source_lines(home));
    match fields::find(info, fields::ID).or_else(|| info.fields.first()) {
        Some(field) => {
            let sure = fields::find(info, fields::ID).is_some();
            let mark = if sure { "" } else { "  # ? which field identifies a unit / 哪个字段是编号" };
            let _ = writeln!(out, "id = {}{mark}", quoted(&field.name));
        }
        None => out.push_str("id = \"?\"  # ? the layer has no fields / 图层没有字段\n"),
    }
    let use_field = fields::find_like(info, fields::USE, |field| !field.samples.is_empty());
    match use_field {
        Some(field) => {
            let _ = writeln!(out, "use = {}", quoted(&field.name));
        }
        None => {
            out.push_str("# use = \"…\"  # ? no field of the use was found: one use only / 未找到用途字段,按单一用途\n")
        }
    }
    let kept: Vec<String> = [fields::ADDRESS, fields::DISTRICT]
        .iter()
        .filter_map(|words| fields::find(info, words))
        .map(|field| quoted(&field.name))
        .collect();
    if !kept.is_empty() {
        let _ = writeln!(out, "keep = [{}]", kept.join(", "));
    }
    use_field
}

#[cfg(test)]
#[path = "draft_tests.rs"]
mod tests;
