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

/// Whether the text is a code that a spreadsheet would take for a number and show as another: leading zeros, or digits with an E between them.
pub(super) fn is_code(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let power = || text.split_once(['E', 'e']).is_some_and(|(number, power)| digits(number) && digits(power));
    digits(text) && text.len() > 1 && text.starts_with('0') || power()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_that_would_become_other_numbers_are_known() {
        assert!(is_long_number("0012345678901234567890") && is_long_number("1234567890123456"));
        assert!(!["123456789012345", "05", "", "GB00011234567890123"].into_iter().any(is_long_number));
        assert!(["0012345678901234567890", "05", "1E5", "07e10"].into_iter().all(is_code));
        assert!(
            !["123456789012345", "0", "", "GB00011234567890123", "E5", "1E", "0.5", "1E5X"].into_iter().any(is_code)
        );
        assert_eq!((shown("=1+1").as_ref(), shown("1").as_ref()), ("'=1+1", "1"));
    }
}
