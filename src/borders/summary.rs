//! Borders of districts as figures: how long, how great the gaps, what share is beyond the limit (U7).

use super::{Border, Borders, Flag, Options};
use crate::land::Lang;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The common border of two districts, or of two releases, of one use.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub land_use: u8,
    /// What the two sides are called.
    pub one: String,
    pub other: String,
    /// Metres, of all of it and of what has prices on both sides.
    pub length: f64,
    pub compared: f64,
    /// Σ length · |ln(a/b)| / Σ length over what is compared; NaN without.
    pub mean_gap: f64,
    /// The share of the compared length whose ratio is beyond the limit.
    pub share_over: f64,
    pub greatest_gap: f64,
    /// Borders of units with any flag.
    pub flagged: usize,
    /// The length of those, m.
    pub flagged_length: f64,
}

/// Sums units' borders up by the names on both sides; those of one name on both sides are left out. `name` gives the names of both sides.
pub(super) fn pairs<'a>(
    borders: impl Iterator<Item = &'a Border>,
    options: &Options,
    name: impl Fn(&Border) -> [String; 2],
) -> Vec<Pair> {
    let mut found: BTreeMap<(u8, [String; 2]), Vec<&Border>> = BTreeMap::new();
    for border in borders {
        let mut names = name(border);
        names.sort();
        if names[0] != names[1] {
            found.entry((border.land_use, names)).or_default().push(border);
        }
    }
    let limit = libm::log(options.ratio);
    let of = |((land_use, [one, other]), mut borders): ((u8, [String; 2]), Vec<&Border>)| {
        // Summed in an order of their own, so that the order of the units changes no digit.
        borders.sort_by(|a, b| a.length.total_cmp(&b.length).then(a.gap.total_cmp(&b.gap)));
        let sum = |of: &dyn Fn(&&Border) -> f64| borders.iter().map(of).sum::<f64>();
        let known = |border: &Border| !border.gap.is_nan();
        let compared = sum(&|border| if known(border) { border.length } else { 0.0 });
        let weighted = sum(&|border| if known(border) { border.length * border.gap } else { 0.0 });
        let over = sum(&|border| if border.gap > limit { border.length } else { 0.0 });
        Pair {
            land_use,
            one,
            other,
            length: sum(&|border| border.length),
            compared,
            mean_gap: weighted / compared,
            share_over: over / compared,
            greatest_gap: borders.iter().map(|border| border.gap).fold(f64::NAN, f64::max),
            flagged: borders.iter().filter(|border| !border.flags.is_empty()).count(),
            flagged_length: sum(&|border| if border.flags.is_empty() { 0.0 } else { border.length }),
        }
    };
    found.into_iter().map(of).collect()
}

/// So many of the review list stand in the JSON; files have all of it.
const LISTED: usize = 100;

impl Borders {
    /// Borders with a flag.
    pub fn flagged(&self, flag: Flag) -> usize {
        self.borders.iter().filter(|border| border.flags.contains(flag)).count()
    }

    /// Every sentence a reader must know, uses first.
    pub fn sentences(&self, lang: Lang) -> Vec<String> {
        let told = self.uses.iter().flat_map(|own| {
            let name = &own.name;
            let refused = own.refused.iter().map(|text| {
                let crate::land::Text { en, zh } = text;
                crate::say!("prices are not compared: {en}", "未作价格比较:{zh}")
            });
            let all: Vec<_> = own.told.iter().cloned().chain(refused).collect();
            all.into_iter().map(move |text| match lang {
                Lang::Zh => format!("{name}:{}", text.zh),
                Lang::En => format!("{name}: {}", text.en),
            })
        });
        told.chain(self.notes.iter().map(|note| note.in_lang(lang).to_string())).collect()
    }

    /// The figures for programs.
    pub fn summary(&self, lang: Lang) -> Value {
        let real = |value: f64| if value.is_finite() { json!(value) } else { Value::Null };
        let pairs = self.pairs.iter().map(|pair| {
            json!({
                "use": self.uses[usize::from(pair.land_use)].key, "one": pair.one, "other": pair.other,
                "length": pair.length, "compared": pair.compared, "mean_gap": real(pair.mean_gap),
                "share_over": real(pair.share_over), "greatest_gap": real(pair.greatest_gap),
                "flagged": pair.flagged, "flagged_length": pair.flagged_length,
            })
        });
        let review = self.borders.iter().filter(|border| border.rank > 0).take(LISTED).map(|border| {
            let side = |side: &super::Side| {
                json!({
                    "release": self.releases[usize::from(side.release)], "id": side.id, "grade": side.grade,
                    "price": real(side.price), "common": real(side.common), "district": side.district,
                })
            };
            json!({
                "rank": border.rank, "level": border.level.name(), "use": self.uses[usize::from(border.land_use)].key,
                "flags": border.flags.iter().map(Flag::name).collect::<Vec<_>>(),
                "one": side(&border.one), "other": side(&border.other), "length": border.length, "step": border.step,
                "ratio": real(border.ratio()), "gap": real(border.gap), "inner_step": real(border.inner),
            })
        });
        let flags: serde_json::Map<String, Value> =
            Flag::ALL.iter().map(|flag| (flag.name().to_string(), json!(self.flagged(*flag)))).collect();
        json!({
            "releases": self.releases, "tolerance": self.snap, "close_gaps": self.close_gaps,
            "neighbours": {"zones": self.looked_at[0], "units": self.looked_at[1]},
            "borders": self.borders.len(), "flags": flags,
            "ranking": super::judge::rule().in_lang(lang), "limits": {
                "grade_jump": self.options.grade_jump, "step_times": self.options.step_times, "ratio": self.options.ratio,
                "island_open": self.options.island_open,
            },
            "uses": self.uses.iter().map(|own| json!({
                "key": own.key, "name": own.name, "compared": own.refused.is_none(),
            })).collect::<Vec<_>>(),
            "pairs": pairs.collect::<Vec<_>>(), "review": review.collect::<Vec<_>>(), "notes": self.sentences(lang),
        })
    }
}
