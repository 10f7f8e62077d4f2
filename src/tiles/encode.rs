//! The tiles of a zoom: what each holds, encoded and packed.

use super::cut::{self, BEYOND, Place, Source};
use super::{EXTENT, Layer};
use crate::land::{Fault, Outcome};
use crate::space::{Extent, Kind, Point, Ring, Shape, Shapes, measure};
use crate::{say, scale};
use flate2::Compression;
use flate2::write::GzEncoder;
use mvt::{GeomData, GeomEncoder, GeomType};
use std::io::Write;

/// An attribute of a feature.
#[derive(Clone, Debug, PartialEq)]
pub enum Tag {
    Int(&'static str, i64),
    Real(&'static str, f64),
    Text(&'static str, String),
}

/// A tile as it is in the archive.
pub(super) struct Tile {
    pub zoom: u8,
    pub x: u32,
    pub y: u32,
    pub bytes: Vec<u8>,
}

/// What a layer has in each tile: runs of one tile among its places.
struct Placed<'a> {
    layer: &'a Layer<'a>,
    shapes: &'a Shapes,
    places: Vec<Place>,
    pieces: Vec<Shapes>,
}

impl Placed<'_> {
    fn of_tile(&self, tile: (u32, u32)) -> &[Place] {
        let start = self.places.partition_point(|place| place.tile < tile);
        let end = start + self.places[start..].partition_point(|place| place.tile == tile);
        &self.places[start..end]
    }

    fn shape(&self, place: &Place) -> Shape<'_> {
        match place.source {
            Source::Whole => self.shapes.get(place.row as usize),
            Source::Piece(chunk, at) => self.pieces[chunk as usize].get(at as usize),
        }
    }
}

/// Every tile that holds something.
///
/// # Errors
/// `tiles`.
pub(super) fn tiles(layers: &[(&Layer<'_>, &Shapes)], zoom: u8) -> Outcome<Vec<Tile>> {
    let placed: Vec<Placed<'_>> = layers
        .iter()
        .map(|(layer, shapes)| {
            let (places, pieces) = cut::places(shapes, zoom);
            Placed { layer, shapes, places, pieces }
        })
        .collect();
    let mut all: Vec<(u32, u32)> = placed.iter().flat_map(|own| own.places.iter().map(|place| place.tile)).collect();
    all.sort_unstable();
    all.dedup();
    let tiles = scale::chunks(all.len(), 1, |at| {
        let (x, y) = all[at.start];
        let bytes = tile(&placed, (x, y))?;
        Ok(bytes.map(|bytes| Tile { zoom, x, y, bytes }))
    });
    Ok(tiles.into_iter().collect::<Outcome<Vec<Option<Tile>>>>()?.into_iter().flatten().collect())
}

/// A tile's bytes; `None` where nothing of it is large enough to be drawn.
fn tile(placed: &[Placed<'_>], at: (u32, u32)) -> Outcome<Option<Vec<u8>>> {
    let mut tile = mvt::Tile::new(EXTENT as u32);
    for own in placed {
        let mut layer = tile.create_layer(own.layer.name);
        for place in own.of_tile(at) {
            let Some(geometry) = geometry(own.shape(place), at)? else { continue };
            let mut feature = layer.into_feature(geometry);
            let row = place.row as usize;
            if own.layer.numbered {
                feature.set_id(row as u64);
            }
            for tag in (own.layer.tags)(row) {
                match tag {
                    Tag::Int(key, value) => feature.add_tag_int(key, value),
                    Tag::Real(key, value) => feature.add_tag_double(key, value),
                    Tag::Text(key, value) => feature.add_tag_string(key, &value),
                }
            }
            layer = feature.into_layer();
        }
        if layer.num_features() > 0 {
            tile.add_layer(layer).map_err(|error| fault(&error))?;
        }
    }
    if tile.num_layers() == 0 {
        return Ok(None);
    }
    let bytes = tile.to_bytes().map_err(|error| fault(&error))?;
    let mut packed = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(6));
    let packed = packed.write_all(&bytes).and_then(|()| packed.finish());
    packed.map(Some).map_err(|error| {
        let what = say!("cannot pack a tile: {error}", "无法压缩瓦片:{error}");
        Fault::new("tiles", what, say!("try again", "请重试"))
    })
}

/// A shape in the coordinates of a tile; `None` where nothing is left of it.
fn geometry(shape: Shape<'_>, (x, y): (u32, u32)) -> Outcome<Option<GeomData>> {
    let origin = Point::new(f64::from(x) * EXTENT, f64::from(y) * EXTENT);
    let reach = Extent { min: origin, max: Point::new(origin.x + EXTENT, origin.y + EXTENT) }.grown(BEYOND);
    let extent = shape.extent();
    let inside = reach.contains(extent.min) && reach.contains(extent.max);
    let mut cut = Shapes::new(shape.kind);
    let shape = match shape.kind {
        Kind::Point => shape,
        _ if inside => shape,
        Kind::Line => {
            cut::push_lines(shape, reach, &mut cut);
            cut.get(0)
        }
        Kind::Polygon => {
            cut::push_cut(shape, reach, &mut cut);
            cut.get(0)
        }
    };
    let kind = match shape.kind {
        Kind::Point => GeomType::Point,
        Kind::Line => GeomType::Linestring,
        Kind::Polygon => GeomType::Polygon,
    };
    let mut encoder: GeomEncoder<f64> = GeomEncoder::new(kind);
    let (mut drawn, mut hidden, mut last) = (0, false, None);
    for ring in shape.rings() {
        let mut own = distinct(ring, origin, shape.kind);
        if shape.kind == Kind::Polygon {
            // A hole of an outer ring that is too small goes with it.
            hidden = if ring.outer { !turned(&mut own, true) } else { hidden };
            if hidden || !ring.outer && !turned(&mut own, false) {
                continue;
            }
            // The encoder goes on from the last corner where a ring begins there.
            if last.is_some() && own.first().copied() == last {
                own.rotate_left(1);
            }
        } else if own.len() < 2 && shape.kind == Kind::Line {
            continue;
        }
        for point in &own {
            encoder.add_point(point.x, point.y).map_err(|error| fault(&error))?;
        }
        last = own.last().copied();
        encoder.complete_geom().map_err(|error| fault(&error))?;
        drawn += 1;
    }
    if drawn == 0 {
        return Ok(None);
    }
    encoder.encode().map(Some).map_err(|error| fault(&error))
}

/// The corners of a ring in the tile, none twice in a row; of a polygon's without the last, which is the first.
fn distinct(ring: Ring<'_>, origin: Point, kind: Kind) -> Vec<Point> {
    let mut own: Vec<Point> = ring.points.iter().map(|p| Point::new(p.x - origin.x, p.y - origin.y)).collect();
    own.dedup();
    if kind == Kind::Polygon && own.len() > 1 && own.first() == own.last() {
        own.pop();
    }
    own
}

/// Turns a ring as tiles want it: outer ones with a positive area, y downwards. Tells whether it encloses anything.
fn turned(ring: &mut [Point], outer: bool) -> bool {
    let Some(&first) = ring.first() else { return false };
    let closed: Vec<Point> = ring.iter().copied().chain([first]).collect();
    let area = measure::twice_signed_area(&closed);
    if (area > 0.0) != outer {
        ring.reverse();
    }
    area != 0.0
}

fn fault(error: &mvt::Error) -> Fault {
    Fault::new(
        "tiles",
        say!("cannot make a tile: {error}", "无法生成瓦片:{error}"),
        say!("report this with the release", "请附成果包反馈此问题"),
    )
}
