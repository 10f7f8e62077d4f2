//! The tables of one use and grade, picked and worked out once for all parcels in it.

use super::making::Making;
use super::{Appraised, Subject};
use crate::land::money::Rounding;
use crate::land::services::Services;
use crate::land::{Outcome, Text};
use crate::price::street::DepthRule;
use crate::price::system::{Development, FactorTable, Form, PlotRatioLaw, System, Table, TermLaw, factors, is_for};
use crate::project::system::{Effect, Order};
use crate::say;
use std::sync::Arc;

/// The key of the depth behind a street, m.
pub const DEPTH: &str = "depth";

/// Decimals of a percentage that follows from an amplitude.
const DECIMALS: u32 = 2;

/// A table with what it is called.
#[derive(Clone, Debug)]
pub(super) struct Named<T> {
    pub key: Arc<str>,
    pub name: Arc<Text>,
    pub table: T,
}

impl<T> Named<T> {
    fn new(key: &str, name: Text, table: T) -> Named<T> {
        Named { key: key.into(), name: Arc::new(name), table }
    }
}

/// Everything a parcel of a use and grade is valued by.
#[derive(Clone, Debug)]
pub struct Ready {
    pub(super) grade: u8,
    /// 元/㎡.
    pub(super) benchmark: f64,
    /// The price of the grade, which the least price of a negotiated grant follows from, 元/㎡.
    pub(super) of_grade: f64,
    /// The lowest and the highest sample of the grade at the connotation.
    pub(super) samples: Option<(f64, f64)>,
    /// How the benchmark was rounded.
    pub(super) rounding: Rounding,
    /// F+ and F−, percent.
    pub(super) amplitude: (f64, f64),
    pub(super) factors: Vec<Named<FactorTable>>,
    pub(super) sums: Vec<Named<Table>>,
    pub(super) products: Vec<Named<Table>>,
    pub(super) date: Named<()>,
    pub(super) plot_ratio: Named<Option<PlotRatioLaw>>,
    pub(super) term: Named<TermLaw>,
    pub(super) development: Named<Option<Development>>,
    pub(super) set_services: Option<Services>,
    pub(super) decimals: Option<u32>,
    pub(super) order: Order,
    /// Whether the price is that of a street.
    pub(super) street: bool,
    /// Whether prices are of floor.
    pub(super) floor: bool,
    /// The set plot ratio.
    pub set_plot_ratio: f64,
}

impl Ready {
    /// `benchmark` is the published price of the use and grade, 元/㎡; `samples` its lowest and highest sample.
    pub fn new(system: &System, grade: u8, benchmark: f64, samples: Option<(f64, f64)>) -> Ready {
        let stated = system.amplitude.iter().find(|entry| is_for(entry.grades.as_ref(), grade));
        let amplitude = match (stated, samples) {
            (Some(entry), _) => (entry.up, entry.down),
            (None, Some((lowest, highest))) => factors::amplitude(benchmark, highest, lowest),
            (None, None) => (0.0, 0.0),
        };
        let weighted = system.weighted.iter().map(|(table, weight)| {
            let steps = factors::steps(amplitude.0, amplitude.1, *weight, DECIMALS);
            FactorTable { steps, ..table.clone() }
        });
        let factors = system.factors.iter().cloned().chain(weighted).filter(|table| table.is_for(grade));
        let tables = |into: Effect| {
            let own = system.tables.iter().filter(move |table| table.into == into && table.is_for(grade));
            own.map(|table| Named::new(&table.key, Text::same(&table.name), table.clone())).collect()
        };
        Ready {
            grade,
            benchmark,
            of_grade: benchmark,
            samples,
            rounding: Rounding::NONE,
            amplitude,
            factors: factors.map(|table| Named::new(&table.key.clone(), Text::same(&table.name), table)).collect(),
            sums: tables(Effect::Sum),
            products: tables(Effect::Product),
            date: Named::new("date", say!("date", "期日"), ()),
            plot_ratio: Named::new(
                "plot_ratio",
                say!("plot ratio", "容积率"),
                system.plot_ratio.iter().find(|law| law.is_for(grade)).cloned(),
            ),
            term: Named::new("term", say!("term", "年期"), system.term.clone()),
            development: Named::new("development", say!("development", "开发程度"), system.development.clone()),
            set_services: system.set_services_of(grade),
            decimals: system.decimals,
            order: system.order,
            street: false,
            floor: system.floor,
            set_plot_ratio: system.set_plot_ratio_of(grade),
        }
    }

    /// Where the benchmark was rounded so.
    pub fn rounded(self, rounding: Rounding) -> Ready {
        Ready { rounding, ..self }
    }

    /// As it is in an area or on a street with a price of its own: `of_grade` is the price of the grade, 元/㎡.
    pub fn inside(self, of_grade: f64) -> Ready {
        Ready { of_grade, ..self }
    }

    /// As it is on a street: its price is for a standard depth, m, and the rule takes the place of every table of depths.
    pub fn on_street(mut self, standard_depth: f64, rule: DepthRule) -> Ready {
        for tables in [&mut self.sums, &mut self.products] {
            tables.retain(|named| &*named.key != DEPTH && !matches!(named.table.form, Form::Depth(..)));
        }
        let name = say!("depth", "进深");
        let form = Form::Depth(standard_depth, rule);
        let table = Table { key: DEPTH.to_string(), name: name.zh.clone(), grades: None, form, into: Effect::Product };
        self.products.push(Named::new(DEPTH, name, table));
        self.street = true;
        self
    }

    /// 修正幅度: F+ and F− of the grade, percent; 0 where neither the file nor samples tell.
    pub fn amplitude(&self) -> (f64, f64) {
        self.amplitude
    }

    /// The factors with the steps of the grade.
    pub fn factor_tables(&self) -> impl Iterator<Item = &FactorTable> {
        self.factors.iter().map(|factor| &factor.table)
    }

    /// The keys of the conditions it asks for.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        let factors = self.factors.iter().map(|factor| &*factor.key);
        factors.chain(self.sums.iter().chain(&self.products).map(|table| &*table.key))
    }

    /// The keys of the conditions it asks for, each with its name.
    pub(super) fn named(&self) -> impl Iterator<Item = (&str, &Text)> {
        let factors = self.factors.iter().map(|factor| (&*factor.key, &*factor.name));
        factors.chain(self.sums.iter().chain(&self.products).map(|table| (&*table.key, &*table.name)))
    }

    /// Values a parcel.
    ///
    /// # Errors
    /// `bad-condition` naming a condition that is no step, word or number of its table, or that no table is for; `plot-ratio`, `term` where
    /// they are no positive numbers.
    pub fn appraise(&self, subject: &Subject<'_>) -> Outcome<Appraised> {
        Making::new(self, subject).all()
    }
}
