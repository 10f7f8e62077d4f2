//! Bringing sale samples to the connotation of the benchmark price: `price · K_condition · K_date · K_term · K_plot ratio · K_region + D`, in
//! the order the project declares, each factor kept (样点地价修正, GB/T 18508-2014).

mod faults;

pub mod date;
pub mod plot_ratio;
pub mod spike;
pub mod term;

pub use date::DateIndex;
pub use plot_ratio::{PlotRatio, PlotRatioTable};
pub use term::Term;

use super::Sale;
use super::system::{Development, PlotRatioLaw, TermLaw};
use crate::land::money::{product, quotient, round_half_up};
use crate::land::services::Services;
use crate::land::{Fault, Outcome};
use crate::project::plan::CorrectionStep;
use crate::say;
use faults::{law_fault, plot_ratio_fault, price_fault, score_fault, services_fault, term_fault, use_fault};

/// The corrections of one use; a correction that is `None` or off multiplies by 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrections {
    pub date: Option<DateIndex>,
    pub term: Option<Term>,
    /// In place of the formula: the printed table parcels are valued by.
    pub printed_term: Option<TermLaw>,
    pub plot_ratio: Option<PlotRatio>,
    /// Where there is no table of the use: the laws of its grades.
    pub plot_ratio_laws: Vec<PlotRatioLaw>,
    pub condition: bool,
    pub region: bool,
    /// What services cost, and those of the connotation by grade, the best first.
    pub development: Option<(Development, Vec<Services>)>,
    /// Of prices of floor: the set plot ratio of each grade, the best first.
    pub floor: Option<Vec<f64>>,
    pub order: [CorrectionStep; 6],
    /// Decimals that coefficients of parcels are rounded to.
    pub decimals: Option<u32>,
}

impl Default for Corrections {
    fn default() -> Corrections {
        Corrections {
            date: None,
            term: None,
            printed_term: None,
            plot_ratio: None,
            plot_ratio_laws: Vec::new(),
            condition: false,
            region: false,
            development: None,
            floor: None,
            order: CorrectionStep::ALL,
            decimals: None,
        }
    }
}

/// A sale price at the connotation, with every factor that brought it there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corrected {
    /// 元/㎡.
    pub price: f64,
    pub k_date: f64,
    pub k_term: f64,
    pub k_plot_ratio: f64,
    pub k_condition: f64,
    pub k_region: f64,
    /// Added, 元/㎡.
    pub development: f64,
    /// The sale's plot ratio lies outside the correction table; the table's end value was taken.
    pub clamped: bool,
    /// The sale's term is longer than the statutory one, which was taken.
    pub term_clamped: bool,
}

impl Corrected {
    /// Nothing corrected.
    pub fn plain(price: f64) -> Corrected {
        Corrected {
            price,
            k_date: 1.0,
            k_term: 1.0,
            k_plot_ratio: 1.0,
            k_condition: 1.0,
            k_region: 1.0,
            development: 0.0,
            clamped: false,
            term_clamped: false,
        }
    }

    /// What a step multiplies by; `None` for the one that adds.
    fn factor(&self, step: CorrectionStep) -> Option<f64> {
        match step {
            CorrectionStep::Date => Some(self.k_date),
            CorrectionStep::Term => Some(self.k_term),
            CorrectionStep::PlotRatio => Some(self.k_plot_ratio),
            CorrectionStep::Condition => Some(self.k_condition),
            CorrectionStep::Region => Some(self.k_region),
            CorrectionStep::Development => None,
        }
    }
}

/// Corrects one sale, step by step in the declared order.
///
/// # Errors
/// `sale-price` for a price that is no positive number, before or after; what the corrections say of its date, term, plot ratio, scores and
/// services.
pub fn correct(sale: &Sale, corrections: &Corrections) -> Outcome<Corrected> {
    if !(sale.price.is_finite() && sale.price > 0.0) {
        return Err(price_fault(sale, sale.price, false));
    }
    let (k_term, term_clamped) = term(sale, corrections).ok_or_else(|| term_fault(sale))?;
    let mut done = Corrected {
        k_date: date(sale, corrections)?,
        k_term,
        term_clamped,
        k_condition: if corrections.condition { of_score(sale, sale.condition)? } else { 1.0 },
        k_region: if corrections.region { of_score(sale, sale.region)? } else { 1.0 },
        ..Corrected::plain(sale.price)
    };
    (done.k_plot_ratio, done.clamped) = plot_ratio(sale, corrections)?;
    for (at, &step) in corrections.order.iter().enumerate() {
        match done.factor(step) {
            Some(k) => done.price = product(done.price, k),
            None => {
                let rest: f64 = corrections.order[at..].iter().filter_map(|step| done.factor(*step)).product();
                let before = corrections.order[..at].contains(&CorrectionStep::PlotRatio);
                done.development = development(sale, corrections, done.price, rest, before)?;
                done.price += done.development;
            }
        }
    }
    if !(done.price.is_finite() && done.price > 0.0) {
        return Err(price_fault(sale, done.price, true));
    }
    Ok(done)
}

