//! Makes the groups of a point, line or centre factor from its layer.

use super::past::{pieces, ways};
use super::{Barred, Directions, Group, Polygons, Reach, Segment, Sources, scale};
use crate::factors::attenuation::Attenuation;
use crate::factors::barrier::Barriers;
use crate::ingest::survey::Layer;
use crate::land::column::Value;
use crate::land::{Fault, Outcome, Values};
use crate::project::plan::{Form, GradesPlan, LevelPlan, ReachPlan};
use crate::say;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Kind, Shapes};
use std::sync::Arc;

/// Builds a factor. `function_layers` says that the plan's levels are those of commercial centres: a centre of a level carries the
/// functions of its own and of all lower levels, and a layer's score is the step between level scores (功能分割).
///
/// # Errors
/// `missing-field`, `no-sources` (a level no feature belongs to), `bad-scale` (a scale outside 0–100, an indicator below 0), `weak-source` (a function score
/// that the exponential form would let rise with distance).
pub fn build(
    key: &str,
    plan: &ReachPlan,
    layer: &Layer,
    function_layers: bool,
    barriers: Option<&Arc<Barriers>>,
) -> Outcome<Reach> {
    let members = Members::new(key, plan, layer)?;
    // The scale of centres has already made the levels' scores.
    let scale = plan.scale.as_ref().filter(|_| !function_layers);
    let scales = scale.map(|scale| scale::of(key, layer, scale)).transpose()?;
    let mut groups = Vec::new();
    for (at, level) in plan.levels.iter().enumerate() {
        // The levels whose features carry this group's function.
        let carriers: &[LevelPlan] = if function_layers { &plan.levels[..=at] } else { std::slice::from_ref(level) };
        let next = if function_layers { plan.levels.get(at + 1).map_or(0.0, |next| next.score) } else { 0.0 };
        let law = Attenuation { form: plan.form, radius: level.radius, reached_at_radius: plan.reached_at_radius };
        let mut chosen = Vec::new();
        for feature in 0..layer.shapes.len() {
            let belongs = carriers.iter().any(|carrier| members.belongs(carrier, feature));
            if let (true, Some(coefficient)) = (belongs, members.coefficient(feature)) {
                let scale = scales.as_ref().map_or(100.0, |scales| scales[feature]);
                let score = (level.score - next) * scale / 100.0 * coefficient;
                refuse_weak(key, plan.form, layer, feature, score)?;
                chosen.push((feature as u32, score));
            }
        }
        // Of an empty layer, which is a finding, every place is out of reach.
        if chosen.is_empty() && !layer.shapes.is_empty() {
            let name = &level.name;
            return Err(Fault::new(
                "no-sources",
                say!(
                    "factor {key}: no feature of the layer belongs to level \"{name}\"",
                    "因素 {key}:图层中没有级别「{name}」的要素"
                ),
                say!(
                    "check `level` and `level_field`, or remove the level",
                    "请检查 level 与 level_field,或删去该级别"
                ),
            )
            .at(&layer.name));
        }
        let same_type = plan.grades.is_some() && at > 0 && plan.levels[at - 1].level == level.level;
        groups.push(Group { same_type, ..group(level, level.score - next, law, &layer.shapes, &chosen, barriers) });
    }
    let graded = groups.iter().any(|group| group.same_type);
    let mut reach = Reach { groups, combine: plan.combine, graded, directions: None };
    reach.directions = plan.directions.map(|directions| Directions::new(directions, &reach));
    Ok(reach)
}

