//! Other weights for the same scores: what the totals and grades would be.

use crate::land::{Fault, Outcome};
use crate::release::scores::Columns;
use crate::release::{FactorHead, UseHead};
use crate::say;
use crate::score::table;

/// A weight that is set, the others of its use keeping their proportions.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Its key or its name.
    pub land_use: String,
    /// The key or the name of a factor, or the key of a group of factors.
    pub factor: String,
    /// Parts of 1.
    pub weight: f64,
}

impl Setting {
    /// Reads `residential.transport=0.30`.
    ///
    /// # Errors
    /// `bad-weight`.
    pub fn parse(written: &str) -> Outcome<Setting> {
        let parts = written.split_once('=').and_then(|(place, weight)| {
            let (land_use, factor) = place.trim().rsplit_once('.')?;
            let weight: f64 = weight.trim().parse().ok().filter(|weight| (0.0..=1.0).contains(weight))?;
            Some(Setting { land_use: land_use.trim().to_string(), factor: factor.trim().to_string(), weight })
        });
        parts.ok_or_else(|| {
            Fault::new(
                "bad-weight",
                say!("\"{written}\" sets no weight", "「{written}」不是权重设定"),
                say!(
                    "write USE.FACTOR=WEIGHT, such as residential.roads=0.3",
                    "请写成 用途.因素=权重,如 residential.roads=0.3"
                ),
            )
        })
    }
}

/// Whether a setting is about a use.
pub fn is_of(setting: &Setting, head: &UseHead) -> bool {
    setting.land_use == head.key || setting.land_use == head.name
}

/// The weights of every use with the settings applied: what is set of a use stands, the rest share what is left in their proportions. The
/// weight of a group is shared by its factors in theirs.
///
/// # Errors
/// `unknown-use`, `unknown-factor` with those there are; `weight-twice`; `weights-sum` where what is set is more than 1, or leaves nothing to
/// share and no one to share it.
pub fn weights(uses: &[UseHead], factors: &[FactorHead], settings: &[Setting]) -> Outcome<Vec<Vec<f64>>> {
    let mut all: Vec<Vec<f64>> = uses.iter().map(|head| head.weights.clone()).collect();
    for (at, head) in uses.iter().enumerate() {
        let of_use = settings.iter().filter(|setting| is_of(setting, head));
        let mut set: Vec<Option<f64>> = vec![None; factors.len()];
        for setting in of_use {
            for (factor, weight) in meant(setting, &all[at], factors)? {
                if set[factor].replace(weight).is_some() {
                    let (name, key) = (&factors[factor].key, &head.key);
                    return Err(Fault::new(
                        "weight-twice",
                        say!("the weight of {name} in {key} is set twice", "用途 {key} 中 {name} 的权重设定了两次"),
                        say!("set it once, by itself or by its group", "请只设定一次,或按因素,或按所属因素组"),
                    ));
                }
            }
        }
        if set.iter().all(Option::is_none) {
            continue;
        }
        let taken: f64 = set.iter().flatten().sum();
        let open: f64 = all[at].iter().zip(&set).filter(|(_, set)| set.is_none()).map(|(weight, _)| weight).sum();
        let left = 1.0 - taken;
        if left < -1e-9 || (open <= 0.0 && left.abs() > 1e-9) {
            let key = &head.key;
            return Err(Fault::new(
                "weights-sum",
                say!("the weights set for {key} sum to {taken:.6}", "用途 {key} 设定的权重之和为 {taken:.6}"),
                if open > 0.0 {
                    say!("leave the other factors a rest to share, up to 1", "请为其余因素留出权重,总和为 1")
                } else {
                    say!("no other factor can take the rest: let them sum to 1", "没有其他因素可分担余量:请使总和为 1")
                },
            ));
        }
        for (weight, set) in all[at].iter_mut().zip(&set) {
            *weight = set.unwrap_or(if open > 0.0 { *weight / open * left.max(0.0) } else { 0.0 });
        }
    }
    let keys: Vec<String> = uses.iter().map(|head| head.key.clone()).collect();
    match settings.iter().find(|setting| !uses.iter().any(|head| is_of(setting, head))) {
        Some(setting) => Err(unknown("unknown-use", &setting.land_use, &keys)),
        None => Ok(all),
    }
}

