//! T5, T9: the border with neighbouring districts; coordinates in the belt and in the district.

use super::between::ground_between;
use super::read::{self, Package, Rows};
use super::topology::{Ground, ground};
use super::{Found, Item, Options};
use crate::land::{Outcome, cancel};
use crate::package::rules::{Content, Limits};
use crate::say;
use crate::space::crs::Transform;
use crate::space::index::BoxIndex;
use crate::space::{Crs, Extent, Kind, Point, Shapes, measure};

/// The sides of polygons, to find how far a place lies from the nearest.
pub(super) struct Sides {
    sides: Vec<[Point; 2]>,
    index: BoxIndex,
}

impl Sides {
    pub(super) fn of(shapes: &Shapes) -> Sides {
        let rings = shapes.iter().flat_map(|shape| shape.rings());
        let sides: Vec<[Point; 2]> =
            rings.flat_map(|ring| ring.points.windows(2).map(|pair| [pair[0], pair[1]])).collect();
        let index = BoxIndex::new(sides.iter().map(|side| Extent::of(side)));
        Sides { sides, index }
    }

    /// The distance to the nearest side, where it is at most `within`.
    pub(super) fn distance(&self, place: Point, within: f64, near: &mut Vec<u32>) -> Option<f64> {
        self.index.touching(Extent::of(&[place]).grown(within), near);
        let squared = near.iter().map(|&at| {
            let [a, b] = self.sides[at as usize];
            measure::squared_distance_to_segment(place, a, b)
        });
        squared.min_by(f64::total_cmp).map(f64::sqrt).filter(|distance| *distance <= within)
    }
}

pub(super) fn neighbours(package: &Package<'_>, options: &Options<'_>) -> Outcome<Found> {
    if options.neighbours.is_empty() {
        return Ok(Err(say!("no package of a neighbour was named", "未指定相邻行政区的成果包")));
    }
    let (Some(own), Some(crs)) = (ground(package), system(package)) else {
        return Ok(Err(say!("the package has neither range nor grades", "成果包中没有定级范围和级别图层")));
    };
    let limits = package.rules.limits;
    let range = package.of(Content::Range).next().or_else(|| package.of(Content::Grades).next());
    let path = range.map(|layer| layer.path.clone()).unwrap_or_default();
    let (mut items, mut strangers, mut met_one) = (Vec::new(), Vec::new(), false);
    for folder in options.neighbours {
        cancel::checkpoint()?;
        let way = Options { rules: options.rules, neighbours: &[], folder, named: folder, unlisted: true };
        let other = read::package(&way)?;
        let name = &other.name;
        let (Some(mut theirs), Some(their_crs)) = (ground(&other), system(&other)) else {
            items.push(Item::of(&path, say!("{name} has neither range nor grades", "{name} 中没有定级范围和级别图层")));
            continue;
        };
        if !their_crs.same_as(crs) {
            Transform::new(their_crs, crs)?.apply(theirs.points_mut())?;
        }
        // Whichever side has a vertex the other has not, the two lines differ.
        let ((one, met), (other, met_too)) =
            (apart(&own, &theirs, limits, &path, name), apart(&theirs, &own, limits, &path, name));
        let between = ground_between(&own, &theirs, &path, name, limits.border_ground)?;
        if !(met || met_too) && between.is_empty() {
            strangers.push(name.clone());
            continue;
        }
        met_one = true;
        items.extend(one.into_iter().chain(other).chain(between));
    }
    let (list, reach) = (strangers.join(", "), limits.border_reach);
    match (strangers.is_empty(), met_one || !items.is_empty()) {
        (true, _) => {}
        (false, false) => {
            return Ok(Err(say!("no border in common within {reach} m: {list}", "{reach} m 内没有共同边界:{list}")));
        }
        (false, true) => items.push(Item::of(
            &path,
            say!("no border in common with {list} within {reach} m", "与 {list} 在 {reach} m 内没有共同边界"),
        )),
    }
    Ok(Ok(items))
}

