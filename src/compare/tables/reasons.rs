//! Why prices changed: columns beside each unit, means by grade and by district, the biggest movers.

use super::super::Comparison;
use super::super::reasons::{Mean, Measure, Reason, Reasons};
use super::{Words, count_field, plain, real_field, text_field};
use crate::formats::{Field, Table};
use crate::land::{Text, grade};
use crate::say;

/// How many of the biggest movers are listed.
const MOVERS: usize = 50;

/// The columns of reasons beside the units of `rows`, places among the comparison's changes: of the price, for programs also of total and grade.
pub fn columns(comparison: &Comparison<'_>, reasons: &Reasons, rows: &[usize], words: Words) -> Vec<Field<'static>> {
    let pairs: Vec<Option<usize>> = rows.iter().map(|&row| reasons.pair(row)).collect();
    let measures = if words.for_readers() { &Measure::ALL[..1] } else { &Measure::ALL[..] };
    let reason = |pair: &Option<usize>| pair.map(|pair| main(reasons, pair, words)).unwrap_or_default();
    let mut fields = vec![text_field("reason", say!("main reason", "主要原因"), pairs.iter().map(reason))];
    for &measure in measures {
        let (prefix, Text { en, zh }, decimals) = match measure {
            Measure::Price => ("price", say!("price", "地价"), 2),
            Measure::Total => ("total", say!("total score", "总分"), 6),
            Measure::Grade => ("grade", say!("grade", "级别"), 4),
        };
        // Without both prices there is no change of price.
        let told = |row: usize| {
            let change = &comparison.changes[row];
            measure != Measure::Price || !(change.price_old.is_nan() || change.price_new.is_nan())
        };
        let of_pair = |value: &dyn Fn(usize) -> f64| -> Vec<Option<f64>> {
            let pairs = pairs.iter().zip(rows).map(|(pair, &row)| pair.filter(|_| told(row)));
            pairs.map(|pair| pair.map(value)).collect()
        };
        let parts = reasons.of(measure);
        let unit = |field: Field<'static>| if measure == Measure::Price { field.in_unit("元/㎡") } else { field };
        let change = real_field(
            &format!("{prefix}_change"),
            say!("change of {en}", "{zh}变化"),
            of_pair(&|pair| parts.change(pair)),
        );
        fields.push(unit(change.shown_with(decimals)));
        for (group, Reason { key, title, .. }) in reasons.groups.iter().enumerate() {
            let Text { en: by, zh: by_zh } = title;
            let title = say!("{en} by {by}", "{zh}:{by_zh}");
            let field = real_field(&format!("{prefix}_by_{key}"), title, of_pair(&|pair| parts.part(pair, group)));
            fields.push(unit(field.shown_with(decimals)));
        }
    }
    fields
}

/// The word of the largest part of a pair's price, else of its grade or total, of equal ones all; `undetermined` where no group alone explains the price.
fn main(reasons: &Reasons, pair: usize, words: Words) -> String {
    if reasons.undetermined[pair] {
        return words.pick("undetermined", &say!("not to be separated", "无法分解"));
    }
    let largest = [Measure::Price, Measure::Grade, Measure::Total].into_iter();
    let groups = largest.map(|measure| reasons.of(measure).leading(pair)).find(|groups| !groups.is_empty());
    let word = |group: usize| words.pick(&reasons.groups[group].key, &reasons.groups[group].title);
    groups.unwrap_or_default().into_iter().map(word).collect::<Vec<_>>().join(" = ")
}

/// One row per use and one per grade of it.
pub fn by_grade(comparison: &Comparison<'_>, reasons: &Reasons, words: Words) -> Table<'static> {
    let rows = reasons.by_grade(comparison);
    let link = |at: u8| &comparison.uses[usize::from(at)];
    let name = |of: Option<u8>| match of {
        Some(of) => grade::name(of, words.lang()),
        None => say!("all grades", "全部级别").in_lang(words.lang()).to_string(),
    };
    let mut fields = vec![
        text_field("use", say!("use", "用途代码"), rows.iter().map(|row| &link(row.land_use).key)),
        text_field("use_name", say!("name of the use", "用途名称"), rows.iter().map(|row| &link(row.land_use).name)),
        count_field("grade", say!("new grade", "新期级别"), rows.iter().map(|row| row.grade.map(i64::from))),
        text_field("grade_name", say!("name of the grade", "级别名称"), rows.iter().map(|row| name(row.grade))),
    ];
    fields.extend(means(reasons, rows.iter().map(|row| &row.mean).collect(), words));
    if words.for_readers() {
        fields.remove(0);
    }
    plain("reasons", say!("reasons by grade", "变化原因(按级别)"), fields, rows.len())
}

/// One row per use and district.
pub fn by_district(comparison: &Comparison<'_>, reasons: &Reasons, words: Words) -> Table<'static> {
    let rows = reasons.by_district(comparison);
    let link = |at: u8| &comparison.uses[usize::from(at)];
    let mut fields = vec![
        text_field("use", say!("use", "用途代码"), rows.iter().map(|row| &link(row.land_use).key)),
        text_field("use_name", say!("name of the use", "用途名称"), rows.iter().map(|row| &link(row.land_use).name)),
        text_field("district", say!("district", "行政区"), rows.iter().map(|row| &row.district)),
    ];
    fields.extend(means(reasons, rows.iter().map(|row| &row.mean).collect(), words));
    if words.for_readers() {
        fields.remove(0);
    }
    plain("reasons_districts", say!("reasons by district", "变化原因(按行政区)"), fields, rows.len())
}

fn means(reasons: &Reasons, rows: Vec<&Mean>, words: Words) -> Vec<Field<'static>> {
    let mut fields = vec![
        count_field("pairs", say!("pairs", "单元对数"), rows.iter().map(|mean| Some(mean.pairs as i64))),
        words.areas("area", say!("area in common", "共有面积"), rows.iter().map(|mean| Some(mean.area))),
        real_field("price_change", say!("mean change", "平均变化"), rows.iter().map(|mean| Some(mean.change)))
            .in_unit("元/㎡")
            .shown_with(2),
    ];
    for (group, Reason { key, title, .. }) in reasons.groups.iter().enumerate() {
        let Text { en, zh } = title;
        let parts = rows.iter().map(|mean| Some(mean.parts[group]));
        let field = real_field(&format!("price_by_{key}"), say!("by {en}", "{zh}"), parts);
        fields.push(field.in_unit("元/㎡").shown_with(2));
    }
    fields
}

/// The changes with the largest change of price, the largest first; equal ones in their order.
pub fn movers(comparison: &Comparison<'_>) -> Vec<usize> {
    let reasons = comparison.reasons.as_ref();
    let change = |at: &usize| match reasons.and_then(|reasons| Some((reasons, reasons.pair(*at)?))) {
        Some((reasons, pair)) => reasons.of(Measure::Price).change(pair).abs(),
        None => {
            let change = &comparison.changes[*at];
            if change.price_changed { (change.price_new - change.price_old).abs() } else { 0.0 }
        }
    };
    let moved = (0..comparison.changes.len()).map(|at| (change(&at), at));
    let mut moved: Vec<(f64, usize)> = moved.filter(|(change, _)| *change > 0.0).collect();
    moved.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    moved.truncate(MOVERS);
    moved.into_iter().map(|(_, at)| at).collect()
}
