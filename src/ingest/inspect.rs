//! What lies in a folder: every layer, table and raster with its system, its fields and some of their values.

use super::encoding::{self, Why};
use super::finding::Policies;
use super::readers::shapefile::without_cut_end;
use super::readers::{table, vector, workbook};
use crate::land::{Fault, Lang, Outcome, Values, cancel};
use crate::project::draft::{FieldInfo, FieldKind, LayerInfo, LayerKind, MOST_SAMPLES};
use crate::say;
use crate::space::{Crs, Extent, Kind, Point};
use gdal::Dataset;
use gdal::vector::{Layer, LayerAccess, OGRFieldType};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

const VECTORS: [&str; 11] = ["gpkg", "shp", "geojson", "json", "fgb", "gdb", "kml", "gml", "tab", "mif", "dxf"];
const RASTERS: [&str; 4] = ["tif", "tiff", "img", "asc"];
const TABLES: [&str; 6] = ["csv", "tsv", "xlsx", "xlsm", "xls", "ods"];

/// Every layer of the files in a folder and in the folders right inside it, by path and then as the file has them. A file that cannot be
/// read is listed as such, with the reason.
///
/// # Errors
/// `io` where the folder cannot be read; `cancelled`.
pub fn inspect(folder: &Path) -> Outcome<Vec<LayerInfo>> {
    let mut files = Vec::new();
    list(folder, folder, true, &mut files)?;
    files.sort();
    let mut layers = Vec::new();
    for name in files {
        cancel::checkpoint()?;
        let path = folder.join(&name);
        let ending = ending(&path);
        let found = match ending.as_str() {
            ending if RASTERS.contains(&ending) => raster(&path, &name).map(|info| vec![info]),
            ending if TABLES.contains(&ending) => tables(&path, &name),
            _ => vectors(&path, &name),
        };
        layers.extend(match found {
            Ok(found) => found,
            Err(fault) => vec![unreadable(fault, &path, &name)?],
        });
    }
    Ok(layers)
}

/// A layer that cannot be read, with the reason.
fn unreadable(fault: Fault, path: &Path, name: &str) -> Outcome<LayerInfo> {
    if fault.code == "cancelled" {
        return Err(fault);
    }
    let told = |lang| format!("{}; {}", fault.what.in_lang(lang), fault.help.in_lang(lang));
    let note = format!("{} / {}", told(Lang::En), told(Lang::Zh));
    Ok(LayerInfo { note, ..bare(name, path, LayerKind::Unreadable) })
}

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

/// The files of known formats, relative to `root`.
fn list(root: &Path, folder: &Path, deeper: bool, files: &mut Vec<String>) -> Outcome<()> {
    let unreadable =
        |error: std::io::Error| Fault::io(say!("cannot read the folder", "无法读取文件夹"), folder, &error);
    for entry in std::fs::read_dir(folder).map_err(unreadable)? {
        let path: PathBuf = entry.map_err(unreadable)?.path();
        let (ending, folder) = (ending(&path), path.is_dir());
        let hidden = path.file_name().is_none_or(|name| name.to_string_lossy().starts_with('.'));
        let known = [VECTORS.as_slice(), &RASTERS, &TABLES].iter().any(|known| known.contains(&ending.as_str()));
        if hidden {
            continue;
        }
        if folder && ending != "gdb" {
            if deeper {
                list(root, &path, false, files)?;
            }
        } else if known {
            let inside = path.strip_prefix(root).unwrap_or(&path);
            let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
            files.push(parts.join("/"));
        }
    }
    Ok(())
}

fn bare(name: &str, path: &Path, kind: LayerKind) -> LayerInfo {
    LayerInfo {
        path: name.to_string(),
        layer: path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default(),
        alone: true,
        kind,
        crs: None,
        encoding: None,
        features: 0,
        extent: None,
        fields: Vec::new(),
        note: String::new(),
    }
}

fn vectors(path: &Path, name: &str) -> Outcome<Vec<LayerInfo>> {
    let (mut charset, mut detected) = (None, None);
    if ending(path) == "shp" {
        let (decision, _) = encoding::of_shapefile(path, None, name, &Policies::default())?;
        charset = Some(encoding::gdal_name(decision.encoding));
        detected = (decision.why == Why::Detected).then(|| decision.encoding.name().to_string());
    }
    let dataset = vector::open(path, charset)?;
    let alone = dataset.layer_count() == 1;
    let mut layers = Vec::new();
    for mut layer in dataset.layers() {
        layers.push(LayerInfo { alone, encoding: detected.clone(), ..of_layer(&mut layer, path, name)? });
    }
    Ok(layers)
}

