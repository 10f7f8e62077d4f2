//! The price of an account for reading.

use super::text::Lines;
use super::{FurtherAccount, PriceAccount, SaleAccount};
use crate::land::Text;
use crate::project::plan::Statistic;
use crate::say;
use std::fmt::Write as _;

/// Samples shown; the JSON has all.
const SALES_SHOWN: usize = 30;

pub(super) fn of_price(lines: &mut Lines, account: &PriceAccount) {
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
    let stated: Vec<&str> = [&account.right, &account.classification, &account.scope]
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    if !stated.is_empty() {
        let list = stated.join("; ");
        lines.say(&say!("   of: {list}", "   适用:{list}"));
    }
    if let Some(decided) = &account.decided {
        let (reason, none) = (&decided.reason, || "–".to_string());
        let computed = decided.computed.map_or_else(none, |price| price.to_string());
        lines.say(&say!(
            "   decided by people in place of {computed} 元/㎡, because: {reason}",
            "   经研究确定,替代计算价 {computed} 元/㎡,理由:{reason}"
        ));
    }
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
    if let Some(file) = account.index_file.as_ref().filter(|_| !account.sales.is_empty()) {
        lines.say(&say!(
            "   the price index stands in {file}; --inputs FOLDER shows its values",
            "   地价指数在 {file} 中;用 --inputs 文件夹 可显示其值"
        ));
    }
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
    let (sold, index) = (&sale.date, sale.index.as_ref());
    let (index_en, index_zh) = index.map_or_else(Default::default, |index| {
        let values = format!("{} {} / {} {}", index.base_quarter, index.at_base, index.sale_quarter, index.at_sale);
        (format!(" ({values}, sold {sold})"), format!("({values},交易日期 {sold})"))
    });
    let Some(further) = &sale.further else {
        lines.say(&say!(
            "   {id}: {price} × {date:.4} date{index_en} × {plot_ratio:.4} plot ratio × {term:.4} term = {corrected:.2}; {en}",
            "   {id}:{price} × 期日 {date:.4}{index_zh} × 容积率 {plot_ratio:.4} × 年期 {term:.4} = {corrected:.2};{zh}"
        ));
        return of_derivation(lines, sale);
    };
    let Text { en: way_en, zh: way_zh } = way(sale, further, (&index_en, &index_zh));
    lines.say(&say!("   {id}: {way_en} = {corrected:.2}; {en}", "   {id}:{way_zh} = {corrected:.2};{zh}"));
    of_derivation(lines, sale);
}

/// The price and its corrections in their order, which decides where what services cost comes in: what is multiplied behind the sum stands
/// outside its brackets.
fn way(sale: &SaleAccount, further: &FurtherAccount, (index_en, index_zh): (&str, &str)) -> Text {
    let (mut way_en, mut way_zh) = (sale.price.to_string(), sale.price.to_string());
    let mut is_sum = false;
    for step in &further.order {
        let (k, Text { en, zh }) = match *step {
            "date" => (sale.k_date, Text { en: format!("date{index_en}"), zh: format!("期日{index_zh}") }),
            "term" => (sale.k_term, say!("term", "年期")),
            "plot-ratio" => (sale.k_plot_ratio, say!("plot ratio", "容积率")),
            "condition" => (further.k_condition, say!("circumstances", "交易情况")),
            "region" => (further.k_region, say!("place", "区域")),
            _ => {
                let (sign, amount) = (if further.development < 0.0 { '−' } else { '+' }, further.development.abs());
                let _ = write!(way_en, " {sign} {amount:.2} services");
                let _ = write!(way_zh, " {sign} 开发程度 {amount:.2}");
                is_sum = true;
                continue;
            }
        };
        if is_sum {
            (way_en, way_zh, is_sum) = (format!("({way_en})"), format!("({way_zh})"), false);
        }
        let _ = write!(way_en, " × {k:.4} {en}");
        let _ = write!(way_zh, " × {zh} {k:.4}");
    }
    Text { en: way_en, zh: way_zh }
}

fn of_derivation(lines: &mut Lines, sale: &SaleAccount) {
    for step in &sale.derivation {
        let (en, zh, formula, value) = (&step.name.en, &step.name.zh, &step.formula, step.value);
        lines.say(&say!("      {en}: {formula} = {value:.2}", "      {zh}:{formula} = {value:.2}"));
    }
}

fn statistic(key: &str) -> Text {
    Statistic::ALL.into_iter().find(|own| own.key() == key).unwrap_or(Statistic::Mean).text()
}
