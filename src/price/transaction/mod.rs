//! The land price a transaction speaks of, by its type (样点地价计算), every intermediate figure kept.
//!
//! GB/T 18508-2014 names the types; the residual, the income and the cost formulas are those of land valuation (GB/T 18508-2014, GB/T 18507 of old
//! textbooks). A type is a file. Amounts are whole 元 and 元 a year, areas m², terms years; the price is 元 per m² of land.

mod building;
mod cost;
mod deal;
mod income;
mod residual;

use crate::land::step::Step;
pub use crate::land::transaction::Kind;
use crate::land::transaction::figure_name;
use crate::land::{Fault, Outcome, Text};
use crate::say;
use std::collections::BTreeMap;

/// The keys of the figures a type needs, and of those it takes where they are there.
pub fn figures(kind: Kind) -> (&'static [&'static str], &'static [&'static str]) {
    match kind {
        Kind::Grant | Kind::Transfer => deal::FIGURES,
        Kind::GroundLease => income::LEASE,
        Kind::HouseRent => income::RENT,
        Kind::Profit => income::PROFIT,
        Kind::NewHouse => residual::NEW,
        Kind::OldHouse => residual::OLD,
        Kind::Joint => deal::JOINT,
        Kind::Cost => cost::FIGURES,
    }
}

/// Rates that hold for all samples of a use, parts of 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Land capitalisation (土地还原率).
    pub land: f64,
    /// Building capitalisation (建筑物还原率).
    pub building: f64,
    /// Years of the statutory term, which no longer one counts for more than; NaN where it is not known.
    pub statutory: f64,
}

/// The price of the land with everything it follows from.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// 元/㎡ of land.
    pub price: f64,
    pub steps: Vec<Step>,
}

/// The price of the land of a transaction.
///
/// # Errors
/// `missing-figure` with those that are needed; `missing-rate`; `bad-figure` for one that is no number it can have; `no-land-price` where nothing, or less,
/// is left for the land.
pub fn derive(kind: Kind, figures: &BTreeMap<String, f64>, rates: &Rates) -> Outcome<Derived> {
    let mut working = Working { kind, figures, rates, steps: Vec::new(), taken_as_nothing: Vec::new() };
    working.complete()?;
    let longer = figures.get("term").copied().filter(|term| *term > rates.statutory && reckons_with_term(kind));
    let capped: BTreeMap<String, f64>;
    if let Some(term) = longer {
        let statutory = rates.statutory;
        capped =
            figures.iter().map(|(key, value)| (key.clone(), if key == "term" { statutory } else { *value })).collect();
        working.figures = &capped;
        let name = say!("term, the statutory one at most, years", "年期(不超过法定最高年期,年)");
        working.step(name, format!("min({term}, {statutory})"), statutory);
    }
    let value = match kind {
        Kind::Grant | Kind::Transfer => deal::price(&mut working)?,
        Kind::Joint => deal::joint(&mut working)?,
        Kind::GroundLease => income::lease(&mut working)?,
        Kind::HouseRent => income::rent(&mut working)?,
        Kind::Profit => income::profit(&mut working)?,
        Kind::NewHouse => residual::new(&mut working)?,
        Kind::OldHouse => residual::old(&mut working)?,
        Kind::Cost => cost::price(&mut working)?,
    };
    if !working.taken_as_nothing.is_empty() {
        let list = working.taken_as_nothing.join("、");
        working.step(Text { en: TAKEN_AS_NOTHING.to_string(), zh: "未给出,按 0 计".to_string() }, list, 0.0);
    }
    let area = working.need("land_area")?;
    let price =
        working.step(say!("price of land, 元/㎡", "单位地价(元/㎡)"), format!("{value:.2} / {area}"), value / area);
    if !(price > 0.0 && price.is_finite()) {
        let Text { en, zh } = kind.text();
        return Err(Fault::new(
            "no-land-price",
            say!("{en}: {value:.2} 元 is left for the land", "{zh}:归属土地的价值为 {value:.2} 元"),
            say!("check the figures, or leave the sample out", "请核对数据,或剔除该样点"),
        ));
    }
    Ok(Derived { price, steps: working.steps })
}

