//! Cells left empty in a matrix: what stands across the diagonal tells them.

use super::Method;
use crate::land::{Fault, Outcome};
use crate::say;

/// The matrix without blanks: on the diagonal a factor is equal to itself, elsewhere the judgement is the reciprocal of the one across (of
/// comparisons 1 less it). Beside it how many were told so off the diagonal. A matrix that is not square is left for its method to refuse.
///
/// # Errors
/// `weights-blank` for every pair of which neither cell is filled.
pub(super) fn filled(names: &[String], matrix: &[Vec<Option<f64>>], method: Method) -> Outcome<(Vec<Vec<f64>>, usize)> {
    let n = names.len();
    let square = matrix.len() == n && matrix.iter().all(|row| row.len() == n);
    if !square {
        return Ok((matrix.iter().map(|row| row.iter().map(|cell| cell.unwrap_or(f64::NAN)).collect()).collect(), 0));
    }
    let (mut whole, mut told, mut faults) = (vec![vec![0.0; n]; n], 0, Vec::new());
    for row in 0..n {
        for column in 0..n {
            whole[row][column] = match (matrix[row][column], matrix[column][row]) {
                (Some(value), _) => value,
                (None, _) if row == column => {
                    if method == Method::Ahp {
                        1.0
                    } else {
                        0.5
                    }
                }
                (None, Some(mirrored)) => {
                    told += 1;
                    match method {
                        Method::Pairwise => 1.0 - mirrored,
                        // What is no judgement is told where it stands.
                        _ if mirrored > 0.0 => mirrored.recip(),
                        _ => 1.0,
                    }
                }
                (None, None) => {
                    if row < column {
                        faults.push(blank(&names[row], &names[column]));
                    }
                    1.0
                }
            };
        }
    }
    Fault::of_all(faults).map_or(Ok((whole, told)), Err)
}

fn blank(one: &str, other: &str) -> Fault {
    Fault::new(
        "weights-blank",
        say!("{one} and {other} are not compared", "{one}与{other}没有比较"),
        say!("fill one of the two cells", "两格中请至少填写一格"),
    )
}
