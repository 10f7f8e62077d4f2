//! What an old building is worth.

use super::Working;
use crate::land::{Fault, Outcome};
use crate::say;

/// The present value: replacement − (replacement − residual)·used/life. Where the right to the land ends before the building does, it is
/// written off over the years it stands until then, and nothing is left (a building goes with the land).
///
/// Gives the value and what is written off in a year.
pub(super) fn present(of: &mut Working<'_>) -> Outcome<(f64, f64)> {
    let (replacement, used, life) = (of.need("replacement")?, of.or_nothing("used_years"), of.need("life")?);
    let ends = of.may("term").map(|term| used + term).filter(|ends| *ends < life);
    let (years, residual) = match ends {
        Some(ends) => (ends, 0.0),
        None => (life, of.or_nothing("residual")),
    };
    // A building older than its life, or worth more at its end than new, is a slip of the pen.
    let slip = match () {
        () if used > life => Some(say!("used {used} of {life} years", "已使用 {used} 年,超过耐用年限 {life} 年")),
        () if residual > replacement => Some(say!(
            "residual {residual} above replacement {replacement}",
            "残值 {residual} 高于重置价 {replacement}"
        )),
        () => None,
    };
    if let Some(what) = slip {
        return Err(Fault::new("bad-figure", what, say!("mend the cells", "请更正单元格")));
    }
    let yearly = (replacement - residual) / years;
    of.step(say!("depreciation a year, 元", "年折旧(元)"), format!("({replacement} − {residual}) / {years}"), yearly);
    let value = replacement - yearly * used;
    of.step(
        say!("present value of the building, 元", "房屋现值(元)"),
        format!("{replacement} − {yearly:.2} × {used}"),
        value,
    );
    Ok((value, yearly))
}
