//! What every method shows: the line to put into a project file, names and numbers for people, maps for JSON.

use super::Ui;
use landgrade::land::Text;
use landgrade::weights::decimals;
use serde_json::{Map, Value, json};

/// Decimals of weights for people and project files.
const DECIMALS: u32 = 4;

/// Weights with four decimals that sum to 1.
pub fn rounded(weights: &[f64]) -> Vec<String> {
    decimals::shares(weights, DECIMALS).into_iter().map(|share| decimals::shown(share, DECIMALS)).collect()
}

/// The line of a project file with these weights.
pub fn line(factors: &[String], weights: &[f64]) -> String {
    let pairs = factors.iter().zip(rounded(weights)).map(|(factor, weight)| format!("{} = {weight}", key(factor)));
    format!("weights = {{ {} }}", pairs.collect::<Vec<_>>().join(", "))
}

/// A key of TOML: bare where it can be, else quoted.
fn key(name: &str) -> String {
    if !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
        return name.to_string();
    }
    let mut quoted = String::from("\"");
    for c in name.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// By the names of the factors.
pub fn map<T: Into<Value> + Clone>(factors: &[String], values: &[T]) -> Value {
    let pairs = factors.iter().zip(values).map(|(factor, value)| (factor.clone(), value.clone().into()));
    Value::Object(pairs.collect::<Map<String, Value>>())
}

/// As [`line`], for programs.
pub fn rounded_map(factors: &[String], weights: &[f64]) -> Value {
    let numbers: Vec<f64> = rounded(weights).iter().filter_map(|text| text.parse().ok()).collect();
    map(factors, &numbers)
}

/// What was assumed or is unusual.
pub fn notes(ui: &Ui, notes: &[Text]) {
    notes.iter().for_each(|note| {
        let Text { en, zh } = note;
        ui.say(&landgrade::say!("note: {en}", "说明:{zh}"));
    });
}

pub fn notes_of(ui: &Ui, notes: &[Text]) -> Value {
    json!(notes.iter().map(|note| note.in_lang(ui.lang)).collect::<Vec<_>>())
}

/// A table with a head.
pub fn table(ui: &Ui, head: &[Text], rows: Vec<Vec<String>>) {
    let mut cells = vec![head.iter().map(|title| title.in_lang(ui.lang).to_string()).collect()];
    cells.extend(rows);
    ui.aligned(&cells);
}
