//! Accounts side by side: one row per unit, the same columns whatever the units are.

use super::{Account, LevelAccount, NetworkAccount, Source, Step, columns_price};
use crate::factors::Field as FactorField;
use crate::formats::{Cells, Field, Table};
use crate::land::{Text, Texts, Values};
use crate::release::Release;
use crate::say;
use crate::score::Model;

/// The accounts as a table. Its columns follow from the model alone, so that tables of several blocks of units join.
pub fn columns<'a>(release: &Release, model: &Model, accounts: &[Account]) -> Table<'a> {
    let mut fields = vec![
        text("id", say!("unit", "单元编号"), accounts, |account| account.id.clone()),
        text("use", say!("use", "用途代码"), accounts, |account| account.land_use.clone()),
        real("area", say!("area", "面积"), "m²", accounts, |account| account.area),
    ];
    for (at, (head, field)) in release.head.factors.iter().zip(&model.fields).enumerate() {
        let (key, name) = (&head.key, &head.name);
        match field {
            FactorField::Reach(reach) => {
                for (level, group) in reach.groups.iter().enumerate() {
                    let title = format!("{name} {}", group.name);
                    let key = format!("{key}_{}", level + 1);
                    let parts = (group.half_width > 0.0, reach.network().is_some());
                    of_level(&mut fields, accounts, at, level, (&key, &title, parts));
                }
                if reach.directions.is_some() {
                    let title = say!("{name}: coefficient of directions", "{name}:方向系数");
                    fields.push(real(&format!("{key}_directions"), title, "", accounts, |account| {
                        match &account.factors[at].source {
                            Source::Reach { directions: Some(directions), .. } => directions.coefficient,
                            _ => f64::NAN,
                        }
                    }));
                }
            }
            FactorField::Zones(_) => {
                let title = say!("{name}: areas with their m² and score", "{name}:所在区域的面积(m²)与分值");
                fields
                    .push(text(&format!("{key}_areas"), title, accounts, |account| areas(&account.factors[at].source)));
                let title = say!("{name}: ground without an area", "{name}:区域外面积");
                fields.push(real(&format!("{key}_uncovered"), title, "m²", accounts, |account| {
                    uncovered(&account.factors[at].source)
                }));
                of_default(&mut fields, accounts, at, key, name);
            }
            FactorField::Surface(_) | FactorField::Recorded => {
                let title = say!("{name}: value", "{name}:取值");
                fields.push(real(&format!("{key}_value"), title, "", accounts, |account| {
                    value(&account.factors[at].source)
                }));
                of_default(&mut fields, accounts, at, key, name);
            }
        }
        let (score, weight) = (say!("{name}: score", "{name}:分值"), say!("{name}: weight", "{name}:权重"));
        let share = say!("{name}: contribution", "{name}:贡献");
        fields.push(real(&format!("{key}_score"), score, "", accounts, |account| account.factors[at].score));
        fields.push(real(&format!("{key}_weight"), weight, "", accounts, |account| account.factors[at].weight));
        fields.push(real(&format!("{key}_contribution"), share, "", accounts, |account| {
            account.factors[at].contribution
        }));
    }
    if accounts.iter().all(|account| account.groups.len() == release.head.groups.len()) {
        for (at, group) in release.head.groups.iter().enumerate() {
            let (key, name) = (&group.key, &group.name);
            let title = say!("group {name}: contribution", "因素组 {name}:贡献");
            let field = format!("{key}_contribution");
            fields.push(real(&field, title, "", accounts, |account| account.groups[at].contribution));
        }
    }
    let step = |step: &Option<Step>| step.as_ref().map_or(f64::NAN, |step| step.points);
    fields.push(real("total", say!("total score", "总分值"), "", accounts, |account| account.total));
    let grades = accounts.iter().map(|account| Some(i64::from(account.grade))).collect();
    fields.push(Field::plain("grade", Cells::Own(Values::Int(grades))).titled(say!("grade", "土地级别")));
    let better = say!("points to the better grade", "距上一级界限的分值");
    fields.push(real("to_better", better, "", accounts, |account| step(&account.better)));
    let worse = say!("points above the worse grade", "距下一级界限的分值");
    fields.push(real("to_worse", worse, "", accounts, |account| step(&account.worse)));
    columns_price::of_price(&mut fields, accounts);
    Table {
        name: "explained".to_string(),
        title: say!("Explanations", "计算依据"),
        fields,
        shapes: None,
        crs: None,
        rows: accounts.len(),
    }
}

