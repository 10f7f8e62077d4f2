//! Explains a unit of a release from the release alone: its project file, its layers, its rows.

use super::model;
use crate::ingest::readers::raster::Grid;
use crate::ingest::survey::{FactorLayer, Units};
use crate::land::{Fault, Outcome};
use crate::project::{FactorKind, Project};
use crate::release::Release;
use crate::say;
use crate::score::{self, Explanation, Model};
use crate::space::{Shapes, measure};

/// A unit's explanation with what is needed to read it.
pub struct Explained {
    pub explanation: Explanation,
    pub project: Project,
    pub model: Model,
    /// The unit's row in the release.
    pub unit: usize,
}

/// Explains one unit. `project` is the release's own, its sources beside it where rasters are among the factors.
///
/// # Errors
/// `no-unit` with the nearest identifier; `not-explainable` for imported releases.
pub fn explain(release: &Release, project: Project, id: &str) -> Outcome<Explained> {
    let unit = release.units.ids.find_sorted(id).ok_or_else(|| no_unit(release, id))?;
    let Some(shapes) = &release.units.shapes else { return Err(not_explainable()) };
    if release.layers.is_empty() {
        return Err(not_explainable());
    }
    let mut layers = Vec::new();
    for (layer, factor) in release.layers.iter().zip(&project.factors) {
        layers.push(match (layer, &factor.kind) {
            (Some(layer), _) => FactorLayer::Vector(layer.clone()),
            (None, FactorKind::Raster(plan)) => {
                let mut grid = Grid::read(&factor.source.path)?;
                grid.crs = factor.source.crs.clone().or(grid.crs);
                FactorLayer::Grid(if plan.slope { grid.slope() } else { grid })
            }
            (None, _) => return Err(not_explainable()),
        });
    }
    let model = model(&project, &layers)?;
    let mut one = Shapes::new(shapes.kind);
    one.push_shape(shapes.get(unit));
    let units = Units {
        ids: release.units.ids.gather(&[unit as u32]),
        uses: vec![release.units.uses[unit]],
        areas: vec![release.units.areas[unit]],
        centroids: measure::centroid(shapes.get(unit)).into_iter().collect(),
        order: vec![0],
        shapes: one,
        kept: Vec::new(),
    };
    let explanation = score::explain(&model, &units, 0)?;
    Ok(Explained { explanation, project, model, unit })
}

fn no_unit(release: &Release, id: &str) -> Fault {
    let ids = &release.units.ids;
    let nearest = (0..ids.len())
        .map(|unit| ids.show(unit))
        .max_by(|a, b| strsim::jaro_winkler(id, a).total_cmp(&strsim::jaro_winkler(id, b)))
        .unwrap_or_default();
    Fault::new(
        "no-unit",
        say!("the release has no unit \"{id}\"", "成果中没有单元「{id}」"),
        say!("the nearest identifier is \"{nearest}\"", "最接近的编号为「{nearest}」"),
    )
}

fn not_explainable() -> Fault {
    Fault::new(
        "not-explainable",
        say!("an imported release holds results only, not what they come from", "导入的成果只有结果,没有计算依据"),
        say!("explain a release that was made here", "请对本程序生成的成果使用 explain"),
    )
}
