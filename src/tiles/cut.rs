//! Which tiles a shape is in, and what of it: shapes that span many columns of tiles are cut to columns first, so that each tile cuts little.

use super::EXTENT;
use crate::scale;
use crate::space::clip::ring_to_box;
use crate::space::{Extent, Kind, Point, Shape, Shapes};

/// How far a tile reaches over its side: what is drawn of a line at the border needs both sides.
pub(super) const BEYOND: f64 = EXTENT / 64.0;

/// Where what a tile holds of a row stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Source {
    Whole,
    /// Of the pieces of a chunk.
    Piece(u32, u32),
}

/// A row in a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Column, then row of the tile.
    pub tile: (u32, u32),
    pub row: u32,
    pub source: Source,
}

/// The places of all shapes, ascending, and the pieces they speak of, by chunk.
pub(super) fn places(shapes: &Shapes, zoom: u8) -> (Vec<Place>, Vec<Shapes>) {
    let last = (1_u32 << zoom) - 1;
    let chunks = scale::chunks(shapes.len(), 4096, |rows| {
        let chunk = (rows.start / 4096) as u32;
        let (mut places, mut pieces) = (Vec::new(), Shapes::new(shapes.kind));
        for row in rows {
            let shape = shapes.get(row);
            if shape.is_empty() {
                continue;
            }
            let extent = shape.extent();
            let columns = span(extent.min.x, extent.max.x, last);
            let split = shapes.kind == Kind::Polygon && columns.1 > columns.0 + 1;
            for column in columns.0..=columns.1 {
                let (source, extent) = if split {
                    let strip = Extent {
                        min: Point::new(f64::from(column) * EXTENT - BEYOND, extent.min.y),
                        max: Point::new(f64::from(column + 1) * EXTENT + BEYOND, extent.max.y),
                    };
                    let at = pieces.len() as u32;
                    push_cut(shape, strip, &mut pieces);
                    (Source::Piece(chunk, at), pieces.get(at as usize).extent())
                } else {
                    (Source::Whole, extent)
                };
                if extent.is_empty() {
                    continue;
                }
                let rows = span(extent.min.y, extent.max.y, last);
                places.extend((rows.0..=rows.1).map(|y| Place { tile: (column, y), row: row as u32, source }));
            }
        }
        (places, pieces)
    });
    let (mut places, mut pieces) = (Vec::new(), Vec::with_capacity(chunks.len()));
    for (own, cut) in chunks {
        places.extend(own);
        pieces.push(cut);
    }
    scale::sort_by(&mut places, Ord::cmp);
    (places, pieces)
}

/// The tiles from one coordinate to another, with what they reach beyond their sides.
fn span(low: f64, high: f64, last: u32) -> (u32, u32) {
    let tile = |value: f64| ((value / EXTENT).floor().max(0.0) as u32).min(last);
    (tile(low - BEYOND), tile(high + BEYOND))
}

/// What of a polygon lies in a box, as a feature of `out`.
pub(super) fn push_cut(shape: Shape<'_>, extent: Extent, out: &mut Shapes) {
    let (mut ring, mut scratch) = (Vec::new(), Vec::new());
    for own in shape.rings() {
        ring_to_box(own.points, extent, &mut ring, &mut scratch);
        for point in &mut ring {
            *point = Point::new(point.x.round(), point.y.round());
        }
        if ring.len() >= 4 {
            out.push_ring(&ring, own.outer);
        }
    }
    out.end_feature();
}

/// What of lines lies in a box, each stretch inside it a line of one feature of `out`.
pub(super) fn push_lines(shape: Shape<'_>, extent: Extent, out: &mut Shapes) {
    let mut stretch: Vec<Point> = Vec::new();
    let mut end = |stretch: &mut Vec<Point>| {
        if stretch.len() >= 2 {
            out.push_ring(stretch, true);
        }
        stretch.clear();
    };
    for own in shape.rings() {
        for pair in own.points.windows(2) {
            let Some((from, to)) = inside(pair[0], pair[1], extent) else {
                end(&mut stretch);
                continue;
            };
            if stretch.last() != Some(&from) {
                end(&mut stretch);
                stretch.push(from);
            }
            stretch.push(to);
        }
        end(&mut stretch);
    }
    out.end_feature();
}

/// The stretch of a straight line that lies in a box, in whole units (Liang–Barsky); a corner inside stays as it is.
fn inside(a: Point, b: Point, extent: Extent) -> Option<(Point, Point)> {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut from, mut to) = (0.0_f64, 1.0_f64);
    let sides =
        [(-dx, a.x - extent.min.x), (dx, extent.max.x - a.x), (-dy, a.y - extent.min.y), (dy, extent.max.y - a.y)];
    for (step, room) in sides {
        if step == 0.0 {
            if room < 0.0 {
                return None;
            }
        } else if step < 0.0 {
            from = from.max(room / step);
        } else {
            to = to.min(room / step);
        }
    }
    let at = |part: f64| Point::new((a.x + part * dx).round(), (a.y + part * dy).round());
    (from <= to).then(|| (if from > 0.0 { at(from) } else { a }, if to < 1.0 { at(to) } else { b }))
}
