use super::*;
use jiff::civil::date;

#[test]
fn years_are_counted_by_the_calendar() {
    assert_eq!(after(date(2021, 1, 1), 3.0), Some(date(2024, 1, 1)));
    assert_eq!(after(date(2021, 8, 31), 2.5), Some(date(2024, 2, 29)));
    assert_eq!(after(date(2024, 2, 29), 1.0), Some(date(2025, 2, 28)));
    assert_eq!(years_between(date(2021, 1, 1), date(2025, 1, 15)), 4.04);
}

#[test]
fn rules_without_sense_are_refused_with_the_reason() {
    let wrong = |from: &str, to: &str| {
        let fault = Rules::parse(&BUILT_IN.replace(from, to)).unwrap_err();
        (fault.code, fault.what.en)
    };
    assert_eq!(wrong("overdue_years = 3.0", "overdue_years = 3.01").0, "bad-rules");
    assert!(wrong("yearly_filing = \"02-15\"", "yearly_filing = \"15 Feb\"").1.contains("MM-DD"));
    assert!(wrong("[U2]", "[U21]").1.contains("U21"));
    assert!(wrong("severity = \"note\"", "severity = \"grave\"").1.contains("grave"));
}

#[test]
fn uses_are_known_by_key_or_by_a_part_of_their_name() {
    let rules = Rules::default();
    let of = |key: &str, name: &str| rules.use_of(key, name).map(|rule| rule.key.as_str());
    assert_eq!(of("residential", "x"), Some("residential"));
    assert_eq!(of("r", "城镇住宅用地"), Some("residential"));
    assert_eq!(of("商服", "商服"), Some("commercial"));
    assert_eq!(of("x", "未知"), None);
}
