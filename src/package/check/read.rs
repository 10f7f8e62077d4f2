//! Reads a package: which files it has, its layers and tables with the fields the rules name, its metadata.

use super::{Item, Options};
use crate::ingest::readers::schema::{self, Schema};
use crate::ingest::readers::table::{self, RawTable};
use crate::ingest::readers::vector::{self, RawLayer};
use crate::land::column::Value;
use crate::land::{Column, Lang, Outcome, Text, Values, cancel};
use crate::package::metadata;
use crate::package::rules::{Content, Encoding, FieldRule, LayerRule, Names, Rules, Source, TableRule};
use crate::release::digest;
use crate::say;
use crate::space::{Crs, Shapes};
use std::collections::BTreeMap;
use std::path::Path;

/// A package as it was read.
pub(super) struct Package<'r> {
    pub rules: &'r Rules,
    /// The folder's name.
    pub name: String,
    /// Where it was read.
    pub folder: std::path::PathBuf,
    pub names: Names,
    /// Whether the folder's name follows the pattern.
    pub is_named: bool,
    /// Every file, from the folder, sorted.
    pub files: Vec<String>,
    pub layers: Vec<Layer<'r>>,
    pub tables: Vec<Sheet<'r>>,
    /// What cannot be read.
    pub unread: Vec<Item>,
    /// What is wrong with metadata that cannot be read.
    pub metadata_unread: Option<Item>,
    pub metadata: BTreeMap<String, String>,
}

/// A layer of the package.
pub(super) struct Layer<'r> {
    pub rule: &'r LayerRule,
    pub path: String,
    /// Into [`Rules::uses`].
    pub of_use: Option<usize>,
    pub schema: Schema,
    pub shapes: Shapes,
    pub crs: Option<Crs>,
    pub raw: Vec<Column>,
    /// What was the matter with a row's geometry.
    pub troubles: Vec<(usize, vector::Trouble)>,
    /// Whether it is in the metres of the package, so that it can be measured and laid over other layers.
    pub is_placed: bool,
}

/// A table of the package.
pub(super) struct Sheet<'r> {
    pub rule: &'r TableRule,
    pub path: String,
    pub of_use: Option<usize>,
    pub raw: RawTable,
}

/// What layers and tables have in common: rows with the fields of a rule.
pub(super) trait Rows {
    fn path(&self) -> &str;
    fn content(&self) -> Content;
    fn fields(&self) -> &[FieldRule];
    fn columns(&self) -> &[Column];
    fn rows(&self) -> usize;
    /// What a row is called: its number, of a table its line in the file.
    fn label(&self, row: usize) -> usize;
    /// The use that the file is of.
    fn of_use(&self) -> Option<usize>;

    fn column(&self, name: &str) -> Option<&Values> {
        self.columns().iter().find(|column| column.name == name).map(|column| &column.values)
    }

    /// The field of a source that the file has.
    fn field(&self, source: Source) -> Option<(&FieldRule, &Values)> {
        let rule = self.fields().iter().find(|rule| rule.of == source)?;
        Some((rule, self.column(&rule.name)?))
    }

    fn text(&self, source: Source, row: usize) -> String {
        self.field(source).map(|(_, values)| shown(values, row)).unwrap_or_default()
    }

    /// NaN where there is none.
    fn number(&self, source: Source, row: usize) -> f64 {
        self.field(source).map_or(f64::NAN, |(_, values)| number(values, row))
    }

    /// The use of a row: by its code or name, else the file's.
    fn use_of_row(&self, rules: &Rules, row: usize) -> Option<usize> {
        let (code, name) = (self.text(Source::UseCode, row), self.text(Source::UseName, row));
        let by_code = rules.uses.iter().position(|own| !code.is_empty() && own.code == code);
        let by_name = || rules.uses.iter().position(|own| !name.is_empty() && own.name == name);
        by_code.or_else(by_name).or(self.of_use())
    }

