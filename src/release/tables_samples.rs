//! The samples of a release as CSV and back: those that were priced, how a price follows from a transaction, the rows that were not used.

use super::content::{Release, UseHead};
use super::priced::{RejectedRow, SampleDetail, SampleRow};
use super::tables::{ints, put, reals, texts};
use super::tables_read::each_row;
use crate::land::step::Step;
use crate::land::{Fault, Outcome};
use crate::say;
use crate::space::Point;
use std::collections::HashMap;
use std::path::Path;

/// Samples with what became of them.
pub const SAMPLES: &str = "samples.csv";
/// The steps from the figures of a transaction to its price; only where there are any.
pub const DERIVATIONS: &str = "derivations.csv";
/// The other rows of the samples' table; only where there are any.
pub const REJECTED: &str = "rejected.csv";

/// Writes the tables into a folder.
///
/// # Errors
/// As [`crate::formats::csv::write`].
pub(super) fn write(release: &Release, folder: &Path) -> Outcome<()> {
    samples(&release.samples, &release.uses, &folder.join(SAMPLES))?;
    if release.samples.iter().any(|sample| !sample.detail.steps.is_empty()) {
        derivations(&release.samples, &folder.join(DERIVATIONS))?;
    }
    if !release.rejected.is_empty() {
        rejected(&release.rejected, &release.uses, &folder.join(REJECTED))?;
    }
    Ok(())
}

fn samples(samples: &[SampleRow], uses: &[UseHead], target: &Path) -> Outcome<()> {
    let real = |name: &str, get: &dyn Fn(&SampleRow) -> f64| reals(name, samples.iter().map(get));
    let fields = vec![
        texts("id", samples.iter().map(|sample| &sample.id)),
        real("x", &|sample| sample.place.x),
        real("y", &|sample| sample.place.y),
        texts("use", samples.iter().map(|sample| &uses[usize::from(sample.use_index)].key)),
        texts("unit", samples.iter().map(|sample| &sample.unit)),
        ints("grade", samples.iter().map(|sample| usize::from(sample.grade))),
        real("price", &|sample| sample.price),
        texts("date", samples.iter().map(|sample| &sample.date)),
        real("plot_ratio", &|sample| sample.plot_ratio),
        real("term", &|sample| sample.term),
        real("area", &|sample| sample.area),
        real("k_date", &|sample| sample.k_date),
        real("k_term", &|sample| sample.k_term),
        real("k_plot_ratio", &|sample| sample.k_plot_ratio),
        texts("type", samples.iter().map(|sample| &sample.detail.kind)),
        real("condition", &|sample| sample.detail.condition),
        real("region", &|sample| sample.detail.region),
        texts("services", samples.iter().map(|sample| &sample.detail.services)),
        real("k_condition", &|sample| sample.detail.k_condition),
        real("k_region", &|sample| sample.detail.k_region),
        real("development", &|sample| sample.detail.development),
        texts("price_area", samples.iter().map(|sample| &sample.detail.area)),
        texts("street", samples.iter().map(|sample| &sample.detail.street)),
        real("depth", &|sample| sample.detail.depth),
        real("street_price", &|sample| sample.detail.street_price),
        ints("used_area", samples.iter().map(|sample| usize::from(sample.detail.area_used))),
        ints("used_street", samples.iter().map(|sample| usize::from(sample.detail.street_used))),
        real("corrected", &|sample| sample.corrected),
        ints("used", samples.iter().map(|sample| usize::from(sample.used))),
        texts("outcome_zh", samples.iter().map(|sample| &sample.outcome.zh)),
        texts("outcome_en", samples.iter().map(|sample| &sample.outcome.en)),
    ];
    put("samples", fields, samples.len(), target)
}

fn derivations(samples: &[SampleRow], target: &Path) -> Outcome<()> {
    let steps = || samples.iter().enumerate().flat_map(|(at, row)| row.detail.steps.iter().map(move |step| (at, step)));
    let fields = vec![
        // The row of the sample in its table, from 1: identifiers may stand twice.
        ints("sample", steps().map(|(at, _)| at + 1)),
        texts("id", steps().map(|(at, _)| &samples[at].id)),
        texts("name_zh", steps().map(|(_, step)| &step.name.zh)),
        texts("name_en", steps().map(|(_, step)| &step.name.en)),
        texts("formula", steps().map(|(_, step)| &step.formula)),
        reals("value", steps().map(|(_, step)| step.value)),
    ];
    put("derivations", fields, steps().count(), target)
}

