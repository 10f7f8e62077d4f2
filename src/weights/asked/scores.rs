//! Tables of scores: a row per expert, a column per factor, and rounds by a column or by sheets.

use super::{Asked, labels, matrix, placed, round_number, words};
use crate::ingest::readers::grid::{Grid, Row};
use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::weights::delphi::{Delphi, Round, Rule};
use crate::weights::entry;

/// One sheet per round, or one table with a column that tells the round, or one round.
///
/// # Errors
/// `delphi-table`, `weights-header`, `weights-twice`, `weights-entry`, each with its place.
pub(super) fn of_grids(grids: &[Grid]) -> Outcome<(Asked, Vec<Text>)> {
    let mut notes = Vec::new();
    let (factors, rounds) = rounds(grids, &mut notes)?;
    Ok((Asked::Delphi(Delphi { factors, rounds, rule: Rule::default() }), notes))
}

/// The factors, and the rounds in their order.
pub(super) fn rounds(grids: &[Grid], notes: &mut Vec<Text>) -> Outcome<(Vec<String>, Vec<Round>)> {
    let tables = grids.iter().map(|grid| Table::of(grid, notes)).collect::<Outcome<Vec<Table<'_>>>>()?;
    if let [table] = tables.as_slice() {
        return Ok((table.factors(), table.rounds(notes)?));
    }
    let mut rounds = Vec::new();
    let factors = tables.first().map(Table::factors).unwrap_or_default();
    for table in &tables {
        if table.round.is_some() {
            let what = say!("a sheet of several has a column of rounds", "多个工作表之一又有轮次列");
            let help = say!(
                "give one sheet per round, or one with a column of rounds",
                "请每轮一个工作表,或只用一个带轮次列的表"
            );
            return Err(Fault::new("delphi-table", what, help).at(&table.grid.place));
        }
        let own = table.factors();
        for round in table.rounds(notes)? {
            rounds.push(in_order(round, &own, &factors).map_err(|fault| placed(fault, &table.grid.place))?);
        }
    }
    let named: Vec<Option<u32>> = grids.iter().map(|grid| round_number::of(&grid.name)).collect();
    // Sheets that bear different numbers are in the order of these, wherever they stand in the workbook.
    let mut order: Vec<usize> = (0..rounds.len()).collect();
    let mut numbers: Vec<u32> = named.iter().flatten().copied().collect();
    numbers.sort_unstable();
    if numbers.len() == rounds.len() {
        notes.extend(told_of_gaps(&numbers));
    }
    if named.iter().all(Option::is_some) && (1..named.len()).all(|at| !named[..at].contains(&named[at])) {
        order.sort_by_key(|&at| named[at]);
    }
    let rounds = order.into_iter().map(|at| std::mem::take(&mut rounds[at])).collect();
    Ok((factors, rounds))
}

/// What to say of ascending round numbers that do not run from 1 without a gap: rounds are counted as they come.
fn told_of_gaps(numbers: &[u32]) -> Option<Text> {
    let whole = numbers.iter().zip(1..).all(|(number, expected)| *number == expected);
    (!whole).then(|| {
        let list = numbers.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
        let count = numbers.len();
        say!(
            "rounds are numbered {list}: they are taken as rounds 1 to {count}",
            "轮次编号为 {list},依次按第 1 至 {count} 轮处理"
        )
    })
}

/// A round with its columns in another order.
///
/// # Errors
/// `delphi-table` where it is about other factors.
pub(super) fn in_order(round: Round, own: &[String], wanted: &[String]) -> Outcome<Round> {
    let missing = |from: &[String], of: &[String]| of.iter().find(|name| !from.contains(name)).cloned();
    if let Some(name) = missing(own, wanted).or_else(|| missing(wanted, own)) {
        return Err(Fault::new(
            "delphi-table",
            say!("the rounds differ in their factors: {name}", "各轮的因素不一致:{name}"),
            say!("give the same factors in every round", "各轮请用相同的因素"),
        ));
    }
    let places: Vec<usize> = wanted.iter().filter_map(|name| own.iter().position(|own| own == name)).collect();
    let scores = round.scores.iter().map(|row| places.iter().map(|&at| row[at]).collect()).collect();
    Ok(Round { scores, ..round })
}

/// A table with its columns told apart.
struct Table<'a> {
    grid: &'a Grid,
    head: &'a Row,
    rows: Vec<&'a Row>,
    expert: Option<usize>,
    round: Option<usize>,
    factors: Vec<usize>,
}

