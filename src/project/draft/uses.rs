//! The uses of a draft: the distinct values of the use field, gathered by what they mean, with first weights that sum to 1.

use super::factors::Drafted;
use super::quote::{comment, quoted};
use super::{FieldInfo, MOST_SAMPLES};
use std::fmt::Write;

/// What a use is broadly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    Commercial,
    Residential,
    Industrial,
    Public,
    Other,
}

/// A use to write.
pub(super) struct DraftUse {
    pub key: String,
    pub class: Class,
    /// Its spellings in the data.
    pub values: Vec<String>,
    /// Whether the data has more values than were seen.
    pub more: bool,
}

const WORDS: [(Class, &str, &[&str]); 4] = [
    (Class::Commercial, "commercial", &["商", "commerc", "business", "retail"]),
    (Class::Residential, "residential", &["住", "resident", "housing", "dwelling"]),
    (Class::Industrial, "industrial", &["工业", "工矿", "仓储", "industr", "warehous"]),
    (Class::Public, "public", &["公共", "公用", "机关", "教育", "医疗", "public", "civic"]),
];

fn class_of(value: &str) -> Option<(Class, &'static str)> {
    let value = value.to_lowercase();
    WORDS
        .iter()
        .find(|(_, _, words)| words.iter().any(|word| value.contains(word)))
        .map(|(class, key, _)| (*class, *key))
}

/// The uses of a field's values, known classes first; one use for a project without such a field.
pub(super) fn of_field(field: Option<&FieldInfo>) -> Vec<DraftUse> {
    let Some(field) = field else {
        return vec![DraftUse { key: "land".into(), class: Class::Other, values: Vec::new(), more: false }];
    };
    let mut uses: Vec<DraftUse> = Vec::new();
    for value in &field.samples {
        let (class, key) = class_of(value).map_or((Class::Other, value.as_str()), |(class, key)| (class, key));
        match uses.iter_mut().find(|known| known.key == key) {
            Some(known) => known.values.push(value.clone()),
            None => uses.push(DraftUse { key: key.into(), class, values: vec![value.clone()], more: field.more }),
        }
    }
    uses.sort_by(|a, b| (a.class, &a.key).cmp(&(b.class, &b.key)));
    uses
}

/// Adds the spellings of the samples to the uses they tell; gives those that tell none.
pub(super) fn add_spellings(uses: &mut [DraftUse], field: Option<&FieldInfo>) -> Vec<String> {
    let mut unknown = Vec::new();
    if uses.iter().all(|land_use| land_use.values.is_empty()) {
        return unknown;
    }
    for value in field.iter().flat_map(|field| &field.samples) {
        if uses.iter().any(|land_use| land_use.key == *value || land_use.values.contains(value)) {
            continue;
        }
        let key = class_of(value).map(|(_, key)| key);
        match uses.iter_mut().find(|land_use| Some(land_use.key.as_str()) == key) {
            Some(known) => known.values.push(value.clone()),
            None => unknown.push(value.clone()),
        }
    }
    unknown
}

/// What the prices of the uses rest on.
pub(super) struct Premises {
    /// Whether the samples tell their plot ratio.
    pub plot_ratio: bool,
    /// Whether they are prices per floor area.
    pub floor: bool,
}

