//! The prices of a draft: a layer or table of samples with the fields it has, and a table of index values by quarter.

use super::home::Home;
use super::index::Index;
use super::place::{self, Place};
use super::quote::{comment, quoted};
use super::uses::DraftUse;
use super::{FieldInfo, LayerInfo, LayerKind, fields};
use crate::land::date;
use crate::land::heading::{heading, price_unit, square_metres};
use crate::land::number::yuan_per_square_metre;
use jiff::civil::Date;
use std::fmt::Write;

/// A layer of samples with the fields it has.
pub(super) struct Sales<'a> {
    pub info: &'a LayerInfo,
    pub use_field: Option<&'a FieldInfo>,
    pub date: Option<&'a FieldInfo>,
    pub plot_ratio: Option<&'a FieldInfo>,
    id: &'a FieldInfo,
    price: &'a FieldInfo,
    term: Option<&'a FieldInfo>,
    area: Option<&'a FieldInfo>,
    /// Of a table.
    place: Option<Place<'a>>,
}

/// The samples' fields, or what is missing, in both languages.
pub(super) fn samples<'a>(info: &'a LayerInfo, home: &Home, several_uses: bool) -> Result<Sales<'a>, String> {
    let place = match info.kind {
        LayerKind::Table => Some(place::of_table(info, home).ok_or(
            "samples without columns of coordinates in plain numbers (x and y, 经度 and 纬度, 东坐标 and 北坐标) / 样点表没有数字形式的坐标列(x、y,经度、纬度 或 东坐标、北坐标)",
        )?),
        LayerKind::Point => None,
        LayerKind::Line | LayerKind::Polygon | LayerKind::Raster | LayerKind::Unreadable => {
            return Err("samples must be points or a table with coordinates / 样点须为点图层或带坐标的表格".into());
        }
    };
    let (price, _) = fields::find_price(info).ok_or(
        "samples without a price per area in numbers (dj, 地价, 单价, price …; no totals) / 样点没有数字形式的单位地价字段(dj、地价、单价、price 等;总价不算)",
    )?;
    let any = |_: &FieldInfo| true;
    let id = fields::find(info, fields::ID).or_else(|| info.fields.first()).ok_or("no fields / 没有字段")?;
    let use_field = fields::find_like(info, fields::USE, any).filter(|field| !field.samples.is_empty());
    if several_uses && use_field.is_none() {
        return Err("samples without a field of the use (yt, 用途 …), which several uses need / 样点没有用途字段(yt、用途 等),有多种用途时必须有".into());
    }
    Ok(Sales {
        info,
        use_field,
        date: fields::find_like(info, fields::DATE, fields::holds_dates),
        plot_ratio: fields::find_like(info, fields::PLOT_RATIO, fields::holds_numbers),
        term: fields::find_like(info, fields::TERM, fields::holds_numbers),
        area: fields::find_number(info, fields::AREA),
        id,
        price,
        place,
    })
}

impl Sales<'_> {
    /// The day of the latest sale, where the values shown tell it.
    pub fn latest(&self) -> Option<Date> {
        let field = self.date?;
        let shown = || field.samples.iter().filter_map(|value| date::parse(value)).max();
        date::parse(&field.last).or_else(|| shown().filter(|_| !field.more))
    }

    /// Whether the price is one per floor area.
    pub fn of_floors(&self) -> bool {
        self.price.name.contains("楼面")
    }
}