fn rejected(rows: &[RejectedRow], uses: &[UseHead], target: &Path) -> Outcome<()> {
    let key = |row: &RejectedRow| row.use_index.map_or(String::new(), |at| uses[usize::from(at)].key.clone());
    let keys: Vec<String> = rows.iter().map(key).collect();
    let fields = vec![
        texts("id", rows.iter().map(|row| &row.id)),
        reals("x", rows.iter().map(|row| row.place.x)),
        reals("y", rows.iter().map(|row| row.place.y)),
        texts("use", keys.iter()),
        reals("price", rows.iter().map(|row| row.price)),
        texts("outcome_zh", rows.iter().map(|row| &row.outcome.zh)),
        texts("outcome_en", rows.iter().map(|row| &row.outcome.en)),
    ];
    put("rejected", fields, rows.len(), target)
}

/// Reads the samples with their derivations, where there are any.
///
/// # Errors
/// `csv` naming row and column of what cannot be read.
pub fn read(path: &Path, derivations: Option<&Path>, uses: &[UseHead]) -> Outcome<Vec<SampleRow>> {
    let mut samples = read_samples(path, uses)?;
    let Some(path) = derivations else { return Ok(samples) };
    let mut steps: HashMap<usize, Vec<Step>> = HashMap::new();
    for (at, step) in read_steps(path)? {
        steps.entry(at).or_default().push(step);
    }
    for (at, sample) in samples.iter_mut().enumerate() {
        sample.detail.steps = steps.remove(&(at + 1)).unwrap_or_default();
    }
    match steps.keys().min() {
        None => Ok(samples),
        Some(at) => Err(Fault::new(
            "csv",
            say!("there is no sample {at}", "没有第 {at} 个样点"),
            say!("give a file that a release holds", "请给出成果包中的文件"),
        )
        .at(path.display())),
    }
}

fn read_steps(path: &Path) -> Outcome<Vec<(usize, Step)>> {
    each_row(path, |row| {
        let step =
            Step { name: row.text("name")?, formula: row.cell("formula")?.to_string(), value: row.real("value")? };
        Ok((row.number("sample")?, step))
    })
}

/// Reads `rejected.csv`.
///
/// # Errors
/// As [`read`].
pub fn read_rejected(path: &Path, uses: &[UseHead]) -> Outcome<Vec<RejectedRow>> {
    each_row(path, |row| {
        Ok(RejectedRow {
            id: row.cell("id")?.to_string(),
            place: Point::new(row.real("x")?, row.real("y")?),
            use_index: if row.cell("use")?.is_empty() { None } else { Some(row.land_use(uses)?) },
            price: row.real("price")?,
            outcome: row.text("outcome")?,
        })
    })
}

fn read_samples(path: &Path, uses: &[UseHead]) -> Outcome<Vec<SampleRow>> {
    each_row(path, |row| {
        Ok(SampleRow {
            id: row.cell("id")?.to_string(),
            place: Point::new(row.real("x")?, row.real("y")?),
            use_index: row.land_use(uses)?,
            unit: row.cell("unit")?.to_string(),
            grade: row.number("grade")?,
            price: row.real("price")?,
            date: row.cell("date")?.to_string(),
            plot_ratio: row.real("plot_ratio")?,
            term: row.real("term")?,
            area: row.real("area")?,
            k_date: row.real("k_date")?,
            k_term: row.real("k_term")?,
            k_plot_ratio: row.real("k_plot_ratio")?,
            corrected: row.real("corrected")?,
            outcome: row.text("outcome")?,
            used: row.number::<u8>("used")? == 1,
            detail: SampleDetail {
                called: String::new(),
                kind: row.later("type").to_string(),
                condition: row.later_real("condition")?,
                region: row.later_real("region")?,
                services: row.later("services").to_string(),
                k_condition: row.later_real("k_condition")?,
                k_region: row.later_real("k_region")?,
                development: row.later_real("development")?,
                area: row.later("price_area").to_string(),
                street: row.later("street").to_string(),
                depth: row.later_real("depth")?,
                street_price: row.later_real("street_price")?,
                area_used: row.later("used_area") != "0",
                street_used: row.later("used_street") != "0",
                steps: Vec::new(),
            },
        })
    })
}
