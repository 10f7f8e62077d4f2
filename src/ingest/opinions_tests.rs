use super::*;
use crate::ingest::headed::Number;
use std::fs;

#[test]
fn the_same_opinions_are_read_from_chinese_gbk_and_from_english_utf_8() {
    let folder = tempfile::tempdir().unwrap();
    let chinese =
        "单元编号,用途,级别,专家,备注\n00甲1,商业用地,一级,张三,临街\n00甲2,商业用地,Ⅱ,李四,\n00甲3,,三等,,\n";
    let english = "Unit,Use,Grade,Expert,Remark\n00甲1,商业用地,1,张三,临街\n00甲2,商业用地,2级,李四,\n00甲3,,三等,,\n";
    let (one, other) = (folder.path().join("one.csv"), folder.path().join("other.csv"));
    fs::write(&one, encoding_rs::GBK.encode(chinese).0).unwrap();
    fs::write(&other, english).unwrap();
    let (one, other) = (read(&one, None).unwrap(), read(&other, None).unwrap());
    let told = |table: &Opinions| {
        let row = |row: &Opinion| (row.line, row.unit.clone(), row.expert.clone(), row.reason.clone(), row.grade);
        table.rows.iter().map(row).collect::<Vec<_>>()
    };
    assert_eq!(told(&one), told(&other));
    assert_eq!(one.rows[0].grade, Some(1));
    assert_eq!((one.rows[2].grade, one.rows[2].written.as_str(), one.rows[2].line), (None, "三等", 4));
    assert!(one.notes.iter().any(|note| note.en.starts_with("the text is read as GBK")), "{:?}", one.notes);
}

#[test]
fn an_id_alone_names_units_and_beside_a_unit_it_does_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    fs::write(&path, "id,grade\n5,1\n").unwrap();
    assert_eq!(read(&path, None).unwrap().rows[0].unit, "5");
    fs::write(&path, "id,unit,grade\n5,a,1\n").unwrap();
    assert_eq!(read(&path, None).unwrap().rows[0].unit, "a");
    fs::write(&path, "id,unit\n5,a\n").unwrap();
    assert_eq!(read(&path, None).unwrap_err().code, "missing-field");
}

#[test]
fn a_workbook_is_read_as_a_text_table_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "专家意见表").unwrap();
    for (column, name) in ["单元编号", "级别"].iter().enumerate() {
        sheet.write(1, column as u16, *name).unwrap();
    }
    sheet.write(2, 0, 17.0).unwrap();
    sheet.write(2, 1, 2.0).unwrap();
    book.save(&path).unwrap();
    let row = read(&path, None).unwrap().rows.remove(0);
    assert_eq!((row.unit.as_str(), row.grade, row.line), ("17", Some(2), 3));
    assert_eq!(Number::Blank.value().to_bits(), f64::NAN.to_bits());
}
