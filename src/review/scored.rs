//! The scores of a release's units with the weights and limits that made their grades.

use crate::land::{Fault, Outcome};
use crate::release::{Release, UseHead};
use crate::say;

/// Columns of units, and the heads of their uses.
pub struct Scored<'a> {
    pub uses: &'a [UseHead],
    /// Factors per row of scores.
    pub factors: usize,
    pub scores: &'a [f64],
    pub totals: &'a [f64],
    pub areas: &'a [f64],
    pub use_of: &'a [u8],
}

impl<'a> Scored<'a> {
    /// # Errors
    /// `no-scores` for releases without scores, weights or limits.
    pub fn of(release: &'a Release) -> Outcome<Scored<'a>> {
        let units = &release.units;
        let scored = Scored {
            uses: &release.uses,
            factors: release.head.factors.len(),
            scores: &units.scores,
            totals: &units.totals,
            areas: &units.areas,
            use_of: &units.uses,
        };
        scored.check().map(|()| scored)
    }

    /// # Errors
    /// `no-scores`.
    pub fn check(&self) -> Outcome<()> {
        let weighted = self.uses.iter().all(|head| head.weights.len() == self.factors);
        if weighted && self.factors > 0 && self.scores.len() == self.use_of.len() * self.factors {
            return Ok(());
        }
        Err(no_scores())
    }

    pub fn len(&self) -> usize {
        self.use_of.len()
    }

    pub fn is_empty(&self) -> bool {
        self.use_of.is_empty()
    }

    pub fn row(&self, unit: usize) -> &'a [f64] {
        &self.scores[unit * self.factors..(unit + 1) * self.factors]
    }

    pub fn head(&self, unit: usize) -> &'a UseHead {
        &self.uses[usize::from(self.use_of[unit])]
    }

    /// The class of a total among ascending limits, 0 the lowest; a total at a limit is above it.
    pub fn class(limits: &[f64], total: f64) -> usize {
        limits.iter().filter(|limit| **limit <= total).count()
    }
}

/// What is asked of a release that cannot answer.
pub fn no_scores() -> Fault {
    Fault::new(
        "no-scores",
        say!("the release holds no factor scores with their weights", "该成果没有因素分值及权重"),
        say!("take a release that was made here", "请使用本程序计算的成果"),
    )
}
