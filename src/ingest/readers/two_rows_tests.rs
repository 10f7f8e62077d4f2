use super::super::table::{Options, RawTable, read};
use crate::land::Outcome;

/// A table of text, as it is read.
fn table(text: &str) -> Outcome<RawTable> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    std::fs::write(&path, text).unwrap();
    read(&path, Options::default())
}

fn names(table: &RawTable) -> String {
    table.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join("|")
}

fn cell(table: &RawTable, name: &str) -> String {
    table.column(name).unwrap().get(0).to_string()
}

#[test]
fn a_heading_over_several_columns_and_the_names_below_it_are_one_header() {
    let table = table("编号,坐标,,用途\n,东坐标,北坐标,\na1,500,300,商服\n").unwrap();
    assert_eq!((names(&table).as_str(), table.lines.as_slice()), ("编号|东坐标|北坐标|用途", &[3][..]));
    assert_eq!((cell(&table, "北坐标"), cell(&table, "坐标 北坐标"), cell(&table, "坐标北坐标")), {
        let north = "300".to_string();
        (north.clone(), north.clone(), north)
    });
    let told = "第 1、2 行合为列名:坐标 东坐标, 坐标 北坐标";
    assert_eq!(table.told().iter().map(|text| text.zh.as_str()).collect::<Vec<_>>(), [told]);
}

#[test]
fn a_name_that_stands_below_several_headings_bears_its_heading() {
    let table = table("编号,评估,,交易,,日期\n,日期,地价,日期,地价,\na1,1,2,3,4,5\n").unwrap();
    assert_eq!(names(&table), "编号|评估 日期|评估 地价|交易 日期|交易 地价|日期");
    assert_eq!((cell(&table, "日期"), cell(&table, "交易地价")), ("5".to_string(), "4".to_string()));
    assert_eq!(table.column("地价").unwrap_err().code, "missing-field");
}

#[test]
fn a_title_above_and_units_below_two_rows_of_names_are_read_as_ever() {
    let table = table("样点表\n编号,土地,,\n,级别,地价,面积\n,,元/㎡,公顷\na1,一级,1000,10\n").unwrap();
    assert_eq!((names(&table).as_str(), table.lines.as_slice()), ("编号|级别|地价(元/㎡)|面积(公顷)", &[5][..]));
    assert_eq!((cell(&table, "面积"), cell(&table, "土地面积")), ("10".to_string(), "10".to_string()));
    // Units below a heading are no names.
    let units = self::table("编号,地价,\n,元/㎡,万元/亩\na1,15,1\n").unwrap();
    assert_eq!(names(&units), "编号|地价(元/㎡)|地价(万元/亩)");
}

#[test]
fn a_row_of_values_is_no_second_row_of_names() {
    for text in [
        // A number, an amount, a date; a row with an identifier; nothing below the heading itself.
        "编号,地价,\n,1000,x\n",
        "编号,地价,\n,5万元,x\n",
        "编号,日期,\n,2024-03-05,x\n",
        "编号,用途,\na1,商服,x\n",
        "编号,用途,\n,,x\n",
    ] {
        assert_eq!(table(text).unwrap_err().code, "unnamed-column", "{text}");
    }
}

/// 坐标 over two columns, 编号 merged with the cell below it.
#[test]
fn merged_cells_of_a_workbook_head_the_columns_below_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    let (sheet, plain) = (book.add_worksheet(), rust_xlsxwriter::Format::new());
    sheet.merge_range(0, 0, 0, 2, "样点调查表", &plain).unwrap();
    sheet.merge_range(1, 0, 2, 0, "编号", &plain).unwrap();
    sheet.merge_range(1, 1, 1, 2, "坐标", &plain).unwrap();
    sheet.write(2, 1, "东坐标").unwrap().write(2, 2, "北坐标").unwrap();
    sheet.write(3, 0, "a1").unwrap().write(3, 1, 500.5).unwrap().write(3, 2, 300.5).unwrap();
    book.save(&path).unwrap();
    let table = read(&path, Options::default()).unwrap();
    assert_eq!((names(&table).as_str(), table.lines.as_slice()), ("编号|东坐标|北坐标", &[4][..]));
    assert_eq!((cell(&table, "东坐标"), table.merged), ("500.5".to_string(), 0));
    assert_eq!(table.names_at, Some((2, 3)));
}

