//! Scores every unit and grades every use.

use super::{inputs, levels, model, network, weights};
use crate::grade::{self, Graded, Ground, Method, Sections, Units};
use crate::ingest::finding::{Code, Finding, Policies};
use crate::ingest::survey::{FactorLayer, Survey};
use crate::land::progress::Watch;
use crate::land::{Fault, Lang, Outcome, Text};
use crate::project::file::GradePremises;
use crate::project::plan::{BreaksPlan, SectionsPlan};
use crate::project::{Project, UsePlan};
use crate::release::{
    Connotation, FactorHead, GradeConnotation, GradeMap, GroupHead, Head, Judged, Layers, LevelHead, Origin, Release,
    TilingHead, UnitRows, UseHead,
};
use crate::{ingest, land, say, scale, score};

/// From a survey to a graded release, not yet priced.
///
/// # Errors
/// What the making of units, the factors, the weights, the kernel and the breaks say.
pub fn grade(project: &Project, mut survey: Survey, watch: &dyn Watch) -> Outcome<Release> {
    let tiling = super::making::make(project, &mut survey, watch)?;
    let policies = ingest::policies(project)?;
    survey.findings.extend(super::barriers::doubts(project, &policies, &survey));
    let Survey { units, layers, barriers, network: lines, samples, rejected, graded_area, mut findings, .. } = survey;
    let levels = levels::resolve(project, &layers, graded_area.as_ref())?;
    let network = network::of(project, lines.as_ref());
    let model = model::model(project, &layers, &levels, &barriers, network.as_ref())?;
    let table = score::score(&model, &units, watch)?;
    watch.begin(&say!("grading", "划分级别"), project.uses.len() as u64);
    let members = by_use(&units.uses, project.uses.len());
    let methods = |plan: &UsePlan| {
        let alternatives = project.alternatives.iter().map(|alternative| method(&alternative.breaks));
        std::iter::once(method(&plan.breaks)).chain(alternatives).collect::<Vec<Method>>()
    };
    let graded = scale::chunks(project.uses.len(), 1, |at| {
        let plan = &project.uses[at.start];
        let members = &members[at.start];
        let of = |column: &[f64]| members.iter().map(|&unit| column[unit as usize]).collect::<Vec<f64>>();
        let (totals, areas) = (of(&table.totals), of(&units.areas));
        let ground = Ground { shapes: &units.shapes, features: members };
        let cut = Units { totals: &totals, areas: Some(&areas), ground: Some(ground) };
        let methods = methods(plan);
        let graded = methods.iter().map(|method| grade::grade(cut, plan.grades, method));
        let graded = graded.collect::<Outcome<Vec<_>>>();
        watch.advance(1);
        graded.map_err(|fault| in_use(fault, plan))
    });
    let graded = graded.into_iter().collect::<Outcome<Vec<Vec<Graded>>>>()?;
    let mut columns = vec![vec![0u8; units.len()]; 1 + project.alternatives.len()];
    for (of_use, members) in graded.iter().zip(&members) {
        for (column, graded) in columns.iter_mut().zip(of_use) {
            members.iter().zip(&graded.grades).for_each(|(&unit, &grade)| column[unit as usize] = grade);
        }
    }
    let mut columns = columns.into_iter();
    let grades = columns.next().unwrap_or_default();
    let alternatives = project.alternatives.iter().map(|plan| plan.key.clone()).zip(columns).collect();
    let uses = project.uses.iter().zip(graded).zip(&model.weights).map(|((plan, graded), of_factors)| {
        let layers = weights::layers(project, plan, of_factors)?;
        Ok(use_head(plan, graded, of_factors, layers, weights::judged(project, plan)?))
    });
    let uses = uses.collect::<Outcome<Vec<UseHead>>>()?;
    findings.extend(super::rules::findings(project, &policies)?);
    findings.extend(network::in_parts(&policies, network.as_ref(), lines.as_ref()));
    findings.extend(remarks(&policies, &uses, &members, &grades));
    let rows = super::samples::rows(project, &policies, samples, rejected, &mut findings)?;
    findings.sort();
    let layers = layers.into_iter().map(|layer| match layer {
        FactorLayer::Vector(layer) => Some(layer),
        FactorLayer::Grid(_) | FactorLayer::Recorded => None,
    });
    Ok(Release {
        head: head(project, levels, tiling),
        uses,
        units: UnitRows {
            ids: units.ids,
            uses: units.uses,
            shapes: Some(units.shapes),
            areas: units.areas,
            scores: table.scores,
            totals: table.totals,
            grades,
            alternatives,
            prices: Vec::new(),
            kept: units.kept,
        },
        cells: Vec::new(),
        samples: rows.samples,
        rejected: rows.rejected,
        findings,
        layers: layers.collect(),
        barriers,
        network: lines,
        map: GradeMap::default(),
    })
}

/// The numbers of the units of each use, ascending.
fn by_use(uses: &[u8], count: usize) -> Vec<Vec<u32>> {
    let mut members = vec![Vec::new(); count];
    uses.iter().zip(0..).for_each(|(&land_use, unit)| members[usize::from(land_use)].push(unit));
    members
}

