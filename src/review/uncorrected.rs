//! What the samples of a release tell nothing of: their prices are taken at the connotation there.

use crate::land::Text;
use crate::release::{Connotation, Release, SampleRow};
use crate::say;

/// One sentence per use whose samples tell no date, no term or no plot ratio, none of them.
pub fn uncorrected(release: &Release) -> Vec<Text> {
    (0..release.uses.len()).filter_map(|land_use| of_use(release, land_use)).collect()
}

fn of_use(release: &Release, land_use: usize) -> Option<Text> {
    let samples = || release.samples.iter().filter(|sample| usize::from(sample.use_index) == land_use && sample.used);
    samples().next()?;
    let silent = |tells: fn(&SampleRow) -> bool| !samples().any(tells);
    let head = &release.uses[land_use];
    let connotation = head.connotation.as_ref();
    let number = |of: fn(&Connotation) -> f64| connotation.map_or(String::new(), |own| of(own).to_string());
    let base = release.head.base_date.clone().unwrap_or_default();
    let mut parts: Vec<Text> = Vec::new();
    if silent(|sample| !sample.date.is_empty()) {
        parts.push(say!("of the base date {base}", "期日 {base}"));
    }
    if silent(|sample| !sample.term.is_nan()) {
        let years = number(|own| own.term);
        parts.push(say!("for {years} years", "年期 {years} 年"));
    }
    if silent(|sample| !sample.plot_ratio.is_nan()) {
        let ratio = number(|own| own.plot_ratio);
        parts.push(say!("at plot ratio {ratio}", "容积率 {ratio}"));
    }
    if parts.is_empty() {
        return None;
    }
    let (name, list) =
        (&head.name, |of: fn(&Text) -> &str, gap: &str| parts.iter().map(of).collect::<Vec<_>>().join(gap));
    let (en, zh) = (list(|part| &part.en, ", "), list(|part| &part.zh, "、"));
    Some(say!(
        "{name}: the samples do not tell otherwise, so their prices count as {en}: not corrected for that",
        "{name}:样点未给出,按与内涵一致处理、未作修正:{zh}"
    ))
}
