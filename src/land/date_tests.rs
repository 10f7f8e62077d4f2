use super::*;
use jiff::civil::date;

#[test]
fn dates_are_read_in_the_spellings_of_tables() {
    for text in
        ["2024-03-05", "2024/3/5", "2024.3.5", "20240305", "2024年3月5日", "2024-03-05T10:11:12", "2024/3/5 0:00:00"]
    {
        assert_eq!(parse(text), Some(date(2024, 3, 5)), "{text}");
    }
    for text in ["", "2024", "2024-13-01", "5/3/2024", "yesterday", "2024-02-30"] {
        assert_eq!(parse(text), None, "{text}");
    }
}

#[test]
fn the_spellings_that_messages_name_are_read() {
    assert!(SPELLINGS.split(", ").all(|text| parse(text) == Some(date(2024, 3, 5))));
}

#[test]
fn a_quarter_reads_back_as_it_prints() {
    let quarter = Quarter::of(date(2025, 12, 31));
    assert_eq!(quarter.to_string(), "2025Q4");
    assert_eq!(Quarter::parse("2025Q4"), Some(quarter));
    assert_eq!(Quarter::of(date(2025, 4, 1)), Quarter { year: 2025, quarter: 2 });
    assert_eq!(Quarter::parse("2025Q5"), None);
}
