use super::*;

/// A release by its name, base date, whether it is a draft, and what it supersedes.
fn held(name: &str, base: &str, is_draft: bool, supersedes: &str) -> Held {
    Held {
        place: format!("d/{name}"),
        name: name.to_string(),
        title: String::new(),
        base: date::parse(base),
        supersedes: Some(supersedes.to_string()).filter(|name| !name.is_empty()),
        origin: Origin::Computed,
        sealed_on: String::new(),
        is_draft,
        release: None,
    }
}

fn names(releases: &[Held]) -> Vec<&str> {
    releases.iter().map(|held| held.name.as_str()).collect()
}

#[test]
fn drafts_count_only_where_there_is_nothing_else() {
    let mut all = vec![
        held("2026", "2026-12-31", true, ""),
        held("2025f", "2025-12-31", false, ""),
        held("2025", "2025-12-31", true, ""),
    ];
    let told = without_drafts(&mut all).unwrap();
    assert_eq!((names(&all), told.en.as_str()), (vec!["2025f"], "drafts are passed over: d/2026, d/2025"));
    let mut drafts = vec![held("2026", "2026-12-31", true, "")];
    assert!(without_drafts(&mut drafts).unwrap().en.starts_with("only drafts"));
    assert_eq!(drafts.len(), 1);
    assert!(without_drafts(&mut vec![held("2026", "2026-12-31", false, "")]).is_none());
}

/// The one before is of an earlier base date, whatever the names are; a release that supersedes another of its day stands behind it.
#[test]
fn the_release_before_is_that_of_the_base_date_before() {
    let mut all = vec![
        held("b", "2026-12-31", false, ""),
        held("a", "2026-12-31", false, "b"),
        held("z", "2025-12-31", false, ""),
        held("none", "", false, ""),
    ];
    in_order(&mut all);
    assert_eq!((names(&all), before(&all)), (vec!["none", "z", "b", "a"], Some(1)));
    assert_eq!((before(&all[..1]), before(&[])), (None, None));
    let undated = [held("a", "", false, ""), held("b", "", false, "")];
    assert_eq!(before(&undated), Some(0), "without base dates the last but one");
}
