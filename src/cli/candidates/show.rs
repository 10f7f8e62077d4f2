//! The candidates as tables on the terminal.

use super::super::Ui;
use super::form;
use landgrade::land::money::round_half_up;
use landgrade::land::{Lang, Text, grade};
use landgrade::release::{Decided, PlaceRow, Release};
use landgrade::review::candidates::{Basis, Candidates, Row};
use landgrade::review::evidence::Evidence;
use landgrade::review::place_candidates::Place;
use landgrade::review::plot_ratio_fit::{LinearLogFit, PowerFit, linear_log, power};
use landgrade::review::sample_laws::sources;
use landgrade::say;

/// Rounded half up in decimals, as prices are.
fn number(value: Option<f64>, decimals: usize) -> String {
    let rounded = |value| round_half_up(value, decimals as u32);
    value.filter(|value| value.is_finite()).map_or_else(dash, |value| format!("{:.decimals$}", rounded(value)))
}

fn dash() -> String {
    "–".to_string()
}

/// A published price with all its decimals; one that no rounding ended shows two.
fn published(price: Option<f64>) -> String {
    price.map_or_else(dash, |price| round_half_up(price, 2).to_string())
}

/// What the published price rests on.
fn source(published: Option<f64>, filled: Option<&Text>, decided: Option<&Decided>) -> Text {
    match (published, decided, filled) {
        (None, ..) => Text::default(),
        (_, Some(_), _) => say!("decided", "另行确定"),
        (_, None, Some(_)) => say!("filled", "补缺"),
        (_, None, None) => say!("samples", "样点"),
    }
}

/// The columns between the name of a grade, area or street and what is its alone.
fn heads(first: Text, lang: Lang) -> Vec<String> {
    let heads = [
        first,
        say!("used/all", "采用/全部"),
        say!("mean", "平均"),
        say!("95 % of mean", "均值95%区间"),
        say!("by area", "面积加权"),
        say!("median", "中位数"),
        say!("mode", "众数"),
        say!("lowest", "最低"),
        say!("highest", "最高"),
        say!("CV %", "变异系数%"),
        say!("needed 10 %", "需样点10%"),
        say!("published", "公布"),
        say!("from", "来源"),
    ];
    heads.map(|head| head.in_lang(lang).to_string()).to_vec()
}

fn cells(first: String, of: &Evidence, price: Option<f64>, source: &Text, lang: Lang) -> Vec<String> {
    vec![
        first,
        format!("{}/{}", of.used, of.samples),
        number(of.mean, 0),
        of.interval.map_or_else(dash, |(low, high)| format!("{}–{}", number(Some(low), 0), number(Some(high), 0))),
        number(of.area_mean, 0),
        number(of.median, 0),
        number(of.mode, 0),
        number(of.range.map(|range| range.0), 0),
        number(of.range.map(|range| range.1), 0),
        number(of.cv.map(|cv| 100.0 * cv), 1),
        of.needed.map_or_else(dash, |needed| needed[0].to_string()),
        published(price),
        source.in_lang(lang).to_string(),
    ]
}

