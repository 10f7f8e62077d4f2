//! Which columns the units' table has, in which order, and what it is called.

use crate::land::{Fault, Outcome};
use crate::say;

/// A column, or a group of columns, of the units' table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitColumn {
    Id,
    /// The key of the use.
    Use,
    UseName,
    /// The measured area.
    Area,
    /// One column per factor.
    Scores,
    Total,
    Grade,
    /// One column per further grading.
    Alternatives,
    /// 元/㎡.
    Price,
    /// 万元/亩.
    PriceMu,
    /// The fields carried through.
    Kept,
}

impl UnitColumn {
    pub const ALL: [UnitColumn; 11] = [
        UnitColumn::Id,
        UnitColumn::Use,
        UnitColumn::UseName,
        UnitColumn::Area,
        UnitColumn::Scores,
        UnitColumn::Total,
        UnitColumn::Grade,
        UnitColumn::Alternatives,
        UnitColumn::Price,
        UnitColumn::PriceMu,
        UnitColumn::Kept,
    ];

    /// The word on the command line.
    pub fn name(self) -> &'static str {
        match self {
            UnitColumn::Id => "id",
            UnitColumn::Use => "use",
            UnitColumn::UseName => "use-name",
            UnitColumn::Area => "area",
            UnitColumn::Scores => "scores",
            UnitColumn::Total => "total",
            UnitColumn::Grade => "grade",
            UnitColumn::Alternatives => "alternatives",
            UnitColumn::Price => "price",
            UnitColumn::PriceMu => "price-mu",
            UnitColumn::Kept => "kept",
        }
    }

    /// The column of a word.
    ///
    /// ```
    /// use landgrade::publish::UnitColumn;
    /// assert_eq!(UnitColumn::parse("price-mu"), Some(UnitColumn::PriceMu));
    /// assert_eq!(UnitColumn::parse("colour"), None);
    /// ```
    pub fn parse(name: &str) -> Option<UnitColumn> {
        UnitColumn::ALL.into_iter().find(|column| column.name() == name)
    }
}

/// The units' table as it is wanted.
///
/// ```
/// use landgrade::publish::{Selection, UnitColumn};
/// let two = Selection { columns: vec![UnitColumn::Id, UnitColumn::Grade], ..Selection::default() };
/// assert_eq!((two.layer.as_str(), two.id.as_str()), ("units", "id"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// The layer's name, and that of its files: ASCII letters, digits and underscores.
    pub layer: String,
    /// The name of the identifier's field.
    pub id: String,
    /// In the order of the fields; columns the release has no values for are left out.
    pub columns: Vec<UnitColumn>,
}

impl Default for Selection {
    fn default() -> Selection {
        Selection { layer: "units".to_string(), id: "id".to_string(), columns: UnitColumn::ALL.to_vec() }
    }
}

/// The names of the other files and layers.
const TAKEN: [&str; 19] = [
    "samples",
    "rejected",
    "premises",
    "corrections",
    "findings",
    "prices",
    "grades",
    "limits",
    "weights",
    "tables",
    "losses",
    "layer_styles",
    "zones",
    "areas",
    "changes",
    "parcels",
    "price_areas",
    "price_streets",
    "split_parcels",
];

impl Selection {
    /// The layer's name becomes a file's: it must be plain, and no other file's.
    pub(super) fn check(&self) -> Outcome<()> {
        let (name, taken) = (&self.layer, TAKEN.iter().any(|taken| taken.eq_ignore_ascii_case(&self.layer)));
        let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if plain && !taken && (1..=60).contains(&name.len()) {
            return Ok(());
        }
        let what = if taken {
            say!("another published layer is called \"{name}\"", "另一个发布图层已叫「{name}」")
        } else {
            say!("\"{name}\" cannot be the name of a layer and its files", "「{name}」不能用作图层名和文件名")
        };
        let help = say!(
            "use up to 60 letters (a–z), digits and underscores, such as units",
            "请用不超过 60 个英文字母、数字或下划线,例如 units"
        );
        Err(Fault::new("bad-layer-name", what, help))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_reads_back_from_its_word() {
        for column in UnitColumn::ALL {
            assert_eq!(UnitColumn::parse(column.name()), Some(column));
        }
    }

    #[test]
    fn a_layer_name_that_is_a_path_or_another_file_is_refused() {
        for name in ["", "../units", "a/b", "a.b", "级别", "samples", "Prices", "a b", "c:units"] {
            let selection = Selection { layer: name.to_string(), ..Selection::default() };
            assert_eq!(selection.check().unwrap_err().code, "bad-layer-name", "{name}");
        }
        assert_eq!(Selection { layer: "graded_2025".to_string(), ..Selection::default() }.check(), Ok(()));
        assert_eq!(Selection::default().check(), Ok(()));
    }
}
