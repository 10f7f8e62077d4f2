//! Old Chinese datums, which PROJ takes to CGCS2000 unchanged and without a word: refused unless the user gives parameters.

use crate::land::{Fault, Outcome};
use crate::say;
use crate::space::Crs;

/// Refuses Beijing 1954 and Xi'an 1980, by the datum's name in the definition, unless it carries a transformation (TOWGS84 or a bound CRS).
///
/// # Errors
/// `old-datum`, with what to write.
pub fn check(crs: &Crs) -> Outcome<()> {
    let wkt = crs.wkt.to_ascii_lowercase();
    let name = if wkt.contains("beijing_1954") || wkt.contains("beijing 1954") {
        "Beijing 1954"
    } else if wkt.contains("xian_1980") || wkt.contains("xian 1980") || wkt.contains("xi'an 1980") {
        "Xian 1980"
    } else {
        return Ok(());
    };
    if wkt.contains("towgs84[") && !wkt.contains("towgs84[0,0,0,0,0,0,0]") || wkt.contains("boundcrs[") {
        return Ok(());
    }
    let label = crs.label();
    Err(Fault::new(
        "old-datum",
        say!(
            "{label} stands on the datum {name}; there is no public transformation to CGCS2000, and none is applied in silence",
            "{label} 采用 {name} 基准,没有公开的到 CGCS2000 的转换参数,不能悄悄套用"
        ),
        say!(
            "transform the layer with your bureau's parameters first, or write the CRS as a PROJ string with +towgs84=…",
            "请先用本局的转换参数转换图层,或将坐标系写成带 +towgs84=… 的 PROJ 字符串"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_datums_are_refused_and_parameters_accepted() {
        for code in [4214, 21_459, 2412, 4610, 2349, 2363] {
            let crs = Crs::parse(&format!("EPSG:{code}")).unwrap();
            assert_eq!(check(&crs).unwrap_err().code, "old-datum", "{code} {}", crs.wkt);
        }
        for code in [4490, 4547, 4526, 4326, 32_650] {
            assert!(check(&Crs::parse(&format!("EPSG:{code}")).unwrap()).is_ok());
        }
        let bound = Crs::parse(
            "+proj=tmerc +lat_0=0 +lon_0=114 +k=1 +x_0=500000 +ellps=krass +towgs84=24,-123,-94,-0.02,0.25,0.13,1.1 +units=m",
        );
        assert!(check(&bound.unwrap()).is_ok());
    }
}
