use super::*;

fn typed(value: f64, unit: &str) -> Option<Typed> {
    Some(Typed { value, unit: unit.to_string() })
}

#[test]
fn numbers_in_text_are_read_with_their_unit() {
    assert_eq!(parse("1250"), typed(1250.0, ""));
    assert_eq!(parse(" 1,250.5 "), typed(1250.5, ""));
    assert_eq!(parse("12.3万元/亩"), typed(12.3, "万元/亩"));
    assert_eq!(parse("1500元/㎡"), typed(1500.0, "元/㎡"));
    assert_eq!(parse("-3.5"), typed(-3.5, ""));
    assert_eq!(parse("1.5e6"), typed(1.5e6, ""));
    assert_eq!(parse("2e"), typed(2.0, "e"));
}

#[test]
fn commas_separate_thousands_and_nothing_else() {
    assert_eq!(parse("1,234,567.8"), typed(1_234_567.8, ""));
    assert_eq!(parse("-12,500元/㎡"), typed(-12_500.0, "元/㎡"));
    assert_eq!(parse("12,345.6"), typed(12_345.6, ""));
    assert_eq!(parse("123,456e-3"), typed(123.456, ""));
    for text in [
        "12,5",
        "1.234,5",
        "1,2345",
        "1234,567",
        "1,23,456",
        ",5",
        "1,",
        "1,250,元",
        "0,125",
        "1,,234",
        "12,5",
        "1.5,000",
    ] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn what_holds_no_number_is_none() {
    for text in ["", "/", "无", "万元", "--", "."] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn price_units_convert_to_yuan_per_square_metre() {
    assert_eq!(yuan_per_square_metre("万元/亩"), Some(15.0));
    assert_eq!(yuan_per_square_metre("元/㎡"), Some(1.0));
    assert_eq!(yuan_per_square_metre("万元/公顷"), Some(1.0));
    assert_eq!(yuan_per_square_metre("usd"), None);
}
