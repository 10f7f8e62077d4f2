//! What a checked factor means.

use super::Source;
use std::collections::BTreeMap;

/// A group of factors (因素).
#[derive(Debug)]
pub struct GroupPlan {
    pub key: String,
    pub name: String,
}

#[derive(Debug)]
pub struct FactorPlan {
    pub key: String,
    pub name: String,
    /// The group it belongs to, by its number.
    pub group: Option<usize>,
    /// Which factor of the standard it is.
    pub standard: Option<String>,
    pub source: Source,
    /// The field that names a feature in explanations.
    pub label: Option<String>,
    pub kind: FactorKind,
}

#[derive(Clone, Debug, PartialEq)]
pub enum FactorKind {
    /// Facilities whose influence fades with distance: points, or the edge of lines and polygons.
    Point(ReachPlan),
    /// Lines of classes.
    Line(ReachPlan),
    /// Commercial centres with function layers (功能分割).
    Centre(ReachPlan),
    Area(AreaPlan),
    Raster(RasterPlan),
}

/// Influence that fades with distance.
#[derive(Clone, Debug, PartialEq)]
pub struct ReachPlan {
    pub form: Form,
    /// Whether a place at exactly the radius is reached.
    pub reached_at_radius: bool,
    pub scale: Option<ScalePlan>,
    pub level_field: Option<String>,
    pub levels: Vec<LevelPlan>,
    pub combine: Combine,
    /// The barriers distances go round, by their numbers in the project.
    pub barriers: Vec<usize>,
    pub distance: Distance,
    pub grades: Option<GradesPlan>,
    pub rules: Rules,
    pub directions: Option<DirectionsPlan>,
}

/// How distances are measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Distance {
    #[default]
    Straight,
    /// Along the network.
    Network,
}

/// The grades of facilities.
#[derive(Clone, Debug, PartialEq)]
pub struct GradesPlan {
    pub field: String,
    /// What each grade multiplies the function score by; empty where levels alone tell grades apart.
    pub coefficients: BTreeMap<String, f64>,
}

/// What radii by rule need.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rules {
    /// m²; that of the graded area where it is not stated.
    pub city_area: Option<f64>,
    /// The field with a centre's service distance.
    pub service_field: Option<String>,
    /// Whether the length of higher classes counts with a class's own.
    pub higher_too: bool,
}

/// A coefficient by the number of directions that have a road.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DirectionsPlan {
    /// m.
    pub within: f64,
    /// For one (or no), two, three and four directions.
    pub coefficients: [f64; 4],
}

/// Where a facility's scale, 0–100, comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum ScalePlan {
    /// A field that holds it.
    Index(String),
    /// Fields with indicators, not negative: the (weighted) mean of each against the largest in the layer, times 100 (规模指数).
    Indicators {
        fields: Vec<String>,
        /// In their order; each counts the same where there are none.
        weights: Option<Vec<f64>>,
    },
}

impl ScalePlan {
    pub fn fields(&self) -> &[String] {
        match self {
            ScalePlan::Index(field) => std::slice::from_ref(field),
            ScalePlan::Indicators { fields, .. } => fields,
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct LevelPlan {
    /// The level field's value as text; `None` takes every feature.
    pub level: Option<String>,
    /// The grade field's value; `None` takes every grade.
    pub grade: Option<String>,
    pub name: String,
    /// Where a rule gives radius or score, NaN until [`ReachPlan::with`] says what it comes to.
    pub radius: f64,
    pub score: f64,
    pub half_width: f64,
    pub radius_rule: Option<RadiusRule>,
    pub score_rule: Option<ScoreRule>,
}

/// Where a radius comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RadiusRule {
    /// √(S/(nπ)) with n the centres of the level and of higher ones.
    Geometric,
    /// From the top centres to the edge of the city; of other levels the largest service distance.
    Farthest,
    /// S/(2L) with L the length of the roads.
    AreaOverLength,
}

impl RadiusRule {
    pub fn word(self) -> &'static str {
        match self {
            RadiusRule::Geometric => "geometric",
            RadiusRule::Farthest => "farthest",
            RadiusRule::AreaOverLength => "area-over-length",
        }
    }
}

/// Where the score of a level comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScoreRule {
    /// The mean of its members' scale indices.
    Mean,
}

impl ReachPlan {
    /// Whether a radius or score follows from a rule.
    pub fn has_rules(&self) -> bool {
        self.levels.iter().any(|level| level.radius_rule.is_some() || level.score_rule.is_some())
    }

    /// The plan with the radius and score of every level, as rules gave them.
    pub fn with(&self, numbers: impl IntoIterator<Item = (f64, f64)>) -> ReachPlan {
        let mut plan = self.clone();
        plan.levels.iter_mut().zip(numbers).for_each(|(level, numbers)| (level.radius, level.score) = numbers);
        plan
    }
}

/// The form of attenuation (衰减).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Linear,
    Exponential,
}

/// How levels come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    Sum,
    Max,
}

#[derive(Clone, Debug, PartialEq)]
pub struct AreaPlan {
    pub score: AreaScore,
    /// The score where the layer says nothing; without it such a unit is a fault in the data.
    pub default: Option<f64>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum AreaScore {
    /// A field that holds the score.
    Field(String),
    /// A field of categories with a score each.
    Category { field: String, scores: BTreeMap<String, f64> },
    /// A field with an index that is scaled to 0–100.
    Index { field: String, scaling: Scaling },
    /// Services: 100 · Σ index · level · rate.
    Services { services: Vec<ServicePlan>, percent: bool },
    /// Several indices: Σ index · normalised value.
    Items(Vec<ItemPlan>),
}

#[derive(Clone, Debug, PartialEq)]
pub struct ServicePlan {
    pub name: String,
    pub index: f64,
    pub level: AmountPlan,
    pub rate: AmountPlan,
}

/// A number for every feature, or the field that holds it.
#[derive(Clone, Debug, PartialEq)]
pub enum AmountPlan {
    Number(f64),
    Field(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct ItemPlan {
    pub field: String,
    pub name: String,
    pub index: f64,
    pub scaling: Scaling,
}

#[derive(Clone, Debug, PartialEq)]
pub struct RasterPlan {
    pub slope: bool,
    pub scaling: Scaling,
    pub default: Option<f64>,
}

/// Areal normalisation (GB/T 18507, general quantification): to 0–100 between two ends, which way round, with caps.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scaling {
    pub high_is_good: bool,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub percentiles: Option<[f64; 2]>,
    /// Where the middle is best: the range that scores 100, within `low` and `high`, which are then known and score 0.
    pub best: Option<[f64; 2]>,
}
