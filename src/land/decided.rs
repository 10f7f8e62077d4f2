//! What gave a parcel its grade.

use super::Text;
use crate::say;

/// How a parcel came to its grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// It has none: no ground of it lies under a graded unit of its use.
    No,
    /// All its ground under units is of one grade.
    Whole,
    /// The grade with most of its ground.
    Area,
    /// The grade along most metres of its street front.
    Frontage,
}

impl Decided {
    pub const ALL: [Decided; 4] = [Decided::No, Decided::Whole, Decided::Area, Decided::Frontage];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Decided::No => "none",
            Decided::Whole => "whole",
            Decided::Area => "area",
            Decided::Frontage => "frontage",
        }
    }

    /// Reads [`Decided::word`].
    ///
    /// ```
    /// use landgrade::land::Decided;
    /// assert_eq!(Decided::parse("frontage"), Some(Decided::Frontage));
    /// assert_eq!(Decided::parse("luck"), None);
    /// ```
    pub fn parse(word: &str) -> Option<Decided> {
        Decided::ALL.into_iter().find(|decided| decided.word() == word)
    }

    /// For readers.
    pub fn text(self) -> Text {
        match self {
            Decided::No => say!("no grade", "无级别"),
            Decided::Whole => say!("all in one grade", "全部位于一个级别"),
            Decided::Area => say!("by larger area", "按面积较大"),
            Decided::Frontage => say!("by frontage", "按临街"),
        }
    }

    /// Whether it lies on several grades.
    pub fn is_split(self) -> bool {
        matches!(self, Decided::Area | Decided::Frontage)
    }
}