/// Writes `[prices]`; `index` is the table that fits, or the question it leaves.
pub(super) fn write(
    out: &mut String,
    sales: &Sales<'_>,
    index: &Result<Index, String>,
    uses: &[DraftUse],
    home: &Home,
) {
    out.push_str(
        "\n[prices]\noutliers = \"grubbs\"\nstatistic = \"mean\"\n\
         fill = \"leave\"  # ? or \"nearest-grade\", \"interpolate\", \"exponential-model\" … / 无样点级别的处理\nrounding = 1  # 元/㎡\n",
    );
    if let Ok(index) = index {
        let (path, last) = (quoted(&index.path), index.last);
        let _ = writeln!(out, "index = {path}\nbase_quarter = \"{last}\"  # ? the last of the index / 指数末季度");
    }
    let (count, info) = (sales.info.features, sales.info);
    let _ = write!(out, "\n[prices.samples]  # {count} samples / 样点\n{}", info.source_lines(home));
    if let Some(Place { east, north, turned, crs: (crs, why) }) = &sales.place {
        let turn =
            if *turned { "  # ? the values tell that this is east / 按数值判断此列为东坐标" } else { "" };
        let _ = writeln!(out, "crs = {}  # ? {why}", quoted(crs));
        let _ = writeln!(out, "x = {}{turn}\ny = {}", quoted(&east.name), quoted(&north.name));
    }
    let mark = if fields::find(info, fields::ID).is_some() {
        ""
    } else {
        "  # ? which field identifies a sample / 哪个字段是编号"
    };
    let _ = writeln!(out, "id = {}{mark}", quoted(&sales.id.name));
    if uses.iter().any(|land_use| !land_use.values.is_empty()) {
        line(out, "use", sales.use_field, "");
    }
    line(out, "price", Some(sales.price), "");
    unit(out, sales);
    match (sales.date, index) {
        (Some(field), Ok(_)) => line(out, "date", Some(field), ""),
        (Some(field), Err(why)) => {
            let name = quoted(&field.name);
            let _ = writeln!(out, "# date = {name}  # ? {why}");
        }
        (None, _) => out.push_str(
            "# date = \"…\"  # ? no field of dates was found: no correction for date / 未找到日期字段,不作期日修正\n",
        ),
    }
    let table = "used where a use has a plot_ratio_table / 用途写明 plot_ratio_table(容积率修正系数表)后才起作用";
    match sales.plot_ratio {
        Some(field) => line(out, "plot_ratio", Some(field), table),
        None => out.push_str("# plot_ratio = \"…\"  # ? no such field was found: no correction for plot ratio / 未找到容积率字段,不作容积率修正\n"),
    }
    match sales.term {
        Some(field) => line(out, "term", Some(field), term_question(field)),
        None => out.push_str("# term = \"…\"  # ? no field of the remaining term was found: no correction for term / 未找到剩余年期字段,不作年期修正\n"),
    }
    match sales.area.map(|field| (field, heading(&field.name).unit)) {
        Some((field, Some(unit))) if !square_metres(&unit) => {
            let _ = writeln!(
                out,
                "# area = {}  # ? its unit is {}, m² are needed / 单位须为㎡",
                quoted(&field.name),
                comment(&unit)
            );
        }
        Some((field, _)) => line(out, "area", Some(field), ""),
        None => {}
    }
}

/// A key with its field, and the question behind it; rows without a value are asked about too.
fn line(out: &mut String, key: &str, field: Option<&FieldInfo>, question: &str) {
    let Some(field) = field else { return };
    let blanks = match field.blanks {
        0 => String::new(),
        rows => format!("rows without a value: {rows} / 无值的行数:{rows}"),
    };
    let asked: Vec<&str> = [question, &blanks].into_iter().filter(|text| !text.is_empty()).collect();
    let mark = if asked.is_empty() { String::new() } else { format!("  # ? {}", asked.join("; ")) };
    let _ = writeln!(out, "{key} = {}{mark}", quoted(&field.name));
}

/// A field that does not say whether its years are those left.
fn term_question(field: &FieldInfo) -> &'static str {
    let name = heading(&field.name).name;
    if ["剩余", "synx", "synq", "remaining"].iter().any(|word| name.contains(word)) {
        ""
    } else {
        "the years left at the sale are wanted / 应为交易时的剩余使用年期"
    }
}

/// The price's unit: of a field that holds nothing else, of the heading, else a question.
fn unit(out: &mut String, sales: &Sales<'_>) {
    let told = fields::find(sales.info, fields::UNIT).filter(|field| !field.more);
    let of_field = match told.map(|field| field.samples.as_slice()) {
        Some([unit]) => Some(unit.as_str()).filter(|unit| yuan_per_square_metre(unit).is_some()),
        _ => None,
    };
    let of_heading = heading(&sales.price.name).unit.and_then(|unit| price_unit(&unit));
    if let Some(unit) = of_field.map(str::to_string).or(of_heading) {
        let _ = writeln!(out, "unit = {}", quoted(&unit));
    } else {
        out.push_str("unit = \"元/㎡\"  # ? the unit of the prices / 价格单位,或 万元/亩、万元/公顷、元/亩\n");
    }
}

#[cfg(test)]
#[path = "prices_tests.rs"]
mod tests;
