//! Pairwise comparison (因素成对比较法): of every two factors one is the more important, or both are equal.
//!
//! `a_ij` is 1 where i is the more important, 0 where j is, 0.5 where they are equal: `a_ij + a_ji = 1`. A weight is the share of the wins,
//! `W_i = Σ_j a_ij / (n(n − 1)/2)`. A factor that loses everywhere would weigh nothing, so a virtual factor (虚拟因素) may be added that loses
//! to all others; it gets no weight itself.

use crate::land::{Fault, Outcome};
use crate::say;

/// Weights with the wins they come from.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairwise {
    /// In the order of the names; they sum to 1.
    pub weights: Vec<f64>,
    /// Wins, equal ones counting a half; over the virtual factor too, where there is one.
    pub wins: Vec<f64>,
    /// All comparisons: `n(n − 1)/2`, with the virtual factor `n(n + 1)/2`.
    pub comparisons: f64,
    /// Factors that lose to all others and weigh nothing.
    pub nothing: Vec<usize>,
}

/// Weights of compared factors; the diagonal is not looked at.
///
/// # Errors
/// `pairwise-shape`, `pairwise-entry`, `pairwise-sum` with both factors, all at once; `pairwise-factors` for fewer than two.
pub fn derive(names: &[String], matrix: &[Vec<f64>], with_virtual: bool) -> Outcome<Pairwise> {
    check(names, matrix)?;
    let n = names.len();
    let own = |row: usize| (0..n).filter(|column| *column != row).map(|column| matrix[row][column]).sum::<f64>();
    let extra = if with_virtual { 1.0 } else { 0.0 };
    let wins: Vec<f64> = (0..n).map(|row| own(row) + extra).collect();
    let comparisons = n as f64 * (n as f64 - 1.0 + 2.0 * extra) / 2.0;
    let weights = wins.iter().map(|wins| wins / comparisons).collect();
    let nothing = (0..n).filter(|at| wins[*at] == 0.0).collect();
    Ok(Pairwise { weights, wins, comparisons, nothing })
}

fn check(names: &[String], matrix: &[Vec<f64>]) -> Outcome<()> {
    let n = names.len();
    if n < 2 {
        return Err(Fault::new(
            "pairwise-factors",
            say!("{n} factors cannot be compared", "{n}个因素无从比较"),
            say!("give two factors or more", "请给出两个以上因素"),
        ));
    }
    let odd = matrix.iter().position(|row| row.len() != n);
    if matrix.len() != n || odd.is_some() {
        let (rows, at) = (matrix.len(), odd.map_or(0, |at| at + 1));
        let what = match odd {
            Some(place) if rows == n => {
                let entries = matrix[place].len();
                say!("row {at} has {entries} comparisons for {n} factors", "第{at}行有{entries}个比较值,而因素有{n}个")
            }
            _ => say!("{rows} rows of comparisons for {n} factors", "比较矩阵有{rows}行,而因素有{n}个"),
        };
        let help = say!("write one row and one column per factor", "每个因素请写一行一列,顺序一致");
        return Err(Fault::new("pairwise-shape", what, help));
    }
    let mut faults = Vec::new();
    for (row, upper) in names.iter().enumerate() {
        for (column, lower) in names.iter().enumerate().filter(|(column, _)| *column != row) {
            let (entry, mirrored) = (matrix[row][column], matrix[column][row]);
            let known = |value: f64| [0.0, 0.5, 1.0].contains(&value);
            if !known(entry) {
                faults.push(Fault::new(
                    "pairwise-entry",
                    say!("{upper} against {lower} is {entry}", "{upper}对{lower}为{entry}"),
                    say!(
                        "write 1 where the first matters more, 0 where the second does, 0.5 where they are equal",
                        "前者重要写1,后者重要写0,同等重要写0.5"
                    ),
                ));
            } else if row < column && known(mirrored) && entry + mirrored != 1.0 {
                let right = 1.0 - entry;
                faults.push(Fault::new(
                    "pairwise-sum",
                    say!(
                        "{upper} against {lower} is {entry}, but {lower} against {upper} is {mirrored}",
                        "{upper}对{lower}为{entry},而{lower}对{upper}为{mirrored}"
                    ),
                    say!(
                        "the two must sum to 1: write {right} for {lower} against {upper}",
                        "两者之和须为1:{lower}对{upper}请写{right}"
                    ),
                ));
            }
        }
    }
    Fault::of_all(faults).map_or(Ok(()), Err)
}

#[cfg(test)]
#[path = "pairwise_tests.rs"]
mod tests;
