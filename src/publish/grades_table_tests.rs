use super::*;
use crate::land::column::Value;
use crate::publish::fixture::{bare, city, hamlet};

fn column<'t>(table: &'t Table<'_>, name: &str) -> Vec<Value<'t>> {
    let field = table.fields.iter().find(|field| field.name == name).unwrap();
    (0..table.rows).map(|row| field.cells.get(row)).collect()
}

#[test]
fn the_hamlet_adds_up_as_by_hand() {
    let release = hamlet();
    let table = grades_table(&release, Lang::Zh);
    // Commercial 100 + (400 + 900) m²; residential 1600 + 2500 and 3600 without a grade.
    let labels = ["一级", "二级", "小计", "一级", "二级", "未定级", "小计", "合计"];
    assert_eq!(column(&table, "label"), labels.map(Value::Text));
    assert_eq!(column(&table, "units"), [1, 2, 3, 1, 1, 1, 3, 6].map(Value::Int));
    assert_eq!(column(&table, "area_ha"), [0.01, 0.13, 0.14, 0.16, 0.25, 0.36, 0.77, 0.91].map(Value::Real));
    // 100/1400, 1300/1400; 1600/7700, 2500/7700, 3600/7700.
    let shares = [7.14, 92.86, 100.0, 20.78, 32.47, 46.75, 100.0].map(Value::Real);
    assert_eq!(column(&table, "share")[..7], shares);
    assert_eq!(column(&table, "share")[7], Value::None);
    assert!(!table.fields.iter().any(|field| field.name == "no_area"));
}

#[test]
fn printed_areas_add_up_to_the_printed_sums_and_units_to_all_units() {
    let release = city();
    let table = grades_table(&release, Lang::En);
    let (labels, units, areas) = (column(&table, "label"), column(&table, "units"), column(&table, "area_ha"));
    // In whole ten-thousandths of a hectare, so that the test's own sum is exact.
    let (mut count, mut area, mut all) = (0, 0, (0, 0));
    for row in 0..table.rows {
        let (Value::Int(own), Value::Real(hectares)) = (units[row], areas[row]) else { panic!("row {row}") };
        let steps = (hectares * 1e4).round();
        assert!((hectares * 1e4 - steps).abs() < 1e-6);
        let steps = steps as i64;
        match labels[row] {
            Value::Text("sum of the use") => {
                assert_eq!((own, steps), (count, area));
                all = (all.0 + count, all.1 + area);
                (count, area) = (0, 0);
            }
            Value::Text("sum of all uses") => assert_eq!((own, steps), all),
            _ => (count, area) = (count + own, area + steps),
        }
    }
    assert_eq!(all.0, release.units.len() as i64);
    let whole: f64 = release.units.areas.iter().sum();
    assert!((all.1 as f64 - whole).abs() <= 0.5 * table.rows as f64, "each row is at most half a square metre off");
}

#[test]
fn unknown_areas_are_counted_and_never_taken_for_zero() {
    let mut release = bare();
    let table = grades_table(&release, Lang::En);
    assert!(column(&table, "area_ha").iter().all(|area| *area == Value::None || *area == Value::Real(0.0)));
    assert_eq!(column(&table, "area_ha")[0], Value::None);
    assert_eq!(column(&table, "no_area"), column(&table, "units"));
    release.units.areas[1] = 500.0;
    let table = grades_table(&release, Lang::En);
    assert_eq!(column(&table, "area_ha")[1], Value::Real(0.05));
    assert_eq!(column(&table, "no_area")[1], Value::Int(1));
}
