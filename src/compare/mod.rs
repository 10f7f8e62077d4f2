//! Two releases side by side: which units are the same, what became of the others, and how grades and prices moved.
//!
//! Units are matched by identifier where the ground agrees, else by the ground they share ([`matching`]); prices are compared only where
//! their premises agree ([`connotation`]); then come the changes unit by unit ([`changes`]), the matrices old grade × new grade
//! ([`transition`]) and the growth of prices ([`growth`]). [`write`](mod@write) makes the files (docs/comparing.md).

pub mod changes;
pub mod connotation;
mod corrections;
mod grade_cells;
pub mod growth;
pub mod matching;
pub mod options;
pub mod pair_growth;
pub mod quantiles;
pub mod reasons;
pub mod regrade;
mod report;
mod side;
pub mod summary;
mod tables;
mod tenths;
pub mod transition;
pub mod uses;
pub mod write;

#[cfg(test)]
pub(crate) mod fixture;

pub use changes::{Change, Flags};
pub use connotation::{Premise, Verdict};
pub use growth::{CellChange, GradeGrowth, UseGrowth};
pub use matching::{Kind, MatchedBy, Pair};
pub use options::Options;
pub use quantiles::Quantiles;
pub use reasons::Reasons;
pub use side::Side;
pub(crate) use side::prepare;
pub use summary::Summary;
pub use tenths::tenths;
pub use transition::Transition;
pub use uses::UseLink;
pub(crate) use uses::link;
pub use write::{Format, write};

use crate::land::progress::Watch;
use crate::land::{Outcome, Text, cancel};
use crate::release::Release;
use crate::say;
use crate::space::Crs;

/// Everything that two releases tell when laid side by side. Rows of units are places in [`Side::ids`], which is sorted.
pub struct Comparison<'a> {
    pub old: Side<'a>,
    pub new: Side<'a>,
    pub options: Options,
    /// The system in which the ground was compared.
    pub crs: Crs,
    /// The uses of the new release, then those only the old one has.
    pub uses: Vec<UseLink>,
    /// Whether prices may be compared, one per use.
    pub verdicts: Vec<Verdict>,
    /// Pairs and removed units in the order of the old identifiers, then added units.
    pub changes: Vec<Change>,
    /// Identifiers that both releases have at different places, as rows old and new; they were not trusted.
    pub moved_ids: Vec<(u32, u32)>,
    /// One matrix per use; empty where no units were compared.
    pub transitions: Vec<Transition>,
    /// One per use.
    pub growth: Vec<UseGrowth>,
    /// How far the growth of units spreads.
    pub quantiles: Vec<Quantiles>,
    /// Parts of the correction systems that differ.
    pub corrections: Vec<Text>,
    /// Why, where somebody recomputed.
    pub reasons: Option<Reasons>,
    /// What a reader must know: what was transformed, assumed, left out.
    pub notes: Vec<Text>,
}

/// Compares two releases. Equal releases give equal comparisons, whatever the order of their rows and the number of threads.
///
/// # Errors
/// `bad-option` where a share is none; `unknown-field` where a release lacks the confirming field; `no-transform`, `unknown-crs`
/// where coordinates cannot be brought to the common system; `cancelled`.
pub fn compare<'a>(
    old: &'a Release,
    new: &'a Release,
    options: &Options,
    watch: &dyn Watch,
) -> Outcome<Comparison<'a>> {
    options.check(old, new)?;
    watch.begin(&say!("comparing", "比较"), 4);
    let mut notes = Vec::new();
    notes.extend(backwards(old, new));
    let corrections = corrections::differences(old, new);
    notes.extend(corrections.iter().cloned());
    let uses = uses::link(&old.uses, &new.uses, &mut notes);
    let verdicts = connotation::judge(old, new, &uses, options.allow_different_connotation);
    let (old_side, new_side, crs) = side::prepare(old, new, &mut notes)?;
    cancel::checkpoint()?;
    watch.advance(1);
    let matching = matching::matching(&old_side, &new_side, &uses, crs.metres_per_unit, options, &mut notes)?;
    cancel::checkpoint()?;
    watch.advance(1);
    let changes = changes::list(&old_side, &new_side, &matching, &uses, &verdicts, options);
    let transitions = transition::matrices(&old_side, &new_side, &changes, &matching.passed, &uses);
    transition::tell_moved_ground(&old_side, &new_side, &transitions, &uses, &mut notes);
    cancel::checkpoint()?;
    watch.advance(1);
    let quantiles = quantiles::quantiles(&changes);
    let growth = growth::by_use(
        &old_side,
        &new_side,
        (&changes, &matching.passed),
        &uses,
        &verdicts,
        options.price_jump,
        &mut notes,
    );
    watch.advance(1);
    Ok(Comparison {
        old: old_side,
        new: new_side,
        options: options.clone(),
        crs,
        uses,
        verdicts,
        changes,
        moved_ids: matching.moved_ids,
        transitions,
        growth,
        quantiles,
        corrections,
        reasons: None,
        notes,
    })
}

/// A word where the old release is the later one. Dates are written year first, so that they sort as texts.
fn backwards(old: &Release, new: &Release) -> Option<Text> {
    let (before, after) =
        old.head.base_date.as_ref().zip(new.head.base_date.as_ref()).filter(|(old, new)| old > new)?;
    let (old, new) = (&old.head.name, &new.head.name);
    Some(say!(
        "the base date of the old release {old}, {before}, lies after that of the new one {new}, {after}: is their order meant?",
        "旧期 {old} 的估价期日 {before} 晚于新期 {new} 的 {after}:请确认两期的先后"
    ))
}

impl Comparison<'_> {
    /// For each unit of the new release, in its own rows, the change that stands for it, and how many units it had before: of several that which
    /// shares most ground with it, the first of equals.
    pub fn of_units(&self) -> Vec<Option<(&Change, usize)>> {
        let mut found: Vec<Option<(&Change, usize)>> = vec![None; self.new.len()];
        let ground =
            |change: &Change| if change.old.is_none() || change.shared.is_nan() { -1.0 } else { change.shared };
        for change in &self.changes {
            let Some(new) = change.new else { continue };
            let own = &mut found[self.new.own_row(new as usize)];
            let count = own.map_or(0, |(_, count)| count) + usize::from(change.old.is_some());
            let best = own.map(|(best, _)| best).filter(|best| best.old.is_some() && ground(best) >= ground(change));
            *own = Some((best.unwrap_or(change), count));
        }
        found
    }

    /// Whether anything differs: a unit, a use, a premise of a price, the correction system, a grade or a price of the tables. Dates and names do not count.
    pub fn has_differences(&self) -> bool {
        !self.moved_ids.is_empty()
            || self.uses.iter().any(|link| link.old.is_none() || link.new.is_none())
            || self.verdicts.iter().any(|verdict| !verdict.differences.is_empty())
            || !self.corrections.is_empty()
            || self.growth.iter().any(UseGrowth::differs)
            || self.changes.iter().any(Change::differs)
    }
}

#[cfg(test)]
#[path = "compare_tests.rs"]
mod tests;
