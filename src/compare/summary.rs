//! The comparison in short, for programs: counts per kind, transitions, growth.

use super::matching::{Kind, MatchedBy};
use super::reasons::ReasonsSummary;
use super::{CellChange, Change, Comparison, Transition, UseGrowth};
use crate::land::{Lang, Text};
use crate::say;
use serde::Serialize;
use std::collections::BTreeMap;

/// What `--json` prints. Numbers that are not known are `null`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summary {
    pub old: ReleaseSummary,
    pub new: ReleaseSummary,
    /// The system in which the ground was compared.
    pub crs: String,
    pub has_differences: bool,
    /// Pairs and units per kind, every kind named.
    pub kinds: BTreeMap<&'static str, usize>,
    /// Pairs per way of matching.
    pub matched_by: BTreeMap<&'static str, usize>,
    /// Identifiers that both releases have at different places.
    pub moved_ids: Vec<String>,
    pub changed: Changed,
    /// Uses that one release has.
    pub added_uses: Vec<String>,
    pub removed_uses: Vec<String>,
    pub transitions: Vec<Transition>,
    pub growth: Vec<UseGrowth>,
    /// Why prices changed, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reasons: Option<ReasonsSummary>,
    /// Premises of prices that differ or are unknown, and everything else to know.
    pub notes: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReleaseSummary {
    pub name: String,
    pub title: String,
    pub base_date: Option<String>,
    pub crs: String,
    pub units: usize,
}

/// Cells of the price table; `growth[].grades[].change` says which.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct CellsChanged {
    pub added: usize,
    pub removed: usize,
    pub changed: usize,
    /// Flagged: |growth| above the options' limit.
    pub price_jumps: usize,
}

/// Pairs in which something moved, and cells.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Changed {
    pub land_use: usize,
    pub grade: usize,
    /// Of uses whose prices are compared.
    pub price: usize,
    /// Cells of the price table, use × grade.
    pub cells: CellsChanged,
    /// Flagged: |Δgrade| and |growth| at or above the options' limits.
    pub grade_jumps: usize,
    pub price_jumps: usize,
}

impl Comparison<'_> {
    /// The comparison in short; notes in `lang`.
    pub fn summary(&self, lang: Lang) -> Summary {
        let mut kinds: BTreeMap<&'static str, usize> = Kind::ALL.iter().map(|kind| (kind.name(), 0)).collect();
        let mut matched_by: BTreeMap<&'static str, usize> = BTreeMap::new();
        let changed = self.changed();
        for change in &self.changes {
            *kinds.entry(change.kind.name()).or_default() += 1;
            if let Some(by) = change.by {
                *matched_by.entry(MatchedBy::name(by)).or_default() += 1;
            }
        }
        let release = |side: &super::Side<'_>| ReleaseSummary {
            name: side.release.head.name.clone(),
            title: side.release.head.title.clone(),
            base_date: side.release.head.base_date.clone(),
            crs: side.release.head.crs.label(),
            units: side.len(),
        };
        let keys = |wanted: &dyn Fn(&super::UseLink) -> bool| -> Vec<String> {
            self.uses.iter().filter(|link| wanted(link)).map(|link| link.key.clone()).collect()
        };
        Summary {
            old: release(&self.old),
            new: release(&self.new),
            crs: self.crs.label(),
            has_differences: self.has_differences(),
            kinds,
            matched_by,
            moved_ids: self.moved_ids.iter().map(|&(old, _)| self.old.ids.show(old as usize)).collect(),
            changed,
            added_uses: keys(&|link| link.old.is_none()),
            removed_uses: keys(&|link| link.new.is_none()),
            transitions: self.transitions.clone(),
            growth: self.growth.clone(),
            reasons: self.reasons.as_ref().map(|reasons| reasons.summary(self)),
            notes: self.sentences(lang),
        }
    }

    /// How many pairs and cells of the price table moved.
    pub fn changed(&self) -> Changed {
        let count = |moved: &dyn Fn(&Change) -> bool| {
            self.changes.iter().filter(|change| change.by.is_some() && moved(change)).count()
        };
        let cells = |change| self.growth.iter().map(|of_use| of_use.cells(change)).sum();
        Changed {
            land_use: count(&|change| change.flags.use_changed),
            grade: count(&|change| !change.flags.use_changed && change.grade_old != change.grade_new),
            price: count(&|change| change.price_changed),
            cells: CellsChanged {
                added: cells(CellChange::Added),
                removed: cells(CellChange::Removed),
                changed: cells(CellChange::Changed),
                price_jumps: self.growth.iter().map(UseGrowth::price_jumps).sum(),
            },
            grade_jumps: count(&|change| change.flags.grade_jump),
            price_jumps: count(&|change| change.flags.price_jump),
        }
    }

    /// Identifiers that are not to be trusted: the same number stands on other ground.
    fn strangers(&self) -> Option<Text> {
        const TOLD: usize = 5;
        let ids: Vec<String> =
            self.moved_ids.iter().take(TOLD).map(|&(old, _)| self.old.ids.show(old as usize).to_string()).collect();
        let (count, list) = (self.moved_ids.len(), ids.join(", "));
        let dots = if count > TOLD { " …" } else { "" };
        (count > 0).then(|| {
            say!(
                "identifiers that stand on other ground in the later release, and are not trusted: {count} ({list}{dots})",
                "后期成果中位于其他地块、不予采信的编号:{count} 个({list}{dots})"
            )
        })
    }

    /// Everything a reader must know, first about the premises of prices.
    pub fn sentences(&self, lang: Lang) -> Vec<String> {
        let premises = self.uses.iter().zip(&self.verdicts).flat_map(|(link, verdict)| verdict.sentences(&link.name));
        premises
            .chain(self.strangers())
            .chain(self.notes.iter().cloned())
            .map(|text| text.in_lang(lang).to_string())
            .collect()
    }
}