/// The vertices of one that lie at the line of the other and meet none of its vertices; and whether any lies there.
fn apart(one: &Shapes, other: &Shapes, limits: Limits, path: &str, name: &str) -> (Vec<Item>, bool) {
    let sides = Sides::of(other);
    let corners = BoxIndex::new(other.points().iter().map(|point| Extent::of(&[*point])));
    let (mut near, mut seen, mut items) = (Vec::new(), std::collections::BTreeSet::new(), Vec::new());
    let mut met = false;
    for place in one.points() {
        let new = seen.insert((place.x.to_bits(), place.y.to_bits()));
        if !new || sides.distance(*place, limits.border_reach, &mut near).is_none() {
            continue;
        }
        met = true;
        let apart = corners.nearest(*place).map_or(f64::INFINITY, |(_, squared)| squared.sqrt());
        if apart > limits.border {
            let most = limits.border;
            let what = say!(
                "at the border with {name} the nearest vertex of the other side is {apart:.3} m off, {most} are allowed",
                "与 {name} 接边处,对方最近的节点相距 {apart:.3} m,允许 {most} m"
            );
            items.push(Item::of(path, what).at(Some(*place)));
        }
    }
    (items, met)
}

fn system<'p>(package: &'p Package<'_>) -> Option<&'p Crs> {
    package.layers.iter().find(|layer| layer.is_placed).and_then(|layer| layer.crs.as_ref())
}

pub(super) fn placed(package: &Package<'_>) -> Outcome<Found> {
    let mut items = Vec::new();
    let limits = package.rules.limits;
    for layer in &package.layers {
        let extent = layer.shapes.extent();
        let Some((crs, meridian)) = layer.crs.as_ref().and_then(|crs| Some((crs, crs.central_meridian()?))) else {
            continue;
        };
        if extent.is_empty() {
            continue;
        }
        let mut corners = extent.rim(4);
        Transform::new(crs, &Crs::parse("EPSG:4490")?)?.apply(&mut corners)?;
        let off = corners.iter().map(|corner| (corner.x - meridian).abs()).fold(0.0, f64::max);
        if off.is_nan() || off > limits.belt {
            let belt = limits.belt;
            let what = say!(
                "coordinates reach {off:.2}° from the central meridian {meridian}°, {belt}° are allowed",
                "坐标距中央子午线 {meridian}° 达 {off:.2}°,允许 {belt}°"
            );
            items.push(Item::of(&layer.path, what));
        }
    }
    items.extend(beyond(package));
    if items.is_empty()
        && package.layers.iter().all(|layer| layer.crs.as_ref().and_then(Crs::central_meridian).is_none())
    {
        return Ok(Err(say!("no layer is in a belt", "没有分带投影的图层")));
    }
    Ok(Ok(items))
}

/// The first vertex of each row that lies outside the district, where the package has its polygon.
fn beyond(package: &Package<'_>) -> Vec<Item> {
    let mut districts = Shapes::new(Kind::Polygon);
    let layers = package.of(Content::Districts).filter(|layer| layer.shapes.kind == Kind::Polygon);
    layers.flat_map(|layer| layer.shapes.iter()).for_each(|shape| districts.push_shape(shape));
    if districts.is_empty() {
        return Vec::new();
    }
    let (inside, sides) = (Ground::new(&districts), Sides::of(&districts));
    let mut items = Vec::new();
    let mut near = Vec::new();
    let most = package.rules.limits.border;
    for layer in package
        .layers
        .iter()
        .filter(|layer| layer.is_placed && !matches!(layer.rule.of, Content::Districts | Content::Roads))
    {
        for row in 0..layer.rows() {
            let mut places = layer.shapes.get(row).points().iter();
            let beyond =
                places.find(|place| !inside.covers(**place) && sides.distance(**place, most, &mut near).is_none());
            if let Some(place) = beyond {
                items.push(
                    Item::of(&layer.path, say!("a vertex lies outside the district", "节点在行政区之外"))
                        .in_row(row + 1)
                        .at(Some(*place)),
                );
            }
        }
    }
    items
}
