//! 级别面积按行政区统计: areas by use, grade and district; and what the clean-up of grades changed.

use super::price_table::hectares;
use super::units::{in_lang, square_metres};
use crate::formats::{Cells, Field, Table};
use crate::land::{Lang, Text, Texts, Values, grade};
use crate::release::{AreaRow, ChangeRow, Release};
use crate::say;
use crate::statistics::apportion::apportion;

/// One row per use, grade and district, in the release's order; no rows where the project names no districts. Areas in m² are
/// rounded so that those of a use add up to its area to 0.01 m²; those in hectares half up to 4 decimals.
pub fn areas_table(release: &Release, lang: Lang) -> Table<'static> {
    let divided = release.map.areas.iter().any(|row| !row.district.is_empty());
    let rows: &[AreaRow] = if divided { &release.map.areas } else { &[] };
    let texts = |text: &dyn Fn(&AreaRow) -> String| Cells::Own(Values::Text(rows.iter().map(text).collect::<Texts>()));
    let ints = |int: &dyn Fn(&AreaRow) -> usize| {
        Cells::Own(Values::Int(rows.iter().map(|row| i64::try_from(int(row)).ok()).collect()))
    };
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let head = |row: &AreaRow| &release.uses[usize::from(row.use_index)];
    let none = say!("in no district", "不在任何行政区").in_lang(lang).to_string();
    let district = |row: &AreaRow| if row.district.is_empty() { none.clone() } else { row.district.clone() };
    let hectares = Values::Real(rows.iter().map(|row| hectares(row.area)).collect());
    let areas = Values::Real(
        rows.chunk_by(|a, b| a.use_index == b.use_index)
            .flat_map(|of_use| apportion(&of_use.iter().map(|row| row.area).collect::<Vec<f64>>(), 0.01))
            .collect(),
    );
    let fields = vec![
        field("use", say!("use", "用途代码"), texts(&|row| head(row).key.clone())),
        field("use_name", say!("use name", "土地用途"), texts(&|row| head(row).name.clone())),
        field("grade", say!("grade", "级别"), ints(&|row| usize::from(row.grade))),
        field("label", say!("grade name", "级别名称"), texts(&|row| grade::name(row.grade, lang))),
        field("district", say!("district", "行政区"), texts(&district)),
        field("units", say!("units", "单元数"), ints(&|row| row.units)),
        field("area", say!("area", "面积"), Cells::Own(areas)).in_unit(square_metres(lang)).shown_with(2),
        field("area_ha", say!("area", "面积"), Cells::Own(hectares)).in_unit(in_lang(lang, "ha", "公顷")).shown_with(4),
    ];
    let title = say!("Areas of the grades by district", "级别面积分行政区统计表");
    Table { name: "areas".into(), title, fields, shapes: None, crs: None, rows: rows.len() }
}

/// One row per unit in a patch under the smallest mapped area; no rows where there was none.
pub fn changes_table(release: &Release, lang: Lang) -> Table<'_> {
    let rows = &release.map.changes;
    let texts =
        |text: &dyn Fn(&ChangeRow) -> String| Cells::Own(Values::Text(rows.iter().map(text).collect::<Texts>()));
    let reals = |real: fn(&ChangeRow) -> f64| Cells::Own(Values::Real(rows.iter().map(real).collect()));
    let ints =
        |int: fn(&ChangeRow) -> u8| Cells::Own(Values::Int(rows.iter().map(|row| Some(i64::from(int(row)))).collect()));
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let outcome = |row: &ChangeRow| match row.from == row.to {
        true => say!("stays: no neighbour of its use", "保留:无同用途相邻单元"),
        false => say!("merged into its neighbour", "并入相邻级别"),
    };
    let fields = vec![
        field("unit", say!("unit", "单元编号"), texts(&|row| row.unit.clone())),
        field("use", say!("use", "用途代码"), texts(&|row| release.uses[usize::from(row.use_index)].key.clone())),
        field("from", say!("grade by its total", "按总分的级别"), ints(|row| row.from)),
        field("to", say!("grade", "级别"), ints(|row| row.to)),
        field("patch_area", say!("area of the patch", "图斑面积"), reals(|row| row.patch_area))
            .in_unit(square_metres(lang))
            .shown_with(2),
        field("border", say!("line shared with the neighbour", "共用边界长度"), reals(|row| row.border))
            .in_unit(in_lang(lang, "m", "米"))
            .shown_with(1),
        field("difference", say!("difference of mean scores", "平均分差"), reals(|row| row.difference))
            .in_unit(in_lang(lang, "points", "分"))
            .shown_with(2),
        field("outcome", say!("outcome", "处理结果"), texts(&|row| outcome(row).in_lang(lang).to_string())),
    ];
    let title = say!("Grades changed by the clean-up", "级别归并记录");
    Table { name: "changes".into(), title, fields, shapes: None, crs: None, rows: rows.len() }
}
