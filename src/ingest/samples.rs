//! The sale samples, from a point layer or a table with coordinates, their prices in 元/㎡.

use super::finding::Code;
use super::numbers::{self, Wanted, no_unit, positive};
use super::readers::{table, vector::RawLayer};
use super::reading::{Prepared, Reading, fits, label, transform};
use super::sales::{self, called};
use super::survey::Sample;
use super::units::use_of;
use crate::land::column::Value;
use crate::land::heading::{USUAL_PRICE_UNIT, unit_of_table};
use crate::land::number::yuan_per_square_metre;
use crate::land::{Column, Fault, Outcome, Text, Values, date};
use crate::project::plan::SamplesPlan;
use crate::say;
use crate::space::{Crs, Kind, Point, Shapes};

/// Reads the samples, sorted by identifier.
///
/// # Errors
/// What the readers say; `not-points`.
pub(super) fn read(reading: &mut Reading<'_>, plan: &SamplesPlan) -> Outcome<Vec<Sample>> {
    let name = label(&plan.source);
    let mut fields = Fields::of(plan);
    let ending = plan.source.path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase());
    let from_table =
        ending.is_some_and(|ending| ["csv", "txt", "tsv", "xlsx", "xlsm", "xls", "ods"].contains(&&*ending));
    fields.table = from_table;
    let (mut prepared, above) = if from_table {
        of_table(reading, plan, &fields)?
    } else {
        (reading.layer(&plan.source, &fields.names, Some(0))?, Vec::new())
    };
    let unit = unit_of_table(plan.unit.as_deref(), &[&plan.price], &above);
    let unit = unit.map_err(|fault| fault.at(plan.source.path.display()))?;
    let yuan_per_unit = yuan_per_square_metre(unit.as_deref().unwrap_or(USUAL_PRICE_UNIT)).unwrap_or(1.0);
    if prepared.raw.shapes.kind != Kind::Point && !prepared.raw.rows.is_empty() {
        return Err(Fault::new(
            "not-points",
            say!("the samples' layer {name} holds no points", "样点图层 {name} 不是点图层"),
            say!("name a point layer, or a table with `x` and `y`", "请指定点图层,或带 x、y 列的表格"),
        )
        .at(plan.source.path.display()));
    }
    sales::identified(reading, &mut prepared, &name, from_table);
    sales::several_points(reading, &mut prepared, &name, from_table);
    let mut number =
        |at: Option<usize>, field: Option<&String>, range, usable, needed, unit: fn(&str) -> Option<f64>| {
            let (at, field) = (at?, field?);
            let Prepared { raw, used } = &mut prepared;
            let (plain_text, number_cells) = (raw.plain_text, raw.number_cells.get(at).map_or(&[][..], Vec::as_slice));
            let wanted = Wanted { layer: &name, field, range, usable, needed, unit, plain_text, number_cells };
            let id = |row: usize| called(raw, row, from_table);
            let place = |row: usize| raw.shapes.get(row).points().first().copied();
            Some(numbers::read(reading, &raw.columns[at].values, &wanted, used, &id, &place))
        };
    let above_zero: fn(f64) -> bool = |value| value > 0.0 && value.is_finite();
    let prices_range = positive(yuan_per_unit);
    let price = number(Some(fields.price), Some(&plan.price), prices_range, above_zero, true, yuan_per_square_metre);
    let plot_ratio =
        number(fields.plot_ratio, plan.plot_ratio.as_ref(), 0.001..=100.0, |value| value >= 0.0, true, no_unit);
    let term = number(fields.term, plan.term.as_ref(), 0.01..=1000.0, above_zero, true, |unit| {
        matches!(unit, "" | "年" | "a" | "years").then_some(1.0)
    });
    let area = number(
        fields.area,
        plan.area.as_ref(),
        positive(1.0),
        |_| true,
        false,
        |unit| matches!(unit, "" | "㎡" | "m2" | "m²" | "平方米").then_some(1.0),
    );
    let prices = price.unwrap_or_default();
    let rows = 0..prepared.raw.rows.len();
    let uses: Vec<Option<u8>> =
        rows.clone().map(|row| sales_use(reading, &mut prepared, &fields, row, &name)).collect();
    let dates: Vec<_> = rows.clone().map(|row| date_of(reading, &mut prepared, &fields, row, &name)).collect();
    sales::repeated(reading, &mut prepared, &name, from_table);
    let (mut samples, mut without_unit) = (Vec::new(), 0);
    for row in rows {
        let Some(place) = prepared.raw.shapes.get(row).points().first().copied().filter(|_| prepared.used[row]) else {
            continue;
        };
        let real =
            |numbers: &Option<Vec<f64>>| numbers.as_ref().map(|numbers| numbers[row]).filter(|value| !value.is_nan());
        // A number typed with its own unit is in 元/㎡ already.
        let typed = matches!(prepared.raw.columns[fields.price].values.get(row), Value::Text(text) if has_unit(text));
        let factor = if typed { 1.0 } else { yuan_per_unit };
        without_unit += usize::from(!typed);
        samples.push(Sample {
            id: called(&prepared.raw, row, from_table),
            place,
            land_use: uses[row].unwrap_or(0),
            price: prices[row] * factor,
            date: dates[row],
            plot_ratio: real(&plot_ratio),
            term: real(&term),
            area: real(&area),
        });
    }
    samples.sort_by(|a, b| {
        numeric(&a.id)
            .cmp(&numeric(&b.id))
            .then_with(|| a.id.cmp(&b.id))
            .then_with(|| a.place.x.total_cmp(&b.place.x))
            .then_with(|| a.place.y.total_cmp(&b.place.y))
            .then_with(|| a.price.total_cmp(&b.price))
    });
    sales::given_twice(reading, &mut samples, &name, plan.date.is_some());
    sales::lost(reading, &uses, &samples, &name);
    if unit.is_none() && without_unit > 0 {
        let detail = say!(
            "{without_unit} prices are taken as {USUAL_PRICE_UNIT}: neither the project file (`unit`), nor a heading or title, nor the cells name a unit",
            "{without_unit} 个价格按 {USUAL_PRICE_UNIT} 读取:项目文件(unit)、表头、表题与单元格均未注明单位"
        );
        reading.note(Code::UnitAssumed, &name, detail);
    }
    if yuan_per_unit != 1.0 {
        let factor = yuan_per_unit;
        reading.note(Code::UnitConverted, &name, say!("prices × {factor} = 元/㎡", "价格 × {factor} = 元/㎡"));
    }
    Ok(samples)
}

