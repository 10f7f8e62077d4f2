//! Samples before they are placed: prices derived from their transactions, what their corrections need, and the rows that are not used.

use super::corrections;
use crate::ingest;
use crate::ingest::finding::{Action, Code, Finding, Findings, Policies};
use crate::ingest::survey::{Rejected, Sample};
use crate::land::step::Step;
use crate::land::{Outcome, Text, money};
use crate::price::system::System;
use crate::price::transaction::{Derived, Rates, derive};
use crate::project::Project;
use crate::project::plan::{ConnotationPlan, PriceKind, PricePlan};
use crate::release::{RejectedRow, SampleDetail, SampleRow};
use crate::say;
use crate::space::Point;
use std::collections::{HashMap, HashSet};

/// The samples as the release lists them, and the rows that are none.
#[derive(Default)]
pub(super) struct Rows {
    pub samples: Vec<SampleRow>,
    pub rejected: Vec<RejectedRow>,
}

/// What the samples' table is called in findings.
pub(super) fn label(plan: &PricePlan) -> String {
    ingest::label(&plan.samples.source)
}

/// As [`label`], of a project that may have no prices.
pub(super) fn label_of(project: &Project) -> String {
    project.prices.as_ref().map_or_else(String::new, label)
}

/// The rows of a survey: a sample whose price follows from nothing, or that cannot be corrected, joins the rejected ones. `findings` has
/// those of the survey and takes those made here.
///
/// # Errors
/// What the correction system says.
pub(super) fn rows(
    project: &Project,
    policies: &Policies,
    samples: Vec<Sample>,
    rejected: Vec<Rejected>,
    findings: &mut Findings,
) -> Outcome<Rows> {
    let Some(plan) = &project.prices else { return Ok(Rows::default()) };
    let system = corrections::of(project, plan)?;
    let systems = system.as_ref().map_or(&[][..], |system| &system.of_uses);
    let (layer, mut rows, mut away) = (label(plan), Vec::new(), rejected);
    for sample in samples {
        match row(project, plan, systems, &sample) {
            Ok(row) => {
                rows.push(row);
                if let Some(detail) = contradiction(project, &sample) {
                    let finding = Finding::new(policies, Code::CellsDisagree, &layer, detail);
                    findings.push(finding.of_feature(&sample.called).at(sample.place));
                }
            }
            Err((code, detail)) => {
                let mut finding =
                    Finding::new(policies, code, &layer, detail).of_feature(&sample.called).at(sample.place);
                if finding.action == Action::Kept {
                    finding.action = Action::LeftOut;
                }
                findings.push(finding);
                let (land_use, price) = (Some(sample.land_use), sample.price);
                away.push(Rejected { id: sample.called, place: sample.place, land_use, price });
            }
        }
    }
    // A row that is out after all was not used as it is, whatever was found of it before.
    let out: HashSet<&str> = away.iter().map(|row| row.id.as_str()).collect();
    findings.leave_out(|finding| finding.layer == layer && out.contains(finding.feature.as_str()));
    let told = by_feature(findings, &layer);
    let away = away.iter().map(|row| {
        let of_id = told.get(row.id.as_str()).map_or(&[][..], Vec::as_slice);
        RejectedRow {
            place: row.place.unwrap_or(NOWHERE),
            use_index: row.land_use,
            price: row.price.unwrap_or(f64::NAN),
            outcome: joined(of_id.iter().map(|finding| &finding.detail)),
            id: row.id.clone(),
        }
    });
    Ok(Rows { samples: rows, rejected: away.collect() })
}

const NOWHERE: Point = Point { x: f64::NAN, y: f64::NAN };

