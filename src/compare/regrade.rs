//! Grades of the earlier release brought to those of the later one, where a grade system changed: 2 and 3 became 2, and what a merged grade
//! cost before is the mean of its parts by area.

use crate::ingest::headed::{Headed, Wanted};
use crate::land::{Fault, Outcome, Text};
use crate::release::{GradeConnotation, PriceCell, Release, UseHead};
use crate::say;
use std::collections::BTreeMap;
use std::path::Path;

/// New grades of old ones, by key of the use.
pub type GradeMap = BTreeMap<(String, u8), u8>;

/// Reads a table with the columns `use`, `old` and `new` (用途, 旧级别, 新级别).
///
/// # Errors
/// What the reader says; `bad-grades` naming a line that tells no grades, or one grade twice.
pub fn read(path: &Path) -> Outcome<GradeMap> {
    let (of_use, of_old, of_new) = (0, 1, 2);
    let wanted = |title: Text, names: &'static [&'static str]| Wanted { title, names, needed: true };
    let columns = [
        wanted(say!("use", "用途"), &["use", "用途"]),
        wanted(say!("old grade", "旧级别"), &["old", "旧级别", "原级别"]),
        wanted(say!("new grade", "新级别"), &["new", "新级别"]),
    ];
    let table = Headed::read(path, None, &columns)?;
    let mut map = GradeMap::new();
    for row in 0..table.len() {
        let line = table.line(row);
        let bad = |what: Text| {
            let help = say!(
                "write a use, its old grade and the new one, such as commercial,3,2",
                "请写用途、旧级别、新级别,如 commercial,3,2"
            );
            Fault::new("bad-grades", what, help).at(format!("{}:{line}", path.display()))
        };
        let grade = |column: usize| {
            let text = table.text(column, row);
            crate::land::grade::parse(&text).ok_or_else(|| bad(say!("\"{text}\" is no grade", "「{text}」不是级别")))
        };
        let land_use = table.text(of_use, row);
        if map.insert((land_use.clone(), grade(of_old)?), grade(of_new)?).is_some() {
            return Err(bad(say!("a grade of {land_use} stands twice", "{land_use} 的同一级别写了两次")));
        }
    }
    Ok(map)
}

/// Renumbers the grades of a release, its zones, units and samples, and merges the cells of its price table; says what was done.
///
/// # Errors
/// `unknown-cell` naming a use or grade that the release does not have.
pub fn apply(release: &mut Release, map: &GradeMap) -> Outcome<Vec<Text>> {
    let mut faults = Vec::new();
    for (land_use, grade) in map.keys() {
        let known = release
            .uses
            .iter()
            .any(|own| (own.key == *land_use || own.name == *land_use) && (1..=own.grades).contains(grade));
        if !known {
            let name = &release.head.name;
            faults.push(Fault::new(
                "unknown-cell",
                say!("{name} has no grade {grade} of {land_use}", "{name} 没有 {land_use} {grade}级"),
                say!("name uses and grades of the earlier release", "请写前期成果中的用途与级别"),
            ));
        }
    }
    if let Some(fault) = Fault::of_all(faults) {
        return Err(fault);
    }
    let new: Vec<Vec<u8>> = release.uses.iter().map(|own| of_use(own, map)).collect();
    let renumber = |uses: &[u8], grades: &mut [u8]| {
        uses.iter().zip(grades).for_each(|(land_use, grade)| *grade = new[usize::from(*land_use)][usize::from(*grade)]);
    };
    renumber(&release.units.uses, &mut release.units.grades);
    renumber(&release.map.zones.uses, &mut release.map.zones.grades);
    for sample in &mut release.samples {
        sample.grade = new[usize::from(sample.use_index)][usize::from(sample.grade)];
    }
    let mut told = Vec::new();
    let mut merged: BTreeMap<(u8, u8), Vec<PriceCell>> = BTreeMap::new();
    for cell in std::mem::take(&mut release.cells) {
        let key = (cell.use_index, new[usize::from(cell.use_index)][usize::from(cell.grade)]);
        merged.entry(key).or_default().push(cell);
    }
    for ((use_index, grade), parts) in merged {
        if parts.len() > 1 {
            let (name, list) = (
                &release.uses[usize::from(use_index)].name,
                parts.iter().map(|part| part.grade.to_string()).collect::<Vec<_>>(),
            );
            let (en, zh) = (list.join(", "), list.join("、"));
            told.push(say!(
                "{name}: old grades {en} count as grade {grade}; the old price is their mean by area (plain where areas are unknown)",
                "{name}:旧期{zh}级并为{grade}级,旧价按面积加权平均(面积不明时取算术平均)"
            ));
        }
        release.cells.push(one(grade, parts));
    }
    for (own, new) in release.uses.iter_mut().zip(&new) {
        own.grades = (1..=own.grades).map(|grade| new[usize::from(grade)]).max().unwrap_or(0);
        if let Some(premises) = &mut own.connotation {
            let moved = premises.by_grade.iter().map(|part| {
                let mut grades: Vec<u8> = part.grades.iter().map(|grade| new[usize::from(*grade)]).collect();
                grades.dedup();
                GradeConnotation { grades, ..part.clone() }
            });
            premises.by_grade = moved.collect();
        }
    }
    Ok(told)
}

