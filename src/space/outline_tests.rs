use super::*;
use crate::ingest::overlaps::overlapping;
use crate::land::random::Random;
use crate::space::Kind;

fn boxes(all: &[[f64; 4]]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for (at, [west, south, east, north]) in all.iter().enumerate() {
        let mut ring = [(*west, *south), (*east, *south), (*east, *north), (*west, *north), (*west, *south)]
            .map(|(x, y)| Point::new(x, y));
        // Rings run either way.
        if at % 2 == 1 {
            ring.reverse();
        }
        shapes.push_ring(&ring, true);
        shapes.end_feature();
    }
    shapes
}

fn suspects(all: &[[f64; 4]]) -> Vec<u32> {
    let shapes = boxes(all);
    Outline::of(&shapes).suspects(&shapes)
}

#[test]
fn neighbours_that_share_edges_or_corners_are_above_suspicion() {
    assert!(suspects(&[[0., 0., 1., 1.], [1., 0., 2., 1.], [1., 1., 2., 2.], [5., 5., 6., 6.]]).is_empty());
    // A corner on another's edge may be an overlap by rounding: it is looked at.
    assert_eq!(suspects(&[[0., 0., 1., 2.], [1., 0., 2., 1.]]), [0, 1]);
    assert_eq!(suspects(&[[0., 0., 2., 2.], [1., 1., 3., 3.], [9., 9., 10., 10.]]), [0, 1]);
    // One inside the other, the same twice, and one that shares a side from the same side.
    assert_eq!(suspects(&[[0., 0., 9., 9.], [1., 1., 3., 3.]]), [0, 1]);
    assert_eq!(suspects(&[[0., 0., 2., 2.], [0., 0., 2., 2.], [4., 0., 5., 1.]]), [0, 1]);
    assert_eq!(suspects(&[[0., 0., 2., 1.], [0., 0., 2., 2.]]), [0, 1]);
}

#[test]
fn the_outline_of_pieces_is_that_of_the_whole_and_no_others() {
    let whole = Outline::of(&boxes(&[[0., 0., 2., 1.]]));
    let pieces = |all: &[[f64; 4]]| Outline::of(&boxes(all));
    assert!(!pieces(&[[0., 0., 1., 1.], [1., 0., 2., 1.]]).is_same(&whole), "corners on the way are another outline");
    let mut cut = Shapes::new(Kind::Polygon);
    let ring = [(0., 0.), (1., 0.), (2., 0.), (2., 1.), (1., 1.), (0., 1.), (0., 0.)].map(|(x, y)| Point::new(x, y));
    cut.push_ring(&ring, true);
    cut.end_feature();
    let cut = Outline::of(&cut);
    assert!(pieces(&[[0., 0., 1., 1.], [1., 0., 2., 1.]]).is_same(&cut) && whole.is_same(&whole));
    assert!(!pieces(&[[0., 0., 1., 1.]]).is_same(&cut));
    // The same edges twice are an overlap, whatever the outline.
    assert!(!pieces(&[[0., 0., 2., 1.], [0., 0., 2., 1.]]).is_same(&pieces(&[[0., 0., 2., 1.], [0., 0., 2., 1.]])));
}

#[test]
fn whatever_overlaps_is_a_suspect() {
    let mut random = Random::new(3, &[]);
    for _ in 0..200 {
        let mut whole = || f64::from((random.unit() * 12.0) as u32);
        let all: Vec<[f64; 4]> = (0..8)
            .map(|_| {
                let (x, y) = (whole(), whole());
                [x, y, x + 1.0 + whole() / 3.0, y + 1.0 + whole() / 4.0]
            })
            .collect();
        let shapes = boxes(&all);
        let areas: Vec<f64> = shapes.iter().map(measure::area).collect();
        let overlaps = overlapping(&shapes, &areas, 1e-6).unwrap();
        let found = Outline::of(&shapes).suspects(&shapes);
        for overlap in overlaps {
            assert!(found.contains(&overlap.one) && found.contains(&overlap.other), "{all:?} {overlap:?} {found:?}");
        }
    }
}
