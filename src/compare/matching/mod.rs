//! Which unit is which: by identifier where the ground agrees, else by the ground that units share, or by place where they are points.

mod ground;
mod groups;
mod ids;
mod places;
mod shift;

use super::side::Side;
use super::uses::UseLink;
use super::{Options, uses};
use crate::land::{Outcome, Text};
use crate::say;
use crate::space;
use serde::Serialize;

/// What became of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Identifier and ground kept.
    Same,
    /// Identifier kept, boundary changed.
    Recut,
    /// Identifier and shape kept, at another place near by.
    Shifted,
    /// One old unit became several.
    Split,
    /// Several old units became one.
    Merged,
    /// Several old units became several others.
    Regrouped,
    /// One old unit became one new unit with another identifier.
    Replaced,
    /// No old unit lies there.
    Added,
    /// No new unit lies there.
    Removed,
}

/// How two units were found to belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MatchedBy {
    /// The identifier, and the ground agrees.
    Id,
    /// The identifier alone: at least one of the two has no geometry.
    IdWithoutGeometry,
    /// The identifier and the confirming field, at another place.
    IdAndField,
    /// The confirming field alone, that no other unit has.
    Field,
    /// The ground they share.
    Overlap,
    /// The nearest point of the other release, each the other's.
    Nearest,
}

/// An old and a new unit that belong together; a unit that was split or merged is in several pairs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Rows of the sides.
    pub old: u32,
    pub new: u32,
    pub kind: Kind,
    pub by: MatchedBy,
    /// m² they have in common: measured between polygons, else the smaller of the two areas; NaN where unknown.
    pub shared: f64,
    /// The same as shares of each.
    pub share_old: f64,
    pub share_new: f64,
}

/// All units of two releases, each in at least one pair or in one list; nothing where a release has tables alone.
#[derive(Debug, Default)]
pub struct Matching {
    /// By old row, then new row.
    pub pairs: Vec<Pair>,
    /// Rows without a counterpart, ascending.
    pub removed: Vec<u32>,
    pub added: Vec<u32>,
    /// Rows, old and new, that bear one identifier at different places.
    pub moved_ids: Vec<(u32, u32)>,
    /// Ground that passed between units which do not belong together, as at a boundary that moved: rows, old and new, and m².
    pub passed: Vec<(u32, u32, f64)>,
}

impl Kind {
    pub const ALL: [Kind; 9] = [
        Kind::Same,
        Kind::Recut,
        Kind::Shifted,
        Kind::Split,
        Kind::Merged,
        Kind::Regrouped,
        Kind::Replaced,
        Kind::Added,
        Kind::Removed,
    ];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Same => "same",
            Kind::Recut => "recut",
            Kind::Shifted => "shifted",
            Kind::Split => "split",
            Kind::Merged => "merged",
            Kind::Regrouped => "regrouped",
            Kind::Replaced => "replaced",
            Kind::Added => "added",
            Kind::Removed => "removed",
        }
    }

    /// The word for readers.
    pub fn title(self) -> Text {
        match self {
            Kind::Same => say!("same ground", "范围未变"),
            Kind::Recut => say!("re-cut", "界址变更"),
            Kind::Shifted => say!("shifted", "整体平移"),
            Kind::Split => say!("split", "分割"),
            Kind::Merged => say!("merged", "合并"),
            Kind::Regrouped => say!("regrouped", "重新划分"),
            Kind::Replaced => say!("replaced", "换号"),
            Kind::Added => say!("added", "新增"),
            Kind::Removed => say!("removed", "灭失"),
        }
    }
}

impl MatchedBy {
    pub const ALL: [MatchedBy; 6] = [
        MatchedBy::Id,
        MatchedBy::IdWithoutGeometry,
        MatchedBy::IdAndField,
        MatchedBy::Field,
        MatchedBy::Overlap,
        MatchedBy::Nearest,
    ];

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            MatchedBy::Id => "id",
            MatchedBy::IdWithoutGeometry => "id-without-geometry",
            MatchedBy::IdAndField => "id-and-field",
            MatchedBy::Field => "field",
            MatchedBy::Overlap => "overlap",
            MatchedBy::Nearest => "nearest",
        }
    }

    /// The word for readers.
    pub fn title(self) -> Text {
        match self {
            MatchedBy::Id => say!("identifier", "编号"),
            MatchedBy::IdWithoutGeometry => say!("identifier, no geometry", "编号(无几何)"),
            MatchedBy::IdAndField => say!("identifier and field", "编号与字段"),
            MatchedBy::Field => say!("field", "字段"),
            MatchedBy::Overlap => say!("shared ground", "叠置"),
            MatchedBy::Nearest => say!("nearest point", "最近点"),
        }
    }
}

