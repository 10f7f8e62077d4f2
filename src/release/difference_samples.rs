//! Where the samples of two releases differ.

use super::content::Release;
use super::difference::{Cell, real, rows, shown};
use super::priced::{RejectedRow, SampleRow};
use crate::land::Text;
use crate::land::column::Value;
use crate::say;

/// The first difference among samples, their derivations and the rows that were not used.
pub(super) fn first(one: &Release, other: &Release) -> Option<Text> {
    samples(one, other).or_else(|| rejected(one, other))
}

fn samples(one: &Release, other: &Release) -> Option<Text> {
    let counted = |release: &Release| release.samples.len().to_string();
    let found = one.samples.iter().zip(&other.samples).find_map(|(left, right)| {
        let id = &left.id;
        let what = say!("sample {id}", "样点 {id}");
        rows(&what, &sample(left), &sample(right)).or_else(|| steps(&what, left, right))
    });
    found.or_else(|| shown(say!("number of samples", "样点数"), &counted(one), &counted(other)))
}

fn sample(sample: &SampleRow) -> Vec<Cell<'_>> {
    vec![
        (say!("identifier", "编号"), Value::Text(&sample.id)),
        (say!("x", "横坐标"), real(sample.place.x)),
        (say!("y", "纵坐标"), real(sample.place.y)),
        (say!("use", "用途"), Value::Int(i64::from(sample.use_index))),
        (say!("unit", "所在单元"), Value::Text(&sample.unit)),
        (say!("grade", "级别"), Value::Int(i64::from(sample.grade))),
        (say!("price", "价格"), real(sample.price)),
        (say!("date", "日期"), Value::Text(&sample.date)),
        (say!("plot ratio", "容积率"), real(sample.plot_ratio)),
        (say!("remaining term", "剩余年期"), real(sample.term)),
        (say!("area", "面积"), real(sample.area)),
        (say!("date correction", "期日修正系数"), real(sample.k_date)),
        (say!("term correction", "年期修正系数"), real(sample.k_term)),
        (say!("plot ratio correction", "容积率修正系数"), real(sample.k_plot_ratio)),
        (say!("type of transaction", "交易类型"), Value::Text(&sample.detail.kind)),
        (say!("score of the circumstances", "交易情况评分"), real(sample.detail.condition)),
        (say!("score of the place", "区域评分"), real(sample.detail.region)),
        (say!("services", "开发程度"), Value::Text(&sample.detail.services)),
        (say!("correction for the circumstances", "交易情况修正系数"), real(sample.detail.k_condition)),
        (say!("correction for the place", "区域修正系数"), real(sample.detail.k_region)),
        (say!("correction for services", "开发程度修正值"), real(sample.detail.development)),
        (say!("area with a price", "所在区片"), Value::Text(&sample.detail.area)),
        (say!("street with a price", "所在路线价区段"), Value::Text(&sample.detail.street)),
        (say!("depth", "进深"), real(sample.detail.depth)),
        (say!("price at the standard depth", "标准深度地价"), real(sample.detail.street_price)),
        (say!("used for the area", "是否用于区片"), Value::Int(i64::from(sample.detail.area_used))),
        (say!("used for the street", "是否用于路段"), Value::Int(i64::from(sample.detail.street_used))),
        (say!("corrected price", "修正后价格"), real(sample.corrected)),
        (say!("outcome", "处理结果"), Value::Text(&sample.outcome.en)),
        (say!("outcome", "处理结果"), Value::Text(&sample.outcome.zh)),
        (say!("used", "是否采用"), Value::Int(i64::from(sample.used))),
    ]
}

fn steps(what: &Text, one: &SampleRow, other: &SampleRow) -> Option<Text> {
    let (left, right) = (&one.detail.steps, &other.detail.steps);
    let Text { en, zh } = what;
    let found = left.iter().zip(right).find_map(|(left, right)| {
        let cells = [left, right].map(|step| {
            vec![
                (say!("step", "推算步骤"), Value::Text(&step.name.zh)),
                (say!("step", "推算步骤"), Value::Text(&step.name.en)),
                (say!("formula", "公式"), Value::Text(&step.formula)),
                (say!("value", "数值"), real(step.value)),
            ]
        });
        rows(what, &cells[0], &cells[1])
    });
    let counted = |steps: usize| steps.to_string();
    found.or_else(|| shown(say!("{en}, steps", "{zh} 推算步数"), &counted(left.len()), &counted(right.len())))
}

fn rejected(one: &Release, other: &Release) -> Option<Text> {
    let found = one.rejected.iter().zip(&other.rejected).find_map(|(left, right)| {
        let id = &left.id;
        rows(&say!("rejected row {id}", "未采用的行 {id}"), &away(left), &away(right))
    });
    let counted = |release: &Release| release.rejected.len().to_string();
    found.or_else(|| shown(say!("number of rejected rows", "未采用的行数"), &counted(one), &counted(other)))
}

fn away(row: &RejectedRow) -> Vec<Cell<'_>> {
    vec![
        (say!("identifier", "编号"), Value::Text(&row.id)),
        (say!("x", "横坐标"), real(row.place.x)),
        (say!("y", "纵坐标"), real(row.place.y)),
        (say!("use", "用途"), row.use_index.map_or(Value::None, |at| Value::Int(i64::from(at)))),
        (say!("price", "价格"), real(row.price)),
        (say!("reason", "原因"), Value::Text(&row.outcome.en)),
        (say!("reason", "原因"), Value::Text(&row.outcome.zh)),
    ]
}
