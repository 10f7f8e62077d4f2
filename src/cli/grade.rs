//! `landgrade grade` and `landgrade price`: the batch without sealing, its units written as layers.

use super::outputs::Outputs;
use super::{Ending, Ui};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use landgrade::formats::geojson::{self, Coordinates};
use landgrade::formats::shapefile::{self, TextEncoding};
use landgrade::formats::{Table, Written, csv, gpkg};
use landgrade::land::progress::Watch;
use landgrade::land::{Decided, Fault, Lang, Outcome, Text};
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::Project;
use landgrade::publish::{Selection, UnitColumn, units_style, units_table};
use landgrade::release::{Origin, Release};
use landgrade::review::uncorrected::uncorrected;
use landgrade::say;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Score and grade every unit, without prices
#[derive(Args)]
#[command(after_help = "Example:\n  landgrade grade demo/2025/project.toml --to graded.gpkg")]
pub struct Grade {
    #[command(flatten)]
    batch: Batch,
}

/// Score, grade and price every unit, without sealing a release
#[derive(Args)]
#[command(after_help = "Example:\n  landgrade price demo/2025/project.toml --to graded.gpkg --to graded.shp")]
pub struct Price {
    #[command(flatten)]
    batch: Batch,
}

#[derive(Args)]
struct Batch {
    /// The project file
    project: PathBuf,
    /// Write the units to this file, by its ending: .gpkg, .geojson or .json, .shp, .csv; may be given several times
    #[arg(long, value_name = "FILE")]
    to: Vec<PathBuf>,
    /// The layer's name in a GeoPackage
    #[arg(long, default_value = "units")]
    layer: String,
    /// The columns, in order
    #[arg(long, value_parser = columns(), value_delimiter = ',')]
    columns: Vec<UnitColumn>,
    /// Coordinates of GeoJSON: lon/lat as RFC 7946 asks, or the project's own with a `crs` member
    #[arg(long, value_enum, default_value_t = GeojsonCrs::Lonlat)]
    geojson_crs: GeojsonCrs,
    /// Text encoding of shapefiles
    #[arg(long, value_enum, default_value_t = ShpEncoding::Gbk)]
    shp_encoding: ShpEncoding,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum GeojsonCrs {
    Lonlat,
    Project,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ShpEncoding {
    Gbk,
    Utf8,
}

impl GeojsonCrs {
    pub fn coordinates(self) -> Coordinates {
        match self {
            GeojsonCrs::Lonlat => Coordinates::LonLat,
            GeojsonCrs::Project => Coordinates::Native,
        }
    }
}

impl ShpEncoding {
    pub fn encoding(self) -> TextEncoding {
        match self {
            ShpEncoding::Gbk => TextEncoding::Gbk,
            ShpEncoding::Utf8 => TextEncoding::Utf8,
        }
    }
}

impl Grade {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        self.batch.run(ui, Until::Grades)
    }
}

impl Price {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        self.batch.run(ui, Until::Prices)
    }
}

impl Batch {
    fn run(self, ui: &Ui, until: Until) -> Outcome<Ending> {
        let project = Project::read(&self.project)?;
        self.to.iter().try_for_each(|target| {
            known_ending(target)?;
            pipeline::spare(&project, target)
        })?;
        let release = pipeline::run(&project, until, Map::Undrawn, ui)?;
        if !self.to.is_empty() {
            ui.begin(&say!("writing", "写出"), self.to.len() as u64);
        }
        let selection = Selection {
            layer: self.layer.clone(),
            id: project.units.id().to_string(),
            columns: if self.columns.is_empty() { UnitColumn::ALL.to_vec() } else { self.columns.clone() },
        };
        let units = units_table(&release, &selection, ui.lang);
        let mut files = Vec::new();
        let mut outputs = Outputs::new();
        for target in &self.to {
            outputs.write(target, |aside| self.write(&release, &units.table, aside, ui))?;
            ui.advance(1);
        }
        for (target, written) in self.to.iter().zip(outputs.commit()?) {
            let (path, rows) = (target.display().to_string(), written.rows);
            ui.say(&say!("written: {path} ({rows} rows)", "已写出:{path}({rows} 行)"));
            for loss in units.renamed.iter().chain(&written.losses) {
                ui.line(&format!("  {}", loss.in_lang(ui.lang)));
            }
            files.push(json!({"path": path, "rows": rows, "losses": written.losses.iter().map(|l| l.in_lang(ui.lang)).collect::<Vec<_>>()}));
        }
        summary(ui, &release);
        ui.result(
            &json!({"units": release.units.len(), "uses": uses(&release), "cells": cells(&release, ui.lang), "files": files}),
        );
        Ok(Ending::Done)
    }