    /// The grade of a row, from its code or its name; 0 where it has none.
    fn grade_of_row(&self, row: usize) -> u8 {
        let own = |source| crate::land::grade::parse(&self.text(source, row));
        own(Source::GradeCode).or_else(|| own(Source::GradeName)).unwrap_or(0)
    }
}

/// A cell as text, without blanks around it.
pub(super) fn shown(values: &Values, row: usize) -> String {
    match values.get(row) {
        Value::None => String::new(),
        other => other.to_string().trim().to_string(),
    }
}

pub(super) fn number(values: &Values, row: usize) -> f64 {
    match values.get(row) {
        Value::Int(value) => value as f64,
        Value::Real(value) => value,
        Value::Text(text) => text.trim().parse().unwrap_or(f64::NAN),
        Value::None => f64::NAN,
    }
}

impl Rows for Layer<'_> {
    fn path(&self) -> &str {
        &self.path
    }
    fn content(&self) -> Content {
        self.rule.of
    }
    fn fields(&self) -> &[FieldRule] {
        &self.rule.fields
    }
    fn columns(&self) -> &[Column] {
        &self.raw
    }
    fn rows(&self) -> usize {
        self.shapes.len()
    }
    fn label(&self, row: usize) -> usize {
        row + 1
    }
    fn of_use(&self) -> Option<usize> {
        self.of_use
    }
}

impl Rows for Sheet<'_> {
    fn path(&self) -> &str {
        &self.path
    }
    fn content(&self) -> Content {
        self.rule.of
    }
    fn fields(&self) -> &[FieldRule] {
        &self.rule.fields
    }
    fn columns(&self) -> &[Column] {
        &self.raw.columns
    }
    fn rows(&self) -> usize {
        self.raw.len()
    }
    fn label(&self, row: usize) -> usize {
        self.raw.lines[row] as usize
    }
    fn of_use(&self) -> Option<usize> {
        self.of_use
    }
}

impl Package<'_> {
    /// Layers and tables alike.
    pub fn all(&self) -> impl Iterator<Item = &dyn Rows> {
        let layers = self.layers.iter().map(|layer| layer as &dyn Rows);
        layers.chain(self.tables.iter().map(|table| table as &dyn Rows))
    }

    /// The layers of a content that can be measured.
    pub fn of(&self, content: Content) -> impl Iterator<Item = &Layer<'_>> {
        self.layers.iter().filter(move |layer| layer.rule.of == content && layer.is_placed)
    }

    /// Why nothing can be asked of layers and tables, where there are none.
    pub fn some(&self) -> Result<(), Text> {
        match self.layers.is_empty() && self.tables.is_empty() {
            true => Err(say!("no layer and no table was read", "没有读到图层和表")),
            false => Ok(()),
        }
    }

    /// Why nothing can be laid over grades and range, where one of their layers is in another system.
    pub fn grounded(&self) -> Result<(), Text> {
        let is_ground = |layer: &&Layer<'_>| matches!(layer.rule.of, Content::Grades | Content::Range);
        match self.layers.iter().filter(is_ground).all(|layer| layer.is_placed) {
            true => Ok(()),
            false => Err(say!("grades or range are in another system", "级别或定级范围图层的坐标系不一致")),
        }
    }

    /// Why nothing can be measured, where no layer is in metres.
    pub fn placed(&self) -> Result<(), Text> {
        match self.layers.iter().any(|layer| layer.is_placed) {
            true => Ok(()),
            false => Err(say!("no layer in metres was read", "没有以米为单位的图层")),
        }
    }
}

