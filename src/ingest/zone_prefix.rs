//! Gauss–Krüger coordinates with and without the zone number in front told apart.
//!
//! CGCS2000: EPSG 4491–4501 (6°) and 4513–4533 (3°) carry the zone number in the easting (eight digits), 4502–4512 and 4534–4554 do not.

use crate::land::{Fault, Outcome};
use crate::say;
use crate::space::{Crs, Extent};

/// Refuses coordinates whose magnitude contradicts their system.
///
/// # Errors
/// `zone-prefix`, with the code that would fit.
pub fn check(crs: &Crs, extent: Extent, place: &str) -> Outcome<()> {
    let Some(code) = crs.epsg else { return Ok(()) };
    let with_prefix = match code {
        4491..=4501 | 4513..=4533 => true,
        4502..=4512 | 4534..=4554 => false,
        _ => return Ok(()),
    };
    let (low, high) = (extent.min.x, extent.max.x);
    if extent.is_empty() || (with_prefix && low > 1e7) || (!with_prefix && high < 1e7) {
        return Ok(());
    }
    let other = match code {
        4491..=4501 => code + 11,
        4502..=4512 => code - 11,
        4513..=4533 => code + 21,
        _ => code - 21,
    };
    let what = if with_prefix {
        say!(
            "EPSG:{code} puts the zone number before the easting, but eastings run from {low:.0} to {high:.0}",
            "EPSG:{code} 的横坐标应带带号,但实际为 {low:.0} 至 {high:.0}"
        )
    } else {
        say!(
            "EPSG:{code} has no zone number before the easting, but eastings run from {low:.0} to {high:.0}",
            "EPSG:{code} 的横坐标不带带号,但实际为 {low:.0} 至 {high:.0}"
        )
    };
    let help = say!(
        "write crs = \"EPSG:{other}\" for this layer if that is what it is in, or mend its coordinates",
        "若实际坐标系如此,请为该图层写 crs = \"EPSG:{other}\",否则请更正坐标"
    );
    Err(Fault::new("zone-prefix", what, help).at(place))
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
}
