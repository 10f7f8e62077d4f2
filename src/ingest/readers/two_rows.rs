//! A header of two rows: headings over several columns, as 坐标 over 东坐标 and 北坐标, and the names of these columns below.

use super::table::unit_of;
use crate::land::{date, number};

/// The names two rows give together, one per column.
pub(super) struct Joined {
    /// The lower cell where it is filled, else the upper; where several lower cells are alike, with the heading before them.
    pub names: Vec<String>,
    /// The heading above the lower cell; empty where a name is the upper cell, or holds it already.
    pub groups: Vec<String>,
}

/// Takes two rows for one header where the upper leaves a column without name, right of a heading, that the lower names. No cell of the
/// lower may be a number or a date; below a heading of several columns all have names, and below the first column stands one only there.
pub(super) fn joined(upper: &[String], lower: &[String]) -> Option<Joined> {
    let first = upper.iter().position(|name| !name.is_empty())?;
    let under = |at: usize| at > first && upper[at].is_empty() && !lower[at].is_empty();
    let leads = |at: usize| at + 1 < upper.len() && under(at + 1);
    let columns = || 0..upper.len();
    let sound = upper.len() == lower.len()
        && columns().any(under)
        && !lower.iter().any(|cell| is_datum(cell))
        && columns().all(|at| !leads(at) || !lower[at].is_empty())
        && (lower[first].is_empty() || leads(first));
    if !sound {
        return None;
    }
    let mut group = "";
    let mut over: Vec<&str> = Vec::new();
    for (name, below) in upper.iter().zip(lower) {
        group = if name.is_empty() { group } else { name };
        over.push(if below.is_empty() { "" } else { group });
    }
    let alike = |at: usize| columns().filter(|&other| lower[other] == lower[at]).count() > 1;
    let kept = |at: usize| columns().any(|other| lower[other].is_empty() && upper[other] == lower[at]);
    let mut found = Joined { names: Vec::new(), groups: Vec::new() };
    for at in columns() {
        let (name, group) = match (lower[at].as_str(), over[at]) {
            ("", _) => (upper[at].clone(), ""),
            (below, "") => (below.to_string(), ""),
            (below, group) => match unit_of(below).filter(|_| below.contains(['元', '㎡', '亩', '顷', '²'])) {
                Some(unit) => (format!("{group}({unit})"), ""),
                None if alike(at) || kept(at) => (format!("{group} {below}"), ""),
                None => (below.to_string(), group),
            },
        };
        found.names.push(name);
        found.groups.push(group.to_string());
    }
    Some(found)
}

/// Whether a cell holds what stands in rows, not in headers: a number, with a unit or without, or a date.
fn is_datum(cell: &str) -> bool {
    let amount = number::parse(cell).is_some_and(|typed| typed.unit.is_empty() || unit_of(&typed.unit).is_some());
    amount || date::parse(cell).is_some()
}

#[cfg(test)]
#[path = "two_rows_tests.rs"]
mod tests;
