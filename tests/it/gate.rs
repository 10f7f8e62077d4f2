//! The gate before publication and the life of a release, as a bureau goes through them.

use crate::cli::{Room, call, city, landgrade};
use serde_json::Value;
use std::fs;
use std::path::Path;

/// Waivers of every error that the small city has: prices of few samples are out of order, and industrial land has none in 2025.
const WAIVERS: &str = r#"
[[waivers]]
rule = "price-order"
who = "地价评审会"
why = "样点过少,下期补充"
date = "2026-02-01"

[[waivers]]
rule = "no-price"
use = "industrial"
who = "地价评审会"
why = "无交易"
date = "2026-02-01"
"#;

fn json(path: impl AsRef<Path>) -> Value {
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// The inputs of 2026 in `in`, sealed as final into `out`, as superseding `2025`.
fn final_2026(room: &Room) -> String {
    crate::cli::copy(&city().join("2026"), &room.path().join("in"));
    room.edit_project(&[("folder = \"../releases\"", "folder = \"../out\"")]);
    fs::write(room.path().join("waivers.toml"), WAIVERS).unwrap();
    let previous = city().join("releases/2025").display().to_string();
    let line = format!("run {} --final --waivers {} --previous {previous}", room.project(), room.at("waivers.toml"));
    let told = call(&line).ends(0).out;
    assert!(told.contains("(waived by 地价评审会"), "{told}");
    room.at("out/2026")
}

#[test]
fn a_release_with_errors_is_not_sealed_as_final_and_a_draft_is() {
    let room = Room::with_inputs();
    let told = call(&format!("run {} --final", room.project())).ends(2);
    told.tells("gate-not-passed", &["[price-order]"]);
    assert!(!room.path().join("out").exists(), "nothing is left");
    call(&format!("run {}", room.project())).ends(0);
    let manifest = json(room.path().join("out/2025/manifest.json"));
    assert_eq!(manifest["state"], Value::Null, "a draft says nothing");
    let own = room.at("out/2025");
    let told = call(&format!("gate {own} --json")).ends(1).json();
    assert_eq!(told["passed"], false);
    let rule = told["rules"].as_array().unwrap().iter().find(|rule| rule["rule"] == "price-order").unwrap();
    assert_eq!((rule["state"].as_str(), rule["severity"].as_str()), (Some("breached"), Some("error")));
    // Not even a release that is past its hearing is accepted as a draft.
    call(&format!("life {own} --to hearing --date 2026-03-01 --document 1号")).ends(0);
    call(&format!("life {own} --to accepted --date 2026-03-01 --document 2号")).ends(2).tells("not-final", &[]);
}

#[test]
fn a_final_release_keeps_what_the_gate_found_and_who_waived_it() {
    let room = Room::new();
    let own = final_2026(&room);
    let manifest = json(Path::new(&own).join("manifest.json"));
    assert_eq!(manifest["state"], "final");
    let gate = json(Path::new(&own).join("gate.json"));
    assert_eq!((gate["passed"].as_bool(), gate["previous"].as_str()), (Some(true), Some("2025")));
    assert_eq!(gate["waivers"][0]["who"], "地价评审会");
    assert!(gate["rules"].as_array().unwrap().iter().any(|rule| rule["state"] == "waived"));
    call(&format!("verify {own} --inputs {} --replay", room.at("in"))).ends(0);
    // Readers of the published tables see it.
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook(room.path().join("out/2026-published/tables.xlsx")).unwrap();
    let notes = calamine::Reader::worksheets(&mut book)
        .into_iter()
        .flat_map(|(_, cells)| cells.used_cells().map(|(_, _, cell)| cell.to_string()).collect::<Vec<_>>());
    let notes: Vec<String> = notes.collect();
    assert!(
        notes.iter().any(|note| note.contains("price-order: 样点过少,下期补充 (地价评审会, 2026-02-01)")),
        "{notes:?}"
    );
    // The same by the table, with the waivers the release keeps; every rule stands in it.
    let told = call(&format!("gate {own} --to {}", room.at("gate.csv"))).ends(0).out;
    assert!(told.contains("release 2026, final") && !told.contains("in place of"), "{told}");
    let table = fs::read_to_string(room.path().join("gate.csv")).unwrap();
    assert!(
        table.contains("样点过少,下期补充") && table.contains("missing-score,scores missing,error,passed"),
        "{table}"
    );
    let told = call(&format!("gate {own} --to {} --lang zh", room.at("gate.csv"))).ends(0).out;
    assert!(told.contains("替换了原有文件"), "{told}");
    // A file named takes their place.
    fs::write(room.path().join("none.toml"), "").unwrap();
    call(&format!("gate {own} --waivers {}", room.at("none.toml"))).ends(1);
}

#[test]
fn a_release_goes_from_hearing_to_publication_and_ends_the_one_before() {
    let room = Room::new();
    let new = final_2026(&room);
    // The release before, sealed as final too.
    let before = Room::with_inputs();
    fs::write(before.path().join("waivers.toml"), WAIVERS).unwrap();
    call(&format!("run {} --final --waivers {}", before.project(), before.at("waivers.toml"))).ends(0);
    let old = before.at("out/2025");
    let steps = |own: &str, year: u32, more: &str| {
        for (at, step) in ["hearing", "accepted", "published"].into_iter().enumerate() {
            let more = if step == "published" { more } else { "" };
            let month = at + 2;
            let line = format!(
                "life {own} --to {step} --date {year}-0{month}-01 --document 〔{year}〕{at}号 --by 市政府 {more}"
            );
            landgrade(&line.split_whitespace().collect::<Vec<_>>()).ends(0);
        }
    };
    steps(&old, 2026, "");
    steps(&new, 2027, &format!("--supersedes {old}"));
    let told = call(&format!("life {old} --json")).ends(0).json();
    assert_eq!((told["stage"].as_str(), told["entries"].as_array().unwrap().len()), (Some("superseded"), 4));
    assert_eq!(told["entries"][3]["other"]["name"], "2026");
    let told = call(&format!("life {new} --lang zh")).ends(0).out;
    assert!(told.contains("2026:公布") && told.contains("〔2027〕2号") && told.contains("→ 2025"), "{told}");
    call(&format!("verify {new}")).ends(0);
    // A word changed in the life is found.
    let path = room.path().join("out/2026.life.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("2027-03-01", "2027-02-02")).unwrap();
    let told = call(&format!("verify {new}")).ends(1).out;
    assert!(told.contains("changed: ../2026.life.json"), "{told}");
    call(&format!("life {new}")).ends(2).tells("damaged-life", &[]);
}

#[test]
fn the_rules_are_data_and_an_imported_release_is_judged_by_them() {
    let room = Room::new();
    let text = call("gate --show-rules").ends(0).out;
    fs::write(room.path().join("gate.toml"), text.replace("least = 3", "least = 0")).unwrap();
    fs::write(room.path().join("prices.csv"), "use,grade,price\ncommercial,1,900\ncommercial,2,600\n").unwrap();
    let prices = room.at("prices.csv");
    let line = ["import", "--source", &prices, "--use", "use", "--grade", "grade", "--price", "price", "--name", "old"];
    let rules = room.at("gate.toml");
    let to = room.at("foreign");
    let told = landgrade(&[&line[..], &["--to", &to, "--final", "--gate-rules", &rules]].concat()).ends(2);
    told.tells("gate-not-passed", &["[premises]"]);
    assert!(!room.path().join("foreign").exists());
}

/// What a city bureau reads of a district's releases: hearing and publication as their lives have them.
#[test]
fn supervision_reads_the_lives_of_releases() {
    let room = Room::new();
    let own = final_2026(&room);
    for (step, date) in [("hearing", "2027-01-10"), ("accepted", "2027-02-10"), ("published", "2027-03-10")] {
        call(&format!("life {own} --to {step} --date {date} --document 〔2027〕{step}号")).ends(0);
    }
    fs::create_dir_all(room.path().join("city/centre")).unwrap();
    fs::rename(room.path().join("out"), room.path().join("city/centre/releases")).unwrap();
    let ran = call(&format!("supervise {} --today 2027-06-30 --to {} --json", room.at("city"), room.at("told")));
    assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
    let items = fs::read_to_string(room.path().join("told/items.csv")).unwrap();
    let life = "centre/releases/2026.life.json";
    let of = |check: &str| items.lines().filter(|line| line.contains(check)).collect::<Vec<_>>().join("\n");
    assert!(of("U18").contains(life) && of("U18").contains("2027-01-10"), "{items}");
    assert!(!of("U18").contains("no publication") && of("U18").contains("no approval"), "{}", of("U18"));
    // A life that was changed is told, not believed.
    let path = room.path().join("city/centre/releases/2026.life.json");
    fs::write(&path, fs::read_to_string(&path).unwrap().replace("2027-03-10", "2027-03-11")).unwrap();
    let told = call(&format!("supervise {} --today 2027-06-30", room.at("city"))).ends(1).out;
    assert!(told.contains("the life of centre/releases/2026 was not read"), "{told}");
}
