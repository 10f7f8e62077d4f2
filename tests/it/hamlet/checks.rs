//! Compares every number of the hamlet's page with the engine's; gives what does not agree.

mod inputs;
mod prices;
mod scores;

use super::facts::Facts;
use super::page::{Page, Table};
use super::sums::{printed, work};

type Checked = Result<(), String>;

/// One check of the page, named by the table it looks at.
type Check = (&'static str, fn(&Table<'_>, &Facts) -> Checked);

const CHECKS: [Check; 23] = [
    ("parcels", inputs::parcels),
    ("features", inputs::features),
    ("levels", inputs::levels),
    ("shangfu", scores::reach),
    ("daolu", scores::reach),
    ("gongyong", scores::reach),
    ("categories", inputs::categories),
    ("guihua", scores::areas),
    ("scaling", inputs::scaling),
    ("dishi", scores::heights),
    ("ahp", scores::judgements),
    ("consistency", scores::consistency),
    ("weights", scores::weights),
    ("totals", scores::totals),
    ("splits", scores::splits),
    ("limits", scores::limits),
    ("premises", inputs::premises),
    ("index", inputs::index),
    ("samples", prices::samples),
    ("grubbs", prices::grubbs),
    ("cells", prices::cells),
    ("result", prices::result),
    ("findings", prices::findings),
];

/// Everything on the page that is not so.
pub fn faults(text: &str, facts: &Facts) -> Vec<String> {
    let page = Page::of(text);
    let mut faults: Vec<String> = page.equations().iter().filter_map(|line| equation(line, facts).err()).collect();
    faults.extend(CHECKS.iter().filter_map(|(name, check)| {
        let checked = page.table(name).and_then(|table| check(&table, facts));
        checked.err().map(|fault| format!("table {name}: {fault}"))
    }));
    let unknown = page.tables().into_iter().filter(|name| CHECKS.iter().all(|(known, _)| known != name));
    faults.extend(unknown.map(|name| format!("nothing checks the table {name}")));
    let grid: Vec<&str> = facts.heights.lines().skip(6).collect();
    if page.blocks("text") != grid {
        faults.push("the grid is not that of heights.asc".to_string());
    }
    faults
}

/// `a = b` holds exactly, `a ≈ b` to the digits shown; what a formula names with three decimals or more is a number the engine knows.
fn equation(span: &str, facts: &Facts) -> Checked {
    let (formula, value, exact) = match (span.split_once('='), span.split_once('≈')) {
        (Some((formula, value)), None) => (formula, value, true),
        (None, Some((formula, value))) => (formula, value, false),
        _ => return Err(format!("`{span}` is no equation")),
    };
    let (shown, half) = printed(value)?;
    let found = work(formula)?;
    let room = if exact { 1e-9 * shown.abs().max(1.0) } else { half * 1.000_001 };
    if (found - shown).abs() > room {
        return Err(format!("`{span}`: it comes to {found}"));
    }
    for number in formula.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|word| !word.is_empty()) {
        let (named, half) = printed(number)?;
        if half < 0.004 && !facts.known.iter().any(|known| (known - named).abs() <= half * 1.000_001) {
            return Err(format!("`{span}`: the engine knows no {number}"));
        }
    }
    Ok(())
}

/// What a cell shows: the right side of an equation or a bare number, and how far the engine's number may lie from it.
fn shown(cell: &str) -> Result<(f64, f64), String> {
    let cell = cell.trim_matches('`');
    let value = cell.rsplit(['=', '≈']).next().unwrap_or(cell);
    let (value, half) = printed(value)?;
    let whole = half == 0.5 || cell.contains('=');
    Ok((value, if whole { 1e-9 * value.abs().max(1.0) } else { half * 1.000_001 }))
}

fn near(cell: &str, number: f64) -> Checked {
    let (value, room) = shown(cell)?;
    if (value - number).abs() <= room { Ok(()) } else { Err(format!("{cell}: the engine has {number}")) }
}

fn same<T: PartialEq + std::fmt::Debug>(shown: T, found: T) -> Checked {
    if shown == found { Ok(()) } else { Err(format!("{shown:?}: the engine has {found:?}")) }
}

/// The numbers of a cell.
fn numbers(cell: &str) -> Result<Vec<f64>, String> {
    let words = cell.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|word| !word.is_empty());
    words.map(|word| printed(word).map(|(value, _)| value)).collect()
}

/// Checks that the first column lists every parcel in order, and runs a check on each row.
fn by_parcel(table: &Table<'_>, facts: &Facts, check: impl Fn(usize) -> Checked) -> Checked {
    let ids: Vec<&str> = facts.accounts.iter().map(|account| account.id.as_str()).collect();
    same(table.rows.iter().map(|row| row[0]).collect(), ids)?;
    (0..table.rows.len()).try_for_each(|row| check(row).map_err(|fault| format!("{}: {fault}", table.rows[row][0])))
}