impl<'a> Table<'a> {
    fn of(grid: &'a Grid, notes: &mut Vec<Text>) -> Outcome<Table<'a>> {
        let (head, rows) = matrix::head(grid).ok_or_else(|| matrix::unlabelled(grid))?;
        let width = rows.iter().map(Row::len).max().unwrap_or(0).max(head.len());
        let named = |words: &[&str]| (0..width).find(|at| words::is(head.cell(*at), words));
        let round = named(words::ROUND);
        let words_only = |at: &usize| rows.iter().all(|row| entry::parse(row.cell(*at)).is_none());
        let first = (0..1.min(width)).find(|at| Some(*at) != round && (head.cell(*at).is_empty() || words_only(at)));
        let expert = named(words::EXPERT).or(first);
        let mut factors: Vec<usize> = (0..width).filter(|at| ![expert, round].contains(&Some(*at))).collect();
        if factors.iter().all(|at| entry::parse(head.cell(*at)).is_some()) {
            return Err(matrix::unlabelled(grid));
        }
        let mut rows: Vec<&Row> = rows.iter().collect();
        let mut table = Table { grid, head, rows: Vec::new(), expert, round, factors: Vec::new() };
        let mut left_out = Vec::new();
        factors.retain(|at| {
            let sum = words::is(head.cell(*at), words::SUM);
            left_out.extend(sum.then(|| head.cell(*at)));
            !sum
        });
        if let Some(expert) = expert {
            rows.retain(|row| {
                let of_all = words::is(row.cell(expert), words::SUM) || words::is(row.cell(expert), words::STATISTICS);
                left_out.extend(of_all.then(|| row.cell(expert)));
                !of_all
            });
        }
        if !left_out.is_empty() {
            let names = left_out.join(", ");
            notes.push(say!(
                "left out, since they are no factors or experts: {names}",
                "下列行列不是因素或专家,未计入:{names}"
            ));
        }
        (table.rows, table.factors) = (rows, factors);
        labels::check(&table.factors()).map_err(|fault| placed(fault, &grid.place))?;
        Ok(table)
    }

    fn factors(&self) -> Vec<String> {
        self.factors.iter().map(|at| self.head.cell(*at).to_string()).collect()
    }

    /// The rounds by their number; one where no column tells them.
    fn rounds(&self, notes: &mut Vec<Text>) -> Outcome<Vec<Round>> {
        let mut faults = Vec::new();
        let mut numbered: Vec<(u32, Round)> = Vec::new();
        let named = self.expert.is_some_and(|at| self.rows.iter().all(|row| !row.cell(at).is_empty()));
        for row in &self.rows {
            let number = match self.round {
                None => Some(1),
                Some(at) => round_number::of(row.cell(at)),
            };
            let Some(number) = number else {
                let (text, place) = (self.round.map_or("", |at| row.cell(at)), self.grid.at(row));
                let what = say!("\"{text}\" is no round", "「{text}」不是轮次");
                faults.push(Fault::new("delphi-table", what, say!("write 1, 2, 3 …", "请写 1、2、3……")).at(place));
                continue;
            };
            let scores: Vec<f64> = self.factors.iter().map(|&at| self.score(row, at, &mut faults)).collect();
            let at = numbered.iter().position(|(known, _)| *known == number).unwrap_or_else(|| {
                numbered.push((number, Round::default()));
                numbered.len() - 1
            });
            numbered[at].1.scores.push(scores);
            numbered[at].1.experts.extend(self.expert.filter(|_| named).map(|at| row.cell(at).to_string()));
        }
        numbered.sort_by_key(|(number, _)| *number);
        notes.extend(told_of_gaps(&numbered.iter().map(|(number, _)| *number).collect::<Vec<_>>()));
        Fault::of_all(faults).map_or_else(|| Ok(numbered.into_iter().map(|(_, round)| round).collect()), Err)
    }

    fn score(&self, row: &Row, at: usize, faults: &mut Vec<Fault>) -> f64 {
        let (text, factor) = (row.cell(at), self.head.cell(at));
        entry::parse(text).unwrap_or_else(|| {
            let what = match text {
                "" => say!("{factor} has no score", "{factor}没有分值"),
                _ => say!("the score of {factor} is \"{text}\", no number", "{factor}的分值为「{text}」,不是数"),
            };
            let help = say!("write points, 0 where the factor has none", "请写分值,没有则写0");
            faults.push(Fault::new("weights-entry", what, help).at(self.grid.at(row)));
            0.0
        })
    }
}
