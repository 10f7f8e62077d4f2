//! Growth per use and grade, and for the city.

use super::super::{CellChange, Comparison, UseGrowth};
use super::{Words, count_field, plain, real_field, text_field};
use crate::formats::Table;
use crate::land::{Text, grade};
use crate::say;

/// One row per use and grade.
pub fn growth(comparison: &Comparison<'_>, words: Words) -> Table<'static> {
    let lang = words.lang();
    let rows: Vec<_> = comparison
        .growth
        .iter()
        .flat_map(|of_use| of_use.grades.iter().map(move |of_grade| (of_use, of_grade)))
        .collect();
    let area = |area: f64| (area > 0.0).then_some(area);
    let change = |change: Option<CellChange>| {
        change.map(|change| words.pick(change.name(), &change.title())).unwrap_or_default()
    };
    let note = |in_old: bool, in_new: bool, of_use: &UseGrowth| {
        let text = match (in_old, in_new) {
            (true, false) => say!("only in the old release", "仅旧期有"),
            (false, true) => say!("only in the new release", "仅新期有"),
            _ => remark(of_use),
        };
        text.in_lang(lang).to_string()
    };
    let mut fields = vec![
        text_field("use", say!("use", "用途代码"), rows.iter().map(|(of_use, _)| &of_use.land_use)),
        text_field("use_name", say!("name of the use", "用途名称"), rows.iter().map(|(of_use, _)| &of_use.name)),
        count_field("grade", say!("grade", "级别"), rows.iter().map(|(_, grade)| Some(i64::from(grade.grade)))),
        text_field(
            "grade_name",
            say!("name of the grade", "级别名称"),
            rows.iter().map(|(_, of_grade)| grade::name(of_grade.grade, lang)),
        ),
        real_field("price_old", say!("old price", "旧期价格"), rows.iter().map(|(_, grade)| grade.price_old))
            .in_unit("元/㎡"),
        real_field("price_new", say!("new price", "新期价格"), rows.iter().map(|(_, grade)| grade.price_new))
            .in_unit("元/㎡"),
        real_field("growth_pct", say!("growth", "涨幅"), rows.iter().map(|(_, grade)| grade.growth_pct))
            .in_unit("%")
            .shown_with(2),
        text_field(
            "change",
            say!("change of the cell", "单元格变化"),
            rows.iter().map(|(_, grade)| change(grade.change)),
        ),
        text_field(
            "flags",
            say!("flags", "标记"),
            rows.iter().map(|(_, grade)| match grade.price_jump {
                true => words.pick("price-jump", &say!("price jump", "价格突变")),
                false => String::new(),
            }),
        ),
        words.areas("area_old", say!("old area", "旧期面积"), rows.iter().map(|(_, grade)| area(grade.area_old))),
        words.areas("area_new", say!("new area", "新期面积"), rows.iter().map(|(_, grade)| area(grade.area_new))),
        count_field(
            "pairs",
            say!("priced pairs of its ground", "该级土地的有价单元对"),
            rows.iter().map(|(_, grade)| Some(grade.ground.pairs as i64)),
        ),
        real_field(
            "ground_pct",
            say!("growth of its ground, by area", "该级土地涨幅(面积加权)"),
            rows.iter().map(|(_, grade)| grade.ground.by_area_pct),
        )
        .in_unit("%")
        .shown_with(2),
        text_field(
            "note",
            say!("note", "备注"),
            rows.iter().map(|(of_use, grade)| note(grade.in_old, grade.in_new, of_use)),
        ),
    ];
    if words.for_readers() {
        fields.remove(0);
    }
    plain("growth", say!("growth by grade", "级别涨幅"), fields, rows.len())
}

/// One row per use: means over own and fixed areas, and the matched units.
pub fn city(comparison: &Comparison<'_>, words: Words) -> Table<'static> {
    let lang = words.lang();
    let uses = &comparison.growth;
    let price = |name, title, of: fn(&UseGrowth) -> Option<f64>| {
        real_field(name, title, uses.iter().map(of)).in_unit("元/㎡").shown_with(2)
    };
    let percent = |name, title, of: fn(&UseGrowth) -> Option<f64>| {
        real_field(name, title, uses.iter().map(of)).in_unit("%").shown_with(2)
    };
    let count = |name, title, of: fn(&UseGrowth) -> usize| {
        count_field(name, title, uses.iter().map(|of_use| Some(of(of_use) as i64)))
    };
    let mut fields = vec![
        text_field("use", say!("use", "用途代码"), uses.iter().map(|of_use| &of_use.land_use)),
        text_field("use_name", say!("name of the use", "用途名称"), uses.iter().map(|of_use| &of_use.name)),
        price("mean_old", say!("old mean", "旧期均价"), |of_use| of_use.mean_old),
        price("mean_new", say!("new mean", "新期均价"), |of_use| of_use.mean_new),
        percent("own_pct", say!("growth, own areas", "涨幅:各期面积"), |of_use| of_use.growth_own_pct),
        percent("fixed_pct", say!("growth, old areas", "涨幅:旧期面积"), |of_use| of_use.growth_fixed_pct),
        percent("covered", say!("old area covered", "旧期面积覆盖率"), |of_use| {
            of_use.fixed_share.map(|share| share * 100.0)
        }),
        percent("regrading", say!("by regrading", "级别调整影响"), |of_use| of_use.regrading_pct),
        count("pairs", say!("priced pairs", "有价单元对"), |of_use| of_use.units.pairs),
        count("up", say!("up", "上涨"), |of_use| of_use.units.up),
        count("flat", say!("flat", "持平"), |of_use| of_use.units.flat),
        count("down", say!("down", "下跌"), |of_use| of_use.units.down),
        percent("mean_pct", say!("mean of the pairs", "单元平均涨幅"), |of_use| of_use.units.mean_pct),
        percent("area_pct", say!("pairs by area", "单元面积加权涨幅"), |of_use| of_use.units.by_area_pct),
        text_field("note", say!("note", "备注"), uses.iter().map(|of_use| remark(of_use).in_lang(lang).to_string())),
    ];
    if words.for_readers() {
        fields.remove(0);
    }
    plain("city", say!("growth by use", "用途涨幅"), fields, uses.len())
}

/// Whether and how the prices of a use were compared; empty where nothing is to be said.
fn remark(of_use: &UseGrowth) -> Text {
    match (of_use.in_old, of_use.in_new) {
        (false, _) => say!("use only in the new release", "仅新期有该用途"),
        (_, false) => say!("use only in the old release", "仅旧期有该用途"),
        _ if of_use.different_connotation => say!("compared although premises differ", "内涵不同仍作比较"),
        _ if !of_use.compared => say!("prices not compared", "未作价格比较"),
        _ => Text::default(),
    }
}
