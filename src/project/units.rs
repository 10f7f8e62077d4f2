//! Checks the grading units: a layer of them, or how they are made.

use super::check::Problems;
use super::file::{Overlaps, ProjectFile, Units};
use super::lines::Step;
use super::plan::{GivenUnits, MadeUnits, OverlayPlan, QuadtreePlan, ScoreAt, UnitsOrigin, UnitsPlan, UsePlan, Way};
use crate::say;

const KEY: Step<'static> = Step::Key("units");

pub(super) fn check(file: &ProjectFile, uses: &[UsePlan], problems: &mut Problems<'_>) -> UnitsPlan {
    let raw = &file.units;
    let overlaps = match &raw.overlaps {
        None => Some(0.01),
        Some(Overlaps::Area(area)) => {
            problems.within(&[KEY, Step::Key("overlaps")], "overlaps", *area, 0.0, 1e9);
            Some(*area)
        }
        Some(Overlaps::Word(word)) => problems.word(&[KEY, Step::Key("overlaps")], Some(word), &[("none", None)]),
    };
    // What digitising at 1:500 cannot tell, and what two digitisings of one boundary differ by.
    let sliver_width = number(raw.sliver_width, "sliver_width", 0.1, 0.0, 100.0, problems);
    let outside_share = number(raw.outside_share, "outside_share", 0.001, 0.0, 1.0, problems);
    let score_at = problems.word(
        &[KEY, Step::Key("score_at")],
        raw.score_at.as_deref(),
        &[("centroid", ScoreAt::Centroid), ("surface", ScoreAt::Surface), ("vertices", ScoreAt::Vertices)],
    );
    foreign(raw, problems);
    let origin = if raw.make.is_some() {
        UnitsOrigin::Made(made(file, uses, problems))
    } else {
        UnitsOrigin::Given(given(raw, problems))
    };
    let every_use = raw.every_use.unwrap_or(false) || raw.make.is_some();
    if uses.len() > 1 && raw.use_field.is_none() && !every_use {
        problems.add(
            "no-use-field",
            &[KEY],
            say!(
                "there are several uses, but `units` names no field with the use",
                "有多种用途,但 units 未写明用途字段"
            ),
            say!(
                "write use = \"FIELD\" under [units], or every_use = true to grade every unit for every use",
                "请在 [units] 下写 use = \"字段名\";如每个单元都参加各用途定级,请写 every_use = true"
            ),
        );
    }
    if raw.use_field.is_some() && every_use {
        problems.add(
            "every-use-and-field",
            &[KEY, Step::Key("use")],
            say!(
                "every unit is graded for every use, and `use` names a field",
                "每个单元参加各用途定级,却又写了用途字段"
            ),
            say!("leave one of the two out", "请去掉其中之一"),
        );
    }
    UnitsPlan { origin, every_use, score_at, overlaps, sliver_width, outside_share }
}

fn number(
    written: Option<f64>,
    key: &'static str,
    default: f64,
    low: f64,
    high: f64,
    problems: &mut Problems<'_>,
) -> f64 {
    let value = written.unwrap_or(default);
    problems.within(&[KEY, Step::Key(key)], key, value, low, high);
    value
}

/// Keys that say nothing where they stand.
fn foreign(raw: &Units, problems: &mut Problems<'_>) {
    let make = raw.make.as_deref();
    let keys: [(&str, bool, &[&str]); 14] = [
        ("source", raw.source.is_some(), &[""]),
        ("layer", raw.layer.is_some(), &[""]),
        ("crs", raw.crs.is_some(), &[""]),
        ("encoding", raw.encoding.is_some(), &[""]),
        ("id", raw.id.is_some(), &[""]),
        ("use", raw.use_field.is_some(), &[""]),
        ("keep", !raw.keep.is_empty(), &[""]),
        ("size", raw.size.is_some(), &["grid"]),
        ("largest", raw.largest.is_some(), &["quadtree"]),
        ("smallest", raw.smallest.is_some(), &["quadtree"]),
        ("spread", raw.spread.is_some(), &["quadtree"]),
        ("main_factors", raw.main_factors.is_some(), &["quadtree"]),
        ("layers", raw.layers.is_some(), &["overlay"]),
        ("least_area", raw.least_area.is_some() || raw.least_width.is_some(), &["grid", "quadtree", "overlay"]),
    ];
    for (key, written, ways) in keys {
        if !written || ways.contains(&make.unwrap_or("")) {
            continue;
        }
        let (steps, first) = ([KEY, Step::Key(key)], ways[0]);
        match make {
            Some(way) => problems.add(
                "foreign-key",
                &steps,
                say!("`{key}` has no meaning with make = \"{way}\"", "make = \"{way}\" 时 {key} 无意义"),
                say!("leave it out", "请去掉该项"),
            ),
            None => problems.add(
                "foreign-key",
                &steps,
                say!(
                    "`{key}` tells how units are made, but nothing says they are",
                    "{key} 用于生成单元,但未写明生成方法"
                ),
                say!("write make = \"{first}\", or leave it out", "请写 make = \"{first}\",或去掉该项"),
            ),
        }
    }
}