fn group(
    level: &LevelPlan,
    score: f64,
    law: Attenuation,
    shapes: &Shapes,
    chosen: &[(u32, f64)],
    barriers: Option<&Arc<Barriers>>,
) -> Group {
    let mut sources = Sources::default();
    let mut insides = Shapes::new(Kind::Polygon);
    let (mut strengths, mut features) = (Vec::new(), Vec::new());
    for &(feature, function_score) in chosen {
        let strength = law.strength(function_score);
        let shape = shapes.get(feature as usize);
        for ring in shape.rings() {
            if let [only] = ring.points {
                sources.segments.push(Segment { a: *only, b: *only, strength, feature });
            }
            let pairs = ring.points.windows(2);
            let segments = pairs.map(|pair| Segment { a: pair[0], b: pair[1], strength, feature });
            match barriers {
                None => sources.segments.extend(segments),
                Some(barriers) => segments.for_each(|segment| pieces(barriers, segment, &mut sources.segments)),
            }
        }
        if shape.kind == Kind::Polygon {
            insides.push_shape(shape);
            strengths.push(strength);
            features.push(feature);
        }
    }
    if !insides.is_empty() {
        let index = BoxIndex::of_shapes(&insides);
        sources.polygons = Some(Polygons { shapes: insides, strengths, features, index });
    }
    let index = BoxIndex::new(sources.segments.iter().map(|segment| Extent::of(&[segment.a, segment.b])));
    let (name, functions) = (level.name.clone(), chosen.to_vec());
    let mut group = Group {
        name,
        law,
        score,
        half_width: level.half_width,
        sources,
        functions,
        index,
        same_type: false,
        barred: None,
        on_network: None,
    };
    group.barred = barriers.map(|barriers| Barred { barriers: barriers.clone(), ways: ways(&group, barriers) });
    group
}

/// Which features belong to a level.
pub(super) struct Members<'a> {
    levels: Option<&'a Values>,
    grades: Option<(&'a GradesPlan, &'a Values)>,
}

impl<'a> Members<'a> {
    pub fn new(key: &str, plan: &'a ReachPlan, layer: &'a Layer) -> Outcome<Members<'a>> {
        let levels = plan.level_field.as_ref().map(|field| field_of(key, layer, field)).transpose()?;
        let grades =
            plan.grades.as_ref().map(|grades| Ok((grades, field_of(key, layer, &grades.field)?))).transpose()?;
        Ok(Members { levels, grades })
    }

    pub fn belongs(&self, level: &LevelPlan, feature: usize) -> bool {
        let of = |wanted: &Option<String>, values: Option<&Values>| match (wanted, values) {
            (Some(wanted), Some(values)) => text_of(values.get(feature)) == *wanted,
            _ => true,
        };
        of(&level.level, self.levels) && of(&level.grade, self.grades.map(|(_, values)| values))
    }

    /// What a feature's grade multiplies its function score by; `None` for a grade that is not listed.
    fn coefficient(&self, feature: usize) -> Option<f64> {
        match self.grades {
            Some((plan, values)) if !plan.coefficients.is_empty() => {
                plan.coefficients.get(&text_of(values.get(feature))).copied()
            }
            _ => Some(1.0),
        }
    }
}

/// f^(1 − r) falls with distance only where f is above 1.
fn refuse_weak(key: &str, form: Form, layer: &Layer, feature: usize, score: f64) -> Outcome<()> {
    if form == Form::Linear || score == 0.0 || score > 1.0 {
        return Ok(());
    }
    let label = layer.labels.get(feature);
    Err(Fault::new(
        "weak-source",
        say!(
            "factor {key}: the function score of {label} is {score}; by the exponential form it would rise with distance",
            "因素 {key}:{label} 的功能分为 {score},按指数衰减会随距离增大"
        ),
        say!(
            "exponential attenuation needs function scores above 1: take attenuation = \"linear\", or mend score and scale",
            "指数衰减要求功能分大于 1:请改用 attenuation = \"linear\",或更正分值与规模"
        ),
    )
    .at(&layer.name))
}

/// A field of the layer by its name.
pub(crate) fn field_of<'a>(key: &str, layer: &'a Layer, field: &str) -> Outcome<&'a Values> {
    layer.column(field).ok_or_else(|| {
        let known = layer.columns.iter().map(|column| column.name.as_str()).collect::<Vec<_>>().join(", ");
        Fault::new(
            "missing-field",
            say!("factor {key}: the layer has no field \"{field}\"", "因素 {key}:图层没有字段「{field}」"),
            say!("its fields are: {known}", "现有字段:{known}"),
        )
        .at(&layer.name)
    })
}

/// A level, class or category as text: whole numbers without decimals.
pub(crate) fn text_of(value: Value<'_>) -> String {
    value.to_string().trim().to_string()
}

#[cfg(test)]
#[path = "build_tests.rs"]
mod tests;
