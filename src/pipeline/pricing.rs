//! Sets the benchmark prices of a graded release from its samples.

use crate::ingest::finding::{Code, Finding, Policies};
use crate::ingest::survey::Sample;
use crate::land::money::Rounding;
use crate::land::progress::Watch;
use crate::land::{Outcome, Text};
use crate::price::correct::{DateIndex, PlotRatio, PlotRatioTable, Term, correct_all};
use crate::price::fill::FillRule;
use crate::price::level::LevelRule;
use crate::price::screen::{OutlierRule, Verdict};
use crate::price::{Corrected, Corrections, PriceBook, Rules, Sale, book};
use crate::project::Project;
use crate::project::plan::{FillPlan, OutlierPlan, PricePlan, Statistic};
use crate::release::{PriceCell, Release, SampleRow, UnitRows};
use crate::space::index::BoxIndex;
use crate::space::{Extent, Point, measure};
use crate::{ingest, say, scale};

/// Samples as the release lists them before they are placed and corrected.
pub(super) fn unplaced(samples: Vec<Sample>) -> Vec<SampleRow> {
    let row = |sample: Sample| SampleRow {
        id: sample.id,
        place: sample.place,
        use_index: sample.land_use,
        unit: String::new(),
        grade: 0,
        price: sample.price,
        date: sample.date.map(|date| date.to_string()).unwrap_or_default(),
        plot_ratio: sample.plot_ratio.unwrap_or(f64::NAN),
        term: sample.term.unwrap_or(f64::NAN),
        area: sample.area.unwrap_or(f64::NAN),
        k_date: f64::NAN,
        k_term: f64::NAN,
        k_plot_ratio: f64::NAN,
        corrected: f64::NAN,
        outcome: say!("not placed", "未定位"),
        used: false,
    };
    samples.into_iter().map(row).collect()
}

/// Places the samples in their units, corrects and screens them, and prices every unit of the release.
///
/// # Errors
/// `no-prices` without `[prices]`; what the corrections say; `denied` where findings among the samples stop the run.
pub fn price(project: &Project, release: &mut Release, watch: &dyn Watch) -> Outcome<()> {
    let plan = project.price_plan()?;
    watch.begin(&say!("pricing", "测算地价"), 1);
    let policies = ingest::policies(project)?;
    let places: Vec<Point> = release.samples.iter().map(|sample| sample.place).collect();
    let units = place(&release.units, &places);
    let mut priced: Vec<usize> = Vec::new();
    let mut sales: Vec<Sale> = Vec::new();
    for (at, unit) in units.into_iter().enumerate() {
        if let Some(finding) = misplaced(project, release, &policies, at, unit) {
            release.samples[at].outcome = finding.detail.clone();
            release.findings.push(finding);
            continue;
        }
        let Some(unit) = unit else { continue };
        let sample = &mut release.samples[at];
        sample.unit = release.units.ids.show(unit);
        sample.grade = release.units.grades[unit];
        priced.push(at);
        sales.push(sale(project, at, sample));
    }
    doubts(project, plan, &policies, release)?;
    release.findings.sort();
    super::denied(&release.findings)?;
    let corrections = project.uses.iter().enumerate().map(|(at, _)| corrections(project, plan, at));
    let corrected = correct_all(&sales, &corrections.collect::<Outcome<Vec<_>>>()?)?;
    let grades: Vec<u8> = project.uses.iter().map(|plan| plan.grades).collect();
    let book = book::build(&sales, &corrected, &grades, &rules(plan))?;
    for ((&at, corrected), verdict) in priced.iter().zip(&corrected).zip(&book.verdicts) {
        record(&mut release.samples[at], corrected, verdict);
    }
    release.cells = cells(&release.units, &book);
    release.units.prices = scale::map(release.units.len(), |unit| {
        let cell = book.cell(release.units.uses[unit], release.units.grades[unit]);
        cell.and_then(|cell| cell.published).unwrap_or(f64::NAN)
    });
    for breach in &book.breaches {
        let name = &project.uses[usize::from(breach.use_index)].land_use.name;
        let (better, worse, high, low) = (breach.better, breach.worse, breach.better_price, breach.worse_price);
        let detail = say!(
            "{name}: grade {better} costs {high} 元/㎡, grade {worse} {low} 元/㎡",
            "{name}:{better}级 {high} 元/㎡,低于{worse}级 {low} 元/㎡"
        );
        release.findings.push(Finding::new(&policies, Code::PriceOrder, "prices", detail));
    }
    release.findings.sort();
    watch.advance(1);
    super::denied(&release.findings)
}

