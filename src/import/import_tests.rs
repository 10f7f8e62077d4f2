use super::*;
use crate::formats::{Cells, Field, Table, shapefile};
use crate::ingest::finding::{Action, Code};
use crate::land::column::Value;
use crate::land::{IdColumn, Text, Values};
use crate::release::content::PriceCell;
use crate::space::{Crs, Kind, Point, Shapes};
use std::path::PathBuf;

/// Four zones side by side along 114° E, 30° N, each 0.001° wide and high; the last is Ⅲ with a price of its own unit.
const ZONES: &str = r#"{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"bh":"Z2","yt":"商服","jb":"一级","jg":"180","mc":"老城","xs":null},"geometry":{"type":"Polygon","coordinates":[[[114.001,30],[114.002,30],[114.002,30.001],[114.001,30.001],[114.001,30]]]}},
{"type":"Feature","properties":{"bh":"Z1","yt":"商业","jb":"Ⅰ级","jg":"180万元/亩","mc":"中街","xs":"x"},"geometry":{"type":"Polygon","coordinates":[[[114,30],[114.001,30],[114.001,30.001],[114,30.001],[114,30]]]}},
{"type":"Feature","properties":{"bh":"Z3","yt":"商服","jb":"第二级","jg":"1,350元/㎡","mc":"东门","xs":"x"},"geometry":{"type":"Polygon","coordinates":[[[114.002,30],[114.003,30],[114.003,30.001],[114.002,30.001],[114.002,30]]]}},
{"type":"Feature","properties":{"bh":"Z4","yt":"住宅","jb":"03","jg":"36.6","mc":"西门","xs":"x"},"geometry":{"type":"Polygon","coordinates":[[[114.003,30],[114.004,30],[114.004,30.001],[114.003,30.001],[114.003,30]]]}}]}"#;

const ZONE_MAPPING: &str = r#"
source = "zones.geojson"
to = "EPSG:4547"
id = "bh"
use = "yt"
grade = "jb"
price = "jg"
price_unit = "万元/亩"
name = "mc"
base_date = "2024年1月1日"
term = { commercial = 40, residential = 70 }
plot_ratio = 2.0
kind = "ground"

[uses]
"商服" = "commercial"
"商业" = "commercial"
"住宅" = "residential"
"#;

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn run(mapping: &str, files: &[(&str, &str)]) -> Outcome<Release> {
    let folder = folder(files);
    import(&Mapping::parse(mapping).unwrap(), folder.path(), "last")
}

fn fault(mapping: &str, files: &[(&str, &str)]) -> &'static str {
    run(mapping, files).err().expect("a fault").code
}

fn codes(release: &Release) -> Vec<(Code, usize)> {
    release.findings.counts()
}

