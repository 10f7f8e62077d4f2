//! Foreign units: zones, parcels or points with their grades and prices, sorted by identifier.

use super::mapping::{Fields, Mapping};
use super::notes::Notes;
use super::numbers::{self, LastPlaces, Price, Prices};
use super::place::{self, Placed};
use super::source::Rows;
use super::uses::{Keys, Records};
use crate::ingest::finding::Code;
use crate::ingest::{overlaps, rounded_id};
use crate::land::{Column, IdColumn, Outcome, Values, grade};
use crate::release::content::UnitRows;
use crate::say;
use crate::space::{Crs, Kind, measure};
use std::cmp::Ordering;

/// Units that share less than this many m² are not spoken of.
const LEAST_OVERLAP: f64 = 1.0;
/// Shared ground narrower than this many metres is a sliver.
const SLIVER: f64 = 0.1;

/// What was read, before the uses are put in order.
pub(super) struct Read {
    pub units: UnitRows,
    /// One per unit, in the order of the units.
    pub records: Records,
    pub last_places: LastPlaces,
    pub crs: Crs,
}

/// Reads the units; `units.uses` is left empty.
///
/// # Errors
/// Those of the coordinate system, `unknown-unit`, `cancelled`.
pub(super) fn read(rows: &mut Rows, mapping: &Mapping, notes: &mut Notes) -> Outcome<Read> {
    let count = rows.len();
    let labels: Vec<String> = (0..count).map(|row| label(rows, mapping, row)).collect();
    let mut keep = vec![true; count];
    if let Some(id) = &mapping.id {
        for row in (0..count).filter(|row| rows.text(id, *row).is_empty()) {
            keep[row] &= notes.row(Code::MissingId, &labels[row], None, say!("no id in {id}", "{id} 缺少编号"));
        }
        let value = |row: usize| rows.column(id).get(row);
        for row in (0..count).filter(|row| rounded_id::is_rounded(value(*row))) {
            keep[row] &= notes.row(Code::RoundedId, &labels[row], None, rounded_id::detail(id, value(row)));
        }
    } else {
        notes.layer(
            Code::RowNumbers,
            say!(
                "no id is named: {count} units bear the numbers of their rows, which change with the order of the file",
                "未指定编号:{count} 个单元以行号作编号,行号随文件顺序而变"
            ),
        );
    }
    let Placed { shapes, crs } = place::place(rows, mapping, &labels, &mut keep, notes)?;
    let told_areas = mapping.area.as_deref().filter(|_| shapes.as_ref().is_none_or(|s| s.kind != Kind::Polygon));
    let areas = match (told_areas, &shapes) {
        (Some(field), _) => numbers::areas(rows, field, &labels, &mut keep, notes),
        (None, Some(shapes)) if shapes.kind == Kind::Polygon => shapes.iter().map(measure::area).collect(),
        (None, _) => vec![f64::NAN; count],
    };
    let (records, last_places) = records(rows, mapping, &labels, &mut keep, notes)?;
    let ids = ids(rows, mapping, &keep);
    let order = {
        let sameness = Sameness { rows, ids: &ids, shapes: shapes.as_ref() };
        let mut order: Vec<u32> = (0..count as u32).filter(|row| keep[*row as usize]).collect();
        order.sort_by(|a, b| sameness.order(*a as usize, *b as usize));
        sameness.once(order, &labels, notes)
    };
    let at = |row: &u32| *row as usize;
    let sorted = Records {
        uses: order.iter().map(|row| records.uses[at(row)].clone()).collect(),
        grades: order.iter().map(|row| records.grades[at(row)]).collect(),
        prices: order.iter().map(|row| records.prices[at(row)]).collect(),
        per_unit: order.iter().map(|row| records.per_unit[at(row)]).collect(),
        rows: order.iter().map(at).collect(),
    };
    let units = UnitRows {
        ids: ids.gather(&order),
        uses: Vec::new(),
        shapes: shapes.map(|shapes| shapes.gather(&order)),
        areas: order.iter().map(|row| areas[at(row)]).collect(),
        scores: Vec::new(),
        totals: Vec::new(),
        grades: sorted.grades.clone(),
        alternatives: Vec::new(),
        prices: if mapping.price.is_some() { sorted.prices.clone() } else { Vec::new() },
        kept: kept(rows, mapping, &order, told_areas.is_some()),
    };
    Ok(Read { units, records: sorted, last_places, crs })
}

/// What findings call a row: its identifier, else its number.
pub(super) fn label(rows: &Rows, mapping: &Mapping, row: usize) -> String {
    let id = mapping.id.as_deref().map(|id| rows.text(id, row)).filter(|id| !id.is_empty());
    id.map_or_else(|| rows.numbers[row].to_string(), |id| id.into_owned())
}

/// The identifiers: whole numbers where the field holds them, row numbers where no field is named.
fn ids(rows: &Rows, mapping: &Mapping, keep: &[bool]) -> IdColumn {
    let Some(field) = &mapping.id else {
        return IdColumn::Int(rows.numbers.iter().map(|number| i64::from(*number)).collect());
    };
    match rows.column(field) {
        Values::Int(numbers) if numbers.iter().zip(keep).all(|(number, keep)| number.is_some() || !keep) => {
            IdColumn::Int(numbers.iter().map(|number| number.unwrap_or(0)).collect())
        }
        _ => IdColumn::Text((0..rows.len()).map(|row| rows.text(field, row)).collect()),
    }
}

