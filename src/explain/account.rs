//! Puts names to the numbers of an explained unit.

use super::{
    Account, AreaAccount, DirectionsAccount, FacilityAccount, FactorAccount, GroupAccount, InGroup, LevelAccount,
    NetworkAccount, PieceAccount, Prices, ScaleAccount, Source, Step,
};
use crate::factors::normalise::Scale;
use crate::factors::reach::{NetworkWay, Through};
use crate::factors::zones::Piece;
use crate::factors::{Field, Group, Reach, Zones};
use crate::land::column::Value;
use crate::land::{Fault, Outcome};
use crate::project::plan::{AreaPlan, AreaScore, Combine, Form, ScoreAt};
use crate::project::{FactorKind, Project};
use crate::release::{Release, UseHead};
use crate::say;
use crate::score::{Detail, Explanation, FactorShare, Model, points};

/// The account of the release's unit number `unit`, explained by `model`; `prices` are the release's.
///
/// # Errors
/// `explanation-differs` where the explanation does not come to the published total: a raster is not what it was.
pub fn account(
    release: &Release,
    project: &Project,
    model: &Model,
    prices: &Prices,
    unit: usize,
    explanation: &Explanation,
) -> Outcome<Account> {
    let units = &release.units;
    let (total, use_index) = (units.totals[unit], units.uses[unit]);
    if explanation.total().to_bits() != total.to_bits() {
        return Err(differs(release, unit, explanation.total()));
    }
    let head = &release.uses[usize::from(use_index)];
    let grade = units.grades[unit];
    let by_total = cleaned(release, head, unit);
    let (better, worse) = steps(head, by_total.unwrap_or(grade), total);
    let factors =
        explanation.factors.iter().map(|share| factor(release, head, (project, model), units.areas[unit], share));
    Ok(Account {
        release: release.head.name.clone(),
        state: release.head.state(),
        id: units.ids.show(unit),
        land_use: head.key.clone(),
        use_name: head.name.clone(),
        area: units.areas[unit],
        scored_at: match model.score_at {
            ScoreAt::Centroid => "centroid",
            ScoreAt::Surface => "surface",
            ScoreAt::Vertices => "vertices",
        },
        place: [explanation.place.x, explanation.place.y],
        factors: factors.collect(),
        groups: groups(release, head, explanation),
        judged: head.judged.clone(),
        judged_inside: head.layers.as_ref().map(|layers| layers.judged.clone()).unwrap_or_default(),
        total,
        grade,
        grade_by_total: by_total,
        grades: head.grades,
        method: head.method.clone(),
        reason: head.reason.clone(),
        better,
        worse,
        price: prices.of(use_index, grade),
    })
}

/// What each group adds: the sum of its factors' contributions, exactly.
fn groups(release: &Release, head: &UseHead, explanation: &Explanation) -> Vec<GroupAccount> {
    let Some(layers) = &head.layers else { return Vec::new() };
    let groups = release.head.groups.iter().zip(&layers.groups).map(|(group, &weight)| {
        let of_group = |share: &&FactorShare| release.head.factors[share.factor].group.as_ref() == Some(&group.key);
        let nano: i64 = explanation.factors.iter().filter(of_group).map(|share| share.contribution_nano).sum();
        GroupAccount { key: group.key.clone(), name: group.name.clone(), weight, contribution: points(nano) }
    });
    groups.collect()
}

/// The grade a unit's total gives, where the clean-up gave it another.
fn cleaned(release: &Release, head: &UseHead, unit: usize) -> Option<u8> {
    let (total, grade) = (release.units.totals[unit], release.units.grades[unit]);
    let class = head.limits.iter().filter(|limit| **limit <= total).count();
    // Only where the limits say otherwise is the list looked through.
    if usize::from(head.grades) == usize::from(grade) + class || release.map.changes.is_empty() {
        return None;
    }
    let id = release.units.ids.show(unit);
    let change = release.map.changes.iter().find(|change| change.unit == id);
    change.filter(|change| change.from != change.to).map(|change| change.from)
}

/// The ways to the next better and the next worse grade. Classes count from the worst, so limit `c` divides class `c` from `c + 1`.
fn steps(head: &UseHead, grade: u8, total: f64) -> (Option<Step>, Option<Step>) {
    let Some(class) = head.grades.checked_sub(grade).map(usize::from) else { return (None, None) };
    let better = head.limits.get(class).map(|&limit| Step { grade: grade - 1, limit, points: limit - total });
    let below = class.checked_sub(1).and_then(|below| head.limits.get(below));
    (better, below.map(|&limit| Step { grade: grade + 1, limit, points: total - limit }))
}

