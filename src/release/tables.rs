//! The tables of a release as CSV, with field names above and numbers in full; [`super::tables_read`] reads back those a release is
//! rebuilt from.

use super::content::{Judged, Release, UseHead, Within};
use super::priced::PriceCell;
use super::tables_samples;
use crate::formats::{Cells, Field, Table, csv};
use crate::ingest::finding::Finding;
use crate::land::{Outcome, Text, Texts, Values};
use std::path::Path;

/// Price cells: use by use, from the best grade.
pub const PRICES: &str = "prices.csv";
/// What was found in the data.
pub const FINDINGS: &str = "findings.csv";
/// The grades with their score limits; for readers, made from the manifest and the units.
pub const GRADES: &str = "grades.csv";
/// The weights of the factors; for readers, made from the manifest.
pub const WEIGHTS: &str = "weights.csv";

/// Writes every table into a folder.
///
/// # Errors
/// As [`csv::write`].
pub fn write(release: &Release, folder: &Path) -> Outcome<()> {
    prices(&release.cells, &release.uses, &folder.join(PRICES))?;
    tables_samples::write(release, folder)?;
    findings(&release.findings.iter().collect::<Vec<_>>(), &folder.join(FINDINGS))?;
    grades(release, &folder.join(GRADES))?;
    weights(release, &folder.join(WEIGHTS))
}

fn prices(cells: &[PriceCell], uses: &[UseHead], target: &Path) -> Outcome<()> {
    let real = |name: &str, get: &dyn Fn(&PriceCell) -> Option<f64>| {
        reals(name, cells.iter().map(|cell| get(cell).unwrap_or(f64::NAN)))
    };
    let fields = vec![
        texts("use", cells.iter().map(|cell| &uses[usize::from(cell.use_index)].key)),
        ints("grade", cells.iter().map(|cell| usize::from(cell.grade))),
        ints("units", cells.iter().map(|cell| cell.units)),
        reals("area", cells.iter().map(|cell| cell.area)),
        ints("samples", cells.iter().map(|cell| cell.samples)),
        ints("kept", cells.iter().map(|cell| cell.kept)),
        real("raw", &|cell| cell.raw),
        real("deviation", &|cell| cell.deviation),
        real("lowest", &|cell| cell.lowest),
        real("highest", &|cell| cell.highest),
        real("interval_low", &|cell| cell.interval.map(|(low, _)| low)),
        real("interval_high", &|cell| cell.interval.map(|(_, high)| high)),
        real("published", &|cell| cell.published),
        texts("filled_zh", cells.iter().map(|cell| cell.filled.as_ref().map_or("", |text| &text.zh))),
        // Empty where nobody decided otherwise.
        real("computed", &|cell| cell.decided.as_ref().and_then(|decided| decided.computed)),
        texts("reason", cells.iter().map(|cell| cell.decided.as_ref().map_or("", |decided| &decided.reason))),
        texts("filled_en", cells.iter().map(|cell| cell.filled.as_ref().map_or("", |text| &text.en))),
    ];
    put("prices", fields, cells.len(), target)
}

fn findings(findings: &[&Finding], target: &Path) -> Outcome<()> {
    let place = |finding: &&Finding| finding.place.map_or((f64::NAN, f64::NAN), |place| (place.x, place.y));
    let fields = vec![
        texts("code", findings.iter().map(|finding| finding.code.name())),
        texts("layer", findings.iter().map(|finding| &finding.layer)),
        texts("feature", findings.iter().map(|finding| &finding.feature)),
        reals("x", findings.iter().map(|finding| place(finding).0)),
        reals("y", findings.iter().map(|finding| place(finding).1)),
        texts("action", findings.iter().map(|finding| finding.action.name())),
        texts("detail_zh", findings.iter().map(|finding| &finding.detail.zh)),
        texts("detail_en", findings.iter().map(|finding| &finding.detail.en)),
    ];
    put("findings", fields, findings.len(), target)
}

/// A grade of a use, as the table of grades lists it.
struct GradeRow<'a> {
    land_use: &'a UseHead,
    grade: u8,
    units: usize,
    area: f64,
}

impl GradeRow<'_> {
    /// The score limits: none below the worst class nor above the best; none at all where the grade has no class.
    fn limits(&self) -> (f64, f64) {
        let (limits, class) = (&self.land_use.limits, usize::from(self.land_use.grades - self.grade));
        let at = |limit: Option<usize>| limit.and_then(|limit| limits.get(limit)).copied().unwrap_or(f64::NAN);
        if class > limits.len() { (f64::NAN, f64::NAN) } else { (at(class.checked_sub(1)), at(Some(class))) }
    }
}

