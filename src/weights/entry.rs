//! A judgement as it is written: a number, or a fraction such as `1/3`.

pub use crate::land::number::fraction as parse;

/// Whether a spreadsheet has made a date of what was typed, as it does of `1/3`.
pub fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut digits =
        |count: usize| parts.next().is_some_and(|part| part.len() == count && part.bytes().all(|b| b.is_ascii_digit()));
    digits(4) && digits(2) && digits(2) && parts.next().is_none()
}

/// A judgement for people: the reciprocal of a whole number as a fraction, others with at most four decimals.
pub fn shown(value: f64) -> String {
    let whole = value.recip().round();
    if value > 0.0 && value < 1.0 && whole < 1e6 && (value * whole - 1.0).abs() < 1e-9 {
        return format!("1/{whole}");
    }
    let text = format!("{value:.4}");
    text.trim_end_matches('0').trim_end_matches('.').to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_fractions_are_read_and_nothing_else() {
        assert_eq!(parse("1/3"), Some(1.0 / 3.0));
        assert_eq!(parse(" 1 / 7 "), Some(1.0 / 7.0));
        assert_eq!(parse("1/5"), Some(0.2));
        assert_eq!((parse("3"), parse("0.25")), (Some(3.0), Some(0.25)));
        for text in ["", "a", "1/0", "1/2/3", "3元", "1/", "/3", "nan"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn reciprocals_are_shown_as_fractions() {
        assert_eq!((shown(1.0 / 3.0), shown(3.0), shown(0.4231)), ("1/3".into(), "3".into(), "0.4231".into()));
        assert_eq!((shown(2.884_499), shown(1.0), shown(0.0)), ("2.8845".into(), "1".into(), "0".into()));
    }

    #[test]
    fn a_date_is_seen_as_what_became_of_a_fraction() {
        assert!(is_date("2025-01-03") && !is_date("1/3") && !is_date("0.3333") && !is_date("2025-01-03T10:00:00"));
    }
}
