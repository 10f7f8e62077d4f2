//! A project file drafted from a folder of layers: what their names, fields and values suggest, with a mark where a person must decide.
//!
//! `ingest::inspect` fills the [`LayerInfo`]s; nothing here opens a file.

mod factors;
mod fields;
mod prices;
mod quote;
mod roles;
mod uses;

use crate::space::{Crs, Extent, Point, zone};
use quote::{comment, quoted};
use roles::{Role, role_of};
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

    /// The keys that name the layer, one per line.
    fn source_lines(&self) -> String {
        let mut lines = format!("source = {}\n", quoted(&self.path));
        if !self.alone {
            let _ = writeln!(lines, "layer = {}", quoted(&self.layer));
        }
        if let Some(encoding) = &self.encoding {
            let _ = writeln!(lines, "encoding = {}", quoted(encoding));
        }
        if self.crs.is_none() && self.kind != LayerKind::Table {
            lines.push_str("# ? the file tells no coordinate system / 文件未说明坐标系: crs = \"EPSG:…\"\n");
        }
        lines
    }

    /// The same keys in one line, for an inline table.
    fn source_inline(&self) -> String {
        let lines = self.source_lines();
        lines.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join(", ")
    }
}

/// What each layer was taken for.
struct Chosen<'a> {
    units: Option<(&'a LayerInfo, String)>,
    samples: Option<&'a LayerInfo>,
    graded_area: Option<&'a LayerInfo>,
    factors: Vec<(Role, &'a LayerInfo, String)>,
    unused: Vec<&'a LayerInfo>,
}

fn choose(layers: &[LayerInfo]) -> Chosen<'_> {
    let mut chosen = Chosen { units: None, samples: None, graded_area: None, factors: Vec::new(), unused: Vec::new() };
    for info in layers {
        match role_of(info) {
            Some((Role::Units, why)) if chosen.units.is_none() => chosen.units = Some((info, why)),
            Some((Role::Samples, _)) if chosen.samples.is_none() => chosen.samples = Some(info),
            Some((Role::GradedArea, _)) if chosen.graded_area.is_none() => chosen.graded_area = Some(info),
            Some((role, why)) if role.share(uses::Class::Other) > 0 => chosen.factors.push((role, info, why)),
            _ => chosen.unused.push(info),
        }
    }
    if chosen.units.is_none() {
        // The most features, the first by name among equals.
        let polygons = chosen.unused.iter().enumerate().filter(|(_, info)| info.kind == LayerKind::Polygon);
        if let Some((at, _)) = polygons.max_by_key(|(at, info)| (info.features, usize::MAX - at)) {
            let why = "? the polygon layer with the most features / 要素最多的面图层".to_string();
            chosen.units = Some((chosen.unused.remove(at), why));
        }
    }
    chosen.factors.sort_by_key(|(role, ..)| *role);
    chosen
}

