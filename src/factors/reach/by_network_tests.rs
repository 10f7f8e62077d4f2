use crate::factors::network::{Nearest, Network};
use crate::factors::reach::{self, Decisive, NearGroup, NearNetwork, NetworkWay, Reach};
use crate::ingest::survey::Layer;
use crate::land::{Column, Values};
use crate::project::plan::{Combine, Distance, Form, LevelPlan, ReachPlan, Rules, ScalePlan};
use crate::space::{Extent, Kind, Point, Shapes, measure};
use proptest::prelude::*;
use std::sync::Arc;

fn point(x: f64, y: f64) -> Point {
    Point::new(x, y)
}

fn plan(form: Form, radius: f64) -> ReachPlan {
    ReachPlan {
        form,
        reached_at_radius: false,
        scale: Some(ScalePlan::Index("scale".into())),
        level_field: None,
        levels: vec![LevelPlan { name: "f".into(), radius, score: 100.0, ..LevelPlan::default() }],
        combine: Combine::Max,
        barriers: Vec::new(),
        distance: Distance::Network,
        grades: None,
        rules: Rules::default(),
        directions: None,
    }
}

fn network(lines: &[Vec<(f64, f64)>]) -> Arc<Network> {
    let mut shapes = Shapes::new(Kind::Line);
    for line in lines {
        shapes.push_ring(&line.iter().map(|&(x, y)| point(x, y)).collect::<Vec<_>>(), true);
        shapes.end_feature();
    }
    Arc::new(Network::new(&shapes, 0.5))
}

fn factor(shapes: Shapes, scale: &[f64], (form, radius): (Form, f64), network: &Arc<Network>) -> Reach {
    let labels = (0..shapes.len()).map(|at| at.to_string()).collect();
    let columns = vec![Column { name: "scale".into(), values: Values::Real(scale.to_vec()) }];
    let layer = Layer { name: "f".into(), shapes, columns, labels };
    reach::build("f", &plan(form, radius), &layer, false, None).unwrap().by_network(network)
}

/// The effect at a place, and the source it comes from, found in a window that holds others too.
fn decisive(reach: &Reach, place: Point, window: f64) -> (f64, Option<Decisive>) {
    let (network, window) = (reach.network().unwrap(), Extent::of(&[place]).grown(window));
    let (mut near, mut nearest) = (NearNetwork::default(), Nearest::default());
    let group = &reach.groups[0];
    nearest.gather(network, window, group.law.radius + group.half_width);
    near.gather(group, window, nearest.farthest());
    let stand = nearest.stand(network, place);
    let plain = near.effect::<false>(group, stand).0;
    let told = near.effect::<true>(group, stand);
    assert_eq!(plain, told.0);
    told
}

fn distance(reach: &Reach, place: Point) -> f64 {
    decisive(reach, place, 3.0).1.map_or(f64::INFINITY, |decisive| decisive.distance)
}

/// A street along the x axis and a side street north from x = 400 m; a school 30 m east of that, 200 m up.
fn school() -> Reach {
    let streets = network(&[vec![(0.0, 0.0), (600.0, 0.0)], vec![(400.0, 0.0), (400.0, 300.0)]]);
    factor(Shapes::of_points([point(430.0, 200.0)]), &[100.0], (Form::Linear, 1000.0), &streets)
}

/// By hand: 50 m to the street, 300 m along it and 200 m up the side street, 30 m to the school: 580 m; e = 100·(1 − 0.58) = 42.
#[test]
fn the_way_runs_along_the_streets() {
    let (effect, found) = decisive(&school(), point(100.0, 50.0), 40.0);
    assert!((effect - 42.0).abs() < 1e-9, "{found:?}");
    let found = found.unwrap();
    assert_eq!(found.distance, 580.0);
    let way = NetworkWay::Along { access: 50.0, along: 500.0, source_access: 30.0 };
    assert_eq!((found.network, found.feature), (Some(way), 0));
}

