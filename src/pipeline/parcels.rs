//! From graded units to parcels with one grade each, and later their prices.

use crate::grade::parcels::{self, Graded, Parcels, Streets};
use crate::ingest::finding::{Code, Finding, Policies};
use crate::ingest::survey::ParcelLayers;
use crate::land::Outcome;
use crate::land::progress::Watch;
use crate::project::Project;
use crate::release::{ParcelRows, Release};
use crate::space::{Shapes, measure};
use crate::{ingest, say, scale};

/// Gives each parcel a grade of its use, or of every use; parcels without one are findings.
///
/// # Errors
/// `denied` where these findings stop the run.
pub(super) fn fit(
    project: &Project,
    release: &mut Release,
    layers: Option<ParcelLayers>,
    watch: &dyn Watch,
) -> Outcome<()> {
    let (Some(layers), Some(shapes)) = (layers, &release.units.shapes) else { return Ok(()) };
    watch.begin(&say!("fitting parcels", "确定宗地级别"), 1);
    let units = &release.units;
    let graded = Graded { shapes, uses: &units.uses, grades: &units.grades, totals: &units.totals };
    let name = layers.name.clone();
    let every_use = layers.uses.is_none();
    let rows = rows(project, layers, &graded);
    let policies = ingest::policies(project)?;
    release.findings.extend(lost(project, &policies, &name, every_use, &rows));
    release.findings.sort();
    release.map.parcels = rows;
    watch.advance(1);
    super::denied(&release.findings)
}

/// The parcels of a layer over graded units.
pub(super) fn rows(project: &Project, layers: ParcelLayers, graded: &Graded<'_>) -> ParcelRows {
    let within = project.zones.parcels.as_ref().and_then(|plan| plan.front.as_ref()).map(|front| front.within);
    let streets = layers.streets.zip(within).map(|(layer, within)| Streets::new(&layer.shapes, within));
    let (ids, uses, shapes) = match layers.uses {
        Some(uses) => (layers.ids, uses, layers.shapes),
        None => {
            let (parcels, uses) = (layers.shapes.len() as u32, project.uses.len() as u8);
            let each: Vec<u32> = (0..parcels).flat_map(|parcel| (0..uses).map(move |_| parcel)).collect();
            let of_each = (0..parcels).flat_map(|_| 0..uses).collect();
            (layers.ids.gather(&each), of_each, layers.shapes.gather(&each))
        }
    };
    let areas: Vec<f64> = scale::map(shapes.len(), |parcel| measure::area(shapes.get(parcel)));
    let width = project.uses.iter().map(|plan| plan.grades).max().unwrap_or(0);
    let parcels = Parcels { shapes: &shapes, uses: &uses, areas: &areas };
    let fitted = parcels::fit(graded, &parcels, width, streets.as_ref());
    ParcelRows {
        ids,
        uses,
        areas,
        grades: fitted.grades,
        decided: fitted.decided,
        totals: fitted.totals,
        bare: fitted.bare,
        prices: Vec::new(),
        ground: fitted.ground,
        fronts: fitted.fronts,
        shapes,
    }
}

/// Row-major parcels × factors: the scores of the units under each parcel, by their ground; empty where there are no parcels or no scores.
pub fn parcel_scores(release: &Release) -> Vec<f64> {
    let (units, rows, width) = (&release.units, &release.map.parcels, release.head.factors.len());
    let Some(shapes) = units.shapes.as_ref().filter(|_| !rows.is_empty() && !units.scores.is_empty()) else {
        return Vec::new();
    };
    let graded = Graded { shapes, uses: &units.uses, grades: &units.grades, totals: &units.totals };
    parcels::means(
        &graded,
        &Parcels { shapes: &rows.shapes, uses: &rows.uses, areas: &rows.areas },
        &units.scores,
        width,
    )
}

/// A finding for each parcel that gets no grade; one that is graded for every use has to miss them all.
pub(super) fn lost(
    project: &Project,
    policies: &Policies,
    layer: &str,
    every_use: bool,
    rows: &ParcelRows,
) -> Vec<Finding> {
    let step = if every_use { project.uses.len().max(1) } else { 1 };
    let lost =
        (0..rows.len()).step_by(step).filter(|&first| rows.grades[first..first + step].iter().all(|&it| it == 0));
    let finding = |parcel: usize| {
        let name = &project.uses[usize::from(rows.uses[parcel])].land_use.name;
        let detail = match every_use {
            true => say!("no ground of the parcel lies under a unit: it has no grade", "宗地不在任何单元内,没有级别"),
            false => say!(
                "no ground of the parcel lies under a unit of {name}: it has no grade",
                "宗地不在任何{name}单元内,没有级别"
            ),
        };
        let at = rows.shapes.get(parcel).points().first().copied();
        Finding::new(policies, Code::OutsideGradedArea, layer, detail).of_feature(rows.ids.show(parcel)).at(at)
    };
    lost.map(finding).collect()
}

/// What `check` can tell before anything is graded: parcels under no unit of their use.
pub(super) fn check(
    project: &Project,
    policies: &Policies,
    layers: ParcelLayers,
    shapes: &Shapes,
    uses: &[u8],
) -> Vec<Finding> {
    let (name, every_use) = (layers.name.clone(), layers.uses.is_none());
    let layers = ParcelLayers { streets: None, ..layers };
    let graded = Graded { shapes, uses, grades: &vec![1; uses.len()], totals: &vec![0.0; uses.len()] };
    lost(project, policies, &name, every_use, &rows(project, layers, &graded))
}

/// Gives each parcel the benchmark price of its use and grade.
pub(super) fn price(release: &mut Release) {
    let (cells, parcels) = (&release.cells, &mut release.map.parcels);
    let of = |parcel: usize| {
        let wanted = (parcels.uses[parcel], parcels.grades[parcel]);
        let cell = cells.iter().find(|cell| (cell.use_index, cell.grade) == wanted);
        cell.and_then(|cell| cell.published).unwrap_or(f64::NAN)
    };
    parcels.prices = scale::map(parcels.len(), of);
}
