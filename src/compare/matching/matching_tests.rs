use super::super::fixture::{Unit, release, told, with_defaults};
use super::super::{Options, compare};
use crate::land::progress::Unwatched;
use crate::land::{IdColumn, Texts};
use crate::release::Release;
use crate::space::crs::{Crs, Transform};
use crate::space::{Point, Shapes};

const NAN: f64 = f64::NAN;

fn r(id: &str, rect: [f64; 4]) -> Unit<'_> {
    (id, 1, rect, 1, NAN)
}

fn compared(old: &[Unit<'_>], new: &[Unit<'_>]) -> Vec<String> {
    told(&with_defaults(&release("old", old), &release("new", new)))
}

#[test]
fn a_unit_that_keeps_identifier_and_ground_is_the_same() {
    let units = [r("A", [0.0, 0.0, 10.0, 10.0]), r("B", [10.0, 0.0, 20.0, 10.0])];
    assert_eq!(compared(&units, &units), ["A>A same id", "B>B same id"]);
}

#[test]
fn a_boundary_that_moved_makes_two_re_cut_units_and_no_split() {
    // 界线由 x=10 移到 x=11:A 100→110 m²,B 100→90 m²;A 与新 B 不相交,旧 B 与新 A 共 10 m²。
    let old = [r("A", [0.0, 0.0, 10.0, 10.0]), r("B", [10.0, 0.0, 20.0, 10.0])];
    let new = [r("A", [0.0, 0.0, 11.0, 10.0]), r("B", [11.0, 0.0, 20.0, 10.0])];
    assert_eq!(compared(&old, &new), ["A>A recut id", "B>B recut id"]);
    let (old, new) = (release("old", &old), release("new", &new));
    let comparison = with_defaults(&old, &new);
    let b = &comparison.changes[1];
    assert_eq!((b.shared, b.share_old, b.share_new), (90.0, 0.9, 1.0));
}

/// Nine parcels of 50 m, all 100 m to the east and 40 m to the north: no ground agrees, but the shapes tell one datum from another.
#[test]
fn a_map_that_stands_elsewhere_as_a_whole_is_told() {
    let names = ["A", "B", "C", "D", "E", "F", "G", "H", "I"];
    // Each has a width of its own, so that no shape is another's.
    let parcel = |at: usize, by: [f64; 2]| {
        let (x, y) = ((at % 3) as f64 * 60.0 + by[0], (at / 3) as f64 * 60.0 + by[1]);
        r(names[at], [x, y, x + 41.0 + at as f64, y + 50.0])
    };
    let map = |by: [f64; 2]| (0..9).map(|at| parcel(at, by)).collect::<Vec<_>>();
    let (old, new) = (release("old", &map([0.0, 0.0])), release("new", &map([100.0, 40.0])));
    let notes: Vec<String> = with_defaults(&old, &new).notes.into_iter().map(|note| note.en).collect();
    assert!(
        notes
            .iter()
            .any(|note| note.contains("stand 100.0 m east and 40.0 m north: one layer seems to be on another datum")),
        "{notes:?}"
    );
    let (old, new) = (release("old", &map([0.0, 0.0])), release("new", &map([0.0, 0.0])));
    assert!(!with_defaults(&old, &new).notes.iter().any(|note| note.en.contains("datum")));
    // One grid whose numbers were given anew, each to the parcel 60 m further east: the ground stays.
    let grid = |first: usize| {
        let parcel = |at: usize| r(names[(at + first) % 9], [at as f64 * 60.0, 0.0, at as f64 * 60.0 + 50.0, 50.0]);
        (0..9).map(parcel).collect::<Vec<_>>()
    };
    let (old, new) = (release("old", &grid(0)), release("new", &grid(8)));
    let comparison = with_defaults(&old, &new);
    assert_eq!(comparison.moved_ids.len(), 9);
    assert!(!comparison.notes.iter().any(|note| note.en.contains("datum")), "{:?}", comparison.notes);
}

