//! Checks `[prices]`: the samples, the index, the rules from samples to prices.

use super::check::{Files, Problems};
use super::file::Prices;
use super::lines::Step;
use super::plan::{CorrectionStep, DecidedPlan, FillPlan, IndexReading, OutlierPlan, PricePlan, Statistic, UsePlan};
use super::{index, places, samples};
use crate::land::date::Quarter;
use crate::land::money::{Rounding, decimal_of};
use crate::say;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::path::PathBuf;

pub(super) fn check(raw: &Prices, uses: &[UsePlan], base_date: Option<Date>, problems: &mut Problems<'_>) -> PricePlan {
    let here = |key| [Step::Key("prices"), Step::Key(key)];
    for plan in uses.iter().filter(|plan| plan.price.is_none()) {
        let key = &plan.land_use.key;
        problems.add(
            "no-connotation",
            &[Step::Key("uses")],
            say!(
                "the use {key} has no `price` (term, rate, plot_ratio)",
                "用途 {key} 缺少 price(年期、还原率、容积率)"
            ),
            say!(
                "write price = {{ term = 40, rate = 0.06, plot_ratio = 2.0 }}",
                "请写 price = {{ term = 40, rate = 0.06, plot_ratio = 2.0 }}"
            ),
        );
    }
    let index = index_of(raw, uses, problems);
    let base_quarter = base_quarter(raw, base_date, &index, problems);
    let indexed = raw.index.is_some() || raw.index_table.is_some();
    if raw.samples.date.is_some() && !indexed {
        problems.add(
            "no-index",
            &[Step::Key("prices"), Step::Key("samples"), Step::Key("date")],
            say!(
                "the samples have dates, but there is no price index to bring them to the base date by",
                "样点有日期,但没有可用于期日修正的地价指数"
            ),
            say!(
                "give `index` or [prices.index_table], or leave `date` out",
                "请写明 index 或 [prices.index_table],或不写 date"
            ),
        );
    }
    let least_samples = raw.least_samples.unwrap_or(3);
    let usual = if raw.outliers.as_deref() == Some("robust") { 3.5 } else { 3.0 };
    let sigma = raw.sigma.unwrap_or(usual);
    problems.within(&here("sigma"), "sigma", sigma, 1.0, 10.0);
    let significance = raw.significance.unwrap_or(0.05);
    problems.within(&here("significance"), "significance", significance, 0.0001, 0.49);
    // Of two prices each is as far from their mean as the other: Grubbs' test needs three.
    let fewest = if raw.outliers.as_deref() == Some("k-sigma") { 2.0 } else { 3.0 };
    problems.within(&here("least_samples"), "least_samples", least_samples as f64, fewest, 1e6);
    unused(raw, problems);
    let step = raw.rounding.unwrap_or(1.0);
    problems.within(&here("rounding"), "rounding", step, 0.0, 10_000.0);
    PricePlan {
        samples: samples::check(raw, problems),
        index,
        base_quarter,
        index_reading: problems.word(
            &here("index_reading"),
            raw.index_reading.as_deref(),
            &[("quarter", IndexReading::Quarter), ("month", IndexReading::Month)],
        ),
        order: order(raw, problems),
        corrections_file: corrections(raw, problems),
        index_file: raw.index.as_ref().map(|file| problems.folder.join(file)),
        outliers: problems.word(
            &here("outliers"),
            raw.outliers.as_deref(),
            &[
                ("by-size", OutlierPlan::BySize { significance }),
                ("grubbs", OutlierPlan::Grubbs { significance, least_samples }),
                ("k-sigma", OutlierPlan::KSigma { sigma, least_samples }),
                ("robust", OutlierPlan::Robust { limit: sigma, least_samples }),
                ("t-reject", OutlierPlan::TReject { significance, least_samples }),
                ("none", OutlierPlan::None),
            ],
        ),
        statistic: problems.word(
            &here("statistic"),
            raw.statistic.as_deref(),
            &Statistic::ALL.map(|statistic| (statistic.key(), statistic)),
        ),
        fill: problems.word(
            &here("fill"),
            raw.fill.as_deref(),
            &[
                ("interpolate", FillPlan::Interpolate),
                ("nearest-grade", FillPlan::NearestGrade),
                ("leave", FillPlan::Leave),
                ("linear-model", FillPlan::LinearModel),
                ("exponential-model", FillPlan::ExponentialModel),
                ("power-model", FillPlan::PowerModel),
                ("logarithmic-model", FillPlan::LogarithmicModel),
            ],
        ),
        fill_below: fill_below(raw, problems),
        decided: decided(raw, uses, problems),
        ratio_band: band(raw, problems),
        areas: places::areas(raw, problems),
        streets: places::streets(raw, problems),
        rounding: Rounding { step: decimal_of(step).filter(|step| !step.is_zero()) },
    }
}

