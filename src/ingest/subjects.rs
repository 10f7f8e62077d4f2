//! Parcels to be valued: a layer of polygons or points, or a table with coordinates, and what is known of each, column by column.

use super::encoding::{by_user, gdal_name};
use super::readers::table::{self, TextEncoding};
use super::readers::vector;
use super::samples::sum_word;
use super::subject_places::{self, Places};
use crate::land::column::Value;
use crate::land::heading::heading;
use crate::land::{Column, Fault, Outcome, Text, Values};
use crate::space::crs::transform;
use crate::space::{Crs, Kind, Point, Shapes, measure};
use crate::{say, scale};
use std::borrow::Cow;
use std::path::Path;

/// Where the parcels stand, and what is wanted of them.
pub struct Wanted<'a> {
    /// The layer of a GIS file, the sheet of a workbook.
    pub layer: Option<&'a str>,
    /// Of a text file or a shapefile, where its bytes do not tell.
    pub encoding: Option<&'a str>,
    /// The line of a table's column names, where it is not the first.
    pub header: Option<u32>,
    /// The file's system, where it does not tell; of a table the system of its coordinates.
    pub crs: Option<&'a Crs>,
    /// The system they are brought to.
    pub to: &'a Crs,
    /// What is looked for, each by the headings it may have, in small letters without blanks.
    pub keys: &'a [(&'a str, Vec<String>)],
    /// Keys whose column is stated.
    pub stated: &'a [(String, String)],
}

/// The parcels, in the order of the file.
#[derive(Debug, Default)]
pub struct Subjects {
    /// A place inside each; `None` without geometry.
    pub places: Vec<Option<Point>>,
    /// m², measured; NaN of points.
    pub areas: Vec<f64>,
    /// The columns that were found, by the key they were looked for by.
    pub columns: Vec<(String, Values)>,
    /// What each of them is called in the file.
    pub headings: Vec<String>,
    /// The number of each in its file: a line of a table, else a feature's.
    pub rows: Vec<u64>,
    /// Rows of a table whose cells do not fit its columns, in order, each with what is wrong: they are here without cells.
    pub uneven: Vec<(usize, Text)>,
    /// Rows of a table that sum up others, in order, each with what is wrong.
    pub sums: Vec<(usize, Text)>,
    /// Rows of a table whose coordinates are no numbers, in order, each with what stands there.
    pub unread: Vec<(usize, Text)>,
    /// The texts above a table's column names.
    pub above: Vec<String>,
    /// What was assumed about the file.
    pub notes: Vec<Text>,
    /// The geometry, where the file is a layer.
    pub shapes: Option<Shapes>,
}

impl Subjects {
    pub fn len(&self) -> usize {
        self.places.len()
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// What a column is called in the file, by its key.
    pub fn heading(&self, key: &str) -> Option<&str> {
        let at = self.columns.iter().position(|(own, _)| own == key)?;
        self.headings.get(at).map(String::as_str)
    }

    /// The number of a cell that is one in the file; `None` of texts and empty cells.
    pub fn number(&self, key: &str, row: usize) -> Option<f64> {
        match self.columns.iter().find(|(own, _)| own == key)?.1.get(row) {
            Value::Real(number) => Some(number),
            Value::Int(number) => Some(number as f64),
            Value::None | Value::Text(_) => None,
        }
    }

    /// A cell that is a text as it stands in the table, any other as [`Subjects::text`].
    pub fn word(&self, key: &str, row: usize) -> Cow<'_, str> {
        match self.columns.iter().find(|(own, _)| own == key).map(|(_, values)| values.get(row)) {
            Some(Value::Text(text)) => Cow::Borrowed(text),
            Some(Value::None) | None => Cow::Borrowed(""),
            Some(_) => Cow::Owned(self.text(key, row)),
        }
    }

    /// A cell as text; empty where there is none.
    pub fn text(&self, key: &str, row: usize) -> String {
        let column = self.columns.iter().find(|(own, _)| own == key);
        column.map_or(String::new(), |(_, values)| match values.get(row) {
            Value::Real(number) => zmij::Buffer::new().format(number).trim_end_matches(".0").to_string(),
            other => other.to_string(),
        })
    }
}

