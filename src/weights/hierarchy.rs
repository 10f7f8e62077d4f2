//! AHP in two layers: judgements over the factors (因素), and for each factor over its sub-factors (因子).
//!
//! A sub-factor's weight is the weight of its factor times its weight within it. Consistency is told for every matrix, for the second layer
//! (层次总排序: `Σ w_k CI_k / Σ w_k RI_k`) and for the hierarchy as a whole (Saaty 1980: the indices of all matrices, each weighted by the
//! factor above it, over the random indices weighted alike).

use super::ahp::{self, Ahp, Judgements, RandomIndex, Solver};
use crate::land::{Fault, Outcome};

/// One layer or two.
#[derive(Clone, Debug, PartialEq)]
pub struct Hierarchy {
    pub top: Judgements,
    /// The factors that have sub-factors; a factor without stands for itself.
    pub groups: Vec<Group>,
    pub solver: Solver,
    pub random_index: RandomIndex,
}

/// The sub-factors of one factor.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Which factor of the top.
    pub parent: usize,
    pub judgements: Judgements,
}

/// Weights with the consistency of every matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighted {
    pub top: Ahp,
    /// In the order of the hierarchy's groups.
    pub groups: Vec<Ahp>,
    /// In the order of the factors, the sub-factors of one together; the weights sum to 1.
    pub leaves: Vec<Leaf>,
    /// Of the second layer; `None` where there is none.
    pub layer: Option<Consistency>,
    /// Of all matrices.
    pub total: Consistency,
}

/// A factor that is scored.
#[derive(Clone, Debug, PartialEq)]
pub struct Leaf {
    pub name: String,
    /// Which factor of the top it belongs to, or is.
    pub parent: usize,
    pub weight: f64,
}

/// Indices and their ratio, 0 where there is nothing to be inconsistent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Consistency {
    pub ci: f64,
    pub ri: f64,
    pub cr: f64,
}

impl Consistency {
    fn of(ci: f64, ri: f64) -> Consistency {
        Consistency { ci, ri, cr: if ri > 0.0 { ci / ri } else { 0.0 } }
    }
}

/// Weights and consistency.
///
/// # Errors
/// What [`ahp::derive`] says of each matrix, of all of them at once, with the factor whose sub-factors it compares.
pub fn derive(hierarchy: &Hierarchy) -> Outcome<Weighted> {
    let Hierarchy { top: judgements, groups, solver, random_index } = hierarchy;
    let (mut faults, mut derived) = (Vec::new(), Vec::new());
    let top = ahp::derive(judgements, *solver, *random_index).map_err(|fault| faults.push(fault)).ok();
    for Group { parent, judgements: own } in groups {
        match ahp::derive(own, *solver, *random_index) {
            Ok(own) => derived.push(own),
            Err(fault) => faults.push(within(fault, &judgements.names[*parent])),
        }
    }
    let top = match (Fault::of_all(flat(faults)), top) {
        (None, Some(top)) => top,
        (Some(fault), _) => return Err(fault),
        (None, None) => unreachable!("a layer that is not derived leaves a fault"),
    };
    let of_parent = |parent: usize| groups.iter().position(|group| group.parent == parent);
    let mut leaves = Vec::new();
    for (parent, name) in judgements.names.iter().enumerate() {
        let weight = top.weights[parent];
        match of_parent(parent) {
            None => leaves.push(Leaf { name: name.clone(), parent, weight }),
            Some(at) => {
                leaves.extend(groups[at].judgements.names.iter().zip(&derived[at].weights).map(|(name, own)| Leaf {
                    name: name.clone(),
                    parent,
                    weight: weight * own,
                }))
            }
        }
    }
    let weighted = |index: fn(&Ahp) -> f64| -> f64 {
        // In the order of the factors, whatever the order the groups are written in.
        (0..top.weights.len())
            .filter_map(|parent| of_parent(parent).map(|at| top.weights[parent] * index(&derived[at])))
            .sum()
    };
    // One or two compared factors are consistent whatever is judged; their random index is 0.
    let (ci, ri) = (weighted(|own| own.ci), weighted(|own| own.ri));
    let layer = (!groups.is_empty()).then(|| Consistency::of(ci, ri));
    let total = Consistency::of(top.ci + ci, top.ri + ri);
    Ok(Weighted { top, groups: derived, leaves, layer, total })
}

fn within(mut fault: Fault, factor: &str) -> Fault {
    fault.also.iter_mut().for_each(|also| also.place = Some(factor.to_string()));
    fault.at(factor)
}

fn flat(faults: Vec<Fault>) -> Vec<Fault> {
    let one = |mut fault: Fault| {
        let also = std::mem::take(&mut fault.also);
        std::iter::once(fault).chain(also)
    };
    faults.into_iter().flat_map(one).collect()
}

#[cfg(test)]
#[path = "hierarchy_tests.rs"]
mod tests;
