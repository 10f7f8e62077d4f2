//! Unit by unit: what it was, what it is, how far grade and price moved, and what deserves a second look.

use super::connotation::Verdict;
use super::matching::{Kind, MatchedBy, Matching};
use super::side::Side;
use super::uses::{Places, UseLink};
use super::{Options, Pair};
use crate::land::Text;
use crate::say;
use crate::scale;

/// A pair of units, or a unit that only one release has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// Rows of the sides.
    pub old: Option<u32>,
    pub new: Option<u32>,
    pub kind: Kind,
    /// `None` for added and removed units.
    pub by: Option<MatchedBy>,
    /// m² in common, 0 for added and removed units; NaN where unknown.
    pub shared: f64,
    /// The same as shares of each; NaN where unknown.
    pub share_old: f64,
    pub share_new: f64,
    /// Places among the comparison's uses.
    pub use_old: Option<u8>,
    pub use_new: Option<u8>,
    /// 0 is none.
    pub grade_old: u8,
    pub grade_new: u8,
    /// New grade less old grade: below 0 is better, as 1 is the best. `None` across uses or without both grades.
    pub dgrade: Option<i16>,
    /// 元/㎡; NaN where there is none.
    pub price_old: f64,
    pub price_new: f64,
    /// In %: (new − old) / old · 100; 0 where the two are one price within [`Verdict::tolerance`]. NaN across uses, without both prices, or
    /// where premises forbid it.
    pub growth: f64,
    /// Whether the price differs, or stands in one release only; never across uses or where prices are not compared.
    pub price_changed: bool,
    pub flags: Flags,
}

/// What deserves a second look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    pub use_changed: bool,
    pub grade_jump: bool,
    pub price_jump: bool,
    pub moved_id: bool,
    /// The prices are of different premises: not compared, or compared all the same because that was asked for.
    pub different_connotation: bool,
}

impl Flags {
    fn each(self) -> [(bool, &'static str, Text); 5] {
        [
            (self.use_changed, "use-changed", say!("use changed", "用途改变")),
            (self.grade_jump, "grade-jump", say!("grade jump", "级别突变")),
            (self.price_jump, "price-jump", say!("price jump", "价格突变")),
            (self.moved_id, "moved-id", say!("identifier elsewhere", "编号易位")),
            (self.different_connotation, "different-connotation", say!("premises differ", "内涵不同")),
        ]
    }

    /// The words in files.
    pub fn names(self) -> Vec<&'static str> {
        self.each().into_iter().filter(|(set, ..)| *set).map(|(_, name, _)| name).collect()
    }

    /// The words for readers.
    pub fn titles(self) -> Vec<Text> {
        self.each().into_iter().filter(|(set, ..)| *set).map(|(.., title)| title).collect()
    }
}

impl Change {
    /// Whether anything differs between the two.
    pub fn differs(&self) -> bool {
        self.kind != Kind::Same
            || self.flags.use_changed
            || self.flags.moved_id
            || self.grade_old != self.grade_new
            || self.price_changed
    }

    /// Whether a price of its own is all that differs: same ground, use and grade, and no flag.
    pub fn price_alone(&self) -> bool {
        self.price_changed
            && self.kind == Kind::Same
            && self.grade_old == self.grade_new
            && !(self.flags.use_changed || self.flags.moved_id || self.flags.price_jump)
    }
}

