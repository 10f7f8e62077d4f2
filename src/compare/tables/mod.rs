//! The comparison as tables to write: the summary, growth, transitions, and lists of units.

mod prices;
mod quantiles;
mod reasons;
mod summary;
mod transitions;
mod units;

pub(super) use prices::{city, growth};
pub(super) use quantiles::quantiles;
pub(super) use reasons::{by_district as reasons_by_district, by_grade as reasons_by_grade, movers};
pub(super) use summary::summary;
pub(super) use transitions::{Measure, transitions};
pub(super) use units::{moved, shapes, units};

use crate::formats::Field;
use crate::formats::fields::{count_field, plain, real_field, text_field};
use crate::land::{Lang, Text};

/// In which words kinds, ways of matching, uses and flags are written, and in which units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// For programs: codes that are the same in every language, m², shares from 0 to 1.
    Codes(Lang),
    /// For readers: as they say it, hm², per cent.
    Titles(Lang),
}

impl Words {
    fn lang(self) -> Lang {
        match self {
            Words::Codes(lang) | Words::Titles(lang) => lang,
        }
    }

    fn for_readers(self) -> bool {
        matches!(self, Words::Titles(_))
    }

    fn pick(self, code: &str, title: &Text) -> String {
        match self {
            Words::Codes(_) => code.to_string(),
            Words::Titles(lang) => title.in_lang(lang).to_string(),
        }
    }

    /// A column of areas given in m².
    fn areas(self, name: &str, title: Text, values: impl IntoIterator<Item = Option<f64>>) -> Field<'static> {
        match self {
            Words::Codes(_) => real_field(name, title, values).in_unit("㎡").shown_with(2),
            Words::Titles(_) => {
                let hectares = values.into_iter().map(|area| area.map(|area| area / 10_000.0));
                real_field(name, title, hectares).in_unit("hm²").shown_with(4)
            }
        }
    }

    /// A column of shares from 0 to 1; NaN is unknown.
    fn shares(self, name: &str, title: Text, values: impl IntoIterator<Item = f64>) -> Field<'static> {
        let known = |value: f64| Some(value).filter(|value| !value.is_nan());
        match self {
            Words::Codes(_) => real_field(name, title, values.into_iter().map(known)).shown_with(4),
            Words::Titles(_) => {
                let percent = values.into_iter().map(|share| known(share * 100.0));
                real_field(name, title, percent).in_unit("%").shown_with(2)
            }
        }
    }
}
