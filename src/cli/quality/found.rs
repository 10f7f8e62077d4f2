//! What a release's samples say of its prices, for people and as JSON.

use super::super::Ui;
use super::show::{self, number};
use landgrade::land::{Text, grade};
use landgrade::quality::Limits;
use landgrade::quality::verdict::Verdict;
use landgrade::release::Release;
use landgrade::review::quality::OfUse;
use landgrade::say;
use serde_json::{Value, json};

pub fn tell(ui: &Ui, release: &Release, of_use: &OfUse, limits: &Limits) {
    let head = &release.uses[of_use.land_use];
    let (name, key) = (&head.name, &head.key);
    ui.say(&say!("{name} ({key})", "{name}({key})"));
    show::study(ui, &of_use.study, limits);
    if let Some(note) = by_grades(of_use) {
        ui.say(&note);
    }
    let aside = of_use.untrimmed.n - of_use.study.n;
    if aside > 0 {
        let cod = number(of_use.untrimmed.spread.map(|spread| spread.cod), 2);
        let median = number(of_use.untrimmed.level.map(|level| level.median), 4);
        ui.say(&say!(
            "with the {aside} samples set aside: median ratio {median}, COD {cod} %",
            "计入被剔除的 {aside} 个样点:中位比率 {median},COD {cod}%"
        ));
    }
    grades(ui, of_use);
    borders(ui, of_use);
    whole(ui, of_use, limits.least_tested);
    ui.line("");
}

/// What is to be known of the statistics of vertical equity of a price book, where one of them is outside its limits.
fn by_grades(of_use: &OfUse) -> Option<Text> {
    let verdicts = &of_use.study.verdicts;
    let met = [verdicts.prb, verdicts.vei, verdicts.mki]
        .into_iter()
        .all(|own| !matches!(own, Verdict::Failed | Verdict::NotShown));
    (!met).then(|| {
        say!(
            "note: one price for all of a grade lies below its dear sales and above its cheap ones: PRB, VEI and MKI measure how wide the grades are and are no faults of their prices by themselves; read them beside the separation of neighbouring grades",
            "注意:同一级别只有一个地价,必然低于其中较高、高于其中较低的成交价:PRB、VEI、MKI 反映的是级别内部的宽窄,其本身不说明地价有误,应与相邻级别的区分度一并判断"
        )
    })
}

fn grades(ui: &Ui, of_use: &OfUse) {
    ui.say(&say!("by grade", "按级别"));
    let mut heads: Vec<String> = show::heads()[..6].iter().map(|head| head.in_lang(ui.lang).to_string()).collect();
    heads[0] = say!("grade", "级别").in_lang(ui.lang).to_string();
    heads.push(say!("verdict on the level", "水平判定").in_lang(ui.lang).to_string());
    let mut rows = vec![heads];
    for of_grade in &of_use.grades {
        let mut row = show::row(&grade::name(of_grade.grade, ui.lang), &of_grade.study);
        row.truncate(6);
        let verdict = of_grade.study.verdicts.median_ratio.text();
        row.push(of_grade.inferred.as_ref().unwrap_or(&verdict).in_lang(ui.lang).to_string());
        rows.push(row);
    }
    let places = [(say!("areas", "区片"), &of_use.areas), (say!("streets", "路线价"), &of_use.streets)];
    for (title, study) in places.iter().filter_map(|(title, study)| Some((title, study.as_ref()?))) {
        let mut row = show::row(title.in_lang(ui.lang), study);
        row.truncate(6);
        row.push(study.verdicts.median_ratio.text().in_lang(ui.lang).to_string());
        rows.push(row);
    }
    ui.aligned(&rows);
}

fn borders(ui: &Ui, of_use: &OfUse) {
    let borders = &of_use.separation.borders;
    if borders.is_empty() {
        return;
    }
    ui.say(&say!("neighbouring grades", "相邻级别"));
    let heads = [
        say!("grades", "级别"),
        say!("ratio of medians", "中位数之比"),
        say!("overlap", "重叠度"),
        say!("p (ranks)", "p(秩和)"),
        say!("p (Holm)", "p(Holm)"),
    ];
    let mut rows = vec![heads.iter().map(|head| show::said(head, ui.lang)).collect::<Vec<_>>()];
    for border in borders {
        let [better, worse] = [border.better, border.worse].map(|number| grade::name(number, ui.lang));
        rows.push(vec![
            format!("{better} / {worse}"),
            number(Some(border.ratio), 3),
            number(Some(border.overlap), 3),
            number(border.p, 4),
            number(border.p_adjusted, 4),
        ]);
    }
    ui.aligned(&rows);
}

