//! Radii and level scores that follow from rules (GB/T 18507-2014, commercial centres and roads): what they come to in a layer.

use super::build::{Members, field_of};
use super::scale;
use crate::ingest::survey::Layer;
use crate::land::column::Value;
use crate::land::{Fault, Outcome};
use crate::project::plan::{LevelPlan, RadiusRule, ReachPlan};
use crate::say;
use crate::space::{Point, Shapes, measure};

/// The radius and score of every level, by its rule or as stated. `centre` says that a level's score is that of a centre with all lower
/// functions; `city` is the graded area.
///
/// # Errors
/// `no-sources` (a rule without a feature to apply it to), `no-city-area`, `no-service-distance`, `bad-radius`, `bad-centre-levels` (mean
/// scores that do not fall), and what is wrong with a scale (`bad-scale`).
pub fn resolve(
    key: &str,
    plan: &ReachPlan,
    layer: &Layer,
    centre: bool,
    city: Option<&Shapes>,
) -> Outcome<Vec<(f64, f64)>> {
    let resolving = Resolving { key, plan, layer, city, members: Members::new(key, plan, layer)? };
    let mut numbers = Vec::new();
    for (at, level) in plan.levels.iter().enumerate() {
        let radius = match level.radius_rule {
            None => level.radius,
            Some(RadiusRule::Geometric) => resolving.geometric(at)?,
            Some(RadiusRule::Farthest) if at == 0 => resolving.to_the_edge()?,
            Some(RadiusRule::Farthest) => resolving.service(level)?,
            Some(RadiusRule::AreaOverLength) => resolving.area_over_length(at)?,
        };
        if !(0.001..=1e7).contains(&radius) {
            return Err(resolving.bad_radius(level, radius));
        }
        let score = if level.score_rule.is_some() { resolving.mean(level)? } else { level.score };
        numbers.push((radius, score));
    }
    match numbers.windows(2).position(|pair| pair[0].1 <= pair[1].1) {
        Some(at) if centre => Err(resolving.rising(at, numbers[at].1, numbers[at + 1].1)),
        _ => Ok(numbers),
    }
}

struct Resolving<'a> {
    key: &'a str,
    plan: &'a ReachPlan,
    layer: &'a Layer,
    city: Option<&'a Shapes>,
    members: Members<'a>,
}

