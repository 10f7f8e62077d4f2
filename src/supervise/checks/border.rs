//! U7: the gaps of prices at the borders of districts, at one date and one connotation.

use super::claimed::{Claimed, claimed};
use super::{Context, percent};
use crate::borders::across::{Lent, across};
use crate::borders::{Borders, Flag, Level, Options};
use crate::land::progress::Unwatched;
use crate::land::{Outcome, Text};
use crate::release::Release;
use crate::say;
use crate::space::Kind;
use crate::space::crs::Transform;
use crate::supervise::found::District;
use crate::supervise::item::Item;
use crate::supervise::rules::Rules;

/// Two districts side by side, by their places.
pub struct Neighbours {
    pub one: usize,
    pub other: usize,
    pub borders: Borders,
    /// Ground that both hold.
    pub claimed: Option<Claimed>,
}

/// The common borders of every two districts whose newest releases have polygons; and why two were not looked at.
///
/// # Errors
/// As [`across`].
pub fn neighbours(districts: &[District], rules: &Rules) -> Outcome<Vec<Neighbours>> {
    let rule = &rules.U7;
    let mut all = Vec::new();
    for one in 0..districts.len() {
        for other in one + 1..districts.len() {
            let (Some(first), Some(second)) = (drawn(&districts[one]), drawn(&districts[other])) else { continue };
            if !close(first, second)? {
                continue;
            }
            let wide = [first, second].iter().map(|release| project_gaps(release)).fold(rule.close_gaps, f64::max);
            let options = Options {
                snap: Some(rule.tolerance),
                close_gaps: Some(wide),
                step_times: rule.step_times,
                ratio: rule.ratio,
                ..Options::default()
            };
            let (a, b) = (&districts[one], &districts[other]);
            let index = a.index.as_ref().or(b.index.as_ref());
            let names = Some([a.name.as_str(), b.name.as_str()]);
            let lent = Lent { corrections: [a.system.as_ref(), b.system.as_ref()], index, names };
            let borders = across(first, second, lent, &options, &Unwatched)?;
            let claimed = claimed(first, second, rule.overlap)?;
            if !borders.borders.is_empty() || claimed.is_some() {
                all.push(Neighbours { one, other, borders, claimed });
            }
        }
    }
    Ok(all)
}

/// The gaps a release's project closes between its own units, m.
fn project_gaps(release: &Release) -> f64 {
    let project = crate::project::Project::sealed(&release.head.project, std::path::Path::new("project.toml"));
    project.map_or(0.0, |project| project.zones.close_gaps)
}

/// The newest release, where it has polygons in metres.
pub fn drawn(district: &District) -> Option<&Release> {
    let release = district.current()?;
    let shapes = release.units.shapes.as_ref()?;
    (shapes.kind == Kind::Polygon && !shapes.is_empty() && !release.head.crs.geographic).then_some(release)
}

/// Metres: boxes farther apart are no neighbours.
const NEAR: f64 = 1000.0;

fn close(one: &Release, other: &Release) -> Outcome<bool> {
    let [Some(first), Some(second)] = [one, other].map(|release| release.units.shapes.as_ref()) else {
        return Ok(false);
    };
    let mut rim = second.extent().rim(8);
    if !one.head.crs.same_as(&other.head.crs) {
        Transform::new(&other.head.crs, &one.head.crs)?.apply(&mut rim)?;
    }
    Ok(first.extent().grown(NEAR).touches(crate::space::Extent::of(&rim)))
}

