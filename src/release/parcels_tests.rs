use super::*;
use crate::release::{difference_parcels, fixture};
use crate::space::Point;

/// Two parcels for two uses each, of a release with three grades at most; one of them lies under no unit.
fn parcels(ids: IdColumn) -> ParcelRows {
    let mut shapes = Shapes::new(Kind::Polygon);
    for (x, side) in [(0.0, 30.0), (0.0, 30.0), (40.1, 1.0 / 3.0), (40.1, 1.0 / 3.0)] {
        let ring = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side), (0.0, 0.0)];
        shapes.push_ring(&ring.map(|(dx, dy)| Point::new(500_000.0 + x + dx, 3_400_000.7 + dy)), true);
        shapes.end_feature();
    }
    let none = f64::NAN;
    ParcelRows {
        ids,
        uses: vec![0, 1, 0, 1],
        shapes,
        areas: vec![900.0, 900.0, 1.0 / 9.0, 1.0 / 9.0],
        grades: vec![2, 1, 3, 0],
        decided: vec![Decided::Frontage, Decided::Area, Decided::Whole, Decided::No],
        totals: vec![61.2, 70.000_000_1, 33.3, none],
        bare: vec![0.0, 0.5, 0.0, 1.0 / 9.0],
        prices: vec![1590.0, none, 437.5, none],
        ground: vec![500.0, 400.0, 0.0, 600.1, 299.4, 0.0, 0.0, 0.0, 1.0 / 9.0, 0.0, 0.0, 0.0],
        fronts: vec![10.0, 20.1, 0.0, none, none, none, none, none, none, none, none, none],
    }
}

fn read_back(rows: &ParcelRows) -> ParcelRows {
    let folder = tempfile::tempdir().unwrap();
    let (release, target) = (fixture::full(), folder.path().join(PARCELS));
    write(rows, &release.uses, &release.head.crs, &target).unwrap();
    read(&target, &release.uses).unwrap()
}

#[test]
fn parcels_read_back_bit_for_bit() {
    let uses = |at: u8| at.to_string();
    for ids in [IdColumn::Int(vec![7, 7, 8, 8]), IdColumn::Text(["00甲", "00甲", "𠮷", "𠮷"].into_iter().collect())]
    {
        let full = parcels(ids);
        assert_eq!(difference_parcels::first(&full, &read_back(&full), &uses), None);
        let bare = ParcelRows { prices: Vec::new(), fronts: Vec::new(), ..full };
        let back = read_back(&bare);
        assert_eq!(difference_parcels::first(&bare, &back, &uses), None);
        assert!(back.prices.is_empty() && back.fronts.is_empty());
    }
}

#[test]
fn the_second_grade_and_the_ground_that_changed_are_those_of_split_parcels() {
    let rows = parcels(IdColumn::Int(vec![7, 7, 8, 8]));
    assert_eq!([0, 1, 2, 3].map(|parcel| rows.second(parcel)), [1, 2, 0, 0]);
    assert_eq!([0, 1, 2, 3].map(|parcel| rows.changed(parcel)), [500.0, 299.4, 0.0, 0.0]);
    assert_eq!((rows.width(), rows.ground(2, 3), rows.ground(3, 0)), (3, 1.0 / 9.0, 0.0));
    assert!(rows.front(1, 1).is_nan() && rows.front(0, 2) == 20.1);
}

#[test]
fn a_release_whose_parcels_do_not_fit_together_is_not_sealed() {
    let mut release = fixture::full();
    release.map.parcels = parcels(IdColumn::Int(vec![7, 7, 8, 8]));
    assert_eq!(crate::release::consistent::check(&release), Ok(()));
    release.map.parcels.totals.pop();
    release.map.parcels.fronts.pop();
    let fault = crate::release::consistent::check(&release).unwrap_err();
    assert_eq!(fault.each().count(), 2, "{fault:?}");
    release.map.parcels = parcels(IdColumn::Int(vec![7, 7, 8, 8]));
    release.map.parcels.uses[0] = 9;
    assert!(crate::release::consistent::check(&release).is_err());
}
