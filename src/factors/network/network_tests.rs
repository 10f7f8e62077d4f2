use super::*;
use crate::space::{Kind, measure};
use proptest::prelude::*;

fn point(x: f64, y: f64) -> Point {
    Point::new(x, y)
}

fn lines(lines: &[Vec<(f64, f64)>]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Line);
    for line in lines {
        shapes.push_ring(&line.iter().map(|&(x, y)| point(x, y)).collect::<Vec<_>>(), true);
        shapes.end_feature();
    }
    shapes
}

fn network(of: &[&[(f64, f64)]]) -> Network {
    Network::new(&lines(&of.iter().map(|line| line.to_vec()).collect::<Vec<_>>()), 0.5)
}

fn lengths(network: &Network) -> Vec<f64> {
    network.islands().iter().map(|island| island.length).collect()
}

#[test]
fn streets_that_cross_meet_there_and_share_nothing_else() {
    let crossed = network(&[&[(0.0, 50.0), (100.0, 50.0)], &[(30.0, 0.0), (30.0, 100.0)]]);
    assert_eq!((crossed.nodes.len(), crossed.edges.len()), (5, 4));
    assert!(crossed.nodes.contains(&point(30.0, 50.0)));
    assert_eq!(lengths(&crossed), [200.0]);
}

#[test]
fn an_end_near_another_street_is_joined_to_it_and_the_gap_counts() {
    // 0.4 m short of the street, and 0.6 m.
    let joined = network(&[&[(0.0, 0.0), (100.0, 0.0)], &[(30.0, 0.4), (30.0, 100.0)]]);
    assert_eq!(lengths(&joined), [200.0]);
    assert!(joined.nodes.contains(&point(30.0, 0.0)));
    let open = network(&[&[(0.0, 0.0), (100.0, 0.0)], &[(30.0, 0.6), (30.0, 100.0)]]);
    assert_eq!(lengths(&open), [100.0, 99.4]);
    assert_eq!(open.islands()[1].place, point(30.0, 0.6));
}

#[test]
fn corners_near_each_other_are_joined_wherever_they_stand_in_their_lines() {
    let met = network(&[&[(0.0, 0.0), (50.0, 0.0), (60.0, -40.0)], &[(0.0, 40.0), (50.0, 0.3), (90.0, 40.0)]]);
    assert_eq!(met.islands().len(), 1);
    let closed = network(&[&[(0.0, 0.0), (50.0, 0.0), (50.0, 50.0), (0.2, 0.0)]]);
    assert_eq!((closed.nodes.len(), closed.edges.len()), (4, 4));
}

#[test]
fn a_street_drawn_twice_or_in_parts_counts_once() {
    let twice = network(&[&[(0.0, 0.0), (100.0, 0.0)], &[(100.0, 0.0), (0.0, 0.0)], &[(20.0, 0.0), (60.0, 0.0)]]);
    assert_eq!(lengths(&twice), [100.0]);
    assert_eq!(twice.edges.len(), 3);
}

#[test]
fn without_lines_there_is_nothing_near() {
    let none = network(&[]);
    assert!(none.is_empty() && none.islands().is_empty());
    let mut nearest = Nearest::default();
    nearest.gather(&none, Extent::of(&[point(1.0, 1.0)]), f64::INFINITY);
    assert_eq!(nearest.stand(&none, point(1.0, 1.0)).access, f64::INFINITY);
    assert_eq!(none.meet(&[[point(0.0, 0.0); 2]]), (f64::INFINITY, Vec::new()));
    // Nor is anything near a place that is none.
    let street = network(&[&[(0.0, 0.0), (100.0, 0.0)]]);
    let nowhere = point(f64::NAN, f64::NAN);
    nearest.gather(&street, Extent::of(&[nowhere]), f64::INFINITY);
    assert_eq!(nearest.stand(&street, nowhere).access, f64::INFINITY);
}

#[test]
fn a_ring_meets_the_network_where_it_crosses_it_and_else_at_the_nearest_point() {
    let street = network(&[&[(0.0, 0.0), (100.0, 0.0)]]);
    let ring = |low: f64| {
        let corners = [(20.0, low), (40.0, low), (40.0, low + 20.0), (20.0, low + 20.0), (20.0, low)];
        corners.windows(2).map(|pair| [point(pair[0].0, pair[0].1), point(pair[1].0, pair[1].1)]).collect::<Vec<_>>()
    };
    let at = |along: f64| Meeting { edge: 0, from: along, to: along };
    assert_eq!(street.meet(&ring(-10.0)), (0.0, vec![at(20.0), at(40.0)]));
    // A side along the street meets it all along, and the sides beside it at its ends.
    let (access, meetings) = street.meet(&ring(0.0));
    assert!(access == 0.0 && meetings.contains(&Meeting { edge: 0, from: 20.0, to: 40.0 }), "{meetings:?}");
    // 7 m off: the first place of the near side counts.
    assert_eq!(street.meet(&ring(7.0)), (7.0, vec![at(20.0)]));
    // The street's end is nearer to a side than any corner: 3 m beyond it.
    let beside = [[point(103.0, -50.0), point(103.0, 50.0)]];
    assert_eq!(street.meet(&beside), (3.0, vec![at(100.0)]));
}