fn grades(release: &Release, target: &Path) -> Outcome<()> {
    let mut rows = Vec::new();
    let mut starts = Vec::new();
    for land_use in &release.uses {
        starts.push(rows.len());
        let row = |grade| GradeRow { land_use, grade, units: 0, area: 0.0 };
        rows.extend((1..=land_use.grades).map(row));
    }
    let units = &release.units;
    for ((&land_use, &grade), &area) in units.uses.iter().zip(&units.grades).zip(&units.areas) {
        if (1..=release.uses[usize::from(land_use)].grades).contains(&grade) {
            let row: &mut GradeRow<'_> = &mut rows[starts[usize::from(land_use)] + usize::from(grade) - 1];
            row.units += 1;
            row.area += area;
        }
    }
    let fields = vec![
        texts("use", rows.iter().map(|row| &row.land_use.key)),
        texts("use_name", rows.iter().map(|row| &row.land_use.name)),
        ints("grade", rows.iter().map(|row| usize::from(row.grade))),
        reals("lower", rows.iter().map(|row| row.limits().0)),
        reals("upper", rows.iter().map(|row| row.limits().1)),
        texts("method", rows.iter().map(|row| &row.land_use.method)),
        reals("gvf", rows.iter().map(|row| row.land_use.gvf)),
        ints("units", rows.iter().map(|row| row.units)),
        reals("area", rows.iter().map(|row| row.area)),
    ];
    put("grades", fields, rows.len(), target)
}

fn weights(release: &Release, target: &Path) -> Outcome<()> {
    let mut rows = Vec::new();
    for land_use in &release.uses {
        for (factor, &weight) in release.head.factors.iter().zip(&land_use.weights) {
            rows.push((land_use, factor, weight));
        }
    }
    let judged =
        |of: fn(&Judged) -> f64| rows.iter().map(move |(land_use, _, _)| land_use.judged.as_ref().map_or(f64::NAN, of));
    let method = |land_use: &UseHead| match &land_use.judged {
        Some(judged) => format!("ahp-{}", judged.solver),
        None => "given".to_string(),
    };
    let reason = |land_use: &UseHead| land_use.judged.as_ref().and_then(|judged| judged.accepted_because.clone());
    let mut fields = vec![
        texts("use", rows.iter().map(|(land_use, _, _)| &land_use.key)),
        texts("factor", rows.iter().map(|(_, factor, _)| &factor.key)),
        texts("factor_name", rows.iter().map(|(_, factor, _)| &factor.name)),
        reals("weight", rows.iter().map(|(_, _, weight)| *weight)),
        texts("method", rows.iter().map(|(land_use, _, _)| method(land_use))),
        reals("lambda_max", judged(|judged| judged.lambda_max)),
        reals("ci", judged(|judged| judged.ci)),
        reals("ri", judged(|judged| judged.ri)),
        reals("cr", judged(|judged| judged.cr)),
        texts("accepted_because", rows.iter().map(|(land_use, _, _)| reason(land_use).unwrap_or_default())),
    ];
    if !release.head.groups.is_empty() {
        let within = rows.iter().map(|(land_use, factor, _)| release.head.within(land_use, factor));
        let within: Vec<Within<'_>> = within.collect();
        let of_groups = [
            texts("group", within.iter().map(|within| within.group.map_or("", |group| &group.key))),
            texts("group_name", within.iter().map(|within| within.group.map_or("", |group| &group.name))),
            reals("group_weight", within.iter().map(|within| within.group_weight)),
            reals("weight_inside", within.iter().map(|within| within.inside)),
        ];
        fields.splice(3..3, of_groups);
    }
    put("weights", fields, rows.len(), target)
}

pub(super) fn texts<T: AsRef<str>>(name: &str, values: impl Iterator<Item = T>) -> Field<'static> {
    Field::plain(name, Cells::Own(Values::Text(values.collect::<Texts>())))
}

pub(super) fn reals(name: &str, values: impl Iterator<Item = f64>) -> Field<'static> {
    Field::plain(name, Cells::Own(Values::Real(values.collect())))
}

pub(super) fn ints(name: &str, values: impl Iterator<Item = usize>) -> Field<'static> {
    Field::plain(name, Cells::Own(Values::Int(values.map(|value| i64::try_from(value).ok()).collect())))
}

pub(super) fn put(name: &str, fields: Vec<Field<'_>>, rows: usize, target: &Path) -> Outcome<()> {
    let table = Table { name: name.to_string(), title: Text::same(name), fields, shapes: None, crs: None, rows };
    csv::write(&table, target, &csv::Options { bom: false, ..csv::Options::default() }).map(|_| ())
}
