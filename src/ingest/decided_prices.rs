//! In which unit the heading of a column tells the decided prices of areas and streets: any of money for an area, and of a street also of money
//! for a metre of its front, which its standard depth brings to the area.

use crate::land::column::Value;
use crate::land::heading::{heading, price_kind, unit_of_prices};
use crate::land::number::{self, yuan_per_square_metre};
use crate::land::quantity::scaled;
use crate::land::{Fault, Outcome, Text, Values};
use crate::project::plan::PriceKind;
use crate::project::{Project, UsePlan};
use crate::say;
use crate::space::Kind;

/// What bare numbers of the column are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Unit {
    /// So many 元/㎡.
    Area(f64),
    /// So many 元 for a metre of front.
    Front(f64),
}

/// The unit that a heading tells; 元/㎡ where it tells none, as decided prices of grades are.
///
/// # Errors
/// `unknown-unit`; `kind-conflict` where it tells floor prices and a use is priced by ground, or the other way round.
pub(super) fn unit(project: &Project, written: &str, kind: Kind) -> Outcome<Unit> {
    if let Some((told, _)) = price_kind(&[written], &[]) {
        let priced = project.uses.iter().filter_map(|own| Some((own, own.price.as_ref()?)));
        let other = priced.into_iter().find(|(_, price)| price.kind.key() != told);
        if let Some((own, _)) = other {
            let name = &own.land_use.name;
            return Err(Fault::new(
                "kind-conflict",
                say!(
                    "the heading \"{written}\" tells {told} prices, and {name} has prices of the other kind",
                    "表头「{written}」与{name}的地价类型(地面、楼面)不符"
                ),
                say!(
                    "bring the column to the kind of the use's `price` by the plot ratio, or rename the heading if it is wrong",
                    "请按容积率换算为该用途 price 写明的类型;表头有误时请改名"
                ),
            ));
        }
    }
    let told = heading(written).unit;
    if let Some(factor) = told.as_deref().and_then(per_front).filter(|_| kind == Kind::Line) {
        let of_floor = |own: &&UsePlan| own.price.as_ref().is_some_and(|price| price.kind == PriceKind::Floor);
        if let Some(own) = project.uses.iter().find(of_floor) {
            let name = &own.land_use.name;
            return Err(Fault::new(
                "kind-conflict",
                say!(
                    "the heading \"{written}\" tells prices for a metre of front, which are of land, and {name} has prices of floor",
                    "表头「{written}」为每米临街地价(地面地价),而{name}的地价为楼面地价"
                ),
                say!(
                    "give the price per ㎡ of floor: ÷ standard depth ÷ set plot ratio",
                    "请给出每平方米楼面地价(÷ 标准深度 ÷ 设定容积率)"
                ),
            ));
        }
        return Ok(Unit::Front(factor));
    }
    let unit = unit_of_prices(None, &[written])?;
    Ok(Unit::Area(unit.and_then(|unit| yuan_per_square_metre(&unit)).unwrap_or(1.0)))
}

/// 元 for a metre of front in one of a unit.
fn per_front(unit: &str) -> Option<f64> {
    let (money, length) = unit.split_once('/')?;
    let metre = matches!(length, "米" | "m" | "延米" | "临街米" | "metre" | "meter");
    let money = match money {
        "元" | "yuan" | "cny" | "rmb" => 1.0,
        "万元" => 1e4,
        _ => return None,
    };
    metre.then_some(money)
}

impl Unit {
    /// What is said of a column that is not in 元/㎡.
    pub fn told(self, written: &str) -> Option<Text> {
        match self {
            Unit::Area(1.0) => None,
            Unit::Area(factor) => Some(say!("{written} × {factor} = 元/㎡", "{written} × {factor} = 元/㎡")),
            Unit::Front(factor) => Some(say!(
                "{written} × {factor} ÷ the standard depth (m) = 元/㎡",
                "{written} × {factor} ÷ 标准深度(m) = 元/㎡"
            )),
        }
    }

    /// The prices in 元/㎡; a cell with a unit of its own is so already. `depth` gives the standard depth of a row, m.
    pub fn brought(self, prices: &[f64], cells: &Values, depth: &dyn Fn(usize) -> f64) -> Vec<f64> {
        let typed = |row: usize| match cells.get(row) {
            Value::Text(text) => number::parse(text).is_some_and(|typed| !typed.unit.is_empty()),
            _ => false,
        };
        let one = |(row, price): (usize, &f64)| match self {
            _ if typed(row) => *price,
            Unit::Area(factor) => scaled(*price, factor),
            Unit::Front(factor) => price * factor / depth(row),
        };
        prices.iter().enumerate().map(one).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 80 万元/亩 = 1200 元/㎡;路线价 40000 元/米、标准深度 20 m = 2000 元/㎡。
    #[test]
    fn units_of_headings_are_brought_to_yuan_for_a_square_metre() {
        let cells = Values::Text(["80", "80万元/亩"].into_iter().collect());
        assert_eq!(Unit::Area(15.0).brought(&[80.0, 1200.0], &cells, &|_| f64::NAN), [1200.0, 1200.0]);
        let cells = Values::Real(vec![40_000.0]);
        assert_eq!(Unit::Front(1.0).brought(&[40_000.0], &cells, &|_| 20.0), [2000.0]);
        assert_eq!((per_front("元/米"), per_front("万元/m"), per_front("元/㎡")), (Some(1.0), Some(1e4), None));
        assert!(Unit::Area(1.0).told("price").is_none() && Unit::Front(1.0).told("price").is_some());
    }
}
