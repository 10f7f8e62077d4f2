//! `landgrade report --experts --profits`: tables handed in beside a release, from every kind of file, whole and hostile.

use crate::cli::{Room, call, city, release};
use crate::tools::files_below;
use rust_xlsxwriter::Workbook;
use serde_json::json;
use std::fs;

/// Unit, use and grade of every unit, as published.
fn units() -> Vec<[String; 3]> {
    let mut table = csv::Reader::from_path(city().join("releases/2025-published/units.csv")).unwrap();
    let heads = table.headers().unwrap().clone();
    let place = |name: &str| heads.iter().position(|head| head.trim_start_matches('\u{feff}') == name).unwrap();
    let places = ["unit", "use", "grade"].map(place);
    table.records().map(|row| places.map(|at| row.as_ref().unwrap()[at].to_string())).collect()
}

/// Every unit's own grade as its opinion, but for one, whose expert has a hostile reason.
fn opinions() -> (Vec<[String; 4]>, String) {
    let units = units();
    let at = units.iter().position(|unit| unit[1] == "residential" && unit[2] == "2").unwrap();
    let rows = units.iter().enumerate().map(|(row, [unit, _, grade])| match row == at {
        true => [unit.clone(), "四级".into(), "王五".into(), "=HYPERLINK(\"x\")<script>|级".into()],
        false => [unit.clone(), grade.clone(), "王五".into(), String::new()],
    });
    (rows.collect(), units[at][0].clone())
}

fn as_csv(rows: &[[String; 4]]) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["单元编号", "级别", "专家", "理由"]).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}

#[test]
fn opinions_that_are_the_grades_agree_and_the_one_that_is_not_is_listed() {
    let room = Room::new();
    let (rows, unit) = opinions();
    fs::write(room.path().join("o.csv"), as_csv(&rows)).unwrap();
    let (own, file, to) = (release(), room.at("o.csv"), room.at("r"));
    let told = call(&format!("report {own} --to {to} --experts {file} --json")).ends(0).json();
    assert_eq!((&told["experts"]["votes"], &told["experts"]["left_out"]), (&json!(rows.len()), &json!(0)));
    for of_use in told["experts"]["uses"].as_array().unwrap() {
        let off = i64::from(of_use["use"] == "residential");
        assert_eq!((&of_use["by_more"], &of_use["by_one"]), (&json!(off), &json!(0)), "{of_use}");
        let kappa = of_use["kappa"].as_f64().unwrap();
        assert!((kappa == 1.0) == (off == 0) && kappa > 0.9, "{of_use}");
    }
    let list = fs::read_to_string(room.path().join("r/experts.csv")).unwrap();
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(list.contains(&unit) && list.contains("'=HYPERLINK"), "{list}");
    let (html, markdown) = (room.path().join("r/report.html"), room.path().join("r/report.md"));
    let (html, markdown) = (fs::read_to_string(html).unwrap(), fs::read_to_string(markdown).unwrap());
    assert!(html.contains("&lt;script&gt;") && !html.contains("<script"));
    assert!(markdown.contains("\\<script\\>\\|级") && markdown.contains("o.csv"));
}

#[test]
fn the_same_table_in_gbk_in_a_workbook_and_in_another_order_says_the_same() {
    let room = Room::new();
    let (mut rows, _) = opinions();
    fs::write(room.path().join("utf8.csv"), as_csv(&rows)).unwrap();
    fs::write(room.path().join("gbk.csv"), encoding_rs::GBK.encode(&as_csv(&rows)).0).unwrap();
    rows.reverse();
    let mut book = Workbook::new();
    book.add_worksheet().set_name("其他").unwrap().write(0, 0, "x").unwrap();
    let sheet = book.add_worksheet().set_name("意见").unwrap();
    for (column, head) in ["单元编号", "级别", "专家", "理由"].into_iter().enumerate() {
        sheet.write(0, column as u16, head).unwrap();
    }
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write(row as u32 + 1, column as u16, cell.as_str()).unwrap();
        }
    }
    book.save(room.path().join("book.xlsx")).unwrap();
    let own = release();
    let list = |name: &str, options: &str| {
        let (file, to) = (room.at(name), room.at(&format!("to-{name}")));
        call(&format!("report {own} --to {to} --experts {file} {options}")).ends(0);
        fs::read(room.path().join(format!("to-{name}/experts.csv"))).unwrap()
    };
    let first = list("utf8.csv", "");
    assert_eq!(list("gbk.csv", "--threads 1"), first);
    assert_eq!(list("book.xlsx", "--experts-layer 意见"), first);
    call(&format!("report {own} --to {} --experts {}", room.at("n"), room.at("book.xlsx")))
        .ends(2)
        .tells("missing-sheet", &["其他, 意见"]);
}

