//! The map of grades of a release: grade zones, areas by grade and district, what the clean-up changed, and parcels with one grade each.

use super::content::UseHead;
use super::parcels::{self, ParcelRows};
use super::places::{self, Places};
use super::rows_read::{to_grades, to_reals, to_uses, unfit};
use super::tables::{ints, put, reals, texts};
use super::tables_read::each_row;
use crate::formats::{Cells, Field, Table, Written, geoparquet};
use crate::land::{Outcome, Text, Values};
use crate::space::{Crs, Kind, Shapes};
use std::path::Path;

/// The grade zones as GeoParquet.
pub const ZONES: &str = "zones.parquet";
/// Areas by use, grade and district.
pub const AREAS: &str = "areas.csv";
/// The grades that the clean-up changed.
pub const CHANGES: &str = "changes.csv";

/// What is drawn of a grading; empty for releases made without it.
#[derive(Debug, Default)]
pub struct GradeMap {
    pub zones: ZoneRows,
    pub areas: Vec<AreaRow>,
    pub changes: Vec<ChangeRow>,
    /// Parcels with one grade each.
    pub parcels: ParcelRows,
    /// Areas and streets with prices of their own.
    pub places: Places,
}

/// Grade zones (级别范围) in columns: single-part polygons by use, grade and first unit.
#[derive(Debug)]
pub struct ZoneRows {
    pub uses: Vec<u8>,
    pub grades: Vec<u8>,
    /// Units in the zone, and their areas together, m².
    pub units: Vec<u32>,
    pub unit_areas: Vec<f64>,
    /// The zone's own area, m²: that of its units, with the gaps between them that were closed, along simplified lines.
    pub areas: Vec<f64>,
    pub shapes: Shapes,
}

impl Default for ZoneRows {
    fn default() -> ZoneRows {
        ZoneRows {
            uses: Vec::new(),
            grades: Vec::new(),
            units: Vec::new(),
            unit_areas: Vec::new(),
            areas: Vec::new(),
            shapes: Shapes::new(Kind::Polygon),
        }
    }
}

impl ZoneRows {
    pub fn len(&self) -> usize {
        self.uses.len()
    }

    pub fn is_empty(&self) -> bool {
        self.uses.is_empty()
    }
}

/// The area of a use's grade in a district.
#[derive(Clone, Debug, PartialEq)]
pub struct AreaRow {
    pub use_index: u8,
    pub grade: u8,
    /// Empty for ground in no district.
    pub district: String,
    /// Units whose centroid lies in the district.
    pub units: usize,
    /// Their parts of the district, m².
    pub area: f64,
}

/// A unit in a patch under the smallest mapped area.
#[derive(Clone, Debug, PartialEq)]
pub struct ChangeRow {
    /// The unit's identifier.
    pub unit: String,
    pub use_index: u8,
    /// The grade its total gives.
    pub from: u8,
    /// The grade it took from a neighbour; the same where it has no neighbour of its use.
    pub to: u8,
    /// The patch: its area, m², the line shared with the neighbour, m, and the distance between their mean scores, points.
    pub patch_area: f64,
    pub border: f64,
    pub difference: f64,
}