/// (use, grade, published) of every cell.
fn published(release: &Release) -> Vec<(&str, u8, Option<f64>)> {
    let key = |cell: &PriceCell| release.uses[usize::from(cell.use_index)].key.as_str();
    release.cells.iter().map(|cell| (key(cell), cell.grade, cell.published)).collect()
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

#[test]
fn a_table_without_ids_gets_row_numbers_and_says_so() {
    let csv = "use,grade,price,area\na,I,100,20\na,II,80,30\n";
    let release = run(
        "source = \"t.csv\"\nuse = \"use\"\ngrade = \"grade\"\nprice = \"price\"\narea = \"area\"",
        &[("t.csv", csv)],
    );
    let release = release.unwrap();
    // Rows bear their lines: the header is line 1.
    assert!(matches!(&release.units.ids, IdColumn::Int(ids) if ids == &[2, 3]));
    assert_eq!(codes(&release), [(Code::RowNumbers, 1), (Code::UnitAssumed, 1)]);
    assert!(release.units.shapes.is_none());
    assert_eq!((release.cells[1].units, release.cells[1].area), (1, 30.0));
}

#[test]
fn wide_price_tables_read_either_way_round() {
    let by_use = "级别,商服,住宅\n一级,1500,900\n二级,1000,/\n";
    let by_grade = "用途,一级,二级\n商服,1500,1000\n住宅,900,\n";
    let uses = "uses = { \"商服\" = \"commercial\", \"住宅\" = \"residential\" }";
    let one = run(
        &format!("source = \"t.csv\"\ngrade = \"级别\"\nprice = [\"商服\", \"住宅\"]\n{uses}"),
        &[("t.csv", by_use)],
    );
    let two = run(
        &format!("source = \"t.csv\"\nuse = \"用途\"\ngrade = [\"一级\", \"二级\"]\n{uses}"),
        &[("t.csv", by_grade)],
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    let by_hand = [("commercial", 1, Some(1500.0)), ("commercial", 2, Some(1000.0)), ("residential", 1, Some(900.0))];
    assert_eq!((published(&one).as_slice(), published(&two).as_slice()), (by_hand.as_slice(), by_hand.as_slice()));
    assert!(one.units.is_empty() && one.units.shapes.is_none());
    // A release without geometry still has a system that reads back.
    assert_eq!(Crs::parse(&one.head.crs.wkt).unwrap().name, "no geometry");
}

fn shared(path: &str) -> Option<PathBuf> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if !path.exists() {
        println!("skipped: shared data not present");
        return None;
    }
    Some(path)
}

/// A published table, long, in the columns of the shared data; `more` holds further keys.
fn table(file: &str, header: u32, more: &str) -> Option<Release> {
    let folder = shared("published")?;
    // The README of the shared data: `price` is in 元/㎡.
    let unit = if more.contains("price_unit") { "" } else { "price_unit = \"元/㎡\"\n" };
    let mapping = format!(
        "source = \"{file}\"\nheader = {header}\nuse = \"use_en\"\ngrade = \"grade\"\nprice = \"price\"\nbase_date = \"base_date\"\n\
         term = \"term_years\"\nplot_ratio = \"std_far\"\nkind = \"price_kind\"\n{unit}{more}"
    );
    Some(import(&Mapping::parse(&mapping).unwrap(), &folder, "published").unwrap())
}

#[test]
fn sanyuan_2025_becomes_the_cells_it_printed() {
    let Some(release) = table("sanyuan_2025.csv", 3, "") else { return };
    let prices =
        |key: &str| published(&release).iter().filter(|cell| cell.0 == key).map(|c| c.2.unwrap()).collect::<Vec<_>>();
    // The notice 三政发〔2025〕11号, as transcribed.
    assert_eq!(prices("commercial"), [1590.0, 1425.0, 1125.0, 675.0]);
    assert_eq!(prices("residential"), [1650.0, 1500.0, 1125.0, 675.0]);
    assert_eq!(prices("industrial"), [450.0, 390.0, 345.0, 315.0]);
    assert_eq!(prices("public"), [549.0, 437.0, 360.0, 330.0]);
    assert_eq!(release.head.base_date.as_deref(), Some("2023-12-31"));
    assert!(release.findings.is_empty());
    // Printed in 万元/亩 too: 106 × 15 = 1590, 36.6 × 15 = 549.
    let Some(other) = table("sanyuan_2025.csv", 3, "price_unit = \"万元/亩\"") else { return };
    assert_eq!(other.cells[0].published, Some(23850.0), "15 times the price in 元/㎡");
    let folder = shared("published").unwrap();
    let printed = "source = \"sanyuan_2025.csv\"\nheader = 3\nuse = \"use_en\"\ngrade = \"grade\"\nprice = \"price_wan_per_mu_printed\"\nprice_unit = \"万元/亩\"";
    let printed = import(&Mapping::parse(printed).unwrap(), &folder, "printed").unwrap();
    assert_eq!((printed.cells[0].published, printed.cells[8].published), (Some(1590.0), Some(549.0)));
}

#[test]
fn both_years_of_panzhihua_come_out_of_one_file() {
    let Some(old) = table("panzhihua_2014_2018.csv", 5, "where = { release = \"2014\" }") else { return };
    let Some(new) = table("panzhihua_2014_2018.csv", 5, "where = { release = \"2018\" }") else { return };
    assert_eq!(
        (old.head.base_date.as_deref(), new.head.base_date.as_deref()),
        (Some("2014-01-01"), Some("2018-01-01"))
    );
    let grades = |release: &Release| release.uses.iter().map(|u| (u.key.clone(), u.grades)).collect::<Vec<_>>();
    let named =
        |list: &[(&str, u8)]| list.iter().map(|(key, grades)| ((*key).to_string(), *grades)).collect::<Vec<_>>();
    // 2014: 7 commercial, 6 residential, 4 industrial grades; 2018: industrial 3, public new with 5 (the file's own header).
    assert_eq!(grades(&old), named(&[("commercial", 7), ("industrial", 4), ("residential", 6)]));
    assert_eq!(grades(&new), named(&[("commercial", 7), ("industrial", 3), ("public", 5), ("residential", 6)]));
    assert_eq!((old.cells[0].published, new.cells[0].published), (Some(4800.0), Some(4635.0)));
    assert_eq!((old.cells[16].published, new.cells[20].published), (Some(600.0), Some(675.0)));
    let connotation = new.uses[3].connotation.as_ref().unwrap();
    assert_eq!((connotation.term, connotation.plot_ratio, connotation.kind.as_str()), (70.0, 2.4, "ground"));
}

#[test]
fn baoshan_2019_tells_of_its_restricted_zone_and_its_two_public_classes() {
    let Some(release) = table("baoshan_2019.csv", 3, "") else { return };
    assert_eq!(codes(&release), [(Code::UnknownGrade, 1), (Code::SeveralPrices, 5)]);
    let zone = release.findings.iter().find(|finding| finding.code == Code::UnknownGrade).unwrap();
    assert!(zone.detail.zh.contains("规划限制区") && zone.action == Action::LeftOut);
    let public = &release.cells[9..14];
    // Class I 1976 and class II 537: no price is grade 1's; their mean is 1256.5.
    assert_eq!((public[0].published, public[0].raw), (None, Some(1256.5)));
    assert_eq!(published(&release)[0], ("commercial", 1, Some(3250.0)));
    assert_eq!(
        published(&release)[5..9].iter().map(|c| c.2.unwrap()).collect::<Vec<_>>(),
        [419.0, 403.0, 374.0, 350.0]
    );
}

#[test]
fn other_published_tables_show_floor_prices_gaps_and_mixed_premises() {
    let Some(qingdao) = table("qingdao_2014.csv", 4, "") else { return };
    let kinds: Vec<_> = qingdao.uses.iter().map(|u| u.connotation.as_ref().unwrap().kind.as_str()).collect();
    assert_eq!((kinds, codes(&qingdao)), (vec!["floor", "ground", "floor"], vec![(Code::UnknownGrade, 1)]));
    let Some(xunsi) = table("junlian_2019.csv", 3, "where = { area = \"巡司片区\" }") else { return };
    // Industrial land has grades 2 and 3 only (275, 225).
    assert_eq!(codes(&xunsi), [(Code::EmptyGrade, 1)]);
    assert_eq!(
        published(&xunsi)[3..6],
        [("industrial", 1, None), ("industrial", 2, Some(275.0)), ("industrial", 3, Some(225.0))]
    );
    let Some(whole) = table("junlian_2019.csv", 3, "") else { return };
    // Two areas with plot ratios 2.5 and 1.5 for residential land, and a price each in eleven cells.
    assert_eq!(codes(&whole), [(Code::EmptyGrade, 1), (Code::SeveralPrices, 11), (Code::MixedPremises, 1)]);
    assert_eq!(whole.cells[0].raw, Some((1865.0 + 848.0) / 2.0));
}

#[test]
fn osaka_points_become_units_with_places_and_prices() {
    let Some(folder) = shared("real/osaka") else { return };
    let mapping = "source = \"osaka_2015.csv\"\ncrs = \"EPSG:4326\"\nto = \"EPSG:6674\"\nid = \"point_id\"\nuse = \"用途\"\nprice = \"標準地価格\"\n\
                   x = \"long\"\ny = \"lat\"\narea = \"地積\"\nbase_date = \"価格時点\"\nkeep = [\"標準地番号\"]\n\
                   [uses]\n\"000\" = \"residential\"\n\"005\" = \"commercial\"\n\"009\" = \"industrial\"\n";
    let release = import(&Mapping::parse(mapping).unwrap(), &folder, "2015").unwrap();
    assert_eq!((release.units.len(), release.head.base_date.as_deref()), (1466, Some("2015-01-01")));
    let count = |place: u8| release.units.uses.iter().filter(|found| **found == place).count();
    // Counted in the file: 343 of 005, 100 of 009, 1023 of 000; the mean price is 237,992.36.
    assert_eq!([count(0), count(1), count(2)], [343, 100, 1023]);
    let mean = release.units.prices.iter().sum::<f64>() / 1466.0;
    assert!((mean - 237_992.360_163_710_78).abs() < 1e-6, "{mean}");
    let unit = release.units.ids.find_sorted("1805").unwrap();
    assert_eq!((release.units.price(unit), release.units.areas[unit]), (191_000.0, 185.0));
    let place = release.units.shapes.as_ref().unwrap().get(unit).points()[0];
    // 135.524715° E, 34.725005° N in JGD2011 / Japan plane VI, by pyproj 3.7.2.
    assert!((place.x - -43_528.376_9).abs() < 0.01 && (place.y - -141_340.190_7).abs() < 0.01, "{place:?}");
    assert!(release.cells.is_empty(), "points without grades have no cells");
}

#[test]
fn seoul_parcels_are_measured_in_the_korean_system() {
    let Some(folder) = shared("real/seoul") else { return };
    let mapping = "source = \"parcels.geojson\"\ncrs = \"EPSG:4326\"\nto = \"EPSG:5186\"\nid = \"고유번호\"\none_use = \"all\"\nprice = \"공시지가\"\n\
                   area = \"토지면적\"\n";
    let mapping = |policy: &str| Mapping::parse(&format!("{mapping}{policy}")).unwrap();
    // One parcel crosses itself (the shared data's own description).
    let denied = import(&mapping(""), &folder, "seoul").err().unwrap();
    assert_eq!((denied.code, denied.each().count()), ("denied", 1));
    assert!(denied.place.unwrap().contains("1171010100102780000"));
    let release = import(&mapping("policy = { invalid-geometry = \"warn\" }"), &folder, "seoul").unwrap();
    assert_eq!(release.units.len(), 2382);
    let Values::Real(registered) = &release.units.kept[0].values else { panic!("areas are numbers") };
    let mut ratios: Vec<f64> = release.units.areas.iter().zip(registered).map(|(one, other)| one / other).collect();
    ratios.sort_by(f64::total_cmp);
    // The median of measured over registered area is 1.0000.
    assert!((ratios[1191] - 1.0).abs() < 5e-4, "{}", ratios[1191]);
    let dearest = release.units.prices.iter().copied().fold(0.0, f64::max);
    assert_eq!(dearest, 45_440_000.0);
    // 67 pairs overlap by more than nothing; those above 1 m² are among them.
    let overlaps = release.findings.iter().filter(|f| matches!(f.code, Code::Overlap | Code::Sliver)).count();
    assert!((1..=67).contains(&overlaps), "{overlaps}");
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

#[test]
fn an_xlsx_table_with_typed_numbers_reads_like_its_csv() {
    use crate::formats::xlsx;
    let folder = tempfile::tempdir().unwrap();
    let table = Table {
        name: "地价表".into(),
        title: Text::same("地价表"),
        fields: vec![
            Field::plain("用途", Cells::Own(Values::Text(["住宅", "住宅"].iter().collect()))),
            Field::plain("级别", Cells::Own(Values::Int(vec![Some(1), Some(2)]))),
            Field::plain("地价", Cells::Own(Values::Real(vec![36.6, 20.0]))),
        ],
        shapes: None,
        crs: None,
        rows: 2,
    };
    let sheets = [xlsx::Sheet::plain(&table)];
    xlsx::write(&sheets, &folder.path().join("t.xlsx"), &xlsx::Options::default()).unwrap();
    let mapping = |header: &str| {
        let text = format!(
            "source = \"t.xlsx\"\nuse = \"用途\"\ngrade = \"级别\"\nprice = \"地价\"\nprice_unit = \"万元/亩\"\n{header}"
        );
        Mapping::parse(&text).unwrap()
    };
    let release = import(&mapping(""), folder.path(), "x").unwrap();
    // 36.6 × 15 and 20 × 15.
    assert_eq!(published(&release), [("住宅", 1, Some(549.0)), ("住宅", 2, Some(300.0))]);
    assert_eq!(codes(&release), [(Code::UnitConverted, 1)]);
}

#[test]
fn what_the_last_place_of_a_foreign_unit_is_worth_is_kept_with_the_premises() {
    let last_places = |unit: &str, table: &str| -> Vec<f64> {
        let mapping =
            format!("source = \"t.csv\"\nuse = \"use\"\ngrade = \"grade\"\nprice = \"price\"\nprice_unit = \"{unit}\"");
        let release = run(&mapping, &[("t.csv", table)]).unwrap();
        release.uses.iter().map(|head| head.connotation.as_ref().unwrap().last_place).collect()
    };
    // 0.0001 万元/亩 is 0.0015 元/㎡; 36.6 stands for 36.6000 beside prices with four decimals, whatever its use.
    assert_eq!(last_places("万元/亩", "use,grade,price\na,I,289.8667\nb,I,36.6\n"), [0.0015, 0.0015]);
    assert_eq!(last_places("万元/亩", "use,grade,price\na,I,180\n"), [15.0]);
    assert_eq!(last_places("元/亩", "use,grade,price\na,I,800000\n"), [0.0015]);
    // Prices in 元/㎡ are not converted, also where their text says so.
    assert!(last_places("元/㎡", "use,grade,price\na,I,549.5\n")[0].is_nan());
    let mixed = last_places("万元/亩", "use,grade,price\na,I,1350元/㎡\nb,I,36.66\n");
    assert!(mixed[0].is_nan() && mixed[1] == 0.15, "{mixed:?}");
}

#[test]
fn a_unit_above_the_table_counts_and_one_that_contradicts_stops() {
    let csv = "某县基准地价表\n(单位:万元/亩)\nuse,grade,price\na,I,180\na,II,90\n";
    let mapping = "source = \"t.csv\"\nheader = 3\nuse = \"use\"\ngrade = \"grade\"\nprice = \"price\"";
    let release = run(mapping, &[("t.csv", csv)]).unwrap();
    // 1 万元/亩 = 15 元/㎡.
    assert_eq!(published(&release), [("a", 1, Some(2700.0)), ("a", 2, Some(1350.0))]);
    assert_eq!(codes(&release), [(Code::UnitConverted, 1)]);
    assert_eq!(fault(&format!("{mapping}\nprice_unit = \"元/㎡\""), &[("t.csv", csv)]), "unit-conflict");
}
