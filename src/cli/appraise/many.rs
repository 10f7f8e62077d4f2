//! Many parcels: each row valued, or said why not.

use super::super::outputs::Outputs;
use super::super::{Ending, Ui, grade};
use super::areas::Areas;
use super::batch::{Batch, Line};
use super::beside::{self, Beside};
use super::values::{self, Words, is_workbook};
use super::{Appraise, coefficients, pair};
use landgrade::formats::xlsx::{Formulas, Sheet};
use landgrade::formats::{Table, csv, geojson, gpkg, shapefile, xlsx};
use landgrade::ingest::subjects::{self, Subjects, Wanted};
use landgrade::land::heading::heading;
use landgrade::land::progress::Watch;
use landgrade::land::quantity::Quantity;
use landgrade::land::{Fault, Outcome, Text, money};
use landgrade::pipeline::Appraiser;
use landgrade::price::appraise::Codes;
use landgrade::release::Release;
use landgrade::space::Crs;
use landgrade::{say, scale};
use rustc_hash::FxBuildHasher;
use serde_json::json;
use std::collections::BTreeMap;
use std::hash::BuildHasher;
use std::path::Path;

/// Rows that could not be valued named one by one before the rest are only counted.
const TOLD: usize = 5;

pub fn run(verb: &Appraise, ui: &Ui, release: &Release, appraiser: &Appraiser<'_>, file: &Path) -> Outcome<Ending> {
    ui.begin(&say!("reading parcels", "读取宗地"), 1);
    let conditions = appraiser.conditions();
    let keys = keys(&conditions);
    let subjects = read(verb, release, &keys, file)?;
    let areas = Areas::of(&subjects).map_err(|fault| fault.at(file.display()))?;
    let mut beside = match &verb.conditions {
        Some(file) => beside::read(file, &keys)?,
        None => Beside::default(),
    };
    beside.tell_strangers(&subjects);
    ui.advance(1);
    let twice = given_twice(&subjects);
    let (factors, scaled) = factors(&subjects);
    for note in subjects.notes.iter().chain(&twice).chain(&scaled).chain(&areas.told).chain(&beside.told) {
        ui.say(note);
    }
    ui.begin(&say!("valuing", "估价"), subjects.len() as u64);
    let common = verb.asked(0, &conditions)?;
    let beside = beside.cells;
    let batch = Batch {
        verb,
        common,
        release,
        appraiser,
        subjects: &subjects,
        areas,
        factors,
        conditions: &conditions,
        beside,
    };
    let lines = batch.lines()?;
    ui.advance(subjects.len() as u64);
    let (sums, warnings) = sums(release, &lines);
    let failed = tell(ui, release, &subjects, &lines, (&sums, &warnings));
    let (mut files, mut outputs) = (Vec::new(), Outputs::new());
    if let Some(target) = &verb.to {
        let table = values::table_of(release, &subjects, &lines, Words::of(target, ui));
        let formulas = values::formulas(release, &table, &lines);
        outputs.write(target, |aside| write(aside, target, &table, Some(&formulas), ui))?;
    }
    if let Some(target) = &verb.coefficients {
        let table = coefficients::table_of(release, &subjects, &lines, ui.lang);
        outputs.write(target, |aside| write(aside, target, &table, None, ui))?;
    }
    for (written, target) in outputs.commit()?.iter().zip(verb.to.iter().chain(&verb.coefficients)) {
        let (path, rows) = (target.display().to_string(), written.rows);
        ui.say(&say!("written: {path} ({rows} rows)", "已写出:{path}({rows} 行)"));
        files.push(path);
    }
    let age = appraiser.age(verb.today()?);
    if let Some(warning) = &age {
        let (Text { en, zh }, code) = (warning.text(), warning.code());
        ui.say(&say!("note: {en} [{code}]", "注意:{zh} [{code}]"));
    }
    let (valued, total) = (lines.len() - failed, sums.iter().map(|own| own.total).sum::<f64>());
    ui.result(&json!({
        "parcels": lines.len(), "valued": valued, "not_valued": failed, "total": total, "files": files,
        "warnings": warnings, "odd_tables": appraiser.doubts.iter().map(|text| text.in_lang(ui.lang)).collect::<Vec<_>>(), "old_price": age.map(|warning| warning.text().in_lang(ui.lang).to_string()),
    }));
    // The process ends here: taking a million lines apart would only cost time.
    std::mem::forget((lines, subjects));
    Ok(Ending::Done)
}

