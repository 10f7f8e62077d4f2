//! Date correction (期日修正): the price index at the base date over the index at the sale.

use crate::land::date::Quarter;
use crate::land::{Fault, Outcome};
use crate::say;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The code of the fault that names a quarter the index does not cover.
pub(super) const MISSING_QUARTER: &str = "index-quarter";

/// The quarterly price index of one use, and the quarter prices are brought to (`K = I(base)/I(sale)`, GB/T 18508-2014).
#[derive(Clone, Debug, PartialEq)]
pub struct DateIndex {
    base: Quarter,
    at_base: f64,
    values: BTreeMap<Quarter, f64>,
}

impl DateIndex {
    /// An index from its quarters, in any order.
    ///
    /// # Errors
    /// All at once: `index-value` for a value that is no positive number, `index-twice` for a quarter with two values, `index-quarter`
    /// where the base quarter has none.
    pub fn new(base: Quarter, quarters: &[(Quarter, f64)]) -> Outcome<DateIndex> {
        let mut faults = Vec::new();
        let mut values = BTreeMap::new();
        for &(quarter, value) in quarters {
            if !(value.is_finite() && value > 0.0) {
                faults.push(Fault::new(
                    "index-value",
                    say!("the price index of {quarter} is {value}", "{quarter}的地价指数为{value}"),
                    say!("write a positive number", "请填写正数"),
                ));
            }
            if values.insert(quarter, value).is_some() {
                faults.push(Fault::new(
                    "index-twice",
                    say!("the price index has two values for {quarter}", "{quarter}有两个地价指数"),
                    say!("keep one of them", "请只保留一个"),
                ));
            }
        }
        let at_base = values.get(&base).copied();
        if at_base.is_none() {
            faults.push(missing(base));
        }
        match (Fault::of_all(faults), at_base) {
            (None, Some(at_base)) => Ok(DateIndex { base, at_base, values }),
            (fault, _) => Err(fault.unwrap_or_else(|| missing(base))),
        }
    }

    /// The quarter prices are brought to.
    pub fn base(&self) -> Quarter {
        self.base
    }

    /// The factor of a sale on `date`. It takes the day, not the quarter, so that an index by months can be read between its months later.
    ///
    /// # Errors
    /// `index-quarter` naming the quarter the index lacks.
    pub fn factor(&self, date: Date) -> Outcome<f64> {
        let quarter = Quarter::of(date);
        self.values.get(&quarter).map(|value| self.at_base / value).ok_or_else(|| missing(quarter))
    }
}

fn missing(quarter: Quarter) -> Fault {
    Fault::new(
        MISSING_QUARTER,
        say!("the price index has no value for {quarter}", "地价指数缺少{quarter}的值"),
        say!(
            "add {quarter} to the index, or leave out the sales of that quarter",
            "请补充{quarter}的指数,或剔除该季度的样点"
        ),
    )
}
