//! Cutting the totals of a million units into grades.

use landgrade::grade::{Method, grade};

fn main() {
    divan::main();
}

/// A million distinct totals between 0 and 100 around three heaps, as a city with centres has; seeded.
fn totals() -> Vec<f64> {
    let mut state = 20_250_101_u64;
    let mut share = move || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 11) as f64 / (1_u64 << 53) as f64
    };
    let heaps = [22.0, 41.0, 68.0];
    (0..1_000_000).map(|at| heaps[at % 3] + 22.0 * (share() + share() + share() - 1.5) / 1.5).collect()
}

#[divan::bench(args = [5, 10, 12], sample_count = 5, sample_size = 1)]
fn natural(bencher: divan::Bencher<'_, '_>, grades: u8) {
    let totals = totals();
    bencher.bench(|| grade(&totals, grades, &Method::Natural));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn histogram_of_1024_bins(bencher: divan::Bencher<'_, '_>) {
    let totals = totals();
    bencher.bench(|| grade(&totals, 5, &Method::NaturalHistogram { bins: 1024 }));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn quantile(bencher: divan::Bencher<'_, '_>) {
    let totals = totals();
    bencher.bench(|| grade(&totals, 5, &Method::Quantile));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn number_axis(bencher: divan::Bencher<'_, '_>) {
    let totals = totals();
    bencher.bench(|| grade(&totals, 8, &Method::NumberAxis { least_share: 0.03 }));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn frequency_curve(bencher: divan::Bencher<'_, '_>) {
    let totals = totals();
    bencher.bench(|| grade(&totals, 3, &Method::FrequencyCurve { bin: 1.0, smoothing: 2.0 }));
}