#[test]
fn the_stretch_inside_a_polygon_is_cut_at_its_edge_and_at_its_holes() {
    let street = network(&[&[(0.0, 0.0), (100.0, 0.0)]]);
    let mut polygon = Shapes::new(Kind::Polygon);
    let ring = |x: f64, y: f64, side: f64| {
        [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)].map(|(dx, dy)| point(x + dx, y + dy))
    };
    polygon.push_ring(&ring(20.0, -30.0, 60.0), true);
    polygon.push_ring(&ring(40.0, -10.0, 20.0), false);
    polygon.end_feature();
    let stretch = |from: f64, to: f64| Meeting { edge: 0, from, to };
    assert_eq!(street.inside(polygon.get(0)), [stretch(20.0, 40.0), stretch(60.0, 80.0)]);
}

/// Lines on a lattice of 10 m, so that many meet, overlap and cross; some moved off it a little.
fn drawn() -> impl Strategy<Value = Vec<Vec<(f64, f64)>>> {
    let corner = (0..11i32, 0..11i32, prop::sample::select(vec![0.0, 0.0, 0.0, 0.3, 4.7]))
        .prop_map(|(x, y, off)| (f64::from(x) * 10.0 + off, f64::from(y) * 10.0 - off));
    prop::collection::vec(prop::collection::vec(corner, 2..5), 1..7)
}

/// The least distance between two segments, by their ends; 0 where they cross.
fn apart(one: [Point; 2], other: [Point; 2]) -> f64 {
    use crate::factors::barrier::side;
    let crosses = side(one[0], one[1], other[0]) * side(one[0], one[1], other[1]) < 0.0
        && side(other[0], other[1], one[0]) * side(other[0], other[1], one[1]) < 0.0;
    if crosses {
        return 0.0;
    }
    let to = |place: Point, [from, to]: [Point; 2]| measure::squared_distance_to_segment(place, from, to).sqrt();
    to(one[0], other).min(to(one[1], other)).min(to(other[0], one)).min(to(other[1], one))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_network_is_the_same_whatever_the_order_and_direction_of_its_lines(drawn in drawn()) {
        let one = Network::new(&lines(&drawn), 0.5);
        let turned: Vec<Vec<_>> = drawn.iter().rev().map(|line| line.iter().rev().copied().collect()).collect();
        let other = Network::new(&lines(&turned), 0.5);
        prop_assert_eq!(&one.nodes, &other.nodes);
        prop_assert_eq!(&one.edges, &other.edges);
    }

    /// Segments hang together where they are as near as the snap: crossing, touching, or almost.
    #[test]
    fn the_parts_are_those_of_segments_as_near_as_the_snap(drawn in drawn()) {
        let network = Network::new(&lines(&drawn), 0.5);
        let pairs = |line: &Vec<(f64, f64)>| {
            line.windows(2).map(|pair| [point(pair[0].0, pair[0].1), point(pair[1].0, pair[1].1)]).collect::<Vec<_>>()
        };
        let segments: Vec<[Point; 2]> = drawn.iter().flat_map(pairs).filter(|[from, to]| from != to).collect();
        let mut part: Vec<usize> = (0..segments.len()).collect();
        for one in 0..segments.len() {
            for other in 0..one {
                let (old, new) = (part[one], part[other]);
                if apart(segments[one], segments[other]) <= 0.5 {
                    part.iter_mut().filter(|part| **part == old).for_each(|part| *part = new);
                }
            }
        }
        part.sort_unstable();
        part.dedup();
        prop_assert_eq!(network.islands().len(), part.len());
    }

    #[test]
    fn the_nearest_point_is_that_of_brute_force_whatever_the_window(
        drawn in drawn(),
        places in prop::collection::vec((-50.0..150.0f64, -50.0..150.0f64), 1..6),
    ) {
        let network = Network::new(&lines(&drawn), 0.5);
        let places: Vec<Point> = places.into_iter().map(|(x, y)| point(x, y)).collect();
        let mut wide = Nearest::default();
        wide.gather(&network, Extent::of(&places), f64::INFINITY);
        for &place in &places {
            let brute = network.edges.iter().map(|edge| {
                let [from, to] = edge.map(|node| network.nodes[node as usize]);
                measure::squared_distance_to_segment(place, from, to).sqrt()
            });
            let brute = brute.fold(f64::INFINITY, f64::min);
            let found = wide.stand(&network, place);
            let mut alone = Nearest::default();
            alone.gather(&network, Extent::of(&[place]), f64::INFINITY);
            prop_assert_eq!(found, alone.stand(&network, place));
            if brute < f64::INFINITY {
                let [from, to] = network.ends(found.edge);
                let share = found.along / from.distance(to);
                let foot = point(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
                prop_assert!((found.access - brute).abs() < 1e-9 && (foot.distance(place) - brute).abs() < 1e-9);
                prop_assert!(found.access <= wide.farthest());
            }
        }
    }
}
