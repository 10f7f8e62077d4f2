//! Supervision of many districts' releases: whether prices are updated, complete, consistent and agree at borders (监督各地定期更新公示价格).
//!
//! A folder holds a folder per district with its sealed releases and the tables beside them ([`found`]). Each of the checks U1 to U20
//! ([`checks`]) gives a result for every district: passed, a finding with its figure, limit and source, or why it was not checked. Limits are
//! data ([`rules`]). [`pages`] makes the page per district, the summary, the timeline and the map (docs/supervision.md).

pub mod beside;
pub mod checks;
pub mod config;
pub mod found;
pub mod item;
mod lives;
pub mod pages;
pub mod rules;
mod score;

pub use checks::Neighbours;
pub use found::{District, Held};
pub use item::{Check, Item, Status};
pub use pages::write;
pub use rules::{Rules, Severity};

use crate::land::progress::Watch;
use crate::land::{Outcome, Text};
use crate::say;
use checks::Context;
use config::Config;
use jiff::civil::Date;
use std::path::Path;

/// Everything found.
pub struct Supervision {
    pub title: Text,
    pub today: Date,
    pub rules: Rules,
    /// By folder name.
    pub districts: Vec<District>,
    /// One list per district, by check.
    pub items: Vec<Vec<Item>>,
    pub neighbours: Vec<Neighbours>,
    /// What of the folder was left out.
    pub notes: Vec<Text>,
}

/// Supervises the releases of a folder on a day. The order of folders changes nothing.
///
/// # Errors
/// `missing-folder`, `no-districts`, `bad-supervision`; what tables and layers say; `cancelled`. A release that cannot be read is told.
pub fn supervise(folder: &Path, rules: Rules, today: Date, watch: &dyn Watch) -> Outcome<Supervision> {
    let config = Config::of(folder)?;
    watch.begin(&say!("reading", "读取数据"), 1);
    let (districts, empty) = found::districts(folder, &config, &rules)?;
    watch.advance(1);
    watch.begin(&say!("checking", "检查"), districts.len() as u64 + 1);
    let neighbours = checks::neighbours(&districts, &rules)?;
    watch.advance(1);
    let mut items = Vec::with_capacity(districts.len());
    for (number, district) in districts.iter().enumerate() {
        let context = Context { rules: &rules, today, district, neighbours: &neighbours, number };
        items.push(checks::run(&context)?);
        watch.advance(1);
    }
    let title = config.title.map_or_else(|| say!("Supervision of land prices", "公示地价更新监督"), Text::same);
    let list = empty.join(", ");
    let left_out =
        say!("folders without sealed releases are no districts: {list}", "没有封存成果的文件夹不作为区县:{list}");
    let notes = if empty.is_empty() { Vec::new() } else { vec![left_out] };
    Ok(Supervision { title, today, rules, districts, items, neighbours, notes })
}
