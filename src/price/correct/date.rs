//! Date correction (期日修正): the price index at the base date over the index at the sale.

use crate::land::date::Quarter;
use crate::land::money::quotient;
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
    /// Values stand at the ends of quarters and are read between them by months.
    by_month: bool,
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
            (None, Some(at_base)) => Ok(DateIndex { base, at_base, values, by_month: false }),
            (fault, _) => Err(fault.unwrap_or_else(|| missing(base))),
        }
    }

    /// The quarter prices are brought to.
    pub fn base(&self) -> Quarter {
        self.base
    }

    /// The same index with its values at the ends of the quarters, read on straight lines between them, month by month; prices are brought
    /// to the month of `base`.
    ///
    /// # Errors
    /// `index-quarter` where the month of `base` lies outside the index.
    pub fn by_months(self, base: Date) -> Outcome<DateIndex> {
        let index = DateIndex { by_month: true, ..self };
        let at_base = index.value(base)?;
        Ok(DateIndex { at_base, ..index })
    }

    /// The factor of a sale on `date`: of its quarter, or of its month.
    ///
    /// # Errors
    /// `index-quarter` naming the quarter the index lacks.
    pub fn factor(&self, date: Date) -> Outcome<f64> {
        self.value(date).map(|value| quotient(self.at_base, value))
    }

    /// The index on a day.
    ///
    /// # Errors
    /// As [`DateIndex::factor`].
    pub fn value(&self, date: Date) -> Outcome<f64> {
        let quarter = Quarter::of(date);
        let of = |quarter: Quarter| self.values.get(&quarter).copied().ok_or_else(|| missing(quarter));
        let end = of(quarter)?;
        let months_left = quarter.quarter * 3 - date.month();
        if !self.by_month || months_left == 0 {
            return Ok(end);
        }
        let start = of(quarter.before())?;
        Ok(start + (end - start) * f64::from(3 - months_left) / 3.0)
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
