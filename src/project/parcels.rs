//! Checks the parcels that get one grade each.

use super::check::Problems;
use super::file::Parcels;
use super::lines::Step;
use super::plan::{FrontPlan, ParcelsPlan};
use crate::say;

const GRADING: Step<'static> = Step::Key("grading");
const PARCELS: Step<'static> = Step::Key("parcels");

pub(super) fn check(raw: &Parcels, problems: &mut Problems<'_>) -> ParcelsPlan {
    let (layer, crs, encoding) = (raw.layer.as_ref(), raw.crs.as_ref(), raw.encoding.as_ref());
    let source = problems.source(&[GRADING, PARCELS, Step::Key("source")], &raw.source, layer, crs, encoding);
    let words = [("area", false), ("frontage", true)];
    let by_front = problems.word(&[GRADING, PARCELS, Step::Key("rule")], raw.rule.as_deref(), &words);
    let within = raw.front_within.unwrap_or(20.0);
    problems.within(&[GRADING, PARCELS, Step::Key("front_within")], "front_within", within, 0.1, 1000.0);
    let steps = [GRADING, PARCELS, Step::Key("streets")];
    let streets = raw
        .streets
        .as_ref()
        .map(|raw| problems.source(&steps, &raw.source, raw.layer.as_ref(), raw.crs.as_ref(), raw.encoding.as_ref()));
    if by_front && streets.is_none() {
        problems.add(
            "no-streets",
            &[GRADING, PARCELS, Step::Key("rule")],
            say!("frontage needs the lines of streets", "按临街确定级别需要道路线图层"),
            say!(
                "write streets = {{ source = \"…\" }} under [grading.parcels]",
                "请在 [grading.parcels] 下写 streets = {{ source = \"…\" }}"
            ),
        );
    }
    for (key, written) in [("streets", raw.streets.is_some()), ("front_within", raw.front_within.is_some())] {
        if written && !by_front {
            problems.add(
                "foreign-key",
                &[GRADING, PARCELS, Step::Key(key)],
                say!("`{key}` has no meaning with rule = \"area\"", "rule = \"area\" 时 {key} 无意义"),
                say!("write rule = \"frontage\", or leave it out", "请写 rule = \"frontage\",或去掉该项"),
            );
        }
    }
    let front = streets.filter(|_| by_front).map(|streets| FrontPlan { streets, within });
    ParcelsPlan { source, id: raw.id.clone(), use_field: raw.use_field.clone(), front }
}