/// By hand: 40 m and 30 m to the side street are more than the √200 = 14.142 m between them; e = 100·(1 − 0.014142) = 98.586.
#[test]
fn a_neighbour_is_reached_straight() {
    let (effect, found) = decisive(&school(), point(440.0, 190.0), 40.0);
    assert!((effect - 98.586).abs() < 0.001);
    assert_eq!(found.unwrap().network, Some(NetworkWay::Straight));
}

#[test]
fn where_no_way_leads_within_the_radius_nothing_arrives() {
    // A street of its own, 60 m from the other: the school is 90 m away as the crow flies.
    let streets = network(&[vec![(0.0, 0.0), (600.0, 0.0)], vec![(0.0, 60.0), (600.0, 60.0)]]);
    let reach = factor(Shapes::of_points([point(100.0, 75.0)]), &[100.0], (Form::Linear, 1000.0), &streets);
    assert_eq!(decisive(&reach, point(100.0, -15.0), 40.0), (0.0, None));
    // The way is longer than the radius.
    let streets = network(&[vec![(0.0, 0.0), (600.0, 0.0), (600.0, 60.0), (0.0, 60.0)]]);
    let reach = factor(Shapes::of_points([point(100.0, 75.0)]), &[100.0], (Form::Linear, 1000.0), &streets);
    assert_eq!(decisive(&reach, point(100.0, -15.0), 40.0), (0.0, None));
    assert_eq!(distance(&reach, point(500.0, -15.0)), 15.0 + 100.0 + 60.0 + 500.0 + 15.0);
}

#[test]
fn without_a_network_every_distance_is_straight() {
    let reach = factor(Shapes::of_points([point(30.0, 40.0)]), &[100.0], (Form::Linear, 1000.0), &network(&[]));
    assert_eq!(distance(&reach, point(0.0, 0.0)), 50.0);
}

/// A square 200 to 300 m along the street and 50 m to either side of it.
fn square(low: f64) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    let corners = [(200.0, low), (300.0, low), (300.0, low + 100.0), (200.0, low + 100.0), (200.0, low)];
    shapes.push_ring(&corners.map(|(x, y)| point(x, y)), true);
    shapes.end_feature();
    shapes
}

#[test]
fn a_centre_is_reached_where_the_network_enters_it() {
    let streets = network(&[vec![(0.0, 0.0), (600.0, 0.0)]]);
    let centre = factor(square(-50.0), &[100.0], (Form::Linear, 1000.0), &streets);
    // 60 m to the street, 100 m along it to the square.
    assert_eq!(distance(&centre, point(100.0, 60.0)), 160.0);
    // Inside, and straight from beside it, 20 m above where the street would be 70 m.
    assert_eq!(distance(&centre, point(250.0, 10.0)), 0.0);
    assert_eq!(distance(&centre, point(250.0, 70.0)), 20.0);
    // A centre that no street enters is reached from the nearest point: 10 m from its side.
    let centre = factor(square(10.0), &[100.0], (Form::Linear, 1000.0), &streets);
    assert_eq!(distance(&centre, point(100.0, -60.0)), 60.0 + 100.0 + 10.0);
}

#[test]
fn of_equal_effects_the_first_source_counts() {
    let streets = network(&[vec![(0.0, 0.0), (600.0, 0.0)]]);
    let schools = Shapes::of_points([point(100.0, 20.0), point(500.0, 20.0), point(500.0, 20.0)]);
    let reach = factor(schools, &[100.0; 3], (Form::Linear, 1000.0), &streets);
    assert_eq!(decisive(&reach, point(300.0, 50.0), 10.0).1.unwrap().feature, 0);
    assert_eq!(decisive(&reach, point(301.0, 50.0), 10.0).1.unwrap().feature, 1);
}

/// Streets whose corners stand on a lattice of 10 m: many meet, cross and overlap.
fn drawn() -> impl Strategy<Value = Vec<Vec<(f64, f64)>>> {
    let corner = (0..11i32, 0..11i32).prop_map(|(x, y)| (f64::from(x) * 10.0, f64::from(y) * 10.0));
    prop::collection::vec(prop::collection::vec(corner, 2..5), 1..7)
}

/// The ends of every edge, and the shortest ways between all ends by Floyd and Warshall.
struct Brute {
    nodes: Vec<Point>,
    edges: Vec<[usize; 2]>,
    ways: Vec<Vec<f64>>,
}

