use super::fixture::*;
use super::*;
use crate::formats::{Cells, Field, Table, shapefile};
use crate::ingest::finding::{Action, Code};
use crate::land::column::Value;
use crate::land::{IdColumn, Text, Values};
use crate::space::{Crs, Kind, Point, Shapes};

/// The mapping that is kept with a release makes it again.
#[test]
fn the_mapping_is_kept_and_makes_the_release_again() {
    let files = [("zones.geojson", ZONES)];
    let release = run(ZONE_MAPPING, &files).unwrap();
    assert_eq!(Mapping::parse(&release.head.mapping).unwrap(), Mapping::parse(ZONE_MAPPING).unwrap());
    let again = run(&release.head.mapping, &files).unwrap();
    assert_eq!((again.head.mapping, again.units.prices), (release.head.mapping, release.units.prices));
}

#[test]
fn zones_with_chinese_grades_and_mixed_units_become_a_release() {
    let release = run(ZONE_MAPPING, &[("zones.geojson", ZONES)]).unwrap();
    assert_eq!((release.head.origin, release.head.base_date.as_deref()), (Origin::Imported, Some("2024-01-01")));
    assert_eq!(release.head.crs.epsg, Some(4547));
    let units = &release.units;
    assert_eq!((0..4).map(|unit| units.ids.show(unit)).collect::<Vec<_>>(), ["Z1", "Z2", "Z3", "Z4"]);
    assert_eq!((units.grades.as_slice(), units.uses.as_slice()), ([1, 1, 2, 3].as_slice(), [0, 0, 0, 1].as_slice()));
    // 1 万元/亩 = 15 元/㎡: 180 × 15 = 2700, 36.6 × 15 = 549; 1,350元/㎡ stays.
    assert_eq!(units.prices, [2700.0, 2700.0, 1350.0, 549.0]);
    assert_eq!(units.kept[0].values.get(0), Value::Text("中街"));
    // A thousandth of a degree each way on the ellipsoid of CGCS2000, whose radii of curvature at 30° are N = 6 383 480.9 m across and
    // M = 6 351 377.1 m along the meridian; on the central meridian 114° E the projection changes no length.
    let by_hand = (0.001_f64.to_radians() * 6_383_480.9 * 0.866_025_4) * (0.001_f64.to_radians() * 6_351_377.1);
    for area in &units.areas {
        assert!((area / by_hand - 1.0).abs() < 1e-4, "{area} against {by_hand}");
    }
    let heads: Vec<_> = release.uses.iter().map(|head| (head.key.as_str(), head.name.as_str(), head.grades)).collect();
    assert_eq!(heads, [("commercial", "商业", 2), ("residential", "住宅", 3)]);
    let connotation = release.uses[1].connotation.as_ref().unwrap();
    assert_eq!((connotation.term, connotation.plot_ratio, connotation.kind.as_str()), (70.0, 2.0, "ground"));
    let cells = published(&release);
    assert_eq!(cells[..2], [("commercial", 1, Some(2700.0)), ("commercial", 2, Some(1350.0))]);
    assert_eq!(cells[2..], [("residential", 1, None), ("residential", 2, None), ("residential", 3, Some(549.0))]);
    assert_eq!((release.cells[0].units, release.cells[0].area), (2, units.areas[0] + units.areas[1]));
    let told = [
        (Code::NumberInText, 1),
        (Code::CrsTransformed, 1),
        // Bare 万元/亩, and the two units written behind numbers.
        (Code::UnitConverted, 3),
        (Code::EmptyGrade, 1),
    ];
    assert_eq!(codes(&release), told);
    assert_eq!(release.head.inputs[0].path, "zones.geojson");
    assert_eq!(release.head.inputs[0].bytes, ZONES.len() as u64);
}

