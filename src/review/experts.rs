//! Grades against experts' opinions (专家意见核对, GB/T 18507): per use how far they agree, and the units that differ.

use super::Scored;
use super::left_out::{LeftOut, Why, unit_of, use_of};
use crate::ingest::opinions::{Opinion, Opinions};
use crate::release::Release;
use crate::statistics::agreement;
use std::collections::BTreeMap;

/// What became of the opinions.
#[derive(Debug, Default, PartialEq)]
pub struct Experts {
    /// Rows of the table, and those that count as votes.
    pub rows: usize,
    pub votes: usize,
    /// One per use that has opinions, in the release's order.
    pub uses: Vec<OfUse>,
    /// The units that differ: the greatest differences first, then by use and identifier.
    pub differing: Vec<Judged>,
    /// In the order of their lines.
    pub left_out: Vec<LeftOut>,
}

/// Grades and opinions of one use. A difference is the grade less the opinion: above 0 the unit is graded worse than experts think.
#[derive(Clone, Debug, PartialEq)]
pub struct OfUse {
    pub land_use: usize,
    pub units: usize,
    pub equal: usize,
    pub by_one: usize,
    pub by_more: usize,
    pub mean_difference: f64,
    /// Cohen's kappa with quadratic weights; `None` for one unit, or where all grades and opinions are the same.
    pub kappa: Option<f64>,
}

/// A unit with an opinion.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    /// Its number in the release.
    pub unit: usize,
    pub grade: u8,
    /// The median of the votes, and how many agree with it.
    pub opinion: u8,
    pub agree: usize,
    pub votes: usize,
    /// 0–100; NaN where unknown, as the two below.
    pub total: f64,
    /// Points from the total to the next limit on the way to the opinion's grade; 0 where the total lies in that grade already and the
    /// clean-up of small patches made the difference.
    pub to_limit: f64,
    /// Points from the total to the opinion's grade.
    pub to_grade: f64,
    /// Those given, each once.
    pub reasons: Vec<String>,
}

impl Judged {
    /// The grade less the opinion.
    pub fn difference(&self) -> i16 {
        i16::from(self.grade) - i16::from(self.opinion)
    }
}

/// Holds the opinions against the grades.
pub fn check(release: &Release, opinions: &Opinions) -> Experts {
    let mut left_out = Vec::new();
    let mut votes: BTreeMap<usize, Vec<(&Opinion, u8)>> = BTreeMap::new();
    for row in &opinions.rows {
        match vote(release, row) {
            Ok((unit, grade)) => votes.entry(unit).or_default().push((row, grade)),
            Err((why, value)) => left_out.push(LeftOut { line: row.line, why, value: value.to_string() }),
        }
    }
    for of_unit in votes.values_mut() {
        once_each(of_unit, &mut left_out);
    }
    votes.retain(|_, of_unit| !of_unit.is_empty());
    left_out.sort_by_key(|row| row.line);
    let judged: Vec<Judged> = votes.iter().map(|(&unit, votes)| judged(release, unit, votes)).collect();
    let uses = (0..release.uses.len()).filter_map(|at| of_use(release, at, &judged)).collect();
    let counted = votes.values().map(Vec::len).sum();
    let mut differing: Vec<Judged> = judged.into_iter().filter(|unit| unit.difference() != 0).collect();
    let land_use = |judged: &Judged| release.units.uses[judged.unit];
    differing.sort_by_key(|judged| (-judged.difference().abs(), land_use(judged), judged.unit));
    Experts { rows: opinions.rows.len(), votes: counted, uses, differing, left_out }
}

/// The unit and the grade a row votes for, or why it does not, with the text that is wrong.
fn vote<'a>(release: &Release, row: &'a Opinion) -> Result<(usize, u8), (Why, &'a str)> {
    let land_use = use_of(release, &row.land_use).map_err(|why| (why, row.land_use.as_str()))?;
    let unit = unit_of(release, &row.unit, land_use).map_err(|why| (why, row.unit.as_str()))?;
    let grade = row.grade.ok_or((Why::Unreadable, row.written.as_str()))?;
    if grade > release.uses[usize::from(release.units.uses[unit])].grades {
        return Err((Why::OutOfRange, &row.written));
    }
    if release.units.grades[unit] == 0 { Err((Why::NoGrade, &row.unit)) } else { Ok((unit, grade)) }
}

