//! What was compared and how much of it changed: one line per fact.

use super::super::matching::Kind;
use super::super::{Change, Comparison};
use super::{plain, text_field};
use crate::formats::Table;
use crate::formats::xlsx::{Plain, Typed};
use crate::land::{Lang, Text, date};
use crate::say;
use std::collections::BTreeSet;

/// What stands in a cell.
#[derive(Clone)]
enum Fact {
    Nothing,
    Text(String),
    Count(usize),
    Date(String),
}

impl Fact {
    fn text(&self) -> String {
        match self {
            Fact::Nothing => String::new(),
            Fact::Text(text) | Fact::Date(text) => text.clone(),
            Fact::Count(count) => count.to_string(),
        }
    }

    fn typed(&self) -> Option<Plain> {
        match self {
            Fact::Nothing | Fact::Text(_) => None,
            Fact::Count(count) => Some(Plain::Number(*count as f64)),
            Fact::Date(text) => date::parse(text).map(Plain::Date),
        }
    }
}

/// The table, and its numbers and dates for formats whose cells have kinds of their own.
pub fn summary(comparison: &Comparison<'_>, lang: Lang) -> (Table<'static>, Vec<Typed>) {
    let mut lines: Vec<(Text, [Fact; 3])> = Vec::new();
    let (old, new) = (&comparison.old, &comparison.new);
    let (one, two) = (&old.release.head, &new.release.head);
    let text = |text: &str| Fact::Text(text.to_string());
    let date = |date: &Option<String>| date.clone().map_or(Fact::Nothing, Fact::Date);
    let crs = |side: &super::super::Side<'_>| text(side.release.head.crs.title().in_lang(lang));
    lines.push((say!("release", "成果"), [text(&one.name), text(&two.name), Fact::Nothing]));
    lines.push((say!("title", "名称"), [text(&one.title), text(&two.title), Fact::Nothing]));
    lines.push((say!("base date", "估价期日"), [date(&one.base_date), date(&two.base_date), Fact::Nothing]));
    lines.push((say!("CRS", "坐标系"), [crs(old), crs(new), Fact::Nothing]));
    lines.push((say!("units", "单元数"), [Fact::Count(old.len()), Fact::Count(new.len()), Fact::Nothing]));
    let compared = !comparison.changes.is_empty();
    for kind in Kind::ALL.into_iter().filter(|_| compared) {
        lines.push((kind.title(), of_kind(comparison, kind)));
    }
    let changed = comparison.changed();
    if compared {
        let moved = Fact::Count(comparison.moved_ids.len());
        lines.push((say!("identifiers elsewhere", "编号易位"), [moved.clone(), moved.clone(), moved]));
        for (title, count) in [
            (say!("pairs of units: use changed", "单元对:用途变化"), changed.land_use),
            (say!("pairs of units: grade changed", "单元对:级别变化"), changed.grade),
            (say!("of these flagged as grade jumps", "其中标记为级别突变"), changed.grade_jumps),
            (say!("pairs of units: price changed", "单元对:地价变化"), changed.price),
            (say!("of these flagged as price jumps", "其中标记为价格突变"), changed.price_jumps),
        ] {
            lines.push((title, [Fact::Nothing, Fact::Nothing, Fact::Count(count)]));
        }
    }
    let cells = changed.cells;
    for (title, facts) in [
        (say!("cells of the price table changed", "地价表变动格数"), [None, None, Some(cells.changed)]),
        (say!("of these flagged as price jumps", "其中标记为价格突变"), [None, None, Some(cells.price_jumps)]),
        (say!("cells of the price table added", "地价表新增格数"), [None, Some(cells.added), Some(cells.added)]),
        (say!("cells of the price table removed", "地价表取消格数"), [Some(cells.removed), None, Some(cells.removed)]),
    ] {
        lines.push((title, facts.map(|count| count.map_or(Fact::Nothing, Fact::Count))));
    }
    let typed = lines.iter().enumerate().flat_map(|(row, (_, facts))| {
        let cells = facts.iter().enumerate();
        cells.filter_map(move |(at, fact)| Some(Typed { row, column: at + 1, value: fact.typed()? }))
    });
    let typed = typed.collect();
    let column = |at: usize| lines.iter().map(move |(_, facts)| facts[at].text());
    let fields = vec![
        text_field("item", say!("item", "项目"), lines.iter().map(|(item, _)| item.in_lang(lang))),
        text_field("old", say!("old release", "旧期"), column(0)),
        text_field("new", say!("new release", "新期"), column(1)),
        text_field("changes", say!("pairs or cells", "对数(格数)"), column(2)),
    ];
    (plain("summary", say!("summary", "概要"), fields, lines.len()), typed)
}

/// Units of each release, and the pairs they make.
fn of_kind(comparison: &Comparison<'_>, kind: Kind) -> [Fact; 3] {
    let of_kind = || comparison.changes.iter().filter(|change| change.kind == kind);
    let units = |row: fn(&Change) -> Option<u32>| Fact::Count(of_kind().filter_map(row).collect::<BTreeSet<_>>().len());
    let (olds, news) = (units(|change| change.old), units(|change| change.new));
    match kind {
        Kind::Added => [Fact::Nothing, news, Fact::Nothing],
        Kind::Removed => [olds, Fact::Nothing, Fact::Nothing],
        _ => [olds, news, Fact::Count(of_kind().count())],
    }
}
