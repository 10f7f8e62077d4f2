//! What is odd about a border, and which is looked at first.

use super::{Border, Options};
use crate::land::Text;
use crate::say;
use std::cmp::Ordering;

/// Something a reviewer should look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// The better grade has the lower price.
    Inversion,
    /// The gap is greater than the steps next to it explain.
    Gap,
    /// The grades differ by two or more.
    Jump,
    /// One side lies wholly inside the other.
    Island,
}

impl Flag {
    pub const ALL: [Flag; 4] = [Flag::Inversion, Flag::Gap, Flag::Jump, Flag::Island];

    /// Its word in files.
    pub fn name(self) -> &'static str {
        match self {
            Flag::Inversion => "inversion",
            Flag::Gap => "gap",
            Flag::Jump => "jump",
            Flag::Island => "island",
        }
    }

    pub fn title(self) -> Text {
        match self {
            Flag::Inversion => say!("inversion", "级价倒挂"),
            Flag::Gap => say!("price gap", "价差过大"),
            Flag::Jump => say!("grade jump", "级别跳跃"),
            Flag::Island => say!("island", "飞地"),
        }
    }
}

/// A set of flags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags(u8);

impl Flags {
    pub fn insert(&mut self, flag: Flag) {
        self.0 |= 1 << flag as u8;
    }

    pub fn contains(self, flag: Flag) -> bool {
        self.0 >> flag as u8 & 1 == 1
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// In the order of [`Flag::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Flag> {
        Flag::ALL.into_iter().filter(move |flag| self.contains(*flag))
    }
}

/// Prices nearer to each other than this (ln) are equal: the last digits of a conversion.
const SAME: f64 = 1e-9;

/// Flags a border whose sides and inner step are known; islands are flagged where zones are.
pub(super) fn judge(border: &mut Border, options: &Options) {
    let ratio = border.ratio();
    let (high, low) = (border.one.common.max(border.other.common), border.one.common.min(border.other.common));
    border.gap = if ratio > 0.0 && ratio.is_finite() { libm::log(high / low) } else { f64::NAN };
    if let Some(step) = border.step {
        let better = if border.one.grade < border.other.grade { ratio } else { 1.0 / ratio };
        if step > 0 && libm::log(better) < -SAME {
            border.flags.insert(Flag::Inversion);
        }
        if step >= options.grade_jump.max(1) {
            border.flags.insert(Flag::Jump);
        }
    }
    let limit = if border.inner > 0.0 { options.step_times * border.inner } else { libm::log(options.ratio) };
    if border.gap > limit + SAME {
        border.flags.insert(Flag::Gap);
    }
}

/// The ranking rule, in words.
pub fn rule() -> Text {
    say!(
        "ranked by kind (inversion, price gap, grade jump, island), then zones before units, then by the gap of prices and the step of grades, then by length; the longest first",
        "排序:先按类型(级价倒挂、价差过大、级别跳跃、飞地),再级别范围先于单元,再按价差、级差从大到小,最后按边界长度从长到短"
    )
}

/// Puts flagged borders first, by that rule, and numbers them.
pub(super) fn rank(borders: &mut [Border]) {
    let first = |border: &Border| border.flags.iter().next().map_or(Flag::ALL.len(), |flag| flag as usize);
    let known = |gap: f64| if gap.is_nan() { 0.0 } else { gap };
    let names = |border: &Border| (border.land_use, border.one.id.clone(), border.other.id.clone());
    let order = |a: &Border, b: &Border| -> Ordering {
        let flagged = first(a).cmp(&first(b)).then(a.level.cmp(&b.level));
        let size = || {
            let gap = known(b.gap).total_cmp(&known(a.gap));
            gap.then(b.step.cmp(&a.step)).then(b.length.total_cmp(&a.length))
        };
        let sized = if a.flags.is_empty() { Ordering::Equal } else { size() };
        flagged.then(sized).then_with(|| names(a).cmp(&names(b)))
    };
    borders.sort_by(order);
    for (number, border) in (1..).zip(borders.iter_mut().take_while(|border| !border.flags.is_empty())) {
        border.rank = number;
    }
}

#[cfg(test)]
#[path = "judge_tests.rs"]
mod tests;