    fn write(&self, release: &Release, table: &Table<'_>, target: &Path, ui: &Ui) -> Outcome<Written> {
        match known_ending(target)? {
            "gpkg" => {
                let style = units_style(release, table, ui.lang);
                gpkg::write(target, &[gpkg::Layer { table, style: Some(&style) }])
            }
            "geojson" => geojson::write(table, target, &geojson::Options { crs: self.geojson_crs.coordinates() }),
            "shp" => shapefile::write(table, target, &shapefile::Options { encoding: self.shp_encoding.encoding() }),
            _ => csv::write(table, target, &csv::Options { bom: true, header: csv::Header::Names, rounded: false }),
        }
    }
}

/// Takes the words of the columns.
fn columns() -> impl TypedValueParser<Value = UnitColumn> {
    PossibleValuesParser::new(UnitColumn::ALL.map(UnitColumn::name))
        .try_map(|word| UnitColumn::parse(&word).ok_or_else(|| format!("no column {word}")))
}

pub fn known_ending(target: &Path) -> Outcome<&'static str> {
    let ending = target.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "gpkg" => Ok("gpkg"),
        "geojson" | "json" => Ok("geojson"),
        "shp" => Ok("shp"),
        "csv" => Ok("csv"),
        _ => Err(Fault::new(
            "unknown-format",
            say!("the ending \"{ending}\" names no format written here", "扩展名「{ending}」不是可写出的格式"),
            say!("use .gpkg, .geojson, .shp or .csv", "请用 .gpkg、.geojson、.shp 或 .csv"),
        )
        .at(target.display())),
    }
}

/// So many findings of each code the summary tells one by one.
const TOLD: usize = 5;

/// The price table, or the numbers of units per grade, on the terminal.
pub fn summary(ui: &Ui, release: &Release) {
    let priced = !release.cells.is_empty();
    let sampled = release.head.origin == Origin::Computed || release.cells.iter().any(|cell| cell.samples > 0);
    if !sampled && priced {
        ui.say(&say!("grades and prices as their source states them, without samples", "级别与地价均取自来源,无样点"));
    }
    for (at, head) in release.uses.iter().enumerate() {
        let (name, key) = (&head.name, &head.key);
        ui.say(&match head.method.as_str() {
            "" => say!("{name} ({key})", "{name}({key})"),
            word => {
                let Text { en, zh } = landgrade::land::grade::method(word);
                say!("{name} ({key}), breaks: {en}", "{name}({key}),分级方法:{zh}")
            }
        });
        if let Some(reason) = &head.reason {
            ui.say(&say!("  because: {reason}", "  依据:{reason}"));
        }
        for (_, Text { en, zh }) in head.judgements() {
            ui.say(&say!("  weights: {en}", "  权重:{zh}"));
        }
        ui.say(&match (priced, sampled) {
            (true, true) => say!(
                "  grade     units     元/㎡   万元/亩   samples used/all",
                "  级别    单元数     元/㎡   万元/亩   样点 采用/全部"
            ),
            (true, false) => say!("  grade     units     元/㎡   万元/亩", "  级别    单元数     元/㎡   万元/亩"),
            (false, _) => say!("  grade     units", "  级别    单元数"),
        });
        for grade in 1..=head.grades {
            line(ui, release, (at, grade), priced, sampled);
        }
        parcels(ui, release, at);
    }
    for Text { en, zh } in uncorrected(release) {
        ui.say(&say!("  note: {en}", "  注意:{zh}"));
    }
    for (code, count) in release.findings.counts() {
        let title = code.title();
        ui.line(&format!("{count:>8}  {}  {}", code.name(), title.in_lang(ui.lang)));
        let of_code = release.findings.iter().filter(|finding| finding.code == code);
        of_code.take(TOLD).for_each(|finding| ui.line(&format!("          {}", finding.show(ui.lang))));
        if count > TOLD {
            let rest = count - TOLD;
            ui.say(&say!("          … and {rest} more", "          ……另有 {rest} 条"));
        }
    }
}

