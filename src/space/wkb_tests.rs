use super::*;
use proptest::prelude::*;

fn read_one(bytes: &[u8], kind: Kind) -> (Read, Shapes) {
    let mut shapes = Shapes::new(kind);
    let outcome = read(bytes, &mut shapes);
    (outcome, shapes)
}

/// `POLYGON Z ((0 0 5, 1 0 5, 1 1 5))`, big-endian ISO WKB, not closed.
fn unclosed_polygon_z() -> Vec<u8> {
    let mut bytes = vec![0];
    bytes.extend(1003u32.to_be_bytes());
    bytes.extend(1u32.to_be_bytes());
    bytes.extend(3u32.to_be_bytes());
    for value in [0.0, 0.0, 5.0, 1.0, 0.0, 5.0, 1.0, 1.0, 5.0f64] {
        bytes.extend(value.to_be_bytes());
    }
    bytes
}

#[test]
fn heights_are_left_out_and_said_and_rings_are_closed() {
    let (outcome, shapes) = read_one(&unclosed_polygon_z(), Kind::Polygon);
    assert_eq!(outcome, Read::Done { lifted: true, closed: true });
    let points: Vec<Point> = shapes.get(0).points().to_vec();
    assert_eq!(points, [Point::new(0.0, 0.0), Point::new(1.0, 0.0), Point::new(1.0, 1.0), Point::new(0.0, 0.0)]);
}

#[test]
fn every_cut_of_the_bytes_is_broken_not_a_panic() {
    let bytes = unclosed_polygon_z();
    for end in 0..bytes.len() {
        assert_eq!(read_one(&bytes[..end], Kind::Polygon).0, Read::Broken, "cut at {end}");
    }
}

#[test]
fn another_kind_is_named_and_keeps_the_rows_aligned() {
    let (outcome, shapes) = read_one(&unclosed_polygon_z(), Kind::Line);
    assert_eq!(outcome, Read::OtherKind(3));
    assert_eq!(shapes.len(), 1);
    assert!(shapes.get(0).is_empty());
}

#[test]
fn empty_geometries_are_empty_features() {
    let mut nothing = Shapes::new(Kind::Polygon);
    nothing.end_feature();
    for multi in [false, true] {
        let mut bytes = Vec::new();
        write(nothing.get(0), multi, &mut bytes);
        assert_eq!(read_one(&bytes, Kind::Polygon).0, Read::Empty);
    }
}

proptest! {
    #[test]
    fn what_is_written_reads_back(
        parts in prop::collection::vec(prop::collection::vec(prop::collection::vec((-1e7..1e7f64, -1e7..1e7f64), 3..8), 1..4), 1..4),
        multi: bool,
    ) {
        let mut shapes = Shapes::new(Kind::Polygon);
        for part in &parts {
            for (number, ring) in part.iter().enumerate() {
                let mut points: Vec<Point> = ring.iter().map(|&(x, y)| Point::new(x, y)).collect();
                points.push(points[0]);
                shapes.push_ring(&points, number == 0);
            }
        }
        shapes.end_feature();
        let mut bytes = Vec::new();
        write(shapes.get(0), multi, &mut bytes);
        let (outcome, back) = read_one(&bytes, Kind::Polygon);
        prop_assert_eq!(outcome, Read::Done { lifted: false, closed: false });
        prop_assert_eq!(back.points(), shapes.points());
        let outers: Vec<bool> = back.get(0).rings().map(|ring| ring.outer).collect();
        prop_assert_eq!(outers, shapes.get(0).rings().map(|ring| ring.outer).collect::<Vec<bool>>());
    }
}
