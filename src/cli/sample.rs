//! `landgrade sample`: makes a fictional city to try everything on.

use super::{Ending, Ui};
use clap::Args;
use landgrade::formats::csv::{self, Header};
use landgrade::formats::{Part, gpkg};
use landgrade::land::progress::Watch;
use landgrade::land::{Fault, Outcome, cancel};
use landgrade::sample::{City, Plan, Year, city, hamlet, write_broken};
use landgrade::say;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Make a fictional city or hamlet: parcels, factor layers, sale samples and a project file
#[derive(Args)]
#[command(
    after_help = "Example:\n  landgrade sample demo --parcels 10000 --seed 1\n  landgrade run demo/2025/project.toml\n  landgrade sample demo/hamlet --hamlet"
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
    /// Make the hamlet of twelve parcels instead, whose every number is worked by hand (data-samples/hamlet)
    #[arg(long, conflicts_with_all = ["parcels", "seed", "years"])]
    hamlet: bool,
    /// Make one broken input for each finding code instead (data-samples/broken)
    #[arg(long, conflicts_with_all = ["parcels", "seed", "years", "hamlet"])]
    broken: bool,
}

impl Sample {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        if self.hamlet {
            return self.hamlet(ui);
        }
        if self.broken {
            return self.broken(ui);
        }
        for year in &self.years {
            must_be_new(&self.folder.join(year.to_string()))?;
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

    fn hamlet(&self, ui: &Ui) -> Outcome<Ending> {
        must_be_new(&self.folder)?;
        hamlet::write(&self.folder)?;
        let project = self.folder.join("project.toml");
        let shown = project.display();
        ui.say(&say!("next: landgrade run {shown}", "下一步:landgrade run {shown}"));
        ui.result(&json!({"folder": self.folder, "project": project}));
        Ok(Ending::Done)
    }

    fn broken(&self, ui: &Ui) -> Outcome<Ending> {
        must_be_new(&self.folder)?;
        write_broken(&self.folder)?;
        let shown = self.folder.display();
        ui.say(&say!("one broken input per finding code: {shown}", "每个问题代码一份错误样例:{shown}"));
        ui.result(&json!({"folder": self.folder}));
        Ok(Ending::Done)
    }
}

fn must_be_new(folder: &Path) -> Outcome<()> {
    if !folder.exists() {
        return Ok(());
    }
    Err(Fault::new(
        "exists",
        say!("the folder is there already", "文件夹已存在"),
        say!("choose another folder, or remove it first", "请换一个文件夹,或先删除它"),
    )
    .at(folder.display()))
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
    let texts = [
        ("project.toml", city.project_file(year)),
        ("composite.toml", city.composite_file(year)),
        ("corrections.toml", city.corrections_file()),
        ("layout.toml", city.layout_file(year)),
    ];
    for (name, text) in texts {
        let file = folder.join(name);
        std::fs::write(&file, text).map_err(|e| Fault::io(say!("cannot write", "无法写入"), &file, &e))?;
    }
    Ok(())
}
