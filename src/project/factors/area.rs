//! Checks factors that score areas and rasters: fields, categories, scalings.

use crate::project::check::Problems;
use crate::project::file::Factor;
use crate::project::lines::Step;
use crate::project::plan::{AreaPlan, AreaScore, Scaling};
use crate::say;

pub(super) fn area(factor: &Factor, at: usize, problems: &mut Problems<'_>) -> AreaPlan {
    let here = [Step::Key("factors"), Step::At(at)];
    let score = match (&factor.score, &factor.category, &factor.value) {
        (Some(field), None, None) => AreaScore::Field(field.clone()),
        (None, Some(field), None) => {
            let scores = factor.categories.clone().unwrap_or_default();
            for (name, score) in &scores {
                problems.within(&[here[0], here[1], Step::Key("categories")], name, *score, 0.0, 100.0);
            }
            AreaScore::Category { field: field.clone(), scores }
        }
        (None, None, Some(field)) => AreaScore::Index { field: field.clone(), scaling: scaling(factor, at, problems) },
        _ => {
            let key = &factor.key;
            problems.add(
                "area-score",
                &here,
                say!(
                    "the area factor {key} needs one of `score`, `category`, `value`",
                    "面状因素 {key} 须且只须写 score、category、value 之一"
                ),
                say!(
                    "name the field that holds the score, the category or the index",
                    "请写明存放分值、类别或指标的字段"
                ),
            );
            AreaScore::Field(String::new())
        }
    };
    AreaPlan { score, default: factor.default }
}

pub(super) fn scaling(factor: &Factor, at: usize, problems: &mut Problems<'_>) -> Scaling {
    let here = |key| [Step::Key("factors"), Step::At(at), Step::Key(key)];
    if let (Some(low), Some(high)) = (factor.low, factor.high)
        && low >= high
    {
        problems.add(
            "bad-scaling",
            &here("low"),
            say!("low ({low}) is not below high ({high})", "low({low})应小于 high({high})"),
            say!(
                "give the lower value as low; use `direction` to turn the scale round",
                "请把较小的值写在 low;方向用 direction 指定"
            ),
        );
    }
    if let Some([low, high]) = factor.percentiles {
        problems.within(&here("percentiles"), "percentiles", low, 0.0, high.min(100.0));
        problems.within(&here("percentiles"), "percentiles", high, low.max(0.0), 100.0);
    }
    Scaling {
        high_is_good: problems.word(
            &here("direction"),
            factor.direction.as_deref(),
            &[("high-is-good", true), ("high-is-bad", false)],
        ),
        low: factor.low,
        high: factor.high,
        percentiles: factor.percentiles,
    }
}
