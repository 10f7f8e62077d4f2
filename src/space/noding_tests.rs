use super::*;
use proptest::prelude::*;

fn numbered(lines: &[[(f64, f64); 2]]) -> (Vec<(u32, u32)>, Numbering) {
    let mut places = Numbering::new(2 * lines.len(), 1e-6);
    let mut number = |(x, y): (f64, f64)| places.number(Point::new(x, y));
    let edges = lines.iter().map(|&[a, b]| (number(a), number(b))).collect();
    (edges, places)
}

/// A cross, a line that ends on another, and the same line given twice the other way round.
#[test]
fn lines_are_cut_where_they_cross_and_where_one_ends_on_another() {
    let lines =
        [[(0.0, 0.0), (10.0, 0.0)], [(5.0, -5.0), (5.0, 5.0)], [(2.0, 4.0), (2.0, 0.0)], [(10.0, 0.0), (0.0, 0.0)]];
    let (edges, mut places) = numbered(&lines);
    let edges = noded(edges, &mut places, 1e-6).unwrap();
    let place = |vertex: u32| places.vertices()[vertex as usize];
    let mut lengths: Vec<f64> = edges.iter().map(|&(a, b)| place(a).distance(place(b))).collect();
    lengths.sort_by(f64::total_cmp);
    // 0–2, 2–5 and 5–10 of the first; two halves of the second; the third whole.
    assert_eq!(lengths, [2.0, 3.0, 4.0, 5.0, 5.0, 5.0]);
    assert!(places.vertices().contains(&Point::new(5.0, 0.0)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// Coarse coordinates make ends that lie on lines, lines that run along one another and crossings at one place common.
    #[test]
    fn afterwards_lines_meet_at_corners_only(
        lines in prop::collection::vec([(0i32..12, 0i32..12), (0i32..12, 0i32..12)], 1..40),
        step in prop::sample::select(vec![1.0, 0.3, 1e-3]),
    ) {
        let at = |(x, y): (i32, i32)| (38_500_000.0 + f64::from(x) * step, 3_400_000.0 + f64::from(y) * step);
        let lines: Vec<[(f64, f64); 2]> = lines.into_iter().map(|[a, b]| [at(a), at(b)]).collect();
        let (edges, mut places) = numbered(&lines);
        let before = edges.clone();
        let edges = noded(edges, &mut places, 1e-6).unwrap();
        let place = |vertex: u32| places.vertices()[vertex as usize];
        for (at, &one) in edges.iter().enumerate() {
            for &other in &edges[at + 1..] {
                let mut cuts = Vec::new();
                meet(one, other, places.vertices(), 1e-6, &mut cuts);
                meet(other, one, places.vertices(), 1e-6, &mut cuts);
                prop_assert!(cuts.is_empty(), "{one:?} {other:?}");
            }
        }
        // No line has moved away: the middle of each lies on an edge.
        for (a, b) in before.into_iter().filter(|(a, b)| a != b) {
            let (a, b) = (place(a), place(b));
            let middle = Point::new((a.x + b.x) / 2.0, (a.y + b.y) / 2.0);
            let near = |&(c, d): &(u32, u32)| crate::space::measure::squared_distance_to_segment(middle, place(c), place(d)) < 1e-10;
            prop_assert!(edges.iter().any(near));
        }
    }
}
