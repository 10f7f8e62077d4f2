//! Any vector layer GDAL opens, feature by feature, into flat shapes and columns, in the layer's own system and order.

use super::shapefile::{self, NAME_WIDTH, is_shapefile, without_cut_end};
use crate::ingest::dbf::{Dbf, sibling};
use crate::land::{Column, Fault, Outcome, Text, Texts, Values, cancel};
use crate::say;
use crate::space::{Crs, Kind, Shapes, quiet, wkb};
use gdal::errors::GdalError;
use gdal::vector::{Feature, Layer, LayerAccess, OGRFieldType, OGRwkbGeometryType};
use gdal::{Dataset, DatasetOptions};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A layer as it is in its file.
#[derive(Debug)]
pub struct RawLayer {
    pub name: String,
    pub crs: Option<Crs>,
    /// One feature per row; empty where the row's geometry could not be read.
    pub shapes: Shapes,
    pub columns: Vec<Column>,
    /// GDAL's feature number of each row.
    pub rows: Vec<u64>,
    /// What was the matter with a row's geometry.
    pub troubles: Vec<(usize, Trouble)>,
    /// Whether the file knows nothing but text, so that a number in it is no finding.
    pub plain_text: bool,
    /// Of columns that came as texts, for each column, the rows whose cell is a number in its file; nothing where none is known.
    pub number_cells: Vec<Vec<bool>>,
    /// Records of a shapefile that are marked as deleted and are no rows.
    pub deleted: usize,
    /// Of samples: identifiers that several rows bear, so that findings name their line as well.
    pub shared_ids: BTreeSet<String>,
}

/// A geometry that is not what the layer's other features have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    Null,
    Empty,
    /// Another kind of geometry, by its WKB type number.
    OtherKind(u32),
    Broken,
    /// Heights or measures were left out.
    HeightDropped,
    /// A ring's last point was not its first; it was closed.
    Unclosed,
}

impl Trouble {
    /// What was the matter with a geometry; heights may have been left out of a ring that was closed.
    pub(super) fn of(read: wkb::Read) -> impl Iterator<Item = Trouble> {
        let (one, other) = match read {
            wkb::Read::Done { closed, lifted } => {
                (closed.then_some(Trouble::Unclosed), lifted.then_some(Trouble::HeightDropped))
            }
            wkb::Read::Empty => (Some(Trouble::Empty), None),
            wkb::Read::OtherKind(code) => (Some(Trouble::OtherKind(code)), None),
            wkb::Read::Broken => (Some(Trouble::Broken), None),
        };
        one.into_iter().chain(other)
    }
}

/// Reads a layer with the fields asked for. `encoding` is what GDAL is told of a shapefile's text.
///
/// # Errors
/// `unreadable-file`, `missing-layer` (with the layers there are), `missing-field` (with the fields there are), `no-geometry`.
pub fn read(path: &Path, layer: Option<&str>, fields: &[&str], encoding: Option<&str>) -> Outcome<RawLayer> {
    read_from(&open(path, encoding)?, path, layer, fields)
}

/// The file opened last. A project names many layers of one file, and opening a file costs more than reading a small layer.
#[derive(Default)]
pub struct Opened(Option<(PathBuf, Option<String>, Dataset)>);

impl Opened {
    /// # Errors
    /// `unreadable-file`.
    pub fn open(&mut self, path: &Path, encoding: Option<&str>) -> Outcome<&Dataset> {
        let known = self.0.take().filter(|(last, told, _)| last == path && told.as_deref() == encoding);
        let opened = match known {
            Some(known) => known,
            None => (path.to_path_buf(), encoding.map(String::from), open(path, encoding)?),
        };
        Ok(&self.0.insert(opened).2)
    }
}

