//! Judgements that go round: a matters more than b, b more than c, and c more than a.
//!
//! The number d of such triads tells how consistent comparisons are: ζ = 1 − d/d_max, with d_max = (n³ − n)/24 for odd n and
//! (n³ − 4n)/24 for even n (Kendall & Babington Smith 1940). ζ is 1 without circles and 0 where there are as many as there can be.

/// The circular triads of a matrix of comparisons, each begun at its first factor: every one beats the next, the last the first.
pub fn circles(matrix: &[Vec<f64>]) -> Vec<[usize; 3]> {
    let beats = |one: usize, other: usize| matrix[one][other] == 1.0;
    let count = matrix.len();
    let mut found = Vec::new();
    for first in 0..count {
        for second in first + 1..count {
            for third in second + 1..count {
                if beats(first, second) && beats(second, third) && beats(third, first) {
                    found.push([first, second, third]);
                } else if beats(first, third) && beats(third, second) && beats(second, first) {
                    found.push([first, third, second]);
                }
            }
        }
    }
    found
}

/// Kendall's coefficient of consistence ζ of so many circles among `factors`; `None` where any two are judged equal, for which it is not
/// defined, and for fewer than three.
pub fn consistence(matrix: &[Vec<f64>], circles: usize) -> Option<f64> {
    let n = matrix.len();
    let equal = (0..n).any(|row| (0..row).any(|column| matrix[row][column] == 0.5));
    let most = if n % 2 == 1 { n.pow(3) - n } else { n.pow(3) - 4 * n } / 24;
    (!equal && most > 0).then(|| 1.0 - circles as f64 / most as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of wins.
    fn matrix(rows: &[&[f64]]) -> Vec<Vec<f64>> {
        rows.iter().map(|row| row.to_vec()).collect()
    }

    #[test]
    fn three_that_go_round_are_one_circle_and_wholly_inconsistent() {
        let round = matrix(&[&[0.0, 1.0, 0.0], &[0.0, 0.0, 1.0], &[1.0, 0.0, 0.0]]);
        assert_eq!(circles(&round), [[0, 1, 2]]);
        assert_eq!(consistence(&round, 1), Some(0.0));
        let other_way = matrix(&[&[0.0, 0.0, 1.0], &[1.0, 0.0, 0.0], &[0.0, 1.0, 0.0]]);
        assert_eq!(circles(&other_way), [[0, 2, 1]]);
    }

    #[test]
    fn an_order_has_none_and_an_equal_pair_leaves_no_coefficient() {
        let order = matrix(&[&[0.0, 1.0, 1.0], &[0.0, 0.0, 1.0], &[0.0, 0.0, 0.0]]);
        assert_eq!((circles(&order), consistence(&order, 0)), (vec![], Some(1.0)));
        let equal = matrix(&[&[0.0, 0.5, 0.0], &[0.5, 0.0, 1.0], &[1.0, 0.0, 0.0]]);
        assert_eq!((circles(&equal), consistence(&equal, 0)), (vec![], None));
        assert_eq!(consistence(&matrix(&[&[0.0, 1.0], &[0.0, 0.0]]), 0), None);
    }

    /// Kendall's own sum: d = n(n − 1)(2n − 1)/12 − Σ wins²/2, over every tournament of five.
    #[test]
    fn as_many_are_found_as_the_wins_say() {
        let pairs: Vec<(usize, usize)> = (0..5).flat_map(|row| (row + 1..5).map(move |column| (row, column))).collect();
        let mut most = 0;
        for choices in 0_u32..1 << pairs.len() {
            let mut wins = vec![vec![0.0; 5]; 5];
            for (at, &(row, column)) in pairs.iter().enumerate() {
                let first = choices >> at & 1 == 1;
                wins[if first { row } else { column }][if first { column } else { row }] = 1.0;
            }
            let squares: f64 = wins.iter().map(|row| row.iter().sum::<f64>().powi(2)).sum();
            let found = circles(&wins).len();
            assert_eq!(found as f64, 5.0 * 4.0 * 9.0 / 12.0 - squares / 2.0);
            most = most.max(found);
        }
        assert_eq!(most, (125 - 5) / 24);
    }
}
