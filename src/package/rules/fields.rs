//! Fields of layers and tables: name, type, where the value comes from.

use super::Content;
use crate::formats::Declared;
use crate::land::written;
use serde::Deserialize;
use serde::de::{self, Deserializer};

/// A field.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldRule {
    pub name: String,
    #[serde(default)]
    pub title: String,
    pub of: Source,
    #[serde(rename = "type", deserialize_with = "kind")]
    pub kind: Kind,
    pub need: Need,
    /// The value of a constant.
    #[serde(default)]
    pub value: String,
    /// The list its codes are of.
    #[serde(default)]
    pub codes: Option<String>,
}

/// `Int(10)`, `Float(15.2)`, `Char(60)` or `Date(8)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind(pub Declared);

impl Kind {
    /// `None` where it is none.
    pub fn parse(text: &str) -> Option<Kind> {
        let (word, rest) = text.split_once('(')?;
        let inside = rest.strip_suffix(')')?;
        let declared = match (word, inside.split_once('.')) {
            ("Int", None) => Declared::Int(inside.parse().ok().filter(|width| (1..=18).contains(width))?),
            ("Char", None) => Declared::Char(inside.parse().ok().filter(|width| (1..=254).contains(width))?),
            ("Date", None) if inside == "8" => Declared::Date,
            ("Float", Some((width, decimals))) => {
                let (width, decimals): (u8, u8) = (width.parse().ok()?, decimals.parse().ok()?);
                Declared::Float(width, Some(decimals).filter(|own| *own >= 1 && own + 1 < width && width <= 19)?)
            }
            _ => return None,
        };
        Some(Kind(declared))
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Declared::Int(width) => write!(out, "Int({width})"),
            Declared::Float(width, decimals) => write!(out, "Float({width}.{decimals})"),
            Declared::Char(width) => write!(out, "Char({width})"),
            Declared::Date => write!(out, "Date(8)"),
        }
    }
}

fn kind<'de, D: Deserializer<'de>>(from: D) -> Result<Kind, D::Error> {
    let text = String::deserialize(from)?;
    Kind::parse(&text).ok_or_else(|| de::Error::custom(format!("\"{text}\": Int(10), Float(15.2), Char(60), Date(8)")))
}

/// Whether it must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Need {
    /// Always, and filled.
    M,
    /// Always a field, filled where it applies; a file where there is something to put into it.
    C,
    /// Or not.
    O,
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// The number of the row, from 1.
    Number,
    /// The same everywhere.
    Constant,
    /// Left blank for others to fill.
    Blank,
    CountyCode,
    CountyName,
    UseCode,
    UseName,
    GradeCode,
    GradeName,
    /// 元/㎡.
    GroundPrice,
    FloorPrice,
    /// 万元/亩.
    PriceMu,
    PlotRatio,
    Term,
    Development,
    BaseDate,
    /// m².
    Area,
    Note,
    /// Of units, samples, areas and streets.
    Id,
    /// Of areas and streets; of grades with several prices, the area or town (片区) of each.
    Name,
    /// %, how far the factors of a grade may correct.
    AmplitudeUp,
    AmplitudeDown,
    /// Of units.
    Total,
    /// Of streets, m.
    StandardDepth,
    /// Of samples.
    Transaction,
    SaleDate,
    SalePlotRatio,
    RemainingTerm,
    SalePrice,
    CorrectedPrice,
    Used,
}

impl Source {
    /// Whether a content has it.
    pub fn is_of(self, content: Content) -> bool {
        use Content::{Areas, Districts, Grades, Prices, Range, Roads, Samples, Streets, Units};
        match self {
            Source::Number | Source::Constant | Source::Blank | Source::CountyCode | Source::CountyName => true,
            _ if matches!(content, Districts | Roads) => matches!(self, Source::Id | Source::Name),
            Source::UseCode | Source::UseName | Source::BaseDate => true,
            Source::Area => content != Streets,
            _ if content == Range => false,
            Source::GradeCode | Source::GradeName => true,
            Source::GroundPrice
            | Source::FloorPrice
            | Source::PriceMu
            | Source::PlotRatio
            | Source::Term
            | Source::Development
            | Source::Note => matches!(content, Grades | Units | Areas | Streets | Prices),
            Source::Id => matches!(content, Units | Samples | Areas | Streets),
            Source::Name => matches!(content, Areas | Streets | Grades | Prices),
            Source::AmplitudeUp | Source::AmplitudeDown => matches!(content, Grades | Areas | Prices),
            Source::Total => content == Units,
            Source::StandardDepth => content == Streets,
            Source::Transaction
            | Source::SaleDate
            | Source::SalePlotRatio
            | Source::RemainingTerm
            | Source::SalePrice
            | Source::CorrectedPrice
            | Source::Used => content == Samples,
        }
    }
}

/// The nearest of some names, as the end of a sentence.
pub(super) fn meant<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    written::nearest(wrong, known).map(|near| format!(" ({near}?)")).unwrap_or_default()
}
