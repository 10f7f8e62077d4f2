//! What a release holds, in memory: the same whether it was just computed, opened from its folder, or imported from elsewhere.

use super::grade_map::GradeMap;
use super::manifest::State;
use super::priced::{PriceCell, RejectedRow, SampleRow};
use super::tiling::TilingHead;
use crate::ingest::finding::Findings;
use crate::ingest::survey::{BarrierLayers, Layer};
use crate::land::{Column, IdColumn, Text};
use crate::say;
use crate::space::{Crs, Shapes};
use serde::{Deserialize, Serialize};

/// A whole release.
pub struct Release {
    pub head: Head,
    pub uses: Vec<UseHead>,
    pub units: UnitRows,
    /// Use by use, from the best grade to the worst; empty where nothing was priced.
    pub cells: Vec<PriceCell>,
    /// Every sample with what became of it.
    pub samples: Vec<SampleRow>,
    /// Every other row of the samples' table, with the reason.
    pub rejected: Vec<RejectedRow>,
    pub findings: Findings,
    /// The factor layers the scores came from, in the project's system, so that a score can be explained from the release alone.
    /// Empty for imported releases; a raster's place holds no layer.
    pub layers: Vec<Option<Layer>>,
    /// The barriers those layers' influence goes round, in the project's order.
    pub barriers: Vec<BarrierLayers>,
    /// The lines those layers' distances run along, where the project names them.
    pub network: Option<Layer>,
    /// Grade zones, areas and what the clean-up changed.
    pub map: GradeMap,
}

/// What the release is.
#[derive(Clone, Debug)]
pub struct Head {
    /// The release's name, which is its folder's.
    pub name: String,
    /// The project's title.
    pub title: String,
    pub crs: Crs,
    /// 估价期日, `YYYY-MM-DD`.
    pub base_date: Option<String>,
    pub supersedes: Option<String>,
    pub origin: Origin,
    /// The project file's text; empty for imported releases.
    pub project: String,
    pub factors: Vec<FactorHead>,
    /// 因素; none where weights stand on one layer.
    pub groups: Vec<GroupHead>,
    pub inputs: Vec<Input>,
    /// How the units were made; `None` where they were given.
    pub tiling: Option<TilingHead>,
    /// The correction system's file; empty where the project names none.
    pub corrections: String,
    /// The price index as CSV: `quarter` and a column per use key; empty where there is none.
    pub index: String,
    /// Of an imported release the mapping it was read by, as TOML; empty of others.
    pub mapping: String,
    /// What the gate found, as JSON, where the release is sealed as final; empty of drafts.
    pub gate: String,
}

/// Where a release comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Computed here.
    Computed,
    /// Taken over from a foreign layer or table.
    Imported,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FactorHead {
    pub key: String,
    pub name: String,
    /// The key of the group it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// Where radii or scores of its levels follow from rules: what they came to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelHead>,
}

/// A level's radius and score where a rule gave one of them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LevelHead {
    pub level: String,
    /// m.
    pub radius: f64,
    /// `geometric`, `farthest` or `area-over-length`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius_rule: Option<String>,
    /// 0–100; of centres the level's own score, before it is split into function layers.
    pub score: f64,
    /// `mean`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score_rule: Option<String>,
}

/// A group of factors (因素).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupHead {
    pub key: String,
    pub name: String,
}

/// A file the release was made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Input {
    /// As the project file names it.
    pub path: String,
    pub bytes: u64,
    /// SHA-256, hexadecimal; empty until the release is sealed.
    #[serde(rename = "sha256")]
    pub digest: String,
}

/// A use with its grading and the connotation of its price.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct UseHead {
    pub key: String,
    pub name: String,
    /// The number of grades; 1 is the best.
    pub grades: u8,
    /// The method of the breaks, in the project file's word; empty for imported releases.
    pub method: String,
    /// Why that method or those limits, where the project file says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Ascending score limits between the grades.
    #[serde(with = "super::manifest::reals")]
    pub limits: Vec<f64>,
    /// The share of the spread of totals that the grades explain; NaN where unknown.
    #[serde(with = "super::manifest::real")]
    pub gvf: f64,
    /// One weight per factor; empty for imported releases.
    #[serde(with = "super::manifest::reals")]
    pub weights: Vec<f64>,
    /// Where there are groups: the weights on both layers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub layers: Option<Layers>,
    /// Where the weights, or those of the groups, come from judgements: how consistent those are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged: Option<Judged>,
    /// Score limits of the alternative gradings, in the order of [`UnitRows::alternatives`].
    #[serde(with = "super::manifest::real_lists")]
    pub alternative_limits: Vec<Vec<f64>>,
    pub connotation: Option<Connotation>,
}

