//! An imported map of two towns with prices of their own: each stands in layers and tables under its name.

use super::tests::{broken, checked};
use crate::land::{Column, IdColumn, Values};
use crate::package::Rules;
use crate::package::fixture::{copied, edit, edit_table, pack, rectangles, release, relist};
use crate::release::{GradeMap, Release, UnitRows};

/// Grades 1 and 2 of 东镇, then of 西镇, for each of three uses; 东镇 is a tenth dearer.
fn two_towns() -> Release {
    let mut release = release();
    (release.samples, release.map) = (Vec::new(), GradeMap::default());
    release.head.mapping =
        "source = \"z.gpkg\"\none_use = \"x\"\ngrade = \"g\"\nprice = \"p\"\nname = \"town\"\n".to_string();
    let ground = [
        [0.0, 0.0, 500.0, 1000.0],
        [500.0, 0.0, 1000.0, 1000.0],
        [1000.0, 0.0, 1500.0, 1000.0],
        [1500.0, 0.0, 2000.0, 1000.0],
    ];
    let (towns, grades, dearer) = (["东镇", "东镇", "西镇", "西镇"], [1, 2, 1, 2], [1.1, 1.1, 1.0, 1.0]);
    let of_grade = |cell: usize| release.cells[cell].published.unwrap();
    let prices = (0..3).flat_map(|own| (0..4).map(move |at| (own, at)));
    let prices: Vec<f64> = prices.map(|(own, at)| of_grade(2 * own + at % 2) * dearer[at]).collect();
    let shapes = rectangles(&[ground; 3].concat());
    release.units = UnitRows {
        ids: IdColumn::Int((1..=12).collect()),
        uses: [0, 1, 2].map(|own| [own; 4]).concat(),
        shapes: Some(shapes),
        areas: vec![5e5; 12],
        scores: Vec::new(),
        totals: Vec::new(),
        grades: [grades; 3].concat(),
        alternatives: Vec::new(),
        prices,
        kept: vec![Column {
            name: "town".to_string(),
            values: Values::Text([towns; 3].concat().into_iter().collect()),
        }],
    };
    for cell in &mut release.cells {
        (cell.raw, cell.published, cell.units) = (cell.published.map(|price| 1.05 * price), None, 2);
    }
    release
}

#[test]
fn towns_with_prices_of_their_own_are_filed_by_their_names() {
    let rules = Rules::of("neutral").unwrap();
    let room = tempfile::tempdir().unwrap();
    let good = pack(&two_towns(), &rules, room.path(), false).unwrap().folder;
    assert_eq!(broken(&checked(&good, &rules, &[])), Vec::<&str>::new());
    // A town's price in the layer that is not the one of the table; two prices of a town's grade.
    let spoilt = |name: &str, spoil: &dyn Fn(&std::path::Path)| {
        let own = copied(&good, &room.path().join(name));
        spoil(&own);
        relist(&own, &rules);
        broken(&checked(&own, &rules, &[]))
    };
    let odd = |own: &std::path::Path| edit_table(&own.join("02_表格/基准地价表.xlsx"), "面积(㎡)", 1, 9.0);
    assert_eq!(spoilt("area", &odd), ["A10"]);
    let merged = |own: &std::path::Path| {
        edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| layer.text("PQMC", 2, "东镇"));
    };
    assert_eq!(spoilt("name", &merged), ["A6", "A10"]);
}