/// Numbers that the outlier rule has no use for.
fn unused(raw: &Prices, problems: &mut Problems<'_>) {
    let rule = raw.outliers.as_deref().unwrap_or("by-size");
    let given = [
        ("sigma", raw.sigma.is_some(), &["k-sigma", "robust"][..]),
        ("least_samples", raw.least_samples.is_some(), &["grubbs", "k-sigma", "robust", "t-reject"][..]),
    ];
    for (key, _, rules) in given.iter().filter(|(_, given, rules)| *given && !rules.contains(&rule)) {
        let rules = rules.join(", ");
        problems.add(
            "foreign-key",
            &[Step::Key("prices"), Step::Key(key)],
            say!("the outlier rule {rule} does not use {key}", "异常值规则 {rule} 不用 {key}"),
            say!("leave it out, or choose one of: {rules}", "请去掉该项,或选用:{rules}"),
        );
    }
}

/// From how few samples a grade is filled.
fn fill_below(raw: &Prices, problems: &mut Problems<'_>) -> usize {
    let here = [Step::Key("prices"), Step::Key("fill_below")];
    let below = raw.fill_below.unwrap_or(1);
    problems.within(&here, "fill_below", below as f64, 1.0, 1000.0);
    if below > 1 && raw.fill.as_deref() == Some("leave") {
        problems.add(
            "no-fill",
            &here,
            say!("`fill_below` needs a way to fill", "fill_below 需要补充方法"),
            say!("write fill = \"interpolate\" or another method", "请写 fill = \"interpolate\" 或其他方法"),
        );
    }
    below
}

/// Each use and grade once, with a price and a reason.
fn decided(raw: &Prices, uses: &[UsePlan], problems: &mut Problems<'_>) -> Vec<DecidedPlan> {
    let here = [Step::Key("prices"), Step::Key("decided")];
    let mut plans: Vec<DecidedPlan> = Vec::new();
    for entry in &raw.decided {
        let (key, grade) = (&entry.land_use, entry.grade);
        let found = uses.iter().position(|plan| plan.land_use.spellings.contains(key));
        let known = found.filter(|&at| (1..=uses[at].grades).contains(&grade));
        let Some(at) = known else {
            problems.add(
                "unknown-cell",
                &here,
                say!("there is no grade {grade} of the use {key}", "用途 {key} 没有 {grade} 级"),
                say!("name a use of the project and one of its grades", "请写项目中的用途及其级别"),
            );
            continue;
        };
        let use_index = at as u8;
        if plans.iter().any(|plan| (plan.use_index, plan.grade) == (use_index, grade)) {
            problems.add(
                "decided-twice",
                &here,
                say!("the price of {key}, grade {grade}, is decided twice", "{key} {grade}级的地价写了两次"),
                say!("keep one", "请只保留一个"),
            );
        }
        problems.within(&here, "price", entry.price, 0.01, 1e9);
        if entry.reason.trim().is_empty() {
            problems.add(
                "no-reason",
                &here,
                say!("no reason is given for the price of {key}, grade {grade}", "{key} {grade}级的地价未写理由"),
                say!("write why people decided so: it stands in the release", "请写明理由,将记入成果"),
            );
        }
        plans.push(DecidedPlan { use_index, grade, price: entry.price, reason: entry.reason.trim().to_string() });
    }
    plans
}

fn band(raw: &Prices, problems: &mut Problems<'_>) -> [f64; 2] {
    let band = raw.ratio_band.unwrap_or([1.1, 2.0]);
    if !(band[0] >= 1.0 && band[0] < band[1] && band[1].is_finite()) {
        problems.add(
            "out-of-range",
            &[Step::Key("prices"), Step::Key("ratio_band")],
            say!("the band of ratios is not ascending from 1 up", "级差比区间应不小于 1 且递增"),
            say!("write such as [1.1, 2]", "请写如 [1.1, 2]"),
        );
    }
    band
}

