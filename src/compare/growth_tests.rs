use super::super::fixture::{bare, cell, release, use_head, with_defaults};
use super::CellChange;
use crate::land::Lang;
use crate::release::Release;

fn table(cells: &[(u8, f64, f64)]) -> Release {
    let mut release = bare("table", vec![use_head("commercial", "商业", cells.len() as u8)]);
    release.cells = cells.iter().map(|&(grade, price, area)| cell(0, grade, price, area)).collect();
    release
}

#[test]
fn own_and_fixed_areas_part_price_change_from_regrading() {
    // 旧期:一级 100 元×1 hm²,二级 50 元×3 hm²,均价 (100+150)/4 = 62.5;
    // 新期:一级 110 元×2 hm²,二级 55 元×2 hm²,均价 82.5,涨幅 32 %;
    // 旧期面积:(110×1+55×3)/(100×1+50×3) = 275/250,涨幅 10 %;级别调整影响 1.32/1.10−1 = 20 %。
    let old = table(&[(1, 100.0, 10_000.0), (2, 50.0, 30_000.0)]);
    let new = table(&[(1, 110.0, 20_000.0), (2, 55.0, 20_000.0)]);
    let comparison = with_defaults(&old, &new);
    let growth = &comparison.growth[0];
    assert_eq!((growth.mean_old, growth.mean_new), (Some(62.5), Some(82.5)));
    assert_eq!((growth.growth_own_pct, growth.growth_fixed_pct), (Some(32.0), Some(10.0)));
    assert!((growth.regrading_pct.unwrap() - 20.0).abs() < 1e-9);
    assert_eq!(growth.fixed_share, Some(1.0));
}

#[test]
fn a_grade_that_is_gone_is_listed_and_lowers_the_covered_share() {
    let old = table(&[(1, 100.0, 10_000.0), (2, 50.0, 30_000.0)]);
    let new = table(&[(1, 110.0, 40_000.0)]);
    let comparison = with_defaults(&old, &new);
    let growth = &comparison.growth[0];
    assert!(growth.grades[1].in_old && !growth.grades[1].in_new);
    assert_eq!((growth.growth_fixed_pct, growth.fixed_share, growth.regrading_pct), (Some(10.0), Some(0.25), None));
    assert!(comparison.notes.iter().any(|note| note.zh.contains("由 2 个变为 1 个")));
    assert!(comparison.has_differences());
}

#[test]
fn tables_without_areas_have_growth_by_grade_and_no_mean() {
    let comparison = (table(&[(1, 100.0, 0.0)]), table(&[(1, 95.0, 0.0)]));
    let comparison = with_defaults(&comparison.0, &comparison.1);
    let growth = &comparison.growth[0];
    assert_eq!(growth.grades[0].growth_pct, Some(-5.0));
    assert_eq!((growth.mean_old, growth.growth_own_pct, growth.growth_fixed_pct), (None, None, None));
}

#[test]
fn a_release_without_tables_gets_them_from_its_units() {
    // 一级:100 m²×10 元、300 m²×20 元,面积加权 17.5 元。
    let units = [
        ("A", 0, [0.0, 0.0, 10.0, 10.0], 1, 10.0),
        ("B", 0, [20.0, 0.0, 30.0, 30.0], 1, 20.0),
        ("C", 0, [60.0, 0.0, 70.0, 10.0], 2, f64::NAN),
    ];
    let release = release("units", &units);
    let comparison = with_defaults(&release, &release);
    let grades = &comparison.growth[0].grades;
    assert_eq!((grades[0].price_old, grades[0].area_old), (Some(17.5), 400.0));
    assert_eq!((grades[1].price_old, grades[1].area_old), (None, 100.0));
    assert!(comparison.notes.iter().any(|note| note.en.contains("no price table")));
    assert!(!comparison.has_differences());
}

#[test]
fn areas_that_do_not_add_up_to_the_units_are_told() {
    let mut release = release("units", &[("A", 0, [0.0, 0.0, 10.0, 30.0], 1, 10.0)]);
    for (area, told) in [(300.0, false), (399.0, false), (401.0, true)] {
        release.cells = vec![cell(0, 1, 10.0, area)];
        let comparison = with_defaults(&release, &release);
        assert_eq!(comparison.notes.iter().any(|note| note.en.contains("add up")), told, "{area}");
    }
}

#[test]
fn matched_units_give_counts_and_two_means() {
    // 涨 20 %(100 m²,100 元)、平(300 m²,50 元)、跌 10 %(600 m²,10 元):简单平均 10/3 %;
    // 面积加权:(120×100+50×300+9×600)/(100×100+50×300+10×600) = 32400/31000。
    let rects = [[0.0, 0.0, 10.0, 10.0], [20.0, 0.0, 30.0, 30.0], [40.0, 0.0, 60.0, 30.0]];
    let of = |prices: [f64; 3]| {
        release(
            "units",
            &["A", "B", "C"]
                .map(|id| (id, rects[(id.as_bytes()[0] - b'A') as usize], 0))
                .map(|(id, rect, land_use)| (id, land_use, rect, 1, prices[(id.as_bytes()[0] - b'A') as usize])),
        )
    };
    let (old, new) = (of([100.0, 50.0, 10.0]), of([120.0, 50.0, 9.0]));
    let comparison = with_defaults(&old, &new);
    let units = &comparison.growth[0].units;
    assert_eq!((units.pairs, units.up, units.flat, units.down), (3, 1, 1, 1));
    assert!((units.mean_pct.unwrap() - 10.0 / 3.0).abs() < 1e-12);
    assert!((units.by_area_pct.unwrap() - 140_000.0 / 31_000.0).abs() < 1e-12);
    // All of the ground was of grade 1.
    assert_eq!(&comparison.growth[0].grades[0].ground, units);
}

