use super::*;
use crate::land::Lang;
use crate::release::PriceCell;
use crate::review::fixture;

const PROJECT: &str = r#"
[project]
name = "p"
crs = "EPSG:4547"
base_date = "2025-12-31"
[units]
source = "u.gpkg"
id = "id"
[[uses]]
key = "c"
grades = 2
weights = { f = 1 }
[uses.price]
term = 3
rate = 0.06
plot_ratio = 1.0
plot_ratio_table = [[1, 1], [2, 1.5]]
by_grade = [{ grades = [2], plot_ratio = 2 }]
[[factors]]
key = "f"
kind = "area"
source = "f.gpkg"
score = "s"
"#;

const SYSTEM: &str = r#"
[[uses]]
key = "c"
[[uses.factors]]
key = "a"
name = "甲"
weight = 0.3
conditions = { best = "好", better = "较好", fair = "中", worse = "较差", worst = "差" }
[[uses.factors]]
key = "b"
weight = 0.7
[uses.development]
costs = { gas = -45 }
[[uses.tables]]
key = "corner"
name = "街角地"
classes = { "两面" = 1.08 }
"#;

fn priced(grade: u8, price: f64, lowest: f64, highest: f64) -> PriceCell {
    PriceCell {
        use_index: 0,
        grade,
        units: 1,
        area: 1.0,
        samples: 3,
        kept: 3,
        raw: Some(price),
        deviation: None,
        lowest: Some(lowest),
        highest: Some(highest),
        interval: None,
        published: Some(price),
        filled: None,
        decided: None,
    }
}

/// By hand: amplitudes 30.252 % and 26.050 % of grade 1 (3.9.1), 0.3 of them 9.08 and 7.82, halves 4.54 and 3.91; a(1)/a(3) at 6 % is
/// 0.352941…; grade 2 is set at 2, where the table's 1.5 is 1. Of grade 2 F+ is (600 − 500)/500; the index of 2024Q4 over
/// that of the base is 100/98.
#[test]
fn every_coefficient_stands_in_a_row_with_the_grades_it_is_for() {
    let mut release = fixture::town(&[("1", 0, 50.0, 1)], &[("c", &[50.0])]);
    release.head.project = PROJECT.to_string();
    release.head.corrections = SYSTEM.to_string();
    release.head.index = "quarter,c\n2024Q4,100\n2025Q4,98\n".to_string();
    release.cells = vec![priced(1, 1190.0, 880.0, 1550.0), priced(2, 500.0, 400.0, 600.0)];
    let rows = coefficients(&release).unwrap();
    let shown = |row: &Coefficient| {
        let item = row.item.in_lang(Lang::En).to_string();
        format!(
            "{:?} {} {item} {} {:.4} {:?}",
            row.grades,
            row.table.in_lang(Lang::En),
            row.condition,
            row.value,
            row.unit
        )
    };
    let all: Vec<String> = rows.iter().map(shown).collect();
    for expected in [
        "[2] plot ratio (set at 2) between two rows by a straight line, beyond the table as its end, divided by 1.5, the coefficient of the table at 2  NaN Words",
        "[2] plot ratio (set at 2) 1  0.6667 Factor",
        "[2] plot ratio (set at 2) 2  1.0000 Factor",
        "[1] plot ratio (set at 1) 2  1.5000 Factor",
        "[] term, of 3 years at 6 % 1 years  0.3529 Factor",
        "[] term, of 3 years at 6 % 3 years  1.0000 Factor",
        "[1] 甲 best 好 9.0800 Percent",
        "[1] 甲 better 较好 4.5400 Percent",
        "[1] 甲 worse 较差 -3.9100 Percent",
        "[1] 甲 worst 差 -7.8200 Percent",
        "[2] 甲 best 好 6.0000 Percent",
        "[] 街角地 两面  1.0800 Factor",
        "[] development gas  45.0000 Yuan",
        "[] formula P = P1b · (1 + ΣK) · ΠK + D  NaN Words",
        "[] development D added after all coefficients  NaN Words",
        "[1] amplitude F+, up  30.2521 Percent",
        "[1] amplitude F−, down  26.0504 Percent",
        "[2] amplitude F+, up  20.0000 Percent",
        "[] date (base 2025Q4) 2024Q4 (100/98)  1.0204 Factor",
        "[] date (base 2025Q4) 2025Q4 (98/98)  1.0000 Factor",
    ] {
        assert!(all.iter().any(|row| row == expected), "{expected}: {all:#?}");
    }
    // One rule of reading for the date, the term, the development and each law of the plot ratio.
    assert_eq!(rows.len(), 2 + 2 + 4 + 3 + 4 + 20 + 1 + 1 + 5);
    // A list that was taken over has no coefficients.
    release.head.project.clear();
    assert!(coefficients(&release).unwrap().is_empty());
}
