//! Layers and tables.

use super::place;
use crate::formats::gpkg::{self, Layer};
use crate::formats::shapefile::{self, TextEncoding};
use crate::formats::{Field, Table, csv, xlsx};
use crate::land::{Lang, Outcome, Text};
use crate::package::Subject;
use crate::package::content::{self, Row, Width, lay_out, value};
use crate::package::rules::{Content, Encoding, FieldRule, Need};
use crate::say;
use crate::space::Shapes;
use std::path::Path;

/// Writes the layers that the release has.
pub(super) fn write(subject: &Subject<'_>, aside: &Path, notes: &mut Vec<Text>) -> Outcome<()> {
    for named in subject.rules.layers_of(subject.names) {
        let (rule, path) = (named.rule, &named.path);
        let Some(land_use) = own(subject, named.of_use).filter(|_| !aside.join(path).exists()) else { continue };
        let (rows, shapes) = content::rows(subject.release, rule.of, land_use, subject.rules.area_decimals())?;
        let Some(shapes) = shapes.filter(|_| !rows.is_empty()) else {
            if rule.need != Need::O {
                notes.push(say!("the release has nothing for {path}", "成果中没有 {path} 的内容"));
            }
            continue;
        };
        let fields = fields(subject, &rows, &rule.fields, Width::in_file(subject.rules, path), path)?;
        layer(subject, path, &rule.title, fields, &shapes, aside)?;
        if rule.of == Content::Range {
            notes.push(range_is_made(subject, path));
        }
    }
    Ok(())
}

/// The range of a release is the ground of its grades, so that a hole inside the graded area is none of its gaps.
fn range_is_made(subject: &Subject<'_>, path: &str) -> Text {
    let Text { en, zh } = match &subject.release.head.tiling {
        Some(tiling) => {
            let (covered, whole) = (tiling.area, tiling.graded_area);
            say!(
                "; units cover {covered:.0} m² of a graded area of {whole:.0} m²",
                ";单元覆盖 {covered:.0} ㎡,定级范围 {whole:.0} ㎡"
            )
        }
        None => Text::default(),
    };
    say!(
        "{path} is made of the grades, so T3 and T4 hold by the way it is made; a layer of that name in the folder of --given is tested against them{en}",
        "{path} 由级别范围合并得到,T3、T4 必然通过;如需检验,请在 --given 文件夹中提供同名图层{zh}"
    )
}

/// The use of the release that a file is of: `Some(None)` for all, `None` where the release has none of it.
fn own(subject: &Subject<'_>, of_use: Option<usize>) -> Option<Option<usize>> {
    match of_use {
        None => Some(None),
        Some(wanted) => subject.uses.iter().position(|at| *at == wanted).map(Some),
    }
}

fn fields<'a>(
    subject: &Subject<'_>,
    rows: &[Row],
    rules: &[FieldRule],
    width: Width,
    path: &str,
) -> Outcome<Vec<Field<'a>>> {
    let column = |rule: &FieldRule| {
        let cells = rows.iter().enumerate().map(|(at, row)| value(subject, row, at + 1, rule)).collect();
        lay_out(rule, cells, width, path)
    };
    rules.iter().map(column).collect()
}

fn layer(
    subject: &Subject<'_>,
    path: &str,
    title: &str,
    fields: Vec<Field<'_>>,
    shapes: &Shapes,
    aside: &Path,
) -> Outcome<()> {
    let target = place(aside, path)?;
    let name = target.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let crs = Some(&subject.release.head.crs);
    let table = Table { name, title: Text::same(title), fields, shapes: Some(shapes), crs, rows: shapes.len() };
    if path.ends_with(".gpkg") {
        return gpkg::write(&target, &[Layer { table: &table, style: None }]).map(drop);
    }
    let encoding = match subject.rules.encoding {
        Encoding::Gbk => TextEncoding::Gbk,
        Encoding::Utf8 => TextEncoding::Utf8,
    };
    shapefile::write(&table, &target, &shapefile::Options { encoding }).map(drop)
}

/// Writes the tables.
pub(super) fn tables(subject: &Subject<'_>, aside: &Path, notes: &mut Vec<Text>) -> Outcome<()> {
    for named in subject.rules.tables_of(subject.names) {
        let (rule, path) = (named.rule, &named.path);
        let Some(land_use) = own(subject, named.of_use) else { continue };
        let (rows, _) = content::rows(subject.release, rule.of, land_use, subject.rules.area_decimals())?;
        if rows.is_empty() {
            notes.push(say!("the release has nothing for {path}", "成果中没有 {path} 的内容"));
            continue;
        }
        // A table's columns are called what its fields are.
        let rules: Vec<FieldRule> =
            rule.fields.iter().map(|field| FieldRule { title: String::new(), ..field.clone() }).collect();
        let fields = fields(subject, &rows, &rules, Width::Characters, path)?;
        let target = place(aside, path)?;
        let name = target.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let table = Table { title: Text::same(&name), name, fields, shapes: None, crs: None, rows: rows.len() };
        match path.ends_with(".csv") {
            true => csv::write(&table, &target, &csv::Options { rounded: true, ..csv::Options::default() })?,
            false => xlsx::write(&[xlsx::Sheet::plain(&table)], &target, &xlsx::Options { lang: Lang::Zh })?,
        };
    }
    Ok(())
}
