//! What speaks for the grading and against it: sale prices by grade, neighbours, weights.

use super::handed::probability;
use super::{experts, income};
use crate::land::{Lang, grade};
use crate::release::Release;
use crate::report::{Report, Subject};
use crate::review::simulate::{Draws, kept_shares};
use crate::review::{Scored, flips, jumps, margin, prices};
use crate::say;

/// A unit is on the border of its grade where one weight moves it by changing less than this.
const FIRM: f64 = 0.05;

pub(super) fn write(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    report.heading(1, &say!("Checks", "检验"), lang);
    of_prices(report, subject, lang);
    if let Some(profits) = subject.profits {
        income::write(report, subject, profits, lang);
    }
    if let Some(opinions) = subject.experts {
        experts::write(report, subject, opinions, lang);
    }
    of_neighbours(report, subject, lang);
    of_weights(report, subject, lang);
}

fn number(value: f64, decimals: usize) -> String {
    if value.is_nan() { String::new() } else { format!("{value:.decimals$}") }
}

fn of_prices(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    let release = subject.release;
    report.heading(2, &say!("Sale prices by grade", "样点地价检验"), lang);
    let checks = prices::checks(release);
    if checks.iter().all(|check| check.groups.is_empty()) {
        return report.say(&say!("The release holds no samples that were used.", "该成果没有采用的样点。"), lang);
    }
    let (mut groups, mut pairs, mut tests) = (Vec::new(), Vec::new(), Vec::new());
    for check in checks.iter().filter(|check| !check.groups.is_empty()) {
        let name = &release.uses[check.land_use].name;
        for group in &check.groups {
            let label = grade::name(group.grade, lang);
            groups.push(vec![
                name.clone(),
                label,
                group.prices.len().to_string(),
                number(group.mean, 1),
                number(group.median, 1),
            ]);
        }
        for pair in &check.pairs {
            let ordered = if pair.ordered { say!("yes", "是") } else { say!("no", "否") };
            let label = format!("{} / {}", grade::name(pair.better, lang), grade::name(pair.worse, lang));
            let means =
                pair.means.map_or((String::new(), String::new()), |test| (number(test.t, 3), probability(test.p)));
            let above = pair
                .above
                .map_or((String::new(), String::new()), |test| (number(test.share * 100.0, 1), probability(test.p)));
            let ordered = ordered.in_lang(lang).to_string();
            pairs.push(vec![name.clone(), label, ordered, number(pair.ratio, 3), means.0, means.1, above.0, above.1]);
        }
        let f = check.variance.map_or((String::new(), String::new()), |test| (number(test.f, 3), probability(test.p)));
        let h = check.ranks.map_or((String::new(), String::new()), |test| (number(test.h, 3), probability(test.p)));
        let growth = check.growth.map_or_else(String::new, |rate| number(rate * 100.0, 2));
        tests.push(vec![name.clone(), f.0, f.1, h.0, h.1, growth]);
    }
    let land_use = say!("use", "用途");
    let head = [
        land_use.clone(),
        say!("grade", "级别"),
        say!("samples", "样点数"),
        say!("mean, 元/㎡", "均值(元/㎡)"),
        say!("median, 元/㎡", "中位数(元/㎡)"),
    ];
    let title = say!("Corrected prices of the samples used", "采用样点的修正地价");
    report.rows(&title, &head, &[false, false, true, true, true], groups, lang);
    let head = [
        land_use.clone(),
        say!("grades", "相邻级别"),
        say!("dearer where better", "优级较高"),
        say!("ratio of means", "均值比"),
        say!("Welch t", "Welch t"),
        say!("p, one-sided", "p(单侧)"),
        say!("pairs in order, %", "顺序对比例(%)"),
        say!("p by ranks", "秩检验 p"),
    ];
    let title = say!(
        "Neighbouring grades: means (Welch) and ranks (Mann–Whitney)",
        "相邻级别检验:均值(Welch)与秩(Mann–Whitney)"
    );
    report.rows(&title, &head, &[false, false, false, true, true, true, true, true], pairs, lang);
    let head = [
        land_use,
        say!("F", "F 值"),
        say!("p", "p"),
        say!("H by ranks", "秩检验 H"),
        say!("p by ranks", "秩检验 p"),
        say!("growth per grade, %", "级差率(%)"),
    ];
    let title = say!(
        "All grades: variance (F), ranks (Kruskal–Wallis), P = A(1 + r)^X",
        "各级总体检验:方差分析、秩检验与 P = A(1 + r)^X"
    );
    report.rows(&title, &head, &[false, true, true, true, true, true], tests, lang);
    report.say(
        &say!(
            "A small p speaks for a difference: below 0.05 grades differ by more than chance gives. Few samples make every test weak.",
            "p 越小差异越显著:p 小于 0.05 时级别间差异不能归于偶然。样点过少时各项检验均较弱。"
        ),
        lang,
    );
}

/// So many pairs are listed.
const LISTED: usize = 20;

