//! The price of a unit's use and grade with the samples it comes from.

use super::{
    Bilingual, Coefficients, DecidedAccount, DerivationStep, FurtherAccount, IndexAccount, PriceAccount, SaleAccount,
};
use crate::land::date::{self, Quarter};
use crate::land::step::Step;
use crate::project::Project;
use crate::project::plan::{CorrectionStep, PricePlan};
use crate::project::system::{Order, System};
use crate::release::{PriceCell, Release, SampleDetail, SampleRow};
use rust_decimal::prelude::ToPrimitive;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

/// The price accounts of a release, one for each use and grade.
pub struct Prices(HashMap<(u8, u8), Arc<PriceAccount>>);

impl Prices {
    /// None where the release prices nothing.
    pub fn new(release: &Release, project: &Project) -> Prices {
        let Some(plan) = &project.prices else { return Prices(HashMap::new()) };
        let of = |cell: &PriceCell| ((cell.use_index, cell.grade), Arc::new(account(release, plan, cell)));
        Prices(release.cells.iter().map(of).collect())
    }

    pub(super) fn of(&self, use_index: u8, grade: u8) -> Option<Arc<PriceAccount>> {
        self.0.get(&(use_index, grade)).cloned()
    }
}

fn account(release: &Release, plan: &PricePlan, cell: &PriceCell) -> PriceAccount {
    let (use_index, grade) = (cell.use_index, cell.grade);
    let connotation = release.uses[usize::from(use_index)].connotation.as_ref();
    let order = plan.order.unwrap_or_else(|| CorrectionStep::usual(parcels_order(release, use_index)));
    let decimals = decimals(release);
    let of_cell = |sample: &&SampleRow| (sample.use_index, sample.grade) == (use_index, grade);
    PriceAccount {
        price: cell.published,
        price_per_mu: cell.published.and_then(|price| release.uses[usize::from(use_index)].per_mu(grade, price)),
        term: connotation.map_or(f64::NAN, |c| c.term),
        plot_ratio: connotation.map_or(f64::NAN, |c| c.plot_ratio_of(grade)),
        price_kind: connotation.map_or_else(String::new, |c| c.kind.clone()),
        development: connotation.map_or_else(String::new, |c| c.development_of(grade).to_string()),
        right: connotation.map_or_else(String::new, |c| c.right.clone()),
        classification: connotation.map_or_else(String::new, |c| c.classification.clone()),
        scope: connotation.map_or_else(String::new, |c| c.scope.clone()),
        meaning: connotation.map_or_else(String::new, |c| c.meaning.clone()),
        rate: connotation.map_or(f64::NAN, |c| c.rate),
        base_date: release.head.base_date.clone(),
        statistic: plan.statistic.key(),
        unrounded: cell.raw,
        rounded_to: plan.rounding.step.and_then(|step| step.to_f64()),
        samples: cell.samples,
        kept: cell.kept,
        coefficients: coefficients(release.samples.iter().filter(of_cell).filter(|sample| sample.used)),
        filled: cell.filled.as_ref().map(Bilingual::from),
        index_file: plan
            .index_file
            .as_ref()
            .filter(|_| plan.index.is_empty())
            .map(|file| file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()),
        decided: cell.decided.as_ref().map(|own| DecidedAccount { computed: own.computed, reason: own.reason.clone() }),
        sales: release.samples.iter().filter(of_cell).map(|sample| sale(sample, plan, order, decimals)).collect(),
    }
}

/// Where parcels of the use have the cost of development.
fn parcels_order(release: &Release, use_index: u8) -> Order {
    let system = System::parse(&release.head.corrections, Path::new("corrections.toml")).unwrap_or_default();
    let key = &release.uses[usize::from(use_index)].key;
    system.uses.iter().find(|part| part.key == *key).map(|part| part.development_order).unwrap_or_default()
}

fn coefficients<'a>(kept: impl Iterator<Item = &'a SampleRow>) -> Option<Coefficients> {
    let kept: Vec<&SampleRow> = kept.collect();
    let mean = |of: fn(&SampleRow) -> f64| kept.iter().map(|sample| of(sample)).sum::<f64>() / kept.len() as f64;
    let means = || Coefficients {
        k_date: mean(|sample| sample.k_date),
        k_plot_ratio: mean(|sample| sample.k_plot_ratio),
        k_term: mean(|sample| sample.k_term),
    };
    (!kept.is_empty()).then(means)
}

/// Decimals that the correction system rounds coefficients of parcels to, and so what samples are divided by.
fn decimals(release: &Release) -> Option<u32> {
    System::parse(&release.head.corrections, Path::new("corrections.toml")).ok()?.decimals
}

/// The two values of the index, where they give the factor on record: itself, or the inverse of what rounding makes of theirs.
fn index(sample: &SampleRow, plan: &PricePlan, decimals: Option<u32>) -> Option<IndexAccount> {
    let (base, sale) = (plan.base_quarter?, Quarter::of(date::parse(&sample.date)?));
    let value = |quarter: Quarter| plan.index.get(&quarter)?.get(usize::from(sample.use_index)).copied();
    let (at_base, at_sale) = (value(base)?, value(sale)?);
    let known = IndexAccount { base_quarter: base.to_string(), at_base, sale_quarter: sale.to_string(), at_sale };
    let off = decimals.map_or(1e-12, |decimals| 0.5 * 0.1_f64.powi(decimals as i32) + 1e-12);
    ((1.0 / sample.k_date - at_sale / at_base).abs() <= off).then_some(known)
}

fn further(sample: &SampleRow, order: [CorrectionStep; 6]) -> Option<FurtherAccount> {
    let SampleDetail { k_condition, k_region, development, .. } = sample.detail;
    let corrected = k_condition != 1.0 || k_region != 1.0 || development != 0.0;
    (corrected && !sample.corrected.is_nan() && !k_condition.is_nan()).then(|| FurtherAccount {
        k_condition,
        k_region,
        development,
        order: order.map(CorrectionStep::key).to_vec(),
    })
}

fn step(step: &Step) -> DerivationStep {
    DerivationStep { name: Bilingual::from(&step.name), formula: step.formula.clone(), value: step.value }
}

fn sale(sample: &SampleRow, plan: &PricePlan, order: [CorrectionStep; 6], decimals: Option<u32>) -> SaleAccount {
    SaleAccount {
        id: sample.id.clone(),
        unit: sample.unit.clone(),
        price: sample.price,
        date: sample.date.clone(),
        plot_ratio: sample.plot_ratio,
        term: sample.term,
        k_date: sample.k_date,
        index: index(sample, plan, decimals),
        k_plot_ratio: sample.k_plot_ratio,
        k_term: sample.k_term,
        further: further(sample, order),
        derivation: sample.detail.steps.iter().map(step).collect(),
        corrected: sample.corrected,
        used: sample.used,
        outcome: Bilingual::from(&sample.outcome),
    }
}
