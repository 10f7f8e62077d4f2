//! 样点表: every sale sample with its corrections and what became of it.

use super::price_table::PER_SQUARE_METRE;
use super::units::{in_lang, square_metres};
use crate::formats::{Cells, Field, Table};
use crate::land::transaction;
use crate::land::{Lang, Text, Texts, Values, money};
use crate::release::{RejectedRow, Release, SampleRow};
use crate::say;
use crate::space::{Kind, Shapes};

/// One point per sample, empty where its place is not known.
pub fn sample_places(release: &Release) -> Shapes {
    let mut places = Shapes::new(Kind::Point);
    for sample in &release.samples {
        if sample.place.x.is_finite() && sample.place.y.is_finite() {
            places.push_ring(&[sample.place], true);
        }
        places.end_feature();
    }
    places
}

/// One row per sample, in the release's order; with the [`sample_places`] it is a layer.
pub fn samples_table<'a>(release: &'a Release, lang: Lang, places: Option<&'a Shapes>) -> Table<'a> {
    let samples = &release.samples;
    let texts =
        |text: &dyn Fn(&SampleRow) -> String| Cells::Own(Values::Text(samples.iter().map(text).collect::<Texts>()));
    let reals = |real: fn(&SampleRow) -> f64| Cells::Own(Values::Real(samples.iter().map(real).collect()));
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let head = |sample: &SampleRow| release.uses.get(usize::from(sample.use_index));
    let grades = samples.iter().map(|sample| (sample.grade > 0).then_some(i64::from(sample.grade))).collect();
    let used = samples.iter().map(|sample| Some(i64::from(sample.used))).collect();
    let mut fields = vec![
        field("id", say!("sample", "样点编号"), texts(&|sample| sample.id.clone())),
        field(
            "use",
            say!("use", "用途代码"),
            texts(&|sample| head(sample).map(|head| head.key.clone()).unwrap_or_default()),
        ),
        field(
            "use_name",
            say!("use name", "土地用途"),
            texts(&|sample| head(sample).map(|head| head.name.clone()).unwrap_or_default()),
        ),
        field("unit", say!("unit it lies in", "所在单元"), texts(&|sample| sample.unit.clone())),
        field("grade", say!("grade", "土地级别"), Cells::Own(Values::Int(grades))),
        field("date", say!("date of sale", "交易日期"), texts(&|sample| sample.date.clone())),
        field("price", price_title(samples), reals(|sample| sample.price)).in_unit(PER_SQUARE_METRE).shown_with(2),
        field("plot_ratio", say!("plot ratio", "容积率"), reals(|sample| sample.plot_ratio)).shown_with(2),
        field("term", say!("remaining term", "剩余年期"), reals(|sample| sample.term))
            .in_unit(in_lang(lang, "years", "年"))
            .shown_with(2),
        field("area", say!("area", "面积"), reals(|sample| sample.area)).in_unit(square_metres(lang)).shown_with(2),
        field("k_date", say!("correction for the date", "期日修正系数"), reals(|sample| sample.k_date)).shown_with(4),
        field("k_term", say!("correction for the term", "年期修正系数"), reals(|sample| sample.k_term)).shown_with(4),
        field("k_ratio", say!("correction for the plot ratio", "容积率修正系数"), reals(|sample| sample.k_plot_ratio))
            .shown_with(4),
        field("corrected", say!("price at the connotation", "修正后地价"), reals(|sample| sample.corrected))
            .in_unit(PER_SQUARE_METRE)
            .shown_with(2),
        field("used", say!("used (1) or not (0)", "是否采用(1 是,0 否)"), Cells::Own(Values::Int(used))),
        field("outcome", say!("outcome", "处理结果"), texts(&|sample| sample.outcome.in_lang(lang).to_string())),
        field("x", say!("x (east)", "横坐标(东)"), reals(|sample| sample.place.x)).shown_with(3),
        field("y", say!("y (north)", "纵坐标(北)"), reals(|sample| sample.place.y)).shown_with(3),
    ];
    further(&mut fields, samples, lang);
    Table {
        name: "samples".into(),
        title: say!("Sale samples", "样点表"),
        fields,
        shapes: places,
        crs: places.map(|_| &release.head.crs),
        rows: samples.len(),
    }
}

