//! Any package held against the rules: files, layers, topology, attributes, each rule with its code.

mod attributes;
mod between;
mod border;
mod coverage;
mod dates;
mod files;
mod form;
mod graded;
pub mod pages;
mod prices;
mod read;
mod streets;
mod topology;

use super::Code;
use super::rules::{Rules, Severity};
use crate::land::progress::Watch;
use crate::land::{Fault, Lang, Outcome, Text};
use crate::say;
use crate::space::Point;
use read::Rows;
use std::path::{Path, PathBuf};

/// What is checked and how.
pub struct Options<'a> {
    pub rules: &'a Rules,
    /// Other packages of the same rules, across the border.
    pub neighbours: &'a [PathBuf],
    /// Where the files are.
    pub folder: &'a Path,
    /// What the folder is, or will be, called.
    pub named: &'a Path,
    /// Whether the manifest is still to be made.
    pub unlisted: bool,
}

/// One thing that breaks a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// From the package's folder; empty where the whole is meant.
    pub file: String,
    /// The row, or the row and the field; empty where the file is meant.
    pub row: String,
    pub place: Option<Point>,
    /// With the figure and its limit.
    pub what: Text,
}

/// What a rule came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub code: Code,
    pub severity: Severity,
    /// Why it could not be asked.
    pub not_applicable: Option<Text>,
    pub items: Vec<Item>,
}

/// What the check found.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The package's name.
    pub name: String,
    /// The rule file's title.
    pub rules: String,
    pub rules_sha256: String,
    /// In the order of [`Code::ALL`].
    pub judged: Vec<Judged>,
    /// Each layer and table that was read, with its rows.
    pub read: Vec<(String, usize)>,
    /// Files that are asked where they apply (`need = "C"`) and are not there: whether they apply no package tells.
    pub absent: Vec<String>,
}

/// What a rule gives: what breaks it, or why it cannot be asked.
type Found = Result<Vec<Item>, Text>;

impl Item {
    fn of(file: impl Into<String>, what: Text) -> Item {
        Item { file: file.into(), row: String::new(), place: None, what }
    }

    /// Says in which row, as [`Rows::label`] calls it.
    fn in_row(mut self, label: usize) -> Item {
        self.row = label.to_string();
        self
    }

    fn at(mut self, place: Option<Point>) -> Item {
        self.place = place;
        self
    }

    /// One line: file, row, place, what.
    pub fn line(&self, lang: Lang) -> String {
        let mut parts = vec![self.file.clone()];
        if !self.row.is_empty() {
            let row = &self.row;
            parts.push(say!("row {row}", "第 {row} 行").in_lang(lang).to_string());
        }
        if let Some(Point { x, y }) = self.place {
            parts.push(format!("({x:.3}, {y:.3})"));
        }
        parts.retain(|part| !part.is_empty());
        let place = if parts.is_empty() { String::new() } else { format!("{}: ", parts.join(" ")) };
        format!("{place}{}", self.what.in_lang(lang))
    }
}

impl Judged {
    /// The word in files: `off`, `not-applicable`, `passed`, `breached`.
    pub fn word(&self) -> &'static str {
        match () {
            () if self.severity == Severity::Off => "off",
            () if self.not_applicable.is_some() => "not-applicable",
            () if self.items.is_empty() => "passed",
            () => "breached",
        }
    }

    pub fn title(&self) -> Text {
        match self.word() {
            "off" => say!("off", "停用"),
            "not-applicable" => say!("not applicable", "不适用"),
            "passed" => say!("passed", "通过"),
            _ => say!("breached", "不通过"),
        }
    }
}

impl Checked {
    /// The rules of severity error that are broken.
    pub fn errors(&self) -> impl Iterator<Item = &Judged> {
        self.judged.iter().filter(|judged| judged.severity == Severity::Error && !judged.items.is_empty())
    }

    pub fn passes(&self) -> bool {
        self.errors().next().is_none()
    }

