//! What lies in the supervised folder: a folder per district, in it its sealed releases and the tables beside them.

use super::beside::{self, Document, Monitored, Report, Standard, Transfer};
use super::config::{Config, DistrictConfig};
use super::lives;
use super::rules::{Province, Rules};
use crate::borders::bring::Index;
use crate::land::release_name::PUBLISHED;
use crate::land::{Fault, Outcome, Text, date};
use crate::project::index_by_use;
use crate::project::system::System;
use crate::release::manifest::{GATE, MANIFEST};
use crate::release::{Origin, Release, open, open_head};
use crate::say;
use jiff::civil::Date;
use std::path::{Path, PathBuf};

/// A district with everything at hand about it.
pub struct District {
    /// Its folder's name.
    pub folder: String,
    pub name: String,
    /// Empty where it is not known.
    pub code: String,
    /// Its first two digits, or those the whole folder is of; empty where they are not known.
    pub province_code: String,
    /// The rule of its province; `None` where the province is not known or has none.
    pub province: Option<Province>,
    pub config: DistrictConfig,
    /// By base date, the oldest first; those without one before all others; of one base date one that supersedes another behind it. Drafts
    /// only where there is nothing else.
    pub releases: Vec<Held>,
    pub system: Option<System>,
    pub index: Option<Index>,
    pub documents: Option<Vec<Document>>,
    pub standard: Option<Vec<Standard>>,
    pub monitoring: Option<Vec<Monitored>>,
    pub reports: Option<Vec<Report>>,
    pub transfers: Option<Vec<Transfer>>,
    pub required_range: Option<PathBuf>,
    /// What could not be read, and what was assumed.
    pub notes: Vec<Text>,
    /// Whether something stands there that could not be read.
    pub unread: usize,
}

/// A release of a district.
pub struct Held {
    /// From the supervised folder.
    pub place: String,
    pub name: String,
    pub title: String,
    pub base: Option<Date>,
    pub supersedes: Option<String>,
    pub origin: Origin,
    pub sealed_on: String,
    /// Made here and not sealed as final.
    pub is_draft: bool,
    /// Of the newest and the one before it alone.
    pub release: Option<Release>,
}

impl District {
    pub fn newest(&self) -> Option<&Held> {
        self.releases.last()
    }

    /// The newest release, opened.
    pub fn current(&self) -> Option<&Release> {
        self.newest()?.release.as_ref()
    }

    pub fn before(&self) -> Option<&Held> {
        before(&self.releases).map(|at| &self.releases[at])
    }

    /// The release whose prices hold on a day: the newest that is published by then, where any publication is known.
    pub fn in_force(&self, day: Date) -> Option<&Held> {
        self.releases.iter().rev().find(|held| self.published(held).is_some_and(|published| published <= day))
    }

    /// The documents of a release: those that name it, or none where it is the newest.
    pub fn documents_of<'a>(&'a self, held: &'a Held) -> impl Iterator<Item = &'a Document> {
        let newest = self.newest().is_some_and(|newest| newest.place == held.place);
        let all = self.documents.iter().flatten();
        all.filter(move |own| own.release == held.name || (own.release.is_empty() && newest))
    }

    /// When a release was published.
    pub fn published(&self, held: &Held) -> Option<Date> {
        self.documents_of(held).filter(|own| own.kind == beside::Kind::Publication).filter_map(|own| own.date).min()
    }
}

/// Reads every district, sorted by folder name; and the folders that hold no release, which are none.
///
/// # Errors
/// `missing-folder`, `no-districts`; what `supervision.toml` says. A release or table that cannot be read is told with its district.
pub fn districts(folder: &Path, config: &Config, rules: &Rules) -> Outcome<(Vec<District>, Vec<String>)> {
    if !folder.is_dir() {
        return Err(Fault::new(
            "missing-folder",
            say!("there is no such folder", "找不到该文件夹"),
            say!("give the folder that holds a folder per district", "请给出每个区县一个子文件夹的文件夹"),
        )
        .at(folder.display()));
    }
    let named: Vec<&str> = config.districts.iter().map(|own| own.folder.as_str()).collect();
    let (mut all, mut empty) = (Vec::new(), Vec::new());
    for name in folders(folder)? {
        let inside = folder.join(&name);
        let places = releases(&inside)?;
        if places.is_empty() && !named.contains(&name.as_str()) {
            empty.push(name);
            continue;
        }
        all.push(district(folder, &name, places, config, rules)?);
    }
    let missing = named.iter().filter(|name| !all.iter().any(|own: &District| own.folder == **name));
    let missing: Vec<Fault> = missing
        .map(|name| {
            Fault::new(
                "missing-folder",
                say!(
                    "supervision.toml names the folder {name}, which is not there",
                    "supervision.toml 所列文件夹 {name} 不存在"
                ),
                say!("make it, or take it out", "请建立该文件夹,或从配置中删除"),
            )
        })
        .collect();
    if let Some(fault) = Fault::of_all(missing) {
        return Err(fault);
    }
    if all.is_empty() {
        return Err(Fault::new(
            "no-districts",
            say!("no folder here holds sealed releases", "没有含封存成果的区县文件夹"),
            say!(
                "lay them out as FOLDER/<district>/<release> or FOLDER/<district>/releases/<release>",
                "请按 文件夹/<区县>/<成果> 或 文件夹/<区县>/releases/<成果> 放置"
            ),
        )
        .at(folder.display()));
    }
    Ok((all, empty))
}

