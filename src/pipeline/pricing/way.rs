//! The way from samples to prices as the project declares it: corrections of each use, rules of the price book.

use crate::land::date::Quarter;
use crate::land::money::Rounding;
use crate::land::services::{self, Services};
use crate::land::{Fault, Outcome};
use crate::price::book::Decided;
use crate::price::correct::{DateIndex, PlotRatio, PlotRatioTable, Term};
use crate::price::fill::{FillRule, Relative};
use crate::price::level::LevelRule;
use crate::price::model::Form;
use crate::price::screen::OutlierRule;
use crate::price::system::{PlotRatioForm, System};
use crate::price::{Corrections, Rules};
use crate::project::plan::{
    CorrectionStep, DecidedPlan, FillPlan, IndexReading, OutlierPlan, PriceKind, PricePlan, Statistic,
};
use crate::project::system::CostUnit;
use crate::project::{Project, UsePlan};
use crate::say;
use jiff::civil::Date;

/// A use is corrected by what the samples have a field for and the project a table; `sold` tells whether it has samples at all.
pub(super) fn corrections(
    project: &Project,
    plan: &PricePlan,
    at: usize,
    system: Option<&Option<System>>,
    sold: bool,
) -> Outcome<Corrections> {
    let system = system.and_then(Option::as_ref);
    let Some(connotation) = &project.uses[at].price else { return Ok(Corrections::default()) };
    let date = match (&plan.samples.date, plan.base_quarter) {
        (Some(_), Some(base)) => {
            let series: Vec<_> = plan.index.iter().map(|(quarter, values)| (*quarter, values[at])).collect();
            let index = DateIndex::new(base, &series)?;
            Some(match plan.index_reading {
                IndexReading::Quarter => index,
                IndexReading::Month => index.by_months(month(project, base))?,
            })
        }
        _ => None,
    };
    let term = plan.samples.term.as_ref().map(|_| Term::new(connotation.rate, connotation.term)).transpose()?;
    let table: Vec<(f64, f64)> = connotation.plot_ratio_table.iter().map(|row| (row[0], row[1])).collect();
    // The tables a parcel is valued by are those its samples are brought here by: there and back is where one started.
    let laws = system.filter(|_| plan.samples.plot_ratio.is_some()).map(|system| system.plot_ratio.clone());
    let plot_ratio = match plan.samples.plot_ratio {
        Some(_) if !table.is_empty() && laws.is_none() => {
            Some(PlotRatio::new(PlotRatioTable::new(table)?, connotation.plot_ratio)?)
        }
        _ => None,
    };
    let printed = system.map(|system| &system.term).filter(|law| law.table.is_some() && plan.samples.term.is_some());
    let of_grades = |system: &System| {
        (1..=project.uses[at].grades).map(|grade| system.set_services_of(grade)).collect::<Option<Vec<_>>>()
    };
    let costs = system.and_then(|system| Some((system.development.clone()?, of_grades(system)?)));
    Ok(Corrections {
        date,
        term,
        printed_term: printed.cloned(),
        plot_ratio,
        plot_ratio_laws: laws.unwrap_or_default(),
        condition: plan.samples.condition.is_some(),
        region: plan.samples.region.is_some(),
        development: match plan.samples.development {
            Some(_) if sold => Some(costs.ok_or_else(|| no_costs(&project.uses[at].land_use.name))?),
            _ => None,
        },
        floor: system
            .filter(|system| system.floor)
            .map(|system| (1..=project.uses[at].grades).map(|grade| system.set_plot_ratio_of(grade)).collect()),
        order: plan
            .order
            .unwrap_or_else(|| CorrectionStep::usual(system.map(|system| system.order).unwrap_or_default())),
        decimals: system.and_then(|system| system.decimals),
    })
}

/// The month prices are brought to: the base date's, unless the project names another quarter.
fn month(project: &Project, base: Quarter) -> Date {
    let end = Date::new(base.year, base.quarter * 3, 1).unwrap_or(Date::ZERO);
    project.base_date.filter(|date| Quarter::of(*date) == base).unwrap_or(end)
}

fn no_costs(name: &str) -> Fault {
    Fault::new(
        "no-development-costs",
        say!(
            "{name}: the samples tell their development, but nothing tells what services cost or which are set",
            "{name}:样点有开发程度,但没有各项设施费用或设定开发程度"
        ),
        say!(
            "give [uses.development] in the corrections file, and development in the use's `price`",
            "请在修正体系文件中给出 development,并在用途的 price 中写明 development"
        ),
    )
}

/// A number for each grade of a use, the best first: the same where the set plot ratio and development are.
pub(super) fn premises(plan: &UsePlan) -> Vec<u8> {
    let Some(price) = &plan.price else { return vec![0; usize::from(plan.grades)] };
    let own = |grade: u8| {
        let own = price.by_grade.iter().find(|own| own.grades.contains(&grade));
        let plot_ratio = own.and_then(|own| own.plot_ratio).unwrap_or(price.plot_ratio);
        let development = own.and_then(|own| own.development.as_deref()).unwrap_or(&price.development);
        let services = services::parse(development).map(|(services, _)| services);
        (plot_ratio.to_bits(), services, services.map_or(development.to_string(), |_| String::new()))
    };
    let all: Vec<_> = (1..=plan.grades).map(own).collect();
    all.iter().map(|one| all.iter().position(|other| other == one).unwrap_or(0) as u8).collect()
}

