//! What the land cost to acquire and to develop (成本逼近法).

use super::Working;
use crate::land::Outcome;
use crate::say;

pub(super) const FIGURES: (&[&str], &[&str]) =
    (&["acquisition", "land_area"], &["taxes", "development", "interest", "profit", "increment", "term"]);

/// (acquisition + taxes + development + interest + profit + increment) × 1 − (1 + r)^−n where the right has a term.
pub(super) fn price(of: &mut Working<'_>) -> Outcome<f64> {
    let parts = ["taxes", "development", "interest", "profit", "increment"].map(|key| of.or_nothing(key));
    let acquisition = of.need("acquisition")?;
    let shown = parts.map(|part| part.to_string()).join(" + ");
    let whole = of.step(
        say!("cost price without end, 元", "无限年期成本价(元)"),
        format!("{acquisition} + {shown}"),
        acquisition + parts.iter().sum::<f64>(),
    );
    let Some(years) = of.may("term") else { return Ok(whole) };
    let rate = of.rates.land;
    let share = -libm::expm1(-years * libm::log1p(rate));
    let share = of.step(say!("term factor", "年期修正"), format!("1 − (1 + {rate})^−{years}"), share);
    Ok(of.step(say!("value of the land, 元", "土地总价(元)"), format!("{whole:.2} × {share:.6}"), whole * share))
}
