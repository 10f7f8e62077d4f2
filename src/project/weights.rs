//! Checks the weights of a use: on one layer, over all factors, or on two, over groups and inside each.

use super::check::Problems;
use super::file::{Ahp, Inside, Judgement, UseEntry, Weight, Weights};
use super::lines::Step;
use super::plan::{AhpSolver, GroupPlan, PartPlan, RandomIndex, Shares, WeightsPlan};
use crate::land::number::fraction;
use crate::land::written;
use crate::say;
use std::collections::BTreeMap;

/// What weights may be written for.
#[derive(Clone, Copy)]
pub(super) struct Members<'a> {
    /// The factors' keys.
    pub factors: &'a [&'a str],
    pub groups: &'a [GroupPlan],
    /// Each factor's group.
    pub of: &'a [Option<usize>],
}

/// A factor or a group, by its number.
#[derive(Clone, Copy, PartialEq)]
enum Found {
    Factor(usize),
    Group(usize),
}

impl Members<'_> {
    fn find(&self, key: &str) -> Option<Found> {
        let group = self.groups.iter().position(|group| group.key == key).map(Found::Group);
        group.or_else(|| self.factors.iter().position(|factor| *factor == key).map(Found::Factor))
    }

    fn is_group(&self, key: &str) -> bool {
        matches!(self.find(key), Some(Found::Group(_)))
    }

    fn inside(&self, group: usize) -> Vec<usize> {
        (0..self.factors.len()).filter(|&factor| self.of[factor] == Some(group)).collect()
    }
}

pub(super) fn check(at: usize, entry: &UseEntry, members: Members<'_>, problems: &mut Problems<'_>) -> WeightsPlan {
    let here = [Step::Key("uses"), Step::At(at), Step::Key("weights")];
    let mut checking = Checking { here: &here, members, problems };
    let name = &entry.key;
    match &entry.weights {
        Weights::Given(given) => {
            let grouped =
                |(key, weight): (&String, &Weight)| matches!(weight, Weight::Group(_)) || members.is_group(key);
            if given.iter().any(grouped) { checking.grouped(name, given) } else { checking.flat(name, given) }
        }
        Weights::Ahp(ahp) if ahp.ahp.iter().any(|key| members.is_group(key)) => checking.judged_groups(ahp),
        Weights::Ahp(ahp) => {
            checking.once(&ahp.ahp);
            checking.no_inside(ahp);
            let factors = ahp.ahp.iter().filter_map(|key| checking.factor(key)).collect();
            let Shares::Ahp { matrix, solver, random_index, accept_inconsistent } = checking.judgements(ahp) else {
                unreachable!("judgements are judgements")
            };
            WeightsPlan::Ahp { factors, matrix, solver, random_index, accept_inconsistent }
        }
    }
}

struct Checking<'a, 'b, 'p> {
    here: &'a [Step<'a>],
    members: Members<'a>,
    problems: &'b mut Problems<'p>,
}

