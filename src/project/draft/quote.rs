//! Text from data inside a TOML file: as quoted strings, and in comments.

/// A TOML string.
pub(super) fn quoted(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}

/// A text that cannot leave its comment: one line, of moderate length.
pub(super) fn comment(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(120).collect()
}

/// As [`comment`], for a fault in both languages.
pub(super) fn note(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect()
}
