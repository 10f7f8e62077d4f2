use super::*;
use crate::land::column::Value;
use encoding_rs::GBK;
use std::path::PathBuf;

fn written(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    (folder, path)
}

fn read_text(bytes: &[u8], options: Options<'_>) -> Outcome<RawTable> {
    let (_folder, path) = written("samples.csv", bytes);
    read(&path, options)
}

fn column(table: &RawTable, name: &str) -> Vec<String> {
    let values = table.column(name).unwrap();
    let show = |row| match values.get(row) {
        Value::None => String::new(),
        Value::Int(number) => format!("int {number}"),
        Value::Real(number) => format!("real {number}"),
        Value::Text(text) => text.to_string(),
    };
    (0..table.len()).map(show).collect()
}

#[test]
fn the_same_table_reads_alike_in_every_encoding_and_with_every_separator() {
    let text = "编号,价格,地址\n001,1500,\"人民路1号\n二楼\"\n,,\n002,,商业街\n";
    let utf16: Vec<u8> = std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "UTF-8"),
        (format!("\u{feff}{text}").into_bytes(), "UTF-8"),
        (text.replace(',', ";").replace('\n', "\r\n").into_bytes(), "UTF-8"),
        (text.replace(',', "\t").into_bytes(), "UTF-8"),
        (GBK.encode(text).0.into_owned(), "GBK"),
        (utf16, "UTF-16LE"),
    ] {
        let table = read_text(&bytes, Options::default()).unwrap();
        let read = table.encoding.as_ref().unwrap();
        assert_eq!(read.name, encoding);
        let told = read.told().map(|told| told.zh);
        let evidence = "文字按 GBK 读取:编号 · 价格 · 地址 · 人民路1号\n二楼 · 商业街";
        assert_eq!(told.as_deref(), (encoding == "GBK").then_some(evidence));
        assert_eq!(column(&table, "编号"), ["001", "002"]);
        assert_eq!(column(&table, "价格"), ["1500", ""]);
        assert_eq!(column(&table, "地址")[1], "商业街");
        // The quoted line break is one line of the file: the second sample begins on line 5.
        assert_eq!((table.lines.clone(), table.blank), (vec![2, 5], 1));
    }
}

#[test]
fn wrong_lines_are_told_together_with_file_and_line() {
    let fault = read_text(b"id,price\n1,5\n2\n3,4,5\n4,6,,\n", Options::default()).unwrap_err();
    assert!(fault.place.as_ref().is_some_and(|place| place.ends_with("samples.csv:3")));
    assert_eq!(fault.what.en, "the line has 1 fields, the header 2; so are 1 further lines off: 4");
    let many = format!("id,price\n{}", "1\n".repeat(1000));
    let fault = read_text(many.as_bytes(), Options::default()).unwrap_err();
    assert_eq!(fault.each().count(), 1);
    let by_hand = "the line has 1 fields, the header 2; so are 999 further lines off: 3, 4, 5, 6, 7 …";
    assert_eq!(fault.what.en, by_hand);
    let fault = read_text(b"id,\n1,5\n", Options::default()).unwrap_err();
    assert_eq!((fault.code, fault.what.en.as_str()), ("unnamed-column", "column B has values but no name"));
    assert_eq!(read_text(b"", Options::default()).unwrap_err().code, "no-header");
    let options = Options { encoding: Some("UTF-8"), ..Options::default() };
    let fault = read_text(b"id\n1\n\xff\xfe\n", options).unwrap_err();
    assert!(fault.code == "undecodable-text" && fault.place.unwrap().ends_with(":3"));
}

#[test]
fn a_header_further_down_is_taken_by_its_line_and_bare_names_without_values_vanish() {
    let options = Options { header: Some(3), ..Options::default() };
    let table = read_text(b"# a \"note, never closed\n#\nid,price,\n7,9,\n", options).unwrap();
    assert_eq!((column(&table, "price"), table.lines, table.columns.len()), (vec!["9".to_string()], vec![4], 2));
    for header in [2, 9] {
        let options = Options { header: Some(header), ..Options::default() };
        assert_eq!(read_text(b"id\n\n1\n", options).unwrap_err().code, "no-header");
    }
}

#[test]
fn a_column_is_asked_for_by_its_name() {
    let table = read_text(b"id,use,use\n1,2,3\n", Options::default()).unwrap();
    assert_eq!(table.column("use").unwrap_err().code, "ambiguous-field");
    assert_eq!(table.column("price").unwrap_err().help.en, "the columns are: id, use, use");
}

