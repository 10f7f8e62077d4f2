use super::*;
use crate::formats::Field;
use crate::land::{Column, Text, Texts};
use crate::space::{Crs, Kind, Point, Shapes};
use ::parquet::file::reader::{FileReader, SerializedFileReader};

const ROWS: usize = 150_000;

fn square(shapes: &mut Shapes, x: f64, y: f64, side: f64, outer: bool) {
    let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)];
    shapes.push_ring(&corners.map(|(dx, dy)| Point::new(x + dx, y + dy)), outer);
}

/// Squares, every tenth of two parts, every seventh with a hole, every hundredth without coordinates.
fn shapes(rows: usize) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for row in 0..rows {
        let (x, y) = (500_000.0 + 40.0 * (row % 300) as f64, 3_400_000.1 + 40.0 * (row / 300) as f64);
        if row % 100 != 99 {
            square(&mut shapes, x, y, 30.3, true);
        }
        if row % 7 == 0 && row % 100 != 99 {
            square(&mut shapes, x + 5.0, y + 5.0, 3.0, false);
        }
        if row % 10 == 0 {
            square(&mut shapes, x + 31.0, y, 7.7, true);
        }
        shapes.end_feature();
    }
    shapes
}

struct Held {
    shapes: Shapes,
    crs: Crs,
    ids: Vec<i64>,
    grades: Vec<u8>,
    matrix: Vec<f64>,
    kept: [Column; 3],
}

impl Held {
    fn new(rows: usize) -> Held {
        let whole: Vec<Option<i64>> = (0..rows as i64).map(|row| (row % 3 > 0).then_some(row - i64::MAX / 2)).collect();
        let real: Vec<f64> =
            (0..rows).map(|row| [0.1 * row as f64, f64::NAN, -0.0, f64::INFINITY, 5e-324][row % 5]).collect();
        let text: Texts = (0..rows)
            .map(|row| [format!("宗地{row}"), String::new(), " 𠮷,\"\n".to_string()][row % 3].clone())
            .collect();
        let column = |name: &str, values| Column { name: name.to_string(), values };
        Held {
            shapes: shapes(rows),
            crs: Crs::parse("EPSG:4547").unwrap(),
            ids: (0..rows as i64).map(|row| row * 3 - 7).collect(),
            grades: (0..rows).map(|row| (row % 9) as u8).collect(),
            matrix: (0..rows * 2).map(|at| (at as f64).sqrt()).collect(),
            kept: [
                column("整数", Values::Int(whole)),
                column("real", Values::Real(real)),
                column("街道", Values::Text(text)),
            ],
        }
    }

    fn table(&self) -> Table<'_> {
        let mut fields = vec![
            Field::plain("id", Cells::Int(&self.ids)),
            Field::plain("grade", Cells::Small(&self.grades)),
            Field::plain(
                "use",
                Cells::Code { codes: &self.grades, names: (0..9).map(|n| format!("用途{n}")).collect() },
            ),
            Field::plain("second", Cells::Real { values: &self.matrix, stride: 2, offset: 1 }),
        ];
        fields.extend(self.kept.iter().map(|column| Field::plain(&column.name, Cells::Values(&column.values))));
        Table {
            name: "units".to_string(),
            title: Text::same("units"),
            fields,
            shapes: Some(&self.shapes),
            crs: Some(&self.crs),
            rows: self.ids.len(),
        }
    }
}

fn same(one: &Values, other: &Values) -> bool {
    match (one, other) {
        (Values::Int(one), Values::Int(other)) => one == other,
        (Values::Real(one), Values::Real(other)) => {
            let bits = |values: &[f64]| -> Vec<u64> { values.iter().map(|value| value.to_bits()).collect() };
            bits(one) == bits(other)
        }
        (Values::Text(one), Values::Text(other)) => one == other,
        _ => false,
    }
}

