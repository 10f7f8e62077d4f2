//! A column's heading taken apart: the name, and the unit that stands in brackets or at its end, as `成交单价(万元/亩)`.

use super::number::yuan_per_square_metre;
use super::quantity::Quantity;
use super::{Fault, Outcome, Text, above as lines_above};
use crate::say;
use std::sync::LazyLock;

/// A heading without its unit.
#[derive(Debug, PartialEq, Eq)]
pub struct Heading {
    /// In small and half-width letters, without blanks and brackets.
    pub name: String,
    /// As written, in small and half-width letters.
    pub unit: Option<String>,
}

/// Price units that stand at the end of a heading without brackets, the longer ones first.
pub(super) static BARE: LazyLock<Vec<String>> = LazyLock::new(|| {
    let areas =
        ["平方公里", "平方千米", "平方米", "公顷", "平米", "hm2", "hm²", "km2", "km²", "m2", "m²", "ha", "亩", "㎡"];
    let all = ["百万元", "亿元", "万元", "千元", "元"].map(|money| areas.map(|area| format!("{money}/{area}")));
    all.into_iter().flatten().collect()
});

pub fn heading(written: &str) -> Heading {
    let plain: String =
        written.chars().map(half_width).filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    // 万元每亩 is 万元/亩.
    let plain = plain.replace("元每", "元/");
    let (name, unit) = match plain.split_once(['(', '[', '【']) {
        Some((name, behind)) => (name, Some(bracketed(behind.trim_end_matches([')', ']', '】'])))),
        None => match BARE.iter().find(|unit| plain.ends_with(unit.as_str())) {
            Some(unit) => (&plain[..plain.len() - unit.len()], Some(unit.as_str())),
            None => (plain.as_str(), None),
        },
    };
    let name = name.trim_end_matches(['_', '-', '/', ':']);
    // A heading that is a bracket only keeps it as its name.
    if name.is_empty() {
        return Heading { name: plain.clone(), unit: None };
    }
    Heading { name: name.to_string(), unit: unit.filter(|unit| !unit.is_empty()).map(str::to_string) }
}

/// The unit among the words in brackets: `单位:万元/亩`, `楼面地价元/㎡`.
fn bracketed(words: &str) -> &str {
    let unit = ["单位:", "unit:"].iter().find_map(|mark| words.split_once(mark)).map_or(words, |(_, unit)| unit);
    let behind_price = |known: &&String| {
        unit.strip_suffix(known.as_str()).is_some_and(|rest| rest.ends_with(['价', ',', ';', '、', ':']))
    };
    BARE.iter().find(behind_price).map_or(unit, String::as_str)
}

/// The unit as a project file takes it, where it is one of a price per area.
pub fn price_unit(unit: &str) -> Option<String> {
    let mut unit = unit.replace("m^2", "m2").replace("sqm", "m2");
    for yuan in ["yuan/", "cny/", "rmb/", "¥/"] {
        unit = unit.replace(yuan, "元/");
    }
    (unit.contains('/') && yuan_per_square_metre(&unit).is_some()).then_some(unit)
}

/// Whether a unit of a heading is money for an area, of a kind that is not known, or of a time: 美元/㎡, 元/垧, 元/㎡·年.
pub fn is_unknown_price(unit: &str) -> bool {
    let money = ["元", "yuan", "cny", "rmb", "usd", "eur", "$", "¥", "€", "円"];
    unit.contains('/') && money.iter().any(|word| unit.contains(word)) && price_unit(unit).is_none()
}

/// Whether a unit of a heading is one of sums, areas, years or shares, which no price is in; a bare 元 stands for 元/㎡ with many.
fn is_of_others(unit: &str) -> bool {
    let sum = Quantity::Money.factor(unit).is_some_and(|factor| factor != 1.0);
    sum || [Quantity::Area, Quantity::Years, Quantity::Share].iter().any(|other| other.factor(unit).is_some())
}

/// A line above a table names a unit of money that is not known.
pub fn unknown_above(unit: &str) -> Fault {
    Fault::new(
        "unknown-unit",
        say!("a line above the table names the unit {unit}, which is not known", "表格上方注明的单位 {unit} 不认识"),
        say!("state the unit of the prices, such as 元/㎡ or 万元/亩", "请写明价格单位,如 元/㎡ 或 万元/亩"),
    )
}

