//! Differential income (级差收益测算): profits by grade, whether grades differ, and the models.

use super::handed::{self, LISTED, number, probability, reals, texts, whole};
use super::income_models;
use crate::land::{Lang, grade};
use crate::report::{Handed, Report, Subject};
use crate::review::income::{Group, Income, OfUse};
use crate::review::income_chart;
use crate::review::income_models::SIGNIFICANT;
use crate::say;
use crate::statistics::quantile::quantile;

/// So many rows of the table by industry and grade are shown.
const OF_INDUSTRIES: usize = 200;

pub(super) fn write(report: &mut Report, subject: &Subject<'_>, handed: &Handed<Income>, lang: Lang) {
    let (release, found) = (subject.release, &handed.found);
    report.heading(2, &say!("Differential income", "级差收益测算"), lang);
    handed::source(report, handed, lang);
    let (rows, samples, left) = (found.rows, found.samples.len(), found.left_out.len());
    report.say(
        &say!(
            "Rows: {rows}; samples in a graded unit of their use: {samples}; left out: {left}. Amounts are yearly, in 元 per ㎡ of land.",
            "共 {rows} 行,其中 {samples} 个样点落在本用途的定级单元内;{left} 行未采用。金额为每平方米土地的年金额(元/㎡)。"
        ),
        lang,
    );
    if !found.uses.is_empty() {
        means(report, subject, found, lang);
        tests(report, subject, found, lang);
        for (at, of_use) in found.uses.iter().enumerate() {
            let head = &release.uses[of_use.land_use];
            let Some(svg) = income_chart::draw(&head.name, of_use, head.grades, lang) else { continue };
            let name = &head.name;
            let title = say!("{name}: profits by grade", "{name}:各级别利润分布");
            report.figure(&format!("profits_{}", at + 1), &title, svg, lang);
        }
        income_models::write(report, subject, found, lang);
        not_positive(report, subject, found, lang);
    }
    handed::left_out(report, &found.left_out, "profits_left_out.csv", lang);
    attach(report, subject, found);
}

fn means(report: &mut Report, subject: &Subject<'_>, found: &Income, lang: Lang) {
    let name = |of_use: &OfUse| subject.release.uses[of_use.land_use].name.clone();
    let cells = |group: &Group| {
        [
            grade::name(group.grade, lang),
            group.profits.len().to_string(),
            number(group.mean, 2),
            number(quantile(&group.profits, 0.5), 2),
            number(group.difference, 2),
        ]
    };
    let head = [
        say!("use", "用途"),
        say!("grade", "级别"),
        say!("samples", "样点数"),
        say!("mean profit, 元/㎡", "平均利润(元/㎡)"),
        say!("median, 元/㎡", "中位数(元/㎡)"),
        say!("above the worst grade, 元/㎡", "级差收益(元/㎡)"),
    ];
    let all = |of_use: &OfUse| of_use.groups.iter().map(|g| [vec![name(of_use)], cells(g).to_vec()].concat()).collect();
    let rows: Vec<Vec<String>> = found.uses.iter().flat_map(|of_use| -> Vec<_> { all(of_use) }).collect();
    let title = say!(
        "Profits by grade; the last column is the differential income",
        "各级别利润与级差收益(以有样点的最劣级为基准)"
    );
    report.rows(&title, &head, &[false, false, true, true, true, true], rows, lang);
    let mut rows = Vec::new();
    for of_use in &found.uses {
        for (industry, groups) in &of_use.industries {
            let industry = if industry.is_empty() {
                say!("not told", "未注明")
            } else {
                crate::land::Text::same(handed::short(industry))
            };
            let of = |group: &Group| {
                [vec![name(of_use), industry.in_lang(lang).to_string()], cells(group).to_vec()].concat()
            };
            rows.extend(groups.iter().map(of));
        }
    }
    if !rows.is_empty() {
        let head = [&head[..1], &[say!("industry", "行业")], &head[1..]].concat();
        let title = say!("Profits by industry and grade", "分行业各级别利润与级差收益");
        let more = rows.len().saturating_sub(OF_INDUSTRIES);
        rows.truncate(OF_INDUSTRIES);
        report.rows(&title, &head, &[false, false, false, true, true, true, true], rows, lang);
        if more > 0 {
            let text = say!(
                "Further rows of this table: {more}. The samples stand in profits.csv.",
                "该表另有 {more} 行;样点见 profits.csv。"
            );
            report.say(&text, lang);
        }
    }
}

