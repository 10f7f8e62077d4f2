//! Bringing sale samples to the connotation of the benchmark price: `price · K_date · K_term · K_plot ratio`, each factor kept.

pub mod date;
pub mod plot_ratio;
pub mod term;

pub use date::DateIndex;
pub use plot_ratio::{PlotRatio, PlotRatioTable};
pub use term::Term;

use super::Sale;
use crate::land::{Fault, Outcome};
use crate::say;

/// The corrections of one use; a correction that is `None` multiplies by 1.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Corrections {
    pub date: Option<DateIndex>,
    pub term: Option<Term>,
    pub plot_ratio: Option<PlotRatio>,
}

/// A sale price at the connotation, with every factor that brought it there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corrected {
    /// 元/㎡.
    pub price: f64,
    pub k_date: f64,
    pub k_term: f64,
    pub k_plot_ratio: f64,
    /// The sale's plot ratio lies outside the correction table; the table's end value was taken.
    pub clamped: bool,
}

/// Corrects one sale.
///
/// # Errors
/// `sale-price` for a price that is no positive number, and what the corrections say of its date, term and plot ratio.
pub fn correct(sale: &Sale, corrections: &Corrections) -> Outcome<Corrected> {
    if !(sale.price.is_finite() && sale.price > 0.0) {
        let (row, price) = (sale.row, sale.price);
        return Err(Fault::new(
            "sale-price",
            say!("the price of sale {row} is {price}", "第{row}个样点的价格为{price}"),
            say!("mend the price or leave the sale out", "请更正价格或剔除该样点"),
        ));
    }
    let k_date = corrections.date.as_ref().map_or(Ok(1.0), |index| index.factor(sale.date))?;
    let k_term = match &corrections.term {
        Some(term) => term.to_statutory(sale.term).ok_or_else(|| term_fault(sale))?,
        None => 1.0,
    };
    let plot_ratio = match &corrections.plot_ratio {
        Some(correction) => Some(correction.factor(sale.plot_ratio).ok_or_else(|| plot_ratio_fault(sale))?),
        None => None,
    };
    let (k_plot_ratio, clamped) = plot_ratio.map_or((1.0, false), |reading| (reading.k, reading.clamped));
    let price = sale.price * k_date * k_term * k_plot_ratio;
    if !price.is_finite() {
        let row = sale.row;
        return Err(Fault::new(
            "sale-price",
            say!("the corrected price of sale {row} is {price}", "第{row}个样点的修正价格为{price}"),
            say!("mend the price or leave the sale out", "请更正价格或剔除该样点"),
        ));
    }
    Ok(Corrected { price, k_date, k_term, k_plot_ratio, clamped })
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

fn use_fault(sale: &Sale) -> Fault {
    let (row, at) = (sale.row, sale.use_index);
    Fault::new(
        "sale-use",
        say!("sale {row} has use number {at}, which has no corrections", "第{row}个样点的用途序号{at}没有修正参数"),
        say!("state the corrections of every use that has sales", "请为有样点的每种用途给出修正参数"),
    )
}

fn term_fault(sale: &Sale) -> Fault {
    let (row, term) = (sale.row, sale.term);
    Fault::new(
        "sale-term",
        say!("the remaining term of sale {row} is {term} years", "第{row}个样点的剩余年期为{term}年"),
        say!("write a positive number of years", "请填写正的年数"),
    )
}

fn plot_ratio_fault(sale: &Sale) -> Fault {
    let (row, ratio) = (sale.row, sale.plot_ratio);
    Fault::new(
        "sale-plot-ratio",
        say!("the plot ratio of sale {row} is {ratio}", "第{row}个样点的容积率为{ratio}"),
        say!("write the plot ratio as a number, 0 or more", "请将容积率填写为不小于0的数"),
    )
}

#[cfg(test)]
#[path = "correct_tests.rs"]
mod tests;
