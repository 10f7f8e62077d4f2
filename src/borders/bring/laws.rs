//! The correction tables a release has at hand: its own, or those of a file named beside an imported one.

use crate::land::date::{self, Quarter};
use crate::land::{Outcome, Text};
use crate::price::correct::DateIndex;
use crate::price::system::{Development, PlotRatioLaw};
use crate::project::plan::IndexReading;
use crate::project::system::{Order, System, UseSystem};
use crate::project::{Project, index_by_use};
use crate::release::{Connotation, Release};
use crate::say;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::Path;

/// A price index by use key.
pub type Index = BTreeMap<String, Vec<(Quarter, f64)>>;

/// What prices of a release can be converted by.
pub struct Laws<'a> {
    pub release: &'a Release,
    name: String,
    system: System,
    /// Of a computed release: the table of plot ratios in its project, by use.
    tables: Vec<Vec<[f64; 2]>>,
    index: Index,
    by_month: bool,
    base: Option<Date>,
}

impl<'a> Laws<'a> {
    /// `corrections` and `index` take the place of those in the release where given; an index that lacks a use does not.
    ///
    /// # Errors
    /// What the project, the correction system and the index say.
    pub fn new(release: &'a Release, corrections: Option<&System>, index: Option<&Index>) -> Outcome<Laws<'a>> {
        let (mut tables, mut by_month) = (vec![Vec::new(); release.uses.len()], false);
        let mut quarter = None;
        if !release.head.project.is_empty() {
            let project = Project::sealed(&release.head.project, Path::new("project.toml"))?;
            let plans = project.uses.iter().map(|plan| plan.price.as_ref());
            for (table, plan) in tables.iter_mut().zip(plans) {
                table.clone_from(plan.map_or(&Vec::new(), |plan| &plan.plot_ratio_table));
            }
            let prices = project.prices.as_ref();
            by_month = prices.is_some_and(|plan| plan.index_reading == IndexReading::Month);
            quarter = prices.and_then(|plan| plan.base_quarter);
        }
        let own = &release.head.corrections;
        let system = match corrections {
            Some(system) => system.clone(),
            None if own.is_empty() => System::default(),
            None => System::parse(own, Path::new("corrections.toml"))?,
        };
        let mut merged = match release.head.index.as_str() {
            "" => Index::new(),
            text => index_by_use(text, "index.csv")?,
        };
        merged.extend(index.into_iter().flatten().map(|(key, values)| (key.clone(), values.clone())));
        let stated = release.head.base_date.as_deref().and_then(date::parse);
        let base = stated.or_else(|| quarter.and_then(|quarter| Date::new(quarter.year, quarter.quarter * 3, 1).ok()));
        let name = release.head.name.clone();
        Ok(Laws { release, name, system, tables, index: merged, by_month, base })
    }

    /// 估价期日.
    pub fn base(&self) -> Option<Date> {
        self.base
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// The same under another name, such as that of its district.
    #[must_use]
    pub fn called(self, name: &str) -> Laws<'a> {
        Laws { name: name.to_string(), ..self }
    }

    pub fn premises(&self, land_use: u8) -> Option<&Connotation> {
        self.release.uses[usize::from(land_use)].connotation.as_ref()
    }

    /// The tables of a use as they are written; `None` where there are none.
    pub fn of_use(&self, land_use: u8) -> Option<&UseSystem> {
        let key = &self.release.uses[usize::from(land_use)].key;
        self.system.uses.iter().find(|part| part.key == *key)
    }

    /// How the price of a grade follows the plot ratio.
    pub(super) fn plot_ratio(&self, land_use: u8, grade: u8) -> Option<PlotRatioLaw> {
        let set = self.premises(land_use)?.plot_ratio_of(grade);
        let own = self.of_use(land_use).and_then(|part| {
            part.plot_ratio.iter().find(|raw| raw.grades.as_ref().is_none_or(|grades| grades.contains(&grade)))
        });
        if let Some(raw) = own {
            return PlotRatioLaw::of(raw, raw.set.unwrap_or(set));
        }
        let table = self.tables.get(usize::from(land_use)).filter(|table| !table.is_empty())?;
        let raw = crate::project::system::PlotRatioLaw { table: Some(table.clone()), ..Default::default() };
        PlotRatioLaw::of(&raw, set)
    }

    pub(super) fn development(&self, land_use: u8) -> Option<Development> {
        let raw = self.of_use(land_use)?.development.as_ref()?;
        Some(Development { unit: raw.unit, costs: raw.costs.clone() })
    }

    pub(super) fn order(&self, land_use: u8) -> Order {
        self.of_use(land_use).map(|part| part.development_order).unwrap_or_default()
    }

    /// The index of a use on two days.
    ///
    /// # Errors
    /// Why there is none, as a sentence.
    pub fn index_between(&self, key: &str, from: Date, to: Date) -> Result<[f64; 2], Text> {
        let name = self.name();
        let Some(quarters) = self.index.get(key) else {
            return Err(say!("no price index of {key} for {name}", "{name} 没有用途 {key} 的地价指数"));
        };
        let series = DateIndex::new(Quarter::of(to), quarters).and_then(|index| match self.by_month {
            true => index.by_months(to),
            false => Ok(index),
        });
        let both = series.and_then(|index| Ok([index.value(from)?, index.value(to)?]));
        both.map_err(|fault| fault.what)
    }
}