#[test]
fn a_workbook_keeps_numbers_and_codes_and_writes_dates_as_iso() {
    use rust_xlsxwriter::{Format, Workbook};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("samples.xlsx");
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("样点").unwrap();
    for (column, name) in ["编号", "价格", "容积率", "成交日期", "备注"].iter().enumerate() {
        sheet.write(2, column as u16 + 1, *name).unwrap();
    }
    let date = Format::new().set_num_format("yyyy-mm-dd");
    // 45356 is 2024-03-05, and half a day more is noon (Excel's own serial numbers).
    for (row, (id, price, ratio, serial, note)) in
        [("001", 1500.0, 1.5, 45356.0, "12"), ("002", 1600.0, 2.0, 45356.5, "")].into_iter().enumerate()
    {
        let row = row as u32 * 2 + 3;
        sheet.write(row, 1, id).unwrap().write(row, 2, price).unwrap().write(row, 3, ratio).unwrap();
        sheet.write_with_format(row, 4, serial, &date).unwrap().write(row, 5, note).unwrap();
    }
    sheet.write(5, 6, 3.25).unwrap();
    workbook.add_worksheet().set_name("other").unwrap();
    workbook.save(&path).unwrap();

    let sheet = Options { sheet: Some("样点"), ..Options::default() };
    let fault = read(&path, sheet).unwrap_err();
    assert_eq!((fault.code, fault.what.en.as_str()), ("unnamed-column", "column G has values but no name"));
    assert!(fault.place.unwrap().ends_with("samples.xlsx:3"));
    assert_eq!(read(&path, Options::default()).unwrap_err().help.en, "its sheets are: 样点, other");

    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet
        .write(1, 0, "编号")
        .unwrap()
        .write(1, 1, "价格")
        .unwrap()
        .write(1, 2, "日期")
        .unwrap()
        .write(1, 3, "容积率")
        .unwrap();
    sheet.write(2, 0, "001").unwrap().write(2, 1, 1500).unwrap().write(2, 3, 1.5).unwrap();
    sheet.write_with_format(2, 2, 45356, &date).unwrap();
    sheet.write(4, 0, 2).unwrap().write_with_format(4, 2, 45356.5, &date).unwrap();
    workbook.save(&path).unwrap();
    let table = read(&path, Options::default()).unwrap();
    assert_eq!(column(&table, "编号"), ["001", "2"]);
    assert_eq!(column(&table, "价格"), ["int 1500", ""]);
    assert_eq!(column(&table, "容积率"), ["real 1.5", ""]);
    assert_eq!(column(&table, "日期"), ["2024-03-05", "2024-03-05T12:00:00"]);
    assert_eq!((table.lines, table.blank), (vec![3, 5], 1));
}

#[test]
fn column_names_below_a_title_are_found_and_a_lone_name_is_no_title() {
    let read = |rows: &[&[&str]]| {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("t.xlsx");
        let mut book = rust_xlsxwriter::Workbook::new();
        let page = book.add_worksheet();
        for (row, cells) in (0..).zip(rows) {
            for (column, cell) in (0..).zip(*cells) {
                match cell.parse::<f64>() {
                    Ok(number) => page.write_number(row, column, number).unwrap(),
                    Err(_) => page.write_string(row, column, *cell).unwrap(),
                };
            }
        }
        book.save(&path).unwrap();
        super::read(&path, Options::default())
    };
    let titled =
        read(&[&["2025 prices"], &[""], &["in 元/㎡"], &["grade", "price"], &["1", "4500"], &["2", "1501"]]).unwrap();
    assert_eq!(column(&titled, "price"), ["int 4500", "int 1501"]);
    assert_eq!(titled.lines, [5, 6]);
    // Numbers are no names: the one name stands, and the column without one is told.
    assert_eq!(read(&[&["grade"], &["1", "4500"]]).unwrap_err().code, "unnamed-column");
    let narrow = read(&[&["name"], &["a"], &["b"]]).unwrap();
    assert_eq!(column(&narrow, "name"), ["a", "b"]);
}

#[test]
fn what_is_no_workbook_or_not_there_is_said() {
    let (_folder, path) = written("samples.xlsx", b"not a workbook");
    assert_eq!(read(&path, Options::default()).unwrap_err().code, "unreadable-workbook");
    assert_eq!(read(&path.with_file_name("none.xlsx"), Options::default()).unwrap_err().code, "io");
    assert_eq!(letters(0) + &letters(25) + &letters(26) + &letters(701) + &letters(702), "AZAAZZAAA");
}

