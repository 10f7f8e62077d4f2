//! Which encoding a shapefile's text is in: what the user says, else the .cpg, else the language byte, else what the bytes tell. Whatever
//! is stated is held against every byte of the table, so that a wrong statement becomes a finding and not a wrong name.

pub use super::charset::{Language, Whole, decode, gdal_name, of_language_byte, of_name};

use super::charset::is_single_byte;
use super::dbf::{self, Dbf, RawText, sibling};
use super::finding::{Code, Finding, Policies};
use super::guess::{self, Guess};
use crate::land::{Fault, Outcome, Text};
use crate::say;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use std::path::Path;

/// What an encoding was chosen by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    User,
    Cpg,
    LanguageByte,
    /// The bytes themselves, with samples as evidence.
    Detected,
    /// Nothing but ASCII: every encoding reads it alike.
    Plain,
}

impl Why {
    fn title(self) -> Text {
        match self {
            Why::User => say!("the option", "用户指定"),
            Why::Cpg => say!("the .cpg file", ".cpg 文件"),
            Why::LanguageByte => say!("the language byte", "DBF 语言字节"),
            Why::Detected => say!("detection", "检测"),
            Why::Plain => say!("plain ASCII", "纯 ASCII"),
        }
    }
}

/// The encoding to read with.
#[derive(Clone, Debug)]
pub struct Decision {
    pub encoding: &'static Encoding,
    pub why: Why,
    /// Some texts as they read, for a person to judge.
    pub evidence: Vec<String>,
    /// Texts beyond ASCII, field names among them.
    pub texts: usize,
    /// Those with bytes that are no text in the encoding.
    pub undecodable: usize,
    /// Texts whose end a full field cut off inside a character.
    pub cut: usize,
}

/// How many texts the detector is fed, and how many are shown.
const FED: usize = 4096;
const SHOWN: usize = 5;

/// Decides for the table beside a .shp (or for a .dbf), and tells what contradicted.
///
/// # Errors
/// `missing-dbf` where there is none, `unknown-encoding` for a name the user gave, `io`, `broken-dbf`, `cut-short`, `cancelled`.
pub fn of_shapefile(
    path: &Path,
    user: Option<&str>,
    layer: &str,
    policies: &Policies,
) -> Outcome<(Decision, Vec<Finding>)> {
    let table = sibling(path, "dbf").ok_or_else(|| {
        Fault::new(
            "missing-dbf",
            say!("the shapefile has no .dbf, so its features have no attributes", "shapefile 缺少 .dbf,要素没有属性"),
            say!("copy the .dbf of the same name beside the .shp", "请把同名的 .dbf 放在 .shp 旁边"),
        )
        .at(path.display())
    })?;
    let dbf = Dbf::open(&table)?;
    // A lone .dbf has neither.
    for ending in ["shp", "shx"] {
        sibling(path, ending).map_or(Ok(()), |path| dbf::check_length(&path))?;
    }
    let cpg = sibling(path, "cpg").and_then(|cpg| std::fs::read(cpg).ok());
    let cpg = cpg.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_string()).filter(|name| !name.is_empty());
    decide(&dbf, user, cpg.as_deref(), layer, policies)
}

/// The encoding a user names.
///
/// # Errors
/// `unknown-encoding`.
pub fn by_user(name: &str) -> Outcome<&'static Encoding> {
    of_name(name).ok_or_else(|| {
        Fault::new(
            "unknown-encoding",
            say!("\"{name}\" is no encoding", "没有名为「{name}」的编码"),
            say!("write GBK, UTF-8, Big5 or the like", "请写 GBK、UTF-8、Big5 等"),
        )
    })
}