/// Three strips of 10 m cut anew across: nine pieces of a third of either unit, and no piece is lost, in whichever order the units come.
#[test]
fn a_re_cut_across_the_old_lines_has_every_piece_as_a_row() {
    let old = [r("A0", [0.0, 0.0, 10.0, 30.0]), r("A1", [10.0, 0.0, 20.0, 30.0]), r("A2", [20.0, 0.0, 30.0, 30.0])];
    let new = [r("B0", [0.0, 0.0, 30.0, 10.0]), r("B1", [0.0, 10.0, 30.0, 20.0]), r("B2", [0.0, 20.0, 30.0, 30.0])];
    let told = compared(&old, &new);
    assert_eq!(
        (told.len(), told.iter().filter(|pair| pair.ends_with("regrouped overlap")).count()),
        (9, 9),
        "{told:?}"
    );
    // Two thirds of P1 go to T1 and one to T2, which has all of P2 besides: no unit is left with a piece untold.
    let old = [r("P1", [0.0, 0.0, 30.0, 10.0]), r("P2", [30.0, 0.0, 60.0, 10.0])];
    let new = [r("T1", [0.0, 0.0, 20.0, 10.0]), r("T2", [20.0, 0.0, 60.0, 10.0])];
    assert_eq!(compared(&old, &new), ["P1>T1 regrouped overlap", "P1>T2 regrouped overlap", "P2>T2 regrouped overlap"]);
}

#[test]
fn a_boundary_that_moved_less_than_the_stated_share_is_the_same() {
    // 0.005 m of 10 m: 0.05 %, below the default of 0.1 %.
    let old = [r("A", [0.0, 0.0, 10.0, 10.0])];
    assert_eq!(compared(&old, &[r("A", [0.0, 0.0, 10.005, 10.0])]), ["A>A same id"]);
    assert_eq!(compared(&old, &[r("A", [0.0, 0.0, 10.02, 10.0])]), ["A>A recut id"]);
}

/// The whole map 1.2 m to the east and 0.5 m to the south: three parcels, one of which begins at another corner and one of which is longer by 3 m as well.
#[test]
fn a_map_that_was_shifted_is_told_from_boundaries_that_moved() {
    let old = [r("A", [0.0, 0.0, 10.0, 10.0]), r("B", [10.0, 0.0, 20.0, 10.0]), r("C", [20.0, 0.0, 40.0, 10.0])];
    let new = [r("A", [1.2, -0.5, 11.2, 9.5]), r("B", [11.2, -0.5, 21.2, 9.5]), r("C", [21.2, -0.5, 44.2, 9.5])];
    let (old, mut new) = (release("old", &old), release("new", &new));
    let shapes = new.units.shapes.as_mut().unwrap();
    let mut turned = Shapes::new(crate::space::Kind::Polygon);
    for (row, shape) in shapes.iter().enumerate() {
        let mut ring: Vec<Point> = shape.points().to_vec();
        if row == 1 {
            ring.pop();
            ring.rotate_left(2);
            ring.push(ring[0]);
        }
        if row == 0 {
            // As a shapefile writes it: the other way round.
            ring.reverse();
        }
        turned.push_ring(&ring, true);
        turned.end_feature();
    }
    *shapes = turned;
    let comparison = with_defaults(&old, &new);
    assert_eq!(told(&comparison), ["A>A shifted id", "B>B shifted id", "C>C recut id"]);
    let told = comparison.notes.iter().find(|note| note.en.contains("shifted")).unwrap();
    assert_eq!(
        told.en,
        "2 units kept their shape and stand elsewhere: shifted by 1.20 m east and -0.50 m north (medians)"
    );
}

#[test]
fn a_split_is_told_whether_or_not_a_part_keeps_the_identifier() {
    let old = [r("A", [0.0, 0.0, 10.0, 10.0])];
    let fresh = [r("B", [0.0, 0.0, 4.0, 10.0]), r("C", [4.0, 0.0, 10.0, 10.0])];
    assert_eq!(compared(&old, &fresh), ["A>B split overlap", "A>C split overlap"]);
    let kept = [r("A", [0.0, 0.0, 4.0, 10.0]), r("C", [4.0, 0.0, 10.0, 10.0])];
    assert_eq!(compared(&old, &kept), ["A>A split id", "A>C split overlap"]);
}

