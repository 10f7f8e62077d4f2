//! Makes the groups of a point, line or centre factor from its layer.

use super::{Barred, Group, Polygons, Reach, Segment, Sources, scale};
use crate::factors::attenuation::Attenuation;
use crate::factors::barrier::{self, Barriers, Seed, Ways};
use crate::ingest::survey::Layer;
use crate::land::column::Value;
use crate::land::{Fault, Outcome, Values};
use crate::project::plan::{Form, LevelPlan, ReachPlan};
use crate::say;
use crate::space::index::BoxIndex;
use crate::space::{Extent, Kind, Point, Shapes};
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
    let levels = plan.level_field.as_ref().map(|field| field_of(key, layer, field)).transpose()?;
    let scales = plan.scale.as_ref().map(|scale| scale::of(key, layer, scale)).transpose()?;
    let mut groups = Vec::new();
    for (at, level) in plan.levels.iter().enumerate() {
        // The levels whose features carry this group's function.
        let carriers: &[LevelPlan] = if function_layers { &plan.levels[..=at] } else { std::slice::from_ref(level) };
        let next = if function_layers { plan.levels.get(at + 1).map_or(0.0, |next| next.score) } else { 0.0 };
        let law = Attenuation { form: plan.form, radius: level.radius, reached_at_radius: plan.reached_at_radius };
        let mut chosen = Vec::new();
        for feature in 0..layer.shapes.len() {
            let belongs = carriers.iter().any(|carrier| match (&carrier.level, levels) {
                (Some(wanted), Some(values)) => text_of(values.get(feature)) == *wanted,
                _ => true,
            });
            if belongs {
                let scale = scales.as_ref().map_or(100.0, |scales| scales[feature]);
                let score = (level.score - next) * scale / 100.0;
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
        groups.push(group(level, level.score - next, law, &layer.shapes, &chosen, barriers));
    }
    Ok(Reach { groups, combine: plan.combine })
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
    let mut group = Group { name, law, score, half_width: level.half_width, sources, functions, index, barred: None };
    group.barred = barriers.map(|barriers| Barred { barriers: barriers.clone(), ways: ways(&group, barriers) });
    group
}

/// A source cut where walls cross it, so that each piece has one side's places before it; pieces end a little off the wall.
fn pieces(barriers: &Barriers, segment: Segment, into: &mut Vec<Segment>) {
    let (a, b) = (segment.a, segment.b);
    let length = a.distance(b);
    let mut found = Vec::new();
    barriers.touching(Extent::of(&[a, b]), &mut found);
    let mut cuts: Vec<f64> = found
        .iter()
        .map(|&wall| barriers.wall(wall))
        .filter(|wall| barrier::parts(*wall, a, b))
        .map(|[from, to]| {
            let (of_a, of_b) = (barrier::side(from, to, a), barrier::side(from, to, b));
            of_a / (of_a - of_b)
        })
        .collect();
    cuts.sort_by(f64::total_cmp);
    let at = |along: f64| Point::new(a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along);
    let clear = barrier::CLEARANCE / length;
    let mut start = 0.0;
    for cut in cuts.into_iter().map(|cut| (cut, true)).chain([(1.0, false)]) {
        let (end, next) = if cut.1 { (cut.0 - clear, cut.0 + clear) } else { (1.0, 1.0) };
        if start <= end {
            let whole = start == 0.0 && end == 1.0;
            let (a, b) = if whole { (a, b) } else { (at(start), at(end)) };
            into.push(Segment { a, b, ..segment });
        }
        start = next;
    }
}

/// The ways of a group past its barriers, from what each of their nodes sees: of its sources the nearest, and farther ones that are stronger.
fn ways(group: &Group, barriers: &Barriers) -> Ways {
    let reach = group.law.radius + group.half_width;
    barriers.ways(reach, |node| {
        let (mut near, mut walls, mut seeds) = (Vec::new(), Vec::new(), Vec::new());
        group.index.touching(Extent::of(&[node.place]).grown(reach), &mut near);
        let mut seen: Vec<(f64, Point, u32)> = near
            .iter()
            .map(|&number| {
                let segment = &group.sources.segments[number as usize];
                let foot = barrier::foot(node.place, segment.a, segment.b);
                (foot.distance(node.place), foot, number)
            })
            .filter(|(distance, ..)| *distance < reach)
            .collect();
        seen.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.2.cmp(&other.2)));
        let mut strongest = f64::NEG_INFINITY;
        for (distance, foot, number) in seen {
            let Segment { strength, feature, .. } = group.sources.segments[number as usize];
            if strength > strongest && !barriers.blocked(node.place, foot, &mut walls) {
                strongest = strength;
                seeds.push(Seed { distance, strength, feature });
            }
        }
        seeds
    })
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