/// Reads them.
///
/// # Errors
/// What the readers say; `missing-file`; `missing-field` where a stated column is not there; `missing-crs`; `no-coordinates`.
pub fn read(path: &Path, wanted: &Wanted<'_>) -> Outcome<Subjects> {
    // What GDAL reads inside archives and the like is no path.
    if !path.exists() && !path.to_string_lossy().starts_with("/vsi") {
        let (what, help) = (say!("there is no such file", "找不到文件"), say!("check the path", "请检查路径"));
        return Err(Fault::new("missing-file", what, help).at(path.display()));
    }
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" | "txt" | "tsv" | "xlsx" | "xlsm" | "xlsb" | "xls" | "ods" => of_table(path, wanted),
        _ => of_layer(path, wanted),
    }
}

fn of_layer(path: &Path, wanted: &Wanted<'_>) -> Outcome<Subjects> {
    let encoding = wanted.encoding.map(by_user).transpose()?.map(gdal_name);
    let dataset = vector::open(path, encoding)?;
    let known = vector::field_names(&dataset, wanted.layer, path)?;
    let found = assign(&known, wanted, path)?;
    let told = told(&known, &found, None);
    let names: Vec<&str> = found.iter().map(|(_, at)| known[*at].as_str()).collect();
    let mut raw = vector::read_from(&dataset, path, wanted.layer, &names)?;
    let missing = || {
        Fault::new(
            "missing-crs",
            say!("the layer does not say which coordinate system it is in", "图层没有坐标系信息"),
            say!("state it with --crs", "请用 --crs 写明"),
        )
        .at(path.display())
    };
    let crs = wanted.crs.cloned().or(raw.crs.take()).ok_or_else(missing)?;
    let mut shapes = raw.shapes;
    if !crs.same_as(wanted.to) {
        transform(&mut shapes, &crs, wanted.to).map_err(|fault| fault.at(path.display()))?;
    }
    let places = scale::map(shapes.len(), |at| place(&shapes, at));
    let areas = scale::map(shapes.len(), |at| match shapes.kind {
        Kind::Polygon => measure::area(shapes.get(at)),
        _ => f64::NAN,
    });
    let headings = found.iter().map(|(_, at)| known[*at].clone()).collect();
    let columns = found.into_iter().zip(raw.columns).map(|((key, _), column)| (key, column.values)).collect();
    Ok(Subjects {
        places,
        areas,
        columns,
        headings,
        rows: raw.rows,
        notes: vec![told],
        shapes: Some(shapes),
        ..Subjects::default()
    })
}

/// Which columns were taken for what, and those that were not.
fn told(known: &[String], found: &[(String, usize)], places: Option<[usize; 2]>) -> Text {
    const SHOWN: usize = 12;
    let taken: Vec<String> = found.iter().map(|(key, at)| format!("{key} = {}", known[*at])).collect();
    let is_free = |(at, _): &(usize, &String)| {
        !found.iter().any(|(_, taken)| taken == at) && !places.is_some_and(|places| places.contains(at))
    };
    let free: Vec<&str> = known.iter().enumerate().filter(is_free).map(|(_, name)| name.as_str()).collect();
    let named = |(axis, at): (&str, usize)| format!("{axis} = {}", known[at]);
    let places = places.into_iter().flat_map(|[east, north]| [("x", east), ("y", north)]).map(named);
    let taken: Vec<String> = taken.into_iter().chain(places).collect();
    let taken = if taken.is_empty() { "–".to_string() } else { taken.join(", ") };
    let (shown, more) = (free[..free.len().min(SHOWN)].join(", "), if free.len() > SHOWN { " …" } else { "" });
    match free.is_empty() {
        true => say!("columns read: {taken}", "读取的列:{taken}"),
        false => say!("columns read: {taken}; not used: {shown}{more}", "读取的列:{taken};未使用:{shown}{more}"),
    }
}

/// The centroid where it lies inside, else a place on the surface.
fn place(shapes: &Shapes, at: usize) -> Option<Point> {
    let shape = shapes.get(at);
    if shapes.kind != Kind::Polygon {
        return shape.points().first().copied();
    }
    let centroid = measure::centroid(shape).filter(|&centroid| measure::covers(shape, centroid));
    centroid.or_else(|| measure::point_on_surface(shape))
}

