//! Checks `[prices.samples]`: where the samples are, and what their columns hold.

use super::check::Problems;
use super::file::{Measured, Prices};
use super::lines::Step;
use super::plan::{FigurePlan, MeasuredPlan, PriceKind, SamplesPlan};
use crate::land::heading::unit_of_prices;
use crate::land::number::yuan_per_square_metre;
use crate::land::quantity::Quantity;
use crate::land::transaction::FIGURES;
use crate::say;

pub(super) fn check(raw: &Prices, problems: &mut Problems<'_>) -> SamplesPlan {
    let here = |key| [Step::Key("prices"), Step::Key("samples"), Step::Key(key)];
    let given = &raw.samples;
    price(raw, problems);
    if given.x.is_some() != given.y.is_some() {
        problems.add(
            "half-coordinates",
            &here(if given.x.is_some() { "x" } else { "y" }),
            say!("`x` and `y` belong together", "x 与 y 须同时写明"),
            say!("name both columns, or neither for a point layer", "请写明两列,点图层则都不写"),
        );
    }
    let figures = figures(raw, problems);
    let kinds = [("ground", PriceKind::Ground), ("floor", PriceKind::Floor)];
    let price_kind = given.price_kind.as_deref().map(|word| problems.word(&here("price_kind"), Some(word), &kinds));
    if let Some(Measured::InUnit(stated)) = &given.area {
        unit_is_known(Quantity::Area, &stated.unit, "area", problems);
    }
    if given.development.is_some() && raw.corrections.is_none() {
        problems.add(
            "no-corrections",
            &here("development"),
            say!(
                "the samples tell their development, but no table says what services cost",
                "样点有开发程度,但没有各项设施费用表"
            ),
            say!(
                "name a file with [development] under `corrections`, or leave the column out",
                "请在 corrections 中写明含 [development] 的文件,或不写该列"
            ),
        );
    }
    if given.depth.is_some() && raw.streets.is_none() {
        problems.add(
            "foreign-key",
            &here("depth"),
            say!(
                "the depth of samples is for street prices, of which there are none",
                "样点深度用于路线价,项目未设路线价"
            ),
            say!("write [prices.streets], or leave `depth` out", "请写 [prices.streets],或去掉 depth"),
        );
    }
    SamplesPlan {
        source: problems.source(
            &here("source"),
            &given.source,
            given.layer.as_ref(),
            given.crs.as_ref(),
            given.encoding.as_ref(),
        ),
        id: given.id.clone(),
        use_field: given.use_field.clone(),
        price: given.price.clone(),
        date: given.date.clone(),
        plot_ratio: given.plot_ratio.clone(),
        term: given.term.clone(),
        area: given.area.as_ref().map(measured),
        unit: given.unit.clone(),
        price_kind,
        xy: given.x.clone().zip(given.y.clone()),
        grade: given.grade.clone(),
        kind: given.kind.clone(),
        figures,
        condition: given.condition.clone(),
        region: given.region.clone(),
        development: given.development.clone(),
        depth: given.depth.clone(),
        header: given.header,
        blanks: given.blanks.iter().map(|word| word.trim().to_string()).collect(),
    }
}

/// The price's unit, and that there is a way to a price at all.
fn price(raw: &Prices, problems: &mut Problems<'_>) {
    let here = |key| [Step::Key("prices"), Step::Key("samples"), Step::Key(key)];
    let given = &raw.samples;
    let headings: Vec<&str> = given.price.iter().map(String::as_str).collect();
    let told = unit_of_prices(given.unit.as_deref(), &headings).unwrap_or_else(|fault| {
        problems.add(fault.code, &here("price"), fault.what, fault.help);
        None
    });
    if let Some(unit) = told.filter(|unit| yuan_per_square_metre(unit).is_none()) {
        problems.add(
            "unknown-unit",
            &here("unit"),
            say!("\"{unit}\" is no price unit known here", "不认识价格单位「{unit}」"),
            say!("write 元/㎡, 万元/亩 or 万元/公顷", "请写 元/㎡、万元/亩 或 万元/公顷"),
        );
    }
    if given.price.is_none() && given.figures.is_empty() {
        problems.add(
            "no-price-field",
            &here("price"),
            say!("nothing tells the price of the samples", "未说明样点价格来自何处"),
            say!(
                "name the column of prices per area, or the columns of the transactions under [prices.samples.figures]",
                "请写明单价列 price,或在 [prices.samples.figures] 中写明交易数据各列"
            ),
        );
    }
    if raw.statistic.as_deref() == Some("area-weighted-mean") && given.area.is_none() {
        problems.add(
            "no-area-field",
            &here("area"),
            say!("an area-weighted mean needs the samples' `area` field", "面积加权平均需要样点的 area 字段"),
            say!("name the field, or choose another statistic", "请写明该字段,或改用其他统计量"),
        );
    }
}

fn figures(raw: &Prices, problems: &mut Problems<'_>) -> Vec<FigurePlan> {
    let here = [Step::Key("prices"), Step::Key("samples"), Step::Key("figures")];
    let mut plans = Vec::new();
    for (key, column) in &raw.samples.figures {
        let Some((key, quantity)) = FIGURES.iter().find(|(known, _)| known == key) else {
            let known = FIGURES.map(|(key, _)| key).join(", ");
            problems.add(
                "unknown-figure",
                &here,
                say!("\"{key}\" is no figure of a transaction", "「{key}」不是交易数据项"),
                say!("the figures are: {known}", "可用的数据项:{known}"),
            );
            continue;
        };
        if let Some(unit) = column.unit() {
            unit_is_known(*quantity, unit, key, problems);
        }
        plans.push(FigurePlan { key, quantity: *quantity, column: measured(column) });
    }
    plans
}

fn unit_is_known(quantity: Quantity, unit: &str, key: &str, problems: &mut Problems<'_>) {
    if quantity.factor(unit).is_none() {
        let known = quantity.units();
        problems.add(
            "unknown-unit",
            &[Step::Key("prices"), Step::Key("samples")],
            say!("{key}: the unit \"{unit}\" is not known", "{key}:不认识单位「{unit}」"),
            say!("write one of: {known}", "请用以下单位之一:{known}"),
        );
    }
}

fn measured(column: &Measured) -> MeasuredPlan {
    MeasuredPlan { field: column.field().to_string(), unit: column.unit().map(str::to_string) }
}
