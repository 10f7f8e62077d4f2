use super::*;

const GOOD: &str = "[[waivers]]\nrule = \"few-samples\"\nuse = \"public\"\ngrade = 4\nwho = \"王\"\nwhy = \"无交易\"\ndate = \"2026-03-01\"\n";

#[test]
fn a_waiver_names_who_why_and_when() {
    let [waiver] = &parse(GOOD).unwrap()[..] else { panic!() };
    assert_eq!((waiver.rule, waiver.land_use.as_deref(), waiver.grade), (Rule::FewSamples, Some("public"), Some(4)));
    for (from, to) in [
        ("who = \"王\"", "who = \" \""),
        ("why = \"无交易\"\n", ""),
        ("why = \"无交易\"", "why = \"\""),
        ("2026-03-01", "soon"),
        ("few-samples", "few-sample"),
        ("grade = 4", "grades = 4"),
    ] {
        assert_eq!(parse(&GOOD.replacen(from, to, 1)).unwrap_err().code, "bad-waivers", "{to}");
    }
    assert!(parse("").unwrap().is_empty());
}