fn row(
    project: &Project,
    plan: &PricePlan,
    systems: &[Option<System>],
    sample: &Sample,
) -> Result<SampleRow, (Code, Text)> {
    let at = usize::from(sample.land_use);
    let connotation = project.uses[at].price.as_ref();
    let mut said = sample.converted.clone();
    let (price, steps) = match sample.price {
        Some(price) => brought(connotation, sample, price)?,
        None => match derived(connotation, sample) {
            Some(Ok(derived)) => of_kind(connotation, sample, derived)?,
            Some(Err(fault)) => return Err((Code::NotDerived, fault.what)),
            None => return Err((Code::MissingValue, say!("it has no price", "没有价格"))),
        },
    };
    if sample.price.is_some() {
        said.extend(steps.iter().map(|step| {
            let (Text { en, zh }, formula, value) = (&step.name, &step.formula, money::round_half_up(step.value, 2));
            say!("{en}: {formula} = {value}", "{zh}:{formula} = {value}")
        }));
    }
    if price > MOST {
        let detail = say!("a price of {price:.2} 元/㎡, above {MOST}", "单价 {price:.2} 元/㎡,超过 {MOST}");
        return Err((Code::OutOfRange, detail));
    }
    if let (Some(field), Some(connotation)) = (&plan.samples.plot_ratio, connotation) {
        let law = systems.get(at).and_then(Option::as_ref).is_some_and(|system| !system.plot_ratio.is_empty());
        if sample.plot_ratio.is_none() && (law || !connotation.plot_ratio_table.is_empty()) {
            return Err((Code::MissingValue, say!("{field} has no value", "{field} 没有值")));
        }
    }
    Ok(SampleRow {
        id: sample.id.clone(),
        place: sample.place.unwrap_or(NOWHERE),
        use_index: sample.land_use,
        unit: String::new(),
        grade: sample.grade.unwrap_or(0),
        price,
        date: sample.date.map(|date| date.to_string()).unwrap_or_default(),
        plot_ratio: sample.plot_ratio.unwrap_or(f64::NAN),
        term: sample.term.unwrap_or(f64::NAN),
        area: sample.area.unwrap_or(f64::NAN),
        k_date: f64::NAN,
        k_term: f64::NAN,
        k_plot_ratio: f64::NAN,
        corrected: f64::NAN,
        outcome: joined(said.iter()),
        used: false,
        detail: SampleDetail {
            called: sample.called.clone(),
            kind: sample.kind.map_or(String::new(), |kind| kind.key().to_string()),
            condition: sample.condition.unwrap_or(f64::NAN),
            region: sample.region.unwrap_or(f64::NAN),
            services: sample.services.clone(),
            depth: sample.depth.unwrap_or(f64::NAN),
            steps,
            ..SampleDetail::default()
        },
    })
}

/// 元/㎡: no land is dearer, an amount in another unit is.
const MOST: f64 = 1e9;

/// A price that the table has: one of the other kind than the connotation's is brought there by the plot ratio of the sale.
fn brought(
    connotation: Option<&ConnotationPlan>,
    sample: &Sample,
    price: f64,
) -> Result<(f64, Vec<Step>), (Code, Text)> {
    let Some((told, set)) = sample.price_kind.zip(connotation.map(|it| it.kind)).filter(|(told, set)| told != set)
    else {
        return Ok((price, Vec::new()));
    };
    let ratio = sample.plot_ratio.filter(|ratio| *ratio > 0.0).ok_or_else(|| {
        let (from, to) = (told.key(), set.key());
        let detail = say!(
            "a {from} price needs the plot ratio of its sale to be a {to} one",
            "楼面地价与地面地价之间换算需要成交容积率"
        );
        (Code::NotDerived, detail)
    })?;
    let (name, formula, value) = match set {
        PriceKind::Ground => (
            say!("price of land, 元/㎡", "地面地价(元/㎡)"),
            format!("{price} · {ratio}"),
            money::product(price, ratio),
        ),
        PriceKind::Floor => (
            say!("price of floor, 元/㎡", "楼面地价(元/㎡)"),
            format!("{price} / {ratio}"),
            money::quotient(price, ratio),
        ),
    };
    Ok((value, vec![Step { name, formula, value }]))
}

/// The price its figures speak of, where its type is known.
fn derived(connotation: Option<&ConnotationPlan>, sample: &Sample) -> Option<Outcome<Derived>> {
    let rates = Rates {
        land: connotation.map_or(f64::NAN, |price| price.rate),
        building: connotation.map_or(f64::NAN, |price| price.building_rate),
        statutory: connotation.map_or(f64::NAN, |price| price.term),
    };
    sample.kind.map(|kind| derive(kind, &figures(sample), &rates))
}

