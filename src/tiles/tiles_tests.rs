//! The archive taken apart by hand: header, directory and tiles as PMTiles 3 and Mapbox Vector Tile 2.1 lay them out.

use super::*;
use crate::space::{Kind, Point};
use flate2::read::GzDecoder;
use std::io::Read;

/// Two halves of a square of 0.02°, over four tiles of zoom 14, and a line through both.
fn sample() -> (Shapes, Shapes) {
    let mut areas = Shapes::new(Kind::Polygon);
    for (west, east) in [(104.0, 104.01), (104.01, 104.02)] {
        let ring = [(west, 30.0), (east, 30.0), (east, 30.02), (west, 30.02), (west, 30.0)];
        areas.push_ring(&ring.map(|(x, y)| Point::new(x, y)), true);
        areas.end_feature();
    }
    let mut lines = Shapes::new(Kind::Line);
    lines.push_ring(&[Point::new(104.001, 30.01), Point::new(104.019, 30.01)], true);
    lines.end_feature();
    (areas, lines)
}

fn made() -> Vec<u8> {
    let (areas, lines) = sample();
    let tags = |row: usize| vec![Tag::Int("g", row as i64 + 1), Tag::Text("name", format!("<{row}>"))];
    let layers = [
        Layer { name: "zones", shapes: &areas, zooms: 12..=14, groups: Some(&[0, 0]), numbered: true, tags: &tags },
        Layer { name: "streets", shapes: &lines, zooms: 14..=14, groups: None, numbered: false, tags: &|_| Vec::new() },
    ];
    archive(&layers, areas.extent(), "{}").unwrap()
}

fn varint(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        value |= u64::from(byte & 127) << shift;
        if byte < 128 {
            return value;
        }
        shift += 7;
    }
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut out).unwrap();
    out
}

/// Tile numbers with their bytes.
fn tiles_of(archive: &[u8]) -> Vec<(u64, Vec<u8>)> {
    assert_eq!((&archive[..7], archive[7]), (b"PMTiles".as_slice(), 3));
    let number = |at: usize| u64::from_le_bytes(archive[at..at + 8].try_into().unwrap()) as usize;
    let (root, length, data) = (number(8), number(16), number(56));
    let directory = unpacked(&archive[root..root + length]);
    let mut at = 0;
    let count = varint(&directory, &mut at) as usize;
    let mut column = || (0..count).map(|_| varint(&directory, &mut at)).collect::<Vec<u64>>();
    let (steps, runs, lengths, offsets) = (column(), column(), column(), column());
    assert!(runs.iter().all(|run| *run == 1));
    let (mut id, mut next, mut tiles) = (0, 0, Vec::new());
    for entry in 0..count {
        id += steps[entry];
        let start = if offsets[entry] == 0 { next } else { offsets[entry] as usize - 1 };
        next = start + lengths[entry] as usize;
        tiles.push((id, unpacked(&archive[data + start..data + next])));
    }
    tiles
}

/// Fields of a protobuf message: number, and the bytes or the number.
fn fields(message: &[u8]) -> Vec<(u64, Vec<u8>, u64)> {
    let (mut at, mut found) = (0, Vec::new());
    while at < message.len() {
        let key = varint(message, &mut at);
        match key & 7 {
            0 => found.push((key >> 3, Vec::new(), varint(message, &mut at))),
            2 => {
                let length = varint(message, &mut at) as usize;
                found.push((key >> 3, message[at..at + length].to_vec(), 0));
                at += length;
            }
            kind => panic!("{kind}"),
        }
    }
    found
}

/// The rings of a feature's geometry, in units of the tile.
fn rings(geometry: &[u8]) -> Vec<Vec<(i64, i64)>> {
    let (mut at, mut place, mut rings) = (0, (0, 0), Vec::<Vec<(i64, i64)>>::new());
    let zigzag = |value: u64| (value >> 1) as i64 ^ -((value & 1) as i64);
    while at < geometry.len() {
        let command = varint(geometry, &mut at);
        if command & 7 == 1 {
            rings.push(Vec::new());
        }
        for _ in 0..(if command & 7 == 7 { 0 } else { command >> 3 }) {
            place.0 += zigzag(varint(geometry, &mut at));
            place.1 += zigzag(varint(geometry, &mut at));
            rings.last_mut().unwrap().push(place);
        }
    }
    rings
}

/// Twice the area, y downwards: positive where a ring runs as outer ones must.
fn twice(ring: &[(i64, i64)]) -> i64 {
    (0..ring.len()).map(|at| (ring[at], ring[(at + 1) % ring.len()])).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}

