//! The comparison as tables to write: the summary, growth, transitions, and lists of units.

mod prices;
mod transitions;
mod units;

pub(super) use prices::{city, growth};
pub(super) use transitions::{Measure, transitions};
pub(super) use units::{Words, moved, shapes, units};

use super::Comparison;
use super::matching::Kind;
use crate::formats::{Cells, Field, Table};
use crate::land::{Lang, Text, Texts, Values};
use crate::say;

/// A table without geometry whose columns are its own.
fn plain(name: &str, title: Text, fields: Vec<Field<'static>>, rows: usize) -> Table<'static> {
    Table { name: name.to_string(), title, fields, shapes: None, crs: None, rows }
}

fn text_field<T: AsRef<str>>(name: &str, title: Text, values: impl IntoIterator<Item = T>) -> Field<'static> {
    Field::plain(name, Cells::Own(Values::Text(values.into_iter().collect::<Texts>()))).titled(title)
}

fn real_field(name: &str, title: Text, values: impl IntoIterator<Item = Option<f64>>) -> Field<'static> {
    let values = values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect();
    Field::plain(name, Cells::Own(Values::Real(values))).titled(title)
}

fn count_field(name: &str, title: Text, values: impl IntoIterator<Item = Option<i64>>) -> Field<'static> {
    Field::plain(name, Cells::Own(Values::Int(values.into_iter().collect()))).titled(title)
}

/// What was compared: one line per fact, a column per release.
pub(super) fn summary(comparison: &Comparison<'_>, lang: Lang) -> Table<'static> {
    let mut lines: Vec<[String; 3]> = Vec::new();
    let mut line = |item: Text, old: String, new: String| lines.push([item.in_lang(lang).to_string(), old, new]);
    let (old, new) = (&comparison.old, &comparison.new);
    let (one, two) = (&old.release.head, &new.release.head);
    line(say!("release", "成果"), one.name.clone(), two.name.clone());
    line(say!("title", "名称"), one.title.clone(), two.title.clone());
    let date = |date: &Option<String>| date.clone().unwrap_or_default();
    line(say!("base date", "估价期日"), date(&one.base_date), date(&two.base_date));
    line(say!("CRS", "坐标系"), one.crs.label(), two.crs.label());
    line(say!("units", "单元数"), old.len().to_string(), new.len().to_string());
    for kind in Kind::ALL {
        let count = comparison.changes.iter().filter(|change| change.kind == kind).count().to_string();
        let (gone, come) = (kind != Kind::Added, kind != Kind::Removed);
        let shown = |here: bool| if here { count.clone() } else { String::new() };
        line(kind.title(), shown(gone), shown(come));
    }
    let moved = comparison.moved_ids.len().to_string();
    line(say!("identifiers elsewhere", "编号易位"), moved.clone(), moved);
    let column = |at: usize| lines.iter().map(move |line| line[at].clone());
    let fields = vec![
        text_field("item", say!("item", "项目"), column(0)),
        text_field("old", say!("old release", "旧期"), column(1)),
        text_field("new", say!("new release", "新期"), column(2)),
    ];
    plain("summary", say!("summary", "概要"), fields, lines.len())
}
