use super::*;
use crate::land::date::Quarter;
use std::collections::BTreeMap;

fn sample(year: &str) -> (String, PathBuf) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/city").join(year).join("project.toml");
    (std::fs::read_to_string(&path).unwrap(), path)
}

/// The text of a plan, without where it was read from and its own text.
fn plan(project: &Project) -> Vec<String> {
    let Project { uses, factors, units, prices, groups, zones, .. } = project;
    let mut prices = format!("{prices:?}");
    // The index of a mixture goes on with that of the other year, and stands in the file itself.
    let start = prices.find("index: {").unwrap();
    prices.replace_range(start..prices.find("base_quarter").unwrap(), "");
    let zones = (zones.smallest_area, zones.close_gaps, zones.snap);
    vec![
        format!("{uses:?}"),
        format!("{factors:?}"),
        format!("{units:?}"),
        format!("{groups:?}"),
        format!("{zones:?}"),
        prices.split("index_file").next().unwrap().to_string(),
    ]
}

fn mixture() -> Mixture {
    let ((old, old_path), (new, new_path)) = (sample("2025"), sample("2026"));
    Mixture::new((&old, &old_path), (&new, &new_path)).unwrap()
}

#[test]
fn all_of_one_project_is_that_project() {
    let mixture = mixture();
    for (set, year) in [(Groups::NONE, "2025"), (Groups::of(Group::ALL), "2026")] {
        let (text, path) = sample(year);
        let own = Project::parse(&text, &path).unwrap();
        assert_eq!(plan(&mixture.project(set).unwrap()), plan(&own), "{year}");
    }
}

/// What differs between two files that are one but for a key belongs to the group of that key, and to no other.
#[test]
fn each_key_belongs_to_its_group() {
    let (text, path) = sample("2025");
    let cases = [
        ("score_at", "overlaps = 0.01\nscore_at = \"surface\"", Group::Units),
        ("layer = \"bus_stops\"", "layer = \"schools\"", Group::Layers),
        ("radius = 6000", "radius = 5000", Group::Attenuation),
        ("daolu = 0.14, gongjiao = 0.08", "daolu = 0.12, gongjiao = 0.1", Group::Weights),
        ("grades = 5", "grades = 4", Group::Breaks),
        ("area = { field = \"mj\"", "area = { field = \"zj\"", Group::Samples),
        ("rate = 0.08", "rate = 0.09", Group::Corrections),
        ("development = \"五通一平\"", "development = \"六通一平\"", Group::Connotation),
        ("rounding = 1 ", "rounding = 10 ", Group::Pricing),
    ];
    for (from, to, group) in cases {
        let other = match text.contains(from) {
            true => text.replacen(from, to, 1),
            false => text.replacen("keep = [", "score_at = \"surface\"\nkeep = [", 1),
        };
        assert_ne!(other, text, "{from}");
        let mixture = Mixture::new((&text, &path), (&other, &path)).unwrap();
        assert_eq!(mixture.settings_differ(), Groups::of([group]), "{from}");
    }
}

/// By hand: the old index ends at 104 in 2025Q2, where the new one is 130; so its 143 of 2025Q3 is 143 · 104 / 130 = 114.4 of the old.
/// Backwards the new index begins in 2025Q1 with 125, where the old one is 100: the old 96 of 2024Q4 is 96 · 125 / 100 = 120 of the new.
#[test]
fn an_index_goes_on_with_that_of_the_other_project() {
    let (text, path) = sample("2025");
    let with = |rows: &str| {
        let from = "index = \"index.csv\"";
        assert!(text.contains(from));
        let table = format!("[prices.index_table]\n{rows}\n\n[prices.samples]");
        text.replacen(from, "", 1).replacen("[prices.samples]", &table, 1).replacen(
            "base_quarter = \"2025Q4\"",
            "base_quarter = \"2025Q1\"",
            1,
        )
    };
    let row = |quarter: &str, value: f64| format!("\"{quarter}\" = [{value}, {value}, {value}, {value}]");
    let old = with(&[row("2024Q4", 96.0), row("2025Q1", 100.0), row("2025Q2", 104.0)].join("\n"));
    let new = with(&[row("2025Q1", 125.0), row("2025Q2", 130.0), row("2025Q3", 143.0)].join("\n"));
    let mixture = Mixture::new((&old, &path), (&new, &path)).unwrap();
    let index = |set: Groups| -> BTreeMap<Quarter, Vec<f64>> { mixture.project(set).unwrap().prices.unwrap().index };
    let values = |set: Groups| index(set).values().map(|values| values[0]).collect::<Vec<f64>>();
    assert_eq!(values(Groups::NONE), [96.0, 100.0, 104.0, 114.4]);
    assert_eq!(values(Groups::of([Group::Corrections])), [120.0, 125.0, 130.0, 143.0]);
    assert_eq!(mixture.settings_differ(), Groups::of([Group::Corrections]));
}

/// A factor that one project alone has stands in every mixture; where the weights are of the other one it has none.
#[test]
fn a_factor_of_one_project_alone_scores_nothing_without_its_weight() {
    let (text, path) = sample("2025");
    let start = text.find("[[factors]]\nkey = \"heliu\"").unwrap();
    let end = start + 1 + text[start + 1..].find("[[factors]]").unwrap();
    let without = format!("{}{}", &text[..start], &text[end..]);
    let mut without = without.replace(", heliu = 0.02", "").replace(", heliu = 0.05", "").replace(", heliu = 0.04", "");
    for (from, to) in [
        ("shangfu = 0.4,", "shangfu = 0.42,"),
        ("shangfu_x = 0.16,", "shangfu_x = 0.21,"),
        ("shangfu = 0.1,", "shangfu = 0.14,"),
    ] {
        without = without.replacen(from, to, 1);
    }
    let mixture = Mixture::new((&without, &path), (&text, &path)).unwrap();
    let differing = mixture.settings_differ();
    assert_eq!(differing, Groups::of([Group::Weights]));
    let old = mixture.project(Groups::NONE).unwrap();
    assert!(old.factors.iter().any(|factor| factor.key == "heliu"));
}