/// 0.02° of longitude are 0.02/360 · 2^14 · 8192 units, and of latitude that over cos φ: all tiles together hold that area, each half of it,
/// save what they reach beyond their sides.
#[test]
fn tiles_hold_the_shapes_with_their_attributes() {
    let archive = made();
    assert_eq!((archive[100], archive[101]), (12, 14));
    let tiles = tiles_of(&archive);
    // Zooms 12 and 13 in one tile each or two, 14 in four or six.
    let from_14 = (4_u64.pow(14) - 1) / 3;
    let (mut areas, mut ids, mut layers) = ([0_i64; 2], Vec::new(), Vec::new());
    for (_, tile) in tiles.iter().filter(|(id, _)| *id >= from_14) {
        for (_, layer, _) in fields(tile).iter().filter(|(number, ..)| *number == 3) {
            let parts = fields(layer);
            let name = String::from_utf8(parts.iter().find(|(number, ..)| *number == 1).unwrap().1.clone()).unwrap();
            layers.push(name.clone());
            if name != "zones" {
                continue;
            }
            assert!(parts.iter().any(|(number, _, value)| *number == 5 && *value == 8192));
            let keys: Vec<String> = parts
                .iter()
                .filter(|part| part.0 == 3)
                .map(|part| String::from_utf8(part.1.clone()).unwrap())
                .collect();
            assert_eq!(keys, ["g", "name"]);
            for (_, feature, _) in parts.iter().filter(|part| part.0 == 2) {
                let own = fields(feature);
                let id = own.iter().find(|part| part.0 == 1).map_or(0, |part| part.2) as usize;
                ids.push(id);
                for ring in rings(&own.iter().find(|part| part.0 == 4).unwrap().1) {
                    let inside: Vec<(i64, i64)> =
                        ring.iter().map(|&(x, y)| (x.clamp(0, 8192), y.clamp(0, 8192))).collect();
                    assert!(twice(&ring) > 0, "{ring:?}");
                    areas[id] += twice(&inside) / 2;
                }
            }
        }
    }
    let wide = 0.01 / 360.0 * f64::from(1 << 14) * 8192.0;
    let expected = wide * 2.0 * wide / 30.01_f64.to_radians().cos();
    for area in areas {
        assert!((area as f64 / expected - 1.0).abs() < 1e-3, "{area} {expected}");
    }
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids, [0, 1]);
    assert!(layers.contains(&"streets".to_string()));
}

#[test]
fn the_same_layers_give_the_same_bytes() {
    assert_eq!(made(), made());
}

/// A line over many tiles and a closed one inside a tile: what a tile holds of them reaches hardly beyond its sides, and together it is as long
/// as they are.
#[test]
fn lines_are_cut_to_tiles_and_closed_ones_stay_closed() {
    let mut lines = Shapes::new(Kind::Line);
    // Slanted, so that no two tiles are the same, which an archive holds once.
    lines.push_ring(&[Point::new(104.0, 30.0), Point::new(104.2, 30.013), Point::new(104.17, 30.1)], true);
    lines.end_feature();
    let corners = [(104.101, 30.051), (104.102, 30.051), (104.102, 30.052), (104.101, 30.051)];
    lines.push_ring(&corners.map(|(x, y)| Point::new(x, y)), true);
    lines.end_feature();
    let layer =
        Layer { name: "roads", shapes: &lines, zooms: 14..=14, groups: None, numbered: true, tags: &|_| Vec::new() };
    let bytes = archive(&[layer], lines.extent(), "{}").unwrap();
    // Of a stretch what lies in the tile itself: it is taken in small steps, each by its middle.
    let inside = |a: (i64, i64), b: (i64, i64)| {
        let (dx, dy) = ((b.0 - a.0) as f64, (b.1 - a.1) as f64);
        let at = |step: usize| (step as f64 + 0.5) / 1e4;
        let held = |value: f64| (0.0..8192.0).contains(&value);
        let held = |step: &usize| held(a.0 as f64 + at(*step) * dx) && held(a.1 as f64 + at(*step) * dy);
        dx.hypot(dy) * (0..10_000).filter(held).count() as f64 / 1e4
    };
    let (mut length, mut closed) = (0.0, 0);
    for (_, tile) in tiles_of(&bytes) {
        for (_, layer, _) in fields(&tile).iter().filter(|(number, ..)| *number == 3) {
            for (_, feature, _) in fields(layer).iter().filter(|part| part.0 == 2) {
                let own = fields(feature);
                let second = own.iter().any(|part| part.0 == 1 && part.2 == 1);
                for ring in rings(&own.iter().find(|part| part.0 == 4).unwrap().1) {
                    let reach = -128..=8192 + 128;
                    assert!(ring.iter().all(|(x, y)| reach.contains(x) && reach.contains(y)), "{ring:?}");
                    closed += usize::from(second && ring.len() == 4 && ring.first() == ring.last());
                    length +=
                        if second { 0.0 } else { ring.windows(2).map(|pair| inside(pair[0], pair[1])).sum::<f64>() };
                }
            }
        }
    }
    assert_eq!(closed, 1);
    // In units of the largest zoom a degree of longitude is 2^14 · 8192 / 360, one of latitude that over cos φ.
    let degree = f64::from(1 << 14) * 8192.0 / 360.0;
    let north = |from: f64, to: f64| (to - from) / ((from + to) / 2.0).to_radians().cos();
    let expected = degree * (0.2_f64.hypot(north(30.0, 30.013)) + 0.03_f64.hypot(north(30.013, 30.1)));
    assert!((length / expected - 1.0).abs() < 1e-3, "{length} {expected}");
}
