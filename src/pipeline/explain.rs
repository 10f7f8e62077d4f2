//! Explains units of a release from the release alone: its project file, its layers, its rows.

use super::{model, network};
use crate::explain::{Account, Prices, account, columns};
use crate::formats::Written;
use crate::formats::csv::{self, Header};
use crate::ingest::readers::raster::Grid;
use crate::ingest::survey::{FactorLayer, Units};
use crate::land::progress::Watch;
use crate::land::{Fault, Outcome};
use crate::project::{FactorKind, Project};
use crate::release::{LevelHead, Release};
use crate::score::{Explainer, Model};
use crate::space::{Shapes, measure};
use crate::{say, scale};
use std::path::Path;

/// Units explained and written at a time.
const BLOCK: usize = 1 << 15;

/// A release with the model its scores came from.
pub struct Explained<'a> {
    release: &'a Release,
    project: &'a Project,
    model: Model,
    prices: Prices,
    shapes: &'a Shapes,
}

impl<'a> Explained<'a> {
    /// `project` is the release's own. A raster that is not where it says is not needed: its scores are on record.
    ///
    /// # Errors
    /// `not-explainable` for imported releases; what the rasters' reader and the model say.
    pub fn new(release: &'a Release, project: &'a Project) -> Outcome<Explained<'a>> {
        let Some(shapes) = &release.units.shapes else { return Err(not_explainable()) };
        if release.layers.len() != project.factors.len() {
            return Err(not_explainable());
        }
        let mut layers = Vec::new();
        for (layer, factor) in release.layers.iter().zip(&project.factors) {
            layers.push(match (layer, &factor.kind) {
                (Some(layer), _) => FactorLayer::Vector(layer.clone()),
                (None, FactorKind::Raster(_)) if !factor.source.path.exists() => FactorLayer::Recorded,
                (None, FactorKind::Raster(plan)) => {
                    let mut grid = Grid::read(&factor.source.path)?;
                    grid.crs = factor.source.crs.clone().or(grid.crs);
                    FactorLayer::Grid(if plan.slope { grid.slope() } else { grid })
                }
                (None, _) => return Err(not_explainable()),
            });
        }
        let levels: Vec<Vec<LevelHead>> = release.head.factors.iter().map(|factor| factor.levels.clone()).collect();
        let network = network::of(project, release.network.as_ref());
        let model = model::model(project, &layers, &levels, &release.barriers, network.as_ref())?;
        let prices = Prices::new(release, project);
        Ok(Explained { release, project, model, prices, shapes })
    }

    /// One unit's account.
    ///
    /// # Errors
    /// `no-unit` with the nearest identifier; `explanation-differs`.
    pub fn unit(&self, id: &str) -> Outcome<Account> {
        let unit = self.release.units.ids.find_sorted(id).ok_or_else(|| no_unit(self.release, id))?;
        let accounts = self.block(unit..unit + 1)?;
        accounts.into_iter().next().ok_or_else(|| no_unit(self.release, id))
    }

    /// Every unit's account as columns of a CSV file, headed by field names or by titles.
    ///
    /// # Errors
    /// `explanation-differs`; where the file cannot be written.
    pub fn write_all(&self, target: &Path, header: Header, watch: &dyn Watch) -> Outcome<Written> {
        let count = self.release.units.len();
        watch.begin(&say!("explaining", "计算依据"), count as u64);
        let options = csv::Options { header, ..csv::Options::default() };
        let head = columns(self.release, &self.model, &[]);
        let mut writing = csv::Writing::start(&head, target, &options)?;
        for start in (0..count).step_by(BLOCK) {
            let end = (start + BLOCK).min(count);
            let accounts = self.block(start..end)?;
            writing.add(&columns(self.release, &self.model, &accounts))?;
            watch.advance((end - start) as u64);
        }
        writing.finish(&head)
    }

    fn block(&self, units: std::ops::Range<usize>) -> Outcome<Vec<Account>> {
        let (release, start, factors) = (self.release, units.start, self.model.fields.len());
        let mut shapes = Shapes::new(self.shapes.kind);
        units.clone().for_each(|unit| shapes.push_shape(self.shapes.get(unit)));
        let numbers: Vec<u32> = units.clone().map(|unit| unit as u32).collect();
        let block = Units {
            ids: release.units.ids.gather(&numbers),
            uses: release.units.uses[units.clone()].to_vec(),
            areas: release.units.areas[units.clone()].to_vec(),
            centroids: units.clone().filter_map(|unit| measure::centroid(self.shapes.get(unit))).collect(),
            order: (0..numbers.len() as u32).collect(),
            shapes,
            kept: Vec::new(),
        };
        let explained = scale::chunks_with(
            units.len(),
            64,
            || Explainer::new(&self.model),
            |explainer, chunk| {
                let explainer = explainer.as_mut().map_err(|fault| fault.clone())?;
                let one = |at: usize| {
                    let recorded = &release.units.scores[(start + at) * factors..(start + at + 1) * factors];
                    let explanation = explainer.explain(&block, at, recorded)?;
                    account(release, self.project, &self.model, &self.prices, start + at, &explanation)
                };
                chunk.map(one).collect::<Outcome<Vec<Account>>>()
            },
        );
        Ok(explained.into_iter().collect::<Outcome<Vec<_>>>()?.into_iter().flatten().collect())
    }
}

fn no_unit(release: &Release, id: &str) -> Fault {
    let ids = &release.units.ids;
    let nearest = (0..ids.len())
        .map(|unit| ids.show(unit))
        .min_by_key(|known| strsim::levenshtein(id, known))
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