/// What the corrections leave undone or rest on, for the reader to know.
fn doubts(project: &Project, plan: &PricePlan, policies: &Policies, release: &mut Release) -> Outcome<()> {
    for (at, of_use) in project.uses.iter().enumerate() {
        let Some(connotation) = &of_use.price else { continue };
        let name = &of_use.land_use.name;
        let rows: Vec<(f64, f64)> = connotation.plot_ratio_table.iter().map(|row| (row[0], row[1])).collect();
        let sold = release.samples.iter().any(|sample| usize::from(sample.use_index) == at);
        if rows.is_empty() {
            if plan.samples.plot_ratio.is_some() && sold {
                let detail = say!(
                    "{name} has no plot_ratio_table: its samples are not corrected for their plot ratio",
                    "{name} 没有 plot_ratio_table:样点未作容积率修正"
                );
                release.findings.push(Finding::new(policies, Code::NotCorrected, "samples", detail));
            }
            continue;
        }
        for oddity in PlotRatioTable::new(rows)?.oddities() {
            let Text { en, zh } = oddity.text();
            let detail = say!("{name}: {en}", "{name}:{zh}");
            release.findings.push(Finding::new(policies, Code::OddTable, "prices", detail));
        }
    }
    Ok(())
}

/// The unit each place lies in or on the edge of: the first by identifier of several.
fn place(units: &UnitRows, places: &[Point]) -> Vec<Option<usize>> {
    let Some(shapes) = &units.shapes else { return vec![None; places.len()] };
    let index = BoxIndex::new(places.iter().map(|&place| Extent { min: place, max: place }));
    let found = scale::chunks_with(units.len(), 512, Vec::new, |near, chunk| {
        let mut found: Vec<(u32, usize)> = Vec::new();
        for unit in chunk {
            let shape = shapes.get(unit);
            index.touching(shape.extent(), near);
            let inside = near.iter().filter(|&&at| measure::covers(shape, places[at as usize]));
            found.extend(inside.map(|&at| (at, unit)));
        }
        found
    });
    let mut placed = vec![None; places.len()];
    for (at, unit) in found.into_iter().flatten() {
        placed[at as usize].get_or_insert(unit);
    }
    placed
}

fn misplaced(
    project: &Project,
    release: &Release,
    policies: &Policies,
    at: usize,
    unit: Option<usize>,
) -> Option<Finding> {
    let sample = &release.samples[at];
    let (code, detail) = match unit {
        None => (Code::SampleOutside, say!("the sample lies in no unit", "样点不在任何单元内")),
        Some(unit) if release.units.uses[unit] != sample.use_index => {
            let name = |at: u8| &project.uses[usize::from(at)].land_use.name;
            let (own, theirs, id) =
                (name(sample.use_index), name(release.units.uses[unit]), release.units.ids.show(unit));
            let detail = say!("a sample of {own} on unit {id} of {theirs}", "{own} 样点位于 {theirs} 单元 {id}");
            (Code::SampleUseMismatch, detail)
        }
        Some(_) => return None,
    };
    Some(Finding::new(policies, code, "samples", detail).of_feature(sample.id.clone()).at(Some(sample.place)))
}

/// The sale of a placed sample. What the project corrects nothing by stands as a number that nothing looks at.
fn sale(project: &Project, at: usize, sample: &SampleRow) -> Sale {
    let date = crate::land::date::parse(&sample.date).or(project.base_date).unwrap_or(jiff::civil::Date::ZERO);
    Sale {
        row: at as u32,
        use_index: sample.use_index,
        grade: sample.grade,
        price: sample.price,
        area: sample.area,
        date,
        plot_ratio: sample.plot_ratio,
        term: sample.term,
    }
}

