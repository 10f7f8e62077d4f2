//! What every parcel goes through when it is read: validity, overlaps with its neighbours, duplicates.

use landgrade::ingest::{duplicates, overlaps, validity::Checker};
use landgrade::space::{Kind, Point, Shapes, measure};

fn main() {
    divan::main();
}

/// A cadastre without gaps: a turned grid of cells whose corners and side middles are scattered, so that neighbours share every corner
/// of a 9-point ring and their boxes overlap.
fn cadastre(count: usize) -> Shapes {
    let side = (count as f64).sqrt().ceil() as i64;
    // A fixed scatter of each corner: no two runs differ.
    let scatter = |x: i64, y: i64, salt: i64| {
        let mixed = (x.wrapping_mul(73_856_093) ^ y.wrapping_mul(19_349_663) ^ salt.wrapping_mul(83_492_791)) as u64;
        (mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as f64 / f64::from(1 << 24) - 0.5
    };
    // Corners at even positions, side middles at odd ones, in half cells.
    let corner = |x: i64, y: i64| {
        let (east, north) = (x as f64 * 10.0 + 4.0 * scatter(x, y, 1), y as f64 * 10.0 + 4.0 * scatter(x, y, 2));
        Point::new(500_000.0 + 0.9 * east - 0.4 * north, 3_400_000.0 + 0.4 * east + 0.9 * north)
    };
    let around = [(0, 0), (1, 0), (2, 0), (2, 1), (2, 2), (1, 2), (0, 2), (0, 1), (0, 0)];
    let mut shapes = Shapes::new(Kind::Polygon);
    for number in 0..count as i64 {
        let (x, y) = (2 * (number % side), 2 * (number / side));
        let ring: Vec<Point> = around.iter().map(|(dx, dy)| corner(x + dx, y + dy)).collect();
        shapes.push_ring(&ring, true);
        shapes.end_feature();
    }
    shapes
}

#[divan::bench(args = [10_000, 1_000_000], sample_count = 3)]
fn validity(bencher: divan::Bencher<'_, '_>, count: usize) {
    let shapes = cadastre(count);
    bencher.counter(divan::counter::ItemsCount::new(count)).bench_local(|| {
        let mut checker = Checker::default();
        let invalid = shapes.iter().filter(|shape| checker.check(*shape).is_some()).count();
        assert_eq!(invalid, 0);
    });
}

#[divan::bench(args = [10_000, 1_000_000], sample_count = 3)]
fn overlapping(bencher: divan::Bencher<'_, '_>, count: usize) {
    let shapes = cadastre(count);
    let areas: Vec<f64> = shapes.iter().map(measure::area).collect();
    bencher.counter(divan::counter::ItemsCount::new(count)).bench_local(|| {
        assert_eq!(overlaps::overlapping(&shapes, &areas, 1e-6).map(|found| found.len()), Ok(0));
    });
}

#[divan::bench(args = [10_000, 1_000_000], sample_count = 3)]
fn duplicate(bencher: divan::Bencher<'_, '_>, count: usize) {
    let shapes = cadastre(count);
    bencher
        .counter(divan::counter::ItemsCount::new(count))
        .bench_local(|| assert_eq!(duplicates::duplicates(&shapes), []));
}
