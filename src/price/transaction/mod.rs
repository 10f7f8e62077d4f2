//! The land price a transaction speaks of, by its type (样点地价计算), every intermediate figure kept.
//!
//! GB/T 18508-2014 names the types; the residual, the income and the cost formulas are those of land valuation (GB/T 18508-2014, GB/T 18507 of old
//! textbooks). A type is a file. Amounts are whole 元 and 元 a year, areas m², terms years; the price is 元 per m² of land.

mod building;
mod cost;
mod deal;
mod income;
mod residual;

use crate::land::{Fault, Outcome, Text};
use crate::say;
use std::collections::BTreeMap;

/// What was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// 出让
    Grant,
    /// 转让
    Transfer,
    /// 土地出租
    GroundLease,
    /// 房屋出租
    HouseRent,
    /// 商品房出售
    NewHouse,
    /// 旧房出售
    OldHouse,
    /// 联建、联营
    Joint,
    /// 企业利润
    Profit,
    /// 征地、拆迁成本
    Cost,
}

impl Kind {
    pub const ALL: [Kind; 9] = [
        Kind::Grant,
        Kind::Transfer,
        Kind::GroundLease,
        Kind::HouseRent,
        Kind::NewHouse,
        Kind::OldHouse,
        Kind::Joint,
        Kind::Profit,
        Kind::Cost,
    ];

    /// Its word in files.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Grant => "grant",
            Kind::Transfer => "transfer",
            Kind::GroundLease => "ground-lease",
            Kind::HouseRent => "house-rent",
            Kind::NewHouse => "new-house",
            Kind::OldHouse => "old-house",
            Kind::Joint => "joint",
            Kind::Profit => "profit",
            Kind::Cost => "cost",
        }
    }

    pub fn text(self) -> Text {
        match self {
            Kind::Grant => say!("grant", "出让"),
            Kind::Transfer => say!("transfer", "转让"),
            Kind::GroundLease => say!("ground lease", "土地出租"),
            Kind::HouseRent => say!("rent of a building", "房屋出租"),
            Kind::NewHouse => say!("sale of new buildings", "商品房出售"),
            Kind::OldHouse => say!("sale of an old building", "旧房出售"),
            Kind::Joint => say!("joint building", "联建"),
            Kind::Profit => say!("profit of a business", "企业利润"),
            Kind::Cost => say!("cost of acquisition", "征地拆迁成本"),
        }
    }

    /// The type a word in a table means.
    pub fn parse(word: &str) -> Option<Kind> {
        let word = word.trim();
        let named = |kind: &Kind| kind.key() == word || kind.text().zh == word;
        Kind::ALL.into_iter().find(named).or_else(|| {
            // Longer words first: 房屋出租 is no 出租 of land, 协议出让 is a grant.
            const WORDS: [(&str, Kind); 24] = [
                ("房屋出租", Kind::HouseRent),
                ("房屋租赁", Kind::HouseRent),
                ("商铺出租", Kind::HouseRent),
                ("柜台出租", Kind::HouseRent),
                ("土地出租", Kind::GroundLease),
                ("土地租赁", Kind::GroundLease),
                ("土地使用权出租", Kind::GroundLease),
                ("商品房", Kind::NewHouse),
                ("新房", Kind::NewHouse),
                ("二手房", Kind::OldHouse),
                ("旧房", Kind::OldHouse),
                ("存量房", Kind::OldHouse),
                ("房屋买卖", Kind::OldHouse),
                ("联建", Kind::Joint),
                ("联营", Kind::Joint),
                ("入股", Kind::Joint),
                ("利润", Kind::Profit),
                ("征地", Kind::Cost),
                ("征收", Kind::Cost),
                ("拆迁", Kind::Cost),
                ("出让", Kind::Grant),
                ("转让", Kind::Transfer),
                ("买卖", Kind::Transfer),
                ("挂牌", Kind::Grant),
            ];
            WORDS.into_iter().find(|(part, _)| word.contains(part)).map(|(_, kind)| kind)
        })
    }

    /// The keys of the figures it needs, and of those it takes where they are there.
    pub fn figures(self) -> (&'static [&'static str], &'static [&'static str]) {
        match self {
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
}

/// Rates that hold for all samples of a use, parts of 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rates {
    /// Land capitalisation (土地还原率).
    pub land: f64,
    /// Building capitalisation (建筑物还原率).
    pub building: f64,
}

/// One intermediate figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    pub name: Text,
    /// The formula with its numbers.
    pub formula: String,
    pub value: f64,
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
/// `missing-figure` with those that are needed; `bad-figure` for one that is no number it can have; `no-land-price` where nothing, or less,
/// is left for the land.
pub fn derive(kind: Kind, figures: &BTreeMap<String, f64>, rates: &Rates) -> Outcome<Derived> {
    let mut working = Working { kind, figures, rates, steps: Vec::new() };
    working.complete()?;
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

/// Figures under way.
struct Working<'a> {
    kind: Kind,
    figures: &'a BTreeMap<String, f64>,
    rates: &'a Rates,
    steps: Vec<Step>,
}

impl Working<'_> {
    /// All missing figures at once, and those that cannot be.
    fn complete(&self) -> Outcome<()> {
        let (needed, may) = self.kind.figures();
        let missing: Vec<&str> = needed.iter().copied().filter(|key| !self.figures.contains_key(*key)).collect();
        if !missing.is_empty() {
            let (Text { en, zh }, list) = (self.kind.text(), missing.join(", "));
            return Err(Fault::new(
                "missing-figure",
                say!("{en}: {list} missing", "{zh}:缺少 {list}"),
                say!("name their columns under [prices.samples.figures]", "请在 [prices.samples.figures] 中写明所在列"),
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
                let Text { en, zh } = self.kind.text();
                Err(Fault::new(
                    "bad-figure",
                    say!("{en}: {key} is {value}", "{zh}:{key} 为 {value}"),
                    say!("mend the cell", "请更正该单元格"),
                ))
            }
        }
    }

    fn may(&self, key: &str) -> Option<f64> {
        self.figures.get(key).copied()
    }

    fn need(&self, key: &str) -> Outcome<f64> {
        self.may(key).ok_or_else(|| {
            Fault::new(
                "missing-figure",
                say!("{key} is missing", "缺少 {key}"),
                say!("name its column under [prices.samples.figures]", "请在 [prices.samples.figures] 中写明所在列"),
            )
        })
    }

    /// A figure that is 0 where it is not there.
    fn or_nothing(&self, key: &str) -> f64 {
        self.may(key).unwrap_or(0.0)
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