impl Checking<'_, '_, '_> {
    fn flat(&mut self, name: &str, given: &BTreeMap<String, Weight>) -> WeightsPlan {
        let mut weights = vec![0.0; self.members.factors.len()];
        let mut sum = 0.0;
        for (key, weight) in given {
            let Weight::Alone(weight) = *weight else { continue };
            if let Some(factor) = self.factor(key) {
                weights[factor] = weight;
            }
            self.problems.within(self.here, key, weight, 0.0, 1.0);
            sum += weight;
        }
        self.sums(name, sum);
        WeightsPlan::Given(weights)
    }

    fn grouped(&mut self, name: &str, given: &BTreeMap<String, Weight>) -> WeightsPlan {
        let (mut parts, mut shares) = (Vec::new(), Vec::new());
        for (key, weight) in given {
            let (share, inside) = match weight {
                Weight::Alone(share) => (*share, None),
                Weight::Group(group) => (group.weight, Some(&group.inside)),
            };
            self.problems.within(self.here, key, share, 0.0, 1.0);
            shares.push(share);
            parts.extend(self.part(key, inside));
        }
        self.sums(name, shares.iter().sum());
        WeightsPlan::Grouped { parts, shares: Shares::Given(shares) }
    }

    fn judged_groups(&mut self, ahp: &Ahp) -> WeightsPlan {
        self.once(&ahp.ahp);
        let inside = |key: &String| ahp.inside.as_ref().and_then(|inside| inside.get(key));
        for key in ahp.inside.iter().flat_map(BTreeMap::keys).filter(|key| !ahp.ahp.contains(key)) {
            self.mixed(
                say!("`inside` names {key}, which the matrix does not judge", "inside 中的「{key}」不在判断矩阵之列"),
                say!("list the group in `ahp`, or take it off `inside`", "请将该组列入 ahp,或从 inside 中删去"),
            );
        }
        let parts = ahp.ahp.iter().filter_map(|key| self.part(key, inside(key))).collect();
        WeightsPlan::Grouped { parts, shares: self.judgements(ahp) }
    }

    /// A part of the upper layer.
    fn part(&mut self, key: &str, inside: Option<&Inside>) -> Option<PartPlan> {
        match (self.found(key)?, inside) {
            (Found::Factor(factor), None) => {
                if let Some(group) = self.members.of[factor] {
                    let group = &self.members.groups[group].key;
                    self.mixed(
                        say!(
                            "{key} is a factor of the group {group}; groups and factors inside them are weighed apart",
                            "{key} 是因素组 {group} 的因子,组与组内因子应分层赋权"
                        ),
                        say!(
                            "write {group} = {{ weight = 0.3, {key} = 1 }}",
                            "请写 {group} = {{ weight = 0.3, {key} = 1 }}"
                        ),
                    );
                }
                Some(PartPlan::Factor(factor))
            }
            (Found::Factor(_), Some(_)) => {
                self.mixed(
                    say!("{key} is a factor, not a group", "{key} 是因子,不是因素组"),
                    say!("give it a number", "请只写一个数"),
                );
                None
            }
            (Found::Group(group), Some(inside)) => {
                let (factors, shares) = self.inside(group, key, inside);
                Some(PartPlan::Group { group, factors, shares })
            }
            (Found::Group(group), None) => {
                let factors = self.members.inside(group);
                if factors.len() > 1 {
                    let list: Vec<&str> = factors.iter().map(|&factor| self.members.factors[factor]).collect();
                    let (list, first) = (list.join(", "), list[0]);
                    self.mixed(
                        say!("the group {key} has several factors: {list}", "因素组 {key} 有多个因子:{list}"),
                        say!(
                            "write the weights inside, {key} = {{ weight = 0.3, {first} = 0.6, … }}; for AHP under `inside`",
                            "请写明组内权重,如 {key} = {{ weight = 0.3, {first} = 0.6, … }};层次分析法写在 inside 中"
                        ),
                    );
                }
                Some(PartPlan::Group { group, shares: Shares::Given(vec![1.0; factors.len()]), factors })
            }
        }
    }

    /// The factors of a group and their shares.
    fn inside(&mut self, group: usize, key: &str, inside: &Inside) -> (Vec<usize>, Shares) {
        let mut factors = Vec::new();
        match inside {
            Inside::Given(given) => {
                let mut shares = Vec::new();
                for (factor, &share) in given {
                    self.problems.within(self.here, factor, share, 0.0, 1.0);
                    shares.push(share);
                    factors.extend(self.of_group(group, factor));
                }
                self.sums(key, shares.iter().sum());
                (factors, Shares::Given(shares))
            }
            Inside::Ahp(ahp) => {
                self.once(&ahp.ahp);
                self.no_inside(ahp);
                factors.extend(ahp.ahp.iter().filter_map(|factor| self.of_group(group, factor)));
                (factors, self.judgements(ahp))
            }
        }
    }

    fn of_group(&mut self, group: usize, key: &str) -> Option<usize> {
        let factor = self.factor(key)?;
        if self.members.of[factor] != Some(group) {
            let group = &self.members.groups[group].key;
            self.mixed(
                say!("{key} is no factor of the group {group}", "{key} 不是因素组 {group} 的因子"),
                say!(
                    "write group = \"{group}\" at the factor, or weigh it elsewhere",
                    "请在该因子处写 group = \"{group}\",或改在别处赋权"
                ),
            );
        }
        Some(factor)
    }

    fn factor(&mut self, key: &str) -> Option<usize> {
        let factors = self.members.factors;
        let found = factors.iter().position(|factor| *factor == key);
        if found.is_none() {
            self.unknown(key, factors.to_vec());
        }
        found
    }

    fn found(&mut self, key: &str) -> Option<Found> {
        let found = self.members.find(key);
        if found.is_none() {
            let mut known = self.members.factors.to_vec();
            known.extend(self.members.groups.iter().map(|group| group.key.as_str()));
            self.unknown(key, known);
        }
        found
    }

    fn unknown(&mut self, key: &str, known: Vec<&str>) {
        let near = written::nearest(key, known).unwrap_or("-");
        self.problems.add(
            "unknown-factor",
            self.here,
            say!("there is no factor \"{key}\"", "没有名为「{key}」的因素"),
            say!("the nearest factor key is \"{near}\"", "最接近的因素键为「{near}」"),
        );
    }

    fn mixed(&mut self, what: crate::land::Text, help: crate::land::Text) {
        self.problems.add("group-weights", self.here, what, help);
    }

    fn sums(&mut self, name: &str, sum: f64) {
        // No 0 with a sign.
        let sum = sum + 0.0;
        if (sum - 1.0).abs() > 1e-6 {
            self.problems.add(
                "weights-sum",
                self.here,
                say!("the weights of {name} sum to {sum:.6}", "{name} 的权重之和为 {sum:.6}"),
                say!("make them sum to 1", "请使权重之和等于 1"),
            );
        }
    }

    fn once(&mut self, keys: &[String]) {
        if let Some((_, key)) = keys.iter().enumerate().find(|(at, key)| keys[..*at].contains(key)) {
            self.problems.add(
                "bad-key",
                self.here,
                say!("the factor \"{key}\" is judged twice", "因素「{key}」在判断矩阵中重复"),
                say!("list each factor once", "每个因素只写一次"),
            );
        }
    }

    fn no_inside(&mut self, ahp: &Ahp) {
        if ahp.inside.is_some() {
            self.mixed(
                say!("`inside` belongs to a matrix over groups", "inside 只用于因素组的判断矩阵"),
                say!("remove it, or list groups in `ahp`", "请删去,或在 ahp 中列出因素组"),
            );
        }
    }

    fn judgement(&mut self, entry: &Judgement) -> f64 {
        let text = match entry {
            Judgement::Number(number) => return *number,
            Judgement::Text(text) => text,
        };
        fraction(text).unwrap_or_else(|| {
            self.problems.add(
                "bad-judgement",
                self.here,
                say!("the judgement \"{text}\" is no number", "判断值「{text}」不是数值"),
                say!("write a number, or a fraction such as \"1/3\"", "请写数值,或 \"1/3\" 这样的分数"),
            );
            f64::NAN
        })
    }

    fn judgements(&mut self, ahp: &Ahp) -> Shares {
        let solver = self.problems.word(
            self.here,
            ahp.solver.as_deref(),
            &[
                ("eigenvector", AhpSolver::Eigenvector),
                ("geometric-mean", AhpSolver::GeometricMean),
                ("column-mean", AhpSolver::ColumnMean),
            ],
        );
        let tables = [("A", RandomIndex::A), ("B", RandomIndex::B)];
        let random_index = self.problems.word(self.here, ahp.random_index.as_deref(), &tables);
        // A blank reason is none.
        let accept_inconsistent = ahp.accept_inconsistent.clone().filter(|reason| !reason.trim().is_empty());
        let matrix = ahp.matrix.iter().map(|row| row.iter().map(|entry| self.judgement(entry)).collect()).collect();
        Shares::Ahp { matrix, solver, random_index, accept_inconsistent }
    }
}

#[cfg(test)]
#[path = "weights_tests.rs"]
mod tests;
