use super::*;

fn block() -> Vec<Point> {
    [(0.0, 0.0), (180.0, -7.0), (196.0, 120.0), (90.0, 141.0), (-4.0, 118.0)].map(|(x, y)| Point::new(x, y)).to_vec()
}

#[test]
fn parcels_fill_their_block_but_for_what_the_street_took() {
    for seed in 0..200 {
        let parcels = parcels(&block(), 1500.0, &mut Random::new(seed, &[]));
        let filled: f64 = parcels.iter().map(|ring| area(ring)).sum();
        let whole = area(&block());
        assert!(filled <= whole + 0.2 && filled > 0.98 * whole, "{seed}: {filled} of {whole}");
        for ring in &parcels {
            assert!(well_shaped(ring) && (4..=MOST_VERTICES).contains(&ring.len()), "{seed}: {ring:?}");
        }
    }
}

#[test]
fn an_inner_edge_is_the_edge_of_two_parcels() {
    let parcels = parcels(&block(), 1200.0, &mut Random::new(5, &[]));
    let edges = |ring: &Vec<Point>| (0..ring.len()).map(|n| (ring[n], ring[(n + 1) % ring.len()])).collect::<Vec<_>>();
    let all: Vec<(Point, Point)> = parcels.iter().flat_map(edges).collect();
    let unshared: Vec<(Point, Point)> = all.iter().filter(|(a, b)| !all.contains(&(*b, *a))).copied().collect();
    // What is not shared is the block's own outline, or lies within the depth of a set-back of it.
    let corners = block();
    for (a, b) in &unshared {
        for end in [a, b] {
            let nearest = (0..corners.len())
                .map(|n| squared_distance_to_segment(*end, corners[n], corners[(n + 1) % corners.len()]).sqrt())
                .fold(f64::INFINITY, f64::min);
            assert!(nearest < 2.6, "{end:?} lies {nearest} m inside");
        }
    }
    assert!(unshared.len() < all.len() / 2);
}

#[test]
fn a_parcel_that_many_neighbours_give_corners_to_is_cut() {
    let corner = |x: f64, y: f64| Point::new(x, y);
    let mut points = vec![corner(0.0, 0.0), corner(120.0, 0.0), corner(120.0, 60.0), corner(0.0, 60.0)];
    points.extend((1..11).map(|n| corner(10.0 * f64::from(n), 0.0)));
    let mut mesh = Mesh { points, rings: vec![vec![0, 1, 2, 3]] };
    mesh.share_corners();
    assert_eq!(mesh.rings[0].len(), 14);
    let mut random = Random::new(1, &[]);
    while mesh.cut_crowded(&mut random) {
        mesh.share_corners();
    }
    assert_eq!(mesh.rings.len(), 2);
    assert!(mesh.rings.iter().all(|ring| ring.len() <= MOST_VERTICES));
    let whole: f64 = mesh.rings.iter().map(|ring| area(&mesh.ring(ring))).sum();
    assert!((whole - 7200.0).abs() < 1e-9, "{whole}");
}
