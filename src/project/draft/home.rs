//! The project's coordinate system, and whether places that tell none lie where the units do.

use super::LayerInfo;
use super::quote::comment;
use crate::space::{Crs, Extent, Point, datum, zone};

/// What is said of units on a datum without a public shift.
const OLD: &str = "; an old datum: results are to be in CGCS2000, bring the layers there with the survey office's parameters / 旧坐标系:成果应采用 CGCS2000,请先用测绘部门的参数转换";

/// Where the project is at home.
pub(super) struct Home {
    /// What `crs` of the project is.
    pub crs: String,
    /// The comment behind it.
    pub why: String,
    /// The units' system where they are in degrees.
    pub degrees: Option<String>,
    /// The units' extent where they are in the project's system.
    extent: Option<Extent>,
}

impl Home {
    /// The units' own system where it is projected in metres, else one near them.
    pub fn of(units: Option<&LayerInfo>) -> Home {
        let own = units.and_then(|info| info.crs.as_ref());
        let extent = units.and_then(|info| info.extent).filter(|extent| !extent.is_empty());
        if let Some(crs) = own.filter(|crs| !crs.geographic && (crs.metres_per_unit - 1.0).abs() < 1e-12) {
            let mut why = format!("of the units, {} / 与单元图层相同", comment(&crs.name));
            if datum::is_old(crs) {
                why = format!("? {why}{OLD}");
            }
            return Home { crs: definition(crs), why, degrees: None, extent };
        }
        let degrees = own.filter(|crs| crs.geographic);
        let (code, why) = match extent.filter(|_| degrees.is_some()) {
            Some(Extent { min, max }) => (
                zone::suitable(Point::new((min.x + max.x) / 2.0, (min.y + max.y) / 2.0)),
                "? the units are in degrees; a projected system near them / 单元为经纬度,取邻近的投影坐标系",
            ),
            None => (4547, "? the units' system is unknown; this is an example / 单元坐标系未知,此为示例"),
        };
        let old = if degrees.is_some_and(datum::is_old) { OLD } else { "" };
        Home { crs: format!("EPSG:{code}"), why: format!("{why}{old}"), degrees: degrees.map(definition), extent: None }
    }

    /// Whether the extent meets that of the units.
    pub fn meets(&self, other: Option<Extent>) -> bool {
        let near = |home: &Extent, other: &Extent| {
            home.min.x <= other.max.x
                && other.min.x <= home.max.x
                && home.min.y <= other.max.y
                && other.min.y <= home.max.y
        };
        self.extent.zip(other).is_some_and(|(home, other)| near(&home, &other))
    }

    /// Whether coordinates meet the units.
    pub fn holds(&self, places: &[(f64, f64)]) -> bool {
        let points: Vec<Point> = places.iter().map(|(x, y)| Point::new(*x, *y)).collect();
        self.meets(Some(Extent::of(&points)))
    }
}

fn definition(crs: &Crs) -> String {
    crs.epsg.map_or_else(|| crs.wkt.clone(), |code| format!("EPSG:{code}"))
}
