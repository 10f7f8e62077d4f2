use super::*;

fn sales(rows: &[(f64, f64)]) -> Vec<Priced> {
    rows.iter().map(|&(price, area)| Priced { price, area, kept: true }).collect()
}

fn price(rows: &[(f64, f64)], rule: LevelRule) -> f64 {
    level(&sales(rows), rule).unwrap().price.unwrap()
}

/// By hand: (100·1 + 200·1 + 600·2)/4 = 375; mean 300; median 200, of the first two 150.
#[test]
fn the_three_averages_are_those_worked_by_hand() {
    let rows = [(600.0, 2.0), (100.0, 1.0), (200.0, 1.0)];
    assert_eq!(price(&rows, LevelRule::Mean), 300.0);
    assert_eq!(price(&rows, LevelRule::Median), 200.0);
    assert_eq!(price(&rows[1..], LevelRule::Median), 150.0);
    assert_eq!(price(&rows, LevelRule::AreaWeightedMean), 375.0);
}

/// The nine prices left of section 3.5: mean 1003.33, deviation 22.079, t(8) = 2.306: 1003.33 ± 16.97.
#[test]
fn the_interval_of_the_mean_is_students() {
    let mut rows =
        sales(&[980.0, 1010.0, 1025.0, 995.0, 1040.0, 1005.0, 970.0, 1015.0, 990.0, 1600.0].map(|p| (p, 1.0)));
    rows[9].kept = false;
    let found = level(&rows, LevelRule::Median).unwrap();
    assert_eq!((found.n, found.kept, found.price), (10, 9, Some(1005.0)));
    assert_eq!((found.lowest, found.highest), (Some(970.0), Some(1040.0)));
    assert!((found.deviation.unwrap() - 22.079).abs() < 5e-4);
    let (low, high) = found.interval.unwrap();
    assert!((low - (1003.333 - 16.971)).abs() < 5e-3 && (high - (1003.333 + 16.971)).abs() < 5e-3, "{low} {high}");
}

#[test]
fn one_sale_has_a_price_but_no_spread_and_none_has_neither() {
    let one = level(&sales(&[(500.0, 0.0)]), LevelRule::Mean).unwrap();
    assert_eq!((one.price, one.deviation, one.interval), (Some(500.0), None, None));
    for rule in [LevelRule::Mean, LevelRule::Median, LevelRule::AreaWeightedMean] {
        assert_eq!(level(&[], rule).unwrap(), Level::default());
    }
}

#[test]
fn a_sale_without_area_cannot_be_weighted_by_it() {
    let fault = level(&sales(&[(500.0, 0.0), (1.0, f64::NAN), (2.0, 3.0)]), LevelRule::AreaWeightedMean).unwrap_err();
    assert_eq!(fault.what.en, "2 sales have no positive area to be weighted by");
}

/// By hand: eight prices in four groups of 10 from 100: 2, 4, 1, 1; the fullest begins at 110: 110 + 10·2/(2 + 3) = 114.
#[test]
fn the_mode_is_that_of_groups() {
    let prices = [100.0, 105.0, 111.0, 112.0, 114.0, 119.0, 125.0, 140.0];
    let sales: Vec<Priced> = prices.iter().map(|&price| Priced { price, area: 1.0, kept: true }).collect();
    let found = level(&sales, LevelRule::Mode).unwrap().price.unwrap();
    assert!((found - 114.0).abs() < 1e-9, "{found}");
    let one = [Priced { price: 7.0, area: 1.0, kept: true }];
    assert_eq!(level(&one, LevelRule::Mode).unwrap().price, Some(7.0));
    assert_eq!(level(&[], LevelRule::Mode).unwrap().price, None);
}