/// Identifiers that several rows bear with one use: each row is valued, and counts.
fn given_twice(subjects: &Subjects) -> Option<Text> {
    let key = |row: usize| (subjects.text("id", row), subjects.text("use", row));
    let mut marks = scale::map(subjects.len(), |row| FxBuildHasher.hash_one(key(row)));
    scale::sort_by(&mut marks, u64::cmp);
    if marks.windows(2).all(|pair| pair[0] != pair[1]) {
        return None;
    }
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for row in 0..subjects.len() {
        let id = subjects.text("id", row);
        if !id.is_empty() {
            *known.entry(format!("{id}\u{1}{}", subjects.text("use", row))).or_insert(0) += 1;
        }
    }
    let twice: Vec<&str> =
        known.iter().filter(|(_, count)| **count > 1).filter_map(|(key, _)| key.split('\u{1}').next()).collect();
    let (count, list) = (twice.len(), twice.iter().take(TOLD).copied().collect::<Vec<_>>().join(", "));
    let dots = if count > TOLD { " …" } else { "" };
    (count > 0).then(|| {
        say!(
            "identifiers that several rows bear: {count} ({list}{dots}); every row is valued and counts in the totals",
            "重复的编号:{count} 个({list}{dots});各行均估价并计入合计"
        )
    })
}

/// What the headings of plot ratio and term multiply their numbers by, and what is said of it: 容积率(%), 剩余年期(月).
fn factors(subjects: &Subjects) -> ([f64; 2], Vec<Text>) {
    let mut told = Vec::new();
    let factors = [("far", Quantity::Share), ("term", Quantity::Years)].map(|(key, quantity)| {
        let written = subjects.heading(key).unwrap_or_default();
        let factor = heading(written).unit.and_then(|unit| quantity.factor(&unit)).unwrap_or(1.0);
        if factor != 1.0 {
            let shown = money::round_half_up(factor, 6);
            told.push(say!("{written}: numbers × {shown}", "{written}:数值 × {shown}"));
        }
        factor
    });
    (factors, told)
}

/// What is looked for among the columns, and the headings it may have.
fn keys(conditions: &[(String, String)]) -> Vec<(&str, Vec<String>)> {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_string()).collect::<Vec<_>>();
    let mut keys: Vec<(&str, Vec<String>)> = vec![
        ("id", names(&["id", "parcel", "宗地编号", "宗地号", "宗地代码", "zddm", "编号", "序号"])),
        ("unit", names(&["unit", "unitid", "单元", "单元编号"])),
        ("use", names(&["use", "用途", "土地用途", "yt", "tdyt"])),
        ("area", names(&["area", "面积", "宗地面积", "zdmj", "土地面积", "总面积"])),
        ("far", names(&["far", "plot_ratio", "plotratio", "容积率", "rjl"])),
        (
            "term",
            names(&[
                "term",
                "剩余年期",
                "剩余年限",
                "剩余使用年期",
                "剩余使用年限",
                "剩余土地使用年期",
                "剩余土地使用年限",
                "使用年期",
                "使用年限",
                "土地使用年期",
                "土地使用年限",
                "出让年期",
                "出让年限",
                "年期",
                "年限",
                "synx",
            ]),
        ),
        ("date", names(&["date", "估价期日", "期日"])),
        ("services", names(&["services", "development", "开发程度"])),
    ];
    // A table of areas reads the area itself, in m².
    for (key, name) in conditions.iter().filter(|(key, _)| key != "area") {
        keys.push((key, vec![key.to_lowercase(), name.to_lowercase()]));
    }
    keys
}

fn read(verb: &Appraise, release: &Release, keys: &[(&str, Vec<String>)], file: &Path) -> Outcome<Subjects> {
    let stated = verb.field.iter().map(|text| pair(text)).collect::<Outcome<Vec<_>>>()?;
    let crs = verb.crs.as_deref().map(Crs::parse).transpose()?;
    let wanted = Wanted {
        layer: verb.layer.as_deref(),
        encoding: verb.encoding.as_deref(),
        header: verb.header,
        crs: crs.as_ref(),
        to: &release.head.crs,
        keys,
        stated: &stated,
    };
    subjects::read(file, &wanted)
}