#[test]
fn the_order_of_the_features_changes_nothing() {
    let mut lines: Vec<&str> = ZONES.lines().collect();
    let features: Vec<String> =
        lines[1..].iter().map(|line| line.trim_end_matches([',', ']', '}']).to_string()).collect();
    lines.truncate(1);
    let close = |feature: &String| {
        let open = feature.matches('{').count() - feature.matches('}').count();
        let brackets = feature.matches('[').count() - feature.matches(']').count();
        format!("{feature}{}{}", "]".repeat(brackets), "}".repeat(open))
    };
    let turned: Vec<String> = features.iter().rev().map(close).collect();
    let turned = format!("{}\n{}]}}", lines[0], turned.join(",\n"));
    let (one, other) = (
        run(ZONE_MAPPING, &[("zones.geojson", ZONES)]).unwrap(),
        run(ZONE_MAPPING, &[("zones.geojson", &turned)]).unwrap(),
    );
    assert_eq!(
        (&one.units.prices, &one.units.areas, &one.cells),
        (&other.units.prices, &other.units.areas, &other.cells)
    );
    assert_eq!(format!("{:?}", one.units), format!("{:?}", other.units));
}

#[test]
fn several_prices_in_a_grade_give_their_mean_by_area_and_no_published_price() {
    let mapping = ZONE_MAPPING.replace("grade = \"jb\"", "grade = \"jb\"\npolicy = { not-a-number = \"repair\" }");
    let zones = ZONES
        .replace("180万元/亩", "2400元/㎡")
        .replace("[114.001,30],[114.001,30.001],[114,30.001]", "[114.001,30],[114.001,30.0005],[114,30.0005]");
    let release = run(&mapping, &[("zones.geojson", &zones)]).unwrap();
    let cell = &release.cells[0];
    // Z1 has half the area of Z2: (2400 × 1 + 2700 × 2) / 3 = 2600.
    assert_eq!(cell.published, None);
    assert!((cell.raw.unwrap() - 2600.0).abs() < 0.01, "{cell:?}");
    assert!(codes(&release).contains(&(Code::SeveralPrices, 1)));
}

#[test]
fn what_is_not_told_is_asked_for() {
    let csv = "id,x,y,price,use\n1,500000,3320000,100,a\n";
    let table = "source = \"t.csv\"\nid = \"id\"\nx = \"x\"\ny = \"y\"\nprice = \"price\"\nuse = \"use\"\n";
    assert_eq!(fault(table, &[("t.csv", csv)]), "missing-crs");
    assert!(run(&format!("{table}crs = \"EPSG:4547\""), &[("t.csv", csv)]).is_ok());
    // Degrees without a system to measure in: the help names one.
    let asked = run(&ZONE_MAPPING.replace("to = \"EPSG:4547\"", ""), &[("zones.geojson", ZONES)]).err().unwrap();
    assert_eq!(
        (asked.code, asked.help.en.as_str()),
        (
            "crs-not-metric",
            "name a projected system in metres: --to-crs EPSG:4547, or to = \"EPSG:4547\" in the mapping file"
        )
    );
    assert_eq!(fault(&ZONE_MAPPING.replace("4547", "4490"), &[("zones.geojson", ZONES)]), "crs-not-metric");
    // A GeoJSON without a system is in degrees by its standard (RFC 7946); metres in it are caught.
    let metres = ZONES.replace("114", "500114");
    assert_eq!(fault(ZONE_MAPPING, &[("zones.geojson", &metres)]), "not-degrees");
    for old in ["EPSG:4610", "EPSG:4214"] {
        let mapping = format!("crs = \"{old}\"\n{ZONE_MAPPING}");
        assert_eq!(fault(&mapping, &[("zones.geojson", ZONES)]), "datum-needs-parameters", "{old}");
    }
    // Into an old datum there is no way either; what stays on its datum is taken.
    assert_eq!(fault(&ZONE_MAPPING.replace("4547", "2383"), &[("zones.geojson", ZONES)]), "datum-needs-parameters");
    assert_eq!(
        fault(&format!("{table}crs = \"EPSG:2383\"\nto = \"EPSG:4547\""), &[("t.csv", csv)]),
        "datum-needs-parameters"
    );
    let kept = run(&format!("{table}crs = \"EPSG:2383\""), &[("t.csv", csv)]).unwrap();
    assert_eq!(kept.head.crs.epsg, Some(2383));
    // Web Mercator at 30° N draws areas a third too large.
    let mercator = ZONE_MAPPING.replace("4547", "3857");
    let told = run(&mercator, &[("zones.geojson", ZONES)]).err().unwrap();
    assert!(told.what.en.contains("distorted-crs") && told.what.en.contains("EPSG:4547"), "{told}");
    let warned =
        run(&format!("{mercator}\n[policy]\ndistorted-crs = \"warn\"\n"), &[("zones.geojson", ZONES)]).unwrap();
    assert!(codes(&warned).contains(&(Code::DistortedCrs, 1)));
    assert_eq!(fault(&ZONE_MAPPING.replace("万元/亩", "美元"), &[("zones.geojson", ZONES)]), "unknown-unit");
    assert_eq!(fault("source = \"a.csv\"\nprice = \"jg\"", &[]), "mapping-sense");
    assert_eq!(fault(ZONE_MAPPING, &[]), "missing-file");
    let wrong = Mapping::parse("source = \"a\"\n\ngrades = \"jb\"").unwrap_err();
    assert_eq!((wrong.code, wrong.place.as_deref()), ("mapping-syntax", Some("3")));
    // Degrees of Xian 1980: no zone of CGCS2000 is proposed that they could not be brought to.
    let old = ZONE_MAPPING.replace("to = \"EPSG:4547\"", "crs = \"EPSG:4610\"");
    assert_eq!(fault(&old, &[("zones.geojson", ZONES)]), "datum-needs-parameters");
}

