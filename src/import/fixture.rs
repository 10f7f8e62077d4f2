//! What the tests of imports share: zones, their mapping, and the ways to import.

use super::*;
use crate::ingest::finding::Code;
use crate::release::PriceCell;
use std::path::PathBuf;

/// Four zones side by side along 114° E, 30° N, each 0.001° wide and high; the last is Ⅲ with a price of its own unit.
pub(super) const ZONES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"bh":"Z2","yt":"商服","jb":"一级","jg":"180","mc":"老城","xs":null},"geometry":{"type":"Polygon","coordinates":[[[114.001,30],[114.002,30],[114.002,30.001],[114.001,30.001],[114.001,30]]]}},
{"type":"Feature","properties":{"bh":"Z1","yt":"商业","jb":"Ⅰ级","jg":"180万元/亩","mc":"中街","xs":"x"},"geometry":{"type":"Polygon","coordinates":[[[114,30],[114.001,30],[114.001,30.001],[114,30.001],[114,30]]]}},
{"type":"Feature","properties":{"bh":"Z3","yt":"商服","jb":"第二级","jg":"1,350元/㎡","mc":"东门","xs":"x"},"geometry":{"type":"Polygon","coordinates":[[[114.002,30],[114.003,30],[114.003,30.001],[114.002,30.001],[114.002,30]]]}},
{"type":"Feature","properties":{"bh":"Z4","yt":"住宅","jb":"03","jg":"36.6","mc":"西门","xs":"x"},"geometry":{"type":"Polygon","coordinates":[[[114.003,30],[114.004,30],[114.004,30.001],[114.003,30.001],[114.003,30]]]}}]}"#;

pub(super) const ZONE_MAPPING: &str = r#"
source = "zones.geojson"
to = "EPSG:4547"
id = "bh"
use = "yt"
grade = "jb"
price = "jg"
price_unit = "万元/亩"
name = "mc"
base_date = "2024年1月1日"
term = { commercial = 40, residential = 70 }
plot_ratio = 2.0
kind = "ground"

[uses]
"商服" = "commercial"
"商业" = "commercial"
"住宅" = "residential"
"#;

pub(super) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

pub(super) fn run(mapping: &str, files: &[(&str, &str)]) -> Outcome<Release> {
    let folder = folder(files);
    import(&Mapping::parse(mapping).unwrap(), folder.path(), "last")
}

pub(super) fn fault(mapping: &str, files: &[(&str, &str)]) -> &'static str {
    run(mapping, files).err().expect("a fault").code
}

pub(super) fn codes(release: &Release) -> Vec<(Code, usize)> {
    release.findings.counts()
}

/// (use, grade, published) of every cell.
pub(super) fn published(release: &Release) -> Vec<(&str, u8, Option<f64>)> {
    let key = |cell: &PriceCell| release.uses[usize::from(cell.use_index)].key.as_str();
    release.cells.iter().map(|cell| (key(cell), cell.grade, cell.published)).collect()
}

pub(super) fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if !path.exists() {
        println!("skipped: shared data not present");
        return None;
    }
    Some(path)
}

/// A published table, long, in the columns of the shared data; `more` holds further keys.
pub(super) fn table(file: &str, header: u32, more: &str) -> Option<Release> {
    let folder = shared("published")?;
    // The README of the shared data: `price` is in 元/㎡.
    let unit = if more.contains("price_unit") { "" } else { "price_unit = \"元/㎡\"\n" };
    let mapping = format!(
        "source = \"{file}\"\nheader = {header}\nuse = \"use_en\"\ngrade = \"grade\"\nprice = \"price\"\nbase_date = \"base_date\"\n\
         term = \"term_years\"\nplot_ratio = \"std_far\"\nkind = \"price_kind\"\n{unit}{more}"
    );
    Some(import(&Mapping::parse(&mapping).unwrap(), &folder, "published").unwrap())
}
