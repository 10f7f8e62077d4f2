//! A ratio study, as a table for people and as JSON.

use super::super::Ui;
use landgrade::land::{Lang, Text};
use landgrade::quality::limits::Limits;
use landgrade::quality::verdict::Verdict;
use landgrade::quality::{Interval, Study};
use landgrade::say;
use serde_json::{Value, json};

/// The whole study, then a row per group.
pub fn studies(ui: &Ui, all: &Study, groups: &[(&str, Study)], limits: &Limits) {
    study(ui, all, limits);
    if groups.is_empty() {
        return;
    }
    ui.line("");
    ui.say(&say!("by group", "按组"));
    let mut rows = vec![heads().iter().map(|head| head.in_lang(ui.lang).to_string()).collect::<Vec<_>>()];
    rows.extend(groups.iter().map(|(name, study)| row(name, study)));
    ui.aligned(&rows);
}

/// The columns of [`row`].
pub fn heads() -> [Text; 9] {
    [
        say!("group", "组"),
        say!("n", "n"),
        say!("median", "中位比率"),
        say!("mean", "平均比率"),
        say!("weighted", "加权比率"),
        say!("COD %", "COD %"),
        say!("PRD", "PRD"),
        say!("PRB", "PRB"),
        say!("VEI %", "VEI %"),
    ]
}

/// The statistics of one group in a row.
pub fn row(name: &str, study: &Study) -> Vec<String> {
    let level = |of: fn(&landgrade::quality::level::Level) -> f64| number(study.level.as_ref().map(of), 3);
    vec![
        name.to_string(),
        study.n.to_string(),
        level(|level| level.median),
        level(|level| level.mean),
        level(|level| level.weighted_mean),
        number(study.spread.map(|spread| spread.cod), 1),
        number(study.prd.map(|prd| prd.prd), 3),
        number(study.prb.map(|prb| prb.prb), 3),
        number(study.vei.as_ref().map(|vei| vei.vei), 1),
    ]
}

/// Every statistic of one study in a line, with its interval, its limits and what is said of it.
pub fn study(ui: &Ui, study: &Study, limits: &Limits) {
    let (n, percent) = (study.n, limits.confidence * 100.0);
    ui.say(&say!("{n} ratios; intervals at {percent} %", "比率 {n} 个;区间置信度 {percent}%"));
    let (level, spread) = (study.level.as_ref(), study.spread.as_ref());
    let (verdicts, ranges) = (&study.verdicts, &limits.limits);
    let drawn = |found: Option<(Interval, usize)>| found.map(|(interval, _)| interval);
    let plain = |title: Text, value, decimals, interval| line(ui, title, (value, decimals), interval, None);
    let judged = |title: Text, value, decimals, interval, range: [f64; 2], verdict| {
        line(ui, title, (value, decimals), interval, Some((range, verdict)))
    };
    let rows = vec![
        [
            say!("statistic", "统计量"),
            say!("value", "值"),
            say!("interval", "区间"),
            say!("limits", "限值"),
            say!("verdict", "结论"),
        ]
        .map(|head| head.in_lang(ui.lang).to_string())
        .to_vec(),
        judged(
            say!("median ratio", "中位比率"),
            level.map(|level| level.median),
            4,
            level.and_then(|level| level.median_interval),
            ranges.median_ratio,
            verdicts.median_ratio,
        ),
        plain(
            say!("mean ratio", "平均比率"),
            level.map(|level| level.mean),
            4,
            level.and_then(|level| level.mean_interval),
        ),
        plain(
            say!("weighted mean ratio", "加权平均比率"),
            level.map(|level| level.weighted_mean),
            4,
            level.and_then(|level| level.weighted_mean_interval),
        ),
        judged(
            say!("COD, dispersion, %", "离散系数 COD,%"),
            spread.map(|spread| spread.cod),
            2,
            spread.and_then(|spread| drawn(spread.cod_interval)),
            ranges.cod,
            verdicts.cod,
        ),
        plain(
            say!("CoV, variation, %", "变异系数 CoV,%"),
            spread.and_then(|spread| spread.cov),
            2,
            spread.and_then(|spread| spread.cov_interval),
        ),
        plain(
            say!("within 10 % of the median, %", "距中位数 10% 以内,%"),
            spread.map(|spread| spread.coc[0]),
            1,
            spread.map(|spread| spread.coc_intervals[0]),
        ),
        plain(
            say!("within 20 % of the median, %", "距中位数 20% 以内,%"),
            spread.map(|spread| spread.coc[2]),
            1,
            spread.map(|spread| spread.coc_intervals[2]),
        ),
        judged(
            say!("PRD, price-related differential", "价格相关差 PRD"),
            study.prd.map(|prd| prd.prd),
            4,
            study.prd.and_then(|prd| drawn(prd.interval)),
            ranges.prd,
            verdicts.prd,
        ),
        judged(
            say!("PRB, price-related bias", "价格相关偏差 PRB"),
            study.prb.map(|prb| prb.prb),
            4,
            study.prb.map(|prb| prb.interval),
            ranges.prb,
            verdicts.prb,
        ),
        judged(
            say!("VEI, vertical equity, %", "纵向公平指标 VEI,%"),
            study.vei.as_ref().map(|vei| vei.vei),
            2,
            study.vei.as_ref().map(|vei| vei.interval),
            ranges.vei,
            verdicts.vei,
        ),
        judged(
            say!("MKI, modified Kakwani index", "修正 Kakwani 指数 MKI"),
            study.mki,
            4,
            drawn(study.mki_interval),
            ranges.mki,
            verdicts.mki,
        ),
    ];
    ui.aligned(&rows);
    for note in notes(study, limits) {
        ui.say(&note);
    }
}

