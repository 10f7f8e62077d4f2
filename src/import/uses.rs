//! The uses of a foreign release: their keys, in the order of their names, and what their prices presume.

use super::mapping::{Mapping, Meaning, Premise};
use super::notes::Notes;
use super::numbers::{Cell, LastPlaces, Price, cell};
use super::source::{Rows, text_of};
use crate::ingest::finding::Code;
use crate::land::column::Value;
use crate::land::{Fault, Outcome, money};
use crate::release::content::{Connotation, GradeConnotation, UseHead};
use crate::say;
use std::collections::{BTreeMap, BTreeSet};

/// What was read for each unit or price: the same length throughout.
#[derive(Default)]
pub(super) struct Records {
    /// Keys of uses.
    pub uses: Vec<String>,
    /// 0 where there is none.
    pub grades: Vec<u8>,
    /// 元/㎡; NaN where there is none.
    pub prices: Vec<f64>,
    /// 元/㎡ in one of the unit each price came in; NaN where there is no price.
    pub per_unit: Vec<f64>,
    /// The row each came from.
    pub rows: Vec<usize>,
}

impl Records {
    pub fn push(&mut self, land_use: String, grade: u8, price: Price, row: usize) {
        self.uses.push(land_use);
        self.grades.push(grade);
        self.prices.push(price.value);
        self.per_unit.push(price.per_unit);
        self.rows.push(row);
    }
}

/// Turns texts into keys and remembers those the mapping does not name.
pub(super) struct Keys<'a> {
    mapping: &'a Mapping,
    unmapped: BTreeMap<String, usize>,
}