/// Whether a price follows from an income or a cost over the term.
fn reckons_with_term(kind: Kind) -> bool {
    let (needed, may) = figures(kind);
    needed.iter().chain(may).any(|key| *key == "term")
}

/// The name of the step that lists figures which are not there and count as 0.
pub const TAKEN_AS_NOTHING: &str = "not told, taken as 0";

/// Figures under way.
struct Working<'a> {
    kind: Kind,
    figures: &'a BTreeMap<String, f64>,
    rates: &'a Rates,
    steps: Vec<Step>,
    /// Names of figures that are not there and count as 0.
    taken_as_nothing: Vec<String>,
}

impl Working<'_> {
    /// All missing figures at once, and those that cannot be.
    fn complete(&self) -> Outcome<()> {
        let (needed, may) = figures(self.kind);
        let missing: Vec<&str> = needed.iter().copied().filter(|key| !self.figures.contains_key(*key)).collect();
        if !missing.is_empty() {
            let (Text { en, zh }, list) = (self.kind.text(), missing.join(", "));
            let names = missing.iter().map(|key| figure_name(key)).collect::<Vec<_>>().join("、");
            return Err(Fault::new(
                "missing-figure",
                say!("{en}: {list} missing", "{zh}:缺少 {names}"),
                say!(
                    "name their columns under [prices.samples.figures]",
                    "请在 [prices.samples.figures] 中写明 {list} 所在列"
                ),
            ));
        }
        if self.kind == Kind::HouseRent && self.rates.building.is_nan() {
            return Err(Fault::new(
                "missing-rate",
                say!(
                    "the use has no capitalisation rate of buildings, which rents need",
                    "该用途没有建筑物还原率,房屋出租样点需要"
                ),
                say!("write building_rate in its `price`", "请在其 price 中写 building_rate"),
            ));
        }
        let own = needed.iter().chain(may).filter_map(|key| Some((*key, *self.figures.get(*key)?)));
        let positive =
            ["land_area", "floor_area", "term", "life", "total_price", "sale_value", "gross_rent", "annual_rent"];
        let bad = own.into_iter().find(|(key, value)| {
            !value.is_finite()
                || *value < 0.0
                || positive.contains(key) && *value <= 0.0
                || *key == "land_share" && *value >= 1.0
        });
        match bad {
            None => Ok(()),
            Some((key, value)) => {
                let (Text { en, zh }, name) = (self.kind.text(), figure_name(key));
                Err(Fault::new(
                    "bad-figure",
                    say!("{en}: {key} is {value}", "{zh}:{name} 为 {value}"),
                    say!("mend the cell", "请更正该单元格"),
                ))
            }
        }
    }

    fn may(&self, key: &str) -> Option<f64> {
        self.figures.get(key).copied()
    }

    fn need(&self, key: &str) -> Outcome<f64> {
        let name = figure_name(key);
        self.may(key).ok_or_else(|| {
            Fault::new(
                "missing-figure",
                say!("{key} is missing", "缺少 {name}"),
                say!(
                    "name its column under [prices.samples.figures]",
                    "请在 [prices.samples.figures] 中写明 {key} 所在列"
                ),
            )
        })
    }

    /// A figure that is 0 where it is not there, which is told.
    fn or_nothing(&mut self, key: &str) -> f64 {
        self.may(key).unwrap_or_else(|| {
            self.taken_as_nothing.push(figure_name(key).to_string());
            0.0
        })
    }

    fn step(&mut self, name: Text, formula: String, value: f64) -> f64 {
        self.steps.push(Step { name, formula, value });
        value
    }

    /// `a(r, n) = [1 − (1 + r)^−n] / r`, what a yearly income of 1 over n years is worth; without a term 1/r.
    fn years_purchase(&mut self, rate: f64, years: Option<f64>) -> f64 {
        match years {
            None => self.step(say!("years' purchase", "收益倍数"), format!("1 / {rate}"), 1.0 / rate),
            Some(years) => {
                let value = -libm::expm1(-years * libm::log1p(rate)) / rate;
                self.step(say!("years' purchase", "收益倍数"), format!("[1 − (1 + {rate})^−{years}] / {rate}"), value)
            }
        }
    }
}

#[cfg(test)]
#[path = "transaction_tests.rs"]
mod tests;
