//! Lists of units: what changed, what came and went, identifiers that moved.

use super::super::{Change, Comparison, Side};
use super::{Words, count_field, plain, real_field, reasons, text_field};
use crate::formats::{Cells, Field, Table};
use crate::land::{IdColumn, Lang, Text, Texts, Values};
use crate::say;
use crate::space::{Shapes, measure};

/// The units of `rows`, which are places among the comparison's changes; geometry is added by the caller.
pub fn units(comparison: &Comparison<'_>, rows: &[usize], name: &str, title: Text, words: Words) -> Table<'static> {
    let changes = || rows.iter().map(|&row| &comparison.changes[row]);
    let land_use = |place: Option<u8>| {
        let link = place.map(|place| &comparison.uses[usize::from(place)]);
        link.map(|link| words.pick(&link.key, &Text::same(&link.name))).unwrap_or_default()
    };
    let flags = |change: &Change| match words {
        Words::Codes(_) => change.flags.names().join(";"),
        Words::Titles(lang) => {
            let titles: Vec<String> =
                change.flags.titles().iter().map(|title| title.in_lang(lang).to_string()).collect();
            titles.join(if lang == Lang::Zh { ";" } else { "; " })
        }
    };
    let known = |value: f64| Some(value).filter(|value| !value.is_nan());
    let grade = |grade: u8| (grade > 0).then_some(i64::from(grade));
    let area = |name: &str, title: Text, values: Vec<f64>| {
        real_field(name, title, values.into_iter().map(known)).in_unit("㎡").shown_with(2)
    };
    let whole = |side: &Side<'_>, row: Option<u32>| row.map_or(f64::NAN, |row| side.stated_area(row));
    let by = |change: &Change| change.by.map(|by| words.pick(by.name(), &by.title())).unwrap_or_default();
    let mut fields = vec![
        ids("id_old", say!("old identifier", "旧期编号"), &comparison.old, changes().map(|change| change.old)),
        ids("id_new", say!("new identifier", "新期编号"), &comparison.new, changes().map(|change| change.new)),
        text_field(
            "kind",
            say!("what happened", "变化类型"),
            changes().map(|change| words.pick(change.kind.name(), &change.kind.title())),
        ),
        text_field("matched_by", say!("matched by", "匹配方式"), changes().map(by)),
        words.shares("share_old", say!("share of the old unit", "占旧单元比例"), changes().map(|c| c.share_old)),
        words.shares("share_new", say!("share of the new unit", "占新单元比例"), changes().map(|c| c.share_new)),
        area("area", say!("area in common", "共有面积"), changes().map(|change| change.shared).collect()),
        area("area_old", say!("old area", "旧单元面积"), changes().map(|c| whole(&comparison.old, c.old)).collect()),
        area("area_new", say!("new area", "新单元面积"), changes().map(|c| whole(&comparison.new, c.new)).collect()),
        text_field("use_old", say!("old use", "旧期用途"), changes().map(|change| land_use(change.use_old))),
        text_field("use_new", say!("new use", "新期用途"), changes().map(|change| land_use(change.use_new))),
        count_field("grade_old", say!("old grade", "旧期级别"), changes().map(|change| grade(change.grade_old))),
        count_field("grade_new", say!("new grade", "新期级别"), changes().map(|change| grade(change.grade_new))),
        count_field("dgrade", say!("change of grade", "级别变化"), changes().map(|c| c.dgrade.map(i64::from))),
        real_field("price_old", say!("old price", "旧期价格"), changes().map(|c| known(c.price_old))).in_unit("元/㎡"),
        real_field("price_new", say!("new price", "新期价格"), changes().map(|c| known(c.price_new))).in_unit("元/㎡"),
        real_field("growth_pct", say!("growth", "涨幅"), changes().map(|change| known(change.growth)))
            .in_unit("%")
            .shown_with(2),
        text_field("flags", say!("flags", "标记"), changes().map(flags)),
    ];
    fields.extend(comparison.reasons.iter().flat_map(|reasons| reasons::columns(comparison, reasons, rows, words)));
    plain(name, title, fields, rows.len())
}

/// Numbers stay numbers.
fn ids(name: &str, title: Text, side: &Side<'_>, rows: impl Iterator<Item = Option<u32>>) -> Field<'static> {
    let values = match side.ids.as_ref() {
        IdColumn::Int(ids) => Values::Int(rows.map(|row| row.map(|row| ids[row as usize])).collect()),
        IdColumn::Text(ids) => {
            Values::Text(rows.map(|row| row.map_or("", |row| ids.get(row as usize))).collect::<Texts>())
        }
    };
    Field::plain(name, Cells::Own(values)).titled(title)
}

/// The geometry of the new unit, of the old one where it is gone; and how many units of the other kind of geometry go without.
pub fn shapes(comparison: &Comparison<'_>, rows: &[usize]) -> Option<(Shapes, usize)> {
    let (old, new) = (comparison.old.shapes.as_deref(), comparison.new.shapes.as_deref());
    let kind = new.or(old)?.kind;
    let (mut shapes, mut without) = (Shapes::new(kind), 0);
    for &row in rows {
        let change = &comparison.changes[row];
        let found = match (change.new, change.old) {
            (Some(row), _) => new.map(|shapes| shapes.get(row as usize)),
            (None, Some(row)) => old.map(|shapes| shapes.get(row as usize)),
            (None, None) => None,
        };
        match found.filter(|shape| shape.kind == kind) {
            Some(shape) => shapes.push_shape(shape),
            None => {
                without += 1;
                shapes.end_feature();
            }
        }
    }
    Some((shapes, without))
}

/// Identifiers that both releases have at different places.
pub fn moved(comparison: &Comparison<'_>) -> Table<'static> {
    let rows = &comparison.moved_ids;
    let place =
        |side: &Side<'_>, row: u32| side.shapes.as_ref().and_then(|shapes| measure::centroid(shapes.get(row as usize)));
    let old = |row: u32| place(&comparison.old, row);
    let new = |row: u32| place(&comparison.new, row);
    let fields = vec![
        ids("id", say!("identifier", "编号"), &comparison.old, rows.iter().map(|&(old, _)| Some(old))),
        real_field("x_old", say!("old place, x", "旧期 x"), rows.iter().map(|&(one, _)| old(one).map(|p| p.x)))
            .shown_with(3),
        real_field("y_old", say!("old place, y", "旧期 y"), rows.iter().map(|&(one, _)| old(one).map(|p| p.y)))
            .shown_with(3),
        real_field("x_new", say!("new place, x", "新期 x"), rows.iter().map(|&(_, two)| new(two).map(|p| p.x)))
            .shown_with(3),
        real_field("y_new", say!("new place, y", "新期 y"), rows.iter().map(|&(_, two)| new(two).map(|p| p.y)))
            .shown_with(3),
    ];
    plain("moved_ids", say!("identifiers elsewhere", "编号易位"), fields, rows.len())
}