impl<'a> Keys<'a> {
    pub fn new(mapping: &'a Mapping) -> Keys<'a> {
        Keys { mapping, unmapped: BTreeMap::new() }
    }

    /// The key of a text: the mapping's, else the text itself.
    pub fn of(&mut self, text: &str) -> String {
        let uses = &self.mapping.uses;
        if let Some(key) = uses.get(text) {
            return key.clone();
        }
        if !uses.is_empty() && !uses.values().any(|key| key == text) {
            *self.unmapped.entry(text.to_string()).or_default() += 1;
        }
        text.to_string()
    }

    pub fn tell(self, notes: &mut Notes) {
        for (text, count) in self.unmapped {
            notes.layer(
                Code::UnmappedUse,
                say!(
                    "\"{text}\" is not among the uses of the mapping and stands for itself, in {count} rows",
                    "「{text}」不在映射的 uses 中,按原文作为用途,共 {count} 行"
                ),
            );
        }
    }
}

/// The keys in order, and the place of each record's key among them.
///
/// # Errors
/// `too-many-uses`.
pub(super) fn sorted(records: &Records) -> Outcome<(Vec<String>, Vec<u8>)> {
    let keys: Vec<String> = records.uses.iter().collect::<BTreeSet<_>>().into_iter().cloned().collect();
    let count = keys.len();
    if count > 200 {
        return Err(Fault::new(
            "too-many-uses",
            say!("the data has {count} uses", "数据中有 {count} 种用途"),
            say!("check the field of the uses, or map them to fewer under [uses]", "请检查用途字段,或在 [uses] 中归并"),
        ));
    }
    let places = records.uses.iter().map(|key| keys.partition_point(|known| known < key) as u8).collect();
    Ok((keys, places))
}

/// The head of each use.
pub(super) fn heads(
    keys: &[String],
    places: &[u8],
    (records, last_places): (&Records, &LastPlaces),
    rows: &Rows,
    mapping: &Mapping,
    notes: &mut Notes,
) -> Vec<UseHead> {
    let mut of_use: Vec<Vec<usize>> = vec![Vec::new(); keys.len()];
    places.iter().enumerate().for_each(|(record, &at)| of_use[usize::from(at)].push(record));
    let priced = records.prices.iter().any(|price| price.is_finite());
    let head = |(key, records_of_use): (&String, &Vec<usize>)| {
        let rows_of_use: Vec<usize> = records_of_use.iter().map(|&record| records.rows[record]).collect();
        let mut number = |name: &str, premise: &Option<Premise>| match premise {
            None => f64::NAN,
            Some(Premise::Number(number)) => *number,
            Some(Premise::ByUse(table)) => table.get(key).copied().unwrap_or(f64::NAN),
            Some(Premise::Field(field)) => agreed_number(rows, field, &rows_of_use, (key, name), notes),
        };
        let (term, rate) = (number("term", &mapping.term), number("rate", &mapping.rate));
        let graded = match &mapping.plot_ratio {
            Some(Premise::Field(field)) => by_grade(rows, field, records_of_use, records),
            _ => None,
        };
        let (plot_ratio, by_grade) = match graded {
            Some(graded) => graded,
            None => (number("plot_ratio", &mapping.plot_ratio), Vec::new()),
        };
        let (rate, plot_ratio) = (part_of_one(rate, key, notes), plausible(plot_ratio, key, notes));
        let kind = match mapping.kind_field() {
            None => mapping.kind.clone().unwrap_or_default(),
            Some(field) => agreed_kind(rows, field, &rows_of_use, key, notes),
        };
        let connotation = priced.then(|| Connotation {
            term,
            plot_ratio,
            kind,
            development: mapping.development.clone().unwrap_or_default(),
            right: mapping.right.clone().unwrap_or_default(),
            classification: mapping.classification.clone().unwrap_or_default(),
            scope: mapping.scope.clone().unwrap_or_default(),
            meaning: mapping.meaning.map_or("", Meaning::word).to_string(),
            rate,
            unit: "元/㎡".to_string(),
            // The coarsest of the use's units; units without a last place of their own are passed over.
            last_place: records_of_use.iter().map(|&at| last_places.of(records.per_unit[at])).fold(f64::NAN, f64::max),
            by_grade,
        });
        UseHead {
            key: key.clone(),
            name: name_of(key, mapping),
            grades: records_of_use.iter().map(|&record| records.grades[record]).max().unwrap_or(0),
            method: String::new(),
            limits: Vec::new(),
            gvf: f64::NAN,
            weights: Vec::new(),
            reason: None,
            layers: None,
            judged: None,
            alternative_limits: Vec::new(),
            connotation,
        }
    };
    keys.iter().zip(&of_use).map(head).collect()
}

/// What readers see: the first text that means the use, else its key.
fn name_of(key: &str, mapping: &Mapping) -> String {
    mapping.uses.iter().find(|(_, meant)| *meant == key).map_or(key, |(text, _)| text).to_string()
}

/// The plot ratio of a use whose rows differ in it, but agree within each grade: that of most grades (of equals the largest), and what other
/// grades have in its place. `None` where all rows of the use have one, rows of a grade differ, or one
/// tells none.
fn by_grade(rows: &Rows, field: &str, of_use: &[usize], records: &Records) -> Option<(f64, Vec<GradeConnotation>)> {
    let mut of_grades: BTreeMap<u8, f64> = BTreeMap::new();
    for &record in of_use {
        let Cell::Number { value, unit } = cell(rows.column(field).get(records.rows[record])) else { return None };
        let same = *of_grades.entry(records.grades[record]).or_insert(value) == value;
        if !same || !unit.is_empty() || records.grades[record] == 0 {
            return None;
        }
    }
    let count = |ratio: f64| of_grades.values().filter(|other| **other == ratio).count();
    let usual = of_grades.values().copied().max_by(|a, b| count(*a).cmp(&count(*b)).then(a.total_cmp(b)))?;
    let others = of_grades.iter().filter(|(_, ratio)| **ratio != usual);
    let own = |(grade, ratio): (&u8, &f64)| GradeConnotation {
        grades: vec![*grade],
        plot_ratio: Some(*ratio),
        development: None,
    };
    let own: Vec<GradeConnotation> = others.map(own).collect();
    (!own.is_empty()).then_some((usual, own))
}

/// The number all rows of a use agree on; NaN where they do not, or none has one.
fn agreed_number(rows: &Rows, field: &str, of_use: &[usize], told: (&str, &str), notes: &mut Notes) -> f64 {
    let mut values = BTreeSet::new();
    for &row in of_use {
        match cell(rows.column(field).get(row)) {
            Cell::Number { value, unit } if unit == "%" => {
                values.insert(text_of(Value::Real(money::quotient(value, 100.0))).into_owned());
            }
            Cell::Number { value, unit } if matches!(unit.as_str(), "" | "年") => {
                values.insert(text_of(Value::Real(value)).into_owned());
            }
            Cell::Number { .. } | Cell::Text(_) => {
                values.insert(rows.text(field, row).into_owned());
            }
            Cell::Blank => {}
        }
    }
    agreed(values, told, notes).and_then(|text| text.parse().ok()).unwrap_or(f64::NAN)
}

fn agreed_kind(rows: &Rows, field: &str, of_use: &[usize], key: &str, notes: &mut Notes) -> String {
    let words = |text: &str| match text {
        // As this program publishes them, too.
        "ground" | "地面" | "地面地价" | "地面价" | "per m² of ground" => "ground".to_string(),
        "floor" | "楼面" | "楼面地价" | "楼面价" | "per m² of floor" => "floor".to_string(),
        other => other.to_string(),
    };
    let values = of_use.iter().map(|&row| words(&rows.text(field, row))).filter(|text| !text.is_empty());
    let kind = agreed(values.collect(), (key, "kind"), notes).unwrap_or_default();
    if !matches!(kind.as_str(), "ground" | "floor" | "") {
        notes.layer(
            Code::MixedPremises,
            say!("{key}: \"{kind}\" is neither ground nor floor", "{key}:「{kind}」既非地面也非楼面地价"),
        );
        return String::new();
    }
    kind
}

/// A capitalisation rate as a part of 1: from 1 up it is one in percent, which is told; from 100 up it is none.
fn part_of_one(rate: f64, key: &str, notes: &mut Notes) -> f64 {
    if rate >= 100.0 || rate <= 0.0 {
        notes.layer(
            Code::OutOfRange,
            say!("{key}: the capitalisation rate {rate} is none", "{key}:土地还原率 {rate} 不成立"),
        );
        return f64::NAN;
    }
    if rate < 1.0 || rate.is_nan() {
        return rate;
    }
    let part = money::quotient(rate, 100.0);
    notes.layer(
        Code::UnitConverted,
        say!(
            "{key}: the capitalisation rate {rate} is taken as {rate} % = {part}",
            "{key}:土地还原率 {rate} 按 {rate}% = {part} 读取"
        ),
    );
    part
}

/// A plot ratio from 0.001 to 100, as samples have them.
fn plausible(ratio: f64, key: &str, notes: &mut Notes) -> f64 {
    if ratio.is_nan() || (0.001..=100.0).contains(&ratio) {
        return ratio;
    }
    notes.layer(Code::OutOfRange, say!("{key}: the plot ratio {ratio} is none", "{key}:容积率 {ratio} 不成立"));
    f64::NAN
}

/// The one value of a set; none where there are several, which is told.
fn agreed(values: BTreeSet<String>, (key, name): (&str, &str), notes: &mut Notes) -> Option<String> {
    if values.len() > 1 {
        let shown = values.iter().take(6).map(String::as_str).collect::<Vec<_>>().join(", ");
        notes.layer(
            Code::MixedPremises,
            say!("{key}: rows differ in {name}: {shown}", "{key}:各行的 {name} 不一致:{shown}"),
        );
        return None;
    }
    values.into_iter().next()
}

/// 估价期日 as `YYYY-MM-DD`: written in the mapping, or the one all rows agree on.
pub(super) fn base_date(rows: &Rows, mapping: &Mapping, notes: &mut Notes) -> Option<String> {
    use crate::land::date;
    let Some(field) = mapping.base_date_field() else {
        return mapping.base_date.as_deref().and_then(date::parse).map(|date| date.to_string());
    };
    let texts = (0..rows.len()).map(|row| rows.text(field, row).into_owned()).filter(|text| !text.is_empty());
    let dates = texts.map(|text| date::parse(&text).map_or(text, |date| date.to_string())).collect();
    let agreed = agreed(dates, (field, "base_date"), notes)?;
    if date::parse(&agreed).is_none() {
        notes.layer(Code::MixedPremises, say!("{field}: \"{agreed}\" is no date", "{field}:「{agreed}」不是日期"));
        return None;
    }
    Some(agreed)
}
