//! A user's way through a small city: two years run, published, compared, explained, verified.

use crate::cli::{Room, assert_same, bytes, call, city, copy, landgrade, listing, release, state};
use gdal::vector::LayerAccess;
use landgrade::land::Lang;
use landgrade::pipeline::Explained;
use landgrade::project::Project;
use rust_decimal::Decimal;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::str::FromStr;

/// The files a release is published as, with every format.
const PUBLISHED: [&str; 39] = [
    "areas.csv",
    "corrections.csv",
    "findings.csv",
    "grades.csv",
    "limits.csv",
    "losses.csv",
    "premises.csv",
    "prices.csv",
    "samples.cpg",
    "samples.csv",
    "samples.dbf",
    "samples.prj",
    "samples.qml",
    "samples.shp",
    "samples.shx",
    "samples.sld",
    "samples_fields.csv",
    "tables.xlsx",
    "units.cpg",
    "units.csv",
    "units.dbf",
    "units.geojson",
    "units.gpkg",
    "units.prj",
    "units.qml",
    "units.shp",
    "units.shx",
    "units.sld",
    "units_fields.csv",
    "weights.csv",
    "zones.cpg",
    "zones.dbf",
    "zones.geojson",
    "zones.prj",
    "zones.qml",
    "zones.shp",
    "zones.shx",
    "zones.sld",
    "zones_fields.csv",
];

#[test]
fn both_years_are_sealed_and_published_and_nothing_else_is_left() {
    for year in ["2025", "2026"] {
        assert_eq!(listing(&city().join(format!("releases/{year}-published"))), PUBLISHED);
    }
    assert_eq!(fs::read_dir(city().join("releases")).unwrap().count(), 4);
    assert!(!listing(city()).iter().any(|name| name.contains(".part") || name.contains("/.")));
}

#[test]
fn published_again_into_another_folder_a_release_gives_the_same_bytes() {
    let room = Room::new();
    let again = call(&format!("publish {} --to {} --id zddm --json", release(), room.at("deep/again"))).ends(0);
    assert_eq!(again.json()["files"].as_array().unwrap().len(), PUBLISHED.len());
    assert_same(&bytes(&city().join("releases/2025-published")), &bytes(&room.path().join("deep/again")));
    // Once more onto the same folder, beside a file of the user's own.
    fs::write(room.path().join("deep/again/mine.txt"), "mine").unwrap();
    call(&format!("publish {} --to {} --formats csv,xlsx", release(), room.at("deep/again"))).ends(0);
    assert_eq!(fs::read_to_string(room.path().join("deep/again/mine.txt")).unwrap(), "mine");
    assert_eq!(listing(&room.path().join("deep/again")).len(), PUBLISHED.len() + 1);
}

#[test]
fn comparing_tells_differences_by_its_exit_code_and_writes_them_in_every_format() {
    let room = Room::new();
    let (old, new) = (release(), city().join("releases/2026").display().to_string());
    let told = call(&format!("compare {old} {new} --to {} --json", room.at("compared"))).ends(1).json();
    assert_eq!(told["files"].as_array().unwrap().len(), 12);
    let names = listing(&room.path().join("compared"));
    for name in ["comparison.html", "comparison.xlsx", "changes.csv", "changes.geojson", "changes.gpkg", "growth.csv"] {
        assert!(names.iter().any(|found| found == name), "{name} in {names:?}");
    }
    let same = call(&format!("compare {old} {old} --lang zh")).ends(0);
    assert!(same.out.contains("400"), "{}", same.out);
}

