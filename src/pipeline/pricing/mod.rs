//! Sets the benchmark prices of a graded release from its samples.

mod doubts;
mod places;
mod way;

use super::placing::{self, Ground, Spot};
use super::{corrections, samples};
use crate::ingest::finding::{Code, Finding, Policies};
use crate::land::progress::Watch;
use crate::land::step::Step;
use crate::land::{Fault, Outcome, Text, services};
use crate::price::book::UseGrades;
use crate::price::correct::correct_all;
use crate::price::fill::Relative;
use crate::price::screen::Verdict;
use crate::price::transaction::TAKEN_AS_NOTHING;
use crate::price::{Corrected, PriceBook, Sale, book};
use crate::project::Project;
use crate::project::plan::PricePlan;
use crate::release::{Decided, PriceCell, Release, SampleRow, UnitRows};
use crate::{ingest, say, scale};

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
    let (priced, sales) = placed(project, &policies, release);
    let systems = system.as_ref().map_or(&[][..], |system| &system.of_uses);
    doubts::uncorrected(project, plan, systems, &policies, release);
    release.findings.extend(corrections::findings(project, &policies, system.as_ref())?);
    release.findings.sort();
    super::denied(&release.findings)?;
    let sold = |at: usize| sales.iter().any(|sale| usize::from(sale.use_index) == at);
    let corrections = (0..project.uses.len()).map(|at| way::corrections(project, plan, at, systems.get(at), sold(at)));
    let id = |sale: &Sale| release.samples[sale.row as usize].id.clone();
    let corrected = correct_all(&sales, &corrections.collect::<Outcome<Vec<_>>>()?, &id)?;
    let premises: Vec<Vec<u8>> = project.uses.iter().map(way::premises).collect();
    let of_use = |at: usize| systems.get(at).and_then(Option::as_ref);
    let relative = project.uses.iter().enumerate().map(|(at, plan)| way::relative(plan, of_use(at)));
    let relative: Vec<Vec<Relative>> = relative.collect::<Outcome<_>>()?;
    let uses: Vec<UseGrades<'_>> = (project.uses.iter().zip(premises.iter().zip(&relative)))
        .map(|(plan, (premises, relative))| UseGrades {
            name: &plan.land_use.name,
            grades: plan.grades,
            premises,
            relative,
        })
        .collect();
    let book = book::build(&sales, &corrected, &uses, &way::rules(plan), &way::decided(plan))
        .map_err(|fault| without_area(fault, &sales, release))?;
    for ((&at, corrected), verdict) in priced.iter().zip(&corrected).zip(&book.verdicts) {
        record(&mut release.samples[at], corrected, verdict);
    }
    let inside = places::Priced { at: &priced, sales: &sales, corrected: &corrected };
    release.cells = cells(&release.units, &book, plan);
    places::price(project, plan, &policies, release, inside)?;
    samples::remark(&mut release.samples, &release.findings, &samples::label(plan));
    release.units.prices = scale::map(release.units.len(), |unit| {
        let cell = book.cell(release.units.uses[unit], release.units.grades[unit]);
        cell.and_then(|cell| cell.published).unwrap_or(f64::NAN)
    });
    doubts::thin(project, &policies, release);
    doubts::few(project, &policies, release);
    doubts::toothless(project, plan, &policies, release);
    doubts::ratios(project, plan, &policies, release);
    doubts::vanished(project, plan, &policies, release);
    doubts::meanings(project, plan, &policies, release);
    doubts::flat(project, systems, &policies, release);
    doubts::beyond(project, &sales, &corrected, &policies, release);
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

