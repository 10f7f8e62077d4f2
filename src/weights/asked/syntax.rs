//! The keys of a weights file in TOML, and what is said of one that cannot be read.

use super::Method;
use crate::land::{Fault, Outcome, Text, written};
use crate::say;
use crate::weights::entry;
use serde::Deserialize;
use serde::de::{self, Deserializer, Visitor};
use std::fmt;
use std::path::Path;

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    pub(super) method: Option<String>,
    pub(super) factors: Option<Vec<String>>,
    pub(super) matrix: Option<Vec<Vec<Entry>>>,
    pub(super) solver: Option<String>,
    pub(super) random_index: Option<String>,
    pub(super) accept_inconsistent: Option<String>,
    pub(super) groups: Option<Vec<FileGroup>>,
    #[serde(rename = "virtual")]
    pub(super) with_virtual: Option<bool>,
    pub(super) rounds: Option<Vec<FileRound>>,
    pub(super) significance: Option<f64>,
    pub(super) cv_limit: Option<f64>,
    pub(super) round_change: Option<f64>,
    pub(super) normalise: Option<bool>,
}

/// The sub-factors of a factor.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileGroup {
    pub(super) parent: String,
    pub(super) factors: Vec<String>,
    pub(super) matrix: Vec<Vec<Entry>>,
    pub(super) accept_inconsistent: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum FileRound {
    Table(String),
    Scores(FileScores),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileScores {
    pub(super) scores: Vec<Vec<f64>>,
    pub(super) experts: Option<Vec<String>>,
}

/// A number, or a fraction as text; an empty text is a blank.
pub(super) struct Entry(pub(super) Option<f64>);

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Entry, D::Error> {
        struct Reader;
        impl Visitor<'_> for Reader {
            type Value = Entry;
            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number or a fraction such as \"1/3\"")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Entry, E> {
                Ok(Entry(Some(value as f64)))
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Entry, E> {
                Ok(Entry(Some(value)))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Entry, E> {
                if text.trim().is_empty() {
                    return Ok(Entry(None));
                }
                let value = entry::parse(text).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))?;
                Ok(Entry(Some(value)))
            }
        }
        from.deserialize_any(Reader)
    }
}

/// Reads the keys.
///
/// # Errors
/// `io`; `weights-syntax` with its line.
pub(super) fn read(path: &Path) -> Outcome<File> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::io(say!("the weights file cannot be read", "无法读取权重文件"), path, &error))?;
    let see = say!("docs/methods/weights.md shows every key", "所有键见 docs/methods/weights.md");
    written::parse_with(&text, "weights-syntax", see, own).map_err(|fault| fault.within(path))
}

fn own(said: &str) -> Option<(Text, Text)> {
    if said.contains("untagged enum FileRound") {
        let what = say!("this round is not understood", "无法理解此轮的写法");
        let help = say!(
            "write the path of a table, or {{ scores = [[40, 60], [50, 50]] }}",
            "请写表格的路径,或 {{ scores = [[40, 60], [50, 50]] }}"
        );
        return Some((what, help));
    }
    if !said.contains("a fraction such as") {
        return None;
    }
    let found = said.split_once(": ").and_then(|(_, rest)| rest.split_once(", expected"));
    let found = found.map_or(said, |(found, _)| found);
    let found = found.split_once(' ').map_or(found, |(_, value)| value.trim_matches('`'));
    let what = say!("{found} is no number and no fraction", "{found} 不是数字或分数");
    Some((what, say!("write 3, 0.5 or \"1/3\"", "请写 3、0.5 或 \"1/3\"")))
}

/// Keys that belong to another method than the one chosen.
pub(super) fn stray(file: &File, method: Method) -> Outcome<()> {
    let given = [
        ("matrix", file.matrix.is_some(), &[Method::Ahp, Method::Pairwise][..]),
        ("solver", file.solver.is_some(), &[Method::Ahp]),
        ("random_index", file.random_index.is_some(), &[Method::Ahp]),
        ("accept_inconsistent", file.accept_inconsistent.is_some(), &[Method::Ahp]),
        ("groups", file.groups.is_some(), &[Method::Ahp]),
        ("virtual", file.with_virtual.is_some(), &[Method::Pairwise]),
        ("rounds", file.rounds.is_some(), &[Method::Delphi]),
        ("significance", file.significance.is_some(), &[Method::Delphi]),
        ("cv_limit", file.cv_limit.is_some(), &[Method::Delphi]),
        ("round_change", file.round_change.is_some(), &[Method::Delphi]),
        ("normalise", file.normalise.is_some(), &[Method::Delphi]),
    ];
    let word = method.word();
    let strays = given.into_iter().filter(|(_, given, methods)| *given && !methods.contains(&method));
    let faults = strays.map(|(key, _, methods)| {
        let of = methods.iter().map(|method| method.word()).collect::<Vec<_>>().join(", ");
        Fault::new(
            "stray-key",
            say!("`{key}` has no meaning for the method {word}", "「{key}」不用于方法 {word}"),
            say!("remove it, or choose {of}", "请删去,或改用 {of}"),
        )
    });
    Fault::of_all(faults.collect()).map_or(Ok(()), Err)
}