/// A heading names a unit that is not known.
pub fn unknown_unit(written: &str, unit: &str) -> Fault {
    Fault::new(
        "unknown-unit",
        say!(
            "the heading \"{written}\" names the unit {unit}, which is not known",
            "表头「{written}」的单位 {unit} 不认识"
        ),
        say!(
            "write 元/㎡, 万元/亩, 万元/公顷 or another of 元 for an area",
            "请写 元/㎡、万元/亩、万元/公顷 等以元计的单价单位"
        ),
    )
}

/// The unit of prices: the one given, else the one their headings tell.
///
/// # Errors
/// `unit-conflict` where a heading tells another unit than is given, or than another heading; `unknown-unit` where it tells money for an area
/// in a unit that is not known.
pub fn unit_of_prices(given: Option<&str>, headings: &[&str]) -> Outcome<Option<String>> {
    for written in headings {
        if let Some(unit) = heading(written).unit.filter(|unit| is_unknown_price(unit) || is_of_others(unit)) {
            return Err(unknown_unit(written, &unit));
        }
    }
    let told = headings.iter().filter_map(|written| Some((*written, price_unit(&heading(written).unit?)?)));
    let mut unit: Option<String> = given.map(str::to_string);
    for (written, told) in told {
        match &unit {
            None => unit = Some(told),
            Some(unit) if yuan_per_square_metre(unit).is_none_or(|one| yuan_per_square_metre(&told) == Some(one)) => {}
            Some(unit) => {
                return Err(Fault::new(
                    "unit-conflict",
                    say!(
                        "the heading \"{written}\" tells prices in {told}, not in {unit}",
                        "表头「{written}」的价格单位是 {told},而不是 {unit}"
                    ),
                    say!(
                        "write the unit the numbers are in, and rename the heading if it is wrong",
                        "请写明数字的实际单位;表头有误时请改名"
                    ),
                ));
            }
        }
    }
    Ok(unit)
}

/// The unit of the prices of a table: as [`unit_of_prices`], else the one that lines above the table name.
///
/// # Errors
/// `unit-conflict`, also where such a line names another unit than is given and no heading names any; `unknown-unit` where all that is told
/// is that sums are not in 元.
pub fn unit_of_table(given: Option<&str>, headings: &[&str], above: &[String]) -> Outcome<Option<String>> {
    let named = unit_of_prices(given, headings)?;
    if let Some(odd) = lines_above::unknown_money(above).filter(|_| named.is_none()) {
        return Err(unknown_above(&odd));
    }
    let Some(told) = lines_above::price_unit(above) else {
        return match lines_above::unit_of(above, Quantity::Money).filter(|_| named.is_none()) {
            Some(sum) if Quantity::Money.factor(&sum) != Some(1.0) => Err(a_sum(&sum)),
            _ => Ok(named),
        };
    };
    let Some(unit) = named else { return Ok(Some(told)) };
    // What a heading says of its own column outweighs a title; so does a unit that is the same number.
    if unit_of_prices(None, headings)?.is_some() || yuan_per_square_metre(&unit) == yuan_per_square_metre(&told) {
        return Ok(Some(unit));
    }
    Err(Fault::new(
        "unit-conflict",
        say!(
            "a line above the table tells prices in {told}, not in {unit}",
            "表格上方注明价格单位为 {told},而不是 {unit}"
        ),
        say!(
            "write the unit the numbers are in, and mend the line if it is wrong",
            "请写明数字的实际单位;表上说明有误时请更正"
        ),
    ))
}

fn a_sum(unit: &str) -> Fault {
    Fault::new(
        "unknown-unit",
        say!(
            "a line above the table names {unit}, a sum and no price per area, and nothing else tells the unit of the prices",
            "表格上方注明单位为 {unit}(总额而非单价),其他地方均未注明价格单位"
        ),
        say!("state the unit of the prices, such as 元/㎡ or 万元/亩", "请写明价格单位,如 元/㎡ 或 万元/亩"),
    )
}

/// What is said where a line above the table names another unit of prices than their headings, which count.
pub fn outweighed(headings: &[&str], above: &[String]) -> Option<Text> {
    let (headed, told) = (unit_of_prices(None, headings).ok()??, lines_above::price_unit(above)?);
    (yuan_per_square_metre(&headed) != yuan_per_square_metre(&told)).then(|| {
        say!(
            "a line above the table tells prices in {told}, their heading in {headed}: the heading counts",
            "表格上方注明价格单位为 {told},表头为 {headed}:以表头为准"
        )
    })
}

