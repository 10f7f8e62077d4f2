//! Prices of different premises brought to one date and one connotation, each step with its numbers; what cannot be brought is refused.
//!
//! P' = P · K_v · K_y · K_t + D, or (P · K_v · K_t + D) · K_y where the correction system says so, as parcels are valued
//! (公示地价系数修正法): floor to ground by the set plot ratio, K_v by the plot-ratio law of the grade, D by the costs of services, K_y by the
//! capitalisation rate, K_t = I(date)/I(base date).

mod convert;
mod laws;

pub use convert::{Converted, convert};
pub use laws::{Index, Laws};

use crate::land::services::{self, Services};
use crate::land::{Text, money};
use crate::price::correct::Term;
use crate::price::system::PlotRatioLaw;
use crate::project::system::{CostUnit, Order};
use crate::release::Connotation;
use crate::say;
use jiff::civil::Date;

/// What prices are brought to: always a price of ground.
#[derive(Clone, Debug, PartialEq)]
pub struct Target {
    /// `None` leaves dates alone.
    pub date: Option<Date>,
    /// NaN leaves the plot ratio, the term as they are.
    pub plot_ratio: f64,
    pub term: f64,
    /// As it is written; empty leaves the development as it is.
    pub development: String,
}

/// From a price of one use and grade to the target.
#[derive(Clone, Debug, PartialEq)]
pub struct Way {
    /// 1, or the plot ratio that makes a price of floor one of the ground.
    to_ground: f64,
    k_plot_ratio: f64,
    k_term: f64,
    k_date: f64,
    /// 元/㎡ of land, and part of the price of the ground.
    added: f64,
    added_share: f64,
    before_term: bool,
    /// Each step with its numbers; empty where nothing is to be done.
    pub steps: Vec<Text>,
    /// Premises that are not stated, so that they were taken as those of the target.
    pub assumed: Vec<Text>,
}

impl Way {
    /// Nothing to be done.
    pub fn none() -> Way {
        Way {
            to_ground: 1.0,
            k_plot_ratio: 1.0,
            k_term: 1.0,
            k_date: 1.0,
            added: 0.0,
            added_share: 0.0,
            before_term: false,
            steps: Vec::new(),
            assumed: Vec::new(),
        }
    }

    /// The price at the target, 元/㎡ of ground.
    pub fn apply(&self, price: f64) -> f64 {
        let ground = price * self.to_ground;
        let added = self.added + self.added_share * ground;
        let k = self.k_plot_ratio * self.k_date;
        if self.before_term { (ground * k + added) * self.k_term } else { ground * k * self.k_term + added }
    }
}

