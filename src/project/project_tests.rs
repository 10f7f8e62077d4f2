use super::*;
use crate::project::plan::{BreaksPlan, Combine, Distance, Form, WeightsPlan};

const WHOLE: &str = r#"
[project]
name = "样例市"
crs = "EPSG:4547"
base_date = "2026-01-01"

[units]
source = "city.gpkg"
layer = "parcels"
id = "zddm"
use = "yt"

[[uses]]
key = "residential"
name = "居住用地"
grades = 5
breaks = { method = "natural-histogram", bins = 512 }
weights = { bus = 0.4, plan = 0.6 }
price = { term = 70, rate = 0.06, plot_ratio = 2.0 }

[[factors]]
key = "bus"
kind = "point"
source = "city.gpkg"
attenuation = "exponential"
levels = [{ radius = 600, score = 100 }]

[[factors]]
key = "plan"
kind = "area"
source = "city.gpkg"
score = "score"
default = 40
"#;

/// Parses a project beside an (empty) city.gpkg.
fn parse(text: &str) -> Outcome<Project> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("city.gpkg"), "").unwrap();
    Project::parse(text, &folder.path().join("project.toml"))
}

fn faults(text: &str) -> Vec<(&'static str, String)> {
    let line = |place: &str| place.rsplit(':').next().unwrap_or_default().to_string();
    parse(text)
        .unwrap_err()
        .each()
        .map(|fault| (fault.code, line(fault.place.as_deref().unwrap_or_default())))
        .collect()
}

#[test]
fn a_whole_project_means_what_it_says() {
    let project = parse(WHOLE).unwrap();
    assert_eq!(project.crs.epsg, Some(4547));
    assert_eq!(project.uses[0].breaks, BreaksPlan::NaturalHistogram { bins: 512 });
    let WeightsPlan::Given(weights) = &project.uses[0].weights else { panic!("given weights") };
    assert_eq!(weights, &[0.4, 0.6]);
    let FactorKind::Point(plan) = &project.factors[0].kind else { panic!("a point factor") };
    assert_eq!((plan.form, plan.combine, plan.reached_at_radius), (Form::Exponential, Combine::Sum, false));
    assert_eq!(project.use_of(" 居住用地 "), Some(0));
    assert_eq!(project.use_of("林地"), None);
}

#[test]
fn a_misspelt_key_is_answered_with_the_nearest_and_its_line() {
    let fault = parse(&WHOLE.replace("attenuation =", "atenuation =")).unwrap_err();
    assert_eq!(fault.code, "project-syntax");
    assert!(fault.help.en.contains("`attenuation`"), "{fault}");
    assert!(fault.place.unwrap().ends_with(":25"));
}

#[test]
fn every_problem_is_told_at_once_with_its_line() {
    let broken = WHOLE
        .replace("bus = 0.4", "bus = 0.5")
        .replace("source = \"city.gpkg\"\nattenuation", "source = \"gone.gpkg\"\nattenuation")
        .replace("\"exponential\"", "\"square\"")
        .replace("grades = 5", "grades = 0")
        .replace("2026-01-01", "soon");
    let told = faults(&broken);
    let expected = [
        ("bad-date", "5"),
        ("out-of-range", "16"),
        ("weights-sum", "18"),
        ("missing-file", "24"),
        ("unknown-word", "25"),
    ];
    for (code, line) in expected {
        assert!(told.contains(&(code, line.to_string())), "{code} at {line} is not among {told:?}");
    }
    assert_eq!(told.len(), 5, "{told:?}");
}

#[test]
fn keys_of_another_kind_and_unknown_factors_are_refused() {
    assert_eq!(faults(&WHOLE.replace("score = \"score\"", "score = \"score\"\nscale = \"guimo\""))[0].0, "stray-key");
    let fault = parse(&WHOLE.replace("{ bus = 0.4,", "{ buses = 0.4,")).unwrap_err();
    assert_eq!((fault.code, fault.help.en.as_str()), ("unknown-factor", "the nearest factor key is \"bus\""));
}

