use super::*;

#[test]
fn every_spelling_of_a_grade_is_understood() {
    for text in [
        "3",
        "03",
        "3级",
        "三级",
        "Ⅲ",
        "III",
        "iii级",
        "第三级",
        "3级",
        " 三 级 ",
        "ⅲ",
        "3.0",
        "三级地",
        "叁級",
        "③",
        "三等级",
    ] {
        assert_eq!(parse(text), Some(3), "{text}");
    }
    assert_eq!(parse("十二级"), Some(12));
    assert_eq!(parse("Ⅻ"), Some(12));
    assert_eq!(parse("XIV"), Some(14));
}

#[test]
fn what_is_no_grade_stays_none() {
    for text in ["", "/", "级", "工业限制区", "0", "-1", "1.5", "三等", "3."] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn a_name_reads_back_as_its_grade() {
    for grade in 1..=30 {
        assert_eq!(parse(&name(grade, Lang::Zh)), Some(grade));
        assert_eq!(parse(&name(grade, Lang::En)), Some(grade));
    }
}
