//! What deserves a second look in a correction system: nothing that stops it, all that a printed table may have wrong.

use super::plot_ratio::{Form, PlotRatioLaw};
use super::term;
use super::{System, Table};
use crate::land::Text;
use crate::price::correct::plot_ratio::spike_text;
use crate::price::correct::spike::{USUAL_TIMES, spikes};
use crate::project::system::Effect;
use crate::say;

/// One remark.
#[derive(Clone, Debug, PartialEq)]
pub struct Doubt {
    pub text: Text,
}

/// A printed coefficient has so many decimals: two of its units off is more than rounding.
const PRINTED: f64 = 2e-4;

pub(super) fn doubts(system: &System) -> Vec<Doubt> {
    let mut texts = Vec::new();
    system.plot_ratio.iter().for_each(|law| plot_ratio(law, system.floor, &mut texts));
    if let Some(rows) = &system.term.table {
        let (years, rate) = (system.term.years, system.term.rate);
        if let Some((fitted, off)) = term::refit(rows, years) {
            let misprint = term::misprint(rows, years, PRINTED).filter(|_| off > PRINTED);
            // A row that is misprinted hides the rate of the others from the fit of all.
            let fitted = misprint.as_ref().map_or(fitted, |(_, own)| own.rate);
            let [best, stated] = [fitted, rate].map(|rate| format!("{:.2}", rate * 100.0));
            let of_one_rate = misprint.is_some() || off <= PRINTED;
            if let Some((row, best)) = misprint {
                let ([at, printed], best_rate) = (row, format!("{:.2}", best.rate * 100.0));
                let by_rate = format!("{:.4}", best.at_row);
                texts.push(say!(
                    "the term table is of {best_rate} %, save its row of {at} years: {printed}, not {by_rate}",
                    "年期修正表对应还原率 {best_rate}%,唯 {at} 年的 {printed} 应为 {by_rate},疑为误植"
                ));
            } else if off > PRINTED {
                texts.push(say!(
                    "the term table is not of one rate: the best, {best} %, misses a row by {off:.5}",
                    "年期修正表不符合单一还原率:最接近的 {best}% 与表值最大相差 {off:.5}"
                ));
            }
            if of_one_rate && (fitted - rate).abs() > 5e-4 {
                texts.push(say!(
                    "the term table is of a rate of {best} %, the connotation says {stated} %",
                    "年期修正表对应还原率 {best}%,而地价内涵为 {stated}%"
                ));
            }
        }
    }
    for rows in system.term.table.iter() {
        let years = system.term.years;
        if let Some([at, k]) = rows.iter().find(|row| row[0] == years && (row[1] - 1.0).abs() > PRINTED) {
            texts.push(say!(
                "the term table has {k} at the statutory {at} years, where the coefficient is 1",
                "年期修正表在法定年期 {at} 年处为 {k},应为 1"
            ));
        }
        if let Some(pair) = rows.windows(2).find(|pair| pair[1][1] < pair[0][1]) {
            let ([low, k_low], [at, k]) = (pair[0], pair[1]);
            texts.push(say!(
                "the term table falls from {k_low} at {low} years to {k} at {at} years",
                "年期修正表由 {low} 年的 {k_low} 降至 {at} 年的 {k}"
            ));
        }
    }
    if let Some(last) =
        system.term.table.as_ref().and_then(|rows| rows.last()).filter(|last| last[0] < system.term.years)
    {
        let (at, k, years) = (last[0], last[1], system.term.years);
        texts.push(say!(
            "the term table ends at {at} of {years} years with {k}: longer terms have that coefficient, the set one 1",
            "年期修正表止于 {at} 年({k}),法定年期为 {years} 年:更长年期取末行系数,而设定年期为 1"
        ));
    }
    for factor in system.factors.iter().filter(|factor| factor.steps[2] != 0.0) {
        let (name, fair) = (&factor.name, factor.steps[2]);
        texts.push(say!("{name}: 一般 (fair) is {fair} %, not 0", "{name}:一般为 {fair}%,不为 0"));
    }
    for table in &system.tables {
        match &table.form {
            super::Form::Depth(_, rule) => texts.extend(rule.rising().map(|strip| rising(&table.name, strip))),
            super::Form::Rows(rows) => {
                let name = &table.name;
                texts.extend(spikes(rows, USUAL_TIMES).iter().map(|spike| {
                    let (at, off) = (spike.at, format!("{:+.4}", spike.off));
                    say!(
                        "{name}: the coefficient at {at} is {off} off the line of its neighbours, which looks like a misprint",
                        "{name}:{at} 处系数偏离相邻两行连线 {off},疑为误植"
                    )
                }));
                texts.extend(jumps(table, rows));
            }
            super::Form::Classes(classes) => {
                texts.extend(classes.iter().filter_map(|(word, k)| far_off(table, word, *k)));
            }
        }
    }
    texts.into_iter().map(|text| Doubt { text }).collect()
}