/// The steps in the order named.
fn order(raw: &Prices, problems: &mut Problems<'_>) -> Option<[CorrectionStep; 6]> {
    let named = raw.order.as_ref()?;
    let found: Vec<CorrectionStep> = named
        .iter()
        .filter_map(|word| CorrectionStep::ALL.into_iter().find(|step| step.key() == word.trim()))
        .collect();
    let each_once = CorrectionStep::ALL.iter().all(|step| found.contains(step)) && found.len() == named.len();
    let order = <[CorrectionStep; 6]>::try_from(found).ok().filter(|_| each_once);
    if order.is_none() {
        let words = CorrectionStep::ALL.map(CorrectionStep::key).join(", ");
        problems.add(
            "bad-order",
            &[Step::Key("prices"), Step::Key("order")],
            say!("the order of the corrections does not name each of them once", "修正顺序须将各项修正各列一次"),
            say!("list in your order: {words}", "请按所需顺序列出:{words}"),
        );
    }
    order
}

fn corrections(raw: &Prices, problems: &mut Problems<'_>) -> Option<PathBuf> {
    let path = problems.folder.join(raw.corrections.as_ref()?);
    if problems.files == Files::Needed && !path.is_file() {
        problems.missing_file(&[Step::Key("prices"), Step::Key("corrections")], "corrections", &path);
    }
    Some(path)
}

fn index_of(raw: &Prices, uses: &[UsePlan], problems: &mut Problems<'_>) -> BTreeMap<Quarter, Vec<f64>> {
    let mut index = BTreeMap::new();
    let steps = [Step::Key("prices"), Step::Key("index_table")];
    let mut row = |written: &str, values: Vec<f64>, place: &str, problems: &mut Problems<'_>| {
        let whole = values.len() == uses.len() && values.iter().all(|value| *value > 0.0 && value.is_finite());
        match Quarter::parse(written).filter(|_| whole) {
            Some(quarter) => {
                index.insert(quarter, values);
            }
            None => problems.add(
                "bad-index",
                &steps,
                say!(
                    "{place}: \"{written}\" needs a quarter such as 2025Q4 and one positive value per use",
                    "{place}:「{written}」须为 2025Q4 这样的季度,且每种用途一个正数"
                ),
                say!("list the values in the order of the uses", "请按用途顺序列出指数"),
            ),
        }
    };
    for (written, values) in raw.index_table.iter().flatten() {
        row(written, values.clone(), "index_table", problems);
    }
    let wanted = |file: &&String| match problems.files {
        Files::Needed => true,
        Files::IfThere => problems.folder.join(file).is_file(),
        Files::Unneeded => false,
    };
    if let Some(file) = raw.index.as_ref().filter(wanted) {
        let (path, here) = (problems.folder.join(file), [Step::Key("prices"), Step::Key("index")]);
        if !path.is_file() {
            problems.missing_file(&here, "index", &path);
            return index;
        }
        match index::read(&path, uses) {
            Ok(rows) => rows.into_iter().for_each(|(written, values)| row(&written, values, file, problems)),
            Err((what, help)) => problems.add("bad-index", &here, what, help),
        }
    }
    index
}

fn base_quarter(
    raw: &Prices,
    base_date: Option<Date>,
    index: &BTreeMap<Quarter, Vec<f64>>,
    problems: &mut Problems<'_>,
) -> Option<Quarter> {
    if index.is_empty() {
        return None;
    }
    let written = raw.base_quarter.as_deref();
    let quarter = written.map_or_else(|| base_date.map(Quarter::of), Quarter::parse);
    if problems.files == Files::Needed && quarter.is_none_or(|quarter| !index.contains_key(&quarter)) {
        let shown = quarter.map_or_else(|| written.unwrap_or("?").to_string(), |quarter| quarter.to_string());
        problems.add(
            "no-base-quarter",
            &[Step::Key("prices"), Step::Key("base_quarter")],
            say!("the index has no value for the base quarter {shown}", "指数中没有基准季度 {shown} 的值"),
            say!("give `base_quarter`, or complete the index", "请写明 base_quarter,或补全指数"),
        );
    }
    quarter
}