impl Brute {
    fn new(network: &Network) -> Brute {
        let ends: Vec<[Point; 2]> =
            (0..).map_while(|edge| (edge < network.count()).then(|| network.ends(edge))).collect();
        let mut nodes: Vec<Point> = Vec::new();
        let mut number = |place: Point| {
            nodes.iter().position(|known| *known == place).unwrap_or_else(|| {
                nodes.push(place);
                nodes.len() - 1
            })
        };
        let edges: Vec<[usize; 2]> = ends.iter().map(|pair| pair.map(&mut number)).collect();
        let count = nodes.len();
        let mut ways = vec![vec![f64::INFINITY; count]; count];
        (0..count).for_each(|node| ways[node][node] = 0.0);
        for &[from, to] in &edges {
            let length = nodes[from].distance(nodes[to]);
            (ways[from][to], ways[to][from]) = (length, length);
        }
        for by in 0..count {
            for from in 0..count {
                for to in 0..count {
                    ways[from][to] = ways[from][to].min(ways[from][by] + ways[by][to]);
                }
            }
        }
        Brute { nodes, edges, ways }
    }

    /// The nearest point of the network: its distance, edge and metres from the edge's first end.
    fn access(&self, place: Point) -> Option<(f64, usize, f64)> {
        let foot = |edge: usize| {
            let [from, to] = self.edges[edge].map(|node| self.nodes[node]);
            let length = from.distance(to);
            let along = ((place.x - from.x) * (to.x - from.x) + (place.y - from.y) * (to.y - from.y)) / length;
            let along = along.max(0.0).min(length);
            let step = along / length;
            let foot = point(from.x + (to.x - from.x) * step, from.y + (to.y - from.y) * step);
            (place.distance(foot), edge, along)
        };
        (0..self.edges.len()).map(foot).min_by(|one, other| one.0.total_cmp(&other.0))
    }

    fn along(&self, one: (usize, f64), other: (usize, f64)) -> f64 {
        let left = |(edge, along): (usize, f64)| {
            let [from, to] = self.edges[edge];
            let length = self.nodes[from].distance(self.nodes[to]);
            [(from, along), (to, length - along)]
        };
        let mut best = if one.0 == other.0 { (one.1 - other.1).abs() } else { f64::INFINITY };
        for (here, first) in left(one) {
            for (there, last) in left(other) {
                best = best.min(first + self.ways[here][there] + last);
            }
        }
        best
    }

    /// The distance between two places, by its definition.
    fn distance(&self, place: Point, source: Point) -> f64 {
        let (Some(one), Some(other)) = (self.access(place), self.access(source)) else { return place.distance(source) };
        if place.distance(source) < one.0 + other.0 {
            return place.distance(source);
        }
        one.0 + other.0 + self.along((one.1, one.2), (other.1, other.2))
    }
}

