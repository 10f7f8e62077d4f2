//! The checks of the list, U1 to U20: each a function from what is at hand about a district to its results.

mod age;
mod border;
mod changes;
pub mod claimed;
mod coverage;
mod filing;
mod form;
mod growth;
mod joined;
mod order;
mod parcels;
mod series;
mod tables;
mod uses;

pub use border::{Neighbours, drawn, neighbours};

use super::found::{District, Held};
use super::item::Item;
use super::rules::Rules;
use crate::land::{Outcome, Text};
use crate::release::{PriceCell, Release};
use crate::say;
use jiff::civil::Date;

/// What a check is told.
pub struct Context<'a> {
    pub rules: &'a Rules,
    pub today: Date,
    pub district: &'a District,
    /// The borders with the other districts.
    pub neighbours: &'a [Neighbours],
    /// The district's place among all.
    pub number: usize,
}

type Run = fn(&Context<'_>) -> Outcome<Vec<Item>>;

/// Every check, in the order of the list. To add one: a line here, its words in `item`, its section in the rules.
const RUNS: [Run; 20] = [
    age::age,
    age::lag,
    age::local,
    filing::filing,
    uses::uses,
    coverage::coverage,
    border::border,
    order::order,
    order::uses,
    order::industrial,
    tables::tables,
    changes::map,
    growth::growth,
    changes::system,
    form::form,
    parcels::parcels,
    series::series,
    filing::documents,
    joined::reports,
    joined::transfers,
];

/// Runs every check on a district: each gives one result at least.
///
/// # Errors
/// `cancelled`. What a check cannot read is told in its place.
pub fn run(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let mut items = Vec::new();
    for (number, run) in (1_u8..).zip(RUNS) {
        crate::land::cancel::checkpoint()?;
        let mut found = match run(context) {
            Err(fault) if fault.code != "cancelled" => {
                // What one district hands in stops no other.
                let (place, Text { en, zh }) = (fault.place.unwrap_or_default(), fault.what);
                vec![Item::not_checked(number, say!("{place}: {en}", "{place}:{zh}"))]
            }
            found => found?,
        };
        if found.is_empty() {
            found.push(Item::not_checked(number, say!("there is nothing to check", "没有可检查的内容")));
        }
        items.extend(found);
    }
    Ok(items)
}

impl<'a> Context<'a> {
    /// The newest release, or the item that says there is none.
    fn current(&self, check: u8) -> Result<(&'a Held, &'a Release), Vec<Item>> {
        let held = self.district.newest();
        let opened = held.and_then(|held| Some((held, held.release.as_ref()?)));
        opened.ok_or_else(|| vec![Item::not_checked(check, say!("no release can be read", "没有可读的成果"))])
    }

    /// The newest two.
    fn last_two(&self, check: u8) -> Result<[(&'a Held, &'a Release); 2], Vec<Item>> {
        let new = self.current(check)?;
        let old = self.district.before().and_then(|held| Some((held, held.release.as_ref()?)));
        let old =
            old.ok_or_else(|| vec![Item::not_checked(check, say!("there is no earlier release", "没有上期成果"))])?;
        Ok([old, new])
    }
}

/// The published prices of a use, grade 1 first; of a grade that an imported release has several prices of, as of areas (区片), their mean.
fn prices(release: &Release, land_use: u8) -> Vec<Option<f64>> {
    let most = release.cells.iter().filter(|cell| cell.use_index == land_use).map(|cell| cell.grade);
    let most = most.max().unwrap_or(0).max(release.uses[usize::from(land_use)].grades);
    let of = |grade: u8| release.cells.iter().find(|cell| (cell.use_index, cell.grade) == (land_use, grade));
    let price = |cell: &PriceCell| release.price_of(cell).filter(|price| *price > 0.0);
    (1..=most).map(|grade| price(of(grade)?)).collect()
}

/// The uses of a release with a price.
fn priced(release: &Release) -> impl Iterator<Item = (u8, &str)> {
    let has = |land_use: &u8| prices(release, *land_use).iter().any(Option::is_some);
    let uses = 0..u8::try_from(release.uses.len()).unwrap_or(u8::MAX);
    uses.filter(has).map(|land_use| (land_use, release.uses[usize::from(land_use)].name.as_str()))
}

/// A use of a release by its key, its name or the use of the rules that both are.
fn use_of(release: &Release, rules: &Rules, written: &str) -> Option<u8> {
    let uses = &release.uses;
    let written = written.trim();
    let exact = uses.iter().position(|own| own.key == written || own.name == written);
    let rule = || {
        let wanted = rules.use_of(written, written)?;
        uses.iter().position(|own| rules.use_of(&own.key, &own.name).is_some_and(|rule| rule.key == wanted.key))
    };
    exact.or_else(rule).and_then(|at| u8::try_from(at).ok())
}

/// `prices.csv: 商业, 一级`.
fn cell_source(held: &Held, land_use: &str, grades: &[u8]) -> String {
    let grades: Vec<String> = grades.iter().map(u8::to_string).collect();
    format!("{}: {land_use} {}", held.place, grades.join("/"))
}

/// Per cent with two decimals.
/// With the sign for minus, which no spreadsheet takes for the start of a formula; nothing is below 0 that is shown as 0.
fn percent(share: f64) -> String {
    let shown = format!("{:.2} %", share.abs() * 100.0);
    if share < 0.0 && shown != "0.00 %" { format!("\u{2212}{shown}") } else { shown }
}

/// Sentences in one.
fn joined(texts: &[Text]) -> Text {
    let of = |of: fn(&Text) -> &str, between: &str| texts.iter().map(of).collect::<Vec<_>>().join(between);
    Text { en: of(|text| &text.en, "; "), zh: of(|text| &text.zh, ";") }
}

#[cfg(test)]
#[path = "tables_tests.rs"]
mod tables_tests;
#[cfg(test)]
#[path = "checks_tests.rs"]
mod tests;

#[cfg(test)]
mod later_tests;
