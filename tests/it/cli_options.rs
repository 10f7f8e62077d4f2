//! What every verb understands: help, JSON, languages, threads, progress, exit codes.

use crate::cli::{PROGRAM, Ran};
use crate::cli::{Room, assert_same, bytes, call, city, command, copy, landgrade, release, without_triggers};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

const VERBS: [&str; 25] = [
    "sample",
    "new",
    "check",
    "run",
    "grade",
    "price",
    "publish",
    "compare",
    "explain",
    "verify",
    "import",
    "breaks",
    "stability",
    "whatif",
    "report",
    "weights",
    "quality",
    "appraise",
    "candidates",
    "apply",
    "gate",
    "life",
    "borders",
    "supervise",
    "package",
];

/// Every verb with arguments that go well, writing into `room`; explain and the like of the city's releases.
fn calls(room: &Room) -> Vec<Vec<String>> {
    let (own, project, unit) = (release(), room.project(), "990101001001GB00004");
    let other = city().join("releases/2026").display().to_string();
    let change = room.at("change");
    landgrade::release::change_file::write(Path::new(&own), Path::new(&other), Path::new(&change)).unwrap();
    let units = city().join("releases/2025-published/units.gpkg").display().to_string();
    fs::write(
        room.path().join("mapping.toml"),
        format!("source = '{units}'\nlayer = 'units'\nid = 'zddm'\nuse = 'use'\ngrade = 'grade'\n"),
    )
    .unwrap();
    [
        format!("sample {} --parcels 300 --years 2025", room.at("made")),
        format!("new {} --to {}", room.at("in"), room.at("draft.toml")),
        format!("check {project} --to {}", room.at("found")),
        format!("run {project}"),
        format!("grade {project} --to {}", room.at("g.gpkg")),
        format!("price {project} --to {}", room.at("p.csv")),
        format!("publish {own} --to {} --formats csv", room.at("published")),
        format!("compare {own} {other} --to {}", room.at("compared")),
        format!("explain {own} {unit}"),
        format!("verify {own} --inputs {} --replay", city().join("2025").display()),
        format!("import {} --name old --to {}", room.at("mapping.toml"), room.at("foreign")),
        format!("breaks --release {own} --chart {}", room.at("breaks.svg")),
        format!("stability {own} --to {}", room.at("firm.gpkg")),
        format!("whatif {own} --weight residential.daolu=0.3"),
        format!("report {own} --to {}", room.at("report")),
        format!("weights {}/data-samples/weights/delphi.csv", env!("CARGO_MANIFEST_DIR")),
        format!("quality {own}"),
        format!(
            "appraise {own} --parcels {} --layer parcels --to {} --today 2026-06-30",
            city().join("2025/city.gpkg").display(),
            room.at("values.csv")
        ),
        format!("candidates {own}"),
        format!("apply {own} {change} --to {}", room.at("again")),
        format!("gate {own} --to {}", room.at("gate.csv")),
        format!("life {own}"),
        format!("borders {own} --to {}", room.at("borders")),
        format!("supervise {} --today 2026-06-30 --to {}", city().display(), room.at("supervised")),
        format!("package {own} --place 510402 --incomplete --to {}", room.at("filing")),
    ]
    .iter()
    .map(|line| line.split_whitespace().map(String::from).collect())
    .collect()
}

/// Comparing two years tells differences, and prices of the small city are out of order, for the gate, for supervision and in a package;
/// everything else is done.
fn expected(verb: &str) -> i32 {
    i32::from(["compare", "gate", "supervise", "package"].contains(&verb))
}