/// As [`read`], from a file that is open.
///
/// # Errors
/// As [`read`].
pub fn read_from(dataset: &Dataset, path: &Path, layer: Option<&str>, fields: &[&str]) -> Outcome<RawLayer> {
    let mut layer = find(dataset, layer, path)?;
    // A GeoJSON file without features has no fields either; that it is empty is what there is to say of it.
    let blank = layer.defn().fields().next().is_none() && layer.feature_count() == 0;
    let number = |field: &&str| if blank { Ok((0, FieldKind::Text(0))) } else { number_of(&layer, field, path) };
    let numbers = fields.iter().map(number).collect::<Outcome<Vec<_>>>()?;
    let kind = kind_of(&mut layer).ok_or_else(|| {
        let name = layer.name();
        Fault::new(
            "no-geometry",
            say!("the layer {name} has no points, lines or polygons", "图层 {name} 没有点、线或面"),
            say!("choose a layer with geometry", "请选择有几何的图层"),
        )
        .at(path.display())
    })?;
    let mut raw = RawLayer {
        name: layer.name(),
        crs: layer.spatial_ref().as_ref().and_then(Crs::of_srs),
        shapes: Shapes::new(kind),
        columns: Vec::new(),
        rows: Vec::new(),
        troubles: Vec::new(),
        plain_text: dataset.driver().short_name() == "CSV",
        number_cells: Vec::new(),
        deleted: 0,
        shared_ids: BTreeSet::new(),
    };
    raw.columns = fields
        .iter()
        .zip(&numbers)
        .map(|(name, &(_, kind))| Column { name: (*name).to_string(), values: values(kind) })
        .collect();
    let driver = dataset.driver().short_name();
    if ["GPKG", "FlatGeobuf"].contains(&driver.as_str()) {
        super::arrow::read(&mut layer, &mut raw, path)?;
        if driver == "GPKG" {
            super::loose::keep_texts(dataset, &mut raw, path)?;
        }
        return Ok(raw);
    }
    for feature in layer.features() {
        if raw.rows.len().is_multiple_of(4096) {
            cancel::checkpoint()?;
        }
        raw.push_geometry(&feature);
        for (column, &field) in raw.columns.iter_mut().zip(&numbers) {
            push_value(&mut column.values, &feature, field).map_err(|error| unreadable(path, &error))?;
        }
        raw.rows.push(feature.fid().unwrap_or(raw.rows.len() as u64));
    }
    if is_shapefile(path) {
        let fields: Vec<usize> = numbers.iter().map(|(number, _)| *number).collect();
        shapefile::complete(&mut raw, &fields, path)?;
    }
    Ok(raw)
}

/// Opens a file; `encoding` is what GDAL is told of a shapefile's text.
///
/// # Errors
/// `unreadable-file`; of shapefiles `missing-shx`, `cut-short` and `broken-dbf`.
pub(in crate::ingest) fn open(path: &Path, encoding: Option<&str>) -> Outcome<Dataset> {
    quiet::gdal();
    let option = encoding.map(|encoding| format!("ENCODING={encoding}"));
    let options: Vec<&str> = option.as_deref().into_iter().collect();
    let shapefile = is_shapefile(path);
    if let Some(table) = shapefile.then(|| sibling(path, "dbf")).flatten() {
        Dbf::open(&table)?.check_rows(path)?;
    }
    let open = DatasetOptions { open_options: shapefile.then_some(options.as_slice()), ..DatasetOptions::default() };
    Dataset::open_ex(path, open).map_err(|error| unreadable(path, &error))
}

impl RawLayer {
    /// What is said of deleted records; `None` where there are none.
    pub fn told_of_deleted(&self) -> Option<Text> {
        let count = self.deleted;
        (count > 0).then(|| {
            say!(
                "{count} records of the .dbf are marked as deleted; their features were not read",
                ".dbf 中有 {count} 条记录带删除标记,其要素未读取"
            )
        })
    }

    /// Makes texts of a number column, `found` the rows with the text in their place and whether it is a number in the file.
    pub(super) fn keep_as_texts(&mut self, column: usize, found: Vec<(usize, String, bool)>) {
        let values = &mut self.columns[column].values;
        let mut texts: Vec<String> = (0..values.len()).map(|row| values.get(row).to_string()).collect();
        let mut numbers = vec![true; texts.len()];
        for (row, text, number) in found {
            (texts[row], numbers[row]) = (text, number);
        }
        *values = Values::Text(texts.into_iter().collect::<Texts>());
        self.number_cells.resize(self.columns.len(), Vec::new());
        self.number_cells[column] = numbers;
    }