/// The folders inside, by name; hidden ones aside.
fn folders(folder: &Path) -> Outcome<Vec<String>> {
    let read = std::fs::read_dir(folder).and_then(|entries| entries.collect::<Result<Vec<_>, _>>());
    let entries = read.map_err(|error| Fault::io(say!("cannot read the folder", "无法读取文件夹"), folder, &error))?;
    let names = entries.iter().filter(|entry| entry.path().is_dir());
    let mut names: Vec<String> = names.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.retain(|name| !name.starts_with('.'));
    names.sort();
    Ok(names)
}

/// The releases of a district's folder, as folders from it.
fn releases(inside: &Path) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for (prefix, folder) in [("", inside.to_path_buf()), ("releases/", inside.join("releases"))] {
        if folder.is_dir() {
            let own = folders(&folder)?.into_iter().filter(|name| !name.ends_with(PUBLISHED));
            found.extend(
                own.filter(|name| folder.join(name).join(MANIFEST).is_file()).map(|name| format!("{prefix}{name}")),
            );
        }
    }
    Ok(found)
}

fn district(root: &Path, folder: &str, places: Vec<String>, config: &Config, rules: &Rules) -> Outcome<District> {
    let own = config.district(folder);
    let inside = root.join(folder);
    let (mut notes, mut unread) = (Vec::new(), 0);
    let mut releases = Vec::new();
    for place in places {
        match open_head(&inside.join(&place)) {
            Ok(cover) => {
                let manifest = cover.manifest;
                let base = manifest.base_date.as_deref().and_then(date::parse);
                let (name, title, supersedes) = (manifest.name, manifest.title, manifest.supersedes);
                let place = format!("{folder}/{place}");
                let (origin, sealed_on) = (manifest.origin, cover.seal.sealed_on);
                let is_final = manifest.outputs.iter().any(|output| output.path == GATE);
                let is_draft = origin != Origin::Imported && !is_final;
                releases.push(Held {
                    place,
                    name,
                    title,
                    base,
                    supersedes,
                    origin,
                    sealed_on,
                    is_draft,
                    release: None,
                });
            }
            Err(fault) if fault.code == "cancelled" => return Err(fault),
            Err(fault) => {
                unread += 1;
                let Text { en, zh } = fault.what;
                notes.push(say!("{folder}/{place} was not read: {en}", "{folder}/{place} 未读取:{zh}"));
            }
        }
    }
    let noted = lives::documents(root, &mut releases, &mut notes, &mut unread)?;
    notes.extend(without_drafts(&mut releases));
    in_order(&mut releases);
    let opened = [before(&releases), releases.len().checked_sub(1)];
    for at in opened.into_iter().flatten() {
        let held = &mut releases[at];
        match open(&root.join(&held.place)) {
            Ok(release) => held.release = Some(release),
            Err(fault) if fault.code == "cancelled" => return Err(fault),
            Err(fault) => {
                unread += 1;
                let (place, Text { en, zh }) = (&held.place, fault.what);
                notes.push(say!("{place} was not read: {en}", "{place} 未读取:{zh}"));
                // Nothing a damaged release says of itself is taken over.
                held.base = None;
            }
        }
    }
    let file = |named: &Option<String>, usual: &str| match named {
        Some(path) => Some(root.join(path)),
        None => Some(inside.join(usual)).filter(|path| path.is_file()),
    };
    let mut told = Vec::new();
    let table = |named: &Option<String>, usual: [&str; 2]| file(named, usual[0]).or_else(|| file(&None, usual[1]));
    let index = file(&own.index, "index.csv").or_else(|| config.index.as_ref().map(|path| root.join(path)));
    let mut broken = Vec::new();
    let index = index.map(|path| or_tell(read_index(&path), &path, &mut broken)).transpose()?.flatten();
    let system = file(&own.corrections, "corrections.toml");
    let system = system.map(|path| or_tell(System::read(&path), &path, &mut broken)).transpose()?.flatten();
    macro_rules! beside {
        ($named:expr, $read:path, $csv:literal, $xlsx:literal) => {
            table($named, [$csv, $xlsx])
                .map(|path| or_tell($read(&path, &mut told), &path, &mut broken))
                .transpose()?
                .flatten()
        };
    }
    let documents = beside!(&own.documents, beside::documents, "documents.csv", "documents.xlsx");
    told.extend(documents.iter().flatten().filter_map(|document| of_no_release(document, &releases)));
    let standard =
        beside!(&own.standard_parcels, beside::standard_parcels, "standard_parcels.csv", "standard_parcels.xlsx");
    let monitoring = beside!(&own.monitoring, beside::monitoring, "monitoring.csv", "monitoring.xlsx");
    let reports = beside!(&own.reports, beside::reports, "reports.csv", "reports.xlsx");
    let transfers = beside!(&own.transfers, beside::transfers, "transfers.csv", "transfers.xlsx");
    unread += broken.len();
    told.extend(broken);
    let code = own.code.clone().unwrap_or_default();
    let province: String = if code.is_empty() { config.province.clone().unwrap_or_default() } else { code.clone() };
    let province: String = province.chars().take(2).collect();
    let range = own.required_range.as_ref().or(config.required_range.as_ref()).map(|path| root.join(path));
    Ok(District {
        name: own.name.clone().unwrap_or_else(|| folder.to_string()),
        folder: folder.to_string(),
        province: rules.provinces.iter().find(|rule| rule.code == province).cloned(),
        releases,
        system: system.map(|(system, _)| system),
        index,
        documents: with(documents, noted),
        standard,
        monitoring,
        reports,
        transfers,
        required_range: range,
        province_code: province,
        config: own,
        code,
        notes: notes.into_iter().chain(told).collect(),
        unread,
    })
}

