use super::super::{Flags, Level, Side};
use super::*;

fn side(id: &str, grade: u8, price: f64) -> Side {
    let (area, district) = (100.0, String::new());
    Side { release: 0, id: id.to_string(), grade, price, common: price, area, district }
}

fn border(one: (&str, u8, f64), other: (&str, u8, f64), step: Option<u8>) -> Border {
    let mut border = Border {
        level: Level::Unit,
        land_use: 0,
        one: side(one.0, one.1, one.2),
        other: side(other.0, other.1, other.2),
        length: 10.0,
        step,
        gap: f64::NAN,
        inner: libm::log(1.25),
        flags: Flags::default(),
        rank: 0,
        paths: Vec::new(),
    };
    judge(&mut border, &Options::default());
    border
}

fn flags(border: &Border) -> Vec<&'static str> {
    border.flags.iter().map(Flag::name).collect()
}

/// The inner step is ln 1.25, so that a gap is flagged above 1.25^1.5 = 1.3975.
#[test]
fn inversions_gaps_and_jumps_are_flagged_and_what_is_usual_is_not() {
    assert!(flags(&border(("a", 1, 1250.0), ("b", 2, 1000.0), Some(1))).is_empty());
    assert_eq!(flags(&border(("a", 1, 990.0), ("b", 2, 1000.0), Some(1))), ["inversion"]);
    assert_eq!(flags(&border(("a", 2, 1000.0), ("b", 1, 990.0), Some(1))), ["inversion"]);
    assert_eq!(flags(&border(("a", 1, 1200.0), ("b", 3, 1000.0), Some(2))), ["jump"]);
    assert_eq!(flags(&border(("a", 1, 1400.0), ("b", 2, 1000.0), Some(1))), ["gap"]);
    assert!(flags(&border(("a", 1, 1390.0), ("b", 2, 1000.0), Some(1))).is_empty());
    // Grades of two systems are not held against each other.
    assert!(flags(&border(("a", 1, 990.0), ("b", 4, 1000.0), None)).is_empty());
    assert!(flags(&border(("a", 1, f64::NAN), ("b", 2, 1000.0), Some(1))).is_empty());
}

#[test]
fn the_review_list_follows_the_stated_rule() {
    let mut long = border(("long", 1, 1400.0), ("x", 2, 1000.0), Some(1));
    long.length = 99.0;
    let mut borders = vec![
        border(("plain", 1, 1100.0), ("x", 2, 1000.0), Some(1)),
        border(("jump", 1, 1200.0), ("x", 3, 1000.0), Some(2)),
        border(("short", 1, 1400.0), ("x", 2, 1000.0), Some(1)),
        border(("steep", 1, 1900.0), ("x", 2, 1000.0), Some(1)),
        long,
        border(("inverse", 1, 999.0), ("x", 2, 1000.0), Some(1)),
    ];
    rank(&mut borders);
    let order: Vec<(&str, u32)> = borders.iter().map(|border| (border.one.id.as_str(), border.rank)).collect();
    assert_eq!(order, [("inverse", 1), ("steep", 2), ("long", 3), ("short", 4), ("jump", 5), ("plain", 0)]);
}
