//! One parcel: as text, JSON and a workbook that reckons.

use super::super::{Ending, Ui};
use super::{Appraise, areas, keyed, pair, place, sheet, twice};
use landgrade::ingest::readers::table;
use landgrade::land::column::Value as Cell;
use landgrade::land::{Fault, Outcome, Text, grade};
use landgrade::pipeline::{Appraisal, Appraiser, Asked, Basis};
use landgrade::price::appraise::{Coefficient, Role, Warning};
use landgrade::project::plan::PriceKind;
use landgrade::project::system::Order;
use landgrade::release::{PlaceRow, Release};
use landgrade::say;
use landgrade::space::measure;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::Path;

pub fn run(verb: &Appraise, ui: &Ui, release: &Release, appraiser: &Appraiser<'_>) -> Outcome<Ending> {
    let asked = subject(verb, release, appraiser)?;
    let appraisal = appraiser.appraise(&asked)?;
    let mut warnings = appraisal.warnings.clone();
    warnings.extend(appraiser.age(verb.today()?));
    tell(ui, release, &asked, &appraisal, &warnings);
    let mut files = Vec::new();
    if let Some(target) = &verb.to {
        let written = sheet::write(target, release, &asked, &appraisal, &warnings, ui.lang)?;
        let shown = written.path.display().to_string();
        ui.say(&say!("written: {shown}", "已写出:{shown}"));
        files.push(shown);
    }
    let mut result = account(ui, release, &asked, &appraisal, &warnings);
    result["files"] = json!(files);
    result["odd_tables"] = appraiser.doubts.iter().map(|text| text.in_lang(ui.lang)).collect();
    ui.result(&result);
    Ok(Ending::Done)
}

fn subject(verb: &Appraise, release: &Release, appraiser: &Appraiser<'_>) -> Outcome<Asked> {
    let units = &release.units;
    let stated = verb.land_use.as_deref().map(|word| appraiser.use_of(word)).transpose()?;
    let known = appraiser.conditions();
    let mut asked = match (&verb.id, &verb.at) {
        (Some(id), _) => {
            let unit = units.ids.find_sorted(id).ok_or_else(|| no_unit(release, id))?;
            let mut asked = verb.asked(stated.unwrap_or(usize::from(units.uses[unit])), &known)?;
            let place = units.shapes.as_ref().and_then(|shapes| measure::point_on_surface(shapes.get(unit)));
            // Where its ground is graded for the use it is valued for as well, that grade counts.
            let own = place.and_then(|place| appraiser.units(&[(place, asked.land_use)])[0]);
            asked.unit = own.filter(|own| usize::from(units.uses[*own]) == asked.land_use).or(Some(unit));
            asked.inside = appraiser.inside(&[(place, Some(unit), asked.land_use)], |_| None)[0];
            asked.drawn = Some(units.areas[unit]).filter(|area| !area.is_nan());
            asked
        }
        (None, at) => {
            let land_use = stated.ok_or_else(|| {
                Fault::new(
                    "no-use",
                    say!("a place is valued for a use", "按位置估价须指明用途"),
                    say!("give --use", "请给出 --use"),
                )
            })?;
            let place = place(at.as_deref().unwrap_or_default(), &release.head.crs)?;
            let mut asked = verb.asked(land_use, &known)?;
            asked.unit = appraiser.units(&[(place, land_use)])[0];
            asked.grade = appraiser.parcel_grades(&[(place, land_use)])[0];
            asked.inside = appraiser.inside(&[(Some(place), asked.unit, land_use)], |_| None)[0];
            asked
        }
    };
    if let Some(file) = &verb.conditions {
        let mut own: BTreeMap<String, String> = BTreeMap::new();
        for (key, value) in conditions(file)? {
            let key = keyed(key, &known);
            if let Some(other) = own.insert(key.clone(), value.clone()) {
                return Err(twice(&key, &other, &value).at(file.display()));
            }
        }
        let area = areas::taken(&mut own, None).map_err(|fault| fault.at(file.display()))?;
        asked.area = asked.area.or(area);
        // What the command says counts before what the file says.
        for (key, value) in own {
            asked.conditions.entry(key).or_insert(value);
        }
    }
    asked.area = asked.area.or(asked.drawn);
    Ok(asked)
}