fn decide(
    dbf: &Dbf,
    user: Option<&str>,
    cpg: Option<&str>,
    layer: &str,
    policies: &Policies,
) -> Outcome<(Decision, Vec<Finding>)> {
    let mut findings = Vec::new();
    let note = |code: Code, text: Text| Finding::new(policies, code, layer, text);
    let mut stated: Vec<(Why, &'static Encoding)> = Vec::new();
    if let Some(name) = user {
        stated.push((Why::User, by_user(name)?));
    }
    let mut unread = Vec::new();
    match cpg.map(|name| (name, of_name(name))) {
        Some((_, Some(encoding))) => stated.push((Why::Cpg, encoding)),
        Some((name, None)) => unread.push(name.chars().take(40).collect::<String>()),
        None => {}
    }
    match of_language_byte(dbf.language) {
        Language::Known(encoding) => stated.push((Why::LanguageByte, encoding)),
        Language::Unknown(page) => unread.push(format!("cp{page}")),
        Language::Silent => {}
    }
    let Some(fed) = feed(dbf)? else {
        let (why, encoding) = stated.first().copied().unwrap_or((Why::Plain, UTF_8));
        return Ok((Decision { encoding, why, evidence: Vec::new(), texts: 0, undecodable: 0, cut: 0 }, findings));
    };
    for name in unread {
        findings.push(note(
            Code::EncodingDetected,
            say!("the encoding stated, {name}, is not known here", "所述编码 {name} 无法识别"),
        ));
    }
    stated.push((Why::Detected, fed.guess.encoding));
    let mut best: Option<(Decision, Option<String>)> = None;
    for (why, encoding) in stated {
        if best.as_ref().is_some_and(|(decision, _)| decision.encoding == encoding) {
            continue;
        }
        if why != Why::Detected && why != Why::User && fed.speaks_against(encoding) {
            let Text { en, zh } = why.title();
            let (name, guess) = (encoding.name(), fed.guess.encoding.name());
            findings.push(note(
                Code::EncodingDetected,
                say!("{en} says {name}, but the text is {guess}", "{zh}为 {name},但文字实为 {guess}"),
            ));
            continue;
        }
        let (decision, bad) = try_all(dbf, why, encoding)?;
        // A page of single bytes reads anything: that it complains of nothing is no merit beside one that reads most texts.
        let better = best.as_ref().is_none_or(|(earlier, _)| {
            decision.undecodable < earlier.undecodable
                && (!is_single_byte(encoding) || 2 * earlier.undecodable > earlier.texts)
        });
        let done = better && decision.undecodable == 0;
        if better && let Some((earlier, Some(bad))) = best.replace((decision, bad)) {
            findings.push(note(Code::UndecodableText, contradiction(&earlier, &bad)));
        }
        if done {
            break;
        }
    }
    let (decision, bad) = best.expect("detection is always tried");
    if let Some(bad) = bad {
        findings.push(note(Code::UndecodableText, contradiction(&decision, &bad)));
    }
    let (name, samples) = (decision.encoding.name(), decision.evidence.join(" · "));
    if decision.why == Why::Detected {
        findings.push(note(
            Code::EncodingDetected,
            say!("the text is read as {name}: {samples}", "文字按 {name} 读取:{samples}"),
        ));
    }
    if decision.cut > 0 {
        let count = decision.cut;
        findings.push(note(
            Code::EncodingDetected,
            say!(
                "{count} texts fill their field and end inside a character; the broken end is left out",
                "{count} 处文字填满字段并在字符中间截断,已去掉残缺的末尾"
            ),
        ));
    }
    Ok((decision, findings))
}

fn contradiction(decision: &Decision, first: &str) -> Text {
    let Text { en, zh } = decision.why.title();
    let (name, count) = (decision.encoding.name(), decision.undecodable);
    say!(
        "{count} texts are no {name}, which {en} says; the first is {first}",
        "{count} 处文字不是 {name}({zh}),第一处:{first}"
    )
}

/// What the first texts tell.
struct Fed {
    guess: Guess,
    /// Different characters beyond ASCII (as far as 16), where the texts are UTF-8.
    utf8_characters: usize,
}

impl Fed {
    /// Whether the bytes are so clearly something else that a statement of `encoding`, which would read them without complaint, is wrong.
    fn speaks_against(&self, encoding: &'static Encoding) -> bool {
        let Guess { encoding: guess, overruled } = self.guess;
        // Three different characters: GBK text is UTF-8 by chance in some 2 of 1000 pairs of characters, and less with each more.
        let clearly_utf8 = guess == UTF_8 && self.utf8_characters >= 3;
        // Where the detector itself heard no Chinese, only the page that programs state without knowing is refuted.
        let several_bytes = !is_single_byte(guess) && guess != UTF_8 && (!overruled || encoding == WINDOWS_1252);
        encoding != guess && (clearly_utf8 || is_single_byte(encoding) && several_bytes)
    }
}

/// `None` where every text is ASCII.
fn feed(dbf: &Dbf) -> Outcome<Option<Fed>> {
    let (mut count, mut not_utf8) = (0, 0);
    let (mut characters, mut lines): (Vec<char>, Vec<u8>) = (Vec::new(), Vec::new());
    dbf.each_text(|text| {
        count += 1;
        // Half a character would rule its encoding out.
        lines.extend_from_slice(if text.full { guess::without_cut_end(text.bytes) } else { text.bytes });
        lines.push(b'\n');
        match decode(text.bytes, UTF_8, text.full) {
            (_, Whole::No) => not_utf8 += 1,
            (read, _) if characters.len() < 16 => {
                characters.extend(read.chars().filter(|c| !c.is_ascii()));
                characters.sort_unstable();
                characters.dedup();
            }
            _ => {}
        }
        count < FED
    })?;
    if count == 0 {
        return Ok(None);
    }
    // Text in another encoding is UTF-8 only by rare chance, so a few broken values do not make the rest something else.
    if 2 * not_utf8 < count {
        let guess = Guess { encoding: UTF_8, overruled: false };
        return Ok(Some(Fed { guess, utf8_characters: characters.len() }));
    }
    Ok(Some(Fed { guess: guess::of_lines(&lines), utf8_characters: 0 }))
}

/// Reads every text with an encoding; tells of the first that is none.
fn try_all(dbf: &Dbf, why: Why, encoding: &'static Encoding) -> Outcome<(Decision, Option<String>)> {
    let mut decision = Decision { encoding, why, evidence: Vec::new(), texts: 0, undecodable: 0, cut: 0 };
    let mut first = None;
    dbf.each_text(|text| {
        decision.texts += 1;
        let (read, whole) = decode(text.bytes, encoding, text.full);
        match whole {
            Whole::Yes => {}
            Whole::Cut => decision.cut += 1,
            Whole::No => {
                decision.undecodable += 1;
                first.get_or_insert_with(|| told(dbf, text));
            }
        }
        if decision.evidence.len() < SHOWN && !decision.evidence.iter().any(|seen| *seen == *read) {
            decision.evidence.push(read.into_owned());
        }
        true
    })?;
    Ok((decision, first))
}

/// Where a text stands and the bytes it begins with.
fn told(dbf: &Dbf, text: RawText<'_>) -> String {
    let bytes: Vec<String> = text.bytes.iter().take(12).map(|byte| format!("{byte:02X}")).collect();
    let field = dbf.field_name(text.field).escape_ascii();
    format!("{field} #{}: {}", text.row, bytes.join(" "))
}

/// The encoding of a whole text file: a byte order mark, else UTF-8 if it is that, else what the bytes tell. `true` beside it where the
/// bytes had to be asked.
pub fn of_text(bytes: &[u8]) -> (&'static Encoding, bool) {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return (encoding, false);
    }
    if std::str::from_utf8(bytes).is_ok() {
        return (UTF_8, false);
    }
    (guess::of_lines(bytes).encoding, true)
}

#[cfg(test)]
#[path = "encoding_tests.rs"]
mod tests;
