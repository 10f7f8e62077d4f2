use super::*;
use crate::project::Project;

const PROJECT: &str = r#"
[project]
name = "p"
crs = "EPSG:4547"
city_size = "large"
[rules]
[units]
source = "a.gpkg"
id = "id"
[[uses]]
key = "industrial"
grades = 4
scheme = "industrial"
weights = { road = 0.4, net = 0.3, air = 0.1, park = 0.2 }
[[factors]]
key = "road"
standard = "road_accessibility"
kind = "area"
source = "a.gpkg"
score = "f"
[[factors]]
key = "net"
standard = "infrastructure"
kind = "area"
source = "a.gpkg"
score = "f"
[[factors]]
key = "air"
standard = "environment_quality"
kind = "area"
source = "a.gpkg"
score = "f"
[[factors]]
key = "park"
standard = "industrial_agglomeration"
kind = "area"
source = "a.gpkg"
score = "f"
"#;

fn found(text: &str, weights: [f64; 4]) -> Vec<(&'static str, String)> {
    let project = Project::sealed(text, Path::new("p.toml")).unwrap();
    let rules = Standard::read(None).unwrap();
    breaches(&project, &rules, &[weights.to_vec()]).into_iter().map(|breach| (breach.rule, breach.text.en)).collect()
}

#[test]
fn the_rules_of_the_program_are_whole() {
    let rules = Standard::read(None).unwrap();
    assert_eq!(rules.schemes(), ["commercial", "composite", "industrial", "public", "residential"]);
    for rule in &rules.weights {
        assert!(rules.factors.iter().any(|factor| factor.group == rule.group), "{}", rule.group);
        assert!(rule.low <= rule.high && !rule.basis.is_empty());
    }
    // The lower ends leave room for a sum of 1, and the upper ends reach it.
    for scheme in rules.schemes() {
        let of = || rules.weights.iter().filter(|rule| rule.scheme == scheme);
        let (low, high): (f64, f64) = (of().map(|rule| rule.low).sum(), of().map(|rule| rule.high).sum());
        assert!(low <= 1.0 && high >= 1.0, "{scheme}: {low} to {high}");
    }
}

/// 0.4 for transport, 0.3 for facilities, 0.1, 0.2: all in their ranges. External transport is mandatory for industry and not there.
#[test]
fn a_missing_mandatory_factor_is_the_one_breach() {
    let expected = ("mandatory-factor", "industrial: the mandatory factor 对外交通便利度 has no weight".to_string());
    assert_eq!(found(PROJECT, [0.4, 0.3, 0.1, 0.2]), [expected]);
}

#[test]
fn each_rule_tells_its_breach() {
    let rules = |weights| found(PROJECT, weights).into_iter().map(|(rule, _)| rule).collect::<Vec<_>>();
    assert_eq!(rules([0.2, 0.5, 0.1, 0.2]), ["mandatory-factor", "weight-range", "weight-range", "weight-order"]);
    let few = PROJECT.replace("grades = 4", "grades = 3");
    assert!(
        found(&few, [0.4, 0.3, 0.1, 0.2])
            .iter()
            .any(|(rule, text)| *rule == "grade-count" && text.contains("3 grades, not 4 to 8"))
    );
    let wrong = PROJECT.replace("industrial_agglomeration", "commercial_prosperity");
    assert!(found(&wrong, [0.4, 0.3, 0.1, 0.2]).iter().any(|(rule, _)| *rule == "factor-choice"));
}

#[test]
fn what_a_rule_file_does_not_say_is_no_rule_and_what_it_says_wrongly_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("rules.toml");
    std::fs::write(&path, "title = \"own\"\n").unwrap();
    let project = Project::sealed(PROJECT, Path::new("p.toml")).unwrap();
    assert_eq!(breaches(&project, &Standard::read(Some(&path)).unwrap(), &[vec![0.25; 4]]), []);
    std::fs::write(&path, "title = \"own\"\nweight = []\n").unwrap();
    let fault = Standard::read(Some(&path)).unwrap_err();
    assert_eq!(fault.code, "bad-rules");
    assert!(fault.place.unwrap().ends_with("rules.toml:2"));
}