/// By grade, what a price at its set plot ratio and development is of one at common premises; empty where all have the same, where no one table
/// of plot ratios tells for all of them or ends before one of theirs, and where a service in which they differ has no cost.
pub(super) fn relative(plan: &UsePlan, system: Option<&System>) -> Outcome<Vec<Relative>> {
    let Some(price) = &plan.price else { return Ok(Vec::new()) };
    let numbers = premises(plan);
    if numbers.windows(2).all(|pair| pair[0] == pair[1]) {
        return Ok(Vec::new());
    }
    let laws = system.map_or(&[][..], |system| system.plot_ratio.as_slice());
    let rows: Vec<(f64, f64)> = price.plot_ratio_table.iter().map(|row| (row[0], row[1])).collect();
    let table = match laws {
        [] if !rows.is_empty() => Some(PlotRatioTable::new(rows)?),
        _ => None,
    };
    let law = laws.first().filter(|first| laws.iter().all(|law| same_law(&law.form, &first.form)));
    let set = |grade: u8| {
        let own = price.by_grade.iter().find(|own| own.grades.contains(&grade));
        own.and_then(|own| own.plot_ratio).unwrap_or(price.plot_ratio)
    };
    let one_ratio = (1..=plan.grades).all(|grade| set(grade).to_bits() == set(1).to_bits());
    let of_ratio = |ratio: f64| match (&table, law) {
        _ if one_ratio => Some(1.0),
        (Some(table), _) => table.at(ratio).filter(|reading| !reading.clamped).map(|reading| reading.k),
        (None, Some(law)) => law.at(ratio).filter(|reading| !reading.clamped).map(|reading| reading.k),
        (None, None) => None,
    };
    let one = |grade: u8| {
        let (ratio, floor) = (set(grade), price.kind == PriceKind::Floor);
        // The coefficient is one of the price as it is published, of floor or of land.
        let k = of_ratio(ratio)?;
        let (share, plus) = development(plan, system, grade, floor.then_some(ratio))?;
        Some(Relative { times: k * (1.0 + share), plus })
    };
    Ok((1..=plan.grades).map(one).collect::<Option<Vec<Relative>>>().unwrap_or_default())
}

/// What the set development of a grade adds to a price at that of grade 1: a part of it, and 元/㎡; `None` where nothing tells.
fn development(plan: &UsePlan, system: Option<&System>, grade: u8, floor: Option<f64>) -> Option<(f64, f64)> {
    let price = plan.price.as_ref()?;
    if price.by_grade.iter().all(|own| own.development.is_none()) {
        return Some((0.0, 0.0));
    }
    let costs = system?.development.as_ref()?;
    let (first, own) = (system?.set_services_of(1)?, system?.set_services_of(grade)?);
    let found = costs.between(first, own, 1.0, floor);
    (found.unknown == Services::default()).then_some(match costs.unit {
        CostUnit::Percent => (found.amount, 0.0),
        CostUnit::Yuan => (0.0, found.amount),
    })
}

/// Whether one law tells at any set plot ratio what the other does, but for a factor.
fn same_law(one: &PlotRatioForm, other: &PlotRatioForm) -> bool {
    match (one, other) {
        (PlotRatioForm::Table(rows, _), PlotRatioForm::Table(others, _)) => rows == others,
        (PlotRatioForm::Power(b), PlotRatioForm::Power(other)) => b == other,
        _ => false,
    }
}

/// Prices that stand in place of computed ones.
pub(super) fn decided(plan: &PricePlan) -> Vec<Decided> {
    let own = |plan: &DecidedPlan| Decided { use_index: plan.use_index, grade: plan.grade, price: plan.price };
    plan.decided.iter().map(own).collect()
}

pub(super) fn rules(plan: &PricePlan) -> Rules {
    Rules {
        outliers: match plan.outliers {
            OutlierPlan::KSigma { sigma, least_samples } => OutlierRule::KSigma { k: sigma, min_n: least_samples },
            OutlierPlan::Grubbs { significance, least_samples } => {
                OutlierRule::Grubbs { alpha: significance, min_n: least_samples }
            }
            OutlierPlan::Robust { limit, least_samples } => OutlierRule::Robust { limit, min_n: least_samples },
            OutlierPlan::TReject { significance, least_samples } => {
                OutlierRule::TReject { alpha: significance, min_n: least_samples }
            }
            OutlierPlan::BySize { significance } => OutlierRule::BySize { alpha: significance },
            OutlierPlan::None => OutlierRule::None,
        },
        level: match plan.statistic {
            Statistic::Mean => LevelRule::Mean,
            Statistic::Median => LevelRule::Median,
            Statistic::AreaWeightedMean => LevelRule::AreaWeightedMean,
            Statistic::Mode => LevelRule::Mode,
            Statistic::Lowest => LevelRule::Lowest,
        },
        fill: match plan.fill {
            FillPlan::NearestGrade => FillRule::NearestGrade,
            FillPlan::Interpolate => FillRule::Interpolate,
            FillPlan::LinearModel => FillRule::Model(Form::Linear),
            FillPlan::ExponentialModel => FillRule::Model(Form::Exponential),
            FillPlan::PowerModel => FillRule::Model(Form::Power),
            FillPlan::LogarithmicModel => FillRule::Model(Form::Logarithmic),
            FillPlan::Leave => FillRule::Leave,
        },
        fill_below: plan.fill_below,
        rounding: Rounding { step: plan.rounding.step },
    }
}
