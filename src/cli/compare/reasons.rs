//! Reasons of changes: recomputes with inputs of both releases, and shows what each group of inputs did.

use super::Reasons as Asked;
use crate::cli::{Ui, at_hand, verify};
use landgrade::compare::reasons::{Reason, Reasons, Set, Splitting, Way};
use landgrade::compare::{Comparison, Side};
use landgrade::land::{Fault, Lang, Outcome, Text};
use landgrade::pipeline;
use landgrade::project::Project;
use landgrade::project::mix::{Group, Groups, Mixture};
use landgrade::release::Origin;
use landgrade::say;
use std::path::{Path, PathBuf};

/// A group of inputs, or several that cannot be told apart.
type Together = Vec<Group>;

/// The reasons of a comparison's changes, and what to know of them. `folders`: of the old and the new release its own, and that of its
/// inputs where it was named.
pub fn of(
    comparison: &Comparison<'_>,
    folders: [(&PathBuf, &Option<PathBuf>); 2],
    asked: Asked,
    ui: &Ui,
) -> Outcome<(Reasons, Vec<Text>)> {
    let sides = [&comparison.old, &comparison.new];
    let mut paths = Vec::new();
    for (side, (own, named)) in sides.iter().zip(folders) {
        paths.push(project_file(side, own, named.as_deref())?);
    }
    let [old, new] = sides.map(|side| side.release.head.project.as_str());
    let mixture = Mixture::new((old, &paths[0]), (new, &paths[1]))?;
    let project = Project::parse(new, &paths[1])?;
    let homes = pipeline::districts(&project, &comparison.new.release.units)?;
    let mut together: Vec<Together> = pipeline::differing(&mixture).iter().map(|group| vec![group]).collect();
    let way = match asked {
        Asked::Ordered => Way::Ordered,
        Asked::Shapley => Way::Shapley,
    };
    let mut notes = Vec::new();
    loop {
        let mut splitting = Splitting::new(comparison, together.iter().map(reason).collect(), way);
        match recompute(&mixture, &together, &mut splitting, ui) {
            Ok(()) => {
                let reasons = splitting.done(homes);
                notes.extend(told(&reasons));
                return Ok((reasons, notes));
            }
            Err((set, fault)) => notes.push(join(&mut together, set, fault)?),
        }
    }
}

/// The project file of a release, by the folder named or the one beside it.
fn project_file(side: &Side<'_>, own: &Path, named: Option<&Path>) -> Outcome<PathBuf> {
    if side.release.head.origin == Origin::Imported {
        return Err(Fault::new(
            "not-replayable",
            say!(
                "reasons are found by recomputing; an imported release is not recomputed",
                "变化原因由重新计算得出;导入的成果不能重新计算"
            ),
            say!("compare without --reasons", "请不用 --reasons 比较"),
        )
        .at(own.display()));
    }
    at_hand(named)?;
    let folder = named.map(Path::to_path_buf).or_else(|| verify::beside(own));
    Ok(folder.ok_or_else(|| verify::no_inputs(own))?.join("project.toml"))
}

fn reason(groups: &Together) -> Reason {
    let joined = |lang, between: &str| {
        let titles: Vec<String> = groups.iter().map(|group| group.title().in_lang(lang).to_string()).collect();
        titles.join(between)
    };
    Reason {
        key: groups.iter().map(|group| group.key()).collect::<Vec<_>>().join("+"),
        title: Text { en: joined(Lang::En, " and "), zh: joined(Lang::Zh, "与") },
        units: groups.contains(&Group::Units),
    }
}

fn groups(together: &[Together], set: Set) -> Groups {
    let taken = together.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
    Groups::of(taken.flat_map(|(_, groups)| groups.iter().copied()))
}

/// Hands every set in; or tells which one cannot be computed, and why.
fn recompute(
    mixture: &Mixture,
    together: &[Together],
    splitting: &mut Splitting<'_>,
    ui: &Ui,
) -> Result<(), (Set, Fault)> {
    let sets = splitting.sets().to_vec();
    let set_of = |wanted: Groups| sets.iter().copied().find(|&set| groups(together, set) == wanted).unwrap_or(0);
    // What does not even read needs no run to be found out.
    for &set in &sets {
        mixture.project(groups(together, set)).map_err(|fault| (set, fault))?;
    }
    let wanted: Vec<Groups> = sets.iter().map(|&set| groups(together, set)).collect();
    let count = wanted.len();
    ui.say(&say!("recomputing with {count} mixtures of old and new inputs", "用 {count} 种新旧输入组合重新计算"));
    let done = pipeline::revalue(mixture, &wanted, ui, |taken, release| splitting.take(set_of(taken), &release.units));
    done.map_err(|(taken, fault)| (set_of(taken), fault))
}