fn factor(
    release: &Release,
    land_use: &UseHead,
    (project, model): (&Project, &Model),
    area: f64,
    share: &FactorShare,
) -> FactorAccount {
    let head = &release.head.factors[share.factor];
    let layer = release.layers.get(share.factor).and_then(Option::as_ref);
    let label =
        |feature: u32| layer.map_or_else(String::new, |layer| called(&layer.name, layer.labels.get(feature as usize)));
    let kind = project.factors.get(share.factor).map(|plan| &plan.kind);
    let source = match (&share.detail, &model.fields[share.factor]) {
        (Detail::Reach(decisive, through), Field::Reach(reach)) => {
            let levels = reach.groups.iter().zip(decisive).map(|(group, decisive)| {
                let facility = decisive.map(|decisive| FacilityAccount {
                    id: label(decisive.feature),
                    to_axis: decisive.to_axis,
                    distance: decisive.distance,
                    function_score: decisive.function_score,
                    attenuation: decisive.effect / decisive.function_score,
                    effect: decisive.effect,
                    detour: decisive.detour,
                    crossing: decisive.crossing.and_then(|number| crossing(release, kind, number)),
                    network: decisive.network.map(by_network),
                });
                level(group, facility)
            });
            let directions = reach.directions.as_ref().zip(*through).map(|(directions, through)| DirectionsAccount {
                within: directions.plan.within,
                directions: named(through),
                coefficient: through.coefficient,
            });
            let by_rule = head.levels.clone();
            Source::Reach { combine: combine(reach), levels: levels.collect(), by_rule, directions }
        }
        (Detail::Zones { shares, default }, Field::Zones(zones)) => {
            let plan = if let Some(FactorKind::Area(plan)) = kind { Some(plan) } else { None };
            let (field, valued) = plan.map(field_of).unwrap_or_default();
            let values = layer.filter(|_| valued).and_then(|layer| layer.column(field));
            let areas = shares.iter().map(|share| AreaAccount {
                id: label(share.feature),
                value: values.map(|values| shown(values.get(share.feature as usize))),
                area: share.area,
                score: share.score,
                pieces: pieces(zones, share.feature),
            });
            let covered: f64 = shares.iter().map(|share| share.area).sum();
            Source::Areas {
                field: field.to_string(),
                scale: zones.scale.map(scale),
                areas: areas.collect(),
                uncovered: (area - covered).max(0.0),
                default: *default,
            }
        }
        (Detail::Surface { value }, Field::Surface(surface)) => Source::Raster {
            value: *value,
            unit: surface.grid.unit.clone(),
            scale: scale(surface.scale),
            default: (!surface.default.is_nan()).then_some(surface.default),
        },
        (Detail::Recorded | Detail::Reach(..) | Detail::Zones { .. } | Detail::Surface { .. }, _) => Source::Recorded,
    };
    let within = release.head.within(land_use, head);
    FactorAccount {
        key: head.key.clone(),
        name: head.name.clone(),
        score: share.score,
        weight: share.weight,
        contribution: points(share.contribution_nano),
        in_group: within.group.map(|group| InGroup {
            group: group.key.clone(),
            group_weight: within.group_weight,
            weight_inside: within.inside,
        }),
        source,
    }
}

fn by_network(way: NetworkWay) -> NetworkAccount {
    match way {
        NetworkWay::Straight => NetworkAccount::Straight,
        NetworkWay::Along { access, along, source_access } => NetworkAccount::Along { access, along, source_access },
    }
}

/// What a crossing is called: crossings count through the barriers of the factor.
fn crossing(release: &Release, kind: Option<&FactorKind>, number: u32) -> Option<String> {
    let Some(FactorKind::Point(plan) | FactorKind::Line(plan) | FactorKind::Centre(plan)) = kind else { return None };
    let mut number = number as usize;
    for &barrier in &plan.barriers {
        let Some(layer) = release.barriers.get(barrier).and_then(|barrier| barrier.crossings.as_ref()) else {
            continue;
        };
        if number < layer.labels.len() {
            return Some(called(&layer.name, layer.labels.get(number)));
        }
        number -= layer.labels.len();
    }
    None
}

fn pieces(zones: &Zones, area: u32) -> Vec<PieceAccount> {
    let piece = |piece: &Piece| PieceAccount {
        name: piece.name.clone(),
        index: piece.index,
        score: piece.scores[area as usize],
    };
    zones.pieces.iter().map(piece).collect()
}

/// The directions that have a road.
fn named(through: Through) -> Vec<&'static str> {
    let names = ["north", "east", "south", "west"].into_iter().zip(through.directions);
    names.filter(|(_, held)| *held).map(|(name, _)| name).collect()
}

/// What a feature is called: its label; with its layer before it where the label is only its number.
fn called(layer: &str, label: &str) -> String {
    let number = label.strip_prefix('#').filter(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()));
    number.map_or_else(|| label.to_string(), |_| format!("{layer} {label}"))
}

/// The field an area's score comes from, and whether it holds something else than the score.
fn field_of(plan: &AreaPlan) -> (&str, bool) {
    match &plan.score {
        AreaScore::Field(field) => (field, false),
        AreaScore::Category { field, .. } | AreaScore::Index { field, .. } => (field, true),
        AreaScore::Services { .. } | AreaScore::Items(_) => ("", false),
    }
}

fn shown(value: Value<'_>) -> String {
    match value {
        Value::None => String::new(),
        Value::Int(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.to_string(),
    }
}

fn scale(scale: Scale) -> ScaleAccount {
    let direction = match (scale.best, scale.high_is_good) {
        (Some(_), _) => "middle-is-best",
        (None, true) => "high-is-good",
        (None, false) => "high-is-bad",
    };
    ScaleAccount { low: scale.low, high: scale.high, direction, best: scale.best }
}

fn level(group: &Group, facility: Option<FacilityAccount>) -> LevelAccount {
    let form = match group.law.form {
        Form::Linear => "linear",
        Form::Exponential => "exponential",
    };
    LevelAccount { level: group.name.clone(), radius: group.law.radius, half_width: group.half_width, form, facility }
}

fn combine(reach: &Reach) -> &'static str {
    match reach.combine {
        Combine::Sum => "sum",
        Combine::Max => "max",
    }
}

fn differs(release: &Release, unit: usize, total: f64) -> Fault {
    let (id, published) = (release.units.ids.show(unit), release.units.totals[unit]);
    Fault::new(
        "explanation-differs",
        say!(
            "unit {id} comes to {total} points now, {published} were published",
            "单元 {id} 现在得 {total} 分,公布的是 {published} 分"
        ),
        say!(
            "a raster is not the one the release was made from: give its folder with --inputs, and see landgrade verify",
            "栅格与成果所用的不一致:请用 --inputs 指明输入文件夹,并运行 landgrade verify"
        ),
    )
}
