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

/// A grade with its price.
type Priced = (u8, f64);

/// Neighbouring priced grades; those without a price are stepped over. Grades with different numbers in `premises` (empty: all have the same) are
/// not held against each other.
fn neighbours(prices: &[Option<f64>], premises: &[u8]) -> Vec<[Priced; 2]> {
    let priced: Vec<Priced> =
        (1..).zip(prices).filter_map(|(grade, price): (u8, _)| price.map(|price| (grade, price))).collect();
    let of = |priced: Priced| premises.get(usize::from(priced.0) - 1);
    priced.windows(2).map(|pair| [pair[0], pair[1]]).filter(|[better, worse]| of(*better) == of(*worse)).collect()
}

/// Where the prices of one use rise towards worse grades; `prices[0]` is grade 1's. Equal prices pass.
pub fn breaches(use_index: u8, prices: &[Option<f64>], premises: &[u8]) -> Vec<Breach> {
    let breach = |[better, worse]: [Priced; 2]| Breach {
        use_index,
        better: better.0,
        worse: worse.0,
        better_price: better.1,
        worse_price: worse.1,
    };
    neighbours(prices, premises).into_iter().filter(|[better, worse]| better.1 < worse.1).map(breach).collect()
}

/// Two neighbouring priced grades of one use whose prices are nearer to each other, or farther apart, than usual.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OddRatio {
    pub better: u8,
    pub worse: u8,
    pub ratio: f64,
}

/// Ratios outside the band; `prices[0]` is grade 1's. A wrong order is a [`Breach`] and none of these.
pub fn odd_ratios(prices: &[Option<f64>], premises: &[u8], [low, high]: [f64; 2]) -> Vec<OddRatio> {
    let ratio = |[better, worse]: [Priced; 2]| OddRatio { better: better.0, worse: worse.0, ratio: better.1 / worse.1 };
    let odd = |odd: &OddRatio| odd.ratio >= 1.0 && odd.ratio.is_finite() && !(low..=high).contains(&odd.ratio);
    neighbours(prices, premises).into_iter().map(ratio).filter(odd).collect()
}
