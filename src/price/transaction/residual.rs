//! What is left for the land of the price of buildings (剩余法).

use super::{Working, building};
use crate::land::Outcome;
use crate::say;

type Keys = (&'static [&'static str], &'static [&'static str]);

pub(super) const NEW: Keys = (&["sale_value", "building_cost", "land_area"], &["fees", "interest", "profit", "taxes"]);
pub(super) const OLD: Keys =
    (&["sale_value", "replacement", "life", "land_area"], &["taxes", "residual", "used_years", "term"]);

/// V = A − (B + C + D + E + F): sale value less building cost, fees, interest, profit and taxes.
pub(super) fn new(of: &mut Working<'_>) -> Outcome<f64> {
    let (sale, cost) = (of.need("sale_value")?, of.need("building_cost")?);
    let others = ["fees", "interest", "profit", "taxes"].map(|key| of.or_nothing(key));
    let [fees, interest, profit, taxes] = others;
    let value = sale - (cost + others.iter().sum::<f64>());
    Ok(of.step(
        say!("value of the land, 元", "土地总价(元)"),
        format!("{sale} − ({cost} + {fees} + {interest} + {profit} + {taxes})"),
        value,
    ))
}

/// V = sale value − present value of the building − taxes.
pub(super) fn old(of: &mut Working<'_>) -> Outcome<f64> {
    let (sale, taxes) = (of.need("sale_value")?, of.or_nothing("taxes"));
    let (building, _) = building::present(of)?;
    Ok(of.step(
        say!("value of the land, 元", "土地总价(元)"),
        format!("{sale} − {building:.2} − {taxes}"),
        sale - building - taxes,
    ))
}
