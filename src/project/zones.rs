//! Checks how grades are cleaned up and drawn.

use super::check::Problems;
use super::file::Grading;
use super::lines::Step;
use super::plan::ZonesPlan;

/// Nothing is merged, closed or simplified where nothing is written.
pub(super) fn check(raw: Option<&Grading>, problems: &mut Problems<'_>) -> ZonesPlan {
    let mut number = |key: &'static str, written: Option<f64>, default: f64, low: f64, high: f64| {
        let value = written.unwrap_or(default);
        problems.within(&[Step::Key("grading"), Step::Key(key)], key, value, low, high);
        value
    };
    let (smallest_area, close_gaps, simplify, snap) = (
        number("smallest_area", raw.and_then(|raw| raw.smallest_area), 0.0, 0.0, 1e9),
        number("close_gaps", raw.and_then(|raw| raw.close_gaps), 0.0, 0.0, 1000.0),
        number("simplify", raw.and_then(|raw| raw.simplify), 0.0, 0.0, 1000.0),
        number("snap", raw.and_then(|raw| raw.snap), 0.001, 1e-6, 1.0),
    );
    let districts = raw.and_then(|raw| raw.districts.as_ref()).map(|raw| {
        let steps = [Step::Key("grading"), Step::Key("districts")];
        let (layer, crs, encoding) = (raw.layer.as_ref(), raw.crs.as_ref(), raw.encoding.as_ref());
        (problems.source(&steps, &raw.source, layer, crs, encoding), raw.name.clone())
    });
    let parcels = raw.and_then(|raw| raw.parcels.as_ref()).map(|raw| super::parcels::check(raw, problems));
    ZonesPlan { smallest_area, close_gaps, simplify, snap, districts, parcels }
}
