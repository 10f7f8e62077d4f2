//! Checks how scores are cut into grades: the method and what it needs.

use super::check::Problems;
use super::file::{Breaks, BreaksTable};
use super::lines::Step;
use super::plan::{BreaksPlan, SectionsPlan};
use crate::say;
use crate::space::Point;

/// The most bins a histogram may have; the grading stage's own limit.
pub(super) const MOST_BINS: f64 = 10_000.0;

/// The most rays of a profile; the grading stage's own limit.
pub(super) const MOST_DIRECTIONS: f64 = 360.0;

/// The cut and its reason; natural breaks where nothing is written.
pub(super) fn breaks(
    written: Option<&Breaks>,
    steps: &[Step<'_>],
    problems: &mut Problems<'_>,
) -> (BreaksPlan, Option<String>) {
    let plain;
    let table = match written {
        None => return (BreaksPlan::Natural, None),
        Some(Breaks::Detailed(table)) => table,
        Some(Breaks::Method(method)) => {
            plain = BreaksTable { method: method.clone(), ..BreaksTable::default() };
            &plain
        }
    };
    let bins = table.bins.unwrap_or(1024);
    problems.within(steps, "bins", bins as f64, 2.0, MOST_BINS);
    let numbers = [
        ("natural", 0),
        ("natural-histogram", 1),
        ("quantile", 2),
        ("equal-interval", 3),
        ("number-axis", 4),
        ("frequency-curve", 5),
        ("profile", 6),
        ("given", 7),
    ];
    let number = problems.word(steps, Some(&table.method), &numbers);
    let plan = match number {
        0 => BreaksPlan::Natural,
        1 => BreaksPlan::NaturalHistogram { bins },
        2 => BreaksPlan::Quantile,
        3 => BreaksPlan::EqualInterval,
        4 => {
            let least_share = table.least_share.unwrap_or(0.03);
            problems.within(steps, "least_share", least_share, 0.0, 0.5);
            BreaksPlan::NumberAxis { least_share }
        }
        5 => {
            let bin = table.bin.unwrap_or(1.0);
            let smoothing = table.smoothing.unwrap_or(2.0 * bin);
            problems.within(steps, "bin", bin, 0.01, 50.0);
            problems.within(steps, "smoothing", smoothing, 0.0, 50.0);
            BreaksPlan::FrequencyCurve { bin, smoothing }
        }
        6 => BreaksPlan::Profile(sections(table, steps, problems)),
        _ => {
            let limits = table.limits.clone().unwrap_or_default();
            if limits.is_empty() || limits.windows(2).any(|pair| pair[0] >= pair[1]) {
                problems.add(
                    "bad-limits",
                    steps,
                    say!("given breaks need ascending `limits`", "given 分级需要递增的 limits"),
                    say!("write limits = [20, 35, 50, 70]", "请写 limits = [20, 35, 50, 70]"),
                );
            }
            BreaksPlan::Given(limits)
        }
    };
    stray(table, number, steps, problems);
    (plan, table.reason.clone())
}

fn sections(table: &BreaksTable, steps: &[Step<'_>], problems: &mut Problems<'_>) -> SectionsPlan {
    let point = |[x, y]: &[f64; 2]| Point::new(*x, *y);
    let lines: Vec<Vec<Point>> = table.lines.iter().flatten().map(|line| line.iter().map(point).collect()).collect();
    let (directions, step, window) =
        (table.directions.unwrap_or(8), table.step.unwrap_or(100.0), table.window.unwrap_or(5));
    problems.within(steps, "directions", f64::from(directions), 1.0, MOST_DIRECTIONS);
    problems.within(steps, "step", step, 1.0, 10_000.0);
    problems.within(steps, "window", f64::from(window), 1.0, 101.0);
    let unsound = lines.iter().any(|line| line.len() < 2) || table.lines.as_ref().is_some_and(Vec::is_empty);
    let finite = |point: &Point| point.x.is_finite() && point.y.is_finite();
    if unsound || !lines.iter().flatten().chain(&table.centre.as_ref().map(point)).all(finite) {
        problems.add(
            "bad-lines",
            steps,
            say!("a section line has fewer than two places", "剖面线不足两点,或坐标不可用"),
            say!("write lines = [[[x, y], [x, y]], …] in metres", "请写 lines = [[[x, y], [x, y]], …],单位为米"),
        );
    }
    if window % 2 == 0 {
        problems.add(
            "out-of-range",
            steps,
            say!("window is {window}, which has no middle", "window 为 {window},没有居中的取样点"),
            say!("give an odd number, such as 5", "请填奇数,如 5"),
        );
    }
    SectionsPlan { lines, centre: table.centre.as_ref().map(point), directions, step, window }
}

/// Keys of another method are told; `bins` and `limits`, which older files may have beside any method, are passed over.
fn stray(table: &BreaksTable, number: u8, steps: &[Step<'_>], problems: &mut Problems<'_>) {
    let keys = [
        ("least_share", table.least_share.is_some(), number == 4),
        ("bin", table.bin.is_some(), number == 5),
        ("smoothing", table.smoothing.is_some(), number == 5),
        ("directions", table.directions.is_some(), number == 6 && table.lines.is_none()),
        ("centre", table.centre.is_some(), number == 6 && table.lines.is_none()),
        ("lines", table.lines.is_some(), number == 6),
        ("step", table.step.is_some(), number == 6),
        ("window", table.window.is_some(), number == 6),
    ];
    let method = &table.method;
    for (key, _, _) in keys.iter().filter(|(_, written, meant)| *written && !*meant) {
        let what = if number == 6 {
            say!("`{key}` means nothing where `lines` are given", "给出 lines 时不用「{key}」")
        } else {
            say!("`{key}` means nothing for breaks by \"{method}\"", "{method} 分级不用「{key}」")
        };
        problems.add("stray-key", steps, what, say!("remove it, or change `method`", "请删除该键,或修改 method"));
    }
}

/// Given limits divide one grade from the next.
pub(super) fn limits_fit(limits: &[f64], grades: u8, steps: &[Step<'_>], problems: &mut Problems<'_>) {
    let (count, wanted) = (limits.len(), usize::from(grades).saturating_sub(1));
    if count != wanted && !limits.is_empty() {
        problems.add(
            "bad-limits",
            steps,
            say!("there are {count} limits for {grades} grades", "{grades} 个级别写了 {count} 个界限"),
            say!("write {wanted} limits, one fewer than grades", "请写 {wanted} 个界限,比级别数少 1"),
        );
    }
}
