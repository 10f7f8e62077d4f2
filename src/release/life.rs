//! The life of a release: draft, hearing, accepted, published, superseded, each with its date and document (docs/life.md).
//!
//! A sealed folder never changes, so its life stands beside it, in `NAME.life.json`. Every entry holds the digest of the one before, the
//! first that of the release; a change of any byte of either is found.

use super::digest::of_bytes;
use super::handed_out;
use super::manifest::State as Sealing;
use super::open::{open_head, whole};
use crate::formats::Part;
use crate::land::{Fault, Outcome, Text, date};
use crate::say;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How far a release is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// Sealed, and nothing since.
    Draft,
    /// 听证
    Hearing,
    /// 验收
    Accepted,
    /// 公布
    Published,
    /// 废止
    Superseded,
}

impl Stage {
    pub const ALL: [Stage; 5] = [Stage::Draft, Stage::Hearing, Stage::Accepted, Stage::Published, Stage::Superseded];

    pub fn key(self) -> &'static str {
        match self {
            Stage::Draft => "draft",
            Stage::Hearing => "hearing",
            Stage::Accepted => "accepted",
            Stage::Published => "published",
            Stage::Superseded => "superseded",
        }
    }

    pub fn title(self) -> Text {
        match self {
            Stage::Draft => say!("draft", "草案"),
            Stage::Hearing => say!("hearing", "听证"),
            Stage::Accepted => say!("accepted", "验收"),
            Stage::Published => say!("published", "公布"),
            Stage::Superseded => say!("superseded", "废止"),
        }
    }
}

/// Another release, by name and content digest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Other {
    pub name: String,
    pub content_digest: String,
}

/// A step of the way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub stage: Stage,
    /// `YYYY-MM-DD`.
    pub date: String,
    /// 文号
    pub document: String,
    /// Who held, accepted, published it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Of a published release: the one it takes the place of; of a superseded one: the one that took its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Other>,
    /// Of a published release: the SHA-256 of every file in the folder of published files beside it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, String>,
    /// SHA-256 of the entry before as JSON; of the first the content digest of the release.
    pub previous: String,
}

/// The way so far.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Life {
    pub release: String,
    pub content_digest: String,
    /// In order; nothing for a draft has one.
    pub entries: Vec<Entry>,
    /// SHA-256 of the last entry.
    pub check: String,
}

/// What is added.
#[derive(Clone, Debug)]
pub struct Step {
    pub stage: Stage,
    pub date: Date,
    pub document: String,
    pub by: String,
    pub note: String,
    /// The folder of the release that is superseded.
    pub supersedes: Option<PathBuf>,
}

impl Entry {
    fn digest(&self) -> String {
        of_bytes(serde_json::to_string(self).unwrap_or_default())
    }
}

impl Life {
    /// Reads the life of the release in a folder; `None` where nothing has been noted yet.
    ///
    /// # Errors
    /// `damaged-life` where it is not as it was written, or is of another release; what opening the release says.
    pub fn read(folder: &Path) -> Outcome<Option<Life>> {
        let cover = open_head(folder)?;
        let path = path(folder, &cover.manifest.name);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Fault::io(say!("cannot read the file", "无法读取文件"), &path, &error)),
        };
        let life: Life = serde_json::from_str(&text).map_err(|_| damaged(&path))?;
        let whole = life.release == cover.manifest.name
            && life.content_digest == cover.seal.content_digest
            && life.is_chained()
            // Spaces and the like are bytes too.
            && life.text() == text;
        if whole { Ok(Some(life)) } else { Err(damaged(&path)) }
    }

    fn is_chained(&self) -> bool {
        let mut previous = self.content_digest.clone();
        let linked = self.entries.iter().all(|entry| {
            let fits = entry.previous == previous && date::parse(&entry.date).is_some();
            previous = entry.digest();
            fits
        });
        linked && self.check == previous && self.entries.windows(2).all(|pair| pair[0].stage < pair[1].stage)
    }

    fn text(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// Where the release is.
    pub fn stage(&self) -> Stage {
        self.entries.last().map_or(Stage::Draft, |entry| entry.stage)
    }

    pub fn entry(&self, stage: Stage) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.stage == stage)
    }

    fn with(mut self, mut entry: Entry) -> Life {
        entry.previous = self.entries.last().map_or_else(|| self.content_digest.clone(), Entry::digest);
        self.check = entry.digest();
        self.entries.push(entry);
        self
    }
}

