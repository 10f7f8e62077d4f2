//! GDAL, `geojson`, `csv` and `calamine` read back what was published.

use super::fixture::{bare, city, hamlet};
use super::*;
use crate::formats::Table;
use crate::land::Values;
use crate::land::column::Value;
use crate::space::{Shapes, wkb};
use calamine::{Data, Reader};
use gdal::Dataset;
use gdal::vector::LayerAccess;

pub(super) fn published(release: &Release, formats: &[Format], options: &Options) -> (tempfile::TempDir, Published) {
    let folder = tempfile::tempdir().unwrap();
    let done = publish(release, folder.path(), formats, options).unwrap();
    (folder, done)
}

pub(super) fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

pub(super) fn records(path: &Path) -> Vec<Vec<String>> {
    let bytes = std::fs::read(path).unwrap();
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").expect("a byte order mark");
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text);
    reader.records().map(|record| record.unwrap().iter().map(String::from).collect()).collect()
}

/// Compares a layer as GDAL reads it with the table, values to the bit.
pub(super) fn same_layer(path: &Path, table: &Table<'_>) {
    let dataset = Dataset::open(path).unwrap();
    let mut layer = dataset.layer_by_name(&table.name).unwrap();
    let mut row = 0;
    for feature in layer.features() {
        for field in &table.fields {
            let at = feature.field_index(&field.name).unwrap();
            match field.cells.get(row) {
                Value::None => assert!(feature.field(at).unwrap().is_none(), "{} in row {row}", field.name),
                Value::Int(value) => assert_eq!(feature.field_as_integer64(at).unwrap(), Some(value)),
                Value::Real(value) => {
                    let read = feature.field_as_double(at).unwrap().unwrap();
                    assert_eq!(read.to_bits(), value.to_bits(), "{} in row {row}", field.name);
                }
                Value::Text(value) => assert_eq!(feature.field_as_string(at).unwrap().unwrap(), value),
            }
        }
        if let Some(shapes) = table.shapes {
            let mut read = Shapes::new(shapes.kind);
            if let Some(geometry) = feature.geometry().filter(|geometry| !geometry.is_empty()) {
                wkb::read(&geometry.wkb().unwrap(), &mut read);
                assert_eq!(read.points(), shapes.get(row).points(), "row {row}");
            } else {
                assert!(shapes.get(row).is_empty());
            }
        }
        row += 1;
    }
    assert_eq!(row, table.rows);
}

#[test]
fn the_geopackage_gives_every_layer_back_to_the_bit() {
    for release in [city(), hamlet()] {
        let options = Options { lang: Lang::Zh, ..Options::default() };
        let (folder, done) = published(&release, &[Format::Gpkg], &options);
        let path = folder.path().join("units.gpkg");
        same_layer(&path, &units_table(&release, &options.selection, Lang::Zh).table);
        same_layer(&path, &price_table(&release, Lang::Zh));
        let places = sample_places(&release);
        same_layer(&path, &samples_table(&release, Lang::Zh, Some(&places)));
        if !release.findings.is_empty() {
            let places = release.findings.places();
            same_layer(&path, &release.findings.table(Lang::Zh, Some((&places, &release.head.crs))));
        }
        assert_eq!(done.files.len(), 2, "the package and the list of losses");
        let dataset = Dataset::open(&path).unwrap();
        assert_eq!(dataset.layer_by_name("units").unwrap().spatial_ref().unwrap().auth_code().unwrap(), 4547);
    }
}

#[test]
fn the_geopackage_colours_units_by_grade_and_names_the_grades() {
    let city = city();
    let (folder, _) = published(&city, &[Format::Gpkg], &Options { lang: Lang::Zh, ..Options::default() });
    let database = rusqlite::Connection::open(folder.path().join("units.gpkg")).unwrap();
    let query = "SELECT styleQML FROM layer_styles WHERE f_table_name = 'units'";
    let qml: String = database.query_row(query, [], |row| row.get(0)).unwrap();
    for (grade, label) in (1..).zip(["一级", "二级", "三级", "四级", "五级"]) {
        // Each use has classes of its own, told with its name.
        let (key, name) = (&city.uses[0].key, &city.uses[0].name);
        let class = format!("value=\"{key} {grade}\" symbol=\"{}\" label=\"{name} {label}", grade - 1);
        assert!(qml.contains(&class), "{class}: {qml}");
    }
    let styled: i64 = database.query_row("SELECT count(*) FROM layer_styles", [], |row| row.get(0)).unwrap();
    assert_eq!(styled, 2, "units and samples; the city has no findings");
}