/// A use is corrected by what the samples have a field for and the project a table.
fn corrections(project: &Project, plan: &PricePlan, at: usize) -> Outcome<Corrections> {
    let Some(connotation) = &project.uses[at].price else { return Ok(Corrections::default()) };
    let date = match (&plan.samples.date, plan.base_quarter) {
        (Some(_), Some(base)) => {
            let series: Vec<_> = plan.index.iter().map(|(quarter, values)| (*quarter, values[at])).collect();
            Some(DateIndex::new(base, &series)?)
        }
        _ => None,
    };
    let term = plan.samples.term.as_ref().map(|_| Term::new(connotation.rate, connotation.term)).transpose()?;
    let table: Vec<(f64, f64)> = connotation.plot_ratio_table.iter().map(|row| (row[0], row[1])).collect();
    let plot_ratio = match plan.samples.plot_ratio {
        Some(_) if !table.is_empty() => Some(PlotRatio::new(PlotRatioTable::new(table)?, connotation.plot_ratio)?),
        _ => None,
    };
    Ok(Corrections { date, term, plot_ratio })
}

fn rules(plan: &PricePlan) -> Rules {
    Rules {
        outliers: match plan.outliers {
            OutlierPlan::KSigma { sigma, least_samples } => OutlierRule::KSigma { k: sigma, min_n: least_samples },
            OutlierPlan::Grubbs { significance, least_samples } => {
                OutlierRule::Grubbs { alpha: significance, min_n: least_samples }
            }
            OutlierPlan::None => OutlierRule::None,
        },
        level: match plan.statistic {
            Statistic::Mean => LevelRule::Mean,
            Statistic::Median => LevelRule::Median,
            Statistic::AreaWeightedMean => LevelRule::AreaWeightedMean,
        },
        fill: match plan.fill {
            FillPlan::NearestGrade => FillRule::NearestGrade,
            FillPlan::Interpolate => FillRule::Interpolate,
            FillPlan::Leave => FillRule::Leave,
        },
        rounding: Rounding { step: plan.rounding.step },
    }
}

fn record(sample: &mut SampleRow, corrected: &Corrected, verdict: &Verdict) {
    sample.k_date = corrected.k_date;
    sample.k_term = corrected.k_term;
    sample.k_plot_ratio = corrected.k_plot_ratio;
    sample.corrected = corrected.price;
    sample.used = verdict.is_kept();
    let Text { mut en, mut zh } = match verdict {
        Verdict::Kept => say!("used", "采用"),
        Verdict::SetAside(reason) => reason.text(),
    };
    if corrected.clamped {
        en.push_str("; plot ratio beyond the table, its end value taken");
        zh.push_str(";容积率超出修正表,取端点值");
    }
    sample.outcome = Text { en, zh };
}

fn cells(units: &UnitRows, book: &PriceBook) -> Vec<PriceCell> {
    let mut cells: Vec<PriceCell> = book
        .cells
        .iter()
        .map(|cell| PriceCell {
            use_index: cell.use_index,
            grade: cell.grade,
            units: 0,
            area: 0.0,
            samples: cell.level.n,
            kept: cell.level.kept,
            raw: cell.level.price,
            deviation: cell.level.deviation,
            lowest: cell.level.lowest,
            highest: cell.level.highest,
            interval: cell.level.interval,
            published: cell.published,
            filled: cell.filled.as_ref().map(|note| note.text()),
        })
        .collect();
    let key = |cell: &PriceCell| (cell.use_index, cell.grade);
    for unit in 0..units.len() {
        if let Ok(at) = cells.binary_search_by_key(&(units.uses[unit], units.grades[unit]), key) {
            cells[at].units += 1;
            cells[at].area += units.areas[unit];
        }
    }
    cells
}
