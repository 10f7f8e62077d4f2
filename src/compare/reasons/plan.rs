//! Which mixtures of old and new inputs are looked at, and how what they give makes the part of each group.

/// How a change is split among groups of inputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One group after the other: each part is what the change of that group adds to those before.
    Ordered,
    /// The mean over every order (Shapley 1953): no order is preferred.
    Shapley,
}

/// A set of groups taken from the new release: bit `k` for group `k`.
pub type Set = u32;

/// The sets that are looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub way: Way,
    groups: usize,
    pub sets: Vec<Set>,
}

impl Plan {
    /// Of `groups` groups: `groups` + 1 sets one after the other, 2 to the power of `groups` over every order.
    pub fn new(way: Way, groups: usize) -> Plan {
        let sets = match way {
            Way::Ordered => (0..=groups).map(|count| (1 << count) - 1).collect(),
            Way::Shapley => (0..1 << groups).collect(),
        };
        Plan { way, groups, sets }
    }

    pub fn whole(&self) -> Set {
        (1 << self.groups) - 1
    }

    /// By how much the value of a set counts in the part of a group. Over all sets a group's part is Σ coefficient · value; over all
    /// groups the coefficients leave the value of the whole less that of nothing.
    pub fn coefficient(&self, set: Set, group: usize) -> f64 {
        let (taken, inside) = (set.count_ones() as usize, set >> group & 1 == 1);
        match (self.way, inside) {
            // What a set adds is that of its last group.
            (Way::Ordered, true) => f64::from(u8::from(taken == group + 1)),
            (Way::Ordered, false) => -f64::from(u8::from(taken == group)),
            (Way::Shapley, true) => weight(taken - 1, self.groups),
            (Way::Shapley, false) => -weight(taken, self.groups),
        }
    }
}

/// |S|! (n − |S| − 1)! / n!: the share of the orders in which the group comes right after the members of S.
fn weight(before: usize, groups: usize) -> f64 {
    // 1 / (n · C(n − 1, |S|)).
    let choose = (1..=before).fold(1.0, |product, k| product * (groups - k) as f64 / k as f64);
    1.0 / (groups as f64 * choose)
}
