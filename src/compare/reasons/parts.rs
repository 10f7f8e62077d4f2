//! The parts of changes, in whole hundredths or the like, so that they add up to the change to the last digit.

/// The change of each pair, and its part by group.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Whole steps: the change of a pair is `changes[pair] / per`.
    changes: Vec<i64>,
    /// Row by row, a pair's parts side by side.
    parts: Vec<i64>,
    /// By pair the groups whose part is the largest before rounding, one bit each.
    leading: Vec<u32>,
    groups: usize,
    per: f64,
}

impl Parts {
    /// From the old and new values of pairs and unrounded parts, row by row; `per` steps make 1. Each part is rounded, and what rounding
    /// leaves goes to the largest (the first of equals). Pairs without both values have no change.
    pub fn exact(old: &[f64], new: &[f64], mut raw: Vec<f64>, groups: usize, per: f64) -> Parts {
        let mut parts = vec![0; raw.len()];
        let leading = raw.chunks(groups.max(1)).map(leading).collect();
        let changes = old.iter().zip(new).enumerate().map(|(pair, (old, new))| {
            let row = pair * groups..(pair + 1) * groups;
            settle((new * per).round() - (old * per).round(), &mut raw[row.clone()], &mut parts[row], per)
        });
        let changes = changes.collect();
        Parts { changes, parts, leading, groups, per }
    }

    pub fn change(&self, pair: usize) -> f64 {
        self.changes[pair] as f64 / self.per
    }

    pub fn part(&self, pair: usize, group: usize) -> f64 {
        self.parts[pair * self.groups + group] as f64 / self.per
    }

    /// The groups with the largest part: several where parts are equal; none where every part is 0.
    pub fn leading(&self, pair: usize) -> Vec<usize> {
        let row = &self.parts[pair * self.groups..(pair + 1) * self.groups];
        let leads = |group: &usize| self.leading[pair] & (1 << group) != 0;
        (0..row.len()).filter(leads).filter(|group| row[*group] != 0).collect()
    }

    /// The means over pairs, each with its weight: of the change, and of each part; rounded as those of a pair.
    pub fn mean(&self, pairs: impl Iterator<Item = (usize, f64)>) -> Option<(f64, Vec<f64>)> {
        let (mut weight, mut change, mut sums) = (0.0, 0.0, vec![0.0; self.groups]);
        for (pair, of_pair) in pairs {
            weight += of_pair;
            change += of_pair * self.changes[pair] as f64;
            let row = &self.parts[pair * self.groups..(pair + 1) * self.groups];
            sums.iter_mut().zip(row).for_each(|(sum, part)| *sum += of_pair * *part as f64);
        }
        (weight > 0.0).then(|| {
            let mut raw: Vec<f64> = sums.iter().map(|sum| sum / weight / self.per).collect();
            let mut parts = vec![0; self.groups];
            let change = settle((change / weight).round(), &mut raw, &mut parts, self.per);
            (change as f64 / self.per, parts.iter().map(|part| *part as f64 / self.per).collect())
        })
    }
}

/// Parts are sums of a few differences: nearer to each other than this part of them they are equal.
const EQUAL: f64 = 1e-9;

/// The groups whose part is the largest, whichever sign it has.
fn leading(raw: &[f64]) -> u32 {
    let most = raw.iter().fold(0.0_f64, |most, part| most.max(part.abs()));
    let near = |part: f64| part.abs() >= most * (1.0 - EQUAL);
    raw.iter().enumerate().filter(|(_, part)| near(**part)).map(|(group, _)| 1 << group).sum()
}

/// A part in whole steps, half away from 0, whatever the last binary digits of a half are.
fn steps(part: f64) -> f64 {
    ((part * 1e6).round() / 1e6).round()
}

/// Rounds the parts of one change, in whole steps; gives the change.
fn settle(change: f64, raw: &mut [f64], parts: &mut [i64], per: f64) -> i64 {
    if change.is_nan() || raw.iter().any(|part| part.is_nan()) {
        parts.fill(0);
        return if change.is_nan() { 0 } else { change as i64 };
    }
    parts.iter_mut().zip(&*raw).for_each(|(part, raw)| *part = steps(raw * per) as i64);
    let change = change as i64;
    let left = change - parts.iter().sum::<i64>();
    if let Some(part) = parts.get_mut(leading(raw).trailing_zeros() as usize) {
        *part += left;
    }
    change
}
