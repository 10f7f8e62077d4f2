//! The price table of a use: that of the release, or made of its units.

use super::side::Side;
use crate::land::{Text, money};
use crate::say;

/// Grade areas may miss the sum of their units by 0.01 ha.
const AREA_TOLERANCE: f64 = 100.0;

/// One cell of a price table.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    pub grade: u8,
    pub price: Option<f64>,
    pub area: f64,
}

/// The table of a use by grade; made of the units where the release has no tables.
pub(super) fn cells(side: &Side<'_>, land_use: Option<u8>, notes: &mut Vec<Text>) -> Vec<Cell> {
    let Some(land_use) = land_use else { return Vec::new() };
    let release = side.release;
    let (head, title) = (&release.head.name, &release.uses[usize::from(land_use)].name);
    let mut sums = vec![(0.0_f64, 0_usize, 0.0_f64, 0.0_f64); 256];
    let mut unmeasured = false;
    for row in (0..side.len()).filter(|&row| side.uses[row] == land_use) {
        let (area, price) = (side.stated_area(row as u32), side.price(row));
        let (total, units, priced, value) = &mut sums[usize::from(side.grades[row])];
        *units += 1;
        unmeasured |= area.is_nan();
        if !area.is_nan() {
            *total += area;
            if price.is_finite() {
                *priced += area;
                *value += area * price;
            }
        }
    }
    if !release.cells.is_empty() {
        let mut cells: Vec<Cell> = release
            .cells
            .iter()
            .filter(|cell| cell.use_index == land_use)
            .map(|cell| Cell {
                grade: cell.grade,
                price: release.price_of(cell).map(|price| if release.has_several(cell) { tidy(price) } else { price }),
                area: known(cell.area),
            })
            .collect();
        let several: Vec<String> = release.grades_of_several(land_use).map(|grade| grade.to_string()).collect();
        if !several.is_empty() {
            let list = several.join(", ");
            notes.push(say!(
                "{head}, {title}: grades {list} have several prices; their mean stands for each",
                "{head} {title}:{list} 级有多个价格,以其平均价代表该级别"
            ));
        }
        cells.sort_by_key(|cell| cell.grade);
        let (stated, met) =
            (cells.iter().map(|cell| cell.area).sum::<f64>(), sums.iter().skip(1).map(|sum| sum.0).sum::<f64>());
        if !unmeasured && met > 0.0 && stated > 0.0 && (stated - met).abs() > AREA_TOLERANCE {
            notes.push(say!(
                "{head}, {title}: the areas of the grades add up to {stated:.0} m², those of the units to {met:.0} m²",
                "{head} {title}:各级面积合计 {stated:.0} m²,单元面积合计 {met:.0} m²"
            ));
        }
        return cells;
    }
    let made: Vec<Cell> = (1..=u8::MAX)
        .zip(&sums[1..])
        .filter(|(_, sum)| sum.1 > 0)
        .map(|(grade, &(area, _, priced, value))| Cell {
            grade,
            price: (priced > 0.0).then(|| tidy(value / priced)),
            area,
        })
        .collect();
    if made.iter().any(|cell| cell.price.is_some()) {
        notes.push(say!(
            "{head}, {title}: no price table; the price of a grade is the mean of its units by area",
            "{head} {title}:没有地价表,级别价为其单元价格的面积加权平均"
        ));
    }
    made
}

/// A mean without the tail that sums of binary numbers leave.
fn tidy(mean: f64) -> f64 {
    money::round_half_up(mean, 6)
}

fn known(area: f64) -> f64 {
    if area > 0.0 { area } else { 0.0 }
}
