//! Where a coefficient comes from: kept as numbers, put into words when somebody reads it.

use super::Step;
use crate::land::Text;
use crate::land::date::Quarter;
use crate::land::services::Service;
use crate::project::system::CostUnit;
use crate::say;
use jiff::civil::Date;
use std::fmt::{Display, Formatter};
use std::sync::Arc;

/// The rows or the formula of a coefficient.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// Nothing is known of the parcel, or it is as the connotation sets it.
    AsSet,
    /// A factor that is not known counts as fair.
    TakenAsFair,
    /// There is no table.
    NotCorrected,
    /// One row of a table.
    At([f64; 2]),
    /// Between two.
    Between([f64; 2], [f64; 2]),
    /// A row of a table, or between two, over the table's coefficient at the set value.
    Over {
        low: [f64; 2],
        high: Option<[f64; 2]>,
        at_set: f64,
        set: f64,
    },
    Power {
        ratio: f64,
        set: f64,
        power: f64,
    },
    Linear {
        ratio: f64,
        set: f64,
        slope: f64,
    },
    Logarithmic {
        ratio: f64,
        set: f64,
        c: f64,
    },
    Term {
        rate: f64,
        years: f64,
        statutory: f64,
    },
    Index {
        at: f64,
        period: Period,
        at_base: f64,
        base: Period,
    },
    /// The average of a depth rule: the strip the depth ends in, from 1, and where that begins and ends, m.
    Depth {
        depth: f64,
        k: f64,
        strip: usize,
        ends: [f64; 2],
    },
    Step {
        step: Step,
        words: Arc<str>,
        percent: f64,
    },
    Class {
        word: String,
        k: f64,
    },
    /// Services beyond the set ones (true) or missing, each with its cost; of floor prices the plot ratio they are divided by.
    Costs(Vec<(Service, bool, f64)>, CostUnit, Option<f64>),
}

/// The time a value of the price index is read for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Period {
    Quarter(Quarter),
    Month(Date),
}

impl Display for Period {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        match self {
            Period::Quarter(quarter) => quarter.fmt(f),
            Period::Month(day) => write!(f, "{:04}-{:02}", day.year(), day.month()),
        }
    }
}

impl Row {
    pub fn text(&self) -> Text {
        let row = |[at, k]: &[f64; 2]| format!("{at} → {k}");
        match self {
            Row::AsSet => say!("as set", "与设定相同"),
            Row::TakenAsFair => say!("not known: taken as fair", "未给出,按一般处理"),
            Row::NotCorrected => say!("not corrected", "未修正"),
            Row::At(one) => Text::same(row(one)),
            Row::Between(low, high) => Text::same(format!("{}, {}", row(low), row(high))),
            Row::Over { low, high, at_set, set } => {
                let rows = high.map_or_else(|| row(low), |high| format!("{}, {}", row(low), row(&high)));
                say!("({rows}) / {at_set} at {set}", "({rows})/ 设定值 {set} 的 {at_set}")
            }
            Row::Power { ratio, set, power } => Text::same(format!("({ratio}/{set})^{power}")),
            Row::Linear { ratio, set, slope } => Text::same(format!("1 + {slope}·({ratio} − {set})")),
            Row::Logarithmic { ratio, set, c } => Text::same(format!("1 + {c}·ln({ratio}/{set})")),
            Row::Term { rate, years, statutory } => {
                Text::same(format!("[1 − (1 + {rate})^−{years}] / [1 − (1 + {rate})^−{statutory}]"))
            }
            Row::Index { at, period, at_base, base } => Text::same(format!("{at} ({period}) / {at_base} ({base})")),
            Row::Depth { depth, k, strip, ends: [from, to] } => say!(
                "depth {depth} m → {k}, average up to strip {strip} ({from} to {to} m)",
                "进深 {depth} m → {k},至第 {strip} 条带({from} 至 {to} m)的平均"
            ),
            Row::Step { step, words, percent } => {
                let Text { en, zh } = step.text();
                let between = if words.is_empty() { "" } else { ": " };
                say!("{en}{between}{words} → {percent} %", "{zh}{between}{words} → {percent}%")
            }
            Row::Class { word, k } => Text::same(format!("{word} → {k}")),
            Row::Costs(parts, ..) if parts.is_empty() => Row::AsSet.text(),
            Row::Costs(parts, unit, floor) => {
                let unit = if *unit == CostUnit::Percent { "%" } else { "" };
                let list = |of: fn(&Text) -> &str| {
                    let part = |(service, more, cost): &(Service, bool, f64)| {
                        let mark = if *more { "+" } else { "−" };
                        format!("{} {mark}{cost}{unit}", of(&service.text()))
                    };
                    let listed = parts.iter().map(part).collect::<Vec<_>>().join("; ");
                    floor.map_or(listed.clone(), |ratio| format!("({listed}) / {ratio}"))
                };
                Text { en: list(|text| &text.en), zh: list(|text| &text.zh) }
            }
        }
    }
}
