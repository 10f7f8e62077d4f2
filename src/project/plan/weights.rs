//! What the checked weights of a use mean.

#[derive(Debug)]
pub enum WeightsPlan {
    /// One weight per factor, in the order of the project's factors.
    Given(Vec<f64>),
    Ahp {
        /// The matrix's factors, by their number in the project.
        factors: Vec<usize>,
        matrix: Vec<Vec<f64>>,
        solver: AhpSolver,
        random_index: RandomIndex,
        accept_inconsistent: Option<String>,
    },
    /// Of two layers (因素 and 因子): the shares of the parts, and inside each group those of its factors.
    Grouped { parts: Vec<PartPlan>, shares: Shares },
}

/// What stands on the upper layer.
#[derive(Debug)]
pub enum PartPlan {
    /// A factor without a group, by its number in the project.
    Factor(usize),
    /// A group and those of its factors that count, by their numbers.
    Group { group: usize, factors: Vec<usize>, shares: Shares },
}

/// The shares of the members of one layer, in their order; together 1.
#[derive(Debug)]
pub enum Shares {
    Given(Vec<f64>),
    Ahp { matrix: Vec<Vec<f64>>, solver: AhpSolver, random_index: RandomIndex, accept_inconsistent: Option<String> },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AhpSolver {
    Eigenvector,
    GeometricMean,
    ColumnMean,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RandomIndex {
    A,
    B,
}