/// The way of a grade's prices to the target. `other` lends its tables where the release has none: a release with
/// the use and the grade that count there.
///
/// # Errors
/// Why they cannot be brought there, as a sentence.
pub fn way(
    laws: &Laws<'_>,
    land_use: u8,
    grade: u8,
    target: &Target,
    other: Option<(&Laws<'_>, u8, u8)>,
) -> Result<Way, Text> {
    let name = laws.name();
    let Some(premises) = laws.premises(land_use) else {
        return Err(say!("{name} states no connotation", "{name} 未说明地价内涵"));
    };
    let mut way = Way { before_term: laws.order(land_use) == Order::BeforeTerm, ..Way::none() };
    let lender = other.filter(|_| laws.of_use(land_use).is_none());
    plot_ratio(&mut way, laws, premises, (land_use, grade), target, other)?;
    if let Some(to) = target.date {
        let from = laws.base().ok_or_else(|| say!("{name} has no base date", "{name} 没有估价期日"))?;
        if from != to {
            let key = &laws.release.uses[usize::from(land_use)].key;
            let own = laws.index_between(key, from, to);
            let lent = other.map(|(laws, at, _)| laws.index_between(&laws.release.uses[usize::from(at)].key, from, to));
            let [before, after] = own.or_else(|why| lent.unwrap_or(Err(why.clone())).map_err(|_| why))?;
            way.k_date = after / before;
            let k = shown(way.k_date);
            way.steps.push(say!(
                "date {from} → {to}: × {after}/{before} = {k}",
                "期日 {from} → {to}:× {after}/{before} = {k}"
            ));
        }
    }
    // Steps are told in the order that [`Way::apply`] takes them.
    if way.before_term {
        development(&mut way, laws, premises, (land_use, grade), target, lender)?;
        term(&mut way, premises, target)?;
    } else {
        term(&mut way, premises, target)?;
        development(&mut way, laws, premises, (land_use, grade), target, lender)?;
    }
    Ok(way)
}

/// The coefficient of a law as one of the price of ground: that of a price of floor is multiplied by its plot ratio.
fn on_ground(law: &PlotRatioLaw, floor: bool, ratio: f64) -> Option<f64> {
    let reading = law.at(ratio).filter(|reading| !reading.clamped)?;
    Some(if floor { reading.k * ratio } else { reading.k })
}

fn plot_ratio(
    way: &mut Way,
    laws: &Laws<'_>,
    premises: &Connotation,
    (land_use, grade): (u8, u8),
    target: &Target,
    other: Option<(&Laws<'_>, u8, u8)>,
) -> Result<(), Text> {
    let (name, set, to) = (laws.name(), premises.plot_ratio_of(grade), target.plot_ratio);
    if premises.kind == "floor" {
        if set.is_nan() || set <= 0.0 {
            return Err(say!(
                "{name} has a price of floor without a set plot ratio",
                "{name} 为楼面地价而未说明设定容积率"
            ));
        }
        way.to_ground = set;
        way.steps.push(say!("price of floor → of ground: × {set}", "楼面地价 → 地面地价:× {set}"));
    }
    if to.is_nan() || set.is_nan() {
        if set.is_nan() != to.is_nan() {
            way.assumed.push(say!("plot ratio", "容积率"));
        }
        return Ok(());
    }
    if (set - to).abs() <= 1e-9 {
        return Ok(());
    }
    let floor = premises.kind == "floor";
    let own = laws.plot_ratio(land_use, grade).map(|law| (law, floor, name));
    let lent = || {
        let (other, at, grade) = other?;
        let floor = other.premises(at).is_some_and(|premises| premises.kind == "floor");
        Some((other.plot_ratio(at, grade).or_else(|| other.plot_ratio(at, 1))?, floor, other.name()))
    };
    let Some((law, floor, whose)) = own.or_else(lent) else {
        return Err(say!("no table brings the plot ratio {set} to {to}", "没有把容积率 {set} 修正到 {to} 的系数表"));
    };
    let [Some(at_set), Some(at_target)] = [set, to].map(|ratio| on_ground(&law, floor, ratio)) else {
        return Err(say!(
            "the plot ratio {set} or {to} lies outside the table of {whose}",
            "容积率 {set} 或 {to} 不在 {whose} 的系数表范围内"
        ));
    };
    way.k_plot_ratio = at_target / at_set;
    let k = shown(way.k_plot_ratio);
    way.steps.push(say!(
        "plot ratio {set} → {to} by the table of {whose}: × {k}",
        "容积率 {set} → {to}(按 {whose} 的系数表):× {k}"
    ));
    Ok(())
}

fn development(
    way: &mut Way,
    laws: &Laws<'_>,
    premises: &Connotation,
    (land_use, grade): (u8, u8),
    target: &Target,
    other: Option<(&Laws<'_>, u8, u8)>,
) -> Result<(), Text> {
    let (from, to) = (premises.development_of(grade).trim(), target.development.trim());
    if from == to {
        return Ok(());
    }
    if from.is_empty() || to.is_empty() {
        way.assumed.push(say!("development", "开发程度"));
        return Ok(());
    }
    let sets: [Option<Services>; 2] = [from, to].map(|text| services::parse(text).map(|(services, _)| services));
    let [Some(own), Some(set)] = sets else {
        return Err(say!("the development {from} cannot be held against {to}", "开发程度「{from}」与「{to}」无法比较"));
    };
    if own == set {
        return Ok(());
    }
    let costs = laws.development(land_use).map(|costs| (costs, laws.name()));
    let lent = || other.and_then(|(other, at, _)| Some((other.development(at)?, other.name())));
    let Some((costs, whose)) = costs.or_else(lent) else {
        return Err(say!(
            "no table of costs brings the development {from} to {to}",
            "没有把开发程度「{from}」修正到「{to}」的费用表"
        ));
    };
    let difference = costs.between(own, set, 1.0, None);
    if !difference.unknown.is_empty() {
        let Text { en, zh } = services::text(difference.unknown);
        return Err(say!("the costs of {whose} lack: {en}", "{whose} 的费用表缺少:{zh}"));
    }
    let amount = shown(difference.amount);
    match costs.unit {
        CostUnit::Yuan => {
            way.added = difference.amount;
            way.steps.push(say!(
                "development {from} → {to} by the costs of {whose}: {amount} 元/㎡",
                "开发程度 {from} → {to}(按 {whose} 的费用):{amount} 元/㎡"
            ));
        }
        CostUnit::Percent => {
            way.added_share = difference.amount;
            way.steps.push(say!(
                "development {from} → {to} by the costs of {whose}: {amount} of the price",
                "开发程度 {from} → {to}(按 {whose} 的费用):价格的 {amount}"
            ));
        }
    }
    Ok(())
}

fn term(way: &mut Way, premises: &Connotation, target: &Target) -> Result<(), Text> {
    let (from, to, rate) = (premises.term, target.term, premises.rate);
    if from.is_nan() || to.is_nan() {
        if from.is_nan() != to.is_nan() {
            way.assumed.push(say!("term", "年期"));
        }
        return Ok(());
    }
    if (from - to).abs() <= 1e-9 {
        return Ok(());
    }
    let k = Term::new(rate, from).ok().and_then(|term| term.from_statutory(to));
    let Some(k) = k else {
        return Err(say!(
            "no capitalisation rate brings the term {from} to {to}",
            "没有还原率,无法把年期 {from} 修正到 {to}"
        ));
    };
    way.k_term = k;
    let (k, percent) = (shown(k), money::round_half_up(rate * 100.0, 6));
    way.steps
        .push(say!("term {from} → {to} years at {percent} %: × {k}", "年期 {from} → {to} 年(还原率 {percent}%):× {k}"));
    Ok(())
}

/// Six decimals at most.
pub(super) fn shown(value: f64) -> String {
    money::round_half_up(value, 6).to_string()
}

/// Premises that no table converts and that differ: the right, what the price means. Uses may be classified and scoped differently on two
/// sides of a border.
pub fn unlike(one: &Connotation, other: &Connotation) -> Option<Text> {
    let differ = |a: &str, b: &str| !a.trim().is_empty() && !b.trim().is_empty() && a.trim() != b.trim();
    if differ(&one.right, &other.right) {
        let (a, b) = (&one.right, &other.right);
        return Some(say!("different rights are priced: {a}, {b}", "土地权利不同:{a}、{b}"));
    }
    if differ(&one.meaning, &other.meaning) {
        let (a, b) = (&one.meaning, &other.meaning);
        return Some(say!("the prices mean different things: {a}, {b}", "价格涵义不同:{a}、{b}"));
    }
    None
}

#[cfg(test)]
#[path = "bring_tests.rs"]
mod tests;