/// U7.
pub fn border(context: &Context<'_>) -> Outcome<Vec<Item>> {
    if let Err(items) = context.current(7) {
        return Ok(items);
    }
    if drawn(context.district).is_none() {
        return Ok(vec![Item::not_checked(7, say!("the release has no polygons in metres", "成果没有米制坐标的面"))]);
    }
    let own = context.neighbours.iter().filter(|pair| pair.one == context.number || pair.other == context.number);
    let mut items = Vec::new();
    for pair in own {
        items.extend(of_pair(context, &pair.borders));
        if let Some(claimed) = &pair.claimed {
            items.push(of_claim(context, &pair.borders, claimed));
            let why = say!(
                "prices are not compared where the two overlap by more than the tolerance",
                "两区县重叠超过容差处未作价格比较"
            );
            items.push(Item::not_checked(7, why));
        }
    }
    if items.is_empty() {
        let tolerance = context.rules.U7.tolerance;
        let why = say!("no other district lies beside it within {tolerance} m", "{tolerance} 米容差内没有相邻区县");
        items.push(Item::not_checked(7, why));
    }
    Ok(items)
}

fn of_claim(context: &Context<'_>, borders: &Borders, claimed: &Claimed) -> Item {
    let rule = &context.rules.U7;
    let Claimed { area, pairs, worst: [a, b] } = claimed;
    let what = say!(
        "both districts hold the same ground: {area:.1} m² in {pairs} pairs of units, most in {a} | {b}",
        "两区县单元重叠:{pairs} 对单元共 {area:.1} 平方米,最大处 {a} | {b}"
    );
    let [one, other] = [0, 1].map(|at: usize| &borders.releases[at]);
    let item = Item::found(7, rule.severity, what, format!("{one} | {other}"));
    item.measured(format!("{area:.1} m²"), format!("≤ {} m²", rule.overlap))
}

fn of_pair(context: &Context<'_>, borders: &Borders) -> Vec<Item> {
    let rule = &context.rules.U7;
    let [one, other] = [0, 1].map(|at: usize| borders.releases[at].clone());
    let mut items = Vec::new();
    for pair in &borders.pairs {
        let own = &borders.uses[usize::from(pair.land_use)];
        let source = format!("{one} | {other}");
        if pair.compared <= 0.0 {
            let told: Vec<Text> = own
                .refused
                .iter()
                .chain(own.told.iter().filter(|text| text.zh.contains("未作比较")))
                .cloned()
                .collect();
            let length = pair.length;
            let Text { en, zh } = super::joined(&told);
            let why = say!("{length:.0} m beside {other}: {en}", "与 {other} 相邻 {length:.0} 米:{zh}");
            items.push(Item::not_checked(7, why).of_use(&own.name));
            continue;
        }
        let wrong = (pair.flagged > 0).then_some(rule.severity);
        let worst = borders
            .borders
            .iter()
            .filter(|b| b.level == Level::Unit && b.land_use == pair.land_use && b.flags.contains(Flag::Gap))
            .max_by(|a, b| a.gap.total_cmp(&b.gap));
        let (length, flagged, times) = (pair.length, pair.flagged_length, rule.step_times);
        let what = match worst {
            Some(worst) => {
                let (ratio, a, b) = (libm::exp(worst.gap), &worst.one.id, &worst.other.id);
                say!(
                    "{flagged:.0} of {length:.0} m have gaps above {times} × the inner step; the worst, {a} | {b}, has a ratio of {ratio:.2}",
                    "{length:.0} 米边界中有 {flagged:.0} 米价差超过相邻级间价差的 {times} 倍;最大处 {a} | {b} 价格比 {ratio:.2}"
                )
            }
            None => {
                say!("{length:.0} m without a gap beyond the inner steps", "{length:.0} 米边界价差均在级间价差范围内")
            }
        };
        let (mean, share) = (pair.mean_gap, percent(pair.share_over));
        let ratio = rule.ratio;
        let measured = say!("mean {mean:.3}; {share} above ln {ratio}", "平均 {mean:.3};{share} 超过 ln {ratio}");
        items.push(
            Item::judged(7, wrong, what, source)
                .of_use(&own.name)
                .measured(measured, format!("≤ {times} × ln(P_k/P_k+1)")),
        );
    }
    items
}
