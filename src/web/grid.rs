//! Projected coordinates, as print sheets have them on their frame, to be found on the page.

use crate::land::Fault;
use crate::land::Outcome;
use crate::say;
use crate::space::crs::Transform;
use crate::space::{Crs, Extent, Point};
use serde_json::{Value, json};

/// Metres in one unit of the polynomial.
const UNIT: f64 = 1e5;

/// Longitude and latitude as polynomials of the second degree around the middle, so that the page needs no projection: a metre off at 35 km from it
/// at most. `null` for a release in degrees.
pub(super) fn of(crs: &Crs, extent: Extent) -> Outcome<Value> {
    if crs.geographic || extent.is_empty() {
        return Ok(Value::Null);
    }
    let middle = Point::new((extent.min.x + extent.max.x) / 2.0, (extent.min.y + extent.max.y) / 2.0);
    let half = ((extent.max.x - extent.min.x).max(extent.max.y - extent.min.y) / 2.0).max(1000.0);
    let (a, b) = polynomials(crs, middle, half)?;
    Ok(json!({
        "west": extent.min.x, "south": extent.min.y, "east": extent.max.x, "north": extent.max.y,
        "mid": [middle.x, middle.y], "zone": zone(crs), "to": [a, b],
    }))
}

/// By differences over nine places: 1, u, v, u², uv, v².
fn polynomials(crs: &Crs, middle: Point, half: f64) -> Outcome<([f64; 6], [f64; 6])> {
    let steps = [-1.0, 0.0, 1.0];
    let mut places: Vec<Point> =
        steps.iter().flat_map(|v| steps.map(|u| Point::new(middle.x + u * half, middle.y + v * half))).collect();
    Transform::new(crs, &crate::formats::geojson::degrees_of(crs)?)?.apply(&mut places)?;
    if places.iter().any(|place| !place.x.is_finite() || !place.y.is_finite()) {
        let what = say!("places beside the map have no longitude and latitude", "图幅附近的坐标无法换算为经纬度");
        return Err(Fault::new(
            "no-transform",
            what,
            say!("check the coordinate system of the release", "请检查成果的坐标系"),
        ));
    }
    let h = half / UNIT;
    let fit = |of: &dyn Fn(&Point) -> f64| {
        let at = |u: usize, v: usize| of(&places[3 * v + u]);
        let twice = |one: f64, middle: f64, other: f64| (one - 2.0 * middle + other) / (2.0 * h * h);
        [
            at(1, 1),
            (at(2, 1) - at(0, 1)) / (2.0 * h),
            (at(1, 2) - at(1, 0)) / (2.0 * h),
            twice(at(2, 1), at(1, 1), at(0, 1)),
            (at(2, 2) - at(2, 0) - at(0, 2) + at(0, 0)) / (4.0 * h * h),
            twice(at(1, 2), at(1, 1), at(1, 0)),
        ]
    };
    Ok((fit(&|place| place.x), fit(&|place| place.y)))
}

/// The number of a zone of CGCS2000 that eastings may have in front; `None` where they have it already, and of other systems.
fn zone(crs: &Crs) -> Option<u32> {
    match crs.epsg? {
        code @ 4534..=4554 => Some(code - 4534 + 25),
        code @ 4502..=4512 => Some(code - 4502 + 13),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_of_a_city_is_found_within_decimetres() {
        let crs = Crs::parse("EPSG:4547").expect("known");
        let extent = Extent::of(&[Point::new(505_000.0, 3_370_000.0), Point::new(535_000.0, 3_400_000.0)]);
        let told = of(&crs, extent).expect("fits");
        let number = |value: &Value| value.as_f64().expect("a number");
        let (mid_x, mid_y) = (number(&told["mid"][0]), number(&told["mid"][1]));
        for (x, y) in [(528_000.0, 3_388_000.0), (505_000.0, 3_400_000.0), (535_000.0, 3_370_000.0)] {
            let (u, v) = ((x - mid_x) / UNIT, (y - mid_y) / UNIT);
            let terms = [1.0, u, v, u * u, u * v, v * v];
            let value = |at: usize| -> f64 { (0..6).map(|term| number(&told["to"][at][term]) * terms[term]).sum() };
            let mut exact = [Point::new(x, y)];
            let degrees = Crs::parse("EPSG:4490").expect("known");
            Transform::new(&crs, &degrees).expect("known").apply(&mut exact).expect("inside");
            // A degree of latitude is 111 km.
            assert!((value(0) - exact[0].x).abs() * 111_000.0 < 0.5 && (value(1) - exact[0].y).abs() * 111_000.0 < 0.5);
        }
        assert_eq!(told["zone"], 38);
        assert_eq!(of(&Crs::parse("EPSG:4490").expect("known"), extent).expect("nothing"), Value::Null);
    }
}
