//! What a reader of the prices should know of them: thin grades, missing corrections, odd tables.

use super::way;
use crate::ingest::finding::{Code, Finding, Policies};
use crate::land::{Lang, Text, grade};
use crate::price::system::{System, amplitude as factors_of};
use crate::price::{Corrected, Sale, level, order};
use crate::project::Project;
use crate::project::plan::{ConnotationPlan, FillPlan, Meaning, OutlierPlan, PricePlan, Statistic};
use crate::release::{Release, SampleRow};
use crate::say;

/// Grades whose price rests on no sample of their own, or on one.
pub(super) fn thin(project: &Project, policies: &Policies, release: &mut Release) {
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
                let leaves = project.prices.as_ref().is_some_and(|plan| plan.fill == FillPlan::Leave);
                let apart = !leaves && plan.price.as_ref().is_some_and(|price| !price.by_grade.is_empty());
                let none = || match apart {
                    true => say!(
                        "grade {grade} has no usable sale and no price: no grade of its set plot ratio and development has one, and no table of plot ratios and costs of services brings another there",
                        "{grade}级无可用样点,没有地价:没有设定容积率与开发程度相同且有地价的级别,也没有可供换算的容积率修正表或开发费用"
                    ),
                    false => say!("grade {grade} has no usable sale and no price", "{grade}级无可用样点,没有地价"),
                };
                let Text { en, zh } = cell.filled.clone().unwrap_or_else(none);
                (Code::GradeWithoutSamples, say!("{name}: {en}", "{name}:{zh}"))
            }
            // A price that is not of these samples is told with its way, however many they are.
            kept if cell.filled.is_some() => {
                let Text { en, zh } = cell.filled.clone().unwrap_or_default();
                (
                    Code::FewSamples,
                    say!("{name}: grade {grade}, {kept} samples: {en}", "{name}:{grade}级样点 {kept} 个:{zh}"),
                )
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

/// How far from the true mean the mean of a grade's samples may be for the number of them to do.
const WITHIN: f64 = 0.1;

/// Grades with fewer samples than their spread asks for: n ≥ (1.96·CV/δ)² for a mean within δ at 95 %.
pub(super) fn few(project: &Project, policies: &Policies, release: &mut Release) {
    let mut found = Vec::new();
    for cell in &release.cells {
        // The interval is that of the simple mean, whatever makes the price.
        let mean = cell.interval.map(|(low, high)| (low + high) / 2.0).or(cell.raw);
        let Some((deviation, mean)) = cell.deviation.zip(mean).filter(|(_, mean)| *mean > 0.0) else { continue };
        let (variation, kept) = (deviation / mean, cell.kept);
        let needed = level::needed(variation, WITHIN);
        if kept >= 2 && kept < needed {
            let (name, grade) = (&project.uses[usize::from(cell.use_index)].land_use.name, cell.grade);
            let percent = 100.0 * variation;
            let detail = say!(
                "{name}: grade {grade} has {kept} samples with a coefficient of variation of {percent:.1} %; a mean within 10 % at 95 % asks for {needed}",
                "{name}:{grade}级有 {kept} 个样点,变异系数 {percent:.1}%;均值误差不超过 10%(95% 置信度)需 {needed} 个"
            );
            found.push(Finding::new(policies, Code::FewSamples, "prices", detail));
        }
    }
    release.findings.extend(found);
}

/// Grades of so few samples that k deviations reach none: of n prices one is at most (n − 1)/√n deviations from their mean.
pub(super) fn toothless(project: &Project, plan: &PricePlan, policies: &Policies, release: &mut Release) {
    let OutlierPlan::KSigma { sigma, least_samples } = plan.outliers else { return };
    let mut found = Vec::new();
    for cell in release.cells.iter().filter(|cell| cell.samples >= least_samples.max(2)) {
        let n = cell.samples as f64;
        if (n - 1.0) / n.sqrt() <= sigma {
            let (name, grade) = (&project.uses[usize::from(cell.use_index)].land_use.name, cell.grade);
            let (count, most) = (cell.samples, format!("{:.2}", (n - 1.0) / n.sqrt()));
            let detail = say!(
                "{name}: grade {grade}: no price of {count} can lie more than {most} deviations from their mean: the limit of {sigma} sets none aside; take Grubbs or the robust rule",
                "{name}:{grade}级 {count} 个样点中任一价格与均值至多相差 {most} 倍标准差,限值 {sigma} 倍剔除不了任何样点:请改用格拉布斯或稳健法"
            );
            found.push(Finding::new(policies, Code::FewSamples, "prices", detail));
        }
    }
    release.findings.extend(found);
}

/// Neighbouring grades whose prices are nearer or farther apart than usual.
pub(super) fn ratios(project: &Project, plan: &PricePlan, policies: &Policies, release: &mut Release) {
    let mut found = Vec::new();
    let [low, high] = plan.ratio_band;
    for (at, of_use) in project.uses.iter().enumerate() {
        let own = release.cells.iter().filter(|cell| usize::from(cell.use_index) == at);
        let prices: Vec<Option<f64>> = own.map(|cell| cell.published).collect();
        let name = &of_use.land_use.name;
        let own =
            |grade: u8| release.cells.iter().find(|cell| usize::from(cell.use_index) == at && cell.grade == grade);
        // A price taken from a neighbour says nothing of its own; one of a curve or of ratios does.
        let taken = plan.fill == FillPlan::NearestGrade;
        let filled =
            |grade: u8| taken && own(grade).is_some_and(|cell| cell.filled.is_some() && cell.decided.is_none());
        let odd = order::odd_ratios(&prices, &way::premises(of_use), [low, high]);
        for odd in odd.into_iter().filter(|odd| !filled(odd.better) && !filled(odd.worse)) {
            let (better, worse, ratio) = (odd.better, odd.worse, odd.ratio);
            let detail = say!(
                "{name}: the price of grade {better} is {ratio:.3} times that of grade {worse}, outside {low} to {high}",
                "{name}:{better}级地价为{worse}级的 {ratio:.3} 倍,不在 {low} 至 {high} 之间"
            );
            found.push(Finding::new(policies, Code::OddRatio, "prices", detail));
        }
    }
    release.findings.extend(found);
}

/// Uses whose connotation speaks of least prices, where the prices are no lowest ones.
pub(super) fn meanings(project: &Project, plan: &PricePlan, policies: &Policies, release: &mut Release) {
    let least = |price: &ConnotationPlan| price.meaning == Meaning::Minimum;
    let of_uses = project.uses.iter().filter(|of_use| of_use.price.as_ref().is_some_and(least));
    for of_use in of_uses.filter(|_| plan.statistic != Statistic::Lowest) {
        let (name, Text { en, zh }) = (&of_use.land_use.name, plan.statistic.text());
        let detail = say!(
            "{name}: its connotation says minimum, but the prices are made as the {en} of samples: write statistic = \"lowest\", or meaning = \"mean\"",
            "{name}:内涵写明为最低价,但地价按样点{zh}测算:请写 statistic = \"lowest\",或 meaning = \"mean\""
        );
        release.findings.push(Finding::new(policies, Code::MixedPremises, "prices", detail));
    }
    let range = |price: &ConnotationPlan| price.meaning == Meaning::Range;
    for of_use in project.uses.iter().filter(|of_use| of_use.price.as_ref().is_some_and(range)) {
        let name = &of_use.land_use.name;
        let detail = say!(
            "{name}: its connotation says a range of prices: the one published for a grade is that of its samples by `statistic`, the range is their lowest and highest",
            "{name}:内涵写明为价格区间:级别公布的单一价格按 statistic 由样点测算,区间为样点最低值至最高值"
        );
        release.findings.push(Finding::new(policies, Code::MixedPremises, "prices", detail));
    }
}

/// Grades whose factors correct nothing, as their steps follow from samples that do not spread.
pub(super) fn flat(project: &Project, systems: &[Option<System>], policies: &Policies, release: &mut Release) {
    let mut found = Vec::new();
    for cell in release.cells.iter().filter(|cell| cell.published.is_some()) {
        let Some(system) = systems.get(usize::from(cell.use_index)).and_then(Option::as_ref) else { continue };
        let stated = system.amplitude.iter().any(|own| own.grades.as_ref().is_none_or(|own| own.contains(&cell.grade)));
        let weighted = system.weighted.iter().any(|(table, _)| table.is_for(cell.grade));
        let price = cell.published.unwrap_or(f64::NAN);
        let (up, down) = cell.lowest.zip(cell.highest).map_or((0.0, 0.0), |(low, high)| factors_of(price, high, low));
        if stated || !weighted || (up > 0.0 && down > 0.0) {
            continue;
        }
        let (name, grade) = (&project.uses[usize::from(cell.use_index)].land_use.name, cell.grade);
        let detail = say!(
            "{name}: grade {grade}: its samples give the factors an amplitude of +{up:.2} to −{down:.2} %: a side of 0 corrects nothing; state [[uses.amplitude]]",
            "{name}:{grade}级样点给出的修正幅度为 +{up:.2}% 至 −{down:.2}%,为 0 的一侧不作修正:请写明 [[uses.amplitude]]"
        );
        found.push(Finding::new(policies, Code::OddTable, "corrections", detail));
    }
    release.findings.extend(found);
}

/// Grades whose price is 0 once it is rounded.
pub(super) fn vanished(project: &Project, plan: &PricePlan, policies: &Policies, release: &mut Release) {
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

/// Samples that no law corrects for their plot ratio, for the reader to know.
pub(super) fn uncorrected(
    project: &Project,
    plan: &PricePlan,
    systems: &[Option<System>],
    policies: &Policies,
    release: &mut Release,
) {
    for (at, of_use) in project.uses.iter().enumerate() {
        let Some(connotation) = &of_use.price else { continue };
        if plan.samples.plot_ratio.is_none() {
            continue;
        }
        let name = &of_use.land_use.name;
        let laws = systems.get(at).and_then(Option::as_ref).map_or(&[][..], |system| &system.plot_ratio);
        let sold = release.samples.iter().filter(|sample| usize::from(sample.use_index) == at);
        let mut without: Vec<u8> = sold.map(|sample| sample.grade).collect();
        without.sort_unstable();
        without.dedup();
        without.retain(|grade| !laws.iter().any(|law| law.is_for(*grade)));
        if without.is_empty() || (laws.is_empty() && !connotation.plot_ratio_table.is_empty()) {
            continue;
        }
        let detail = match laws.is_empty() {
            true => say!(
                "{name} has no plot_ratio_table: its samples are not corrected for their plot ratio",
                "{name} 没有 plot_ratio_table:样点未作容积率修正"
            ),
            false => {
                let list = |lang| {
                    without
                        .iter()
                        .filter(|own| **own > 0)
                        .map(|own| grade::name(*own, lang))
                        .collect::<Vec<_>>()
                        .join(", ")
                };
                let (en, zh) = (list(Lang::En), list(Lang::Zh));
                if en.is_empty() {
                    continue;
                }
                say!(
                    "{name}: no law of the plot ratio is for grade {en}: their samples are not corrected for it",
                    "{name}:{zh} 没有容积率修正规则,其样点未作容积率修正"
                )
            }
        };
        release.findings.push(Finding::new(policies, Code::NotCorrected, "samples", detail));
    }
}

/// Samples whose plot ratio or term lies outside what they are corrected by.
pub(super) fn beyond(
    project: &Project,
    sales: &[Sale],
    corrected: &[Corrected],
    policies: &Policies,
    release: &mut Release,
) {
    for (at, of_use) in project.uses.iter().enumerate() {
        let own = || sales.iter().zip(corrected).filter(|(sale, _)| usize::from(sale.use_index) == at);
        let list = |of: fn(&Corrected) -> bool| -> Vec<&str> {
            let ids = own().filter(|(_, corrected)| of(corrected)).map(|(sale, _)| sale.row as usize);
            ids.map(|row| release.samples[row].detail.called.as_str()).collect()
        };
        let (ratio, term) = (list(|it| it.clamped), list(|it| it.term_clamped));
        let name = &of_use.land_use.name;
        let mut details = Vec::new();
        if let Some((count, ids)) = first_of(&ratio) {
            details.push(say!(
                "{name}: {count} samples have a plot ratio beyond the table, whose end value is taken: {ids}",
                "{name}:{count} 个样点的容积率超出修正表,取端点值:{ids}"
            ));
        }
        if let Some((count, ids)) = first_of(&term) {
            details.push(say!(
                "{name}: {count} samples have a term beyond the statutory one, which is taken: {ids}",
                "{name}:{count} 个样点的年期超过法定最高年期,按法定年期计:{ids}"
            ));
        }
        let layer = super::samples::label_of(project);
        let found = details.into_iter().map(|detail| Finding::new(policies, Code::OddTable, &layer, detail));
        release.findings.extend(found.collect::<Vec<_>>());
    }
}

/// How many there are, and the names of the first; `None` of none.
pub(super) fn first_of(ids: &[&str]) -> Option<(usize, String)> {
    const NAMED: usize = 8;
    let more = if ids.len() > NAMED { " …" } else { "" };
    (!ids.is_empty()).then(|| (ids.len(), ids[..ids.len().min(NAMED)].join(", ") + more))
}
