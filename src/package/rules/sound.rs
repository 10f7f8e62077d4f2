//! Whether a rule file can be followed.

use super::fields::meant;
use super::naming::WORDS;
use super::{Content, FieldRule, Geometry, Rules, Source, bad};
use crate::land::Outcome;
use crate::package::{Code, metadata};
use crate::say;

/// # Errors
/// `bad-package-rules` with the first thing that cannot be followed.
pub(super) fn check(rules: &Rules) -> Outcome<()> {
    let files = rules.documents.iter().chain(&rules.maps).map(|rule| &rule.file);
    let layers = rules.layers.iter().map(|rule| &rule.file);
    let tables = rules.tables.iter().map(|rule| &rule.file);
    let others = [&rules.folder, &rules.manifest, &rules.report, &rules.metadata.file];
    if let Some(file) = others[1..].iter().find(|file| file.contains('{')) {
        return Err(bad(say!("{file}: this name has no words in braces", "{file}:此处文件名不能含花括号")));
    }
    files.chain(layers.clone()).chain(tables.clone()).chain(others).try_for_each(|file| pattern(file))?;
    layers.clone().try_for_each(|file| ending(file, &[".gpkg", ".shp"]))?;
    tables.clone().try_for_each(|file| ending(file, &[".xlsx", ".csv"]))?;
    ending(&rules.metadata.file, &[".json"])?;
    for rule in &rules.layers {
        let [made, wanted] = [geometry(rule.of), Some(rule.geometry)];
        if rule.of == Content::Prices || (made.is_some() && made != wanted) {
            let (file, of) = (&rule.file, rule.of);
            return Err(bad(say!("{file}: {of:?} has another geometry", "{file}:{of:?} 的几何类型不符")));
        }
        fields(rules, rule.of, &rule.fields, &rule.file)?;
    }
    for rule in &rules.tables {
        if rule.of != Content::Prices {
            let (file, of) = (&rule.file, rule.of);
            return Err(bad(say!(
                "{file}: tables are of prices, not of {of:?}",
                "{file}:表的内容应为 prices,而非 {of:?}"
            )));
        }
        fields(rules, rule.of, &rule.fields, &rule.file)?;
    }
    if let Some(code) = Code::ALL.into_iter().find(|code| !rules.severity.contains_key(code)) {
        let code = code.name();
        return Err(bad(say!(
            "[severity] says nothing of {code}; \"off\" leaves it out",
            "[severity] 缺少 {code};不检查请写 \"off\""
        )));
    }
    let limits = rules.limits;
    let numbers = [
        limits.sliver_area,
        limits.sliver_width,
        limits.overlap,
        limits.gap,
        limits.gap_total,
        limits.border,
        limits.border_reach,
        limits.border_ground,
        limits.road,
        limits.belt,
        limits.area_share,
        limits.ground,
        limits.mu,
        limits.mu_share,
    ];
    if let Some(number) = numbers.into_iter().find(|number| !(number.is_finite() && *number >= 0.0)) {
        return Err(bad(say!("[limits]: {number}", "[limits]:{number}")));
    }
    if let Some(twice) = twice(rules.uses.iter().flat_map(|own| [own.short.as_str()])) {
        return Err(bad(say!("two uses are \"{twice}\" in names of files", "两种用途的文件名缩写都是「{twice}」")));
    }
    if let Some(item) = rules.metadata.given.keys().find(|item| metadata::ITEMS.contains(&item.as_str())) {
        return Err(bad(say!(
            "[metadata.given]: the program states {item} itself",
            "[metadata.given]:{item} 由程序填写"
        )));
    }
    let known = |item: &&String| metadata::ITEMS.contains(&item.as_str()) || rules.metadata.given.contains_key(*item);
    if let Some(item) = rules.metadata.required.iter().find(|item| !known(item)) {
        let near = meant(item, metadata::ITEMS);
        return Err(bad(say!(
            "[metadata] requires \"{item}\"{near}, which neither the program knows nor [metadata.given] states",
            "[metadata] 要求「{item}」{near},程序不知道,[metadata.given] 也未给出"
        )));
    }
    Ok(())
}

/// What the program makes of a content; none where it is handed in.
fn geometry(content: Content) -> Option<Geometry> {
    match content {
        Content::Grades | Content::Range | Content::Units | Content::Areas | Content::Districts => {
            Some(Geometry::Polygon)
        }
        Content::Samples => Some(Geometry::Point),
        Content::Roads => Some(Geometry::Line),
        Content::Streets | Content::Prices => None,
    }
}

fn pattern(text: &str) -> Outcome<()> {
    let words = text.split('{').skip(1).map(|rest| rest.split_once('}').map_or(rest, |(word, _)| word));
    if let Some(word) = words.into_iter().find(|word| !WORDS.contains(word)) {
        let near = meant(word, WORDS);
        return Err(bad(say!("{text}: no {{{word}}} is known{near}", "{text}:不认识 {{{word}}}{near}")));
    }
    let inside =
        !text.starts_with('/') && !text.contains('\\') && text.split('/').all(|part| !matches!(part, "" | "." | ".."));
    match inside {
        true => Ok(()),
        false => Err(bad(say!("{text} is no path inside the package", "{text} 不是成果包内的路径"))),
    }
}

fn ending(file: &str, known: &[&str]) -> Outcome<()> {
    let list = known.join(", ");
    match known.iter().any(|ending| file.ends_with(ending)) {
        true => Ok(()),
        false => Err(bad(say!("{file} does not end in {list}", "{file} 的扩展名应为 {list}"))),
    }
}

fn fields(rules: &Rules, content: Content, fields: &[FieldRule], file: &str) -> Outcome<()> {
    if let Some(name) = twice(fields.iter().map(|field| field.name.as_str())) {
        return Err(bad(say!("{file}: two fields are named {name}", "{file}:两个字段都名为 {name}")));
    }
    for field in fields {
        let (name, of) = (&field.name, field.of);
        if !of.is_of(content) {
            return Err(bad(say!(
                "{file}, {name}: {content:?} has no {of:?}",
                "{file} 的 {name}:{content:?} 没有 {of:?}"
            )));
        }
        if (of == Source::Constant) == field.value.is_empty() {
            return Err(bad(say!(
                "{file}, {name}: a constant has a value, others none",
                "{file} 的 {name}:常量须有 value,其他字段不写"
            )));
        }
        if name.len() > 10 && file.ends_with(".shp") {
            return Err(bad(say!(
                "{file}: the name {name} is longer than 10 bytes",
                "{file}:字段名 {name} 超过 10 字节"
            )));
        }
        let listed = |list: &String| list == "use" || list == "grade" || rules.codes.contains_key(list);
        if let Some(list) = field.codes.as_ref().filter(|list| !listed(list)) {
            return Err(bad(say!(
                "{file}, {name}: there is no list \"{list}\" in [codes]",
                "{file} 的 {name}:[codes] 中没有「{list}」"
            )));
        }
    }
    Ok(())
}

/// The first name that stands twice.
fn twice<'a>(names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let mut seen = std::collections::BTreeSet::new();
    names.into_iter().find(|name| !seen.insert(*name))
}
