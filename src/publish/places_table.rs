//! 区片基准地价表、路线价表: areas and streets with prices of their own, as layers.

use super::price_table::{PER_MU, PER_SQUARE_METRE};
use super::units::in_lang;
use crate::formats::{Cells, Field, Table};
use crate::land::{Lang, Text, Texts, Values, grade};
use crate::release::{PlaceRow, PlaceRows, Release};
use crate::say;

/// One row per area and use, in the release's order, with geometry.
pub fn price_areas_table(release: &Release, lang: Lang) -> Table<'_> {
    let places = &release.map.places.areas;
    table(
        "price_areas",
        say!("Prices of homogeneous areas", "区片基准地价表"),
        places,
        fields(release, places, lang),
        release,
    )
}

/// One row per street and use, in the release's order, with geometry: the price of the standard depth, per ㎡ and per metre of front.
pub fn price_streets_table(release: &Release, lang: Lang) -> Table<'_> {
    let places = &release.map.places.streets;
    let mut fields = fields(release, places, lang);
    let metres = in_lang(lang, "m", "米");
    let depth = Field::plain("depth", reals(places, |row| Some(row.standard_depth)));
    fields.insert(6, depth.titled(say!("standard depth", "标准深度")).in_unit(metres));
    let front = |row: &PlaceRow| row.published.map(|price| price * row.standard_depth);
    let front = Field::plain("per_metre", reals(places, front))
        .titled(say!("street price per metre of front", "每米临街路线价"));
    fields.insert(9, front.in_unit(in_lang(lang, "元/m", "元/米")).shown_with(2));
    table("price_streets", say!("Street prices", "路线价表"), places, fields, release)
}

fn table<'a>(
    name: &str,
    title: Text,
    places: &'a PlaceRows,
    fields: Vec<Field<'a>>,
    release: &'a Release,
) -> Table<'a> {
    Table {
        name: name.to_string(),
        title,
        fields,
        shapes: Some(&places.shapes),
        crs: Some(&release.head.crs),
        rows: places.rows.len(),
    }
}

fn reals(places: &PlaceRows, real: impl Fn(&PlaceRow) -> Option<f64>) -> Cells<'static> {
    Cells::Own(Values::Real(places.rows.iter().map(|row| real(row).unwrap_or(f64::NAN)).collect()))
}

fn fields(release: &Release, places: &PlaceRows, lang: Lang) -> Vec<Field<'static>> {
    let rows = &places.rows;
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let texts = |text: &dyn Fn(&PlaceRow) -> String| Cells::Own(Values::Text(rows.iter().map(text).collect::<Texts>()));
    let ints = |int: &dyn Fn(&PlaceRow) -> Option<i64>| Cells::Own(Values::Int(rows.iter().map(int).collect()));
    let head = |row: &PlaceRow| &release.uses[usize::from(row.use_index)];
    let priced = |name: &str, title: Text, real: &dyn Fn(&PlaceRow) -> Option<f64>| {
        field(name, title, reals(places, real)).in_unit(PER_SQUARE_METRE).shown_with(2)
    };
    let published: Vec<f64> = rows.iter().map(|row| row.published.unwrap_or(f64::NAN)).collect();
    let mu: Vec<f64> = rows
        .iter()
        .map(|row| row.published.and_then(|price| head(row).per_mu(row.grade, price)).unwrap_or(f64::NAN))
        .collect();
    let mu = Cells::Own(Values::Real(mu));
    let premises = super::notes::connotation(release);
    let label = |row: &PlaceRow| if row.grade > 0 { grade::name(row.grade, lang) } else { String::new() };
    vec![
        field("id", say!("identifier", "编号"), texts(&|row| row.id.clone())),
        field("name", say!("name", "名称"), texts(&|row| row.name.clone())),
        field("use", say!("use", "用途代码"), texts(&|row| head(row).key.clone())),
        field("use_name", say!("use name", "土地用途"), texts(&|row| head(row).name.clone())),
        field("grade", say!("grade", "土地级别"), ints(&|row| (row.grade > 0).then_some(i64::from(row.grade)))),
        field("label", say!("grade name", "级别名称"), texts(&label)),
        field("price", say!("price", "地价"), Cells::Own(Values::Real(published)))
            .in_unit(PER_SQUARE_METRE)
            .noted(&premises),
        field("price_mu", say!("price per mu", "每亩地价"), mu).in_unit(PER_MU).shown_with(2).noted(&premises),
        field("samples", say!("samples", "样点数"), ints(&|row| Some(row.samples as i64))),
        field("kept", say!("samples used", "采用样点数"), ints(&|row| Some(row.kept as i64))),
        priced("raw", say!("from the samples", "样点测算值"), &|row| row.raw),
        priced("deviation", say!("standard deviation", "标准差"), &|row| row.deviation),
        priced("lowest", say!("lowest sample", "样点最低价"), &|row| row.lowest),
        priced("highest", say!("highest sample", "样点最高价"), &|row| row.highest),
        priced(
            "computed",
            say!("price as computed, where people decided otherwise", "计算地价(另行确定时)"),
            &|row| row.decided.as_ref()?.computed,
        ),
        field("note", say!("reason, or what stands instead", "确定理由或替代办法"), texts(&|row| note(row, lang))),
    ]
}

/// Why the price is not the computed one, or what stands in its place.
fn note(row: &PlaceRow, lang: Lang) -> String {
    match (&row.decided, &row.filled) {
        (Some(decided), _) => decided.reason.clone(),
        (None, Some(text)) => text.in_lang(lang).to_string(),
        (None, None) => String::new(),
    }
}
