//! T5 beyond the vertices: ground that two neighbouring districts both hold, and ground shut in between them that neither holds.

use super::Item;
use crate::land::Outcome;
use crate::say;
use crate::space::faces::{Cover, Faces};
use crate::space::{Kind, Point, Shapes, measure};

/// Corners nearer than this, m, are one.
const TOLERANCE: f64 = 1e-4;
/// How far the frame stands off, m.
const FRAME: f64 = 10.0;
const GAP: u32 = 1;
const BOTH: u32 = 2;

/// What lies between the ground of a package (of the layer `path`) and that of its neighbour `name`, in pieces above `least` m².
pub(super) fn ground_between(own: &Shapes, theirs: &Shapes, path: &str, name: &str, least: f64) -> Outcome<Vec<Item>> {
    // What reaches the frame around both is not shut in.
    let extent = own.extent().union(theirs.extent()).grown(FRAME);
    let mut frame = Shapes::new(Kind::Polygon);
    let [west, south, east, north] = [extent.min.x, extent.min.y, extent.max.x, extent.max.y];
    let ring = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    frame.push_ring(&ring.map(|(x, y)| Point::new(x, y)), true);
    frame.end_feature();
    let faces = match Faces::of(&[own, theirs, &frame], TOLERANCE) {
        Ok(faces) => faces,
        Err(fault) if fault.code == "cancelled" => return Err(fault),
        Err(fault) => return Ok(vec![Item::of(path, fault.what)]),
    };
    let [in_own, in_theirs] = [own, theirs].map(Cover::new);
    let mut near = Vec::new();
    let labels: Vec<u32> = faces
        .places()
        .iter()
        .map(|place| match (in_own.smallest(*place, &mut near), in_theirs.smallest(*place, &mut near)) {
            (None, None) => GAP,
            (Some(_), Some(_)) => BOTH,
            _ => 0,
        })
        .collect();
    let (pieces, labels) = faces.joined(&labels);
    let sides = [own, theirs].map(super::border::Sides::of);
    let mut items = Vec::new();
    for (piece, label) in pieces.iter().zip(&labels) {
        let area = measure::area(piece);
        // A hole of one district alone is its own affair.
        let mut at = |side: &super::border::Sides| {
            piece.points().iter().any(|point| side.distance(*point, TOLERANCE, &mut near).is_some())
        };
        let is_open = piece.points().contains(&extent.min);
        let between = !is_open && at(&sides[0]) && at(&sides[1]);
        // What both hold needs no common line: a district may lie inside the other.
        if area <= least || *label == GAP && !between {
            continue;
        }
        let what = match *label {
            GAP => say!(
                "{area:.2} m² between here and {name} are in neither",
                "与 {name} 之间有 {area:.2} m² 不属于任何一方"
            ),
            _ => say!("{area:.2} m² are also in {name}", "有 {area:.2} m² 同时属于 {name}"),
        };
        items.push(Item::of(path, what).at(measure::point_on_surface(piece)));
    }
    Ok(items)
}
