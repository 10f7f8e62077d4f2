//! T: a package for each rule of topology that breaks it and no other.

use super::tests::{breaks, broken, checked, spoilt};
use super::*;
use crate::package::fixture::{Edit, SOUTH, WEST, copied, edit, line, pack, rectangle, rectangles, release};
use crate::space::{Kind, Shapes, measure};
use std::fs;

#[test]
fn t1_a_sliver_and_a_bow_tie() {
    breaks("T1", |own| {
        edit(&own.join("03_矢量/JZQP.gpkg"), |layer| {
            layer.shapes = rectangles(&[[100.0, 100.0, 105.0, 105.0]]);
            layer.real("QPMJ", 0, 25.0);
        });
    });
    breaks("T1", |own| {
        edit(&own.join("03_矢量/JZQP.gpkg"), |layer| {
            let mut shapes = Shapes::new(Kind::Polygon);
            let at = |x: f64, y: f64| Point::new(WEST + x, SOUTH + y);
            shapes.push_ring(&[at(0.0, 0.0), at(50.0, 50.0), at(50.0, 0.0), at(0.0, 90.0), at(0.0, 0.0)], true);
            shapes.end_feature();
            let area = measure::area(shapes.get(0));
            layer.shapes = shapes;
            layer.real("QPMJ", 0, area);
        });
    });
}

#[test]
fn t2_two_areas_overlap() {
    breaks("T2", |own| {
        edit(&own.join("03_矢量/JZQP.gpkg"), |layer| {
            layer.keep(&[0, 0]);
            layer.shapes = rectangles(&[[100.0, 100.0, 400.0, 400.0], [399.9, 100.0, 699.9, 400.0]]);
            layer.int("BSM", 1, 2);
            layer.text("QPBH", 1, "Q2");
        });
    });
}

#[test]
fn t3_ground_of_the_range_has_no_grade() {
    breaks("T3", |own| {
        edit(&own.join("03_矢量/DJFW.gpkg"), |layer| {
            layer.shapes =
                rectangles(&[[0.0, 0.0, 2000.0, 1000.0], [0.0, 0.0, 2000.0, 1000.0], [0.0, 0.0, 2000.1, 1000.0]]);
            layer.real("FWMJ", 2, 2_000_100.0);
        });
    });
}

#[test]
fn t3_a_use_with_a_range_has_no_grades() {
    let found = spoilt(|own| fs::remove_file(own.join("03_矢量/TDJB_GY.gpkg")).unwrap());
    assert_eq!(broken(&found), ["F1", "T3", "A10"]);
}

#[test]
fn t4_a_grade_lies_outside_the_range() {
    breaks("T4", |own| {
        edit(&own.join("03_矢量/DJFW.gpkg"), |layer| {
            layer.shapes =
                rectangles(&[[0.0, 0.0, 2000.0, 1000.0], [0.0, 0.0, 2000.0, 1000.0], [0.1, 0.0, 2000.0, 1000.0]]);
            layer.real("FWMJ", 2, 1_999_900.0);
        });
    });
}

#[test]
fn t5_the_neighbours_border_has_other_vertices() {
    let rules = Rules::of("neutral").unwrap();
    let room = tempfile::tempdir().unwrap();
    let own = pack(&release(), &rules, &room.path().join("own"), false).unwrap().folder;
    let neighbour = copied(&own, &room.path().join("neighbour"));
    // To the east, with the same corners on the border, then without them.
    let range = neighbour.join("03_矢量/DJFW.gpkg");
    edit(&range, |layer| layer.shapes = rectangles(&[[2000.0, 0.0, 3000.0, 1000.0]; 3]));
    let beside = [neighbour];
    assert_eq!(broken(&checked(&own, &rules, &beside)), Vec::<&str>::new());
    edit(&range, |layer| layer.shapes = rectangles(&[[2000.0, -40.0, 3000.0, 1040.0]; 3]));
    let found = checked(&own, &rules, &beside);
    assert_eq!(broken(&found), ["T5"]);
    let items = &found.judged.iter().find(|judged| judged.code == Code::T5).unwrap().items;
    assert_eq!(items.len(), 2);
    assert!(items[0].what.en.contains("40.000 m off"), "{items:?}");
}

/// The neighbour's line leaves the border for 20 m over 400 m: to the east it leaves ground to nobody, to the west it takes ours.
#[test]
fn t5_ground_lies_in_both_or_shut_in_between() {
    let rules = Rules::of("neutral").unwrap();
    let room = tempfile::tempdir().unwrap();
    let own = pack(&release(), &rules, &room.path().join("own"), false).unwrap().folder;
    let neighbour = copied(&own, &room.path().join("neighbour"));
    let with_notch = |by: f64| {
        edit(&neighbour.join("03_矢量/DJFW.gpkg"), |layer| {
            let mut shapes = Shapes::new(Kind::Polygon);
            let west = 2000.0 + by;
            let ring = [
                (2000.0, 0.0),
                (3000.0, 0.0),
                (3000.0, 1000.0),
                (2000.0, 1000.0),
                (west, 700.0),
                (west, 300.0),
                (2000.0, 0.0),
            ];
            for _ in 0..3 {
                shapes.push_ring(&ring.map(|(x, y)| Point::new(WEST + x, SOUTH + y)), true);
                shapes.end_feature();
            }
            layer.shapes = shapes;
        });
        let found = checked(&own, &rules, std::slice::from_ref(&neighbour));
        assert_eq!(broken(&found), ["T5"]);
        let items = &found.judged.iter().find(|judged| judged.code == Code::T5).unwrap().items;
        items.iter().map(|item| item.what.en.clone()).collect::<Vec<_>>()
    };
    // One inside the other shares no line with it: 200 m by 200 m.
    edit(&neighbour.join("03_矢量/DJFW.gpkg"), |layer| layer.shapes = rectangles(&[[400.0, 400.0, 600.0, 600.0]; 3]));
    let found = checked(&own, &rules, std::slice::from_ref(&neighbour));
    let items = &found.judged.iter().find(|judged| judged.code == Code::T5).unwrap().items;
    assert_eq!(
        items.iter().map(|item| item.what.en.as_str()).collect::<Vec<_>>(),
        ["40000.00 m² are also in 510402_2026_JZDJ"]
    );
    // (1000 + 400) / 2 · 20 m².
    assert_eq!(with_notch(20.0), ["14000.00 m² between here and 510402_2026_JZDJ are in neither"]);
    assert_eq!(with_notch(-20.0), ["14000.00 m² are also in 510402_2026_JZDJ"]);
}

