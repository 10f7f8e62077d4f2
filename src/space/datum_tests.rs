use super::*;
use crate::space::Point;
use crate::space::crs::Transform;

/// What is said of the way to CGCS2000.
fn code_of(definition: &str) -> Option<&'static str> {
    between(definition, "EPSG:4490")
}

fn between(one: &str, other: &str) -> Option<&'static str> {
    let (one, other) = (Crs::parse(one).unwrap(), Crs::parse(other).unwrap());
    let codes = [check(&one, &other), check(&other, &one)].map(|checked| checked.err().map(|fault| fault.code));
    assert_eq!(codes[0], codes[1], "there and back");
    codes[0]
}

/// A Gauss–Krüger system as ESRI writes it into .prj files.
fn esri(datum: &str, ellipsoid: &str) -> String {
    format!(
        "PROJCS[\"local\",GEOGCS[\"GCS\",DATUM[\"{datum}\",SPHEROID[\"{ellipsoid}]],PRIMEM[\"Greenwich\",0.0],\
         UNIT[\"Degree\",0.0174532925199433]],PROJECTION[\"Gauss_Kruger\"],PARAMETER[\"False_Easting\",500000.0],\
         PARAMETER[\"False_Northing\",0.0],PARAMETER[\"Central_Meridian\",113.37],PARAMETER[\"Scale_Factor\",1.0],\
         PARAMETER[\"Latitude_Of_Origin\",0.0],UNIT[\"Meter\",1.0]]"
    )
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
        assert_eq!(code_of(&esri(datum, ellipsoid)), Some("datum-needs-parameters"), "{datum}");
    }
    assert_eq!(code_of("+proj=tmerc +lon_0=114 +x_0=500000 +ellps=krass +units=m"), Some("datum-needs-parameters"));
}

#[test]
fn a_datum_without_a_name_is_known_by_its_ellipsoid_and_by_its_axes() {
    for (datum, ellipsoid) in [
        ("D_Unknown_based_on_Krassovsky_1942_ellipsoid", "Krassovsky_1942\",6378245.0,298.3"),
        ("D_Unknown_based_on_IAU_1976_ellipsoid", "IAU_1976\",6378140.0,298.257"),
        ("D_unknown", "Krasovsky_1940\",6378245.0,298.3"),
        ("unknown", "unknown\",6378140,298.257"),
        ("unknown", "unknown\", 6378245, 298.3"),
        ("D_User_Defined", "User_Defined_Spheroid\",6378140.0,298.257"),
        ("", "\",6378245.0,298.3"),
    ] {
        assert_eq!(code_of(&esri(datum, ellipsoid)), Some("datum-needs-parameters"), "{datum} {ellipsoid}");
    }
    // GRS 1980 and the international ellipsoid of 1924; a datum with a name of its own on Krassowsky's.
    for (datum, ellipsoid) in [
        ("D_Unknown_based_on_GRS_1980_ellipsoid", "GRS_1980\",6378137.0,298.257222101"),
        ("unknown", "unknown\",6378388,297"),
        ("D_Pulkovo_1942", "Krasovsky_1940\",6378245.0,298.3"),
    ] {
        assert_eq!(code_of(&esri(datum, ellipsoid)), None, "{datum} {ellipsoid}");
    }
}

#[test]
fn within_one_datum_nothing_is_asked_and_between_two_old_ones_it_is() {
    // Zones of Xian 1980; Xian 1980 by name and by code; Beijing 1954 and its bare ellipsoid.
    assert_eq!(between("EPSG:2383", "EPSG:2362"), None);
    assert_eq!(between("EPSG:2383", &esri("D_Xian_1980", "Xian_1980\",6378140.0,298.257")), None);
    assert_eq!(between("EPSG:2436", "+proj=tmerc +lon_0=117 +x_0=500000 +ellps=krass +units=m"), None);
    assert_eq!(between("EPSG:2383", "EPSG:2436"), Some("datum-needs-parameters"));
    assert_eq!(between("EPSG:4555", "EPSG:4214"), Some("datum-needs-parameters"));
    // One side brings its shift to WGS 84, the other has none to go on by.
    let shifted = "+proj=tmerc +lon_0=114 +x_0=500000 +ellps=IAU76 +towgs84=1,2,3,0,0,0,0 +units=m";
    assert_eq!(between("EPSG:2383", shifted), Some("datum-needs-parameters"));
    let way = |one: &str, other: &str| Transform::new(&Crs::parse(one).unwrap(), &Crs::parse(other).unwrap());
    assert!(way("EPSG:2383", "EPSG:2362").is_ok());
    let fault = way("EPSG:4547", "EPSG:2383").err().unwrap();
    assert!(fault.what.en.starts_with("EPSG:2383 is on the datum Xian 1980, whose shift to EPSG:4547"), "{fault}");
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
