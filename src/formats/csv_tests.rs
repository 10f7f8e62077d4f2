use super::*;
use crate::formats::fixture::{Town, on_threads, say};
use crate::formats::{Cells, Field};
use crate::land::Texts;

fn written(table: &Table<'_>, options: &Options) -> (String, Written) {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("town.csv");
    let done = write(table, &target, options).unwrap();
    (std::fs::read_to_string(&target).unwrap(), done)
}

/// Header and rows as the `csv` crate's reader gives them.
fn read(text: &str) -> Vec<Vec<String>> {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|line| line.unwrap().iter().map(String::from).collect()).collect()
}

fn plain(fields: Vec<Field<'_>>, rows: usize) -> Table<'_> {
    Table { name: "t".into(), title: Text::same("t"), fields, shapes: None, crs: None, rows }
}

fn told(done: &Written, words: &str) -> bool {
    done.losses.iter().any(|loss| loss.en.contains(words) && !loss.zh.is_empty())
}

#[test]
fn data_reads_back_in_full_under_field_names() {
    let town = Town::new(500);
    let table = town.table();
    let (text, done) = written(&table, &Options::default());
    assert!(text.starts_with("\u{FEFF}id,name,score,price,grade,use,count\r\n"));
    assert!(told(&done, "no geometry") && told(&done, "titles and units are left out"));
    let lines = read(&text);
    assert_eq!(lines.len(), 501);
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

#[test]
fn titles_carry_units_and_numbers_round_half_up_for_people() {
    let values = [2.675, 474.5, 7.0];
    let field = || Field::plain("price", Cells::real(&values)).titled(say("Price", "地价")).in_unit("元/㎡");
    let table = plain(vec![field().shown_with(2), field()], 3);
    let options = |lang| Options { bom: false, header: Header::Titles(lang), rounded: true };
    let (text, done) = written(&table, &options(Lang::Zh));
    assert_eq!(text, "地价(元/㎡),地价(元/㎡)\r\n2.68,2.675\r\n474.50,474.5\r\n7.00,7\r\n");
    assert!(told(&done, "1 numbers are rounded half up"));
    assert_eq!(read(&written(&table, &options(Lang::En)).0)[0][0], "Price (元/㎡)");
}

#[test]
fn formulas_are_guarded_for_people_and_left_alone_as_data() {
    let hostile =
        ["=HYPERLINK(\"http://x\")", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "a=1", "say \"hi\",\nthere", "'=1"];
    let texts: Texts = hostile.iter().collect();
    let negative = [-1.5; 9];
    let table = plain(vec![Field::plain("=t", Cells::Text(&texts)), Field::plain("n", Cells::real(&negative))], 9);
    let (text, _) = written(&table, &Options { bom: false, ..Options::default() });
    assert_eq!(read(&text)[1..].iter().map(|line| line[0].as_str()).collect::<Vec<_>>(), hostile);
    let (marked, _) = written(&table, &Options::default());
    let (text, done) = written(&table, &Options { header: Header::Titles(Lang::En), ..Options::default() });
    let lines = read(&text);
    assert_eq!(
        read(&marked)[1..].iter().map(|line| &line[0]).collect::<Vec<_>>(),
        lines[1..].iter().map(|line| &line[0]).collect::<Vec<_>>()
    );
    assert_eq!(lines[0][0], "'=t");
    for (at, line) in lines[1..].iter().enumerate() {
        let expected = if at < 6 { format!("'{}", hostile[at]) } else { hostile[at].to_string() };
        assert_eq!((&line[0], line[1].as_str()), (&expected, "-1.5"), "numbers are no formulas");
    }
    assert!(told(&done, "6 texts"));
}

#[test]
fn two_fields_of_one_name_are_a_fault_that_leaves_nothing() {
    let values = [1];
    let table = plain(vec![Field::plain("a", Cells::Int(&values)), Field::plain("a", Cells::Int(&values))], 1);
    let folder = tempfile::tempdir().unwrap();
    let fault = write(&table, &folder.path().join("t.csv"), &Options::default()).unwrap_err();
    assert_eq!(fault.code, "duplicate-field");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn one_two_and_seven_threads_write_the_same_bytes() {
    let town = Town::new(40_000);
    let options = Options { header: Header::Titles(Lang::Zh), rounded: true, ..Options::default() };
    let files = on_threads(|folder| {
        let target = folder.join("town.csv");
        write(&town.table(), &target, &options).unwrap();
        std::fs::read(target).unwrap()
    });
    assert!(files[0].len() > 1_000_000 && files.iter().all(|bytes| *bytes == files[0]));
}