/// Every piece is below `gap`, all of them together above `gap_total`.
#[test]
fn t3_small_gaps_count_together() {
    let rules = Rules::of("neutral").unwrap();
    let (each, total) = (rules.limits.gap, rules.limits.gap_total);
    let with = |count: usize, area: f64| {
        spoilt(|own| {
            edit(&own.join("03_矢量/DJFW.gpkg"), |layer| {
                let wide = area.sqrt();
                let mut shapes = Shapes::new(Kind::Polygon);
                for use_at in 0..3 {
                    let mut ring = vec![(0.0, 0.0), (2000.0, 0.0), (2000.0, 1000.0)];
                    for at in (0..count).filter(|_| use_at == 2) {
                        let x = 1900.0 - 100.0 * at as f64;
                        ring.extend([(x, 1000.0), (x, 1000.0 + wide), (x - wide, 1000.0 + wide), (x - wide, 1000.0)]);
                    }
                    ring.extend([(0.0, 1000.0), (0.0, 0.0)]);
                    let ring: Vec<Point> = ring.into_iter().map(|(x, y)| Point::new(WEST + x, SOUTH + y)).collect();
                    shapes.push_ring(&ring, true);
                    shapes.end_feature();
                }
                layer.shapes = shapes;
                layer.real("FWMJ", 2, ((2_000_000.0 + count as f64 * area) * 100.0).round() / 100.0);
            });
        })
    };
    let small = each * 0.9;
    let enough = (total / small).ceil() as usize + 1;
    assert!(broken(&with(enough - 3, small)).is_empty());
    let found = with(enough, small);
    assert_eq!(broken(&found), ["T3"]);
    let items = &found.judged.iter().find(|judged| judged.code == Code::T3).unwrap().items;
    assert_eq!(items.len(), 1);
    assert!(items[0].what.en.starts_with(&format!("{enough} small pieces of the range, together ")), "{items:?}");
}

#[test]
fn t6_a_grade_of_several_parts() {
    breaks("T6", |own| {
        edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| {
            layer.keep(&[0, 1]);
            let mut shapes = Shapes::new(Kind::Polygon);
            rectangle(&mut shapes, [0.0, 0.0, 500.0, 1000.0]);
            rectangle(&mut shapes, [1500.0, 0.0, 2000.0, 1000.0]);
            shapes.end_feature();
            rectangle(&mut shapes, [500.0, 0.0, 1500.0, 1000.0]);
            shapes.end_feature();
            layer.shapes = shapes;
            layer.real("JBMJ", 0, 1e6);
        });
    });
}

#[test]
fn t7_a_route_line_leaves_the_grades_or_the_roads() {
    let street = "03_矢量/LXJ.gpkg";
    breaks("T7", |own| edit(&own.join(street), |layer| layer.shapes = line(&[(50.0, 470.0), (450.0, 450.0)])));
    // Both ends lie on roads and in grades, the way between them does not.
    breaks("T7", |own| {
        edit(&own.join(street), |layer| layer.shapes = line(&[(50.0, 450.0), (250.0, 500.0), (450.0, 450.0)]))
    });
    breaks("T7", |own| {
        fs::remove_file(own.join("03_矢量/DL.gpkg")).unwrap();
        edit(&own.join(street), |layer| layer.shapes = line(&[(-50.0, 450.0), (450.0, 450.0)]));
    });
}

#[test]
fn t8_a_sample_lies_outside_the_range_unless_no_price_is_made_from_it() {
    let outside = |layer: &mut Edit| layer.shapes.points_mut()[0].x = WEST - 100.0;
    breaks("T8", |own| edit(&own.join("03_矢量/YDDJ.gpkg"), outside));
    let found = spoilt(|own| {
        edit(&own.join("03_矢量/YDDJ.gpkg"), |layer| {
            outside(layer);
            layer.text("SFCY", 0, "0");
        });
    });
    assert_eq!(broken(&found), Vec::<&str>::new());
}

#[test]
fn t9_coordinates_outside_the_county_or_the_belt() {
    breaks("T9", |own| {
        edit(&own.join("03_矢量/XZQ.gpkg"), |layer| layer.shapes = rectangles(&[[-500.0, -500.0, 1990.0, 1500.0]]));
    });
    breaks("T9", |own| {
        fs::remove_file(own.join("03_矢量/XZQ.gpkg")).unwrap();
        fs::remove_file(own.join("03_矢量/LXJ.gpkg")).unwrap();
        // Roads two degrees to the east: 190 km at this latitude.
        edit(&own.join("03_矢量/DL.gpkg"), |layer| layer.shapes = line(&[(0.0, 450.0), (190_000.0, 450.0)]));
    });
}
