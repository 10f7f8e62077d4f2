//! How large each facility is, 0–100 (规模指数).

use super::build::{field_of, text_of};
use crate::ingest::survey::Layer;
use crate::land::column::Value;
use crate::land::{Fault, Outcome, Values};
use crate::project::plan::ScalePlan;
use crate::say;

/// The scale of every feature of a layer: as a field has it, or the mean over indicators, weighted or not, of the value against the largest in
/// the layer, times 100 (GB/T 18507-2014, scale index of centres and facilities).
///
/// # Errors
/// `missing-field`, `bad-scale` (an index outside 0–100, an indicator below 0 or of nothing but zeros).
pub fn of(key: &str, layer: &Layer, plan: &ScalePlan) -> Outcome<Vec<f64>> {
    let count = layer.shapes.len();
    match plan {
        ScalePlan::Index(field) => {
            let values = field_of(key, layer, field)?;
            (0..count).map(|feature| number(key, layer, field, values, feature, 100.0)).collect()
        }
        ScalePlan::Indicators { fields, weights } => {
            let mut sums = vec![0.0; count];
            for (at, field) in fields.iter().enumerate() {
                let values = field_of(key, layer, field)?;
                let found = (0..count).map(|feature| number(key, layer, field, values, feature, f64::MAX));
                let found = found.collect::<Outcome<Vec<f64>>>()?;
                let largest = found.iter().copied().fold(0.0, f64::max);
                if largest == 0.0 && count > 0 {
                    return Err(nothing(key, layer, field));
                }
                let weight = weights.as_ref().map_or(1.0, |weights| weights[at]);
                sums.iter_mut().zip(found).for_each(|(sum, value)| *sum += weight * (value / largest));
            }
            let whole = if weights.is_some() { 1.0 } else { fields.len() as f64 };
            Ok(sums.into_iter().map(|sum| (100.0 * sum / whole).min(100.0)).collect())
        }
    }
}

fn number(key: &str, layer: &Layer, field: &str, values: &Values, feature: usize, most: f64) -> Outcome<f64> {
    let value = match values.get(feature) {
        Value::Int(number) => number as f64,
        Value::Real(number) => number,
        Value::None | Value::Text(_) => f64::NAN,
    };
    if (0.0..=most).contains(&value) {
        return Ok(value);
    }
    let label = layer.labels.get(feature);
    let shown = text_of(values.get(feature));
    let help = if most == 100.0 {
        say!("a scale is a number from 0 to 100 (the largest facility = 100)", "规模应为 0 到 100 的数(最大设施为 100)")
    } else {
        say!("an indicator is a number, not negative", "规模指标应为非负数")
    };
    let what = say!(
        "factor {key}: the scale of {label}, {field}, is \"{shown}\"",
        "因素 {key}:{label} 的规模({field})为「{shown}」"
    );
    Err(Fault::new("bad-scale", what, help).at(&layer.name))
}

fn nothing(key: &str, layer: &Layer, field: &str) -> Fault {
    Fault::new(
        "bad-scale",
        say!("factor {key}: {field} is 0 in every feature", "因素 {key}:所有要素的 {field} 均为 0"),
        say!("fill the field in, or take it off `scale`", "请补全该字段,或从 scale 中删去"),
    )
    .at(&layer.name)
}

#[cfg(test)]
#[path = "scale_tests.rs"]
mod tests;
