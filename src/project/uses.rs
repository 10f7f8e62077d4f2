//! Checks the uses: their names, grades, weights, and the connotation of their prices; and the further gradings.

use super::breaks::{breaks, limits_fit};
use super::check::Problems;
use super::file::{GradePremises, ProjectFile, UseEntry, UsePrice};
use super::lines::Step;
use super::plan::{AlternativePlan, BreaksPlan, ConnotationPlan, Meaning, PriceKind, UsePlan};
use super::weights::{self, Members};
use crate::land::Use;
use crate::say;

pub(super) fn check(raw: &ProjectFile, members: Members<'_>, problems: &mut Problems<'_>) -> Vec<UsePlan> {
    let uses: Vec<UsePlan> =
        raw.uses.iter().enumerate().map(|(at, entry)| use_plan(at, entry, members, problems)).collect();
    if uses.is_empty() || uses.len() > 200 {
        let count = uses.len();
        problems.add(
            "no-uses",
            &[],
            say!("the project lists {count} uses", "项目列出了 {count} 种用途"),
            say!("add at least one [[uses]], at most 200", "请至少写一个 [[uses]],最多 200 个"),
        );
    }
    for (at, plan) in uses.iter().enumerate() {
        let earlier = uses[..at].iter().flat_map(|plan| &plan.land_use.spellings);
        let shared = plan.land_use.spellings.iter().find(|spelling| earlier.clone().any(|known| known == *spelling));
        if let Some(spelling) = shared {
            problems.add(
                "ambiguous-use",
                &[Step::Key("uses"), Step::At(at)],
                say!("\"{spelling}\" means an earlier use too", "「{spelling}」与前面的用途重复"),
                say!("give each use its own key, name and spellings", "各用途的 key、name 与 spellings 不得重复"),
            );
        }
    }
    let priced = raw.prices.as_ref().filter(|prices| prices.samples.use_field.is_none());
    if uses.len() > 1 && priced.is_some() {
        problems.add(
            "no-use-field",
            &[Step::Key("prices"), Step::Key("samples")],
            say!(
                "there are several uses, but the samples name no field with the use",
                "有多种用途,但样点未写明用途字段"
            ),
            say!("write use = \"FIELD\" in `samples`", "请在 samples 中写 use = \"字段名\""),
        );
    }
    uses
}

/// Further gradings; each becomes a column of the results.
pub(super) fn alternatives(
    raw: &ProjectFile,
    uses: &[UsePlan],
    factors: &[&str],
    problems: &mut Problems<'_>,
) -> Vec<AlternativePlan> {
    const TAKEN: [&str; 8] = ["id", "use", "use_name", "area", "total", "grade", "price", "price_mu"];
    let mut plans: Vec<AlternativePlan> = Vec::new();
    for (at, alternative) in raw.grading.iter().flat_map(|grading| &grading.alternatives).enumerate() {
        let here = |key| [Step::Key("grading"), Step::Key("alternatives"), Step::At(at), Step::Key(key)];
        let key = &alternative.key;
        let twice = plans.iter().any(|plan| plan.key == *key);
        if twice || key.is_empty() || TAKEN.contains(&key.as_str()) || factors.contains(&key.as_str()) {
            problems.add(
                "bad-key",
                &here("key"),
                say!("the key \"{key}\" is empty or another column's name", "键「{key}」为空或与其他列重名"),
                say!("use a name of its own, such as grade_quantile", "请另取名称,如 grade_quantile"),
            );
        }
        let (breaks, _) = breaks(Some(&alternative.breaks), &here("breaks"), problems);
        if let BreaksPlan::Given(limits) = &breaks {
            uses.iter().for_each(|plan| limits_fit(limits, plan.grades, &here("breaks"), problems));
        }
        plans.push(AlternativePlan { key: key.clone(), breaks });
    }
    plans
}