/// Writes a `[[uses]]` for each, with its price where there are samples.
pub(super) fn write(out: &mut String, uses: &[DraftUse], factors: &[Drafted], units: usize, priced: Option<&Premises>) {
    if uses.iter().any(|land_use| land_use.more) {
        let _ = writeln!(
            out,
            "\n# ? the use field has more than {MOST_SAMPLES} values; those not listed below are findings / 用途值超过 {MOST_SAMPLES} 种,未列出的将作为问题报告"
        );
    }
    for land_use in uses {
        let _ = writeln!(out, "\n[[uses]]\nkey = {}", quoted(&land_use.key));
        if let Some((first, rest)) = land_use.values.split_first() {
            let _ = writeln!(out, "name = {}", quoted(first));
            if !rest.is_empty() {
                let listed: Vec<String> = rest.iter().map(|value| quoted(value)).collect();
                let _ = writeln!(
                    out,
                    "spellings = [{}]  # ? one use with the name above / 是否与上同一用途",
                    listed.join(", ")
                );
            }
        } else {
            out.push_str("name = \"土地\"  # ? the name of the one use / 唯一用途的名称\n");
        }
        if land_use.class == Class::Other && !land_use.values.is_empty() {
            let name = comment(&land_use.values[0]);
            let _ = writeln!(
                out,
                "# ? grade \"{name}\" as a use of its own, or add it to another's spellings / 单独定级,或并入其他用途"
            );
        }
        let grades = grades(units / uses.len().max(1));
        let _ = writeln!(out, "grades = {grades}  # ? the number of grades / 级别数\nbreaks = \"natural\"");
        let listed: Vec<String> = weights(land_use.class, factors)
            .iter()
            .map(|(key, hundredths)| format!("{key} = {}.{:02}", hundredths / 100, hundredths % 100))
            .collect();
        if factors.is_empty() {
            out.push_str(
                "weights = {}  # ? no factor layer was found: add [[factors]] and their weights / 没有找到因素图层,请添加 [[factors]] 与权重\n",
            );
        } else {
            let _ = writeln!(out, "weights = {{ {} }}  # ? a first proposal / 初步权重", listed.join(", "));
        }
        if let Some(premises) = priced {
            price(out, land_use.class, premises);
        }
    }
}

/// A first number of grades for so many units of a use.
fn grades(units: usize) -> usize {
    match units {
        0..=19 => 3,
        20..=59 => 4,
        _ => 5,
    }
}

fn price(out: &mut String, class: Class, premises: &Premises) {
    let (term, rate, plot_ratio) = match class {
        Class::Commercial => (40, "0.07", "2.0"),
        Class::Residential => (70, "0.06", "2.0"),
        Class::Industrial => (50, "0.05", "1.0"),
        Class::Public => (50, "0.06", "1.5"),
        Class::Other => (50, "0.06", "1.0"),
    };
    let (kind, mark) = match premises.floor {
        true => ("floor", "  # ? the prices are of floors by their name / 按字段名为楼面地价"),
        false => ("ground", ""),
    };
    out.push_str(
        "# ? years, capitalisation rate, set plot ratio, services (development) / 年期、还原率、设定容积率、开发程度\n",
    );
    if premises.plot_ratio {
        out.push_str(
            "# ? no correction for plot ratio without plot_ratio_table = [[1.0, …], [2.0, …]] in price / 在 price 中写明容积率修正系数表后才作容积率修正\n",
        );
    }
    let _ = writeln!(
        out,
        "price = {{ term = {term}, rate = {rate}, plot_ratio = {plot_ratio}, kind = \"{kind}\", development = \"\" }}{mark}"
    );
}

/// Weights in hundredths that sum to 100: each role's share, divided among its layers, by largest remainders.
fn weights(class: Class, factors: &[Drafted]) -> Vec<(&str, u32)> {
    // 60 is divisible by 1 to 6: layers of one role share in whole numbers.
    let layers = |factor: &Drafted| factors.iter().filter(|other| other.role == factor.role).count() as u32;
    let shares: Vec<u32> =
        factors.iter().map(|factor| (60 * factor.role.share(class) / layers(factor)).max(1)).collect();
    let sum: u32 = shares.iter().sum();
    let mut hundredths: Vec<u32> = shares.iter().map(|share| share * 100 / sum.max(1)).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(shares[at] * 100 % sum.max(1)), at));
    let missing = if shares.is_empty() { 0 } else { 100 - hundredths.iter().sum::<u32>() };
    order.iter().take(missing as usize).for_each(|&at| hundredths[at] += 1);
    factors.iter().map(|factor| factor.key.as_str()).zip(hundredths).collect()
}