/// The fields asked for, and where each stands among the columns.
struct Fields<'a> {
    names: Vec<&'a str>,
    /// Whether they are columns of a table, whose rows are lines.
    table: bool,
    price: usize,
    use_field: Option<usize>,
    date: Option<usize>,
    plot_ratio: Option<usize>,
    term: Option<usize>,
    area: Option<usize>,
}

impl<'a> Fields<'a> {
    fn of(plan: &'a SamplesPlan) -> Fields<'a> {
        let mut names: Vec<&str> = vec![&plan.id];
        let mut add = |field: Option<&'a String>| {
            field.map(|field| {
                names.push(field);
                names.len() - 1
            })
        };
        let price = add(Some(&plan.price)).unwrap_or_default();
        let use_field = add(plan.use_field.as_ref());
        let date = add(plan.date.as_ref());
        let plot_ratio = add(plan.plot_ratio.as_ref());
        let term = add(plan.term.as_ref());
        let area = add(plan.area.as_ref());
        Fields { names, table: false, price, use_field, date, plot_ratio, term, area }
    }
}

/// A table with coordinates, as a layer, and what stands above it.
fn of_table(reading: &mut Reading<'_>, plan: &SamplesPlan, fields: &Fields<'_>) -> Outcome<(Prepared, Vec<String>)> {
    let (path, name) = (&plan.source.path, label(&plan.source));
    let options =
        table::Options { sheet: plan.source.layer.as_deref(), encoding: plan.source.encoding.as_deref(), header: None };
    let raw = table::read(path, options)?;
    if let Some(told) = raw.encoding.as_ref().and_then(table::TextEncoding::told) {
        reading.note(Code::EncodingDetected, &name, told);
    }
    if let Some(told) = raw.told_of_merged() {
        reading.note(Code::ReaderRemark, &name, told);
    }
    let here = |fault: Fault| fault.at(path.display());
    let (x, y) = plan.xy.as_ref().ok_or_else(|| {
        here(Fault::new(
            "no-coordinates",
            say!("the samples' table needs `x` and `y`", "样点表需要 x 与 y"),
            say!("name the columns with the east and north coordinates", "请写明东坐标与北坐标所在的列"),
        ))
    })?;
    let (east_cells, north_cells) = (raw.number_cells(x), raw.number_cells(y));
    let (x, y) = (raw.column(x).map_err(here)?, raw.column(y).map_err(here)?);
    let columns = fields
        .names
        .iter()
        .map(|field| Ok(Column { name: (*field).to_string(), values: raw.column(field).map_err(here)?.clone() }));
    let columns = columns.collect::<Outcome<Vec<Column>>>()?;
    let number_cells: Vec<Vec<bool>> = fields.names.iter().map(|field| raw.number_cells(field).to_vec()).collect();
    let rows: Vec<u64> = raw.lines.iter().map(|line| u64::from(*line)).collect();
    if rows.is_empty() {
        reading.note(Code::EmptyLayer, &name, say!("the table has no rows", "表格没有数据行"));
    }
    let mut used = vec![true; rows.len()];
    let named = |row: usize| {
        let id = columns[0].values.get(row).to_string();
        if id.is_empty() { format!("line {}", rows[row]) } else { id }
    };
    let (any, plain_text) = (f64::MIN..=f64::MAX, raw.encoding.is_some());
    let mut coordinate = |values: &Values, field: &str, number_cells: &[bool]| {
        let (range, usable, unit) = (any.clone(), |_| false, no_unit);
        let wanted = Wanted { layer: &name, field, range, usable, needed: true, unit, plain_text, number_cells };
        numbers::read(reading, values, &wanted, &mut used, &named, &|_| None)
    };
    let (east, north) = (coordinate(x, "x", east_cells), coordinate(y, "y", north_cells));
    let mut shapes = Shapes::new(Kind::Point);
    for (&x, &y) in east.iter().zip(&north) {
        if !x.is_nan() && !y.is_nan() {
            shapes.push_ring(&[Point::new(x, y)], true);
        }
        shapes.end_feature();
    }
    let crs: Crs = reading.crs_of(None, &plan.source, &name)?;
    fits(&crs, shapes.extent(), &plan.source)?;
    if !crs.same_as(&reading.project.crs) {
        transform(&mut shapes, &crs, &reading.project.crs).map_err(here)?;
    }
    let layer = RawLayer {
        name,
        crs: Some(crs),
        shapes,
        columns,
        rows,
        troubles: Vec::new(),
        plain_text,
        number_cells,
        deleted: 0,
    };
    Ok((Prepared { raw: layer, used }, raw.above))
}

