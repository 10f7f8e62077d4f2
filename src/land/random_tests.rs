use super::*;

#[test]
fn split_mix_gives_the_published_numbers() {
    // Reference output of splitmix64.c (S. Vigna) for the seed 1234567.
    let mut state = 1_234_567;
    let found = [(); 3].map(|()| split_mix(&mut state));
    assert_eq!(found, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
}

#[test]
fn xoshiro_gives_the_published_numbers() {
    // Reference output of xoshiro256plusplus.c for the state 1, 2, 3, 4 (also in the test of the rand_xoshiro crate).
    let mut random = Random { state: [1, 2, 3, 4] };
    let found = [(); 4].map(|()| random.draw());
    assert_eq!(found, [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386]);
}

#[test]
fn numbers_fill_the_unit_interval_evenly() {
    let mut random = Random::new(7, &[1]);
    let mut bins = [0f64; 20];
    (0..100_000).for_each(|_| bins[(random.unit() * 20.0) as usize] += 1.0);
    // Chi-square with 19 degrees of freedom: the 99.9 % quantile is 43.8.
    let chi: f64 = bins.iter().map(|n| (n - 5000.0) * (n - 5000.0) / 5000.0).sum();
    assert!(chi < 43.8, "{chi}");
}

#[test]
fn normal_numbers_have_mean_0_and_deviation_1() {
    let mut random = Random::new(7, &[2]);
    let values: Vec<f64> = (0..100_000).map(|_| random.normal()).collect();
    let mean = values.iter().sum::<f64>() / 1e5;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / 1e5;
    assert!(mean.abs() < 0.015 && (variance - 1.0).abs() < 0.02, "{mean} {variance}");
    let beyond_two = values.iter().filter(|v| v.abs() > 1.96).count();
    assert!((4700..5300).contains(&beyond_two), "{beyond_two}");
}

#[test]
fn streams_of_different_paths_differ_and_repeat() {
    let first = |seed, path: &[u64]| Random::new(seed, path).draw();
    assert_eq!(first(1, &[2, 3]), first(1, &[2, 3]));
    let mut all: Vec<u64> = (0..1000).map(|n| first(1, &[n / 10, n % 10])).collect();
    all.push(first(2, &[0, 0]));
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), 1001);
}
