//! `landgrade appraise`: parcels valued by the prices and the correction system of a sealed release.

mod areas;
mod batch;
mod beside;
mod coefficients;
mod many;
mod one;
mod sheet;
mod values;

use super::{Ending, Ui};
use clap::{ArgGroup, Args};
use jiff::civil::Date;
use landgrade::land::quantity::{Quantity, scaled};
use landgrade::land::{Fault, Outcome, Text, date, number, services};
use landgrade::pipeline::{Appraiser, Asked};
use landgrade::space::Crs;
use landgrade::{release, say};
use std::path::PathBuf;

/// Value parcels by the benchmark prices and the corrections of a release
#[derive(Args)]
#[command(
    group(ArgGroup::new("where").required(true).args(["parcels", "at", "id"])),
    after_help = "Example:\n  landgrade appraise demo/releases/2025 --id 990101001001GB00001 --far 1.8 --term 45\n  landgrade appraise demo/releases/2025 --parcels demo/2025/city.gpkg --layer parcels --to values.csv"
)]
pub struct Appraise {
    /// The sealed release
    release: PathBuf,
    /// A layer of parcels, or a table with places: each is valued
    #[arg(long, value_name = "FILE")]
    parcels: Option<PathBuf>,
    /// One place, in longitude and latitude (CGCS2000)
    #[arg(long, value_name = "LON,LAT", allow_hyphen_values = true)]
    at: Option<String>,
    /// One unit of the release
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    /// The use it is valued for, by its key, its name or a spelling; of a unit its own where left out
    #[arg(long = "use", value_name = "USE")]
    land_use: Option<String>,
    /// Plot ratio; as set where left out
    #[arg(long, value_name = "RATIO", allow_negative_numbers = true, value_parser = ratio)]
    far: Option<f64>,
    /// Remaining years; as set where left out
    #[arg(long, value_name = "YEARS", allow_negative_numbers = true, value_parser = years)]
    term: Option<f64>,
    /// The date it is valued for; the base date where left out
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Area, m²; of a unit or polygon its own where left out
    #[arg(long, value_name = "M2", allow_negative_numbers = true, value_parser = square_metres)]
    area: Option<f64>,
    /// The services it has, such as road+power+water; as set where left out
    #[arg(long, value_name = "SERVICES")]
    services: Option<String>,
    /// A condition of a factor or table, KEY=VALUE; may be given several times
    #[arg(long, value_name = "KEY=VALUE")]
    set: Vec<String>,
    /// A table of conditions: `key` and `value` for one parcel, `id` and a column per key for many
    #[arg(long, value_name = "FILE")]
    conditions: Option<PathBuf>,
    /// The layer or sheet of the parcels
    #[arg(long, requires = "parcels")]
    layer: Option<String>,
    /// The encoding of a text file or shapefile of parcels, such as GBK, where its bytes do not tell
    #[arg(long, value_name = "NAME", requires = "parcels")]
    encoding: Option<String>,
    /// The line of a table's column names, from 1, where it is not the first
    #[arg(long, value_name = "LINE", requires = "parcels")]
    header: Option<u32>,
    /// The coordinate system of the parcels, where the file does not tell
    #[arg(long, requires = "parcels")]
    crs: Option<String>,
    /// Which column holds what, KEY=COLUMN; may be given several times
    #[arg(long, value_name = "KEY=COLUMN", requires = "parcels")]
    field: Vec<String>,
    /// A correction system in place of the release's
    #[arg(long, value_name = "FILE")]
    corrections: Option<PathBuf>,
    /// A price index in place of the release's, for later dates
    #[arg(long, value_name = "FILE")]
    index: Option<PathBuf>,
    /// Write the values to this file: .xlsx with formulas for one parcel; .csv, .xlsx, .gpkg, .geojson, .shp for many
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Write every coefficient of every parcel, with the table row it comes from, to this file: .csv or .xlsx
    #[arg(long, value_name = "FILE", requires = "parcels")]
    coefficients: Option<PathBuf>,
    /// The day the age of the prices is told at; the date valued for, else today, where left out
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
}

fn ratio(text: &str) -> Result<f64, String> {
    amount(text, Quantity::Share)
}

fn years(text: &str) -> Result<f64, String> {
    amount(text, Quantity::Years)
}

fn square_metres(text: &str) -> Result<f64, String> {
    amount(text, Quantity::Area)
}

/// A number of an option, with a unit behind it or not: 2, 200%, 45年, 3亩.
fn amount(text: &str, quantity: Quantity) -> Result<f64, String> {
    let typed = number::parse(text).and_then(|typed| Some(scaled(typed.value, quantity.factor(&typed.unit)?)));
    typed.ok_or_else(|| match quantity {
        Quantity::Share => "not a number such as 2 or 200%".to_string(),
        _ => format!("not a number, nor one in {}", quantity.units()),
    })
}

