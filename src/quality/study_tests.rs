use super::super::intervals::of_median;
use super::super::ladder::{ends, groups_of};
use super::super::neighbours::{monotone_share, separation, trend};
use super::super::place::moran;
use super::*;
use crate::land::random::Random;
use crate::space::Point;
use proptest::prelude::*;

fn pairs(of: &[(f64, f64)]) -> Vec<Pair> {
    of.iter().map(|&(value, price)| Pair { value, price }).collect()
}

fn studied(of: &[(f64, f64)]) -> Study {
    study(pairs(of), &Limits::default())
}

/// Pairs whose ratio rises or falls with the price: ratio = 1 + slope·log₂(price/1000), with a noise of so many percent.
fn leaning(n: usize, slope: f64, noise: f64) -> Vec<Pair> {
    let mut random = Random::new(3, &[n as u64]);
    let pair = |at: usize| {
        let price = 250.0 * libm::exp2(4.0 * at as f64 / n as f64);
        let ratio = 1.0 + slope * libm::log2(price / 1000.0) + noise * random.normal();
        Pair { value: price * ratio, price }
    };
    (0..n).map(pair).collect()
}

/// By hand: ratios 0.9, 1, 1.2; median 1, mean 3.1/3, COD 100·(0.1 + 0 + 0.2)/3; equal prices make the weighted mean the mean.
#[test]
fn three_ratios_by_hand() {
    let found = studied(&[(90.0, 100.0), (120.0, 100.0), (100.0, 100.0)]);
    let (level, spread) = (found.level.unwrap(), found.spread.unwrap());
    assert_eq!((found.n, level.median), (3, 1.0));
    assert!((level.mean - 3.1 / 3.0).abs() < 1e-12 && (level.weighted_mean - 3.1 / 3.0).abs() < 1e-12);
    assert!((spread.cod - 10.0).abs() < 1e-12 && (found.prd.unwrap().prd - 1.0).abs() < 1e-12);
    // 0.9 lies at the edge of 10 %: it counts.
    assert!((spread.coc[0] - 200.0 / 3.0).abs() < 1e-9 && spread.coc[2] == 100.0);
    assert_eq!((found.mki, found.vei), (None, None));
    assert_eq!(found.verdicts.cod, Verdict::NotTested);
}

#[test]
fn the_ladder_has_as_many_groups_as_the_standard_says_at_every_edge() {
    let groups = [0, 1, 19, 20, 50, 51, 500, 501, 100_000].map(groups_of);
    assert_eq!(groups, [None, None, None, Some(2), Some(2), Some(4), Some(4), Some(10), Some(10)]);
    // IAAO E.5.2: 54 pairs in quarters.
    assert_eq!(ends(54, 4), [14, 27, 40, 54]);
    for n in [20, 50, 51, 500, 501] {
        let found = study(leaning(n, 0.0, 0.05), &Limits::default()).vei.unwrap();
        assert_eq!(found.steps.iter().map(|step| step.count).sum::<usize>(), n);
        assert!(found.vei.abs() < 10.0, "{n}: {}", found.vei);
    }
    assert_eq!(study(leaning(19, 0.0, 0.05), &Limits::default()).vei, None);
}

/// A tight, strong effect fails: it is not the width of the interval that is judged.
#[test]
fn a_strong_and_tight_effect_fails_and_a_weak_one_does_not() {
    let limits = Limits::default();
    let strong = study(leaning(200, -0.2, 0.01), &limits);
    let vei = strong.vei.as_ref().unwrap();
    assert!(vei.vei < -40.0 && vei.interval.high < -40.0 && vei.interval.high - vei.interval.low < 10.0, "{vei:?}");
    assert_eq!((strong.verdicts.vei, strong.verdicts.prb), (Verdict::Failed, Verdict::Failed));
    assert!(strong.prd.unwrap().prd > 1.0 && strong.mki.unwrap() < 1.0 && strong.prb.unwrap().prb < -0.15);
    assert!(!strong.stretches.unwrap().is_empty());
    let rising = study(leaning(200, 0.2, 0.01), &limits);
    assert!(rising.prb.unwrap().prb > 0.15 && rising.vei.unwrap().vei > 40.0 && rising.mki.unwrap() > 1.0);
    let even = study(leaning(200, 0.0, 0.05), &limits);
    assert_eq!([even.verdicts.vei, even.verdicts.prb, even.verdicts.mki], [Verdict::Met; 3]);
    assert_eq!(even.stretches, Some(vec![]));
}

