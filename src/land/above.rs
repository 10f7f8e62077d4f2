//! What the lines above a table tell of the units in it: a title such as `样点地价表(单位:万元/亩)`, a line `单位:元、亩`.

use super::heading::{BARE, half_width};
use super::number::yuan_per_square_metre;
use super::quantity::Quantity;

/// The unit of prices per area they name; `None` where they name none or several.
pub fn price_unit(lines: &[String]) -> Option<String> {
    let mut found: Option<String> = None;
    for line in lines {
        let mut rest = plain(line);
        // The longer names come first: what they stand in is not read again as 元/亩.
        for unit in BARE.iter() {
            if !taken_out(&mut rest, unit) {
                continue;
            }
            let same = |known: &String| yuan_per_square_metre(known) == yuan_per_square_metre(unit);
            if found.as_ref().is_some_and(|known| !same(known)) {
                return None;
            }
            found = Some(unit.clone());
        }
    }
    found
}

/// The unit of a quantity that they list behind `单位:`; `None` where they list none of it, or several that differ.
pub fn unit_of(lines: &[String], quantity: Quantity) -> Option<String> {
    let listed = lines.iter().flat_map(|line| listed(&plain(line)));
    let mut known = listed.filter_map(|unit| Some((quantity.factor(&unit).filter(|_| !unit.is_empty())?, unit)));
    let (factor, first) = known.next()?;
    known.all(|(other, _)| other == factor).then_some(first)
}

/// The names behind `单位:` (`金额单位:`, `面积单位:`), each by itself.
fn listed(line: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (at, mark) in line.match_indices("单位:").chain(line.match_indices("unit:")).chain(line.match_indices("units:"))
    {
        // What fills a form in stands behind such a word too: 填报单位, 编制单位.
        let before = &line[..at];
        let of_money_or_area =
            ["金额", "价格", "地价", "面积", "计量", "货币"].iter().any(|what| before.ends_with(what));
        let bare = before.chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '_');
        if !of_money_or_area && !bare {
            continue;
        }
        let behind = &line[at + mark.len()..];
        let end = behind.find([')', ']', '】', '。']).unwrap_or(behind.len());
        found.extend(behind[..end].split(['、', ',', ';', '和', '及', '|']).map(str::to_string));
    }
    found
}

/// In small and half-width letters, without blanks; 每 between two units is a slash.
fn plain(line: &str) -> String {
    let narrow = line.chars().map(half_width).filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    narrow.replace("元每", "元/")
}

/// Takes the unit out of the text; tells whether it was there.
fn taken_out(rest: &mut String, unit: &str) -> bool {
    let has = rest.contains(unit);
    *rest = rest.replace(unit, " ");
    has
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|line| (*line).to_string()).collect()
    }

    #[test]
    fn a_title_tells_the_unit_of_prices() {
        let told = |all: &[&str]| price_unit(&lines(all));
        assert_eq!(told(&["样点地价表(单位:万元/亩)"]).as_deref(), Some("万元/亩"));
        assert_eq!(told(&["某县基准地价表", "单位: 元 / ㎡"]).as_deref(), Some("元/㎡"));
        assert_eq!(told(&["单位:万元每亩"]).as_deref(), Some("万元/亩"));
        assert_eq!(told(&["每平方米地价(单位:元每平方米)"]).as_deref(), Some("元/平方米"));
        assert_eq!(told(&["单位:元/公顷"]).as_deref(), Some("元/公顷"));
        assert_eq!(told(&["单位:元/㎡、万元/亩"]), None);
        assert_eq!(told(&["某县基准地价表(单位:公顷)"]), None);
    }

    #[test]
    fn a_title_lists_units_of_money_and_area() {
        let told = |all: &[&str], quantity| unit_of(&lines(all), quantity);
        let both = ["出让公告(金额单位:万元;面积单位:亩)"];
        assert_eq!(
            (told(&both, Quantity::Money), told(&both, Quantity::Area)),
            (Some("万元".into()), Some("亩".into()))
        );
        assert_eq!(told(&["单位:万元、公顷"], Quantity::Area).as_deref(), Some("公顷"));
        assert_eq!(told(&["单位:万元、公顷"], Quantity::Years), None);
        assert_eq!(told(&["金额单位:人民币万元"], Quantity::Money).as_deref(), Some("人民币万元"));
        // A price per area is no sum, and who fills a form in is no unit of it.
        assert_eq!(told(&["单位:万元/亩"], Quantity::Money), None);
        assert_eq!(told(&["填报单位:万元县自然资源局"], Quantity::Money), None);
        assert_eq!(told(&["填报单位:元"], Quantity::Money), None);
        assert_eq!(told(&["单位:元", "单位:万元"], Quantity::Money), None);
        assert_eq!(told(&["Sales (unit: ha)"], Quantity::Area).as_deref(), Some("ha"));
    }
}