fn tests(report: &mut Report, subject: &Subject<'_>, found: &Income, lang: Lang) {
    let rows = found.uses.iter().map(|of_use| {
        let variance = of_use.variance.map_or_else(Default::default, |test| {
            let (between, within) = test.freedom;
            let differ = if test.p < SIGNIFICANT { say!("yes", "是") } else { say!("no", "否") };
            let differ = differ.in_lang(lang).to_string();
            [number(test.f, 3), format!("{between}, {within}"), probability(test.p), differ]
        });
        let ranks = of_use.ranks.map_or_else(Default::default, |test| [number(test.h, 3), probability(test.p)]);
        let against: Vec<String> = of_use
            .disorder
            .iter()
            .map(|(better, worse)| format!("{} / {}", grade::name(*better, lang), grade::name(*worse, lang)))
            .collect();
        let against = against.join(", ");
        let order = match (of_use.groups.len(), of_use.disorder.is_empty()) {
            (1, _) => say!("one grade only", "仅一个级别"),
            (_, true) => say!("yes", "是"),
            (_, false) => say!("no: {against}", "否:{against}"),
        };
        let name = subject.release.uses[of_use.land_use].name.clone();
        [vec![name], variance.to_vec(), ranks.to_vec(), vec![order.in_lang(lang).to_string()]].concat()
    });
    let head = [
        say!("use", "用途"),
        say!("F", "F 值"),
        say!("degrees of freedom", "自由度"),
        say!("p", "p"),
        say!("differ at 0.05", "在 0.05 水平差异显著"),
        say!("H by ranks", "秩检验 H"),
        say!("p by ranks", "秩检验 p"),
        say!("means fall from grade to worse grade", "均值逐级递减"),
    ];
    let title = say!(
        "Whether grades differ: variance between against within (F), ranks (Kruskal–Wallis)",
        "级别间差异检验:组间与组内方差(F)、秩检验(Kruskal–Wallis)"
    );
    report.rows(&title, &head, &[false, true, true, true, false, true, true, false], rows.collect(), lang);
}

/// Samples that no logarithm takes.
fn not_positive(report: &mut Report, subject: &Subject<'_>, found: &Income, lang: Lang) {
    let units = &subject.release.units;
    let own = || found.samples.iter().filter(|sample| sample.profit <= 0.0);
    let (count, most) = (own().count(), LISTED);
    if count == 0 {
        return;
    }
    report.say(
        &say!(
            "Samples without a positive profit: {count}. They stand in means and tests, but not in the models, which take logarithms.",
            "{count} 个样点利润不为正:计入均值与检验,但不进入取对数的模型。"
        ),
        lang,
    );
    let rows = own().take(LISTED).map(|sample| {
        vec![
            sample.line.to_string(),
            handed::short(&sample.id),
            units.ids.show(sample.unit),
            grade::name(sample.grade, lang),
            number(sample.profit, 2),
        ]
    });
    let head = [
        say!("line", "行号"),
        say!("sample", "样点"),
        say!("unit", "单元"),
        say!("grade", "级别"),
        say!("profit, 元/㎡", "利润(元/㎡)"),
    ];
    let title = if count > most {
        say!(
            "Samples without a positive profit, the first {most} of {count} (all: profits.csv)",
            "利润不为正的样点,前 {most} 个,共 {count} 个(全部见 profits.csv)"
        )
    } else {
        say!("Samples without a positive profit", "利润不为正的样点")
    };
    report.rows(&title, &head, &[true, false, false, false, true], rows.collect(), lang);
}

/// Every sample with its unit and grade.
fn attach(report: &mut Report, subject: &Subject<'_>, found: &Income) {
    let release = subject.release;
    let all = || found.samples.iter();
    let fields = vec![
        whole("line", say!("line in the file", "文件中的行号"), all().map(|sample| sample.line.into())),
        texts("id", say!("sample", "样点编号"), all().map(|sample| sample.id.clone())),
        texts(
            "use",
            say!("use", "用途代码"),
            all().map(|sample| release.uses[usize::from(sample.land_use)].key.clone()),
        ),
        texts("industry", say!("industry", "行业"), all().map(|sample| sample.industry.clone())),
        texts("unit", say!("unit", "单元编号"), all().map(|sample| release.units.ids.show(sample.unit))),
        whole("grade", say!("grade", "级别"), all().map(|sample| sample.grade.into())),
        reals("profit", say!("yearly profit", "年利润"), "元/㎡", all().map(|sample| sample.profit)),
        reals("capital", say!("capital", "资金"), "元/㎡", all().map(|sample| sample.capital)),
        reals("wages", say!("wages", "工资"), "元/㎡", all().map(|sample| sample.wages)),
        whole(
            "positive",
            say!("positive (1) or not (0)", "利润为正(1)或否(0)"),
            all().map(|sample| (sample.profit > 0.0).into()),
        ),
    ];
    report.attach("profits.csv", handed::table(fields, found.samples.len()));
}
