//! Grades against experts' opinions (专家意见核对): how far they agree, and the units that differ.

use super::handed::{self, LISTED, number, reals, short, texts, whole};
use crate::land::{Lang, grade};
use crate::report::{Handed, Report, Subject};
use crate::review::experts::{Experts, Judged};
use crate::say;

pub(super) fn write(report: &mut Report, subject: &Subject<'_>, handed: &Handed<Experts>, lang: Lang) {
    let (release, found) = (subject.release, &handed.found);
    report.heading(2, &say!("Experts' opinions", "专家意见核对"), lang);
    handed::source(report, handed, lang);
    let (rows, votes, left) = (found.rows, found.votes, found.left_out.len());
    let units: usize = found.uses.iter().map(|of_use| of_use.units).sum();
    report.say(
        &say!(
            "Rows: {rows}; votes: {votes}, on {units} units; left out: {left}.",
            "共 {rows} 行,计为 {votes} 票,涉及 {units} 个单元;{left} 行未采用。"
        ),
        lang,
    );
    let rows = found.uses.iter().map(|of_use| {
        vec![
            release.uses[of_use.land_use].name.clone(),
            of_use.units.to_string(),
            of_use.equal.to_string(),
            of_use.by_one.to_string(),
            of_use.by_more.to_string(),
            number(of_use.mean_difference, 3),
            number(of_use.kappa.unwrap_or(f64::NAN), 3),
        ]
    });
    let head = [
        say!("use", "用途"),
        say!("units with opinion", "有意见的单元"),
        say!("equal", "一致"),
        say!("differ by 1", "相差一级"),
        say!("by 2 or more", "相差两级及以上"),
        say!("mean difference", "平均级差"),
        say!("weighted kappa", "加权 kappa"),
    ];
    let title = say!("Grades against the median opinion", "级别与专家意见(中位数)对照");
    report.rows(&title, &head, &[false, true, true, true, true, true, true], rows.collect(), lang);
    report.say(
        &say!(
            "The opinion on a unit is the median of its votes, of two in the middle the worse grade. A difference is the grade less the opinion: above 0 the unit is graded worse than experts think. Kappa (Cohen 1968) has quadratic weights: 1 is full agreement, 0 what chance gives.",
            "单元的专家意见取各票级别的中位数,居中两票不同时取较劣一级。级差为定级级别减专家意见:大于 0 表示定级偏劣。kappa(Cohen 1968)采用平方权重:1 为完全一致,0 为偶然一致的水平。"
        ),
        lang,
    );
    differing(report, subject, found, lang);
    handed::left_out(report, &found.left_out, "experts_left_out.csv", lang);
}

fn differing(report: &mut Report, subject: &Subject<'_>, found: &Experts, lang: Lang) {
    let release = subject.release;
    let units = &release.units;
    let head_of = |judged: &Judged| &release.uses[usize::from(units.uses[judged.unit])];
    let row = |judged: &Judged| {
        vec![
            units.ids.show(judged.unit),
            head_of(judged).name.clone(),
            grade::name(judged.grade, lang),
            grade::name(judged.opinion, lang),
            format!("{}/{}", judged.agree, judged.votes),
            number(judged.total, 3),
            number(judged.to_limit, 3),
            number(judged.to_grade, 3),
            short(&judged.reasons.join("; ")),
        ]
    };
    if !found.differing.is_empty() {
        let head = [
            say!("unit", "单元"),
            say!("use", "用途"),
            say!("grade", "级别"),
            say!("opinion", "专家意见"),
            say!("votes for it", "同意票数"),
            say!("total score", "总分"),
            say!("points to the next limit", "距最近界限(分)"),
            say!("points to that grade", "距该级别(分)"),
            say!("reasons", "理由"),
        ];
        let numbers = [false, false, false, false, true, true, true, true, false];
        let title =
            say!("Units graded otherwise (the greatest differences first)", "与专家意见不一致的单元(级差大者在前)");
        report.rows(&title, &head, &numbers, found.differing.iter().take(LISTED).map(row).collect(), lang);
    }
    let (count, more) = (found.differing.len(), found.differing.len().saturating_sub(LISTED));
    let text = match (count, more) {
        (0, _) => say!("No unit differs.", "没有不一致的单元。"),
        (_, 0) => say!("The list is also in experts.csv.", "该清单另见 experts.csv。"),
        _ => say!(
            "Further units that differ: {more}; all {count} stand in experts.csv.",
            "另有 {more} 个单元不一致;全部 {count} 个见 experts.csv。"
        ),
    };
    report.say(&text, lang);
    let all = || found.differing.iter();
    let fields = vec![
        texts("unit", say!("unit", "单元编号"), all().map(|judged| units.ids.show(judged.unit))),
        texts("use", say!("use", "用途代码"), all().map(|judged| head_of(judged).key.clone())),
        whole("grade", say!("grade", "级别"), all().map(|judged| judged.grade.into())),
        whole("opinion", say!("opinion", "专家意见"), all().map(|judged| judged.opinion.into())),
        whole(
            "difference",
            say!("grade less opinion", "级差(级别减意见)"),
            all().map(|judged| judged.difference().into()),
        ),
        whole("agree", say!("votes for the opinion", "同意票数"), all().map(|judged| judged.agree as i64)),
        whole("votes", say!("votes", "票数"), all().map(|judged| judged.votes as i64)),
        reals("total", say!("total score", "总分"), "", all().map(|judged| judged.total)),
        reals("to_limit", say!("points to the next limit", "距最近界限"), "", all().map(|judged| judged.to_limit)),
        reals("to_grade", say!("points to that grade", "距该级别"), "", all().map(|judged| judged.to_grade)),
        texts("reasons", say!("reasons", "理由"), all().map(|judged| judged.reasons.join("; "))),
    ];
    report.attach("experts.csv", handed::table(fields, count));
}
