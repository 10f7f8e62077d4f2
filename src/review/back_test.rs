//! The price of each sample's ground brought to the sample's own circumstances, against what was paid.

use crate::land::Outcome;
use crate::price::system::build;
use crate::project::Project;
use crate::project::plan::CorrectionStep;
use crate::project::system::{CostUnit, System as File};
use crate::quality::{Pair, intervals};
use crate::release::{Release, SampleRow};
use std::path::Path;

/// How near the prices come to what was paid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BackTest {
    pub n: usize,
    /// Of |price − paid| / paid, percent.
    pub median_error: f64,
    /// Percent of the samples within 10, 20 and 30 %.
    pub within: [f64; 3],
}

const WITHIN: [f64; 3] = [0.10, 0.20, 0.30];

/// The way that the samples of a use were corrected.
pub(super) struct Way {
    order: [CorrectionStep; 6],
    /// Whether services are an amount of 元/㎡, which does not grow with the price.
    amounts: bool,
}

/// Of every use.
///
/// # Errors
/// What the sealed project and its corrections say.
pub(super) fn ways(release: &Release) -> Outcome<Vec<Way>> {
    let unknown = || Way { order: CorrectionStep::ALL, amounts: false };
    if release.head.project.is_empty() {
        return Ok(release.uses.iter().map(|_| unknown()).collect());
    }
    let project = Project::sealed(&release.head.project, Path::new("project.toml"))?;
    let file = File::parse(&release.head.corrections, Path::new("corrections.toml"))?;
    let (systems, _) = build(&file, &project.uses)?;
    let way = |system: &Option<_>| {
        let system: Option<&crate::price::system::System> = system.as_ref();
        let declared = project.prices.as_ref().and_then(|plan| plan.order);
        let parcels = system.map(|system| system.order).unwrap_or_default();
        let costs = system.and_then(|system| system.development.as_ref());
        Way {
            order: declared.unwrap_or_else(|| CorrectionStep::usual(parcels)),
            amounts: costs.is_some_and(|costs| costs.unit == CostUnit::Yuan),
        }
    };
    Ok(systems.iter().map(way).collect())
}

impl Way {
    /// What the price of its ground is of what was paid for a sample: with `ratio` between the two at the premises, where every factor leaves
    /// it as it is; an amount for services is taken off there and not there.
    fn in_its_circumstances(&self, sample: &SampleRow, ratio: f64) -> f64 {
        let added = sample.detail.development;
        if !self.amounts || added == 0.0 || !added.is_finite() {
            return ratio;
        }
        let behind = self.order.iter().skip_while(|step| **step != CorrectionStep::Development).skip(1);
        let after: f64 = behind.map(|step| factor(sample, *step)).product();
        // Corrected is (paid × before + added) × after: the same way back, from the price in place of it.
        let before_added = sample.corrected / after - added;
        (ratio * sample.corrected / after - added) / before_added
    }
}

fn factor(sample: &SampleRow, step: CorrectionStep) -> f64 {
    match step {
        CorrectionStep::Date => sample.k_date,
        CorrectionStep::Term => sample.k_term,
        CorrectionStep::PlotRatio => sample.k_plot_ratio,
        CorrectionStep::Condition => sample.detail.k_condition,
        CorrectionStep::Region => sample.detail.k_region,
        CorrectionStep::Development => 1.0,
    }
}

/// Over samples with the prices they are held against; `None` without any.
pub(super) fn back_test(way: &Way, own: &[(&SampleRow, Pair)]) -> Option<BackTest> {
    let errors: Vec<f64> =
        own.iter().map(|(sample, pair)| (way.in_its_circumstances(sample, pair.ratio()) - 1.0).abs()).collect();
    let n = errors.len();
    if n == 0 {
        return None;
    }
    let share = |within: f64| 100.0 * errors.iter().filter(|error| **error <= within + 1e-12).count() as f64 / n as f64;
    Some(BackTest { n, median_error: 100.0 * intervals::median_of(&errors), within: WITHIN.map(share) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::land::Text;
    use crate::release::SampleDetail;
    use crate::space::Point;

    fn sample(price: f64, corrected: f64, development: f64) -> SampleRow {
        SampleRow {
            id: "S1".into(),
            place: Point::new(0.0, 0.0),
            use_index: 0,
            unit: String::new(),
            grade: 1,
            price,
            date: String::new(),
            plot_ratio: f64::NAN,
            term: f64::NAN,
            area: f64::NAN,
            k_date: 1.1,
            k_term: 1.0,
            k_plot_ratio: 0.5,
            corrected,
            outcome: Text { en: String::new(), zh: String::new() },
            used: true,
            detail: SampleDetail { k_condition: 1.25, k_region: 1.0, development, ..SampleDetail::default() },
        }
    }

    #[test]
    fn an_amount_for_services_is_taken_off_on_the_way_back() {
        // 800 paid, × 1.25 = 1000, + 100 for services = 1100, × 1.1 × 0.5 = 605. A price of 660 is 1200 before these, 1100 without the
        // services, 880 in the circumstances of the sale: 10 % over what was paid, where 660 is 9.09 % over 605.
        let sold = sample(800.0, 605.0, 100.0);
        let order = CorrectionStep::usual(crate::project::system::Order::AfterAll);
        let at = |step| order.iter().position(|own| *own == step).unwrap_or(0);
        assert!(at(CorrectionStep::Condition) < at(CorrectionStep::Development));
        assert!(at(CorrectionStep::Development) < at(CorrectionStep::Date).min(at(CorrectionStep::PlotRatio)));
        let own = [(&sold, Pair { value: 660.0, price: 605.0 })];
        let error =
            |amounts| back_test(&Way { order, amounts }, &own).map(|test| (test.median_error * 1e6).round() / 1e6);
        assert_eq!((error(true), error(false)), (Some(10.0), Some(9.090909)));
    }
}