/// Weights on two layers; a factor's is the product of its group's and its own inside the group.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Layers {
    /// One per group.
    #[serde(with = "super::manifest::reals")]
    pub groups: Vec<f64>,
    /// One per factor: its weight inside its group; NaN for a factor without a group.
    #[serde(with = "super::manifest::reals")]
    pub inside: Vec<f64>,
    /// Where weights inside groups come from judgements: how consistent those are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub judged: Vec<GroupJudged>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GroupJudged {
    /// The group's key.
    pub group: String,
    pub judged: Judged,
}

/// Where a factor stands on the upper layer of a use's weights.
#[derive(Clone, Copy, Debug)]
pub struct Within<'a> {
    pub group: Option<&'a GroupHead>,
    /// The group's weight, and the factor's inside it; NaN without a group.
    pub group_weight: f64,
    pub inside: f64,
}

impl Head {
    /// Draft or final.
    pub fn state(&self) -> State {
        if self.gate.is_empty() { State::Draft } else { State::Final }
    }

    /// Where a factor stands among the groups, and with what weights.
    pub fn within(&self, land_use: &UseHead, factor: &FactorHead) -> Within<'_> {
        let number = |group: &String| self.groups.iter().position(|known| known.key == *group);
        let group = factor.group.as_ref().and_then(number);
        let at = self.factors.iter().position(|known| known.key == factor.key);
        let layers = land_use.layers.as_ref();
        let weight = |(layers, group): (&Layers, usize)| layers.groups.get(group).copied();
        let inside = |(layers, at): (&Layers, usize)| layers.inside.get(at).copied();
        Within {
            group: group.map(|group| &self.groups[group]),
            group_weight: layers.zip(group).and_then(weight).unwrap_or(f64::NAN),
            inside: layers.zip(at).and_then(inside).unwrap_or(f64::NAN),
        }
    }
}

impl UseHead {
    /// Every set of judgements behind the weights, with a line about it.
    pub fn judgements(&self) -> impl Iterator<Item = (&Judged, Text)> {
        let whole = self.judged.iter().map(|judged| (judged, judged.text()));
        let inside = self.layers.iter().flat_map(|layers| &layers.judged).map(|GroupJudged { group, judged }| {
            let Text { en, zh } = judged.text();
            (judged, say!("inside {group}: {en}", "{group} 组内:{zh}"))
        });
        whole.chain(inside)
    }
}

/// The consistency of the judgements that weights were derived from (层次分析法).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Judged {
    /// `eigenvector`, `geometric-mean` or `column-mean`.
    pub solver: String,
    pub lambda_max: f64,
    /// (λmax − n) / (n − 1), the random index of n factors, and their ratio, the consistency ratio.
    pub ci: f64,
    pub ri: f64,
    pub cr: f64,
    /// Why a ratio of 0.1 or more was accepted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_because: Option<String>,
}

impl Judged {
    /// The consistency in a line.
    pub fn text(&self) -> Text {
        let Judged { lambda_max, ci, ri, cr, .. } = self;
        let solver = match self.solver.as_str() {
            "geometric-mean" => say!("geometric means", "方根法"),
            "column-mean" => say!("column means", "和积法"),
            _ => say!("eigenvector", "特征向量法"),
        };
        let Text { en, zh } = solver;
        let (told_en, told_zh) = match &self.accepted_because {
            Some(reason) => {
                (format!(", 0.1 or more, accepted because: {reason}"), format!(",不小于 0.1,采用理由:{reason}"))
            }
            None => (", below 0.1".to_string(), ",小于 0.1".to_string()),
        };
        say!(
            "AHP by {en}: λmax {lambda_max:.4}, CI {ci:.4}, RI {ri:.2}, CR {cr:.4}{told_en}",
            "层次分析法({zh}):λmax {lambda_max:.4},CI {ci:.4},RI {ri:.2},CR {cr:.4}{told_zh}"
        )
    }
}

