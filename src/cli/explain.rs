//! `landgrade explain`: where a unit's grade and price come from.

use super::{Ending, Ui};
use clap::Args;
use landgrade::explain;
use landgrade::formats::csv::Header;
use landgrade::land::{Fault, Outcome};
use landgrade::pipeline::{Appraiser, Basis, Explained};
use landgrade::project::Project;
use landgrade::release::{self, Release};
use landgrade::say;
use serde_json::json;
use std::path::PathBuf;

/// Explain a unit: every factor, facility, distance, score, weight, contribution, the grade and the price
#[derive(Args)]
#[command(
    after_help = "Example:\n  landgrade explain demo/releases/2025 990101001001GB00001\n  landgrade explain demo/releases/2025 --all --to explained.csv"
)]
pub struct Explain {
    /// The sealed release
    release: PathBuf,
    /// The unit's identifier
    #[arg(required_unless_present = "all")]
    id: Option<String>,
    /// Explain every unit, as columns of a CSV file
    #[arg(long, requires = "to", conflicts_with = "id")]
    all: bool,
    /// The CSV file for --all
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Head the columns with words instead of field names
    #[arg(long, requires = "all")]
    titles: bool,
    /// The folder the project file stood in, to show the values of rasters and of the price index too
    #[arg(long, value_name = "FOLDER")]
    inputs: Option<PathBuf>,
}

impl Explain {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        if let Some(target) = self.to.as_ref().filter(|to| to.extension().is_none_or(|ending| ending != "csv")) {
            return Err(Fault::new(
                "unknown-format",
                say!("the columns are written as CSV", "各列以 CSV 写出"),
                say!("name a file that ends in .csv", "文件名请以 .csv 结尾"),
            )
            .at(target.display()));
        }
        super::at_hand(self.inputs.as_deref())?;
        let release = release::open(&self.release)?;
        let text = &release.head.project;
        let project = match &self.inputs {
            Some(folder) => Project::sealed_with_inputs(text, &folder.join("project.toml")),
            None => Project::sealed(text, &self.release.join("project.toml")),
        }?;
        let explained = Explained::new(&release, &project)?;
        if let Some(target) = self.to.filter(|_| self.all) {
            let header = if self.titles { Header::Titles(ui.lang) } else { Header::Names };
            let written = explained.write_all(&target, header, ui)?;
            let (rows, shown) = (written.rows, target.display());
            ui.say(&say!("{rows} units explained: {shown}", "已解释 {rows} 个单元:{shown}"));
            ui.result(&json!({"file": target, "rows": rows}));
            return Ok(Ending::Done);
        }
        let account = explained.unit(&self.id.unwrap_or_default())?;
        explain::text(&account, ui.lang).iter().for_each(|line| ui.line(line));
        let mut told = serde_json::to_value(&account).unwrap_or_default();
        if let Some(basis) = basis(&release, &account.id)?.and_then(|basis| basis.told()) {
            ui.line("");
            ui.say(&basis);
            told["valued_by"] = json!(basis.in_lang(ui.lang));
        }
        ui.result(&told);
        Ok(Ending::Done)
    }
}

/// What the ground of a unit is valued by, where areas or streets have prices of their own.
fn basis(release: &Release, id: &str) -> Outcome<Option<Basis>> {
    let places = &release.map.places;
    if places.areas.rows.is_empty() && places.streets.rows.is_empty() {
        return Ok(None);
    }
    let unit = release.units.ids.find_sorted(id);
    Ok(Some(Appraiser::new(release, None, None)?).zip(unit).map(|(appraiser, unit)| appraiser.basis_of_unit(unit)))
}
