//! Numbers as people type them into text fields: `1,250.5`, `12.3万元/亩`, `1500元/㎡`.

use super::quantity::Quantity;

/// A number found in a text, and the unit that stood behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Typed {
    pub value: f64,
    /// What follows the number, trimmed; empty where nothing does.
    pub unit: String,
}

/// Reads a number with thousands separators, full-width digits and a trailing unit; `None` where the text holds none. A comma that
/// separates no thousands makes the whole text no number: `12,5` may be 12.5 or a slip of 125.
pub fn parse(text: &str) -> Option<Typed> {
    let plain: String = text.trim().chars().map(half_width).collect();
    let end = plain
        .char_indices()
        .find(|(at, c)| {
            !(c.is_ascii_digit()
                || matches!(c, '.' | ',')
                || (*at == 0 && matches!(c, '-' | '+'))
                || is_exponent(&plain, *at))
        })
        .map_or(plain.len(), |(at, _)| at);
    let value: f64 = ungrouped(&plain[..end])?.parse().ok()?;
    value.is_finite().then(|| Typed { value, unit: plain[end..].trim().to_string() })
}

/// The number of a text that is a number or a fraction: `3`, `0.5`, `1/3`, also in full-width characters; `None` where it is none.
pub fn fraction(text: &str) -> Option<f64> {
    let plain = |text: &str| parse(text).filter(|typed| typed.unit.is_empty()).map(|typed| typed.value);
    match text.split_once(['/', '/', '⁄', '∕']) {
        Some((above, below)) => {
            let (above, below) = (plain(above)?, plain(below)?);
            Some(above / below).filter(|value| value.is_finite())
        }
        None => plain(text),
    }
}

/// A number without the commas between its groups of three digits, `1,234,567.8`; `None` where a comma stands anywhere else. `0,125` has
/// no thousands.
fn ungrouped(number: &str) -> Option<String> {
    let whole = number.split(['.', 'e', 'E']).next().unwrap_or_default();
    let mut groups = whole.trim_start_matches(['-', '+']).split(',');
    let first = groups.next().unwrap_or_default();
    let (mut others, mut sound) = (0, true);
    for group in groups {
        others += 1;
        sound &= group.len() == 3;
    }
    sound &= others == 0 || (1..=3).contains(&first.len()) && !first.starts_with('0');
    (sound && !number[whole.len()..].contains(',')).then(|| number.replace(',', ""))
}

/// What one unit of `unit` is in 元/㎡, for the price units met in Chinese land tables; `None` for an unknown unit.
pub fn yuan_per_square_metre(unit: &str) -> Option<f64> {
    let plain: String = unit.chars().map(half_width).filter(|c| !c.is_whitespace() && !"()".contains(*c)).collect();
    match plain.split_once('/') {
        None => matches!(plain.as_str(), "" | "元").then_some(1.0),
        Some((money, "亩")) => Some(Quantity::Money.factor(money)? * 15.0 / 10_000.0),
        Some((money, area)) => {
            let known = |quantity: Quantity, word: &str| quantity.factor(word).filter(|_| !word.is_empty());
            Some(known(Quantity::Money, money)? / known(Quantity::Area, area)?)
        }
    }
}

/// Whether the `e` at `at` (or the sign behind it) belongs to an exponent such as `1.5e6`.
fn is_exponent(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    match bytes[at] {
        b'e' | b'E' => {
            at > 0
                && digit(at - 1)
                && (digit(at + 1) || (matches!(bytes.get(at + 1), Some(b'-' | b'+')) && digit(at + 2)))
        }
        b'-' | b'+' => at > 0 && matches!(bytes[at - 1], b'e' | b'E') && digit(at + 1),
        _ => false,
    }
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
#[path = "number_tests.rs"]
mod tests;