/// The kind of price that headings tell (地面地价 `ground`, 楼面地价 `floor`), with the heading that tells it, else the lines above the table;
/// `None` where they tell none or both.
pub fn price_kind<'a>(headings: &[&'a str], above: &'a [String]) -> Option<(&'static str, &'a str)> {
    let told = |written: &'a str| match (written.contains("地面"), written.contains("楼面")) {
        (true, false) => Some(("ground", written)),
        (false, true) => Some(("floor", written)),
        _ => None,
    };
    let agreed = |found: Vec<(&'static str, &'a str)>| {
        let first = *found.first()?;
        found.iter().all(|(kind, _)| *kind == first.0).then_some(first)
    };
    let headed: Vec<_> = headings.iter().filter_map(|written| told(written)).collect();
    if headed.is_empty() { agreed(above.iter().filter_map(|line| told(line)).collect()) } else { agreed(headed) }
}

/// The unit of prices for which nothing names one.
pub const USUAL_PRICE_UNIT: &str = "元/㎡";

/// Whether the unit is one of area in square metres.
pub fn square_metres(unit: &str) -> bool {
    matches!(unit, "㎡" | "m2" | "m²" | "m^2" | "平方米" | "平米" | "sqm")
}

pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_tell_the_kind_of_price() {
        let kind = |headings: &[&'static str], above: &[&str]| {
            let above: Vec<String> = above.iter().map(|line| (*line).to_string()).collect();
            price_kind(headings, &above).map(|(kind, _)| kind)
        };
        assert_eq!(kind(&["楼面地价(元/㎡)"], &[]), Some("floor"));
        assert_eq!(kind(&["一级地面地价", "二级地面地价"], &["楼面地价表"]), Some("ground"));
        assert_eq!(kind(&["地价"], &["商服用地基准地价表(楼面地价)"]), Some("floor"));
        assert_eq!((kind(&["地面价", "楼面价"], &[]), kind(&["地价"], &["地面地价、楼面地价"])), (None, None));
    }

    #[test]
    fn the_unit_given_counts_else_the_one_a_heading_tells() {
        let found = |given, headings: &[&str]| unit_of_prices(given, headings).map_err(|fault| fault.code);
        assert_eq!(found(None, &["地价"]), Ok(None));
        let unit = |given, headings: &[&str]| found(given, headings).map(Option::unwrap_or_default);
        assert_eq!(unit(None, &["成交单价(万元/亩)"]).unwrap(), "万元/亩");
        assert_eq!(unit(None, &["benchmark price per mu (万元/亩)"]).unwrap(), "万元/亩");
        assert_eq!(unit(Some("万元/亩"), &["地价", "地价(万元/亩)"]).unwrap(), "万元/亩");
        assert_eq!(unit(None, &["p(单位:万元/亩)"]).unwrap(), "万元/亩");
        assert_eq!(unit(None, &["单价 万元每亩"]).unwrap(), "万元/亩");
        assert_eq!(unit(None, &["一级（楼面地价 元/㎡）"]).unwrap(), "元/㎡");
        assert_eq!((unit(None, &["p(美元/㎡)"]), unit(None, &["涨幅(%)"])), (Err("unknown-unit"), Err("unknown-unit")));
        // 万元/公顷 and 元/㎡ are the same number.
        assert_eq!(unit(Some("万元/公顷"), &["地价(元/㎡)"]).unwrap(), "万元/公顷");
        assert_eq!(unit(Some("元/㎡"), &["地价(万元/亩)"]), Err("unit-conflict"));
        assert_eq!(unit(None, &["一级(元/㎡)", "二级(万元/亩)"]), Err("unit-conflict"));
        let titled = |given, heading| unit_of_table(given, &[heading], &["(单位:万元/亩)".to_string()]);
        assert_eq!(titled(None, "地价").unwrap().as_deref(), Some("万元/亩"));
        assert_eq!(titled(None, "地价(元/㎡)").unwrap().as_deref(), Some("元/㎡"));
        assert_eq!(titled(Some("万元/亩"), "地价").unwrap().as_deref(), Some("万元/亩"));
        assert_eq!(titled(Some("元/㎡"), "地价").unwrap_err().code, "unit-conflict");
        let of_sums = |given| unit_of_table(given, &["地价"], &["单位:万元".to_string()]).map_err(|fault| fault.code);
        assert_eq!((of_sums(None), of_sums(Some("元/㎡"))), (Err("unknown-unit"), Ok(Some("元/㎡".to_string()))));
        // A total, or an area, is no price per area.
        assert_eq!((found(None, &["总价(万元)"]), found(None, &["p(亩)"])), (Err("unknown-unit"), Err("unknown-unit")));
    }
}
