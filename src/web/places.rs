//! Areas and streets with prices of their own, as the page lists them.

use super::Subject;
use super::head::both;
use super::uses::Published;
use crate::compare::Comparison;
use crate::land::Outcome;
use crate::release::{PlaceRow, PlaceRows, Places, Release};
use crate::space::{Shapes, measure};
use serde_json::{Value, json};

/// Brings places to degrees.
pub(super) type Carry<'a> = &'a dyn Fn(&Shapes) -> Outcome<Shapes>;

#[derive(Clone, Copy)]
pub(super) enum Which {
    Areas,
    Streets,
}

impl Which {
    fn rows(self, release: &Release) -> &PlaceRows {
        match self {
            Which::Areas => &release.map.places.areas,
            Which::Streets => &release.map.places.streets,
        }
    }
}

/// The number of each area and street within its use.
pub(super) fn numbers_in_use(places: &Places) -> (Vec<usize>, Vec<usize>) {
    let number = |rows: &[PlaceRow]| {
        let mut counts = vec![0; 256];
        rows.iter()
            .map(|row| {
                let count = &mut counts[usize::from(row.use_index)];
                *count += 1;
                *count - 1
            })
            .collect()
    };
    (number(&places.areas.rows), number(&places.streets.rows))
}

/// Those of a use, numbered as [`numbers_in_use`] does.
pub(super) fn of(subject: &Subject<'_>, which: Which, land_use: usize, carried: Carry<'_>) -> Vec<Value> {
    let release = subject.release;
    let all = which.rows(release);
    let inside = |at: usize| {
        let shape = all.shapes.get(at);
        // Of a street a corner in the middle of it.
        let middle = || shape.points().get(shape.points().len() / 2).copied();
        let place = measure::point_on_surface(shape).or_else(middle)?;
        carried(&Shapes::of_points([place])).ok()?.points().first().map(|place| [place.x, place.y])
    };
    let own = all.rows.iter().enumerate().filter(|(_, row)| usize::from(row.use_index) == land_use);
    own.map(|(at, row)| {
        let depth = Some(row.standard_depth).filter(|depth| depth.is_finite());
        // A price taken from the grade does not rest on samples of the place.
        let [lowest, highest] = [row.lowest, row.highest].map(|price| price.filter(|_| row.filled.is_none()));
        let Published { ground, floor, mu, .. } = Published::of(&release.uses[land_use], row.grade, row.published);
        let (previous, growth) = subject.comparison.map_or((None, None), |comparison| before(comparison, which, row));
        json!({
            "id": row.id, "name": row.name, "grade": row.grade, "price": row.published, "ground": ground, "floor": floor, "mu": mu,
            "lowest": lowest, "highest": highest, "inferred": row.filled.as_ref().map(both), "standard_depth": depth, "place": inside(at),
            "previous": previous, "growth": growth,
        })
    })
    .collect()
}

/// The price of the same number in the release before, and the growth since in percent; that is not told where the premises of the use, or the
/// standard depth of the street, are others.
fn before(comparison: &Comparison<'_>, which: Which, row: &PlaceRow) -> (Option<f64>, Option<f64>) {
    let Some(place) = comparison.uses.iter().position(|link| link.new == Some(row.use_index)) else {
        return (None, None);
    };
    let then = comparison.uses[place].old;
    let rows = &which.rows(comparison.old.release).rows;
    let Some(old) = rows.iter().find(|old| Some(old.use_index) == then && old.id == row.id) else {
        return (None, None);
    };
    let alike = old.standard_depth.total_cmp(&row.standard_depth).is_eq() && comparison.verdicts[place].comparable;
    let growth = old.published.zip(row.published).filter(|_| alike).map(|(old, new)| (new / old - 1.0) * 100.0);
    (old.published, growth)
}
