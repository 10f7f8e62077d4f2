//! Text that a spreadsheet would take for a formula, or for a number it cannot hold.

use std::borrow::Cow;

/// The text as a spreadsheet may open it: what starts like a formula (`= + - @`, tab, carriage return) gets a leading `'`.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Whether a spreadsheet may take the text for a formula.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Whether the text is a number of more digits than a spreadsheet keeps.
pub(super) fn is_long_number(text: &str) -> bool {
    text.len() > 15 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_would_lose_digits_are_known() {
        assert!(is_long_number("0012345678901234567890") && is_long_number("1234567890123456"));
        assert!(!["123456789012345", "05", "", "GB00011234567890123"].into_iter().any(is_long_number));
        assert_eq!((shown("=1+1").as_ref(), shown("1").as_ref()), ("'=1+1", "1"));
    }
}