fn given(raw: &Units, problems: &mut Problems<'_>) -> GivenUnits {
    let mut needed = |key: &'static str, written: &Option<String>| {
        if written.is_none() {
            problems.add(
                "no-units-key",
                &[KEY],
                say!("`units` does not name its {key}", "units 未写明 {key}"),
                say!(
                    "write {key} = \"…\" under [units], or make = \"grid\", \"quadtree\" or \"overlay\" to have units made",
                    "请在 [units] 下写 {key} = \"…\";如需生成单元,请写 make = \"grid\"、\"quadtree\" 或 \"overlay\""
                ),
            );
        }
        written.clone().unwrap_or_default()
    };
    let (source, id) = (needed("source", &raw.source), needed("id", &raw.id));
    let steps = [KEY, Step::Key("source")];
    GivenUnits {
        source: problems.source(&steps, &source, raw.layer.as_ref(), raw.crs.as_ref(), raw.encoding.as_ref()),
        id,
        use_field: raw.use_field.clone(),
        keep: raw.keep.clone(),
    }
}

fn made(file: &ProjectFile, uses: &[UsePlan], problems: &mut Problems<'_>) -> MadeUnits {
    let raw = &file.units;
    if file.project.graded_area.is_none() {
        problems.add(
            "no-graded-area",
            &[KEY, Step::Key("make")],
            say!(
                "units are made inside the graded area, and the project names none",
                "生成单元需要定级范围,项目未写明"
            ),
            say!(
                "write graded_area = {{ source = \"…\" }} under [project]",
                "请在 [project] 下写 graded_area = {{ source = \"…\" }}"
            ),
        );
    }
    let words = [("grid", 0), ("quadtree", 1), ("overlay", 2)];
    let way = match problems.word(&[KEY, Step::Key("make")], raw.make.as_deref(), &words) {
        0 => Way::Grid { size: number(raw.size, "size", 100.0, 1.0, 100_000.0, problems) },
        1 => Way::Quadtree(quadtree(file, uses, problems)),
        _ => Way::Overlay(overlay(raw, problems)),
    };
    let (area, width) = match &way {
        Way::Grid { size } => (size * size / 10.0, 0.0),
        Way::Quadtree(plan) => (plan.smallest * plan.smallest / 10.0, 0.0),
        Way::Overlay(_) => (100.0, 2.0),
    };
    MadeUnits {
        least_area: number(raw.least_area, "least_area", area, 0.0, 1e9, problems),
        least_width: number(raw.least_width, "least_width", width, 0.0, 1000.0, problems),
        way,
    }
}

fn quadtree(file: &ProjectFile, uses: &[UsePlan], problems: &mut Problems<'_>) -> QuadtreePlan {
    let raw = &file.units;
    let largest = number(raw.largest, "largest", 500.0, 1.0, 100_000.0, problems);
    let smallest = number(raw.smallest, "smallest", 50.0, 1.0, largest.max(1.0), problems);
    let most = uses.iter().map(|plan| plan.grades).max().unwrap_or(1).max(1);
    let spread = number(raw.spread, "spread", 100.0 / f64::from(most), 0.01, 100.0, problems);
    let mut number_of = |key: &String| {
        let number = file.factors.iter().position(|factor| factor.key == *key);
        if number.is_none() {
            problems.add(
                "unknown-factor",
                &[KEY, Step::Key("main_factors")],
                say!("there is no factor \"{key}\"", "没有名为「{key}」的因素"),
                say!("name keys of [[factors]]", "请写 [[factors]] 中的键"),
            );
        }
        number
    };
    let main = raw.main_factors.as_ref().map(|keys| keys.iter().filter_map(&mut number_of).collect());
    QuadtreePlan { largest, smallest, spread, main }
}

fn overlay(raw: &Units, problems: &mut Problems<'_>) -> Vec<OverlayPlan> {
    let layers = raw.layers.as_deref().unwrap_or(&[]);
    if layers.is_empty() {
        problems.add(
            "no-overlay-layers",
            &[KEY, Step::Key("make")],
            say!("an overlay needs layers", "叠置法需要图层"),
            say!(
                "write layers = [{{ source = \"…\", label = \"FIELD\" }}, …] under [units]",
                "请在 [units] 下写 layers = [{{ source = \"…\", label = \"字段名\" }}, …]"
            ),
        );
    }
    let plan = |(at, layer): (usize, &super::file::OverlayLayer)| {
        let steps = [KEY, Step::Key("layers"), Step::At(at)];
        let (name, crs, encoding) = (layer.layer.as_ref(), layer.crs.as_ref(), layer.encoding.as_ref());
        let source = problems.source(&steps, &layer.source, name, crs, encoding);
        OverlayPlan { source, label: layer.label.clone() }
    };
    layers.iter().enumerate().map(plan).collect()
}