impl Resolving<'_> {
    /// d = √(S/(nπ)) with n the centres that have the level's function: its own and higher ones.
    fn geometric(&self, at: usize) -> Outcome<f64> {
        let levels = &self.plan.levels[..=at];
        let having =
            (0..self.layer.shapes.len()).filter(|&feature| levels.iter().any(|l| self.members.belongs(l, feature)));
        let count = having.count();
        if count == 0 {
            return Err(self.nobody(&self.plan.levels[at]));
        }
        Ok((self.area()? / (count as f64 * std::f64::consts::PI)).sqrt())
    }

    /// The largest distance from the edge of a top centre to a corner of the city's edge.
    fn to_the_edge(&self) -> Outcome<f64> {
        let city = self.city.filter(|city| !city.is_empty()).ok_or_else(|| self.no_area())?;
        let mut farthest = f64::NEG_INFINITY;
        for centre in self.of(&self.plan.levels[0])? {
            let shape = self.layer.shapes.get(centre);
            let far = |corner: &Point| measure::distance(shape, *corner);
            farthest = city.points().iter().map(far).fold(farthest, f64::max);
        }
        Ok(farthest)
    }

    /// The largest service distance of the level's centres.
    fn service(&self, level: &LevelPlan) -> Outcome<f64> {
        let Some(field) = &self.plan.rules.service_field else { return Err(self.nobody(level)) };
        let values = field_of(self.key, self.layer, field)?;
        let mut largest = f64::NEG_INFINITY;
        for centre in self.of(level)? {
            let distance = match values.get(centre) {
                Value::Int(number) => number as f64,
                Value::Real(number) if !number.is_nan() => number,
                Value::Real(_) | Value::None | Value::Text(_) => return Err(self.no_distance(centre, field)),
            };
            largest = largest.max(distance);
        }
        Ok(largest)
    }

    /// d = S/(2L) with L the length of the class's roads, or of its own and higher ones'.
    fn area_over_length(&self, at: usize) -> Outcome<f64> {
        let from = if self.plan.rules.higher_too { 0 } else { at };
        let levels = &self.plan.levels[from..=at];
        let roads = (0..self.layer.shapes.len()).filter(|&road| levels.iter().any(|l| self.members.belongs(l, road)));
        let length: f64 = roads.map(|road| length(self.layer, road)).sum();
        if length <= 0.0 {
            return Err(self.nobody(&self.plan.levels[at]));
        }
        Ok(self.area()? / (2.0 * length))
    }

    /// The mean scale index of the level's centres.
    fn mean(&self, level: &LevelPlan) -> Outcome<f64> {
        let Some(scale) = &self.plan.scale else { return Err(self.nobody(level)) };
        let (scales, of_level) = (scale::of(self.key, self.layer, scale)?, self.of(level)?);
        Ok(of_level.iter().map(|&centre| scales[centre]).sum::<f64>() / of_level.len() as f64)
    }

    /// m².
    fn area(&self) -> Outcome<f64> {
        let of_city = || self.city.map(|city| city.iter().map(measure::area).sum::<f64>());
        let area = self.plan.rules.city_area.or_else(of_city);
        area.filter(|area| *area > 0.0).ok_or_else(|| self.no_area())
    }

    /// The features of a level, at least one.
    fn of(&self, level: &LevelPlan) -> Outcome<Vec<usize>> {
        let found: Vec<usize> =
            (0..self.layer.shapes.len()).filter(|&feature| self.members.belongs(level, feature)).collect();
        if found.is_empty() { Err(self.nobody(level)) } else { Ok(found) }
    }

    fn nobody(&self, level: &LevelPlan) -> Fault {
        let (key, name) = (self.key, &level.name);
        let what = say!(
            "factor {key}: level \"{name}\" has no feature that its radius or score could follow from",
            "因素 {key}:级别「{name}」没有可供推算半径或分值的要素"
        );
        let help = say!("state the number, or remove the level", "请直接写数值,或删去该级别");
        Fault::new("no-sources", what, help).at(&self.layer.name)
    }

    fn no_area(&self) -> Fault {
        let key = self.key;
        let what = say!("factor {key}: the graded area has no ground", "因素 {key}:定级范围没有面积");
        let help = say!("check the layer of project.graded_area", "请检查 project.graded_area 的图层");
        Fault::new("no-city-area", what, help)
    }

    fn no_distance(&self, centre: usize, field: &str) -> Fault {
        let (key, label) = (self.key, self.layer.labels.get(centre));
        let what = say!("factor {key}: {label} has no {field}", "因素 {key}:{label} 没有 {field}");
        let help = say!("fill in its service distance in metres", "请补填其服务距离(米)");
        Fault::new("no-service-distance", what, help).at(&self.layer.name)
    }

    fn bad_radius(&self, level: &LevelPlan, radius: f64) -> Fault {
        let (key, name) = (self.key, &level.name);
        let what = say!(
            "factor {key}: the radius of level \"{name}\" comes to {radius} m",
            "因素 {key}:级别「{name}」的半径推算为 {radius} m"
        );
        let help = say!("check what it follows from, or state it", "请检查推算依据,或直接写明半径");
        Fault::new("bad-radius", what, help).at(&self.layer.name)
    }

    fn rising(&self, at: usize, upper: f64, lower: f64) -> Fault {
        let (key, level, below) = (self.key, &self.plan.levels[at].name, &self.plan.levels[at + 1].name);
        let what = say!(
            "factor {key}: the score of {level} comes to {upper}, not above the {lower} of {below}",
            "因素 {key}:{level} 的分值为 {upper},不高于 {below} 的 {lower}"
        );
        let help = say!("check the levels of the centres and their scale", "请检查各中心的级别与规模");
        Fault::new("bad-centre-levels", what, help).at(&self.layer.name)
    }
}

fn length(layer: &Layer, road: usize) -> f64 {
    let of_ring = |points: &[Point]| points.windows(2).map(|pair| pair[0].distance(pair[1])).sum::<f64>();
    layer.shapes.get(road).rings().map(|ring| of_ring(ring.points)).sum()
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
