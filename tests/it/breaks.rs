//! `landgrade breaks`: any column cut by every method, and a release's totals beside its own grading.

use crate::cli::{PROGRAM, Room, call, city, landgrade, release};
use landgrade::project::Project;
use serde_json::{Value, json};
use std::fs;

/// Twelve totals whose cuts are worked by hand in src/grade and docs/methods/breaks.md.
const TWELVE: &str = "total\n12\n14\n15\n24\n26\n27\n40\n41\n42\n50\n53\n80\n";

fn cut(room: &Room, text: &str, options: &str) -> Value {
    fs::write(room.path().join("v.csv"), text).unwrap();
    call(&format!("breaks --values {} --json {options}", room.at("v.csv"))).ends(0).json()
}

#[test]
fn one_method_tells_its_breaks_counts_and_fit_from_the_lowest_class_up() {
    let room = Room::new();
    let told = cut(&room, TWELVE, "--classes 3 --method number-axis --least-share 0.2");
    assert_eq!(told["breaks"], json!([19.5, 33.5]));
    assert_eq!((&told["counts"], &told["method"]), (&json!([3, 3, 6]), &json!("number-axis")));
    assert_eq!(told.as_object().unwrap().keys().collect::<Vec<_>>(), ["breaks", "counts", "gvf", "method"]);
    let given = cut(&room, TWELVE, "--method given --limits 20,45");
    // Means 13 2/3, 33 1/3, 61; squares within 4 2/3 + 359 1/3 + 546 = 910; in all 19300 − 424²/12 = 4318 2/3.
    assert!((given["gvf"].as_f64().unwrap() - (1.0 - 910.0 / (4318.0 + 2.0 / 3.0))).abs() < 1e-12, "{given}");
    assert_eq!(given["counts"], json!([3, 6, 3]));
}

#[test]
fn all_methods_stand_side_by_side_and_one_that_cannot_says_why() {
    let room = Room::new();
    let told = cut(&room, TWELVE, "--classes 5 --least-share 0.3 --limits 20,30,45,60");
    let methods = told["methods"].as_object().unwrap();
    assert_eq!(
        methods.keys().collect::<Vec<_>>(),
        ["equal-interval", "frequency-curve", "given", "natural", "number-axis", "quantile"]
    );
    assert_eq!(methods["number-axis"]["error"]["code"], "breaks-infeasible");
    assert_eq!((&told["values"], &told["classes"], &told["blank"]), (&json!(12), &json!(5), &json!(0)));
    for method in methods.values().filter(|method| method["error"].is_null()) {
        let sum = |key: &str| method[key].as_array().unwrap().iter().map(|n| n.as_f64().unwrap()).sum::<f64>();
        assert_eq!(sum("counts"), 12.0, "{method}");
        assert!((sum("shares") - 1.0).abs() < 1e-12);
    }
    let text = call(&format!("breaks --values {} --classes 5 --least-share 0.3", room.at("v.csv"))).ends(0).out;
    assert!(text.contains("number-axis") && text.contains("[breaks-infeasible]") && text.contains("GVF"), "{text}");
    let text = call(&format!("breaks --values {} --lang zh", room.at("v.csv"))).ends(0).out;
    assert!(text.contains("总分数轴法") && text.contains("总分频率曲线法") && text.contains("界限"), "{text}");
    call(&format!("breaks --values {} --method number-axis --least-share 0.6", room.at("v.csv")))
        .ends(2)
        .tells("breaks-infeasible", &["allow 1 grades"]);
}

#[test]
fn the_order_of_rows_and_the_threads_change_no_byte() {
    let room = Room::new();
    let mut lines: Vec<String> =
        (0..4000_u64).map(|n| format!("{}.{:02},{}\n", n * n % 97, n % 89, 1 + n % 7)).collect();
    let whole = |lines: &[String]| format!("v,w\n{}", lines.concat());
    let one = cut(&room, &whole(&lines), "--column v --weight w --threads 1");
    lines.reverse();
    assert_eq!(cut(&room, &whole(&lines), "--column v --weight w --threads 2"), one);
}

#[test]
fn blanks_are_counted_and_bad_cells_told_with_their_line() {
    let room = Room::new();
    fs::write(room.path().join("v.txt"), "1\n\n2\n3\n").unwrap();
    let file = room.at("v.txt");
    let ran = call(&format!("breaks --values {file} --classes 2 --method natural --json")).ends(0);
    assert!(ran.err.contains("1 rows without a value are passed over"), "{}", ran.err);
    assert_eq!(ran.json()["counts"], json!([1, 2]));
    assert!(call(&format!("breaks --values {file} --classes 2")).ends(0).out.contains("1 rows without a value"));
    fs::write(room.path().join("v.txt"), "1\n2\nabout 3\n").unwrap();
    call(&format!("breaks --values {file}")).ends(2).tells("not-a-number", &["v.txt:3", "\"about 3\""]);
    call(&format!("breaks --values {file} --lang zh")).ends(2).tells("not-a-number", &["不是数"]);
}

