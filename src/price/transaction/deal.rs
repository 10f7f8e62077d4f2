//! Prices that were agreed: grants, transfers, joint building.

use super::Working;
use crate::land::Outcome;
use crate::say;

type Keys = (&'static [&'static str], &'static [&'static str]);

pub(super) const FIGURES: Keys = (&["total_price", "land_area"], &["taxes"]);
pub(super) const JOINT: Keys = (&["building_cost", "land_share", "land_area"], &[]);

/// P = (total price + taxes the buyer pays, where the connotation has them) / area.
pub(super) fn price(of: &mut Working<'_>) -> Outcome<f64> {
    let (price, taxes) = (of.need("total_price")?, of.or_nothing("taxes"));
    Ok(of.step(say!("price with taxes, 元", "含税费总价(元)"), format!("{price} + {taxes}"), price + taxes))
}

/// The land party gets a share a of the floor area for the land, the builder pays all of C: V = C·a/(1 − a).
pub(super) fn joint(of: &mut Working<'_>) -> Outcome<f64> {
    let (cost, share) = (of.need("building_cost")?, of.need("land_share")?);
    Ok(of.step(
        say!("value of the land, 元", "土地总价(元)"),
        format!("{cost} × {share} / (1 − {share})"),
        cost * share / (1.0 - share),
    ))
}
