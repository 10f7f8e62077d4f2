//! `landgrade weights`: AHP in one layer and two, pairwise comparison, Delphi, from every kind of file.

use crate::cli::{Ran, Room, call};
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

fn sample(name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/weights").join(name).display().to_string()
}

fn told(line: &str) -> Value {
    call(&format!("weights {line} --json")).ends(0).json()
}

#[track_caller]
fn close(found: &Value, expected: f64, tolerance: f64) {
    let value = found.as_f64().unwrap_or(f64::NAN);
    assert!((value - expected).abs() <= tolerance, "{found} is not {expected}");
}

#[track_caller]
fn weights(found: &Value, expected: &[(&str, f64)], tolerance: f64) {
    assert_eq!(found["weights"].as_object().unwrap().len(), expected.len());
    expected.iter().for_each(|(factor, weight)| close(&found["weights"][factor], *weight, tolerance));
}

fn file(room: &Room, name: &str, text: &str) -> String {
    fs::write(room.path().join(name), text).unwrap();
    room.at(name)
}

fn run(room: &Room, name: &str, text: &str, options: &str) -> Ran {
    call(&format!("weights {} {options}", file(room, name, text)))
}

/// W1 (docs/methods/README.md): the published solution by 和积法, and the eigenvector by numpy.
#[test]
fn w1_comes_out_by_column_means_and_by_the_eigenvector() {
    let found = told(&format!("{} --solver column-mean", sample("four-factors.csv")));
    weights(&found, &[("centre", 0.4658), ("roads", 0.1611), ("bus", 0.2771), ("plan", 0.0960)], 5e-5);
    for (key, expected, tolerance) in
        [("lambda_max", 4.0310, 5e-5), ("ci", 0.0103, 5e-5), ("ri", 0.90, 0.0), ("cr", 0.0115, 5e-5)]
    {
        close(&found[key], expected, tolerance);
    }
    assert_eq!(
        (&found["accepted"], &found["method"], &found["solver"]),
        (&json!(true), &json!("ahp"), &json!("column-mean"))
    );
    assert!(found["notes"][0].as_str().unwrap().starts_with("taken as judgements for AHP"), "{found}");
    let found = told(&sample("four-factors.csv"));
    weights(&found, &[("centre", 0.4673), ("roads", 0.1601), ("bus", 0.2772), ("plan", 0.0954)], 5e-5);
    let text = call(&format!("weights {}", sample("four-factors.csv"))).ends(0).out;
    let line = "weights = { centre = 0.4673, roads = 0.1601, bus = 0.2772, plan = 0.0954 }";
    assert_eq!(text.lines().last(), Some(line), "{text}");
    assert!(text.contains("λmax 4.0310, CI 0.0103, RI 0.90 (table A), CR 0.0115\n"), "{text}");
    let text = call(&format!("weights {} --random-index B --lang zh", sample("four-factors.csv"))).ends(0).out;
    assert!(
        text.contains("RI 0.89(B 表)") && text.contains("一致性可接受") && text.contains("最不一致的判断"),
        "{text}"
    );
}

/// W3b: the source prints .53 .22 .19 .06; 和积法 .5324 .2191 .1879 .0606, CR .0213.
#[test]
fn w3b_comes_out_by_column_means() {
    let found = told(&sample("published.toml"));
    weights(&found, &[("centre", 0.5324), ("roads", 0.2191), ("bus", 0.1879), ("plan", 0.0606)], 5e-5);
    close(&found["cr"], 0.0213, 5e-5);
    assert_eq!(found["rounded"], json!({"centre": 0.5324, "roads": 0.2191, "bus": 0.1879, "plan": 0.0606}));
}

