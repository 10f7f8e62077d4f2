//! One parcel's price as a workbook: the formulas give the price again.

use super::one::{basis, dates};
use super::values::rounding;
use landgrade::formats::Written;
use landgrade::formats::xlsx::{Cell, Row, reckoning};
use landgrade::land::{Lang, Outcome, Text, grade};
use landgrade::pipeline::{Appraisal, Asked};
use landgrade::price::appraise::{Role, Warning};
use landgrade::project::plan::PriceKind;
use landgrade::project::system::Order;
use landgrade::release::Release;
use landgrade::say;
use std::path::Path;

/// Decimals shown of prices and areas, and of coefficients.
const PRICE: Option<u8> = Some(2);
const COEFFICIENT: Option<u8> = Some(4);

pub fn write(
    target: &Path,
    release: &Release,
    asked: &Asked,
    appraisal: &Appraisal,
    warnings: &[Warning],
    lang: Lang,
) -> Outcome<Written> {
    let said = |text: &Text| text.in_lang(lang).to_string();
    let mut rows: Vec<Row> = Vec::new();
    let mut with = |decimals: Option<u8>, cells: Vec<Cell>| -> usize {
        rows.push(Row { cells, heading: false, decimals });
        rows.len()
    };
    let text = |text: String| Cell::Text(text);
    let word = |pair: &Text| Cell::Text(said(pair));
    let head = &release.uses[asked.land_use];
    let level = grade::name(appraisal.grade, lang);
    with(None, vec![text(format!("{} · {}", release.head.title, said(&say!("price of a parcel", "宗地地价评估"))))]);
    with(None, vec![word(&say!("release", "成果")), text(release.head.name.clone())]);
    let (base, valued) = dates(release, asked);
    with(None, vec![word(&say!("base date of the price", "基准地价估价期日")), text(base)]);
    with(None, vec![word(&say!("date of valuation", "宗地估价期日")), text(valued)]);
    with(None, vec![word(&say!("use", "用途")), text(head.name.clone())]);
    with(None, vec![word(&say!("grade", "级别")), text(level)]);
    if let Some(unit) = asked.unit {
        with(None, vec![word(&say!("unit", "单元")), text(release.units.ids.show(unit).to_string())]);
    }
    let Text { en, zh } = basis(&appraisal.basis);
    let started = say!("{en}, 元/㎡", "{zh}(元/㎡)");
    let benchmark = with(PRICE, vec![word(&started), Cell::Number(appraisal.benchmark)]);
    let titles = [say!("coefficient", "修正"), say!("value", "系数"), say!("given", "宗地"), say!("from", "依据")];
    let heading = with(None, titles.iter().map(|title| text(said(title))).collect());
    let (mut sums, mut others, mut terms, mut amounts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for one in &appraisal.appraised.coefficients {
        let title = match one.role {
            Role::Sum => format!("{} (%)", said(&one.name)),
            Role::Product => said(&one.name),
            Role::Amount => format!("{} (元/㎡)", said(&one.name)),
        };
        let decimals = if one.role == Role::Amount { PRICE } else { COEFFICIENT };
        let (given, from) = (said(&one.given.text()), said(&one.row.text()));
        let at = with(decimals, vec![text(title), Cell::Number(one.value), text(given), text(from)]);
        let list = match one.role {
            Role::Sum => &mut sums,
            Role::Product if &*one.key == "term" => &mut terms,
            Role::Product => &mut others,
            Role::Amount => &mut amounts,
        };
        list.push(format!("B{at}"));
    }
    let join = |cells: &[String], sign: &str, nothing: &str| {
        if cells.is_empty() { nothing.to_string() } else { cells.join(sign) }
    };
    let all = Cell::Formula(format!("={}", join(&sums, "+", "0")), appraisal.appraised.sum);
    let sum = with(COEFFICIENT, vec![text("ΣK (%)".to_string()), all]);
    let (others, terms, amounts) = (join(&others, "*", "1"), join(&terms, "*", "1"), join(&amounts, "+", "0"));
    let before = format!("B{benchmark}*(1+B{sum}/100)*{others}");
    let exact = match appraisal.appraised.order {
        Order::AfterAll => format!("={before}*{terms}+({amounts})"),
        Order::BeforeTerm => format!("=({before}+({amounts}))*{terms}"),
    };
    let exact = with(
        PRICE,
        vec![
            word(&say!("price before rounding, 元/㎡", "取整前地价(元/㎡)")),
            Cell::Formula(exact, appraisal.appraised.price),
            Cell::Empty,
            word(&appraisal.appraised.order.formula()),
        ],
    );
    let step = rounding(release);
    // Binary fractions lie a hair beside the half, 1000 × 0.5045 = 504.49999999999994: nine decimals first, then the step.
    let rounded = |price: String| match &step {
        Some(step) => format!("=ROUND(ROUND({price}/{step},9),0)*{step}"),
        None => format!("={price}"),
    };
    let ratio = asked.plot_ratio.unwrap_or(appraisal.set_plot_ratio);
    let ratio = with(PRICE, vec![word(&say!("plot ratio", "容积率")), Cell::Number(ratio)]);
    let (ground, floor) = match appraisal.kind {
        PriceKind::Ground => (format!("B{exact}"), format!("B{exact}/B{ratio}")),
        PriceKind::Floor => (format!("B{exact}*B{ratio}"), format!("B{exact}")),
    };
    let ground = Cell::Formula(rounded(ground), appraisal.ground);
    let ground = with(PRICE, vec![word(&say!("price of the land, 元/㎡", "地面地价(元/㎡)")), ground]);
    if let Some(price) = appraisal.floor {
        let title = word(&say!("price of floor, 元/㎡", "楼面地价(元/㎡)"));
        with(PRICE, vec![title, Cell::Formula(rounded(floor), price)]);
    }
    let per_mu = Cell::Formula(format!("=ROUND(ROUND(B{ground}/15,9),2)"), appraisal.per_mu);
    with(PRICE, vec![word(&say!("price of the land, 万元/亩", "地面地价(万元/亩)")), per_mu]);
    if let (Some(area), Some(total)) = (asked.area, appraisal.total) {
        let area = with(PRICE, vec![word(&say!("area, m²", "面积(㎡)")), Cell::Number(area)]);
        let total = Cell::Formula(format!("=ROUND(ROUND(B{ground}*B{area},4),0)"), total);
        with(Some(0), vec![word(&say!("total, 元", "总价(元)")), total]);
    }
    for warning in warnings {
        with(None, vec![text(format!("{} [{}]", said(&warning.text()), warning.code()))]);
    }
    for at in [0, heading - 1] {
        rows[at].heading = true;
    }
    let name = said(&say!("parcel", "宗地估价"));
    reckoning(&[(name, rows)], target)
}