#[test]
fn degrees_are_no_system_to_measure_in() {
    assert_eq!(faults(&WHOLE.replace("EPSG:4547", "EPSG:4490"))[0], ("crs-not-metric", "4".to_string()));
    assert_eq!(faults(&WHOLE.replace("EPSG:4547", "EPSG:999999"))[0].0, "unknown-crs");
}

#[test]
fn prices_need_their_connotation_and_a_base_quarter() {
    let prices = "\n[prices]\nsamples = { source = \"city.gpkg\", id = \"id\", price = \"jg\", unit = \"cents\" }\n\
                  index_table = { 2025Q1 = [100.0] }\n";
    let codes: Vec<&str> = faults(&format!("{WHOLE}{prices}")).into_iter().map(|(code, _)| code).collect();
    assert_eq!(codes, ["no-base-quarter", "unknown-unit"]);
    let without = WHOLE.replace("price = { term = 70, rate = 0.06, plot_ratio = 2.0 }", "");
    assert!(faults(&format!("{without}{prices}")).iter().any(|(code, _)| *code == "no-connotation"));
}

/// A second use with the same weights.
const SECOND: &str = "\n[[uses]]\nkey = \"office\"\ngrades = 3\nweights = { bus = 0.4, plan = 0.6 }\n";

#[test]
fn uses_that_data_could_not_tell_apart_are_refused() {
    assert!(parse(&format!("{WHOLE}{SECOND}")).is_ok());
    let twins = format!("{WHOLE}{}", SECOND.replace("grades = 3", "grades = 3\nspellings = [\"居住用地\"]"));
    assert_eq!(faults(&twins)[0].0, "ambiguous-use");
    let blind = format!("{}{SECOND}", WHOLE.replace("use = \"yt\"\n", ""));
    assert_eq!(faults(&blind)[0], ("no-use-field", "7".to_string()));
}

#[test]
fn limits_bins_and_further_gradings_are_checked_before_any_data_is_read() {
    let breaks = "{ method = \"natural-histogram\", bins = 512 }";
    let few = WHOLE.replace(breaks, "{ method = \"given\", limits = [20, 40] }");
    assert_eq!(faults(&few), [("bad-limits", "17".to_string())]);
    assert_eq!(faults(&WHOLE.replace("bins = 512", "bins = 20000"))[0].0, "out-of-range");
    let bins = usize::try_from(breaks::MOST_BINS as i64).unwrap();
    assert_eq!(bins, crate::grade::LARGEST_BINS, "one limit, told in two places");
    for key in ["grade", "bus", ""] {
        let further = format!("{WHOLE}\n[grading]\nalternatives = [{{ key = \"{key}\", breaks = \"quantile\" }}]\n");
        assert_eq!(faults(&further)[0].0, "bad-key", "{key}");
    }
}

#[test]
fn a_factor_is_judged_once() {
    let twice = "{ ahp = [\"bus\", \"bus\"], matrix = [[1, 1], [1, 1]] }";
    assert_eq!(faults(&WHOLE.replace("{ bus = 0.4, plan = 0.6 }", twice))[0], ("bad-key", "18".to_string()));
}

#[test]
fn a_release_is_not_named_like_published_files() {
    for name in ["2025-published", "a*b", ".hidden", "a/b"] {
        let named = format!("{WHOLE}\n[release]\nname = \"{name}\"\n");
        assert_eq!(faults(&named)[0].0, "release-name", "{name}");
    }
}

#[test]
fn dates_without_an_index_and_half_coordinates_are_told() {
    let prices = |samples: &str| {
        format!("{WHOLE}\n[prices]\nsamples = {{ source = \"city.gpkg\", id = \"id\", price = \"jg\", {samples} }}\n")
    };
    assert_eq!(faults(&prices("date = \"rq\""))[0].0, "no-index");
    assert_eq!(faults(&prices("x = \"x\""))[0].0, "half-coordinates");
}

#[test]
fn a_sealed_project_is_read_where_its_files_are_gone() {
    let prices = "\n[prices]\nindex = \"gone.csv\"\nsamples = { source = \"gone.gpkg\", id = \"id\", price = \"jg\", date = \"rq\" }\n";
    let text = format!("{}{prices}", WHOLE.replace("city.gpkg", "elsewhere.gpkg"));
    assert!(Project::sealed(&text, Path::new("nowhere/project.toml")).is_ok());
    assert!(faults(&text).iter().any(|(code, _)| *code == "missing-file"));
    assert_eq!(Project::sealed("", Path::new("p.toml")).unwrap_err().code, "not-explainable");
}

