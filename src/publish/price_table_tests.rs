use super::*;
use crate::land::column::Value;
use crate::publish::fixture::{HOSTILE, bare, city, hamlet};

fn column<'t>(table: &'t Table<'_>, name: &str) -> Vec<Value<'t>> {
    let field = table.fields.iter().find(|field| field.name == name).unwrap();
    (0..table.rows).map(|row| field.cells.get(row)).collect()
}

fn reals(cells: &[PriceCell], real: impl Fn(&PriceCell) -> Option<f64>) -> Vec<Value<'static>> {
    cells.iter().map(|cell| real(cell).map_or(Value::None, Value::Real)).collect()
}

#[test]
fn the_table_holds_what_the_cells_hold() {
    for release in [hamlet(), city()] {
        let (table, cells) = (price_table(&release, Lang::Zh), &release.cells);
        assert_eq!(table.rows, cells.len());
        assert_eq!(column(&table, "price"), reals(cells, |cell| cell.published));
        assert_eq!(column(&table, "lowest"), reals(cells, |cell| cell.lowest));
        assert_eq!(column(&table, "highest"), reals(cells, |cell| cell.highest));
        assert_eq!(column(&table, "raw"), reals(cells, |cell| cell.raw));
        assert_eq!(column(&table, "ci_high"), reals(cells, |cell| cell.interval.map(|ends| ends.1)));
        let counts = |count: fn(&PriceCell) -> usize| -> Vec<Value<'_>> {
            cells.iter().map(|cell| Value::Int(count(cell) as i64)).collect()
        };
        assert_eq!(column(&table, "units"), counts(|cell| cell.units));
        assert_eq!(column(&table, "kept"), counts(|cell| cell.kept));
        assert_eq!(column(&table, "grade"), counts(|cell| usize::from(cell.grade)));
    }
    assert_eq!(price_table(&bare(), Lang::Zh).rows, 0);
}

#[test]
fn areas_are_hectares_and_prices_per_mu_fifteenths_worked_by_hand() {
    let release = hamlet();
    let table = price_table(&release, Lang::En);
    // 100, 1300, 1600 and 2500 m².
    assert_eq!(column(&table, "area_ha"), [0.01, 0.13, 0.16, 0.25].map(Value::Real));
    assert_eq!(column(&table, "price_mu")[..3], [300.0, 100.07, 200.0].map(Value::Real));
    assert_eq!(column(&table, "filled")[2..], [Value::None, Value::Text(HOSTILE[0])]);
    assert_eq!(column(&table, "label")[..2], [Value::Text("I"), Value::Text("II")]);
    // 55.5 m² are 0.00555 ha, half up 0.0056.
    assert_eq!((hectares(55.5), hectares(12_345.678)), (0.0056, 1.2346));
}

#[test]
fn the_premises_stand_beside_each_price_in_words() {
    let mut release = hamlet();
    release.uses[1].connotation = None;
    let table = price_table(&release, Lang::Zh);
    assert_eq!(column(&table, "kind")[1..3], [Value::Text("地面地价"), Value::None]);
    assert_eq!(column(&table, "term")[1..3], [Value::Real(40.0), Value::None]);
    assert_eq!(column(&table, "plot_ratio")[0], Value::Real(2.5));
    assert_eq!(column(&table, "rate")[0], Value::Real(7.0));
    assert_eq!(column(&table, "develop")[0], Value::Text("六通一平"));
}

/// 689 元 per m² of floor at a set plot ratio of 1.5 are 1033.5 per m² of land, 68.9 万元/亩 (1033.5 / 15).
#[test]
fn a_price_of_floor_is_brought_to_the_land_before_it_is_told_per_mu() {
    let mut release = hamlet();
    let head = &mut release.uses[usize::from(release.cells[0].use_index)];
    let premises = head.connotation.as_mut().unwrap();
    (premises.kind, premises.plot_ratio) = ("floor".to_string(), 1.5);
    premises.by_grade.clear();
    release.cells[0].published = Some(689.0);
    let table = price_table(&release, Lang::Zh);
    assert_eq!(column(&table, "price_mu")[0], Value::Real(68.9));
    assert_eq!(
        (column(&table, "ground_price")[0], column(&table, "floor_price")[0]),
        (Value::Real(1033.5), Value::Real(689.0))
    );
    assert!(price_table(&hamlet(), Lang::Zh).fields.iter().all(|field| field.name != "ground_price"));
}