#[test]
fn an_overruled_system_and_faulty_rows_are_told() {
    let mapping = format!(
        "crs = \"EPSG:4490\"\n{ZONE_MAPPING}\n[policy]\nmissing-value = \"repair\"\nduplicate-id = \"repair\"\n"
    );
    let zones = ZONES.replace("\"Z3\"", "\"Z2\"").replace("\"jg\":\"36.6\"", "\"jg\":\"/\"");
    let release = run(&mapping, &[("zones.geojson", &zones)]).unwrap();
    let told: Vec<_> = release.findings.iter().map(|f| (f.code.name(), f.feature.as_str(), f.action)).collect();
    assert!(told.contains(&("crs-override", "", Action::Noted)), "{told:?}");
    assert!(told.contains(&("duplicate-id", "Z2", Action::LeftOut)), "{told:?}");
    assert!(told.contains(&("missing-value", "Z4", Action::LeftOut)), "{told:?}");
    // Of the two Z2 the western one is first by geometry.
    assert_eq!((release.units.len(), release.units.prices.as_slice()), (2, [2700.0, 2700.0].as_slice()));
    let denied = run(ZONE_MAPPING, &[("zones.geojson", &zones)]).err().unwrap();
    assert_eq!(denied.each().map(|fault| fault.code).collect::<Vec<_>>(), ["denied", "denied"]);
    assert!(denied.help.en.contains("duplicate-id = \"repair\""), "{denied}");
}

#[test]
fn a_gbk_shapefile_reads_with_its_chinese_fields() {
    let folder = tempfile::tempdir().unwrap();
    let mut shapes = Shapes::new(Kind::Polygon);
    for west in [0.0, 100.0] {
        let (x, y) = (500_000.0 + west, 3_320_000.0);
        let ring = [(0.0, 0.0), (0.0, 50.0), (100.0, 50.0), (100.0, 0.0), (0.0, 0.0)];
        shapes.push_ring(&ring.map(|(dx, dy)| Point::new(x + dx, y + dy)), true);
        shapes.end_feature();
    }
    let crs = Crs::parse("EPSG:4547").unwrap();
    let texts = |texts: [&str; 2]| Cells::Own(Values::Text(texts.iter().collect()));
    let table = Table {
        name: "级别".into(),
        title: Text::same("级别"),
        fields: vec![
            Field::plain("编号", Cells::Own(Values::Int(vec![Some(2), Some(1)]))),
            Field::plain("用途", texts(["工业用地", "工业用地"])),
            Field::plain("级别", texts(["二级", "一级"])),
            Field::plain("地价", Cells::Own(Values::Real(vec![300.0, 450.5]))),
        ],
        shapes: Some(&shapes),
        crs: Some(&crs),
        rows: 2,
    };
    shapefile::write(&table, &folder.path().join("级别.shp"), &shapefile::Options::default()).unwrap();
    // Without the companion that names the encoding, the language byte tells it.
    std::fs::remove_file(folder.path().join("级别.cpg")).unwrap();
    let mapping = "source = \"级别.shp\"\nid = \"编号\"\nuse = \"用途\"\ngrade = \"级别\"\nprice = \"地价\"";
    let release = import(&Mapping::parse(mapping).unwrap(), folder.path(), "2019").unwrap();
    assert_eq!(published(&release), [("工业用地", 1, Some(450.5)), ("工业用地", 2, Some(300.0))]);
    assert!(matches!(&release.units.ids, IdColumn::Int(ids) if ids == &[1, 2]));
    // 100 m by 50 m.
    assert_eq!(release.units.areas, [5000.0, 5000.0]);
    let inputs: Vec<&str> = release.head.inputs.iter().map(|input| input.path.as_str()).collect();
    assert_eq!(inputs, ["级别.shp", "级别.dbf", "级别.shx", "级别.prj"]);
}

