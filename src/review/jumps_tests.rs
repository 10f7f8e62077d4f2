use super::*;
use crate::ingest::survey::{BarrierLayers, Layer};
use crate::land::{IdColumn, Texts};
use crate::release::UnitRows;
use crate::space::Point;
use crate::space::{Kind, Shapes};

/// Four squares of 10 m in a row with grades 1, 3, 4, 6; the last of another use; a wall between the first two where `wall`.
fn release(wall: bool) -> Release {
    let mut shapes = Shapes::new(Kind::Polygon);
    for x in [0.0, 10.0, 20.0, 30.0] {
        let ring = [(x, 0.0), (x + 10.0, 0.0), (x + 10.0, 10.0), (x, 10.0), (x, 0.0)];
        shapes.push_ring(&ring.map(|(x, y)| Point::new(x, y)), true);
        shapes.end_feature();
    }
    let mut release = crate::publish::fixture::city();
    release.units = UnitRows {
        ids: IdColumn::Int(vec![1, 2, 3, 4]),
        uses: vec![0, 0, 0, 1],
        shapes: Some(shapes),
        areas: vec![100.0; 4],
        grades: vec![1, 3, 4, 6],
        ..UnitRows::none()
    };
    let mut walls = Shapes::new(Kind::Line);
    if wall {
        walls.push_ring(&[Point::new(10.0, -50.0), Point::new(10.0, 50.0)], true);
        walls.end_feature();
    }
    let labels = (0..walls.len()).map(|at| at.to_string()).collect::<Texts>();
    let walls = Layer { name: "river".into(), shapes: walls, columns: Vec::new(), labels };
    release.barriers = vec![BarrierLayers { walls, crossings: None }];
    release
}

#[test]
fn a_step_of_two_between_neighbours_of_one_use_is_told() {
    let (found, pairs) = jumps(&release(false), 0.001, 0.0, false);
    assert_eq!((found, pairs), (vec![Jump { one: 0, other: 1, length: 10.0, step: 2 }], 2));
}

#[test]
fn across_a_barrier_it_is_expected() {
    assert_eq!(jumps(&release(true), 0.001, 0.0, false), (vec![], 2));
}
