//! What the TOML reader says of a project file, in words a valuer reads, in both languages.

use crate::land::Text;
use crate::say;

/// What is wrong and what to do, from the reader's message.
pub(super) fn worded(said: &str) -> (Text, Text) {
    let quoted: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
    let see = say!("see docs/project-file.md for every key", "所有键见 docs/project-file.md");
    let found = said.strip_prefix("invalid type: ").or_else(|| said.strip_prefix("invalid value: "));
    if let Some((found, wanted)) = found.and_then(|found| found.split_once(", expected ")) {
        let (found, Text { en, zh }) = (plain(found), kind(wanted));
        let what = say!("{found} stands where {en} belongs", "此处应为{zh},却写了 {found}");
        return (what, say!("write {en} here", "请在此处写{zh}"));
    }
    if let Some((_, form)) =
        said.split_once("untagged enum ").and_then(|(_, name)| FORMS.iter().find(|it| it.0 == name))
    {
        let what = say!("this value is not understood", "此处的值无法理解");
        return (what, say!("write {form}", "请写成 {form}"));
    }
    match quoted.as_slice() {
        [wrong, known @ ..] if said.starts_with("unknown field") => {
            let list = known.join(", ");
            let what = say!("unknown key `{wrong}`", "不认识的键「{wrong}」");
            let help = match nearest(wrong, known) {
                Some(near) => {
                    say!("did you mean `{near}`? The keys here are: {list}", "是否应为「{near}」?此处可用的键:{list}")
                }
                None => say!("the keys here are: {list}", "此处可用的键:{list}"),
            };
            (what, help)
        }
        [missing] if said.starts_with("missing field") => {
            let what = say!("the key `{missing}` is missing", "缺少键「{missing}」");
            (what, say!("write it; docs/project-file.md says what it means", "请补写;含义见 docs/project-file.md"))
        }
        _ => (say!("{said}", "TOML 语法有误:{said}"), see),
    }
}

/// How values are written that have several forms, by the type in `file.rs`.
const FORMS: [(&str, &str); 9] = [
    ("Weights", "{ factor = 0.6, factor2 = 0.4 } / { ahp = [\"factor\", \"factor2\"], matrix = [[1, 2], [0.5, 1]] }"),
    ("Weight", "0.4 / { weight = 0.3, factor = 0.6, factor2 = 0.4 }"),
    ("Inside", "{ factor = 0.6, factor2 = 0.4 } / { ahp = [\"factor\", \"factor2\"], matrix = [[1, 2], [0.5, 1]] }"),
    ("Breaks", "\"natural\" / { method = \"given\", limits = [20, 35, 50, 70] }"),
    ("Overlaps", "0.01 / \"none\""),
    ("LevelKey", "1 / \"主干道\""),
    ("Amount", "0.9 / \"shuiping\""),
    ("Number", "600 / \"geometric\""),
    ("Scale", "\"guimo\" / [\"xiaoshoue\", \"mianji\"]"),
];

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

/// The nearest of the known keys.
fn nearest<'a>(wrong: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = known.iter().max_by(|a, b| strsim::jaro_winkler(wrong, a).total_cmp(&strsim::jaro_winkler(wrong, b)))?;
    (strsim::jaro_winkler(wrong, near) > 0.6).then_some(*near)
}

#[cfg(test)]
#[path = "syntax_tests.rs"]
mod tests;
