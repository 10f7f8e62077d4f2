use super::*;
use geo::Validation;

fn shape(rings: &[[f64; 4]]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for (at, [west, south, east, north]) in rings.iter().enumerate() {
        let ring = [(*west, *south), (*east, *south), (*east, *north), (*west, *north), (*west, *south)];
        shapes.push_ring(&ring.map(|(x, y)| Point::new(x, y)), at == 0);
    }
    shapes.end_feature();
    shapes
}

#[test]
fn rings_that_keep_apart_are_told_from_those_that_do_not() {
    let cases: [(&[[f64; 4]], &[usize]); 6] = [
        (&[[0., 0., 9., 9.], [1., 1., 2., 2.], [3., 3., 4., 4.]], &[]),
        (&[[0., 0., 9., 9.], [1., 1., 2., 2.], [2., 2., 4., 4.]], &[0, 1]),
        (&[[0., 0., 9., 9.], [1., 1., 5., 5.], [2., 2., 3., 3.]], &[0, 1]),
        (&[[0., 0., 9., 9.], [10., 1., 12., 5.]], &[0]),
        (&[[0., 0., 9., 9.], [8., 1., 12., 5.]], &[0]),
        (&[[0., 0., 9., 9.], [0., 1., 2., 5.]], &[0]),
    ];
    for (rings, wanted) in cases {
        let shapes = shape(rings);
        assert_eq!(in_question(shapes.get(0)).as_deref(), Some(wanted), "{rings:?}");
        // What keeps apart is valid to `geo` too.
        let polygons = crate::space::planar::as_geo(shapes.get(0), Point::default());
        assert!(!wanted.is_empty() || polygons.is_valid());
    }
}