#[test]
fn every_verb_shows_an_example_in_its_help_that_begins_as_one_types_it() {
    let all = call("--help").ends(0).out;
    for verb in VERBS {
        let help = call(&format!("{verb} --help")).ends(0).out;
        let (_, example) = help.split_once("Example:").unwrap_or_else(|| panic!("no example in {help}"));
        assert!(example.trim_start().starts_with(&format!("landgrade {verb} ")), "{example}");
        for option in ["--json", "--threads", "--lang", "--progress"] {
            assert!(help.contains(option), "{option} in the help of {verb}");
        }
        assert!(all.contains(&format!("\n  {verb} ")), "{verb} in {all}");
    }
}

#[test]
fn every_verb_prints_exactly_one_json_document_and_ends_its_progress_with_everything_done() {
    let room = Room::with_inputs();
    for args in calls(&room) {
        let ran = landgrade(&[&args[..], &["--json".into(), "--progress".into(), "json".into()]].concat());
        let ran = ran.ends(expected(&args[0]));
        assert!(ran.json().is_object(), "{}", ran.out);
        let mut steps: BTreeMap<String, (u64, u64)> = BTreeMap::new();
        for line in ran.err.lines() {
            let told: serde_json::Value = serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"));
            let (done, total) = (told["done"].as_u64().unwrap(), told["total"].as_u64().unwrap());
            let last = steps.insert(told["step"].as_str().unwrap().to_string(), (done, total));
            assert!(done <= total && last.is_none_or(|(before, _)| before <= done || done == 0), "{line}");
            assert!(told["step_zh"].as_str().unwrap().chars().any(|c| c > '\u{3000}'), "{line}");
        }
        assert!(steps.values().all(|(done, total)| done == total), "{}: {steps:?}", args[0]);
        let long = ["sample", "check", "run", "grade", "price", "publish"].contains(&args[0].as_str());
        assert!(!long || !steps.is_empty(), "{} tells its progress", args[0]);
    }
}

#[test]
fn a_failure_is_one_json_document_too_and_says_what_where_and_what_to_do() {
    let room = Room::with_inputs();
    room.edit_project(&[("grades = 6", "grads = 6")]);
    for verb in ["check", "run", "grade", "price"] {
        let ran = call(&format!("{verb} {} --json --lang zh", room.project())).ends(2);
        let error = &ran.json()["error"][0];
        assert_eq!(error["code"], "project-syntax");
        assert!(error["place"].as_str().unwrap().ends_with("project.toml:19"), "{error}");
        assert!(
            error["what"].as_str().unwrap().contains("grads") && error["help"].as_str().unwrap().contains("grades")
        );
    }
}