#[test]
fn geojson_in_the_projects_coordinates_gives_every_value_back_to_the_bit() {
    let release = city();
    let options = Options { coordinates: Coordinates::Native, ..Options::default() };
    let (folder, _) = published(&release, &[Format::Geojson], &options);
    assert_eq!(names(folder.path()), ["losses.csv", "units.geojson", "units.qml", "units.sld"]);
    let text = std::fs::read_to_string(folder.path().join("units.geojson")).unwrap();
    let ::geojson::GeoJson::FeatureCollection(collection) = text.parse().unwrap() else { panic!("no collection") };
    assert_eq!(collection.features.len(), release.units.len());
    let table = units_table(&release, &options.selection, Lang::En).table;
    for (row, feature) in collection.features.iter().enumerate() {
        for field in &table.fields {
            let read = feature.property(&field.name).unwrap();
            match field.cells.get(row) {
                Value::None => assert!(read.is_null()),
                Value::Int(value) => assert_eq!(read.as_i64(), Some(value)),
                Value::Real(value) => assert_eq!(read.as_f64().unwrap().to_bits(), value.to_bits()),
                Value::Text(value) => assert_eq!(read.as_str(), Some(value)),
            }
        }
    }
    // The default is RFC 7946: degrees and no crs member.
    let (folder, _) = published(&release, &[Format::Geojson], &Options::default());
    let text = std::fs::read_to_string(folder.path().join("units.geojson")).unwrap();
    let ::geojson::GeoJson::FeatureCollection(collection) = text.parse().unwrap() else { panic!("no collection") };
    assert!(collection.foreign_members.is_none_or(|members| !members.contains_key("crs")));
    let first = collection.features[0].geometry.clone().unwrap();
    let ::geojson::GeometryValue::Polygon { coordinates } = first.value else { panic!("no polygon") };
    assert!((110.0..118.0).contains(&coordinates[0][0][0]) && (20.0..40.0).contains(&coordinates[0][0][1]));
}

#[test]
fn shapefiles_in_either_encoding_give_identifiers_grades_prices_and_names_back() {
    let release = city();
    for encoding in [TextEncoding::Gbk, TextEncoding::Utf8] {
        let options = Options { encoding, ..Options::default() };
        let (folder, done) = published(&release, &[Format::Shp], &options);
        let listed = names(folder.path());
        for file in ["units.shp", "units_fields.csv", "units.qml", "units.sld", "samples.shp", "samples.qml"] {
            assert!(listed.iter().any(|name| name == file), "{file} in {listed:?}");
        }
        let dataset = Dataset::open(folder.path().join("units.shp")).unwrap();
        let mut layer = dataset.layer(0).unwrap();
        for (row, feature) in layer.features().enumerate() {
            let at = |name: &str| feature.field_index(name).unwrap();
            let Value::Int(id) = crate::formats::Cells::ids(&release.units.ids).get(row) else { panic!("no number") };
            assert_eq!(feature.field_as_integer64(at("id")).unwrap(), Some(id));
            assert_eq!(feature.field_as_integer64(at("grade")).unwrap(), Some(i64::from(release.units.grades[row])));
            assert_eq!(feature.field_as_double(at("price")).unwrap(), Some(release.units.price(row)));
            let total = feature.field_as_double(at("total")).unwrap().unwrap();
            assert!((total - release.units.totals[row]).abs() < 1e-9, "a column of decimals");
            let name = &release.uses[usize::from(release.units.uses[row])].name;
            assert_eq!(feature.field_as_string(at("use_name")).unwrap().as_ref(), Some(name));
        }
        let units = done.files.iter().find(|file| file.path.ends_with("units.shp")).unwrap();
        assert!(units.losses.iter().any(|loss| loss.en.contains("_fields.csv")));
    }
}

