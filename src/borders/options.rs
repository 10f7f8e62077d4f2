//! What the reader decides: what touches, what is worth a look.

use crate::land::{Fault, Outcome};
use crate::say;

/// How borders are found and judged.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Metres within which edges meet; the project's where left out, else 0.1 (T5).
    pub snap: Option<f64>,
    /// Metres of gaps, such as streets, across which units are neighbours; the project's where left out, else 0.
    pub close_gaps: Option<f64>,
    /// The field carried through that tells a unit's district.
    pub district: Option<String>,
    /// Steps from this many grades on are flagged.
    pub grade_jump: u8,
    /// A gap is flagged above so many times the larger inner step next to it (U7).
    pub step_times: f64,
    /// The ratio of prices whose share of the length is told, and which flags a gap where there is no inner step (U7).
    pub ratio: f64,
    /// An island may have so much of its outline open (parts of 1): where nothing lies beside.
    pub island_open: f64,
}

impl Default for Options {
    /// The limits of U7; two grades, as for changes between releases; a tenth of an outline.
    fn default() -> Options {
        Options {
            snap: None,
            close_gaps: None,
            district: None,
            grade_jump: 2,
            step_times: 1.5,
            ratio: 1.3,
            island_open: 0.1,
        }
    }
}

impl Options {
    /// Every option that cannot be meant, at once.
    pub(super) fn check(&self) -> Outcome<()> {
        let fine = |value: f64, least: f64| value.is_finite() && value >= least;
        let checks = [
            ("tolerance", self.snap.unwrap_or(0.0), 0.0),
            ("close_gaps", self.close_gaps.unwrap_or(0.0), 0.0),
            ("step_times", self.step_times, 0.0),
            ("ratio", self.ratio, 1.0),
            ("island_open", self.island_open, 0.0),
        ];
        let wrong = checks.into_iter().filter(|(_, value, least)| !fine(*value, *least)).map(|(name, value, least)| {
            Fault::new(
                "bad-option",
                say!("{name} is {value}", "{name} 为 {value}"),
                say!("give a number of at least {least}", "请给出不小于 {least} 的数"),
            )
        });
        Fault::of_all(wrong.collect()).map_or(Ok(()), Err)
    }
}
