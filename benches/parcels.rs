//! A million parcels over a hundred thousand graded units.

use landgrade::grade::parcels::{Graded, Parcels, Streets, fit};
use landgrade::space::{Kind, Point, Shapes, measure};

fn main() {
    divan::main();
}

/// Cells of `size` metres, `side` to a side, each ring of eight corners; turned a little, so that no line of one grid is one of another.
fn cells(side: usize, size: f64, turn: f64) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for row in 0..side {
        for column in 0..side {
            let corners = [
                (0.0, 0.0),
                (0.5, 0.0),
                (1.0, 0.0),
                (1.0, 0.5),
                (1.0, 1.0),
                (0.5, 1.0),
                (0.0, 1.0),
                (0.0, 0.5),
                (0.0, 0.0),
            ];
            let ring = corners.map(|(dx, dy)| {
                let (x, y) = ((column as f64 + dx) * size, (row as f64 + dy) * size);
                Point::new(500_000.0 + x - turn * y, 3_400_000.0 + turn * x + y)
            });
            shapes.push_ring(&ring, true);
            shapes.end_feature();
        }
    }
    shapes
}

/// 317 × 317 units of 63.1 m under 1000 × 1000 parcels of 20 m; streets every 100 m.
struct Town {
    units: Shapes,
    grades: Vec<u8>,
    totals: Vec<f64>,
    parcels: Shapes,
    areas: Vec<f64>,
    streets: Shapes,
}

fn town() -> Town {
    let (units, parcels) = (cells(317, 63.1, 0.0), cells(1000, 20.0, 0.01));
    let grades: Vec<u8> = (0..units.len()).map(|unit| 1 + ((unit % 317 + unit / 317) / 80) as u8).collect();
    let mut streets = Shapes::new(Kind::Line);
    for street in 0..201 {
        let along = f64::from(street) * 100.0;
        for line in [[(0.0, along), (20_000.0, along)], [(along, 0.0), (along, 20_000.0)]] {
            streets
                .push_ring(&line.map(|(x, y)| Point::new(500_000.0 + x - 0.01 * y, 3_400_000.0 + 0.01 * x + y)), true);
            streets.end_feature();
        }
    }
    Town {
        totals: grades.iter().map(|&grade| 100.0 - 10.0 * f64::from(grade)).collect(),
        grades,
        areas: parcels.iter().map(|parcel| measure::area(parcel)).collect(),
        units,
        parcels,
        streets,
    }
}

fn fitted(town: &Town, streets: Option<&Streets>) -> usize {
    let (of_units, of_parcels) = (vec![0; town.grades.len()], vec![0; town.areas.len()]);
    let units = Graded { shapes: &town.units, uses: &of_units, grades: &town.grades, totals: &town.totals };
    let parcels = Parcels { shapes: &town.parcels, uses: &of_parcels, areas: &town.areas };
    fit(&units, &parcels, 8, streets).decided.iter().filter(|decided| decided.is_split()).count()
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_million_parcels_by_area(bencher: divan::Bencher<'_, '_>) {
    let town = town();
    bencher.bench(|| fitted(&town, None));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_million_parcels_by_frontage(bencher: divan::Bencher<'_, '_>) {
    let town = town();
    bencher.bench(|| fitted(&town, Some(&Streets::new(&town.streets, 20.0))));
}