/// Where a release is final, or of another program, drafts are no prices of the district; they are told.
fn without_drafts(releases: &mut Vec<Held>) -> Option<Text> {
    let drafts: Vec<&str> = releases.iter().filter(|held| held.is_draft).map(|held| held.place.as_str()).collect();
    let list = drafts.join(", ");
    if drafts.is_empty() {
        return None;
    }
    if drafts.len() == releases.len() {
        return Some(say!("only drafts are here, which are looked at as they are", "只有草案,按草案检查"));
    }
    releases.retain(|held| !held.is_draft);
    Some(say!("drafts are passed over: {list}", "未计入草案:{list}"))
}

/// By base date, then name; of one base date one that supersedes another behind it.
fn in_order(releases: &mut [Held]) {
    releases.sort_by(|a, b| a.base.cmp(&b.base).then_with(|| a.name.cmp(&b.name)).then_with(|| a.place.cmp(&b.place)));
    for _ in 0..releases.len() {
        for at in 1..releases.len() {
            let (first, second) = (&releases[at - 1], &releases[at]);
            if first.base == second.base && first.supersedes.as_ref() == Some(&second.name) {
                releases.swap(at - 1, at);
            }
        }
    }
}

/// The place of the release before the newest: the newest of an earlier base date, else the last but one.
fn before(releases: &[Held]) -> Option<usize> {
    let last = releases.len().checked_sub(2)?;
    let base = releases[last + 1].base;
    let earlier = (0..=last).rev().find(|at| releases[*at].base.is_some() && releases[*at].base < base);
    Some(earlier.unwrap_or(last))
}

/// What was read; `None`, told, where it cannot be: one district's table stops no other district.
fn or_tell<T>(read: Outcome<T>, path: &Path, broken: &mut Vec<Text>) -> Outcome<Option<T>> {
    match read {
        Ok(found) => Ok(Some(found)),
        Err(fault) if fault.code == "cancelled" => Err(fault),
        Err(fault) => {
            let (shown, Text { en, zh }) = (path.display(), fault.what);
            broken.push(say!("{shown} was not read: {en}", "{shown} 未读取:{zh}"));
            Ok(None)
        }
    }
}

/// What is said of a document whose release is not here.
fn of_no_release(document: &Document, releases: &[Held]) -> Option<Text> {
    let (release, source) = (&document.release, &document.source);
    let known = release.is_empty() || releases.iter().any(|held| held.name == *release);
    (!known).then(|| {
        say!(
            "{source}: there is no release {release} here, the document counts for none",
            "{source}:没有名为 {release} 的成果,该文件未计入"
        )
    })
}

/// The documents of a table and those of lives; `None` where there is neither.
fn with(table: Option<Vec<Document>>, noted: Vec<Document>) -> Option<Vec<Document>> {
    if table.is_none() && noted.is_empty() {
        return None;
    }
    Some(table.into_iter().flatten().chain(noted).collect())
}

fn read_index(path: &Path) -> Outcome<Index> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::io(say!("cannot read the price index", "无法读取地价指数"), path, &error))?;
    index_by_use(&text, &path.display().to_string())
}

#[cfg(test)]
#[path = "found_tests.rs"]
mod tests;
