//! T3, T4: grades and grading range laid over one another, use by use.

use super::read::{Package, Rows};
use super::{Found, Item};
use crate::land::{Outcome, cancel};
use crate::package::rules::Content;
use crate::say;
use crate::space::faces::{Cover, Faces};
use crate::space::outline::Outline;
use crate::space::{Kind, Shapes, measure};

/// Corners nearer than this, m, are one: layers of a package may differ by what their coordinates are rounded to.
const TOLERANCE: f64 = 1e-4;
/// Ground of the range that no grade covers.
const GAP: u32 = 1;
/// Ground of grades outside the range.
const OUTSIDE: u32 = 2;

pub(super) fn gaps(package: &Package<'_>) -> Outcome<Found> {
    laid_over(package, GAP)
}

pub(super) fn outside(package: &Package<'_>) -> Outcome<Found> {
    laid_over(package, OUTSIDE)
}

fn laid_over(package: &Package<'_>, wanted: u32) -> Outcome<Found> {
    if package.of(Content::Range).next().is_none() || package.of(Content::Grades).next().is_none() {
        return Ok(Err(say!("the package has no range, or no grades", "成果包中没有定级范围或级别图层")));
    }
    let mut items = Vec::new();
    for of_use in 0..package.rules.uses.len() {
        cancel::checkpoint()?;
        let grades = shapes(package, Content::Grades, of_use, false);
        if grades.1.is_empty() {
            let (path, own) = shapes(package, Content::Range, of_use, false);
            if wanted == GAP && !own.is_empty() {
                let (name, area) = (&package.rules.uses[of_use].name, own.iter().map(measure::area).sum::<f64>());
                let what = say!(
                    "{area:.2} m² are graded for {name}, which has no grades",
                    "{name} 有定级范围 {area:.2} m²,但没有级别"
                );
                items.push(Item::of(path, what));
            }
            continue;
        }
        let range = shapes(package, Content::Range, of_use, true);
        if range.1.is_empty() {
            if wanted == OUTSIDE {
                let name = &package.rules.uses[of_use].name;
                items.push(Item::of(grades.0, say!("there is no range of {name}", "没有{name}的定级范围")));
            }
            continue;
        }
        if Outline::of(&grades.1).is_same(&Outline::of(&range.1)) {
            continue;
        }
        let faces = match Faces::of(&[&range.1, &grades.1], TOLERANCE) {
            Ok(faces) => faces,
            Err(fault) if fault.code == "cancelled" => return Err(fault),
            Err(fault) => {
                items.push(Item::of(&grades.0, fault.what));
                continue;
            }
        };
        let [in_range, in_grades] = [&range.1, &grades.1].map(Cover::new);
        let mut near = Vec::new();
        let labels: Vec<u32> = faces
            .places()
            .iter()
            .map(|place| {
                let range = in_range.smallest(*place, &mut near).is_some();
                let grades = in_grades.smallest(*place, &mut near).is_some();
                match (range, grades) {
                    (true, false) => GAP,
                    (false, true) => OUTSIDE,
                    _ => 0,
                }
            })
            .collect();
        let (pieces, labels) = faces.joined(&labels);
        let (mut small, mut small_area) = (0, 0.0);
        for (piece, _) in pieces.iter().zip(&labels).filter(|(_, label)| **label == wanted) {
            let area = measure::area(piece);
            if area <= package.rules.limits.gap {
                (small, small_area) = (small + 1, small_area + area);
                continue;
            }
            let what = match wanted {
                GAP => say!("{area:.2} m² of the range have no grade", "定级范围内 {area:.2} m² 没有级别"),
                _ => say!("{area:.2} m² of grades lie outside the range", "级别有 {area:.2} m² 在定级范围之外"),
            };
            items.push(Item::of(&grades.0, what).at(measure::point_on_surface(piece)));
        }
        let most = package.rules.limits.gap_total;
        if small_area > most {
            let what = match wanted {
                GAP => say!(
                    "{small} small pieces of the range, together {small_area:.2} m² (limit {most}), have no grade",
                    "定级范围内 {small} 处零碎地块共 {small_area:.2} m²(限值 {most})没有级别"
                ),
                _ => say!(
                    "{small} small pieces of grades, together {small_area:.2} m² (limit {most}), lie outside the range",
                    "级别有 {small} 处零碎地块共 {small_area:.2} m²(限值 {most})在定级范围之外"
                ),
            };
            items.push(Item::of(&grades.0, what));
        }
    }
    Ok(Ok(items))
}

/// The polygons of a use, with the path of the first layer; where `shared`, rows that state no use are of each.
fn shapes(package: &Package<'_>, content: Content, of_use: usize, shared: bool) -> (String, Shapes) {
    let (mut path, mut all) = (String::new(), Shapes::new(Kind::Polygon));
    for layer in package.of(content).filter(|layer| layer.shapes.kind == Kind::Polygon) {
        for row in 0..layer.rows() {
            let own = layer.use_of_row(package.rules, row);
            if own == Some(of_use) || (shared && own.is_none()) {
                all.push_shape(layer.shapes.get(row));
                if path.is_empty() {
                    path.clone_from(&layer.path);
                }
            }
        }
    }
    (path, all)
}