#[test]
fn csv_tables_give_every_number_back_in_full() {
    let release = city();
    let (folder, _) = published(&release, &[Format::Csv], &Options { lang: Lang::Zh, ..Options::default() });
    let expected = [
        "grades.csv",
        "limits.csv",
        "losses.csv",
        "premises.csv",
        "prices.csv",
        "samples.csv",
        "units.csv",
        "weights.csv",
    ];
    assert_eq!(names(folder.path()), expected);
    let units = units_table(&release, &Selection::default(), Lang::Zh).table;
    let tables = [
        units,
        price_table(&release, Lang::Zh),
        grades_table(&release, Lang::Zh),
        limits_table(&release, Lang::Zh),
        weights_table(&release),
        samples_table(&release, Lang::Zh, None),
    ];
    for table in &tables {
        let lines = records(&folder.path().join(format!("{}.csv", table.name)));
        assert_eq!(lines.len(), table.rows + 1);
        assert!(lines[0].iter().zip(&table.fields).all(|(head, field)| head.starts_with(&field.title.zh)));
        for (row, line) in lines[1..].iter().enumerate() {
            for (cell, field) in line.iter().zip(&table.fields) {
                match field.cells.get(row) {
                    Value::None => assert_eq!(cell, ""),
                    Value::Int(value) => assert_eq!(cell.parse(), Ok(value)),
                    Value::Real(value) => assert_eq!(cell.parse::<f64>().unwrap().to_bits(), value.to_bits()),
                    Value::Text(value) => assert_eq!(cell, value),
                }
            }
        }
    }
    assert!(records(&folder.path().join("prices.csv"))[0].contains(&"基准地价(元/㎡)".to_string()));
}

#[test]
fn the_workbook_has_the_price_list_its_sums_and_the_notes() {
    let release = hamlet();
    let (folder, _) = published(&release, &[Format::Xlsx], &Options { lang: Lang::Zh, ..Options::default() });
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.path().join("tables.xlsx")).unwrap();
    let sheets = [
        "基准地价表",
        "说明",
        "基准地价内涵表",
        "级别面积统计表",
        "级别分值界限表",
        "因素权重表",
        "样点表",
        "数据检查结果",
    ];
    assert_eq!(book.sheet_names(), sheets);
    let prices = book.worksheet_range("基准地价表").unwrap();
    let line = |at: usize| prices.rows().nth(at).unwrap()[0].to_string();
    assert_eq!(line(0), "样例市土地定级与基准地价 — 基准地价表");
    assert_eq!(line(1), "成果版本:2025  估价期日:2025-01-01  单位:元/㎡");
    let at = |title: &str| prices.rows().nth(2).unwrap().iter().position(|cell| *cell == title).unwrap();
    let (price, area, units) = (at("基准地价(元/㎡)"), at("面积(公顷)"), at("单元数"));
    let column = |at: usize| -> Vec<Data> { prices.rows().skip(3).take(5).map(|row| row[at].clone()).collect() };
    assert_eq!(
        column(price),
        [4500.0, 1501.0, 3000.0].map(Data::Float).into_iter().chain([Data::Empty, Data::Empty]).collect::<Vec<_>>()
    );
    // 1 + 2 + 1 + 1 units; 0.01 + 0.13 + 0.16 + 0.25 ha.
    assert_eq!(column(units)[4], Data::Float(5.0));
    assert_eq!(column(area)[4], Data::Float(0.55));
    let last = prices.rows().next_back().unwrap()[0].to_string();
    assert!(last.starts_with("估价期日 2025-01-01") && last.contains("不是成交价格"), "{last}");
    let weights = book.worksheet_range("因素权重表").unwrap();
    assert_eq!(weights.rows().next_back().unwrap()[2..], [Data::Float(1.0), Data::Float(1.0)]);
    let notes = book.worksheet_range("说明").unwrap();
    let text = |item: &str| notes.rows().find(|row| row[0] == item).unwrap()[1].to_string();
    assert_eq!(text("坐标系"), "CGCS2000 高斯-克吕格 3°带投影,中央经线 114°E(EPSG:4547)");
    assert_eq!(
        text("基准地价内涵:商服用地"),
        "使用年期 40 年,容积率 2.5,地面地价,开发程度 六通一平,土地还原率 7%,单位 元/㎡"
    );
    assert!(text("地价取整").contains("四舍五入"));
}

