//! Pairs of a value and a price.

use std::cmp::Ordering;

/// What was set for a piece of land, and what was paid for it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// 元/㎡, or any unit that both share.
    pub value: f64,
    pub price: f64,
}

impl Pair {
    pub fn ratio(self) -> f64 {
        self.value / self.price
    }

    /// Whether a ratio can be taken: both are positive numbers.
    pub fn is_usable(self) -> bool {
        let usable = |number: f64| number > 0.0 && number.is_finite();
        usable(self.value) && usable(self.price) && usable(self.ratio())
    }
}

/// Usable pairs in an order of their own, so that no statistic depends on the order they came in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pairs {
    /// By price, then by value.
    pub pairs: Vec<Pair>,
    /// Ascending.
    pub ratios: Vec<f64>,
    /// Pairs that no ratio can be taken of.
    pub unusable: usize,
}

impl Pairs {
    pub fn of(all: impl IntoIterator<Item = Pair>) -> Pairs {
        let mut made = Pairs::default();
        for pair in all {
            if pair.is_usable() {
                made.pairs.push(pair);
            } else {
                made.unusable += 1;
            }
        }
        crate::scale::sort_by(&mut made.pairs, by_price);
        made.ratios = made.pairs.iter().map(|pair| pair.ratio()).collect();
        crate::scale::sort(&mut made.ratios);
        made
    }

    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The median ratio; NaN without pairs.
    pub fn median(&self) -> f64 {
        middle(&self.ratios)
    }
}

fn by_price(one: &Pair, other: &Pair) -> Ordering {
    one.price.total_cmp(&other.price).then(one.value.total_cmp(&other.value))
}

/// The median of ascending numbers; NaN of none.
pub fn middle(sorted: &[f64]) -> f64 {
    let half = sorted.len() / 2;
    match sorted.len() {
        0 => f64::NAN,
        count if count % 2 == 1 => sorted[half],
        _ => f64::midpoint(sorted[half - 1], sorted[half]),
    }
}
