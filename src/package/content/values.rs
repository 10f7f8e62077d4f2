//! The values of a row, by where a rule says they come from.

use super::{Of, Row};
use crate::land::money::{product, round_half_up};
use crate::land::{Lang, grade, transaction};
use crate::package::Subject;
use crate::package::rules::{FieldRule, Source};
use crate::release::{PlaceRow, PriceCell, Release, SampleRow};

/// A value before it is laid out.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::package) enum Cell {
    None,
    Real(f64),
    Text(String),
}

impl Cell {
    fn real(value: f64) -> Cell {
        if value.is_nan() { Cell::None } else { Cell::Real(value) }
    }

    fn text(value: &str) -> Cell {
        if value.is_empty() { Cell::None } else { Cell::Text(value.to_string()) }
    }
}

/// The value of a field in a row; `number` is the row's, from 1.
pub(in crate::package) fn value(subject: &Subject<'_>, row: &Row, number: usize, field: &FieldRule) -> Cell {
    let release = subject.release;
    let head = &release.uses[row.land_use];
    let own = head.connotation.as_ref();
    let known = &subject.rules.uses[subject.uses[row.land_use]];
    let ratio = own.map_or(f64::NAN, |own| own.plot_ratio_of(row.grade));
    let is_floor = own.is_some_and(|own| own.kind == "floor");
    let sample = match row.of {
        Of::Sample(at) => Some(&release.samples[at]),
        _ => None,
    };
    let place = match row.of {
        Of::Area(at) => Some(&release.map.places.areas.rows[at]),
        Of::Street(at) => Some(&release.map.places.streets.rows[at]),
        _ => None,
    };
    match field.of {
        Source::Number => Cell::Real(number as f64),
        Source::Constant => Cell::text(&field.value),
        Source::Blank => Cell::None,
        Source::CountyCode => Cell::text(&subject.names.code),
        Source::CountyName => Cell::text(&subject.names.name),
        Source::UseCode => Cell::text(&known.code),
        Source::UseName => Cell::text(&known.name),
        Source::GradeCode | Source::GradeName if row.grade == 0 => Cell::None,
        Source::GradeCode => Cell::text(&row.grade.to_string()),
        Source::GradeName => Cell::text(&grade::name(row.grade, Lang::Zh)),
        Source::GroundPrice if is_floor => Cell::real(round_half_up(product(row.price, ratio), 2)),
        Source::FloorPrice if !is_floor => Cell::real(round_half_up(row.price / ratio, 2)),
        Source::GroundPrice | Source::FloorPrice => Cell::real(row.price),
        Source::PriceMu => Cell::real(head.per_mu(row.grade, row.price).unwrap_or(f64::NAN)),
        Source::PlotRatio => Cell::real(ratio),
        Source::Term => Cell::real(own.map_or(f64::NAN, |own| own.term)),
        Source::Development => Cell::text(own.map_or("", |own| own.development_of(row.grade))),
        Source::BaseDate => Cell::text(release.head.base_date.as_deref().unwrap_or("")),
        Source::Area => Cell::real(row.area),
        Source::Note => Cell::text(&note(subject, row, place)),
        Source::Id => match row.of {
            Of::Unit(at) => Cell::text(&release.units.ids.show(at)),
            _ => Cell::text(sample.map(|own| own.id.as_str()).or(place.map(|own| own.id.as_str())).unwrap_or("")),
        },
        Source::Name => match row.of {
            // Where one price holds for a grade, its zones need no name.
            Of::Unit(at) if has_several(release, row) => Cell::text(&super::name(subject.unit_names, at)),
            _ => Cell::text(place.map_or("", |own| own.name.as_str())),
        },
        Source::AmplitudeUp | Source::AmplitudeDown => {
            let own = subject.amplitudes.get(&(row.land_use, row.grade));
            Cell::real(own.map_or(f64::NAN, |[up, down]| if field.of == Source::AmplitudeUp { *up } else { *down }))
        }
        Source::Total => match row.of {
            Of::Unit(at) => Cell::real(release.units.totals.get(at).copied().unwrap_or(f64::NAN)),
            _ => Cell::None,
        },
        Source::StandardDepth => Cell::real(place.map_or(f64::NAN, |own| own.standard_depth)),
        _ => sample.map_or(Cell::None, |sample| of_sample(sample, field.of)),
    }
}

fn has_several(release: &Release, row: &Row) -> bool {
    let own = |cell: &&PriceCell| (usize::from(cell.use_index), cell.grade) == (row.land_use, row.grade);
    release.cells.iter().find(own).is_some_and(|cell| release.has_several(cell))
}

fn of_sample(sample: &SampleRow, source: Source) -> Cell {
    match source {
        Source::Transaction => match transaction::Kind::parse(&sample.detail.kind) {
            Some(kind) => Cell::text(&kind.text().zh),
            None => Cell::text(&sample.detail.kind),
        },
        Source::SaleDate => Cell::text(&sample.date),
        Source::SalePlotRatio => Cell::real(sample.plot_ratio),
        Source::RemainingTerm => Cell::real(sample.term),
        Source::SalePrice => Cell::real(sample.price),
        Source::CorrectedPrice => Cell::real(sample.corrected),
        Source::Used => Cell::text(if sample.used { "1" } else { "0" }),
        _ => Cell::None,
    }
}

/// Why a price is not the computed one.
fn note(subject: &Subject<'_>, row: &Row, place: Option<&PlaceRow>) -> String {
    let of_cell = || {
        let wanted =
            |cell: &&crate::release::PriceCell| (usize::from(cell.use_index), cell.grade) == (row.land_use, row.grade);
        let cell = subject.release.cells.iter().find(wanted)?;
        Some((cell.filled.clone(), cell.decided.as_ref().map(|own| own.text())))
    };
    let own = match place {
        Some(place) => Some((place.filled.clone(), place.decided.as_ref().map(|own| own.text()))),
        None => of_cell(),
    };
    let (filled, decided) = own.unwrap_or_default();
    let parts: Vec<String> = [filled, decided].into_iter().flatten().map(|text| text.zh).collect();
    parts.join(";")
}
