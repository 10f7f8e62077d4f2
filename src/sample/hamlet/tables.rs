//! The hamlet's sales and its price index.

use super::ORIGIN;
use crate::formats::{Cells, Field, Table};
use crate::land::{Text, Values};
use crate::say;

/// A sale; its place is in metres from the origin.
struct Sale {
    id: &'static str,
    land_use: &'static str,
    place: [i32; 2],
    /// 元/㎡.
    price: i64,
    date: &'static str,
    plot_ratio: f64,
    /// Remaining years.
    term: i64,
}

const fn sale(
    id: &'static str,
    land_use: &'static str,
    place: [i32; 2],
    price: i64,
    date: &'static str,
    plot_ratio: f64,
    term: i64,
) -> Sale {
    Sale { id, land_use, place, price, date, plot_ratio, term }
}

/// S05 is an outlier, S11 lies in no parcel, S12 on a parcel of another use, S09 has a plot ratio beyond its table.
const SALES: [Sale; 12] = [
    sale("S01", "商服", [690, 1010], 3000, "2025-02-14", 2.0, 40),
    sale("S02", "商服", [720, 980], 3500, "2025-05-20", 3.0, 40),
    sale("S03", "商服", [670, 970], 2900, "2025-08-09", 2.0, 30),
    sale("S04", "商服", [700, 700], 2650, "2025-03-03", 1.5, 40),
    sale("S05", "商服", [680, 720], 5200, "2025-09-18", 2.0, 40),
    sale("S06", "商服", [1100, 500], 1800, "2025-11-11", 2.5, 40),
    sale("S07", "商服", [1210, 1390], 900, "2025-06-30", 1.0, 35),
    sale("S08", "住宅", [400, 920], 1500, "2025-01-31", 1.5, 70),
    sale("S09", "住宅", [1200, 500], 1700, "2025-07-01", 3.2, 60),
    sale("S10", "住宅", [80, 80], 600, "2025-12-05", 1.0, 70),
    sale("S11", "商服", [1500, 1500], 800, "2025-10-10", 2.0, 40),
    sale("S12", "住宅", [1120, 520], 1200, "2025-04-22", 1.5, 70),
];

/// Quarter, and the index of commercial and residential land.
const INDEX: [(&str, i64, i64); 4] =
    [("2025Q1", 100, 100), ("2025Q2", 102, 102), ("2025Q3", 105, 99), ("2025Q4", 105, 99)];

pub(super) fn samples() -> Table<'static> {
    let metres = |of: fn(&Sale) -> f64| ints(SALES.iter().map(|sale| of(sale) as i64));
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let fields = vec![
        field("ypbh", say!("sample", "样点编号"), texts(SALES.iter().map(|sale| sale.id))),
        field("yt", say!("use", "用途"), texts(SALES.iter().map(|sale| sale.land_use))),
        field("x", say!("east", "横坐标"), metres(|sale| ORIGIN.x + f64::from(sale.place[0]))),
        field("y", say!("north", "纵坐标"), metres(|sale| ORIGIN.y + f64::from(sale.place[1]))),
        field("dj", say!("price", "地价"), ints(SALES.iter().map(|sale| sale.price))),
        field("jyrq", say!("date", "交易日期"), texts(SALES.iter().map(|sale| sale.date))),
        field(
            "rjl",
            say!("plot ratio", "容积率"),
            Cells::Own(Values::Real(SALES.iter().map(|sale| sale.plot_ratio).collect())),
        ),
        field("synx", say!("remaining term", "剩余年期"), ints(SALES.iter().map(|sale| sale.term))),
    ];
    table("samples", say!("Sale samples", "样点"), fields, SALES.len())
}

pub(super) fn index() -> Table<'static> {
    let fields = vec![
        Field::plain("quarter", texts(INDEX.iter().map(|row| row.0))),
        Field::plain("commercial", ints(INDEX.iter().map(|row| row.1))),
        Field::plain("residential", ints(INDEX.iter().map(|row| row.2))),
    ];
    table("index", say!("Land price index", "地价指数"), fields, INDEX.len())
}

fn table(name: &str, title: Text, fields: Vec<Field<'static>>, rows: usize) -> Table<'static> {
    Table { name: name.to_string(), title, fields, shapes: None, crs: None, rows }
}

fn ints(values: impl Iterator<Item = i64>) -> Cells<'static> {
    Cells::Own(Values::Int(values.map(Some).collect()))
}

fn texts(values: impl Iterator<Item = &'static str>) -> Cells<'static> {
    Cells::Own(Values::Text(values.collect()))
}
