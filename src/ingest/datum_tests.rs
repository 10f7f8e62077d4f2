use super::*;
use crate::space::Point;
use crate::space::crs::Transform;

fn code_of(definition: &str) -> Option<&'static str> {
    check(&Crs::parse(definition).unwrap()).err().map(|fault| fault.code)
}

#[test]
fn old_chinese_datums_are_refused_by_code_and_by_name() {
    for definition in ["EPSG:4214", "EPSG:4610", "EPSG:2362", "EPSG:2437", "EPSG:21419", "EPSG:21481", "EPSG:4568"] {
        assert_eq!(code_of(definition), Some("datum-needs-parameters"), "{definition}");
    }
    // As ESRI writes them into .prj files; a local projection that has no code.
    for (datum, ellipsoid) in [
        ("D_Xian_1980", "Xian_1980\",6378140.0,298.257"),
        ("D_Beijing_1954", "Krasovsky_1940\",6378245.0,298.3"),
        ("D_Krasovsky_1940", "Krasovsky_1940\",6378245.0,298.3"),
    ] {
        let wkt = format!(
            "PROJCS[\"local\",GEOGCS[\"GCS\",DATUM[\"{datum}\",SPHEROID[\"{ellipsoid}]],PRIMEM[\"Greenwich\",0.0],\
             UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",500000.0],\
             PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",113.37],PARAMETER[\"Scale_Factor\",1.0],\
             PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"
        );
        assert_eq!(code_of(&wkt), Some("datum-needs-parameters"), "{datum}");
    }
    assert_eq!(code_of("+proj=tmerc +lon_0=114 +x_0=500000 +ellps=krass +units=m"), Some("datum-needs-parameters"));
}

#[test]
fn other_datums_and_old_ones_with_their_shift_pass() {
    for definition in [
        "EPSG:4490",
        "EPSG:4547",
        "EPSG:4326",
        "EPSG:5186",
        "EPSG:28405", // Pulkovo 1942 is on Krassowsky's ellipsoid, but EPSG knows its shift.
        "+proj=tmerc +lon_0=114 +x_0=500000 +ellps=krass +towgs84=15.8,-154.4,-82.3,0,0,0,0 +units=m",
    ] {
        assert_eq!(code_of(definition), None, "{definition}");
    }
}

#[test]
fn a_shift_given_moves_the_places() {
    let shifted = Crs::parse("+proj=longlat +ellps=krass +towgs84=100,0,0,0,0,0,0").unwrap();
    let cgcs2000 = Crs::parse("EPSG:4490").unwrap();
    let mut places = [Point::new(90.0, 0.0)];
    Transform::new(&shifted, &cgcs2000).unwrap().apply(&mut places).unwrap();
    // At 90° E on the equator x points west, so 100 m of it are 100 / (π/180 × 6 378 137) degrees west: worked by hand.
    assert!((places[0].x - (90.0 - 100.0 / 111_319.490_793)).abs() < 1e-7, "{places:?}");
    Transform::new(&cgcs2000, &shifted).unwrap().apply(&mut places).unwrap();
    // Heights are not carried, so the way back misses by some millimetres.
    assert!((places[0].x - 90.0).abs() < 1e-7, "and back: {places:?}");
}
