//! Whether a matrix of judgements is one: square, positive, 1 on its diagonal, reciprocal across it.

use super::{Judgements, RECIPROCITY_TOLERANCE, RandomIndex};
use crate::land::{Fault, Outcome};
use crate::say;

/// The random index for a matrix that passed; every fault of one that did not.
pub(super) fn check(judgements: &Judgements, table: RandomIndex) -> Outcome<f64> {
    let n = judgements.names.len();
    let square = judgements.matrix.len() == n && judgements.matrix.iter().all(|row| row.len() == n);
    if n == 0 || !square {
        return Err(shape_fault(judgements));
    }
    let Some(index) = table.of(n) else { return Err(size_fault(n, table)) };
    let mut faults = Vec::new();
    for row in 0..n {
        for column in 0..n {
            faults.extend(entry_fault(judgements, row, column));
        }
    }
    Fault::of_all(faults).map_or(Ok(index), Err)
}

/// What is wrong with one entry; a pair that is not reciprocal is told once, at its upper entry.
fn entry_fault(judgements: &Judgements, row: usize, column: usize) -> Option<Fault> {
    let (upper, lower) = (&judgements.names[row], &judgements.names[column]);
    let entry = judgements.matrix[row][column];
    let mirrored = judgements.matrix[column][row];
    if !(entry.is_finite() && entry > 0.0) {
        return Some(Fault::new(
            "ahp-entry",
            say!("the judgement of {upper} over {lower} is {entry}", "{upper}对{lower}的判断值为{entry}"),
            say!("write a positive number: 1 to 9, or its reciprocal", "请写正数:1至9或其倒数"),
        ));
    }
    if row == column {
        return (entry != 1.0).then(|| {
            Fault::new(
                "ahp-diagonal",
                say!("{upper} compared with itself is {entry}, not 1", "{upper}与自身比较为{entry},应为1"),
                say!("write 1 on the diagonal", "对角线请写1"),
            )
        });
    }
    let both_valid = mirrored.is_finite() && mirrored > 0.0;
    let reciprocal = (entry * mirrored - 1.0).abs() <= RECIPROCITY_TOLERANCE;
    (row < column && both_valid && !reciprocal).then(|| {
        let right = entry.recip();
        Fault::new(
            "ahp-reciprocal",
            say!(
                "{upper} over {lower} is {entry}, but {lower} over {upper} is {mirrored}",
                "{upper}对{lower}为{entry},而{lower}对{upper}为{mirrored}"
            ),
            say!(
                "one must be the reciprocal of the other: write {right} for {lower} over {upper}, with all its digits",
                "两者须互为倒数:{lower}对{upper}请写{right}(写全位数)"
            ),
        )
    })
}

fn shape_fault(judgements: &Judgements) -> Fault {
    let names = judgements.names.len();
    let rows = judgements.matrix.len();
    let odd = judgements.matrix.iter().position(|row| row.len() != names);
    let what = match odd {
        Some(at) if rows == names && names > 0 => {
            let (row, entries) = (at + 1, judgements.matrix[at].len());
            say!(
                "row {row} has {entries} judgements for {names} factors",
                "第{row}行有{entries}个判断值,而因素有{names}个"
            )
        }
        _ => say!("{rows} rows of judgements for {names} factors", "判断矩阵有{rows}行,而因素有{names}个"),
    };
    Fault::new("ahp-shape", what, say!("write one row and one column per factor", "每个因素请写一行一列,顺序一致"))
}

fn size_fault(n: usize, table: RandomIndex) -> Fault {
    let largest = table.largest();
    Fault::new(
        "ahp-size",
        say!(
            "{n} factors are compared, the table of random indices ends at {largest}",
            "比较了{n}个因素,随机一致性指标表只到{largest}"
        ),
        say!("group the factors in two layers and judge each layer", "请将因素分为两层,逐层判断"),
    )
}
