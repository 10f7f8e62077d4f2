//! Yearly incomes: ground leases, rents of buildings, profits.

use super::{Working, building};
use crate::land::Outcome;
use crate::say;

type Keys = (&'static [&'static str], &'static [&'static str]);

pub(super) const LEASE: Keys = (&["annual_rent", "land_area"], &["expenses", "term"]);
pub(super) const RENT: Keys = (
    &["gross_rent", "replacement", "life", "land_area"],
    &["management", "repair", "insurance", "interest", "tax", "residual", "used_years", "term"],
);
pub(super) const PROFIT: Keys = (&["profit", "land_area"], &["capital_return", "wages", "term"]);

/// P = R·a(r_d, n), R the net rent of the land.
pub(super) fn lease(of: &mut Working<'_>) -> Outcome<f64> {
    let (rent, expenses, land) = (of.need("annual_rent")?, of.or_nothing("expenses"), of.rates.land);
    let net = of.step(say!("net rent a year, 元", "年纯租金(元)"), format!("{rent} − {expenses}"), rent - expenses);
    capital(of, net, land)
}

/// I = gross − (management + repair + insurance + depreciation + interest + tax) − building value·r_h; P = I·a(r_d, n).
pub(super) fn rent(of: &mut Working<'_>) -> Outcome<f64> {
    let gross = of.need("gross_rent")?;
    let (value, depreciation) = building::present(of)?;
    let costs: Vec<f64> =
        ["management", "repair", "insurance", "interest", "tax"].map(|key| of.or_nothing(key)).to_vec();
    let sum = costs.iter().sum::<f64>() + depreciation;
    let shown = costs.iter().map(f64::to_string).collect::<Vec<_>>().join(" + ");
    let costs = of.step(say!("expenses a year, 元", "年总费用(元)"), format!("{shown} + {depreciation:.2}"), sum);
    let (building, land) = (of.rates.building, of.rates.land);
    let of_building = of.step(
        say!("income of the building a year, 元", "房屋年纯收益(元)"),
        format!("{value:.2} × {building}"),
        value * building,
    );
    let net = gross - costs - of_building;
    let net = of.step(
        say!("income of the land a year, 元", "土地年纯收益(元)"),
        format!("{gross} − {costs:.2} − {of_building:.2}"),
        net,
    );
    capital(of, net, land)
}

/// I = profit − return on capital − wages; P = I·a(r_d, n).
pub(super) fn profit(of: &mut Working<'_>) -> Outcome<f64> {
    let (profit, capital_return, wages) = (of.need("profit")?, of.or_nothing("capital_return"), of.or_nothing("wages"));
    let land = of.rates.land;
    let net = of.step(
        say!("income of the land a year, 元", "土地年纯收益(元)"),
        format!("{profit} − {capital_return} − {wages}"),
        profit - capital_return - wages,
    );
    capital(of, net, land)
}

fn capital(of: &mut Working<'_>, net: f64, rate: f64) -> Outcome<f64> {
    let years = of.may("term");
    let purchase = of.years_purchase(rate, years);
    Ok(of.step(say!("value of the land, 元", "土地总价(元)"), format!("{net:.2} × {purchase:.6}"), net * purchase))
}
