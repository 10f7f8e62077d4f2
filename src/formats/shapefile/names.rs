//! Field names of at most ten bytes.

use super::encode::TextEncoding;
use std::collections::BTreeSet;

/// The bytes a DBF table has for a field's name.
const LONGEST: usize = 10;

/// One field's name in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ShortName {
    pub shown: String,
    pub bytes: Vec<u8>,
}

/// Names cut to ten bytes between characters, told apart by `_1`, `_2` … where they clash; upper and lower case clash, as readers do
/// not tell them apart.
pub(super) fn short_names<'a>(names: impl Iterator<Item = &'a str>, encoding: TextEncoding) -> Vec<ShortName> {
    let names: Vec<&str> = names.collect();
    // A name that fits whole keeps it, even when an earlier one is cut to the same.
    let whole: Vec<Option<ShortName>> =
        names.iter().map(|name| Some(cut(name, "", encoding)).filter(|short| short.shown == **name)).collect();
    let mut taken = BTreeSet::new();
    let firsts: Vec<bool> = whole
        .iter()
        .map(|short| short.as_ref().is_some_and(|short| taken.insert(short.shown.to_lowercase())))
        .collect();
    let mut shorts = Vec::with_capacity(names.len());
    for ((name, whole), first) in names.iter().zip(whole).zip(firsts) {
        let short = match whole {
            Some(whole) if first => whole,
            _ => free(name, encoding, &mut taken),
        };
        shorts.push(short);
    }
    shorts
}

fn free(name: &str, encoding: TextEncoding, taken: &mut BTreeSet<String>) -> ShortName {
    let mut tail = String::new();
    let mut number = 0;
    loop {
        let short = cut(name, &tail, encoding);
        if taken.insert(short.shown.to_lowercase()) {
            return short;
        }
        number += 1;
        tail = format!("_{number}");
    }
}

fn cut(name: &str, tail: &str, encoding: TextEncoding) -> ShortName {
    let name = if name.is_empty() { "field" } else { name };
    let mut bytes = vec![0; LONGEST - tail.len()];
    let done = encoding.put(&mut bytes, name, b'_');
    bytes.truncate(done.length);
    bytes.extend_from_slice(tail.as_bytes());
    let shown = match encoding {
        TextEncoding::Gbk => encoding_rs::GBK.decode_without_bom_handling(&bytes).0.into_owned(),
        TextEncoding::Utf8 => String::from_utf8_lossy(&bytes).into_owned(),
    };
    ShortName { shown, bytes }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(names: &[&str], encoding: TextEncoding) -> Vec<String> {
        short_names(names.iter().copied(), encoding).into_iter().map(|short| short.shown).collect()
    }

    #[test]
    fn five_chinese_characters_fit_in_gbk_and_three_in_utf_8() {
        assert_eq!(shown(&["商服用地级别价"], TextEncoding::Gbk), ["商服用地级"]);
        assert_eq!(shown(&["商服用地级别价"], TextEncoding::Utf8), ["商服用"]);
    }

    #[test]
    fn clashing_names_are_numbered_and_stay_within_ten_bytes() {
        let names = ["commercial_a", "commercial_b", "COMMERCIAL", "score", "Score", "商服用地级别", "商服用地级价"];
        let expected = ["commerci_1", "commerci_2", "COMMERCIAL", "score", "Score_1", "商服用地级", "商服用地_1"];
        assert_eq!(shown(&names, TextEncoding::Gbk), expected);
        let many: Vec<String> = (0..120).map(|at| format!("a_long_common_name_{at}")).collect();
        let shorts = short_names(many.iter().map(String::as_str), TextEncoding::Utf8);
        assert!(shorts.iter().all(|short| short.bytes.len() <= LONGEST));
        assert_eq!(shorts.iter().map(|short| &short.shown).collect::<BTreeSet<_>>().len(), 120);
    }
}