/// What parcels are multiplied by is rounded to the decimals of the system: samples are divided by just that.
fn date(sale: &Sale, corrections: &Corrections) -> Outcome<f64> {
    let Some(index) = &corrections.date else { return Ok(1.0) };
    let k = index.factor(sale.date)?;
    Ok(corrections.decimals.map_or(k, |decimals| quotient(1.0, round_half_up(quotient(1.0, k), decimals))))
}

/// The factor of the term, and whether it is longer than the statutory one, which stands for it as it does for parcels.
fn term(sale: &Sale, corrections: &Corrections) -> Option<(f64, bool)> {
    let inverse = |k: f64| quotient(1.0, corrections.decimals.map_or(k, |decimals| round_half_up(k, decimals)));
    match (&corrections.printed_term, &corrections.term) {
        (Some(law), _) => law.at(sale.term).map(|reading| (inverse(reading.k), sale.term > law.years)),
        (None, Some(term)) => {
            let (years, longer) = (sale.term.min(term.statutory()), sale.term > term.statutory());
            let k = match corrections.decimals {
                None => term.to_statutory(years)?,
                Some(_) => inverse(term.from_statutory(years)?),
            };
            Some((k, longer))
        }
        (None, None) => Some((1.0, false)),
    }
}

fn plot_ratio(sale: &Sale, corrections: &Corrections) -> Outcome<(f64, bool)> {
    let reading = match (&corrections.plot_ratio, &corrections.plot_ratio_laws) {
        (Some(correction), _) => correction.factor(sale.plot_ratio).map(|reading| (reading.k, reading.clamped)),
        (None, laws) => match laws.iter().find(|law| law.is_for(sale.grade)) {
            Some(law) if sale.plot_ratio > 0.0 => {
                Some(law.to_set(sale.plot_ratio, corrections.decimals).ok_or_else(|| law_fault(sale))?)
            }
            Some(law) => law.to_set(sale.plot_ratio, corrections.decimals),
            None => Some((1.0, false)),
        },
    };
    reading.ok_or_else(|| plot_ratio_fault(sale))
}

/// 100/score (交易情况修正, 区域修正).
fn of_score(sale: &Sale, score: f64) -> Outcome<f64> {
    Some(100.0 / score).filter(|k| k.is_finite() && *k > 0.0).ok_or_else(|| score_fault(sale, score))
}

/// What services cost that the connotation has and the sale has not, less what it has beyond. `rest` is what the price is still multiplied
/// by, `at_set` whether it is at the set plot ratio already.
fn development(sale: &Sale, corrections: &Corrections, price: f64, rest: f64, at_set: bool) -> Outcome<f64> {
    let Some((costs, set)) = &corrections.development else { return Ok(0.0) };
    let grade = usize::from(sale.grade).checked_sub(1);
    let (set, own) = grade.and_then(|at| set.get(at)).zip(sale.services).ok_or_else(|| services_fault(sale, "?"))?;
    let floor = match &corrections.floor {
        None => None,
        Some(ratios) => {
            let set = grade.and_then(|at| ratios.get(at)).copied().filter(|_| at_set);
            let ratio = set.unwrap_or(sale.plot_ratio);
            Some(ratio).filter(|ratio| *ratio > 0.0).map(Some).ok_or_else(|| plot_ratio_fault(sale))?
        }
    };
    let difference = costs.taken_off(*set, own, price, rest, floor);
    match difference.unknown.iter().next() {
        Some(service) => Err(services_fault(sale, &service.text().zh)),
        None => Ok(difference.amount),
    }
}

/// Corrects all sales, in order; `corrections[use_index]` are those of a use, `id` tells what a sale is called.
///
/// # Errors
/// Everything that stops any sale: each missing quarter once, every other kind once, at its first sale, with the number of the others;
/// `sale-use` for a use without corrections.
pub fn correct_all(
    sales: &[Sale],
    corrections: &[Corrections],
    id: &dyn Fn(&Sale) -> String,
) -> Outcome<Vec<Corrected>> {
    let mut corrected = Vec::with_capacity(sales.len());
    let mut stops: Vec<(Fault, usize)> = Vec::new();
    for sale in sales {
        let of_use = corrections.get(usize::from(sale.use_index)).ok_or_else(|| use_fault(sale));
        match of_use.and_then(|corrections| correct(sale, corrections)) {
            Ok(done) => corrected.push(done),
            Err(fault) => match stops.iter_mut().find(|(known, _)| same_kind(known, &fault)) {
                Some((_, others)) => *others += 1,
                None if fault.code == date::MISSING_QUARTER => stops.push((fault, 0)),
                None => stops.push((fault.at(id(sale)), 0)),
            },
        }
    }
    Fault::of_all(stops.into_iter().map(with_number).collect()).map_or(Ok(corrected), Err)
}

/// A missing quarter is named once; of other faults the first sale stands for all.
fn same_kind(known: &Fault, fault: &Fault) -> bool {
    known.code == fault.code && (fault.code != date::MISSING_QUARTER || known.what == fault.what)
}

fn with_number((mut fault, others): (Fault, usize)) -> Fault {
    if others > 0 {
        let crate::land::Text { en, zh } = &fault.what;
        fault.what = say!("{en} (and {others} more sales)", "{zh}(另有{others}个样点)");
    }
    fault
}

#[cfg(test)]
#[path = "correct_tests.rs"]
mod tests;
