//! What was published comes back in as a foreign release, and nothing in it has moved.

use crate::cli::{Room, call, city, landgrade, listing, release, room_in_town};
use std::fs;

fn mapping(room: &Room, source: &str, words: &str) -> String {
    let source = city().join("releases/2025-published").join(source).display().to_string();
    let text =
        format!("source = '{source}'\nuse = \"use\"\ngrade = \"grade\"\n{words}\n[policy]\nmissing-value = \"warn\"\n");
    fs::write(room.path().join("mapping.toml"), text).unwrap();
    room.at("mapping.toml")
}

#[test]
fn a_published_geopackage_and_its_tables_come_back_with_every_grade_and_price() {
    let room = Room::new();
    let sources = [
        ("gpkg", "units.gpkg", "layer = \"units\"\nid = \"zddm\"\nprice = \"price\""),
        ("shp", "units.shp", "id = \"zddm\"\nprice = \"price\""),
        ("table", "units.csv", "id = \"unit\"\nprice = \"benchmark price (元/㎡)\""),
        ("prices", "prices.csv", "price = \"benchmark price (元/㎡)\""),
    ];
    for (name, source, words) in sources {
        let file = mapping(&room, source, words);
        let made = call(&format!("import {file} --name {name} --to {} --json", room.at("foreign"))).ends(0).json();
        assert_eq!(made["units"], if name == "prices" { 0 } else { 400 }, "{source}");
        call(&format!("verify {}", room.at(&format!("foreign/{name}")))).ends(0);
        // No difference of grade or price: exit code 0.
        let told =
            call(&format!("compare {} {} --json", release(), room.at(&format!("foreign/{name}")))).ends(0).json();
        for what in ["land_use", "grade", "price"] {
            assert_eq!(told["changed"][what], 0, "{what} from {source}: {told}");
        }
    }
    let own = call(&format!("explain {} 990101001001GB00004", room.at("foreign/gpkg"))).ends(2);
    own.tells("not-explainable", &[]);
    let replay = call(&format!("verify {} --inputs {} --replay", room.at("foreign/gpkg"), room.at("")));
    assert!(replay.code == Some(2) && replay.err.contains("[not-replayable]"), "{replay:?}");
}

#[test]
fn an_import_by_options_whose_data_the_policies_refuse_ends_with_one_and_leaves_nothing() {
    let room = Room::new();
    let source = city().join("releases/2025-published/units.gpkg").display().to_string();
    let args = [
        "import", "--source", &source, "--layer", "units", "--id", "zddm", "--use", "use", "--grade", "grade",
        "--price",
    ];
    for lang in ["en", "zh"] {
        let more = ["price", "--name", "x", "--to", &room.at("foreign"), "--lang", lang];
        let refused = landgrade(&[&args[..], &more].concat()).ends(1);
        refused.tells("denied", &["990101001001GB00001", "missing-value = \"warn\""]);
        let more = ["prise", "--name", "x", "--to", &room.at("foreign"), "--lang", lang];
        let misnamed = landgrade(&[&args[..], &more].concat()).ends(2);
        misnamed.tells("missing-field", &["units.gpkg", "prise", "price_mu"]);
    }
    assert_eq!(listing(room.path()), [""; 0]);
}

/// The steps that a call tells on standard error, each once; none of them has nothing to do.
fn steps(line: &str) -> Vec<String> {
    let ran = call(&format!("{line} --progress json"));
    let mut steps: Vec<String> = Vec::new();
    for line in ran.err.lines().filter(|line| line.starts_with('{')) {
        let told: serde_json::Value = serde_json::from_str(line).unwrap();
        assert!(told["total"].as_u64() > Some(0) && told["step_zh"].is_string(), "{line}");
        let step = told["step"].as_str().unwrap().to_string();
        if steps.last() != Some(&step) {
            steps.push(step);
        }
    }
    steps
}

#[test]
fn the_steps_of_comparing_and_importing_are_those_the_manual_names() {
    let room = Room::new();
    let file = mapping(&room, "prices.csv", "price = \"benchmark price (元/㎡)\"");
    assert_eq!(steps(&format!("import {file} --name table --to {}", room.at("foreign"))), ["reading", "sealing"]);
    let (own, table) = (release(), room.at("foreign/table"));
    assert_eq!(steps(&format!("compare {own} {table}")), ["reading", "comparing"]);
    assert_eq!(steps(&format!("compare {own} {table} --to {}", room.at("out"))), ["reading", "comparing", "writing"]);
    let project = city().join("2025/project.toml").display().to_string();
    assert!(!steps(&format!("grade {project}")).contains(&"writing".to_string()));
    let manual = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/cli.md")).unwrap();
    let named = manual.split("\nSteps, in the order they come: ").nth(1).unwrap().split("\n\n").next().unwrap();
    for step in ["reading", "comparing", "writing", "sealing"] {
        assert!(named.contains(step), "{step} in {named}");
    }
}

#[test]
fn prices_published_per_mu_come_back_without_false_changes_and_the_result_says_why() {
    let room = Room::new();
    // Two decimals of 万元/亩: the last place is 0.15 元/㎡.
    let file = mapping(&room, "prices.csv", "price = \"benchmark price per mu (万元/亩)\"\nprice_unit = \"万元/亩\"");
    call(&format!("import {file} --name mu --to {}", room.at("foreign"))).ends(0);
    let told = call(&format!("compare {} {} --json", release(), room.at("foreign/mu"))).ends(0).json();
    assert_eq!(told["changed"]["cells"], serde_json::json!({"added": 0, "removed": 0, "changed": 0, "price_jumps": 0}));
    assert_eq!(told["growth"][0]["tolerance"], 0.075);
    assert!(told["notes"].to_string().contains("0.075 元/㎡, is rounding and no change"), "{}", told["notes"]);
}