#[test]
fn equal_ratios_have_no_spread_and_no_bias_to_find() {
    let even: Vec<(f64, f64)> = (1..=60).map(|at| (f64::from(at) * 90.0, f64::from(at) * 100.0)).collect();
    let found = studied(&even);
    assert!(found.spread.unwrap().cod.abs() < 1e-9 && (found.prd.unwrap().prd - 1.0).abs() < 1e-12);
    assert_eq!(found.prb, None);
    assert!(found.vei.unwrap().vei.abs() < 1e-9 && (found.mki.unwrap() - 1.0).abs() < 1e-12);
    assert!(found.crowding.unwrap().suspicious);
}

#[test]
fn one_value_for_all_tells_nothing_of_dear_and_cheap() {
    let of: Vec<(f64, f64)> = (0..40).map(|at| (1000.0, 900.0 + f64::from(at) * 5.0)).collect();
    let found = studied(&of);
    assert!(found.spread.is_some() && found.level.is_some());
    assert_eq!((found.prd, found.prb, found.vei.is_none(), found.mki), (None, None, true, None));
    assert_eq!(found.verdicts.prb, Verdict::Undefined);
}

#[test]
fn one_sample_none_and_prices_that_are_no_prices_have_a_stated_answer() {
    let one = studied(&[(95.0, 100.0)]);
    let level = one.level.unwrap();
    assert_eq!((level.median, level.mean, level.weighted_mean), (0.95, 0.95, 0.95));
    assert_eq!((level.median_interval, level.mean_interval, level.weighted_mean_interval), (None, None, None));
    assert_eq!((one.spread.unwrap().cod, one.spread.unwrap().cov), (0.0, None));
    let none = studied(&[]);
    assert_eq!((none.n, none.level, none.verdicts.median_ratio), (0, None, Verdict::Undefined));
    let odd = studied(&[(1.0, 0.0), (1.0, -5.0), (0.0, 5.0), (f64::NAN, 1.0), (1.0, f64::INFINITY), (1.0, 1.0)]);
    assert_eq!((odd.n, odd.unusable), (1, 5));
}

/// P(X = 0) of B(5, ½) is 1/32: the lowest and the highest of five cover 1 − 2/32; of four 1/16 is more than a tail of 5 %.
#[test]
fn the_interval_of_the_median_is_exact() {
    let found = of_median(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.90).unwrap();
    assert_eq!((found.low, found.high), (1.0, 5.0));
    assert!((found.confidence - 0.9375).abs() < 1e-12);
    assert_eq!(of_median(&[1.0, 2.0, 3.0, 4.0], 0.90), None);
    // B(30, ½): P(X ≤ 10) = 0.0494, P(X ≤ 11) = 0.1002: the 11th from both ends.
    let thirty: Vec<f64> = (1..=30).map(f64::from).collect();
    let found = of_median(&thirty, 0.90).unwrap();
    assert_eq!((found.low, found.high), (11.0, 20.0));
}