fn of_level(
    fields: &mut Vec<Field<'_>>,
    accounts: &[Account],
    factor: usize,
    level: usize,
    (key, title, (wide, by_network)): (&str, &str, (bool, bool)),
) {
    let facility = |account: &Account, what: fn(&super::FacilityAccount) -> f64| {
        level_of(account, factor, level).and_then(|level| level.facility.as_ref()).map_or(f64::NAN, what)
    };
    fields.push(text(
        &format!("{key}_facility"),
        say!("{title}: facility", "{title}:起作用的设施"),
        accounts,
        |account| {
            let facility = level_of(account, factor, level).and_then(|level| level.facility.as_ref());
            facility.map_or_else(String::new, |facility| facility.id.clone())
        },
    ));
    if wide {
        let axis = say!("{title}: distance to the axis", "{title}:至中心线距离");
        fields.push(real(&format!("{key}_axis"), axis, "m", accounts, |account| facility(account, |f| f.to_axis)));
    }
    let distance = say!("{title}: distance", "{title}:距离");
    fields.push(real(&format!("{key}_distance"), distance, "m", accounts, |account| facility(account, |f| f.distance)));
    if by_network {
        of_network(fields, accounts, (factor, level), (key, title));
    }
    let function = say!("{title}: function score", "{title}:功能分");
    fields.push(real(&format!("{key}_function"), function, "", accounts, |account| {
        facility(account, |f| f.function_score)
    }));
    let share = say!("{title}: attenuation", "{title}:衰减系数");
    fields
        .push(real(&format!("{key}_attenuation"), share, "", accounts, |account| facility(account, |f| f.attenuation)));
    let effect = say!("{title}: effect score", "{title}:作用分");
    fields.push(real(&format!("{key}_effect"), effect, "", accounts, |account| facility(account, |f| f.effect)));
}

/// The three parts of a way along the network; empty where the straight line counts.
fn of_network(
    fields: &mut Vec<Field<'_>>,
    accounts: &[Account],
    (factor, level): (usize, usize),
    (key, title): (&str, &str),
) {
    let parts = |account: &Account| {
        let facility = level_of(account, factor, level).and_then(|level| level.facility.as_ref());
        match facility.and_then(|facility| facility.network) {
            Some(NetworkAccount::Along { access, along, source_access }) => [access, along, source_access],
            Some(NetworkAccount::Straight) | None => [f64::NAN; 3],
        }
    };
    let names = [
        ("access", say!("{title}: from the unit to the network", "{title}:至路网距离")),
        ("along", say!("{title}: along the network", "{title}:沿路网距离")),
        ("source_access", say!("{title}: from the network to the facility", "{title}:离路网距离")),
    ];
    for (at, (name, title)) in names.into_iter().enumerate() {
        fields.push(real(&format!("{key}_{name}"), title, "m", accounts, |account| parts(account)[at]));
    }
}

fn level_of(account: &Account, factor: usize, level: usize) -> Option<&LevelAccount> {
    match &account.factors[factor].source {
        Source::Reach { levels, .. } => levels.get(level),
        _ => None,
    }
}

/// `F2 (居住区) 1250.50 m² 60; F7 (工业区) 3.00 m² 80`.
fn areas(source: &Source) -> String {
    let Source::Areas { areas, .. } = source else { return String::new() };
    let shown = areas.iter().map(|area| {
        let value = area.value.as_ref().map(|value| format!(" ({value})")).unwrap_or_default();
        format!("{}{value} {:.2} m² {}", area.id, area.area, area.score)
    });
    shown.collect::<Vec<_>>().join("; ")
}

/// The default score, where it decides or takes part.
fn of_default(fields: &mut Vec<Field<'_>>, accounts: &[Account], factor: usize, key: &str, name: &str) {
    let title = say!("{name}: default score used", "{name}:采用的默认分值");
    fields.push(real(&format!("{key}_default"), title, "", accounts, |account| {
        match &account.factors[factor].source {
            source @ Source::Areas { .. } => source.default_used().map_or(f64::NAN, |(_, default)| default),
            Source::Raster { value: None, default: Some(default), .. } => *default,
            Source::Raster { .. } | Source::Reach { .. } | Source::Recorded => f64::NAN,
        }
    }));
}

fn uncovered(source: &Source) -> f64 {
    source.default_used().map_or(0.0, |(uncovered, _)| uncovered)
}

fn value(source: &Source) -> f64 {
    match source {
        Source::Raster { value, .. } => value.unwrap_or(f64::NAN),
        _ => f64::NAN,
    }
}

pub(super) fn real<'a>(
    name: &str,
    title: Text,
    unit: &'static str,
    accounts: &[Account],
    value: impl Fn(&Account) -> f64,
) -> Field<'a> {
    let values = accounts.iter().map(value).collect();
    Field::plain(name, Cells::Own(Values::Real(values))).titled(title).in_unit(unit)
}

pub(super) fn text<'a>(name: &str, title: Text, accounts: &[Account], value: impl Fn(&Account) -> String) -> Field<'a> {
    let values: Texts = accounts.iter().map(value).collect();
    Field::plain(name, Cells::Own(Values::Text(values))).titled(title)
}
