//! Whether the parts of a release fit together: what a sealed folder could not say, or would say wrongly, is refused before it is written.

use super::content::Release;
use crate::land::{Fault, Outcome};
use crate::say;
use std::collections::BTreeSet;

/// Checks lengths, uses and keys; tells every misfit.
///
/// # Errors
/// `inconsistent-release`.
pub fn check(release: &Release) -> Outcome<()> {
    let mut faults = lengths(release);
    let uses = release.uses.len();
    let cells = release.cells.iter().map(|cell| cell.use_index);
    let samples = release.samples.iter().map(|sample| sample.use_index);
    let samples = samples.chain(release.rejected.iter().filter_map(|row| row.use_index));
    let units = release.units.uses.iter().copied();
    let parcels = release.map.parcels.uses.iter().copied();
    let places = release.map.places.areas.rows.iter().chain(&release.map.places.streets.rows);
    let cells = cells.chain(places.map(|place| place.use_index));
    if let Some(lost) = units.chain(parcels).chain(cells).chain(samples).find(|land_use| usize::from(*land_use) >= uses)
    {
        faults.push(misfit(&format!("use {lost} of {uses}")));
    }
    for (what, keys) in [
        ("use keys", release.uses.iter().map(|entry| &entry.key).collect::<Vec<_>>()),
        ("factor keys", release.head.factors.iter().map(|factor| &factor.key).collect()),
        ("group keys", release.head.groups.iter().map(|group| &group.key).collect()),
    ] {
        let different: BTreeSet<_> = keys.iter().collect();
        if different.len() < keys.len() || keys.iter().any(|key| key.is_empty()) {
            faults.push(misfit(what));
        }
    }
    let group = |key: &&String| release.head.groups.iter().all(|group| group.key != **key);
    if let Some(lost) = release.head.factors.iter().filter_map(|factor| factor.group.as_ref()).find(group) {
        faults.push(misfit(&format!("group {lost}")));
    }
    Fault::of_all(faults).map_or(Ok(()), Err)
}

fn lengths(release: &Release) -> Vec<Fault> {
    let (units, factors) = (&release.units, release.head.factors.len());
    let rows = units.len();
    let mut parts = vec![
        ("ids", units.ids.len(), false, rows),
        ("areas", units.areas.len(), false, rows),
        ("grades", units.grades.len(), false, rows),
        ("scores", units.scores.len(), true, rows * factors),
        ("totals", units.totals.len(), true, rows),
        ("prices", units.prices.len(), true, rows),
        ("layers", release.layers.len(), true, factors),
    ];
    parts.extend(units.shapes.iter().map(|shapes| ("shapes", shapes.len(), false, rows)));
    parts.extend(units.alternatives.iter().map(|(name, grades)| (name.as_str(), grades.len(), false, rows)));
    parts.extend(units.kept.iter().map(|column| (column.name.as_str(), column.values.len(), false, rows)));
    let (parcels, width) = (&release.map.parcels, release.map.parcels.width());
    let rows = parcels.len();
    parts.extend([
        ("parcels", parcels.ids.len(), false, rows),
        ("shapes of parcels", parcels.shapes.len(), false, rows),
        ("areas of parcels", parcels.areas.len(), false, rows),
        ("grades of parcels", parcels.grades.len(), false, rows),
        ("rules of parcels", parcels.decided.len(), false, rows),
        ("totals of parcels", parcels.totals.len(), false, rows),
        ("bare ground of parcels", parcels.bare.len(), false, rows),
        ("prices of parcels", parcels.prices.len(), true, rows),
        ("ground of parcels", parcels.ground.len(), false, rows * width),
        ("fronts of parcels", parcels.fronts.len(), true, rows * width),
    ]);
    let places = &release.map.places;
    parts.extend([
        ("shapes of areas with prices", places.areas.shapes.len(), false, places.areas.rows.len()),
        ("shapes of streets with prices", places.streets.shapes.len(), false, places.streets.rows.len()),
    ]);
    for land_use in &release.uses {
        parts.push((&land_use.key, land_use.weights.len(), true, factors));
        if let Some(layers) = &land_use.layers {
            parts.push(("weights of groups", layers.groups.len(), false, release.head.groups.len()));
            parts.push(("weights inside groups", layers.inside.len(), false, factors));
        }
    }
    for layer in release.layers.iter().flatten() {
        parts.push((&layer.name, layer.labels.len(), false, layer.shapes.len()));
        let columns = layer.columns.iter();
        parts.extend(columns.map(|column| (column.name.as_str(), column.values.len(), false, layer.shapes.len())));
    }
    let fits = |(_, length, may_be_absent, wanted): &(&str, usize, bool, usize)| {
        length == wanted || (*may_be_absent && *length == 0)
    };
    let unfit = parts.iter().filter(|part| !fits(part));
    unfit.map(|(name, length, _, wanted)| misfit(&format!("{name}: {length} ≠ {wanted}"))).collect()
}

fn misfit(what: &str) -> Fault {
    Fault::new(
        "inconsistent-release",
        say!("the parts of the release do not fit together: {what}", "成果各部分不一致:{what}"),
        say!("report this as a defect, with the project file", "请将此作为缺陷报告,并附上项目文件"),
    )
}