/// The area factor of the project with another score.
fn area(score: &str) -> String {
    WHOLE.replace("score = \"score\"", score)
}

#[test]
fn services_and_items_need_indices_that_sum_to_one() {
    let services = "services = [{ name = \"供水\", index = 0.6, level = \"sp\", rate = 98 }, { name = \"供电\", index = 0.4, level = 1, rate = \"bz\" }]";
    assert!(parse(&area(&format!("percent = true\n{services}"))).is_ok());
    assert_eq!(faults(&area(services))[0].0, "out-of-range", "98 is no share");
    assert_eq!(faults(&area(&format!("percent = true\n{}", services.replace("0.6", "0.5"))))[0].0, "index-sum");
    assert_eq!(faults(&area("items = [{ field = \"no2\", index = 0.5 }]"))[0].0, "index-sum");
    assert_eq!(faults(&area("score = \"score\"\nitems = [{ field = \"no2\", index = 1 }]"))[0].0, "area-score");
    assert_eq!(faults(&area("score = \"score\"\npercent = true"))[0].0, "stray-key");
}

#[test]
fn a_best_range_lies_between_both_ends_and_stands_alone() {
    assert!(parse(&area("value = \"ph\"\nlow = 4\nbest = [6, 7]\nhigh = 9")).is_ok());
    for wrong in [
        "value = \"ph\"\nbest = [6, 7]",
        "value = \"ph\"\nlow = 6\nbest = [6, 7]\nhigh = 9",
        "value = \"ph\"\nlow = 4\nbest = [7, 6]\nhigh = 9",
        "value = \"ph\"\nlow = 4\nbest = [6, 7]\nhigh = 9\ndirection = \"high-is-bad\"",
    ] {
        assert_eq!(faults(&area(wrong))[0].0, "bad-scaling", "{wrong}");
    }
}

/// The bus factor of the project as another one.
fn other(kind: &str, body: &str) -> String {
    let written = "kind = \"point\"\nsource = \"city.gpkg\"\nattenuation = \"exponential\"\nlevels = [{ radius = 600, score = 100 }]";
    assert!(WHOLE.contains(written));
    WHOLE.replace(written, &format!("kind = \"{kind}\"\nsource = \"city.gpkg\"\n{body}"))
}

#[test]
fn radii_and_scores_by_rule_are_known_to_their_kinds_and_say_what_they_need() {
    let levels = |radius: &str, score: &str| {
        format!(
            "level_field = \"jb\"\nlevels = [{{ level = 1, radius = {radius}, score = {score} }}, {{ level = 2, radius = {radius}, score = 40 }}]"
        )
    };
    let geometric = levels("\"geometric\"", "100");
    assert!(parse(&other("centre", &format!("city_area = 1e7\n{geometric}"))).is_ok());
    assert_eq!(faults(&other("centre", &geometric))[0].0, "no-city-area");
    assert_eq!(faults(&other("line", &format!("city_area = 1e7\n{geometric}")))[0].0, "unknown-word");
    assert_eq!(faults(&other("point", &format!("city_area = 1e7\n{geometric}")))[0].0, "unknown-word");
    let area = WHOLE.replace("[units]", "graded_area = { source = \"city.gpkg\" }\n[units]");
    let farthest = other("centre", &levels("\"farthest\"", "100"))
        .replace(WHOLE.split("[units]").next().unwrap(), area.split("[units]").next().unwrap());
    assert_eq!(faults(&farthest)[0].0, "no-service-field");
    assert!(parse(&farthest.replace("level_field", "service_field = \"fwjl\"\nlevel_field")).is_ok());
    let mean = levels("500", "\"mean\"");
    assert_eq!(faults(&other("centre", &mean))[0].0, "no-scale");
    assert!(parse(&other("centre", &format!("scale = \"guimo\"\n{mean}"))).is_ok());
    assert_eq!(faults(&other("centre", &format!("scale = \"guimo\"\n{}", levels("500", "100"))))[0].0, "stray-key");
    let roads = levels("\"area-over-length\"", "100");
    assert!(parse(&other("line", &format!("city_area = 1e7\ninfluence = \"own-and-higher\"\n{roads}"))).is_ok());
    assert_eq!(faults(&other("line", &format!("city_area = 1e7\n{}", levels("500", "100"))))[0].0, "stray-key");
}