/// The file beside the release's folder.
pub fn path(folder: &Path, name: &str) -> PathBuf {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
    whole.with_file_name(format!("{name}.life.json"))
}

/// Notes the next step of a release. A release that supersedes another ends that one's life as well.
///
/// # Errors
/// `life-order` where it is not the next step; `life-date` before the step before or the base date; `no-document`; `not-final` where a
/// draft is to be accepted or published; `supersedes-other`, `not-superseded` where the release that is superseded is not the one the
/// project names, is not published or has no earlier base date; `damaged-life`; `io`.
pub fn note(folder: &Path, step: &Step) -> Outcome<Life> {
    let cover = whole(folder)?;
    let manifest = &cover.manifest;
    let life = Life::read(folder)?.unwrap_or_else(|| Life {
        release: manifest.name.clone(),
        content_digest: cover.seal.content_digest.clone(),
        entries: Vec::new(),
        check: String::new(),
    });
    check(folder, manifest.base_date.as_deref(), &life, step)?;
    if step.stage >= Stage::Accepted && manifest.state != Sealing::Final {
        return Err(not_final(folder));
    }
    let ended = superseded(folder, manifest, step)?;
    let other = ended.as_ref().map(|(old, ..)| old.clone());
    let mut noted = entry(step, step.stage, &step.note, other);
    if step.stage == Stage::Published {
        noted.files = handed_out::digests(&handed_out::folder(folder, &manifest.name))?;
    }
    let next = life.with(noted);
    write(&path(folder, &manifest.name), &next)?;
    if let Some((_, old_folder, old)) = ended {
        let by = Other { name: manifest.name.clone(), content_digest: cover.seal.content_digest.clone() };
        let target = path(&old_folder, &old.release);
        write(&target, &old.with(entry(step, Stage::Superseded, "", Some(by))))?;
    }
    Ok(next)
}

fn entry(step: &Step, stage: Stage, note: &str, other: Option<Other>) -> Entry {
    let Step { date, document, by, .. } = step;
    let (date, document, by) = (date.to_string(), document.trim().to_string(), by.trim().to_string());
    let note = note.trim().to_string();
    Entry { stage, date, document, by, note, other, files: BTreeMap::new(), previous: String::new() }
}

fn check(folder: &Path, base: Option<&str>, life: &Life, step: &Step) -> Outcome<()> {
    let (now, next) = (life.stage(), step.stage);
    let following = Stage::ALL.into_iter().find(|stage| *stage > now);
    if following != Some(next) || next == Stage::Superseded {
        let (Text { en: now, zh: now_zh }, Text { en: next, zh: next_zh }) = (now.title(), next.title());
        return Err(Fault::new(
            "life-order",
            say!("the release is {now}; {next} is not its next step", "成果目前为{now_zh},下一步不是{next_zh}"),
            say!(
                "the steps are hearing, accepted, published; a release is superseded by publishing another with --supersedes",
                "各步依次为听证、验收、公布;公布另一期并用 --supersedes 指明后,原成果即废止"
            ),
        )
        .at(folder.display()));
    }
    let before = life.entries.last().map(|entry| entry.date.as_str()).or(base);
    if let Some(before) = before.filter(|before| step.date.to_string().as_str() < *before) {
        let date = step.date;
        return Err(Fault::new(
            "life-date",
            say!("{date} lies before {before}", "{date} 早于 {before}"),
            say!(
                "steps follow one another, the first not before the base date",
                "各步日期须依次后推,首步不早于估价期日"
            ),
        )
        .at(folder.display()));
    }
    if step.document.trim().is_empty() {
        return Err(Fault::new(
            "no-document",
            say!("the number of the document is missing", "缺少文号"),
            say!("give it with --document", "请用 --document 写明文号"),
        )
        .at(folder.display()));
    }
    Ok(())
}

