use super::*;
use crate::formats::fixture::{Town, on_threads, say};
use crate::formats::{Cells, Field};
use crate::land::Texts;
use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use std::io::Read;

/// The sheets as calamine reads them.
fn read(target: &Path) -> Vec<(String, Range<Data>)> {
    let mut book: Xlsx<_> = open_workbook(target).unwrap();
    let names = book.sheet_names();
    names.into_iter().map(|name| (name.clone(), book.worksheet_range(&name).unwrap())).collect()
}

fn written(sheets: &[Sheet<'_>], lang: Lang) -> (tempfile::TempDir, Vec<(String, Range<Data>)>, Written) {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("town.xlsx");
    let done = write(sheets, &target, &Options { lang }).unwrap();
    let read = read(&target);
    (folder, read, done)
}

fn plain<'a>(title: &str, fields: Vec<Field<'a>>, rows: usize) -> Table<'a> {
    Table { name: "t".into(), title: Text::same(title), fields, shapes: None, crs: None, rows }
}

fn text(cell: Option<&Data>) -> &str {
    match cell {
        Some(Data::String(text)) => text,
        other => panic!("no text: {other:?}"),
    }
}

fn told(done: &Written, words: &str) -> bool {
    done.losses.iter().any(|loss| loss.en.contains(words) && !loss.zh.is_empty())
}

/// One file out of the workbook's archive, by the `unzip` program.
fn inside(target: &Path, name: &str) -> Option<String> {
    let done = std::process::Command::new("unzip").arg("-p").arg(target).arg(name).output().ok()?;
    done.status.success().then(|| String::from_utf8(done.stdout).unwrap())
}

#[test]
fn calamine_reads_back_values_rounded_as_shown() {
    let town = Town::new(300);
    let table = town.table();
    let (_folder, sheets, done) = written(&[Sheet::plain(&table)], Lang::Zh);
    let (name, cells) = &sheets[0];
    assert_eq!((sheets.len(), name.as_str(), cells.height()), (1, "小城", 301));
    assert_eq!(text(cells.get((0, 3))), "地价(元/㎡)");
    for row in 0..300 {
        for (column, field) in table.fields.iter().enumerate() {
            match (field.cells.get(row), cells.get((row + 1, column))) {
                (Value::None, None | Some(Data::Empty)) => {}
                (Value::Int(value), Some(Data::Float(read))) => assert_eq!(*read, value as f64),
                (Value::Text(value), Some(Data::String(read))) => assert_eq!(read, value),
                (Value::Real(value), Some(Data::Float(read))) => {
                    // Thirds are never ties, so the standard formatter rounds them the same.
                    let decimals = usize::from(field.decimals.unwrap());
                    assert_eq!(*read, format!("{value:.decimals$}").parse::<f64>().unwrap());
                }
                (value, read) => panic!("row {row}, {}: {value:?} came back as {read:?}", field.name),
            }
        }
    }
    assert!(told(&done, "no geometry") && told(&done, "rounded half up"));
}

#[test]
fn text_stays_text_whatever_it_looks_like() {
    let given = ["007", "=1+1", "+86", "@x", "1e5", "2024-01-02", "110101199003078888", " padded ", "a\nb"];
    let texts: Texts = given.iter().collect();
    let long = [1_234_567_890_123_456_i64, 999_999_999_999_999, -5, 0, 1, 2, 3, 4, 5];
    let reals = [0.5, f64::INFINITY, f64::NAN, 0.1, 1e300, -1e-300, 2.0, 3.0, 4.0];
    let fields = vec![
        Field::plain("id", Cells::Text(&texts)),
        Field::plain("n", Cells::Int(&long)),
        Field::plain("r", Cells::real(&reals)),
    ];
    let table = plain("ids", fields, 9);
    let (_folder, sheets, done) = written(&[Sheet::plain(&table)], Lang::En);
    let cells = &sheets[0].1;
    for (row, expected) in given.iter().enumerate() {
        assert_eq!(text(cells.get((row + 1, 0))), *expected);
    }
    assert_eq!(text(cells.get((1, 1))), "1234567890123456");
    assert_eq!(cells.get((2, 1)), Some(&Data::Float(999_999_999_999_999.0)));
    assert_eq!(cells.get((5, 2)), Some(&Data::Float(1e300)));
    assert!(matches!(cells.get((2, 2)), None | Some(Data::Empty)));
    assert!(told(&done, "1 whole numbers of more than 15 digits") && told(&done, "1 infinite numbers"));
}

