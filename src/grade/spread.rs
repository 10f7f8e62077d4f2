//! The squared spread inside classes of ascending weighted values, and one class more on top of those already costed.

use std::ops::RangeInclusive;

/// Ends below which a half is not worth a thread of its own.
const SMALLEST_SHARE: usize = 1 << 14;

/// Candidates compared at a time: enough for the processor to do several divisions side by side.
const LANES: usize = 4;

/// Running sums of weight, weight × value and weight × value², entry `i` over the first `i` values.
#[derive(Clone)]
pub(super) struct Sums {
    weight: Vec<f64>,
    sum: Vec<f64>,
    square: Vec<f64>,
}

impl Sums {
    /// Values are taken about the middle one, which keeps the squares small as the mean would and leaves whole numbers whole. The sums carry
    /// their rounding along (Neumaier), so an entry is right to its last digit however many values lie before it.
    pub fn of(values: &[f64], weights: &[f64]) -> Sums {
        let middle = values[values.len() / 2];
        let moved = || values.iter().map(|value| value - middle).zip(weights);
        Sums {
            weight: running(weights.iter().copied()),
            sum: running(moved().map(|(value, weight)| weight * value)),
            square: running(moved().map(|(value, weight)| weight * value * value)),
        }
    }

    /// The squared spread of the first `end` values about their mean.
    pub fn spread_from_first(&self, end: usize) -> f64 {
        if end == 0 {
            return 0.0;
        }
        self.square[end] - self.sum[end] * self.sum[end] / self.weight[end]
    }

    /// The number of values.
    pub fn count(&self) -> usize {
        self.weight.len() - 1
    }

    /// The sum of squares of all values about the middle one: what rounding is measured by.
    pub fn square(&self) -> f64 {
        self.square[self.count()]
    }

    /// The sums over the first so many values, for each of `ends`.
    pub fn at(&self, ends: &[usize]) -> Sums {
        let chosen = |sums: &[f64]| ends.iter().map(|&end| sums[end]).collect();
        Sums { weight: chosen(&self.weight), sum: chosen(&self.sum), square: chosen(&self.square) }
    }

    /// The sums of the same values from the last to the first.
    pub fn reversed(&self) -> Sums {
        let reversed = |sums: &[f64]| sums.iter().rev().map(|before| sums[sums.len() - 1] - before).collect();
        Sums { weight: reversed(&self.weight), sum: reversed(&self.sum), square: reversed(&self.square) }
    }
}

fn running(terms: impl Iterator<Item = f64>) -> Vec<f64> {
    let (mut total, mut lost) = (0.0_f64, 0.0_f64);
    let mut sums = Vec::with_capacity(terms.size_hint().0 + 1);
    sums.push(0.0);
    for term in terms {
        let next = total + term;
        lost += if total.abs() >= term.abs() { (total - next) + term } else { (term - next) + total };
        total = next;
        sums.push(total + lost);
    }
    sums
}

/// One more class on top of those already costed.
pub(super) struct Layer<'a> {
    sums: &'a Sums,
    /// The first start that is costed.
    first: usize,
    /// Cost of the classes below less the squares of their values: what a start contributes whatever the end.
    base: Vec<f64>,
}

impl Layer<'_> {
    /// `cost` is that of the classes below for the starts `first..`.
    pub fn new<'a>(sums: &'a Sums, first: usize, cost: &[f64]) -> Layer<'a> {
        Layer {
            sums,
            first,
            base: cost.iter().zip(&sums.square[first..]).map(|(cost, square)| cost - square).collect(),
        }
    }

    /// Cost and start of each of the ends, from those costed before. Every end has a start before it.
    pub fn costs(&self, ends: RangeInclusive<usize>) -> (Vec<f64>, Vec<u32>) {
        let count = ends.end() + 1 - ends.start();
        let (mut cost, mut start) = (vec![0.0; count], vec![0; count]);
        self.fill(*ends.start(), &mut cost, &mut start, self.first, self.first + self.base.len() - 1);
        (cost, start)
    }

    /// The least cost of the classes up to `end`, and the first start that reaches it.
    pub fn least(&self, end: usize) -> (f64, usize) {
        self.best(end, self.first, (self.first + self.base.len() - 1).min(end - 1))
    }

    /// Fills cost and start of the ends `first_end..`, whose starts lie in `lowest..=highest`.
    fn fill(&self, first_end: usize, cost: &mut [f64], start: &mut [u32], lowest: usize, highest: usize) {
        if cost.is_empty() {
            return;
        }
        let middle = cost.len() / 2;
        let end = first_end + middle;
        let (least, at) = self.best(end, lowest, highest.min(end - 1));
        let (cost_left, cost_right) = cost.split_at_mut(middle);
        let (start_left, start_right) = start.split_at_mut(middle);
        cost_right[0] = least;
        start_right[0] = at as u32;
        let left = |cost, start| self.fill(first_end, cost, start, lowest, at);
        let right = |cost, start| self.fill(end + 1, cost, start, at, highest);
        if middle >= SMALLEST_SHARE {
            crate::scale::both(|| left(cost_left, start_left), || right(&mut cost_right[1..], &mut start_right[1..]));
        } else {
            left(cost_left, start_left);
            right(&mut cost_right[1..], &mut start_right[1..]);
        }
    }

    /// The least cost of the classes up to `end` with the last one starting in `lowest..=highest`, and the first start that reaches it.
    fn best(&self, end: usize, lowest: usize, highest: usize) -> (f64, usize) {
        let (weight, sum) = (self.sums.weight[end], self.sums.sum[end]);
        let cost = |base: f64, weight_before: f64, sum_before: f64| {
            let part = sum - sum_before;
            base - part * part / (weight - weight_before)
        };
        let (bases, base_rest) = self.base[lowest - self.first..=highest - self.first].as_chunks::<LANES>();
        let (weights, weight_rest) = self.sums.weight[lowest..=highest].as_chunks::<LANES>();
        let (sums, sum_rest) = self.sums.sum[lowest..=highest].as_chunks::<LANES>();
        let (mut least, mut at) = (f64::INFINITY, lowest);
        let mut start = lowest;
        let mut keep_first_least = |candidate: f64, start: usize| {
            if candidate < least {
                (least, at) = (candidate, start);
            }
        };
        for ((bases, weights), sums) in bases.iter().zip(weights).zip(sums) {
            let costs: [f64; LANES] = std::array::from_fn(|lane| cost(bases[lane], weights[lane], sums[lane]));
            for (lane, &candidate) in costs.iter().enumerate() {
                keep_first_least(candidate, start + lane);
            }
            start += LANES;
        }
        for ((&base, &weight_before), &sum_before) in base_rest.iter().zip(weight_rest).zip(sum_rest) {
            keep_first_least(cost(base, weight_before, sum_before), start);
            start += 1;
        }
        (least + self.sums.square[end], at)
    }
}