fn of_table(path: &Path, wanted: &Wanted<'_>) -> Outcome<Subjects> {
    let Wanted { layer: sheet, header, encoding, .. } = *wanted;
    let raw = table::read(path, table::Options { sheet, header, encoding, keep_uneven: true })?;
    let known: Vec<String> = raw.columns.iter().map(|column| column.name.clone()).collect();
    let found = assign(&known, wanted, path)?;
    let located = subject_places::of_table(&raw, wanted, path)?;
    let mut notes: Vec<Text> = vec![told(&known, &found, located.as_ref().map(|places| places.columns))];
    notes.extend(raw.encoding.as_ref().and_then(TextEncoding::told));
    notes.extend(raw.told());
    let rows = raw.lines.iter().map(|line| u64::from(*line)).collect::<Vec<_>>();
    let headings = found.iter().map(|(_, at)| known[*at].clone()).collect();
    let sums = sums(&raw.columns, &found);
    let columns: Vec<(String, Values)> =
        found.into_iter().map(|(key, at)| (key, raw.columns[at].values.clone())).collect();
    let (places, unread) = match located {
        Some(Places { points, notes: told, unread, .. }) => {
            notes.extend(told);
            (points, unread)
        }
        None if columns.iter().any(|(key, _)| key == "unit") => (vec![None; rows.len()], Vec::new()),
        None => {
            let listed = known.join(", ");
            return Err(Fault::new(
                "no-coordinates",
                say!(
                    "the table tells no places: neither coordinates (x and y, 东坐标 and 北坐标, 经度 and 纬度) nor units",
                    "表中没有位置:既无坐标(x、y,东坐标、北坐标,经度、纬度),也无单元编号"
                ),
                say!(
                    "add them, or name their columns with --field x=COLUMN --field y=COLUMN; its columns are: {listed}",
                    "请补充,或用 --field x=列名 --field y=列名 指定;现有列:{listed}"
                ),
            )
            .at(path.display()));
        }
    };
    let width = raw.columns.len();
    let uneven = raw.uneven.iter().filter_map(|(line, found)| {
        let row = raw.lines.binary_search(line).ok()?;
        let what = say!(
            "line {line} has {found} cells, the header {width}",
            "第 {line} 行有 {found} 个单元格,列名行有 {width} 个"
        );
        Some((row, what))
    });
    let (uneven, areas) = (uneven.collect(), vec![f64::NAN; rows.len()]);
    Ok(Subjects { areas, places, columns, headings, rows, notes, uneven, sums, unread, above: raw.above, shapes: None })
}

fn sums(columns: &[Column], found: &[(String, usize)]) -> Vec<(usize, Text)> {
    let ids = found.iter().find(|(key, _)| key == "id").map(|(_, at)| &columns[*at].values);
    let of = |row: usize| {
        let word = sum_word(ids.map_or(Value::None, |ids| ids.get(row)), columns, row)?;
        Some((row, say!("\"{word}\" heads a sum or an average of other lines", "「{word}」为合计或平均行")))
    };
    (0..columns.first().map_or(0, |column| column.values.len())).filter_map(of).collect()
}

/// A column is stated that is not among those `listed`.
pub(super) fn no_column(column: &str, listed: &str, path: &Path) -> Fault {
    Fault::new(
        "missing-field",
        say!("there is no column \"{column}\"", "没有列「{column}」"),
        say!("its columns are: {listed}", "现有列:{listed}"),
    )
    .at(path.display())
}

/// Which column each key has: the stated one, else the first whose heading is one of its names.
fn assign(known: &[String], wanted: &Wanted<'_>, path: &Path) -> Outcome<Vec<(String, usize)>> {
    let mut found = Vec::new();
    for (key, names) in wanted.keys {
        if let Some((_, column)) = wanted.stated.iter().find(|(own, _)| own == key) {
            let at = known.iter().position(|own| own == column);
            let at = at.ok_or_else(|| no_column(column, &known.join(", "), path))?;
            found.push(((*key).to_string(), at));
            continue;
        }
        let headings: Vec<String> = known.iter().map(|name| heading(name).name).collect();
        let first = names.iter().find_map(|name| headings.iter().position(|own| own == name));
        found.extend(first.map(|at| ((*key).to_string(), at)));
    }
    let keys: Vec<&str> = wanted.keys.iter().map(|(key, _)| *key).collect();
    match wanted
        .stated
        .iter()
        .find(|(key, _)| !keys.contains(&key.as_str()) && !subject_places::KEYS.contains(&key.as_str()))
    {
        None => Ok(found),
        Some((key, _)) => {
            let listed = keys.iter().chain(&subject_places::KEYS).copied().collect::<Vec<_>>().join(", ");
            Err(Fault::new(
                "unknown-key",
                say!("nothing is called \"{key}\" here", "没有名为「{key}」的项"),
                say!("there are: {listed}", "可用:{listed}"),
            ))
        }
    }
}