#[test]
fn notes_totals_and_several_sheets_stand_where_they_belong() {
    let (prices, grades) = ([2.675, 474.5], [1, 2]);
    let fields = || {
        vec![
            Field::plain("grade", Cells::Small(&grades)).titled(say("Grade", "级别")),
            Field::plain("price", Cells::real(&prices)).titled(say("Price", "地价")).in_unit("元/㎡").shown_with(2),
        ]
    };
    let (one, two) = (plain("商服/地价", fields(), 2), plain("商服/地价", fields(), 2));
    let full = Sheet {
        notes_above: vec!["=note".into()],
        notes_below: vec!["below".into()],
        totals: Some(vec![Value::Text("合计"), Value::Real(477.175)]),
        ..Sheet::plain(&one)
    };
    let (folder, sheets, done) = written(&[full, Sheet::plain(&two)], Lang::En);
    assert_eq!(sheets.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["商服_地价", "商服_地价 (2)"]);
    assert!(told(&done, "商服/地价 → 商服_地价"));
    let cells = &sheets[0].1;
    let column = |at: usize| (0..cells.height()).map(|row| cells.get((row, at)).unwrap().clone()).collect::<Vec<_>>();
    let string = |text: &str| Data::String(text.into());
    let expected =
        [string("=note"), string("Grade"), Data::Float(1.0), Data::Float(2.0), string("合计"), string("below")];
    assert_eq!(column(0), expected);
    assert_eq!(column(1)[1..5], [string("Price (元/㎡)"), Data::Float(2.68), Data::Float(474.5), Data::Float(477.18)]);

    let target = folder.path().join("town.xlsx");
    let Some(page) = inside(&target, "xl/worksheets/sheet1.xml") else {
        println!("skipped: no unzip program");
        return;
    };
    assert!(page.contains("<pane ySplit=\"2\" topLeftCell=\"A3\""), "notes and header stay in view");
    assert!(page.contains("orientation=\"landscape\"") && page.contains("fitToHeight=\"0\""));
    assert!(inside(&target, "xl/styles.xml").unwrap().contains("<b/>"));
    assert!(inside(&target, "xl/workbook.xml").unwrap().contains("_xlnm.Print_Area"));
}

/// Columns of 60 characters take 425 pixels each; between the margins of A4 lie 988, of A3 1453: at 65 % three fit on A4, 829 of 988, and five on
/// A3, 1381; six do not, 1658.
#[test]
fn a_sheet_too_wide_for_legible_print_is_one_of_a3_else_breaks_over_pages_with_its_first_columns() {
    let long: Texts = std::iter::once("长".repeat(40)).collect();
    let fields = |count: usize| (0..count).map(|at| Field::plain(format!("f{at}"), Cells::Text(&long))).collect();
    let (three, five, six) = (plain("three", fields(3), 1), plain("five", fields(5), 1), plain("six", fields(6), 1));
    let note = "注".repeat(100);
    let wide = Sheet {
        leading: 2,
        heading: Some("heading".to_string()),
        notes_below: vec![note.clone(), "short".to_string()],
        ..Sheet::plain(&six)
    };
    let (folder, _, _) = written(&[Sheet::plain(&three), Sheet::plain(&five), wide], Lang::En);
    let target = folder.path().join("town.xlsx");
    let Some(narrow) = inside(&target, "xl/worksheets/sheet1.xml") else {
        println!("skipped: no unzip program");
        return;
    };
    assert!(narrow.contains("fitToHeight=\"0\"") && narrow.contains("paperSize=\"9\""), "{narrow}");
    assert!(!narrow.contains("scale="), "{narrow}");
    let larger = inside(&target, "xl/worksheets/sheet2.xml").unwrap();
    assert!(larger.contains("fitToHeight=\"0\"") && larger.contains("paperSize=\"8\""), "{larger}");
    let wide = inside(&target, "xl/worksheets/sheet3.xml").unwrap();
    assert!(!wide.contains("fitToPage") && wide.contains("scale=\"65\""), "{wide}");
    assert!(wide.contains("pageOrder=\"overThenDown\""), "{wide}");
    // 200 places in the three columns of the first page, of 60 each: two lines.
    assert!(
        wide.contains("<mergeCell ref=\"A4:C4\"/>") && wide.contains("<row r=\"4\" spans=\"1:6\" ht=\"30\""),
        "{wide}"
    );
    let book = inside(&target, "xl/workbook.xml").unwrap();
    assert!(book.contains("six!$A:$B,six!$1:$2") && book.contains("three!$1:$1"), "{book}");
}

