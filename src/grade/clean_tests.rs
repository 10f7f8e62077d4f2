use super::*;

/// A row of squares of 10 m, each beside the next.
fn row(count: u32) -> Vec<Border> {
    (1..count).map(|at| Border { one: at - 1, other: at, length: 10.0 }).collect()
}

fn merge_row(totals: &[f64], grades: &mut [u8], smallest: f64) -> Vec<Merged> {
    let (uses, areas, borders) = (vec![0; totals.len()], vec![100.0; totals.len()], row(totals.len() as u32));
    merge(&Graded { uses: &uses, totals, areas: &areas, borders: &borders }, grades, smallest)
}

/// By hand: 61 is 4 from the mean 65 of grade 1 and 9 from the mean 52 of grade 3; both lines are 10 m.
#[test]
fn a_small_patch_goes_to_the_neighbour_with_the_closer_score() {
    let mut grades = [1, 1, 2, 3, 3];
    let merged = merge_row(&[66.0, 64.0, 61.0, 53.0, 51.0], &mut grades, 150.0);
    assert_eq!(grades, [1, 1, 1, 3, 3]);
    let expected = Merged { units: vec![2], from: 2, to: Some(1), area: 100.0, border: 10.0, difference: 4.0 };
    assert_eq!(merged, [expected]);
}

#[test]
fn a_line_less_than_half_as_long_as_the_longest_does_not_count() {
    let borders = [Border { one: 0, other: 1, length: 4.9 }, Border { one: 1, other: 2, length: 10.0 }];
    let (uses, totals, areas) = ([0; 3], [61.0, 60.0, 40.0], [500.0, 100.0, 500.0]);
    let graded = Graded { uses: &uses, totals: &totals, areas: &areas, borders: &borders };
    let mut grades = [1, 2, 3];
    merge(&graded, &mut grades, 200.0);
    assert_eq!(grades, [1, 3, 3]);
    // At half as long it does.
    let borders = [Border { one: 0, other: 1, length: 5.0 }, borders[1]];
    let mut grades = [1, 2, 3];
    merge(&Graded { borders: &borders, ..graded }, &mut grades, 200.0);
    assert_eq!(grades, [1, 1, 3]);
}

/// The middle square joins what lies on both sides of it, so that the whole is large enough.
#[test]
fn a_patch_that_fills_a_hole_joins_both_sides() {
    let mut grades = [2, 3, 2];
    let merged = merge_row(&[40.0, 30.0, 41.0], &mut grades, 250.0);
    // The first square (100 m²) is met before the middle one: all three are as small.
    assert_eq!(grades, [3, 3, 3]);
    assert_eq!(merged.len(), 2);
    let mut grades = [2, 3, 2];
    let areas = [200.0, 100.0, 200.0];
    let graded = Graded { uses: &[0; 3], totals: &[40.0, 30.0, 41.0], areas: &areas, borders: &row(3) };
    let merged = merge(&graded, &mut grades, 250.0);
    assert_eq!((grades, merged.len()), ([2, 2, 2], 1));
}

#[test]
fn a_patch_among_other_uses_stays_and_is_told() {
    let (uses, totals, areas) = ([0, 1, 0], [40.0, 30.0, 41.0], [900.0, 100.0, 900.0]);
    let mut grades = [1, 2, 1];
    let graded = Graded { uses: &uses, totals: &totals, areas: &areas, borders: &row(3) };
    let merged = merge(&graded, &mut grades, 200.0);
    assert_eq!(grades, [1, 2, 1]);
    assert_eq!((merged.len(), merged[0].to), (1, None));
}

#[test]
fn nothing_is_under_a_limit_of_nothing() {
    let mut grades = [1, 2, 3];
    assert!(merge_row(&[3.0, 2.0, 1.0], &mut grades, 0.0).is_empty());
    assert_eq!(grades, [1, 2, 3]);
}

proptest::proptest! {
    /// Whatever the grades: no patch under the limit is left that has a neighbour of its use, and no larger patch was touched first.
    #[test]
    fn no_small_patch_is_left(seed in proptest::collection::vec((1u8..5, 0u8..2, 1.0..9.0f64), 36), smallest in 0.0..60.0f64) {
        let borders: Vec<Border> = (0..36u32)
            .flat_map(|at| [(at % 6 < 5).then(|| (at, at + 1)), (at < 30).then(|| (at, at + 6))])
            .flatten()
            .map(|(one, other)| Border { one, other, length: 10.0 })
            .collect();
        let mut grades: Vec<u8> = seed.iter().map(|cell| cell.0).collect();
        let uses: Vec<u8> = seed.iter().map(|cell| cell.1).collect();
        let areas: Vec<f64> = seed.iter().map(|cell| cell.2).collect();
        let totals: Vec<f64> = seed.iter().map(|cell| 100.0 - 20.0 * f64::from(cell.0) + cell.2).collect();
        let graded = Graded { uses: &uses, totals: &totals, areas: &areas, borders: &borders };
        let before = grades.clone();
        let merged = merge(&graded, &mut grades, smallest);
        let (patches, _) = patches(&graded, &grades);
        for patch in patches.iter().flatten() {
            proptest::prop_assert!(patch.area >= smallest || patch.beside.is_empty());
        }
        let told: std::collections::BTreeSet<u32> = merged.iter().filter(|m| m.to.is_some()).flat_map(|m| m.units.clone()).collect();
        for unit in 0..36u32 {
            proptest::prop_assert!(before[unit as usize] == grades[unit as usize] || told.contains(&unit));
        }
    }
}
