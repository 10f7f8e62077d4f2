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

#[test]
fn dates_of_the_republic_and_in_chinese_numbers_are_converted_and_say_so() {
    let read = |text: &str| written(text).map(|written| (written.date.to_string(), written.converted));
    for text in [
        "民国113年3月5日",
        "中华民国113年3月5日",
        "中華民國一百一十三年三月五日",
        "民國 113.3.5",
        "113/3/5",
        "113年03月05日",
        "二〇二四年三月五日",
        "二○二四年三月五日",
        "民国\u{ff11}\u{ff11}\u{ff13}/3/5",
        "1130305",
    ] {
        assert_eq!(read(text), Some(("2024-03-05".to_string(), true)), "{text}");
    }
    assert_eq!(read("二〇一六年十二月二十一日"), Some(("2016-12-21".to_string(), true)));
    assert_eq!(read("二零一六年十月三十日"), Some(("2016-10-30".to_string(), true)));
    assert_eq!(read("民国元年一月一日"), Some(("1912-01-01".to_string(), true)));
    assert_eq!(read("2016/1/12 10:59:31"), Some(("2016-01-12".to_string(), false)));
    // Two digits could be any century's.
    assert_eq!((read("13/3/5"), read("民国113年13月5日"), read("十三")), (None, None, None));
}

/// Years of the Republic of a hundred and more, twenties in one word; and days that are none, or two.
#[test]
fn spoken_numbers_are_read_as_they_are_said_and_nothing_else_may_stand_beside_a_day() {
    let read = |text: &str| written(text).map(|written| written.date.to_string());
    for (text, day) in [
        ("民国一百零八年六月一日", "2019-06-01"),
        ("民国一百一十二年三月五日", "2023-03-05"),
        ("民国一百年十月十日", "2011-10-10"),
        ("民國一百零八年十二月二十五日", "2019-12-25"),
        ("民国九十九年一月十一日", "2010-01-11"),
        ("二〇一九年十二月廿五日", "2019-12-25"),
        ("二〇一九年十月卅日", "2019-10-30"),
        ("二零二四年二月二十日", "2024-02-20"),
        ("2024-03-05T10:30:00Z", "2024-03-05"),
        ("2024年3月5日 上午9时30分", "2024-03-05"),
        ("20240305 10:00", "2024-03-05"),
    ] {
        assert_eq!(read(text).as_deref(), Some(day), "{text}");
    }
    for text in
        ["约2019-06-01", "2019-06-01至2019-07-01", "2019/6/1(签约)", "2019-06-01-2019-07-01", "2019-06", "2019 06 01"]
    {
        assert_eq!(read(text), None, "{text}");
    }
}

#[test]
fn a_month_without_a_day_is_read_as_its_middle_and_a_year_alone_is_nothing() {
    for text in ["2024年5月", "2024-05", "2024.5", "2024/5", "202405", "2024年05月份", "二〇二四年五月", "民国113年5月"]
    {
        assert_eq!(month(text), Some(date(2024, 5, 15)), "{text}");
        assert_eq!(parse(text), None, "{text}");
    }
    for text in ["2024", "2024年", "2024-13", "24-05", "5/2024", "2024-05-06", "2024-05 x", "113/5"] {
        assert_eq!(month(text), None, "{text}");
    }
}
