//! TOML files that people write, read into types: what is wrong is told with its line, in words a valuer reads, in both languages.

use super::{Fault, Outcome, Text};
use crate::say;
use serde::de::DeserializeOwned;

/// What a kind of file says beyond the common, of a message of the reader.
pub type Own = fn(&str) -> Option<(Text, Text)>;

/// Reads a text; `help` says where every key is told.
///
/// # Errors
/// `code`, its place the line; an unknown key or word is answered with the nearest known one.
pub fn parse<T: DeserializeOwned>(text: &str, code: &'static str, help: Text) -> Outcome<T> {
    parse_with(text, code, help, |_| None)
}

/// As [`parse`], with words for what only this kind of file has.
pub fn parse_with<T: DeserializeOwned>(text: &str, code: &'static str, help: Text, own: Own) -> Outcome<T> {
    toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| 1 + text[..span.start].matches('\n').count());
        let said = error.message().trim();
        let (what, help) = own(said).unwrap_or_else(|| worded(said, help));
        Fault::new(code, what, help).at(line)
    })
}

/// What is wrong and what to do, from the reader's message.
fn worded(said: &str, see: Text) -> (Text, Text) {
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let found = said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: "));
    if let Some((found, wanted)) = found.and_then(|found| found.split_once(", expected ")) {
        let (found, Text { en, zh }) = (plain(found), kind(wanted));
        let what = say!("{found} stands where {en} belongs", "此处应为{zh},却写了 {found}");
        return (what, say!("write {en} here", "请在此处写{zh}"));
    }
    match quoted.as_slice() {
        [wrong, known @ ..] if said.starts_with("unknown field") => {
            let list = known.join(", ");
            let what = say!("unknown key `{wrong}`", "不认识的键「{wrong}」");
            let help = match nearest(wrong, known.iter().copied()) {
                Some(near) => {
                    say!("did you mean `{near}`? The keys here are: {list}", "是否应为「{near}」?此处可用的键:{list}")
                }
                None => say!("the keys here are: {list}", "此处可用的键:{list}"),
            };
            (what, help)
        }
        [wrong, known @ ..] if said.starts_with("unknown variant") => {
            let list = known.join(", ");
            let what = say!("unknown word `{wrong}`", "不认识的词「{wrong}」");
            let help = match nearest(wrong, known.iter().copied()) {
                Some(near) => {
                    say!("did you mean `{near}`? The words here are: {list}", "是否应为「{near}」?此处可用的词:{list}")
                }
                None => say!("the words here are: {list}", "此处可用的词:{list}"),
            };
            (what, help)
        }
        [missing] if said.starts_with("missing field") => {
            let what = say!("the key `{missing}` is missing", "缺少键「{missing}」");
            let Text { en, zh } = see;
            (what, say!("write it; {en}", "请补写;{zh}"))
        }
        _ => (say!("{said}", "TOML 语法有误:{said}"), see),
    }
}

/// A found value without the reader's word for its type: `string "six"` is `"six"`.
fn plain(found: &str) -> String {
    match found.split_once(' ') {
        Some(("string" | "integer" | "boolean", value)) => value.trim_matches('`').to_string(),
        Some(("floating", value)) => value.trim_start_matches("point ").trim_matches('`').to_string(),
        _ => found.replace("sequence", "[…]").replace("map", "{…}"),
    }
}

/// What belongs there, from the reader's word for a type.
fn kind(wanted: &str) -> Text {
    match wanted {
        "u8" | "u16" | "u32" | "u64" | "usize" => say!("a whole number, not negative", "非负整数"),
        "i8" | "i16" | "i32" | "i64" => say!("a whole number", "整数"),
        "f32" | "f64" => say!("a number", "数字"),
        "a string" => say!("a text in quotation marks", "加引号的文本"),
        "a boolean" => say!("true or false", "true 或 false"),
        "a sequence" => say!("a list in square brackets", "方括号列表"),
        _ if wanted.starts_with("struct ") || wanted == "a map" => say!("a table of keys", "由若干键组成的表"),
        _ if wanted.starts_with("an array of length ") => {
            let length = wanted.trim_start_matches("an array of length ");
            say!("a list of {length} values", "{length} 个值的列表")
        }
        _ => Text::same(wanted),
    }
}

/// The known word nearest to a misspelt one; none where no word is near.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let near = |word: &str| strsim::jaro_winkler(wrong, word);
    known.into_iter().max_by(|a, b| near(a).total_cmp(&near(b))).filter(|word| near(word) > 0.6)
}

#[cfg(test)]
#[path = "written_tests.rs"]
mod tests;
