//! 级别范围: the grade zones with their areas and prices, as a layer.

use super::price_table::{PER_MU, PER_SQUARE_METRE, kind, percent};
use super::units::{in_lang, square_metres};
use crate::formats::{Cells, Field, Table};
use crate::land::column::Value;
use crate::land::{Lang, Text, Texts, Values, grade};
use crate::release::Release;
use crate::say;

/// One row per zone, in the release's order. The price is that of the zone's use and grade; columns without values are left out.
pub fn zones_table(release: &Release, lang: Lang) -> Table<'_> {
    let zones = &release.map.zones;
    let price = |zone: usize| {
        let wanted = (zones.uses[zone], zones.grades[zone]);
        let cell = release.cells.iter().find(|cell| (cell.use_index, cell.grade) == wanted);
        cell.and_then(|cell| cell.published).unwrap_or(f64::NAN)
    };
    let prices: Vec<f64> = (0..zones.len()).map(price).collect();
    let texts =
        |text: &dyn Fn(usize) -> String| Cells::Own(Values::Text((0..zones.len()).map(text).collect::<Texts>()));
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let metres = |name: &str, title: Text, values| {
        field(name, title, Cells::real(values)).in_unit(square_metres(lang)).shown_with(2)
    };
    let head = |zone: usize| &release.uses[usize::from(zones.uses[zone])];
    let limits = |zone: usize| {
        let (head, grade) = (head(zone), zones.grades[zone]);
        let class = usize::from(head.grades.saturating_sub(grade));
        let at = |limit: Option<usize>| limit.and_then(|limit| head.limits.get(limit)).copied().unwrap_or(f64::NAN);
        (at(class.checked_sub(1)), at(Some(class)))
    };
    let ends = |end: &dyn Fn(usize) -> f64| Cells::Own(Values::Real((0..zones.len()).map(end).collect()));
    let points = in_lang(lang, "points", "分");
    let units = zones.units.iter().map(|&units| Some(i64::from(units))).collect();
    let mut fields = vec![
        field("use", say!("use", "用途代码"), texts(&|zone| head(zone).key.clone())),
        field("use_name", say!("use name", "土地用途"), texts(&|zone| head(zone).name.clone())),
        field("grade", say!("grade", "土地级别"), Cells::Small(&zones.grades)),
        field("label", say!("grade name", "级别名称"), texts(&|zone| grade::name(zones.grades[zone], lang))),
    ];
    if release.uses.iter().any(|head| !head.limits.is_empty()) {
        let of = |title, cells, name| field(name, title, cells).in_unit(points).shown_with(4);
        fields.push(of(say!("lower score limit", "总分下限"), ends(&|zone| limits(zone).0), "lower"));
        fields.push(of(say!("upper score limit", "总分上限"), ends(&|zone| limits(zone).1), "upper"));
    }
    fields.push(field("units", say!("units", "单元数"), Cells::Own(Values::Int(units))));
    fields.push(metres("area", say!("area", "面积"), &zones.areas));
    fields.push(metres("unit_area", say!("area of its units", "单元面积之和"), &zones.unit_areas));
    if prices.iter().any(|price| !price.is_nan()) {
        let mu = super::units::per_mu(release, &zones.uses, &zones.grades, &prices);
        fields.push(
            field("price", say!("benchmark price", "基准地价"), Cells::Own(Values::Real(prices)))
                .in_unit(PER_SQUARE_METRE),
        );
        fields.push(
            field("price_mu", say!("benchmark price per mu", "每亩基准地价"), Cells::Own(Values::Real(mu)))
                .in_unit(PER_MU)
                .shown_with(2),
        );
        fields.extend(premises(release, lang));
    }
    // GIS readers show columns in vain where no zone has a value.
    fields.retain(|field| {
        !PREMISES.contains(&field.name.as_str()) || (0..zones.len()).any(|row| field.cells.get(row) != Value::None)
    });
    Table {
        name: "zones".into(),
        title: say!("Grade zones", "土地级别范围"),
        fields,
        shapes: Some(&zones.shapes),
        crs: Some(&release.head.crs),
        rows: zones.len(),
    }
}

/// The fields of [`premises`].
const PREMISES: [&str; 6] = ["base_date", "term", "plot_ratio", "kind", "develop", "rate"];

/// What the price of each zone is of (基准地价内涵): fields named as in the table of prices.
fn premises(release: &Release, lang: Lang) -> Vec<Field<'static>> {
    let zones = &release.map.zones;
    let own = |zone: usize| release.uses[usize::from(zones.uses[zone])].connotation.as_ref();
    let texts = |text: &dyn Fn(usize) -> Option<String>| {
        Cells::Own(Values::Text((0..zones.len()).map(|zone| text(zone).unwrap_or_default()).collect::<Texts>()))
    };
    let reals = |real: &dyn Fn(usize) -> Option<f64>| {
        Cells::Own(Values::Real((0..zones.len()).map(|zone| real(zone).unwrap_or(f64::NAN)).collect()))
    };
    let field = |at: usize, title: Text, cells| Field::plain(PREMISES[at], cells).titled(title);
    vec![
        field(0, say!("base date", "估价期日"), texts(&|_| release.head.base_date.clone())),
        field(1, say!("term", "土地使用年期"), reals(&|zone| Some(own(zone)?.term)))
            .in_unit(in_lang(lang, "years", "年")),
        field(
            2,
            say!("set plot ratio", "设定容积率"),
            reals(&|zone| Some(own(zone)?.plot_ratio_of(zones.grades[zone]))),
        ),
        field(3, say!("kind of price", "价格类型"), texts(&|zone| Some(kind(own(zone)?, lang)))),
        field(
            4,
            say!("land development", "土地开发程度"),
            texts(&|zone| Some(own(zone)?.development_of(zones.grades[zone]).to_string())),
        ),
        field(5, say!("land capitalisation rate", "土地还原率"), reals(&|zone| Some(percent(own(zone)?)))).in_unit("%"),
    ]
}