/// The samples that a price may come from, each in its unit and grade, and their sales. A sample without a place stands in the grade its
/// table tells.
fn placed(project: &Project, policies: &Policies, release: &mut Release) -> (Vec<usize>, Vec<Sale>) {
    let UnitRows { ids, uses, shapes, .. } = &release.units;
    let ground = Ground { ids, uses, shapes: shapes.as_ref() };
    let somewhere = |sample: &SampleRow| !sample.place.x.is_nan();
    let spots = release.samples.iter().filter(|sample| somewhere(sample));
    let spots: Vec<Spot<'_>> =
        spots.map(|sample| Spot { id: &sample.id, place: sample.place, use_index: sample.use_index }).collect();
    let placed = placing::place(project, policies, ground, &spots);
    let lost = placing::lost(project, policies, ground, &spots, &placed);
    release.findings.extend(lost);
    let mut placed = placed.into_iter();
    let (mut priced, mut sales) = (Vec::new(), Vec::new());
    let layer = samples::label_of(project);
    for at in 0..release.samples.len() {
        let sample = &mut release.samples[at];
        if somewhere(sample) {
            match placed.next() {
                Some(Ok(unit)) => {
                    sample.unit = release.units.ids.show(unit);
                    let (told, grade) = (sample.grade, release.units.grades[unit]);
                    sample.grade = grade;
                    if told != 0 && told != grade {
                        let detail = say!(
                            "its table tells grade {told}, its place lies in grade {grade}: the place counts",
                            "表中为{told}级,所在单元为{grade}级:以位置为准"
                        );
                        let finding = Finding::new(policies, Code::CellsDisagree, &layer, detail);
                        release.findings.push(finding.of_feature(&sample.id).at(Some(sample.place)));
                    }
                }
                Some(Err(finding)) => {
                    sample.grade = 0;
                    sample.outcome = finding.detail.clone();
                    release.findings.push(finding);
                    continue;
                }
                None => continue,
            }
        }
        priced.push(at);
        sales.push(sale(project, at, sample));
    }
    (priced, sales)
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
        condition: sample.detail.condition,
        region: sample.detail.region,
        services: services::parse(&sample.detail.services).map(|(services, _)| services),
    }
}

/// A fault about areas, with the first few samples that have none.
fn without_area(mut fault: Fault, sales: &[Sale], release: &Release) -> Fault {
    if fault.code == "sale-area" {
        let bare: Vec<&str> = (sales.iter().filter(|sale| !(sale.area.is_finite() && sale.area > 0.0)))
            .map(|sale| release.samples[sale.row as usize].id.as_str())
            .collect();
        let (_, list) = doubts::first_of(&bare).unwrap_or_default();
        let Text { en, zh } = fault.what;
        fault.what = say!("{en}: {list}", "{zh}:{list}");
    }
    fault
}

/// What became of a sample, before what was converted of it.
fn record(sample: &mut SampleRow, corrected: &Corrected, verdict: &Verdict) {
    sample.k_date = corrected.k_date;
    sample.k_term = corrected.k_term;
    sample.k_plot_ratio = corrected.k_plot_ratio;
    sample.detail.k_condition = corrected.k_condition;
    sample.detail.k_region = corrected.k_region;
    sample.detail.development = corrected.development;
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
    // Taxes that a deal does not tell are nothing out of the way; a house whose age it does not tell is.
    let is_deal = matches!(sample.detail.kind.as_str(), "grant" | "transfer");
    let untold = |step: &&Step| !is_deal && step.name.en == TAKEN_AS_NOTHING;
    for step in sample.detail.steps.iter().filter(untold) {
        en.push_str(&format!("; {}: {}", step.name.en, step.formula));
        zh.push_str(&format!("\u{ff1b}{}\u{ff1a}{}", step.name.zh, step.formula));
    }
    if corrected.term_clamped {
        en.push_str("; term beyond the statutory one, which is taken");
        zh.push_str("\u{ff1b}\u{5e74}\u{671f}\u{8d85}\u{8fc7}\u{6cd5}\u{5b9a}\u{6700}\u{9ad8}\u{5e74}\u{671f},\u{6309}\u{6cd5}\u{5b9a}\u{5e74}\u{671f}\u{8ba1}");
    }
    if !sample.outcome.en.is_empty() {
        en.push_str(&format!("; {}", sample.outcome.en));
        zh.push_str(&format!(";{}", sample.outcome.zh));
    }
    sample.outcome = Text { en, zh };
}

fn cells(units: &UnitRows, book: &PriceBook, plan: &PricePlan) -> Vec<PriceCell> {
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
            decided: plan
                .decided
                .iter()
                .find(|own| (own.use_index, own.grade) == (cell.use_index, cell.grade))
                .map(|own| Decided { computed: cell.computed, reason: own.reason.clone() }),
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
