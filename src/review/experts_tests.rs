use super::*;
use crate::land::random::Random;
use crate::review::fixture::town;

fn opinion(line: u32, unit: &str, grade: u8, expert: &str) -> Opinion {
    Opinion {
        line,
        unit: unit.to_string(),
        grade: Some(grade),
        written: grade.to_string(),
        expert: expert.to_string(),
        ..Opinion::default()
    }
}

fn opinions(rows: Vec<Opinion>) -> Opinions {
    Opinions { rows, notes: Vec::new() }
}

/// Nine units of docs/methods/checks.md; limits at 40 and 60.
fn nine() -> Release {
    let units = [
        ("a", 0, 72.0, 1),
        ("b", 0, 65.0, 1),
        ("c", 0, 55.0, 2),
        ("d", 0, 48.0, 2),
        ("e", 0, 41.0, 2),
        ("f", 0, 30.0, 3),
        ("g", 0, 75.0, 1),
        ("h", 0, 20.0, 3),
        ("i", 0, 15.0, 3),
    ];
    town(&units, &[("commercial", &[40.0, 60.0])])
}

fn votes() -> Vec<Opinion> {
    let given: [(&str, &[u8]); 9] = [
        ("a", &[1, 1, 2]),
        ("b", &[2, 2, 3]),
        ("c", &[2]),
        ("d", &[1, 2]),
        ("e", &[3, 3]),
        ("f", &[1]),
        ("g", &[1]),
        ("h", &[3]),
        ("i", &[3]),
    ];
    let each = given.iter().flat_map(|(unit, grades)| grades.iter().zip(1..).map(move |vote| (*unit, *vote.0, vote.1)));
    (2..).zip(each).map(|(line, (unit, grade, expert))| opinion(line, unit, grade, &format!("E{expert}"))).collect()
}

/// The worked example of docs/methods/checks.md: 5 votes are not unanimous, d is split and takes the worse grade; observed (1 + 1 + 4)/9,
/// by chance 9·12/81, so κ = 1 − (6/9)/(12/9) = 1/2; differences −1, −1 and 2 have the mean 0.
#[test]
fn nine_units_by_hand() {
    let found = check(&nine(), &opinions(votes()));
    let of_use = &found.uses[0];
    assert_eq!((of_use.units, of_use.equal, of_use.by_one, of_use.by_more), (9, 6, 2, 1));
    assert_eq!((of_use.mean_difference, found.votes, found.rows), (0.0, 15, 15));
    assert!((of_use.kappa.unwrap() - 0.5).abs() < 1e-12);
    let told =
        |judged: &Judged| (judged.unit, judged.opinion, judged.agree, judged.votes, judged.to_limit, judged.to_grade);
    let differing: Vec<_> = found.differing.iter().map(told).collect();
    assert_eq!(differing, [(5, 1, 1, 1, 10.0, 30.0), (1, 2, 2, 3, 5.0, 5.0), (4, 3, 2, 2, 1.0, 1.0)]);
    assert_eq!(found.left_out, []);
}

#[test]
fn every_row_that_is_no_vote_is_told_with_its_line() {
    let mut release = nine();
    release.units.grades[8] = 0;
    let mut rows = vec![
        opinion(2, "a", 1, "E1"),
        opinion(3, "zz", 1, "E1"),
        opinion(4, "b", 4, "E1"),
        opinion(5, "a", 1, "E1"),
        opinion(6, "c", 1, "E1"),
        opinion(7, "c", 2, "E1"),
        opinion(8, "i", 2, "E1"),
        opinion(9, "", 2, "E1"),
        opinion(10, "d", 2, "E1"),
        opinion(11, "e", 2, "E1"),
        opinion(12, "b", 2, ""),
        opinion(13, "b", 2, ""),
    ];
    (rows[8].land_use, rows[9].grade, rows[9].written) = ("工业".to_string(), None, "三等".to_string());
    let found = check(&release, &opinions(rows));
    let told: Vec<(u32, Why)> = found.left_out.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(
        told,
        [
            (3, Why::UnknownUnit),
            (4, Why::OutOfRange),
            (5, Why::Repeated),
            (6, Why::Contradictory),
            (7, Why::Contradictory),
            (8, Why::NoGrade),
            (9, Why::NoUnit),
            (10, Why::UnknownUse),
            (11, Why::Unreadable),
        ]
    );
    assert_eq!(found.votes + found.left_out.len(), found.rows, "no row is lost");
    assert_eq!(found.left_out[8].value, "三等");
}

#[test]
fn units_that_stand_once_for_every_use_are_found_by_what_they_have_in_common() {
    let units = [("7-commercial", 0, 50.0, 1), ("7-residential", 1, 50.0, 2), ("8-residential", 1, 50.0, 2)];
    let release = town(&units, &[("commercial", &[40.0]), ("residential", &[60.0])]);
    let of =
        |unit: &str, land_use: &str| use_of(&release, land_use).and_then(|land_use| unit_of(&release, unit, land_use));
    assert_eq!(of("7", "residential用地"), Ok(1));
    assert_eq!(of("7", "COMMERCIAL"), Ok(0));
    assert_eq!(of("7", ""), Err(Why::NeedsUse));
    assert_eq!(of("8", ""), Ok(2));
    assert_eq!(of("8", "commercial"), Err(Why::UnknownUnit));
    assert_eq!(of("7-commercial", "residential"), Err(Why::OtherUse));
    assert_eq!(of("7-commercial", ""), Ok(0));
}

/// A unit whose total lies in the opinion's grade already had its grade from the clean-up: no point is missing.
#[test]
fn points_to_the_opinion_follow_the_total() {
    let limits = [20.0, 40.0, 60.0];
    assert_eq!(points(&limits, 30.0, 3, 1), (10.0, 30.0));
    assert_eq!(points(&limits, 70.0, 1, 4), (10.0, 50.0));
    assert_eq!(points(&limits, 60.0, 1, 2), (0.0, 0.0));
    assert_eq!(points(&limits, 45.0, 3, 2), (0.0, 0.0));
    assert!(points(&[], 45.0, 3, 2).0.is_nan() && points(&limits, f64::NAN, 3, 2).1.is_nan());
}

#[test]
fn the_order_of_the_rows_changes_nothing_but_which_of_equal_votes_is_the_repeated_one() {
    let release = nine();
    let mut rows = votes();
    rows.push(opinion(90, "a", 3, "E1"));
    let first = check(&release, &opinions(rows.clone()));
    let mut random = Random::new(5, &[9]);
    for _ in 0..20 {
        for at in (1..rows.len()).rev() {
            rows.swap(at, random.between(0.0, at as f64 + 0.999) as usize);
        }
        assert_eq!(check(&release, &opinions(rows.clone())), first);
    }
}