/// Rows and columns as Python's csv module counts them.
#[test]
fn real_tables_have_the_rows_that_another_reader_counts() {
    for (path, header, rows, columns) in [
        ("real/landchina/supply_2016.csv", None, 323, 27),
        ("real/landchina/transfer_2016.csv", None, 395, 17),
        ("real/osaka/osaka_2016.csv", None, 1670, 27),
        ("published/term_tables.csv", Some(3), 180, 6),
    ] {
        let full = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
        if !full.exists() {
            println!("skipped: shared data not present");
            return;
        }
        let table = read(&full, Options { header, ..Options::default() }).unwrap();
        assert_eq!((table.len() + table.blank, table.columns.len()), (rows, columns), "{path}");
    }
}

#[test]
fn titles_above_the_names_and_a_row_of_units_below_them_are_no_rows() {
    let folder = tempfile::tempdir().unwrap();
    let read = |text: &str| {
        let path = folder.path().join("table.csv");
        std::fs::write(&path, text).unwrap();
        read(&path, Options::default())
    };
    let shown = |table: &RawTable| {
        let names = table.columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>().join("|");
        (names, table.lines.clone(), table.units_at)
    };
    let titled = read("某县样点表\n\n单位:元/㎡,,\n编号,地价,备注\n1,300,\n2,400,\n").unwrap();
    assert_eq!(shown(&titled), ("编号|地价|备注".to_string(), vec![5, 6], None));
    assert_eq!(titled.above, ["某县样点表", "单位:元/㎡"]);
    // Remarks hold commas; a # alone is a column's name.
    let remarked = read("# prices of 2024, rounded, as printed\n# source: a page\ngrade,price\n1,300\n").unwrap();
    assert_eq!(shown(&remarked), ("grade|price".to_string(), vec![4], None));
    assert_eq!(shown(&read("#,price\n1,300\n").unwrap()), ("#|price".to_string(), vec![2], None));
    let between = read("grade,price\n1,300\n# the rest, as printed, in 2019\n2,200\n").unwrap();
    assert_eq!((shown(&between), between.blank), (("grade|price".to_string(), vec![2, 4], None), 1));
    let tabs = read("某县样点表\n编号\t地价\n1\t300\n").unwrap();
    assert_eq!(shown(&tabs), ("编号|地价".to_string(), vec![3], None));
    let units = read("编号,地价,面积(公顷),年限\n,(元/㎡),亩,年\n1,300,2,40\n").unwrap();
    // What a heading says of its own column stays.
    assert_eq!(shown(&units), ("编号|地价(元/㎡)|面积(公顷)|年限(年)".to_string(), vec![3], Some(2)));
    assert_eq!(units.column("地价").unwrap().get(0).to_string(), "300");
    assert_eq!(units.column("地价(元/㎡)").unwrap().len(), 1);
    // A word that is a unit elsewhere, a row with anything else in it, a header that is a number: rows as ever.
    assert_eq!(shown(&read("name\na\nb\n").unwrap()), ("name".to_string(), vec![2, 3], None));
    assert_eq!(shown(&read("编号,地价\n甲,元/㎡\n").unwrap()), ("编号|地价".to_string(), vec![2], None));
    assert_eq!(read("7\n1,2\n").unwrap_err().code, "wrong-field-count");
}

/// A form's heading: who filled it in, and the unit of its prices, in one line of several cells; then a row of units in brackets.
#[test]
fn a_line_of_notes_above_the_names_is_no_header_and_tells_the_unit() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("s.csv");
    std::fs::write(&path, "土地交易样点表\n填表单位:某局,,单位:万元/亩\n编号,日期,地价\nA1,2024-03-01,601\n").unwrap();
    let table = read(&path, Options::default()).unwrap();
    assert_eq!(table.columns.iter().map(|own| own.name.as_str()).collect::<Vec<_>>(), ["编号", "日期", "地价"]);
    assert!(table.above.iter().any(|text| text == "单位:万元/亩"), "{:?}", table.above);
    std::fs::write(&path, "编号,日期,地价\n,(年月日),(万元/亩)\nA1,2024-03-01,601\n").unwrap();
    let table = read(&path, Options::default()).unwrap();
    assert_eq!((table.len(), table.units_at, table.columns[2].name.as_str()), (1, Some(2), "地价(万元/亩)"));
}
