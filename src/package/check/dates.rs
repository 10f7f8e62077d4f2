//! A7: one base date everywhere.

use super::files::{is_of_its_kind, of_rule};
use super::read::Package;
use super::{Found, Item};
use crate::land::date;
use crate::package::rules::Source;
use crate::say;
use encoding_rs::{Encoding, GB18030};
use jiff::civil::Date;
use std::io::Read;
use std::path::Path;

pub(super) fn one(package: &Package<'_>) -> Found {
    let stated = package.metadata.get("base_date").and_then(|text| date::parse(text));
    let first = package.all().find_map(|own| {
        own.field(Source::BaseDate)?;
        (0..own.rows()).find_map(|row| date::parse(&own.text(Source::BaseDate, row)))
    });
    let Some(wanted) = stated.or(first) else {
        return Err(say!("no base date is stated anywhere", "各处均未说明估价期日"));
    };
    let mut items = Vec::new();
    for own in package.all().filter(|own| own.field(Source::BaseDate).is_some()) {
        for row in 0..own.rows() {
            let text = own.text(Source::BaseDate, row);
            if !text.is_empty() && date::parse(&text) != Some(wanted) {
                items.push(
                    Item::of(own.path(), say!("{text}, elsewhere {wanted}", "{text},其他为 {wanted}"))
                        .in_row(own.label(row)),
                );
            }
        }
    }
    for own in package.rules.files_of(&package.names).into_iter().filter(|own| own.rule.states_base_date) {
        for file in of_rule(package, own.rule, &own.path) {
            let what = match read(&package.folder.join(file)) {
                Text::OfNoKind => continue,
                // That is told of the file itself.
                Text::Broken if !is_of_its_kind(&package.folder.join(file)) => continue,
                Text::Broken => say!("it cannot be read", "无法读取该文档"),
                Text::Plain(text) => match stated_in(&text) {
                    Some(other) if other != wanted => {
                        say!(
                            "it states the base date {other}, elsewhere {wanted}",
                            "文中估价期日为 {other},其他为 {wanted}"
                        )
                    }
                    Some(_) => continue,
                    None if spelled(wanted).iter().any(|day| text.contains(day.as_str())) => continue,
                    None => say!("the base date {wanted} does not stand in it", "文中没有估价期日 {wanted}"),
                },
            };
            items.push(Item::of(file, what));
        }
    }
    Ok(items)
}

/// The day a text calls its base date; of several the first.
fn stated_in(text: &str) -> Option<Date> {
    const CALLED: [&str; 5] = ["估价期日", "估价基准日", "基准期日", "评估基准日", "basedate"];
    let lower = text.to_lowercase();
    let ends = CALLED.iter().flat_map(|word| lower.match_indices(word).map(move |(at, word)| at + word.len()));
    let mut ends: Vec<usize> = ends.collect();
    ends.sort_unstable();
    ends.into_iter().find_map(|end| {
        let behind = lower[end..].trim_start_matches([':', '\u{ff1a}', '为', '是', ',', '\u{ff0c}', '(', '\u{ff08}']);
        let behind: Vec<char> = behind.chars().take(11).collect();
        (8..=behind.len()).rev().find_map(|count| date::parse(&behind[..count].iter().collect::<String>()))
    })
}

/// As documents write a day.
fn spelled(day: Date) -> [String; 5] {
    let (year, month, day_of) = (day.year(), day.month(), day.day());
    [
        day.to_string(),
        format!("{year}年{month}月{day_of}日"),
        format!("{year}年{month:02}月{day_of:02}日"),
        format!("{year}.{month}.{day_of}"),
        format!("{year}/{month}/{day_of}"),
    ]
}

/// What a document says.
enum Text {
    /// Without its markup and blanks.
    Plain(String),
    Broken,
    /// Its kind is not read: PDF, pictures.
    OfNoKind,
}

fn read(path: &Path) -> Text {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let text = match ending.as_str() {
        "html" | "htm" | "md" | "txt" => std::fs::read(path).ok().and_then(|bytes| decoded(&bytes)),
        "docx" => of_word(path),
        _ => return Text::OfNoKind,
    };
    let Some(text) = text else { return Text::Broken };
    let mut plain = String::with_capacity(text.len());
    let mut inside = false;
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside && !c.is_whitespace() => plain.push(c),
            _ => {}
        }
    }
    Text::Plain(plain)
}

/// A text in UTF-8, in UTF-16 with its mark, or in GBK (GB 18030).
fn decoded(bytes: &[u8]) -> Option<String> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, _, broken) = encoding.decode(bytes);
        return (!broken).then(|| text.into_owned());
    }
    String::from_utf8(bytes.to_vec()).ok().or_else(|| {
        let (text, _, broken) = GB18030.decode(bytes);
        (!broken).then(|| text.into_owned())
    })
}

fn of_word(path: &Path) -> Option<String> {
    let mut archive = zip::ZipArchive::new(std::fs::File::open(path).ok()?).ok()?;
    let mut text = String::new();
    archive.by_name("word/document.xml").ok()?.take(LONGEST).read_to_string(&mut text).ok()?;
    Some(without_deleted(&text))
}

/// The text without what tracked changes took out.
fn without_deleted(text: &str) -> String {
    let (mut kept, mut rest) = (String::with_capacity(text.len()), text);
    let starts = |rest: &str| {
        let at = |mark: &str| rest.find(mark);
        [at("<w:del "), at("<w:del>")].into_iter().flatten().min()
    };
    while let Some(start) = starts(rest) {
        kept.push_str(&rest[..start]);
        rest = rest[start..].split_once("</w:del>").map_or("", |(_, behind)| behind);
    }
    kept + rest
}

/// Bytes of a document's text that are read.
const LONGEST: u64 = 1 << 28;
