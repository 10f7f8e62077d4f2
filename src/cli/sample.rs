//! `landgrade sample`: makes a fictional city to try everything on.

use super::{Ending, Ui};
use clap::Args;
use landgrade::formats::csv::{self, Header};
use landgrade::formats::{Part, gpkg};
use landgrade::land::progress::Watch;
use landgrade::land::{Fault, Outcome, cancel};
use landgrade::sample::{City, Plan, Year, city};
use landgrade::say;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Make a fictional city: parcels, factor layers, sale samples and a project file, for two years or more (生成样例城市)
#[derive(Args)]
#[command(
    after_help = "Example:\n  landgrade sample demo --parcels 10000 --seed 1\n  landgrade run demo/2025/project.toml"
)]
pub struct Sample {
    /// The folder to make it in; one sub-folder per year
    folder: PathBuf,
    /// Number of parcels in the first year
    #[arg(long, default_value_t = 10_000, value_name = "N")]
    parcels: usize,
    /// The seed: the same seed makes the same city
    #[arg(long, default_value_t = 1, value_name = "S")]
    seed: u64,
    /// The years, consecutive
    #[arg(long, value_delimiter = ',', default_values_t = [2025, 2026], value_name = "YEARS")]
    years: Vec<i16>,
}

impl Sample {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        for year in &self.years {
            let folder = self.folder.join(year.to_string());
            if folder.exists() {
                return Err(Fault::new(
                    "exists",
                    say!("the folder is there already", "文件夹已存在"),
                    say!("choose another folder, or remove it first", "请换一个文件夹,或先删除它"),
                )
                .at(folder.display()));
            }
        }
        ui.begin(&say!("making", "生成"), 1 + self.years.len() as u64);
        let city = city(&Plan { parcels: self.parcels, seed: self.seed, years: self.years.clone() })?;
        ui.advance(1);
        // Every year is written before the first stands in its place.
        let mut parts = Vec::new();
        for year in &city.years {
            let part = Part::new(self.folder.join(year.year.to_string()))?;
            write_year(&city, year, part.path())?;
            parts.push(part);
            ui.advance(1);
        }
        cancel::checkpoint()?;
        let mut made = Vec::new();
        for (year, part) in city.years.iter().zip(parts) {
            let folder = part.target().to_path_buf();
            part.commit()?;
            let (parcels, shown) = (year.layer("parcels").map_or(0, |layer| layer.shapes.len()), folder.display());
            made.push(json!({"year": year.year, "folder": folder, "parcels": parcels}));
            ui.say(&say!("{shown}: {parcels} parcels", "{shown}:{parcels} 宗地"));
        }
        let first = self.folder.join(self.years[0].to_string()).join("project.toml");
        let first = first.display();
        ui.say(&say!("next: landgrade run {first}", "下一步:landgrade run {first}"));
        ui.result(&json!({"years": made, "seed": self.seed}));
        Ok(Ending::Done)
    }
}

fn write_year(city: &City, year: &Year, folder: &Path) -> Outcome<()> {
    std::fs::create_dir_all(folder)
        .map_err(|e| Fault::io(say!("cannot make the folder", "无法创建文件夹"), folder, &e))?;
    let tables = city.tables(year);
    let layers: Vec<gpkg::Layer<'_>> = tables.iter().map(|table| gpkg::Layer { table, style: None }).collect();
    gpkg::write(&folder.join("city.gpkg"), &layers)?;
    city.dem.write(&folder.join("dem.tif"), &city.crs)?;
    let options = csv::Options { bom: false, header: Header::Names, rounded: false };
    csv::write(&year.index_table(), &folder.join("index.csv"), &options)?;
    let file = folder.join("project.toml");
    let text = city.project_file(year);
    std::fs::write(&file, text).map_err(|e| Fault::io(say!("cannot write", "无法写入"), &file, &e))
}
