//! PMTiles: zones, units, parcels, areas and streets as vector tiles in one archive, for maps on a server.

use super::Options;
use super::tables::Tables;
use crate::formats::geojson::degrees_of;
use crate::formats::{Part, Table, Written};
use crate::land::column::Value;
use crate::land::{Fault, Lang, Outcome};
use crate::say;
use crate::space::Shapes;
use crate::space::crs::transform;
use crate::tiles::{self, Layer, Tag};
use std::path::Path;

/// The largest zoom, and the least that a city is seen at.
const MOST: u8 = 14;
const LEAST: u8 = 5;

/// Fields of tiles: what a reader asks a map for. Others are in the other formats.
const KEPT: [&str; 12] = [
    "use",
    "grade",
    "label",
    "price",
    "price_mu",
    "total",
    "area",
    "district",
    "name",
    "plot_ratio",
    "units",
    "street",
];

/// Writes `<layer>.pmtiles`.
pub(super) fn publish(tables: &Tables<'_>, folder: &Path, options: &Options) -> Outcome<Vec<Written>> {
    let all: Vec<&Table<'_>> = std::iter::once(&tables.units).chain(tables.drawn()).collect();
    let mut carried: Vec<Shapes> = Vec::new();
    for table in &all {
        let mut shapes = table.shapes.cloned().unwrap_or_else(|| Shapes::new(crate::space::Kind::Polygon));
        if let Some(crs) = table.crs {
            let degrees = degrees_of(crs)?;
            if !crs.same_as(&degrees) {
                transform(&mut shapes, crs, &degrees)?;
            }
        }
        carried.push(shapes);
    }
    let extent = carried.iter().fold(carried[0].extent(), |all, own| all.union(own.extent()));
    let least = tiles::zoom_of(extent, 1.0, MOST - 1).max(LEAST);
    let id = options.selection.id.as_str();
    let tags: Vec<Box<dyn Fn(usize) -> Vec<Tag> + Sync + '_>> = all.iter().map(|table| tags(table, id)).collect();
    let zones = &tables.release.map.zones.uses;
    let layers = all.iter().zip(&carried).zip(&tags).enumerate().map(|(at, ((table, shapes), tags))| {
        let is_zones = table.name == tables.zones.name && table.rows == zones.len();
        let zooms = if at == 0 || table.name == tables.parcels.name { MOST..=MOST } else { least..=MOST };
        let groups = is_zones.then_some(zones.as_slice());
        // The archive names layers as the files of the other formats are named.
        Layer {
            name: NAMES.iter().find(|name| **name == table.name).copied().unwrap_or("units"),
            shapes,
            zooms,
            groups,
            numbered: false,
            tags: &**tags,
        }
    });
    let layers: Vec<Layer<'_>> = layers.collect();
    let metadata = metadata(&all, &layers, options.lang);
    let bytes = tiles::archive(&layers, extent, &metadata)?;
    let part = Part::new(folder.join(format!("{}.pmtiles", tables.units.name)))?;
    let path = part.target().to_path_buf();
    std::fs::write(part.path(), bytes)
        .map_err(|error| Fault::io(say!("cannot write the tiles", "无法写出瓦片"), &path, &error))?;
    let losses = vec![say!(
        "places are snapped to 0.3 m and in Web Mercator; units are in the tiles of zoom 14 only; of the fields the identifier, use, grade, prices, total and area are kept",
        "坐标取至 0.3 米网格,投影为 Web 墨卡托;定级单元只在第 14 级瓦片中;字段只保留编号、用途、级别、地价、总分和面积"
    )];
    Ok(vec![Written { path, beside: Vec::new(), rows: tables.units.rows, replaced: part.commit()?, losses }])
}

/// The layers' names.
const NAMES: [&str; 4] = ["zones", "parcels", "price_areas", "price_streets"];

/// The kept fields of a row.
fn tags<'a>(table: &'a Table<'a>, id: &str) -> Box<dyn Fn(usize) -> Vec<Tag> + Sync + 'a> {
    let known =
        |name: &str| if name == id || name == "id" { Some("id") } else { KEPT.into_iter().find(|own| *own == name) };
    let fields: Vec<_> = table.fields.iter().filter_map(|field| Some((known(&field.name)?, &field.cells))).collect();
    Box::new(move |row| {
        let tag = |(key, cells): &(&'static str, &crate::formats::Cells<'_>)| match cells.get(row) {
            Value::None => None,
            Value::Int(value) if *key == "id" => Some(Tag::Text(key, value.to_string())),
            Value::Int(value) => Some(Tag::Int(key, value)),
            Value::Real(value) => Some(Tag::Real(key, value)),
            Value::Text(value) => Some(Tag::Text(key, value.to_string())),
        };
        fields.iter().filter_map(tag).collect()
    })
}

/// What map servers are told of the layers.
fn metadata(tables: &[&Table<'_>], layers: &[Layer<'_>], lang: Lang) -> String {
    let of_layer = |(table, layer): (&&Table<'_>, &Layer<'_>)| {
        let fields: serde_json::Map<String, serde_json::Value> = table
            .fields
            .iter()
            .filter(|field| KEPT.contains(&field.name.as_str()))
            .map(|field| (field.name.clone(), format!("{} {}", field.title.in_lang(lang), field.unit).trim().into()))
            .collect();
        serde_json::json!({"id": layer.name, "description": table.title.in_lang(lang), "minzoom": layer.zooms.start(), "maxzoom": layer.zooms.end(), "fields": fields})
    };
    serde_json::json!({"vector_layers": tables.iter().zip(layers).map(of_layer).collect::<Vec<_>>()}).to_string()
}