    fn push_geometry(&mut self, feature: &Feature<'_>) {
        let row = self.shapes.len();
        // A row without geometry comes as a geometry without bytes.
        let bytes = feature.geometry().map(|geometry| geometry.wkb().unwrap_or_default());
        match bytes.filter(|bytes| !bytes.is_empty()) {
            None => {
                self.shapes.end_feature();
                self.troubles.push((row, Trouble::Null));
            }
            Some(bytes) => {
                let troubles = Trouble::of(wkb::read(&bytes, &mut self.shapes));
                self.troubles.extend(troubles.map(|trouble| (row, trouble)));
            }
        }
    }
}

/// The names of a layer's fields.
///
/// # Errors
/// `missing-layer`.
pub(in crate::ingest) fn field_names(dataset: &Dataset, layer: Option<&str>, path: &Path) -> Outcome<Vec<String>> {
    Ok(fields(&find(dataset, layer, path)?, path).into_iter().map(|field| field.name).collect())
}

fn find<'a>(dataset: &'a Dataset, wanted: Option<&str>, path: &Path) -> Outcome<Layer<'a>> {
    let names = dataset.layers().map(|layer| layer.name()).collect::<Vec<_>>();
    let place = match wanted {
        Some(wanted) => names.iter().position(|name| name == wanted),
        None => (names.len() == 1).then_some(0),
    };
    let listed = names.join(", ");
    let what = match wanted {
        Some(wanted) => say!("there is no layer \"{wanted}\"", "没有图层「{wanted}」"),
        None => say!("the file does not have exactly one layer", "文件中的图层不止一个,或没有图层"),
    };
    let layer = place.and_then(|at| dataset.layer(at).ok());
    layer.ok_or_else(|| {
        Fault::new("missing-layer", what, say!("its layers are: {listed}", "现有图层:{listed}")).at(path.display())
    })
}

/// What a field's column starts as.
#[derive(Clone, Copy)]
enum FieldKind {
    Int,
    Real,
    /// With the bytes it has in a shapefile, 0 elsewhere.
    Text(usize),
}

/// A field as a layer has it.
pub(in crate::ingest) struct Field {
    pub name: String,
    pub kind: OGRFieldType::Type,
    /// Bytes of a text field of a shapefile; 0 elsewhere.
    pub width: usize,
}

/// The fields of a layer, in the order of their numbers.
pub(in crate::ingest) fn fields(layer: &Layer<'_>, path: &Path) -> Vec<Field> {
    let shapefile = is_shapefile(path);
    let of = |field: gdal::vector::Field<'_>| {
        let (name, kind) = (field.name(), field.field_type());
        if !shapefile {
            return Field { name, kind, width: 0 };
        }
        let name = without_cut_end(&name, NAME_WIDTH).to_string();
        Field { name, kind, width: usize::try_from(field.width()).unwrap_or(0) }
    };
    layer.defn().fields().map(of).collect()
}

fn number_of(layer: &Layer<'_>, field: &str, path: &Path) -> Outcome<(usize, FieldKind)> {
    let known = fields(layer, path);
    let Some(number) = known.iter().position(|known| known.name == field) else {
        let names: Vec<&str> = known.iter().map(|known| known.name.as_str()).collect();
        let (name, listed) = (layer.name(), names.join(", "));
        let help = if names.is_empty() {
            say!(
                "it has no fields at all, only geometry: add the field, or choose a layer with attributes",
                "该图层只有几何,没有任何字段:请添加该字段,或选用带属性的图层"
            )
        } else {
            say!("its fields are: {listed}", "现有字段:{listed}")
        };
        return Err(Fault::new(
            "missing-field",
            say!("the layer {name} has no field \"{field}\"", "图层 {name} 没有字段「{field}」"),
            help,
        )
        .at(path.display()));
    };
    Ok((
        number,
        match known[number].kind {
            OGRFieldType::OFTInteger | OGRFieldType::OFTInteger64 => FieldKind::Int,
            OGRFieldType::OFTReal => FieldKind::Real,
            _ => FieldKind::Text(known[number].width),
        },
    ))
}

/// What a layer's features are: as it declares, else as most of its features are; `None` of a table without geometry.
pub(in crate::ingest) fn kind_of(layer: &mut Layer<'_>) -> Option<Kind> {
    let declared = layer.defn().geom_fields().next()?.field_type();
    if [OGRwkbGeometryType::wkbUnknown, OGRwkbGeometryType::wkbGeometryCollection].contains(&flat(declared)) {
        return Some(kind_of_most(layer));
    }
    kind_of_type(declared)
}