fn of_layer(layer: &mut Layer<'_>, path: &Path, name: &str) -> Outcome<LayerInfo> {
    let (kind, note) = match vector::kind_of(layer) {
        Some(Kind::Point) => (LayerKind::Point, ""),
        Some(Kind::Line) => (LayerKind::Line, ""),
        Some(Kind::Polygon) => (LayerKind::Polygon, ""),
        None if layer.defn().geom_fields().next().is_none() => (LayerKind::Table, ""),
        None => (LayerKind::Unreadable, "geometry of mixed or unknown kind / 几何类型混杂或未知"),
    };
    let known = vector::fields(layer, path);
    let distinct = |field: &vector::Field| {
        let kind = match field.kind {
            OGRFieldType::OFTInteger | OGRFieldType::OFTInteger64 => FieldKind::Int,
            OGRFieldType::OFTReal => FieldKind::Real,
            _ => FieldKind::Text,
        };
        Distinct::new(field.name.clone(), kind)
    };
    let mut fields: Vec<Distinct> = known.iter().map(distinct).collect();
    let mut features = 0;
    for feature in layer.features() {
        if features % 4096 == 0 {
            cancel::checkpoint()?;
        }
        features += 1;
        for (number, field) in fields.iter_mut().enumerate() {
            let value = feature.field_as_string(number).map_err(|error| vector::unreadable(path, &error))?;
            field.add(without_cut_end(value.as_deref().unwrap_or_default(), known[number].width));
        }
    }
    let envelope = layer.get_extent().ok().filter(|_| features > 0);
    Ok(LayerInfo {
        layer: layer.name(),
        crs: layer.spatial_ref().as_ref().and_then(Crs::of_srs),
        features,
        extent: envelope.map(|e| Extent { min: Point::new(e.MinX, e.MinY), max: Point::new(e.MaxX, e.MaxY) }),
        fields: fields.into_iter().map(Distinct::finish).collect(),
        note: note.to_string(),
        ..bare(name, path, kind)
    })
}

/// A text file's table, or those of a workbook's sheets; a sheet that cannot be read is listed as such.
fn tables(path: &Path, name: &str) -> Outcome<Vec<LayerInfo>> {
    let sheets = if ["csv", "tsv"].contains(&&*ending(path)) { Vec::new() } else { workbook::sheets(path)? };
    if sheets.len() < 2 {
        return Ok(vec![of_table(path, name, None)?]);
    }
    let of_sheet = |sheet: &String| {
        let found = of_table(path, name, Some(sheet)).or_else(|fault| unreadable(fault, path, name))?;
        Ok(LayerInfo { layer: sheet.clone(), alone: false, ..found })
    };
    sheets.iter().map(of_sheet).collect()
}

fn of_table(path: &Path, name: &str, sheet: Option<&str>) -> Outcome<LayerInfo> {
    let raw = table::read(path, table::Options { sheet, ..table::Options::default() })?;
    let fields = raw.columns.iter().map(|column| {
        let kind = match &column.values {
            Values::Int(_) => FieldKind::Int,
            Values::Real(_) => FieldKind::Real,
            Values::Text(_) => FieldKind::Text,
        };
        let mut field = Distinct::new(column.name.clone(), kind);
        for row in 0..raw.len() {
            match column.values.get(row) {
                crate::land::column::Value::None => field.add(""),
                crate::land::column::Value::Int(number) => field.add(&number.to_string()),
                crate::land::column::Value::Real(number) => field.add(zmij::Buffer::new().format(number)),
                crate::land::column::Value::Text(text) => field.add(text),
            }
        }
        field.finish()
    });
    let fields = fields.collect();
    Ok(LayerInfo { layer: raw.name.clone(), features: raw.len(), fields, ..bare(name, path, LayerKind::Table) })
}

fn raster(path: &Path, name: &str) -> Outcome<LayerInfo> {
    crate::space::quiet::gdal();
    let dataset = Dataset::open(path).map_err(|error| vector::unreadable(path, &error))?;
    let (columns, rows) = dataset.raster_size();
    let extent = dataset.geo_transform().ok().map(|[x, width, _, y, _, height]| {
        let far = Point::new(x + columns as f64 * width, y + rows as f64 * height);
        Extent::of(&[Point::new(x, y), far])
    });
    Ok(LayerInfo {
        crs: dataset.spatial_ref().ok().as_ref().and_then(Crs::of_srs),
        features: columns * rows,
        extent,
        ..bare(name, path, LayerKind::Raster)
    })
}

/// The distinct values of a field, as far as they are shown.
struct Distinct {
    name: String,
    kind: FieldKind,
    least: BTreeSet<String>,
    last: String,
    blanks: usize,
}

impl Distinct {
    fn new(name: String, kind: FieldKind) -> Distinct {
        Distinct { name, kind, least: BTreeSet::new(), last: String::new(), blanks: 0 }
    }

    fn add(&mut self, value: &str) {
        let value = value.trim();
        if value.is_empty() {
            self.blanks += 1;
            return;
        }
        if value > self.last.as_str() {
            self.last = value.to_string();
        }
        let full = self.least.len() > MOST_SAMPLES;
        let beyond = full && self.least.last().is_some_and(|last| value >= last.as_str());
        if !beyond && !self.least.contains(value) {
            self.least.insert(value.to_string());
            if self.least.len() > MOST_SAMPLES + 1 {
                self.least.pop_last();
            }
        }
    }

    fn finish(self) -> FieldInfo {
        let more = self.least.len() > MOST_SAMPLES;
        let samples = self.least.into_iter().take(MOST_SAMPLES).collect();
        FieldInfo { name: self.name, kind: self.kind, samples, more, last: self.last, blanks: self.blanks }
    }
}

#[cfg(test)]
#[path = "inspect_tests.rs"]
mod tests;