/// The premises of a price (基准地价内涵): prices with different ones must not be compared unawares.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Connotation {
    /// Years; NaN where unknown.
    #[serde(with = "super::manifest::real")]
    pub term: f64,
    /// The set plot ratio; NaN where unknown.
    #[serde(with = "super::manifest::real")]
    pub plot_ratio: f64,
    /// `ground` or `floor`; empty where unknown.
    pub kind: String,
    /// Such as 六通一平; empty where unknown.
    pub development: String,
    /// The land capitalisation rate; NaN where unknown.
    #[serde(with = "super::manifest::real")]
    pub rate: f64,
    /// The unit of the prices, 元/㎡.
    pub unit: String,
    /// Where imported prices came in another unit: what its last decimal place is worth in 元/㎡; NaN elsewhere.
    #[serde(
        default = "super::manifest::real::unknown",
        with = "super::manifest::real",
        skip_serializing_if = "super::manifest::real::is_unknown"
    )]
    pub last_place: f64,
    /// The right that is priced; empty where unknown, as the three below.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub right: String,
    /// The classification of the use, with its version.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub classification: String,
    /// The ground the prices hold for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub scope: String,
    /// `mean`, `minimum` or `range`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub meaning: String,
    /// Where grades differ from their use.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by_grade: Vec<GradeConnotation>,
}

/// What is set otherwise for some grades.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GradeConnotation {
    pub grades: Vec<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plot_ratio: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub development: Option<String>,
}

impl Connotation {
    /// Of which nothing is known.
    pub const UNKNOWN: Connotation = Connotation {
        term: f64::NAN,
        plot_ratio: f64::NAN,
        kind: String::new(),
        development: String::new(),
        rate: f64::NAN,
        unit: String::new(),
        last_place: f64::NAN,
        right: String::new(),
        classification: String::new(),
        scope: String::new(),
        meaning: String::new(),
        by_grade: Vec::new(),
    };

    /// The set plot ratio of a grade.
    pub fn plot_ratio_of(&self, grade: u8) -> f64 {
        self.own(grade).and_then(|own| own.plot_ratio).unwrap_or(self.plot_ratio)
    }

    /// The set development of a grade.
    pub fn development_of(&self, grade: u8) -> &str {
        self.own(grade).and_then(|own| own.development.as_deref()).unwrap_or(&self.development)
    }

    fn own(&self, grade: u8) -> Option<&GradeConnotation> {
        self.by_grade.iter().find(|own| own.grades.contains(&grade))
    }
}

/// The units, in columns, sorted by identifier.
#[derive(Debug)]
pub struct UnitRows {
    pub ids: IdColumn,
    pub uses: Vec<u8>,
    /// Polygons as a rule; `None` for imported tables without geometry.
    pub shapes: Option<Shapes>,
    /// m²; NaN where unknown.
    pub areas: Vec<f64>,
    /// Row-major units × factors; empty for imported releases.
    pub scores: Vec<f64>,
    /// 0–100; empty for imported releases without totals.
    pub totals: Vec<f64>,
    /// 1 is the best, 0 none.
    pub grades: Vec<u8>,
    /// Further gradings, by field name.
    pub alternatives: Vec<(String, Vec<u8>)>,
    /// 元/㎡ as published; NaN where there is none; empty where nothing was priced.
    pub prices: Vec<f64>,
    /// Fields carried through.
    pub kept: Vec<Column>,
}

impl UnitRows {
    /// No units: what a release of price tables alone has.
    pub fn none() -> UnitRows {
        UnitRows {
            ids: IdColumn::Int(Vec::new()),
            uses: Vec::new(),
            shapes: None,
            areas: Vec::new(),
            scores: Vec::new(),
            totals: Vec::new(),
            grades: Vec::new(),
            alternatives: Vec::new(),
            prices: Vec::new(),
            kept: Vec::new(),
        }
    }

    pub fn len(&self) -> usize {
        self.uses.len()
    }

    pub fn is_empty(&self) -> bool {
        self.uses.is_empty()
    }

    /// 元/㎡ as published; NaN where there is none.
    pub fn price(&self, unit: usize) -> f64 {
        self.prices.get(unit).copied().unwrap_or(f64::NAN)
    }
}