fn sales_use(
    reading: &mut Reading<'_>,
    prepared: &mut Prepared,
    fields: &Fields<'_>,
    row: usize,
    name: &str,
) -> Option<u8> {
    let Some(at) = fields.use_field else { return Some(0) };
    let value = prepared.raw.columns[at].values.get(row);
    let (land_use, spelling) = (use_of(reading.project, value), value.to_string());
    if land_use.is_none() && prepared.used[row] {
        let detail = say!("its use is \"{spelling}\"", "用途为「{spelling}」");
        let feature = called(&prepared.raw, row, fields.table);
        prepared.used[row] = reading.row(Code::UnknownUse, name, feature, sales::place(&prepared.raw, row), detail);
    }
    land_use
}

fn date_of(
    reading: &mut Reading<'_>,
    prepared: &mut Prepared,
    fields: &Fields<'_>,
    row: usize,
    name: &str,
) -> Option<jiff::civil::Date> {
    let text = prepared.raw.columns[fields.date?].values.get(row).to_string();
    let date = date::parse(&text);
    if date.is_none() && prepared.used[row] {
        let detail = no_date(&text);
        let feature = called(&prepared.raw, row, fields.table);
        prepared.used[row] =
            reading.row_without(Code::MissingValue, name, feature, sales::place(&prepared.raw, row), detail);
    }
    date
}

/// A cell that is no date, and how dates are written.
fn no_date(text: &str) -> Text {
    let spellings = date::SPELLINGS;
    if text.trim().is_empty() {
        return say!("it has no date; dates are read as {spellings}", "没有日期;可读取的写法:{spellings}");
    }
    let serial = text.parse().is_ok_and(|days: f64| (1.0..100_000.0).contains(&days));
    let (en, zh) = match serial {
        true => (
            "; a spreadsheet's count of days: format the column as dates",
            ";似为电子表格的日期序号,请将该列设为日期格式",
        ),
        false => ("", ""),
    };
    say!(
        "\"{text}\" is no date that can be read; dates are read as {spellings}{en}",
        "「{text}」不是可读取的日期;可读取的写法:{spellings}{zh}"
    )
}

fn has_unit(text: &str) -> bool {
    crate::land::number::parse(text).is_some_and(|typed| !typed.unit.is_empty())
}

fn numeric(id: &str) -> i64 {
    id.parse().unwrap_or(i64::MAX)
}