#[test]
fn options_that_do_not_fit_are_refused() {
    let room = Room::new();
    fs::write(room.path().join("v.csv"), TWELVE).unwrap();
    let file = room.at("v.csv");
    for (options, code) in [
        (format!("--values {file} --release {}", release()), "bad-option"),
        (String::new(), "bad-option"),
        (format!("--release {} --column total", release()), "bad-option"),
        (format!("--values {file} --classes 0"), "bad-option"),
        (format!("--values {file} --method jenks"), "bad-option"),
        (format!("--values {file} --method natural --limits 3"), "bad-option"),
        (format!("--values {file} --method given --classes 4 --limits 30,20"), "grade-limits"),
        (format!("--values {file} --method profile"), "no-ground"),
        (format!("--values {file} --method frequency-curve --bin 0"), "grade-bins"),
        (format!("--values {file} --method number-axis --least-share 2"), "grade-share"),
        (format!("--values {file} --column nosuch"), "missing-field"),
        (format!("--values {file} --chart {file}"), "input-overwritten"),
        (format!("--release {} --chart {0}/x.svg", release()), "sealed-folder"),
    ] {
        call(&format!("breaks {options}")).ends(2).tells(code, &[]);
    }
    assert_eq!(fs::read_to_string(room.path().join("v.csv")).unwrap(), TWELVE);
}

#[test]
fn a_release_shows_its_own_grading_beside_the_methods() {
    let told = call(&format!("breaks --release {} --json", release())).ends(0).json();
    let uses = told["uses"].as_array().unwrap();
    assert!(!uses.is_empty());
    for of_use in uses {
        let (sealed, methods) = (&of_use["sealed"], of_use["methods"].as_object().unwrap());
        assert!(methods.contains_key("profile"), "{of_use}");
        let own = &methods[sealed["method"].as_str().unwrap()];
        assert_eq!((&own["breaks"], &own["counts"]), (&sealed["breaks"], &sealed["counts"]), "the same cut again");
    }
    // The units of the file, use by use, come to the same as the release.
    let units = format!("{}/units.parquet", release());
    let whole = call(&format!("breaks --values {units} --weight area --json")).ends(0).json();
    let count: u64 = uses.iter().map(|of_use| of_use["values"].as_u64().unwrap()).sum();
    assert_eq!((whole["values"].as_u64(), &whole["column"]), (Some(count), &json!("total")));
}

#[test]
fn layers_and_workbooks_are_read_as_well() {
    let city = city().join("2025/city.gpkg").display().to_string();
    call(&format!("breaks --values {city} --layer parcels")).ends(2).tells("column-needed", &["--column"]);
    let room = Room::new();
    let graded = room.at("g.csv");
    call(&format!("grade {} --to {graded} --to {}", city.replace("city.gpkg", "project.toml"), room.at("g.shp")))
        .ends(0);
    let by = |file: &str, column: &str| {
        call(&format!("breaks --values {file} --column {column} --method natural --json")).ends(0).json()["counts"]
            .clone()
    };
    assert_eq!(by(&graded, "total"), by(&room.at("g.shp"), "total"));
    let sheets = city.replace("2025/city.gpkg", "releases/2025-published");
    let book = fs::read_dir(sheets).unwrap().map(|entry| entry.unwrap().path());
    let book = book.filter(|path| path.extension().is_some_and(|ending| ending == "xlsx")).max().unwrap();
    let book = book.to_str().unwrap();
    call(&format!("breaks --values {book} --layer nosuch")).ends(2).tells("missing-sheet", &[]);
}

