//! How a map shows a layer: one colour per grade or one symbol for all, as QGIS (QML) and as other programs (SLD) read it.

mod qml;
mod sld;

pub use qml::qml;
pub use sld::sld;

use super::{Cells, Field, Table};
use crate::land::{Lang, Values};

/// A colour: red, green, blue.
pub type Colour = [u8; 3];

/// The look of a layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The style's name for readers.
    pub name: String,
    pub look: Look,
    /// The fields that are written beside or upon each feature, one below the other; numbers without decimals.
    pub labels: Vec<String>,
}

/// What the look depends on.
#[derive(Clone, Debug, PartialEq)]
pub enum Look {
    /// One symbol for every feature.
    Single(Colour),
    /// One symbol per value of a field.
    Classes {
        field: String,
        classes: Vec<Class>,
        /// The label of features with another value or none; they are grey.
        others: String,
    },
    /// One symbol per text of one field and value of another: several maps in one layer, each with classes of its own.
    Grouped {
        group: String,
        field: String,
        classes: Vec<(String, Class)>,
        others: String,
        /// Where the maps lie upon one another: the text of the one that is seen at first.
        shown: Option<String>,
    },
}

/// The features whose field has `value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    pub value: i64,
    pub label: String,
    pub colour: Colour,
}

/// Features outside every class.
const GREY: Colour = [190, 190, 190];
/// Outlines.
const DARK: Colour = [80, 80, 80];

impl Style {
    /// Grades 1, 2, … of `field`, each with its label: the best warm, the last cool. `others` labels features without a grade.
    ///
    /// ```
    /// use landgrade::formats::Style;
    /// let style = Style::graded("商业用地级别", "grade", ["一级", "二级"].map(String::from).to_vec(), "未定级");
    /// assert_eq!(style.name, "商业用地级别");
    /// ```
    pub fn graded(
        name: impl Into<String>,
        field: impl Into<String>,
        labels: Vec<String>,
        others: impl Into<String>,
    ) -> Style {
        let count = labels.len();
        let class = |(rank, label)| Class { value: rank as i64 + 1, label, colour: ramp(rank, count) };
        let classes = labels.into_iter().enumerate().map(class).collect();
        let look = Look::Classes { field: field.into(), classes, others: others.into() };
        Style { name: name.into(), look, labels: Vec::new() }
    }

    /// Grades of several uses in one layer: each class with the text of `group` it is of.
    pub fn grouped(
        name: impl Into<String>,
        (group, field): (&str, &str),
        classes: Vec<(String, Class)>,
        others: impl Into<String>,
    ) -> Style {
        let (group, field, others) = (group.into(), field.into(), others.into());
        let look = Look::Grouped { group, field, classes, others, shown: None };
        Style { name: name.into(), look, labels: Vec::new() }
    }

    /// Of several maps in one layer, which lie upon one another, the one of a group alone: QGIS has the others as classes that are switched
    /// off, SLD has no others.
    #[must_use]
    pub fn showing(mut self, group: impl Into<String>) -> Style {
        if let Look::Grouped { shown, .. } = &mut self.look {
            *shown = Some(group.into());
        }
        self
    }

    /// One symbol for every feature.
    pub fn single(name: impl Into<String>, colour: Colour) -> Style {
        Style { name: name.into(), look: Look::Single(colour), labels: Vec::new() }
    }

    /// With what is written upon each feature.
    #[must_use]
    pub fn labelled(self, fields: &[&str]) -> Style {
        Style { labels: fields.iter().map(|field| (*field).to_string()).collect(), ..self }
    }

    /// The fields of its labels that a table has, with whether each is a number.
    fn labels_of<'a>(&'a self, table: &'a Table<'_>) -> impl Iterator<Item = (&'a str, bool)> {
        self.labels.iter().filter_map(|name| {
            let field = table.fields.iter().find(|field| field.name == *name)?;
            Some((name.as_str(), !matches!(field.cells, Cells::Own(Values::Text(_)) | Cells::Values(Values::Text(_)))))
        })
    }
}

/// The colour of the class at `rank` of `count`, from warm (rank 0) to cool.
pub fn ramp(rank: usize, count: usize) -> Colour {
    // ColorBrewer 2.0, "RdYlBu" of five classes (Brewer, Harrower & Penn State, Apache-2.0).
    const STOPS: [Colour; 5] = [[215, 25, 28], [253, 174, 97], [255, 255, 191], [171, 217, 233], [44, 123, 182]];
    if count < 2 {
        return STOPS[0];
    }
    let along = 4 * rank.min(count - 1);
    let (stop, rest) = (along / (count - 1), along % (count - 1));
    let (from, to) = (STOPS[stop], STOPS[(stop + 1).min(4)]);
    let mix = |from: u8, to: u8| {
        let (from, to, rest, whole) = (usize::from(from), usize::from(to), rest, count - 1);
        ((from * (whole - rest) + to * rest + whole / 2) / whole) as u8
    };
    [mix(from[0], to[0]), mix(from[1], to[1]), mix(from[2], to[2])]
}

/// A field's name for readers, with its unit: `宗地面积 (m²)`.
pub fn alias(field: &Field<'_>, lang: Lang) -> String {
    let title = field.title.in_lang(lang);
    if field.unit.is_empty() { title.to_string() } else { format!("{title} ({})", field.unit) }
}

/// Text from data made safe inside XML, in elements and quoted attributes; what XML 1.0 cannot hold becomes U+FFFD.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // Bare, these would be folded to blanks in an attribute.
            '\t' | '\n' | '\r' => out.push_str(&format!("&#{};", c as u32)),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
#[path = "style_tests.rs"]
mod tests;
