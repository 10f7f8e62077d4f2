//! Names of sheets as Excel takes them.

use std::collections::BTreeSet;

/// The most UTF-16 units of a name.
const LONGEST: usize = 31;

/// A name for a sheet that Excel takes and no earlier sheet has: forbidden characters become `_`, long names are cut, twins numbered.
pub(super) fn sheet_name(title: &str, part: usize, taken: &mut BTreeSet<String>) -> String {
    let clean: String = title
        .chars()
        .map(|c| if c.is_control() || matches!(c, '*' | '?' | ':' | '[' | ']' | '\\' | '/') { '_' } else { c })
        .collect();
    let clean = clean.trim().trim_matches('\'');
    // Excel keeps "History" for itself.
    let clean = match clean {
        "" => "Sheet",
        name if name.eq_ignore_ascii_case("history") => "History_",
        name => name,
    };
    let mut number = part;
    loop {
        let tail = if number == 0 { String::new() } else { format!(" ({})", number + 1) };
        let name = format!("{}{tail}", cut(clean, LONGEST - tail.len()).trim_end_matches('\''));
        if taken.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

/// The text's start, at most `most` UTF-16 units.
pub(super) fn cut(text: &str, most: usize) -> &str {
    let mut units = 0;
    for (at, character) in text.char_indices() {
        units += character.len_utf16();
        if units > most {
            return &text[..at];
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_clean_short_and_their_own() {
        let mut taken = BTreeSet::new();
        let mut name = |title: &str, part| sheet_name(title, part, &mut taken);
        assert_eq!(name("商服/地价: [2024]", 0), "商服_地价_ _2024_");
        assert_eq!(name("'quoted'", 0), "quoted");
        assert_eq!(name("", 0), "Sheet");
        assert_eq!(name("Prices", 0), "Prices");
        assert_eq!(name("prices", 0), "prices (2)");
        assert_eq!(
            name("Prices", 1),
            "Prices (3)",
            "the second part of a table keeps away from an earlier sheet's name"
        );
        assert_eq!(name("history", 0), "History_");
        assert_eq!(name(&"价".repeat(40), 0), "价".repeat(31));
        assert_eq!(name(&"价".repeat(40), 0), format!("{} (2)", "价".repeat(27)));
        assert_eq!(name(&"😀".repeat(20), 0), "😀".repeat(15));
    }
}
