//! One parcel's price as a workbook: the formulas give the price again.

use super::one::{basis, formula};
use landgrade::formats::Written;
use landgrade::formats::xlsx::{Cell, Row, reckoning};
use landgrade::land::{Lang, Outcome, Text, grade};
use landgrade::pipeline::{Appraisal, Asked};
use landgrade::price::appraise::{Role, Warning};
use landgrade::project::Project;
use landgrade::project::plan::PriceKind;
use landgrade::project::system::Order;
use landgrade::release::Release;
use landgrade::say;
use std::path::Path;

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
    let mut add = |cells: Vec<Cell>| -> usize {
        rows.push(Row { cells, heading: false });
        rows.len()
    };
    let text = |text: String| Cell::Text(text);
    let word = |pair: &Text| Cell::Text(said(pair));
    let head = &release.uses[asked.land_use];
    let level = grade::name(appraisal.grade, lang);
    add(vec![text(format!("{} · {}", release.head.title, said(&say!("price of a parcel", "宗地地价评估"))))]);
    add(vec![word(&say!("release", "成果")), text(release.head.name.clone())]);
    add(vec![
        word(&say!("base date", "估价期日")),
        text(release.head.base_date.clone().unwrap_or_else(|| "–".to_string())),
    ]);
    add(vec![word(&say!("use", "用途")), text(head.name.clone())]);
    add(vec![word(&say!("grade", "级别")), text(level)]);
    if let Some(unit) = asked.unit {
        add(vec![word(&say!("unit", "单元")), text(release.units.ids.show(unit).to_string())]);
    }
    let Text { en, zh } = basis(&appraisal.basis);
    let started = say!("{en}, 元/㎡", "{zh}(元/㎡)");
    let benchmark = add(vec![word(&started), Cell::Number(appraisal.benchmark)]);
    let titles = [say!("coefficient", "修正"), say!("value", "系数"), say!("given", "宗地"), say!("from", "依据")];
    let heading = add(titles.iter().map(|title| text(said(title))).collect());
    let (mut sums, mut others, mut terms, mut amounts) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for one in &appraisal.appraised.coefficients {
        let title = match one.role {
            Role::Sum => format!("{} (%)", said(&one.name)),
            Role::Product => said(&one.name),
            Role::Amount => format!("{} (元/㎡)", said(&one.name)),
        };
        let at =
            add(vec![text(title), Cell::Number(one.value), text(said(&one.given.text())), text(said(&one.row.text()))]);
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
    let sum = add(vec![
        text("ΣK (%)".to_string()),
        Cell::Formula(format!("={}", join(&sums, "+", "0")), appraisal.appraised.sum),
    ]);
    let (others, terms, amounts) = (join(&others, "*", "1"), join(&terms, "*", "1"), join(&amounts, "+", "0"));
    let before = format!("B{benchmark}*(1+B{sum}/100)*{others}");
    let exact = match appraisal.appraised.order {
        Order::AfterAll => format!("={before}*{terms}+({amounts})"),
        Order::BeforeTerm => format!("=({before}+({amounts}))*{terms}"),
    };
    let exact = add(vec![
        word(&say!("price before rounding, 元/㎡", "取整前地价(元/㎡)")),
        Cell::Formula(exact, appraisal.appraised.price),
        Cell::Empty,
        word(&formula(appraisal.appraised.order)),
    ]);
    let rounded =
        |cell: String| rounding(release).map_or(format!("={cell}"), |step| format!("=ROUND({cell}/{step},0)*{step}"));
    let ground = match appraisal.kind {
        PriceKind::Ground => rounded(format!("B{exact}")),
        PriceKind::Floor => {
            let ratio = asked.plot_ratio.unwrap_or(appraisal.set_plot_ratio);
            let ratio = add(vec![word(&say!("plot ratio", "容积率")), Cell::Number(ratio)]);
            rounded(format!("B{exact}*B{ratio}"))
        }
    };
    let ground =
        add(vec![word(&say!("price of the land, 元/㎡", "地面地价(元/㎡)")), Cell::Formula(ground, appraisal.ground)]);
    add(vec![
        word(&say!("price of the land, 万元/亩", "地面地价(万元/亩)")),
        Cell::Formula(format!("=ROUND(B{ground}/15,2)"), appraisal.per_mu),
    ]);
    if let (Some(area), Some(total)) = (asked.area, appraisal.total) {
        let area = add(vec![word(&say!("area, m²", "面积(㎡)")), Cell::Number(area)]);
        add(vec![word(&say!("total, 元", "总价(元)")), Cell::Formula(format!("=ROUND(B{ground}*B{area},0)"), total)]);
    }
    for warning in warnings {
        add(vec![text(format!("{} [{}]", said(&warning.text()), warning.code()))]);
    }
    for at in [0, heading - 1] {
        rows[at].heading = true;
    }
    let name = said(&say!("parcel", "宗地估价"));
    reckoning(&[(name, rows)], target)
}

/// The step prices are rounded to; `None` where they are not.
fn rounding(release: &Release) -> Option<String> {
    let project = Project::sealed(&release.head.project, Path::new("project.toml")).ok()?;
    project.prices.as_ref()?.rounding.step.map(|step| step.normalize().to_string())
}
