//! `landgrade check`: reads everything and lists what is wrong with it.

use super::{Ending, Ui};
use clap::Args;
use landgrade::formats::csv::{self, Header};
use landgrade::formats::{Together, gpkg};
use landgrade::land::Outcome;
use landgrade::pipeline;
use landgrade::project::Project;
use landgrade::say;
use serde_json::json;
use std::path::PathBuf;

/// Read everything a project names and list the findings, without grading
#[derive(Args)]
#[command(after_help = "Example:\n  landgrade check demo/2025/project.toml --to findings")]
pub struct Check {
    /// The project file
    project: PathBuf,
    /// Folder for findings.csv and findings.gpkg (a layer for QGIS)
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// How many findings are printed
    #[arg(long, default_value_t = 50, value_name = "N")]
    show: usize,
}

impl Check {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let project = Project::read(&self.project)?;
        for name in ["findings.csv", "findings.gpkg"] {
            self.to.iter().try_for_each(|folder| pipeline::spare(&project, &folder.join(name)))?;
        }
        let survey = pipeline::check(&project, ui)?;
        let findings = &survey.findings;
        for finding in findings.iter().take(self.show) {
            ui.line(&finding.show(ui.lang));
        }
        if findings.len() > self.show {
            let rest = findings.len() - self.show;
            ui.say(&say!("… and {rest} more (--to FOLDER writes all)", "……另有 {rest} 条(用 --to 文件夹 可写出全部)"));
        }
        let mut counts = Vec::new();
        for (code, count) in findings.counts() {
            let (name, title) = (code.name(), code.title());
            ui.line(&format!("{count:>8}  {name}  {}", title.in_lang(ui.lang)));
            counts.push(json!({"code": name, "title": title.in_lang(ui.lang), "count": count}));
        }
        let (units, samples, denied) = (survey.units.len(), survey.samples.len(), findings.denied().count());
        let total = findings.len();
        ui.say(&say!(
            "{units} units, {samples} samples, {total} findings, {denied} of them stop a run",
            "{units} 个单元,{samples} 个样点,{total} 个问题,其中 {denied} 个会中止运行"
        ));
        if let Some(folder) = &self.to {
            let places = findings.places();
            let table = findings.table(ui.lang, Some((&places, &project.crs)));
            let together = Together::new(folder)?;
            let write = || {
                let layer = gpkg::Layer { table: &table, style: None };
                gpkg::write(&together.path().join("findings.gpkg"), &[layer])?;
                let table = findings.table(ui.lang, None);
                let options = csv::Options { bom: true, header: Header::Titles(ui.lang), rounded: false };
                csv::write(&table, &together.path().join("findings.csv"), &options)
            };
            write().map_err(|fault| together.placed(fault))?;
            together.ready()?;
            together.commit(&mut [])?;
            let shown = folder.display();
            ui.say(&say!(
                "written: {shown}/findings.csv, {shown}/findings.gpkg",
                "已写出:{shown}/findings.csv、{shown}/findings.gpkg"
            ));
        }
        let list: Vec<_> = findings
            .iter()
            .map(|finding| {
                json!({
                    "code": finding.code.name(), "layer": finding.layer, "feature": finding.feature,
                    "x": finding.place.map(|place| place.x), "y": finding.place.map(|place| place.y),
                    "detail": finding.detail.in_lang(ui.lang), "action": finding.action.name(),
                })
            })
            .collect();
        ui.result(&json!({"units": units, "samples": samples, "denied": denied, "counts": counts, "findings": list}));
        Ok(if denied > 0 { Ending::Differences } else { Ending::Done })
    }
}