/// A coefficient of a table that no place or shape of a parcel makes: of products beyond 0.2 to 3, of percentages beyond 50 either way.
fn far_off(table: &Table, at: &str, k: f64) -> Option<Text> {
    let name = &table.name;
    let (usual, low, high) = match table.into {
        Effect::Product => ((0.2..=3.0).contains(&k), "0.2", "3"),
        Effect::Sum => ((-50.0..=50.0).contains(&k), "−50 %", "50 %"),
    };
    (!usual).then(|| {
        say!(
            "{name}: {k} at {at} lies outside {low} to {high}, which looks like a misprint or another unit",
            "{name}:{at} 处为 {k},不在 {low} 至 {high} 之间,疑为误植或单位不同"
        )
    })
}

/// Rows far off, and a table that rises, falls and rises again, or the other way round.
fn jumps(table: &Table, rows: &[[f64; 2]]) -> Vec<Text> {
    let mut texts: Vec<Text> = rows.iter().filter_map(|row| far_off(table, &row[0].to_string(), row[1])).collect();
    if !texts.is_empty() {
        return texts;
    }
    let steps: Vec<(f64, bool)> = rows
        .windows(2)
        .filter(|pair| pair[0][1] != pair[1][1])
        .map(|pair| (pair[0][0], pair[1][1] > pair[0][1]))
        .collect();
    let turns: Vec<f64> = steps.windows(2).filter(|pair| pair[0].1 != pair[1].1).map(|pair| pair[1].0).collect();
    if turns.len() > 1 {
        let (name, list) = (&table.name, turns.iter().map(f64::to_string).collect::<Vec<_>>().join(", "));
        texts.push(say!(
            "{name}: the coefficients turn from rising to falling or back at {list}: once is usual at most",
            "{name}:系数在 {list} 处反复升降(一般至多一次)"
        ));
    }
    texts
}

/// A depth rule whose land is dearer farther from the street.
pub fn rising(name: &str, strip: usize) -> Text {
    let before = strip - 1;
    say!(
        "{name}: strip {strip} of the depth rule has a larger share than strip {before}, which is nearer to the street",
        "{name}:深度百分率第 {strip} 条带大于临街更近的第 {before} 条带"
    )
}

