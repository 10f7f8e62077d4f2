//! The factors and further tables of a use, out of the file.

use super::build::Problems;
use super::factors::{self, FactorTable, Measured};
use super::is_for;
use super::tables::{self, Table};
use crate::price::street::DepthRule;
use crate::project::system::{self as file, UseSystem};
use crate::say;

/// A condition that two factors or tables of one grade would ask for.
pub(super) fn twice(part: &UseSystem, problems: &mut Problems<'_>) {
    let factors = part.factors.iter().map(|factor| (&factor.key, factor.grades.as_ref()));
    let all: Vec<(&String, Option<&Vec<u8>>)> =
        factors.chain(part.tables.iter().map(|table| (&table.key, table.grades.as_ref()))).collect();
    let most = problems.grades;
    let meet = |one: Option<&Vec<u8>>, other: Option<&Vec<u8>>| {
        (1..=most).any(|grade| is_for(one, grade) && is_for(other, grade))
    };
    for (at, (key, grades)) in all.iter().enumerate() {
        if all[..at].iter().any(|(own, theirs)| own == key && meet(*grades, *theirs)) {
            problems.add(
                "corrections-factor",
                say!("\"{key}\" is given twice for one grade", "「{key}」在同一级别重复"),
                say!("give every factor and table of a grade a key of its own", "同一级别的因素与修正表 key 不得重复"),
            );
        }
    }
}

pub(super) fn factor(raw: &file::Factor, problems: &mut Problems<'_>) -> Option<(FactorTable, Option<f64>)> {
    problems.grades(&raw.key, raw.grades.as_ref());
    let key = &raw.key;
    let measured = match (raw.at_least, raw.at_most) {
        (Some(bounds), None) => Some(Measured::AtLeast(bounds)),
        (None, Some(bounds)) => Some(Measured::AtMost(bounds)),
        _ => None,
    };
    let steps = raw.steps.as_ref().map(factors::array);
    let falling = steps.is_none_or(|steps| steps.windows(2).all(|pair| pair[0] >= pair[1]) && steps[4] > -100.0);
    let one = steps.is_some() != raw.weight.is_some() && raw.weight.is_none_or(|weight| weight > 0.0 && weight <= 1.0);
    let both = raw.at_least.is_some() && raw.at_most.is_some();
    if !one || both || !falling || measured.is_some_and(|measured| !measured.is_ordered()) {
        problems.add(
            "corrections-factor",
            say!(
                "the factor {key} needs either steps that do not rise from best to worst or a weight above 0 and up to 1, and limits in order",
                "因素 {key} 须在 steps(从优到劣不递增)与 weight(大于 0,不大于 1)中恰写其一,界限应依次排列"
            ),
            say!(
                "write steps = {{ best = 8.59, better = 4.29, fair = 0, worse = -4.29, worst = -8.59 }}, or weight = 0.3",
                "请写 steps = {{ best = 8.59, better = 4.29, fair = 0, worse = -4.29, worst = -8.59 }} 或 weight = 0.3"
            ),
        );
        return None;
    }
    let table = FactorTable {
        key: key.clone(),
        name: raw.name.clone().unwrap_or_else(|| key.clone()),
        grades: raw.grades.clone(),
        steps: steps.unwrap_or_default(),
        conditions: raw.conditions.as_ref().map(factors::array),
        measured,
    };
    Some((table, raw.weight))
}

/// The rule of a depth table; `None`, told, where it is none.
fn depth_rule(raw: &file::Table, depth: &file::Depth, problems: &mut Problems<'_>) -> Option<DepthRule> {
    let rule = match &depth.shares {
        None => Ok(DepthRule::four_three_two_one()),
        Some(shares) => {
            let shares: Vec<f64> = shares.iter().map(|share| share / 100.0).collect();
            DepthRule::new(depth.strip.unwrap_or(0.25), &shares)
        }
    };
    let sound = depth.standard > 0.0 && depth.standard.is_finite();
    match rule {
        Ok(rule) if sound => Some(rule),
        Ok(_) => {
            let (key, standard) = (&raw.key, depth.standard);
            problems.add(
                "corrections-table",
                say!("the standard depth of {key} is {standard}", "{key} 的标准深度为 {standard}"),
                say!("write metres above 0", "请写大于 0 的米数"),
            );
            None
        }
        Err(fault) => {
            problems.add(fault.code, fault.what, fault.help);
            None
        }
    }
}

pub(super) fn table(raw: &file::Table, problems: &mut Problems<'_>) -> Option<Table> {
    problems.grades(&raw.key, raw.grades.as_ref());
    let form = match (&raw.rows, &raw.classes, &raw.depth) {
        (Some(rows), None, None) => {
            if raw.into == file::Effect::Product {
                problems.rows(&raw.key, rows);
            }
            tables::Form::Rows(rows.clone())
        }
        (None, Some(classes), None)
            if !classes.is_empty()
                && classes.values().all(|k| k.is_finite() && (*k > 0.0 || raw.into == file::Effect::Sum)) =>
        {
            tables::Form::Classes(classes.clone())
        }
        (None, None, Some(depth)) => tables::Form::Depth(depth.standard, depth_rule(raw, depth, problems)?),
        _ => {
            let key = &raw.key;
            problems.add(
                "corrections-table",
                say!(
                    "the table {key} has none or several of rows, classes and depth, or a class without a positive coefficient",
                    "表 {key} 须在 rows、classes 与 depth 中恰写其一,且各类系数应为正"
                ),
                say!("give one of them", "请只写一个"),
            );
            return None;
        }
    };
    Some(Table {
        key: raw.key.clone(),
        name: raw.name.clone().unwrap_or_else(|| raw.key.clone()),
        grades: raw.grades.clone(),
        form,
        into: raw.into,
    })
}