/// Columns of what few releases have: the type of the transaction, corrections for its circumstances, place and development.
fn further(fields: &mut Vec<Field<'_>>, samples: &[SampleRow], lang: Lang) {
    let mut add =
        |name: &str, title: Text, unit: &'static str, decimals: u8, nothing: f64, real: fn(&SampleRow) -> f64| {
            let values: Vec<f64> = samples.iter().map(real).collect();
            if values.iter().any(|value| !value.is_nan() && *value != nothing) {
                let at = fields.iter().position(|field| field.name == "corrected").unwrap_or(fields.len());
                let field = Field::plain(name, Cells::Own(Values::Real(values))).titled(title).shown_with(decimals);
                fields.insert(at, field.in_unit(unit));
            }
        };
    let title = say!("correction for the circumstances", "交易情况修正系数");
    add("k_condition", title, "", 4, 1.0, |sample| sample.detail.k_condition);
    add("k_region", say!("correction for the place", "区域修正系数"), "", 4, 1.0, |sample| {
        sample.detail.k_region
    });
    let title = say!("correction for development", "开发程度修正值");
    add("develop", title, PER_SQUARE_METRE, 2, 0.0, |sample| sample.detail.development);
    let title = say!("price at the standard depth of the street", "路线价(标准深度处)");
    add("p_street", title, PER_SQUARE_METRE, 2, f64::NAN, |sample| sample.detail.street_price);
    add("depth", say!("depth behind the street", "进深"), in_lang(lang, "m", "米"), 2, f64::NAN, |sample| {
        sample.detail.depth
    });
    if samples.iter().any(|sample| !sample.detail.steps.is_empty()) {
        let values: Texts = samples.iter().map(|sample| derivation(sample, lang)).collect();
        let title = say!("how the price is derived", "价格推算过程");
        let at = fields.iter().position(|field| field.name == "price").map_or(fields.len(), |at| at + 1);
        fields.insert(at, Field::plain("derived", Cells::Own(Values::Text(values))).titled(title));
    }
    let mut told = |name: &str, title: Text, text: fn(&SampleRow) -> &String| {
        if samples.iter().any(|sample| !text(sample).is_empty()) {
            let at = fields.iter().position(|field| field.name == "date").unwrap_or(fields.len());
            let values = Cells::Own(Values::Text(samples.iter().map(text).collect::<Texts>()));
            fields.insert(at, Field::plain(name, values).titled(title));
        }
    };
    told("street", say!("street whose price it speaks of", "所属路线价路段"), |sample| &sample.detail.street);
    told("in_area", say!("area with a price of its own", "所在区片"), |sample| &sample.detail.area);
    if samples.iter().any(|sample| !sample.detail.kind.is_empty()) {
        let kinds = Cells::Own(Values::Text(samples.iter().map(|sample| kind(sample, lang)).collect::<Texts>()));
        let at = fields.iter().position(|field| field.name == "date").unwrap_or(fields.len());
        fields.insert(at, Field::plain("type", kinds).titled(say!("type of transaction", "交易类型")));
    }
}

/// Where a price follows from other figures it was never paid.
fn price_title(samples: &[SampleRow]) -> Text {
    match samples.iter().any(|sample| !sample.detail.steps.is_empty()) {
        true => say!("price as sold or derived", "交易或推算价格"),
        false => say!("price as sold", "交易价格"),
    }
}

/// Every figure on the way to a derived price; empty of one that was paid.
fn derivation(sample: &SampleRow, lang: Lang) -> String {
    let steps = sample.detail.steps.iter().map(|step| {
        let (name, formula, value) = (step.name.in_lang(lang), &step.formula, money::round_half_up(step.value, 4));
        if formula.is_empty() { format!("{name} = {value}") } else { format!("{name} = {formula} = {value}") }
    });
    steps.collect::<Vec<_>>().join(if lang == Lang::Zh { "；" } else { "; " })
}

/// The type of the transaction for readers.
fn kind(sample: &SampleRow, lang: Lang) -> String {
    let known = transaction::Kind::ALL.into_iter().find(|kind| kind.key() == sample.detail.kind);
    known.map_or_else(|| sample.detail.kind.clone(), |kind| kind.text().in_lang(lang).to_string())
}

/// 未采用的行: the rows of the samples' table that no price is made from, each with its reason.
pub fn rejected_table(release: &Release, lang: Lang) -> Table<'_> {
    let rows = &release.rejected;
    let texts =
        |text: &dyn Fn(&RejectedRow) -> String| Cells::Own(Values::Text(rows.iter().map(text).collect::<Texts>()));
    let reals = |real: fn(&RejectedRow) -> f64| Cells::Own(Values::Real(rows.iter().map(real).collect()));
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let name = |row: &RejectedRow| {
        let head = row.use_index.and_then(|at| release.uses.get(usize::from(at)));
        head.map(|head| head.name.clone()).unwrap_or_default()
    };
    let fields = vec![
        field("id", say!("row", "样点编号"), texts(&|row| row.id.clone())),
        field("use_name", say!("use name", "土地用途"), texts(&name)),
        field("price", say!("price as sold", "交易价格"), reals(|row| row.price))
            .in_unit(PER_SQUARE_METRE)
            .shown_with(2),
        field("outcome", say!("why it is not used", "未采用原因"), texts(&|row| row.outcome.in_lang(lang).to_string())),
        field("x", say!("x (east)", "横坐标(东)"), reals(|row| row.place.x)).shown_with(3),
        field("y", say!("y (north)", "纵坐标(北)"), reals(|row| row.place.y)).shown_with(3),
    ];
    Table {
        name: "rejected".into(),
        title: say!("Rows not used", "未采用的样点行"),
        fields,
        shapes: None,
        crs: None,
        rows: rows.len(),
    }
}

#[cfg(test)]
#[path = "samples_table_tests.rs"]
mod tests;
