//! The price book: the benchmark price of every use and grade, with the evidence for each.

use super::fill::{self, FillNote, FillRule, Relative};
use super::level::{Level, LevelRule};
use super::order::{self, Breach};
use super::place::{self, Seen};
use super::screen::{OutlierRule, Verdict};
use super::{Corrected, Sale};
use crate::land::money::Rounding;
use crate::land::{Fault, Outcome, Text};
use crate::say;

/// How sales become prices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    pub outliers: OutlierRule,
    pub level: LevelRule,
    pub fill: FillRule,
    /// With fewer kept samples a grade is filled as an empty one is; 1 fills the empty ones alone.
    pub fill_below: usize,
    pub rounding: Rounding,
}

/// One use and grade.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    pub use_index: u8,
    pub grade: u8,
    /// Samples and their average, before filling and rounding.
    pub level: Level,
    /// 元/㎡, filled where empty, rounded once; `None` where the fill rule gives none.
    pub published: Option<f64>,
    /// Where the price was filled: how and from what.
    pub filled: Option<FillNote>,
    /// Where people decided on the price: what it would be by the rules.
    pub computed: Option<f64>,
}

/// A price that people decided on, as published: neither filled nor rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decided {
    pub use_index: u8,
    pub grade: u8,
    /// 元/㎡.
    pub price: f64,
}

/// Every cell, use by use and from the best grade to the worst.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceBook {
    pub cells: Vec<Cell>,
    /// One per sale, in their order.
    pub verdicts: Vec<Verdict>,
    /// Published prices in the wrong order.
    pub breaches: Vec<Breach>,
}

impl PriceBook {
    /// The cell of a use and grade; `None` for one the book does not have.
    pub fn cell(&self, use_index: u8, grade: u8) -> Option<&Cell> {
        let at = self.cells.binary_search_by_key(&(use_index, grade), |cell| (cell.use_index, cell.grade)).ok()?;
        self.cells.get(at)
    }
}

/// A use as the book sees it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UseGrades<'a> {
    pub name: &'a str,
    pub grades: u8,
    /// By grade, the best first: grades with the same number have the same premises, so that their prices can be held against each other.
    /// Empty where all have.
    pub premises: &'a [u8],
    /// By grade, what a price at its premises is of one at common ones; empty where that is not known, or all have the same.
    pub relative: &'a [Relative],
}