#[test]
fn cells_of_a_price_table_without_units_are_counted_and_named() {
    let old = table(&[(1, 100.0, 0.0), (2, 50.0, 0.0), (3, 30.0, 0.0)]);
    let new = table(&[(1, 110.0, 0.0), (2, 50.0, 0.0), (4, 20.0, 0.0)]);
    let comparison = with_defaults(&old, &new);
    let found: Vec<_> = comparison.growth[0].grades.iter().map(|grade| (grade.grade, grade.change)).collect();
    let expected =
        [(1, Some(CellChange::Changed)), (2, None), (3, Some(CellChange::Removed)), (4, Some(CellChange::Added))];
    assert_eq!(found, expected);
    let cells = comparison.summary(Lang::En).changed.cells;
    assert_eq!((cells.added, cells.removed, cells.changed), (1, 1, 1));
    let json = serde_json::to_value(comparison.summary(Lang::En)).unwrap();
    assert_eq!(json["changed"]["cells"]["changed"], 1);
    assert_eq!(json["growth"][0]["grades"][2]["change"], "removed");
}

#[test]
fn cells_of_refused_premises_are_not_called_changed() {
    let (old, mut new) = (table(&[(1, 100.0, 0.0)]), table(&[(1, 110.0, 0.0)]));
    new.uses[0].connotation.as_mut().unwrap().term = 40.0;
    let cells = with_defaults(&old, &new).summary(Lang::En).changed.cells;
    assert_eq!((cells.added, cells.removed, cells.changed), (0, 0, 0));
}

#[test]
fn a_use_that_the_new_release_knows_by_its_key_alone_keeps_its_old_name() {
    let (old, mut new) = (table(&[(1, 100.0, 0.0)]), table(&[(1, 110.0, 0.0)]));
    new.uses[0].name = "commercial".to_string();
    assert_eq!(with_defaults(&old, &new).growth[0].name, "商业");
    new.uses[0].name = "商服".to_string();
    assert_eq!(with_defaults(&old, &new).growth[0].name, "商服");
}

/// Two zones of 100 m by 100 m, grades 1 and 3; the border moves by 45 m, so that 4500 m² of grade 3, less than half of it, are of grade 1. Of the
/// ground of grade 3, 5500 m² went from 100 to 110 and 4500 m² from 100 to 330: (5500·110 + 4500·330)/(10000·100) − 1 = 109 %.
#[test]
fn ground_that_changed_hands_at_a_moved_border_counts_in_matrix_and_growth() {
    let town = |border: f64, prices: [f64; 2]| {
        let units =
            [("R", 0, [0.0, 0.0, border, 100.0], 1, prices[0]), ("S", 0, [border, 0.0, 200.0, 100.0], 3, prices[1])];
        release("units", &units)
    };
    for moved in [10.0, 25.0, 45.0, 49.0] {
        let (old, new) = (town(100.0, [300.0, 100.0]), town(100.0 + moved, [330.0, 110.0]));
        let comparison = with_defaults(&old, &new);
        let areas = &comparison.transitions[0].areas;
        assert!((areas[3][1] - 100.0 * moved).abs() < 1e-6, "{moved}: {areas:?}");
        assert!((areas[3][3] - 100.0 * (100.0 - moved)).abs() < 1e-6, "{moved}: {areas:?}");
        let ground = comparison.growth[0].grades.iter().find(|own| own.grade == 3).unwrap().ground.by_area_pct.unwrap();
        let share = moved / 100.0;
        assert!((ground - ((1.0 - share) * 110.0 + share * 330.0 - 100.0)).abs() < 1e-9, "{moved}: {ground}");
    }
}

/// 一级有两个片区价,均价 2000;二级一个价。旧期一级均价 1900:涨 5.26 %,不是「取消」;两期均价(按面积)为 (1900·1+1000·1)/2 = 1450 与 1500,涨 3.45 %。
#[test]
fn the_mean_of_several_prices_stands_for_a_grade() {
    let (old, mut new) =
        (table(&[(1, 1900.0, 100.0), (2, 1000.0, 100.0)]), table(&[(1, 0.0, 100.0), (2, 1000.0, 100.0)]));
    (new.cells[0].published, new.cells[0].raw) = (None, Some(2000.0));
    let comparison = with_defaults(&old, &new);
    let growth = &comparison.growth[0];
    assert_eq!((growth.grades[0].price_new, growth.grades[0].change), (Some(2000.0), Some(CellChange::Changed)));
    assert!((growth.growth_own_pct.unwrap() - 100.0 * 50.0 / 1450.0).abs() < 1e-9);
    assert!(
        comparison.notes.iter().any(|note| note.en.contains("grades 1 have several prices")),
        "{:?}",
        comparison.notes
    );
}

/// 新期二级没有价格:只剩一级的均价与两级的均价不可比。
#[test]
fn means_over_different_grades_are_not_compared() {
    let (old, mut new) =
        (table(&[(1, 2000.0, 100.0), (2, 1000.0, 100.0)]), table(&[(1, 2000.0, 100.0), (2, 0.0, 100.0)]));
    new.cells[1].published = None;
    let comparison = with_defaults(&old, &new);
    let growth = &comparison.growth[0];
    assert_eq!((growth.growth_own_pct, growth.growth_fixed_pct), (None, Some(0.0)));
    assert!(comparison.notes.iter().any(|note| note.en.contains("grades 2 have a price in one release only")));
}