pub(super) fn method(plan: &BreaksPlan) -> Method {
    match plan {
        BreaksPlan::Natural => Method::Natural,
        BreaksPlan::NaturalHistogram { bins } => Method::NaturalHistogram { bins: *bins },
        BreaksPlan::Quantile => Method::Quantile,
        BreaksPlan::EqualInterval => Method::EqualInterval,
        BreaksPlan::Given(limits) => Method::Given(limits.clone()),
        BreaksPlan::NumberAxis { least_share } => Method::NumberAxis { least_share: *least_share },
        BreaksPlan::FrequencyCurve { bin, smoothing } => Method::FrequencyCurve { bin: *bin, smoothing: *smoothing },
        BreaksPlan::Profile(plan) => {
            let SectionsPlan { lines, centre, directions, step, window } = plan.clone();
            Method::Profile(Sections { lines, centre, directions, step, window: usize::from(window) })
        }
    }
}

fn head(project: &Project, levels: Vec<Vec<LevelHead>>, tiling: Option<TilingHead>) -> Head {
    Head {
        name: project.release.name.clone(),
        title: project.name.clone(),
        crs: project.crs.clone(),
        base_date: project.base_date.map(|date| date.to_string()),
        supersedes: project.release.supersedes.clone(),
        origin: Origin::Computed,
        project: project.text.clone(),
        factors: project
            .factors
            .iter()
            .zip(levels)
            .map(|(factor, levels)| FactorHead {
                key: factor.key.clone(),
                name: factor.name.clone(),
                group: factor.group.map(|group| project.groups[group].key.clone()),
                levels,
            })
            .collect(),
        groups: project
            .groups
            .iter()
            .map(|group| GroupHead { key: group.key.clone(), name: group.name.clone() })
            .collect(),
        inputs: inputs::of(project),
        tiling,
        corrections: String::new(),
        index: String::new(),
        mapping: String::new(),
        gate: String::new(),
    }
}

/// What a review asks about weights and grades.
fn remarks(policies: &Policies, uses: &[UseHead], members: &[Vec<u32>], grades: &[u8]) -> Vec<Finding> {
    let mut found = Vec::new();
    for (head, members) in uses.iter().zip(members) {
        let name = &head.name;
        for Text { en, zh } in head.judgements().filter(|(judged, _)| judged.accepted_because.is_some()).map(|it| it.1)
        {
            let detail = say!("{name}: {en}", "{name}:{zh}");
            found.push(Finding::new(policies, Code::InconsistentJudgements, "weights", detail));
        }
        let empty = |grade: &u8| members.iter().all(|&unit| grades[unit as usize] != *grade);
        let empty: Vec<u8> = (1..=head.grades).filter(empty).collect();
        if !members.is_empty() && !empty.is_empty() {
            let list = |lang| empty.iter().map(|&grade| land::grade::name(grade, lang)).collect::<Vec<_>>();
            let (en, zh) = (list(Lang::En).join(", "), list(Lang::Zh).join("、"));
            let detail = say!("{name}: no unit is of grade {en}", "{name}:{zh}没有单元");
            found.push(Finding::new(policies, Code::EmptyGrade, "units", detail));
        }
    }
    found
}

fn use_head(
    plan: &UsePlan,
    graded: Vec<Graded>,
    weights: &[f64],
    layers: Option<Layers>,
    judged: Option<Judged>,
) -> UseHead {
    let mut limits = graded.iter().map(|graded| graded.limits.clone());
    UseHead {
        key: plan.land_use.key.clone(),
        name: plan.land_use.name.clone(),
        grades: plan.grades,
        method: plan.breaks.word().to_string(),
        reason: plan.reason.clone(),
        limits: limits.next().unwrap_or_default(),
        gvf: graded.first().map_or(f64::NAN, |graded| graded.gvf),
        weights: weights.to_vec(),
        layers,
        judged,
        alternative_limits: limits.collect(),
        connotation: plan.price.as_ref().map(|price| Connotation {
            term: price.term,
            plot_ratio: price.plot_ratio,
            kind: price.kind.key().to_string(),
            development: price.development.clone(),
            rate: price.rate,
            unit: "元/㎡".to_string(),
            last_place: f64::NAN,
            right: price.right.clone(),
            classification: price.classification.clone(),
            scope: price.scope.clone(),
            meaning: price.meaning.key().to_string(),
            by_grade: price.by_grade.iter().map(of_grades).collect(),
        }),
    }
}

fn of_grades(premises: &GradePremises) -> GradeConnotation {
    let GradePremises { grades, plot_ratio, development } = premises.clone();
    GradeConnotation { grades, plot_ratio, development }
}

fn in_use(mut fault: Fault, plan: &UsePlan) -> Fault {
    let (name, Text { en, zh }) = (&plan.land_use.name, fault.what);
    fault.what = say!("{name}: {en}", "{name}:{zh}");
    fault
}