#[test]
fn the_workbooks_samples_have_dates_and_tell_the_used_from_the_set_aside() {
    let release = hamlet();
    let (folder, _) = published(&release, &[Format::Xlsx], &Options { lang: Lang::Zh, ..Options::default() });
    let path = folder.path().join("tables.xlsx");
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
    let samples = book.worksheet_range("样点表").unwrap();
    let sold = samples.rows().nth(2).unwrap().iter().position(|cell| *cell == "交易日期").unwrap();
    // Excel counts days from 1899-12-30; 2024-06-30 is 19904 days after 1970-01-01, which is day 25569.
    let Data::DateTime(day) = &samples.rows().nth(3).unwrap()[sold] else { panic!("no date") };
    assert_eq!(day.as_f64(), 45_473.0);
    let last = samples.rows().next_back().unwrap()[0].to_string();
    assert_eq!(last, "采用样点 5 个;灰色斜体的 1 个未采用,原因见“处理结果”列。");
    // The product's own reader finds the names below the title, and the dates as a release has them.
    let read = crate::ingest::readers::table::Options { sheet: Some("样点表"), ..Default::default() };
    let table = crate::ingest::readers::table::read(&path, read).unwrap();
    let Ok(Values::Text(dates)) = table.column("交易日期") else { panic!("no texts") };
    assert_eq!(dates.get(0), "2024-06-30");
}

#[test]
fn the_reasons_of_given_limits_and_the_rounding_step_are_published() {
    let mut release = hamlet();
    release.head.project = "[[uses]]\nkey = \"commercial\"\nbreaks = { method = \"given\", limits = [60], reason = \"专家论证\" }\n\
                            [[uses]]\nkey = \"residential\"\nbreaks = \"natural\"\n\
                            [[grading.alternatives]]\nkey = \"grade_q\"\nbreaks = { method = \"given\", reason = \"=旧界限\" }\n\
                            [prices]\nrounding = 5\n"
        .into();
    let limits = limits_table(&release, Lang::Zh);
    let last = limits.fields.last().unwrap();
    assert_eq!((last.name.as_str(), last.title.zh.as_str()), ("reason", "界限依据"));
    let reasons: Vec<Value<'_>> = (0..limits.rows).map(|row| last.cells.get(row)).collect();
    let (given, other) = (Value::Text("专家论证"), Value::Text("=旧界限"));
    assert_eq!(reasons, [given, given, other, other, Value::None, Value::None, other, other]);
    // What the release itself says of a use goes before its project file.
    release.uses[0].reason = Some("自然断点符合地价梯度".into());
    let limits = limits_table(&release, Lang::Zh);
    assert_eq!(limits.fields.last().unwrap().cells.get(0), Value::Text("自然断点符合地价梯度"));
    let step = |release: &Release| {
        let notes = notes_table(release, Lang::Zh);
        let rows = (0..notes.rows).find(|row| notes.fields[0].cells.get(*row) == Value::Text("取整单位"));
        rows.map(|row| format!("{:?}", notes.fields[1].cells.get(row)))
    };
    assert_eq!(step(&release).unwrap(), "Text(\"5 元/㎡\")");
    release.head.project = "[prices]\n".into();
    assert_eq!(step(&release).unwrap(), "Text(\"1 元/㎡\")", "the project file's default");
    release.head.project = "[prices]\nrounding = 0\n".into();
    assert!(step(&release).unwrap().contains("不取整"));
    assert_eq!(step(&bare()), None);
}

#[test]
fn kept_fields_have_the_titles_their_letters_stand_for() {
    let mut release = hamlet();
    for (at, name) in ["ZL", "宗地"].into_iter().enumerate() {
        release.units.kept[at].name = name.into();
    }
    let table = units_table(&release, &Selection::default(), Lang::Zh).table;
    let title = |name: &str| table.fields.iter().find(|field| field.name == name).unwrap().title.zh.clone();
    assert_eq!([title("ZL"), title("宗地")], ["坐落", "宗地"]);
}