#[test]
fn a_comparison_in_chinese_speaks_chinese_throughout() {
    let (old, new) = (release(), city().join("releases/2026").display().to_string());
    let ran = call(&format!("compare {old} {new} --lang zh")).ends(1);
    for word in ["范围未变", "合并", "地价表", "变动"] {
        assert!(ran.out.contains(word), "{word} in {}", ran.out);
    }
    let english = ran.out.chars().filter(char::is_ascii_lowercase).collect::<String>();
    assert_eq!(english.replace("to", ""), "", "the option --to alone is English: {}", ran.out);
    let room = Room::new();
    let file = mapping(&room, "prices.csv", "price = \"benchmark price (元/㎡)\"");
    call(&format!("import {file} --name table --to {} --lang zh", room.at("foreign"))).ends(0);
    call(&format!("compare {old} {} --lang zh --to {}", room.at("foreign/table"), room.at("out"))).ends(0);
    let summary = fs::read_to_string(room.path().join("out/summary.csv")).unwrap();
    assert!(summary.contains("坐标系,EPSG:4547,无(没有几何)"), "{summary}");
    let graded = call(&format!("grade {} --lang zh", city().join("2025/project.toml").display())).ends(0);
    assert!(graded.out.contains("分级方法:自然断点法") && !graded.out.contains("natural"), "{}", graded.out);
}

/// The city's first commercial grade is dearer than 12000 元/㎡, more than twice the 6000 of the foreign table.
#[test]
fn a_cell_of_the_price_table_that_jumps_is_flagged_though_no_units_are_matched() {
    let room = room_in_town();
    fs::write(room.path().join("far.csv"), "use,grade,price\ncommercial,1,6000\ncommercial,2,11632\n").unwrap();
    let line = format!(
        "import --source {} --use use --grade grade --price price --price-unit 元/㎡ --name far --to {}",
        room.at("far.csv"),
        room.at("foreign")
    );
    call(&line).ends(0);
    let told = call(&format!("compare {} {} --json", room.at("foreign/far"), release())).ends(1).json();
    assert_eq!(told["changed"]["cells"]["price_jumps"], 1, "{}", told["changed"]);
    let grades = told["growth"][0]["grades"].as_array().unwrap();
    let jumps: Vec<bool> = grades.iter().map(|grade| grade["price_jump"].as_bool().unwrap()).collect();
    assert_eq!(jumps, [true, false, false, false, false, false]);
    let text = call(&format!("compare {} {}", room.at("foreign/far"), release())).ends(1).out;
    let line = text.lines().find(|line| line.contains(" 6000 → ")).unwrap();
    assert!(line.ends_with("%  changed  price jump") && text.contains("(1 flagged)"), "{text}");
}

/// By hand: the term alone differs, so that a price of 1000 元/㎡ for 40 years at 8 % is 1000 · (1 − 1.08^−30) / (1 − 1.08^−40) = 1000 · 0.900623 / 0.953969 = 944.08 for
/// 30, published as 944.
#[test]
fn parcels_are_valued_by_an_imported_release_where_it_states_its_premises() {
    let room = Room::new();
    let zones = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"id":"a","use":"commercial","grade":1,"price":1000},"geometry":{"type":"Polygon","coordinates":[[[114.0,30.0],[114.001,30.0],[114.001,30.001],[114.0,30.001],[114.0,30.0]]]}},
        {"type":"Feature","properties":{"id":"b","use":"industrial","grade":1,"price":300},"geometry":{"type":"Polygon","coordinates":[[[114.001,30.0],[114.002,30.0],[114.002,30.001],[114.001,30.001],[114.001,30.0]]]}}]}"#;
    fs::write(room.path().join("zones.geojson"), zones).unwrap();
    let mapping = "source = \"zones.geojson\"\nto = \"EPSG:4547\"\nid = \"id\"\nuse = \"use\"\ngrade = \"grade\"\nprice = \"price\"\nprice_unit = \"元/㎡\"\nbase_date = \"2024-01-01\"\nkind = \"ground\"\n\
                   term = { commercial = 40 }\nplot_ratio = { commercial = 2 }\nrate = { commercial = 0.08 }\ndevelopment = \"五通一平\"\n";
    fs::write(room.path().join("mapping.toml"), mapping).unwrap();
    call(&format!("import {} --name old --to {}", room.at("mapping.toml"), room.at("foreign"))).ends(0);
    let own = room.at("foreign/old");
    let told =
        call(&format!("appraise {own} --at 114.0005,30.0005 --use commercial --term 30 --today 2024-06-01 --json"))
            .ends(0)
            .json();
    let text = told.to_string();
    assert!(text.contains("944"), "{text}");
    let by_id = call(&format!("appraise {own} --id a --term 30 --today 2024-06-01")).ends(0).out;
    assert!(by_id.contains("944"), "{by_id}");
    // A plot ratio that no table corrects is told; a system that is lent corrects it: 1000 · (3/2)^0.5 = 1224.74.
    let told = call(&format!("appraise {own} --id a --far 3 --today 2024-06-01")).ends(0).out;
    assert!(told.contains("[no-plot-ratio-table]"), "{told}");
    fs::write(room.path().join("laws.toml"), "[[uses]]\nkey = \"commercial\"\n[[uses.plot_ratio]]\npower = 0.5\n")
        .unwrap();
    let told =
        call(&format!("appraise {own} --id a --far 3 --today 2024-06-01 --corrections {}", room.at("laws.toml")))
            .ends(0)
            .out;
    assert!(told.contains("1225"), "{told}");
    call(&format!("appraise {own} --id b --today 2024-06-01")).ends(2).tells("no-connotation", &["industrial"]);
}
