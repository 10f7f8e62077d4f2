//! Joining a million units into grade zones.

use landgrade::space::coverage::Coverage;
use landgrade::space::{Kind, Point, Shapes, hilbert};

fn main() {
    divan::main();
}

/// Parcels of eight corners in blocks of ten by ten, streets of 15 m between blocks; every second row is shifted, so that its corners
/// meet no others.
fn parcels(side: usize) -> (Shapes, Vec<u32>, Vec<u32>) {
    let mut shapes = Shapes::new(Kind::Polygon);
    let (mut places, mut labels) = (Vec::new(), Vec::new());
    for row in 0..side {
        for column in 0..side {
            let at = |step: usize| step as f64 * 20.0 + (step / 10) as f64 * 15.0;
            let (x, y) = (at(column), at(row));
            let shift = |column: usize| if row % 2 == 1 && !column.is_multiple_of(10) { 7.0 } else { 0.0 };
            let (left, right) = (x + shift(column), x + 20.0 + shift(column + 1));
            let middle = (left + right) / 2.0;
            let ring = [
                (left, y),
                (middle, y),
                (right, y),
                (right, y + 10.0),
                (right, y + 20.0),
                (middle, y + 20.0),
                (left, y + 20.0),
                (left, y + 10.0),
                (left, y),
            ];
            shapes.push_ring(&ring.map(|(x, y)| Point::new(x, y)), true);
            shapes.end_feature();
            places.push(Point::new(middle, y + 10.0));
            let (dx, dy) = (column as f64 - side as f64 / 2.0, row as f64 - side as f64 / 2.0);
            let ragged = ((row * 7919 + column * 104_729) % 97) as f64 / 8.0;
            labels.push(1 + (((dx * dx + dy * dy).sqrt() + ragged) / (side as f64 / 8.0)) as u32);
        }
    }
    (shapes, hilbert::order(&places), labels)
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn dissolve_a_million(bencher: divan::Bencher<'_, '_>) {
    let (shapes, order, labels) = parcels(1000);
    bencher.bench(|| Coverage::new(&shapes, &order, 0.001).dissolve(&labels, 0.0).labels.len());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn with_streets_closed_and_lines_simplified(bencher: divan::Bencher<'_, '_>) {
    let (shapes, order, labels) = parcels(1000);
    bencher.bench(|| {
        let mut coverage = Coverage::new(&shapes, &order, 0.001);
        coverage.close_gaps(20.0, None);
        coverage.dissolve(&labels, 2.0).labels.len()
    });
}