/// Takes two groups together where a set without one of them cannot be computed; gives the note that says so.
///
/// # Errors
/// The fault itself where it has nothing to do with mixing: all old or all new inputs, cancelled, another result than was sealed.
fn join(together: &mut Vec<Together>, set: Set, fault: Fault) -> Outcome<Text> {
    let inside = |at: &usize| set >> at & 1 == 1;
    let last = (0..together.len()).rev().find(inside);
    let next = last.and_then(|last| {
        let outside = |at: &usize| !inside(at);
        (last + 1..together.len()).find(outside).or_else(|| (0..last).rev().find(outside))
    });
    let (Some(last), Some(next)) = (last, next) else { return Err(fault) };
    if ["cancelled", "not-reproduced"].contains(&fault.code) {
        return Err(fault);
    }
    let (first, second) = (last.min(next), last.max(next));
    let Text { en: one, zh: one_zh } = reason(&together[first]).title;
    let Text { en: other, zh: other_zh } = reason(&together[second]).title;
    let Text { en: why, zh: why_zh } = fault.what;
    let moved = together.remove(second);
    together[first].extend(moved);
    together[first].sort();
    Ok(say!(
        "{one} and {other} are taken together: the new ones of one do not go with the old ones of the other ({why})",
        "{one_zh}与{other_zh}合并计算:其一用新、其一用旧时无法计算({why_zh})"
    ))
}

/// What to know of reasons.
fn told(reasons: &Reasons) -> Vec<Text> {
    let list = |lang, between: &str| {
        let titles = reasons.groups.iter().map(|group| group.title.in_lang(lang).to_string());
        titles.collect::<Vec<_>>().join(between)
    };
    let mut notes = Vec::new();
    if reasons.groups.is_empty() {
        notes.push(say!("no input differs between the releases", "两期成果的输入没有差异"));
        return notes;
    }
    let (en, zh) = (list(Lang::En, ", "), list(Lang::Zh, "、"));
    notes.push(match reasons.way {
        Way::Ordered => say!(
            "reasons: each part is what changing this group of inputs adds to those before it, in this order: {en}",
            "变化原因:各部分为按下列顺序逐项替换输入时的增量:{zh}"
        ),
        Way::Shapley => say!(
            "reasons: each part is the mean, over every order of changing the groups of inputs, of what the group adds (Shapley): {en}",
            "变化原因:各部分为该项输入在所有替换顺序下增量的平均(Shapley 值):{zh}"
        ),
    });
    let count = reasons.undetermined.iter().filter(|undetermined| **undetermined).count();
    if count > 0 {
        notes.push(say!(
            "pairs whose change of price is not split, because with some mixture of inputs they have no price: {count}",
            "因某种输入组合下没有地价而无法分解的单元对:{count}"
        ));
    }
    notes
}

/// What each group did to the prices of each use.
pub fn show(ui: &Ui, comparison: &Comparison<'_>) {
    let Some(reasons) = comparison.reasons.as_ref().filter(|reasons| !reasons.groups.is_empty()) else { return };
    let rows = reasons.by_grade(comparison);
    if !rows.is_empty() {
        ui.say(&say!(
            "why prices changed (元/㎡, mean of the units in both, by area):",
            "地价变化原因(元/㎡,两期共有单元按面积平均):"
        ));
    }
    for row in rows.iter().filter(|row| row.grade.is_none()) {
        let name = &comparison.uses[usize::from(row.land_use)].name;
        let parts = reasons.groups.iter().zip(&row.mean.parts).filter(|(_, part)| **part != 0.0);
        let parts: Vec<String> =
            parts.map(|(group, part)| format!("{} {part:+.2}", group.title.in_lang(ui.lang))).collect();
        let parts = if parts.is_empty() { String::new() } else { format!(" = {}", parts.join(", ")) };
        ui.line(&format!("  {name}: {:+.2}{parts}", row.mean.change));
    }
    let counts = reasons.of_grades(comparison);
    let named = |groups: &[usize]| {
        groups.iter().map(|group| reasons.groups[*group].title.in_lang(ui.lang)).collect::<Vec<_>>().join(" = ")
    };
    let (alike, alike_zh) = match counts.keys().any(|groups| groups.len() > 1) {
        true => (" (= where several count alike)", "(等号表示作用相等)"),
        false => ("", ""),
    };
    let counts: Vec<String> = counts.iter().map(|(groups, count)| format!("{} {count}", named(groups))).collect();
    if !counts.is_empty() {
        let counts = counts.join(if ui.lang == Lang::Zh { "、" } else { ", " });
        ui.say(&say!(
            "pairs of units whose grade changed, by main reason{alike}: {counts}",
            "级别变化的单元对,按主要原因{alike_zh}:{counts}"
        ));
    }
}
