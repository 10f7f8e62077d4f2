//! Rules about scores, grades, breaks and weights.

use super::{Breach, Checked, Rule};
use crate::land::{Text, grade};
use crate::release::{Origin, Release};
use crate::say;

/// How many identifiers a breach names.
const NAMED: usize = 5;

/// The first few of the units, as a list.
pub(super) fn named(release: &Release, units: &[usize]) -> String {
    let names = units.iter().take(NAMED).map(|&unit| release.units.ids.show(unit));
    let more = if units.len() > NAMED { ", …" } else { "" };
    names.collect::<Vec<_>>().join(", ") + more
}

fn imported(release: &Release) -> Result<(), Text> {
    match release.head.origin {
        Origin::Imported => Err(say!("an imported release has no scores", "导入的成果没有分值")),
        Origin::Computed => Ok(()),
    }
}

/// A factor with a weight whose score a unit lacks.
pub(super) fn missing_score(release: &Release) -> Checked {
    imported(release)?;
    let count = release.head.factors.len();
    let units = &release.units;
    if count == 0 || units.scores.len() != count * units.len() {
        return Err(say!("the release holds no scores", "成果中没有分值"));
    }
    let mut breaches = Vec::new();
    for (land_use, head) in release.uses.iter().enumerate() {
        for (factor, own) in release.head.factors.iter().enumerate() {
            if head.weights.get(factor).is_none_or(|weight| *weight == 0.0) {
                continue;
            }
            let lacks = |unit: &usize| {
                usize::from(units.uses[*unit]) == land_use && units.scores[unit * count + factor].is_nan()
            };
            let lacking: Vec<usize> = (0..units.len()).filter(lacks).collect();
            if !lacking.is_empty() {
                let (name, number, list) = (&own.name, lacking.len(), named(release, &lacking));
                let what =
                    say!("{name} has no score in {number} units: {list}", "{name}在 {number} 个单元没有分值:{list}");
                breaches.push(Breach::of(Rule::MissingScore, what).in_use(release, land_use));
            }
        }
    }
    Ok(breaches)
}

pub(super) fn no_grade(release: &Release) -> Checked {
    let units = &release.units;
    if units.is_empty() {
        return Err(say!("the release has no units", "成果没有单元"));
    }
    let without = |land_use: usize| {
        (0..units.len()).filter(move |&unit| usize::from(units.uses[unit]) == land_use && units.grades[unit] == 0)
    };
    let breach = |land_use: usize| {
        let without: Vec<usize> = without(land_use).collect();
        let (number, list) = (without.len(), named(release, &without));
        let what = say!("{number} units have no grade: {list}", "{number} 个单元没有级别:{list}");
        (number > 0).then(|| Breach::of(Rule::NoGrade, what).in_use(release, land_use))
    };
    Ok((0..release.uses.len()).filter_map(breach).collect())
}

pub(super) fn empty_grade(release: &Release) -> Checked {
    let units = &release.units;
    if units.is_empty() {
        return Err(say!("the release has no units", "成果没有单元"));
    }
    let mut breaches = Vec::new();
    for (land_use, head) in release.uses.iter().enumerate() {
        for number in 1..=head.grades {
            let there =
                (0..units.len()).any(|unit| usize::from(units.uses[unit]) == land_use && units.grades[unit] == number);
            if !there {
                let (en, zh) = (grade::name(number, crate::land::Lang::En), grade::name(number, crate::land::Lang::Zh));
                let what = say!("no unit is of grade {en}", "{zh}没有单元");
                breaches.push(Breach::of(Rule::EmptyGrade, what).in_use(release, land_use).in_grade(number));
            }
        }
    }
    Ok(breaches)
}

pub(super) fn no_reason(release: &Release) -> Checked {
    imported(release)?;
    let silent = release
        .uses
        .iter()
        .enumerate()
        .filter(|(_, head)| head.reason.as_ref().is_none_or(|why| why.trim().is_empty()));
    let breach = |(land_use, head): (usize, &crate::release::UseHead)| {
        let method = &head.method;
        let what = say!("the breaks by `{method}` have no reason", "级别划分({method})未写理由");
        Breach::of(Rule::NoReason, what).in_use(release, land_use)
    };
    Ok(silent.map(breach).collect())
}

pub(super) fn inconsistent(release: &Release) -> Checked {
    imported(release)?;
    let mut breaches = Vec::new();
    for (land_use, head) in release.uses.iter().enumerate() {
        for (judged, text) in head.judgements().filter(|(judged, _)| judged.accepted_because.is_some()) {
            let because = judged.accepted_because.as_deref().unwrap_or_default();
            let Text { en, zh } = text;
            let what = say!("{en}; accepted because: {because}", "{zh};采用理由:{because}");
            breaches.push(Breach::of(Rule::InconsistentJudgements, what).in_use(release, land_use));
        }
    }
    Ok(breaches)
}