/// Reads what there is; what cannot be read is something found.
pub(super) fn package<'r>(options: &Options<'r>) -> Outcome<Package<'r>> {
    let (rules, folder) = (options.rules, options.folder);
    let name = options.named.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let files = digest::files(folder)?;
    let mut metadata_unread = None;
    let metadata = match files.contains(&rules.metadata.file) {
        true => metadata::read(&folder.join(&rules.metadata.file)).unwrap_or_else(|fault| {
            metadata_unread = Some(Item::of(&rules.metadata.file, fault.what));
            BTreeMap::new()
        }),
        false => BTreeMap::new(),
    };
    let matched = rules.names_of(&name);
    let is_named = matched.is_some();
    let said = |key: &str| metadata.get(key).cloned().unwrap_or_default();
    let mut names = matched.unwrap_or_default();
    for (own, key) in [
        (&mut names.code, "county_code"),
        (&mut names.name, "county_name"),
        (&mut names.year, "year"),
        (&mut names.release, "release"),
    ] {
        if own.is_empty() {
            *own = said(key);
        }
    }
    let mut package = Package {
        rules,
        name,
        folder: folder.to_path_buf(),
        names,
        is_named,
        files,
        layers: Vec::new(),
        tables: Vec::new(),
        unread: Vec::new(),
        metadata_unread,
        metadata,
    };
    for named in rules.layers_of(&package.names.clone()) {
        cancel::checkpoint()?;
        if !package.files.contains(&named.path) {
            continue;
        }
        match layer(rules, named.rule, &folder.join(&named.path)) {
            Ok((schema, raw)) if raw.shapes.is_empty() => {
                let name = schema.name;
                package.unread.push(Item::of(named.path, say!("the layer {name} has no rows", "图层 {name} 没有要素")));
            }
            Ok((schema, raw)) => {
                let RawLayer { shapes, crs, columns, troubles, .. } = raw;
                let (rule, of_use, path) = (named.rule, named.of_use, named.path);
                let is_placed = false;
                package.layers.push(Layer {
                    rule,
                    path,
                    of_use,
                    schema,
                    shapes,
                    crs,
                    raw: columns,
                    troubles,
                    is_placed,
                });
            }
            Err(fault) if fault.code == "cancelled" => return Err(fault),
            Err(fault) => package.unread.push(Item::of(named.path, fault.what)),
        }
    }
    // The system of the package is that of its first layer in metres.
    let system = package.layers.iter().filter_map(|layer| layer.crs.clone()).find(|crs| !crs.geographic);
    for layer in &mut package.layers {
        layer.is_placed = layer.crs.as_ref().zip(system.as_ref()).is_some_and(|(own, first)| own.same_as(first));
    }
    for named in rules.tables_of(&package.names.clone()) {
        if !package.files.contains(&named.path) {
            continue;
        }
        match table::read(&folder.join(&named.path), table::Options::default()) {
            Ok(raw) if raw.is_empty() => {
                package.unread.push(Item::of(named.path, say!("the table has no rows", "表中没有数据行")));
            }
            Ok(raw) => {
                package.tables.push(Sheet { rule: named.rule, path: named.path, of_use: named.of_use, raw });
            }
            Err(fault) => package.unread.push(Item::of(named.path, fault.what)),
        }
    }
    Ok(package)
}

fn layer(rules: &Rules, rule: &LayerRule, path: &Path) -> Outcome<(Schema, RawLayer)> {
    let is_shapefile = rule.file.ends_with(".shp");
    let encoding = is_shapefile.then_some(match rules.encoding {
        Encoding::Gbk => "CP936",
        Encoding::Utf8 => "UTF-8",
    });
    let schema = schema::read(path, encoding)?;
    let known = |name: &&str| schema.fields.iter().any(|field| field.name == *name);
    let fields: Vec<&str> = rule.fields.iter().map(|field| field.name.as_str()).filter(known).collect();
    let raw = vector::read(path, None, &fields, encoding)?;
    Ok((schema, raw))
}

/// A use for readers.
pub(super) fn use_name(rules: &Rules, of_use: Option<usize>, lang: Lang) -> String {
    match of_use {
        Some(at) => rules.uses[at].name.clone(),
        None => say!("all uses", "各用途").in_lang(lang).to_string(),
    }
}
