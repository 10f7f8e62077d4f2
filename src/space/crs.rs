//! Coordinate reference systems: read from a definition, named, described for outputs, transformed between.

use super::once::each_once;
use super::{Point, Shapes};
use crate::land::{Fault, Outcome, Text};
use crate::{say, scale};
use gdal::spatial_ref::SpatialRef;

/// The name of the plane system of a release without geometry.
pub const NOWHERE: &str = "no geometry";

/// A coordinate reference system; coordinates are always east before north, whatever its axes say.
#[derive(Clone, Debug, PartialEq)]
pub struct Crs {
    /// The EPSG code, where it has one.
    pub epsg: Option<u32>,
    /// Its name, such as `CGCS2000 / 3-degree Gauss-Kruger CM 114E`.
    pub name: String,
    /// WKT 1 as GDAL writes it, which files and other programs read.
    pub wkt: String,
    /// Whether coordinates are degrees.
    pub geographic: bool,
    /// Metres in one unit of a projected system (US survey foot: 0.3048006096…).
    pub metres_per_unit: f64,
}

impl Crs {
    /// Reads `EPSG:4547`, a bare code, WKT or a PROJ string.
    ///
    /// # Errors
    /// `unknown-crs` where PROJ's database does not know it.
    pub fn parse(definition: &str) -> Outcome<Crs> {
        super::quiet::gdal();
        let definition = definition.trim();
        let with_authority = if definition.bytes().all(|b| b.is_ascii_digit()) && !definition.is_empty() {
            format!("EPSG:{definition}")
        } else {
            definition.to_string()
        };
        let shown: String = definition.chars().take(60).collect();
        SpatialRef::from_definition(&with_authority)
            .map_err(|_| ())
            .and_then(|srs| Crs::of_srs(&srs).ok_or(()))
            .map_err(|()| {
                Fault::new(
                    "unknown-crs",
                    say!(
                        "\"{shown}\" is no coordinate reference system that PROJ knows",
                        "PROJ 不认识坐标系「{shown}」"
                    ),
                    say!("write an EPSG code such as EPSG:4547, or WKT", "请写 EPSG 代码(如 EPSG:4547)或 WKT"),
                )
            })
    }

    /// Describes what GDAL read; `None` where the system has no WKT.
    pub fn of_srs(srs: &SpatialRef) -> Option<Crs> {
        let mut srs = srs.clone();
        let own = |srs: &SpatialRef| {
            let epsg = srs.auth_name().is_some_and(|name| name == "EPSG");
            epsg.then(|| srs.auth_code().ok()).flatten().and_then(|code| u32::try_from(code).ok())
        };
        let mut epsg = own(&srs);
        if epsg.is_none() && srs.auto_identify_epsg().is_ok() {
            epsg = own(&srs);
        }
        Some(Crs {
            epsg,
            name: srs.name().unwrap_or_else(|| "unnamed".to_string()),
            wkt: srs.to_wkt().ok().filter(|wkt| !wkt.is_empty())?,
            geographic: srs.is_geographic(),
            metres_per_unit: if srs.is_projected() { srs.linear_units() } else { 1.0 },
        })
    }

    /// `EPSG:4547`, or the name where there is no code.
    pub fn label(&self) -> String {
        self.epsg.map_or_else(|| self.name.clone(), |code| format!("EPSG:{code}"))
    }

    /// As readers see it: the label, or in their language that there is none.
    pub fn title(&self) -> Text {
        match (self.epsg, self.name.as_str()) {
            (None, NOWHERE) => say!("none (no geometry)", "无(没有几何)"),
            _ => Text::same(self.label()),
        }
    }

    /// The central meridian of a transverse Mercator projection, degrees east; `None` of other systems.
    pub fn central_meridian(&self) -> Option<f64> {
        let srs = SpatialRef::from_wkt(&self.wkt).ok()?;
        let transverse = self.wkt.contains("Transverse_Mercator") || self.wkt.contains("Gauss");
        srs.get_proj_param("central_meridian").ok().flatten().filter(|_| transverse && !self.geographic)
    }

    /// Whether its places are on the datum WGS 84 itself.
    pub fn is_wgs_84(&self) -> bool {
        !self.has_shift() && ["WGS_1984", "World Geodetic System 1984"].iter().any(|name| self.wkt.contains(name))
    }

