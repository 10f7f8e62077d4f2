//! Quantiles: grades with equal numbers of units, as nearly as equal totals allow.

use super::Split;

/// Breaks at `i/grades` by linear interpolation between order statistics (type 7 of Hyndman & Fan 1996, numpy's default, SQL
/// `percentile_cont`). A total's class is the number of breaks strictly below it: one equal to a break stays in the worse grade.
/// Many equal totals can make breaks equal, and then classes between them are empty.
pub(super) fn split(totals: &[f64], grades: u8) -> Split {
    let limits = breaks(totals, grades);
    let classes = totals.iter().map(|total| limits.iter().filter(|limit| *limit < total).count() as u8).collect();
    Split { classes, limits }
}

fn breaks(totals: &[f64], grades: u8) -> Vec<f64> {
    let Some(last) = totals.len().checked_sub(1) else { return Vec::new() };
    let places: Vec<f64> = (1..grades).map(|at| f64::from(at) / f64::from(grades) * last as f64).collect();
    let wanted: Vec<usize> = places.iter().flat_map(|place| [lower(*place), (lower(*place) + 1).min(last)]).collect();
    let found = order_statistics(totals, &wanted);
    places.iter().zip(found.chunks_exact(2)).map(|(&place, pair)| between(pair[0], pair[1], place.fract())).collect()
}

fn lower(place: f64) -> usize {
    place.floor() as usize
}

/// From the nearer end, so that the ends are met exactly and the result does not fall as `share` grows (numpy does the same).
fn between(low: f64, high: f64, share: f64) -> f64 {
    let step = high - low;
    if share < 0.5 { low + step * share } else { high - step * (1.0 - share) }
}

/// The totals that would stand at the ascending places `wanted` if all were sorted; selects from the highest place down instead of sorting.
fn order_statistics(totals: &[f64], wanted: &[usize]) -> Vec<f64> {
    let mut pool = totals.to_vec();
    let mut rest = pool.as_mut_slice();
    let mut found = vec![0.0; wanted.len()];
    let mut by_place: Vec<usize> = (0..wanted.len()).collect();
    by_place.sort_by_key(|&at| std::cmp::Reverse(wanted[at]));
    let mut latest: Option<(usize, f64)> = None;
    for at in by_place {
        let place = wanted[at];
        found[at] = match latest {
            Some((same, value)) if same == place => value,
            _ => {
                let (below, value, _) = rest.select_nth_unstable_by(place, f64::total_cmp);
                let value = *value;
                rest = below;
                latest = Some((place, value));
                value
            }
        };
    }
    found
}

#[cfg(test)]
#[path = "quantile_tests.rs"]
mod tests;
