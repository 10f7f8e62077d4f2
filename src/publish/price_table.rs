//! 基准地价表: the benchmark price of every use and grade, with its evidence and the premises it holds under.

use super::units::in_lang;
use crate::formats::{Cells, Field, Table};
use crate::land::{Lang, Text, Texts, Values, grade, money};
use crate::release::{Connotation, Origin, PriceCell, Release};
use crate::say;

/// The unit of prices; its spelling in price lists is the same in both languages.
pub const PER_SQUARE_METRE: &str = "元/㎡";
/// The other unit in which land prices are quoted, 1 元/㎡ = 1/15 万元/亩.
pub const PER_MU: &str = "万元/亩";

/// One row per price cell, in the release's order; no rows where nothing was priced. Areas are in hectares, rounded half up to 4 decimals
/// (1 m²); 万元/亩 is made of the published price and rounded half up to 2 decimals.
pub fn price_table(release: &Release, lang: Lang) -> Table<'static> {
    let cells = &release.cells;
    let head = |cell: &PriceCell| &release.uses[usize::from(cell.use_index)];
    let premises = |cell: &PriceCell| head(cell).connotation.as_ref();
    let texts =
        |text: &dyn Fn(&PriceCell) -> String| Cells::Own(Values::Text(cells.iter().map(text).collect::<Texts>()));
    let reals = |real: &dyn Fn(&PriceCell) -> Option<f64>| {
        Cells::Own(Values::Real(cells.iter().map(|cell| real(cell).unwrap_or(f64::NAN)).collect()))
    };
    let counts = |count: &dyn Fn(&PriceCell) -> usize| {
        Cells::Own(Values::Int(cells.iter().map(|cell| i64::try_from(count(cell)).ok()).collect()))
    };
    let imported = release.head.origin == Origin::Imported;
    // What an imported list does not tell is not known to be none.
    let sampled = |count: fn(&PriceCell) -> usize| {
        let known =
            |cell: &PriceCell| (!imported || cell.samples > 0).then(|| i64::try_from(count(cell)).ok()).flatten();
        Cells::Own(Values::Int(cells.iter().map(known).collect()))
    };
    let premise = |real: fn(&Connotation) -> f64| reals(&|cell| premises(cell).map(real));
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let price = |name: &str, title: Text, cells| field(name, title, cells).in_unit(PER_SQUARE_METRE).shown_with(2);
    let mut fields = vec![
        field("use", say!("use", "用途代码"), texts(&|cell| head(cell).key.clone())),
        field("use_name", say!("use name", "土地用途"), texts(&|cell| head(cell).name.clone())),
        field("grade", say!("grade", "级别"), counts(&|cell| usize::from(cell.grade))),
        field("label", say!("grade name", "级别名称"), texts(&|cell| grade::name(cell.grade, lang))),
        field("price", say!("benchmark price", "基准地价"), reals(&|cell| cell.published)).in_unit(PER_SQUARE_METRE),
        field(
            "price_mu",
            say!("benchmark price per mu", "每亩基准地价"),
            reals(&|cell| head(cell).per_mu(cell.grade, cell.published?)),
        )
        .in_unit(PER_MU)
        .shown_with(2),
        price("floor_price", say!("price per m² of floor", "楼面地价"), reals(&|cell| floor(cell, premises(cell)?))),
        price("lowest", say!("lowest sample", "样点最低价"), reals(&|cell| cell.lowest)),
        price("highest", say!("highest sample", "样点最高价"), reals(&|cell| cell.highest)),
        field("units", say!("units", "单元数"), counts(&|cell| cell.units)),
        field("area_ha", say!("area", "面积"), reals(&|cell| Some(hectares(cell.area))))
            .in_unit(in_lang(lang, "ha", "公顷"))
            .shown_with(4),
        field("samples", say!("samples", "样点数"), sampled(|cell| cell.samples)),
        field("kept", say!("samples used", "采用样点数"), sampled(|cell| cell.kept)),
        price("raw", raw_title(imported), reals(&|cell| cell.raw)),
        price("deviation", say!("standard deviation", "标准差"), reals(&|cell| cell.deviation)),
        price(
            "ci_low",
            say!("95 % interval, lower end", "95%置信下限"),
            reals(&|cell| cell.interval.map(|ends| ends.0)),
        ),
        price(
            "ci_high",
            say!("95 % interval, upper end", "95%置信上限"),
            reals(&|cell| cell.interval.map(|ends| ends.1)),
        ),
        price(
            "computed",
            say!("price as computed, where people decided otherwise", "计算地价(另行确定时)"),
            reals(&|cell| cell.decided.as_ref()?.computed),
        ),
        field(
            "reason",
            say!("reason of the decision", "确定理由"),
            texts(&|cell| cell.decided.as_ref().map(|own| own.reason.clone()).unwrap_or_default()),
        ),
        field(
            "filled",
            say!("how a grade without samples was priced", "无样点级别的定价方法"),
            texts(&|cell| filled(release, cell, lang)),
        ),
        field("term", say!("term", "土地使用年期"), premise(|premises| premises.term))
            .in_unit(in_lang(lang, "years", "年")),
        field(
            "plot_ratio",
            say!("set plot ratio", "设定容积率"),
            reals(&|cell| premises(cell).map(|own| own.plot_ratio_of(cell.grade))),
        ),
        field(
            "kind",
            say!("kind of price", "价格类型"),
            texts(&|cell| premises(cell).map(|own| kind(own, lang)).unwrap_or_default()),
        ),
        field(
            "develop",
            say!("land development", "土地开发程度"),
            texts(&|cell| premises(cell).map(|own| own.development_of(cell.grade).to_string()).unwrap_or_default()),
        ),
        field("rate", say!("land capitalisation rate", "土地还原率"), premise(percent)).in_unit("%"),
    ];
    // Where all prices are of land the published one is that of the land.
    if cells.iter().any(|cell| premises(cell).is_some_and(|premises| premises.kind == "floor")) {
        let at = fields.iter().position(|field| field.name == "floor_price").unwrap_or(fields.len());
        let title = say!("price per m² of land", "地面地价");
        fields.insert(at, price("ground_price", title, reals(&|cell| ground(cell, premises(cell)?))));
    }
    Table {
        name: "prices".into(),
        title: say!("Benchmark prices", "基准地价表"),
        fields,
        shapes: None,
        crs: None,
        rows: cells.len(),
    }
}