/// Leaves one vote of each expert; none of one who contradicts himself, so that the order of the rows decides nothing. Votes without an
/// expert are each somebody's.
fn once_each(votes: &mut Vec<(&Opinion, u8)>, left_out: &mut Vec<LeftOut>) {
    votes.sort_by(|a, b| (&a.0.expert, a.1, a.0.line).cmp(&(&b.0.expert, b.1, b.0.line)));
    let mut kept = Vec::new();
    for own in votes.chunk_by(|a, b| a.0.expert == b.0.expert) {
        let (expert, first) = (&own[0].0.expert, own[0]);
        let out =
            |why: Why| move |(row, _): &(&Opinion, u8)| LeftOut { line: row.line, why, value: row.expert.clone() };
        if expert.is_empty() {
            kept.extend_from_slice(own);
        } else if own.iter().any(|vote| vote.1 != first.1) {
            left_out.extend(own.iter().map(out(Why::Contradictory)));
        } else {
            kept.push(first);
            left_out.extend(own[1..].iter().map(out(Why::Repeated)));
        }
    }
    *votes = kept;
}

/// The median of grades in order; of two in the middle the worse, so that a better grade has more than half of the votes behind it.
fn median(sorted: &[u8]) -> u8 {
    sorted[sorted.len() / 2]
}

fn judged(release: &Release, unit: usize, votes: &[(&Opinion, u8)]) -> Judged {
    let mut grades: Vec<u8> = votes.iter().map(|vote| vote.1).collect();
    grades.sort_unstable();
    let opinion = median(&grades);
    let mut reasons: Vec<String> =
        votes.iter().map(|vote| vote.0.reason.clone()).filter(|text| !text.is_empty()).collect();
    reasons.sort();
    reasons.dedup();
    let grade = release.units.grades[unit];
    let head = &release.uses[usize::from(release.units.uses[unit])];
    let total = release.units.totals.get(unit).copied().unwrap_or(f64::NAN);
    let limits = if head.limits.len() + 1 == usize::from(head.grades) { head.limits.as_slice() } else { &[] };
    let (to_limit, to_grade) = points(limits, total, grade, opinion);
    Judged {
        unit,
        grade,
        opinion,
        agree: grades.iter().filter(|vote| **vote == opinion).count(),
        votes: votes.len(),
        total,
        to_limit,
        to_grade,
        reasons,
    }
}

/// How far a total is from the next limit towards a grade, and from the grade itself. Limits ascend, the worst grade below the first.
fn points(limits: &[f64], total: f64, grade: u8, opinion: u8) -> (f64, f64) {
    if limits.is_empty() || total.is_nan() || grade == opinion {
        return (f64::NAN, f64::NAN);
    }
    let (classes, class) = (limits.len() + 1, Scored::class(limits, total));
    let wanted = classes - usize::from(opinion);
    match class.cmp(&wanted) {
        std::cmp::Ordering::Less => (limits[class] - total, limits[wanted - 1] - total),
        std::cmp::Ordering::Equal => (0.0, 0.0),
        std::cmp::Ordering::Greater => (total - limits[class - 1], total - limits[wanted]),
    }
}

fn of_use(release: &Release, land_use: usize, judged: &[Judged]) -> Option<OfUse> {
    let own = judged.iter().filter(|unit| usize::from(release.units.uses[unit.unit]) == land_use);
    let pairs: Vec<(u8, u8)> = own.map(|unit| (unit.grade, unit.opinion)).collect();
    let differences: Vec<i32> = pairs.iter().map(|pair| i32::from(pair.0) - i32::from(pair.1)).collect();
    let count = |wanted: fn(i32) -> bool| differences.iter().filter(|difference| wanted(difference.abs())).count();
    (!pairs.is_empty()).then(|| OfUse {
        land_use,
        units: pairs.len(),
        equal: count(|off| off == 0),
        by_one: count(|off| off == 1),
        by_more: count(|off| off > 1),
        mean_difference: f64::from(differences.iter().sum::<i32>()) / pairs.len() as f64,
        kappa: agreement::kappa(&pairs, agreement::quadratic),
    })
}

#[cfg(test)]
#[path = "experts_tests.rs"]
mod tests;