#[test]
fn grades_need_their_field_and_directions_four_coefficients() {
    let levels = "level_field = \"lx\"\nlevels = [{ level = \"a\", grade = 1, radius = 500, score = 60 }, { level = \"b\", radius = 500, score = 40 }, { level = \"a\", grade = 2, radius = 300, score = 60 }]";
    let project = parse(&other("point", &format!("grade_field = \"dj\"\n{levels}"))).unwrap();
    let FactorKind::Point(plan) = &project.factors[0].kind else { panic!("points") };
    let order: Vec<&str> = plan.levels.iter().map(|level| level.name.as_str()).collect();
    assert_eq!(order, ["a 1", "a 2", "b"], "the grades of a type stand together");
    assert_eq!(faults(&other("point", levels))[0].0, "bad-grades");
    let plain = "levels = [{ radius = 500, score = 60 }]";
    assert_eq!(faults(&other("point", &format!("grade_field = \"dj\"\n{plain}")))[0].0, "bad-grades");
    assert_eq!(
        faults(&other("point", &format!("grade_field = \"dj\"\ngrades = {{ a = 2 }}\n{plain}")))[0].0,
        "out-of-range"
    );
    let directions = "directions = { within = 60, coefficients = [0.8, 0.9, 0.95, 1.0] }";
    assert!(parse(&other("line", &format!("{directions}\n{plain}"))).is_ok());
    assert_eq!(faults(&other("point", &format!("{directions}\n{plain}")))[0].0, "stray-key");
    assert_eq!(faults(&other("line", &format!("{}\n{plain}", directions.replace("0.8, ", ""))))[0].0, "project-syntax");
}

#[test]
fn distances_along_the_network_need_one_and_go_with_neither_lines_nor_barriers() {
    let roads = "\n[network]\nsource = \"city.gpkg\"\nlayer = \"roads\"\n";
    let levels = "levels = [{ radius = 500, score = 60 }]";
    let walked = |kind: &str| other(kind, &format!("distance = \"network\"\n{levels}"));
    let project = parse(&format!("{}{roads}", walked("point"))).unwrap();
    let FactorKind::Point(plan) = &project.factors[0].kind else { panic!("points") };
    assert_eq!(plan.distance, Distance::Network);
    assert_eq!(project.network.unwrap().snap, 0.5);
    // The line told is that of `distance`.
    let text = walked("point");
    let line = 1 + text.lines().position(|line| line.starts_with("distance")).unwrap();
    assert_eq!(faults(&text), [("no-network", line.to_string())]);
    assert_eq!(faults(&format!("{}{roads}", walked("line"))), [("bad-distance", line.to_string())]);
    let barrier = "\n[[barriers]]\nkey = \"river\"\nsource = \"city.gpkg\"\n";
    let both = walked("point").replace(levels, &format!("{levels}\nbarriers = [\"river\"]"));
    assert_eq!(faults(&format!("{both}{barrier}{roads}")), [("bad-distance", line.to_string())]);
    assert_eq!(faults(&text.replace("\"network\"", "\"road\""))[0].0, "unknown-word");
    assert!(parse(&text.replace("\"network\"", "\"straight\"")).is_ok());
    assert_eq!(faults(&format!("{}{roads}snap = 50\n", walked("point")))[0].0, "out-of-range");
    assert_eq!(
        faults(&WHOLE.replace("score = \"score\"", "score = \"score\"\ndistance = \"straight\""))[0].0,
        "stray-key"
    );
    assert_eq!(faults(&format!("{WHOLE}\n[network]\nsource = \"gone.gpkg\"\n"))[0].0, "missing-file");
}
