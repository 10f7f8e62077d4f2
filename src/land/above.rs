//! What the lines above a table tell of the units in it: a title such as `样点地价表(单位:万元/亩)`, a line `单位:元、亩`.

use super::heading::{BARE, half_width};
use super::number::yuan_per_square_metre;
use super::quantity::Quantity;

/// The unit of prices per area they name; `None` where they name none or several.
pub fn price_unit(lines: &[String]) -> Option<String> {
    let mut found: Option<String> = None;
    for line in lines {
        let mut rest: String = plain(line).chars().filter(|c| !c.is_whitespace()).collect();
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

/// A unit of money that they list and that is not known: 美元/㎡, 元/㎡·年, 万美元.
pub fn unknown_money(lines: &[String]) -> Option<String> {
    let known = |unit: &str| Quantity::Money.factor(unit).is_some() || yuan_per_square_metre(unit).is_some();
    let listed = lines.iter().flat_map(|line| listed(&plain(line)));
    let mut odd = listed.filter(|unit| unit.contains('元') && unit.chars().count() <= LONGEST && !known(unit));
    odd.next()
}

/// Letters of the longest name of a unit; more are words.
const LONGEST: usize = 10;

/// The unit of a quantity that they list behind `单位:`; `None` where they list none of it, or several that differ.
pub fn unit_of(lines: &[String], quantity: Quantity) -> Option<String> {
    let listed = lines.iter().flat_map(|line| listed(&plain(line)));
    let mut known = listed.filter_map(|unit| Some((quantity.factor(&unit).filter(|_| !unit.is_empty())?, unit)));
    let (factor, first) = known.next()?;
    known.all(|(other, _)| other == factor).then_some(first)
}

/// The names behind `单位:` (`金额单位:`, `面积单位:`, `金额:`, `面积:`), each by itself.
fn listed(line: &str) -> Vec<String> {
    const OF: [&str; 6] = ["金额", "价格", "地价", "面积", "计量", "货币"];
    let mut found = Vec::new();
    for (at, mark) in line.match_indices(':') {
        let before = line[..at].trim_end();
        let word = ["单位", "unit", "units"].iter().find_map(|word| before.strip_suffix(word));
        let is_one = match word {
            // What fills a form in stands behind such a word too: 填报单位, 编制单位.
            Some(rest) => {
                let last = rest.chars().next_back();
                OF.iter().any(|what| rest.ends_with(what)) || last.is_none_or(|c| !c.is_alphanumeric() && c != '_')
            }
            None => ["金额", "面积"].iter().any(|what| before.ends_with(what)),
        };
        if is_one {
            let apart =
                |c: char| c.is_whitespace() || ['、', ',', ';', '|', '(', ')', '[', ']', '】', '。'].contains(&c);
            let behind = line[at + mark.len()..].replace("/面积", " 面积").replace("/金额", " 金额");
            found.extend(behind.split(apart).filter(|unit| !unit.is_empty()).map(str::to_string));
        }
    }
    found
}

/// In small and half-width letters; 每 between two units is a slash.
fn plain(line: &str) -> String {
    let narrow =
        line.chars().map(half_width).map(|c| if c == '\u{3000}' { ' ' } else { c }).collect::<String>().to_lowercase();
    narrow.replace("元每", "元/").replace(" / ", "/").replace(['和', '及'], "、")
}

/// Takes the unit out of the text where it stands by itself; tells whether it was there. 美元/㎡ is no 元/㎡, and a price of a year none.
fn taken_out(rest: &mut String, unit: &str) -> bool {
    const OTHERS: [char; 10] = ['美', '港', '澳', '日', '欧', '英', '韩', '台', '加', '新'];
    let Some(at) = rest.find(unit) else { return false };
    let other = rest[..at].chars().next_back().is_some_and(|c| OTHERS.contains(&c));
    let behind = &rest[at + unit.len()..];
    let timed = ["·年", ".年", "/年", "年", "·月", "/月"].iter().any(|end| behind.starts_with(end));
    *rest = rest.replace(unit, " ");
    !other && !timed
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
        assert_eq!((told(&["单位:美元/㎡"]), told(&["单位：元/㎡·年"]), told(&["单位:港元/㎡"])), (None, None, None));
        let odd = |line: &str| unknown_money(&lines(&[line]));
        assert_eq!(odd("单位：美元/㎡").as_deref(), Some("美元/㎡"));
        assert_eq!(odd("单位:元/㎡·年").as_deref(), Some("元/㎡·年"));
        assert_eq!(odd("金额单位:万美元").as_deref(), Some("万美元"));
        assert_eq!((odd("单位:万元、亩"), odd("填报单位:某县公元自然资源局"), odd("单位:元/㎡")), (None, None, None));
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
        for title in [
            "金额单位:万元 面积单位:亩",
            "金额单位：人民币万元\u{3000}面积单位：亩",
            "金额单位：万元（人民币），面积单位：亩",
            "面积单位：亩  金额单位：万元",
            "2025年地价样点表 单位:万元,亩",
            "单位:亩 万元",
            "（金额：万元，面积：亩）",
            "金额单位:万元/面积单位:亩",
        ] {
            let factor = |quantity: Quantity| told(&[title], quantity).and_then(|unit| quantity.factor(&unit));
            assert_eq!(
                (factor(Quantity::Money), factor(Quantity::Area)),
                (Some(1e4), Quantity::Area.factor("亩")),
                "{title}"
            );
        }
        assert_eq!(told(&["单位:元", "单位:万元"], Quantity::Money), None);
        assert_eq!(told(&["Sales (unit: ha)"], Quantity::Area).as_deref(), Some("ha"));
    }
}
