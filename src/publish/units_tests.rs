use super::*;
use crate::land::Column;
use crate::land::column::Value;
use crate::publish::fixture::{bare, city, hamlet};

fn names(units: &Units<'_>) -> Vec<String> {
    units.table.fields.iter().map(|field| field.name.clone()).collect()
}

#[test]
fn every_column_has_a_name_a_shapefile_keeps_and_a_title() {
    let release = city();
    let units = units_table(&release, &Selection::default(), Lang::Zh);
    let own = ["id", "use", "use_name", "area", "s_comm", "s_bus", "total", "grade", "grade_q", "price", "price_mu"];
    let kept: Vec<&str> = release.units.kept.iter().map(|kept| kept.name.as_str()).collect();
    assert_eq!(names(&units), [&own[..], &kept].concat());
    assert!(units.table.fields.iter().all(|field| field.name.len() <= 10 && !field.title.zh.is_empty()));
    let of = |name: &str| units.table.fields.iter().find(|field| field.name == name).unwrap();
    assert_eq!((of("s_comm").title.zh.as_str(), of("s_comm").unit), ("商服繁华度", "分"));
    assert_eq!((of("area").unit, of("price").unit, of("price_mu").unit), ("㎡", "元/㎡", "万元/亩"));
    assert_eq!(units.renamed, []);
}

#[test]
fn a_selection_gives_exactly_its_fields_in_its_order() {
    use UnitColumn::{Alternatives, Grade, Id, Kept, Price, Scores, Total, Use};
    let mut release = hamlet();
    release.units.kept.truncate(2);
    release.units.kept.remove(0);
    let columns = vec![Id, Use, Kept, Scores, Total, Grade, Alternatives, Price];
    let selection = Selection { layer: "graded".into(), id: "parcel_id".into(), columns };
    let units = units_table(&release, &selection, Lang::En);
    assert_eq!(units.table.name, "graded");
    let expected = ["parcel_id", "use", "Area", "s_bus", "s_centre", "total", "grade", "grade_q", "price"];
    assert_eq!(names(&units), expected);
    assert_eq!(units.renamed, []);
}

#[test]
fn a_kept_field_with_a_taken_name_is_renamed_and_told() {
    let mut release = hamlet();
    release.units.kept.push(Column { name: String::new(), values: Values::Int(vec![Some(1); 6]) });
    release.head.factors[0].key = "price".into();
    let units = units_table(&release, &Selection::default(), Lang::En);
    let expected = [
        "id", "use", "use_name", "area", "price_2", "s_centre", "total", "grade", "grade_q", "price", "price_mu",
        "address", "Area_2", "field",
    ];
    assert_eq!(names(&units), expected);
    let told: Vec<&str> = units.renamed.iter().map(|text| text.en.as_str()).collect();
    assert_eq!(told.len(), 3);
    assert!(
        told[0].contains("price_2") && told[1].contains("\"Area\"") && told[2].contains("called field"),
        "{told:?}"
    );
}

#[test]
fn a_release_of_grades_alone_has_the_columns_it_has_values_for() {
    let release = bare();
    let units = units_table(&release, &Selection::default(), Lang::En);
    assert_eq!(names(&units), ["id", "use", "use_name", "grade"]);
    assert!(units.table.shapes.is_none() && units.table.crs.is_none());
}

#[test]
fn prices_per_mu_are_fifteenths_to_the_hundredth() {
    let release = hamlet();
    let units = units_table(&release, &Selection::default(), Lang::En);
    let field = units.table.fields.iter().find(|field| field.name == "price_mu").unwrap();
    let values: Vec<Value<'_>> = (0..6).map(|row| field.cells.get(row)).collect();
    // 4500/15, 1501/15 = 100.0666…, 3000/15, by hand.
    let [a, b, c] = [Value::Real(300.0), Value::Real(100.07), Value::Real(200.0)];
    assert_eq!(values, [a, b, b, c, Value::None, Value::None]);
}