fn line(
    ui: &Ui,
    title: Text,
    (value, decimals): (Option<f64>, usize),
    interval: Option<Interval>,
    judged: Option<([f64; 2], Verdict)>,
) -> Vec<String> {
    let interval =
        interval.map_or_else(dash, |interval| format!("{:.decimals$} – {:.decimals$}", interval.low, interval.high));
    let (range, verdict) = judged.map_or_else(Default::default, |([low, high], verdict)| {
        (format!("{low} – {high}"), verdict.text().in_lang(ui.lang).to_string())
    });
    vec![title.in_lang(ui.lang).to_string(), number(value, decimals), interval, range, verdict]
}

fn dash() -> String {
    "–".to_string()
}

/// A number with so many decimals; a dash for none.
pub fn number(value: Option<f64>, decimals: usize) -> String {
    value.filter(|value| !value.is_nan()).map_or_else(dash, |value| format!("{value:.decimals$}"))
}

/// What else there is to know of a study.
fn notes(study: &Study, limits: &Limits) -> Vec<Text> {
    let mut notes = Vec::new();
    let (n, least) = (study.n, limits.least_tested);
    if n < least {
        notes.push(say!(
            "{n} ratios are too few to judge by; {least} are asked for",
            "比率仅 {n} 个,不足 {least} 个,不作判定"
        ));
    }
    if let Some(spread) = study.spread
        && n >= least
        && spread.cod < limits.limits.cod[0]
    {
        let (cod, low) = (format!("{:.2}", spread.cod), limits.limits.cod[0]);
        notes.push(say!(
            "a COD of {cod} is below {low}: the values may have followed the sales, or the sales are not representative",
            "COD {cod} 低于 {low}:价值可能追随成交价,或样本缺乏代表性"
        ));
    }
    let [low, high] = limits.limits.prb_recommended;
    if let Some(prb) = study.prb.filter(|prb| study.verdicts.prb == Verdict::Met && !(low..=high).contains(&prb.prb)) {
        let value = format!("{:.4}", prb.prb);
        notes.push(say!(
            "a PRB of {value} is within its limits, not within the recommended {low} to {high}",
            "PRB {value} 在限值之内,但不在推荐范围 {low} 至 {high} 之内"
        ));
    }
    if let Some(crowding) = study.crowding.filter(|crowding| crowding.suspicious && n >= least) {
        let (share, within) = (format!("{:.1}", crowding.share), limits.chasing.within * 100.0);
        let critical = limits.chasing.critical;
        notes.push(say!(
            "{share} % of the ratios lie within {within} % of the median, more than {critical} %: price chasing is likely",
            "{share}% 的比率距中位数不超过 {within}%,高于 {critical}%:可能存在追价"
        ));
    }
    for step in study.vei.iter().flat_map(|vei| &vei.steps).filter(|step| step.count < landgrade::quality::ladder::WEAK)
    {
        let (count, from, to) = (step.count, format!("{:.2}", step.from), format!("{:.2}", step.to));
        notes.push(say!(
            "the group of values from {from} to {to} has {count} ratios only",
            "价值 {from} 至 {to} 的组仅有 {count} 个比率"
        ));
    }
    for stretch in study.stretches.iter().flatten() {
        let (from, to) = (format!("{:.2}", stretch.from), format!("{:.2}", stretch.to));
        let median = format!("{:.3}", stretch.median);
        notes.push(say!(
            "values from {from} to {to} lie apart from the rest: median ratio {median}",
            "价值 {from} 至 {to} 与整体不一致:中位比率 {median}"
        ));
    }
    notes
}

