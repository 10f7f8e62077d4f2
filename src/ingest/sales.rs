//! Whether each sale sample is there once, under an identifier of its own and in one place.

use super::canonical;
use super::finding::{Action, Code};
use super::readers::vector::RawLayer;
use super::reading::{Prepared, Reading, row_name};
use super::rounded_id::{self, is_rounded};
use super::survey::{Rejected, Sample};
use crate::land::Column;
use crate::land::column::Value;
use crate::say;
use crate::space::Point;
use std::cmp::Ordering;
use std::collections::BTreeSet;

/// Identifiers that several rows bear.
pub(super) fn shared_ids(ids: &Column, rows: usize) -> BTreeSet<String> {
    let mut seen = BTreeSet::new();
    let ids = (0..rows).map(|row| ids.values.get(row).to_string());
    ids.filter(|id| !id.is_empty()).filter(|id| !seen.insert(id.clone())).collect()
}

/// What findings call a sample: its identifier, with its line where another row bears it too, else its line in a table or its number in a layer.
pub(super) fn called(raw: &RawLayer, row: usize, table: bool) -> String {
    let id = raw.columns[0].values.get(row).to_string();
    match (id.is_empty(), table) {
        (false, true) if raw.shared_ids.contains(&id) => format!("{id} (line {})", raw.rows[row]),
        (false, false) if raw.shared_ids.contains(&id) => format!("{id} (#{})", raw.rows[row]),
        (false, _) => id,
        (true, true) => format!("line {}", raw.rows[row]),
        (true, false) => row_name(raw, row),
    }
}

/// Where a sample lies, for findings.
pub(super) fn place(raw: &RawLayer, row: usize) -> Option<Point> {
    raw.shapes.get(row).points().first().copied()
}

/// Samples without an identifier, or with one that its number type rounded.
pub(super) fn identified(reading: &mut Reading<'_>, prepared: &mut Prepared, name: &str, table: bool) {
    let Prepared { raw, used } = prepared;
    for (row, used) in used.iter_mut().enumerate().filter(|(_, used)| **used) {
        let id = raw.columns[0].values.get(row);
        let (code, detail) = match id {
            Value::None => {
                let field = &raw.columns[0].name;
                (Code::MissingId, say!("it has no identifier ({field} is empty)", "没有编号({field} 为空)"))
            }
            id if is_rounded(id) => (Code::RoundedId, rounded_id::detail(&raw.columns[0].name, id)),
            _ => continue,
        };
        *used = reading.row(code, name, called(raw, row, table), place(raw, row), detail);
    }
}

/// Samples of several points: a sale is in one place.
pub(super) fn several_points(reading: &mut Reading<'_>, prepared: &mut Prepared, name: &str, table: bool) {
    let Prepared { raw, used } = prepared;
    for (row, used) in used.iter_mut().enumerate().filter(|(_, used)| **used) {
        let count = raw.shapes.get(row).points().len();
        if count > 1 {
            let detail = say!("its geometry has {count} points", "几何含 {count} 个点");
            *used = reading.row(Code::SeveralPoints, name, called(raw, row, table), place(raw, row), detail);
        }
    }
}

/// Samples with an identifier that an earlier one in canonical order (by geometry, then attributes) bears.
pub(super) fn repeated(reading: &mut Reading<'_>, prepared: &mut Prepared, name: &str, table: bool) {
    let Prepared { raw, used } = prepared;
    let mut order: Vec<(String, usize)> =
        (0..used.len()).filter(|&row| used[row]).map(|row| (raw.columns[0].values.get(row).to_string(), row)).collect();
    let compare = |a: usize, b: usize| canonical::order(&raw.shapes, &raw.columns, a, b);
    order.sort_by(|(a, at), (b, other)| a.cmp(b).then_with(|| compare(*at, *other)).then(at.cmp(other)));
    for pair in order.windows(2) {
        let [(id, first), (other, second)] = pair else { continue };
        if id != other {
            continue;
        }
        let twice = compare(*first, *second) == Ordering::Equal;
        let code = if twice { Code::DuplicateFeature } else { Code::DuplicateId };
        let (number, earlier) = (raw.rows[*second], raw.rows[*first]);
        let detail = match table {
            true => say!(
                "line {number} bears an identifier that another sample has, that of line {earlier}",
                "第 {number} 行的编号与另一样点相同(第 {earlier} 行)"
            ),
            false => say!(
                "feature #{number} bears an identifier that another sample has, #{earlier}",
                "要素 #{number} 的编号与另一样点相同(#{earlier})"
            ),
        };
        used[*second] &= reading.row(code, name, called(raw, *second, table), place(raw, *second), detail);
    }
}

