//! The parcels of a release: one grade for each, what decided it, and how its ground and front lie among the grades; as GeoParquet.

use super::content::UseHead;
use super::rows_read::{matrix, to_grades, to_ids, to_reals, to_uses, unfit};
use crate::formats::{Cells, Field, Table, Written, geoparquet};
use crate::land::{Decided, IdColumn, Outcome, Text, Values};
use crate::space::{Crs, Kind, Shapes};
use std::path::Path;

/// The parcels as GeoParquet.
pub const PARCELS: &str = "parcels.parquet";

/// Parcels in columns, sorted by identifier and use; a parcel graded for every use stands once for each.
#[derive(Clone, Debug)]
pub struct ParcelRows {
    pub ids: IdColumn,
    pub uses: Vec<u8>,
    pub shapes: Shapes,
    /// m², measured.
    pub areas: Vec<f64>,
    /// 1 is the best, 0 none.
    pub grades: Vec<u8>,
    pub decided: Vec<Decided>,
    /// The mean total of the units under it, by area; NaN where there are none.
    pub totals: Vec<f64>,
    /// m² under no graded unit of its use.
    pub bare: Vec<f64>,
    /// 元/㎡ of its grade; NaN where there is none; empty where nothing was priced.
    pub prices: Vec<f64>,
    /// Row-major parcels × grades, m² under units of the grade.
    pub ground: Vec<f64>,
    /// Row-major parcels × grades, metres of front; NaN where front decided nothing; empty where it was not asked for.
    pub fronts: Vec<f64>,
}

impl Default for ParcelRows {
    fn default() -> ParcelRows {
        ParcelRows {
            ids: IdColumn::Int(Vec::new()),
            uses: Vec::new(),
            shapes: Shapes::new(Kind::Polygon),
            areas: Vec::new(),
            grades: Vec::new(),
            decided: Vec::new(),
            totals: Vec::new(),
            bare: Vec::new(),
            prices: Vec::new(),
            ground: Vec::new(),
            fronts: Vec::new(),
        }
    }
}

impl ParcelRows {
    pub fn len(&self) -> usize {
        self.uses.len()
    }

    pub fn is_empty(&self) -> bool {
        self.uses.is_empty()
    }

    /// The most grades of a use: the columns of ground and front.
    pub fn width(&self) -> usize {
        self.ground.len() / self.len().max(1)
    }

    /// m² of a parcel in a grade; 0 in grade 0.
    pub fn ground(&self, parcel: usize, grade: u8) -> f64 {
        cell(&self.ground, self.width(), parcel, grade).unwrap_or(0.0)
    }

    /// Metres of a parcel's front in a grade; NaN where none was measured.
    pub fn front(&self, parcel: usize, grade: u8) -> f64 {
        cell(&self.fronts, self.width(), parcel, grade).unwrap_or(f64::NAN)
    }

    /// The grade with most of a parcel's ground beside its own, the better of equals; 0 where it lies in one.
    pub fn second(&self, parcel: usize) -> u8 {
        let own = self.grades[parcel];
        let others = (1..=self.width() as u8).filter(|grade| self.decided[parcel].is_split() && *grade != own);
        let found = others.map(|grade| (grade, self.ground(parcel, grade))).filter(|(_, ground)| *ground > 0.0);
        found.reduce(|most, other| if other.1 > most.1 { other } else { most }).map_or(0, |(grade, _)| grade)
    }

    /// m² of a parcel that lie in another grade than its own.
    pub fn changed(&self, parcel: usize) -> f64 {
        let others = (1..=self.width() as u8).filter(|grade| *grade != self.grades[parcel]);
        others.map(|grade| self.ground(parcel, grade)).sum()
    }
}

fn cell(matrix: &[f64], width: usize, row: usize, grade: u8) -> Option<f64> {
    let column = usize::from(grade).checked_sub(1).filter(|column| *column < width)?;
    matrix.get(row * width + column).copied()
}

