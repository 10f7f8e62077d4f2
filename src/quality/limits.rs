//! What is acceptable: limits as data, those of the product or a user's own file.

use crate::land::{Fault, Outcome, Text, written};
use crate::say;
use serde::Deserialize;
use std::path::Path;

/// The limits that come with the program.
pub const BUILT_IN: &str = include_str!("limits.toml");

/// Limits and the sizes of samples they are asked of.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Of the intervals compliance is judged on, a part of 1.
    pub confidence: f64,
    /// Below it a statistic is told, not judged.
    pub least_tested: usize,
    /// Below it a price is one by inference.
    pub least_priced: usize,
    pub limits: Ranges,
    pub chasing: Chasing,
}

/// Low and high of each statistic, both acceptable.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranges {
    pub median_ratio: [f64; 2],
    /// Percent.
    pub cod: [f64; 2],
    pub prd: [f64; 2],
    pub prb: [f64; 2],
    pub prb_recommended: [f64; 2],
    /// Percent.
    pub vei: [f64; 2],
    pub mki: [f64; 2],
}

/// When values are taken to have followed the sales.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chasing {
    /// Distance from the median, a part of 1.
    pub within: f64,
    /// Percent of the ratios within it.
    pub critical: f64,
    /// The least coefficient of dispersion a sound study can have, percent.
    pub least_cod: f64,
    /// Points between the median changes of sold and unsold land.
    pub sold_unsold: f64,
    pub sold_unsold_small: f64,
    /// Percent of change below which the smaller distance holds.
    pub small_change: f64,
}

impl Default for Limits {
    fn default() -> Limits {
        parse(BUILT_IN).expect("the limits that come with the program can be read")
    }
}

impl Limits {
    /// # Errors
    /// `io`; `bad-limits` with the line of what is wrong.
    pub fn read(path: &Path) -> Outcome<Limits> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Fault::io(say!("cannot read the limits", "无法读取限值文件"), path, &error))?;
        parse(&text).map_err(|fault| fault.within(path))
    }
}

fn shown() -> Text {
    say!(
        "start from the file that landgrade quality --show-limits prints",
        "请以 landgrade quality --show-limits 输出的文件为样本"
    )
}

fn parse(text: &str) -> Outcome<Limits> {
    let bad = |what: String| {
        Fault::new("bad-limits", say!("the limits cannot be used: {what}", "限值文件不可用:{what}"), shown())
    };
    let limits: Limits = written::parse(text, "bad-limits", shown())?;
    let Ranges { median_ratio, cod, prd, prb, prb_recommended, vei, mki } = &limits.limits;
    let named = [
        ("median_ratio", median_ratio),
        ("cod", cod),
        ("prd", prd),
        ("prb", prb),
        ("prb_recommended", prb_recommended),
        ("vei", vei),
        ("mki", mki),
    ];
    if let Some((name, [low, high])) =
        named.into_iter().find(|(_, range)| range[0].is_nan() || range[1].is_nan() || range[0] > range[1])
    {
        return Err(bad(format!("{name} = [{low}, {high}]")));
    }
    if !(0.5..1.0).contains(&limits.confidence) {
        return Err(bad(format!("confidence = {}", limits.confidence)));
    }
    Ok(limits)
}
