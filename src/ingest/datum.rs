//! Old Chinese datums: Beijing 1954 and Xian 1980 lie up to a hundred metres from CGCS2000 and WGS 84, by a shift that differs from place to
//! place and is not public. PROJ knows none, moves nothing and says nothing, so such layers are refused until the user gives the shift.

use crate::land::{Fault, Outcome};
use crate::say;
use crate::space::Crs;

/// Refuses a system on an old datum, or on its bare ellipsoid, unless its definition brings the shift along (`TOWGS84`).
///
/// # Errors
/// `datum-needs-parameters` with the datum's name.
pub fn check(crs: &Crs) -> Outcome<()> {
    let Some(datum) = old_datum(crs).filter(|_| !crs.has_shift()) else { return Ok(()) };
    let label = crs.label();
    Err(Fault::new(
        "datum-needs-parameters",
        say!(
            "{label} is on the datum {datum}, whose shift to CGCS2000 differs from place to place and is not given",
            "{label} 属 {datum} 坐标系,与 CGCS2000 之间的转换参数因地而异,且未给出"
        ),
        say!(
            "transform the layer with the survey office's parameters first, or write them into crs, such as \
             \"+proj=tmerc +lon_0=114 +x_0=500000 +ellps=IAU76 +towgs84=dx,dy,dz,rx,ry,rz,ppm +units=m\"",
            "请先用测绘部门的参数转换图层,或把参数写入 crs,\
             如 \"+proj=tmerc +lon_0=114 +x_0=500000 +ellps=IAU76 +towgs84=dx,dy,dz,rx,ry,rz,ppm +units=m\""
        ),
    ))
}

/// The old datum a system is on: by its code, else by the names in its definition.
fn old_datum(crs: &Crs) -> Option<&'static str> {
    // EPSG's geographic systems on these datums, and the projected ones that rest on them (EPSG dataset 10.076, as in PROJ 9.1).
    match crs.epsg {
        Some(4214 | 2401..=2442 | 21413..=21423 | 21453..=21463 | 21473..=21483) => return Some("Beijing 1954"),
        Some(4610 | 2327..=2390) => return Some("Xian 1980"),
        Some(4555 | 4568..=4589 | 4652..=4656 | 4766..=4800 | 4812 | 4822) => return Some("New Beijing"),
        _ => {}
    }
    let datum = plain(quoted_after(&crs.wkt, "DATUM[")?);
    if datum.contains("newbeijing") {
        return Some("New Beijing");
    }
    if datum.contains("beijing") || datum.contains("北京") {
        return Some("Beijing 1954");
    }
    if datum.contains("xian") || datum.contains("西安") {
        return Some("Xian 1980");
    }
    // A datum without a name of its own is its ellipsoid: Krassowsky's in Chinese data means Beijing 1954, that of 1975 means Xian 1980.
    let nameless = ["unknown", "notspecified", "unnamed", "dkras", "kras", "diag1975", "dxian"];
    if !nameless.iter().any(|word| datum.starts_with(word)) {
        return None;
    }
    let ellipsoid = plain(quoted_after(&crs.wkt, "SPHEROID[").unwrap_or_default());
    let bare = |words: [&str; 2]| words.iter().any(|word| datum.contains(word) || ellipsoid.contains(word));
    match () {
        () if bare(["krassov", "krassow"]) || bare(["krasov", "krasow"]) => Some("Beijing 1954 (Krassowsky)"),
        () if bare(["iag1975", "iau1976"]) || bare(["iau76", "xian"]) => Some("Xian 1980 (IAG 1975)"),
        () => None,
    }
}

/// The first quoted text behind `key` in WKT.
fn quoted_after<'a>(wkt: &'a str, key: &str) -> Option<&'a str> {
    let (_, rest) = wkt.split_once(key)?;
    let (_, rest) = rest.split_once('"')?;
    rest.split_once('"').map(|(name, _)| name)
}

/// Lower case, without spaces and punctuation.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
#[path = "datum_tests.rs"]
mod tests;
