use super::*;
use crate::land::column::Value;
use crate::publish::fixture::hamlet;

fn row<'t>(table: &'t Table<'_>, row: usize) -> Vec<(&'t str, Value<'t>)> {
    table.fields.iter().map(|field| (field.name.as_str(), field.cells.get(row))).collect()
}

#[test]
fn each_sample_stands_with_its_corrections_and_its_outcome() {
    let release = hamlet();
    let table = samples_table(&release, Lang::Zh, None);
    let text = "<img src=x onerror=alert(1)>";
    let expected = [
        ("id", Value::Text(text)),
        ("use", Value::Text("residential")),
        ("use_name", Value::Text("=住宅\"用地\"<b>")),
        ("unit", Value::Text("000002")),
        ("grade", Value::Int(2)),
        ("date", Value::Text("2024-06-30")),
        ("price", Value::Real(2000.0 / 3.0)),
        ("plot_ratio", Value::Real(1.5)),
        ("term", Value::Real(35.5)),
        ("area", Value::Real(800.0)),
        ("k_date", Value::Real(1.0125)),
        ("k_term", Value::Real(1.0 / 3.0)),
        ("k_ratio", Value::Real(0.9375)),
        ("corrected", Value::Real(701.0)),
        ("used", Value::Int(1)),
        ("outcome", Value::Text(text)),
        ("x", Value::Real(500_101.0)),
        ("y", Value::Real(3_380_002.5)),
    ];
    assert_eq!(row(&table, 1), expected);
    let outside = row(&table, 3);
    let of = |name: &str| outside.iter().find(|(own, _)| *own == name).unwrap().1;
    assert_eq!(
        (of("unit"), of("grade"), of("corrected"), of("x")),
        (Value::None, Value::None, Value::None, Value::None)
    );
    assert_eq!((of("used"), of("outcome")), (Value::Int(0), Value::Text("范围外")));
}

#[test]
fn a_sample_of_no_known_use_has_no_use() {
    let mut release = hamlet();
    release.samples[0].use_index = 9;
    let table = samples_table(&release, Lang::En, None);
    assert_eq!(row(&table, 0)[1..3], [("use", Value::None), ("use_name", Value::None)]);
}

#[test]
fn places_that_are_not_known_are_empty_points() {
    let places = sample_places(&hamlet());
    assert_eq!((places.kind, places.len()), (Kind::Point, 6));
    assert_eq!((0..6).filter(|&at| places.get(at).is_empty()).collect::<Vec<_>>(), [3]);
}
