//! Whether the prices of a use may be compared: only where their premises (基准地价内涵) agree, or the reader says so.

use super::uses::UseLink;
use crate::land::grade;
use crate::land::money::round_half_up;
use crate::land::number::yuan_per_square_metre;
use crate::land::{Lang, Text};
use crate::release::{Connotation, Release};
use crate::say;
use serde::Serialize;

/// One premise of a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Premise {
    Term,
    PlotRatio,
    Kind,
    Unit,
    Development,
    Rate,
    Right,
    Classification,
    Scope,
    Meaning,
}

/// A premise that the two releases state differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    pub premise: Premise,
    /// The whole sentence, with both values.
    pub sentence: Text,
}

/// What may be done with the prices of one use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub differences: Vec<Difference>,
    /// Premises that a release does not state; taken as equal.
    pub unknown: Vec<Premise>,
    /// Whether both releases have prices of the use and they are compared.
    pub comparable: bool,
    /// Whether they are compared although their premises differ.
    pub despite: bool,
    /// 元/㎡: prices that differ by no more are the same price, written more coarsely. Half the last place of each release whose prices
    /// came in another unit; 0 where neither did.
    pub tolerance: f64,
    /// Each such release, as its name and what its last place is worth in 元/㎡.
    pub coarse: Vec<(String, f64)>,
}

impl Premise {
    pub const ALL: [Premise; 10] = [
        Premise::Term,
        Premise::PlotRatio,
        Premise::Kind,
        Premise::Unit,
        Premise::Development,
        Premise::Rate,
        Premise::Right,
        Premise::Classification,
        Premise::Scope,
        Premise::Meaning,
    ];

    /// Whether it is not missed where neither release states it: most lists of old do not.
    fn is_rarely_stated(self) -> bool {
        matches!(self, Premise::Right | Premise::Classification | Premise::Scope | Premise::Meaning)
    }

    pub fn title(self) -> Text {
        match self {
            Premise::Term => say!("term", "年期"),
            Premise::PlotRatio => say!("plot ratio", "容积率"),
            Premise::Kind => say!("kind of price", "地价类型"),
            Premise::Unit => say!("unit", "单位"),
            Premise::Development => say!("development", "开发程度"),
            Premise::Rate => say!("capitalisation rate", "还原率"),
            Premise::Right => say!("right", "土地权利"),
            Premise::Classification => say!("classification of uses", "用途分类"),
            Premise::Scope => say!("scope", "适用范围"),
            Premise::Meaning => say!("meaning", "价格涵义"),
        }
    }
}

impl Verdict {
    /// What a reader must know before using the prices of `name`; empty where both releases state the same.
    pub fn sentences(&self, name: &str) -> Vec<Text> {
        let mut sentences: Vec<Text> = self
            .differences
            .iter()
            .map(|difference| {
                let Text { en, zh } = &difference.sentence;
                say!("{name}: {en}", "{name}:{zh}")
            })
            .collect();
        if self.despite {
            sentences.push(say!(
                "{name}: prices are compared although their premises differ; growth mixes both effects",
                "{name}:内涵不同仍按要求比较,涨幅混有内涵变化的影响"
            ));
        } else if !self.differences.is_empty() {
            sentences.push(say!(
                "{name}: prices are not compared, because their premises differ",
                "{name}:地价内涵不同,未作价格比较"
            ));
        }
        if self.comparable {
            for (release, place) in &self.coarse {
                let half = shown(place / 2.0);
                let place = shown(*place);
                sentences.push(say!(
                    "{name}: the prices of {release} were converted from a unit whose last decimal place is {place} 元/㎡; a difference of up to half of it, {half} 元/㎡, is rounding and no change",
                    "{name}:{release} 的价格由其他单位换算而来,其末位小数相当于 {place} 元/㎡;差值不超过其一半({half} 元/㎡)的属舍入误差,不计为变化"
                ));
            }
        }
        if !self.unknown.is_empty() {
            let list = |lang, comma: &str| {
                let titles: Vec<String> =
                    self.unknown.iter().map(|premise| premise.title().in_lang(lang).to_string()).collect();
                titles.join(comma)
            };
            let (en, zh) = (list(Lang::En, ", "), list(Lang::Zh, "、"));
            sentences.push(say!(
                "{name}: not stated in both releases, so taken as equal: {en}",
                "{name}:并非两期都有说明,按相同处理:{zh}"
            ));
        }
        sentences
    }
}

/// Without the digits that only binary fractions have.
fn shown(value: f64) -> String {
    round_half_up(value, 9).to_string()
}

impl Verdict {
    /// Whether two prices are one, as far as both releases tell.
    pub(super) fn same_price(&self, old: f64, new: f64) -> bool {
        // Beyond the tolerance as much as binary fractions may stray.
        old == new || (self.tolerance > 0.0 && (old - new).abs() <= self.tolerance + 1e-12 * old.abs())
    }
}

