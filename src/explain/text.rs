//! An account for reading.

use super::{Account, AreaAccount, FactorAccount, LevelAccount, PriceAccount, SaleAccount, Source, Step};
use crate::land::{Lang, Text, grade};
use crate::say;

/// Samples shown; the JSON has all.
const SALES_SHOWN: usize = 30;

/// The account in lines.
pub fn text(account: &Account, lang: Lang) -> Vec<String> {
    let mut lines = Lines { lang, lines: Vec::new() };
    let (id, use_name, area, release) = (&account.id, &account.use_name, account.area, &account.release);
    lines.say(&say!(
        "Unit {id} · {use_name} · {area:.2} m² · release {release}",
        "单元 {id} · {use_name} · {area:.2} m² · 成果 {release}"
    ));
    let [x, y] = account.place;
    lines.say(&match account.scored_at {
        "centroid" => say!("scored at its centroid, {x:.3} {y:.3}", "以形心 {x:.3} {y:.3} 计分"),
        "surface" => say!("scored at a point inside, {x:.3} {y:.3}", "以内部点 {x:.3} {y:.3} 计分"),
        _ => say!(
            "scored as the mean over its centroid and vertices; the facilities are those of the centroid, {x:.3} {y:.3}",
            "以形心与各顶点的平均值计分;所列设施为形心 {x:.3} {y:.3} 处的"
        ),
    });
    for (number, factor) in (1..).zip(&account.factors) {
        of_factor(&mut lines, number, factor);
    }
    let total = account.total;
    lines.say(&say!("\nTotal score: {total:.9}", "\n总分值:{total:.9}"));
    of_grade(&mut lines, account);
    match &account.price {
        Some(price) => of_price(&mut lines, price),
        None => lines.say(&say!("No price: the release was made without prices", "无地价:成果未测算地价")),
    }
    lines.lines
}

struct Lines {
    lang: Lang,
    lines: Vec<String>,
}

impl Lines {
    /// One line, after an empty one where the sentence begins with a break; breaks inside are the data's and make no line of their own.
    fn say(&mut self, text: &Text) {
        let whole = text.in_lang(self.lang);
        let line = whole.strip_prefix('\n');
        self.lines.extend(line.map(|_| String::new()));
        self.lines.push(line.unwrap_or(whole).replace(['\n', '\r'], "\u{FFFD}"));
    }
}

fn of_factor(lines: &mut Lines, number: usize, factor: &FactorAccount) {
    let (name, key, score, weight, share) =
        (&factor.name, &factor.key, factor.score, factor.weight, factor.contribution);
    lines.say(&say!(
        "\n{number}. {name} ({key}): {score:.4} points × weight {weight} = {share:.9}",
        "\n{number}. {name}({key}):{score:.4} 分 × 权重 {weight} = {share:.9}"
    ));
    match &factor.source {
        Source::Reach { combine, levels } => {
            levels.iter().filter(|level| level.facility.is_some()).for_each(|level| of_level(lines, level));
            let far: Vec<&str> =
                levels.iter().filter(|level| level.facility.is_none()).map(|level| level.level.as_str()).collect();
            if !far.is_empty() {
                let (en, zh) = (far.join(", "), far.join("、"));
                lines.say(&say!("   out of reach: {en}", "   范围外:{zh}"));
            }
            if levels.len() > 1 {
                lines.say(&match *combine {
                    "max" => say!("   the greatest of them counts", "   取其中最大值"),
                    _ => say!("   together, at most 100", "   各项相加,最高 100"),
                });
            }
        }
        Source::Areas { areas, uncovered, default } => of_areas(lines, areas, *uncovered, *default),
        Source::Raster { value: Some(value) } => lines.say(&say!("   raster value {value}", "   栅格值 {value}")),
        Source::Raster { value: None } => {
            lines.say(&say!("   the raster has no value here: default score", "   栅格在此无值,取默认分"));
        }
        Source::Recorded => lines.say(&say!(
            "   the score on record; --inputs FOLDER shows the raster's value",
            "   为成果所记分值;用 --inputs 文件夹 可显示栅格值"
        )),
    }
}

fn of_level(lines: &mut Lines, level: &LevelAccount) {
    let Some(facility) = &level.facility else { return };
    let (name, radius, id) = (&level.level, level.radius, &facility.id);
    let (distance, f, effect) = (facility.distance, facility.function_score, facility.effect);
    let formula = match level.form {
        "linear" => format!("{f} × (1 − {distance:.3}/{radius}) = {effect:.4}"),
        _ => format!("{f} ^ (1 − {distance:.3}/{radius}) = {effect:.4}"),
    };
    lines.say(&say!(
        "   {name}: {id} at {distance:.3} m of {radius} m; {formula}",
        "   {name}:{id},距离 {distance:.3} m(作用半径 {radius} m);{formula}"
    ));
}

