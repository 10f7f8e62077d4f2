//! 基准地价内涵表: what each price means, use by use, and grade by grade where grades differ.

use super::price_table::{PER_SQUARE_METRE, kind, percent};
use super::units::in_lang;
use crate::formats::{Cells, Field, Table};
use crate::land::services::{self, Service, Services};
use crate::land::{Lang, Text, Texts, Values, grade};
use crate::release::{Connotation, Release};
use crate::say;

/// Grades of a use that have one connotation.
struct Row<'a> {
    name: &'a str,
    grades: Vec<u8>,
    own: &'a Connotation,
    plot_ratio: f64,
    development: &'a str,
}

/// One row per use and set of grades that are set alike; no rows where no use states its connotation.
pub fn premises_table(release: &Release, lang: Lang) -> Table<'static> {
    let rows: Vec<Row<'_>> = rows(release);
    let texts = |text: &dyn Fn(&Row<'_>) -> String| Cells::Own(Values::Text(rows.iter().map(text).collect::<Texts>()));
    let reals = |real: &dyn Fn(&Row<'_>) -> f64| Cells::Own(Values::Real(rows.iter().map(real).collect()));
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let base = release.head.base_date.clone().unwrap_or_default();
    let fields = vec![
        field("use_name", say!("use name", "土地用途"), texts(&|row| row.name.to_string())),
        field("grades", say!("grades", "级别"), texts(&|row| names(&row.grades, lang))),
        field("classes", say!("classification of uses", "用途分类"), texts(&|row| row.own.classification.clone())),
        field("right", say!("right", "土地权利"), texts(&|row| row.own.right.clone())),
        field("base_date", say!("base date", "估价期日"), texts(&|_| base.clone())),
        field("term", say!("term", "土地使用年期"), reals(&|row| row.own.term)).in_unit(in_lang(lang, "years", "年")),
        field("plot_ratio", say!("set plot ratio", "设定容积率"), reals(&|row| row.plot_ratio)).shown_with(2),
        field("kind", say!("kind of price", "价格类型"), texts(&|row| kind(row.own, lang))),
        field("meaning", say!("meaning", "价格涵义"), texts(&|row| meaning(row.own, lang))),
        field("outside", say!("services outside the site", "宗地外开发程度"), texts(&|row| side(row, false, lang))),
        field("inside", say!("on the site", "宗地内开发程度"), texts(&|row| side(row, true, lang))),
        field("scope", say!("scope", "适用范围"), texts(&|row| row.own.scope.clone())),
        field("rate", say!("land capitalisation rate", "土地还原率"), reals(&|row| percent(row.own))).in_unit("%"),
        field("unit", say!("unit of prices", "价格单位"), texts(&|row| unit(row.own))),
    ];
    let rows = rows.len();
    Table {
        name: "premises".into(),
        title: say!("Premises of the benchmark prices", "基准地价内涵表"),
        fields,
        shapes: None,
        crs: None,
        rows,
    }
}

fn rows(release: &Release) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for head in &release.uses {
        let Some(own) = &head.connotation else { continue };
        let first = rows.len();
        for grade in 1..=head.grades.max(1) {
            let (plot_ratio, development) = (own.plot_ratio_of(grade), own.development_of(grade));
            let alike =
                |row: &&mut Row<'_>| row.plot_ratio.to_bits() == plot_ratio.to_bits() && row.development == development;
            match rows[first..].iter_mut().find(alike) {
                Some(row) => row.grades.push(grade),
                None => rows.push(Row { name: &head.name, grades: vec![grade], own, plot_ratio, development }),
            }
        }
    }
    rows
}

fn names(grades: &[u8], lang: Lang) -> String {
    grades.iter().map(|own| grade::name(*own, lang)).collect::<Vec<_>>().join(in_lang(lang, ", ", "、"))
}

/// The services outside the site, or what is done on it; a text that names no services stands as it is outside.
fn side(row: &Row<'_>, inside: bool, lang: Lang) -> String {
    let Some((all, _)) = services::parse(row.development) else {
        return if inside { String::new() } else { row.development.to_string() };
    };
    let own: Services = all.iter().filter(|service| (*service == Service::Levelled) == inside).collect();
    own.iter().map(|one| one.text().in_lang(lang).to_string()).collect::<Vec<_>>().join(in_lang(lang, ", ", "、"))
}

fn meaning(own: &Connotation, lang: Lang) -> String {
    match own.meaning.as_str() {
        "mean" => in_lang(lang, "mean price", "平均价").to_string(),
        "minimum" => in_lang(lang, "lowest price", "最低价").to_string(),
        "range" => in_lang(lang, "range of prices", "价格区间").to_string(),
        other => other.to_string(),
    }
}

fn unit(own: &Connotation) -> String {
    if own.unit.is_empty() { PER_SQUARE_METRE.to_string() } else { own.unit.clone() }
}