    /// Whether its definition brings along the shift of its datum to WGS 84.
    pub fn has_shift(&self) -> bool {
        self.wkt.contains("TOWGS84[")
    }

    /// What PROJ is given to name this system; a shift of its own is not given up for a code.
    fn definition(&self) -> String {
        let code = self.epsg.filter(|_| !self.has_shift());
        code.map_or_else(|| self.wkt.clone(), |code| format!("EPSG:{code}"))
    }

    /// The description GeoParquet wants.
    pub fn projjson(&self) -> Option<String> {
        SpatialRef::from_definition(&self.definition()).ok()?.to_projjson().ok()
    }

    /// Whether both systems put a place at the same coordinates: the same code, or the same definition.
    pub fn same_as(&self, other: &Crs) -> bool {
        match (self.epsg, other.epsg) {
            (Some(one), Some(two)) => one == two,
            _ => self.wkt == other.wkt,
        }
    }
}

/// Transforms all coordinates, in parallel.
///
/// # Errors
/// As [`Transform::new`] and [`Transform::apply`].
pub fn transform(shapes: &mut Shapes, from: &Crs, to: &Crs) -> Outcome<()> {
    let done = scale::pieces_mut(
        shapes.points_mut(),
        65_536,
        || Transform::new(from, to),
        |transform, points| match transform {
            Ok(transform) => transform.apply(points),
            Err(fault) => Err(fault.clone()),
        },
    );
    done.into_iter().collect()
}

/// The way from one system to another.
pub struct Transform {
    steps: Vec<proj::Proj>,
}

impl Transform {
    /// # Errors
    /// `datum-needs-parameters` where a datum has no public shift, `no-transform` where PROJ knows no way.
    pub fn new(from: &Crs, to: &Crs) -> Outcome<Transform> {
        super::datum::check(from, to)?;
        Transform::of(from, to)
    }

    /// As [`Transform::new`], where a datum that is left as it is does no harm.
    pub(super) fn of(from: &Crs, to: &Crs) -> Outcome<Transform> {
        let mut stops = vec![from.definition(), to.definition()];
        // A datum shift in a definition leads to WGS 84; straight to CGCS2000, PROJ 9.1 drops it without a word.
        if from.has_shift() || to.has_shift() {
            stops.insert(1, "EPSG:4326".to_string());
        }
        let (one, two) = (from.label(), to.label());
        let steps = stops.windows(2).map(|pair| proj::Proj::new_known_crs(&pair[0], &pair[1], None));
        steps.collect::<Result<_, _>>().map(|steps| Transform { steps }).map_err(|error| {
            Fault::new(
                "no-transform",
                say!("PROJ finds no way from {one} to {two}: {error}", "PROJ 找不到从 {one} 到 {two} 的转换:{error}"),
                say!(
                    "give the layer's true CRS in the project file (crs = …)",
                    "请在项目文件中写明图层真实的坐标系(crs = …)"
                ),
            )
        })
    }

    /// Transforms places in place, all in one call.
    ///
    /// # Errors
    /// `no-transform` where a place lies outside what the transformation covers; it names the first such place.
    pub fn apply(&self, points: &mut [Point]) -> Outcome<()> {
        let given = points.to_vec();
        let convert = |step: &proj::Proj, places: &mut [Point]| step.convert_array(places).map(|_| ());
        let done = each_once(points, |places| self.steps.iter().try_for_each(|step| convert(step, places))).is_ok();
        if done && points.iter().all(|point| point.x.is_finite() && point.y.is_finite()) {
            return Ok(());
        }
        let there = |place: Point| self.steps.iter().try_fold(place, |place, step| step.convert(place));
        let lost =
            |point: &&Point| there(**point).ok().is_none_or(|there| !there.x.is_finite() || !there.y.is_finite());
        let Point { x, y } = given.iter().find(lost).or(given.first()).copied().unwrap_or_default();
        Err(Fault::new(
            "no-transform",
            say!("the place ({x}, {y}) cannot be transformed", "坐标 ({x}, {y}) 无法转换"),
            say!("check the layer's CRS and the order of its coordinates", "请检查图层的坐标系和坐标顺序"),
        ))
    }
}

impl proj::Coord<f64> for Point {
    fn x(&self) -> f64 {
        self.x
    }

    fn y(&self) -> f64 {
        self.y
    }

    fn from_xy(x: f64, y: f64) -> Point {
        Point { x, y }
    }
}