#[test]
fn profits_by_coordinates_and_by_unit_are_the_same_and_any_number_of_threads_writes_the_same_bytes() {
    let room = Room::new();
    let mut table = csv::Reader::from_path(city().join("releases/2025-published/samples.csv")).unwrap();
    let (mut by_place, mut by_unit) =
        ("id,x,y,use,profit,capital,wages\n".to_string(), "id,unit,profit,capital,wages\n".to_string());
    for (at, row) in table.records().enumerate() {
        let row = row.unwrap();
        let (id, land_use, unit, grade) = (&row[0], &row[1], &row[3], row[4].parse::<f64>().unwrap_or(0.0));
        if grade == 0.0 {
            continue;
        }
        let (x, y) = (&row[row.len() - 2], &row[row.len() - 1]);
        let profit = 900.0 / grade + (at % 7) as f64 * 9.0;
        let rest = format!("{profit},{},{}", 500 + at % 11 * 40, 80 + at % 5 * 9);
        by_place.push_str(&format!("{id},{x},{y},{land_use},{rest}\n"));
        by_unit.push_str(&format!("{id},{unit},{rest}\n"));
    }
    fs::write(room.path().join("place.csv"), by_place).unwrap();
    fs::write(room.path().join("unit.csv"), by_unit).unwrap();
    let run = |name: &str, to: &str, options: &str| {
        let line = format!("report {} --to {} --profits {} --json {options}", release(), room.at(to), room.at(name));
        call(&line).ends(0).json()
    };
    let (one, other) = (run("place.csv", "a", "--threads 1"), run("unit.csv", "b", ""));
    assert_eq!(one["profits"]["uses"], other["profits"]["uses"]);
    assert_eq!(one["profits"]["left_out"], json!(0));
    let commercial = &one["profits"]["uses"][0];
    assert_eq!((&commercial["use"], &commercial["falling"]), (&json!("commercial"), &json!(true)));
    let model = &commercial["models"][0];
    assert!(model["r"].as_f64().unwrap() > 0.0 && model["p_grade"].as_f64().unwrap() < 0.05, "{model}");
    assert!(model["verdict"].as_str().unwrap().starts_with("significant at 0.05: profits rise by "));
    run("place.csv", "c", "--threads 7");
    assert_eq!(files_below(&room.path().join("a")), files_below(&room.path().join("c")));
    let zh = call(&format!("report {} --to {} --profits {} --lang zh", release(), room.at("zh"), room.at("place.csv")));
    assert!(zh.ends(0).out.contains("级差收益"));
    let markdown = fs::read_to_string(room.path().join("zh/report.md")).unwrap();
    for words in ["### 级差收益测算", "SHA-256", "在 0.05 水平显著", "profits\\_1.svg"] {
        assert!(markdown.contains(&words.replace("profits\\_1", "profits_1")), "{words}");
    }
}

#[test]
fn a_table_that_does_not_fit_is_refused_and_none_is_written_over() {
    let room = Room::new();
    let table = "unit,grade\n990101001001GB00004,1\n";
    fs::create_dir(room.path().join("r")).unwrap();
    fs::write(room.path().join("r/experts.csv"), table).unwrap();
    fs::write(room.path().join("none.csv"), "a,b\n1,2\n").unwrap();
    let own = release();
    for (options, code) in [
        (format!("--to {} --experts {}", room.at("r"), room.at("r/experts.csv")), "input-overwritten"),
        (format!("--to {} --experts {}", room.at("s"), room.at("none.csv")), "missing-field"),
        (format!("--to {} --profits {}", room.at("s"), room.at("none.csv")), "missing-field"),
        (format!("--to {} --profits {}", room.at("s"), room.at("nosuch.csv")), "io"),
        (format!("--to {} --profits-layer a", room.at("s")), "bad-option"),
    ] {
        call(&format!("report {own} {options}")).ends(2).tells(code, &[]);
    }
    assert_eq!(fs::read_to_string(room.path().join("r/experts.csv")).unwrap(), table);
    assert!(!room.path().join("s").exists() && fs::read_dir(room.path().join("r")).unwrap().count() == 1);
}
