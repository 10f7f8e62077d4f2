//! Publishing at its edges: hostile texts, releases without geometry or units, one set beside another.

use super::fixture::{HOSTILE, bare, city, hamlet};
use super::tests::{names, published, records, same_layer};
use super::*;
use crate::land::{Column, Values};
use crate::release::{GroupHead, Judged, Layers};
use crate::space::{Kind, Shapes};
use calamine::{Data, Reader};
use gdal::Dataset;
use gdal::vector::LayerAccess;

#[test]
fn hostile_texts_stay_texts_in_every_format() {
    let release = hamlet();
    let (folder, _) = published(&release, &Format::USUAL, &Options::default());
    let table = units_table(&release, &Selection::default(), Lang::En).table;
    let address = table.fields.iter().position(|field| field.name == "address").unwrap();
    let lines = records(&folder.path().join("units.csv"));
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("tables.xlsx")).unwrap();
    let samples = book.worksheet_range("Sale samples").unwrap();
    let formulas = book.worksheet_formula("Sale samples").unwrap();
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
    for (row, text) in HOSTILE.iter().enumerate() {
        let guarded = if text.starts_with(['=', '@']) { format!("'{text}") } else { (*text).to_string() };
        assert_eq!(lines[row + 1][address], guarded);
        assert_eq!(samples.rows().nth(row + 3).unwrap()[0], Data::String((*text).to_string()));
    }
    assert!(records(&folder.path().join("weights.csv"))[0][3].starts_with("weight for =住宅"));
    // GDAL's reading of the GeoPackage is compared value by value in its own test; here, that styles stay whole.
    for file in ["units.qml", "units.sld", "samples.qml", "samples.sld"] {
        let text = std::fs::read_to_string(folder.path().join(file)).unwrap();
        assert!(!text.contains("<b>") && !text.contains("<img"), "{file}");
    }
    let qml = std::fs::read_to_string(folder.path().join("units.qml")).unwrap();
    assert!(qml.contains("商服繁华度 &lt;b&gt;"));
}

#[test]
fn a_release_without_geometry_publishes_tables_only_and_says_so() {
    let release = bare();
    let (folder, done) = published(&release, &Format::USUAL, &Options::default());
    assert_eq!(names(folder.path()), ["grades.csv", "losses.csv", "tables.xlsx", "units.csv", "units.gpkg"]);
    let told = |text: &str| done.remarks.iter().any(|remark| remark.en.contains(text));
    for text in ["no geometry", "geojson is not written", "shp is not written", "no price table", "no sale samples"] {
        assert!(told(text), "{text}");
    }
    let list = records(&folder.path().join("losses.csv"));
    assert!(list.iter().any(|line| line[0] == "all files" && line[1].contains("没有几何")));
    assert!(list.iter().any(|line| line[0] == "units.gpkg" && line[2] == "nothing is lost"));
    let dataset = Dataset::open(folder.path().join("units.gpkg")).unwrap();
    let mut layer = dataset.layer_by_name("units").unwrap();
    let grades: Vec<Option<i32>> = layer
        .features()
        .map(|feature| feature.field_as_integer(feature.field_index("grade").unwrap()).unwrap())
        .collect();
    assert_eq!(grades, [Some(1), Some(2), Some(2), Some(1), Some(2), None]);
}

#[test]
fn every_file_has_its_line_in_the_list_of_losses() {
    let (folder, done) = published(&hamlet(), &Format::USUAL, &Options::default());
    let list = records(&folder.path().join("losses.csv"));
    let (last, files) = done.files.split_last().unwrap();
    assert!(last.path.ends_with("losses.csv"));
    for file in files {
        let name = file.path.file_name().unwrap().to_str().unwrap();
        let lines = list.iter().filter(|line| line[0] == name).count();
        let is_style = name.ends_with(".qml") || name.ends_with(".sld");
        assert_eq!(lines, if is_style { 0 } else { file.losses.len().max(1) }, "{name}");
        assert!(file.path.exists());
    }
    assert!(list.iter().any(|line| line[2].contains("\"Area\"")), "the kept field that was renamed");
}

#[test]
fn what_a_file_lost_stays_listed_while_another_format_is_published_beside_it() {
    let release = hamlet();
    let (folder, _) = published(&release, &[Format::Shp, Format::Csv], &Options::default());
    let of = |name: &str| {
        let list = records(&folder.path().join("losses.csv"));
        list.into_iter().filter(|line| line[0] == name).collect::<Vec<_>>()
    };
    let (before, tables) = (of("units.shp"), of("prices.csv"));
    std::fs::remove_file(folder.path().join("prices.csv")).unwrap();
    let chinese = Options { lang: Lang::Zh, ..Options::default() };
    publish(&release, folder.path(), &[Format::Geojson], &chinese).unwrap();
    assert!(!before.is_empty() && !tables.is_empty());
    assert_eq!(of("units.shp"), before);
    assert!(of("prices.csv").is_empty() && of("all files").is_empty());
    assert!(!of("units.geojson").is_empty());
}

#[test]
fn a_release_published_twice_gives_the_same_bytes() {
    let release = hamlet();
    let bytes = || {
        let (folder, _) = published(&release, &Format::USUAL, &Options::default());
        let read = |name: String| (std::fs::read(folder.path().join(&name)).unwrap(), name);
        names(folder.path()).into_iter().map(read).collect::<Vec<_>>()
    };
    assert!(bytes() == bytes());
}