#[test]
fn the_chart_is_an_svg_of_every_method_and_takes_no_markup_from_data() {
    let room = Room::new();
    fs::write(room.path().join("v.csv"), TWELVE.replace("total", "a<b>&\u{202e}c")).unwrap();
    let chart = room.at("charts/c.svg");
    call(&format!("breaks --values {} --chart {chart}", room.at("v.csv"))).ends(0);
    let svg = fs::read_to_string(&chart).unwrap();
    assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n"), "{svg}");
    assert!(svg.contains("a&lt;b&gt;&amp;\u{fffd}c") && !svg.contains("<b>"), "{svg}");
    for method in ["natural", "number-axis", "frequency-curve", "quantile", "equal-interval"] {
        assert!(svg.contains(&format!(">{method}</text>")), "{method} in {svg}");
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf") && !svg.contains("href"), "{svg}");
    // One value alone still makes a chart.
    fs::write(room.path().join("v.csv"), "7\n7\n").unwrap();
    call(&format!("breaks --values {} --chart {chart} --method natural", room.at("v.csv"))).ends(0);
    assert!(!fs::read_to_string(&chart).unwrap().contains("NaN"));
}

#[test]
fn the_chosen_method_and_its_reason_stand_in_the_release_and_in_explanations() {
    let room = Room::with_inputs();
    let project = fs::read_to_string(room.path().join("in/project.toml")).unwrap();
    let line = project.lines().find(|line| line.starts_with("breaks")).map(str::to_string);
    let chosen = "breaks = { method = \"number-axis\", least_share = 0.05, reason = \"专家论证\" }";
    match &line {
        Some(line) => room.edit_project(&[(line, chosen)]),
        None => {
            let grades = project.lines().find(|line| line.starts_with("grades")).unwrap();
            room.edit_project(&[(grades, &format!("{grades}\n{chosen}"))]);
        }
    }
    let ran = call(&format!("run {} --json", room.project())).ends(0).json();
    let head = &ran["uses"][0];
    assert_eq!((&head["method"], &head["reason"]), (&json!("number-axis"), &json!("专家论证")), "{ran}");
    let sealed = room.path().join("out").read_dir().unwrap().map(|entry| entry.unwrap().path());
    let sealed = sealed.filter(|path| path.join("manifest.json").exists()).max().unwrap();
    let manifest: Value = serde_json::from_str(&fs::read_to_string(sealed.join("manifest.json")).unwrap()).unwrap();
    assert_eq!(manifest["uses"][0]["reason"], "专家论证");
    assert!(manifest["uses"].as_array().unwrap()[1..].iter().all(|of_use| of_use.get("reason").is_none()));
    let shown = sealed.to_str().unwrap();
    let table = call(&format!("breaks --release {shown}")).ends(0).out;
    assert!(table.contains("* sealed in the release, because: 专家论证") && table.contains("number-axis*"), "{table}");
    let all = landgrade(&["explain", shown, "--all", "--to", &room.at("all.csv")]).ends(0);
    assert!(!all.out.is_empty());
    let opened = landgrade::release::open(&sealed).unwrap();
    let unit = (0..opened.units.len()).find(|unit| opened.units.uses[*unit] == 0).unwrap();
    let account = call(&format!("explain {shown} {}", opened.units.ids.show(unit))).ends(0).out;
    assert!(account.contains("   breaks: number-axis, because: 专家论证"), "{account}");
    call(&format!("verify {shown} --inputs {} --replay", room.at("in"))).ends(0);
}

#[test]
fn the_keys_of_the_new_methods_are_checked() {
    let room = Room::with_inputs();
    let path = room.path().join("in/project.toml");
    let project = fs::read_to_string(&path).unwrap();
    let grades = project.lines().find(|line| line.starts_with("grades")).unwrap();
    let code = |breaks: &str| {
        let lines = project.lines().filter(|line| !line.starts_with("breaks")).collect::<Vec<_>>().join("\n");
        let text = lines.replacen(grades, &format!("{grades}\nbreaks = {breaks}"), 1);
        Project::parse(&text, &path).map_or_else(|fault| fault.code, |_| "")
    };
    for fine in [
        "\"number-axis\"",
        "\"frequency-curve\"",
        "\"profile\"",
        "{ method = \"frequency-curve\", bin = 2, smoothing = 0 }",
        "{ method = \"profile\", directions = 16, centre = [1.0, 2.0], step = 50, window = 9 }",
        "{ method = \"profile\", lines = [[[0, 0], [900, 0.5]]] }",
    ] {
        assert_eq!(code(fine), "", "{fine}");
    }
    for (breaks, wanted) in [
        ("{ method = \"number-axis\", least_share = 0.6 }", "out-of-range"),
        ("{ method = \"number-axis\", bin = 2 }", "stray-key"),
        ("{ method = \"natural\", least_share = 0.1 }", "stray-key"),
        ("{ method = \"frequency-curve\", bin = 0 }", "out-of-range"),
        ("{ method = \"frequency-curve\", smoothing = -1 }", "out-of-range"),
        ("{ method = \"profile\", window = 4 }", "out-of-range"),
        ("{ method = \"profile\", step = 0.5 }", "out-of-range"),
        ("{ method = \"profile\", lines = [[[0, 0]]] }", "bad-lines"),
        ("{ method = \"profile\", lines = [] }", "bad-lines"),
        ("{ method = \"profile\", lines = [[[0, 0], [1, 1]]], directions = 4 }", "stray-key"),
        ("{ method = \"profiles\" }", "unknown-word"),
    ] {
        assert_eq!(code(breaks), wanted, "{breaks}");
    }
}

/// Nobody waits for a chart that cannot be written.
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let room = Room::new();
    fs::write(room.path().join("v.csv"), TWELVE).unwrap();
    let line = format!("'{PROGRAM}' breaks --values '{}' | head -1", room.at("v.csv"));
    let ran = std::process::Command::new("sh").args(["-c", &line]).output().unwrap();
    assert!(ran.status.success() && ran.stderr.is_empty());
}
