//! `landgrade quality`: published ratio studies, tables as they come, releases.

use crate::cli::{Room, call, city, release};
use crate::tools::{self, broken_sample, folder, project, shared};
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

/// Two samples in grade 1, none in grade 2; their median is the price, people decided on the other. By ranks nothing is shown of one grade's
/// samples: of three prices 100 and 300 against 200 one pair of two stands right, J = 1, its expectation, z = 0, p = 0.5.
#[test]
fn a_price_by_inference_names_its_method_and_a_trend_that_is_not_shown_is_not_claimed() {
    let prices = "[prices]\nstatistic = \"median\"\ndecided = [{ use = \"commercial\", grade = 2, price = 150, reason = \"听证意见\" }]\n\
        [prices.samples]\nsource = \"s.csv\"\ncrs = \"EPSG:4547\"\nid = \"id\"\nx = \"x\"\ny = \"y\"\nprice = \"price\"\nunit = \"元/㎡\"\n\
        [release]\nname = \"r\"\n";
    let folder = folder(&[
        ("parcels.geojson", &broken_sample("empty-layer/parcels.geojson")),
        ("stops.geojson", &broken_sample("overlap/stops.geojson")),
        ("s.csv", "id,price,x,y\nS1,100,500010,3300010\nS2,300,500012,3300010\nS3,200,500100,3300010\n"),
    ]);
    let units = "source = \"parcels.geojson\"\nid = \"parcel\"\nuse = \"use\"\n";
    let factor = tools::near("stops.geojson").replace("500", "50");
    fs::write(folder.path().join("project.toml"), project("EPSG:4547", units, &factor, prices)).unwrap();
    let place = tools::shown(folder.path());
    call(&format!("run {place}/project.toml")).ends(0);
    let told = call(&format!("quality {place}/releases/r --json")).ends(0).json();
    let inferred = |grade: usize| told["uses"][0]["grades"][grade]["inferred"].as_str().unwrap().to_string();
    assert_eq!(inferred(0), "price by inference, 2 samples, fewer than 5: median of its samples");
    assert_eq!(inferred(1), "price by inference, 1 samples, fewer than 5: decided, 200 by the rules: 听证意见");
    let trend = &told["uses"][0]["separation"]["jonckheere"];
    assert_eq!((&trend["j"], &trend["p"], &trend["shown"]), (&json!(1.0), &json!(0.5), &json!(false)), "{trend}");
    let text = call(&format!("quality {place}/releases/r")).ends(0).out;
    assert!(
        text.contains("that prices rise with the grade is not shown at 5 %: Jonckheere z 0.000, p 0.5000"),
        "{text}"
    );
    let zh = call(&format!("quality {place}/releases/r --lang zh")).ends(0).out;
    assert!(zh.contains("样点 2 个,不足 5 个,地价为推算:样点中位数") && zh.contains("未显示价格随级别上升"), "{zh}");
}

/// Headings tell units: 95 万元/亩 are 1425 元/㎡, which were paid.
#[test]
fn units_in_headings_and_cells_count_and_amounts_are_not_held_against_prices_per_area() {
    let room = crate::cli::Room::new();
    let told = |head: &str, rows: &str| {
        std::fs::write(room.path().join("r.csv"), format!("{head}\n{rows}")).unwrap();
        let [value, price] = [0, 1].map(|at| head.split(',').nth(at).unwrap());
        call(&format!("quality --ratios {} --value {value} --price {price} --json", room.at("r.csv")))
    };
    let per_mu = told("评估价(万元/亩),成交价(元/㎡)", "95,1425\n100,1500\n110,1650\n").ends(0).json();
    assert!((per_mu["median_ratio"].as_f64().unwrap() - 1.0).abs() < 1e-12, "{per_mu}");
    let amounts = told("a(万元),s(元)", "95,950000\n100,100万元\n98,980000元\n").ends(0).json();
    assert_eq!((amounts["n"].as_u64(), amounts["median_ratio"].as_f64()), (Some(3), Some(1.0)));
    told("a(万元),s(元/㎡)", "95,950000\n").ends(2).tells("unit-conflict", &["万元", "元/㎡"]);
}
