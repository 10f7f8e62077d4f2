use super::*;
use crate::land::column::Value;
use crate::publish::fixture::{bare, city, hamlet};

fn column<'t>(table: &'t Table<'_>, name: &str) -> Vec<Value<'t>> {
    let field = table.fields.iter().find(|field| field.name == name).unwrap();
    (0..table.rows).map(|row| field.cells.get(row)).collect()
}

#[test]
fn the_best_grade_has_no_upper_and_the_worst_no_lower_limit() {
    let release = hamlet();
    let table = limits_table(&release, Lang::Zh);
    // Two uses, the grading and its alternative, two grades.
    assert_eq!(table.rows, 8);
    let sixty = [Value::Real(60.0), Value::None];
    assert_eq!(column(&table, "lower")[..2], sixty);
    assert_eq!(column(&table, "upper")[..2], [Value::None, Value::Real(60.0)]);
    assert_eq!(column(&table, "grading")[1..3], [Value::Text("grade"), Value::Text("grade_q")]);
    assert_eq!(column(&table, "lower")[2], Value::Real(61.0));
    assert_eq!(limits_table(&bare(), Lang::Zh).rows, 0);
    let method = |lang| {
        let mut release = hamlet();
        release.uses[0].method = "natural".into();
        column(&limits_table(&release, lang), "method")[0]
            == Value::Text(if lang == Lang::Zh { "自然断点法" } else { "natural" })
    };
    assert!(method(Lang::Zh) && method(Lang::En));
}

#[test]
fn every_total_lies_within_the_limits_of_its_grade() {
    let release = city();
    let table = limits_table(&release, Lang::En);
    let (uses, gradings) = (column(&table, "use"), column(&table, "grading"));
    let (grades, lower, upper) = (column(&table, "grade"), column(&table, "lower"), column(&table, "upper"));
    let units = &release.units;
    for unit in 0..units.len() {
        let key = Value::Text(&release.uses[usize::from(units.uses[unit])].key);
        let grade = Value::Int(i64::from(units.grades[unit]));
        let main = |row: &usize| uses[*row] == key && gradings[*row] == Value::Text("grade") && grades[*row] == grade;
        let row = (0..table.rows).find(main).unwrap();
        let end = |value: Value<'_>, open: f64| if let Value::Real(limit) = value { limit } else { open };
        let total = units.totals[unit];
        assert!(end(lower[row], f64::NEG_INFINITY) <= total && total < end(upper[row], f64::INFINITY));
    }
}

#[test]
fn a_grade_without_a_class_has_no_row() {
    let mut release = hamlet();
    // Five grades but two classes: they are counted from the worst, grades 5 and 4.
    release.uses[0].grades = 5;
    release.uses.truncate(1);
    release.units.alternatives.clear();
    assert_eq!(column(&limits_table(&release, Lang::En), "grade"), [Value::Int(4), Value::Int(5)]);
}