/// The tables of one use with what is to be noted.
pub fn tell(ui: &Ui, release: &Release, of_use: &Candidates, band: [f64; 2]) {
    let head = &release.uses[of_use.land_use];
    let (name, key) = (&head.name, &head.key);
    ui.say(&say!("{name} ({key}), 元/㎡", "{name}({key}),元/㎡"));
    let mut rows = vec![heads(say!("grade", "级别"), ui.lang)];
    rows[0].push(say!("step", "级间比").in_lang(ui.lang).to_string());
    for row in &of_use.grades {
        let source = source(row.published, row.filled.as_ref(), row.decided.as_ref());
        let mut own = cells(grade::name(row.grade, ui.lang), &row.evidence, row.published, &source, ui.lang);
        own.push(number(row.step, 3));
        rows.push(own);
    }
    ui.aligned(&rows);
    if of_use.mixed {
        ui.say(&say!(
            "  note: grades have different set plot ratios or development: no steps between those, and no model through all",
            "  注意:各级设定容积率或开发程度不同:这些级别之间不比较级间比,也不建立级别—地价模型"
        ));
    }
    not_from_samples(ui, of_use);
    places(ui, say!("area", "区片"), &of_use.areas);
    places(ui, say!("street", "路线价路段"), &of_use.streets);
    models(ui, of_use);
    laws(ui, release, of_use.land_use);
    for Row { grade, evidence, .. } in &of_use.grades {
        let (level, used, needed) =
            (grade::name(*grade, ui.lang), evidence.used, evidence.needed.map_or(0, |it| it[0]));
        if used >= needed {
            continue;
        }
        ui.say(&say!(
            "  note: grade {level} has {used} samples; a mean within 10 % at 95 % asks for {needed}",
            "  注意:{level}有 {used} 个样点;95% 置信度下均值误差 10% 需 {needed} 个"
        ));
    }
    for row in of_use.grades.iter().filter(|row| is_odd(row, &of_use.grades, band)) {
        let (level, step, [low, high]) = (grade::name(row.grade, ui.lang), number(row.step, 3), band);
        ui.say(&say!(
            "  note: grade {level} costs {step} times the next worse grade, outside {low} to {high}",
            "  注意:{level}地价为下一级的 {step} 倍,不在 {low} 至 {high} 之间"
        ));
    }
    ui.line("");
}

/// Whether a ratio to the next worse grade is outside the band; one of a price that was taken from a neighbour says nothing, as in `run`.
fn is_odd(row: &Row, all: &[Row], band: [f64; 2]) -> bool {
    let outside = row.step.is_some_and(|step| !(band[0]..=band[1]).contains(&step));
    let next = all.iter().find(|other| other.grade > row.grade && other.published.is_some());
    let alike = |row: &Row| all.iter().any(|other| other.grade != row.grade && other.published == row.published);
    let taken = |row: &Row| row.decided.is_none() && row.filled.is_some() && alike(row);
    outside && !taken(row) && !next.is_some_and(taken)
}

/// The published prices that people decided on or that were filled, with what they come from.
fn not_from_samples(ui: &Ui, of_use: &Candidates) {
    for row in of_use.grades.iter().filter(|row| row.published.is_some()) {
        let level = grade::name(row.grade, ui.lang);
        let note = row.decided.as_ref().map(Decided::text).or_else(|| row.filled.clone());
        if let Some(Text { en, zh }) = note {
            ui.say(&say!("  note: grade {level}: {en}", "  注意:{level}:{zh}"));
        }
    }
}

/// The areas or streets of a use, with what their prices come from where that is not their samples.
fn places(ui: &Ui, what: Text, places: &[Place]) {
    if places.is_empty() {
        return;
    }
    let mut rows = vec![heads(what, ui.lang)];
    let name = |row: &PlaceRow| [&*row.id, &*row.name].join(" ").trim().to_string();
    for Place { row, evidence } in places {
        let source = source(row.published, row.filled.as_ref(), row.decided.as_ref());
        rows.push(cells(name(row), evidence, row.published, &source, ui.lang));
    }
    ui.aligned(&rows);
    for Place { row, .. } in places {
        let note = row.decided.as_ref().map(Decided::text).or_else(|| row.filled.clone());
        if let Some(Text { en, zh }) = note {
            let name = name(row);
            ui.say(&say!("  note: {name}: {en}", "  注意:{name}:{zh}"));
        }
    }
}