/// A file of polygons and multi-polygons, of several kinds, or without a feature declares no kind (or a collection of any). The kind most features have (of equally
/// many, polygons before lines before points) is the layer's; the others are findings. Without any geometry, polygons are assumed.
fn kind_of_most(layer: &mut Layer<'_>) -> Kind {
    let mut counts = [(Kind::Polygon, 0u64), (Kind::Line, 0), (Kind::Point, 0)];
    for feature in layer.features() {
        let kind = feature.geometry().and_then(|geometry| kind_of_type(geometry.geometry_type()));
        counts.iter_mut().filter(|(known, _)| Some(*known) == kind).for_each(|(_, count)| *count += 1);
    }
    // The first of the most, not the last.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(Kind::Polygon, |(kind, _)| *kind)
}

fn kind_of_type(code: OGRwkbGeometryType::Type) -> Option<Kind> {
    match flat(code) {
        OGRwkbGeometryType::wkbPoint | OGRwkbGeometryType::wkbMultiPoint => Some(Kind::Point),
        OGRwkbGeometryType::wkbLineString | OGRwkbGeometryType::wkbMultiLineString => Some(Kind::Line),
        OGRwkbGeometryType::wkbPolygon | OGRwkbGeometryType::wkbMultiPolygon => Some(Kind::Polygon),
        // The kinds that may have arcs: features that do are findings.
        OGRwkbGeometryType::wkbCircularString | OGRwkbGeometryType::wkbCompoundCurve => Some(Kind::Line),
        OGRwkbGeometryType::wkbMultiCurve => Some(Kind::Line),
        OGRwkbGeometryType::wkbCurvePolygon | OGRwkbGeometryType::wkbMultiSurface => Some(Kind::Polygon),
        _ => None,
    }
}

/// GDAL's types: 1 to 6 flat, plus 1000, 2000 or 3000 for Z, M and ZM, or its own high bit for Z.
fn flat(code: OGRwkbGeometryType::Type) -> OGRwkbGeometryType::Type {
    (code & 0x7fff_ffff) % 1000
}

fn values(kind: FieldKind) -> Values {
    match kind {
        FieldKind::Int => Values::Int(Vec::new()),
        FieldKind::Real => Values::Real(Vec::new()),
        FieldKind::Text(_) => Values::Text(Texts::default()),
    }
}

fn push_value(column: &mut Values, feature: &Feature<'_>, field: (usize, FieldKind)) -> Result<(), GdalError> {
    let (number, kind) = field;
    match column {
        Values::Int(values) => {
            let value = feature.field_as_integer64(number)?;
            values.push(if value == Some(0) && absent(feature, number)? { None } else { value });
        }
        Values::Real(values) => {
            let value = feature.field_as_double(number)?.unwrap_or(f64::NAN);
            values.push(if value == 0.0 && absent(feature, number)? { f64::NAN } else { value });
        }
        Values::Text(values) => {
            let text = feature.field_as_string(number)?.unwrap_or_default();
            let width = if let FieldKind::Text(width) = kind { width } else { 0 };
            values.push(without_cut_end(&text, width));
        }
    }
    Ok(())
}

/// A property that a GeoJSON feature leaves out counts to GDAL as 0, not as null; as a text it is empty.
fn absent(feature: &Feature<'_>, number: usize) -> Result<bool, GdalError> {
    Ok(feature.field_as_string(number)?.is_none_or(|text| text.is_empty()))
}

pub(in crate::ingest) fn unreadable(path: &Path, error: &GdalError) -> Fault {
    let said = match error {
        GdalError::NullPointer { msg, .. } | GdalError::CplError { msg, .. } => msg.trim().to_string(),
        other => other.to_string(),
    };
    let hollow = std::fs::metadata(path).is_ok_and(|found| found.is_file() && found.len() == 0);
    let what = match () {
        () if hollow => say!("the file is empty", "文件是空的"),
        () if said.is_empty() => say!("GDAL knows no format it could be", "GDAL 不认识该文件的格式"),
        () => say!("GDAL cannot read it: {said}", "GDAL 无法读取:{said}"),
    };
    Fault::new(
        "unreadable-file",
        what,
        say!("check that it is a GIS file and that it is whole", "请确认是完整的 GIS 文件"),
    )
    .at(path.display())
}

#[cfg(test)]
#[path = "vector_tests.rs"]
mod tests;
