use super::*;
use crate::land::column::Value;

fn finding(code: Code, layer: &str, feature: &str) -> Finding {
    Finding::new(&Policies::default(), code, layer, Text::same("detail")).of_feature(feature)
}

#[test]
fn every_code_has_its_own_name_reads_back_and_allows_its_default() {
    for (place, &code) in Code::ALL.iter().enumerate() {
        assert_eq!(code as usize, place);
        assert_eq!(Code::parse(code.name()), Some(code));
        assert!(code.name().bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", code.name());
        assert!(code.allows(code.default_policy()), "{}", code.name());
        assert_eq!(code.repair().is_some(), code.allows(Policy::Repair));
        let Text { en, zh } = code.title();
        assert!(!en.is_empty() && en.is_ascii() && !zh.is_ascii(), "{}", code.name());
    }
}

#[test]
fn policies_are_chosen_by_word_and_wrong_words_are_answered_with_the_right_ones() {
    let mut policies = Policies::default();
    policies.set("invalid-geometry", "repair").unwrap();
    assert_eq!(policies.get(Code::InvalidGeometry), Policy::Repair);
    let fault = policies.set("invalid-geometri", "repair").unwrap_err();
    assert!(fault.help.en.contains("invalid-geometry"), "{fault}");
    let fault = policies.set("null-geometry", "warn").unwrap_err();
    assert_eq!((fault.code, fault.help.en.as_str()), ("policy-not-allowed", "use one of: deny, repair"));
    assert_eq!(policies.set("overlap", "mend").unwrap_err().code, "unknown-finding");
}

#[test]
fn what_is_done_follows_from_code_and_policy() {
    assert_eq!(Action::of(Code::InvalidGeometry, Policy::Repair), Action::Repaired);
    assert_eq!(Action::of(Code::DuplicateId, Policy::Repair), Action::LeftOut);
    assert_eq!(Action::of(Code::Overlap, Policy::Warn), Action::Kept);
    assert_eq!(Action::of(Code::CrsTransformed, Policy::Warn), Action::Noted);
    assert_eq!(Action::of(Code::CrsTransformed, Policy::Deny), Action::Denied);
}

#[test]
fn findings_sort_by_code_then_layer_then_feature_number() {
    let mut findings = Findings::default();
    for (code, layer, feature) in [
        (Code::Overlap, "parcels", "10"),
        (Code::Overlap, "parcels", "A7"),
        (Code::Overlap, "parcels", "9"),
        (Code::InvalidGeometry, "roads", "1"),
        (Code::InvalidGeometry, "parcels", "2"),
    ] {
        findings.push(finding(code, layer, feature));
    }
    findings.sort();
    let order: Vec<String> = findings.iter().map(|f| format!("{} {}", f.layer, f.feature)).collect();
    assert_eq!(order, ["parcels 2", "roads 1", "parcels 9", "parcels 10", "parcels A7"]);
    assert_eq!(findings.counts(), [(Code::InvalidGeometry, 2), (Code::Overlap, 3)]);
    // Invalid geometry denies unless the project says otherwise; overlaps are kept.
    assert_eq!(findings.denied().count(), 2);
}

#[test]
fn the_table_has_a_row_per_finding_and_a_point_where_there_is_a_place() {
    let mut findings = Findings::default();
    findings.push(finding(Code::Overlap, "parcels", "1").at(Some(Point::new(3.0, 4.0))));
    findings.push(finding(Code::EmptyLayer, "schools", ""));
    let places = findings.places();
    let crs = Crs::parse("EPSG:4547").unwrap();
    let table = findings.table(Lang::Zh, Some((&places, &crs)));
    assert_eq!((table.rows, places.len()), (2, 2));
    let cell = |name: &str, row| table.fields.iter().find(|f| f.name == name).unwrap().cells.get(row);
    assert_eq!(cell("title", 0), Value::Text("图形重叠"));
    assert_eq!(cell("action", 0), Value::Text("按原样使用"));
    assert_eq!((cell("x", 0), cell("y", 0)), (Value::Real(3.0), Value::Real(4.0)));
    assert_eq!((cell("x", 1), cell("feature", 1)), (Value::None, Value::None));
    assert_eq!(places.get(0).points(), [Point::new(3.0, 4.0)]);
    assert!(places.get(1).is_empty());
}