/// Makes the book out of sales and their corrected prices (same order; sums run in that order); `decided` prices stand in place of the computed ones.
///
/// # Errors
/// `outlier-rule` for a rule without sense, `sale-cell` for a sale of a use or grade the project does not have, `sale-count` unless every
/// sale has its corrected price, `sale-area` where areas are the weights and missing.
pub fn build(
    sales: &[Sale],
    corrected: &[Corrected],
    uses: &[UseGrades<'_>],
    rules: &Rules,
    decided: &[Decided],
) -> Outcome<PriceBook> {
    rules.outliers.check()?;
    let mut cells: Vec<(u8, u8, Vec<usize>)> = Vec::new();
    for (use_index, &UseGrades { grades, .. }) in (0..).zip(uses) {
        cells.extend((1..=grades).map(|grade| (use_index, grade, Vec::new())));
    }
    check_count(sales, corrected)?;
    for (at, sale) in sales.iter().enumerate() {
        let found =
            cells.binary_search_by_key(&(sale.use_index, sale.grade), |(use_index, grade, _)| (*use_index, *grade));
        cells[found.map_err(|_| cell_fault(sale, uses))?].2.push(at);
    }
    let mut verdicts = vec![Verdict::Kept; sales.len()];
    let mut levels = Vec::with_capacity(cells.len());
    for (use_index, grade, members) in &cells {
        let seen: Vec<Seen> =
            members.iter().map(|&at| Seen { price: corrected[at].price, area: sales[at].area }).collect();
        let priced = place::price(&seen, rules);
        let (level, screened) = priced.map_err(|fault| in_cell(fault, name_of(uses, *use_index), *grade))?;
        levels.push(level);
        for (&at, verdict) in members.iter().zip(screened) {
            verdicts[at] = verdict;
        }
    }
    let mut book = PriceBook { cells: Vec::with_capacity(cells.len()), verdicts, breaches: Vec::new() };
    let mut rest = levels.as_slice();
    for (use_index, own) in (0..).zip(uses) {
        let &UseGrades { grades, .. } = own;
        let (of_use, behind) = rest.split_at(usize::from(grades));
        book.add_use(use_index, of_use, own, rules, decided);
        rest = behind;
    }
    Ok(book)
}

impl PriceBook {
    /// Fills, rounds and checks the grades of one use.
    fn add_use(&mut self, use_index: u8, levels: &[Level], own: &UseGrades<'_>, rules: &Rules, decided: &[Decided]) {
        let &UseGrades { premises, relative, .. } = own;
        let enough = |level: &&Level| level.kept >= rules.fill_below.max(1);
        let raw: Vec<Option<f64>> = levels.iter().map(|level| Some(level).filter(enough)?.price).collect();
        let kept: Vec<usize> = levels.iter().map(|level| level.kept).collect();
        let (mut filled, notes) = fill::fill(&raw, &kept, premises, relative, rules.fill);
        // Too few samples are more than none: where the rule finds nothing they stand, and their number is told.
        for (own, level) in filled.iter_mut().zip(levels) {
            *own = own.or(level.price);
        }
        let published: Vec<Option<f64>> =
            filled.into_iter().map(|price| price.map(|price| rules.rounding.apply(price))).collect();
        let mut final_prices = published.clone();
        for own in decided.iter().filter(|own| own.use_index == use_index) {
            if let Some(price) = usize::from(own.grade).checked_sub(1).and_then(|at| final_prices.get_mut(at)) {
                *price = Some(own.price);
            }
        }
        self.breaches.extend(order::breaches(use_index, &final_prices, premises));
        for (((grade, &level), computed), published) in (1..).zip(levels).zip(published).zip(final_prices) {
            let filled = notes.iter().find(|note| note.grade == grade).cloned();
            let by_people = decided.iter().any(|own| (own.use_index, own.grade) == (use_index, grade));
            let computed = computed.filter(|_| by_people);
            self.cells.push(Cell { use_index, grade, level, published, filled, computed });
        }
    }
}

fn check_count(sales: &[Sale], corrected: &[Corrected]) -> Outcome<()> {
    let (sales, prices) = (sales.len(), corrected.len());
    if sales == prices {
        return Ok(());
    }
    Err(Fault::new(
        "sale-count",
        say!("{sales} sales came with {prices} corrected prices", "{sales}个样点对应{prices}个修正价格"),
        say!("correct every sale before pricing", "定价前请修正全部样点"),
    ))
}

fn name_of<'a>(uses: &[UseGrades<'a>], use_index: u8) -> &'a str {
    uses.get(usize::from(use_index)).map_or("", |of| of.name)
}

fn in_cell(mut fault: Fault, land_use: &str, grade: u8) -> Fault {
    let Text { en, zh } = &fault.what;
    fault.what = say!("{land_use}, grade {grade}: {en}", "{land_use} {grade}级:{zh}");
    fault
}

fn cell_fault(sale: &Sale, uses: &[UseGrades<'_>]) -> Fault {
    let Sale { row, use_index, grade, .. } = sale;
    let land_use = name_of(uses, *use_index);
    Fault::new(
        "sale-cell",
        say!(
            "sale {row} belongs to use {land_use} (number {use_index}), grade {grade}, which the project does not have",
            "第{row}个样点属于用途{land_use}(序号{use_index})、{grade}级,项目中没有该级别"
        ),
        say!("grade the units with the same project before pricing", "请先用同一项目定级,再定价"),
    )
}

#[cfg(test)]
#[path = "book_tests.rs"]
mod tests;