/// What was asked for, by the names ratio studies use.
pub fn json(study: &Study) -> Value {
    let interval = |found: Option<Interval>| {
        found.map(|found| json!({"low": found.low, "high": found.high, "confidence": found.confidence}))
    };
    let drawn = |found: Option<(Interval, usize)>| {
        found.map(|(found, draws)| {
            json!({"low": found.low, "high": found.high, "confidence": found.confidence, "draws": draws})
        })
    };
    let (level, spread) = (study.level.as_ref(), study.spread.as_ref());
    let verdicts = &study.verdicts;
    json!({
        "n": study.n,
        "unusable": study.unusable,
        "median_ratio": level.map(|level| level.median),
        "median_interval": interval(level.and_then(|level| level.median_interval)),
        "mean_ratio": level.map(|level| level.mean),
        "mean_interval": interval(level.and_then(|level| level.mean_interval)),
        "weighted_mean_ratio": level.map(|level| level.weighted_mean),
        "weighted_mean_interval": interval(level.and_then(|level| level.weighted_mean_interval)),
        "cod": spread.map(|spread| spread.cod),
        "cod_interval": drawn(spread.and_then(|spread| spread.cod_interval)),
        "cov": spread.and_then(|spread| spread.cov),
        "cov_interval": interval(spread.and_then(|spread| spread.cov_interval)),
        "cov_small_sample": spread.and_then(|spread| spread.cov_small),
        "coc10": spread.map(|spread| spread.coc[0]),
        "coc10_interval": interval(spread.map(|spread| spread.coc_intervals[0])),
        "coc15": spread.map(|spread| spread.coc[1]),
        "coc15_interval": interval(spread.map(|spread| spread.coc_intervals[1])),
        "coc20": spread.map(|spread| spread.coc[2]),
        "coc20_interval": interval(spread.map(|spread| spread.coc_intervals[2])),
        "prd": study.prd.map(|prd| prd.prd),
        "prd_interval": drawn(study.prd.and_then(|prd| prd.interval)),
        "prb": study.prb.map(|prb| prb.prb),
        "prb_interval": interval(study.prb.map(|prb| prb.interval)),
        "prb_p": study.prb.map(|prb| prb.p),
        "vei": study.vei.as_ref().map(|vei| vei.vei),
        "vei_interval": interval(study.vei.as_ref().map(|vei| vei.interval)),
        "vei_groups": study.vei.as_ref().map(|vei| vei.steps.iter().map(|step| json!({
            "n": step.count, "from": step.from, "to": step.to, "median_ratio": step.median,
            "error": Some(step.error).filter(|error| !error.is_nan()),
        })).collect::<Vec<_>>()),
        "vei_p": study.vei.as_ref().and_then(|vei| vei.p),
        "vem": study.stretches.as_ref().map(|stretches| stretches.iter().map(|stretch| json!({
            "from": stretch.from, "to": stretch.to, "median_ratio": stretch.median,
        })).collect::<Vec<_>>()),
        "mki": study.mki,
        "mki_interval": drawn(study.mki_interval),
        "chasing": study.crowding.map(|crowding| json!({
            "share": crowding.share, "expected": crowding.expected, "suspicious": crowding.suspicious,
        })),
        "verdicts": {
            "median_ratio": verdicts.median_ratio.word(), "cod": verdicts.cod.word(), "prd": verdicts.prd.word(),
            "prb": verdicts.prb.word(), "vei": verdicts.vei.word(), "mki": verdicts.mki.word(),
        },
    })
}

/// A text in the language of the user.
pub fn said(text: &Text, lang: Lang) -> String {
    text.in_lang(lang).to_string()
}
