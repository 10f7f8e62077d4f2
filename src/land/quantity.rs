//! Kinds of amounts in tables, and the units people write them in.

use super::money;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quantity {
    /// 元.
    Money,
    /// 元 a year.
    Yearly,
    /// ㎡.
    Area,
    Years,
    /// Parts of 1.
    Share,
}

impl Quantity {
    /// What one `unit` is in 元, ㎡, years or parts of 1; `None` for a unit that is not known. No unit is that one.
    pub fn factor(self, unit: &str) -> Option<f64> {
        let plain: String = unit.chars().filter(|c| !c.is_whitespace() && !"()\u{ff08}\u{ff09}".contains(*c)).collect();
        let plain = plain.to_lowercase();
        match self {
            Quantity::Money => yuan(&plain),
            Quantity::Yearly => yuan(yearless(&plain)),
            Quantity::Area => match plain.as_str() {
                "" | "㎡" | "m2" | "m²" | "m^2" | "平方米" | "平米" | "sqm" => Some(1.0),
                "公顷" | "ha" | "hm2" | "hm²" | "万㎡" | "万m2" | "万m²" | "万平方米" => Some(1e4),
                "亩" | "市亩" | "mu" => Some(10_000.0 / 15.0),
                "km2" | "km²" | "平方公里" | "平方千米" => Some(1e6),
                _ => None,
            },
            Quantity::Years => match plain.as_str() {
                "" | "年" | "a" | "year" | "years" => Some(1.0),
                "月" | "个月" | "month" | "months" => Some(1.0 / 12.0),
                _ => None,
            },
            Quantity::Share => match plain.as_str() {
                "" => Some(1.0),
                "%" | "\u{ff05}" => Some(0.01),
                _ => None,
            },
        }
    }

    /// The units it knows, for messages.
    pub fn units(self) -> &'static str {
        match self {
            Quantity::Money => "元, 千元, 万元, 百万元, 亿元",
            Quantity::Yearly => "元, 千元, 万元, 元/年, 万元/年",
            Quantity::Area => "㎡, 公顷, 亩, 万㎡, km²",
            Quantity::Years => "年, 月",
            Quantity::Share => "%",
        }
    }
}

/// So many of a unit in the quantity's own. A 亩 is no finite number of ㎡: amounts of it are given to the millionth, so that 3 are 2000 and
/// not 1999.9999999999998.
pub fn scaled(value: f64, factor: f64) -> f64 {
    let amount = money::product(value, factor);
    let millionths = (amount * 1e6).round();
    if factor > 1.0 && factor.fract() != 0.0 && millionths.is_finite() { millionths / 1e6 } else { amount }
}

fn yuan(unit: &str) -> Option<f64> {
    match unit.strip_prefix("人民币").filter(|rest| !rest.is_empty()).unwrap_or(unit) {
        "" | "元" | "yuan" | "cny" | "rmb" => Some(1.0),
        "千元" => Some(1e3),
        "万元" | "万" => Some(1e4),
        "百万元" => Some(1e6),
        "亿元" | "亿" => Some(1e8),
        _ => None,
    }
}

fn yearless(unit: &str) -> &str {
    ["·年", ".年", "/年", "年", "/a", "/year"].iter().find_map(|end| unit.strip_suffix(end)).unwrap_or(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_tables_are_brought_to_one() {
        // What is paid once is not paid a year; a rent is, whether its unit says so or not.
        assert_eq!((Quantity::Money.factor("万元/年"), Quantity::Yearly.factor("万元/年")), (None, Some(1e4)));
        assert_eq!(Quantity::Yearly.factor("万元"), Some(1e4));
        assert_eq!(Quantity::Money.factor("元"), Some(1.0));
        assert_eq!(Quantity::Money.factor("元/㎡"), None);
        let mu = Quantity::Area.factor("亩").unwrap();
        assert_eq!((scaled(3.0, mu), scaled(1.0, mu), scaled(0.1, 1e4)), (2000.0, 666.666667, 1000.0));
        // One 亩 is 666.67 ㎡: a fifteenth of a hectare.
        assert_eq!(Quantity::Area.factor("亩").map(|mu| mu * 15.0), Some(10_000.0));
        assert_eq!(Quantity::Area.factor(" 公顷 "), Some(1e4));
        assert_eq!((Quantity::Share.factor("%"), Quantity::Years.factor("日")), (Some(0.01), None));
        assert_eq!(Quantity::Years.factor("个月").map(|month| 12.0 * month), Some(1.0));
    }
}
