//! `landgrade stability`: how firm the grades of a release are against its weights.

use super::outputs::Outputs;
use super::{Ending, Ui};
use clap::Args;
use landgrade::formats::{csv, geojson, gpkg, shapefile};
use landgrade::land::progress::Watch;
use landgrade::land::{Fault, Outcome, Text};
use landgrade::publish::{firm_style, firm_table};
use landgrade::release::{self, Release};
use landgrade::review::simulate::{Draws, kept_shares};
use landgrade::review::{Margin, Scored, flips, margin};
use landgrade::say;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Tell how much a weight must change before a unit changes its grade
#[derive(Args)]
#[command(after_help = "Example:\n  landgrade stability demo/releases/2025 --to firm.gpkg")]
pub struct Stability {
    /// The sealed release
    release: PathBuf,
    /// A unit is firm where no weight needs to change by less than this (parts of 1)
    #[arg(long, value_name = "CHANGE", default_value_t = 0.05)]
    firm: f64,
    /// Draws of all weights together; 0 leaves them out
    #[arg(long, value_name = "N", default_value_t = 1000)]
    draws: u32,
    /// The greatest relative change of a weight in a draw (parts of 1)
    #[arg(long, value_name = "SHARE", default_value_t = 0.1)]
    spread: f64,
    /// The seed of the draws
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// Write the units with their margins to this file: .gpkg, .geojson, .shp, .csv; may be given several times
    #[arg(long, value_name = "FILE")]
    to: Vec<PathBuf>,
}

/// The change of a weight that reviews ask about.
const STEP: f64 = 0.01;

impl Stability {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        within("--firm", self.firm, 1.0)?;
        within("--spread", self.spread, 0.999)?;
        self.to.iter().try_for_each(|target| super::grade::known_ending(target).map(|_| ()))?;
        let release = release::open(&self.release)?;
        let scored = Scored::of(&release)?;
        ui.begin(&say!("stability", "稳定性分析"), 3);
        let margins = margin::margins(&scored);
        ui.advance(1);
        let flips = flips::flips(&scored, STEP);
        ui.advance(1);
        let draws = Draws { count: self.draws, spread: self.spread, seed: self.seed };
        let kept = (self.draws > 0).then(|| kept_shares(&scored, &draws));
        ui.advance(1);
        let uses = summary(ui, &release, &margins, &flips, kept.as_deref(), self.firm);
        let mut outputs = Outputs::new();
        let table = firm_table(&release, &margins, kept.as_deref(), self.firm, ui.lang);
        for target in &self.to {
            outputs.write(target, |aside| match super::grade::known_ending(target)? {
                "gpkg" => gpkg::write(aside, &[gpkg::Layer { table: &table, style: Some(&firm_style(ui.lang)) }]),
                "geojson" => geojson::write(&table, aside, &geojson::Options { crs: geojson::Coordinates::LonLat }),
                "shp" => shapefile::write(&table, aside, &shapefile::Options::default()),
                _ => csv::write(&table, aside, &csv::Options { bom: true, ..csv::Options::default() }),
            })?;
        }
        let mut files = Vec::new();
        for (target, written) in self.to.iter().zip(outputs.commit()?) {
            let (path, rows) = (target.display().to_string(), written.rows);
            ui.say(&say!("written: {path} ({rows} rows)", "已写出:{path}({rows} 行)"));
            files.push(path);
        }
        ui.result(&json!({"uses": uses, "firm": self.firm, "step": STEP, "files": files,
            "draws": {"count": self.draws, "spread": self.spread, "seed": self.seed}}));
        Ok(Ending::Done)
    }
}

/// A share from 0 up to `most`.
fn within(option: &str, value: f64, most: f64) -> Outcome<()> {
    if (0.0..=most).contains(&value) {
        return Ok(());
    }
    Err(Fault::new(
        "option-range",
        say!("{option} is {value}, not from 0 to {most}", "{option} 为 {value},应在 0 至 {most} 之间"),
        say!("write a part of 1, such as 0.05", "请写小数,如 0.05"),
    ))
}

fn summary(
    ui: &Ui,
    release: &Release,
    margins: &[Option<Margin>],
    flips: &[flips::Flip],
    kept: Option<&[f64]>,
    firm: f64,
) -> Vec<Value> {
    let units = &release.units;
    let mut results = Vec::new();
    for (land_use, head) in release.uses.iter().enumerate() {
        let members: Vec<usize> = (0..units.len()).filter(|&unit| usize::from(units.uses[unit]) == land_use).collect();
        if members.is_empty() {
            continue;
        }
        let is_firm = |unit: usize| margins[unit].is_none_or(|margin| margin.change.abs() >= firm);
        let count = members.len();
        let firm_units = members.iter().filter(|&&unit| is_firm(unit)).count();
        let (name, key, border) = (&head.name, &head.key, count - firm_units);
        ui.say(&say!(
            "{name} ({key}): {firm_units} of {count} units firm, {border} on the border (a change of one weight by less than {firm})",
            "{name}({key}):{count} 个单元中 {firm_units} 个稳定,{border} 个处于边界(某一权重变动小于 {firm} 即改变级别)"
        ));
        let mean = kept.map(|kept| members.iter().map(|&unit| kept[unit]).sum::<f64>() / count as f64);
        if let Some(mean) = mean {
            let share = mean * 100.0;
            ui.say(&say!(
                "  all weights together: grades stay in {share:.2} % of the draws on the mean",
                "  全部权重联合变动:级别平均有 {share:.2}% 的抽样保持不变"
            ));
        }
        ui.say(&say!("  units that change their grade:", "  改变级别的单元数:"));
        let mut listed = Vec::new();
        for pair in flips.iter().filter(|flip| flip.land_use == land_use).collect::<Vec<_>>().chunks(2) {
            let [less, more] = pair else { continue };
            let factor = &release.head.factors[less.factor];
            let (name, weight) = (&factor.name, head.weights[less.factor]);
            let (low, high) = (less.units, more.units);
            let Text { en, zh } = say!(
                "    {name}, weight {weight:.4}: −0.01 {low}, +0.01 {high}",
                "    {name},权重 {weight:.4}:−0.01 时 {low},+0.01 时 {high}"
            );
            ui.say(&Text { en, zh });
            listed.push(json!({"factor": factor.key, "less": {"change": less.change, "units": low, "area": less.area},
                "more": {"change": more.change, "units": high, "area": more.area}}));
        }
        results.push(json!({"use": key, "units": count, "firm": firm_units, "border": border, "kept_share": mean, "flips": listed}));
    }
    results
}
