//! The whole journey, the only place that knows every stage: read → score → grade → price → a release.

mod appraise;
mod barriers;
mod corrections;
mod explain;
mod grading;
mod imported;
mod inputs;
mod inside;
mod laws;
mod levels;
mod making;
mod model;
mod network;
mod parcels;
mod places;
mod placing;
mod pricing;
mod reasons;
mod rules;
mod samples;
mod valuation_date;
mod weights;
mod whatif;
mod zoning;

pub use appraise::{Appraisal, Appraiser, Asked};
pub use explain::Explained;
pub use grading::grade;
pub use inputs::{Seen, spare};
pub use inside::{Basis, Seat, Where};
pub use laws::Laws;
pub use model::model;
pub use parcels::parcel_scores;
pub use placing::check;
pub use pricing::price;
pub use reasons::{differing, districts, revalue};
pub use whatif::{Changed, whatif};

use crate::ingest::code::Policy;
use crate::ingest::survey::Survey;
use crate::land::progress::Watch;
use crate::land::{Fault, Outcome, Text};
use crate::project::Project;
use crate::release::Release;
use crate::{ingest, say};

/// How far a run goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Until {
    Grades,
    Prices,
}

/// Whether the map of grades is drawn: zones and areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Map {
    Drawn,
    /// Units alone are wanted.
    Undrawn,
}

/// Reads, scores, grades, cleans up, draws and prices, as far as asked.
///
/// # Errors
/// What stops a run, of any stage; `denied` where findings do.
pub fn run(project: &Project, until: Until, map: Map, watch: &dyn Watch) -> Outcome<Release> {
    let mut survey = ingest::survey(project, watch)?;
    refuse_denied(&survey)?;
    let (districts, parcels, graded_area) =
        (survey.districts.take(), survey.parcels.take(), survey.graded_area.clone());
    let places = std::mem::take(&mut survey.places);
    let mut release = grade(project, survey, watch)?;
    denied(&release.findings)?;
    let ground = zoning::Ground { districts: districts.as_ref(), graded_area: graded_area.as_ref() };
    zoning::zone(project, &mut release, ground, map == Map::Drawn, watch);
    if map == Map::Drawn {
        parcels::fit(project, &mut release, parcels, watch)?;
    }
    if until == Until::Prices {
        release.map.places = places::laid_out(project, places, &release.units);
        price(project, &mut release, watch)?;
        parcels::price(&mut release);
    }
    Ok(release)
}

/// Stops where findings deny.
///
/// # Errors
/// `denied`, with the first few.
pub fn refuse_denied(survey: &Survey) -> Outcome<()> {
    denied(&survey.findings)
}

fn denied(findings: &ingest::finding::Findings) -> Outcome<()> {
    let count = findings.denied().count();
    if count == 0 {
        return Ok(());
    }
    let first =
        |lang| findings.denied().take(5).map(|finding| format!("\n  {}", finding.show(lang))).collect::<String>();
    let (en, zh) = (first(crate::land::Lang::En), first(crate::land::Lang::Zh));
    Err(Fault::new(
        "denied",
        say!("findings in the data stop the run, {count} in all:{en}", "数据中有 {count} 个问题使运行中止:{zh}"),
        remedy(findings),
    ))
}

/// Mend the data, or another policy for those codes that allow one.
fn remedy(findings: &ingest::finding::Findings) -> Text {
    let mut ways: Vec<String> = Vec::new();
    for finding in findings.denied() {
        let others = Policy::ALL.into_iter().filter(|policy| *policy != Policy::Deny && finding.code.allows(*policy));
        let others: Vec<String> = others.map(|policy| format!("\"{}\"", policy.name())).collect();
        let way = format!("{} = {}", finding.code.name(), others.join(" | "));
        if !others.is_empty() && !ways.contains(&way) {
            ways.push(way);
        }
    }
    if ways.is_empty() {
        return say!("mend the data; landgrade check lists all", "请更正数据;landgrade check 列出全部问题");
    }
    let ways = ways.join(", ");
    say!(
        "mend the data (landgrade check lists all), or choose another policy under [policy]: {ways}",
        "请更正数据(landgrade check 列出全部),或在 [policy] 中另选处理方式:{ways}"
    )
}
