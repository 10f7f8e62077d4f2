//! What deserves a second look in a correction system: nothing that stops it, all that a printed table may have wrong.

use super::System;
use super::plot_ratio::{Form, PlotRatioLaw};
use super::term;
use crate::land::Text;
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
    system.plot_ratio.iter().for_each(|law| plot_ratio(law, &mut texts));
    if let Some(rows) = &system.term.table {
        let (years, rate) = (system.term.years, system.term.rate);
        if let Some((fitted, off)) = term::refit(rows, years) {
            let [best, stated] = [fitted, rate].map(|rate| format!("{:.2}", rate * 100.0));
            if off > PRINTED {
                texts.push(say!(
                    "the term table is not of one rate: the best, {best} %, misses a row by {off:.5}",
                    "年期修正表不符合单一还原率:最接近的 {best}% 与表值最大相差 {off:.5}"
                ));
            } else if (fitted - rate).abs() > 5e-4 {
                texts.push(say!(
                    "the term table is of a rate of {best} %, the connotation says {stated} %",
                    "年期修正表对应还原率 {best}%,而地价内涵为 {stated}%"
                ));
            }
        }
    }
    texts.into_iter().map(|text| Doubt { text }).collect()
}

fn plot_ratio(law: &PlotRatioLaw, texts: &mut Vec<Text>) {
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
    for pair in found.windows(2) {
        let ((low, k_low), (ratio, k)) = (pair[0], pair[1]);
        if k < k_low {
            texts.push(say!("the coefficient falls at plot ratio {ratio}", "容积率 {ratio} 处系数下降"));
        }
        // A printed coefficient may be half a unit of its fourth decimal off.
        if (k - 5e-5) * low > (k_low + 5e-5) * ratio {
            texts.push(say!(
                "the price per floor area rises at plot ratio {ratio}, which looks like a misprint",
                "容积率 {ratio} 处楼面地价上升,疑为误植"
            ));
        }
    }
}
