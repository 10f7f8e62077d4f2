//! What a release holds of prices: those of the grades, and the samples they rest on.

use super::content::UseHead;
use crate::land::money::round_half_up;
use crate::land::step::Step;
use crate::land::{Text, money};
use crate::say;
use crate::space::Point;

/// The benchmark price of a use and grade with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct PriceCell {
    pub use_index: u8,
    pub grade: u8,
    /// Units of the grade.
    pub units: usize,
    /// Their area, m².
    pub area: f64,
    /// Samples, and those that remained after screening.
    pub samples: usize,
    pub kept: usize,
    /// 元/㎡ from the samples, unrounded; `None` without samples.
    pub raw: Option<f64>,
    /// Standard deviation, least and greatest of the kept samples, and the 95 % interval of their mean.
    pub deviation: Option<f64>,
    pub lowest: Option<f64>,
    pub highest: Option<f64>,
    pub interval: Option<(f64, f64)>,
    /// 元/㎡ as published, rounded once.
    pub published: Option<f64>,
    /// How a cell without samples was filled.
    pub filled: Option<Text>,
    /// Where people decided on the price.
    pub decided: Option<Decided>,
}

/// Why a price is not the computed one.
#[derive(Clone, Debug, PartialEq)]
pub struct Decided {
    /// 元/㎡ by the rules; `None` where they give none.
    pub computed: Option<f64>,
    pub reason: String,
}

impl Decided {
    /// For readers.
    pub fn text(&self) -> Text {
        let reason = &self.reason;
        match self.computed.map(|price| round_half_up(price, 2)) {
            Some(rules) => say!("decided, {rules} by the rules: {reason}", "另行确定,按规则为 {rules}:{reason}"),
            None => say!("decided, no price by the rules: {reason}", "另行确定,按规则无价格:{reason}"),
        }
    }
}

impl UseHead {
    /// 万元/亩 of land of a price of one of its grades: a price of floor (楼面地价) is brought to the land by the set plot ratio. `None` where that is
    /// not known.
    pub fn per_mu(&self, grade: u8, price: f64) -> Option<f64> {
        let premises = self.connotation.as_ref().filter(|premises| premises.kind == "floor");
        let ratio = premises.map_or(1.0, |premises| premises.plot_ratio_of(grade));
        (!price.is_nan() && ratio > 0.0).then(|| money::wan_per_mu(money::product(price, ratio)))
    }
}

/// A sample with what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleRow {
    pub id: String,
    pub place: Point,
    pub use_index: u8,
    /// The unit it lies in, by its identifier; empty where it lies in none.
    pub unit: String,
    /// 0 where it lies in no unit.
    pub grade: u8,
    /// 元/㎡ as sold.
    pub price: f64,
    /// `YYYY-MM-DD`, empty where unknown.
    pub date: String,
    /// NaN where unknown, as the two below.
    pub plot_ratio: f64,
    /// Remaining years.
    pub term: f64,
    /// m².
    pub area: f64,
    pub k_date: f64,
    pub k_term: f64,
    pub k_plot_ratio: f64,
    /// 元/㎡ at the connotation; NaN where it was not corrected.
    pub corrected: f64,
    /// `used`, or why not.
    pub outcome: Text,
    pub used: bool,
    pub detail: SampleDetail,
}

/// What fewer samples have: the transaction behind the price, further corrections.
#[derive(Clone, Debug, PartialEq)]
pub struct SampleDetail {
    /// What findings call it while it is priced; not kept.
    pub called: String,
    /// The type of the transaction by its key; empty where it is not told.
    pub kind: String,
    /// Scores, 100 where usual; NaN where they are not told.
    pub condition: f64,
    pub region: f64,
    /// The services of its site as written.
    pub services: String,
    pub k_condition: f64,
    pub k_region: f64,
    /// Added for services it lacks, 元/㎡; less for those beyond the connotation.
    pub development: f64,
    /// The area it lies in and the street it fronts on, by their identifiers, where those have prices of their own.
    pub area: String,
    pub street: String,
    /// Metres behind the street; NaN where it is not told.
    pub depth: f64,
    /// 元/㎡ of the standard depth that its price speaks of; NaN off the streets.
    pub street_price: f64,
    /// Whether it is used for the price of that area and of that street; only where it lies in one.
    pub area_used: bool,
    pub street_used: bool,
    /// From the figures of the transaction to the price, in order; empty where the price is the one in the table.
    pub steps: Vec<Step>,
}

impl Default for SampleDetail {
    fn default() -> SampleDetail {
        SampleDetail {
            called: String::new(),
            kind: String::new(),
            condition: f64::NAN,
            region: f64::NAN,
            services: String::new(),
            k_condition: f64::NAN,
            k_region: f64::NAN,
            development: f64::NAN,
            area: String::new(),
            street: String::new(),
            depth: f64::NAN,
            street_price: f64::NAN,
            area_used: true,
            street_used: true,
            steps: Vec::new(),
        }
    }
}

/// A row of the samples' table that no price is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct RejectedRow {
    pub id: String,
    /// NaN where it has no place.
    pub place: Point,
    /// `None` where it is not known.
    pub use_index: Option<u8>,
    /// 元/㎡; NaN where there is none.
    pub price: f64,
    pub outcome: Text,
}
