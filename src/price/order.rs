//! The order of the grades: a better grade may not be cheaper than a worse one.

/// Two neighbouring priced grades in the wrong order.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breach {
    pub use_index: u8,
    pub better: u8,
    pub worse: u8,
    pub better_price: f64,
    pub worse_price: f64,
}

/// Where the prices of one use rise towards worse grades; `prices[0]` is grade 1's. Grades without a price are stepped over, equal prices pass.
pub fn breaches(use_index: u8, prices: &[Option<f64>]) -> Vec<Breach> {
    let priced: Vec<(u8, f64)> =
        (1..).zip(prices).filter_map(|(grade, price): (u8, _)| price.map(|price| (grade, price))).collect();
    priced
        .windows(2)
        .filter(|pair| pair[0].1 < pair[1].1)
        .map(|pair| Breach {
            use_index,
            better: pair[0].0,
            worse: pair[1].0,
            better_price: pair[0].1,
            worse_price: pair[1].1,
        })
        .collect()
}

/// Two neighbouring priced grades of one use whose prices are nearer to each other, or farther apart, than usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OddRatio {
    pub better: u8,
    pub worse: u8,
    pub ratio: f64,
}

/// Ratios outside the band; `prices[0]` is grade 1's. A wrong order is a [`Breach`] and none of these.
pub fn odd_ratios(prices: &[Option<f64>], [low, high]: [f64; 2]) -> Vec<OddRatio> {
    let priced: Vec<(u8, f64)> =
        (1..).zip(prices).filter_map(|(grade, price): (u8, _)| price.map(|price| (grade, price))).collect();
    let ratio = |pair: &[(u8, f64)]| OddRatio { better: pair[0].0, worse: pair[1].0, ratio: pair[0].1 / pair[1].1 };
    let odd = |odd: &OddRatio| odd.ratio >= 1.0 && odd.ratio.is_finite() && !(low..=high).contains(&odd.ratio);
    priced.windows(2).map(ratio).filter(odd).collect()
}