fn plot_ratio(law: &PlotRatioLaw, floor: bool, texts: &mut Vec<Text>) {
    let set = law.set;
    if let Form::Table(rows, at_set) = &law.form {
        let (first, last) = (rows[0][0], rows[rows.len() - 1][0]);
        if !(first..=last).contains(&set) {
            texts.push(say!(
                "the set plot ratio {set} lies outside its table ({first} to {last})",
                "设定容积率 {set} 不在修正表范围内({first} 至 {last})"
            ));
        }
        if (at_set - 1.0).abs() > PRINTED {
            texts.push(say!(
                "the coefficient at the set plot ratio {set} is {at_set}, not 1; all are divided by it",
                "设定容积率 {set} 的系数为 {at_set},不为 1;各系数均除以该值"
            ));
        }
    }
    let found: Vec<(f64, f64)> = law.marks().into_iter().filter_map(|ratio| Some((ratio, law.at(ratio)?.k))).collect();
    if !matches!(law.form, Form::Table(..)) {
        if law.range.is_none() {
            texts.push(say!(
                "the law of the plot ratio has no range: it is used however far from the set {set}",
                "容积率修正规则未写明适用范围(range):离设定容积率 {set} 再远也照用"
            ));
        }
        if let Some(last) = law.marks().into_iter().rfind(|ratio| law.at(*ratio).is_none()) {
            let last = format!("{last:.2}");
            texts.push(say!(
                "by its law the coefficient is not above 0 at plot ratio {last}: write the `range` it holds for",
                "按该规则,容积率 {last} 处系数不大于 0:请写明适用范围 range"
            ));
        }
        // A formula has no printed rows: one statement is enough.
        let first = |wrong: fn(bool, (f64, f64), (f64, f64)) -> bool| {
            found.windows(2).find(|pair| wrong(floor, pair[0], pair[1])).map(|pair| format!("{:.2}", pair[0].0))
        };
        if let Some(from) = first(falls) {
            texts.push(say!(
                "by its law land gets cheaper from plot ratio {from} up",
                "按该规则,容积率自 {from} 起地面地价下降"
            ));
        }
        if let Some(from) = first(rises) {
            texts.push(say!(
                "by its law floor gets dearer from plot ratio {from} up",
                "按该规则,容积率自 {from} 起楼面地价上升"
            ));
        }
        return;
    }
    let mut told: Vec<f64> = Vec::new();
    for (at, pair) in found.windows(2).enumerate() {
        let ratio = pair[1].0;
        if falls(floor, pair[0], pair[1]) {
            told.push(ratio);
            texts.push(match floor {
                true => say!("the price of the land falls at plot ratio {ratio}", "容积率 {ratio} 处地面地价下降"),
                false => say!("the coefficient falls at plot ratio {ratio}", "容积率 {ratio} 处系数下降"),
            });
        }
        if !rises(floor, pair[0], pair[1]) {
            continue;
        }
        // The row whose absence mends it: the one above, or the one below where only that does.
        let fits = |low: Option<&(f64, f64)>, high: Option<&(f64, f64)>| {
            low.zip(high).is_none_or(|(low, high)| !rises(floor, *low, *high))
        };
        let without_upper = fits(found.get(at), found.get(at + 2));
        let without_lower = fits(at.checked_sub(1).and_then(|at| found.get(at)), found.get(at + 1));
        // Where either would mend it, the one without which the others lie nearer to a line.
        let lower = without_lower && (!without_upper || rough(&found, at) < rough(&found, at + 1));
        let wrong = if lower { pair[0].0 } else { ratio };
        told.push(wrong);
        texts.push(match wrong == ratio {
            true => say!(
                "the price per floor area rises at plot ratio {ratio}, which looks like a misprint",
                "容积率 {ratio} 处楼面地价上升,疑为误植"
            ),
            false => say!(
                "the price per floor area rises at plot ratio {ratio}: the row of {wrong} looks like a misprint",
                "容积率 {ratio} 处楼面地价上升,{wrong} 一行疑为误植"
            ),
        });
    }
    // A row that breaks a rule bends the line of its neighbours as well: the others are looked at without it.
    if let Form::Table(rows, _) = &law.form {
        // Coefficients of floor bend by their nature; those of the land below are nearly straight.
        let times = |ratio: f64| if floor { ratio } else { 1.0 };
        let others = rows.iter().filter(|row| !told.contains(&row[0])).map(|[ratio, k]| [*ratio, k * times(*ratio)]);
        let others: Vec<[f64; 2]> = others.collect();
        texts
            .extend(spikes(&others, USUAL_TIMES).iter().map(|spike| spike_text(spike.at, spike.off / times(spike.at))));
    }
}

/// How far the rows but one lie off the lines of their neighbours, together.
fn rough(rows: &[(f64, f64)], without: usize) -> f64 {
    let rest: Vec<(f64, f64)> = rows.iter().enumerate().filter(|(at, _)| *at != without).map(|(_, row)| *row).collect();
    let off = |three: &[(f64, f64)]| {
        let [(a, k_a), (b, k_b), (c, k_c)] = [three[0], three[1], three[2]];
        (k_b - (k_a + (k_c - k_a) * (b - a) / (c - a))).abs()
    };
    rest.windows(3).map(off).sum()
}

/// Whether the price of the land falls from one plot ratio to the next, where it must not: the coefficient, of floor prices times the ratio.
fn falls(floor: bool, (low, k_low): (f64, f64), (ratio, k): (f64, f64)) -> bool {
    let (land_low, land) = if floor { (k_low * low, k * ratio) } else { (k_low, k) };
    // A printed coefficient may be half a unit of its fourth decimal off.
    let off = if floor { 5e-5 * ratio } else { 0.0 };
    land + 2.0 * off < land_low
}

/// Whether the price of the floor rises, where it must not.
fn rises(floor: bool, (low, k_low): (f64, f64), (ratio, k): (f64, f64)) -> bool {
    if floor { k > k_low } else { (k - 5e-5) * low > (k_low + 5e-5) * ratio }
}
