//! The areas and streets that have prices of their own.

use super::decided_prices;
use super::finding::Code;
use super::numbers::{self, Wanted, no_unit, positive};
use super::overlaps;
use super::reading::{Prepared, Reading, called, kinds, label};
use super::survey::{PlaceLayer, PlaceLayers};
use super::units::{id_column, identified, uses};
use crate::land::number::yuan_per_square_metre;
use crate::land::{Fault, Outcome, Text};
use crate::project::plan::{DepthPlan, PlacesPlan};
use crate::space::{Kind, measure};
use crate::{say, scale};

/// Reads what the project names of them.
///
/// # Errors
/// What the reader says; `wrong-geometry` where areas are no polygons or streets no lines.
pub(super) fn read(reading: &mut Reading<'_>) -> Outcome<PlaceLayers> {
    let Some(plan) = &reading.project.prices else { return Ok(PlaceLayers::default()) };
    let areas = plan.areas.as_ref().map(|areas| layer(reading, areas, None, Kind::Polygon)).transpose()?;
    let streets =
        plan.streets.as_ref().map(|streets| layer(reading, &streets.places, Some(&streets.standard_depth), Kind::Line));
    Ok(PlaceLayers { areas, streets: streets.transpose()? })
}

fn layer(reading: &mut Reading<'_>, plan: &PlacesPlan, depth: Option<&DepthPlan>, kind: Kind) -> Outcome<PlaceLayer> {
    let name = label(&plan.source);
    let (depth, same_depth) = match depth {
        Some(DepthPlan::Field(field)) => (Some(field.as_str()), None),
        Some(DepthPlan::Same(depth)) => (None, Some(*depth)),
        None => (None, None),
    };
    let decided = plan.decided.as_ref();
    let mut fields: Vec<&str> = vec![&plan.id];
    fields.extend(plan.use_field.as_deref());
    let first = fields.len();
    let others = [plan.name.as_deref(), decided.map(|it| it.0.as_str()), decided.map(|it| it.1.as_str()), depth];
    fields.extend(others.into_iter().flatten());
    let mut prepared = reading.layer(&plan.source, &fields, Some(0))?;
    let found = prepared.raw.shapes.kind;
    if found != kind && !prepared.raw.rows.is_empty() {
        let (Text { en, zh }, wanted) = (kinds(found), kinds(kind));
        let (wanted_en, wanted_zh) = (wanted.en, wanted.zh);
        return Err(Fault::new(
            "wrong-geometry",
            say!("{name} holds {en}, not {wanted_en}", "图层 {name} 中的要素为{zh},不是{wanted_zh}"),
            say!("give a layer of {wanted_en}", "请给出{wanted_zh}图层"),
        )
        .at(plan.source.path.display()));
    }
    let uses = uses(reading, plan.use_field.is_some(), &mut prepared, &name);
    // Where each of the other fields stands, in the order they were asked for.
    let mut next = first;
    let places = others.map(|field| field.map(|_| (next, next += 1).0));
    let [named, priced, reasoned, deep] = places;
    let unit = priced.map(|at| decided_prices::unit(reading.project, &prepared.raw.columns[at].name, kind));
    let unit = unit.transpose().map_err(|fault| fault.at(plan.source.path.display()))?;
    let prices = priced.map(|at| column(reading, &mut prepared, &name, at, false));
    let depths = deep.map(|at| column(reading, &mut prepared, &name, at, true));
    let depths = depths.or_else(|| same_depth.map(|depth| vec![depth; prepared.raw.rows.len()]));
    let prices = match (prices, priced, unit) {
        (Some(prices), Some(at), Some(unit)) => {
            let (column, number) =
                (&prepared.raw.columns[at], |row: usize| depths.as_ref().map_or(f64::NAN, |own| own[row]));
            if let Some(detail) = unit.told(&column.name) {
                reading.note(Code::UnitConverted, &name, detail);
            }
            Some(unit.brought(&prices, &column.values, &number))
        }
        (prices, ..) => prices,
    };
    if let (Some(prices), Some(at)) = (&prices, reasoned) {
        for row in (0..prices.len()).filter(|&row| !prices[row].is_nan()) {
            if text(&prepared, at, row).is_empty() && prepared.used[row] {
                let (feature, place) = (called(&prepared.raw, row, Some(0)), first_place(&prepared, row));
                let detail = say!("its price is decided without a reason", "其价格已确定,但没有理由");
                prepared.used[row] &= reading.row(Code::MissingValue, &name, feature, place, detail);
            }
        }
    }
    let order = identified(reading, &mut prepared, &name);
    let ids = id_column(&prepared.raw.columns[0].values, &prepared.used);
    let texts = |at: Option<usize>| -> Vec<String> {
        order.iter().map(|&row| at.map_or(String::new(), |at| text(&prepared, at, row as usize))).collect()
    };
    let reals = |values: Option<Vec<f64>>| -> Vec<f64> {
        order.iter().map(|&row| values.as_ref().map_or(f64::NAN, |values| values[row as usize])).collect()
    };
    let layer = PlaceLayer {
        ids: order.iter().map(|&row| ids.show(row as usize).to_string()).collect(),
        names: texts(named),
        uses: plan.use_field.as_ref().map(|_| order.iter().map(|&row| uses[row as usize]).collect()),
        prices: reals(prices),
        reasons: texts(reasoned),
        depths: reals(depths),
        shapes: prepared.raw.shapes.gather(&order),
        name,
    };
    if kind == Kind::Polygon {
        tell_overlaps(reading, &layer)?;
    }
    Ok(layer)
}

/// Ground that two areas of one use claim.
fn tell_overlaps(reading: &mut Reading<'_>, layer: &PlaceLayer) -> Outcome<()> {
    let areas: Vec<f64> = scale::map(layer.shapes.len(), |area| measure::area(layer.shapes.get(area)));
    let mut found = overlaps::found(reading.project, &layer.shapes, &areas)?;
    let alike =
        |one: u32, other: u32| layer.uses.as_ref().is_none_or(|uses| uses[one as usize] == uses[other as usize]);
    found.retain(|overlap| alike(overlap.one, overlap.other));
    overlaps::tell(reading, &layer.name, &found, &|area| layer.ids[area as usize].clone());
    Ok(())
}

/// The numbers above 0 of a column: prices in 元/㎡, or depths in metres, which each feature needs.
fn column(reading: &mut Reading<'_>, prepared: &mut Prepared, name: &str, at: usize, depth: bool) -> Vec<f64> {
    let Prepared { raw, used } = prepared;
    let wanted = Wanted {
        layer: name,
        field: &raw.columns[at].name,
        range: positive(1.0),
        usable: |_| false,
        needed: depth,
        unit: if depth { no_unit } else { yuan_per_square_metre },
        plain_text: raw.plain_text,
        number_cells: raw.number_cells.get(at).map_or(&[][..], Vec::as_slice),
    };
    let id = |row: usize| called(raw, row, Some(0));
    let here = |row: usize| raw.shapes.get(row).points().first().copied();
    numbers::read(reading, &raw.columns[at].values, &wanted, used, &id, &here)
}

fn text(prepared: &Prepared, at: usize, row: usize) -> String {
    prepared.raw.columns[at].values.get(row).to_string().trim().to_string()
}

fn first_place(prepared: &Prepared, row: usize) -> Option<crate::space::Point> {
    prepared.raw.shapes.get(row).points().first().copied()
}
