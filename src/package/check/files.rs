//! F: files, folder, manifest, metadata.

use super::read::Package;
use super::{Found, Item, Options};
use crate::land::Outcome;
use crate::package::manifest;
use crate::package::rules::{FileRule, Need};
use crate::say;
use crate::space::Crs;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

/// What stands beside a shapefile.
const BESIDE: [&str; 4] = [".shx", ".dbf", ".prj", ".cpg"];

/// The files of a document or map that are there.
pub(super) fn of_rule<'p>(package: &'p Package<'_>, rule: &FileRule, path: &str) -> Vec<&'p String> {
    let fits = |file: &&String| {
        let ending = file.strip_prefix(path).and_then(|rest| rest.strip_prefix('.'));
        ending.is_some_and(|ending| rule.endings.iter().any(|known| known.eq_ignore_ascii_case(ending)))
    };
    package.files.iter().filter(fits).collect()
}

/// Files of `need = "C"` that are not there.
pub(super) fn absent_where_they_apply(package: &Package<'_>) -> Vec<String> {
    let (rules, names) = (package.rules, &package.names);
    let layers = rules.layers_of(names).into_iter().map(|own| (own.rule.need, own.path));
    let tables = rules.tables_of(names).into_iter().map(|own| (own.rule.need, own.path));
    let conditional = layers.chain(tables).filter(|(need, path)| *need == Need::C && !package.files.contains(path));
    let files = rules.files_of(names).into_iter();
    let files = files.filter(|own| own.rule.need == Need::C && of_rule(package, own.rule, &own.path).is_empty());
    let named = files.map(|own| format!("{}.{}", own.path, own.rule.endings.join("|")));
    conditional.map(|(_, path)| path).chain(named).collect()
}

pub(super) fn missing(package: &Package<'_>) -> Found {
    let (rules, names) = (package.rules, &package.names);
    let mut items = Vec::new();
    let mut absent = |path: String| items.push(Item::of(path, say!("missing", "缺少此文件")));
    let layers = rules.layers_of(names).into_iter().map(|own| (own.rule.need, own.of_use, own.path));
    let tables = rules.tables_of(names).into_iter().map(|own| (own.rule.need, own.of_use, own.path));
    for (need, of_use, path) in layers.chain(tables) {
        if rules.requires(need, of_use) && !package.files.contains(&path) {
            absent(path.clone());
        }
        if path.ends_with(".shp") && package.files.contains(&path) {
            let bare = path.trim_end_matches(".shp");
            BESIDE
                .iter()
                .map(|ending| format!("{bare}{ending}"))
                .filter(|own| !package.files.contains(own))
                .for_each(&mut absent);
        }
    }
    for own in rules.files_of(names) {
        if rules.requires(own.rule.need, own.of_use) && of_rule(package, own.rule, &own.path).is_empty() {
            absent(format!("{}.{}", own.path, own.rule.endings.join("|")));
        }
    }
    if !package.files.contains(&rules.metadata.file) {
        absent(rules.metadata.file.clone());
    }
    for file in &package.files {
        let path = package.folder.join(file);
        if path.symlink_metadata().is_ok_and(|found| found.file_type().is_symlink()) {
            items.push(Item::of(file, say!("a link, not a file of the package", "是链接,不是成果包中的文件")));
        }
    }
    let documents = rules.files_of(names).into_iter().flat_map(|own| of_rule(package, own.rule, &own.path));
    let tables = rules.tables_of(names).into_iter().map(|own| own.path);
    let known: BTreeSet<String> = documents.cloned().chain(tables).collect();
    for file in known.iter().filter(|file| package.files.contains(file)) {
        if !is_of_its_kind(&package.folder.join(file)) {
            let what = say!("its content is not what its ending says", "内容与扩展名不符");
            items.push(Item::of(file, what));
        }
    }
    for own in rules.files_of(names) {
        let empty = |file: &&String| std::fs::metadata(package.folder.join(file)).is_ok_and(|found| found.len() == 0);
        let empty = of_rule(package, own.rule, &own.path).into_iter().filter(empty);
        items.extend(empty.map(|file| Item::of(file, say!("the file is empty", "文件是空的"))));
    }
    Ok(items)
}

