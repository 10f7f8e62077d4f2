//! Text that a spreadsheet would take for a formula.

use std::borrow::Cow;

/// The text as a spreadsheet may open it: what starts like a formula (`= + - @`, tab, carriage return) gets a leading `'`.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    if is_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// Whether a spreadsheet may take the text for a formula.
pub(super) fn is_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}
