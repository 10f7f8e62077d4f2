//! Whether a mapping makes sense before any file is opened: keys that exclude or need one another.

use super::mapping::{Fields, Mapping};
use crate::land::{Fault, Outcome, Text};
use crate::say;

/// # Errors
/// `mapping-sense`, one fault for each thing that does not go together.
pub(super) fn check(mapping: &Mapping) -> Outcome<()> {
    let mut faults = Vec::new();
    let mut unless = |fine: bool, what: Text, help: Text| {
        if !fine {
            faults.push(Fault::new("mapping-sense", what, help).at(&mapping.source));
        }
    };
    unless(
        !mapping.source.is_empty(),
        say!("the mapping names no `source`", "映射未写 source"),
        say!("write source = \"…\", or give --source", "请写 source = \"…\",或用 --source 给出"),
    );
    let wide = |fields: &Option<Fields>| matches!(fields, Some(Fields::Wide(_)));
    let (wide_grade, wide_price) = (wide(&mapping.grade), wide(&mapping.price));
    let prices = mapping.rows_are_prices();
    unless(
        mapping.grade.is_some() || mapping.price.is_some(),
        say!("the mapping names neither a grade nor a price", "映射既无 grade 也无 price"),
        say!("write grade = \"…\", price = \"…\" or both", "请写 grade = \"…\"、price = \"…\" 或两者"),
    );
    unless(
        !prices || wide_grade || mapping.grade.is_some() && mapping.price.is_some(),
        say!("a price table needs both grades and prices", "价格表须同时有级别和价格"),
        say!("write grade and price, or rows = \"units\"", "请写 grade 和 price,或写 rows = \"units\""),
    );
    unless(
        prices || !(wide_grade || wide_price),
        say!("only a price table may have a column per use or grade", "只有价格表可以每种用途或级别一列"),
        say!("name one field, or write rows = \"prices\"", "请只写一个字段,或写 rows = \"prices\""),
    );
    unless(
        !(wide_grade && mapping.price.is_some()),
        say!("with a column per grade the prices stand in those columns", "每级一列时价格就在这些列中"),
        say!("remove `price`", "请删除 price"),
    );
    unless(
        !(wide_grade || wide_price) || mapping.price_mu.is_none() && mapping.other_kind_price.is_none(),
        say!(
            "`price_mu` and `other_kind_price` are for tables of one price a row",
            "price_mu、other_kind_price 只用于每行一个价格的表"
        ),
        say!("remove them", "请删除"),
    );
    unless(
        mapping.other_kind_price.is_none() || mapping.plot_ratio.is_some(),
        say!(
            "`other_kind_price` is held against the price by the plot ratio, which is not told",
            "other_kind_price 按容积率与地价核对,映射未写 plot_ratio"
        ),
        say!(
            "write plot_ratio, and kind where the heading tells none",
            "请写 plot_ratio;表头未写明地价类型的,再写 kind"
        ),
    );
    let tells_use = [mapping.use_field.is_some(), mapping.one_use.is_some(), wide_price];
    unless(
        tells_use.iter().filter(|told| **told).count() == 1,
        say!(
            "the use must be told once: by `use`, by `one_use`, or by a column per use",
            "用途须且只须由 use、one_use 或每用途一列之一给出"
        ),
        say!("write use = \"field\", or one_use = \"commercial\"", "请写 use = \"字段\",或 one_use = \"commercial\""),
    );
    unless(
        mapping.x.is_some() == mapping.y.is_some(),
        say!("`x` and `y` go together", "x 与 y 须同时写"),
        say!("write both, or neither", "请都写或都不写"),
    );
    unless(
        mapping.x.is_none() || mapping.is_table(),
        say!("`x` and `y` are for tables; a layer has its geometry", "x、y 只用于表格;图层自带几何"),
        say!("remove them", "请删除"),
    );
    unless(
        mapping.header.is_none() || mapping.is_table(),
        say!("`header` is for tables", "header 只用于表格"),
        say!("remove it", "请删除"),
    );
    Fault::of_all(faults).map_or(Ok(()), Err)
}