/// Writes the parcels. Absent columns (prices, fronts) are left out.
pub(super) fn write(parcels: &ParcelRows, uses: &[UseHead], crs: &Crs, target: &Path) -> Outcome<Written> {
    let names = uses.iter().map(|entry| entry.key.clone()).collect();
    let rules: Vec<u8> = parcels.decided.iter().map(|decided| *decided as u8).collect();
    let words = Decided::ALL.iter().map(|decided| decided.word().to_string()).collect();
    let mut fields = vec![
        Field::plain("id", Cells::ids(&parcels.ids)),
        Field::plain("use", Cells::Code { codes: &parcels.uses, names }),
        Field::plain("area", Cells::real(&parcels.areas)),
        Field::plain("grade", Cells::Small(&parcels.grades)),
        Field::plain("rule", Cells::Code { codes: &rules, names: words }),
        Field::plain("total", Cells::real(&parcels.totals)),
        Field::plain("bare", Cells::real(&parcels.bare)),
    ];
    if !parcels.prices.is_empty() {
        fields.push(Field::plain("price", Cells::real(&parcels.prices)));
    }
    let width = parcels.width();
    for (name, values) in [("ground", &parcels.ground), ("front", &parcels.fronts)] {
        let grades = if values.is_empty() { 0 } else { width };
        let column =
            |offset| Field::plain(format!("{name}_{}", offset + 1), Cells::Real { values, stride: width, offset });
        fields.extend((0..grades).map(column));
    }
    let table = Table {
        name: "parcels".to_string(),
        title: Text::same("parcels"),
        fields,
        shapes: Some(&parcels.shapes),
        crs: Some(crs),
        rows: parcels.len(),
    };
    geoparquet::write(&table, target, &[])
}

/// Reads the parcels back.
pub(super) fn read(path: &Path, uses: &[UseHead]) -> Outcome<ParcelRows> {
    let mut sheet = geoparquet::read(path)?;
    let rows = sheet.rows;
    let shapes = sheet.shapes.take().ok_or_else(|| unfit(path, geoparquet::GEOMETRY))?;
    let columns = |sheet: &mut geoparquet::Sheet, name: &str| -> Outcome<Vec<f64>> {
        let mut found = Vec::new();
        for number in 1usize.. {
            let column = format!("{name}_{number}");
            let Some(values) = sheet.take(&column) else { break };
            found.push(to_reals(values).ok_or_else(|| unfit(path, &column))?);
        }
        Ok(matrix(&found, rows))
    };
    let (ground, fronts) = (columns(&mut sheet, "ground")?, columns(&mut sheet, "front")?);
    let prices = sheet.take("price").map(|values| to_reals(values).ok_or_else(|| unfit(path, "price"))).transpose()?;
    let mut take = |column: &str| sheet.take(column).ok_or_else(|| unfit(path, column));
    Ok(ParcelRows {
        ids: to_ids(take("id")?).ok_or_else(|| unfit(path, "id"))?,
        uses: to_uses(&take("use")?, uses).ok_or_else(|| unfit(path, "use"))?,
        areas: to_reals(take("area")?).ok_or_else(|| unfit(path, "area"))?,
        grades: to_grades(&take("grade")?).ok_or_else(|| unfit(path, "grade"))?,
        decided: rules(&take("rule")?).ok_or_else(|| unfit(path, "rule"))?,
        totals: to_reals(take("total")?).ok_or_else(|| unfit(path, "total"))?,
        bare: to_reals(take("bare")?).ok_or_else(|| unfit(path, "bare"))?,
        prices: prices.unwrap_or_default(),
        ground,
        fronts,
        shapes,
    })
}

fn rules(values: &Values) -> Option<Vec<Decided>> {
    let Values::Text(words) = values else { return None };
    words.iter().map(Decided::parse).collect()
}

#[cfg(test)]
#[path = "parcels_tests.rs"]
mod tests;
