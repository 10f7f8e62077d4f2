//! The price of each use and grade: printed in the table, or shown by the units of the grade.

use super::notes::Notes;
use super::source::Rows;
use super::uses::Records;
use crate::ingest::finding::Code;
use crate::release::{PriceCell, UnitRows, UseHead};
use crate::say;

/// The cells of a price table.
pub(super) fn of_table(
    heads: &[UseHead],
    places: &[u8],
    records: &Records,
    rows: &Rows,
    notes: &mut Notes,
) -> Vec<PriceCell> {
    let mut cells = empty(heads);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
    for (record, (&place, &grade)) in places.iter().zip(&records.grades).enumerate() {
        if let Some(at) = position(heads, place, grade) {
            members[at].push(record);
        }
    }
    for (cell, members) in cells.iter_mut().zip(&members) {
        let mut prices: Vec<f64> = Vec::new();
        for &record in members.iter().filter(|record| records.prices[**record].is_finite()) {
            if prices.contains(&records.prices[record]) {
                let label = rows.numbers[records.rows[record]].to_string();
                notes.row(
                    Code::DuplicateFeature,
                    &label,
                    None,
                    say!("the same use, grade and price again", "用途、级别、价格重复"),
                );
            } else {
                prices.push(records.prices[record]);
            }
        }
        // An order of its own, so that the order of the rows changes no digit.
        prices.sort_by(f64::total_cmp);
        match prices.as_slice() {
            [] => {}
            [price] => cell.published = Some(*price),
            several => {
                let mean = several.iter().sum::<f64>() / several.len() as f64;
                cell.raw = Some(mean);
                tell(heads, cell, several, mean, false, notes);
            }
        }
    }
    gaps(heads, &members, notes);
    cells
}

/// The cells of units, each with its grade's count and area; the price too where the units of the grade agree on one.
pub(super) fn of_units(heads: &[UseHead], units: &UnitRows, notes: &mut Notes) -> Vec<PriceCell> {
    let mut cells = empty(heads);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); cells.len()];
    for (unit, (&place, &grade)) in units.uses.iter().zip(&units.grades).enumerate() {
        if let Some(at) = position(heads, place, grade) {
            members[at].push(unit);
        }
    }
    gaps(heads, &members, notes);
    if units.prices.iter().all(|price| price.is_nan()) {
        return Vec::new();
    }
    for (cell, members) in cells.iter_mut().zip(&members) {
        cell.units = members.len();
        cell.area = members.iter().map(|&unit| units.areas[unit]).sum();
        let priced: Vec<usize> = members.iter().copied().filter(|&unit| units.prices[unit].is_finite()).collect();
        let mut prices: Vec<f64> = priced.iter().map(|&unit| units.prices[unit]).collect();
        prices.sort_by(f64::total_cmp);
        prices.dedup();
        let weighted = priced.iter().all(|&unit| units.areas[unit] > 0.0);
        let weight = |unit: usize| if weighted { units.areas[unit] } else { 1.0 };
        match prices.as_slice() {
            [] => {}
            [price] => (cell.raw, cell.published) = (Some(*price), Some(*price)),
            several => {
                let sum: f64 = priced.iter().map(|&unit| units.prices[unit] * weight(unit)).sum();
                let mean = sum / priced.iter().map(|&unit| weight(unit)).sum::<f64>();
                cell.raw = Some(mean);
                tell(heads, cell, several, mean, weighted, notes);
            }
        }
    }
    cells
}

/// A cell for every grade of every use.
fn empty(heads: &[UseHead]) -> Vec<PriceCell> {
    let cell = |use_index: u8, grade: u8| PriceCell {
        use_index,
        grade,
        units: 0,
        area: 0.0,
        samples: 0,
        kept: 0,
        raw: None,
        deviation: None,
        lowest: None,
        highest: None,
        interval: None,
        published: None,
        filled: None,
        decided: None,
    };
    (0..).zip(heads).flat_map(|(place, head)| (1..=head.grades).map(move |grade| cell(place, grade))).collect()
}

/// Where the cell of a use and grade stands.
fn position(heads: &[UseHead], place: u8, grade: u8) -> Option<usize> {
    let place = usize::from(place);
    let before: usize = heads[..place].iter().map(|head| usize::from(head.grades)).sum();
    (1..=heads[place].grades).contains(&grade).then(|| before + usize::from(grade) - 1)
}

fn tell(heads: &[UseHead], cell: &PriceCell, several: &[f64], mean: f64, weighted: bool, notes: &mut Notes) {
    let (key, grade, count) = (&heads[usize::from(cell.use_index)].key, cell.grade, several.len());
    let (low, high) = (several[0], several[count - 1]);
    let kind = if weighted {
        say!("mean by area", "面积加权平均")
    } else {
        say!("simple mean (areas are not known)", "算术平均(缺少面积)")
    };
    let (en, zh) = (kind.en, kind.zh);
    notes.layer(
        Code::SeveralPrices,
        say!(
            "{key}, grade {grade}: {count} prices from {low} to {high}, so none is published; {en} {mean:.2}",
            "{key} {grade}级有 {count} 个价格,{low} 至 {high},均不作为级别价;{zh}为 {mean:.2}"
        ),
    );
}

/// Tells of grades that nothing has, though a lower grade of the use is there.
fn gaps(heads: &[UseHead], members: &[Vec<usize>], notes: &mut Notes) {
    let mut rest = members;
    for head in heads {
        let (of_use, behind) = rest.split_at(usize::from(head.grades));
        rest = behind;
        let missing =
            (1..).zip(of_use).filter(|(_, rows)| rows.is_empty()).map(|(grade, _): (u8, _)| grade.to_string());
        let missing = missing.collect::<Vec<_>>().join(", ");
        if !missing.is_empty() {
            let key = &head.key;
            notes.layer(Code::EmptyGrade, say!("{key}: no rows of grade {missing}", "{key}:没有 {missing} 级"));
        }
    }
}