#[test]
fn a_merger_is_told_whether_or_not_it_keeps_an_identifier() {
    let old = [r("A", [0.0, 0.0, 4.0, 10.0]), r("B", [4.0, 0.0, 10.0, 10.0])];
    assert_eq!(compared(&old, &[r("C", [0.0, 0.0, 10.0, 10.0])]), ["A>C merged overlap", "B>C merged overlap"]);
    assert_eq!(compared(&old, &[r("B", [0.0, 0.0, 10.0, 10.0])]), ["A>B merged overlap", "B>B merged id"]);
}

#[test]
fn three_units_re_cut_into_two_are_regrouped() {
    // 旧:[0,4][4,8][8,12];新:[0,6][6,12]。中间一块各半。
    let old = [r("A", [0.0, 0.0, 4.0, 9.0]), r("B", [4.0, 0.0, 8.0, 9.0]), r("C", [8.0, 0.0, 12.0, 9.0])];
    let new = [r("X", [0.0, 0.0, 6.0, 9.0]), r("Y", [6.0, 0.0, 12.0, 9.0])];
    let expected = ["A>X regrouped overlap", "B>X regrouped overlap", "B>Y regrouped overlap", "C>Y regrouped overlap"];
    assert_eq!(compared(&old, &new), expected);
}

#[test]
fn another_identifier_on_the_same_ground_is_replaced() {
    let old = [r("A", [0.0, 0.0, 10.0, 10.0])];
    assert_eq!(compared(&old, &[r("Z", [0.0, 0.0, 10.0, 10.0])]), ["A>Z replaced overlap"]);
}

#[test]
fn units_without_counterpart_are_added_and_removed() {
    let old = [r("A", [0.0, 0.0, 10.0, 10.0]), r("B", [50.0, 0.0, 60.0, 10.0])];
    let new = [r("A", [0.0, 0.0, 10.0, 10.0]), r("C", [90.0, 0.0, 99.0, 10.0])];
    assert_eq!(compared(&old, &new), ["A>A same id", "B> removed", ">C added"]);
}

#[test]
fn a_sliver_is_no_match() {
    // 共有 1×10 = 10 m²,占较小者(100 m²)的 10 %,低于 20 %。
    let old = [r("A", [0.0, 0.0, 10.0, 10.0])];
    assert_eq!(compared(&old, &[r("B", [9.0, 0.0, 19.0, 10.0])]), ["A> removed", ">B added"]);
    assert_eq!(compared(&old, &[r("B", [7.0, 0.0, 17.0, 10.0])]), ["A>B replaced overlap"]);
}

#[test]
fn an_identifier_that_lies_elsewhere_is_reported_and_not_trusted() {
    // A 与 B 互换编号:编号不可信,按叠置匹配。
    let old = [r("A", [0.0, 0.0, 10.0, 10.0]), r("B", [50.0, 0.0, 60.0, 10.0])];
    let new = [r("B", [0.0, 0.0, 10.0, 10.0]), r("A", [50.0, 0.0, 60.0, 10.0])];
    let (old, new) = (release("old", &old), release("new", &new));
    let comparison = with_defaults(&old, &new);
    assert_eq!(told(&comparison), ["A>B replaced overlap", "B>A replaced overlap"]);
    assert_eq!(comparison.moved_ids, [(0, 0), (1, 1)]);
    assert!(comparison.changes.iter().all(|change| change.flags.moved_id));
}

#[test]
fn zones_of_two_uses_upon_one_another_are_matched_within_their_use() {
    // 商业与住宅各铺满同一范围;新期级别界线移动、编号全部更换。
    let zones = |ids: [&'static str; 4], limit: f64| {
        [
            (ids[0], 0, [0.0, 0.0, limit, 100.0], 1, NAN),
            (ids[1], 0, [limit, 0.0, 100.0, 100.0], 2, NAN),
            (ids[2], 1, [0.0, 0.0, limit, 100.0], 1, NAN),
            (ids[3], 1, [limit, 0.0, 100.0, 100.0], 2, NAN),
        ]
    };
    let told = compared(&zones(["c1", "c2", "r1", "r2"], 40.0), &zones(["C1", "C2", "R1", "R2"], 45.0));
    let expected =
        ["c1>C1 replaced overlap", "c2>C2 replaced overlap", "r1>R1 replaced overlap", "r2>R2 replaced overlap"];
    assert_eq!(told, expected);
}

