//! 因素权重表: the weight of every factor for every use.

use crate::formats::{Cells, Field, Table};
use crate::land::{Text, Values};
use crate::release::Release;
use crate::say;

/// One row per factor, one column per use that has weights, named by its key; no rows where there are no weights (imported releases).
pub fn weights_table(release: &Release) -> Table<'static> {
    let factors = &release.head.factors;
    let weighted: Vec<_> = release.uses.iter().filter(|head| head.weights.len() == factors.len()).collect();
    let rows = if weighted.is_empty() { 0 } else { factors.len() };
    let text = |text: fn(&crate::release::FactorHead) -> &String| {
        Cells::Own(Values::Text(factors.iter().take(rows).map(text).collect()))
    };
    let mut fields = vec![
        Field::plain("factor", text(|factor| &factor.key)).titled(say!("factor", "因素代码")),
        Field::plain("name", text(|factor| &factor.name)).titled(say!("factor name", "因素名称")),
    ];
    for head in weighted {
        let name = &head.name;
        let title = say!("weight for {name}", "{name}权重");
        fields
            .push(Field::plain(&head.key, Cells::Own(Values::Real(head.weights.clone()))).titled(title).shown_with(4));
    }
    let title: Text = say!("Weights of the factors", "因素权重表");
    Table { name: "weights".into(), title, fields, shapes: None, crs: None, rows }
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
        release.uses[0].weights.clear();
        assert_eq!(weights_table(&release).fields.len(), 3, "a use without weights has no column");
        assert_eq!(weights_table(&bare()).rows, 0);
    }
}
