//! Areas of the grades by district as an announcement prints them: a table per use, a column per district, with sums both ways.

use super::units::in_lang;
use crate::formats::document::Document;
use crate::formats::shown;
use crate::land::{Lang, Text, grade};
use crate::release::{AreaRow, Release};
use crate::say;
use crate::statistics::apportion::apportion;

/// Districts that a page has room for side by side.
const SIDE_BY_SIDE: usize = 12;
/// Decimals of hectares.
const DECIMALS: u8 = 4;

/// One table per use; gives `false`, with nothing written, where the release has no districts or too many for a page.
pub(super) fn by_district(doc: &mut Document, release: &Release, lang: Lang) -> bool {
    let rows = &release.map.areas;
    // In the order they are first named in, ground in no district last.
    let mut districts: Vec<&str> = Vec::new();
    rows.iter().for_each(|row| {
        if !districts.contains(&row.district.as_str()) {
            districts.push(&row.district);
        }
    });
    districts.sort_by_key(|name| name.is_empty());
    if districts.iter().all(|name| name.is_empty()) || districts.len() > SIDE_BY_SIDE {
        return false;
    }
    for own in rows.chunk_by(|one, other| one.use_index == other.use_index) {
        let name = &release.uses[usize::from(own[0].use_index)].name;
        let title = say!("{name}: areas of the grades by district (ha)", "{name}级别面积分行政区统计表（公顷）");
        let called = |name: &&str| match name.is_empty() {
            true => say!("in no district", "不在任何行政区"),
            false => Text::same(*name),
        };
        let head: Vec<Text> = std::iter::once(say!("grade", "级别"))
            .chain(districts.iter().map(called))
            .chain([say!("sum", "合计")])
            .collect();
        let numbers: Vec<bool> = (0..head.len()).map(|at| at > 0).collect();
        doc.rows(&title, &head, &numbers, lines(own, &districts, lang), lang);
    }
    true
}

/// Areas of a grade are rounded so that they add up to that of the grade as its own table prints it; sums are of what is printed.
fn lines(own: &[AreaRow], districts: &[&str], lang: Lang) -> Vec<Vec<String>> {
    let mut sums = vec![0.0; districts.len() + 1];
    let mut lines: Vec<Vec<String>> = Vec::new();
    let line = |label: String, areas: &[f64]| {
        std::iter::once(label).chain(areas.iter().map(|area| shown::rounded(*area, DECIMALS).1)).collect()
    };
    for of_grade in own.chunk_by(|one, other| one.grade == other.grade) {
        let exact: Vec<f64> = districts
            .iter()
            .map(|name| of_grade.iter().filter(|row| row.district == *name).map(|row| row.area / 1e4).sum())
            .collect();
        let mut areas = apportion(&exact, 1e-4);
        areas.push(areas.iter().sum());
        sums.iter_mut().zip(&areas).for_each(|(sum, area)| *sum += area);
        lines.push(line(grade::name(of_grade[0].grade, lang), &areas));
    }
    lines.push(line(in_lang(lang, "sum", "合计").to_string(), &sums));
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand: 1.00004 and 2.00003 ha are 3.00007, printed as 3.0001; what is missing goes to the part that lost most.
    #[test]
    fn areas_stand_in_columns_and_their_sums_are_of_what_is_printed() {
        let row =
            |grade, district: &str, area| AreaRow { use_index: 0, grade, district: district.into(), units: 1, area };
        let own = [row(1, "东", 10_000.4), row(1, "", 20_000.3), row(2, "东", 30_000.0)];
        let lines = lines(&own, &["东", ""], Lang::Zh);
        assert_eq!(lines[0], ["一级", "1.0001", "2.0000", "3.0001"]);
        assert_eq!(lines[1], ["二级", "3.0000", "0.0000", "3.0000"]);
        assert_eq!(lines[2], ["合计", "4.0001", "2.0000", "6.0001"]);
    }
}
