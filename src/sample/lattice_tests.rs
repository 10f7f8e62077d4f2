use super::super::ring::turn;
use super::*;

#[test]
fn every_cell_of_the_lattice_is_convex() {
    for (parcels, seed) in [(500, 1), (2000, 2), (2000, 3), (40_000, 4), (1_000_000, 5)] {
        let lattice = Lattice::new(parcels, seed);
        for (column, row) in lattice.outwards() {
            let corners = lattice.cell(column, row).corners;
            for at in 0..4 {
                assert!(
                    turn(corners[at], corners[(at + 1) % 4], corners[(at + 2) % 4]) > 0.0,
                    "{parcels} {column} {row}"
                );
            }
        }
    }
}

#[test]
fn roads_of_the_lattice_have_numbers_of_their_own() {
    let lattice = Lattice::new(2000, 1);
    let mut roads: Vec<u32> = (0..=lattice.columns).map(|column| lattice.column_road(column)).collect();
    roads.extend((0..=lattice.rows).map(|row| lattice.row_road(row)));
    roads.push(lattice.row_road(lattice.river_row) + 1);
    roads.sort_unstable();
    assert_eq!(roads, (0..lattice.road_count()).collect::<Vec<_>>());
}

#[test]
fn the_lattice_is_wider_than_the_city() {
    for parcels in [500, 2000, 40_000] {
        let lattice = Lattice::new(parcels, 9);
        let ground: f64 = lattice.outwards().iter().map(|&(c, r)| lattice.cell(c, r).area()).sum();
        assert!(ground > 1.3 * parcels as f64 * GROUND_PER_PARCEL);
    }
}