/// Tells what could not be valued and what to look at; gives how many could not.
fn tell(
    ui: &Ui,
    release: &Release,
    subjects: &Subjects,
    lines: &[Line],
    (sums, warnings): (&[Sum], &BTreeMap<String, usize>),
) -> usize {
    let failed: Vec<(usize, &Fault)> =
        lines.iter().enumerate().filter_map(|(row, line)| Some((row, &**line.found.as_ref().err()?))).collect();
    let (all, valued) = (lines.len(), lines.len() - failed.len());
    ui.say(&say!("{valued} of {all} parcels valued", "共 {all} 宗,已估价 {valued} 宗"));
    for (own, head) in sums.iter().zip(&release.uses) {
        let (count, total, name) = (own.count, own.total / 1e4, &head.name);
        match (count, own.known) {
            (0, _) => {}
            (_, 0) => ui.say(&say!("  {name}: {count}, areas not known", "  {name}:{count} 宗,面积未知")),
            _ => ui.say(&say!("  {name}: {count}, {total:.2} 万元", "  {name}:{count} 宗,合计 {total:.2} 万元")),
        }
    }
    for (code, count) in warnings {
        ui.say(&say!("  {count} with a note [{code}]", "  {count} 宗有提示 [{code}]"));
    }
    for (row, fault) in failed.iter().take(TOLD) {
        let (id, at, Text { en, zh }) = (beside::called(subjects, *row), subjects.rows[*row], &fault.what);
        ui.say(&say!("  {id} (row {at}) has no value: {en}", "  {id}(第 {at} 行)未估价:{zh}"));
    }
    if failed.len() > TOLD {
        let more = failed.len() - TOLD;
        ui.say(&say!("  … and {more} more", "  ……另有 {more} 宗"));
    }
    failed.len()
}

/// What the valued parcels of a use add up to.
#[derive(Clone, Copy, Default)]
struct Sum {
    count: usize,
    /// Those whose area is known, and their total, 元.
    known: usize,
    total: f64,
}

/// The sums by use, and how many parcels have each note; added up piece by piece, so that no thread count changes a bit.
fn sums(release: &Release, lines: &[Line]) -> (Vec<Sum>, BTreeMap<String, usize>) {
    const PIECE: usize = 65_536;
    let pieces = scale::chunks(lines.len(), PIECE, |rows| {
        let mut sums = vec![Sum::default(); release.uses.len()];
        // Few sets of notes are borne by many parcels.
        let mut alike: BTreeMap<Codes, usize> = BTreeMap::new();
        for line in &lines[rows] {
            let (Some(land_use), Ok(found)) = (line.land_use, &line.found) else { continue };
            let own = &mut sums[land_use];
            own.count += 1;
            if !found.total.is_nan() {
                own.known += 1;
                own.total += found.total;
            }
            *alike.entry(found.warnings).or_insert(0) += 1;
        }
        (sums, alike)
    });
    let (mut all, mut counts) = (vec![Sum::default(); release.uses.len()], BTreeMap::new());
    for (sums, alike) in pieces {
        for (all, own) in all.iter_mut().zip(sums) {
            all.count += own.count;
            all.known += own.known;
            all.total += own.total;
        }
        for (codes, count) in alike {
            for code in codes.iter() {
                *counts.entry(code.to_string()).or_insert(0) += count;
            }
        }
    }
    (all, counts)
}

fn write(
    aside: &Path,
    target: &Path,
    table: &Table<'_>,
    formulas: Option<&Formulas<'_>>,
    ui: &Ui,
) -> Outcome<landgrade::formats::Written> {
    if is_workbook(target) {
        let mut sheet = Sheet::plain(table);
        (sheet.filter, sheet.formulas) = (true, formulas);
        return xlsx::write(&[sheet], aside, &xlsx::Options { lang: ui.lang });
    }
    match grade::known_ending(target)? {
        "gpkg" => gpkg::write(aside, &[gpkg::Layer { table, style: None }]),
        "geojson" => geojson::write(table, aside, &geojson::Options { crs: geojson::Coordinates::LonLat }),
        "shp" => shapefile::write(table, aside, &shapefile::Options::default()),
        _ => csv::write(table, aside, &csv::Options { bom: true, header: csv::Header::Names, rounded: false }),
    }
}