/// Whether a file begins as files of its ending do; an empty one is told elsewhere, an ending that is not known is not judged.
pub(super) fn is_of_its_kind(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let starts: &[&[u8]] = match ending.as_str() {
        "pdf" => &[b"%PDF-"],
        "docx" | "xlsx" | "xlsm" | "zip" => &[b"PK\x03\x04"],
        "png" => &[b"\x89PNG\r\n\x1a\n"],
        "jpg" | "jpeg" => &[b"\xff\xd8\xff"],
        "tif" | "tiff" => &[b"II*\0", b"MM\0*"],
        "gif" => &[b"GIF8"],
        "svg" => &[b"<svg", b"<?xml", b"\xef\xbb\xbf"],
        _ => return true,
    };
    let mut head = [0; 8];
    let read = std::fs::File::open(path).and_then(|mut file| file.read(&mut head));
    read.is_ok_and(|count| count == 0 || starts.iter().any(|start| head[..count].starts_with(start)))
}

pub(super) fn unknown(package: &Package<'_>) -> Found {
    let (rules, names) = (package.rules, &package.names);
    let mut known: Vec<String> = vec![rules.manifest.clone(), rules.metadata.file.clone()];
    for layer in rules.layers_of(names) {
        if let Some(bare) = layer.path.strip_suffix(".shp") {
            known.extend(BESIDE.iter().map(|ending| format!("{bare}{ending}")));
            known.push(format!("{bare}_fields.csv"));
        }
        known.push(layer.path);
    }
    known.extend(rules.tables_of(names).into_iter().map(|own| own.path));
    for own in rules.files_of(names) {
        known.extend(of_rule(package, own.rule, &own.path).into_iter().cloned());
    }
    let report = format!("{}/", rules.report);
    let strange = package.files.iter().filter(|file| !known.contains(file) && !file.starts_with(&report));
    Ok(strange.map(|file| Item::of(file, say!("no rule names this file", "规则中没有此文件"))).collect())
}

pub(super) fn listed(package: &Package<'_>, options: &Options<'_>) -> Outcome<Found> {
    let own = &package.rules.manifest;
    if options.unlisted {
        return Ok(Err(say!("the manifest is made after the check", "清单在检查之后生成")));
    }
    if !package.files.contains(own) {
        return Ok(Ok(vec![Item::of(own, say!("{own} is missing", "缺少 {own}"))]));
    }
    let listed = match manifest::read(&package.folder.join(own)) {
        Ok(listed) => listed,
        Err(fault) => return Ok(Ok(vec![Item::of(own, fault.what)])),
    };
    let found = match manifest::of(&package.folder, own) {
        Ok(found) => found,
        Err(fault) if fault.code == "cancelled" => return Err(fault),
        // A link that leads nowhere, say.
        Err(fault) => return Ok(Ok(vec![Item::of(fault.place.unwrap_or_default(), fault.what)])),
    };
    let by_name: BTreeMap<&str, &manifest::Line> = listed.iter().map(|line| (line.name.as_str(), line)).collect();
    let mut items = Vec::new();
    for line in &found {
        match by_name.get(line.name.as_str()) {
            None => items.push(Item::of(&line.name, say!("the manifest does not list it", "清单中没有此文件"))),
            Some(own) if own.size != line.size || own.sha256 != line.sha256 => {
                items.push(Item::of(&line.name, say!("the file is not as the manifest lists it", "文件与清单不一致")));
            }
            Some(_) => {}
        }
    }
    let mut names: Vec<&str> = listed.iter().map(|line| line.name.as_str()).collect();
    names.sort_unstable();
    let twice = names.chunk_by(|a, b| a == b).filter(|same| same.len() > 1);
    items.extend(twice.map(|same| Item::of(same[0], say!("the manifest lists it twice", "清单中重复列出"))));
    let gone = listed.iter().filter(|line| !found.iter().any(|own| own.name == line.name));
    items.extend(
        gone.map(|line| Item::of(&line.name, say!("the manifest lists it, and it is gone", "清单中有,但文件不存在"))),
    );
    Ok(Ok(items))
}

