use super::*;
use crate::land::{Texts, Values};
use crate::release::fixture::{self, en};

/// What is told of a full release once something in it is changed.
fn told(change: impl FnOnce(&mut Release)) -> String {
    let mut other = fixture::full();
    change(&mut other);
    en(first_difference(&fixture::full(), &other))
}

#[test]
fn equal_releases_do_not_differ_though_they_hold_missing_numbers() {
    assert_eq!(first_difference(&fixture::full(), &fixture::full()), None);
    assert_eq!(first_difference(&fixture::bare(), &fixture::bare()), None);
    // The name, the project's text and the inputs are no results.
    assert_eq!(told(|it| (it.head.name, it.head.project) = (String::new(), String::new())), "");
}

#[test]
fn every_part_of_a_release_is_compared_and_both_values_named() {
    let cases: Vec<(String, &str)> = vec![
        (told(|it| it.head.base_date = None), "base date: 2026-01-01 against –"),
        (told(|it| it.head.factors[0].name.push('x')), "factors: roads 道路通达度, 坡度 ../x 地形坡度 against"),
        (told(|it| it.uses[0].weights[1] = 0.4), "use residential, weights: 0.7, 0.3 against 0.7, 0.4"),
        (
            told(|it| it.uses[0].limits[1] = 51.0),
            "use residential, limits: 25.0000000001, 50 against 25.0000000001, 51",
        ),
        (told(|it| it.uses[1].gvf = 0.5), "use 工业, GVF: – against 0.5"),
        (told(|it| it.uses[0].connotation = None), "use residential, term: 70 against –"),
        (
            told(|it| it.units.ids = IdColumn::Text(["00甲1", "00甲2", "A-4", "𠮷"].into_iter().collect::<Texts>())),
            "unit A-3, identifier: A-3 against A-4",
        ),
        (told(|it| it.units.uses[1] = 0), "unit 00甲2, use: 1 against 0"),
        (told(|it| it.units.areas[3] = 1.0), "unit 𠮷, area: – against 1"),
        (
            told(|it| it.units.shapes.as_mut().unwrap().points_mut()[2].x += 0.5),
            "unit 00甲1, geometry: (500030.1, 3400030.7) against (500030.6, 3400030.7)",
        ),
        (told(|it| it.units.shapes = None), "geometry: 1 against 0"),
        (told(|it| it.units.scores[5] = 12.3), "unit A-3, score of 坡度 ../x: 12.345678901234567 against 12.3"),
        (told(|it| it.units.scores[6] = 0.0), "unit 𠮷, score of roads: -0 against 0"),
        (told(|it| it.units.totals[1] = 40.0), "unit 00甲2, total: 40.000000001 against 40"),
        (told(|it| it.units.grades[3] = 1), "unit 𠮷, grade: 0 against 1"),
        (told(|it| it.units.prices.clear()), "unit 00甲1, price: 1590 against –"),
        (told(|it| it.units.alternatives[1].1[0] = 2), "unit 00甲1, 分位数: 0 against 2"),
        (told(|it| it.units.kept[0].values = Values::Int(vec![Some(6); 4])), "unit 00甲2, 总层数: – against 6"),
        (told(|it| it.cells[1].published = None), "price of residential, grade 2, published price: 437.5 against –"),
        (told(|it| it.cells.truncate(2)), "number of price cells: 3 against 2"),
        (told(|it| it.samples[1].corrected = 1.0), "sample =2, corrected price: – against 1"),
        (told(|it| it.samples[0].detail.steps[1].value = 1.0), "sample 样点 001, value: 133.33333333333334 against 1"),
        (
            told(|it| it.samples[0].detail.development = 0.0),
            "sample 样点 001, correction for services: -12.5 against 0",
        ),
        (told(|it| it.rejected[0].use_index = None), "rejected row 赠 1, use: 1 against –"),
        (told(|it| it.rejected.truncate(1)), "number of rejected rows: 2 against 1"),
        (told(|it| it.samples.clear()), "number of samples: 2 against 0"),
        (told(|it| it.findings = crate::ingest::finding::Findings::default()), "number of findings: 2 against 0"),
    ];
    for (told, expected) in &cases {
        assert!(told.starts_with(expected), "{told} | {expected}");
    }
}

#[test]
fn the_first_of_several_differences_is_told_in_the_fixed_order() {
    let many = told(|it| {
        it.samples.clear();
        it.units.prices[0] = 1.0;
        it.units.totals[2] = 1.0;
        it.units.totals[1] = 2.0;
    });
    assert_eq!(many, "unit 00甲2, total: 40.000000001 against 2");
}
