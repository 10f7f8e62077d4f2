//! Homogeneous areas and streets with prices of their own in a release, one GeoParquet each.

use super::content::UseHead;
use super::priced::Decided;
use super::rows_read::{to_grades, to_reals, to_uses, unfit};
use crate::formats::{Cells, Field, Table, Written, geoparquet};
use crate::land::{Outcome, Text, Texts, Values};
use crate::space::{Crs, Kind, Shapes};
use std::path::Path;

/// The areas (区片).
pub const AREAS: &str = "price-areas.parquet";
/// The streets (路线价区段).
pub const STREETS: &str = "price-streets.parquet";

/// What has prices of its own inside the grades.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Places {
    pub areas: PlaceRows,
    pub streets: PlaceRows,
}

/// Areas or streets, by use and identifier.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRows {
    pub rows: Vec<PlaceRow>,
    pub shapes: Shapes,
}

impl Default for PlaceRows {
    fn default() -> PlaceRows {
        PlaceRows { rows: Vec::new(), shapes: Shapes::new(Kind::Polygon) }
    }
}

/// An area or street of a use, with its price and the evidence for it.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRow {
    pub id: String,
    /// Empty where it has none.
    pub name: String,
    pub use_index: u8,
    /// The grade most of its ground has; 0 where no unit of the use lies there.
    pub grade: u8,
    /// Of a street, metres; NaN for areas.
    pub standard_depth: f64,
    /// Samples, and those that remained after screening.
    pub samples: usize,
    pub kept: usize,
    /// 元/㎡ from the samples, unrounded; of a street at its standard depth. `None` without samples.
    pub raw: Option<f64>,
    pub deviation: Option<f64>,
    pub lowest: Option<f64>,
    pub highest: Option<f64>,
    /// 元/㎡ as published.
    pub published: Option<f64>,
    /// Where it is the price of the grade: why.
    pub filled: Option<Text>,
    pub decided: Option<Decided>,
}

/// Writes what there is of them into a folder.
pub(super) fn write(places: &Places, uses: &[UseHead], crs: &Crs, folder: &Path) -> Outcome<()> {
    for (name, rows) in [(AREAS, &places.areas), (STREETS, &places.streets)] {
        if !rows.rows.is_empty() {
            table(rows, uses, crs, &folder.join(name))?;
        }
    }
    Ok(())
}

fn table(places: &PlaceRows, uses: &[UseHead], crs: &Crs, target: &Path) -> Outcome<Written> {
    let rows = &places.rows;
    let text = |name: &str, of: &dyn Fn(&PlaceRow) -> &str| {
        Field::plain(name, Cells::Own(Values::Text(rows.iter().map(|row| of(row).to_string()).collect::<Texts>())))
    };
    let real = |name: &str, of: &dyn Fn(&PlaceRow) -> Option<f64>| {
        let values = rows.iter().map(|row| of(row).unwrap_or(f64::NAN)).collect();
        Field::plain(name, Cells::Own(Values::Real(values)))
    };
    let int = |name: &str, of: &dyn Fn(&PlaceRow) -> usize| {
        Field::plain(name, Cells::Own(Values::Int(rows.iter().map(|row| Some(of(row) as i64)).collect())))
    };
    let codes: Vec<u8> = rows.iter().map(|row| row.use_index).collect();
    let fields = vec![
        text("id", &|row| &row.id),
        text("name", &|row| &row.name),
        Field::plain("use", Cells::Code { codes: &codes, names: uses.iter().map(|entry| entry.key.clone()).collect() }),
        int("grade", &|row| usize::from(row.grade)),
        real("standard_depth", &|row| Some(row.standard_depth)),
        int("samples", &|row| row.samples),
        int("kept", &|row| row.kept),
        real("raw", &|row| row.raw),
        real("deviation", &|row| row.deviation),
        real("lowest", &|row| row.lowest),
        real("highest", &|row| row.highest),
        real("price", &|row| row.published),
        text("filled_zh", &|row| row.filled.as_ref().map_or("", |text| &text.zh)),
        text("filled_en", &|row| row.filled.as_ref().map_or("", |text| &text.en)),
        int("decided", &|row| usize::from(row.decided.is_some())),
        real("computed", &|row| row.decided.as_ref().and_then(|decided| decided.computed)),
        text("reason", &|row| row.decided.as_ref().map_or("", |decided| &decided.reason)),
    ];
    let table = Table {
        name: "places".to_string(),
        title: Text::same("places"),
        fields,
        shapes: Some(&places.shapes),
        crs: Some(crs),
        rows: rows.len(),
    };
    geoparquet::write(&table, target, &[])
}

