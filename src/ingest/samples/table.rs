//! A table of samples as a layer of points.

use super::fields::Fields;
use super::sums;
use crate::ingest::finding::Code;
use crate::ingest::numbers::{self, Wanted, no_unit};
use crate::ingest::readers::{table, vector::RawLayer};
use crate::ingest::reading::{Prepared, Reading, fits, label};
use crate::ingest::sales;
use crate::land::coordinates::{is_degrees, no_degrees};
use crate::land::{Column, Fault, Outcome};
use crate::project::plan::SamplesPlan;
use crate::say;
use crate::space::crs::transform;
use crate::space::{Crs, Kind, Point, Shapes};
use std::collections::BTreeSet;
use std::path::Path;

/// Whether the file is a table.
pub(super) fn is_table(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    ending.is_some_and(|ending| ["csv", "txt", "tsv", "xlsx", "xlsm", "xls", "ods"].contains(&&*ending))
}

/// A table as a layer, and what stands above it.
///
/// # Errors
/// What the reader says; `no-coordinates` where neither they nor grades are told, `missing-field`, `missing-crs`.
pub(super) fn read(
    reading: &mut Reading<'_>,
    plan: &SamplesPlan,
    fields: &Fields<'_>,
) -> Outcome<(Prepared, Vec<String>)> {
    let (path, name) = (&plan.source.path, label(&plan.source));
    let options = table::Options {
        sheet: plan.source.layer.as_deref(),
        encoding: plan.source.encoding.as_deref(),
        header: plan.header,
        keep_uneven: true,
    };
    let raw = table::read(path, options)?;
    if let Some(told) = raw.encoding.as_ref().and_then(table::TextEncoding::told) {
        reading.note(Code::EncodingDetected, &name, told);
    }
    for told in raw.told() {
        reading.note(Code::ReaderRemark, &name, told);
    }
    let here = |fault: Fault| fault.at(path.display());
    if plan.xy.is_none() && plan.grade.is_none() {
        return Err(here(Fault::new(
            "no-coordinates",
            say!("the samples' table needs `x` and `y`, or `grade`", "样点表需要 x 与 y,或 grade"),
            say!(
                "name the columns with the east and north coordinates, else the column with the grade",
                "请写明东坐标与北坐标所在的列;没有坐标时写明级别所在的列"
            ),
        )));
    }
    let columns = fields.names.iter().map(|field| {
        Ok(Column { name: raw.full_name(field).to_string(), values: raw.column(field).map_err(here)?.clone() })
    });
    let columns = columns.collect::<Outcome<Vec<Column>>>()?;
    let number_cells: Vec<Vec<bool>> = fields.names.iter().map(|field| raw.number_cells(field).to_vec()).collect();
    let rows: Vec<u64> = raw.lines.iter().map(|line| u64::from(*line)).collect();
    if rows.is_empty() {
        reading.note(Code::EmptyLayer, &name, say!("the table has no rows", "表格没有数据行"));
    }
    let mut used = vec![true; rows.len()];
    let shared_ids = sales::shared_ids(&columns[0], rows.len());
    let named = |row: usize| {
        let (id, line) = (columns[0].values.get(row).to_string(), rows[row]);
        match id.is_empty() {
            true => format!("line {line}"),
            false if shared_ids.contains(&id) => format!("{id} (line {line})"),
            false => id,
        }
    };
    for (line, found) in &raw.uneven {
        let Some(row) = raw.lines.iter().position(|own| own == line) else { continue };
        let wanted = raw.columns.len();
        let detail = say!(
            "the line has {found} cells, the header {wanted}: put text that holds the separator between double quotes",
            "该行有 {found} 个单元格,列名行有 {wanted} 个:含分隔符的文字请用双引号括起"
        );
        used[row] = reading.row_without(Code::UnevenRow, &name, format!("line {line}"), None, detail);
    }
    let sum = |row: usize| sums::word(columns[0].values.get(row), &raw.columns, row);
    sums::leave_out(reading, &name, &mut used, &sum, &named, &|_| None);
    let plain_text = raw.encoding.is_some();
    let mut shapes = Shapes::new(Kind::Point);
    let crs = match &plan.xy {
        None => {
            rows.iter().for_each(|_| shapes.end_feature());
            None
        }
        Some((x, y)) => {
            // A row without a place may still tell its grade.
            let needed = plan.grade.is_none();
            let mut coordinate = |field: &String| {
                let (range, usable, unit): (_, _, fn(&str) -> Option<f64>) = (f64::MIN..=f64::MAX, |_| false, no_unit);
                let number_cells = raw.number_cells(field);
                let heading = raw.full_name(field);
                let wanted =
                    Wanted { layer: &name, field: heading, range, usable, needed, unit, plain_text, number_cells };
                let values = raw.column(field).map_err(here)?;
                Ok(numbers::read(reading, values, &wanted, &mut used, &named, &|_| None))
            };
            let (east, north) = (coordinate(x)?, coordinate(y)?);
            let crs: Crs = reading.crs_of(None, &plan.source, &name)?;
            let places: Vec<(f64, f64)> = east.iter().copied().zip(north.iter().copied()).collect();
            let there: Vec<(f64, f64)> = places.iter().copied().filter(|(x, y)| !x.is_nan() && !y.is_nan()).collect();
            // Where most are degrees, one that is none is a fault of its row; else the system is not the one that is stated.
            let degrees = crs.geographic && 2 * there.iter().filter(|own| is_degrees(**own)).count() > there.len();
            for (row, &(x, y)) in places.iter().enumerate() {
                let has_place = !x.is_nan() && !y.is_nan();
                if has_place && degrees && !is_degrees((x, y)) {
                    used[row] &= reading.row_without(Code::OutOfRange, &name, named(row), None, no_degrees((x, y)));
                } else if has_place {
                    shapes.push_ring(&[Point::new(x, y)], true);
                }
                shapes.end_feature();
            }
            fits(&crs, shapes.extent(), &plan.source)?;
            if !crs.same_as(&reading.project.crs) {
                transform(&mut shapes, &crs, &reading.project.crs).map_err(here)?;
            }
            Some(crs)
        }
    };
    let layer = RawLayer {
        name,
        crs,
        shapes,
        columns,
        rows,
        troubles: Vec::new(),
        plain_text,
        number_cells,
        deleted: 0,
        shared_ids: BTreeSet::new(),
    };
    Ok((Prepared { raw: layer, used }, raw.above))
}
