//! A whole ratio study of some pairs.

use super::chasing::{self, Crowding};
use super::equity::{self, Prb, Prd};
use super::intervals::Interval;
use super::ladder::{self, Stretch, Vei};
use super::level::{self, Level};
use super::limits::Limits;
use super::pairs::{Pair, Pairs};
use super::spread::{self, Spread};
use super::verdict::Verdict;

/// Every statistic of a group of pairs, and what is said of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Study {
    pub n: usize,
    /// Pairs that no ratio can be taken of: a value or price that is not a positive number.
    pub unusable: usize,
    pub level: Option<Level>,
    pub spread: Option<Spread>,
    pub prd: Option<Prd>,
    pub prb: Option<Prb>,
    pub vei: Option<Vei>,
    /// `None` below 30 pairs.
    pub stretches: Option<Vec<Stretch>>,
    pub mki: Option<f64>,
    /// Over bootstrap samples, with their number.
    pub mki_interval: Option<(Interval, usize)>,
    pub crowding: Option<Crowding>,
    pub verdicts: Verdicts,
}

/// What is said of the statistics that have limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdicts {
    pub median_ratio: Verdict,
    pub cod: Verdict,
    pub prd: Verdict,
    pub prb: Verdict,
    pub vei: Verdict,
    pub mki: Verdict,
}

/// Studies the pairs. Where every pair has the same value, as in one grade, there is no dear and cheap land to tell apart: PRD, PRB, VEI and
/// MKI would only mirror the prices, and are `None`.
pub fn study(all: impl IntoIterator<Item = Pair>, limits: &Limits) -> Study {
    let pairs = Pairs::of(all);
    let confidence = limits.confidence;
    let (level, spread) = (level::level(&pairs, confidence), spread::spread(&pairs, confidence));
    let one_value = pairs.pairs.windows(2).all(|pair| pair[0].value == pair[1].value);
    let several = || Some(&pairs).filter(|_| !one_value);
    let prd = several().and_then(|pairs| equity::prd(pairs, confidence));
    let prb = several().and_then(|pairs| equity::prb(pairs, confidence));
    let vei = several().and_then(ladder::vei);
    let mki = several().and_then(equity::mki);
    let mki_interval = mki.and_then(|_| equity::mki_interval(&pairs, confidence));
    let tested = pairs.len() >= limits.least_tested;
    let ranges = &limits.limits;
    let verdicts = Verdicts {
        median_ratio: Verdict::of(
            level.map(|level| level.median),
            level.and_then(|level| level.median_interval),
            ranges.median_ratio,
            tested,
        ),
        cod: Verdict::of(
            spread.map(|spread| spread.cod),
            spread.and_then(|spread| spread.cod_interval.map(|(interval, _)| interval)),
            ranges.cod,
            tested,
        ),
        prd: Verdict::of(
            prd.map(|prd| prd.prd),
            prd.and_then(|prd| prd.interval.map(|(interval, _)| interval)),
            ranges.prd,
            tested,
        ),
        prb: Verdict::of(prb.map(|prb| prb.prb), prb.map(|prb| prb.interval), ranges.prb, tested),
        vei: Verdict::of(vei.as_ref().map(|vei| vei.vei), vei.as_ref().map(|vei| vei.interval), ranges.vei, tested),
        mki: Verdict::of(mki, mki_interval.map(|(interval, _)| interval), ranges.mki, tested),
    };
    Study {
        n: pairs.len(),
        unusable: pairs.unusable,
        level,
        spread,
        prd,
        prb,
        vei,
        stretches: several().and_then(|pairs| ladder::stretches(pairs, 0.10)),
        mki,
        mki_interval,
        // Nothing is suspected of too few pairs.
        crowding: chasing::crowding(&pairs, &limits.chasing)
            .map(|own| Crowding { suspicious: own.suspicious && tested, ..own }),
        verdicts,
    }
}

#[cfg(test)]
#[path = "study_tests.rs"]
mod tests;