/// The release that a step ends the life of: its name, folder and life.
fn superseded(folder: &Path, manifest: &super::Manifest, step: &Step) -> Outcome<Option<(Other, PathBuf, Life)>> {
    let refuse = |what: Text, help: Text| Err(Fault::new("not-superseded", what, help).at(folder.display()));
    let Some(old) = &step.supersedes else {
        let named = manifest.supersedes.as_deref().filter(|_| step.stage == Stage::Published);
        return match named {
            None => Ok(None),
            Some(name) => refuse(
                say!("the project says that this release supersedes {name}", "项目文件写明本成果取代 {name}"),
                say!("name its folder with --supersedes", "请用 --supersedes 指明其文件夹"),
            ),
        };
    };
    if step.stage != Stage::Published {
        return refuse(
            say!("only a published release supersedes another", "只有公布时才能取代另一期"),
            say!("leave --supersedes out", "请不写 --supersedes"),
        );
    }
    let cover = open_head(old)?;
    let name = &cover.manifest.name;
    if let Some(wanted) = manifest.supersedes.as_ref().filter(|wanted| *wanted != name) {
        return refuse(
            say!(
                "the project says that this release supersedes {wanted}, not {name}",
                "项目文件写明本成果取代 {wanted},不是 {name}"
            ),
            say!("name the folder of {wanted}", "请指明 {wanted} 的文件夹"),
        );
    }
    if cover.manifest.base_date >= manifest.base_date || cover.manifest.base_date.is_none() {
        return refuse(
            say!("the base date of {name} is not before that of this release", "{name} 的估价期日不早于本成果"),
            say!("a release supersedes an earlier one", "成果只能取代估价期日更早的成果"),
        );
    }
    let life = Life::read(old)?;
    match life.filter(|life| life.stage() == Stage::Published) {
        Some(life) if life.entries.last().is_some_and(|entry| entry.date > step.date.to_string()) => {
            let (date, published) =
                (step.date, life.entries.last().map(|entry| entry.date.clone()).unwrap_or_default());
            refuse(
                say!("{name} was published on {published}, after {date}", "{name} 于 {published} 公布,晚于 {date}"),
                say!(
                    "a release supersedes one that was published before it: check the dates",
                    "成果只能取代先于其公布的成果:请核对日期"
                ),
            )
        }
        Some(life) => {
            let other = Other { name: name.clone(), content_digest: cover.seal.content_digest };
            Ok(Some((other, old.clone(), life)))
        }
        None => refuse(
            say!("{name} is not published", "{name} 尚未公布或已废止"),
            say!("only a published release can be superseded", "只有已公布的成果才能被取代"),
        ),
    }
}

fn write(target: &Path, life: &Life) -> Outcome<()> {
    let part = Part::new(target)?;
    std::fs::write(part.path(), life.text())
        .map_err(|error| Fault::io(say!("cannot write the file", "无法写出文件"), target, &error))?;
    part.commit().map(drop)
}

fn damaged(path: &Path) -> Fault {
    Fault::new(
        "damaged-life",
        say!("the life of the release is not as it was written", "成果的生命周期记录与写入时不一致"),
        say!("take it from a copy that `landgrade verify` finds whole", "请改用经 `landgrade verify` 验证完好的副本"),
    )
    .at(path.display())
}

fn not_final(folder: &Path) -> Fault {
    Fault::new(
        "not-final",
        say!("the release was sealed as a draft", "该成果是按草案封存的"),
        say!(
            "seal it as final, which needs the gate to pass: landgrade run PROJECT --final",
            "请按定稿封存(须通过公布前检查):landgrade run 项目文件 --final"
        ),
    )
    .at(folder.display())
}

#[cfg(test)]
#[path = "life_tests.rs"]
mod tests;
