//! `landgrade publish`: files for people and GIS programs out of a sealed release.

use super::grade::{GeojsonCrs, ShpEncoding};
use super::{Ending, Ui, run};
use clap::Args;
use landgrade::land::Outcome;
use landgrade::project::Project;
use landgrade::publish::{Options, Selection};
use landgrade::release;
use serde_json::json;
use std::path::PathBuf;

/// Publish a sealed release again: GeoPackage, GeoJSON, Shapefile, CSV, XLSX
#[derive(Args)]
#[command(after_help = "Example:\n  landgrade publish demo/releases/2025 --to out --formats gpkg,xlsx")]
pub struct Publish {
    /// The sealed release
    release: PathBuf,
    /// The folder to write to; `<release>-published` beside it where left out
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// The formats
    #[arg(long, value_delimiter = ',', default_value = "gpkg,geojson,shp,csv,xlsx")]
    formats: Vec<String>,
    /// The name of the identifier's field; the project's own where left out, `id` for imported releases
    #[arg(long, value_name = "FIELD")]
    id: Option<String>,
    /// Coordinates of GeoJSON
    #[arg(long, value_enum, default_value_t = GeojsonCrs::Lonlat)]
    geojson_crs: GeojsonCrs,
    /// Text encoding of shapefiles
    #[arg(long, value_enum, default_value_t = ShpEncoding::Gbk)]
    shp_encoding: ShpEncoding,
}

impl Publish {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let formats = run::formats(&self.formats)?;
        let release = release::open(&self.release)?;
        let folder = self.to.unwrap_or_else(|| run::published_beside(&self.release));
        let own = || Project::sealed(&release.head.project, &self.release.join("project.toml")).ok();
        let id =
            self.id.or_else(|| own().map(|project| project.units.id().to_string())).unwrap_or_else(|| "id".to_string());
        let options = Options {
            lang: ui.lang,
            encoding: self.shp_encoding.encoding(),
            coordinates: self.geojson_crs.coordinates(),
            selection: Selection { id, ..Selection::default() },
        };
        let files = run::publish(ui, &release, &folder, &formats, &options)?;
        ui.result(&json!({"published": folder, "files": files}));
        Ok(Ending::Done)
    }
}
