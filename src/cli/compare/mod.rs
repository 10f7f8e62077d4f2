//! `landgrade compare`: what changed between two releases, and why.

mod reasons;

use super::{Ending, Ui};
use clap::{Args, ValueEnum};
use landgrade::borders::bring::{Converted, convert};
use landgrade::compare::regrade::GradeMap;
use landgrade::compare::{Format, Options, compare, regrade, write};
use landgrade::land::Outcome;
use landgrade::land::progress::Watch;
use landgrade::project::system::System;
use landgrade::release::{self, Release, change_file};
use landgrade::say;
use serde_json::json;
use std::path::PathBuf;

/// Compare two releases: units, grades, prices; exit code 1 where they differ
#[derive(Args)]
#[command(after_help = "Example:
  landgrade compare demo/releases/2025 demo/releases/2026 --to demo/compared
The two releases come from:
  landgrade sample demo --parcels 400
  landgrade run demo/2025/project.toml
  landgrade run demo/2026/project.toml")]
pub struct Compare {
    /// The earlier release
    old: PathBuf,
    /// The later release
    new: PathBuf,
    /// Folder for comparison.html, comparison.xlsx, the CSV tables, changes.geojson and changes.gpkg
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Flag units that move by at least so many grades
    #[arg(long, default_value_t = 2, value_name = "N")]
    grade_jump: u8,
    /// Flag prices that change by more than so many percent
    #[arg(long, default_value_t = 30.0, value_name = "PERCENT")]
    price_jump: f64,
    /// Compare prices although their connotations differ; every result then says so
    #[arg(long)]
    allow_different_connotation: bool,
    /// Bring the old prices to the new premises first: plot ratio, term, development, kind of price
    #[arg(long)]
    convert: bool,
    /// A correction system for a release that has none, with --convert
    #[arg(long, value_name = "FILE", requires = "convert")]
    corrections: Option<PathBuf>,
    /// A table use,old,new: grades of the earlier release that count as others in the later one, as where grades were merged
    #[arg(long, value_name = "FILE", conflicts_with = "reasons")]
    grades: Option<PathBuf>,
    /// A kept field, such as the address, that confirms an identifier whose point moved
    #[arg(long, value_name = "FIELD")]
    witness: Option<String>,
    /// Shared ground below so many m² is a sliver, unless it is most of the smaller unit
    #[arg(long, default_value_t = 1.0, value_name = "M2")]
    sliver_area: f64,
    /// Shared ground below this share of the smaller unit makes no partners, 0 to 1
    #[arg(long, default_value_t = 0.2, value_name = "SHARE")]
    sliver_share: f64,
    /// Points belong together within so many metres
    #[arg(long, default_value_t = 30.0, value_name = "M")]
    point_tolerance: f64,
    /// Recompute with one group of inputs after the other swapped, and split every change among them
    #[arg(long, value_name = "WAY", num_args = 0..=1, default_missing_value = "ordered", conflicts_with = "convert")]
    reasons: Option<Reasons>,
    /// Write the file that turns the earlier release into the later one, to the byte (landgrade apply)
    #[arg(long, value_name = "FILE")]
    change_file: Option<PathBuf>,
    /// The folder the project file of the earlier release stood in
    #[arg(long, value_name = "FOLDER", requires = "reasons")]
    inputs_old: Option<PathBuf>,
    /// The folder the project file of the later release stood in
    #[arg(long, value_name = "FOLDER", requires = "reasons")]
    inputs_new: Option<PathBuf>,
}

/// How a change is split among the groups of inputs.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Reasons {
    /// One group after the other
    Ordered,
    /// The mean over every order
    Shapley,
}

impl Compare {
    fn converted(&self, old: &mut Release, new: &Release, map: &GradeMap) -> Outcome<Converted> {
        let system = self.corrections.as_deref().map(System::read).transpose()?;
        let counts_as: Vec<Vec<u8>> = old.uses.iter().map(|own| regrade::of_use(own, map)).collect();
        let renumbered = |land_use: u8, grade: u8| counts_as[usize::from(land_use)][usize::from(grade)];
        convert(old, new, system.as_ref().map(|(system, _)| system), &renumbered)
    }

    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        ui.begin(&say!("reading", "读取数据"), 2);
        let mut old = release::open(&self.old)?;
        ui.advance(1);
        let new = release::open(&self.new)?;
        ui.advance(1);
        let options = Options {
            grade_jump: self.grade_jump,
            price_jump: self.price_jump,
            allow_different_connotation: self.allow_different_connotation,
            witness: self.witness.clone(),
            sliver_area: self.sliver_area,
            sliver_share: self.sliver_share,
            point_tolerance: self.point_tolerance,
            ..Options::default()
        };
        let mut converted = Vec::new();
        let map = self.grades.as_deref().map(regrade::read).transpose()?.unwrap_or_default();
        // Each old grade by its own law first; then merged ones are the means of what their parts cost at the new premises.
        let restated = match self.convert {
            true => Some(self.converted(&mut old, &new, &map)?),
            false => None,
        };
        if let Some(path) = &self.grades {
            converted.extend(regrade::apply(&mut old, &map).map_err(|fault| fault.at(path.display()))?);
        }
        if let Some(restated) = restated {
            restated.state(&mut old);
            converted.splice(0..0, restated.notes);
        }
        let mut comparison = compare(&old, &new, &options, ui)?;
        comparison.notes.extend(converted);
        if let Some(way) = self.reasons {
            let folders = [(&self.old, &self.inputs_old), (&self.new, &self.inputs_new)];
            let (found, notes) = reasons::of(&comparison, folders, way, ui)?;
            comparison.reasons = Some(found);
            comparison.notes.extend(notes);
        }
        for sentence in comparison.sentences(ui.lang) {
            ui.line(&sentence);
        }
        let mut files = Vec::new();
        if let Some(folder) = &self.to {
            ui.begin(&say!("writing", "写出"), 1);
            let files_written = write(&comparison, folder, &Format::ALL, ui.lang)?;
            ui.advance(1);
            for written in files_written {
                let (path, rows) = (written.path.display().to_string(), written.rows);
                ui.say(&say!("written: {path} ({rows} rows)", "已写出:{path}({rows} 行)"));
                files.push(path);
            }
        }
        if let Some(target) = &self.change_file {
            let change = change_file::write(&self.old, &self.new, target)?;
            let (path, size, fresh) = (target.display().to_string(), change.bytes, change.fresh);
            ui.say(&say!(
                "written: {path} ({fresh} of {size} bytes are new)",
                "已写出:{path}({size} 字节中有 {fresh} 字节为新内容)"
            ));
            files.push(path);
        }
        let mut summary = serde_json::to_value(comparison.summary(ui.lang)).unwrap_or_default();
        if let Some(map) = summary.as_object_mut() {
            map.insert("files".to_string(), json!(files));
        }
        super::summary::show(ui, &comparison, self.to.is_some());
        reasons::show(ui, &comparison);
        ui.result(&summary);
        Ok(if comparison.has_differences() { Ending::Differences } else { Ending::Done })
    }
}
