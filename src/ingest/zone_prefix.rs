//! Gauss–Krüger coordinates with and without the zone number in front told apart.
//!
//! CGCS2000: EPSG 4491–4501 (6°) and 4513–4533 (3°) carry the zone number in the easting (eight digits), 4502–4512 and 4534–4554 do not.

use crate::land::{Fault, Outcome};
use crate::say;
use crate::space::{Crs, Extent};

/// Refuses coordinates whose magnitude contradicts their system.
///
/// # Errors
/// `zone-prefix`, with the code that would fit where EPSG has one.
pub fn check(crs: &Crs, extent: Extent, place: &str) -> Outcome<()> {
    let Some(false_easting) = false_easting(crs) else { return Ok(()) };
    let with_prefix = false_easting > 1e7;
    let (low, high) = (extent.min.x, extent.max.x);
    if extent.is_empty() || (with_prefix && low > 1e7) || (!with_prefix && high < 1e7) {
        return Ok(());
    }
    let label = crs.label();
    let what = if with_prefix {
        say!(
            "{label} puts the zone number before the easting, but eastings run from {low:.0} to {high:.0}",
            "{label} 的横坐标应带带号,但实际为 {low:.0} 至 {high:.0}"
        )
    } else {
        say!(
            "{label} has no zone number before the easting, but eastings run from {low:.0} to {high:.0}",
            "{label} 的横坐标不带带号,但实际为 {low:.0} 至 {high:.0}"
        )
    };
    let help = match crs.epsg.and_then(counterpart) {
        Some(other) => say!(
            "write crs = \"EPSG:{other}\" for this layer if that is what it is in, or mend its coordinates",
            "若实际坐标系如此,请为该图层写 crs = \"EPSG:{other}\",否则请更正坐标"
        ),
        None => say!(
            "write crs = \"EPSG:…\" for this layer with the system its coordinates are in, or mend them",
            "请为该图层写明坐标实际采用的坐标系 crs = \"EPSG:…\",或更正坐标"
        ),
    };
    Err(Fault::new("zone-prefix", what, help).at(place))
}

/// The false easting of a transverse Mercator projection (Gauss–Krüger, UTM) in metres; `None` of any other system.
fn false_easting(crs: &Crs) -> Option<f64> {
    if crs.metres_per_unit != 1.0 || !crs.wkt.contains("PROJECTION[\"Transverse_Mercator\"") {
        return None;
    }
    let (_, behind) = crs.wkt.split_once("PARAMETER[\"false_easting\",")?;
    behind.split(']').next()?.trim().parse().ok()
}

/// The code of the same CGCS2000 zone with the number in front, or without it.
fn counterpart(code: u32) -> Option<u32> {
    match code {
        4491..=4501 => Some(code + 11),
        4502..=4512 => Some(code - 11),
        4513..=4533 => Some(code + 21),
        4534..=4554 => Some(code - 21),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::space::Point;

    #[test]
    fn eight_digit_eastings_and_systems_without_prefix_contradict() {
        let extent = |x: f64| Extent { min: Point::new(x, 3_300_000.0), max: Point::new(x + 1000.0, 3_301_000.0) };
        let (plain, prefixed) = (Crs::parse("EPSG:4547").unwrap(), Crs::parse("EPSG:4526").unwrap());
        assert!(check(&plain, extent(500_000.0), "x").is_ok());
        assert!(check(&prefixed, extent(38_500_000.0), "x").is_ok());
        let fault = check(&plain, extent(38_500_000.0), "x").unwrap_err();
        assert!(fault.help.en.contains("EPSG:4526"), "{fault}");
        assert!(check(&prefixed, extent(500_000.0), "x").unwrap_err().help.en.contains("EPSG:4547"));
    }

    #[test]
    fn a_system_without_a_code_is_judged_by_its_false_easting() {
        let extent = |x: f64| Extent { min: Point::new(x, 3_300_000.0), max: Point::new(x + 1000.0, 3_301_000.0) };
        let own = |x_0: &str| Crs::parse(&format!("+proj=tmerc +lon_0=114 +x_0={x_0} +ellps=GRS80 +units=m")).unwrap();
        assert_eq!((own("500000").epsg, own("38500000").epsg), (None, None));
        assert!(check(&own("500000"), extent(500_000.0), "x").is_ok());
        assert!(check(&own("38500000"), extent(38_500_000.0), "x").is_ok());
        assert_eq!(check(&own("500000"), extent(38_500_000.0), "x").unwrap_err().code, "zone-prefix");
        assert_eq!(check(&own("38500000"), extent(500_000.0), "x").unwrap_err().code, "zone-prefix");
        // Web Mercator runs to 20 million metres, and has no zones.
        assert!(check(&Crs::parse("EPSG:3857").unwrap(), extent(12_690_000.0), "x").is_ok());
    }
}