/// Hollander, Wolfe & Chicken, example 6.2 (knowledge of performance): J = 79 for rising groups, in this order the falling one is 108 − 79.
#[test]
fn the_trend_is_that_of_the_published_example() {
    let control = vec![40.0, 35.0, 38.0, 43.0, 44.0, 41.0];
    let rough = vec![38.0, 40.0, 47.0, 44.0, 40.0, 42.0];
    let accurate = vec![48.0, 40.0, 45.0, 43.0, 46.0, 44.0];
    let found = trend(&[accurate.clone(), rough.clone(), control.clone()]).unwrap();
    assert_eq!(found.j, 79.0);
    // By hand: mean (18² − 3·6²)/4 = 54; ties of 2, 4, 2 and 3 leave a variance of 149.4167 + 0.0613 + 0.8088.
    assert!((found.z - 25.0 / 150.2868_f64.sqrt()).abs() < 1e-5 && (found.p - 0.0207).abs() < 0.0001, "{found:?}");
    assert_eq!(trend(&[control, rough, accurate]).unwrap().j, 108.0 - 79.0);
    assert_eq!(trend(&[vec![1.0, 1.0], vec![1.0]]), None);
}

#[test]
fn borders_skip_empty_grades_and_are_adjusted_together() {
    let dear: Vec<f64> = (0..12).map(|at| 200.0 + f64::from(at)).collect();
    let cheap: Vec<f64> = (0..12).map(|at| 100.0 + f64::from(at)).collect();
    let found = separation(&[(1, dear.clone()), (2, vec![]), (3, cheap.clone()), (4, cheap)]);
    let borders: Vec<(u8, u8)> = found.borders.iter().map(|border| (border.better, border.worse)).collect();
    assert_eq!(borders, [(1, 3), (3, 4)]);
    assert_eq!((found.borders[0].overlap, found.borders[1].overlap), (0.0, 1.0));
    let (p, adjusted) = (found.borders[0].p.unwrap(), found.borders[0].p_adjusted.unwrap());
    assert!((adjusted - 2.0 * p).abs() < 1e-15 && found.borders[1].p_adjusted == found.borders[1].p);
    assert!(found.eta2.unwrap() > 0.98 && found.epsilon2.unwrap() > 0.6);
}

/// By hand: 3 and 2 pool to 2.5, which leaves 0.5 of a variance of 2.
#[test]
fn the_rising_curve_pools_what_falls() {
    let share = monotone_share(&[(1.0, 1.0), (2.0, 3.0), (3.0, 2.0)]).unwrap();
    assert!((share - 0.75).abs() < 1e-12);
    assert_eq!(monotone_share(&[(1.0, 1.0), (2.0, 2.0), (3.0, 3.0)]), Some(1.0));
    assert_eq!(monotone_share(&[(1.0, 2.0), (2.0, 2.0), (3.0, 2.0)]), None);
}

