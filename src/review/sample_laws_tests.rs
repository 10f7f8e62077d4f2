use super::*;
use crate::review::fixture::{sale, sold};

/// Leases a third below grants in both grades: five against five never overlap, so the share is 1 and p, two-sided, is that of two
/// of the 252 orders of five and five.
#[test]
fn sources_that_differ_are_told_by_ranks() {
    let rows = (0..10).map(|at| {
        let (grade, lease) = (1 + (at % 2) as u8, at >= 5);
        let level = if grade == 1 { 2000.0 } else { 1000.0 } + f64::from(at);
        sale(
            grade,
            2.0,
            if lease { level * 2.0 / 3.0 } else { level },
            1.0,
            if lease { Kind::GroundLease } else { Kind::Grant },
        )
    });
    let found = sources(&sold(rows.collect()), 0);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].one, found[0].other, found[0].counts), (Kind::Grant, Kind::GroundLease, (5, 5)));
    assert_eq!(found[0].share, 1.0);
    assert!((found[0].p - 2.0 / 252.0).abs() < 1e-12, "{}", found[0].p);
}
