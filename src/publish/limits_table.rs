//! The score limits between the grades, of the grading and of its alternatives.

use super::said::Said;
use super::units::in_lang;
use crate::formats::{Cells, Field, Table};
use crate::land::{Lang, Text, Texts, Values, grade};
use crate::release::Release;
use crate::say;

/// One grade of one grading of one use.
struct Row {
    of_use: usize,
    /// The field the grading stands in.
    grading: String,
    method: String,
    gvf: f64,
    grade: u8,
    lower: f64,
    upper: f64,
    /// Why the limits are these, where people gave them; else empty.
    reason: String,
}

/// One row per use, grading and grade that has a class: the totals between which it lies, without a lower end for the worst and an upper
/// end for the best. No rows where the release knows no limits (imported ones).
pub fn limits_table(release: &Release, lang: Lang) -> Table<'static> {
    let said = Said::of(release);
    let mut rows = Vec::new();
    for (of_use, head) in release.uses.iter().enumerate() {
        let main = ("grade".to_string(), head.method.clone(), head.gvf, head.limits.as_slice());
        let others = release.units.alternatives.iter().zip(&head.alternative_limits);
        let others = others.map(|((name, _), limits)| (name.clone(), String::new(), f64::NAN, limits.as_slice()));
        for (number, (grading, method, gvf, limits)) in std::iter::once(main).chain(others).enumerate() {
            let reason = match number {
                // Releases sealed before the reason stood in the manifest have it in their project file alone.
                0 => head.reason.as_deref().or_else(|| said.reason_of_use(&head.key)),
                _ => said.reason_of_alternative(&grading),
            };
            for grade in (1..=head.grades).filter(|_| !limits.is_empty()) {
                let class = usize::from(head.grades - grade);
                if class <= limits.len() {
                    let lower = class.checked_sub(1).map_or(f64::NAN, |below| limits[below]);
                    let upper = limits.get(class).copied().unwrap_or(f64::NAN);
                    rows.push(Row {
                        of_use,
                        grading: grading.clone(),
                        method: method.clone(),
                        gvf,
                        grade,
                        lower,
                        upper,
                        reason: reason.unwrap_or_default().to_string(),
                    });
                }
            }
        }
    }
    table(release, &rows, lang)
}

fn table(release: &Release, rows: &[Row], lang: Lang) -> Table<'static> {
    let texts = |text: &dyn Fn(&Row) -> String| Cells::Own(Values::Text(rows.iter().map(text).collect::<Texts>()));
    let reals = |real: fn(&Row) -> f64| Cells::Own(Values::Real(rows.iter().map(real).collect()));
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let points = in_lang(lang, "points", "分");
    let grades = rows.iter().map(|row| Some(i64::from(row.grade))).collect();
    let mut fields = vec![
        field("use", say!("use", "用途代码"), texts(&|row| release.uses[row.of_use].key.clone())),
        field("use_name", say!("use name", "土地用途"), texts(&|row| release.uses[row.of_use].name.clone())),
        field("grading", say!("field of the grading", "级别字段"), texts(&|row| row.grading.clone())),
        field(
            "method",
            say!("method of the breaks", "分级方法"),
            texts(&|row| grade::method(&row.method).in_lang(lang).to_string()),
        ),
        field("grade", say!("grade", "级别"), Cells::Own(Values::Int(grades))),
        field("label", say!("grade name", "级别名称"), texts(&|row| grade::name(row.grade, lang))),
        field("lower", say!("lower score limit", "总分下限"), reals(|row| row.lower)).in_unit(points).shown_with(4),
        field("upper", say!("upper score limit", "总分上限"), reals(|row| row.upper)).in_unit(points).shown_with(4),
        field("gvf", say!("goodness of variance fit", "方差拟合优度"), reals(|row| row.gvf)).shown_with(4),
    ];
    if rows.iter().any(|row| !row.reason.is_empty()) {
        let title = say!("reason of the limits", "界限依据");
        fields.push(field("reason", title, texts(&|row| row.reason.clone())));
    }
    let title = say!("Score limits of the grades", "级别分值界限表");
    Table { name: "limits".into(), title, fields, shapes: None, crs: None, rows: rows.len() }
}

#[cfg(test)]
#[path = "limits_table_tests.rs"]
mod tests;
