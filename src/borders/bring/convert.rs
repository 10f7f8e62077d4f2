//! The prices of an older release brought to the premises of a newer one, use by use, before the two are compared.

use super::{Laws, Target, Way, unlike, way};
use crate::compare::{UseLink, link};
use crate::land::{Outcome, Text, grade, money};
use crate::project::system::System;
use crate::release::{Connotation, Release};
use crate::say;

/// What was done, and the premises that the converted prices have now, by use.
pub struct Converted {
    pub notes: Vec<Text>,
    premises: Vec<(u8, Connotation)>,
}

/// Brings the prices of `old` to the connotation of `new` where that differs. Dates are left alone: growth from one to the other is what a
/// comparison is for. `lent` takes the place of a correction system that neither release has; `renumbered` tells which grade of `new` an old
/// one counts as, by the place of its use in `old`: each is converted by its own law to the premises of that one. A use that cannot be
/// brought there stays as it is, with the reason among the notes.
///
/// # Errors
/// What the projects and the correction systems say.
pub fn convert(
    old: &mut Release,
    new: &Release,
    lent: Option<&System>,
    renumbered: &dyn Fn(u8, u8) -> u8,
) -> Outcome<Converted> {
    let mut notes = Vec::new();
    let links = link(&old.uses, &new.uses, &mut Vec::new());
    let system = |release: &Release| lent.filter(|_| release.head.corrections.is_empty());
    let mut found = Vec::new();
    {
        let laws = |release| {
            let laws = Laws::new(release, system(release), None)?;
            Ok(if system(release).is_some() { laws.called(LENT) } else { laws })
        };
        let (ours, theirs) = (laws(&*old)?, laws(new)?);
        for UseLink { old: from, new: to, name, .. } in &links {
            let (Some(from), Some(to)) = (*from, *to) else { continue };
            let (Some(before), Some(after)) = (ours.premises(from), theirs.premises(to)) else { continue };
            match ways(&ours, &theirs, (from, before), (to, after), renumbered) {
                Ok(ways) if ways.iter().all(|(_, way)| way.steps.is_empty()) && before.kind == after.kind => {}
                Ok(ways) => {
                    notes.extend(told(name, &ways, after));
                    found.push((from, ways, after.clone()));
                }
                Err(Text { en, zh }) => notes.push(say!("{name}: not converted: {en}", "{name}:未换算:{zh}")),
            }
        }
    }
    let mut premises = Vec::new();
    for (land_use, ways, after) in found {
        apply(old, land_use, &ways, &after, renumbered);
        premises.push((land_use, after));
    }
    Ok(Converted { notes, premises })
}

/// What tables of a file beside the releases are called.
const LENT: &str = "--corrections";

impl Converted {
    /// States the premises as those of the converted prices: once its grades bear the numbers of the later release.
    pub fn state(&self, old: &mut Release) {
        for (land_use, after) in &self.premises {
            if let Some(premises) = &mut old.uses[usize::from(*land_use)].connotation {
                let Connotation { term, plot_ratio, kind, development, rate, by_grade, .. } = after.clone();
                *premises = Connotation { term, plot_ratio, kind, development, rate, by_grade, ..premises.clone() };
            }
        }
    }
}

/// The way of each grade.
fn ways(
    ours: &Laws<'_>,
    theirs: &Laws<'_>,
    (from, before): (u8, &Connotation),
    (to, after): (u8, &Connotation),
    renumbered: &dyn Fn(u8, u8) -> u8,
) -> Result<Vec<(u8, Way)>, Text> {
    if let Some(why) = unlike(before, after) {
        return Err(why);
    }
    let grades = 1..=ours.release.uses[usize::from(from)].grades;
    let of_grade = |grade: u8| {
        let counts_as = renumbered(from, grade);
        let target = Target {
            date: None,
            plot_ratio: after.plot_ratio_of(counts_as),
            term: after.term,
            development: after.development_of(counts_as).to_string(),
        };
        if after.kind == "floor" && (target.plot_ratio.is_nan() || target.plot_ratio <= 0.0) {
            return Err(say!("a price of floor without a set plot ratio", "楼面地价未说明设定容积率"));
        }
        Ok((grade, way(ours, from, grade, &target, Some((theirs, to, counts_as)))?))
    };
    grades.map(of_grade).collect()
}

/// What was done, once for grades that are converted alike.
fn told(name: &str, ways: &[(u8, Way)], after: &Connotation) -> Vec<Text> {
    let floor = (after.kind == "floor")
        .then(|| say!("price of ground → of floor: ÷ the set plot ratio", "地面地价 → 楼面地价:÷ 设定容积率"));
    let said = |way: &Way| -> Vec<Text> { way.steps.iter().cloned().chain(floor.clone()).collect() };
    let mut notes = Vec::new();
    for part in ways.chunk_by(|one, other| said(&one.1) == said(&other.1)) {
        let steps = said(&part[0].1);
        if steps.is_empty() {
            continue;
        }
        let list = |lang, between: &str| steps.iter().map(|step| step.in_lang(lang)).collect::<Vec<_>>().join(between);
        let (en, zh) = (list(crate::land::Lang::En, "; "), list(crate::land::Lang::Zh, ";"));
        let of = |lang| match ways.len() == part.len() {
            true => String::new(),
            false => {
                let names = part.iter().map(|(number, _)| grade::name(*number, lang));
                format!(" {}", names.collect::<Vec<_>>().join(if lang == crate::land::Lang::Zh { "、" } else { ", " }))
            }
        };
        let (of_en, of_zh) = (of(crate::land::Lang::En), of(crate::land::Lang::Zh));
        notes.push(say!(
            "{name}{of_en}: old prices are converted to the new premises: {en}",
            "{name}{of_zh}:旧期地价已换算到新期内涵:{zh}"
        ));
    }
    notes
}

fn apply(old: &mut Release, land_use: u8, ways: &[(u8, Way)], after: &Connotation, renumbered: &dyn Fn(u8, u8) -> u8) {
    let price = |grade: u8, price: f64| {
        let Some((_, way)) = ways.iter().find(|(own, _)| *own == grade) else { return f64::NAN };
        let ground = way.apply(price);
        let value =
            if after.kind == "floor" { ground / after.plot_ratio_of(renumbered(land_use, grade)) } else { ground };
        if value.is_nan() { value } else { money::round_half_up(value, 2) }
    };
    for cell in old.cells.iter_mut().filter(|cell| cell.use_index == land_use) {
        cell.published = cell.published.map(|published| price(cell.grade, published)).filter(|price| !price.is_nan());
    }
    let units = &mut old.units;
    for (unit, own) in units.prices.iter_mut().enumerate().filter(|(unit, _)| units.uses[*unit] == land_use) {
        *own = price(units.grades[unit], *own);
    }
}

#[cfg(test)]
#[path = "convert_tests.rs"]
mod tests;