/// How many parcels of the use have a grade of their own, and how many of them lie on several.
fn parcels(ui: &Ui, release: &Release, at: usize) {
    let parcels = &release.map.parcels;
    let own = || (0..parcels.len()).filter(|&parcel| usize::from(parcels.uses[parcel]) == at);
    let (count, split) = (own().count(), own().filter(|&parcel| parcels.decided[parcel].is_split()).count());
    let bare = own().filter(|&parcel| parcels.decided[parcel] == Decided::No).count();
    if count > 0 {
        ui.say(&say!(
            "  parcels given one grade: {count}, of them {split} on several grades, {bare} without any",
            "  逐宗定级:{count} 宗,其中跨级别 {split} 宗,无级别 {bare} 宗"
        ));
    }
}

/// One grade's row; a dash stands in each column that has nothing.
fn line(ui: &Ui, release: &Release, (at, grade): (usize, u8), priced: bool, sampled: bool) {
    let member = |unit: &usize| usize::from(release.units.uses[*unit]) == at && release.units.grades[*unit] == grade;
    let count = (0..release.units.len()).filter(member).count();
    let title = landgrade::land::grade::name(grade, ui.lang);
    // A Chinese character takes two columns.
    let width = 6usize.saturating_sub(title.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum());
    let units = if release.units.is_empty() { "–".to_string() } else { count.to_string() };
    let mut row = format!("  {title}{:width$}{units:>9}", "");
    if priced {
        let cell = release.cells.iter().find(|cell| usize::from(cell.use_index) == at && cell.grade == grade);
        let price = cell.and_then(|cell| cell.published);
        let dash = || "–".to_string();
        let (per_square_metre, per_mu) = (
            price.map_or_else(dash, |price| price.to_string()),
            price
                .and_then(|price| release.uses[at].per_mu(grade, price))
                .map_or_else(dash, |price| format!("{price:.2}")),
        );
        row.push_str(&format!(" {per_square_metre:>9} {per_mu:>9}"));
        if sampled {
            let samples = cell.map_or_else(dash, |cell| format!("{}/{}", cell.kept, cell.samples));
            row.push_str(&format!("   {samples}"));
        }
        let decided = cell.and_then(|cell| cell.decided.as_ref()).map(landgrade::release::Decided::text);
        if let Some(note) = decided.or_else(|| cell?.filled.clone()) {
            row.push_str(&format!("  {}", note.in_lang(ui.lang)));
        }
    }
    ui.line(&row);
}

/// The uses with their limits, for JSON.
pub fn uses(release: &Release) -> Vec<Value> {
    let alternatives = &release.units.alternatives;
    let of_use = |head: &landgrade::release::UseHead| {
        let others = alternatives.iter().zip(&head.alternative_limits);
        let others: serde_json::Map<String, Value> =
            others.map(|((key, _), limits)| (key.clone(), json!(limits))).collect();
        json!({"use": head.key, "name": head.name, "grades": head.grades, "method": head.method, "reason": head.reason, "limits": head.limits,
               "gvf": head.gvf, "judged": head.judged, "alternatives": others})
    };
    release.uses.iter().map(of_use).collect()
}

/// The price cells, for JSON.
pub fn cells(release: &Release, lang: Lang) -> Vec<Value> {
    let of_cell = |cell: &landgrade::release::PriceCell| {
        json!({"use": release.uses[usize::from(cell.use_index)].key, "grade": cell.grade, "units": cell.units, "area": cell.area,
               "samples": cell.samples, "kept": cell.kept, "raw": cell.raw, "price": cell.published,
               "filled": cell.filled.as_ref().map(|note| note.in_lang(lang)),
               "decided": cell.decided.as_ref().map(|own| json!({"computed": own.computed, "reason": own.reason}))})
    };
    release.cells.iter().map(of_cell).collect()
}
