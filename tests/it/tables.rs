//! Tables of samples as they come out of offices: headers of two rows, sums among the rows, odd dates, blanks, numbers that are texts.

use crate::samples::{UNITS, checked, prices, sound};
use crate::tools::codes;
use serde_json::Value;

const MENDED: &str = "[policy]\nmissing-value = \"repair\"\nout-of-range = \"repair\"\n";

/// Checks a table of samples with the fields of [`prices`]; `rest` stands behind them.
fn check(text: &str, rest: &str) -> (i32, Value) {
    let folder = sound();
    std::fs::write(folder.path().join("s.csv"), text).unwrap();
    checked(folder.path(), UNITS, &prices("s.csv", rest))
}

/// What is told of a sample, in English.
fn told(answer: &Value, id: &str) -> Vec<String> {
    let findings = answer["findings"].as_array().unwrap().iter().filter(|finding| finding["feature"] == id);
    findings.map(|finding| finding["detail"].as_str().unwrap_or_else(|| panic!("{finding}")).to_string()).collect()
}

#[test]
fn a_header_of_two_rows_is_read_and_told() {
    let table = "survey of sales\nid,use,deal,,place,\n,,price,day,x,y\nS1,commercial,2000,,500010,3300010\n";
    let (exit, answer) = check(table, "");
    assert_eq!((exit, codes(&answer)), (0, vec!["reader-remark s".into()]), "{answer}");
    assert_eq!(answer["samples"], 1);
    assert_eq!(told(&answer, ""), ["lines 2 and 3 are one header: deal price, deal day, place x, place y"]);
}

/// 2000 and 1000 are samples; what sums them up or averages them is none, though it has a price and a place.
#[test]
fn lines_that_sum_up_or_average_are_no_samples() {
    let rows = "S1,commercial,2000,500010,3300010\nS2,commercial,1000,500040,3300010\n";
    let sums = "小计,commercial,3000,500010,3300010\n平 均,commercial,1500,500010,3300010\n";
    let table = format!("id,use,price,x,y\n{rows}{sums}");
    let (exit, answer) = check(&table, "");
    assert_eq!((exit, codes(&answer)), (1, vec!["missing-value s 小计".into(), "missing-value s 平 均".into()]));
    let (exit, answer) = check(&table, MENDED);
    assert_eq!((exit, &answer["samples"]), (0, &2.into()), "{answer}");
    assert_eq!(told(&answer, "小计"), ["\"小计\" heads a sum or an average of other lines, no sample"]);
    // The word may stand before the identifier, which a sum may lack.
    let first = "1,S1,commercial,2000,500010,3300010\n合计,,commercial,2000,500010,3300010\n";
    let (_, answer) = check(&format!("no,id,use,price,x,y\n{first}"), MENDED);
    assert_eq!((codes(&answer), &answer["samples"]), (vec!["missing-value s line 3".into()], &1.into()), "{answer}");
}

#[test]
fn a_day_the_index_does_not_cover_is_told_with_its_sample_and_the_others_are_used() {
    let table = "id,use,price,x,y,day\nS1,commercial,2000,500010,3300010,2024-05-01\n\
        S2,commercial,1000,500040,3300010,1900年01月01日\nS3,commercial,1100,500040,3300011,0105-01-12\n\
        S4,commercial,1100,500040,3300012,2024-02-01\n";
    let by = |reading: &str, policy: &str| {
        let folder = sound();
        std::fs::write(folder.path().join("s.csv"), table).unwrap();
        let index = "date = \"day\"\n[prices.index_table]\n\"2024Q1\" = [98]\n\"2024Q2\" = [100]\n";
        let text = prices("s.csv", &format!("{index}{policy}"));
        let head = format!("[prices]\nbase_quarter = \"2024Q2\"\nindex_reading = \"{reading}\"\n");
        checked(folder.path(), UNITS, &text.replace("[prices]\n", &head))
    };
    let (exit, answer) = by("quarter", "");
    assert_eq!((exit, codes(&answer)), (1, vec!["out-of-range s S2".into(), "out-of-range s S3".into()]), "{answer}");
    let (exit, answer) = by("quarter", MENDED);
    assert_eq!((exit, &answer["samples"]), (0, &2.into()), "{answer}");
    let said = "its date is 0105-01-12: the price index, 2024Q1 to 2024Q2, has no value for 105Q1";
    assert_eq!(told(&answer, "S3"), [said]);
    // By months February lies between the ends of the last quarter of 2023, which is not there, and the first of 2024.
    let (exit, answer) = by("month", MENDED);
    assert_eq!((exit, &answer["samples"]), (0, &1.into()), "{answer}");
    assert!(told(&answer, "S4")[0].ends_with("has no value for 2023Q4"), "{answer}");
}