/// An imported list has no samples: there the number is the mean of what its source states.
fn raw_title(imported: bool) -> Text {
    match imported {
        false => say!("price from samples, unrounded", "未取整样点测算价"),
        true => say!("mean of the source's prices, unrounded", "来源地价平均值(未取整)"),
    }
}

/// 元 per ㎡ of land: of a floor price times the set plot ratio, to 2 decimals; a ground price as it is.
fn ground(cell: &PriceCell, premises: &Connotation) -> Option<f64> {
    let price = cell.published?;
    match premises.kind.as_str() {
        "ground" => Some(price),
        "floor" => {
            let ground = money::product(price, premises.plot_ratio_of(cell.grade));
            ground.is_finite().then(|| money::round_half_up(ground, 2))
        }
        _ => None,
    }
}

/// 元 per ㎡ of floor: of a ground price over the set plot ratio, to 2 decimals; a floor price as it is.
fn floor(cell: &PriceCell, premises: &Connotation) -> Option<f64> {
    let price = cell.published?;
    match premises.kind.as_str() {
        "ground" => {
            let floor = price / premises.plot_ratio_of(cell.grade);
            (floor.is_finite() && floor > 0.0).then(|| money::round_half_up(floor, 2))
        }
        "floor" => Some(price),
        _ => None,
    }
}

fn filled(release: &Release, cell: &PriceCell, lang: Lang) -> String {
    let none = || match release.head.origin {
        _ if release.has_several(cell) => {
            say!("no price of the grade: the source has several prices in it", "无级别价:来源中该级别有多个价格")
        }
        Origin::Imported => say!("no price: the source states none", "无地价:来源未给出"),
        Origin::Computed => {
            say!("no price: no usable sample, and no way to fill it gave one", "无地价:无可用样点,也未能补全")
        }
    };
    let blank = cell.published.is_none().then(none);
    cell.filled.as_ref().or(blank.as_ref()).map(|text| text.in_lang(lang).to_string()).unwrap_or_default()
}

/// Hectares of m², to the square metre.
pub(super) fn hectares(area: f64) -> f64 {
    if area.is_finite() { money::round_half_up(area / 1e4, 4) } else { area }
}

/// A rate in per cent, without the noise of binary fractions.
pub(super) fn percent(premises: &Connotation) -> f64 {
    if premises.rate.is_finite() { money::round_half_up(premises.rate * 100.0, 6) } else { premises.rate }
}

/// The kind of price in words: per square metre of ground (地面地价) or of floor (楼面地价); another word stands as it is.
pub(super) fn kind(premises: &Connotation, lang: Lang) -> String {
    match premises.kind.as_str() {
        "ground" => say!("per m² of ground", "地面地价").in_lang(lang).to_string(),
        "floor" => say!("per m² of floor", "楼面地价").in_lang(lang).to_string(),
        other => other.to_string(),
    }
}

#[cfg(test)]
#[path = "price_table_tests.rs"]
mod tests;