/// The new grade of each old one of a use; 0 stays 0.
pub fn of_use(own: &UseHead, map: &GradeMap) -> Vec<u8> {
    let to = |grade: u8| {
        let found = [&own.key, &own.name].into_iter().find_map(|name| map.get(&(name.clone(), grade)));
        found.copied().unwrap_or(grade)
    };
    (0..=u8::MAX).map(|grade| if grade == 0 { 0 } else { to(grade) }).collect()
}

/// One cell of several.
fn one(grade: u8, parts: Vec<PriceCell>) -> PriceCell {
    let mut cell = PriceCell { grade, ..parts[0].clone() };
    if parts.len() == 1 {
        return cell;
    }
    let sum = |of: fn(&PriceCell) -> usize| parts.iter().map(of).sum();
    (cell.units, cell.samples, cell.kept) = (sum(|part| part.units), sum(|part| part.samples), sum(|part| part.kept));
    cell.area = parts.iter().map(|part| part.area).sum();
    cell.lowest = parts.iter().filter_map(|part| part.lowest).reduce(f64::min);
    cell.highest = parts.iter().filter_map(|part| part.highest).reduce(f64::max);
    let prices: Option<Vec<f64>> = parts.iter().map(|part| part.published).collect();
    let known = parts.iter().all(|part| part.area > 0.0);
    let weight = |part: &PriceCell| if known { part.area } else { 1.0 };
    let whole: f64 = parts.iter().map(weight).sum();
    cell.published =
        prices.map(|prices| prices.iter().zip(&parts).map(|(price, part)| price * weight(part)).sum::<f64>() / whole);
    (cell.raw, cell.deviation, cell.interval, cell.decided, cell.filled) = (None, None, None, None, None);
    cell
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::fixture::{cell, release, with_defaults};

    /// Grades 1 to 3 cost 270, 225 and 180 on 100, 300 and 100 m²; 2 and 3 become 2: (225·300 + 180·100)/400 = 213.75. The new grades cost
    /// 280 and 220: growth 3.70 and 2.92 %.
    #[test]
    fn a_merged_grade_costs_the_mean_of_its_parts() {
        let units = |grades: [u8; 3]| {
            let [one, two, three] = grades;
            [
                ("A", 0, [0.0, 0.0, 10.0, 10.0], one, f64::NAN),
                ("B", 0, [10.0, 0.0, 40.0, 10.0], two, f64::NAN),
                ("C", 0, [40.0, 0.0, 50.0, 10.0], three, f64::NAN),
            ]
        };
        let mut old = release("old", &units([1, 2, 3]));
        old.cells = vec![cell(0, 1, 270.0, 100.0), cell(0, 2, 225.0, 300.0), cell(0, 3, 180.0, 100.0)];
        let mut new = release("new", &units([1, 2, 2]));
        new.cells = vec![cell(0, 1, 280.0, 100.0), cell(0, 2, 220.0, 400.0)];
        let map = GradeMap::from([((old.uses[0].key.clone(), 3), 2)]);
        let told = apply(&mut old, &map).expect("the grades are there");
        assert_eq!(told.len(), 1);
        assert_eq!(
            old.cells.iter().map(|cell| (cell.grade, cell.published)).collect::<Vec<_>>(),
            [(1, Some(270.0)), (2, Some(213.75))]
        );
        assert_eq!(old.units.grades, [1, 2, 2]);
        let comparison = with_defaults(&old, &new);
        let growth: Vec<f64> = comparison.growth[0].grades.iter().filter_map(|grade| grade.growth_pct).collect();
        assert!(
            (growth[0] - 100.0 * 10.0 / 270.0).abs() < 1e-9 && (growth[1] - 100.0 * 6.25 / 213.75).abs() < 1e-9,
            "{growth:?}"
        );
        assert_eq!(comparison.transitions[0].moved_ground(), 0.0);
        let unknown = GradeMap::from([(("forest".to_string(), 1), 1)]);
        assert_eq!(apply(&mut old, &unknown).unwrap_err().code, "unknown-cell");
    }
}
