//! Fisher's optimal partition of ascending weighted values into classes, by dynamic programming that divides and conquers.
//!
//! `best[c][end] = min over start of best[c − 1][start] + spread(start, end)` (Fisher 1958). The best start never moves left while the end
//! moves right, so the middle end bounds the starts of both halves: k·n·log n steps instead of k·n² (Wang & Song 2011). Both halves are
//! filled at once by different threads; neither reads what the other writes, so the answer is the same for any number of them.

/// Ends below which a half is not worth a thread of its own.
const SMALLEST_SHARE: usize = 1 << 14;

/// Candidates compared at a time: enough for the processor to do several divisions side by side.
const LANES: usize = 4;

/// The first value of every class, lowest class first (so the first is 0); fewer classes where there are fewer values.
/// Among cuts that are equally good as computed, the one whose last class starts first wins.
pub(super) fn starts(values: &[f64], weights: &[f64], classes: usize) -> Vec<usize> {
    let count = values.len();
    let classes = classes.min(count);
    if classes <= 1 {
        return vec![0; classes];
    }
    let sums = Sums::of(values, weights);
    let mut cost: Vec<f64> = (0..=count).map(|end| sums.spread_from_first(end)).collect();
    let mut chosen: Vec<Vec<u32>> = Vec::new();
    // The class in work is number `below` (from 0): that many classes lie below it, `above` above it, each with a value at least.
    for below in 1..classes - 1 {
        let above = classes - 1 - below;
        let ends = below + 1..=count - above;
        let layer = Layer::new(&sums, &cost);
        let (mut next, mut start) = (vec![f64::INFINITY; count + 1], vec![0; count + 1]);
        layer.fill(below + 1, &mut next[ends.clone()], &mut start[ends], below, count - above - 1);
        cost = next;
        chosen.push(start);
    }
    let (_, last) = Layer::new(&sums, &cost).best(count, classes - 1, count - 1);
    let mut starts = vec![last];
    for start in chosen.iter().rev() {
        let end = starts[starts.len() - 1];
        starts.push(start[end] as usize);
    }
    starts.push(0);
    starts.reverse();
    starts
}

/// Running sums of weight, weight × value and weight × value², entry `i` over the first `i` values.
struct Sums {
    weight: Vec<f64>,
    sum: Vec<f64>,
    square: Vec<f64>,
}

impl Sums {
    /// Values are taken about the middle one, which keeps the squares small as the mean would and leaves whole numbers whole. The sums carry
    /// their rounding along (Neumaier), so an entry is right to its last digit however many values lie before it.
    fn of(values: &[f64], weights: &[f64]) -> Sums {
        let middle = values[values.len() / 2];
        let moved = || values.iter().map(|value| value - middle).zip(weights);
        Sums {
            weight: running(weights.iter().copied()),
            sum: running(moved().map(|(value, weight)| weight * value)),
            square: running(moved().map(|(value, weight)| weight * value * value)),
        }
    }

    /// The squared spread of the first `end` values about their mean.
    fn spread_from_first(&self, end: usize) -> f64 {
        if end == 0 {
            return 0.0;
        }
        self.square[end] - self.sum[end] * self.sum[end] / self.weight[end]
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
struct Layer<'a> {
    sums: &'a Sums,
    /// Cost of the classes below less the squares of their values: what a start contributes whatever the end.
    base: Vec<f64>,
}

impl Layer<'_> {
    fn new<'a>(sums: &'a Sums, cost: &[f64]) -> Layer<'a> {
        Layer { sums, base: cost.iter().zip(&sums.square).map(|(cost, square)| cost - square).collect() }
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
        let (bases, base_rest) = self.base[lowest..=highest].as_chunks::<LANES>();
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
