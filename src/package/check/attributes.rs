//! A1 to A5, A9: codes, identifiers, areas, prices of a row, required fields.

use super::read::{Package, Rows, number, shown};
use super::topology::polygons;
use super::{Found, Item};
use crate::land::{Text, grade};
use crate::package::rules::{Content, FieldRule, Need, Source};
use crate::say;
use crate::space::measure;
use std::collections::{BTreeSet, HashMap};

pub(super) fn codes(package: &Package<'_>) -> Found {
    let rules = package.rules;
    // The grades that the layers of grades have, by use.
    let mut known: BTreeSet<(Option<usize>, u8)> = BTreeSet::new();
    for layer in package.layers.iter().filter(|layer| layer.rule.of == Content::Grades) {
        known.extend((0..layer.rows()).map(|row| (layer.use_of_row(rules, row), layer.grade_of_row(row))));
    }
    let mut items = Vec::new();
    for own in package.all() {
        for field in own.fields() {
            let Some(values) = own.column(&field.name) else { continue };
            for row in 0..own.rows() {
                let text = shown(values, row);
                let what = if text.is_empty() { None } else { strange(package, &known, own, (field, row), &text) };
                items.extend(what.map(|what| Item::of(own.path(), what).in_row(own.label(row))));
            }
        }
    }
    items.extend(super::graded::grades_on_the_ground(package));
    Ok(items)
}

/// What is wrong with a cell that is a code, a constant, or stands beside a code.
fn strange(
    package: &Package<'_>,
    known: &BTreeSet<(Option<usize>, u8)>,
    own: &dyn Rows,
    (field, row): (&FieldRule, usize),
    text: &str,
) -> Option<Text> {
    let (rules, name) = (package.rules, &field.name);
    if let Some(list) = &field.codes {
        let is_listed = match list.as_str() {
            "use" => rules.uses.iter().any(|of_use| of_use.code == text),
            "grade" => text.parse::<u8>().is_ok_and(|grade| grade > 0 && grade.to_string() == text),
            other => rules.codes.get(other).is_some_and(|codes| codes.contains_key(text)),
        };
        if !is_listed {
            return Some(say!(
                "{name} = \"{text}\" is not of the list {list}",
                "{name} =「{text}」不在代码表 {list} 中"
            ));
        }
    }
    let code = package.metadata.get("county_code").unwrap_or(&package.names.code);
    let county = package.metadata.get("county_name");
    match field.of {
        Source::Constant if text != field.value => {
            let wanted = &field.value;
            Some(say!("{name} = \"{text}\", {wanted} is prescribed", "{name} =「{text}」,应为 {wanted}"))
        }
        // Codes of towns begin with that of their county.
        Source::CountyCode if !code.is_empty() && !text.starts_with(code.as_str()) => {
            Some(say!("{name} = \"{text}\", the package is of {code}", "{name} =「{text}」,成果包为 {code}"))
        }
        Source::CountyName if own.content() != Content::Districts && county.is_some_and(|county| county != text) => {
            let county = county?;
            Some(say!("{name} = \"{text}\", the package is of {county}", "{name} =「{text}」,成果包为 {county}"))
        }
        Source::UseCode => {
            let at = rules.uses.iter().position(|of_use| of_use.code == text)?;
            let (beside, wanted) = (own.text(Source::UseName, row), &rules.uses[at].name);
            match own.of_use() {
                Some(of_file) if of_file != at => {
                    let of_file = &rules.uses[of_file].name;
                    Some(say!("{text} in the file of {of_file}", "{of_file}的文件中用途代码为 {text}"))
                }
                _ if !beside.is_empty() && beside != *wanted => {
                    Some(say!("{text} is not the code of {beside}", "{text} 不是 {beside} 的代码"))
                }
                _ => None,
            }
        }
        Source::GradeCode => {
            let own_grade = (own.use_of_row(rules, row), text.parse::<u8>().unwrap_or(0));
            let beside = own.text(Source::GradeName, row);
            if grade::parse(&beside).is_some_and(|named| named != own_grade.1) {
                return Some(say!("grade {text} is named {beside}", "级别代码 {text} 与级别名称 {beside} 不符"));
            }
            let asked = !matches!(own.content(), Content::Grades | Content::Prices)
                && known.iter().any(|it| it.0 == own_grade.0);
            (asked && !known.contains(&own_grade))
                .then(|| say!("there is no grade {text} of its use", "该用途没有级别 {text}"))
        }
        _ => None,
    }
}

