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