pub(super) fn named(package: &Package<'_>) -> Found {
    let (name, pattern) = (&package.name, &package.rules.folder);
    let mut items = Vec::new();
    if !package.is_named {
        items.push(Item::of(
            "",
            say!("the folder {name} does not follow {pattern}", "文件夹名 {name} 不符合 {pattern}"),
        ));
    }
    for (key, own) in [("county_code", &package.names.code), ("year", &package.names.year)] {
        let said = package.metadata.get(key).filter(|said| !own.is_empty() && *said != own);
        items.extend(said.map(|said| {
            Item::of(
                &package.rules.metadata.file,
                say!("{key} is {said}, in the folder's name it is {own}", "{key} 为 {said},文件夹名中为 {own}"),
            )
        }));
    }
    Ok(items)
}

/// The datum that the name of a coordinate system speaks of, where it is one of those maps in China are drawn on.
fn datum(name: &str) -> Option<&'static str> {
    const KNOWN: [(&str, &[&str]); 4] = [
        ("CGCS2000", &["cgcs2000", "2000国家大地", "国家2000", "chinageodeticcoordinatesystem2000"]),
        ("WGS 84", &["wgs84"]),
        ("Xian 1980", &["xian1980", "xian80", "西安80", "西安1980", "1980西安"]),
        ("Beijing 1954", &["beijing1954", "beijing54", "北京54", "北京1954", "1954北京"]),
    ];
    let plain: String = name.to_lowercase().chars().filter(|c| c.is_alphanumeric()).collect();
    let mut found = KNOWN.iter().filter(|(_, words)| words.iter().any(|word| plain.contains(word)));
    found.next().map(|(datum, _)| *datum).filter(|_| found.next().is_none())
}

pub(super) fn metadata(package: &Package<'_>) -> Found {
    let file = &package.rules.metadata.file;
    let blank = |key: &&String| package.metadata.get(*key).is_none_or(|value| value.trim().is_empty());
    let missing = package.rules.metadata.required.iter().filter(blank);
    let mut items: Vec<Item> = missing.map(|key| Item::of(file, say!("{key} is not stated", "未填写 {key}"))).collect();
    // Metadata that could not be read state nothing: that is told once.
    if let Some(unread) = &package.metadata_unread {
        items = vec![unread.clone()];
    }
    let system = package.layers.iter().find(|layer| layer.is_placed).and_then(|layer| layer.crs.as_ref()?.epsg);
    let said = package.metadata.get("epsg").zip(system).filter(|(said, code)| said.trim() != code.to_string());
    items.extend(said.map(|(said, code)| {
        Item::of(file, say!("epsg is {said}, the layers are in {code}", "epsg 为 {said},图层为 {code}"))
    }));
    let said = package.metadata.get("crs").zip(package.layers.iter().find(|layer| layer.is_placed));
    items.extend(said.and_then(|(name, layer)| {
        let own = layer.crs.as_ref()?;
        let (told, held) = (datum(name)?, datum(&own.name)?);
        let label = own.label();
        let text = say!("crs is {name}, the layers are in {label}", "crs 为 {name},图层为 {label}");
        (told != held).then(|| Item::of(file, text))
    }));
    // A name that PROJ knows must be that of the layers' system; others are words.
    let own = package.layers.iter().find(|layer| layer.is_placed).and_then(|layer| layer.crs.as_ref());
    let named = package.metadata.get("crs").and_then(|name| Some((name, Crs::parse(name.trim()).ok()?)));
    if let Some(((name, named), own)) = named.zip(own).filter(|((_, named), own)| !named.same_as(own)) {
        let (_, label) = (named, own.label());
        items.push(Item::of(file, say!("crs is {name}, the layers are in {label}", "crs 为 {name},图层为 {label}")));
    }
    Ok(items)
}
