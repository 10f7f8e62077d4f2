//! What is cut: the totals of one use, how much each counts, and where the units lie.

use crate::land::{Fault, Outcome};
use crate::say;
use crate::scale;
use crate::space::Shapes;

/// The units of one use. A slice of totals turns into units that count once each and lie nowhere.
#[derive(Clone, Copy, Debug)]
pub struct Units<'a> {
    pub totals: &'a [f64],
    /// m², one per total; each unit counts once where none are given.
    pub areas: Option<&'a [f64]>,
    /// Where they lie, for the profile.
    pub ground: Option<Ground<'a>>,
}

/// Polygons, and which of them is each total's.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    pub shapes: &'a Shapes,
    /// The feature of each total.
    pub features: &'a [u32],
}

impl<'a> From<&'a [f64]> for Units<'a> {
    fn from(totals: &'a [f64]) -> Units<'a> {
        Units { totals, areas: None, ground: None }
    }
}

impl<'a> From<&'a Vec<f64>> for Units<'a> {
    fn from(totals: &'a Vec<f64>) -> Units<'a> {
        totals.as_slice().into()
    }
}

impl<'a, const N: usize> From<&'a [f64; N]> for Units<'a> {
    fn from(totals: &'a [f64; N]) -> Units<'a> {
        totals.as_slice().into()
    }
}

impl Units<'_> {
    /// How much a unit counts: its area, else one.
    pub(super) fn weight(&self, unit: usize) -> f64 {
        self.areas.map_or(1.0, |areas| areas[unit])
    }

    /// # Errors
    /// `area-not-usable` naming the first area that is no finite number from 0 up, and their number; also where all are 0.
    pub(super) fn check_areas(&self) -> Outcome<()> {
        let Some(areas) = self.areas else { return Ok(()) };
        let usable = |area: f64| (0.0..=1e100).contains(&area);
        let help = || {
            say!(
                "check the areas, or leave them out: each unit then counts once",
                "请检查面积,或不给面积:此时各单元权重相同"
            )
        };
        if let Some(at) = areas.iter().position(|&area| !usable(area)) {
            let (unit, area, bad) = (at + 1, areas[at], areas.iter().filter(|&&area| !usable(area)).count());
            let what = say!(
                "{bad} areas cannot weight a total; the first is {area}, unit {unit} of its use",
                "有{bad}个面积不能作权重;第一个是该用途第{unit}个单元,值为{area}"
            );
            return Err(Fault::new("area-not-usable", what, help()));
        }
        if !areas.is_empty() && areas.iter().all(|area| *area == 0.0) {
            return Err(Fault::new("area-not-usable", say!("all areas are 0", "面积全部为 0"), help()));
        }
        Ok(())
    }
}

/// The distinct totals in ascending order, each with what its units weigh together.
#[derive(Debug, Default)]
pub(super) struct Axis {
    pub values: Vec<f64>,
    pub weights: Vec<f64>,
}

impl Axis {
    /// Weights are summed from the smallest area up, so the order of the units changes no digit.
    pub fn of(units: &Units<'_>) -> Axis {
        // −0 and 0 are the same score: adding 0 makes them the same bits.
        let mut axis = Axis::default();
        match units.areas {
            None => {
                let mut sorted: Vec<f64> = units.totals.iter().map(|total| total + 0.0).collect();
                scale::sort(&mut sorted);
                for equals in sorted.chunk_by(|a, b| a == b) {
                    axis.push(equals[0], equals.len() as f64);
                }
            }
            Some(areas) => {
                let mut sorted: Vec<[f64; 2]> =
                    units.totals.iter().zip(areas).map(|(total, area)| [total + 0.0, *area]).collect();
                scale::sort_by(&mut sorted, |a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
                for equals in sorted.chunk_by(|a, b| a[0] == b[0]) {
                    axis.push(equals[0][0], equals.iter().map(|[_, area]| area).sum());
                }
            }
        }
        axis
    }

    fn push(&mut self, value: f64, weight: f64) {
        self.values.push(value);
        self.weights.push(weight);
    }
}

/// Totals are whole numbers of 10⁻⁹ points; limits are brought to that grid, so that a total of 0.3 is not below a limit of 0.3.
pub(super) fn on_grid(limit: f64) -> f64 {
    (limit * 1e9).round() / 1e9
}

/// A limit in the middle between two totals: above the lower, not above the higher, on the grid of totals where that lies between them.
pub(super) fn middle(low: f64, high: f64) -> f64 {
    let exact = low + (high - low) / 2.0;
    let fits = |limit: &f64| low < *limit && *limit <= high;
    [on_grid(exact), exact].into_iter().find(fits).unwrap_or(high)
}
