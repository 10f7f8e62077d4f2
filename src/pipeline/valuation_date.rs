//! The date of valuation: how old prices are at it, and the coefficient that brings them there.

use super::appraise::{Appraiser, Asked};
use crate::land::date::Quarter;
use crate::land::money::quotient;
use crate::land::{Fault, Outcome};
use crate::price::appraise::Warning;
use crate::price::correct::DateIndex;
use crate::price::system::{Period, Reading, Row};
use crate::project::plan::IndexReading;
use crate::say;
use jiff::civil::Date;

/// Years after the base date from which a price is called old, and very old.
const OLD: [i16; 2] = [3, 6];

impl Appraiser<'_> {
    /// What is to be said of the age of the prices at a day.
    pub fn age(&self, day: Date) -> Option<Warning> {
        let base = self.base?;
        let reached =
            |years: i16| base.checked_add(jiff::Span::new().years(years)).is_ok_and(|birthday| day >= birthday);
        let years = OLD.into_iter().rev().find(|years| reached(*years))?;
        Some(Warning::OldPrice { base: base.to_string(), day: day.to_string(), years })
    }

    /// As [`Appraiser::date`], between the ends of quarters by months.
    fn by_months(&self, asked: &Asked, date: Date, base: Date) -> Outcome<Option<Reading>> {
        let set = Quarter::of(base);
        if (date.year(), date.month()) == (base.year(), base.month()) {
            return Ok(None);
        }
        let series: Vec<(Quarter, f64)> =
            self.index.iter().filter_map(|(quarter, values)| Some((*quarter, *values.get(asked.land_use)?))).collect();
        let index = DateIndex::new(set, &series)?.by_months(base)?;
        let (at, at_base) = (index.value(date)?, index.value(base)?);
        let row = Row::Index { at, period: Period::Month(date), at_base, base: Period::Month(base) };
        Ok(Some(Reading { k: quotient(at, at_base), row, clamped: false }))
    }

    /// K = I(valuation) / I(base), by quarters.
    pub(super) fn date(&self, asked: &Asked) -> Outcome<Option<Reading>> {
        let Some((date, base)) = asked.date.zip(self.base) else { return Ok(None) };
        let (own, set) = (Quarter::of(date), Quarter::of(base));
        if self.reading == IndexReading::Month {
            return self.by_months(asked, date, base);
        }
        if own == set {
            return Ok(None);
        }
        let value = |quarter: Quarter| self.index.get(&quarter).and_then(|values| values.get(asked.land_use)).copied();
        match (value(own), value(set)) {
            (Some(at), Some(at_base)) => {
                let [period, base] = [own, set].map(Period::Quarter);
                let row = Row::Index { at, period, at_base, base };
                Ok(Some(Reading { k: quotient(at, at_base), row, clamped: false }))
            }
            (found, _) => {
                let missing = if found.is_none() { own } else { set };
                Err(Fault::new(
                    "no-index",
                    say!("the price index has no value for {missing}", "地价指数缺少 {missing} 的值"),
                    say!("give a longer index with --index FILE", "请用 --index 给出更长的指数"),
                ))
            }
        }
    }
}