#[test]
fn the_language_comes_from_the_option_or_else_from_the_environment_in_the_order_of_the_system() {
    let missing = ["verify", "/nowhere/at/all"];
    type Case = (&'static [(&'static str, &'static str)], &'static [&'static str], bool);
    let cases: [Case; 8] = [
        (&[], &[], false),
        (&[("LANG", "zh_CN.UTF-8")], &[], true),
        (&[("LANG", "zh_CN.UTF-8"), ("LC_ALL", "en_US.UTF-8")], &[], false),
        (&[("LANG", "C"), ("LC_ALL", "zh_CN.GB18030")], &[], true),
        (&[("LC_ALL", "en_US.UTF-8"), ("LANDGRADE_LANG", "zh")], &[], true),
        (&[("LC_ALL", ""), ("LANG", "zh_TW.UTF-8")], &[], true),
        (&[("LANG", "zh_CN.UTF-8")], &["--lang", "en"], false),
        (&[("LANG", "en_US.UTF-8")], &["--lang", "zh"], true),
    ];
    for (environment, option, chinese) in cases {
        let args = [&missing[..], option].concat();
        let ran = Ran::of(&command(&args).envs(environment.iter().copied()).output().unwrap()).ends(2);
        assert_eq!(ran.err.contains("建议"), chinese, "{environment:?} {option:?}: {}", ran.err);
        assert_eq!(ran.err.contains("help:"), !chinese);
    }
}

#[test]
fn what_cannot_be_meant_ends_with_two_before_anything_is_done() {
    let project = city().join("2025/project.toml").display().to_string();
    for args in [
        "",
        "grads x",
        "run",
        "run x --thread 2",
        "check x --threads -1",
        "check x --threads 1000000000",
        "explain x --all",
        "verify x --replay",
        "verify x --inputs nowhere",
        "explain x y --inputs nowhere",
        "compare x",
        "publish x --lang fr",
        "compare x y --progress loud",
    ] {
        let ran = call(args);
        assert_eq!(ran.code, Some(2), "{args}: {ran:?}");
        assert!(ran.out.is_empty() && !ran.err.is_empty(), "{args}: {ran:?}");
    }
    let room = Room::new();
    for (line, code) in [
        (format!("run {project} --dry-run --sealed-on yesterday"), "bad-date"),
        (format!("grade {project} --to {}", room.at("x.dwg")), "unknown-format"),
        (format!("publish {} --to {} --formats dwg", release(), room.at("x")), "unknown-format"),
        (format!("publish {} --to {} --formats ,", release(), room.at("x")), "unknown-format"),
        (format!("sample {} --parcels 3", room.at("x")), "sample-plan"),
        (format!("sample {} --years 2025,2027", room.at("x")), "sample-plan"),
    ] {
        call(&line).ends(2).tells(code, &[]);
        call(&format!("{line} --lang zh")).ends(2).tells(code, &["建议"]);
    }
    assert!(bytes(room.path()).is_empty());
}

#[test]
fn a_folder_of_inputs_that_is_not_there_is_told_before_anything_is_digested() {
    for line in [format!("verify {} --inputs nowhere", release()), format!("explain {} x --inputs nowhere", release())]
    {
        call(&line).ends(2).tells("missing-folder", &["nowhere"]);
        call(&format!("{line} --lang zh")).ends(2).tells("missing-folder", &["建议"]);
    }
}

#[test]
fn beside_progress_lines_a_fault_is_a_line_of_json_too() {
    for (line, code) in [("check nowhere.toml", "io"), ("run x --thread 2", "bad-option")] {
        for progress in ["--progress json", "--progress=json"] {
            let ran = call(&format!("{line} {progress}")).ends(2);
            let lines: Vec<serde_json::Value> =
                ran.err.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
            assert_eq!(lines.last().unwrap()["error"][0]["code"], code, "{}", ran.err);
        }
    }
}

#[test]
fn an_option_that_does_not_fit_is_a_fault_in_the_users_language_and_in_json() {
    type Case = (&'static str, &'static str, &'static str, &'static str);
    let cases: [Case; 8] = [
        ("grads x", "grads", "没有命令 grads", "grade"),
        ("run", "<PROJECT> is missing", "缺少 <PROJECT>", "landgrade run --help"),
        ("run x --thread 2", "no option --thread", "没有选项 --thread", "--threads"),
        ("check x --threads 0", "not within 1..=1024", "不在 1..=1024 之内", "landgrade check --help"),
        ("sample x --parcels ten", "\"ten\" is no such number", "「ten」不是可用的数值", "landgrade sample --help"),
        ("explain x y --all --to z", "do not go together", "不能同时使用", "landgrade explain --help"),
        ("publish x --geojson-crs xy", "\"xy\" is not known", "不认识「xy」", "lonlat, project"),
        ("publish x --to", "needs a value", "需要给出值", "landgrade publish --help"),
    ];
    for (line, en, zh, help) in cases {
        call(line).ends(2).tells("bad-option", &[en, help]);
        let ran = call(&format!("{line} --lang zh"));
        // An option that waits for its value takes the next one.
        if !line.ends_with("--to") {
            ran.ends(2).tells("bad-option", &[zh, help, "建议"]);
            let json = call(&format!("{line} --json")).ends(2).json();
            assert_eq!(json["error"][0]["code"], "bad-option");
            assert!(json["error"][0]["what"].as_str().unwrap().contains(en), "{json}");
        }
    }
}

#[test]
fn help_is_in_the_users_language_and_help_before_a_verb_is_the_verbs() {
    for verb in VERBS {
        let zh = call(&format!("{verb} --help --lang zh")).ends(0).out;
        assert!(zh.contains("用法:landgrade") && zh.contains("示例:\n  landgrade") && !zh.contains("Options"), "{zh}");
        assert_eq!(call(&format!("help {verb} --lang zh")).ends(0).out, zh);
        assert!(call(&format!("{verb} -h")).ends(0).out.contains("Options of every verb"));
    }
}

#[test]
fn the_width_of_slivers_the_share_outside_and_the_level_of_grubbs_are_the_projects_to_choose() {
    let codes = |line: &str, code: &str| {
        let told = call(&format!("{line} --json")).json();
        let counts = told["counts"].as_array().unwrap().iter().filter(|count| count["code"] == code);
        counts.map(|count| count["count"].as_u64().unwrap()).sum::<u64>()
    };
    for (sample, line, from, to) in [
        ("sliver", "sliver_width = 0.001", "sliver", "overlap"),
        ("outside-graded-area", "outside_share = 1.0", "outside-graded-area", "nothing"),
    ] {
        let room = Room::new();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/broken").join(sample), room.path());
        let (project, check) = (room.path().join("project.toml"), format!("check {}", room.at("project.toml")));
        assert_eq!(codes(&check, from), 1);
        let text = fs::read_to_string(&project).unwrap().replace("[units]\n", &format!("[units]\n{line}\n"));
        fs::write(&project, text).unwrap();
        assert_eq!((codes(&check, from), codes(&check, to)), (0, u64::from(to != "nothing")));
    }
    let kept = |significance: &str| {
        let room = Room::with_inputs();
        room.edit_project(&[("\n[prices]\n", &format!("\n[prices]\nsignificance = {significance}\n"))]);
        let told = call(&format!("price {} --json", room.project())).ends(0).json();
        told["cells"].as_array().unwrap().iter().map(|cell| cell["kept"].as_u64().unwrap()).sum::<u64>()
    };
    // A stricter level finds fewer outliers.
    assert!(kept("0.0001") > kept("0.4"));
}

#[test]
fn of_several_files_asked_for_all_appear_or_none() {
    let room = Room::with_inputs();
    let asked = |last: &str| {
        let to = ["new/a.gpkg", "new/deep/b.csv", "c.geojson", last].map(|name| format!("--to {}", room.at(name)));
        format!("grade {} {}", room.project(), to.join(" "))
    };
    fs::create_dir(room.path().join("taken.shp")).unwrap();
    let before = bytes(room.path());
    call(&asked("taken.shp")).ends(2).tells("folder-in-the-way", &["taken.shp"]);
    assert_same(&before, &bytes(room.path()));
    assert!(!room.path().join("new").exists());
    let told = call(&format!("{} --json", asked("new/d.shp"))).ends(0).json();
    let paths: Vec<&str> =
        told["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["new/a.gpkg", "new/deep/b.csv", "c.geojson", "new/d.shp"].map(|name| room.at(name)));
    assert!(paths.iter().all(|path| Path::new(path).is_file()), "{paths:?}");
}

#[test]
fn one_two_and_seven_threads_write_the_same_bytes_into_every_folder() {
    let made: Vec<_> = [1, 2, 7]
        .map(|threads| {
            let room = Room::with_inputs();
            let more = format!("--threads {threads}");
            call(&format!("run {} {more}", room.project())).ends(0);
            call(&format!("grade {} {more} --to {}", room.project(), room.at("g.gpkg"))).ends(0);
            call(&format!("explain {} --all --to {} {more}", room.at("out/2025"), room.at("all.csv"))).ends(0);
            let other = city().join("releases/2026").display().to_string();
            let reasons = "--reasons shapley";
            let compared = room.at("compared");
            call(&format!("compare {} {other} --to {compared} {reasons} {more}", room.at("out/2025"))).ends(1);
            bytes(room.path())
        })
        .into_iter()
        .collect();
    assert!(made[0].len() > 55, "{}", made[0].len());
    assert_same(&made[0], &made[1]);
    assert_same(&made[0], &made[2]);
}

#[test]
fn features_in_another_order_give_the_same_units_prices_and_layers_for_the_map() {
    let (one, other) = (Room::with_inputs(), Room::with_inputs());
    shuffle(&other.path().join("in/city.gpkg"));
    assert_ne!(bytes(&one.path().join("in"))["city.gpkg"], bytes(&other.path().join("in"))["city.gpkg"]);
    for room in [&one, &other] {
        call(&format!("run {}", room.project())).ends(0);
    }
    let (sealed, again) = (bytes(&one.path().join("out/2025")), bytes(&other.path().join("out/2025")));
    for name in ["units.parquet", "prices.csv", "samples.csv", "grades.csv", "weights.csv", "findings.csv"] {
        assert!(sealed[name] == again[name], "{name} depends on the order of the features");
    }
    assert_same(&bytes(&one.path().join("out/2025-published")), &bytes(&other.path().join("out/2025-published")));
    let ended = call(&format!("compare {} {} --json", one.at("out/2025"), other.at("out/2025"))).ends(0);
    assert_eq!(ended.json()["changed"]["price"], 0);
}

/// Gives every feature another number, and with it another place: 7919 and 1000003 are primes, so that none meets another.
fn shuffle(path: &Path) {
    let database = rusqlite::Connection::open(path).unwrap();
    without_triggers(&database);
    let mut layers = database.prepare("select table_name from gpkg_contents where data_type = 'features'").unwrap();
    let layers: Vec<String> = layers.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    assert!(layers.len() > 15);
    for layer in layers {
        let moved = |table: &str, key: &str| {
            format!(
                "update \"{table}\" set {key} = {key} + 2000000; update \"{table}\" set {key} = (({key} - 2000000) * 7919) % 1000003;"
            )
        };
        database.execute_batch(&moved(&layer, "fid")).unwrap();
        let _ = database.execute_batch(&moved(&format!("rtree_{layer}_geom"), "id"));
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure_and_a_full_disk_under_standard_output_is_one() {
    let mut child = command(&["explain", &release(), "990101001001GB00004"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), ended.stderr.as_slice()), (Some(0), &b""[..]));
    let Ok(full) = fs::File::create("/dev/full") else {
        println!("skipped: there is no /dev/full here");
        return;
    };
    for args in [&["verify", &release()][..], &["verify", &release(), "--json"], &["new", "--schema"]] {
        let ran = Ran::of(&command(args).stdout(full.try_clone().unwrap()).output().unwrap()).ends(2);
        ran.tells("io", &["<stdout>", "space"]);
    }
}

#[test]
fn without_a_home_or_any_environment_and_from_another_folder_a_run_goes_as_well() {
    let room = Room::with_inputs();
    copy(&room.path().join("in"), &room.path().join("deep/in"));
    let ran = Command::new(PROGRAM)
        .args(["run", "project.toml"])
        .env_clear()
        .current_dir(room.path().join("deep/in"))
        .output();
    let ran = Ran::of(&ran.unwrap()).ends(0);
    assert!(ran.out.contains("2025-published"), "{}", ran.out);
    let release = room.path().join("deep/out/2025");
    let ran =
        Command::new(PROGRAM).args(["publish", ".", "--formats", "csv"]).env_clear().current_dir(release).output();
    Ran::of(&ran.unwrap()).ends(0);
    assert!(room.path().join("deep/out/2025-published/prices.csv").exists());
    assert_eq!(fs::read_dir(room.path().join("deep/out")).unwrap().count(), 2);
}