/// Every pair and removed unit in the order of the old rows, then every added unit.
pub(super) fn list(
    old: &Side<'_>,
    new: &Side<'_>,
    matching: &Matching,
    links: &[UseLink],
    verdicts: &[Verdict],
    options: &Options,
) -> Vec<Change> {
    let places = Places::new(links);
    let mut changes =
        scale::map(matching.pairs.len(), |at| of_pair(old, new, &matching.pairs[at], &places, verdicts, options));
    let alone = |side: &Side<'_>, row: u32, kind| {
        let (at, gone) = (row as usize, kind == Kind::Removed);
        let land_use = if gone { places.old(side.uses[at]) } else { places.new_use(side.uses[at]) };
        let (grade, price) = (side.grades[at], side.price(at));
        let (then, now) = if gone { (Some(row), None) } else { (None, Some(row)) };
        let only = |here: bool, value: f64| if here { value } else { f64::NAN };
        Change {
            old: then,
            new: now,
            kind,
            by: None,
            shared: 0.0,
            share_old: f64::NAN,
            share_new: f64::NAN,
            use_old: then.map(|_| land_use),
            use_new: now.map(|_| land_use),
            grade_old: if gone { grade } else { 0 },
            grade_new: if gone { 0 } else { grade },
            dgrade: None,
            price_old: only(gone, price),
            price_new: only(!gone, price),
            growth: f64::NAN,
            price_changed: false,
            flags: Flags::default(),
        }
    };
    changes.extend(matching.removed.iter().map(|&row| alone(old, row, Kind::Removed)));
    changes.sort_by_key(|change| (change.old, change.new));
    changes.extend(matching.added.iter().map(|&row| alone(new, row, Kind::Added)));
    mark_moved(&mut changes, matching);
    changes
}

fn of_pair(
    old: &Side<'_>,
    new: &Side<'_>,
    pair: &Pair,
    places: &Places,
    verdicts: &[Verdict],
    options: &Options,
) -> Change {
    let (one, two) = (pair.old as usize, pair.new as usize);
    let (use_old, use_new) = (places.old(old.uses[one]), places.new_use(new.uses[two]));
    let same_use = use_old == use_new;
    let (grade_old, grade_new) = (old.grades[one], new.grades[two]);
    let dgrade = (same_use && grade_old > 0 && grade_new > 0).then(|| i16::from(grade_new) - i16::from(grade_old));
    let (price_old, price_new) = (old.price(one), new.price(two));
    let verdict = &verdicts[usize::from(use_new)];
    let compared = same_use && verdict.comparable;
    let same_price = verdict.same_price(price_old, price_new) || (price_old.is_nan() && price_new.is_nan());
    let growth = match (compared, same_price) {
        (false, _) => f64::NAN,
        (true, true) if price_old > 0.0 => 0.0,
        (true, _) => growth_of(price_old, price_new),
    };
    let flags = Flags {
        use_changed: !same_use,
        grade_jump: dgrade.is_some_and(|dgrade| dgrade != 0 && dgrade.unsigned_abs() >= u16::from(options.grade_jump)),
        price_jump: growth.abs() > options.price_jump,
        moved_id: false,
        different_connotation: verdict.despite && !growth.is_nan()
            || same_use && !verdict.comparable && !(price_old.is_nan() && price_new.is_nan()),
    };
    Change {
        old: Some(pair.old),
        new: Some(pair.new),
        kind: pair.kind,
        by: Some(pair.by),
        shared: pair.shared,
        share_old: pair.share_old,
        share_new: pair.share_new,
        use_old: Some(use_old),
        use_new: Some(use_new),
        grade_old,
        grade_new,
        dgrade,
        price_old,
        price_new,
        growth,
        price_changed: compared && !same_price,
        flags,
    }
}

/// (P₁ − P₀) / P₀ in %; NaN without both prices.
pub(super) fn growth_of(old: f64, new: f64) -> f64 {
    // Multiplied first: 4635 against 4800 gives −3.4375 and no trailing digits.
    if old > 0.0 { (new - old) * 100.0 / old } else { f64::NAN }
}

fn mark_moved(changes: &mut [Change], matching: &Matching) {
    if matching.moved_ids.is_empty() {
        return;
    }
    let mut news: Vec<u32> = matching.moved_ids.iter().map(|&(_, new)| new).collect();
    news.sort_unstable();
    let moved_old = |row: u32| matching.moved_ids.binary_search_by_key(&row, |&(old, _)| old).is_ok();
    let moved_new = |row: u32| news.binary_search(&row).is_ok();
    for change in changes {
        change.flags.moved_id = change.old.is_some_and(moved_old) || change.new.is_some_and(moved_new);
    }
}

#[cfg(test)]
#[path = "changes_tests.rs"]
mod tests;
