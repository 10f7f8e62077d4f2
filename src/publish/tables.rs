//! Every table of a release, made once and handed to each publisher.

use super::Options;
use super::areas_table::{areas_table, changes_table};
use super::corrections_table::corrections_table;
use super::grades_table::grades_table;
use super::limits_table::limits_table;
use super::parcels_table::{parcels_table, split_parcels_table};
use super::places_table::{price_areas_table, price_streets_table};
use super::premises_table::premises_table;
use super::price_table::price_table;
use super::samples_table::{rejected_table, samples_table};
use super::units::{Units, units_table};
use super::weights_table::weights_table;
use super::zones_table::zones_table;
use crate::formats::Table;
use crate::land::Text;
use crate::release::Release;
use crate::say;

/// The tables; those the release has nothing for are without rows.
pub(super) struct Tables<'a> {
    pub release: &'a Release,
    pub units: Table<'a>,
    /// With geometry.
    pub zones: Table<'a>,
    pub areas: Table<'a>,
    pub changes: Table<'a>,
    /// With geometry.
    pub parcels: Table<'a>,
    pub split_parcels: Table<'a>,
    pub prices: Table<'a>,
    /// With geometry.
    pub price_areas: Table<'a>,
    /// With geometry.
    pub price_streets: Table<'a>,
    pub premises: Table<'a>,
    pub corrections: Table<'a>,
    pub grades: Table<'a>,
    pub limits: Table<'a>,
    pub weights: Table<'a>,
    /// Without geometry, for tables.
    pub samples: Table<'a>,
    pub rejected: Table<'a>,
    /// Without geometry, for tables.
    pub findings: Table<'a>,
    /// What the release has none of, and fields that bear another name.
    pub remarks: Vec<Text>,
}

impl<'a> Tables<'a> {
    pub fn of(release: &'a Release, options: &Options) -> Tables<'a> {
        let lang = options.lang;
        let Units { table: units, renamed } = units_table(release, &options.selection, lang);
        let mut tables = Tables {
            release,
            units,
            zones: zones_table(release, lang),
            areas: areas_table(release, lang),
            changes: changes_table(release, lang),
            parcels: parcels_table(release, lang),
            split_parcels: split_parcels_table(release, lang),
            prices: price_table(release, lang),
            price_areas: price_areas_table(release, lang),
            price_streets: price_streets_table(release, lang),
            premises: premises_table(release, lang),
            corrections: corrections_table(release, lang),
            grades: grades_table(release, lang),
            limits: limits_table(release, lang),
            weights: weights_table(release),
            samples: samples_table(release, lang, None),
            rejected: rejected_table(release, lang),
            findings: release.findings.table(lang, None),
            remarks: Vec::new(),
        };
        tables.remarks = tables.missing();
        tables.remarks.extend(renamed);
        tables
    }

    /// The tables for people besides the units, in the order they are read; those without rows are left out.
    pub fn evidence(&self) -> impl Iterator<Item = &Table<'a>> {
        let shown = [
            &self.prices,
            &self.price_areas,
            &self.price_streets,
            &self.premises,
            &self.corrections,
            &self.grades,
            &self.areas,
            &self.changes,
            &self.split_parcels,
            &self.parcels,
            &self.limits,
            &self.weights,
            &self.samples,
            &self.rejected,
            &self.findings,
        ];
        shown.into_iter().filter(|table| table.rows > 0)
    }

    /// The layers besides the units that have places, in the order they are drawn; those without rows are left out.
    pub fn drawn(&self) -> impl Iterator<Item = &Table<'a>> {
        let layers = [&self.zones, &self.parcels, &self.price_areas, &self.price_streets];
        layers.into_iter().filter(|layer| layer.rows > 0)
    }

    /// What formats of a file per layer write: the units, the drawn layers, and the samples with their places where there are any.
    pub fn each<'b>(&'b self, samples: &'b Table<'b>) -> impl Iterator<Item = &'b Table<'b>>
    where
        'a: 'b,
    {
        std::iter::once(&self.units).chain(self.drawn()).chain(Some(samples).filter(|samples| samples.rows > 0))
    }

    fn missing(&self) -> Vec<Text> {
        let units = &self.release.units;
        let unpriced = units.prices.iter().all(|price| price.is_nan());
        let facts = [
            (units.is_empty(), say!("the release has no units", "该成果没有定级单元")),
            (
                units.shapes.is_none(),
                say!("the release has no geometry: only tables are published", "该成果没有几何:仅发布表格"),
            ),
            (units.scores.is_empty(), say!("the release has no factor scores", "该成果没有因素分值")),
            (units.totals.is_empty(), say!("the release has no total scores", "该成果没有总分值")),
            (unpriced, say!("the release has no prices of units", "该成果没有单元地价")),
            (
                self.prices.rows == 0,
                say!(
                    "the release has no benchmark prices by grade: no price table",
                    "该成果没有级别基准地价:无基准地价表"
                ),
            ),
            (self.limits.rows == 0, say!("the release has no score limits", "该成果没有级别分值界限")),
            (self.weights.rows == 0, say!("the release has no weights", "该成果没有因素权重")),
            (self.samples.rows == 0, say!("the release has no sale samples", "该成果没有交易样点")),
            (self.findings.rows == 0, say!("the release has no findings in its data", "该成果没有数据检查问题")),
        ];
        facts.into_iter().filter(|(missing, _)| *missing).map(|(_, fact)| fact).collect()
    }
}
