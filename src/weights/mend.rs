//! Which judgements to reconsider, and the value that would agree with the others.

use super::ahp::{self, Ahp, Judgements, RandomIndex, Solver};

/// A judgement that disagrees with the others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Advice {
    /// Of a judgement and its reciprocal the one that says "more".
    pub row: usize,
    pub column: usize,
    pub judged: f64,
    /// What the others imply: the geometric mean of `a_ik · a_kj` over every third factor k. It is what logarithmic least squares, whose
    /// weights are those of 方根法, put in the place of a judgement that is missing.
    pub fitting: f64,
    /// The value of the scale 1/9 … 1 … 9 nearest to it.
    pub scale: f64,
    /// The consistency ratio with that value, and with those advised before it.
    pub cr: f64,
}

/// The judgements to reconsider, the one that fits least first, each with those before it mended, until the ratio is below
/// [`ahp::LARGEST_RATIO`] or no value of the scale helps. Of accepted judgements the one that fits least; none where all agree.
pub fn advise(judgements: &Judgements, solver: Solver, table: RandomIndex, derived: &Ahp) -> Vec<Advice> {
    let mut mended = judgements.clone();
    let mut advised: Vec<Advice> = Vec::new();
    let mut worst = derived.worst;
    while let Some(ahp::Mend { row, column, judged, .. }) = worst {
        let again =
            advised.iter().any(|one| [one.row, one.column] == [row, column] || [one.column, one.row] == [row, column]);
        if again || mended.names.len() < 3 {
            break;
        }
        let fitting = fitting(&mended.matrix, row, column);
        let scale = on_scale(fitting);
        (mended.matrix[row][column], mended.matrix[column][row]) = (scale, scale.recip());
        let Ok(next) = ahp::derive(&mended, solver, table) else { break };
        advised.push(Advice { row, column, judged, fitting, scale, cr: next.cr });
        if next.accepted {
            break;
        }
        worst = next.worst;
    }
    advised
}

fn fitting(matrix: &[Vec<f64>], row: usize, column: usize) -> f64 {
    let others = (0..matrix.len()).filter(|third| *third != row && *third != column);
    let logarithms = others.map(|third| libm::log(matrix[row][third]) + libm::log(matrix[third][column]));
    libm::exp(logarithms.sum::<f64>() / (matrix.len() - 2) as f64)
}

/// The value of the scale with the nearest logarithm.
fn on_scale(value: f64) -> f64 {
    let scale = (1..=9).map(f64::from);
    let far = |step: f64| (libm::log(value.max(value.recip())) - libm::log(step)).abs();
    let nearest = scale.min_by(|a, b| far(*a).total_cmp(&far(*b))).unwrap_or(1.0);
    if value < 1.0 { nearest.recip() } else { nearest }
}

#[cfg(test)]
#[path = "mend_tests.rs"]
mod tests;