/// Against the double sums over a full matrix of weights.
#[test]
fn moran_is_that_of_the_full_matrix() {
    let mut random = Random::new(8, &[]);
    let samples: Vec<(Point, f64)> = (0..60)
        .map(|_| {
            let place = Point::new(random.between(0.0, 100.0), random.between(0.0, 100.0));
            (place, 1.0 + place.x / 200.0 + 0.1 * random.normal())
        })
        .collect();
    let n = samples.len();
    let squared = |a: Point, b: Point| (a.x - b.x).powi(2) + (a.y - b.y).powi(2);
    let mut weights = vec![vec![0.0; n]; n];
    for (at, row) in weights.iter_mut().enumerate() {
        let mut others: Vec<usize> = (0..n).filter(|other| *other != at).collect();
        others.sort_by(|&a, &b| squared(samples[at].0, samples[a].0).total_cmp(&squared(samples[at].0, samples[b].0)));
        others.iter().take(8).for_each(|&other| row[other] = 1.0 / 8.0);
    }
    let mean = samples.iter().map(|(_, ratio)| ratio).sum::<f64>() / n as f64;
    let z: Vec<f64> = samples.iter().map(|(_, ratio)| ratio - mean).collect();
    let all = || (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
    let count = n as f64;
    let s0: f64 = all().map(|(i, j)| weights[i][j]).sum();
    let s1: f64 = all().map(|(i, j)| (weights[i][j] + weights[j][i]).powi(2)).sum::<f64>() / 2.0;
    let s2: f64 = (0..n)
        .map(|i| ((0..n).map(|j| weights[i][j]).sum::<f64>() + (0..n).map(|j| weights[j][i]).sum::<f64>()).powi(2))
        .sum();
    let (two, four): (f64, f64) = (z.iter().map(|z| z * z).sum(), z.iter().map(|z| z.powi(4)).sum());
    let i = count / s0 * all().map(|(a, b)| weights[a][b] * z[a] * z[b]).sum::<f64>() / two;
    let k = (four / count) / (two / count).powi(2);
    let top = count * ((count * count - 3.0 * count + 3.0) * s1 - count * s2 + 3.0 * s0 * s0)
        - k * ((count * count - count) * s1 - 2.0 * count * s2 + 6.0 * s0 * s0);
    let expected = -1.0 / (count - 1.0);
    let variance = top / ((count - 1.0) * (count - 2.0) * (count - 3.0) * s0 * s0) - expected * expected;
    let found = moran(&samples).unwrap();
    assert!((found.i - i).abs() < 1e-12 && (found.z - (i - expected) / variance.sqrt()).abs() < 1e-9, "{found:?}");
    assert!(found.p < 0.001);
    assert_eq!(moran(&samples[..9]), None);
}

#[test]
fn land_that_was_sold_may_not_run_ahead() {
    let limits = Limits::default().chasing;
    let change = |sold: f64, unsold: f64| chasing::change(&[sold], &[unsold], &limits).unwrap();
    // 10 % and 6 %: four points of five allowed; 4 % and 0.5 %: more than the three of small changes.
    assert!(!change(0.10, 0.06).suspicious && change(0.12, 0.06).suspicious);
    assert!(change(0.04, 0.005).suspicious && !change(0.03, 0.005).suspicious);
    assert_eq!(chasing::change(&[], &[0.1], &limits), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// In any order the same bits; in any unit of money the same ratios.
    #[test]
    fn order_and_unit_change_nothing(of in prop::collection::vec((1.0..1e4f64, 1.0..1e4f64), 1..80), turn in 0_usize..80) {
        let mut turned = of.clone();
        turned.rotate_left(turn % of.len());
        let (one, other) = (studied(&of), studied(&turned));
        prop_assert_eq!(format!("{one:?}"), format!("{other:?}"));
        let doubled: Vec<(f64, f64)> = of.iter().map(|(value, price)| (value * 2.0, price * 2.0)).collect();
        let doubled = studied(&doubled);
        prop_assert_eq!(one.spread, doubled.spread);
        prop_assert_eq!(one.level, doubled.level);
    }
}

/// Clopper and Pearson's 95 % interval of 7 of 10 is 34.75 to 93.33 % (published tables of the exact binomial interval); of 0 of 10 it ends at
/// 1 − 0.025^(1/10) = 30.85 %. Vangel's of K = 0.15 and n = 20, by χ² points 32.852 and 8.907 of 19 degrees:
/// 0.15/√((34.852/20 − 1)·0.0225 + 32.852/19) = 0.1135 and 0.15/√((10.907/20 − 1)·0.0225 + 8.907/19) = 0.2215.
#[test]
fn shares_and_variations_have_intervals() {
    use crate::quality::intervals::{of_share, of_variation};
    let near = |found: f64, wanted: f64| assert!((found - wanted).abs() < 0.006, "{found} {wanted}");
    let seven = of_share(7, 10, 0.95);
    near(seven.low, 34.75);
    near(seven.high, 93.33);
    near(of_share(0, 10, 0.95).high, 100.0 * (1.0 - 0.025_f64.powf(0.1)));
    assert_eq!((of_share(0, 10, 0.95).low, of_share(10, 10, 0.95).high), (0.0, 100.0));
    let variation = of_variation(0.15, 20, 0.95).unwrap();
    let end = |u: f64| 15.0 / (((u + 2.0) / 20.0 - 1.0) * 0.0225 + u / 19.0).sqrt();
    near(variation.low, end(32.852));
    near(variation.high, end(8.907));
    assert!(of_variation(0.15, 1, 0.95).is_none());
}
