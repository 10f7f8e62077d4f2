//! The units of a release read back from their GeoParquet, column by column as the file's note names them.

use super::content::{FactorHead, UnitRows, UseHead};
use super::rows::{Mark, NOTE, Role};
use crate::formats::geoparquet;
use crate::land::{Column, Fault, IdColumn, Outcome, Values};
use crate::{say, scale};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// The note of a file.
#[derive(Deserialize)]
pub(super) struct Note {
    pub columns: Vec<Mark>,
    /// The name of a layer; empty for units.
    #[serde(default)]
    pub layer: String,
}

/// Reads the note of what each column means.
///
/// # Errors
/// `parquet` where there is none.
pub(super) fn note(notes: &BTreeMap<String, String>, path: &Path) -> Outcome<Note> {
    let note = notes.get(NOTE).and_then(|text| serde_json::from_str(text).ok());
    note.ok_or_else(|| unfit(path, NOTE))
}

/// Reads the units of a release of these uses and factors.
///
/// # Errors
/// As [`geoparquet::read`]; `parquet` naming a column that is missing or does not fit.
pub fn read(path: &Path, uses: &[UseHead], factors: &[FactorHead]) -> Outcome<UnitRows> {
    let mut sheet = geoparquet::read(path)?;
    let note = note(&sheet.notes, path)?;
    let rows = sheet.rows;
    let shapes = sheet.shapes.take();
    let (mut ids, mut use_codes, mut areas, mut grades) = (None, None, None, None);
    let (mut totals, mut prices) = (Vec::new(), Vec::new());
    let (mut scores, mut alternatives, mut kept) = (Vec::new(), Vec::new(), Vec::new());
    for Mark { column, role, name } in note.columns {
        let values = sheet.take(&column).ok_or_else(|| unfit(path, &column))?;
        let unfit = || unfit(path, &column);
        match role {
            Role::Id => ids = Some(to_ids(values).ok_or_else(unfit)?),
            Role::Use => use_codes = Some(to_uses(&values, uses).ok_or_else(unfit)?),
            Role::Area => areas = Some(to_reals(values).ok_or_else(unfit)?),
            Role::Score => scores.push(to_reals(values).ok_or_else(unfit)?),
            Role::Total => totals = to_reals(values).ok_or_else(unfit)?,
            Role::Grade => grades = Some(to_grades(&values).ok_or_else(unfit)?),
            Role::Alternative => alternatives.push((name, to_grades(&values).ok_or_else(unfit)?)),
            Role::Price => prices = to_reals(values).ok_or_else(unfit)?,
            Role::Kept => kept.push(Column { name, values }),
            Role::Label => return Err(unfit()),
        }
    }
    if !(scores.is_empty() || scores.len() == factors.len()) {
        return Err(unfit(path, "score"));
    }
    Ok(UnitRows {
        ids: ids.ok_or_else(|| unfit(path, "id"))?,
        uses: use_codes.ok_or_else(|| unfit(path, "use"))?,
        shapes,
        areas: areas.ok_or_else(|| unfit(path, "area"))?,
        scores: matrix(&scores, rows),
        totals,
        grades: grades.ok_or_else(|| unfit(path, "grade"))?,
        alternatives,
        prices,
        kept,
    })
}

/// Columns laid side by side, row after row.
pub(super) fn matrix(columns: &[Vec<f64>], rows: usize) -> Vec<f64> {
    let width = columns.len();
    let mut matrix = vec![0.0; rows * width];
    // Block by block of rows, several at once: each line of the matrix is written once.
    let mut blocks: Vec<(usize, &mut [f64])> = matrix.chunks_mut((width << 14).max(1)).enumerate().collect();
    scale::pieces_mut(
        &mut blocks,
        1,
        || (),
        |(), blocks| {
            for (block, cells) in blocks {
                for (row, line) in cells.chunks_mut(width).enumerate() {
                    let row = (*block << 14) + row;
                    line.iter_mut().zip(columns).for_each(|(cell, column)| *cell = column[row]);
                }
            }
        },
    );
    matrix
}

pub(super) fn to_ids(values: Values) -> Option<IdColumn> {
    match values {
        Values::Int(values) => Some(IdColumn::Int(values.into_iter().collect::<Option<Vec<i64>>>()?)),
        Values::Text(values) => Some(IdColumn::Text(values)),
        Values::Real(_) => None,
    }
}

pub(super) fn to_uses(values: &Values, uses: &[UseHead]) -> Option<Vec<u8>> {
    let Values::Text(values) = values else { return None };
    // A few uses: looking through them is faster than any map.
    values.iter().map(|key| uses.iter().position(|entry| entry.key == key).map(|at| at as u8)).collect()
}

pub(super) fn to_reals(values: Values) -> Option<Vec<f64>> {
    if let Values::Real(values) = values { Some(values) } else { None }
}

pub(super) fn to_grades(values: &Values) -> Option<Vec<u8>> {
    let Values::Int(values) = values else { return None };
    values.iter().map(|grade| u8::try_from(grade.unwrap_or(0)).ok()).collect()
}

pub(super) fn unfit(path: &Path, column: &str) -> Fault {
    Fault::new(
        "parquet",
        say!(
            "the column \"{column}\" is missing or not as a release has it",
            "缺少列「{column}」或其内容不符合成果包格式"
        ),
        say!("give a file that a release holds", "请给出成果包中的文件"),
    )
    .at(path.display())
}
