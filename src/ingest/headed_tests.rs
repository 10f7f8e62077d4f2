use super::*;
use std::fs;

fn read(text: &str, wanted: &[Wanted]) -> Outcome<Headed> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    fs::write(&path, text).unwrap();
    Headed::read(&path, None, wanted)
}

fn wanted(names: &'static [&'static str], needed: bool) -> Wanted {
    Wanted { title: say!("amounts", "金额"), names, needed }
}

#[test]
fn a_column_is_found_by_any_of_its_names_and_the_first_name_counts() {
    let table =
        read("编号, Unit ID ,级别\n7,a,1\n", &[wanted(&["unitid", "编号"], true), wanted(&["x"], false)]).unwrap();
    assert_eq!((table.text(0, 0).as_str(), table.has(1), table.text(1, 0).as_str()), ("a", false, ""));
    assert_eq!(table.line(0), 2);
    assert!(table.notes.iter().any(|note| note.en == "columns that are not used: 编号, 级别"), "{:?}", table.notes);
}

#[test]
fn what_is_missing_or_there_twice_is_told_with_what_there_is() {
    let fault = read("a,b\n1,2\n", &[wanted(&["grade", "级别"], true)]).unwrap_err();
    assert_eq!(fault.code, "missing-field");
    assert!(fault.what.en.ends_with("the columns are: a, b") && fault.help.zh.ends_with("grade, 级别"), "{fault}");
    assert_eq!(read("级别,级别(级)\n1,2\n", &[wanted(&["级别"], true)]).unwrap_err().code, "ambiguous-field");
}

#[test]
fn a_text_file_has_no_sheets() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("table.csv");
    fs::write(&path, "x\n1\n").unwrap();
    assert_eq!(Headed::read(&path, Some("a"), &[wanted(&["x"], true)]).unwrap_err().code, "missing-sheet");
}

/// 15 元/㎡ are 1 万元/亩.
#[test]
fn the_unit_of_an_amount_is_told_by_the_cell_else_by_the_heading() {
    let names: &[&str] = &["利润"];
    let amounts = |text: &str| {
        let mut table = read(text, &[wanted(names, true)])?;
        let factor = table.yuan_per_square_metre(0)?;
        Ok::<_, Fault>(((0..table.len()).map(|row| table.amount(0, row, factor)).collect::<Vec<_>>(), table.notes))
    };
    let (found, notes) = amounts("利润(万元/亩·年),b\n2,\n30元/㎡,\n\"1,200\",\n-3,\n—,x\n#DIV/0!,\n5 kg,\n").unwrap();
    let value = Number::Value;
    let bad = |text: &str| Number::Bad(text.to_string());
    assert_eq!(
        found,
        [value(30.0), value(30.0), value(18_000.0), value(-45.0), Number::Blank, bad("#DIV/0!"), bad("5 kg")]
    );
    assert!(notes.iter().all(|note| !note.en.contains("names no unit")));
    let (found, notes) = amounts("利润\n2\n").unwrap();
    assert_eq!(found, [value(2.0)]);
    assert!(notes.iter().any(|note| note.en.contains("names no unit: taken as 元/㎡")));
    assert_eq!(amounts("利润(公斤)\n2\n").unwrap_err().code, "unknown-unit");
}

/// 编号 of the unit stands below 单元, of the parcel below 宗地.
#[test]
fn a_column_is_found_by_its_name_with_the_heading_above_it() {
    let text = "序号,单元,,宗地,\n,编号,级别,编号,利润\n1,u1,2,p1,5\n";
    let table =
        read(text, &[wanted(&["单元编号"], true), wanted(&["级别"], true), wanted(&["宗地编号"], true)]).unwrap();
    let cells: Vec<String> = (0..3).map(|column| table.text(column, 0)).collect();
    assert_eq!(cells, ["u1", "2", "p1"]);
    assert_eq!(read(text, &[wanted(&["宗地利润"], true)]).unwrap().text(0, 0), "5");
}
