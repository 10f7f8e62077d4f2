//! Plot-ratio correction (容积率修正): a table of factors, read by straight lines between its rows.

use super::spike::{USUAL_TIMES, spikes};
use crate::land::money::{along, quotient};
use crate::land::{Fault, Outcome, Text};
use crate::say;

/// Factors by plot ratio, ascending.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotRatioTable {
    rows: Vec<(f64, f64)>,
}

/// A factor and whether it was read at the end of the table because the ratio lies outside.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    pub k: f64,
    pub clamped: bool,
}

/// Something in a table that deserves a second look; the table is used all the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Oddity {
    /// The factor falls from the row before to the one at `ratio`: more floor on the land makes it cheaper.
    FactorFalls { ratio: f64 },
    /// The price per floor area (`k/ratio`) rises from the row before to the one at `ratio`; published tables fall, so a misprint is likely.
    FloorPriceRises { ratio: f64 },
    /// The row at `ratio` stands out of the line of its neighbours, by `off`.
    Spike { ratio: f64, off: f64 },
}

impl Oddity {
    /// The oddity as a sentence.
    pub fn text(self) -> Text {
        match self {
            Oddity::FactorFalls { ratio } => {
                say!("the coefficient falls at plot ratio {ratio}", "容积率 {ratio} 处系数下降")
            }
            Oddity::FloorPriceRises { ratio } => say!(
                "the price per floor area rises at plot ratio {ratio}, which looks like a misprint",
                "容积率 {ratio} 处楼面地价上升,疑为误植"
            ),
            Oddity::Spike { ratio, off } => spike_text(ratio, off),
        }
    }
}

/// What is said of a row that stands out.
pub fn spike_text(ratio: f64, off: f64) -> Text {
    let off = format!("{off:+.4}");
    say!(
        "the coefficient at plot ratio {ratio} is {off} off the line of its neighbours, which looks like a misprint",
        "容积率 {ratio} 处系数偏离相邻两行连线 {off},疑为误植"
    )
}

/// The correction from a sale's plot ratio to the one the benchmark price is set at.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotRatio {
    table: PlotRatioTable,
    at_set: Reading,
}

impl PlotRatioTable {
    /// A table from rows of (plot ratio, factor).
    ///
    /// # Errors
    /// All at once: `plot-ratio-rows` for an empty table, `plot-ratio-value` for a ratio below 0 or a factor that is not positive,
    /// `plot-ratio-order` where ratios do not ascend.
    pub fn new(rows: Vec<(f64, f64)>) -> Outcome<PlotRatioTable> {
        let mut faults = Vec::new();
        if rows.is_empty() {
            faults.push(Fault::new(
                "plot-ratio-rows",
                say!("the plot-ratio table has no rows", "容积率修正系数表没有数据"),
                say!("give at least one row", "请至少给出一行"),
            ));
        }
        for &(ratio, k) in &rows {
            let valid = ratio.is_finite() && ratio >= 0.0 && k.is_finite() && k > 0.0;
            if !valid {
                faults.push(Fault::new(
                    "plot-ratio-value",
                    say!("the plot-ratio table has the row {ratio}, {k}", "容积率修正系数表中有一行为{ratio}、{k}"),
                    say!("ratios are 0 or more, factors are positive", "容积率不小于0,系数为正数"),
                ));
            }
        }
        for pair in rows.windows(2) {
            let (before, after) = (pair[0].0, pair[1].0);
            if before >= after {
                faults.push(Fault::new(
                    "plot-ratio-order",
                    say!(
                        "in the plot-ratio table {after} follows {before}",
                        "容积率修正系数表中{after}排在{before}之后"
                    ),
                    say!("list the ratios in ascending order, each once", "请按容积率升序排列,且不重复"),
                ));
            }
        }
        Fault::of_all(faults).map_or(Ok(PlotRatioTable { rows }), Err)
    }

    /// The factor at a plot ratio: linear between rows, the end value outside and said so. `None` unless the ratio is a number from 0 up.
    pub fn at(&self, ratio: f64) -> Option<Reading> {
        if !(ratio.is_finite() && ratio >= 0.0) {
            return None;
        }
        let (&first, &last) = (self.rows.first()?, self.rows.last()?);
        if ratio <= first.0 {
            return Some(Reading { k: first.1, clamped: ratio < first.0 });
        }
        if ratio >= last.0 {
            return Some(Reading { k: last.1, clamped: ratio > last.0 });
        }
        let above = self.rows.partition_point(|row| row.0 <= ratio);
        let (low, high) = (self.rows[above - 1], self.rows[above]);
        Some(Reading { k: along(low.into(), high.into(), ratio), clamped: false })
    }

    /// What deserves a second look, in the order of the rows.
    pub fn oddities(&self) -> Vec<Oddity> {
        let mut found = Vec::new();
        for pair in self.rows.windows(2) {
            let ((low, k_low), (ratio, k)) = (pair[0], pair[1]);
            if k < k_low {
                found.push(Oddity::FactorFalls { ratio });
            }
            if k * low > k_low * ratio {
                found.push(Oddity::FloorPriceRises { ratio });
            }
        }
        // A row that is told bends the line of its neighbours as well: the others are looked at without it.
        let told = |ratio: f64| {
            found.iter().any(|oddity| match oddity {
                Oddity::FactorFalls { ratio: own } | Oddity::FloorPriceRises { ratio: own } => *own == ratio,
                Oddity::Spike { .. } => false,
            })
        };
        let rows: Vec<[f64; 2]> = self.rows.iter().filter(|row| !told(row.0)).map(|row| [row.0, row.1]).collect();
        let spikes = spikes(&rows, USUAL_TIMES);
        found.extend(spikes.iter().map(|spike| Oddity::Spike { ratio: spike.at, off: spike.off }));
        found
    }
}

impl PlotRatio {
    /// The correction to the plot ratio `set` in the connotation.
    ///
    /// # Errors
    /// `plot-ratio-set` where `set` is not a plot ratio inside the table.
    pub fn new(table: PlotRatioTable, set: f64) -> Outcome<PlotRatio> {
        match table.at(set).filter(|reading| !reading.clamped) {
            Some(at_set) => Ok(PlotRatio { table, at_set }),
            None => Err(Fault::new(
                "plot-ratio-set",
                say!(
                    "the set plot ratio {set} lies outside the plot-ratio table",
                    "设定容积率{set}不在修正系数表范围内"
                ),
                say!("extend the table to the set plot ratio", "请将系数表扩展到设定容积率"),
            )),
        }
    }

    /// `k(set)/k(ratio)`: brings a sale to the set plot ratio; clamped when its own ratio lies outside the table.
    pub fn factor(&self, ratio: f64) -> Option<Reading> {
        let at_sale = self.table.at(ratio)?;
        Some(Reading { k: quotient(self.at_set.k, at_sale.k), clamped: at_sale.clamped })
    }

    pub fn table(&self) -> &PlotRatioTable {
        &self.table
    }
}