/// The conditions of one parcel: a table of `key` and `value`, or lines of `key=value`.
fn conditions(file: &Path) -> Outcome<Vec<(String, String)>> {
    if file.extension().is_some_and(|ending| ending == "txt") {
        let text = std::fs::read_to_string(file)
            .map_err(|error| Fault::io(say!("cannot read the file", "无法读取文件"), file, &error))?;
        let named = |line| pair(line).map(|(key, value)| areas::named(key, value, &[]));
        return text.lines().filter(|line| !line.trim().is_empty()).map(named).collect();
    }
    let raw = table::read(file, table::Options::default())?;
    let column = |name: &str| raw.column(name).map_err(|fault| fault.at(file.display()));
    let (keys, values) = (column("key")?, column("value")?);
    let text = |cell: Cell<'_>| match cell {
        Cell::Real(number) if number.fract() == 0.0 => format!("{number:.0}"),
        other => other.to_string(),
    };
    let rows = (0..raw.len()).map(|row| (text(keys.get(row)), text(values.get(row))));
    let told = rows.filter(|(key, value)| !key.is_empty() && !value.is_empty());
    Ok(told.map(|(key, value)| areas::named(key, value, &raw.above)).collect())
}

fn no_unit(release: &Release, id: &str) -> Fault {
    let name = &release.head.name;
    Fault::new(
        "no-unit",
        say!("the release {name} has no unit \"{id}\"", "成果 {name} 中没有单元「{id}」"),
        say!(
            "value a place with --at LON,LAT, or other parcels with --parcels",
            "可用 --at 经度,纬度 或 --parcels 估价"
        ),
    )
}

fn tell(ui: &Ui, release: &Release, asked: &Asked, appraisal: &Appraisal, warnings: &[Warning]) {
    let head = &release.uses[asked.land_use];
    let (name, level, price) = (&head.name, grade::name(appraisal.grade, ui.lang), appraisal.benchmark);
    let Text { en, zh } = basis(&appraisal.basis);
    let Text { en: of, zh: of_zh } = match appraisal.kind {
        PriceKind::Ground => Text::default(),
        PriceKind::Floor => say!(" of floor", "(楼面)"),
    };
    ui.say(&say!("{name}, grade {level}: {en} {price} 元/㎡{of}", "{name} {level}:{zh} {price} 元/㎡{of_zh}"));
    let (base, valued) = dates(release, asked);
    ui.say(&say!(
        "base date of the price {base}, date of valuation {valued}",
        "基准地价估价期日 {base},宗地估价期日 {valued}"
    ));
    let titles = [say!("coefficient", "修正"), say!("given", "宗地"), say!("value", "系数"), say!("from", "依据")];
    let mut rows = vec![titles.map(|title| title.in_lang(ui.lang).to_string()).to_vec()];
    for one in &appraisal.appraised.coefficients {
        let value = shown(one);
        rows.push(vec![
            one.name.in_lang(ui.lang).to_string(),
            one.given.text().in_lang(ui.lang).to_string(),
            value,
            one.row.text().in_lang(ui.lang).to_string(),
        ]);
    }
    ui.aligned(&rows);
    let Text { en, zh } = appraisal.appraised.order.formula();
    ui.say(&say!("  {en}", "  {zh}"));
    let (exact, ground, mu) = (format!("{:.2}", appraisal.appraised.price), appraisal.ground, appraisal.per_mu);
    let Text { en: of, zh: of_zh } = match appraisal.kind {
        PriceKind::Ground => say!("of land", "地面"),
        PriceKind::Floor => say!("of floor", "楼面"),
    };
    ui.say(&say!(
        "price of the parcel: {ground} 元/㎡ of land ({mu:.2} 万元/亩); {exact} {of} before rounding",
        "宗地地价:地面 {ground} 元/㎡({mu:.2} 万元/亩);取整前{of_zh} {exact}"
    ));
    if let Some(floor) = appraisal.floor {
        ui.say(&say!("price of floor: {floor} 元/㎡", "楼面地价:{floor} 元/㎡"));
    }
    if let (Some(total), Some(area)) = (appraisal.total, asked.area) {
        ui.say(&say!("total: {total} 元 for {area:.2} m²", "总价:{total} 元({area:.2} ㎡)"));
    }
    for warning in warnings {
        let (Text { en, zh }, code) = (warning.text(), warning.code());
        ui.say(&say!("note: {en} [{code}]", "注意:{zh} [{code}]"));
    }
}