/// The text of a project file for the layers of a folder: what was guessed and from what, `# ?` where the user must decide. Equal layers
/// give equal bytes.
pub fn draft(folder: &Path, layers: &[LayerInfo]) -> String {
    let chosen = choose(layers);
    let mut out = String::from(
        "# Drafted from the layers of this folder. Lines marked \"# ?\" are guesses that need a decision.\n\
         # 根据本文件夹的图层起草。标有「# ?」的行是推测,须由人决定。\n\n[project]\n",
    );
    let name = folder.file_name().map_or_else(|| "project".into(), |name| name.to_string_lossy().into_owned());
    let _ = writeln!(out, "name = {}", quoted(&name));
    crs(&mut out, chosen.units.as_ref().map(|(info, _)| *info));
    let index = prices::index(layers);
    match index.as_ref().and_then(prices::Index::base_date) {
        Some(date) => {
            let _ = writeln!(
                out,
                "base_date = \"{date}\"  # ? the day after the last quarter of the index / 指数末季度次日"
            );
        }
        None => out.push_str("# base_date = \"…\"  # ? the date the prices stand for / 估价期日\n"),
    }
    if let Some(area) = chosen.graded_area {
        let _ = writeln!(out, "graded_area = {{ {} }}", area.source_inline());
    }
    let use_field = units(&mut out, chosen.units.as_ref());
    let drafted = factors::draft(&chosen.factors);
    let uses = uses::of_field(use_field);
    let sales = chosen.samples.and_then(prices::samples);
    uses::write(&mut out, &uses, &drafted, sales.is_some());
    drafted.iter().for_each(|factor| out.push_str(&factor.text));
    if let Some(sales) = &sales {
        prices::write(&mut out, sales, index.as_ref(), &uses);
    } else if let Some(info) = chosen.samples {
        let _ = writeln!(out, "# {}: samples without a price field / 样点图层无价格字段", comment(&info.label()));
    }
    let named: Vec<&str> = drafted.iter().map(|factor| factor.path_and_layer.as_str()).collect();
    let skipped = chosen.factors.iter().map(|(_, info, _)| *info).filter(|info| !named.contains(&&*info.label()));
    let index_path = index.as_ref().filter(|_| sales.is_some()).map(|index| index.path.as_str());
    let unused: Vec<_> =
        chosen.unused.iter().copied().chain(skipped).filter(|info| Some(info.path.as_str()) != index_path).collect();
    if !unused.is_empty() {
        out.push_str("# Not used / 未使用的图层:\n");
        for info in unused {
            let note = if info.note.is_empty() { String::new() } else { format!(" ({})", comment(&info.note)) };
            let _ = writeln!(out, "#   {}{note}", comment(&info.label()));
        }
    }
    out
}

/// The project's system: the units' where it is projected in metres.
fn crs(out: &mut String, units: Option<&LayerInfo>) {
    let metric = |crs: &&Crs| !crs.geographic && (crs.metres_per_unit - 1.0).abs() < 1e-12;
    let own = units.and_then(|info| info.crs.as_ref());
    if let Some(crs) = own.filter(metric) {
        let definition = crs.epsg.map_or_else(|| crs.wkt.clone(), |code| format!("EPSG:{code}"));
        let _ = writeln!(out, "crs = {}  # of the units, {} / 与单元图层相同", quoted(&definition), comment(&crs.name));
        return;
    }
    let extent = units.filter(|_| own.is_some_and(|crs| crs.geographic)).and_then(|info| info.extent);
    let (code, why) = match extent.filter(|extent| !extent.is_empty()) {
        Some(Extent { min, max }) => {
            let middle = Point::new((min.x + max.x) / 2.0, (min.y + max.y) / 2.0);
            (
                zone::suitable(middle),
                "the units are in degrees; a projected system near them / 单元为经纬度,取邻近的投影坐标系",
            )
        }
        None => (4547, "the units' system is unknown; this is an example / 单元坐标系未知,此为示例"),
    };
    let _ = writeln!(out, "crs = \"EPSG:{code}\"  # ? {why}");
}

/// The units; gives the field of their use.
fn units<'a>(out: &mut String, units: Option<&(&'a LayerInfo, String)>) -> Option<&'a FieldInfo> {
    out.push_str("\n[units]\n");
    let Some((info, why)) = units else {
        out.push_str("# ? no polygon layer was found / 没有找到面图层\nsource = \"?\"\nid = \"?\"\n");
        return None;
    };
    let (why, count) = (comment(why), info.features);
    let _ = write!(out, "# {why}; {count} features / 要素\n{}", info.source_lines());
    match fields::find(info, fields::ID).or_else(|| info.fields.first()) {
        Some(field) => {
            let sure = fields::find(info, fields::ID).is_some();
            let mark = if sure { "" } else { "  # ? which field identifies a unit / 哪个字段是编号" };
            let _ = writeln!(out, "id = {}{mark}", quoted(&field.name));
        }
        None => out.push_str("id = \"?\"  # ? the layer has no fields / 图层没有字段\n"),
    }
    let use_field = fields::find(info, fields::USE).filter(|field| !field.samples.is_empty());
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