/// A text file knows nothing but texts: what is digits, points and commas between thousands is a number there as any other.
#[test]
fn numbers_in_full_width_digits_are_told_and_thousands_in_a_text_file_are_not() {
    let wide = "\u{ff11}\u{ff15}\u{ff10}\u{ff10}";
    let rows = format!("S1,commercial,\"1,500\",500010,3300010\nS2,commercial,{wide},500040,3300010\n");
    let (exit, answer) = check(&format!("id,use,price,x,y\n{rows}"), "");
    assert_eq!((exit, codes(&answer)), (0, vec!["number-in-text s S2".into()]), "{answer}");
    let folder = sound();
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, name) in (0..).zip(["id", "use", "price", "x", "y"]) {
        sheet.write(0, column, name).unwrap();
    }
    sheet.write(1, 0, "S1").unwrap().write(1, 1, "commercial").unwrap().write(1, 2, "1,500").unwrap();
    sheet.write(1, 3, 500_010).unwrap().write(1, 4, 3_300_010).unwrap();
    book.save(folder.path().join("s.xlsx")).unwrap();
    let (exit, answer) = checked(folder.path(), UNITS, &prices("s.xlsx", ""));
    assert_eq!((exit, codes(&answer)), (0, vec!["number-in-text s S1".into()]), "{answer}");
}

/// The term of the use's prices is 40 years. A grant starts a right, a rent is reckoned over the term it is asked for; a transfer hands on what
/// is left, which only the table knows. With a price of its own a lease says no more than a transfer.
#[test]
fn a_blank_term_is_the_connotations_where_the_type_allows_it_and_nothing_denies_it() {
    let table = "id,use,price,x,y,kind,rent,area,left\n\
        G,commercial,2000,500010,3300010,grant,,,\nT,commercial,2100,500011,3300010,transfer,,,\n\
        L,commercial,,500012,3300010,ground-lease,1000,10,\nM,commercial,900,500013,3300010,ground-lease,,,\n\
        B,commercial,2200,500014,3300010,,,,30\n";
    let rest = "term = \"left\"\ntype = \"kind\"\narea = { field = \"area\", unit = \"㎡\" }\n[prices.samples.figures]\n\
                annual_rent = { field = \"rent\", unit = \"元\" }\n";
    let all = ["B", "G", "L", "M", "T"].map(|id| format!("missing-value s {id}"));
    let (exit, answer) = check(table, rest);
    assert_eq!(exit, 1, "{answer}");
    for code in &all {
        assert!(codes(&answer).contains(code), "{code}: {answer}");
    }
    let (exit, answer) = check(table, &format!("{rest}{MENDED}"));
    assert_eq!((exit, codes(&answer), &answer["samples"]), (0, all.to_vec(), &2.into()), "{answer}");
    let taken = |kind: &str| format!("left has no value: for the {kind} the 40 years of the benchmark price are taken");
    assert_eq!((told(&answer, "G"), told(&answer, "L")), (vec![taken("grant")], vec![taken("ground lease")]));
    for id in ["T", "M"] {
        assert_eq!(told(&answer, id), ["left has no value"]);
    }
    assert_eq!(told(&answer, "B"), ["its type is not told"]);
}

/// S2 lacks a cell and S4 has one too many: which cell is of which column is not known. The others are used.
#[test]
fn a_row_of_too_few_or_too_many_cells_is_told_and_the_others_are_used() {
    let table = "id,use,price,x,y\nS1,commercial,2000,500010,3300010\nS2,commercial,500010,3300010\n\
        S3,commercial,1000,500040,3300010\nS4,commercial,1,100,500040,3300010\n";
    let (exit, answer) = check(table, "");
    assert_eq!(
        (exit, codes(&answer)),
        (1, vec!["uneven-row s line 3".into(), "uneven-row s line 5".into()]),
        "{answer}"
    );
    assert!(told(&answer, "line 3")[0].starts_with("the line has 4 cells, the header 5"), "{answer}");
    let (exit, answer) = check(table, "[policy]\nuneven-row = \"repair\"\n");
    assert_eq!((exit, &answer["samples"]), (0, &2.into()), "{answer}");
}

/// Among prices in 万元/亩 `1250元` may be a price of anything; among prices in 元/㎡ it is one of those.
#[test]
fn a_bare_yuan_is_a_price_among_prices_in_yuan_alone() {
    let table = |head: &str| {
        format!("id,use,{head},x,y\nS1,commercial,80,500010,3300010\nS2,commercial,1250元,500040,3300010\n")
    };
    let run = |text: &str, price: &str| {
        let folder = sound();
        std::fs::write(folder.path().join("s.csv"), text).unwrap();
        let text = prices("s.csv", "").replace("price = \"price\"", &format!("price = \"{price}\""));
        checked(folder.path(), UNITS, &text.replace("unit = \"元/㎡\"\n", "")).1
    };
    let answer = run(&table("单价(万元/亩)"), "单价(万元/亩)");
    assert_eq!(told(&answer, "S2"), ["单价(万元/亩) is \"1250元\""], "{answer}");
    let answer = run(&table("单价(元/㎡)"), "单价(元/㎡)");
    assert_eq!(told(&answer, "S2"), ["单价(元/㎡) is the text \"1250元\", read as 1250"], "{answer}");
    // A title that says otherwise than the heading is told.
    let titled = format!("样点表(单位:万元/亩),,,,\n{}", table("单价(元/㎡)"));
    let answer = run(&titled, "单价(元/㎡)");
    assert!(
        told(&answer, "").iter().any(|text| text.contains("in 万元/亩, their heading in 元/㎡: the heading counts")),
        "{answer}"
    );
}
