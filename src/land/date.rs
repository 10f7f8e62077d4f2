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

/// The month of a text that tells no day (2024年5月, 2024-05, 2024.5, 民国113年5月, 202405), as its middle.
pub fn month(text: &str) -> Option<Date> {
    let text = text.trim();
    let era = ["中华民国", "中華民國", "民国", "民國"].iter().find_map(|era| text.strip_prefix(era));
    let digits = digits(era.unwrap_or(text).trim());
    let (year, month, rest) = match digits.len() == 6 && is_number(&digits) {
        true => (&digits[..4], &digits[4..], ""),
        false => {
            let (year, rest) = number(&digits)?;
            let (month, rest) = number(after(rest, '年')?)?;
            (year, month, rest.strip_prefix("月份").or_else(|| rest.strip_prefix('月')).unwrap_or(rest))
        }
    };
    let told = if era.is_some() { year.len() <= 3 } else { year.len() == 4 };
    day(year, month, MIDDLE, era.is_some()).filter(|_| told && rest.trim().is_empty())
}

/// The day of a month that stands for all of it.
const MIDDLE: &str = "15";

/// A date as it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    pub date: Date,
    /// Its year counts from 1912 (民国), or its numbers are Chinese words.
    pub converted: bool,
}

/// As [`parse`], with whether another calendar or other digits were read. Nothing but a time may stand behind the day, nothing before the year.
pub fn written(text: &str) -> Option<Written> {
    let text = text.trim();
    let (text, republic) = match ["中华民国", "中華民國", "民国", "民國"].iter().find_map(|era| text.strip_prefix(era))
    {
        Some(rest) => (rest.trim(), true),
        None => (text, false),
    };
    let digits = digits(text);
    let spelled = digits != text;
    if let Some((packed, rest)) = digits.split_at_checked(8).filter(|(packed, _)| is_number(packed)) {
        let date = day(packed.get(..4)?, packed.get(4..6)?, packed.get(6..)?, republic)?;
        return is_time(rest).then_some(Written { date, converted: republic || spelled });
    }
    // 1130305: three digits of a year of the Republic.
    if let Some((packed, rest)) = digits.split_at_checked(7).filter(|(packed, _)| is_number(packed)) {
        let date = day(packed.get(..3)?, packed.get(3..5)?, packed.get(5..)?, true)?;
        return is_time(rest).then_some(Written { date, converted: true });
    }
    let (year, rest) = number(&digits)?;
    let (month, rest) = number(after(rest, '年')?)?;
    let (own, rest) = number(after(rest, '月')?)?;
    // 113/3/5: the years of the Republic have two or three digits; two alone could be any century's.
    let republic = match year.len() {
        4 => republic,
        3 => true,
        1 | 2 if republic => true,
        _ => return None,
    };
    let date = day(year, month, own, republic)?;
    let rest = rest.strip_prefix(['日', '号', '號']).unwrap_or(rest);
    is_time(rest).then_some(Written { date, converted: republic || spelled })
}

fn day(year: &str, month: &str, day: &str, republic: bool) -> Option<Date> {
    let year: i16 = year.parse().ok()?;
    let year = if republic { year.checked_add(1911)? } else { year };
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The digits a text begins with, and what follows.
fn number(text: &str) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (end > 0).then(|| text.split_at(end))
}

/// What follows the word or sign between two numbers, blanks beside it or not.
fn after(text: &str, word: char) -> Option<&str> {
    Some(
        text.trim_start()
            .strip_prefix([word, '-', '/', '.', '\u{2013}', '\u{ff0f}', '\u{ff0e}', '\u{ff0d}'])?
            .trim_start(),
    )
}

/// Nothing, or a time such as ` 10:30:00`, `T00:00:00Z`, `上午9时`.
fn is_time(text: &str) -> bool {
    let text = text.trim();
    let known = |c: char| c.is_ascii_digit() || c.is_whitespace() || ":.+TZ时點点分秒上下午AMPamp".contains(c);
    text.chars().all(known) && (text.is_empty() || text.chars().any(|c| c.is_ascii_digit()))
}

/// The text with Chinese numbers in digits: 二〇二四年十二月二十一日 is 2024年12月21日, 一百零八年 is 108年.
fn digits(text: &str) -> String {
    let half =
        |c: char| if ('\u{ff10}'..='\u{ff19}').contains(&c) { (b'0' + (c as u32 - 0xff10) as u8) as char } else { c };
    let letters: Vec<char> = text.chars().map(half).collect();
    let mut out = String::new();
    let mut at = 0;
    while at < letters.len() {
        let run = letters[at..].iter().take_while(|c| value(**c).is_some() || ten(**c).is_some()).count();
        match letters[at] {
            '元' if letters.get(at + 1) == Some(&'年') => out.push('1'),
            own if run == 0 => out.push(own),
            _ => out.push_str(&spoken(&letters[at..at + run])),
        }
        at += run.max(1);
    }
    out
}

/// A digit's value.
fn value(c: char) -> Option<u32> {
    match c {
        '零' | '○' | 'O' => Some(0),
        '两' => Some(2),
        _ => "〇一二三四五六七八九".chars().position(|known| known == c).map(|at| at as u32),
    }
}

/// What a word of place stands for: by how much it multiplies, and what it is alone.
fn ten(c: char) -> Option<(u32, u32)> {
    match c {
        '十' => Some((10, 10)),
        '百' => Some((100, 100)),
        // 廿 is twenty, 卅 thirty, by themselves.
        '廿' => Some((0, 20)),
        '卅' => Some((0, 30)),
        _ => None,
    }
}

/// A run of Chinese numerals: digit by digit, or by its words of place.
fn spoken(run: &[char]) -> String {
    if !run.iter().any(|c| ten(*c).is_some()) {
        return run.iter().filter_map(|c| value(*c)).map(|digit| digit.to_string()).collect();
    }
    let (mut sum, mut digit) = (0, None);
    for c in run {
        match (value(*c), ten(*c)) {
            (Some(own), _) => digit = Some(own),
            (None, Some((times, alone))) => {
                sum += digit.take().filter(|own| *own > 0 && times > 0).map_or(alone, |own| own * times);
            }
            (None, None) => {}
        }
    }
    (sum + digit.unwrap_or(0)).to_string()
}

#[cfg(test)]
#[path = "date_tests.rs"]
mod tests;
