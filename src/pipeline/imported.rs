//! The little of a project that valuing by an imported release needs: its uses with their premises.

use crate::release::{Connotation, Release, UseHead};
use toml::{Table, Value};

/// A project file with the uses of a release and the connotation of their prices.
pub(super) fn project(release: &Release) -> String {
    let head = &release.head;
    let mut project = Table::new();
    project.insert("name".to_string(), head.title.clone().into());
    project.insert("crs".to_string(), head.crs.epsg.map_or(head.crs.wkt.clone(), |code| format!("EPSG:{code}")).into());
    if let Some(date) = &head.base_date {
        project.insert("base_date".to_string(), date.clone().into());
    }
    let text = |pairs: &[(&str, &str)]| -> Table {
        pairs.iter().map(|(key, value)| ((*key).to_string(), Value::from((*value).to_string()))).collect()
    };
    let mut prices = Table::new();
    // Nothing is read: the release holds units and prices.
    prices.insert(
        "samples".to_string(),
        text(&[("source", "imported"), ("id", "id"), ("use", "use"), ("price", "price")]).into(),
    );
    let mut factor = text(&[("key", "imported"), ("kind", "area"), ("source", "imported"), ("score", "score")]);
    factor.insert("default".to_string(), Value::from(0.0));
    let mut file = Table::new();
    file.insert("project".to_string(), project.into());
    file.insert("units".to_string(), text(&[("source", "imported"), ("id", "id"), ("use", "use")]).into());
    file.insert("uses".to_string(), release.uses.iter().map(land_use).collect::<Vec<Value>>().into());
    file.insert("factors".to_string(), vec![Value::from(factor)].into());
    file.insert("prices".to_string(), prices.into());
    file.to_string()
}

fn land_use(head: &UseHead) -> Value {
    let mut entry = Table::new();
    entry.insert("key".to_string(), head.key.clone().into());
    entry.insert("name".to_string(), head.name.clone().into());
    entry.insert("grades".to_string(), i64::from(head.grades.max(2)).into());
    let weights: Table = [("imported".to_string(), Value::from(1.0))].into_iter().collect();
    entry.insert("weights".to_string(), weights.into());
    entry.insert("price".to_string(), premises(head.connotation.as_ref().filter(|own| states_all(own))).into());
    entry.into()
}

/// Whether the premises that prices are corrected by are all stated: term, rate, set plot ratio, kind of price.
pub(super) fn states_all(stated: &Connotation) -> bool {
    ![stated.term, stated.rate, stated.plot_ratio].iter().any(|number| number.is_nan()) && !stated.kind.is_empty()
}

/// Premises as a project file writes them. A project needs some for every use: those of a use that states none are never used.
fn premises(stated: Option<&Connotation>) -> Table {
    let numbers = stated.map_or([40.0, 0.06, 1.0], |own| [own.term, own.rate, own.plot_ratio]);
    let mut table: Table =
        ["term", "rate", "plot_ratio"].into_iter().map(String::from).zip(numbers.map(Value::from)).collect();
    let words = stated.map(|own| {
        [
            ("kind", &own.kind),
            ("development", &own.development),
            ("right", &own.right),
            ("classification", &own.classification),
            ("scope", &own.scope),
            ("meaning", &own.meaning),
        ]
    });
    for (key, word) in words.into_iter().flatten().filter(|(_, word)| !word.is_empty()) {
        table.insert(key.to_string(), word.clone().into());
    }
    table
}
