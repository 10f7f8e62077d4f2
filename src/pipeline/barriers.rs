//! What is to be said of barriers: places inside their polygons, which nothing reaches.

use super::levels;
use crate::ingest::finding::{Code, Finding, Policies};
use crate::ingest::survey::{FactorLayer, Survey};
use crate::project::Project;
use crate::say;
use crate::space::covering::{Spot, covering};
use crate::space::{Kind, Point};

/// A finding for each barrier of polygons that units or facilities of its factors lie in.
pub(super) fn doubts(project: &Project, policies: &Policies, survey: &Survey) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, (plan, layers)) in project.barriers.iter().zip(&survey.barriers).enumerate() {
        let walls = &layers.walls.shapes;
        let factors: Vec<usize> = (0..project.factors.len())
            .filter(|&factor| levels::of(&project.factors[factor]).is_some_and(|plan| plan.barriers.contains(&at)))
            .collect();
        if walls.kind != Kind::Polygon || factors.is_empty() {
            continue;
        }
        let kinds = vec![0; walls.len()];
        let inside = |places: &[Point]| -> Vec<usize> {
            let spots: Vec<Spot> = places.iter().map(|&place| Spot { place, kind: 0 }).collect();
            let covered = covering(walls, &kinds, &spots).into_iter().enumerate();
            covered.filter_map(|(at, wall)| wall.map(|_| at)).collect()
        };
        let key = &plan.key;
        let mut tell = |layer: &str, feature: String, place: Point, count: usize, what: (&str, &str)| {
            let (en, zh) = what;
            let detail = say!(
                "{en} inside the barrier {key}: {count}; no way leads in or out, the factors it stands before give 0 there",
                "位于阻隔 {key} 内的{zh}:{count} 个;无路出入,相关因素在此得 0 分"
            );
            found.push(Finding::new(policies, Code::BarrierDoubt, layer, detail).of_feature(&feature).at(Some(place)));
        };
        let units = inside(&survey.units.centroids);
        if let Some(&first) = units.first() {
            let place = survey.units.centroids[first];
            tell("units", survey.units.ids.show(first).to_string(), place, units.len(), ("units", "单元"));
        }
        for factor in factors {
            let FactorLayer::Vector(layer) = &survey.layers[factor] else { continue };
            if layer.shapes.kind != Kind::Point {
                continue;
            }
            let facilities = inside(layer.shapes.points());
            if let Some(&first) = facilities.first() {
                let (label, place) = (layer.labels.get(first).to_string(), layer.shapes.points()[first]);
                tell(&layer.name, label, place, facilities.len(), ("facilities", "设施"));
            }
        }
    }
    found
}