/// Use, grade and price of every row.
fn records(
    rows: &Rows,
    mapping: &Mapping,
    labels: &[String],
    keep: &mut [bool],
    notes: &mut Notes,
) -> Outcome<(Records, LastPlaces)> {
    let (mut records, mut keys) = (Records::default(), Keys::new(mapping));
    let mut prices = Prices::new(mapping, &rows.above)?;
    let one = |fields: &'_ Option<Fields>| fields.as_ref().and_then(|fields| fields.names().first().cloned());
    let (grade_field, price_field) = (one(&mapping.grade), one(&mapping.price));
    for row in 0..rows.len() {
        let text = match &mapping.use_field {
            Some(field) => rows.text(field, row).into_owned(),
            None => mapping.one_use.clone().unwrap_or_default(),
        };
        if text.is_empty() && keep[row] {
            // A unit of no use has no place among the uses, whatever the policy.
            notes.row_out(Code::MissingValue, &labels[row], say!("no use", "缺少用途"));
            keep[row] = false;
        }
        let mut told = |code, detail| keep[row] = keep[row] && notes.row(code, &labels[row], None, detail);
        let grade = grade_field.as_deref().map_or(0, |field| {
            let text = rows.text(field, row);
            grade::parse(&text).unwrap_or_else(|| {
                match text.is_empty() {
                    true => told(Code::MissingValue, say!("no grade in {field}", "{field} 缺少级别")),
                    false => told(
                        Code::UnknownGrade,
                        say!("\"{text}\" is no grade: the unit has none", "「{text}」不是级别,该单元没有级别"),
                    ),
                }
                0
            })
        });
        let price =
            price_field.as_deref().map_or(Price::NONE, |field| match prices.read(rows.column(field).get(row)) {
                Ok(price) => {
                    if price.value.is_nan() {
                        told(Code::MissingValue, say!("no price in {field}", "{field} 缺少价格"));
                    }
                    price
                }
                Err((code, text)) => {
                    told(code, say!("the price \"{text}\"", "价格「{text}」"));
                    Price::NONE
                }
            });
        let key = if keep[row] { keys.of(&text) } else { String::new() };
        records.push(key, grade, price, row);
    }
    if let Some(field) = &price_field {
        numbers::tell_of_text(rows, field, notes);
    }
    let last_places = prices.tell(notes);
    keys.tell(notes);
    Ok((records, last_places))
}

/// What makes two rows the same.
struct Sameness<'a> {
    rows: &'a Rows,
    ids: &'a IdColumn,
    shapes: Option<&'a crate::space::Shapes>,
}

impl Sameness<'_> {
    /// By identifier, then geometry, then attributes: an order that the file's order does not change.
    fn order(&self, one: usize, other: usize) -> Ordering {
        self.ids.order(one, other).then_with(|| self.content(one, other))
    }

    fn content(&self, one: usize, other: usize) -> Ordering {
        let places = self.shapes.map_or(Ordering::Equal, |shapes| {
            let corners = |row: usize| shapes.get(row).points().iter().flat_map(|p| [p.x, p.y]);
            let (mut a, mut b) = (corners(one), corners(other));
            loop {
                match (a.next(), b.next()) {
                    (None, None) => break Ordering::Equal,
                    (None, Some(_)) => break Ordering::Less,
                    (Some(_), None) => break Ordering::Greater,
                    (Some(a), Some(b)) if a.total_cmp(&b).is_eq() => {}
                    (Some(a), Some(b)) => break a.total_cmp(&b),
                }
            }
        });
        let texts = |row: usize| self.rows.columns.iter().map(move |column| self.rows.text(&column.name, row));
        places.then_with(|| texts(one).cmp(texts(other)))
    }

    /// The rows without those whose identifier an earlier one bears.
    fn once(&self, order: Vec<u32>, labels: &[String], notes: &mut Notes) -> Vec<u32> {
        let mut kept: Vec<u32> = Vec::with_capacity(order.len());
        for row in order {
            let at = row as usize;
            match kept.last().map(|last| *last as usize) {
                Some(last) if self.ids.order(last, at).is_eq() => {
                    let same = self.content(last, at).is_eq();
                    let (code, detail) = if same {
                        (Code::DuplicateFeature, say!("the feature stands twice", "要素重复"))
                    } else {
                        (Code::DuplicateId, say!("another feature has this id", "另一要素已用此编号"))
                    };
                    notes.row(code, &labels[at], None, detail);
                }
                _ => kept.push(row),
            }
        }
        kept
    }
}

/// The name and the fields to keep; the registered area too, where polygons were measured instead.
fn kept(rows: &Rows, mapping: &Mapping, order: &[u32], area_used: bool) -> Vec<Column> {
    let area = mapping.area.iter().filter(|_| !area_used);
    let mut names: Vec<&String> = Vec::new();
    for name in mapping.name.iter().chain(area).chain(&mapping.keep) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.into_iter().map(|name| Column { name: name.clone(), values: rows.column(name).gather(order) }).collect()
}

/// Tells of units of one use that share ground.
///
/// # Errors
/// `cancelled`.
pub(super) fn tell_of_overlaps(units: &UnitRows, notes: &mut Notes) -> Outcome<()> {
    let Some(shapes) = units.shapes.as_ref().filter(|shapes| shapes.kind == Kind::Polygon) else { return Ok(()) };
    for found in overlaps::overlapping(shapes, &units.areas, LEAST_OVERLAP)? {
        let (one, other) = (found.one as usize, found.other as usize);
        if units.uses[one] == units.uses[other] {
            let code = if found.is_sliver(SLIVER) { Code::Sliver } else { Code::Overlap };
            let (id, area) = (units.ids.show(other), found.area);
            let detail = say!("shares {area:.2} m² with {id}", "与 {id} 重叠 {area:.2} ㎡");
            notes.row(code, &units.ids.show(one), Some(found.place), detail);
        }
    }
    Ok(())
}
