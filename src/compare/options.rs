//! What the reader of a comparison decides: from what share on ground agrees, and what is worth a flag.

use crate::land::{Fault, Outcome};
use crate::release::Release;
use crate::say;

/// How two releases are compared. Shares lie between 0 and 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// An identifier is trusted where the two units share at least this much of the smaller one.
    pub id_share: f64,
    /// Units of different identifiers belong together where they share at least this much of the smaller one.
    pub main_share: f64,
    /// A unit that keeps its identifier counts as re-cut where more than this share of the larger of its two shapes is not common.
    pub recut_share: f64,
    /// Shared ground below this share of the smaller unit is a sliver and no match.
    pub sliver_share: f64,
    /// So is shared ground below this area in m², unless it is most of the smaller unit.
    pub sliver_area: f64,
    /// Points belong together within this many metres.
    pub point_tolerance: f64,
    /// A field carried through that confirms an identifier whose place moved, such as the address.
    pub witness: Option<String>,
    /// Δgrade from this size on is flagged.
    pub grade_jump: u8,
    /// Growth above this size in % is flagged.
    pub price_jump: f64,
    /// Whether prices of different premises are compared all the same; every result then says so.
    pub allow_different_connotation: bool,
}

impl Default for Options {
    /// Flags at two grades and 30 %. In the Osaka price points of 2015 and 2016 a re-used number lies 49 m or more from its old place,
    /// and all points but one that stayed lie within 24 m: hence 30 m.
    fn default() -> Options {
        Options {
            id_share: 0.5,
            main_share: 0.5,
            recut_share: 0.001,
            sliver_share: 0.2,
            sliver_area: 1.0,
            point_tolerance: 30.0,
            witness: None,
            grade_jump: 2,
            price_jump: 30.0,
            allow_different_connotation: false,
        }
    }
}

impl Options {
    /// Every option that cannot be meant, at once.
    pub(super) fn check(&self, old: &Release, new: &Release) -> Outcome<()> {
        let shares = [
            ("id_share", self.id_share),
            ("main_share", self.main_share),
            ("recut_share", self.recut_share),
            ("sliver_share", self.sliver_share),
        ];
        let sizes = [
            ("sliver_area", self.sliver_area),
            ("point_tolerance", self.point_tolerance),
            ("price_jump", self.price_jump),
        ];
        let mut faults: Vec<Fault> = Vec::new();
        for (name, value) in shares.into_iter().filter(|(_, share)| !(0.0..=1.0).contains(share)) {
            faults.push(Fault::new(
                "bad-option",
                say!("{name} is {value}, which is no share", "{name} 为 {value},不是比例"),
                say!("give a number from 0 to 1", "请给出 0 到 1 之间的数"),
            ));
        }
        for (name, value) in sizes.into_iter().filter(|(_, size)| !(size.is_finite() && *size >= 0.0)) {
            faults.push(Fault::new(
                "bad-option",
                say!("{name} is {value}", "{name} 为 {value}"),
                say!("give a number of at least 0", "请给出不小于 0 的数"),
            ));
        }
        let carries = |release: &Release, field: &str| release.units.kept.iter().any(|column| column.name == field);
        let says_nothing = |release: &Release, field: &str| {
            let own = release.units.kept.iter().find(|column| column.name == field);
            let blank = |row: usize| own.is_some_and(|column| column.values.get(row).to_string().trim().is_empty());
            !release.units.is_empty() && own.is_some() && (0..release.units.len()).all(blank)
        };
        if let Some(field) = self.witness.as_deref() {
            for release in [old, new].into_iter().filter(|release| says_nothing(release, field)) {
                let name = &release.head.name;
                faults.push(Fault::new(
                    "empty-field",
                    say!(
                        "the field \"{field}\" is empty in every row of the release {name}: it can confirm nothing",
                        "成果 {name} 的字段「{field}」全部为空,无法用以确认标识"
                    ),
                    say!("name a field that holds values, or leave --witness out", "请写有值的字段,或不写 --witness"),
                ));
            }
            for release in [old, new].into_iter().filter(|release| !carries(release, field)) {
                let name = &release.head.name;
                faults.push(Fault::new(
                    "unknown-field",
                    say!("the release {name} carries no field \"{field}\"", "成果 {name} 没有字段「{field}」"),
                    say!("name a field that both releases carry", "请写两期成果都有的字段"),
                ));
            }
        }
        Fault::of_all(faults).map_or(Ok(()), Err)
    }
}