/// f·(1 − d/D) or f^(1 − d/D), by the formula as it is printed.
fn printed(form: Form, f: f64, distance: f64, radius: f64) -> f64 {
    match form {
        _ if distance >= radius => 0.0,
        Form::Linear => f * (1.0 - distance / radius),
        Form::Exponential => f.powf(1.0 - distance / radius),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_effect_is_the_greatest_over_all_sources_by_brute_force(
        drawn in drawn(),
        sources in prop::collection::vec((0.0..100.0f64, 0.0..100.0f64, 2.0..100.0f64), 1..12),
        places in prop::collection::vec((-60.0..160.0f64, -60.0..160.0f64), 8),
        radius in 20.0..400.0f64,
        exponential in any::<bool>(),
        window in 0.0..60.0f64,
    ) {
        let form = if exponential { Form::Exponential } else { Form::Linear };
        let network = network(&drawn);
        let brute = Brute::new(&network);
        let shapes = || Shapes::of_points(sources.iter().map(|&(x, y, _)| point(x, y)));
        let scale: Vec<f64> = sources.iter().map(|source| source.2).collect();
        let reach = factor(shapes(), &scale, (form, radius), &network);
        for &(x, y) in &places {
            let place = point(x, y);
            let all = sources.iter().map(|&(x, y, f)| printed(form, f, brute.distance(place, point(x, y)), radius));
            let expected = all.fold(0.0, f64::max);
            let (found, told) = decisive(&reach, place, window);
            // At the very radius the exponential form jumps from 1 to 0.
            let edge = sources.iter().any(|&(x, y, _)| (brute.distance(place, point(x, y)) - radius).abs() < 1e-6);
            prop_assert!(edge || (found - expected).abs() < 1e-6, "{} against {} at {:?}", found, expected, place);
            // The parts add up, and no distance is below the straight one.
            if let Some(told) = told {
                let (x, y, _) = sources[told.feature as usize];
                prop_assert!(told.distance > place.distance(point(x, y)) - 1e-9);
                if let Some(NetworkWay::Along { access, along, source_access }) = told.network {
                    prop_assert!((access + along + source_access - told.distance).abs() < 1e-9);
                }
            }
            prop_assert_eq!((found, told), decisive(&reach, place, 0.0));
        }
    }

    #[test]
    fn there_and_back_is_the_same_distance(
        drawn in drawn(),
        one in (0.0..100.0f64, 0.0..100.0f64),
        other in (0.0..100.0f64, 0.0..100.0f64),
    ) {
        let (network, one, other) = (network(&drawn), point(one.0, one.1), point(other.0, other.1));
        let from = |source: Point| factor(Shapes::of_points([source]), &[100.0], (Form::Linear, 1e6), &network);
        let (there, back) = (distance(&from(one), other), distance(&from(other), one));
        prop_assert!(there == back || (there - back).abs() < 1e-9, "{} and {}", there, back);
    }

    /// A square is reached as the nearest of the places where the network lies in it, here looked at every so many metres.
    #[test]
    fn a_polygon_is_reached_as_its_places_on_the_network_are(
        drawn in drawn(),
        (x, y, side) in (0.0..80.0f64, 0.0..80.0f64, 5.0..50.0f64),
        places in prop::collection::vec((-20.0..120.0f64, -20.0..120.0f64), 6),
    ) {
        let network = network(&drawn);
        let brute = Brute::new(&network);
        let mut shapes = Shapes::new(Kind::Polygon);
        let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)];
        shapes.push_ring(&corners.map(|(dx, dy)| point(x + dx, y + dy)), true);
        shapes.end_feature();
        // Those that lie in it, and those so near that a stretch between two of them may.
        let (mut inside, mut near) = (Vec::new(), Vec::new());
        for (edge, &[from, to]) in brute.edges.iter().enumerate() {
            let (from, to) = (brute.nodes[from], brute.nodes[to]);
            let length = from.distance(to);
            for step in 0..=500 {
                let share = f64::from(step) / 500.0;
                let place = point(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share);
                let far = measure::distance(shapes.get(0), place);
                if far == 0.0 {
                    inside.push((edge, length * share));
                }
                if far <= length / 500.0 {
                    near.push((edge, length * share));
                }
            }
        }
        let reach = factor(shapes.clone(), &[100.0], (Form::Linear, 1e6), &network);
        // A square that the network does not enter from outside is reached from the nearest point of it.
        let sides: Vec<[Point; 2]> = shapes.points().windows(2).map(|pair| [pair[0], pair[1]]).collect();
        prop_assume!(network.meet(&sides).0 == 0.0);
        for &(x, y) in &places {
            let place = point(x, y);
            let straight = measure::distance(shapes.get(0), place);
            let (access, edge, along) = brute.access(place).unwrap();
            let by = |looked: &[(usize, f64)]| {
                let all = looked.iter().map(|&other| access + brute.along((edge, along), other));
                all.fold(f64::INFINITY, f64::min)
            };
            let found = distance(&reach, place);
            if straight < access {
                prop_assert!((found - straight).abs() < 1e-9, "{} against {}", found, straight);
            } else {
                let (least, most) = (by(&near) - 0.3, by(&inside) + 1e-9);
                prop_assert!(found >= least && found <= most, "{} is not between {} and {}", found, least, most);
            }
            prop_assert!(found > straight - 1e-6);
        }
    }
}
