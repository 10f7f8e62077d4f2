use super::*;
use crate::compare::fixture::{Unit, cell, release};
use crate::land::progress::Unwatched;
use crate::land::{Column, Texts, Values};

/// Nine squares of 10 m: grade 2 around one of grade 1, a corner of grade 3; and a residential one beside.
fn town() -> Release {
    let square = |id, row: usize, column: usize, grade, price| -> Unit<'static> {
        let (west, south) = (column as f64 * 10.0, row as f64 * 10.0);
        (id, 0, [west, south, west + 10.0, south + 10.0], grade, price)
    };
    let mut release = release(
        "2025",
        &[
            square("a", 0, 0, 2, 800.0),
            square("b", 0, 1, 2, 800.0),
            square("c", 0, 2, 2, 800.0),
            square("d", 1, 0, 2, 800.0),
            square("e", 1, 1, 1, 1000.0),
            square("f", 1, 2, 2, 800.0),
            square("g", 2, 0, 2, 800.0),
            square("h", 2, 1, 2, 800.0),
            square("i", 2, 2, 3, 900.0),
            ("r", 1, [30.0, 0.0, 40.0, 10.0], 1, 500.0),
        ],
    );
    release.cells = vec![cell(0, 1, 1000.0, 100.0), cell(0, 2, 800.0, 700.0), cell(0, 3, 900.0, 100.0)];
    release
}

fn told(found: &Borders, level: Level) -> Vec<String> {
    let of_level = found.borders.iter().filter(|border| border.level == level);
    let tell = |border: &Border| {
        let flags: Vec<&str> = border.flags.iter().map(Flag::name).collect();
        format!("{}|{} {} {}", border.one.id, border.other.id, border.length, flags.join("+"))
    };
    of_level.map(tell).collect()
}

/// e is inside grade 2 (40 m around it); i lies at the corner, 20 m beside grade 2, and is dearer than it.
#[test]
fn islands_and_inversions_of_zones_and_units_are_found() {
    let found = within(&town(), &Options::default(), &Unwatched).unwrap();
    assert_eq!(
        told(&found, Level::Zone),
        ["commercial/2/a|commercial/3/i 20 inversion", "commercial/2/a|commercial/1/e 40 island"]
    );
    let units = told(&found, Level::Unit);
    assert_eq!(units[..2], ["f|i 10 inversion", "h|i 10 inversion"]);
    assert_eq!(units[2..], ["b|e 10 ", "d|e 10 ", "e|f 10 ", "e|h 10 "]);
    // 12 pairs of squares side by side; the residential one has no neighbour of its use.
    assert_eq!(found.looked_at, [2, 12]);
    let island = found.borders.iter().find(|border| border.flags.contains(Flag::Island)).unwrap();
    let ends = [island.paths[0].first(), island.paths[0].last()];
    assert_eq!(ends[0], ends[1], "the line around it is closed");
    assert_eq!((island.step, island.gap), (Some(1), libm::log(1.25)));
}

#[test]
fn a_jump_of_two_grades_is_flagged_and_a_gap_in_the_ground_is_no_border_unless_it_is_closed() {
    let mut release =
        release("2025", &[("a", 0, [0.0, 0.0, 10.0, 10.0], 1, 1000.0), ("b", 0, [12.0, 0.0, 22.0, 10.0], 3, 900.0)]);
    release.cells = vec![cell(0, 1, 1000.0, 100.0), cell(0, 2, 950.0, 0.0), cell(0, 3, 900.0, 100.0)];
    let with = |options: &Options| told(&within(&release, options, &Unwatched).unwrap(), Level::Unit);
    assert!(with(&Options::default()).is_empty());
    // ln(1000/900) is above 1.5 · ln(950/900).
    let closed = with(&Options { close_gaps: Some(5.0), ..Options::default() });
    assert_eq!(closed, ["a|b 10 gap+jump"]);
    let touching = with(&Options { snap: Some(2.0), ..Options::default() });
    assert_eq!(touching.len(), 1, "edges that meet within the tolerance: {touching:?}");
}

/// Two districts: a, b, d, e, g, h (west) and c, f, i (east): 30 m of common border, 10 m each. Gaps: b|c none, e|f ln 1.25, h|i ln 1.125.
#[test]
fn the_border_of_two_districts_is_summed_up() {
    let mut release = town();
    let names: Texts = ["w", "w", "e", "w", "w", "e", "w", "w", "e", "e"].into_iter().collect();
    release.units.kept.push(Column { name: "district".to_string(), values: Values::Text(names) });
    let options = Options { district: Some("district".to_string()), ratio: 1.2, ..Options::default() };
    let found = within(&release, &options, &Unwatched).unwrap();
    assert_eq!(found.pairs.len(), 1);
    let pair = &found.pairs[0];
    assert_eq!((pair.one.as_str(), pair.other.as_str(), pair.length, pair.compared), ("e", "w", 30.0, 30.0));
    let mean = (libm::log(1.25) + libm::log(1.125)) / 3.0;
    assert!((pair.mean_gap - mean).abs() < 1e-12 && (pair.share_over - 1.0 / 3.0).abs() < 1e-12);
    // Equal neighbours count in the sums and are no rows.
    assert!(told(&found, Level::Unit).iter().all(|told| !told.starts_with("b|c")));
    let fault = within(&release, &Options { district: Some("qu".to_string()), ..options }, &Unwatched).err().unwrap();
    assert_eq!((fault.code, fault.help.en.as_str()), ("unknown-field", "it carries: district"));
}

#[test]
fn a_release_of_tables_alone_has_no_borders_and_says_so() {
    let mut release = town();
    release.units = crate::release::UnitRows::none();
    assert_eq!(within(&release, &Options::default(), &Unwatched).err().unwrap().code, "no-polygons");
    let bad = Options { ratio: 0.5, ..Options::default() };
    assert_eq!(within(&town(), &bad, &Unwatched).err().unwrap().code, "bad-option");
}