#[test]
fn a_change_of_use_on_the_same_ground_stays_one_pair() {
    let old = [("A", 0, [0.0, 0.0, 10.0, 10.0], 1, 10.0)];
    let new = [("B", 1, [0.0, 0.0, 10.0, 10.0], 2, 20.0)];
    let (old, new) = (release("old", &old), release("new", &new));
    let comparison = with_defaults(&old, &new);
    assert_eq!(told(&comparison), ["A>B replaced overlap"]);
    let change = &comparison.changes[0];
    assert!(change.flags.use_changed && change.dgrade.is_none() && change.growth.is_nan());
}

#[test]
fn repeated_identifiers_are_not_used_and_reported() {
    let old = [r("A", [0.0, 0.0, 10.0, 10.0]), r("A", [50.0, 0.0, 60.0, 10.0])];
    let new = [r("A", [0.0, 0.0, 10.0, 10.0])];
    let (old, new) = (release("old", &old), release("new", &new));
    let comparison = with_defaults(&old, &new);
    assert_eq!(told(&comparison), ["A>A same overlap", "A> removed"]);
    assert!(comparison.notes.iter().any(|note| note.zh.contains("1 个编号")));
}

#[test]
fn releases_without_geometry_are_matched_by_identifier_and_say_so() {
    let plain = |units: &[Unit<'_>]| {
        let mut release = release("plain", units);
        release.units.shapes = None;
        release
    };
    let old = plain(&[r("A", [0.0, 0.0, 10.0, 10.0]), r("B", [0.0, 0.0, 10.0, 10.0])]);
    let new = release("new", &[r("A", [70.0, 0.0, 80.0, 12.0]), r("C", [0.0, 0.0, 10.0, 10.0])]);
    let comparison = with_defaults(&old, &new);
    assert_eq!(told(&comparison), ["A>A recut id-without-geometry", "B> removed", ">C added"]);
    assert_eq!(comparison.changes[0].shared, 100.0);
    assert!(comparison.notes.iter().any(|note| note.en.contains("identifier alone")));
}

#[test]
fn numbers_and_texts_name_the_same_unit() {
    let old = {
        let mut old = release("old", &[r("", [0.0, 0.0, 10.0, 10.0]), r("", [20.0, 0.0, 30.0, 10.0])]);
        old.units.ids = IdColumn::Int(vec![9, 10]);
        old
    };
    let new = release("new", &[r("10", [20.0, 0.0, 30.0, 10.0]), r("9", [0.0, 0.0, 10.0, 10.0])]);
    assert_eq!(told(&with_defaults(&old, &new)), ["10>10 same id", "9>9 same id"]);
}

#[test]
fn an_older_release_in_another_system_is_transformed_and_says_so() {
    let units = [r("A", [0.0, 0.0, 30.0, 40.0]), r("B", [30.0, 0.0, 60.0, 40.0])];
    let new = release("new", &units);
    let mut old = release("old", &units);
    // CGCS2000 longitude and latitude.
    let degrees = Crs::parse("EPSG:4490").unwrap();
    let shapes = old.units.shapes.as_mut().unwrap();
    Transform::new(&new.head.crs, &degrees).unwrap().apply(shapes.points_mut()).unwrap();
    old.head.crs = degrees;
    let comparison = with_defaults(&old, &new);
    assert_eq!(told(&comparison), ["A>A same id", "B>B same id"]);
    assert!((comparison.changes[0].shared - 1200.0).abs() < 0.01);
    assert!(comparison.notes.iter().any(|note| note.en.contains("EPSG:4490 to EPSG:4547")));
}

fn points(places: &[(&str, f64, f64)]) -> Release {
    let units: Vec<Unit<'_>> = places.iter().map(|place| r(place.0, [0.0, 0.0, 1.0, 1.0])).collect();
    let mut release = release("points", &units);
    release.units.ids = IdColumn::Text(places.iter().map(|place| place.0).collect::<Texts>());
    release.units.shapes = Some(Shapes::of_points(places.iter().map(|place| Point::new(place.1, place.2))));
    release.units.areas = vec![NAN; places.len()];
    release
}

