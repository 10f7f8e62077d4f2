//! Vector tiles (Mapbox Vector Tile 2.1) of layers in one PMTiles archive (version 3), for maps on the web.
//!
//! Coordinates are snapped once to the grid of the largest zoom, so that neighbours keep their common border; at smaller zooms borders are
//! simplified arc by arc, the same for both sides. The same layers give the same bytes.

mod cut;
mod encode;
mod mercator;
mod simplify;

pub use encode::Tag;
pub use mercator::zoom_of;

use crate::land::{Fault, Outcome, cancel};
use crate::say;
use crate::space::{Extent, Shapes};
use pmtiles::{Compression, PmTilesWriter, PmtError, TileCoord, TileType};
use std::ops::RangeInclusive;

/// Units of a tile's side.
const EXTENT: f64 = 8192.0;

/// One layer of the tiles.
pub struct Layer<'a> {
    pub name: &'static str,
    /// In degrees.
    pub shapes: &'a Shapes,
    /// The zooms it is in; the last is that of the archive.
    pub zooms: RangeInclusive<u8>,
    /// Rows of one group share borders, which are simplified at smaller zooms; nothing is simplified where there is none.
    pub groups: Option<&'a [u8]>,
    /// Whether features bear the number of their row.
    pub numbered: bool,
    /// The attributes of a row.
    pub tags: &'a (dyn Fn(usize) -> Vec<Tag> + Sync),
}

/// The archive of the layers, as it is in its file. `bounds` are degrees; `metadata` is JSON.
///
/// # Errors
/// `tiles` where an archive cannot be made; `cancelled`.
pub fn archive(layers: &[Layer<'_>], bounds: Extent, metadata: &str) -> Outcome<Vec<u8>> {
    let most = layers.iter().map(|layer| *layer.zooms.end()).max().unwrap_or(0);
    let least = layers.iter().map(|layer| *layer.zooms.start()).min().unwrap_or(0);
    let mut placed: Vec<Shapes> = layers.iter().map(|layer| mercator::placed(layer.shapes, most)).collect();
    let mut tiles = Vec::new();
    for zoom in (least..=most).rev() {
        cancel::checkpoint()?;
        if zoom < most {
            for (layer, shapes) in layers.iter().zip(&mut placed) {
                if *layer.zooms.start() <= zoom {
                    *shapes = simplify::halved(shapes, layer.groups);
                }
            }
        }
        let here = layers.iter().zip(&placed).filter(|(layer, _)| layer.zooms.contains(&zoom));
        let here: Vec<(&Layer<'_>, &Shapes)> = here.collect();
        tiles.extend(encode::tiles(&here, zoom)?);
    }
    let mut numbered = Vec::with_capacity(tiles.len());
    for tile in tiles {
        let place = TileCoord::new(tile.zoom, tile.x, tile.y).map_err(|error| fault(&error))?;
        numbered.push((pmtiles::TileId::from(place).value(), place, tile.bytes));
    }
    numbered.sort_unstable_by_key(|(number, ..)| *number);
    let mut bytes = std::io::Cursor::new(Vec::new());
    let writer = PmTilesWriter::new(TileType::Mvt)
        .precompressed(Compression::Gzip)
        .min_zoom(least)
        .max_zoom(most)
        .bounds(bounds.min.x, bounds.min.y, bounds.max.x, bounds.max.y)
        .center((bounds.min.x + bounds.max.x) / 2.0, (bounds.min.y + bounds.max.y) / 2.0)
        .center_zoom(least)
        .metadata(metadata);
    let mut out = writer.create(&mut bytes).map_err(|error| fault(&error))?;
    for (_, place, tile) in &numbered {
        out.add_tile(*place, tile).map_err(|error| fault(&error))?;
    }
    out.finalize().map_err(|error| fault(&error))?;
    Ok(bytes.into_inner())
}

fn fault(error: &PmtError) -> Fault {
    Fault::new(
        "tiles",
        say!("cannot make the tiles: {error}", "无法生成瓦片:{error}"),
        say!("report this with the release", "请附成果包反馈此问题"),
    )
}

#[cfg(test)]
#[path = "tiles_tests.rs"]
mod tests;