/// Writes what there is of the map into a folder.
pub(super) fn write(map: &GradeMap, uses: &[UseHead], crs: &Crs, folder: &Path) -> Outcome<()> {
    if !map.zones.is_empty() {
        zones(&map.zones, uses, crs, &folder.join(ZONES))?;
    }
    if !map.parcels.is_empty() {
        parcels::write(&map.parcels, uses, crs, &folder.join(parcels::PARCELS))?;
    }
    places::write(&map.places, uses, crs, folder)?;
    let key = |at: u8| &uses[usize::from(at)].key;
    if !map.areas.is_empty() {
        let rows = &map.areas;
        let fields = vec![
            texts("use", rows.iter().map(|row| key(row.use_index))),
            ints("grade", rows.iter().map(|row| usize::from(row.grade))),
            texts("district", rows.iter().map(|row| &row.district)),
            ints("units", rows.iter().map(|row| row.units)),
            reals("area", rows.iter().map(|row| row.area)),
        ];
        put("areas", fields, rows.len(), &folder.join(AREAS))?;
    }
    if !map.changes.is_empty() {
        let rows = &map.changes;
        let fields = vec![
            texts("unit", rows.iter().map(|row| &row.unit)),
            texts("use", rows.iter().map(|row| key(row.use_index))),
            ints("from", rows.iter().map(|row| usize::from(row.from))),
            ints("to", rows.iter().map(|row| usize::from(row.to))),
            reals("patch_area", rows.iter().map(|row| row.patch_area)),
            reals("border", rows.iter().map(|row| row.border)),
            reals("difference", rows.iter().map(|row| row.difference)),
        ];
        put("changes", fields, rows.len(), &folder.join(CHANGES))?;
    }
    Ok(())
}

fn zones(zones: &ZoneRows, uses: &[UseHead], crs: &Crs, target: &Path) -> Outcome<Written> {
    let names = uses.iter().map(|entry| entry.key.clone()).collect();
    let units = zones.units.iter().map(|&units| Some(i64::from(units))).collect();
    let fields = vec![
        Field::plain("use", Cells::Code { codes: &zones.uses, names }),
        Field::plain("grade", Cells::Small(&zones.grades)),
        Field::plain("units", Cells::Own(Values::Int(units))),
        Field::plain("unit_area", Cells::real(&zones.unit_areas)),
        Field::plain("area", Cells::real(&zones.areas)),
    ];
    let table = Table {
        name: "zones".to_string(),
        title: Text::same("zones"),
        fields,
        shapes: Some(&zones.shapes),
        crs: Some(crs),
        rows: zones.len(),
    };
    geoparquet::write(&table, target, &[])
}

/// Reads the zones back.
pub(super) fn read_zones(path: &Path, uses: &[UseHead]) -> Outcome<ZoneRows> {
    let mut sheet = geoparquet::read(path)?;
    let shapes = sheet.shapes.take().ok_or_else(|| unfit(path, geoparquet::GEOMETRY))?;
    let mut take = |column: &str| sheet.take(column).ok_or_else(|| unfit(path, column));
    let units = match take("units")? {
        Values::Int(units) => units.into_iter().map(|units| u32::try_from(units?).ok()).collect(),
        _ => None,
    };
    Ok(ZoneRows {
        uses: to_uses(&take("use")?, uses).ok_or_else(|| unfit(path, "use"))?,
        grades: to_grades(&take("grade")?).ok_or_else(|| unfit(path, "grade"))?,
        units: units.ok_or_else(|| unfit(path, "units"))?,
        unit_areas: to_reals(take("unit_area")?).ok_or_else(|| unfit(path, "unit_area"))?,
        areas: to_reals(take("area")?).ok_or_else(|| unfit(path, "area"))?,
        shapes,
    })
}

/// Reads the areas back.
pub(super) fn read_areas(path: &Path, uses: &[UseHead]) -> Outcome<Vec<AreaRow>> {
    each_row(path, |row| {
        Ok(AreaRow {
            use_index: row.land_use(uses)?,
            grade: row.number("grade")?,
            district: row.cell("district")?.to_string(),
            units: row.number("units")?,
            area: row.real("area")?,
        })
    })
}

/// Reads the changes back.
pub(super) fn read_changes(path: &Path, uses: &[UseHead]) -> Outcome<Vec<ChangeRow>> {
    each_row(path, |row| {
        Ok(ChangeRow {
            unit: row.cell("unit")?.to_string(),
            use_index: row.land_use(uses)?,
            from: row.number("from")?,
            to: row.number("to")?,
            patch_area: row.real("patch_area")?,
            border: row.real("border")?,
            difference: row.real("difference")?,
        })
    })
}