/// What the samples say of plot ratios and of their sources.
fn laws(ui: &Ui, release: &Release, land_use: usize) {
    if let Some(fit) = power(release, land_use) {
        let PowerFit { samples, power, error, p, r2, r2_price, usable } = fit;
        let (doubt_en, doubt_zh) = match usable {
            true => ("", ""),
            false => (
                "; no law for a table: it should lie between 0 and 1 beyond chance",
                ";不宜作修正系数:应显著且介于 0 与 1 之间",
            ),
        };
        let p = if p < 0.0001 { "< 0.0001".to_string() } else { format!("{p:.4}") };
        ui.say(&say!(
            "  plot ratio from {samples} samples: k = (R/R0)^{power:.4} ± {error:.4}, p {p}, R² inside grades {r2:.3} (of prices {r2_price:.3}){doubt_en}",
            "  由 {samples} 个样点拟合容积率修正:k = (R/R0)^{power:.4} ± {error:.4},p {p},级内 R² {r2:.3}(地价尺度 {r2_price:.3}){doubt_zh}"
        ));
    }
    if let Some(LinearLogFit { samples: [below, above], slope, c, r2_price, usable }) = linear_log(release, land_use) {
        let (doubt_en, doubt_zh) = match usable {
            true => ("", ""),
            false => (
                "; no law for a table: land should get dearer and floor cheaper all along",
                ";不宜作修正系数:随容积率增加,地面地价应上升、楼面地价应下降",
            ),
        };
        ui.say(&say!(
            "  plot ratio from {below} samples below R0 and {above} above: k = 1 + {slope:.4}·(R − R0), 1 + {c:.4}·ln(R/R0); R² of prices inside grades {r2_price:.3}{doubt_en}",
            "  由 R0 以下 {below} 个、以上 {above} 个样点拟合:k = 1 + {slope:.4}·(R − R0)、1 + {c:.4}·ln(R/R0);级内地价 R² {r2_price:.3}{doubt_zh}"
        ));
    }
    for pair in sources(release, land_use).iter().filter(|pair| pair.p < 0.05) {
        let (Text { en: one, zh: one_zh }, Text { en: other, zh: other_zh }) = (pair.one.text(), pair.other.text());
        let (n, m) = pair.counts;
        let (share, p) = (100.0 * pair.share, pair.p);
        ui.say(&say!(
            "  note: {one} ({n}) and {other} ({m}) differ: the first is dearer in {share:.0} % of pairs (p {p:.4}); do not pool them unseen",
            "  注意:{one_zh}({n} 个)与{other_zh}({m} 个)价格有差异:前者较高的样点对占 {share:.0}%(p {p:.4}),合并前请核实"
        ));
    }
}

fn models(ui: &Ui, of_use: &Candidates) {
    if of_use.models.is_empty() {
        return;
    }
    let mut heads: Vec<String> = [
        say!("model", "模型"),
        say!("over", "依据"),
        say!("n", "n"),
        say!("R²", "R²"),
        say!("R² price", "R²(价格)"),
        say!("F", "F"),
        say!("t", "t"),
        say!("p", "p"),
        say!("smearing", "涂抹系数"),
    ]
    .iter()
    .map(|head| head.in_lang(ui.lang).to_string())
    .collect();
    heads.extend(of_use.grades.iter().map(|row| grade::name(row.grade, ui.lang)));
    let mut rows = vec![heads];
    for model in &of_use.models {
        let fit = &model.fit;
        let mark = if model.usable { "" } else { " *" };
        let mut row = vec![
            format!("{}{mark}", form(fit.form).in_lang(ui.lang)),
            basis(model.basis).in_lang(ui.lang).to_string(),
            fit.points.to_string(),
            number(Some(fit.r2), 3),
            number(Some(fit.r2_price), 3),
            number(Some(fit.t * fit.t), 1),
            number(Some(fit.t), 2),
            number(Some(fit.p), 4),
            number(Some(fit.smearing), 4),
        ];
        row.extend(model.prices.iter().zip(&model.residuals).map(|(price, off)| match off {
            Some(off) => format!("{} ({:+.0}%)", number(*price, 0), 100.0 * off),
            None => number(*price, 0),
        }));
        rows.push(row);
    }
    ui.aligned(&rows);
    ui.say(&say!(
        "  in brackets: how far the samples of the grade lie above the curve; * does not rise with the grade, or not significantly at 5 %, or falls to 0 and below",
        "  括号内为该级样点高于曲线的平均比例;* 表示不随级别上升,或在 5% 水平不显著,或出现不大于 0 的价格"
    ));
}

fn basis(basis: Basis) -> Text {
    match basis {
        Basis::Samples => say!("samples", "样点"),
        Basis::Means => say!("grade means", "级别均值"),
        Basis::Scores => say!("scores", "总分"),
    }
}
