use super::{Consistency, Group, Hierarchy, derive};
use crate::weights::{Judgements, RandomIndex, Solver};

fn judgements(names: &[&str], upper: &[&[f64]]) -> Judgements {
    let n = names.len();
    let mut matrix = vec![vec![1.0; n]; n];
    for (row, entries) in upper.iter().enumerate() {
        for (at, &entry) in entries.iter().enumerate() {
            matrix[row][row + 1 + at] = entry;
            matrix[row + 1 + at][row] = 1.0 / entry;
        }
    }
    Judgements { names: names.iter().map(|name| (*name).to_string()).collect(), matrix }
}

fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() <= 1e-13, "{found} is not {expected}");
}

/// λmax of three factors, `1 + x + 1/x` with `x³ = a13/(a12·a23)`.
fn index(a12: f64, a13: f64, a23: f64) -> f64 {
    let x = (a13 / (a12 * a23)).cbrt();
    (1.0 + x + 1.0 / x - 3.0) / 2.0
}

/// Top: road 4, centre 2, land 1 of 7, consistent. Road has three sub-factors judged 2, 6, 2, centre three judged 1, 2, 1, land stands alone.
fn two_layers() -> Hierarchy {
    Hierarchy {
        top: judgements(&["road", "centre", "land"], &[&[2.0, 4.0], &[2.0]]),
        groups: vec![
            Group { parent: 1, judgements: judgements(&["city", "district", "local"], &[&[1.0, 2.0], &[1.0]]) },
            Group { parent: 0, judgements: judgements(&["net", "bus", "station"], &[&[2.0, 6.0], &[2.0]]) },
        ],
        solver: Solver::Eigenvector,
        random_index: RandomIndex::A,
    }
}

#[test]
fn a_sub_factor_weighs_its_own_weight_times_that_of_its_factor() {
    let found = derive(&two_layers()).unwrap();
    let names: Vec<&str> = found.leaves.iter().map(|leaf| leaf.name.as_str()).collect();
    assert_eq!(names, ["net", "bus", "station", "city", "district", "local", "land"]);
    // (12^⅓, 1, 12^−⅓) and (2^⅓, 1, 2^−⅓) before normalising, as in ahp_tests.
    let raw = |a: f64| [a.cbrt(), 1.0, 1.0 / a.cbrt()];
    let (road, centre) = (raw(12.0), raw(2.0));
    let share = |raw: [f64; 3], at: usize| raw[at] / raw.iter().sum::<f64>();
    for at in 0..3 {
        close(found.leaves[at].weight, 4.0 / 7.0 * share(road, at));
        close(found.leaves[3 + at].weight, 2.0 / 7.0 * share(centre, at));
    }
    close(found.leaves[6].weight, 1.0 / 7.0);
    close(found.leaves.iter().map(|leaf| leaf.weight).sum(), 1.0);
}

#[test]
fn the_ratio_of_the_layer_weights_the_indices_by_the_factors_above() {
    let found = derive(&two_layers()).unwrap();
    let ci = 4.0 / 7.0 * index(2.0, 6.0, 2.0) + 2.0 / 7.0 * index(1.0, 2.0, 1.0);
    let ri = 6.0 / 7.0 * 0.58;
    let layer = found.layer.unwrap();
    close(layer.ci, ci);
    close(layer.ri, ri);
    close(layer.cr, ci / ri);
    // The top is consistent and has a random index of its own.
    close(found.total.ci, ci);
    close(found.total.cr, ci / (ri + 0.58));
}

#[test]
fn groups_of_one_and_two_have_nothing_to_be_inconsistent() {
    let mut small = two_layers();
    small.groups = vec![
        Group { parent: 0, judgements: judgements(&["net", "bus"], &[&[3.0]]) },
        Group { parent: 2, judgements: judgements(&["slope"], &[]) },
    ];
    let found = derive(&small).unwrap();
    assert_eq!(found.layer, Some(Consistency { ci: 0.0, ri: 0.0, cr: 0.0 }));
    close(found.leaves[0].weight, 3.0 / 7.0);
    close(found.leaves[3].weight, 1.0 / 7.0);
}

#[test]
fn the_order_the_groups_are_written_in_changes_no_bit() {
    let one = derive(&two_layers()).unwrap();
    let mut turned = two_layers();
    turned.groups.reverse();
    let other = derive(&turned).unwrap();
    assert_eq!((one.leaves, one.layer, one.total), (other.leaves, other.layer, other.total));
}

#[test]
fn every_matrix_that_is_none_is_told_with_its_factor() {
    let mut bad = two_layers();
    bad.top.matrix[0][0] = 2.0;
    bad.groups[0].judgements.matrix[0][1] = -1.0;
    bad.groups[1].judgements.matrix[2][0] = 9.0;
    let fault = derive(&bad).unwrap_err();
    let told: Vec<_> = fault.each().map(|fault| (fault.code, fault.place.as_deref())).collect();
    assert_eq!(told, [("ahp-diagonal", None), ("ahp-entry", Some("centre")), ("ahp-reciprocal", Some("road"))]);
}

#[test]
fn one_layer_alone_is_plain_ahp() {
    let mut alone = two_layers();
    alone.groups.clear();
    let found = derive(&alone).unwrap();
    assert_eq!((found.layer, found.leaves.len()), (None, 3));
    assert_eq!((found.total.cr, found.top.cr), (found.top.cr, found.total.cr));
}