/// Matches all units. `metres_per_unit` is that of the common system.
///
/// # Errors
/// `cancelled`.
pub(super) fn matching(
    old: &Side<'_>,
    new: &Side<'_>,
    links: &[UseLink],
    metres_per_unit: f64,
    options: &Options,
    notes: &mut Vec<Text>,
) -> Outcome<Matching> {
    for (side, other) in [(old, new), (new, old)] {
        if side.is_empty() && !side.release.cells.is_empty() && !other.is_empty() {
            let name = &side.release.head.name;
            notes.push(say!(
                "{name} holds price tables and no units: units were not compared",
                "{name} 只有地价表、没有单元:未比较单元"
            ));
            return Ok(Matching::default());
        }
    }
    let joined = ids::join(&old.ids, &new.ids);
    if joined.repeated > 0 {
        let count = joined.repeated;
        notes.push(say!(
            "{count} identifiers occur more than once in a release and were not used for matching",
            "{count} 个编号在同一期中重复,未用于匹配"
        ));
    }
    let places = uses::Places::new(links);
    let mut matching = match (old.kind(), new.kind()) {
        (Some(space::Kind::Polygon), Some(space::Kind::Polygon)) => {
            ground::matching(old, new, &joined.pairs, &places, metres_per_unit, options, notes)?
        }
        (Some(_), Some(_)) => places::matching(old, new, &joined.pairs, metres_per_unit, options, notes)?,
        _ => {
            if !old.is_empty() && !new.is_empty() {
                notes.push(match options.witness {
                    None => say!(
                        "a release has no geometry: units were matched by identifier alone",
                        "有一期没有几何:单元仅按编号匹配"
                    ),
                    Some(_) => say!(
                        "a release has no geometry: units were matched by identifier where the confirming field does not speak against it, then by that field",
                        "有一期没有几何:单元按编号匹配(佐证字段不一致的除外),其余按佐证字段匹配"
                    ),
                });
            }
            places::tables(old, new, &joined.pairs, options)
        }
    };
    matching.pairs.sort_unstable_by_key(|pair| (pair.old, pair.new));
    matching.moved_ids.sort_unstable();
    let (mut gone, mut come) = (vec![true; old.len()], vec![true; new.len()]);
    for pair in &matching.pairs {
        (gone[pair.old as usize], come[pair.new as usize]) = (false, false);
    }
    let rows = |missing: &[bool]| (0..missing.len() as u32).filter(|&row| missing[row as usize]).collect();
    (matching.removed, matching.added) = (rows(&gone), rows(&come));
    // A unit that only one release has counts with all its ground already.
    matching.passed.retain(|&(one, two, _)| !gone[one as usize] && !come[two as usize]);
    Ok(matching)
}

/// A pair that only the identifier makes; a changed area is the only sign of another boundary.
fn by_id_alone(old: &Side<'_>, new: &Side<'_>, one: u32, two: u32, options: &Options) -> Pair {
    let (a, b) = (old.area(one), new.area(two));
    let recut = (a.min(b) / a.max(b)) < 1.0 - options.recut_share;
    let kind = if recut { Kind::Recut } else { Kind::Same };
    unmeasured(old, new, (one, two), kind, MatchedBy::IdWithoutGeometry)
}

/// A pair whose shared ground was not measured: the smaller area stands for it.
fn unmeasured(old: &Side<'_>, new: &Side<'_>, (one, two): (u32, u32), kind: Kind, by: MatchedBy) -> Pair {
    let (a, b) = (old.area(one), new.area(two));
    let shared = if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) };
    Pair { old: one, new: two, kind, by, shared, share_old: share(shared, a), share_new: share(shared, b) }
}

fn share(shared: f64, area: f64) -> f64 {
    if area > 0.0 { (shared / area).min(1.0) } else { f64::NAN }
}

#[cfg(test)]
#[path = "matching_tests.rs"]
mod tests;