/// 1, 2, 4 · 1/2, 1, 3 · 1/4, 1/3, 1: x³ = 4/(2·3), λmax = 1 + x + 1/x = 3.0183, CI 0.0091, CR 0.0091/0.58 = 0.0158; 0.0176 by table B.
#[test]
fn three_factors_have_the_ratio_of_the_closed_form() {
    let room = Room::new();
    let text = ",a,b,c\na,1,2,4\nb,1/2,1,3\nc,1/4,1/3,1\n";
    let x = (4.0_f64 / 6.0).cbrt();
    let lambda = 1.0 + x + 1.0 / x;
    for (options, ri) in [("", 0.58), ("--random-index B", 0.52), ("--solver geometric-mean", 0.58)] {
        let found = run(&room, "m.csv", text, &format!("{options} --json")).ends(0).json();
        close(&found["lambda_max"], lambda, 1e-12);
        close(&found["cr"], (lambda - 3.0) / 2.0 / ri, 1e-12);
    }
    // 方根法 is the eigenvector for three factors: 8^⅓, 1.5^⅓, (1/12)^⅓.
    let found = run(&room, "m.csv", text, "--json").ends(0).json();
    let raw = [8.0_f64.cbrt(), 1.5_f64.cbrt(), (1.0 / 12.0_f64).cbrt()];
    let sum: f64 = raw.iter().sum();
    weights(&found, &[("a", raw[0] / sum), ("b", raw[1] / sum), ("c", raw[2] / sum)], 1e-12);
}