#[test]
fn the_contributions_of_every_unit_add_up_exactly_to_the_published_total_and_columns_agree_with_json() {
    let room = Room::new();
    call(&format!("explain {} --all --to {}", release(), room.at("all.csv"))).ends(0);
    let text = fs::read_to_string(room.path().join("all.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let head = reader.headers().unwrap().clone();
    let rows: Vec<BTreeMap<String, String>> = reader
        .records()
        .map(|record| head.iter().zip(&record.unwrap()).map(|(name, cell)| (name.into(), cell.into())).collect())
        .collect();
    assert_eq!(rows.len(), 400);

    let gpkg = rusqlite::Connection::open(city().join("releases/2025-published/units.gpkg")).unwrap();
    let path = release();
    let sealed = landgrade::release::open(Path::new(&path)).unwrap();
    let project = Project::sealed(&sealed.head.project, &Path::new(&path).join("project.toml")).unwrap();
    let explained = Explained::new(&sealed, &project).unwrap();
    for (number, row) in rows.iter().enumerate() {
        let id = &row["id"];
        let account = serde_json::to_value(explained.unit(id).unwrap()).unwrap();
        if number % 40 == 0 {
            // What the library says is what the program prints.
            assert_eq!(landgrade(&["explain", &path, id, "--json"]).ends(0).json(), account);
        }
        let mut sum = Decimal::ZERO;
        for factor in account["factors"].as_array().unwrap() {
            let cell = |what: &str| decimal_of(&row[&format!("{}_{what}", factor["key"].as_str().unwrap())]);
            sum += decimal(&factor["contribution"]);
            assert_eq!(cell("contribution"), decimal(&factor["contribution"]), "{id} {factor}");
            assert_eq!(cell("weight"), decimal(&factor["weight"]), "{id} {factor}");
            let score: f64 = row[&format!("{}_score", factor["key"].as_str().unwrap())].parse().unwrap();
            assert_eq!(Some(score), factor["score"].as_f64(), "{id} {factor}");
        }
        assert_eq!(sum, decimal(&account["total"]), "{id}");
        assert_eq!(decimal_of(&row["total"]), sum, "{id}");
        let (total, grade, price): (f64, u8, Option<f64>) = gpkg
            .query_row("select total, grade, price from units where zddm = ?1", [id], |it| {
                Ok((it.get(0)?, it.get(1)?, it.get(2)?))
            })
            .unwrap();
        assert_eq!(Some(total), account["total"].as_f64());
        assert_eq!((Some(u64::from(grade)), row["grade"].parse().ok()), (account["grade"].as_u64(), Some(grade)));
        assert_eq!(price, account["price"]["price"].as_f64(), "{id}");
        assert_eq!(price, row["price"].parse().ok(), "{id}");
        the_columns_have_the_price_with_its_coefficients(row, &account["price"]);
        the_columns_say_where_a_default_counts(row, &account["factors"]);
    }
    let without_an_area = rows.iter().filter(|row| row["hongshui_areas"].is_empty()).count();
    assert!(without_an_area > 0, "no unit is dry: the default column is not tried");
}

/// The coefficients are means over the kept samples, taken here from the account's list of all samples.
fn the_columns_have_the_price_with_its_coefficients(row: &BTreeMap<String, String>, price: &Value) {
    let number = |name: &str| row[name].parse::<f64>().ok();
    for (column, key) in [
        ("price_mu", "price_per_mu"),
        ("unrounded", "unrounded"),
        ("rounded_to", "rounded_to"),
        ("samples", "samples"),
        ("kept", "kept"),
        ("term", "term"),
        ("plot_ratio", "plot_ratio"),
        ("rate", "rate"),
    ] {
        assert_eq!(number(column), price[key].as_f64(), "{column} of {}", row["id"]);
    }
    for key in ["statistic", "price_kind", "development", "base_date"] {
        assert_eq!(Some(row[key].as_str()), price[key].as_str(), "{key} of {}", row["id"]);
    }
    assert_eq!(row["filled_zh"], price["filled"]["zh"].as_str().unwrap_or_default());
    let kept: Vec<&Value> = price["sales"].as_array().unwrap().iter().filter(|sale| sale["used"] == true).collect();
    assert_eq!(kept.len() as u64, price["kept"].as_u64().unwrap());
    for key in ["k_date", "k_plot_ratio", "k_term"] {
        let sum: f64 = kept.iter().map(|sale| sale[key].as_f64().unwrap()).sum();
        let mean = (!kept.is_empty()).then(|| sum / kept.len() as f64);
        assert_eq!(number(key).is_some(), mean.is_some(), "{key} of {}", row["id"]);
        assert!(mean.is_none_or(|mean| (number(key).unwrap() - mean).abs() < 1e-12), "{key} of {}", row["id"]);
    }
}

fn the_columns_say_where_a_default_counts(row: &BTreeMap<String, String>, factors: &Value) {
    let flood = factors.as_array().unwrap().iter().find(|factor| factor["key"] == "hongshui").unwrap();
    let dry = flood["source"]["uncovered"].as_f64().unwrap();
    let default = row["hongshui_default"].parse::<f64>().ok();
    assert_eq!(default, flood["source"]["default"].as_f64().filter(|_| dry > 1e-6), "{}", row["id"]);
    assert_eq!(row["hongshui_uncovered"].parse::<f64>().unwrap(), if default.is_some() { dry } else { 0.0 });
}

fn decimal(number: &Value) -> Decimal {
    decimal_of(&number.to_string())
}

fn decimal_of(text: &str) -> Decimal {
    Decimal::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

#[test]
fn an_explanation_reads_in_both_languages_and_shows_every_factor_with_its_contribution() {
    let id = "990101001001GB00004";
    let account = landgrade(&["explain", &release(), id, "--json"]).ends(0).json();
    for (lang, total) in [("zh", "总分值:"), ("en", "Total score: ")] {
        let shown = landgrade(&["explain", &release(), id, "--lang", lang]).ends(0).out;
        let line = shown.lines().find(|line| line.starts_with(total)).unwrap();
        assert_eq!(decimal_of(line.trim_start_matches(total)), decimal(&account["total"]));
        for factor in account["factors"].as_array().unwrap() {
            let key = format!("({})", factor["key"].as_str().unwrap());
            let line = shown.lines().find(|line| line.contains(&key)).unwrap();
            if factor["weight"].as_f64() == Some(0.0) {
                let idle = ["Without weight in this use", "权重为 0"];
                assert!(idle.iter().any(|words| line.contains(words)), "{line}");
                continue;
            }
            let contribution = line.rsplit(" = ").next().unwrap();
            assert_eq!(decimal_of(contribution), decimal(&factor["contribution"]), "{line}");
        }
    }
    // A road's two distances differ by its half width.
    let mut widths = 0;
    for level in account["factors"][2]["source"]["levels"].as_array().unwrap() {
        let (half, facility) = (level["half_width"].as_f64().unwrap(), &level["facility"]);
        if let (Some(axis), Some(distance)) = (facility["to_axis"].as_f64(), facility["distance"].as_f64()) {
            assert_eq!(distance, (axis - half).max(0.0), "{level}");
            widths += usize::from(half > 0.0);
        }
    }
    assert!(widths > 0);
    // With the inputs at hand the raster's own value is shown.
    let inputs = city().join("2025").display().to_string();
    let with = landgrade(&["explain", &release(), id, "--inputs", &inputs]).ends(0).out;
    assert!(!with.contains("--inputs FOLDER") && with.contains("(podu)"), "{with}");
    // Slopes of the terrain in degrees, 15° and more without points, as the project file says.
    for words in ["° = 100 points, 15 ° = 0 points", "to the axis less half width", ", 3387571: 3156.97 m²", "(lx = "]
    {
        assert!(with.contains(words), "{words} in {with}");
    }
    // A sold unit's samples with the index values their date correction comes from, where the index is at hand.
    let sold = landgrade::release::open(Path::new(&release())).unwrap();
    let sample = sold.samples.iter().find(|sample| sample.used && sample.grade > 0).unwrap();
    let told = landgrade(&["explain", &release(), &sample.unit, "--inputs", &inputs, "--json"]).ends(0).json();
    let sale = told["price"]["sales"].as_array().unwrap().iter().find(|sale| sale["id"] == *sample.id).unwrap();
    let number = |key: &str| sale["index"][key].as_f64().unwrap();
    // Parcels are multiplied by I(date)/I(base) to four decimals, samples divided by the same.
    let rounded = (number("at_sale") / number("at_base") * 1e4).round() / 1e4;
    assert!((1.0 / rounded - sale["k_date"].as_f64().unwrap()).abs() < 1e-12, "{sale}");
    assert_eq!(sale["index"]["base_quarter"], "2025Q4");
    assert_eq!(&sale["index"]["sale_quarter"].as_str().unwrap()[..4], &sample.date[..4]);
    let without = landgrade(&["explain", &release(), &sample.unit]).ends(0).out;
    assert!(without.contains("the price index stands in index.csv; --inputs FOLDER"), "{without}");
    assert_eq!(landgrade(&["explain", &release(), "990101001001GB0004"]).ends(2).err.matches("nearest").count(), 1);
}

#[test]
fn a_release_verifies_and_replays_from_its_inputs_until_a_byte_of_them_changes() {
    let room = Room::new();
    copy(&city().join("2025"), &room.path().join("in"));
    let line = format!("verify {} --inputs {} --replay", release(), room.at("in"));
    let whole = call(&format!("{line} --json")).ends(0).json();
    assert_eq!((&whole["whole"], &whole["replayed"], &whole["difference"]), (&true.into(), &true.into(), &Value::Null));

    let index = room.path().join("in/index.csv");
    let mut text = fs::read(&index).unwrap();
    let digit = text.iter().rposition(u8::is_ascii_digit).unwrap();
    text[digit] = if text[digit] == b'5' { b'6' } else { b'5' };
    fs::write(&index, text).unwrap();
    let changed = call(&line).ends(1);
    assert!(changed.out.contains("index.csv: changed") && changed.out.contains("city.gpkg: same"), "{}", changed.out);
    let zh = call(&format!("{line} --lang zh")).ends(1);
    assert!(zh.out.contains("index.csv: 已改动") && zh.out.contains("第一处差异"), "{}", zh.out);

    fs::remove_file(room.path().join("in/dem.tif")).unwrap();
    let missing = call(&format!("verify {} --inputs {}", release(), room.at("in"))).ends(1);
    assert!(missing.out.contains("dem.tif: missing"), "{}", missing.out);
}

#[test]
fn an_edited_removed_or_added_file_of_a_sealed_release_is_named_and_the_release_no_longer_opens() {
    let room = Room::new();
    let sealed = room.path().join("2025");
    copy(Path::new(&release()), &sealed);
    call(&format!("verify {}", room.at("2025"))).ends(0);
    let prices = fs::read_to_string(sealed.join("prices.csv")).unwrap();
    fs::write(sealed.join("prices.csv"), prices.replacen('1', "2", 1)).unwrap();
    fs::write(sealed.join("note.txt"), "mine").unwrap();
    fs::remove_file(sealed.join("weights.csv")).unwrap();
    let found = call(&format!("verify {}", room.at("2025"))).ends(1);
    for line in ["changed: prices.csv", "not of this release: note.txt", "missing: weights.csv"] {
        assert!(found.out.contains(line), "{line} in {}", found.out);
    }
    let state_before = state(&sealed);
    for verb in ["publish", "explain"] {
        let id = if verb == "explain" { " 990101001001GB00004" } else { "" };
        let refused = call(&format!("{verb} {}{id}", room.at("2025"))).ends(2);
        refused.tells("damaged-release", &["prices.csv"]);
    }
    call(&format!("compare {} {}", room.at("2025"), release())).ends(2);
    assert_eq!((state(&sealed), listing(room.path()).len()), (state_before.clone(), state_before.len() + 1));
}

#[test]
fn sealing_onto_a_sealed_release_fails_and_leaves_it_and_what_is_published_as_it_was() {
    let room = Room::with_inputs();
    call(&format!("run {}", room.project())).ends(0);
    let before = state(room.path());
    for lang in ["en", "zh"] {
        let again = call(&format!("run {} --lang {lang}", room.project())).ends(2);
        again.tells("already-sealed", &["out/2025", "landgrade publish"]);
        assert!(!again.err.contains(".."), "the path as people write it: {}", again.err);
    }
    assert_eq!(state(room.path()), before);
    // A dry run writes nothing, so it may.
    call(&format!("run {} --dry-run", room.project())).ends(0);
    assert_eq!(state(room.path()), before);
}

#[test]
fn grade_and_price_write_their_units_in_each_format() {
    let room = Room::new();
    let project = city().join("2025/project.toml").display().to_string();
    for verb in ["grade", "price"] {
        let files = ["gpkg", "geojson", "shp", "csv"].map(|ending| room.at(&format!("{verb}.{ending}")));
        let to: Vec<&str> = files.iter().flat_map(|file| ["--to", file.as_str()]).collect();
        let told = landgrade(&[&[verb, &project, "--json", "--lang", "en"], to.as_slice()].concat()).ends(0).json();
        assert_eq!(told["files"].as_array().unwrap().len(), 4);
        for file in &files {
            let dataset = gdal::Dataset::open(file).unwrap();
            let mut layer = dataset.layer(0).unwrap();
            assert_eq!(layer.features().count(), 400, "{file}");
            let fields: Vec<String> = layer.defn().fields().map(|field| field.name()).collect();
            assert!(fields.iter().any(|field| field == "grade"), "{fields:?}");
            assert_eq!(fields.iter().any(|field| field == "price"), verb == "price", "{file}: {fields:?}");
        }
    }
    assert_eq!(listing(room.path()).len(), 2 * (3 + 6));
}

#[test]
fn a_drafted_project_runs_as_it_is_and_no_open_line_keeps_it_from_parsing() {
    let room = Room::new();
    copy(&city().join("2025"), &room.path().join("data"));
    fs::remove_file(room.path().join("data/project.toml")).unwrap();
    let inputs = state(&room.path().join("data"));
    let told = call(&format!("new {} --to {} --json", room.at("data"), room.at("data/draft.toml"))).ends(0).json();
    assert_eq!((told["layers"].as_u64(), told["open"].as_u64().is_some_and(|open| open > 5)), (Some(19), true));
    let checked = call(&format!("check {} --json", room.at("data/draft.toml"))).ends(0).json();
    assert_eq!((&checked["units"], &checked["denied"]), (&400.into(), &0.into()));
    call(&format!("run {} --dry-run", room.at("data/draft.toml"))).ends(0);
    let again = call(&format!("new {} --to {}", room.at("data"), room.at("data/draft.toml"))).ends(2);
    again.tells("exists", &["draft.toml"]);
    let mut after = state(&room.path().join("data"));
    let draft = String::from_utf8(after.remove("draft.toml").unwrap().0).unwrap();
    assert_eq!(after, inputs);
    // Where an answer is taken out instead, the project still runs, or what is missing is named with its line.
    let (mut runs, mut open) = (0, 0);
    let lines: Vec<&str> = draft.lines().collect();
    let asked = |line: &str| line.contains(" = ") && line.contains("# ?") && !line.contains("[  # ?");
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| asked(line)) {
        let without: Vec<&str> =
            lines.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, line)| *line).collect();
        fs::write(room.path().join("data/open.toml"), without.join("\n")).unwrap();
        let checked = call(&format!("check {}", room.at("data/open.toml")));
        if checked.code == Some(2) {
            let fault = checked.err.lines().next().unwrap();
            let named = fault.contains("open.toml:") && fault.contains('[');
            assert!(named, "{line}: {}", checked.err);
            open += 1;
        } else {
            runs += 1;
        }
    }
    assert!(runs > 3 && open > 3, "{runs} {open}");
}

#[test]
fn the_language_of_a_run_reaches_the_titles_of_what_is_published() {
    let room = Room::new();
    for (lang, title) in [("zh", "基准地价(元/㎡)"), ("en", "benchmark price (元/㎡)")] {
        call(&format!("publish {} --to {} --formats csv --lang {lang}", release(), room.at(lang))).ends(0);
        let head = fs::read_to_string(room.path().join(lang).join("prices.csv")).unwrap();
        assert!(head.lines().next().unwrap().contains(title), "{head}");
    }
    assert_eq!(Lang::of_locale("zh_CN.UTF-8"), Lang::Zh);
}