#[test]
fn the_geopackage_holds_the_columns_of_the_release() {
    let release = city();
    let (folder, _) = published(&release, &[Format::Gpkg], &Options::default());
    let database = rusqlite::Connection::open(folder.path().join("units.gpkg")).unwrap();
    let query = "SELECT id, use, s_comm, s_bus, total, grade, grade_q, price, area, use_name FROM units ORDER BY fid";
    let mut statement = database.prepare(query).unwrap();
    let mut rows = statement.query([]).unwrap();
    let units = &release.units;
    for unit in 0..units.len() {
        let row = rows.next().unwrap().unwrap();
        let head = &release.uses[usize::from(units.uses[unit])];
        let real = |at: usize| row.get::<_, f64>(at).unwrap().to_bits();
        assert_eq!(row.get::<_, i64>(0).unwrap().to_string(), units.ids.show(unit));
        assert_eq!(
            (row.get::<_, String>(1).unwrap(), row.get::<_, String>(9).unwrap()),
            (head.key.clone(), head.name.clone())
        );
        assert_eq!([real(2), real(3)], [units.scores[unit * 2].to_bits(), units.scores[unit * 2 + 1].to_bits()]);
        assert_eq!([real(4), real(7)], [units.totals[unit].to_bits(), units.prices[unit].to_bits()]);
        assert_eq!(
            (row.get::<_, u8>(5).unwrap(), row.get::<_, u8>(6).unwrap()),
            (units.grades[unit], units.alternatives[0].1[unit])
        );
        assert_eq!(real(8), units.areas[unit].to_bits());
    }
    assert!(rows.next().unwrap().is_none());
}

#[test]
fn hostile_names_of_kept_fields_are_names_in_every_format() {
    let mut release = hamlet();
    let hostile = ["x\"); DROP TABLE units; --", "<b onclick='x'>", "=1+1", "a\nb", "级别(新)", " "];
    let kept = hostile.iter().map(|name| Column { name: (*name).to_string(), values: Values::Real(vec![1.5; 6]) });
    release.units.kept = kept.collect();
    let (folder, _) = published(&release, &Format::USUAL, &Options::default());
    same_layer(&folder.path().join("units.gpkg"), &units_table(&release, &Selection::default(), Lang::En).table);
    let text = std::fs::read_to_string(folder.path().join("units.geojson")).unwrap();
    let ::geojson::GeoJson::FeatureCollection(collection) = text.parse().unwrap() else { panic!("no collection") };
    for name in hostile {
        assert_eq!(collection.features[5].property(name).unwrap().as_f64(), Some(1.5), "{name}");
    }
    assert!(records(&folder.path().join("units.csv"))[0].contains(&"'=1+1".to_string()));
    assert!(!std::fs::read_to_string(folder.path().join("units.qml")).unwrap().contains("<b "));
    let dataset = Dataset::open(folder.path().join("units.shp")).unwrap();
    assert_eq!(dataset.layer(0).unwrap().feature_count(), 6);
}

#[test]
fn a_release_without_units_is_published_with_empty_layers() {
    let mut release = bare();
    release.units = crate::release::UnitRows {
        ids: crate::land::IdColumn::Int(Vec::new()),
        uses: Vec::new(),
        shapes: Some(Shapes::new(Kind::Polygon)),
        areas: Vec::new(),
        grades: Vec::new(),
        ..release.units
    };
    let (folder, done) = published(&release, &Format::USUAL, &Options::default());
    assert!(done.remarks.iter().any(|remark| remark.en.contains("no units")));
    let dataset = Dataset::open(folder.path().join("units.gpkg")).unwrap();
    assert_eq!(dataset.layer_by_name("units").unwrap().feature_count(), 0);
    assert!(!folder.path().join("units.csv").exists());
}

#[test]
fn a_bad_layer_name_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let selection = Selection { layer: "../units".into(), ..Selection::default() };
    let options = Options { selection, ..Options::default() };
    assert_eq!(publish(&hamlet(), folder.path(), &Format::USUAL, &options).unwrap_err().code, "bad-layer-name");
    assert!(names(folder.path()).is_empty());
}

/// The group's weight of 1 stands at both factors, λmax of 2 below them; the factors alone sum to 1.
#[test]
fn the_sums_of_weights_leave_out_groups_and_the_consistency_of_judgements() {
    let mut release = hamlet();
    release.head.groups = vec![GroupHead { key: "all".to_string(), name: "全部".to_string() }];
    release.head.factors.iter_mut().for_each(|factor| factor.group = Some("all".to_string()));
    for head in &mut release.uses {
        head.layers = Some(Layers { groups: vec![1.0], inside: head.weights.clone(), judged: Vec::new() });
    }
    release.uses[0].judged = Some(Judged {
        solver: "eigenvector".to_string(),
        lambda_max: 2.0,
        ci: 0.0,
        ri: 0.0,
        cr: 0.0,
        accepted_because: None,
    });
    let (folder, _) = published(&release, &[Format::Xlsx], &Options { lang: Lang::Zh, ..Options::default() });
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("tables.xlsx")).unwrap();
    let weights = book.worksheet_range("因素权重表").unwrap();
    let head = weights.rows().nth(2).unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
    assert!(head.contains(&"所属因素组".to_string()), "{head:?}");
    let sums: Vec<&Data> =
        weights.rows().next_back().unwrap()[2..].iter().filter(|cell| **cell != Data::Empty).collect();
    assert_eq!(sums, [&Data::Float(1.0), &Data::Float(1.0)]);
}
