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

    /// The one before.
    pub fn before(self) -> Quarter {
        match self.quarter {
            1 => Quarter { year: self.year - 1, quarter: 4 },
            quarter => Quarter { quarter: quarter - 1, ..self },
        }
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
pub const SPELLINGS: &str =
    "2024-03-05, 2024/3/5, 2024.3.5, 20240305, 2024年3月5日, 二〇二四年三月五日, 民国113年3月5日, 113/3/5";

/// Reads a date as tables write it ([`SPELLINGS`]), with a time behind it or not.
pub fn parse(text: &str) -> Option<Date> {
    written(text).map(|written| written.date)
}

/// A date as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub date: Date,
    /// Its year counts from 1912 (民国), or its numbers are Chinese words.
    pub converted: bool,
}

/// As [`parse`], with whether another calendar or other digits were read.
pub fn written(text: &str) -> Option<Written> {
    let text = text.trim();
    let (text, republic) = match ["民国", "民國"].iter().find_map(|era| text.strip_prefix(era)) {
        Some(rest) => (rest.trim(), true),
        None => (text, false),
    };
    let digits = digits(text);
    let spelled = digits != text;
    let numbers: Vec<&str> = digits.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let (year, month, day, republic) = match numbers.as_slice() {
        [packed, ..] if packed.len() == 8 => (packed.get(..4)?, packed.get(4..6)?, packed.get(6..)?, republic),
        [year, month, day, ..] if year.len() == 4 => (*year, *month, *day, republic),
        // 113/3/5: the years of the Republic have two or three digits; two alone could be any century's.
        [year, month, day, ..] if year.len() == 3 || republic && year.len() <= 3 => (*year, *month, *day, true),
        _ => return None,
    };
    let year: i16 = year.parse().ok()?;
    let year = if republic { year.checked_add(1911)? } else { year };
    let date = Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()?;
    Some(Written { date, converted: republic || spelled })
}

/// The text with Chinese numbers in digits: 二〇二四年十二月二十一日 is 2024年12月21日.
fn digits(text: &str) -> String {
    let half =
        |c: char| if ('\u{ff10}'..='\u{ff19}').contains(&c) { (b'0' + (c as u32 - 0xff10) as u8) as char } else { c };
    let mut out = String::new();
    let letters: Vec<char> = text.chars().map(half).collect();
    for (at, letter) in letters.iter().enumerate() {
        let value = |c: &char| "〇一二三四五六七八九".chars().position(|known| known == *c);
        let digit = |at: Option<usize>| at.and_then(|at| letters.get(at)).and_then(value).is_some();
        match letter {
            '零' | '○' | 'O' => out.push('0'),
            '元' if letters.get(at + 1) == Some(&'年') => out.push('1'),
            // A ten between digits stands for nothing, before them for a one, behind them for a nought.
            '十' => match (at > 0 && digit(at.checked_sub(1)), digit(Some(at + 1))) {
                (true, true) => {}
                (true, false) => out.push('0'),
                (false, true) => out.push('1'),
                (false, false) => out.push_str("10"),
            },
            other => match value(other) {
                Some(digit) => out.push_str(&digit.to_string()),
                None => out.push(*other),
            },
        }
    }
    out
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