fn of_areas(lines: &mut Lines, areas: &[AreaAccount], uncovered: f64, default: Option<f64>) {
    for area in areas {
        let (id, square, score) = (&area.id, area.area, area.score);
        lines.say(&say!("   {id}: {square:.2} m² at {score} points", "   {id}:{square:.2} m²,{score} 分"));
    }
    if let Some(default) = default.filter(|_| uncovered > 1e-6 || areas.is_empty()) {
        lines.say(&say!(
            "   no area: {uncovered:.2} m² at the default, {default} points",
            "   区域外:{uncovered:.2} m²,取默认值 {default} 分"
        ));
    }
}

fn of_grade(lines: &mut Lines, account: &Account) {
    let lang = lines.lang;
    let (name, grades) = (grade::name(account.grade, lang), account.grades);
    lines.say(&say!("Grade {name} of {grades}", "级别:{name}(共 {grades} 级)"));
    let title = |step: &Step| grade::name(step.grade, lang);
    if let Some(step) = &account.better {
        let (other, limit, points) = (title(step), step.limit, step.points);
        lines.say(&say!(
            "   {points:.6} points below grade {other}, which starts at {limit}",
            "   距{other}界限 {limit} 差 {points:.6} 分"
        ));
    }
    if let Some(step) = &account.worse {
        let (other, limit, points) = (title(step), step.limit, step.points);
        lines.say(&say!(
            "   {points:.6} points above grade {other}, which ends at {limit}",
            "   高出{other}界限 {limit} 共 {points:.6} 分"
        ));
    }
}

fn of_price(lines: &mut Lines, account: &PriceAccount) {
    match (account.price, account.price_per_mu) {
        (Some(price), Some(per_mu)) => lines.say(&say!(
            "Benchmark price: {price} 元/㎡ = {per_mu:.2} 万元/亩",
            "基准地价:{price} 元/㎡ = {per_mu:.2} 万元/亩"
        )),
        _ => lines.say(&say!("Benchmark price: none for this grade", "基准地价:该级别无价格")),
    }
    let (term, ratio, rate) = (account.term, account.plot_ratio, account.rate * 100.0);
    let date = account.base_date.as_deref().unwrap_or("–");
    let development = if account.development.is_empty() { "–" } else { &account.development };
    let kind = match account.price_kind.as_str() {
        "ground" => say!("per m² of land", "地面地价"),
        "floor" => say!("per m² of floor", "楼面地价"),
        other => Text::same(other),
    };
    let Text { en, zh } = kind;
    lines.say(&say!(
        "   connotation: {en}, {term} years, plot ratio {ratio}, {development}, rate {rate:.2} %, {date}",
        "   内涵:{zh},{term} 年,容积率 {ratio},{development},还原率 {rate:.2} %,估价期日 {date}"
    ));
    if let Some(filled) = &account.filled {
        let (en, zh) = (&filled.en, &filled.zh);
        lines.say(&say!("   {en}", "   {zh}"));
    }
    if let Some(unrounded) = account.unrounded {
        let (kept, samples) = (account.kept, account.samples);
        let Text { en, zh } = statistic(account.statistic);
        let (rounded_en, rounded_zh) = account.rounded_to.map_or_else(Default::default, |step| {
            (format!(", rounded half up to {step}"), format!(",四舍五入到 {step}"))
        });
        lines.say(&say!(
            "   {en} of {kept} of {samples} samples: {unrounded}{rounded_en}",
            "   {samples} 个样点中 {kept} 个的{zh}:{unrounded}{rounded_zh}"
        ));
    }
    account.sales.iter().take(SALES_SHOWN).for_each(|sale| of_sale(lines, sale));
    let more = account.sales.len().saturating_sub(SALES_SHOWN);
    if more > 0 {
        lines.say(&say!("   … and {more} more samples (--json shows all)", "   ……另有 {more} 个样点(--json 列出全部)"));
    }
}

fn of_sale(lines: &mut Lines, sale: &SaleAccount) {
    let (id, price, corrected) = (&sale.id, sale.price, sale.corrected);
    let (date, plot_ratio, term) = (sale.k_date, sale.k_plot_ratio, sale.k_term);
    let (en, zh) = (&sale.outcome.en, &sale.outcome.zh);
    if corrected.is_nan() {
        return lines.say(&say!("   {id}: {price}; {en}", "   {id}:{price};{zh}"));
    }
    lines.say(&say!(
        "   {id}: {price} × {date:.4} date × {plot_ratio:.4} plot ratio × {term:.4} term = {corrected:.2}; {en}",
        "   {id}:{price} × 期日 {date:.4} × 容积率 {plot_ratio:.4} × 年期 {term:.4} = {corrected:.2};{zh}"
    ));
}

fn statistic(key: &str) -> Text {
    match key {
        "median" => say!("median", "中位数"),
        "area-weighted-mean" => say!("mean weighted by area", "面积加权平均值"),
        _ => say!("mean", "平均值"),
    }
}