impl Appraise {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        if let Some(target) = &self.to {
            self.known_target(target)?;
        }
        if let Some(target) = &self.coefficients {
            self.known_table(target)?;
        }
        let release = release::open(&self.release)?;
        let appraiser = Appraiser::new(&release, self.corrections.as_deref(), self.index.as_deref())?;
        for doubt in &appraiser.doubts {
            let Text { en, zh } = doubt;
            ui.say(&say!("note: {en} [odd-table]", "注意:{zh} [odd-table]"));
        }
        match &self.parcels {
            Some(file) => many::run(&self, ui, &release, &appraiser, file),
            None => one::run(&self, ui, &release, &appraiser),
        }
    }

    fn known_target(&self, target: &std::path::Path) -> Outcome<()> {
        let ending = target.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        if ending == "xlsx" || self.parcels.is_some() && super::grade::known_ending(target).is_ok() {
            return Ok(());
        }
        Err(Fault::new(
            "unknown-format",
            say!("the ending \"{ending}\" names no format written here", "扩展名「{ending}」不是可写出的格式"),
            say!(
                "one parcel: .xlsx; many: .csv, .xlsx, .gpkg, .geojson or .shp",
                "单宗:.xlsx;多宗:.csv、.xlsx、.gpkg、.geojson 或 .shp"
            ),
        )
        .at(target.display()))
    }

    fn known_table(&self, target: &std::path::Path) -> Outcome<()> {
        let ending = target.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        if matches!(ending.as_str(), "csv" | "xlsx") {
            return Ok(());
        }
        let what = say!("coefficients are not written as \"{ending}\"", "修正系数不写成「{ending}」");
        Err(Fault::new("unknown-format", what, say!("write .csv or .xlsx", "请写 .csv 或 .xlsx")).at(target.display()))
    }

    /// What the options say of every parcel; `known` are the keys and names of all conditions.
    fn asked(&self, land_use: usize, known: &[(String, String)]) -> Outcome<Asked> {
        let mut asked = Asked { land_use, plot_ratio: self.far, term: self.term, ..Asked::default() };
        asked.date = self.date.as_deref().map(read_date).transpose()?;
        asked.services = self.services.as_deref().map(read_services).transpose()?;
        for setting in &self.set {
            let (key, value) = pair(setting).map(|(key, value)| areas::named(key, value, &[]))?;
            let key = keyed(key, known);
            let (one, other) = (value.clone(), asked.conditions.insert(key.clone(), value));
            if let Some(other) = other {
                return Err(twice(&key, &other, &one));
            }
        }
        asked.area = areas::taken(&mut asked.conditions, areas::checked(self.area)?)?;
        Ok(asked)
    }

    fn today(&self) -> Outcome<Date> {
        match self.today.as_deref().or(self.date.as_deref()) {
            Some(text) => read_date(text),
            None => Ok(jiff::Zoned::now().date()),
        }
    }
}

fn read_date(text: &str) -> Outcome<Date> {
    date::parse(text).ok_or_else(|| {
        let spellings = date::SPELLINGS;
        Fault::new(
            "bad-date",
            say!("\"{text}\" is no date", "「{text}」不是日期"),
            say!("dates are read as {spellings}", "可读取的写法:{spellings}"),
        )
    })
}

fn read_services(text: &str) -> Outcome<services::Services> {
    services::parse(text).map(|(services, _)| services).ok_or_else(|| {
        Fault::new(
            "bad-services",
            say!("\"{text}\" names no services known here", "无法识别开发程度「{text}」"),
            say!(
                "write 五通一平, or road+power+water+drainage+telecom+gas+heat+levelled",
                "请写 五通一平,或 通路、通电、通上水……"
            ),
        )
    })
}

/// The key of a condition that is told by its name.
fn keyed(told: String, known: &[(String, String)]) -> String {
    let is_key = known.iter().any(|(key, _)| *key == told);
    let named = known.iter().find(|(_, name)| !is_key && *name == told);
    named.map_or(told, |(key, _)| key.clone())
}

/// A condition with two values.
fn twice(key: &str, one: &str, other: &str) -> Fault {
    Fault::new(
        "bad-setting",
        say!("{key} is set twice: {one}, {other}", "{key} 设定了两次:{one}、{other}"),
        say!("keep one of them", "请只保留一个"),
    )
}

/// `KEY=VALUE`.
fn pair(text: &str) -> Outcome<(String, String)> {
    let parts = text.split_once('=').map(|(key, value)| (key.trim().to_string(), value.trim().to_string()));
    parts.filter(|(key, value)| !key.is_empty() && !value.is_empty()).ok_or_else(|| {
        Fault::new(
            "bad-setting",
            say!("\"{text}\" sets nothing", "「{text}」不是有效的设定"),
            say!("write KEY=VALUE", "请写成 键=值"),
        )
    })
}

/// A place in longitude and latitude, in the release's system.
fn place(text: &str, to: &Crs) -> Outcome<landgrade::space::Point> {
    let numbers = text.split_once([',', ',']).and_then(|(lon, lat)| {
        let (lon, lat): (f64, f64) = (lon.trim().parse().ok()?, lat.trim().parse().ok()?);
        ((-180.0..=180.0).contains(&lon) && (-90.0..=90.0).contains(&lat)).then_some((lon, lat))
    });
    let (lon, lat) = numbers.ok_or_else(|| {
        Fault::new(
            "bad-place",
            say!("\"{text}\" is no longitude and latitude", "「{text}」不是经纬度"),
            say!("write LON,LAT in degrees, such as 114.31,30.52", "请写 经度,纬度,如 114.31,30.52"),
        )
    })?;
    let mut points = [landgrade::space::Point::new(lon, lat)];
    landgrade::space::crs::Transform::new(&Crs::parse("EPSG:4490")?, to)?.apply(&mut points)?;
    Ok(points[0])
}
