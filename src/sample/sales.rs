//! Sale samples: prices of the true surface, carried to the date, term and plot ratio of each sale, with noise and a few outliers.

use super::USES;
use super::corrections::{Corrections, index_at};
use super::land_parcels::Parcels;
use super::layer::{SampleColumn, SampleLayer, two_decimals};
use super::ring::millimetre;
use super::theme;
use crate::land::date::Quarter;
use crate::land::random::Random;
use crate::say;
use crate::space::measure::{Side, covers, point_on_surface, ring_side};
use crate::space::{Point, Shape, Shapes};
use jiff::ToSpan;
use jiff::civil::Date;

/// How readily land of each use is sold.
const TURNOVER: [f64; 4] = [1.0, 0.5, 0.4, 0.18];

/// The deviation of the logarithm of prices.
pub(super) const NOISE: f64 = 0.10;

/// The share of samples priced far too low, and as many far too high.
pub(super) const OUTLIERS: f64 = 0.015;

/// One sale.
#[derive(Clone, Debug)]
pub(super) struct Sale {
    pub id: String,
    pub land_use: u8,
    pub kind: &'static str,
    pub date: Date,
    pub price: f64,
    pub area: f64,
    pub plot_ratio: f64,
    pub term: f64,
    pub at: Point,
    /// The ward it lies in, by its place in the fabric.
    pub ward: usize,
}

/// The sales of some years: how many, from the first to the last year (each whole).
pub(super) struct Period {
    pub count: usize,
    pub first: i16,
    pub last: i16,
    /// The place of the last year among the city's years.
    pub later: usize,
}

/// Draws sales among the parcels of the period's last year, each parcel at most once.
pub(super) fn draw(parcels: &Parcels, tables: &Corrections, first_year: i16, period: &Period, seed: u64) -> Vec<Sale> {
    let mut random = Random::new(seed, &[theme::SALES, period.later as u64]);
    let mut sold = vec![false; parcels.uses.len()];
    let mut sales = Vec::with_capacity(period.count);
    let start = Date::constant(period.first, 1, 1);
    let days = (1..=i64::from(period.last - period.first) + 1)
        .map(|year| i64::from(Date::constant(period.first + year as i16 - 1, 1, 1).days_in_year()));
    let days = days.sum::<i64>() as usize;
    while sales.len() < period.count {
        let row = random.below(sold.len());
        if sold[row] || !random.chance(TURNOVER[usize::from(parcels.uses[row])]) {
            continue;
        }
        sold[row] = true;
        let date = start.saturating_add((random.below(days) as i64).days());
        sales.push(sale(parcels, row, tables, first_year, date, &mut random));
    }
    sales.sort_by_key(|sale| sale.date);
    let mut number = 0;
    let mut year = 0;
    for sale in &mut sales {
        number = if sale.date.year() == year { number + 1 } else { 1 };
        year = sale.date.year();
        sale.id = format!("YP{year}{number:05}");
    }
    sales
}

fn sale(parcels: &Parcels, row: usize, tables: &Corrections, first_year: i16, date: Date, random: &mut Random) -> Sale {
    let land_use = usize::from(parcels.uses[row]);
    let terms = &tables.uses[land_use];
    let (kind, used) = match random.unit() {
        draw if draw < 0.45 => ("出让", 0.0),
        draw if draw < 0.78 => ("转让", random.between(1.0, 20.0)),
        draw if draw < 0.92 => ("出租", random.between(2.0, 15.0)),
        _ => ("作价出资", random.between(0.0, 5.0)),
    };
    let term = two_decimals(terms.term - used);
    let value = |name: &str| parcels.layer.reals(name).map_or(f64::NAN, |values| values[row]);
    let (area, plot_ratio) = (value("mj"), value("rjl"));
    let index = |quarter| index_at(first_year, quarter)[land_use];
    let moved = index(Quarter::of(date)) / index(tables.base_quarter);
    let noise = libm::exp(NOISE * random.normal());
    let stray = match random.unit() {
        draw if draw < OUTLIERS => random.between(0.33, 0.48),
        draw if draw >= 1.0 - OUTLIERS => random.between(2.2, 2.8),
        _ => 1.0,
    };
    let carried = moved * terms.term_coefficient(term) * terms.plot_ratio_coefficient(plot_ratio);
    let price = two_decimals(parcels.truth[row] * carried * noise * stray);
    let at = place(parcels.layer.shapes.get(row), random);
    let ward = parcels.ward_rows.partition_point(|&start| start <= row) - 1;
    Sale { id: String::new(), land_use: land_use as u8, kind, date, price, area, plot_ratio, term, at, ward }
}

/// A place well inside a parcel.
fn place(parcel: Shape<'_>, random: &mut Random) -> Point {
    let extent = parcel.extent();
    let ring = parcel.points();
    let inside = |at: Point| {
        let clear =
            ring.windows(2).all(|pair| crate::space::measure::squared_distance_to_segment(at, pair[0], pair[1]) > 1.0);
        clear && ring_side(ring, at) == Side::Inside
    };
    (0..12)
        .map(|_| {
            let (x, y) = (random.between(0.2, 0.8), random.between(0.2, 0.8));
            millimetre(Point::new(extent.min.x + x * extent.width(), extent.min.y + y * extent.height()))
        })
        .find(|&at| inside(at))
        .or_else(|| point_on_surface(parcel).map(millimetre))
        .unwrap_or(extent.min)
}

/// Whether the ground of a sale still is a parcel of its use.
pub(super) fn stands(sale: &Sale, parcels: &Parcels) -> bool {
    let mut rows = parcels.ward_rows[sale.ward]..parcels.ward_rows[sale.ward + 1];
    rows.any(|row| {
        let parcel = parcels.layer.shapes.get(row);
        parcel.extent().contains(sale.at) && covers(parcel, sale.at) && parcels.uses[row] == sale.land_use
    })
}

/// The layer of samples.
pub(super) fn layer(sales: &[Sale]) -> SampleLayer {
    let reals = |value: fn(&Sale) -> f64| sales.iter().map(value).collect::<Vec<f64>>();
    let columns = vec![
        SampleColumn::text("ypbh", say!("sample number", "样点编号"), sales.iter().map(|sale| &sale.id)),
        SampleColumn::text("yt", say!("use", "土地用途"), sales.iter().map(|sale| USES[usize::from(sale.land_use)].1)),
        SampleColumn::text("jylx", say!("kind of transaction", "交易类型"), sales.iter().map(|sale| sale.kind)),
        SampleColumn::text("jyrq", say!("date", "交易日期"), sales.iter().map(|sale| sale.date.to_string())),
        SampleColumn::real("dj", say!("price of the land", "地面地价"), reals(|sale| sale.price)).of("元/㎡", 2),
        SampleColumn::text("dw", say!("unit of the price", "价格单位"), sales.iter().map(|_| "元/㎡")),
        SampleColumn::real("mj", say!("area", "面积"), reals(|sale| sale.area)).of("㎡", 2),
        SampleColumn::real("zj", say!("total", "总价"), reals(|sale| two_decimals(sale.price * sale.area / 10_000.0)))
            .of("万元", 2),
        SampleColumn::real("rjl", say!("plot ratio", "容积率"), reals(|sale| sale.plot_ratio)).of("", 2),
        SampleColumn::real("synx", say!("remaining term", "剩余年期"), reals(|sale| sale.term)).of("年", 2),
    ];
    let shapes = Shapes::of_points(sales.iter().map(|sale| sale.at));
    SampleLayer { name: "samples", title: say!("price samples", "地价样点"), shapes, columns }
}