/// By identifier as a number where it is one, then by place, then by price.
pub(super) fn order(a: &Sample, b: &Sample) -> Ordering {
    let east_north = |sample: &Sample| sample.place.map_or((f64::MAX, f64::MAX), |place| (place.x, place.y));
    let ((x, y), (other_x, other_y)) = (east_north(a), east_north(b));
    let price = |sample: &Sample| sample.price.unwrap_or(f64::MAX);
    order_of_ids(&a.id, &b.id)
        .then_with(|| x.total_cmp(&other_x))
        .then_with(|| y.total_cmp(&other_y))
        .then_with(|| price(a).total_cmp(&price(b)))
        .then_with(|| figures(a).cmp(&figures(b)))
}

pub(super) fn order_of_ids(a: &str, b: &str) -> Ordering {
    let numeric = |id: &str| id.parse().unwrap_or(i64::MAX);
    numeric(a).cmp(&numeric(b)).then_with(|| a.cmp(b))
}

/// The figures of a sample and its area, to the bit.
fn figures(sample: &Sample) -> (Vec<(&str, u64)>, Option<u64>) {
    let bits = sample.figures.iter().map(|(key, value)| (key.as_str(), value.to_bits()));
    (bits.collect(), sample.area.map(f64::to_bits))
}

/// Samples of one place, price, use and, where it is known, date under different identifiers; where the place or the price is not told, of
/// the same grade, figures and area. `samples` are sorted by identifier; hands over those that are not used.
pub(super) fn given_twice(
    reading: &mut Reading<'_>,
    samples: &mut Vec<Sample>,
    name: &str,
    dated: bool,
) -> Vec<Rejected> {
    let key = |at: usize| {
        let sample = &samples[at];
        let Sample { place, price, land_use, date, .. } = sample;
        let told = place.is_some() && price.is_some();
        let more = (!told).then(|| (sample.grade, sample.kind, figures(sample)));
        // Two sales that differ in anything that is told are two.
        let own = [sample.plot_ratio, sample.term, sample.area, sample.depth, sample.condition, sample.region];
        let own = own.map(|value| value.map(f64::to_bits));
        let more = (more, own, sample.services.as_str());
        (place.map(|place| (place.x.to_bits(), place.y.to_bits())), price.map(f64::to_bits), *land_use, *date, more)
    };
    let mut order: Vec<usize> = (0..samples.len()).collect();
    order.sort_by_key(|&at| (key(at), at));
    let groups = order.chunk_by(|&a, &b| key(a) == key(b));
    let mut again: Vec<(usize, usize)> =
        groups.flat_map(|group| group[1..].iter().map(|&at| (at, group[0])).collect::<Vec<_>>()).collect();
    again.sort_unstable();
    let mut used = vec![true; samples.len()];
    for (at, first) in again {
        let (sample, other) = (&samples[at], &samples[first].id);
        let detail = match (sample.place.is_some(), dated) {
            (false, true) => say!(
                "it has the grade, use, price, area and date of {other}",
                "级别、用途、价格、面积、日期与 {other} 相同"
            ),
            (false, false) => {
                say!("it has the grade, use, price and area of {other}", "级别、用途、价格、面积与 {other} 相同")
            }
            (true, true) => {
                say!("it has the place, price, use and date of {other}", "位置、价格、用途、日期与 {other} 相同")
            }
            (true, false) => say!("it has the place, price and use of {other}", "位置、价格、用途与 {other} 相同"),
        };
        used[at] = reading.row(Code::DuplicateSale, name, sample.id.clone(), sample.place, detail);
    }
    let row = |sample: &Sample| Rejected {
        id: sample.id.clone(),
        place: sample.place,
        land_use: Some(sample.land_use),
        price: sample.price,
    };
    let rejected = samples.iter().zip(&used).filter(|(_, used)| !**used).map(|(sample, _)| row(sample)).collect();
    let mut used = used.into_iter();
    samples.retain(|_| used.next().unwrap_or(true));
    rejected
}

/// Uses whose samples were all left out while they were read: `uses` are those of the rows, `samples` what remained of them. Where a
/// finding of a sample stops the run, that is told enough.
pub(super) fn lost(reading: &mut Reading<'_>, uses: &[Option<u8>], samples: &[Sample], name: &str) {
    if reading.findings.iter().any(|finding| finding.layer == name && finding.action == Action::Denied) {
        return;
    }
    let project = reading.project;
    for (at, plan) in (0u8..).zip(&project.uses) {
        let rows = uses.iter().filter(|land_use| **land_use == Some(at)).count();
        if rows > 0 && !samples.iter().any(|sample| sample.land_use == at) {
            let of = &plan.land_use.name;
            let detail = say!(
                "none of the {rows} samples of {of} can be used, each for a finding of its own",
                "{of} 的 {rows} 个样点均不可用,原因见各样点的检查结果"
            );
            reading.note(Code::SamplesLost, name, detail);
        }
    }
}
