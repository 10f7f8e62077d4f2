//! Old Chinese datums: Beijing 1954 and Xian 1980 lie up to a hundred metres from CGCS2000 and WGS 84, by a shift that differs from place to
//! place and is not public. PROJ knows none, moves nothing and says nothing, so a way to or from such a system is refused until the user gives
//! the shift. Within one datum nothing is shifted, and nothing is asked.

use super::Crs;
use crate::land::{Fault, Outcome};
use crate::say;

/// Refuses the way between two systems where one is on an old datum, or on its bare ellipsoid, that the other is not on, unless its definition
/// brings the shift along (`TOWGS84`).
///
/// # Errors
/// `datum-needs-parameters` with the datum's name.
pub fn check(from: &Crs, to: &Crs) -> Outcome<()> {
    let unshifted = |crs: &Crs| Old::of(crs).filter(|_| !crs.has_shift());
    let (crs, old, other) = match (unshifted(from), unshifted(to)) {
        (None, None) => return Ok(()),
        (Some(one), Some(two)) if one == two => return Ok(()),
        (Some(old), _) => (from, old, to),
        (None, Some(old)) => (to, old, from),
    };
    let (label, datum, ellipsoid, other) = (crs.label(), old.name(), old.ellipsoid(), other.label());
    Err(Fault::new(
        "datum-needs-parameters",
        say!(
            "{label} is on the datum {datum}, whose shift to {other} differs from place to place and is not given",
            "{label} 属 {datum} 坐标系,与 {other} 之间的转换参数因地而异,且未给出"
        ),
        say!(
            "bring both to one datum first with the survey office's parameters, or write them into the crs of {label}, such as \
             \"+proj=tmerc +lon_0=114 +x_0=500000 +ellps={ellipsoid} +towgs84=dx,dy,dz,rx,ry,rz,ppm +units=m\"",
            "请先用测绘部门的参数把两者转换到同一坐标系,或把参数写入 {label} 的 crs,\
             如 \"+proj=tmerc +lon_0=114 +x_0=500000 +ellps={ellipsoid} +towgs84=dx,dy,dz,rx,ry,rz,ppm +units=m\""
        ),
    ))
}

/// Whether a system is on an old datum, with a shift or without.
pub fn is_old(crs: &Crs) -> bool {
    Old::of(crs).is_some()
}

/// A datum without a public shift.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Old {
    Beijing1954,
    Xian1980,
    NewBeijing,
}

impl Old {
    fn name(self) -> &'static str {
        match self {
            Old::Beijing1954 => "Beijing 1954",
            Old::Xian1980 => "Xian 1980",
            Old::NewBeijing => "New Beijing",
        }
    }

    /// PROJ's name of its ellipsoid.
    fn ellipsoid(self) -> &'static str {
        match self {
            Old::Beijing1954 | Old::NewBeijing => "krass",
            Old::Xian1980 => "IAU76",
        }
    }

    /// The old datum a system is on: by its code, else by the names in its definition.
    fn of(crs: &Crs) -> Option<Old> {
        // EPSG's geographic systems on these datums, and the projected ones that rest on them (EPSG dataset 10.076, as in PROJ 9.1).
        match crs.epsg {
            Some(4214 | 2401..=2442 | 21413..=21423 | 21453..=21463 | 21473..=21483) => return Some(Old::Beijing1954),
            Some(4610 | 2327..=2390) => return Some(Old::Xian1980),
            Some(4555 | 4568..=4589 | 4652..=4656 | 4766..=4800 | 4812 | 4822) => return Some(Old::NewBeijing),
            _ => {}
        }
        let (quoted, _) = quoted_after(&crs.wkt, "DATUM[")?;
        let datum = plain(quoted);
        if datum.contains("newbeijing") {
            return Some(Old::NewBeijing);
        }
        if datum.contains("beijing") || datum.contains("北京") {
            return Some(Old::Beijing1954);
        }
        if datum.contains("xian") || datum.contains("西安") {
            return Some(Old::Xian1980);
        }
        if nameless(quoted) { Old::of_ellipsoid(&crs.wkt, &datum) } else { None }
    }

    /// A datum without a name of its own is its ellipsoid: Krassowsky's in Chinese data means Beijing 1954, that of 1975 means Xian 1980. The
    /// ellipsoid is known by its name or by its axes.
    fn of_ellipsoid(wkt: &str, datum: &str) -> Option<Old> {
        let (name, behind) = quoted_after(wkt, "SPHEROID[").unwrap_or_default();
        let (name, axes) = (plain(name), axes(behind));
        let named = |words: &[&str]| words.iter().any(|word| datum.contains(word) || name.contains(word));
        // Metres, and one over the flattening; files round them.
        let is = |radius: f64, flattening: f64| {
            axes.is_some_and(|(a, f)| (a - radius).abs() < 0.5 && (f - flattening).abs() < 0.001)
        };
        if named(&["krassov", "krassow", "krasov", "krasow"]) || is(6_378_245.0, 298.3) {
            Some(Old::Beijing1954)
        } else if named(&["iag1975", "iau1976", "iau76", "xian"]) || is(6_378_140.0, 298.257) {
            Some(Old::Xian1980)
        } else {
            None
        }
    }
}

/// Whether a datum's name says that it has none, or is its ellipsoid's. ESRI puts `D_` in front of names.
fn nameless(datum: &str) -> bool {
    let own = datum.strip_prefix("D_").or(datum.strip_prefix("d_")).unwrap_or(datum);
    let own = plain(own);
    let words = ["unknown", "notspecified", "unspecified", "unnamed", "undefined", "userdefined", "custom"];
    let ellipsoids = ["kras", "iag1975", "iau1976", "iau76"];
    own.is_empty() || words.iter().chain(&ellipsoids).any(|word| own.starts_with(word))
}

/// The first quoted text behind `key` in WKT, and what comes behind it.
fn quoted_after<'a>(wkt: &'a str, key: &str) -> Option<(&'a str, &'a str)> {
    let (_, rest) = wkt.split_once(key)?;
    let (_, rest) = rest.split_once('"')?;
    rest.split_once('"')
}

/// The two numbers behind the name of an ellipsoid: half the longer axis in metres, one over the flattening.
fn axes(behind: &str) -> Option<(f64, f64)> {
    let mut numbers = behind.trim_start().strip_prefix(',')?.split([',', ']']).map(|number| number.trim().parse().ok());
    Some((numbers.next()??, numbers.next()??))
}

/// Lower case, without spaces and punctuation.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
#[path = "datum_tests.rs"]
mod tests;