#[test]
fn what_is_written_reads_back_bit_for_bit() {
    let held = Held::new(ROWS);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("units.parquet");
    write(&held.table(), &path, &[("note", "试".to_string())]).unwrap();
    let mut sheet = read(&path).unwrap();
    assert_eq!((sheet.rows, sheet.notes["note"].as_str()), (ROWS, "试"));
    let ids = held.ids.iter().copied().map(Some).collect();
    assert!(same(&sheet.take("id").unwrap(), &Values::Int(ids)));
    let grades = held.grades.iter().map(|&grade| (grade > 0).then_some(i64::from(grade))).collect();
    assert!(same(&sheet.take("grade").unwrap(), &Values::Int(grades)));
    let uses = held.grades.iter().map(|grade| format!("用途{grade}")).collect();
    assert!(same(&sheet.take("use").unwrap(), &Values::Text(uses)));
    let second = (0..ROWS).map(|row| held.matrix[2 * row + 1]).collect();
    assert!(same(&sheet.take("second").unwrap(), &Values::Real(second)));
    for column in &held.kept {
        assert!(same(&sheet.take(&column.name).unwrap(), &column.values), "{}", column.name);
    }
    let shapes = sheet.shapes.unwrap();
    assert!(shapes.len() == ROWS && shapes.points() == held.shapes.points());
    for (one, other) in shapes.iter().zip(held.shapes.iter()) {
        assert!(
            one.rings()
                .map(|ring| (ring.points.len(), ring.outer))
                .eq(other.rings().map(|ring| (ring.points.len(), ring.outer)))
        );
    }
}

#[test]
fn the_geo_metadata_is_what_geoparquet_1_1_asks_for() {
    let held = Held::new(300);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("units.parquet");
    write(&held.table(), &path, &[]).unwrap();
    // Read with the parquet crate alone, not with our reader.
    let reader = SerializedFileReader::new(File::open(&path).unwrap()).unwrap();
    let file = reader.metadata().file_metadata();
    let pairs = file.key_value_metadata().unwrap();
    let geo = pairs.iter().find(|pair| pair.key == "geo").unwrap().value.as_ref().unwrap();
    let geo: serde_json::Value = serde_json::from_str(geo).unwrap();
    let column = &geo["columns"]["geometry"];
    assert_eq!((&geo["version"], &geo["primary_column"]), (&"1.1.0".into(), &"geometry".into()));
    assert_eq!((&column["encoding"], &column["edges"]), (&"WKB".into(), &"planar".into()));
    assert_eq!(column["geometry_types"], serde_json::json!(["Polygon", "MultiPolygon"]));
    // 300 squares in one row, 40 m apart; the last has no coordinates, so the extent ends with square 298: 298 · 40 + 30.3 = 11 950.3.
    assert_eq!(column["bbox"], serde_json::json!([500_000.0, 3_400_000.1, 511_950.3, 3_400_030.4]));
    assert_eq!(column["crs"]["type"], "ProjectedCRS");
    assert_eq!(column["crs"]["id"], serde_json::json!({"authority": "EPSG", "code": 4547}));
    let geometry = reader.metadata().row_group(0).column(7);
    assert_eq!(geometry.column_path().string(), "geometry");
    assert_eq!(geometry.column_type(), ::parquet::basic::Type::BYTE_ARRAY);
    assert!(matches!(geometry.compression(), Compression::ZSTD(_)));
}

#[test]
fn no_thread_count_changes_a_byte() {
    let held = Held::new(ROWS);
    let folder = tempfile::tempdir().unwrap();
    let written = |threads: usize| {
        let path = folder.path().join(format!("{threads}.parquet"));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| write(&held.table(), &path, &[])).unwrap();
        std::fs::read(path).unwrap()
    };
    let one = written(1);
    assert!(one == written(2) && one == written(7));
}

#[test]
fn a_table_without_rows_keeps_its_columns_and_kind() {
    let mut held = Held::new(0);
    held.shapes = Shapes::new(Kind::Line);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("none.parquet");
    write(&held.table(), &path, &[]).unwrap();
    let sheet = read(&path).unwrap();
    assert_eq!((sheet.rows, sheet.columns.len(), sheet.shapes.unwrap().kind), (0, 7, Kind::Line));
}

#[test]
fn two_columns_of_one_name_are_refused_and_what_is_no_parquet_is_told() {
    let held = Held::new(3);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("units.parquet");
    for name in ["ID", "Geometry"] {
        let mut table = held.table();
        table.fields.push(Field::plain(name, Cells::Small(&held.grades)));
        assert_eq!(write(&table, &path, &[]).unwrap_err().code, "duplicate-field");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    std::fs::write(&path, "PAR1 no, it is not PAR1").unwrap();
    assert_eq!(read(&path).unwrap_err().code, "parquet");
    assert_eq!(read(&folder.path().join("absent")).unwrap_err().code, "io");
}
