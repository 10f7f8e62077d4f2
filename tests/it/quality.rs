//! `landgrade quality`: published ratio studies, tables as they come, releases.

use crate::cli::{Room, call, city, release};
use crate::tools::shared;
use serde_json::json;
use std::fs;

/// IAAO, Standard on Ratio Studies, tables 1-1 and 1-4, to the printed digit.
#[test]
fn the_tables_of_the_standard_come_out_as_printed() {
    for (table, cod, prd, prb) in [("1_1", "29.8", "0.98", "0.232"), ("1_4", "14.5", "0.98", "0.135")] {
        let Some(file) = shared(&format!("real/vectors/iaao_table_{table}.csv")) else { return };
        let file = file.to_str().unwrap();
        let told = call(&format!("quality --ratios {file} --value estimate --price sale_price --json")).ends(0).json();
        let number = |key: &str| told[key].as_f64().unwrap();
        assert_eq!((format!("{:.1}", number("cod")), format!("{:.2}", number("prd"))), (cod.into(), prd.into()));
        assert_eq!(format!("{:.3}", number("prb")), prb);
    }
}

#[test]
fn a_table_is_taken_as_it_is_and_what_has_no_ratio_is_named() {
    let room = Room::new();
    let rows = "评估价,成交价,级别\n100,100,2\n90元/㎡,100,10\n6万元/亩,100,2\n,100,2\n100,0,2\nx,100,1\n-3,100,1\n";
    fs::write(room.path().join("t.csv"), rows).unwrap();
    let file = room.at("t.csv");
    let told =
        call(&format!("quality --ratios {file} --value 评估价 --price 成交价 --group 级别 --json")).ends(0).json();
    assert_eq!((&told["n"], &told["median_ratio"]), (&json!(3), &json!(0.9)));
    let groups: Vec<_> =
        told["groups"].as_array().unwrap().iter().map(|group| (&group["group"], &group["n"])).collect();
    assert_eq!(groups, [(&json!("1"), &json!(0)), (&json!("2"), &json!(2)), (&json!("10"), &json!(1))]);
    let left_out: Vec<_> = told["left_out"].as_array().unwrap().iter().map(|row| &row["line"]).collect();
    assert_eq!(left_out, [&json!(5), &json!(6), &json!(7), &json!(8)]);
    let text = call(&format!("quality --ratios {file} --value 评估价 --price 成交价 --lang zh")).ends(0).out;
    assert!(text.contains("第 5 行未采用:评估价 为空") && text.contains("不作判定"), "{text}");
    let fault = call(&format!("quality --ratios {file} --value 评估 --price 成交价")).ends(2).err;
    assert!(fault.contains("missing-field") && fault.contains("评估价"), "{fault}");
}

#[test]
fn a_release_is_held_against_its_own_samples_use_by_use() {
    let own = release();
    let told = call(&format!("quality {own} --json")).ends(0).json();
    let samples = fs::read_to_string(city().join("releases/2025/samples.csv")).unwrap();
    let mut used = 0;
    for of_use in told["uses"].as_array().unwrap() {
        let n = of_use["n"].as_u64().unwrap();
        let by_grade: u64 = of_use["grades"].as_array().unwrap().iter().map(|grade| grade["n"].as_u64().unwrap()).sum();
        assert_eq!(n, by_grade);
        assert!(of_use["untrimmed"]["n"].as_u64().unwrap() >= n);
        // The mean of the samples of a grade is its price: their weighted ratio is 1 but for the rounding of the price.
        for grade in of_use["grades"].as_array().unwrap().iter().filter(|grade| grade["n"] != 0) {
            assert!((grade["weighted_mean_ratio"].as_f64().unwrap() - 1.0).abs() < 0.01, "{grade}");
            assert!(grade["prb"].is_null() && grade["verdicts"]["prb"] == "undefined");
        }
        used += n;
    }
    assert_eq!(used as usize, samples.lines().skip(1).filter(|line| line.contains(",used")).count());
    let text = call(&format!("quality {own}")).ends(0).out;
    assert!(text.contains("Jonckheere") && text.contains("back-test"), "{text}");
}

#[test]
fn limits_are_data_of_the_user() {
    let room = Room::new();
    let shown = call("quality --show-limits").ends(0).out;
    fs::write(room.path().join("l.toml"), shown.replace("cod = [5.0, 25.0]", "cod = [5.0, 6.0]")).unwrap();
    let (own, limits) = (release(), room.at("l.toml"));
    let told = call(&format!("quality {own} --limits {limits} --json")).ends(0).json();
    assert!(told["uses"].as_array().unwrap().iter().any(|of_use| of_use["verdicts"]["cod"] == "failed"));
    fs::write(room.path().join("l.toml"), "confidence = 0.9\n").unwrap();
    assert!(call(&format!("quality {own} --limits {limits}")).ends(2).err.contains("bad-limits"));
}
