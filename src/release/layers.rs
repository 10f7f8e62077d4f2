//! The factor layers of a release, one GeoParquet each, so that every score can be explained from the release alone.

use super::rows::{Columns, NOTE, Role};
use super::rows_read::{note, unfit};
use crate::formats::{Cells, Table, Written, geoparquet};
use crate::ingest::survey::Layer;
use crate::land::{Column, Outcome, Text, Values};
use crate::space::Crs;
use std::path::Path;

/// The folder of the layers in a release.
pub const FOLDER: &str = "layers";

/// The file of a factor's layer: its key where that is a plain name, its number otherwise, as texts from the data never become paths.
pub fn file_name(factor: usize, key: &str) -> String {
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let is_plain =
        !key.is_empty() && key.len() <= 60 && key.chars().all(plain) && !OWN.iter().any(|own| key.starts_with(own));
    if is_plain { format!("{FOLDER}/{key}.parquet") } else { format!("{FOLDER}/factor_{}.parquet", factor + 1) }
}

/// How the names of files begin that are no plain factor's.
const OWN: [&str; 3] = ["factor_", "barrier_", "crossings_"];

/// The files of the walls and the crossings of a barrier.
pub fn barrier_files(number: usize) -> [String; 2] {
    ["barrier", "crossings"].map(|what| format!("{FOLDER}/{what}_{}.parquet", number + 1))
}

/// The file of the network: no plain name, so that no factor's file can be called so.
pub const NETWORK: &str = "layers/network-lines.parquet";

/// Writes a layer with its labels and every column.
///
/// # Errors
/// As [`geoparquet::write`].
pub fn write(layer: &Layer, crs: &Crs, target: &Path) -> Outcome<Written> {
    let mut columns = Columns::new();
    columns.own("label", Role::Label, Cells::Text(&layer.labels));
    columns.kept(&layer.columns);
    let Columns { fields, marks, .. } = columns;
    let table = Table {
        name: layer.name.clone(),
        title: Text::same(&layer.name),
        fields,
        shapes: Some(&layer.shapes),
        crs: Some(crs),
        rows: layer.shapes.len(),
    };
    let note = serde_json::json!({ "columns": marks, "layer": layer.name }).to_string();
    geoparquet::write(&table, target, &[(NOTE, note)])
}

/// Reads a layer back.
///
/// # Errors
/// As [`geoparquet::read`]; `parquet` naming a column that is missing or does not fit.
pub fn read(path: &Path) -> Outcome<Layer> {
    let mut sheet = geoparquet::read(path)?;
    let note = note(&sheet.notes, path)?;
    let (mut labels, mut columns) = (None, Vec::new());
    for mark in note.columns {
        let values = sheet.take(&mark.column).ok_or_else(|| unfit(path, &mark.column))?;
        match (mark.role, values) {
            (Role::Label, Values::Text(texts)) => labels = Some(texts),
            (Role::Kept, values) => columns.push(Column { name: mark.name, values }),
            _ => return Err(unfit(path, &mark.column)),
        }
    }
    Ok(Layer {
        name: note.layer,
        shapes: sheet.shapes.ok_or_else(|| unfit(path, geoparquet::GEOMETRY))?,
        columns,
        labels: labels.ok_or_else(|| unfit(path, "label"))?,
    })
}
