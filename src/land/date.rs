//! Dates and the quarters of a price index.

use jiff::civil::Date;
use std::fmt;

/// A quarter of a year, written `2025Q4`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Quarter {
    pub year: i16,
    /// 1 to 4.
    pub quarter: i8,
}

impl Quarter {
    pub fn of(date: Date) -> Quarter {
        Quarter { year: date.year(), quarter: (date.month() - 1) / 3 + 1 }
    }

    /// Reads `2025Q4`, `2025q4` or `2025-Q4`.
    pub fn parse(text: &str) -> Option<Quarter> {
        let (year, quarter) = text.trim().split_once(['Q', 'q'])?;
        let quarter = Quarter { year: year.trim_end_matches('-').parse().ok()?, quarter: quarter.parse().ok()? };
        ((1..=4).contains(&quarter.quarter) && (1900..=2200).contains(&quarter.year)).then_some(quarter)
    }
}

impl fmt::Display for Quarter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}Q{}", self.year, self.quarter)
    }
}

/// The spellings [`parse`] reads, for messages.
pub const SPELLINGS: &str = "2024-03-05, 2024/3/5, 2024.3.5, 20240305, 2024年3月5日";

/// Reads a date as tables write it ([`SPELLINGS`]), with a time behind it or not.
pub fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    let numbers: Vec<&str> = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, month, day) = match numbers.as_slice() {
        [packed, ..] if packed.len() == 8 => (packed.get(..4)?, packed.get(4..6)?, packed.get(6..)?),
        [year, month, day, ..] if year.len() == 4 => (*year, *month, *day),
        _ => return None,
    };
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