#[test]
fn a_heading_dates_and_rows_set_aside_look_as_meant() {
    let days: Texts = ["2024-06-30", "unknown", "1875-01-01", "2024-6-30"].iter().collect();
    let fields = vec![Field::plain("day", Cells::Text(&days)), Field::plain("text", Cells::Text(&days))];
    let table = plain("sales", fields, 4);
    let heading = Some("=City".to_string());
    let aside = vec![false, true];
    let sheet = Sheet { heading, dates: &["day"], set_aside: aside, ..Sheet::plain(&table) };
    let (folder, sheets, _) = written(&[sheet], Lang::En);
    let cells = &sheets[0].1;
    assert_eq!((text(cells.get((0, 0))), text(cells.get((1, 0)))), ("=City", "day"));
    // Days since 1899-12-30: 2024-06-30 is 19904 days after 1970-01-01 (`date -u -d 2024-06-30 +%s`), which is day 25569.
    let Some(Data::DateTime(day)) = cells.get((2, 0)) else { panic!("no date") };
    assert_eq!(day.as_f64(), 45_473.0);
    for (row, text_there) in [(3, "unknown"), (4, "1875-01-01"), (5, "2024-6-30")] {
        assert_eq!(text(cells.get((row, 0))), text_there, "what is no date of a release stays what it is");
    }
    assert_eq!(text(cells.get((2, 1))), "2024-06-30", "a field that was not named");
    let Some(styles) = inside(&folder.path().join("town.xlsx"), "xl/styles.xml") else {
        println!("skipped: no unzip program");
        return;
    };
    assert!(styles.contains("yyyy-mm-dd") && styles.contains("<i/>") && styles.contains("<sz val=\"14\"/>"));
}

#[test]
fn a_table_longer_than_a_sheet_goes_on_in_further_ones_with_its_totals_last() {
    let values: Vec<i64> = (0..25).collect();
    let table = plain("long", vec![Field::plain("n", Cells::Int(&values))], 25);
    let sheet = Sheet { totals: Some(vec![Value::Int(300)]), ..Sheet::plain(&table) };
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("long.xlsx");
    // Twelve rows a sheet: a header, ten rows, and room for the totals.
    let done = write_within(&[sheet], &target, &Options::default(), 12).unwrap();
    let sheets = read(&target);
    assert_eq!(sheets.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["long", "long (2)", "long (3)"]);
    let numbers: Vec<f64> = sheets
        .iter()
        .flat_map(|(_, cells)| cells.rows().skip(1))
        .map(|row| if let Data::Float(value) = row[0] { value } else { panic!("{row:?}") })
        .collect();
    let expected: Vec<f64> = (0..25).chain([300]).map(f64::from).collect();
    assert_eq!(numbers, expected);
    assert!(told(&done, "long (3)"));
}

#[test]
fn a_sheet_of_many_cells_reads_back_as_a_small_one_does() {
    let town = Town::new(16_000);
    let table = town.table();
    assert!(table.rows * table.fields.len() > MANY_CELLS);
    let (folder, sheets, _) = written(&[Sheet::plain(&table)], Lang::En);
    let cells = &sheets[0].1;
    assert_eq!(cells.height(), 16_001);
    assert_eq!(text(cells.get((16_000, 0))), "0015999");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "no rows under way are left behind");
}

#[test]
fn an_empty_table_has_its_header() {
    let table = plain("empty", vec![Field::plain("n", Cells::Int(&[]))], 0);
    let (_folder, sheets, _) = written(&[Sheet::plain(&table)], Lang::En);
    assert_eq!(text(sheets[0].1.get((0, 0))), "n");
}

#[test]
fn the_same_tables_give_the_same_bytes_on_any_day_and_thread_count() {
    let town = Town::new(16_000);
    let table = town.table();
    let small = plain("small", vec![Field::plain("n", Cells::Int(&[1]))], 1);
    let files = on_threads(|folder| {
        let target = folder.join("town.xlsx");
        write(&[Sheet::plain(&table), Sheet::plain(&small)], &target, &Options::default()).unwrap();
        let mut bytes = Vec::new();
        std::fs::File::open(target).unwrap().read_to_end(&mut bytes).unwrap();
        // The archive's clock has steps of two seconds: let it pass.
        std::thread::sleep(std::time::Duration::from_millis(1100));
        bytes
    });
    assert!(files.iter().all(|bytes| *bytes == files[0]));
}

#[test]
fn totals_that_do_not_match_are_a_fault_that_leaves_nothing() {
    let table = plain("t", vec![Field::plain("n", Cells::Int(&[1]))], 1);
    let sheet = Sheet { totals: Some(vec![]), ..Sheet::plain(&table) };
    let folder = tempfile::tempdir().unwrap();
    let fault = write(&[sheet], &folder.path().join("t.xlsx"), &Options::default()).unwrap_err();
    assert_eq!(fault.code, "bad-totals");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}
