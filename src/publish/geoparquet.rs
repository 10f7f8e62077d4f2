//! GeoParquet: the units and each other drawn layer, and the samples, a file each, for analytic engines.

use super::Options;
use super::samples_table::{sample_places, samples_table};
use super::tables::Tables;
use crate::formats::{Table, Written, geoparquet};
use crate::land::{Lang, Outcome};
use crate::say;
use std::path::Path;

/// Writes `<layer>.parquet` and the like.
pub(super) fn publish(tables: &Tables<'_>, folder: &Path, options: &Options) -> Outcome<Vec<Written>> {
    let places = sample_places(tables.release);
    let samples = samples_table(tables.release, options.lang, Some(&places));
    let write = |layer: &Table<'_>| {
        let target = folder.join(format!("{}.parquet", layer.name));
        let mut written = geoparquet::write(layer, &target, &[("fields", dictionary(layer, options.lang))])?;
        written.losses.push(say!(
            "styles are not in the file; titles and units of fields are in its metadata (key \"fields\")",
            "文件不保存样式;字段的中文名与单位在元数据 fields 中"
        ));
        Ok(written)
    };
    tables.each(&samples).map(write).collect()
}

/// Title and unit of every field, as JSON.
fn dictionary(table: &Table<'_>, lang: Lang) -> String {
    let field = |field: &crate::formats::Field<'_>| serde_json::json!({"name": field.name, "title": field.title.in_lang(lang), "unit": field.unit});
    serde_json::Value::Array(table.fields.iter().map(field).collect()).to_string()
}
