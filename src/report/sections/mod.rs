//! The chapters, in the order they are read.

mod breaks;
mod checks;
mod experts;
mod factors;
mod handed;
mod income;
mod income_models;
mod overview;
mod parcels;
mod prices;

use super::{Report, Subject};
use crate::ingest::finding::{Code, Finding};
use crate::land::progress::Watch;
use crate::land::{Lang, Text};
use crate::publish;
use crate::say;

pub(super) fn all(subject: &Subject<'_>, lang: Lang, watch: &dyn Watch) -> Report {
    let release = subject.release;
    let title = &release.head.title;
    let of = say!("{title}: method report", "{title}:定级方法报告");
    let mut report = Report::new(of.in_lang(lang));
    watch.begin(&say!("method report", "生成方法报告"), 5);
    overview::write(&mut report, subject, lang);
    factors::write(&mut report, subject, lang);
    watch.advance(1);
    report.heading(1, &say!("Weights", "因素权重"), lang);
    weights(&mut report, subject, lang);
    watch.advance(1);
    breaks::write(&mut report, subject, lang);
    watch.advance(1);
    checks::write(&mut report, subject, lang);
    watch.advance(1);
    areas(&mut report, subject, lang);
    parcels::write(&mut report, subject, lang);
    prices::write(&mut report, subject, lang);
    overview::findings(&mut report, subject, lang);
    watch.advance(1);
    report
}

fn weights(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    let table = publish::weights_table(subject.release);
    if table.rows == 0 {
        return report.say(&say!("The release knows no weights.", "该成果没有因素权重。"), lang);
    }
    report.table(&table, &[], usize::MAX, lang);
    let judged = subject.release.uses.iter().flat_map(|head| {
        let name = &head.name;
        head.judgements()
            .map(move |(_, crate::land::Text { en, zh })| say!("{name}: {en}", "{name}:{zh}").in_lang(lang).to_string())
    });
    report.list(judged.collect());
}

fn areas(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    let release = subject.release;
    report.heading(1, &say!("Areas", "级别面积"), lang);
    report.table(&publish::grades_table(release, lang), &["use"], usize::MAX, lang);
    report.say(&publish::rounding_of_areas(), lang);
    let by_district = publish::areas_table(release, lang);
    if by_district.rows > 0 {
        report.table(&by_district, &["use"], usize::MAX, lang);
    }
    let zones = &release.map.zones;
    if !zones.is_empty() {
        let (count, own): (usize, f64) = (zones.len(), zones.areas.iter().sum());
        let units: f64 = zones.unit_areas.iter().sum();
        let (own, units, rest) = (own / 1e4, units / 1e4, (own - units) / 1e4);
        let mut told = say!(
            "{count} grade zones cover {own:.4} ha, their units {units:.4} ha.",
            "共 {count} 个级别范围,面积 {own:.4} 公顷,其中单元 {units:.4} 公顷。"
        );
        let mut add = |more: Text| {
            told.en = format!("{} {}", told.en, more.en);
            told.zh.push_str(&more.zh);
        };
        let closed = subject.project.is_some_and(|project| project.zones.close_gaps > 0.0);
        if closed {
            add(say!("Closed gaps and simplified lines make {rest:.4} ha.", "闭合间隙与边界化简为 {rest:.4} 公顷。"));
        }
        let overlapping = |finding: &&Finding| matches!(finding.code, Code::Overlap | Code::DuplicateGeometry);
        let overlaps = release.findings.iter().filter(overlapping).count();
        if overlaps > 0 {
            add(say!(
                "Units lie on one another ({overlaps} findings): such ground counts more than once in these figures and in the table of areas.",
                "有单元相互重叠(检查结果 {overlaps} 条):重叠地面在上述数字及面积表中重复计算。"
            ));
        }
        report.say(&told, lang);
    }
}