/// One verdict per use.
pub(super) fn judge(old: &Release, new: &Release, links: &[UseLink], allow: bool) -> Vec<Verdict> {
    links
        .iter()
        .map(|link| {
            let (Some(before), Some(after)) = (link.old, link.new) else { return Verdict::default() };
            let (one, two) = (&old.uses[usize::from(before)].connotation, &new.uses[usize::from(after)].connotation);
            let priced = is_priced(old, before) && is_priced(new, after);
            if !priced && one.is_none() && two.is_none() {
                return Verdict::default();
            }
            let nothing = Connotation::UNKNOWN;
            let (one, two) = (one.as_ref().unwrap_or(&nothing), two.as_ref().unwrap_or(&nothing));
            let mut verdict = Verdict::default();
            for premise in Premise::ALL {
                match agreement(premise, one, two) {
                    Agreement::Equal => {}
                    Agreement::Unstated if premise.is_rarely_stated() => {}
                    Agreement::Unstated | Agreement::Unknown => verdict.unknown.push(premise),
                    Agreement::Differs(sentence) => verdict.differences.push(Difference { premise, sentence }),
                }
            }
            verdict.despite = allow && priced && !verdict.differences.is_empty();
            verdict.comparable = priced && (allow || verdict.differences.is_empty());
            for (release, premises) in [(old, one), (new, two)] {
                if premises.last_place > 0.0 {
                    verdict.tolerance += premises.last_place / 2.0;
                    verdict.coarse.push((release.head.name.clone(), premises.last_place));
                }
            }
            verdict
        })
        .collect()
}

fn is_priced(release: &Release, land_use: u8) -> bool {
    let cells = release.cells.iter().any(|cell| cell.use_index == land_use && release.price_of(cell).is_some());
    let units = &release.units;
    cells || units.prices.iter().zip(&units.uses).any(|(price, of)| *of == land_use && price.is_finite())
}

enum Agreement {
    Equal,
    /// Neither states it.
    Unstated,
    /// One of them does not state it.
    Unknown,
    Differs(Text),
}

fn agreement(premise: Premise, one: &Connotation, two: &Connotation) -> Agreement {
    let title = premise.title();
    let differs = |old: String, new: String| {
        let Text { en, zh } = &title;
        Agreement::Differs(say!("the {en} was {old} and is {new}", "{zh}由 {old} 变为 {new}"))
    };
    let numbers = |old: f64, new: f64| match (old.is_nan(), new.is_nan()) {
        (false, false) if (old - new).abs() <= 1e-9 * old.abs().max(1.0) => Agreement::Equal,
        (false, false) => differs(old.to_string(), new.to_string()),
        _ => Agreement::Unknown,
    };
    let words = |old: &str, new: &str| match (old.trim(), new.trim()) {
        ("", "") => Agreement::Unstated,
        ("", _) | (_, "") => Agreement::Unknown,
        (old, new) if old == new => Agreement::Equal,
        (old, new) => differs(old.to_string(), new.to_string()),
    };
    match premise {
        Premise::Term => numbers(one.term, two.term),
        Premise::PlotRatio => match of_grades(one, two, Connotation::plot_ratio_of) {
            Some((grade, old, new)) => differs(format!("{old} ({grade})"), format!("{new} ({grade})")),
            None => numbers(one.plot_ratio, two.plot_ratio),
        },
        Premise::Rate => numbers(one.rate, two.rate),
        Premise::Kind => words(&one.kind, &two.kind),
        Premise::Development => match of_grades(one, two, |own, grade| own.development_of(grade).to_string()) {
            Some((grade, old, new)) => differs(format!("{old} ({grade})"), format!("{new} ({grade})")),
            None => words(&one.development, &two.development),
        },
        Premise::Right => words(&one.right, &two.right),
        Premise::Classification => words(&one.classification, &two.classification),
        Premise::Scope => words(&one.scope, &two.scope),
        Premise::Meaning => words(&one.meaning, &two.meaning),
        Premise::Unit => match (one.unit.trim(), two.unit.trim()) {
            ("", _) | (_, "") => Agreement::Unknown,
            (old, new) => match (yuan_per_square_metre(old), yuan_per_square_metre(new)) {
                // 元/㎡ and 元/m2 are one unit.
                (Some(a), Some(b)) if a == b => Agreement::Equal,
                _ => words(old, new),
            },
        },
    }
}

/// The first grade that stands by itself in either release and has another premise in the other, where both releases state it.
fn of_grades<T: PartialEq + std::fmt::Display>(
    one: &Connotation,
    two: &Connotation,
    of: impl Fn(&Connotation, u8) -> T,
) -> Option<(String, T, T)> {
    let stated = one.by_grade.iter().chain(&two.by_grade).flat_map(|own| own.grades.iter().copied());
    let found = stated.map(|grade| (grade, of(one, grade), of(two, grade)));
    let mut differing = found.filter(|(_, old, new)| old != new && ![old, new].iter().any(|it| is_blank(*it)));
    differing.next().map(|(grade, old, new)| (grade::name(grade, Lang::Zh), old, new))
}

fn is_blank(value: &impl std::fmt::Display) -> bool {
    matches!(value.to_string().as_str(), "" | "NaN")
}

#[cfg(test)]
#[path = "connotation_tests.rs"]
mod tests;
