use super::*;

#[test]
fn what_a_rule_file_cannot_mean_is_refused_with_the_place() {
    let cases = [
        ("[no-grade]", "[no-grades]", "did you mean `no-grade`"),
        ("severity = \"note\"", "severity = \"notice\"", "did you mean `note`"),
        ("least = 3", "", "needs least"),
        ("least = 3", "least = -1", "least = -1"),
        ("most = 30", "most = 30\nleast = 3", "has no least"),
        ("low = 1.05", "low = 3", "low is above high"),
        ("\"base_date\", \"term\"", "\"base_day\", \"term\"", "base_day"),
        ("\"unit-assumed\"", "\"unit-asumed\"", "did you mean \"unit-assumed\""),
        ("share = 0.0001", "share = 0.0001\nwidth = 2", "width"),
    ];
    for (from, to, wanted) in cases {
        assert!(BUILT_IN.contains(from), "{from}");
        let fault = Rules::parse(&BUILT_IN.replacen(from, to, 1)).unwrap_err();
        assert_eq!(fault.code, "bad-gate-rules");
        let told = fault.show(crate::land::Lang::En);
        assert!(told.contains(wanted), "{wanted} in {told}");
    }
    let start = BUILT_IN.find("[predecessor]").unwrap();
    assert!(Rules::parse(&BUILT_IN[..start]).unwrap_err().what.en.contains("[predecessor] is missing"));
}

#[test]
fn every_rule_has_a_code_that_the_file_knows() {
    for rule in Rule::ALL {
        assert!(BUILT_IN.contains(&format!("[{}]", rule.key())), "{}", rule.key());
        assert_eq!(serde_json::to_value(rule).unwrap(), rule.key());
    }
}
