use super::*;
use crate::land::Lang;

#[test]
fn the_rules_that_come_with_the_program_can_be_followed() {
    for (name, _) in BUILT_IN {
        let rules = Rules::of(name).unwrap_or_else(|fault| panic!("{name}: {}", fault.show(Lang::En)));
        assert!(!rules.layers.is_empty() && rules.digest.len() == 64);
    }
}

#[test]
fn what_a_rule_file_cannot_mean_is_refused_with_what_was_meant() {
    let neutral = BUILT_IN[0].1;
    let cases = [
        ("T9 = \"error\"\n", "", "T9"),
        ("T9 = \"error\"", "T9 = \"eror\"", "did you mean `error`"),
        ("T9 = \"error\"", "T99 = \"error\"", "did you mean `T9`"),
        ("Int(10)", "Int(0)", "Float(15.2)"),
        ("Int(10)", "Integer", "Int(10)"),
        ("Float(8.4)", "Float(5.4)", "Float(5.4)"),
        ("TDJB_{use}.gpkg", "TDJB_{us}.gpkg", "{us}"),
        ("TDJB_{use}.gpkg", "../TDJB_{use}.gpkg", "inside the package"),
        ("TDJB_{use}.gpkg", "TDJB_{use}.dxf", ".gpkg"),
        ("of = \"number\"", "of = \"nmber\"", "did you mean `number`"),
        (
            "of = \"grade-code\", type = \"Char(4)\", need = \"M\", codes = \"grade\"",
            "of = \"total\", type = \"Char(4)\", need = \"M\"",
            "has no Total",
        ),
        ("codes = \"used\"", "codes = \"usd\"", "usd"),
        ("value = \"JZDJTDJB\", ", "", "a constant has a value"),
        ("\"YSDM\"", "\"BSM\"", "two fields are named BSM"),
        ("geometry = \"point\"", "geometry = \"line\"", "another geometry"),
        ("short = \"ZZ\"", "short = \"SF\"", "SF"),
        ("\"epsg\", \"content", "\"epgs\", \"content", "epsg?"),
        ("overlap = 0.01", "overlap = -1", "-1"),
        ("required = true", "requird = true", "did you mean `required`"),
    ];
    for (from, to, wanted) in cases {
        assert!(neutral.contains(from), "{from}");
        let fault = Rules::parse(&neutral.replacen(from, to, 1)).map(drop).unwrap_err();
        assert_eq!(fault.code, "bad-package-rules");
        let told = fault.show(Lang::En);
        assert!(told.contains(wanted), "{wanted} in {told}");
    }
}

#[test]
fn the_folder_tells_what_its_pattern_names_and_names_lead_nowhere_else() {
    let rules = Rules::of("neutral").unwrap();
    let names = rules.names_of("510402_2026_JZDJ").unwrap();
    assert_eq!((names.code.as_str(), names.year.as_str()), ("510402", "2026"));
    for wrong in
        ["51040_2026_JZDJ", "510402_2026_JZDJ2", "x510402_2026_JZDJ", "510402-2026-JZDJ", "", "五一〇四〇二_2026_JZDJ"]
    {
        assert_eq!(rules.names_of(wrong), None, "{wrong}");
    }
    let hostile = Names { name: "../../etc".to_string(), ..Names::default() };
    assert_eq!(hostile.put("a/{name}", None), "a/_.._etc");
}
