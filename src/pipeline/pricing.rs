//! Sets the benchmark prices of a graded release from its samples.

use super::corrections;
use super::placing::{self, Ground, Spot};
use crate::ingest::finding::{Code, Finding, Policies};
use crate::ingest::survey::Sample;
use crate::land::money::Rounding;
use crate::land::progress::Watch;
use crate::land::{Outcome, Text};
use crate::price::correct::{DateIndex, PlotRatio, PlotRatioTable, Term, correct_all};
use crate::price::fill::FillRule;
use crate::price::level::LevelRule;
use crate::price::model::Form;
use crate::price::screen::{OutlierRule, Verdict};
use crate::price::{Corrected, Corrections, PriceBook, Rules, Sale, book};
use crate::project::Project;
use crate::project::plan::{FillPlan, OutlierPlan, PricePlan, Statistic};
use crate::release::{PriceCell, Release, SampleRow, UnitRows};
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
    let system = corrections::of(project, plan)?;
    release.head.corrections = system.as_ref().map_or_else(String::new, |system| system.text.clone());
    release.head.index = corrections::index_text(project, plan);
    watch.begin(&say!("pricing", "测算地价"), 1);
    let policies = ingest::policies(project)?;
    let UnitRows { ids, uses, shapes, .. } = &release.units;
    let ground = Ground { ids, uses, shapes: shapes.as_ref() };
    let spots = release.samples.iter();
    let spots: Vec<Spot<'_>> =
        spots.map(|sample| Spot { id: &sample.id, place: sample.place, use_index: sample.use_index }).collect();
    let placed = placing::place(project, &policies, ground, &spots);
    release.findings.extend(placing::lost(project, &policies, ground, &spots, &placed));
    let mut priced: Vec<usize> = Vec::new();
    let mut sales: Vec<Sale> = Vec::new();
    for (at, unit) in placed.into_iter().enumerate() {
        let unit = match unit {
            Ok(unit) => unit,
            Err(finding) => {
                release.samples[at].outcome = finding.detail.clone();
                release.findings.push(finding);
                continue;
            }
        };
        let sample = &mut release.samples[at];
        sample.unit = release.units.ids.show(unit);
        sample.grade = release.units.grades[unit];
        priced.push(at);
        sales.push(sale(project, at, sample));
    }
    doubts(project, plan, &policies, release)?;
    release.findings.extend(system.iter().flat_map(|system| corrections::findings(project, &policies, system)));
    release.findings.sort();
    super::denied(&release.findings)?;
    let corrections = project.uses.iter().enumerate().map(|(at, _)| corrections(project, plan, at));
    let id = |sale: &Sale| release.samples[sale.row as usize].id.clone();
    let corrected = correct_all(&sales, &corrections.collect::<Outcome<Vec<_>>>()?, &id)?;
    let uses: Vec<(&str, u8)> = project.uses.iter().map(|plan| (plan.land_use.name.as_str(), plan.grades)).collect();
    let book = book::build(&sales, &corrected, &uses, &rules(plan))?;
    for ((&at, corrected), verdict) in priced.iter().zip(&corrected).zip(&book.verdicts) {
        record(&mut release.samples[at], corrected, verdict);
    }
    release.cells = cells(&release.units, &book);
    release.units.prices = scale::map(release.units.len(), |unit| {
        let cell = book.cell(release.units.uses[unit], release.units.grades[unit]);
        cell.and_then(|cell| cell.published).unwrap_or(f64::NAN)
    });
    thin(project, &policies, release);
    vanished(project, plan, &policies, release);
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

/// Grades whose price rests on no sample of their own, or on one.
fn thin(project: &Project, policies: &Policies, release: &mut Release) {
    let mut found = Vec::new();
    for cell in release.cells.iter().filter(|cell| cell.units > 0) {
        let (plan, grade) = (&project.uses[usize::from(cell.use_index)], cell.grade);
        let of_use = |sample: &&SampleRow| sample.use_index == cell.use_index;
        if plan.price.is_none() && !release.samples.iter().any(|sample| of_use(&sample)) {
            continue;
        }
        let name = &plan.land_use.name;
        let (code, detail) = match cell.kept {
            0 => {
                let none = || say!("grade {grade} has no usable sale and no price", "{grade}级无可用样点,没有地价");
                let Text { en, zh } = cell.filled.clone().unwrap_or_else(none);
                (Code::GradeWithoutSamples, say!("{name}: {en}", "{name}:{zh}"))
            }
            1 => {
                let mut own = release.samples.iter().filter(of_use).filter(|sample| sample.used);
                let id = own.find(|sample| sample.grade == grade).map_or("", |sample| &sample.id);
                let detail =
                    say!("{name}: grade {grade} rests on one sample, {id}", "{name}:{grade}级只有一个样点 {id}");
                (Code::GradeOfOneSample, detail)
            }
            _ => continue,
        };
        found.push(Finding::new(policies, code, "prices", detail));
    }
    release.findings.extend(found);
}

/// Grades whose price is 0 once it is rounded.
fn vanished(project: &Project, plan: &PricePlan, policies: &Policies, release: &mut Release) {
    let step = plan.rounding.step.map_or(String::new(), |step| step.normalize().to_string());
    for cell in release.cells.iter().filter(|cell| cell.units > 0 && cell.published == Some(0.0)) {
        let (name, grade) = (&project.uses[usize::from(cell.use_index)].land_use.name, cell.grade);
        let detail = say!(
            "{name}: the price of grade {grade} rounds to 0 (to multiples of {step} 元/㎡)",
            "{name}:{grade}级地价取整后为 0(取整至 {step} 元/㎡ 的倍数)"
        );
        release.findings.push(Finding::new(policies, Code::ZeroPrice, "prices", detail));
    }
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
            OutlierPlan::Robust { limit, least_samples } => OutlierRule::Robust { limit, min_n: least_samples },
            OutlierPlan::TReject { significance, least_samples } => {
                OutlierRule::TReject { alpha: significance, min_n: least_samples }
            }
            OutlierPlan::BySize { significance } => OutlierRule::BySize { alpha: significance },
            OutlierPlan::None => OutlierRule::None,
        },
        level: match plan.statistic {
            Statistic::Mean => LevelRule::Mean,
            Statistic::Median => LevelRule::Median,
            Statistic::AreaWeightedMean => LevelRule::AreaWeightedMean,
            Statistic::Mode => LevelRule::Mode,
        },
        fill: match plan.fill {
            FillPlan::NearestGrade => FillRule::NearestGrade,
            FillPlan::Interpolate => FillRule::Interpolate,
            FillPlan::LinearModel => FillRule::Model(Form::Linear),
            FillPlan::ExponentialModel => FillRule::Model(Form::Exponential),
            FillPlan::PowerModel => FillRule::Model(Form::Power),
            FillPlan::LogarithmicModel => FillRule::Model(Form::Logarithmic),
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
