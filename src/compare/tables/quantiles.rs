//! How far the growth of units spreads.

use super::super::{Comparison, Quantiles};
use super::{Words, count_field, plain, real_field, text_field};
use crate::formats::Table;
use crate::land::{Text, grade};
use crate::say;

/// One row per use and one per grade of it.
pub fn quantiles(comparison: &Comparison<'_>, words: Words) -> Table<'static> {
    let rows = &comparison.quantiles;
    let link = |row: &Quantiles| &comparison.uses[usize::from(row.land_use)];
    let name = |of: Option<u8>| match of {
        Some(of) => grade::name(of, words.lang()),
        None => say!("all grades", "全部级别").in_lang(words.lang()).to_string(),
    };
    let mut fields = vec![
        text_field("use", say!("use", "用途代码"), rows.iter().map(|row| &link(row).key)),
        text_field("use_name", say!("name of the use", "用途名称"), rows.iter().map(|row| &link(row).name)),
        count_field("grade", say!("new grade", "新期级别"), rows.iter().map(|row| row.grade.map(i64::from))),
        text_field("grade_name", say!("name of the grade", "级别名称"), rows.iter().map(|row| name(row.grade))),
        count_field("pairs", say!("priced pairs", "有价单元对"), rows.iter().map(|row| Some(row.pairs as i64))),
    ];
    let columns: [(&str, Text); 7] = [
        ("least_pct", say!("least", "最小")),
        ("q05_pct", say!("5 % quantile", "5 % 分位")),
        ("q25_pct", say!("25 % quantile", "25 % 分位")),
        ("median_pct", say!("median", "中位数")),
        ("q75_pct", say!("75 % quantile", "75 % 分位")),
        ("q95_pct", say!("95 % quantile", "95 % 分位")),
        ("greatest_pct", say!("greatest", "最大")),
    ];
    for (at, (key, title)) in columns.into_iter().enumerate() {
        let values = rows.iter().map(|row| Some(row.growth_pct[at]));
        fields.push(real_field(key, title, values).in_unit("%").shown_with(2));
    }
    if words.for_readers() {
        fields.remove(0);
    }
    plain("quantiles", say!("spread of growth", "涨幅分布"), fields, rows.len())
}
