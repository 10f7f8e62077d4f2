use super::super::ring::area;
use super::*;

#[test]
fn the_density_is_about_400_parcels_per_square_kilometre_at_every_size() {
    for (parcels, seed) in [(1000, 1), (1000, 2), (1000, 3), (5000, 1), (5000, 2), (30_000, 1), (30_000, 2)] {
        let fabric = Fabric::new(parcels, parcels, 0, seed);
        assert_eq!(fabric.pieces.len(), parcels);
        let ground: f64 = fabric.wards.iter().map(|ward| area(&ward.ground)).sum();
        let density = parcels as f64 / (ground / 1e6);
        assert!((340.0..460.0).contains(&density), "{parcels}: {density}");
    }
}

#[test]
fn parcels_are_smaller_in_the_middle() {
    let fabric = Fabric::new(10_000, 10_000, 0, 2);
    let mean = |from: f64, to: f64| {
        let (mut sum, mut count) = (0.0, 0.0);
        for piece in 0..fabric.pieces.len() {
            let ring = fabric.ring(piece);
            let rim = fabric.lattice.rim(ring[0]);
            if (from..to).contains(&rim) {
                sum += area(ring);
                count += 1.0;
            }
        }
        sum / count
    };
    assert!(mean(0.7, 1.3) > 1.5 * mean(0.0, 0.35), "{} {}", mean(0.7, 1.3), mean(0.0, 0.35));
}

#[test]
fn the_rim_is_what_lies_outermost() {
    let fabric = Fabric::new(2000, 2010, 10, 3);
    assert_eq!(fabric.rim.len(), 10);
    for &piece in &fabric.rim {
        assert!(fabric.lattice.rim(fabric.ring(piece as usize)[0]) > 0.7);
    }
}