/// How far a price and the one that the figures beside it give may lie apart by rounding.
const ROUNDED: f64 = 0.01;

/// What is to be said where a sample has a price and figures that give another one.
fn contradiction(project: &Project, sample: &Sample) -> Option<Text> {
    let price = sample.price.filter(|_| !sample.figures.is_empty())?;
    let connotation = project.uses[usize::from(sample.land_use)].price.as_ref();
    let (other, _) = of_kind(connotation, sample, derived(connotation, sample)?.ok()?).ok()?;
    ((other / price - 1.0).abs() > ROUNDED).then(|| {
        say!(
            "its price is {price:.2} 元/㎡, its figures give {other:.2} 元/㎡: the price counts",
            "单价为 {price:.2} 元/㎡,由交易数据推算为 {other:.2} 元/㎡:以单价为准"
        )
    })
}

/// A derived price is one of land; where the connotation is one of floor it is brought there.
fn of_kind(
    connotation: Option<&ConnotationPlan>,
    sample: &Sample,
    derived: Derived,
) -> Result<(f64, Vec<Step>), (Code, Text)> {
    let Derived { price, mut steps } = derived;
    if connotation.is_none_or(|connotation| connotation.kind == PriceKind::Ground) {
        return Ok((price, steps));
    }
    let ratio = sample.plot_ratio.filter(|ratio| *ratio > 0.0).ok_or_else(|| {
        let detail = say!("a price per m² of floor needs its plot ratio", "推算楼面地价需要容积率");
        (Code::NotDerived, detail)
    })?;
    let floor = price / ratio;
    let name = say!("price of floor, 元/㎡", "楼面地价(元/㎡)");
    steps.push(Step { name, formula: format!("{price:.2} / {ratio}"), value: floor });
    Ok((floor, steps))
}

/// The figures, with the area and the term of the sample where none are named for the transaction.
fn figures(sample: &Sample) -> std::collections::BTreeMap<String, f64> {
    let mut figures = sample.figures.clone();
    for (key, value) in [("land_area", sample.area), ("term", sample.term)] {
        if let Some(value) = value {
            figures.entry(key.to_string()).or_insert(value);
        }
    }
    figures
}

/// Adds what was read otherwise than it stood to what became of each sample.
pub(super) fn remark(samples: &mut [SampleRow], findings: &Findings, layer: &str) {
    let told = by_feature(findings, layer);
    for sample in samples {
        let kept = told.get(sample.detail.called.as_str()).into_iter().flatten().filter(|finding| {
            let about_another =
                matches!(finding.code, Code::DuplicateId | Code::DuplicateFeature | Code::DuplicateSale);
            !about_another && matches!(finding.action, Action::Kept | Action::Repaired)
        });
        sample.outcome = joined(std::iter::once(&sample.outcome).chain(kept.map(|finding| &finding.detail)));
    }
}

fn by_feature<'a>(findings: &'a Findings, layer: &str) -> HashMap<&'a str, Vec<&'a Finding>> {
    let mut told: HashMap<&str, Vec<&Finding>> = HashMap::new();
    for finding in findings.iter().filter(|finding| finding.layer == layer && !finding.feature.is_empty()) {
        told.entry(finding.feature.as_str()).or_default().push(finding);
    }
    // Findings are sorted later: the same words in the same order whatever the order of the file.
    told.values_mut().for_each(|list| list.sort_by(|a, b| (a.code, &a.detail.zh).cmp(&(b.code, &b.detail.zh))));
    told
}

fn joined<'a>(parts: impl Iterator<Item = &'a Text>) -> Text {
    let (mut en, mut zh) = (Vec::new(), Vec::new());
    parts.for_each(|part| {
        en.push(part.en.as_str());
        zh.push(part.zh.as_str());
    });
    Text { en: en.join("; "), zh: zh.join(";") }
}