/// The unit and the kind of a heading over several columns are those of the prices, sums and areas below it; a unit of the column's own counts
/// before it, wherever that stands.
#[test]
fn what_a_heading_over_several_columns_says_is_said_of_each() {
    let of = |text: &str| table(text).unwrap();
    let priced = of("编号,地价(万元/亩),,面积(亩),日期\n,地面地价,楼面地价,,\na1,200,100,3,x\n");
    assert_eq!(names(&priced), "编号|地面地价(万元/亩)|楼面地价(万元/亩)|面积(亩)|日期");
    for name in ["地面地价", "地价(万元/亩) 地面地价", "地面地价(万元/亩)"] {
        assert_eq!(cell(&priced, name), "200", "{name}");
    }
    let sums = of("编号,成交价(万元),,,\n,总价,税费,日期,面积(亩)\na1,300,9,x,3\n");
    assert_eq!(names(&sums), "编号|总价(万元)|税费(万元)|日期|面积(亩)");
    let kinds = of("编号,楼面地价,,\n,单价(元/㎡),总价,容积率\na1,2000,9,2\n");
    assert_eq!(names(&kinds), "编号|单价(楼面地价 元/㎡)|总价|容积率");
    assert_eq!((cell(&kinds, "单价(元/㎡)"), cell(&kinds, "单价")), ("2000".to_string(), "2000".to_string()));
    let alike = of("编号,评估(万元/亩),,交易(元/㎡),\n,地价,日期,地价,日期\na1,1,x,2,y\n");
    assert_eq!(names(&alike), "编号|评估 地价(万元/亩)|评估 日期|交易 地价(元/㎡)|交易 日期");
    assert_eq!((cell(&alike, "评估(万元/亩) 地价"), cell(&alike, "交易 地价")), ("1".to_string(), "2".to_string()));
    // A row of units below both rows of names is nearer.
    let below = of("编号,成交(万元),\n,总价,地价\n,亿元,元/㎡\na1,1,2\n");
    assert_eq!(names(&below), "编号|总价(亿元)|地价(元/㎡)");
}

/// Whatever the lower name is, unless it is none of a price, a sum or an area.
#[test]
fn units_are_handed_down_to_any_name_but_those_of_other_things() {
    let of = |text: &str| names(&table(text).unwrap());
    assert_eq!(of("编号,地价(万元/亩),,\n,地面,楼面,日期\na1,200,100,x\n"), "编号|地面(万元/亩)|楼面(万元/亩)|日期");
    assert_eq!(of("编号,成交价款(万元),,\n,合计,税费,面积\na1,600,10,3\n"), "编号|合计(万元)|税费(万元)|面积");
    assert_eq!(of("编号,楼面地价(元/㎡),\n,成交,评估\na1,1500,1\n"), "编号|成交(楼面地价 元/㎡)|评估(楼面地价 元/㎡)");
    assert_eq!(of("编号,面积(亩),\n,土地,建筑\na1,3,1\n"), "编号|土地(亩)|建筑(亩)");
}

/// Metres of coordinates, the word 单位, a day: a row of units all the same.
#[test]
fn a_row_of_units_may_hold_metres_and_the_word_unit() {
    let of = |row: &str| names(&table(&format!("编号,x,y,日期,地价,面积\n{row}\na1,1,2,x,200,3\n")).unwrap());
    let read = "编号|x|y|日期|地价(万元/亩)|面积(亩)";
    for row in [",m,m,,万元/亩,亩", ",米,米,日,单位：万元/亩,单位:亩", "-,m,m,年月日,(万元/亩),亩"]
    {
        assert_eq!(of(row), read, "{row}");
    }
}
