//! Given limits: the cut that people decided on, written in the project file with their reason.

use super::{Split, half_open};
use crate::land::{Fault, Outcome};
use crate::say;

/// Half-open; a grade that no total reaches is empty, its number stays.
pub(super) fn split(totals: &[f64], grades: u8, limits: &[f64]) -> Outcome<Split> {
    let needed = usize::from(grades) - 1;
    let ascending = limits.iter().all(|limit| limit.is_finite()) && limits.windows(2).all(|pair| pair[0] < pair[1]);
    if limits.len() == needed && ascending {
        return Ok(Split { classes: half_open(totals, limits), limits: limits.to_vec() });
    }
    let given = limits.len();
    let shown = limits.iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
    Err(Fault::new(
        "grade-limits",
        if given == needed {
            say!("the grade limits do not ascend: {shown}", "级别分值界限未递增:{shown}")
        } else {
            say!("{given} grade limits are given for {grades} grades", "{grades}个级别给出了{given}个分值界限")
        },
        say!(
            "write {needed} score limits in ascending order, the lowest between the two worst grades",
            "请按升序写出{needed}个分值界限,最小者为最末两级之间的界限"
        ),
    ))
}