#[test]
fn points_match_by_identifier_near_their_place_and_else_by_the_nearest() {
    let old = points(&[("A", 0.0, 0.0), ("B", 1000.0, 0.0), ("C", 2000.0, 0.0), ("D", 3000.0, 0.0)]);
    // A moved by 5 m, B is re-used 400 m away, C was renumbered, D is gone.
    let new = points(&[("A", 3.0, 4.0), ("B", 1400.0, 0.0), ("X", 2000.0, 29.0)]);
    let comparison = with_defaults(&old, &new);
    let expected = ["A>A same id", "B> removed", "C>X replaced nearest", "D> removed", ">B added"];
    assert_eq!(told(&comparison), expected);
    assert_eq!(comparison.moved_ids, [(1, 1)]);
}

#[test]
fn a_release_of_price_tables_alone_has_no_units_to_compare() {
    let mut old = release("old", &[]);
    old.cells = vec![super::super::fixture::cell(1, 1, 100.0, 0.0)];
    let new = release("new", &[("A", 1, [0.0, 0.0, 10.0, 10.0], 1, 110.0)]);
    for (one, two) in [(&old, &new), (&new, &old)] {
        let comparison = with_defaults(one, two);
        assert!(comparison.changes.is_empty() && comparison.transitions.is_empty());
        assert!(comparison.notes.iter().any(|note| note.en.contains("old holds price tables and no units")));
        assert!(comparison.growth[1].grades[0].growth_pct.is_some());
    }
}

/// Points with addresses in a field: identifier, address, metres east.
fn addressed(name: &str, points: &[(&str, &str, f64)]) -> Release {
    let mut release = release(name, &[]);
    let units = &mut release.units;
    units.ids = crate::land::IdColumn::Text(points.iter().map(|point| point.0).collect());
    units.uses = vec![0; points.len()];
    units.grades = vec![0; points.len()];
    units.areas = vec![f64::NAN; points.len()];
    units.prices = vec![100.0; points.len()];
    units.shapes = Some(Shapes::of_points(points.iter().map(|point| Point::new(500_000.0 + point.2, 3_300_000.0))));
    let addresses = points.iter().map(|point| point.1).collect();
    units.kept = vec![crate::land::Column { name: "addr".to_string(), values: crate::land::Values::Text(addresses) }];
    release
}

/// P1 was renumbered and stands 40 m off, farther than a nearest point is looked for; P2 and P3 share one place; P4 and P5 changed theirs;
/// P6 bears its number 20 m away at another address; P7 has another spelling of its address where it was; P8's address is not told.
#[test]
fn points_are_matched_by_their_address_where_numbers_and_places_mislead() {
    let old = [
        ("P1", "一路1号", 0.0),
        ("P2", "二路2号", 1000.0),
        ("P3", "二路3号", 1000.0),
        ("P4", "三路4号", 2000.0),
        ("P5", "三路5号", 2020.0),
        ("P6", "大街1号", 3000.0),
        ("P7", "南路7号", 4000.0),
        ("P8", "", 5000.0),
    ];
    let new = [
        ("N1", "一路1号", 40.0),
        ("N2", "二路3号", 1000.0),
        ("N3", "二路2号", 1000.0),
        ("N4", "三路4号", 2015.0),
        ("N5", "三路5号", 2005.0),
        ("P6", "小巷9号", 3020.0),
        ("P7", "南路七号", 4000.0),
        ("P8", "北路8号", 5010.0),
    ];
    let options = Options { witness: Some("addr".to_string()), ..Options::default() };
    let (old, new) = (addressed("old", &old), addressed("new", &new));
    let comparison = compare(&old, &new, &options, &Unwatched).unwrap();
    let found = told(&comparison);
    for wanted in ["P1>N1", "P2>N3", "P3>N2", "P4>N4", "P5>N5"] {
        assert!(found.contains(&format!("{wanted} replaced field")), "{wanted} in {found:?}");
    }
    assert!(found.contains(&"P7>P7 same id".to_string()) && found.contains(&"P8>P8 same id".to_string()), "{found:?}");
    assert_eq!(comparison.moved_ids.len(), 1, "the number P6 is not trusted: {found:?}");
}