pub(super) fn unique(package: &Package<'_>) -> Found {
    let mut items = Vec::new();
    for layer in &package.layers {
        for field in layer.rule.fields.iter().filter(|field| matches!(field.of, Source::Number | Source::Id)) {
            let Some(values) = layer.column(&field.name) else { continue };
            let mut seen: HashMap<String, usize> = HashMap::new();
            for row in 0..layer.rows() {
                let text = shown(values, row);
                if text.is_empty() {
                    continue;
                }
                if let Some(first) = seen.insert(text.clone(), row) {
                    let (name, first) = (&field.name, first + 1);
                    let what = say!("{name} = {text} stands in row {first} too", "{name} = {text} 与第 {first} 行重复");
                    items.push(Item::of(&layer.path, what).in_row(row + 1));
                }
            }
        }
    }
    Ok(items)
}

pub(super) fn areas(package: &Package<'_>) -> Found {
    let most = package.rules.limits.area_share;
    let mut items = Vec::new();
    for layer in polygons(package) {
        for row in (0..layer.rows()).filter(|row| !layer.shapes.get(*row).is_empty()) {
            let stated = layer.number(Source::Area, row);
            let real = measure::area(layer.shapes.get(row));
            // What two decimals cannot show is no difference.
            if !stated.is_nan() && (stated - real).abs() > (real * most).max(0.01) {
                let what = say!(
                    "{stated} m² are stated, the geometry has {real:.2}",
                    "面积字段 {stated} m²,图形面积 {real:.2}"
                );
                items.push(Item::of(&layer.path, what).in_row(row + 1));
            }
        }
    }
    Ok(items)
}

pub(super) fn ground(package: &Package<'_>) -> Found {
    let most = package.rules.limits.ground;
    each(package, |own, row| {
        let [ground, floor, ratio] =
            [Source::GroundPrice, Source::FloorPrice, Source::PlotRatio].map(|source| own.number(source, row));
        let off = (ground - floor * ratio).abs();
        // A floor price is rounded to its own last place.
        let rounding = 0.005 * ratio;
        (off > most + rounding)
            .then(|| say!("{ground} is not {floor} × {ratio}", "地面地价 {ground} ≠ 楼面地价 {floor} × 容积率 {ratio}"))
    })
}

pub(super) fn mu(package: &Package<'_>) -> Found {
    let limits = package.rules.limits;
    each(package, |own, row| {
        let (ground, mu) = (own.number(Source::GroundPrice, row), own.number(Source::PriceMu, row));
        let wanted = ground / 15.0;
        ((mu - wanted).abs() > limits.mu.max(wanted * limits.mu_share)).then(|| {
            say!("{mu} 万元/亩, {ground} 元/㎡ are {wanted:.2}", "亩价 {mu} 万元,{ground} 元/㎡ 折合 {wanted:.2} 万元")
        })
    })
}

/// What a look at each row of layers and tables finds; comparisons with a missing number are false.
fn each(package: &Package<'_>, look: impl Fn(&dyn Rows, usize) -> Option<crate::land::Text>) -> Found {
    let mut items = Vec::new();
    for own in package.all() {
        let found =
            (0..own.rows()).filter_map(|row| Some(Item::of(own.path(), look(own, row)?).in_row(own.label(row))));
        items.extend(found);
    }
    Ok(items)
}

/// Numbers that are above 0 wherever they are stated: 0 stands for a missing one.
const POSITIVE: [Source; 10] = [
    Source::GroundPrice,
    Source::FloorPrice,
    Source::PriceMu,
    Source::PlotRatio,
    Source::Term,
    Source::Area,
    Source::StandardDepth,
    Source::SalePlotRatio,
    Source::SalePrice,
    Source::CorrectedPrice,
];

/// The first row of each required field that is blank, and of each number that is not above 0, with how many there are.
pub(super) fn filled(package: &Package<'_>) -> Found {
    let mut items = Vec::new();
    for own in package.all() {
        for field in own.fields() {
            let (Some(values), name) = (own.column(&field.name), &field.name) else { continue };
            let is_blank = |row: &usize| shown(values, *row).is_empty() || shown(values, *row) == "NaN";
            let blank: Vec<usize> = (0..own.rows()).filter(|row| field.need == Need::M && is_blank(row)).collect();
            if let Some(first) = blank.first() {
                let count = blank.len();
                let what = say!("{name} is blank in {count} rows", "{name} 有 {count} 行为空");
                items.push(Item::of(own.path(), what).in_row(own.label(*first)));
            }
            let low: Vec<usize> =
                (0..own.rows()).filter(|row| POSITIVE.contains(&field.of) && number(values, *row) <= 0.0).collect();
            if let Some(first) = low.first() {
                let (count, value) = (low.len(), number(values, *first));
                let what =
                    say!("{name} is {value}; not above 0 in {count} rows", "{name} 为 {value},共 {count} 行不大于 0");
                items.push(Item::of(own.path(), what).in_row(own.label(*first)));
            }
        }
    }
    Ok(items)
}
