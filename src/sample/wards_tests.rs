use super::super::fabric::Fabric;
use super::super::ring::{area, well_shaped};
use super::*;

#[test]
fn the_districts_fill_the_graded_area_exactly() {
    for seed in 0..6 {
        let fabric = Fabric::new(3000, 3000, 0, seed);
        let territory = Territory::new(&fabric.lattice, &fabric.wards);
        let whole = territory.outline(&fabric.lattice, None);
        assert!(well_shaped(&whole));
        let parts: Vec<Vec<Point>> = (0..3).map(|n| territory.outline(&fabric.lattice, Some(n))).collect();
        assert!(parts.iter().all(|part| well_shaped(part)));
        let sum: f64 = parts.iter().map(|part| area(part)).sum();
        assert!((sum - area(&whole)).abs() < 1e-3, "{sum} {}", area(&whole));
        for ward in &fabric.wards {
            assert!(territory.holds(ward.column, ward.row));
        }
    }
}

#[test]
fn ward_codes_are_unique_and_have_twelve_digits() {
    let fabric = Fabric::new(20_000, 20_000, 0, 3);
    let mut codes: Vec<&str> = fabric.wards.iter().map(|ward| ward.code.as_str()).collect();
    assert!(codes.iter().all(|code| code.len() == 12 && code.bytes().all(|b| b.is_ascii_digit())));
    let count = codes.len();
    codes.dedup();
    assert_eq!(codes.len(), count);
}
