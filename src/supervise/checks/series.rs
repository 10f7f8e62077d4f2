//! U17: monitored prices: quarters that are missing, points that stand still.

use super::Context;
use crate::land::Outcome;
use crate::land::date::Quarter;
use crate::say;
use crate::supervise::beside::Monitored;
use crate::supervise::item::Item;
use std::collections::BTreeMap;

/// Missing quarters listed one by one; of more the first and the last.
const MOST: usize = 8;

/// U17.
pub fn series(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let Some(rows) = context.district.monitoring.as_ref().filter(|rows| !rows.is_empty()) else {
        return Ok(vec![Item::not_checked(17, say!("there is no table of monitored prices", "没有监测地价表"))]);
    };
    let rule = &context.rules.U17;
    let mut points: BTreeMap<&str, BTreeMap<Quarter, &Monitored>> = BTreeMap::new();
    let mut items = Vec::new();
    for row in rows {
        if let Some(earlier) = points.entry(&row.point).or_default().insert(row.quarter, row) {
            let (point, quarter, other) = (&row.point, row.quarter, &earlier.source);
            let what = say!(
                "{point} has two prices for {quarter} ({other} too)",
                "{point} 在 {quarter} 有两个价格(另见 {other})"
            );
            items.push(Item::found(17, rule.severity, what, row.source.clone()));
        }
    }
    // The newest quarter that is over, and for so many quarters, whoever has handed it in.
    let due = (0..=rule.lag_quarters).fold(Quarter::of(context.today), |quarter, _| quarter.before());
    let last = rows.iter().map(|row| row.quarter).max().map(|last| last.max(due));
    for (point, own) in &points {
        let (Some((first, start)), Some(last)) = (own.iter().next(), last) else { continue };
        let mut missing = Vec::new();
        let mut quarter = last;
        while quarter > *first {
            if !own.contains_key(&quarter) {
                missing.push(quarter.to_string());
            }
            quarter = quarter.before();
        }
        if !missing.is_empty() {
            missing.reverse();
            let count = missing.len();
            let list = match missing.as_slice() {
                [first, .., last] if count > MOST => format!("{first} … {last}"),
                all => all.join(", "),
            };
            let what = say!("{point} lacks {list}", "{point} 缺少 {list}");
            items.push(Item::found(17, rule.severity, what, start.source.clone()).measured(count.to_string(), "0"));
        }
        let values: Vec<&&Monitored> = own.values().collect();
        let runs = values.chunk_by(|a, b| a.price.to_bits() == b.price.to_bits() && b.quarter.before() == a.quarter);
        for run in runs.filter(|run| run.len() >= rule.frozen_quarters.max(2)) {
            let (count, from, to) = (run.len(), run[0].quarter, run[run.len() - 1].quarter);
            let what = say!("{point} stands still from {from} to {to}", "{point} 自 {from} 至 {to} 未变");
            let item = Item::found(17, rule.severity, what, run[0].source.clone()).of_use(&run[0].land_use);
            let limit = rule.frozen_quarters;
            items.push(
                item.measured(
                    say!("{count} quarters", "{count} 个季度"),
                    say!("< {limit} quarters", "< {limit} 个季度"),
                ),
            );
        }
    }
    if items.is_empty() {
        let count = points.len();
        let what = say!("{count} points without gaps", "{count} 个监测点序列完整");
        items.push(Item::passed(17, what, rows[0].source.clone()));
    }
    Ok(items)
}
