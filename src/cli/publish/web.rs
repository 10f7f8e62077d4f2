//! The web map: what the page recomputes prices by, and what is told of the files.

use super::super::Ui;
use super::Shown;
use landgrade::formats::Written;
use landgrade::land::money::real_of;
use landgrade::land::{Fault, Lang, Outcome};
use landgrade::pipeline::{Appraiser, Laws, Seat, parcel_scores};
use landgrade::price::system::{Form, PlotRatioForm};
use landgrade::project::system::{Effect, Order};
use landgrade::release::Release;
use landgrade::web::PlacePrice;
use landgrade::{say, web};
use serde_json::{Value, json};
use std::path::Path;

/// The key of a table by the parcel's area, m².
const AREA: &str = "area";

/// Writes the page and tells what was written.
pub(super) fn draw(ui: &Ui, shown: Shown<'_>, folder: &Path) -> Outcome<Vec<Written>> {
    let Shown { release, comparison, life, layout } = shown;
    let appraiser = appraiser(ui, release)?;
    let laws = |appraiser: &Appraiser<'_>| {
        (0..release.uses.len()).map(|at| appraiser.laws(at).map(|laws| of(release, at, &laws))).collect()
    };
    let subject = web::Subject {
        release,
        life,
        comparison,
        recompute: appraiser.as_ref().map(laws).unwrap_or_default(),
        places: appraiser.as_ref().map(|appraiser| places(release, appraiser)).unwrap_or_default(),
        scores: parcel_scores(release),
        layout,
        lang: ui.lang,
    };
    let files = web::publish(&subject, folder, ui)?;
    let page = folder.join(web::PAGE);
    let (shown, bytes) = (page.display(), std::fs::metadata(&page).map_or(0, |found| found.len()));
    let size = format!("{:.1} MB", bytes as f64 / 1e6);
    ui.say(&say!("web map: {shown} ({size}); open it in a browser", "网页地图:{shown}({size}),可直接用浏览器打开"));
    if files.len() > 1 {
        let (count, data) = (files.len() - 1, web::DATA);
        ui.say(&say!(
            "  its data are {count} files in {data}/, which belongs beside it",
            "  数据为 {data}/ 中的 {count} 个文件,须与网页放在一起"
        ));
    }
    for loss in files.iter().flat_map(|file| &file.losses) {
        ui.line(&format!("  {}", loss.in_lang(ui.lang)));
    }
    Ok(files)
}

/// `None` where the release holds nothing to value by, which is told.
fn appraiser<'a>(ui: &Ui, release: &'a Release) -> Outcome<Option<Appraiser<'a>>> {
    match Appraiser::new(release, None, None) {
        Ok(appraiser) => Ok(Some(appraiser)),
        Err(fault) if fault.code == "cancelled" => Err(fault),
        Err(Fault { what, .. }) => {
            let (why, why_zh) = (what.in_lang(Lang::En), what.in_lang(Lang::Zh));
            ui.say(&say!("the page does not recompute prices: {why}", "网页不提供地价修正计算:{why_zh}"));
            Ok(None)
        }
    }
}

/// The areas and streets that the objects of the page are valued by, as `appraise` finds them; empty where none has a price of its own.
fn places(release: &Release, appraiser: &Appraiser<'_>) -> Vec<PlacePrice> {
    if !appraiser.has_places() {
        return Vec::new();
    }
    let (units, parcels) = (&release.units, &release.map.parcels);
    let found = match (parcels.is_empty(), &units.shapes) {
        (false, _) => {
            let rows: Vec<_> = parcels.uses.iter().map(|land_use| (None, usize::from(*land_use))).collect();
            appraiser.places_of(&parcels.shapes, &rows, true)
        }
        (true, Some(shapes)) => {
            let rows: Vec<_> =
                units.uses.iter().enumerate().map(|(unit, own)| (Some(unit), usize::from(*own))).collect();
            appraiser.places_of(shapes, &rows, false)
        }
        (true, None) => Vec::new(),
    };
    let place = |seat| match seat {
        None => PlacePrice::Grade,
        Some(Seat::Area(row)) => PlacePrice::Area(row),
        Some(Seat::Street(row)) => PlacePrice::Street(row),
    };
    found.into_iter().map(place).collect()
}

fn of(release: &Release, land_use: usize, laws: &Laws<'_>) -> Value {
    let system = laws.system;
    let set_term = release.uses[land_use].connotation.as_ref().map(|own| own.term).filter(|term| term.is_finite());
    let ratios = system.plot_ratio.iter().map(|law| {
        let form = match &law.form {
            PlotRatioForm::Table(rows, at_set) => json!({"table": rows, "at_set": at_set}),
            PlotRatioForm::Power(power) => json!({"power": power}),
            PlotRatioForm::LinearLog(slope, c) => json!({"linear_log": [slope, c]}),
        };
        json!({"grades": law.grades, "set": law.set, "range": law.range, "form": form})
    });
    let series = laws.index.iter().map(|(quarter, value)| json!([quarter.to_string(), value]));
    let index = laws.base.filter(|_| !laws.index.is_empty()).map(|base| {
        let reading = if laws.by_months { "month" } else { "quarter" };
        json!({"reading": reading, "base": base.to_string(), "series": series.collect::<Vec<_>>()})
    });
    // Of the tables of conditions the page knows what an area is.
    let areas = system.tables.iter().filter(|table| table.key == AREA).filter_map(|table| {
        let Form::Rows(rows) = &table.form else { return None };
        Some(json!({"grades": table.grades, "rows": rows, "sum": table.into == Effect::Sum}))
    });
    let grades = release.uses[land_use].grades;
    json!({
        "term": {"set": set_term, "statutory": system.term.years, "rate": system.term.rate, "table": system.term.table},
        "plot_ratio": ratios.collect::<Vec<_>>(), "area": areas.collect::<Vec<_>>(),
        "set_plot_ratios": (1..=grades).map(|grade| system.set_plot_ratio_of(grade)).collect::<Vec<_>>(),
        "index": index, "decimals": system.decimals,
        "order": if system.order == Order::AfterAll { "after-all" } else { "before-term" },
        "rounding": laws.rounding.step.map(real_of),
    })
}
