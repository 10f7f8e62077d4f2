//! Every price carries its premises: as fields of few rows, as a note of many.

use super::super::fixture::hamlet;
use super::super::tests::{published, records};
use super::super::{Format, Options};
use super::*;
use crate::land::column::Value;
use crate::publish::zones_table::zones_table;
use crate::release::GradeConnotation;
use crate::space::{Kind, Point, Shapes};
use rusqlite::Connection;

const SENTENCE: &str = "基准地价内涵:估价期日 2025-12-31;商服用地:使用年期 40 年,容积率 2.5,地面地价,开发程度 六通一平,土地还原率 7%,单位 元/㎡,二级容积率 1.8";

/// The hamlet with a zone of commercial grade 2, whose plot ratio is set at 1.8.
fn town() -> Release {
    let mut release = hamlet();
    release.head.base_date = Some("2025-12-31".to_string());
    let own = release.uses[0].connotation.as_mut().unwrap();
    own.by_grade = vec![GradeConnotation { grades: vec![2], plot_ratio: Some(1.8), development: None }];
    let zones = &mut release.map.zones;
    zones.shapes = Shapes::new(Kind::Polygon);
    let ring = [(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0), (0.0, 0.0)];
    zones.shapes.push_ring(&ring.map(|(x, y)| Point::new(500_000.0 + x, 3_380_000.0 + y)), true);
    zones.shapes.end_feature();
    (zones.uses, zones.grades, zones.units) = (vec![0], vec![2], vec![2]);
    (zones.areas, zones.unit_areas) = (vec![100.0], vec![100.0]);
    release
}

#[test]
fn zones_have_the_premises_of_their_price_as_fields() {
    let release = town();
    let table = zones_table(&release, Lang::Zh);
    let value = |name: &str| table.fields.iter().find(|field| field.name == name).map(|field| field.cells.get(0));
    assert_eq!(value("price"), Some(Value::Real(1501.0)));
    assert_eq!([value("base_date"), value("kind")], [Some(Value::Text("2025-12-31")), Some(Value::Text("地面地价"))]);
    assert_eq!([value("term"), value("plot_ratio"), value("rate")], [40.0, 1.8, 7.0].map(|it| Some(Value::Real(it))));
    assert_eq!(value("develop"), Some(Value::Text("六通一平")));
    let mut bare = town();
    (bare.head.base_date, bare.uses[0].connotation) = (None, None);
    let table = zones_table(&bare, Lang::Zh);
    assert!(!table.fields.iter().any(|field| ["base_date", "term", "kind"].contains(&field.name.as_str())));
}

#[test]
fn units_have_the_premises_once_in_every_format() {
    let release = town();
    let formats = [Format::Gpkg, Format::Geojson, Format::Shp];
    let (folder, _) = published(&release, &formats, &Options { lang: Lang::Zh, ..Options::default() });
    let package = Connection::open(folder.path().join("units.gpkg")).unwrap();
    let text = |query: &str| package.query_row(query, [], |row| row.get::<_, String>(0)).unwrap();
    for query in [
        "SELECT description FROM gpkg_contents WHERE table_name = 'units'",
        "SELECT description FROM gpkg_data_columns WHERE table_name = 'units' AND column_name = 'price'",
        "SELECT description FROM gpkg_data_columns WHERE table_name = 'units' AND column_name = 'price_mu'",
    ] {
        assert!(text(query).contains(SENTENCE) && text(query).contains("base date 2025-12-31; "), "{}", text(query));
    }
    let plain = "SELECT description FROM gpkg_data_columns WHERE table_name = 'units' AND column_name = 'area'";
    assert!(!text(plain).contains("2025-12-31"));
    assert_eq!(text("SELECT base_date FROM premises WHERE plot_ratio = 1.8"), "2025-12-31");
    let collection = std::fs::read_to_string(folder.path().join("units.geojson")).unwrap();
    let collection: serde_json::Value = serde_json::from_str(&collection).unwrap();
    assert!(collection["description"].as_str().unwrap().contains(SENTENCE), "{}", collection["description"]);
    let fields = records(&folder.path().join("units_fields.csv"));
    let price = fields.iter().find(|row| row[1] == "price").unwrap();
    assert_eq!(fields[0][8..], ["note_zh", "note_en"]);
    assert!(price[8].contains(SENTENCE) && price[9].contains("plot ratio 1.8 in grade II"), "{price:?}");
}