/// Reads areas or streets back.
pub(super) fn read(path: &Path, uses: &[UseHead]) -> Outcome<PlaceRows> {
    let mut sheet = geoparquet::read(path)?;
    let shapes = sheet.shapes.take().ok_or_else(|| unfit(path, geoparquet::GEOMETRY))?;
    let mut take = |column: &str| sheet.take(column).ok_or_else(|| unfit(path, column));
    let grades = to_grades(&take("grade")?).ok_or_else(|| unfit(path, "grade"))?;
    let owners = to_uses(&take("use")?, uses).ok_or_else(|| unfit(path, "use"))?;
    let mut texts = |column: &str| match take(column)? {
        Values::Text(texts) => Ok(texts),
        _ => Err(unfit(path, column)),
    };
    let (ids, names, reasons) = (texts("id")?, texts("name")?, texts("reason")?);
    let (filled_zh, filled_en) = (texts("filled_zh")?, texts("filled_en")?);
    let mut reals = |column: &str| to_reals(take(column)?).ok_or_else(|| unfit(path, column));
    let (depths, raw, deviation) = (reals("standard_depth")?, reals("raw")?, reals("deviation")?);
    let (lowest, highest, price, computed) = (reals("lowest")?, reals("highest")?, reals("price")?, reals("computed")?);
    let mut counts = |column: &str| match take(column)? {
        Values::Int(numbers) => {
            let counts =
                numbers.into_iter().map(|number| usize::try_from(number?).ok()).collect::<Option<Vec<usize>>>();
            counts.ok_or_else(|| unfit(path, column))
        }
        _ => Err(unfit(path, column)),
    };
    let (samples, kept, decided) = (counts("samples")?, counts("kept")?, counts("decided")?);
    let some = |values: &[f64], row: usize| Some(values[row]).filter(|value| !value.is_nan());
    let row = |row: usize| {
        let (en, zh) = (filled_en.get(row).to_string(), filled_zh.get(row).to_string());
        PlaceRow {
            id: ids.get(row).to_string(),
            name: names.get(row).to_string(),
            use_index: owners[row],
            grade: grades[row],
            standard_depth: depths[row],
            samples: samples[row],
            kept: kept[row],
            raw: some(&raw, row),
            deviation: some(&deviation, row),
            lowest: some(&lowest, row),
            highest: some(&highest, row),
            published: some(&price, row),
            filled: (!zh.is_empty() || !en.is_empty()).then_some(Text { en, zh }),
            decided: (decided[row] > 0)
                .then(|| Decided { computed: some(&computed, row), reason: reasons.get(row).to_string() }),
        }
    };
    Ok(PlaceRows { rows: (0..owners.len()).map(row).collect(), shapes })
}

/// The first area or street in which two releases differ.
pub(super) fn first_difference(one: &Places, other: &Places) -> Option<Text> {
    for (left, right) in [(&one.areas, &other.areas), (&one.streets, &other.streets)] {
        let show = |row: &PlaceRow| format!("{row:?}");
        let shown = |rows: &PlaceRows| rows.rows.iter().map(show).collect::<Vec<_>>();
        let what = crate::say!("areas and streets with prices", "区片与路线价");
        let found = super::difference_map::lists(&what, &shown(left), &shown(right), &|row: &String| row.clone());
        if found.is_some() {
            return found;
        }
        if left.shapes != right.shapes {
            return Some(crate::say!("areas and streets with prices: corners differ", "区片与路线价:界址点不同"));
        }
    }
    None
}