/// The date the benchmark price stands for, and the one the parcel is valued for, which is the same where none was given.
pub(super) fn dates(release: &Release, asked: &Asked) -> (String, String) {
    let base = release.head.base_date.clone().unwrap_or_else(|| "–".to_string());
    let valued = asked.date.map_or_else(|| base.clone(), |date| date.to_string());
    (base, valued)
}

/// A coefficient for people.
pub(super) fn shown(one: &Coefficient) -> String {
    match one.role {
        Role::Sum => format!("{} %", one.value),
        Role::Product => format!("× {}", (one.value * 1e6).round() / 1e6),
        Role::Amount => format!("{:+.2} 元/㎡", one.value),
    }
}

/// What the price starts from.
pub(super) fn basis(basis: &Basis) -> Text {
    let called = |row: &PlaceRow| match row.name.as_str() {
        "" => row.id.clone(),
        name => format!("{} {name}", row.id),
    };
    match basis {
        Basis::Grade => say!("benchmark price", "基准地价"),
        Basis::Area(row) => {
            let called = called(row);
            say!("price of area {called}", "区片 {called} 基准地价")
        }
        Basis::Street(row) => {
            let (called, depth) = (called(row), row.standard_depth);
            say!("street price of {called} (standard depth {depth} m)", "{called} 路线价(标准深度 {depth} 米)")
        }
    }
}

fn account(ui: &Ui, release: &Release, asked: &Asked, appraisal: &Appraisal, warnings: &[Warning]) -> Value {
    let head = &release.uses[asked.land_use];
    let coefficients = appraisal.appraised.coefficients.iter().map(|one| {
        let role = role_key(one.role);
        json!({"key": &*one.key, "name": one.name.in_lang(ui.lang), "role": role, "value": one.value, "given": one.given.text().in_lang(ui.lang),
               "row": one.row.text().in_lang(ui.lang)})
    });
    let order = if appraisal.appraised.order == Order::AfterAll { "after-all" } else { "before-term" };
    let valued = asked.date.map(|date| date.to_string()).or_else(|| release.head.base_date.clone());
    json!({
        "base_date": release.head.base_date, "date": valued,
        "use": head.key, "name": head.name, "unit": asked.unit.map(|unit| release.units.ids.show(unit)),
        "grade": appraisal.grade, "basis": basis_json(&appraisal.basis), "benchmark": appraisal.benchmark, "kind": appraisal.kind.key(),
        "coefficients": coefficients.collect::<Vec<_>>(), "sum_percent": appraisal.appraised.sum,
        "development_order": order, "exact": appraisal.appraised.price, "exact_of": appraisal.kind.key(), "price": appraisal.ground,
        "floor_price": appraisal.floor, "per_mu": appraisal.per_mu, "area": asked.area, "total": appraisal.total,
        "warnings": warnings.iter().map(|warning| json!({"code": warning.code(), "text": warning.text().in_lang(ui.lang)}))
            .collect::<Vec<_>>(),
    })
}

/// The word for programs: percent of ΣK, a factor, or 元/㎡.
pub(super) fn role_key(role: Role) -> &'static str {
    match role {
        Role::Sum => "sum-percent",
        Role::Product => "product",
        Role::Amount => "amount",
    }
}

fn basis_json(basis: &Basis) -> Value {
    match basis {
        Basis::Grade => json!({"kind": "grade"}),
        Basis::Area(row) => json!({"kind": "area", "id": row.id, "name": row.name}),
        Basis::Street(row) => {
            json!({"kind": "street", "id": row.id, "name": row.name, "standard_depth": row.standard_depth})
        }
    }
}