/// What is said of the use as a whole.
fn whole(ui: &Ui, of_use: &OfUse, least: usize) {
    let separation = &of_use.separation;
    if let Some(trend) = separation.trend {
        let (z, p) = (number(Some(trend.z), 3), number(Some(trend.p), 4));
        let (eta2, epsilon2) = (number(separation.eta2, 3), number(separation.epsilon2, 3));
        let Text { en, zh } = match trend.is_shown() {
            true => say!("prices rise with the grade", "价格随级别上升"),
            false => say!("that prices rise with the grade is not shown at 5 %", "在 5% 水平未显示价格随级别上升"),
        };
        ui.say(&say!(
            "{en}: Jonckheere z {z}, p {p}; grades explain {eta2} of the variance of ln price (η²), {epsilon2} by ranks (ε²)",
            "{zh}:Jonckheere z {z},p {p};级别解释 ln 价格方差的 {eta2}(η²),按秩 {epsilon2}(ε²)"
        ));
    }
    if let Some(share) = of_use.monotone_share {
        let share = number(Some(share), 3);
        ui.say(&say!(
            "a rising curve over the total scores explains {share} of the variance of prices",
            "总分的单调曲线解释价格方差的 {share}"
        ));
    }
    if let Some(moran) = of_use.moran {
        let (i, expected) = (number(Some(moran.i), 4), number(Some(moran.expected), 4));
        let (p, count) = (number(Some(moran.p), 4), moran.neighbours);
        ui.say(&say!(
            "ratios in space: Moran's I {i} over {count} neighbours (expected {expected}), p {p}",
            "比率的空间分布:Moran's I {i}({count} 个近邻,期望 {expected}),p {p}"
        ));
    }
    if let Some(test) = of_use.back_test {
        let (n, error) = (test.n, number(Some(test.median_error), 1));
        let [ten, twenty, thirty] = test.within.map(|share| number(Some(share), 1));
        ui.say(&say!(
            "back-test of {n} samples: median error {error} %; within 10 / 20 / 30 %: {ten} / {twenty} / {thirty} %",
            "全部 {n} 个样点回测:误差中位数 {error}%;误差在 10 / 20 / 30% 以内的占 {ten} / {twenty} / {thirty}%"
        ));
    }
    if let Some(change) = of_use.change {
        let (sold, unsold) = (change.sold, change.unsold);
        let (own, other) = (number(Some(change.of_sold), 2), number(Some(change.of_unsold), 2));
        let Text { en, zh } = match change.suspicious {
            _ if sold.min(unsold) < least => {
                say!("of fewer than {least} units nothing is judged", "不足 {least} 个单元不作判断")
            }
            true => say!("further apart than allowed: price chasing is likely", "超过允许差:可能存在追价"),
            false => say!("no sign of price chasing", "未见追价迹象"),
        };
        let allowed = change.allowed;
        ui.say(&say!(
            "since the earlier release {sold} units with sales changed by {own} %, {unsold} without by {other} % ({allowed} points allowed): {en}",
            "与前期相比,有样点的 {sold} 个单元变化 {own}%,无样点的 {unsold} 个单元变化 {other}%(允许相差 {allowed} 个百分点):{zh}"
        ));
    }
}

pub fn json(ui: &Ui, release: &Release, of_use: &OfUse) -> Value {
    let head = &release.uses[of_use.land_use];
    let mut found = show::json(&of_use.study);
    found["use"] = json!(head.key);
    found["name"] = json!(head.name);
    found["untrimmed"] = show::json(&of_use.untrimmed);
    for (key, own) in [("areas", &of_use.areas), ("streets", &of_use.streets)] {
        if let Some(own) = own {
            found[key] = show::json(own);
        }
    }
    found["grades"] = json!(
        of_use
            .grades
            .iter()
            .map(|of_grade| {
                let mut own = show::json(&of_grade.study);
                own["grade"] = json!(of_grade.grade);
                own["inferred"] = json!(of_grade.inferred.as_ref().map(|text| text.in_lang(ui.lang)));
                own
            })
            .collect::<Vec<_>>()
    );
    let separation = &of_use.separation;
    found["separation"] = json!({
        "borders": separation.borders.iter().map(|border| json!({
            "better": border.better, "worse": border.worse, "ratio": border.ratio, "overlap": border.overlap,
            "p": border.p, "p_holm": border.p_adjusted,
        })).collect::<Vec<_>>(),
        "jonckheere": separation.trend.map(|trend| json!({
            "j": trend.j, "z": trend.z, "p": trend.p, "shown": trend.is_shown(),
        })),
        "eta2": separation.eta2, "epsilon2": separation.epsilon2, "monotone_r2": of_use.monotone_share,
    });
    found["moran"] = json!(of_use.moran.map(|moran| json!({
        "i": moran.i, "expected": moran.expected, "z": moran.z, "p": moran.p, "neighbours": moran.neighbours,
    })));
    found["back_test"] = json!(of_use.back_test.map(|test| json!({
        "n": test.n, "median_error": test.median_error, "within10": test.within[0], "within20": test.within[1],
        "within30": test.within[2],
    })));
    found["change"] = json!(of_use.change.map(|change| json!({
        "sold": change.sold, "unsold": change.unsold, "of_sold": change.of_sold, "of_unsold": change.of_unsold,
        "allowed": change.allowed, "suspicious": change.suspicious,
    })));
    found
}
