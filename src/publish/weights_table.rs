//! 因素权重表: the weight of every factor for every use.

use crate::formats::{Cells, Field, Table};
use crate::land::{Text, Values};
use crate::release::{FactorHead, Judged, Release, Within};
use crate::say;

/// A key, a name and what it tells of judgements.
type Told = (&'static str, &'static str, fn(&Judged) -> f64);

/// What stands below the factors.
const CONSISTENCY: [Told; 4] = [
    ("lambda_max", "λmax", |judged| judged.lambda_max),
    ("ci", "CI", |judged| judged.ci),
    ("ri", "RI", |judged| judged.ri),
    ("cr", "CR", |judged| judged.cr),
];

/// One row per factor, one column per use that has weights, named by its key; where there are groups, each factor's group and the weights on
/// both layers. No rows where there are no weights (imported releases). Where
/// a use has its weights from judgements, rows with their consistency follow.
pub fn weights_table(release: &Release) -> Table<'static> {
    let factors = &release.head.factors;
    let weighted: Vec<_> = release.uses.iter().filter(|head| head.weights.len() == factors.len()).collect();
    let factors = if weighted.is_empty() { &[] } else { factors.as_slice() };
    let judged = weighted.iter().any(|head| head.judged.is_some());
    let below = if judged { CONSISTENCY.as_slice() } else { &[] };
    let keys = factors.iter().map(|factor| factor.key.as_str()).chain(below.iter().map(|(key, _, _)| *key));
    let names = factors.iter().map(|factor| factor.name.as_str()).chain(below.iter().map(|(_, name, _)| *name));
    let mut fields = vec![
        Field::plain("factor", Cells::Own(Values::Text(keys.collect()))).titled(say!("factor", "因素代码")),
        Field::plain("name", Cells::Own(Values::Text(names.collect()))).titled(say!("factor name", "因素名称")),
    ];
    if !release.head.groups.is_empty() {
        let name = |factor: &FactorHead| {
            let group = release.head.groups.iter().find(|group| Some(&group.key) == factor.group.as_ref());
            group.map(|group| group.name.clone()).unwrap_or_default()
        };
        let names = factors.iter().map(name).chain(below.iter().map(|_| String::new()));
        let title = say!("group of factors", "所属因素组");
        fields.push(Field::plain("group", Cells::Own(Values::Text(names.collect()))).titled(title));
    }
    for head in weighted {
        let name = &head.name;
        if head.layers.is_some() {
            let within: Vec<Within<'_>> = factors.iter().map(|factor| release.head.within(head, factor)).collect();
            for (ending, title, of) in [
                (
                    "group",
                    say!("weight of the group for {name}", "{name}因素组权重"),
                    group_weight as fn(&Within<'_>) -> f64,
                ),
                ("inside", say!("weight inside the group for {name}", "{name}组内权重"), inside),
            ] {
                let column = within.iter().map(of).chain(below.iter().map(|_| f64::NAN)).collect();
                let key = format!("{}_{ending}", head.key);
                fields.push(Field::plain(&key, Cells::Own(Values::Real(column))).titled(title).shown_with(4));
            }
        }
        let title = say!("weight for {name}", "{name}权重");
        let of = |of: fn(&Judged) -> f64| head.judged.as_ref().map_or(f64::NAN, of);
        let column = head.weights.iter().copied().chain(below.iter().map(|(_, _, value)| of(*value))).collect();
        fields.push(Field::plain(&head.key, Cells::Own(Values::Real(column))).titled(title).shown_with(4));
    }
    let title: Text = say!("Weights of the factors", "因素权重表");
    Table { name: "weights".into(), title, fields, shapes: None, crs: None, rows: factors.len() + below.len() }
}

fn group_weight(within: &Within<'_>) -> f64 {
    within.group_weight
}

fn inside(within: &Within<'_>) -> f64 {
    within.inside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::land::column::Value;
    use crate::publish::fixture::{bare, hamlet};

    #[test]
    fn weights_stand_under_their_use_and_beside_their_factor() {
        let mut release = hamlet();
        let table = weights_table(&release);
        let line = |row: usize| table.fields.iter().map(|field| field.cells.get(row)).collect::<Vec<_>>();
        let names: Vec<&str> = table.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names, ["factor", "name", "commercial", "residential"]);
        let [bus, centre] = [Value::Text("s_bus"), Value::Text("s_centre")];
        assert_eq!(line(0), [bus, Value::Text("公交便捷度"), Value::Real(0.4), Value::Real(0.75)]);
        assert_eq!(line(1), [centre, Value::Text("商服繁华度 <b>"), Value::Real(0.6), Value::Real(0.25)]);
        release.uses[0].judged = Some(Judged {
            solver: "eigenvector".to_string(),
            lambda_max: 4.031,
            ci: 0.0103,
            ri: 0.9,
            cr: 0.0115,
            accepted_because: None,
        });
        let table = weights_table(&release);
        let line = |row: usize| table.fields.iter().map(|field| field.cells.get(row)).collect::<Vec<_>>();
        assert_eq!(table.rows, 6);
        assert_eq!(line(5), [Value::Text("cr"), Value::Text("CR"), Value::Real(0.0115), Value::None]);
        release.uses[0].weights.clear();
        assert_eq!(weights_table(&release).fields.len(), 3, "a use without weights has no column");
        assert_eq!(weights_table(&bare()).rows, 0);
    }
}
