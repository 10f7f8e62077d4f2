//! A header of two rows: headings over several columns, as 坐标 over 东坐标 and 北坐标, and the names of these columns below.

use super::table::unit_of;
use crate::land::heading::{heading, price_unit};
use crate::land::quantity::Quantity;
use crate::land::{date, number};

/// The names two rows give together, one per column.
pub(super) struct Joined {
    /// The lower cell where it is filled, else the upper; where several lower cells are alike, with the heading before them.
    pub names: Vec<String>,
    /// What they were made from.
    pub over: Vec<Over>,
}

/// A name of the lower row and the heading above it; empty where the name is a cell of one row.
#[derive(Clone, Debug, Default)]
pub struct Over {
    pub heading: String,
    pub name: String,
}

impl Over {
    /// What a column's name says of its numbers once its heading is read too: the unit that stands in the heading alone, and whether prices are
    /// of land or of floor. `None` where the heading adds nothing.
    pub fn completed(&self, name: &str) -> Option<String> {
        let own = heading(name);
        let unit = heading(&self.heading).unit.filter(|unit| own.unit.is_none() && fits(unit, &self.name));
        let of = |text: &str| (text.contains("地面"), text.contains("楼面"));
        let kind = match of(&self.heading) {
            _ if of(name) != (false, false)
                || holds(&self.name, OTHERS)
                || holds(&self.name, &["总", "合计", "面积"]) =>
            {
                None
            }
            (true, false) => Some("地面地价"),
            (false, true) => Some("楼面地价"),
            _ => None,
        };
        let bare = name.split(['(', '\u{ff08}', '[', '【']).next().unwrap_or(name).trim_end();
        match (kind, unit.as_deref().or(own.unit.as_deref())) {
            (None, _) if unit.is_none() => None,
            (None, unit) => Some(format!("{name}({})", unit.unwrap_or_default())),
            (Some(kind), Some(unit)) => Some(format!("{bare}({kind} {unit})")),
            (Some(kind), None) => Some(format!("{name}({kind})")),
        }
    }
}

/// What stands below headings of prices, sums and areas and is none of them.
const OTHERS: &[&str] = &[
    "日期", "时间", "年期", "年限", "年份", "年度", "年月", "期日", "级别", "等级", "率", "比", "用途", "编号", "序号",
    "坐标", "名称", "地址", "坐落", "位置", "备注", "方式", "类型", "单位", "情况", "容积", "date", "ratio", "grade",
];

fn holds(name: &str, words: &[&str]) -> bool {
    words.iter().any(|word| name.contains(word))
}

/// Whether the unit of a heading is one of what a name below it counts: money of all but areas, areas of all but money.
fn fits(unit: &str, name: &str) -> bool {
    let money = Quantity::Money.factor(unit).or(Quantity::Yearly.factor(unit)).is_some() || price_unit(unit).is_some();
    let area = Quantity::Area.factor(unit).is_some();
    let other = if area { &["价", "款", "费", "税", "金", "值", "额"][..] } else { &["面积", "亩数"][..] };
    (money || area) && !holds(name, OTHERS) && !holds(name, other)
}

/// Takes two rows for one header where the upper leaves a column without name, right of a heading, that the lower names. No cell of the
/// lower may be a number or a date; below a heading of several columns all have names, and below the first column stands one only there.
pub(super) fn joined(upper: &[String], lower: &[String]) -> Option<Joined> {
    let first = upper.iter().position(|name| !name.is_empty())?;
    let under = |at: usize| at > first && upper[at].is_empty() && !lower[at].is_empty();
    let leads = |at: usize| at + 1 < upper.len() && under(at + 1);
    let columns = || 0..upper.len();
    let sound = upper.len() == lower.len()
        && columns().any(under)
        && !lower.iter().any(|cell| is_datum(cell))
        && columns().all(|at| !leads(at) || !lower[at].is_empty())
        && (lower[first].is_empty() || leads(first));
    if !sound {
        return None;
    }
    let mut group = "";
    let mut over: Vec<&str> = Vec::new();
    for (name, below) in upper.iter().zip(lower) {
        group = if name.is_empty() { group } else { name };
        over.push(if below.is_empty() { "" } else { group });
    }
    let alike = |at: usize| columns().filter(|&other| lower[other] == lower[at]).count() > 1;
    let kept = |at: usize| columns().any(|other| lower[other].is_empty() && upper[other] == lower[at]);
    let mut found = Joined { names: Vec::new(), over: Vec::new() };
    for at in columns() {
        let both = |heading: &str, name: &str| Over { heading: heading.to_string(), name: name.to_string() };
        let (name, over) = match (lower[at].as_str(), over[at]) {
            ("", _) => (upper[at].clone(), Over::default()),
            (below, "") => (below.to_string(), Over::default()),
            (below, group) => match unit_of(below).filter(|_| below.contains(['元', '㎡', '亩', '顷', '²'])) {
                Some(unit) => (format!("{group}({unit})"), Over::default()),
                None if alike(at) || kept(at) => {
                    let bare = group.split(['(', '\u{ff08}']).next().unwrap_or(group);
                    (format!("{bare} {below}"), both(group, below))
                }
                None => (below.to_string(), both(group, below)),
            },
        };
        found.names.push(name);
        found.over.push(over);
    }
    Some(found)
}

/// Whether a cell holds what stands in rows, not in headers: a number, with a unit or without, or a date.
fn is_datum(cell: &str) -> bool {
    let amount = number::parse(cell).is_some_and(|typed| typed.unit.is_empty() || unit_of(&typed.unit).is_some());
    amount || date::parse(cell).is_some()
}

#[cfg(test)]
#[path = "two_rows_tests.rs"]
mod tests;