#[test]
fn contradictory_judgements_are_refused_with_the_one_that_fits_least_and_the_value_that_mends_it() {
    let file = sample("circular.toml");
    let found = call(&format!("weights {file} --json")).ends(1).json();
    assert_eq!((&found["accepted"], &found["accepted_because"]), (&json!(false), &Value::Null));
    assert!(found["cr"].as_f64().unwrap() > 0.1);
    let worst = &found["most_inconsistent"];
    assert_eq!((&worst["factor"], &worst["over"], &worst["judged"]), (&json!("plan"), &json!("centre"), &json!(8.0)));
    close(&worst["fitting"], 0.125, 1e-12);
    close(&worst["cr"], 0.0, 1e-12);
    assert_eq!(found["mends"].as_array().unwrap().len(), 1);
    let text = call(&format!("weights {file}")).ends(1).out;
    for words in [
        "refused, CR ",
        "most inconsistent: plan over centre is 8, the other judgements imply 1/8; with 1/8 CR is 0.0000",
        "--accept-inconsistent",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    assert!(!text.contains("weights = {"), "{text}");
    let text = call(&format!("weights {file} --accept-inconsistent 专家组复核")).ends(0).out;
    assert!(text.contains("accepted, because: 专家组复核") && text.contains("weights = {"), "{text}");
    let found = told(&format!("{file} --accept-inconsistent reviewed"));
    assert_eq!((&found["accepted"], &found["accepted_because"]), (&json!(true), &json!("reviewed")));
    // The reason may stand in the file.
    let room = Room::new();
    let text = fs::read_to_string(&file).unwrap();
    run(&room, "w.toml", &format!("accept_inconsistent = \"reviewed\"\n{text}"), "").ends(0);
    run(&room, "w.toml", &format!("accept_inconsistent = \" \"\n{text}"), "").ends(1);
}

#[test]
fn judgements_that_are_not_reciprocal_are_refused_in_both_languages() {
    let room = Room::new();
    let text = ",a,b\na,1,3\nb,0.33,1\n";
    run(&room, "m.csv", text, "").ends(2).tells("ahp-reciprocal", &["m.csv: a over b is 3, but b over a is 0.33"]);
    run(&room, "m.csv", text, "--lang zh").ends(2).tells("ahp-reciprocal", &["a对b为3"]);
    run(&room, "m.csv", text, "--json").ends(2);
}

/// Worked in src/weights/hierarchy_tests.rs by closed forms.
#[test]
fn two_layers_multiply_and_have_a_ratio_each_and_in_all() {
    let found = told(&sample("two-layers.toml"));
    let total: f64 = found["weights"].as_object().unwrap().values().map(|weight| weight.as_f64().unwrap()).sum();
    assert!((total - 1.0).abs() < 1e-12);
    let transport = found["factors"]["transport"].as_f64().unwrap();
    let groups = found["groups"].as_array().unwrap();
    assert_eq!(
        (groups.len(), &groups[0]["parent"], &groups[1]["parent"]),
        (2, &json!("transport"), &json!("surroundings"))
    );
    let roads = groups[0]["weights"]["roads"].as_f64().unwrap();
    close(&found["weights"]["roads"], transport * roads, 1e-15);
    assert_eq!(found["weights"]["centre"], found["factors"]["centre"]);
    let x = (6.0_f64 / 4.0).cbrt();
    let ci = (x + 1.0 / x - 2.0) / 2.0;
    close(&groups[0]["ci"], ci, 1e-12);
    close(&found["layer"]["cr"], ci / 0.58, 1e-12);
    let top = found["ci"].as_f64().unwrap();
    close(&found["total"]["cr"], (top + transport * ci) / (0.58 + transport * 0.58), 1e-12);
    let text = call(&format!("weights {} --lang zh", sample("two-layers.toml"))).ends(0).out;
    assert!(
        text.contains("因子层总排序") && text.contains("组合权重") && text.contains("transport:一致性可接受"),
        "{text}"
    );
    // A group that contradicts itself is named, and its own reason accepts it.
    let room = Room::new();
    let text = fs::read_to_string(sample("two-layers.toml")).unwrap();
    let bad = text.replace("[1, 2, 6],\n  [\"1/2\", 1, 2],\n  [\"1/6\"", "[1, 2, \"1/6\"],\n  [\"1/2\", 1, 2],\n  [6");
    assert_ne!(bad, text);
    let ran = run(&room, "w.toml", &bad, "").ends(1);
    assert!(ran.out.contains("transport: refused") && ran.out.contains("surroundings: accepted"), "{}", ran.out);
    let bad = bad.replacen("parent = \"transport\"", "parent = \"transport\"\naccept_inconsistent = \"reviewed\"", 1);
    let found = run(&room, "w.toml", &bad, "--json").ends(0).json();
    assert_eq!((&found["groups"][0]["accepted_because"], &found["accepted"]), (&json!("reviewed"), &json!(true)));
    let wrong = text.replace("[1, 3],", "[1, 4],");
    run(&room, "w.toml", &wrong, "").ends(2).tells("ahp-reciprocal", &["w.toml: surroundings: plan over slope"]);
}

/// A strict order of four: .5 .333 .167 0; with the virtual factor .4 .3 .2 .1.
#[test]
fn pairwise_comparison_with_and_without_the_virtual_factor() {
    let found = told(&sample("wins.csv"));
    assert_eq!(found["method"], "pairwise");
    weights(&found, &[("centre", 0.5), ("roads", 1.0 / 3.0), ("bus", 1.0 / 6.0), ("plan", 0.0)], 1e-15);
    let notes = found["notes"].to_string();
    assert!(notes.contains("plan loses every comparison") && notes.contains("taken as pairwise"), "{notes}");
    let found = told(&format!("{} --virtual", sample("wins.csv")));
    weights(&found, &[("centre", 0.4), ("roads", 0.3), ("bus", 0.2), ("plan", 0.1)], 1e-15);
    let text = call(&format!("weights {}", sample("wins.csv"))).ends(0).out;
    assert_eq!(text.lines().last(), Some("weights = { centre = 0.5000, roads = 0.3333, bus = 0.1667, plan = 0.0000 }"));
    let room = Room::new();
    let toml = "method = \"pairwise\"\nvirtual = true\nfactors = [\"道路\", \"a b\"]\nmatrix = [[0, 1], [0, 0]]\n";
    let text = run(&room, "w.toml", toml, "--lang zh").ends(0).out;
    assert_eq!(text.lines().last(), Some("weights = { \"道路\" = 0.6667, \"a b\" = 0.3333 }"));
    run(&room, "w.toml", &toml.replace("[0, 0]", "[0.5, 0]"), "")
        .ends(2)
        .tells("pairwise-sum", &["w.toml", "must sum to 1"]);
    run(&room, "w.csv", ",a,b\na,,1\nb,0.5,\n", "--method pairwise").ends(2).tells("pairwise-sum", &[]);
}

/// Orders [1234], [1324], [2134], [1243], [1234]: W 0.776, χ² 11.64 beyond 7.815; means and variances worked in delphi_tests.
#[test]
fn delphi_tells_the_statistics_of_every_round() {
    let found = told(&sample("delphi.csv"));
    let (first, second) = (&found["rounds"][0], &found["rounds"][1]);
    assert_eq!((&first["round"], &first["experts"], &first["df"]), (&json!(1), &json!(5), &json!(3)));
    close(&first["kendall_w"], 0.776, 1e-12);
    close(&first["chi_square"], 11.64, 1e-12);
    close(&first["p"], 0.0087, 5e-5);
    close(&first["mean"]["centre"], 38.0, 1e-12);
    close(&first["variance"]["roads"], 50.0, 1e-12);
    close(&first["cv"]["plan"], 20.0_f64.sqrt() / 12.0, 1e-12);
    assert_eq!((&first["converged"], &first["largest_change"]), (&json!(false), &Value::Null));
    close(&second["largest_change"], 1.0, 1e-12);
    assert_eq!((&second["converged"], &found["converged"]), (&json!(true), &json!(true)));
    assert_eq!(second["tests"], json!({"cv": true, "agreement": true, "change": false}));
    weights(&found, &[("centre", 0.39), ("roads", 0.30), ("bus", 0.196), ("plan", 0.114)], 1e-12);
    let text = call(&format!("weights {}", sample("delphi.csv"))).ends(0).out;
    assert!(text.contains("converged: no CV is above 0.25") && text.contains("0.776"), "{text}");
    assert_eq!(text.lines().last(), Some("weights = { centre = 0.3900, roads = 0.3000, bus = 0.1960, plan = 0.1140 }"));
    let text = call(&format!("weights {} --lang zh", sample("delphi.csv"))).ends(0).out;
    assert!(text.contains("已收敛") && text.contains("变异系数") && text.contains("通常为10至40位"), "{text}");
}

#[test]
fn delphi_sums_are_checked_and_the_order_of_rows_changes_no_byte() {
    let room = Room::new();
    let text = "expert,a,b\nX,60,40\nY,50,40\nZ,70,30\n";
    run(&room, "s.csv", text, "").ends(2).tells("delphi-sum", &["the points of Y sum to 90, not 100", "normalise"]);
    let one = run(&room, "s.csv", text, "--normalise --json").ends(0);
    let turned = "expert,a,b\nZ,70,30\nY,50,40\nX,60,40\n";
    assert_eq!(run(&room, "s.csv", turned, "--normalise --json --threads 2").ends(0).out, one.out);
    let toml = "method = \"delphi\"\nrounds = [\"s.csv\"]\nnormalise = true\ncv_limit = 0.01\n";
    let text = run(&room, "w.toml", toml, "").ends(0).out;
    assert!(text.contains("not converged: a CV is above its limit") && text.contains("hold another round"), "{text}");
}

#[test]
fn workbooks_hold_a_matrix_or_a_round_per_sheet() {
    let room = Room::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("判断").unwrap();
    sheet.write(0, 0, "权重判断矩阵").unwrap();
    for (at, name) in ["道路\n通达度", "公交"].iter().enumerate() {
        sheet.write(1, at as u16 + 1, *name).unwrap();
        sheet.write(at as u32 + 2, 0, *name).unwrap();
    }
    sheet.write(2, 2, 3).unwrap();
    sheet.write(3, 1, "1/3").unwrap();
    let path = room.path().join("m.xlsx");
    book.save(&path).unwrap();
    let found = told(&room.at("m.xlsx"));
    weights(&found, &[("道路 通达度", 0.75), ("公交", 0.25)], 1e-12);

    let mut book = Workbook::new();
    for (name, scores) in [("第二轮", [[60.0, 40.0], [62.0, 38.0]]), ("第一轮", [[50.0, 50.0], [70.0, 30.0]])] {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        for (column, title) in ["专家", "a", "b"].iter().enumerate() {
            sheet.write(0, column as u16, *title).unwrap();
        }
        for (row, scores) in (1..).zip(scores) {
            sheet.write(row, 0, format!("专家{row}")).unwrap();
            scores.iter().zip(1..).for_each(|(score, column)| {
                sheet.write(row, column, *score).unwrap();
            });
        }
    }
    book.save(room.path().join("d.xlsx")).unwrap();
    let found = told(&room.at("d.xlsx"));
    assert_eq!(found["rounds"][0]["mean"]["a"], 60.0);
    assert_eq!((&found["rounds"][1]["mean"]["a"], found["rounds"].as_array().unwrap().len()), (&json!(61.0), 2));
    let one = told(&format!("{} --layer 第一轮", room.at("d.xlsx")));
    assert_eq!(one["rounds"].as_array().unwrap().len(), 1);
    call(&format!("weights {} --layer nosuch", room.at("d.xlsx"))).ends(2).tells("missing-sheet", &["第一轮"]);
}

#[test]
fn what_cannot_be_meant_is_refused() {
    let room = Room::new();
    let matrix = ",a,b\na,1,3\nb,1/3,1\n";
    for (options, code) in [
        ("--virtual", "bad-option"),
        ("--normalise", "bad-option"),
        ("--layer x", "missing-sheet"),
        ("--method topsis", "bad-option"),
        ("--solver svd", "bad-option"),
        ("--random-index C", "bad-option"),
        ("--method pairwise", "pairwise-entry"),
    ] {
        run(&room, "m.csv", matrix, options).ends(2).tells(code, &[]);
    }
    let blank = ["weights", &room.at("m.csv"), "--accept-inconsistent", " "].map(String::from);
    crate::cli::landgrade(&blank).ends(2).tells("bad-option", &["gives no reason"]);
    run(&room, "m.csv", "", "").ends(2).tells("no-header", &["m.csv"]);
    run(&room, "m.csv", "1,2\n3,4\n", "").ends(2).tells("weights-header", &[]);
    run(&room, "w.toml", "method = \"ahp\"\nfactrs = []\n", "")
        .ends(2)
        .tells("weights-syntax", &["w.toml:2", "factrs", "factors"]);
    call(&format!("weights {}", room.at("nosuch.csv"))).ends(2).tells("io", &["nosuch.csv"]);
    // Text from data commands no terminal and makes no line.
    let ran = run(&room, "m.csv", ",\"a\u{1b}[31m\",b\n\"a\u{1b}[31m\",1,3\nb,1/3,1\n", "").ends(2);
    ran.tells("weights-header", &["control character"]);
    let ran =
        run(&room, "m.csv", ",\"a\nweights = { a = 1 }\",b\n\"a\nweights = { a = 1 }\",1,3\nb,1/3,1\n", "").ends(0);
    assert_eq!(ran.out.lines().filter(|line| line.starts_with("weights =")).count(), 1, "{}", ran.out);
}

/// The line is a project's: read back, it sums to 1 exactly.
#[test]
fn the_line_for_the_project_file_is_toml_that_sums_to_one() {
    let room = Room::new();
    let names: Vec<String> = (0..7).map(|at| format!("f{at}")).collect();
    let head = names.join(",");
    let mut text = format!(",{head}\n");
    for (row, name) in names.iter().enumerate() {
        let cells: Vec<String> = (0..7)
            .map(|column| match column - row as i32 {
                0 => "1".to_string(),
                above if above > 0 => format!("{}", 1 + above % 3),
                below => format!("1/{}", 1 + (-below) % 3),
            })
            .collect();
        text.push_str(&format!("{name},{}\n", cells.join(",")));
    }
    let ran = run(&room, "m.csv", &text, "--accept-inconsistent tried").ends(0);
    let line: toml::Table = ran.out.lines().last().unwrap().parse().unwrap();
    let sum: f64 =
        line["weights"].as_table().unwrap().values().map(|weight| (weight.as_float().unwrap() * 1e4).round()).sum();
    assert_eq!(sum, 10_000.0);
}
