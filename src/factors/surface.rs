//! A raster factor: the value at a place, scaled to 0–100.

use super::normalise::Scale;
use crate::ingest::readers::raster::Grid;
use crate::land::Outcome;
use crate::project::plan::RasterPlan;
use crate::space::crs::Transform;
use crate::space::{Crs, Point};

/// A raster factor. Places are in the raster's own system.
pub struct Surface {
    pub grid: Grid,
    /// The project's system, where the raster has another.
    project_crs: Option<Crs>,
    /// How a value becomes a score.
    pub scale: Scale,
    /// The score where the raster says nothing; NaN where the project states none.
    pub default: f64,
}

impl Surface {
    /// Builds a raster factor from its grid (already turned into slopes where the plan asks for them).
    ///
    /// # Errors
    /// `flat-index` where the raster does not vary.
    pub fn build(key: &str, plan: &RasterPlan, grid: Grid, project_crs: &Crs) -> Outcome<Surface> {
        let values: Vec<f64> = grid.values.iter().map(|&value| f64::from(value)).collect();
        let other = grid.crs.as_ref().is_some_and(|crs| !crs.same_as(project_crs));
        let project_crs = other.then(|| project_crs.clone());
        Ok(Surface {
            project_crs,
            scale: Scale::new(plan.scaling, &values, key)?,
            grid,
            default: plan.default.unwrap_or(f64::NAN),
        })
    }

    /// The way from the project's system into the raster's; `None` where they are one.
    ///
    /// # Errors
    /// `no-transform`.
    pub fn transform(&self) -> Outcome<Option<Transform>> {
        match (&self.project_crs, &self.grid.crs) {
            (Some(from), Some(to)) => Transform::new(from, to).map(Some),
            _ => Ok(None),
        }
    }

    /// The value of the raster at a place and its score; NaN for both where there is neither a value nor a default.
    pub fn score(&self, place: Point) -> (f64, f64) {
        let value = self.grid.sample(place);
        if value.is_nan() { (value, self.default) } else { (value, self.scale.score(value)) }
    }
}