fn of_neighbours(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    let Some(project) = subject.project else { return };
    let release = subject.release;
    report.heading(2, &say!("Neighbouring units", "相邻单元"), lang);
    let (snap, gaps) = (project.zones.snap, project.zones.close_gaps);
    let (found, pairs) = subject.jumps.get_or_init(|| jumps::jumps(release, snap, gaps, project.units.every_use));
    let count = found.len();
    report.say(
        &say!(
            "Of {pairs} pairs of neighbours of one use {count} differ by more than one grade with no barrier between them.",
            "{pairs} 对同用途相邻单元中,有 {count} 对级差大于一级且其间没有阻隔。"
        ),
        lang,
    );
    if gaps > 0.0 {
        let told = say!(
            "Units across gaps up to {gaps} m count as neighbours, by the middle line between them.",
            "相隔不超过 {gaps} 米的单元按其间中线视为相邻。"
        );
        report.say(&told, lang);
    }
    if found.is_empty() {
        return;
    }
    let units = &release.units;
    let grade_of = |unit: u32| grade::name(units.grades[unit as usize], lang);
    let rows = found.iter().take(LISTED).map(|jump| {
        let head = &release.uses[usize::from(units.uses[jump.one as usize])];
        vec![
            head.name.clone(),
            units.ids.show(jump.one as usize),
            grade_of(jump.one),
            units.ids.show(jump.other as usize),
            grade_of(jump.other),
            number(jump.length, 1),
        ]
    });
    let head = [
        say!("use", "用途"),
        say!("unit", "单元"),
        say!("grade", "级别"),
        say!("neighbour", "相邻单元"),
        say!("its grade", "其级别"),
        say!("line between them, m", "相邻边界(米)"),
    ];
    let title =
        say!("Neighbours more than one grade apart (the greatest first)", "级差大于一级的相邻单元(按级差与边界长度)");
    report.rows(&title, &head, &[false, false, false, false, false, true], rows.collect(), lang);
}

fn of_weights(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    let release = subject.release;
    let Ok(scored) = Scored::of(release) else { return };
    report.heading(2, &say!("Stability against the weights", "权重稳定性"), lang);
    let margins = margin::margins(&scored);
    let flips = flips::flips(&scored, 0.01);
    let mut rows = Vec::new();
    for (at, head) in release.uses.iter().enumerate() {
        let members: Vec<usize> = (0..scored.len()).filter(|&unit| usize::from(scored.use_of[unit]) == at).collect();
        let firm =
            members.iter().filter(|&&unit| margins[unit].is_none_or(|margin| margin.change.abs() >= FIRM)).count();
        let worst = flips.iter().filter(|flip| flip.land_use == at).max_by_key(|flip| flip.units);
        let worst = worst.map_or_else(String::new, |flip| {
            let (name, units, change) = (&release.head.factors[flip.factor].name, flip.units, flip.change);
            format!("{name} {change:+.2}: {units}")
        });
        let share = if members.is_empty() { f64::NAN } else { firm as f64 / members.len() as f64 * 100.0 };
        rows.push(vec![head.name.clone(), members.len().to_string(), firm.to_string(), number(share, 1), worst]);
    }
    let head = [
        say!("use", "用途"),
        say!("units", "单元数"),
        say!("firm", "稳定单元数"),
        say!("firm, %", "稳定比例(%)"),
        say!("most units moved by ±0.01 of one weight", "单一权重 ±0.01 时改变级别最多的因素"),
    ];
    let title = say!("Units no change of one weight below 0.05 moves", "单一权重变动小于 0.05 时级别不变的单元");
    report.rows(&title, &head, &[false, true, true, true, false], rows, lang);
    together(report, release, &scored, lang);
    let rows = flips.chunks(2).filter_map(|pair| {
        let [less, more] = pair else { return None };
        let (head, factor) = (&release.uses[less.land_use], &release.head.factors[less.factor]);
        let weight = number(head.weights[less.factor], 4);
        Some(vec![head.name.clone(), factor.name.clone(), weight, less.units.to_string(), more.units.to_string()])
    });
    let head = [
        say!("use", "用途"),
        say!("factor", "因素"),
        say!("weight", "权重"),
        say!("units moved by −0.01", "−0.01 时改变的单元数"),
        say!("units moved by +0.01", "+0.01 时改变的单元数"),
    ];
    let title = say!("Units that a hundredth of one weight moves", "单一权重变动百分之一时改变级别的单元");
    report.rows(&title, &head, &[false, false, true, true, true], rows.collect(), lang);
}

/// All weights a little off together.
fn together(report: &mut Report, release: &Release, scored: &Scored<'_>, lang: Lang) {
    const DRAWS: Draws = Draws { count: 200, spread: 0.1, seed: 1 };
    let kept = kept_shares(scored, &DRAWS);
    let mean = |at: usize| {
        let own = kept.iter().zip(scored.use_of).filter(|(_, of)| usize::from(**of) == at).map(|(share, _)| *share);
        let (count, sum) = own.fold((0usize, 0.0), |(count, sum), share| (count + 1, sum + share));
        100.0 * sum / count as f64
    };
    let shares = release.uses.iter().enumerate().map(|(at, head)| (&head.name, mean(at)));
    let shares: Vec<_> = shares.filter(|(_, share)| !share.is_nan()).collect();
    let list = |between: &str| {
        shares.iter().map(|(name, share)| format!("{name} {share:.2} %")).collect::<Vec<_>>().join(between)
    };
    let (en, zh, draws) = (list(", "), list("、"), DRAWS.count);
    report.say(
        &say!(
            "All weights off together by up to 10 % of themselves, {draws} draws: on the mean a unit keeps its grade in {en}.",
            "全部权重同时在 ±10% 内变动,抽样 {draws} 次:级别保持不变的平均比例为 {zh}。"
        ),
        lang,
    );
}