fn use_plan(at: usize, entry: &UseEntry, members: Members<'_>, problems: &mut Problems<'_>) -> UsePlan {
    let here = |key| [Step::Key("uses"), Step::At(at), Step::Key(key)];
    problems.within(&here("grades"), "grades", f64::from(entry.grades), 1.0, 30.0);
    let name = entry.name.clone().unwrap_or_else(|| entry.key.clone());
    let (breaks, reason) = breaks(entry.breaks.as_ref(), &here("breaks"), problems);
    if let BreaksPlan::Given(limits) = &breaks {
        limits_fit(limits, entry.grades, &here("breaks"), problems);
    }
    let mut spellings = vec![entry.key.clone(), name.clone()];
    spellings.extend(entry.spellings.iter().cloned());
    UsePlan {
        land_use: Use { key: entry.key.clone(), name, spellings },
        grades: entry.grades,
        breaks,
        reason,
        scheme: entry.scheme.clone(),
        weights: weights::check(at, entry, members, problems),
        price: entry.price.as_ref().map(|price| connotation(at, entry.grades, price, problems)),
    }
}

fn connotation(at: usize, grades: u8, price: &UsePrice, problems: &mut Problems<'_>) -> ConnotationPlan {
    let here = |key| [Step::Key("uses"), Step::At(at), Step::Key("price"), Step::Key(key)];
    problems.within(&here("term"), "term", price.term, 1.0, 1000.0);
    problems.within(&here("rate"), "rate", price.rate, 0.0001, 0.9999);
    if let Some(rate) = price.building_rate {
        problems.within(&here("building_rate"), "building_rate", rate, 0.0001, 0.9999);
    }
    problems.within(&here("plot_ratio"), "plot_ratio", price.plot_ratio, 0.01, 100.0);
    let table = price.plot_ratio_table.clone().unwrap_or_default();
    let ascending = table.windows(2).all(|rows| rows[0][0] < rows[1][0]);
    if !ascending || table.iter().any(|row| row[0] <= 0.0 || row[1] <= 0.0) {
        problems.add(
            "bad-table",
            &here("plot_ratio_table"),
            say!("the plot ratio table is not ascending and positive", "容积率修正表应递增且为正"),
            say!("list [plot ratio, coefficient] from the lowest ratio up", "请按容积率从小到大列出 [容积率, 系数]"),
        );
    } else if let (Some(first), Some(last)) = (table.first(), table.last()) {
        problems.within(&here("plot_ratio"), "plot_ratio (inside its table)", price.plot_ratio, first[0], last[0]);
    }
    ConnotationPlan {
        term: price.term,
        rate: price.rate,
        building_rate: price.building_rate.unwrap_or(f64::NAN),
        plot_ratio: price.plot_ratio,
        plot_ratio_table: table,
        kind: problems.word(
            &here("kind"),
            price.kind.as_deref(),
            &[("ground", PriceKind::Ground), ("floor", PriceKind::Floor)],
        ),
        development: price.development.clone().unwrap_or_default(),
        right: price.right.clone().unwrap_or_default(),
        classification: price.classification.clone().unwrap_or_default(),
        scope: price.scope.clone().unwrap_or_default(),
        meaning: problems.word(
            &here("meaning"),
            price.meaning.as_deref(),
            &[("mean", Meaning::Mean), ("minimum", Meaning::Minimum), ("range", Meaning::Range)],
        ),
        by_grade: by_grade(at, grades, price, problems),
    }
}

/// Each grade once, inside the use's grades, its set plot ratio inside the table.
fn by_grade(at: usize, grades: u8, price: &UsePrice, problems: &mut Problems<'_>) -> Vec<GradePremises> {
    let here = [Step::Key("uses"), Step::At(at), Step::Key("price"), Step::Key("by_grade")];
    let table = price.plot_ratio_table.as_deref().unwrap_or_default();
    let (low, high) = table.first().zip(table.last()).map_or((0.01, 100.0), |(first, last)| (first[0], last[0]));
    let mut seen = Vec::new();
    for entry in &price.by_grade {
        for &grade in &entry.grades {
            if !(1..=grades).contains(&grade) || seen.contains(&grade) {
                problems.add(
                    "bad-grade",
                    &here,
                    say!(
                        "grade {grade} stands in `by_grade` twice, or is none of the {grades} grades",
                        "by_grade 中 {grade} 级重复,或不在 {grades} 个级别之内"
                    ),
                    say!("name each grade once", "每级只写一次"),
                );
            }
            seen.push(grade);
        }
        if let Some(ratio) = entry.plot_ratio {
            problems.within(&here, "plot_ratio (of grades)", ratio, low, high);
        }
    }
    price.by_grade.clone()
}