    /// # Errors
    /// `package-not-passed` with the codes and the first thing of each.
    pub fn demand(&self) -> Outcome<()> {
        if self.passes() {
            return Ok(());
        }
        let codes = self.errors().map(|judged| judged.code.name()).collect::<Vec<_>>().join(", ");
        let list = |lang| {
            let line = |judged: &Judged| {
                let more =
                    if judged.items.len() > 1 { format!(" (+{})", judged.items.len() - 1) } else { String::new() };
                format!("\n  {} {}{more}", judged.code.name(), judged.items[0].line(lang))
            };
            self.errors().map(line).collect::<String>()
        };
        let (en, zh) = (list(Lang::En), list(Lang::Zh));
        Err(Fault::new(
            "package-not-passed",
            say!("the package breaks {codes}{en}", "成果包不符合 {codes}{zh}"),
            say!(
                "mend the release or hand in what is missing with --given; --incomplete keeps the package with its report",
                "请更正成果,或用 --given 补齐缺少的文件;--incomplete 可保留未通过的成果包及检查报告"
            ),
        ))
    }
}

/// Checks a package.
///
/// # Errors
/// `io` where the folder cannot be listed; `cancelled`. Whatever else is wrong is something found.
pub fn check(options: &Options<'_>, watch: &dyn Watch) -> Outcome<Checked> {
    let rules = options.rules;
    watch.begin(&say!("checking the package", "检查成果包"), 4);
    let package = read::package(options)?;
    watch.advance(1);
    let mut judged = Vec::new();
    for code in Code::ALL {
        let severity = rules.severity_of(code);
        let found = match severity {
            Severity::Off => Ok(Vec::new()),
            _ => found(code, &package, options)?,
        };
        let (items, not_applicable) = match found {
            Ok(items) => (items, None),
            Err(why) => (Vec::new(), Some(why)),
        };
        judged.push(Judged { code, severity, not_applicable, items });
        if matches!(code, Code::L7 | Code::T9 | Code::A10) {
            watch.advance(1);
        }
    }
    let layers = package.layers.iter().map(|layer| (layer.path.clone(), layer.rows()));
    let tables = package.tables.iter().map(|table| (table.path.clone(), table.rows()));
    Ok(Checked {
        name: package.name.clone(),
        rules: rules.title.clone(),
        rules_sha256: rules.digest.clone(),
        judged,
        read: layers.chain(tables).collect(),
        absent: files::absent_where_they_apply(&package),
    })
}

fn found(code: Code, package: &read::Package<'_>, options: &Options<'_>) -> Outcome<Found> {
    use Code::{A1, A2, A3, A4, A5, A6, A8, A9, L2, L3, L4, L5, L7, T1, T2, T3, T4, T5, T6, T7, T8, T9};
    let can_be_asked = match code {
        L2 | L3 | L4 | L5 | L7 | A1 | A2 | A4 | A5 | A6 | A8 | A9 => package.some(),
        T1 | T2 | T6 | T9 | A3 => package.placed(),
        T3 | T4 | T5 | T7 | T8 => package.grounded(),
        _ => Ok(()),
    };
    if let Err(why) = can_be_asked {
        return Ok(Err(why));
    }
    Ok(match code {
        Code::F1 => files::missing(package),
        Code::F2 => files::unknown(package),
        Code::F3 => files::listed(package, options)?,
        Code::F4 => files::named(package),
        Code::F5 => files::metadata(package),
        Code::L1 => Ok(package.unread.clone()),
        Code::L2 => form::missing(package),
        Code::L3 => form::types(package),
        Code::L4 => form::unknown(package),
        Code::L5 => form::systems(package),
        Code::L6 => form::encodings(package),
        Code::L7 => form::geometries(package),
        Code::T1 => topology::valid(package),
        Code::T2 => topology::overlaps(package)?,
        Code::T3 => coverage::gaps(package)?,
        Code::T4 => coverage::outside(package)?,
        Code::T5 => border::neighbours(package, options)?,
        Code::T6 => topology::parts(package),
        Code::T7 => streets::streets(package),
        Code::T8 => topology::points(package),
        Code::T9 => border::placed(package)?,
        Code::A1 => attributes::codes(package),
        Code::A2 => attributes::unique(package),
        Code::A3 => attributes::areas(package),
        Code::A4 => attributes::ground(package),
        Code::A5 => attributes::mu(package),
        Code::A6 => prices::one(package),
        Code::A7 => dates::one(package),
        Code::A8 => prices::order(package),
        Code::A9 => attributes::filled(package),
        Code::A10 => prices::printed(package),
    })
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;

#[cfg(test)]
mod ground_tests;
#[cfg(test)]
mod town_tests;
