//! The codes of the notes on a price as a set: one of many parcels keeps no more of them.

use super::Warning;

/// A set of codes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Codes(u16);

impl Codes {
    /// Every code, in the order of the alphabet.
    const ALL: [&'static str; 12] = [
        "area-differs",
        "below-floor",
        "conditions-unknown",
        "cost-unknown",
        "depth-unknown",
        "no-plot-ratio-table",
        "old-price",
        "outside-amplitude",
        "outside-grade",
        "outside-table",
        "price-inferred",
        "use-mismatch",
    ];

    /// Those of some notes.
    pub fn of(warnings: &[Warning]) -> Codes {
        let place = |warning: &Warning| Codes::ALL.iter().position(|code| *code == warning.code());
        Codes(warnings.iter().filter_map(place).fold(0, |set, at| set | 1 << at))
    }

    /// In the order of the alphabet.
    pub fn iter(self) -> impl Iterator<Item = &'static str> {
        Codes::ALL.into_iter().enumerate().filter(move |(at, _)| self.0 & (1 << at) != 0).map(|(_, code)| code)
    }

    /// With a blank between two.
    pub fn text(self) -> String {
        self.iter().collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::land::Text;
    use crate::land::services::Services;

    #[test]
    fn a_set_tells_each_code_once_in_the_order_of_the_alphabet() {
        let inferred = || Warning::PriceInferred(Text::same("x"));
        let set = Codes::of(&[inferred(), Warning::DepthUnknown, Warning::NoCosts, inferred()]);
        assert_eq!(set.text(), "cost-unknown depth-unknown price-inferred");
        assert_eq!((Codes::of(&[]).text(), Codes::of(&[]) == Codes::default()), (String::new(), true));
    }

    #[test]
    fn every_note_has_its_place_in_the_set() {
        let all = [
            Warning::OutsideTable { name: Text::same("x").into(), given: crate::price::appraise::Given::Nothing },
            Warning::OutsideAmplitude { sum: 1.0, up: 1.0, down: 1.0 },
            Warning::ConditionsUnknown { unknown: 1, all: 1 },
            Warning::NoPlotRatioTable(1.0),
            Warning::CostUnknown(Services::default()),
            Warning::NoCosts,
            Warning::SetUnread,
            Warning::OutsideGrade { at: 1.0, lowest: 1.0, highest: 1.0 },
            Warning::BelowFloor { least: 1.0, percent: 1.0 },
            Warning::UseMismatch { unit: String::new(), graded_for: String::new(), valued_for: String::new() },
            Warning::PriceInferred(Text::same("x")),
            Warning::DepthUnknown,
            Warning::AreaDiffers { told: 1.0, drawn: 2.0 },
            Warning::OldPrice { base: String::new(), day: String::new(), years: 3 },
        ];
        for warning in &all {
            assert_eq!(Codes::of(std::slice::from_ref(warning)).text(), warning.code());
        }
    }
}
