//! Checks the factors: each kind's own keys, radii, scores and scalings.

use super::check::Problems;
use super::file::Factor;
use super::lines::Step;
use super::plan::{Combine, FactorKind, FactorPlan, RasterPlan, Scaling};
use crate::say;

mod area;
mod reach;
mod rules;

/// What factors are checked against.
pub(super) struct Around<'a> {
    /// Each factor's group.
    pub groups: &'a [Option<usize>],
    /// The keys of the barriers.
    pub barriers: &'a [&'a str],
    /// Whether the project has a network.
    pub network: bool,
    /// Whether the project has a graded area, which radii by rule may need.
    pub graded_area: bool,
}

pub(super) fn check(raw: &[Factor], around: &Around<'_>, problems: &mut Problems<'_>) -> Vec<FactorPlan> {
    let (of, graded_area) = (around.groups, around.graded_area);
    let mut plans: Vec<FactorPlan> = Vec::new();
    for (at, factor) in raw.iter().enumerate() {
        let key = &factor.key;
        let here = [Step::Key("factors"), Step::At(at)];
        let plain = key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && !key.is_empty();
        if !plain || plans.iter().any(|plan| plan.key == *key) {
            problems.add(
                "bad-key",
                &here,
                say!("the factor key \"{key}\" is not plain or stands twice", "因素键「{key}」不合规或重复"),
                say!("use letters, digits and underscores, each key once", "请用字母、数字、下划线,且不重复"),
            );
        }
        let mut kind = kind(factor, at, graded_area, problems);
        if let FactorKind::Point(plan) | FactorKind::Line(plan) | FactorKind::Centre(plan) = &mut kind {
            plan.barriers = super::barriers::of_factor(factor, at, around.barriers, problems);
            plan.distance = super::network::of_factor(factor, at, around.network, problems);
        }
        plans.push(FactorPlan {
            key: key.clone(),
            name: factor.name.clone().unwrap_or_else(|| key.clone()),
            group: of[at],
            standard: factor.standard.clone(),
            source: problems.source(
                &[here[0], here[1], Step::Key("source")],
                &factor.source,
                factor.layer.as_ref(),
                factor.crs.as_ref(),
                factor.encoding.as_ref(),
            ),
            label: factor.label.clone(),
            kind,
        });
    }
    plans
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Point,
    Line,
    Centre,
    Area,
    Raster,
}

fn kind(factor: &Factor, at: usize, graded_area: bool, problems: &mut Problems<'_>) -> FactorKind {
    let steps = [Step::Key("factors"), Step::At(at), Step::Key("kind")];
    let words = [
        ("point", Kind::Point),
        ("line", Kind::Line),
        ("centre", Kind::Centre),
        ("area", Kind::Area),
        ("raster", Kind::Raster),
    ];
    let known = words.iter().any(|(word, _)| *word == factor.kind);
    let kind = problems.word(&steps, Some(&factor.kind), &words);
    if !known {
        // Nothing more can be said of it, and nobody will see this plan.
        let scaling = Scaling { high_is_good: true, low: None, high: None, percentiles: None, best: None };
        return FactorKind::Raster(RasterPlan { slope: false, scaling, default: None });
    }
    refuse_strays(factor, kind, at, problems);
    rules::check(factor, at, graded_area, problems);
    match kind {
        Kind::Point => FactorKind::Point(reach::reach(factor, Combine::Sum, at, problems)),
        Kind::Line => FactorKind::Line(reach::reach(factor, Combine::Max, at, problems)),
        Kind::Centre => FactorKind::Centre(reach::centre(factor, at, problems)),
        Kind::Area => FactorKind::Area(area::area(factor, at, problems)),
        Kind::Raster => FactorKind::Raster(RasterPlan {
            slope: problems.word(
                &[Step::Key("factors"), Step::At(at), Step::Key("value")],
                factor.value.as_deref(),
                &[("value", false), ("slope", true)],
            ),
            scaling: area::scaling(factor, at, problems),
            default: factor.default,
        }),
    }
}

/// Keys that mean nothing for the factor's kind are refused, not ignored.
fn refuse_strays(factor: &Factor, kind: Kind, at: usize, problems: &mut Problems<'_>) {
    let reach = matches!(kind, Kind::Point | Kind::Line | Kind::Centre);
    let area = kind == Kind::Area;
    let scaled = matches!(kind, Kind::Area | Kind::Raster);
    let keys = [
        ("attenuation", factor.attenuation.is_some(), reach),
        ("at_radius", factor.at_radius.is_some(), reach),
        ("scale", factor.scale.is_some(), kind == Kind::Point || rules::mean_scores(factor)),
        ("grade_field", factor.grade_field.is_some(), kind == Kind::Point),
        ("grades", factor.grades.is_some(), kind == Kind::Point),
        ("city_area", factor.city_area.is_some(), rules::need_area(factor)),
        ("service_field", factor.service_field.is_some(), kind == Kind::Centre),
        ("influence", factor.influence.is_some(), kind == Kind::Line),
        ("directions", factor.directions.is_some(), kind == Kind::Line),
        ("level_field", factor.level_field.is_some(), reach),
        ("levels", factor.levels.is_some(), reach),
        ("combine", factor.combine.is_some(), matches!(kind, Kind::Point | Kind::Line)),
        ("score", factor.score.is_some(), area),
        ("category", factor.category.is_some(), area),
        ("categories", factor.categories.is_some(), area),
        ("services", factor.services.is_some(), area),
        ("percent", factor.percent.is_some(), factor.services.is_some()),
        ("items", factor.items.is_some(), area),
        ("value", factor.value.is_some(), scaled),
        ("direction", factor.direction.is_some(), scaled),
        ("low", factor.low.is_some(), scaled),
        ("high", factor.high.is_some(), scaled),
        ("best", factor.best.is_some(), scaled),
        ("percentiles", factor.percentiles.is_some(), scaled),
        ("default", factor.default.is_some(), scaled),
        ("barriers", !factor.barriers.is_empty(), reach),
        ("distance", factor.distance.is_some(), reach),
    ];
    let kind = &factor.kind;
    for (key, written, meant) in keys {
        if written && !meant {
            problems.add(
                "stray-key",
                &[Step::Key("factors"), Step::At(at), Step::Key(key)],
                say!("`{key}` means nothing for a factor of kind \"{kind}\"", "{kind} 类因素不用「{key}」"),
                say!("remove it, or change `kind`", "请删除该键,或修改 kind"),
            );
        }
    }
    if let Some(default) = factor.default {
        problems.within(&[Step::Key("factors"), Step::At(at), Step::Key("default")], "default", default, 0.0, 100.0);
    }
}
