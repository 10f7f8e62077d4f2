use super::super::vector::read;
use crate::land::column::Value;

/// A shapefile of one point per record, at (its row, 0). Of a field the name, the kind and the width; of a record whether it is deleted.
fn shapefile(fields: &[(&[u8], u8, u8)], records: &[(bool, &[&[u8]])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let count = records.len() as u32;
    let head = |words: u32| {
        let mut head = vec![0u8; 100];
        head[..4].copy_from_slice(&9994u32.to_be_bytes());
        head[24..28].copy_from_slice(&words.to_be_bytes());
        head[28..32].copy_from_slice(&1000u32.to_le_bytes());
        head[32] = 1;
        head[52..60].copy_from_slice(&f64::from(count).to_le_bytes());
        head
    };
    let (mut shapes, mut index) = (head(50 + 14 * count), head(50 + 4 * count));
    for row in 0..count {
        shapes.extend([(row + 1).to_be_bytes(), 10u32.to_be_bytes(), 1u32.to_le_bytes()].concat());
        shapes.extend([f64::from(row).to_le_bytes(), 0f64.to_le_bytes()].concat());
        index.extend([(50 + 14 * row).to_be_bytes(), 10u32.to_be_bytes()].concat());
    }
    let width: u16 = 1 + fields.iter().map(|field| u16::from(field.2)).sum::<u16>();
    let mut table = vec![3, 124, 1, 1];
    table.extend(count.to_le_bytes());
    table.extend((33 + 32 * fields.len() as u16).to_le_bytes());
    table.extend(width.to_le_bytes());
    table.resize(32, 0);
    for (name, kind, width) in fields {
        let mut field = [0u8; 32];
        field[..name.len()].copy_from_slice(name);
        (field[11], field[16]) = (*kind, *width);
        table.extend(field);
    }
    table.push(0x0d);
    for (deleted, cells) in records {
        table.push(if *deleted { b'*' } else { b' ' });
        for (cell, field) in cells.iter().zip(fields) {
            let end = table.len() + usize::from(field.2);
            table.extend_from_slice(cell);
            table.resize(end, b' ');
        }
    }
    for (ending, bytes) in [("shp", shapes), ("shx", index), ("dbf", table)] {
        std::fs::write(folder.path().join(format!("p.{ending}")), bytes).unwrap();
    }
    folder
}

#[test]
fn utf8_cut_by_a_full_field_loses_its_broken_end() {
    // 土地用途 has twelve bytes: a name takes ten, three characters and a third of the fourth.
    let name = &"土地用途".as_bytes()[..10];
    let cells = ["长江中路".as_bytes(), "长江中路".as_bytes()];
    let folder = shapefile(
        &[(name, b'C', 11), (b"SHORT", b'C', 12)],
        &[(false, &[&cells[0][..11], cells[1]]), (false, &["江".as_bytes(), &"长江".as_bytes()[..4]])],
    );
    let path = folder.path().join("p.shp");
    let raw = read(&path, None, &["土地用", "SHORT"], Some("UTF-8")).unwrap();
    let texts = |at: usize| (0..2).map(|row| raw.columns[at].values.get(row)).collect::<Vec<_>>();
    assert_eq!(texts(0), [Value::Text("长江中"), Value::Text("江")]);
    // A field that is not full was not cut: its broken end stays in sight.
    assert_eq!(texts(1), [Value::Text("长江中路"), Value::Text("长\u{fffd}")]);
    let listed = crate::ingest::inspect::inspect(folder.path()).unwrap();
    assert_eq!((listed[0].fields[0].name.as_str(), listed[0].fields[0].last.as_str()), ("土地用", "长江中"));
}

#[test]
fn cells_that_are_no_numbers_stay_as_they_are_and_deleted_records_are_counted() {
    let (id, real, whole) = (&b"ID"[..], &b"F"[..], &b"N"[..]);
    let folder = shapefile(
        &[(id, b'N', 4), (real, b'F', 24), (whole, b'N', 5)],
        &[
            (false, &[b"1", b"10.5", b"5.0"]),
            (true, &[b"2", b"x", b"x"]),
            (false, &[b"3", b"12abc", b"  1,5"]),
            (false, &[b"4", b"", b"*****"]),
            (false, &[b"5", b"1.5e3", b"3.7"]),
        ],
    );
    let raw = read(&folder.path().join("p.shp"), None, &["ID", "F", "N"], None).unwrap();
    assert_eq!((raw.deleted, raw.rows.as_slice(), raw.plain_text), (1, &[0, 2, 3, 4][..], false));
    let column = |at: usize| (0..4).map(|row| raw.columns[at].values.get(row)).collect::<Vec<_>>();
    assert_eq!(column(0), [Value::Int(1), Value::Int(3), Value::Int(4), Value::Int(5)]);
    assert_eq!(column(1), [Value::Text("10.5"), Value::Text("12abc"), Value::None, Value::Text("1500")]);
    // GDAL reads 3.7 among whole numbers as 3.
    assert_eq!(column(2), [Value::Text("5"), Value::Text("1,5"), Value::None, Value::Text("3.7")]);
    // Only what is no number in its cell can be a finding.
    let numbers = |at: usize| raw.number_cells[at].as_slice();
    assert_eq!(
        (numbers(0), numbers(1), numbers(2)),
        (&[][..], &[true, false, true, true][..], &[true, false, true, true][..])
    );
}

#[test]
fn a_sound_table_keeps_its_numbers() {
    let folder = shapefile(&[(b"N", b'N', 5)], &[(false, &[b"   12"]), (false, &[b"-3"]), (false, &[b""])]);
    let raw = read(&folder.path().join("p.shp"), None, &["N"], None).unwrap();
    assert_eq!((raw.deleted, raw.plain_text), (0, false));
    let values: Vec<_> = (0..3).map(|row| raw.columns[0].values.get(row)).collect();
    assert_eq!(values, [Value::Int(12), Value::Int(-3), Value::None]);
}
