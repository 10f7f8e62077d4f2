//! From pieces to units that tile the graded area, and the proof that they do.

use super::Pieces;
use super::slivers::{self, Measured};
use crate::ingest::survey::Units;
use crate::land::{Fault, IdColumn, Outcome, Texts};
use crate::project::plan::MadeUnits;
use crate::space::coverage::Coverage;
use crate::space::{Kind, Point, Ring, Shapes, hilbert, measure};
use crate::{say, scale};

/// m²: what the areas of all units together may differ by from the graded area; where it is larger than 100 km², the share of it below.
const AREA: f64 = 0.01;
const SHARE: f64 = 1e-10;

/// The share of the graded area's outline that the open outlines of all units may differ by.
const OUTLINE: f64 = 1e-6;

/// How made units tile the graded area.
#[derive(Clone, Debug, PartialEq)]
pub struct Tiling {
    pub units: usize,
    /// m², of all units and of the graded area.
    pub area: f64,
    pub graded_area: f64,
    /// Metres of the units' outlines with no unit beside, and of the graded area's.
    pub outline: f64,
    pub graded_outline: f64,
    /// Pieces that joined a neighbour, and their m².
    pub joined: usize,
    pub joined_area: f64,
}

/// Joins slivers to their neighbours and draws the units, every line once for both sides.
///
/// # Errors
/// `units-not-tiling`.
pub(super) fn tile(pieces: &Pieces, plan: &MadeUnits, area: &Shapes) -> Outcome<(Units, Tiling)> {
    let Pieces { names, shapes, tolerance } = pieces;
    let order = along_curve(shapes);
    let coverage = Coverage::new(shapes, &order, *tolerance);
    let areas = scale::map(shapes.len(), |piece| measure::area(shapes.get(piece)));
    let open = coverage.open_lengths();
    let borders = coverage.borders();
    let part_of = slivers::joined(&Measured { areas: &areas, open: &open, borders: &borders }, plan);
    let labels: Vec<u32> = part_of.iter().map(|&host| host + 1).collect();
    let drawn = coverage.dissolve(&labels, 0.0);
    // What touches itself at a corner comes as several polygons of one label, one after the other.
    let mut order: Vec<u32> = (0..drawn.labels.len() as u32).collect();
    let name = |zone: u32| names.get(drawn.labels[zone as usize] as usize - 1);
    order.sort_by(|&a, &b| name(a).cmp(name(b)).then(a.cmp(&b)));
    let (mut ids, mut units) = (Texts::default(), Shapes::new(Kind::Polygon));
    for (at, &zone) in order.iter().enumerate() {
        drawn.shapes.get(zone as usize).rings().for_each(|ring| push_steady(&mut units, ring));
        let last = order.get(at + 1).is_none_or(|&next| drawn.labels[next as usize] != drawn.labels[zone as usize]);
        if last {
            units.end_feature();
            ids.push(name(zone));
        }
    }
    let gone = || (0..part_of.len()).filter(|&piece| part_of[piece] as usize != piece);
    let unit_areas = scale::map(units.len(), |unit| measure::area(units.get(unit)));
    let whole = Coverage::new(area, &along_curve(area), *tolerance);
    let tiling = Tiling {
        units: units.len(),
        area: unit_areas.iter().sum(),
        graded_area: area.iter().map(|shape| measure::area(shape)).sum(),
        outline: open.iter().sum(),
        graded_outline: whole.open_lengths().iter().sum(),
        joined: gone().count(),
        joined_area: gone().map(|piece| areas[piece]).sum(),
    };
    tiling.check()?;
    let centroids = scale::map(units.len(), |unit| measure::centroid(units.get(unit)).unwrap_or_default());
    let units = Units {
        ids: IdColumn::Text(ids),
        uses: vec![0; units.len()],
        areas: unit_areas,
        order: hilbert::order(&centroids),
        centroids,
        shapes: units,
        kept: Vec::new(),
    };
    Ok((units, tiling))
}

impl Tiling {
    /// Without overlap and gap, areas and open outlines are those of the graded area.
    fn check(&self) -> Outcome<()> {
        let Tiling { area, graded_area, outline, graded_outline, .. } = self;
        if (area - graded_area).abs() <= AREA.max(SHARE * graded_area)
            && (outline - graded_outline).abs() <= OUTLINE * graded_outline
        {
            return Ok(());
        }
        Err(Fault::new(
            "units-not-tiling",
            say!(
                "the units made have {area:.4} m² and {outline:.3} m of outline, the graded area {graded_area:.4} m² and {graded_outline:.3} m",
                "生成的单元合计 {area:.4} ㎡、外边界 {outline:.3} 米,定级范围为 {graded_area:.4} ㎡、{graded_outline:.3} 米"
            ),
            say!(
                "check the graded area and the layers laid over it for polygons that overlap or cross themselves",
                "请检查定级范围及叠置图层中是否有重叠或自相交的面"
            ),
        ))
    }
}

fn along_curve(shapes: &Shapes) -> Vec<u32> {
    let places: Vec<Point> = shapes.iter().map(|shape| measure::centroid(shape).unwrap_or_default()).collect();
    hilbert::order(&places)
}

/// Adds a ring from its lowest corner on, so that where the graded area's rings begin changes nothing.
fn push_steady(shapes: &mut Shapes, ring: Ring<'_>) {
    let corners = &ring.points[..ring.points.len() - 1];
    let lower = |a: &usize, b: &usize| {
        let (p, q) = (corners[*a], corners[*b]);
        p.x.total_cmp(&q.x).then(p.y.total_cmp(&q.y))
    };
    let first = (0..corners.len()).min_by(lower).unwrap_or(0);
    let mut points: Vec<Point> = corners[first..].iter().chain(&corners[..first]).copied().collect();
    points.extend(points.first().copied());
    shapes.push_ring(&points, ring.outer);
}