/// The factors a setting is about, each with its weight.
fn meant(setting: &Setting, weights: &[f64], factors: &[FactorHead]) -> Outcome<Vec<(usize, f64)>> {
    let own = factors.iter().position(|factor| factor.key == setting.factor || factor.name == setting.factor);
    if let Some(factor) = own {
        return Ok(vec![(factor, setting.weight)]);
    }
    let members: Vec<usize> =
        (0..factors.len()).filter(|&at| factors[at].group.as_ref() == Some(&setting.factor)).collect();
    let whole: f64 = members.iter().map(|&at| weights[at]).sum();
    if whole > 0.0 {
        return Ok(members.into_iter().map(|at| (at, setting.weight * weights[at] / whole)).collect());
    }
    let mut known: Vec<String> = factors.iter().map(|factor| factor.key.clone()).collect();
    for group in factors.iter().filter_map(|factor| factor.group.clone()) {
        if !known.contains(&group) {
            known.push(group);
        }
    }
    Err(unknown("unknown-factor", &setting.factor, &known))
}

fn unknown(code: &'static str, given: &str, known: &[String]) -> Fault {
    let list = known.join(", ");
    Fault::new(
        code,
        say!("the release has no \"{given}\"", "成果中没有「{given}」"),
        say!("it has: {list}", "现有:{list}"),
    )
}

/// Units of one use: m², and totals under the weights of the release and under others.
#[derive(Default)]
pub struct Reweighed {
    pub areas: Vec<f64>,
    pub before: Vec<f64>,
    pub after: Vec<f64>,
}

impl Reweighed {
    /// Takes in the units of the use among these. One that had no total gets none.
    pub fn take(&mut self, land_use: usize, weights: &[f64], columns: &Columns) {
        let weighted: Vec<(f64, &[f64])> = weights
            .iter()
            .zip(&columns.scores)
            .filter(|(weight, _)| **weight != 0.0)
            .map(|(&weight, column)| (weight, column.as_slice()))
            .collect();
        let members = columns.use_of.iter().enumerate().filter(|(_, of)| usize::from(**of) == land_use);
        for unit in members.map(|(unit, _)| unit) {
            let before = columns.totals[unit];
            self.areas.push(columns.areas[unit]);
            self.before.push(before);
            self.after.push(if before.is_nan() { before } else { table::total_of_columns(&weighted, unit) });
        }
    }

    pub fn append(&mut self, mut more: Reweighed) {
        self.areas.append(&mut more.areas);
        self.before.append(&mut more.before);
        self.after.append(&mut more.after);
    }
}

/// Old grade × new grade of one use, both from 1; row and column 0 are units without a grade.
#[derive(Clone, Debug, PartialEq)]
pub struct Moves {
    pub counts: Vec<Vec<usize>>,
    /// m².
    pub areas: Vec<Vec<f64>>,
}

impl Moves {
    pub fn of(grades: u8, pairs: impl Iterator<Item = (u8, u8, f64)>) -> Moves {
        let size = usize::from(grades) + 1;
        let mut moves = Moves { counts: vec![vec![0; size]; size], areas: vec![vec![0.0; size]; size] };
        for (old, new, area) in pairs {
            moves.counts[usize::from(old)][usize::from(new)] += 1;
            moves.areas[usize::from(old)][usize::from(new)] += if area.is_nan() { 0.0 } else { area };
        }
        moves
    }

    /// Units and m² whose grade is another: those that rise (to a lower number), those that fall.
    pub fn changed(&self) -> [(usize, f64); 2] {
        let mut changed = [(0, 0.0); 2];
        for (old, row) in self.counts.iter().enumerate() {
            for (new, &count) in row.iter().enumerate().filter(|(new, _)| *new != old) {
                let sum = &mut changed[usize::from(new > old)];
                sum.0 += count;
                sum.1 += self.areas[old][new];
            }
        }
        changed
    }
}

#[cfg(test)]
#[path = "whatif_tests.rs"]
mod tests;