#[test]
fn an_identifier_that_its_number_type_rounded_stops_the_import_or_leaves_the_row_out() {
    // 28 digits as a spreadsheet writes them out; the other is one a real number holds.
    let table = "bh,yt,jb,jg\n3.20102E+27,a,1,100\n7,a,1,100\n";
    let mapping = "source = 'p.csv'\nid = 'bh'\nuse = 'yt'\ngrade = 'jb'\nprice = 'jg'\n";
    let denied = run(mapping, &[("p.csv", table)]).err().unwrap();
    assert!(denied.code == "denied" && denied.what.en.contains("rounded-id"), "{denied}");
    let release = run(&format!("{mapping}[policy]\nrounded-id = 'repair'\n"), &[("p.csv", table)]).unwrap();
    assert_eq!(release.units.len(), 1);
    assert!(codes(&release).contains(&(Code::RoundedId, 1)));
}

/// The mapping docs/importing.md works through, on the three zones it shows.
#[test]
fn the_worked_mapping_of_the_documentation_gives_the_prices_it_says() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/importing.md")).unwrap();
    let (_, rest) = text.split_once("```toml\n").unwrap();
    let mapping = Mapping::parse(rest.split_once("```").unwrap().0).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut shapes = Shapes::new(Kind::Polygon);
    for west in [0.0, 100.0, 200.0] {
        let ring = [(0.0, 0.0), (0.0, 50.0), (100.0, 50.0), (100.0, 0.0), (0.0, 0.0)];
        shapes.push_ring(&ring.map(|(dx, dy)| Point::new(500_000.0 + west + dx, 3_320_000.0 + dy)), true);
        shapes.end_feature();
    }
    let columns = [
        ("区片编号", ["SF-01", "SF-02", "ZZ-01"]),
        ("用途", ["商服用地", "商业", "住宅用地"]),
        ("级别", ["一级", "Ⅱ", "1级"]),
        ("区片名", ["钟楼片区", "东关片区", "钟楼片区"]),
        ("地价", ["180", "95万元/亩", "1,650元/㎡"]),
        ("备注", ["", "", ""]),
    ];
    let field = |(name, texts): (&str, [&str; 3])| Field::plain(name, Cells::Own(Values::Text(texts.iter().collect())));
    let fields = columns.into_iter().map(field).collect();
    let (name, title) = ("zones".to_string(), Text::same("zones"));
    let table = Table { name, title, fields, shapes: Some(&shapes), crs: None, rows: 3 };
    shapefile::write(&table, &folder.path().join("级别区2019.shp"), &shapefile::Options::default()).unwrap();
    let release = import(&mapping, folder.path(), "2019").unwrap();
    assert_eq!(release.units.prices, [2700.0, 1425.0, 1650.0]);
    let by_hand = [("commercial", 1, Some(2700.0)), ("commercial", 2, Some(1425.0)), ("residential", 1, Some(1650.0))];
    assert_eq!(published(&release), by_hand);
}

#[test]
fn the_mapping_file_is_among_the_inputs_of_its_release() {
    let folder = folder(&[("zones.geojson", ZONES), ("m.toml", ZONE_MAPPING)]);
    let mapping = Mapping::read(&folder.path().join("m.toml")).unwrap();
    let release = import(&mapping, folder.path(), "last").unwrap();
    let inputs: Vec<(&str, u64)> = release.head.inputs.iter().map(|input| (input.path.as_str(), input.bytes)).collect();
    assert_eq!(inputs, [("zones.geojson", ZONES.len() as u64), ("m.toml", ZONE_MAPPING.len() as u64)]);
    std::fs::write(folder.path().join("m.toml"), "source = 3").unwrap();
    let fault = Mapping::read(&folder.path().join("m.toml")).unwrap_err();
    assert!(fault.code == "mapping-syntax" && fault.place.unwrap().ends_with("m.toml:1"));
}
