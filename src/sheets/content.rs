//! What a sheet shows of a use: colours with their legend, labels, marks.

use super::layout::Layout;
use crate::compare::Comparison;
use crate::formats::style::Colour;
use crate::land::{Lang, Text, grade};
use crate::release::{PlaceRow, Release};
use crate::say;
use crate::space::{Kind, Point, Shape, Shapes};

/// A map that is made of every release.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// 级别图
    Grades,
    /// 基准地价图
    Prices,
    /// 样点分布图
    Samples,
    /// 地价变化图: against the release before.
    Changes,
}

impl Theme {
    pub const ALL: [Theme; 4] = [Theme::Grades, Theme::Prices, Theme::Samples, Theme::Changes];

    /// The start of its files' names.
    pub fn key(self) -> &'static str {
        match self {
            Theme::Grades => "grades",
            Theme::Prices => "prices",
            Theme::Samples => "samples",
            Theme::Changes => "changes",
        }
    }

    pub fn title(self) -> Text {
        match self {
            Theme::Grades => say!("land grades", "土地级别图"),
            Theme::Prices => say!("benchmark land prices", "基准地价图"),
            Theme::Samples => say!("sale samples", "样点分布图"),
            Theme::Changes => say!("change of prices", "地价变化图"),
        }
    }
}

/// Features of one colour.
pub struct Fill<'a> {
    pub colour: Colour,
    pub shapes: &'a Shapes,
    pub rows: Vec<usize>,
}

/// A text that belongs to a polygon or a line.
pub struct Label<'a> {
    pub shape: Shape<'a>,
    pub words: String,
    /// Of which one part on every sheet bears its label.
    pub grade: Option<u8>,
}

/// A sample.
pub struct Mark {
    pub place: Point,
    pub used: bool,
}

/// The sign of a row of the legend.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    Colour(Colour),
    Sample(bool),
}

/// The table beside the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Legend {
    pub title: String,
    /// Over the columns behind the sign.
    pub heads: Vec<String>,
    pub rows: Vec<(Sign, Vec<String>)>,
}

/// Everything of a sheet but its furniture.
pub struct Content<'a> {
    pub theme: Theme,
    pub fills: Vec<Fill<'a>>,
    /// Grades of which only the lines are drawn.
    pub borders: Vec<Fill<'a>>,
    /// The graded ground of other uses.
    pub others: Vec<Fill<'a>>,
    /// Areas and streets with prices of their own.
    pub places: Vec<(Shape<'a>, bool)>,
    pub labels: Vec<Label<'a>>,
    pub marks: Vec<Mark>,
    pub legend: Legend,
    /// How strong the colours are, times that of the layout.
    pub strength: f64,
}

/// The content of a sheet; `None` where the release has nothing of it.
pub fn content<'a>(
    theme: Theme,
    release: &'a Release,
    comparison: Option<&Comparison<'a>>,
    land_use: usize,
    layout: &Layout,
    lang: Lang,
) -> Option<Content<'a>> {
    let fills = graded(release, land_use, layout)?;
    let mut content = Content {
        theme,
        fills,
        borders: Vec::new(),
        others: others(release, land_use, layout),
        places: Vec::new(),
        labels: Vec::new(),
        marks: Vec::new(),
        legend: Legend::default(),
        strength: 1.0,
    };
    match theme {
        Theme::Grades => {
            content.labels = labels(&content.fills, &|grade| grade::name(grade, lang));
            content.legend = priced(release, land_use, layout, lang);
        }
        Theme::Prices => {
            release
                .cells
                .iter()
                .any(|cell| usize::from(cell.use_index) == land_use && cell.published.is_some())
                .then_some(())?;
            let price = |grade: u8| match published(release, land_use, grade) {
                Some(price) => format!("{} {price}", grade::name(grade, lang)),
                None => grade::name(grade, lang),
            };
            content.labels = labels(&content.fills, &price);
            places(&mut content, release, land_use);
            content.legend = priced(release, land_use, layout, lang);
        }
        Theme::Samples => {
            let own = release.samples.iter().filter(|sample| usize::from(sample.use_index) == land_use);
            let placed = own.filter(|sample| !sample.place.x.is_nan());
            content.marks = placed.map(|sample| Mark { place: sample.place, used: sample.used }).collect();
            content.marks.first()?;
            content.labels = labels(&content.fills, &|grade| grade::name(grade, lang));
            content.legend = sampled(release, land_use, layout, lang);
            content.strength = 0.5;
        }
        Theme::Changes => super::changes::fill(&mut content, release, comparison?, land_use, lang)?,
    }
    Some(content)
}

/// The grades of a use, the best first, over its zones, or its units where no zones were drawn.
fn graded<'a>(release: &'a Release, land_use: usize, layout: &Layout) -> Option<Vec<Fill<'a>>> {
    let zones = &release.map.zones;
    let drawn = (0..zones.len()).any(|zone| usize::from(zones.uses[zone]) == land_use);
    let (shapes, uses, grades) = match drawn {
        true => (&zones.shapes, &zones.uses, &zones.grades),
        false => (release.units.shapes.as_ref()?, &release.units.uses, &release.units.grades),
    };
    if shapes.kind != Kind::Polygon {
        return None;
    }
    let mut fills: Vec<Fill<'a>> = colours(release, land_use, layout)
        .into_iter()
        .map(|colour| Fill { colour, shapes, rows: Vec::new() })
        .collect();
    for row in (0..shapes.len()).filter(|&row| usize::from(uses[row]) == land_use) {
        if let Some(fill) = usize::from(grades[row]).checked_sub(1).and_then(|at| fills.get_mut(at)) {
            fill.rows.push(row);
        }
    }
    fills.iter().any(|fill| !fill.rows.is_empty()).then_some(fills)
}

fn others<'a>(release: &'a Release, land_use: usize, layout: &Layout) -> Vec<Fill<'a>> {
    let others = (0..release.uses.len()).filter(|other| *other != land_use);
    others.filter_map(|other| graded(release, other, layout)).flatten().collect()
}

fn colours(release: &Release, land_use: usize, layout: &Layout) -> Vec<Colour> {
    let head = &release.uses[land_use];
    layout.colours(&head.key, &head.name, head.grades)
}

fn published(release: &Release, land_use: usize, grade: u8) -> Option<f64> {
    let own = |cell: &&crate::release::PriceCell| usize::from(cell.use_index) == land_use && cell.grade == grade;
    release.cells.iter().find(own)?.published
}

/// A text for every part of every grade.
pub(super) fn labels<'a>(fills: &[Fill<'a>], words: &dyn Fn(u8) -> String) -> Vec<Label<'a>> {
    let mut labels = Vec::new();
    for (grade, fill) in (1u8..).zip(fills) {
        let label = |row: &usize| Label { shape: fill.shapes.get(*row), words: words(grade), grade: Some(grade) };
        labels.extend(fill.rows.iter().map(label));
    }
    labels
}

/// The grades with their prices, as the published table has them.
fn priced(release: &Release, land_use: usize, layout: &Layout, lang: Lang) -> Legend {
    let head = &release.uses[land_use];
    let said = |text: Text| text.in_lang(lang).to_string();
    let (price, per_mu) = price_heads(head.connotation.as_ref().map_or("", |premises| &premises.kind));
    let heads = [say!("grade", "级别"), price, per_mu, say!("plot ratio", "容积率")];
    let dash = || "–".to_string();
    let rows = (1..=head.grades).zip(colours(release, land_use, layout)).map(|(grade, colour)| {
        let price = published(release, land_use, grade);
        let per_mu = price.and_then(|price| head.per_mu(grade, price));
        let ratio = head.connotation.as_ref().map(|own| own.plot_ratio_of(grade)).filter(|ratio| !ratio.is_nan());
        let cells = vec![
            grade::name(grade, lang),
            price.map_or_else(dash, |price| price.to_string()),
            per_mu.map_or_else(dash, |price| format!("{price:.2}")),
            ratio.map_or_else(dash, |ratio| ratio.to_string()),
        ];
        (Sign::Colour(colour), cells)
    });
    Legend { title: said(say!("Legend", "图例")), rows: rows.collect(), heads: heads.map(said).to_vec() }
}

/// What the two prices of a use are of: yuan of ground or of floor, and 万元/亩, which is always of ground.
fn price_heads(kind: &str) -> (Text, Text) {
    match kind {
        "ground" => (say!("ground, 元/㎡", "地面地价 元/㎡"), Text::same("万元/亩")),
        "floor" => (say!("floor, 元/㎡", "楼面地价 元/㎡"), say!("ground, 万元/亩", "地面 万元/亩")),
        _ => (Text::same("元/㎡"), Text::same("万元/亩")),
    }
}

fn sampled(release: &Release, land_use: usize, layout: &Layout, lang: Lang) -> Legend {
    let said = |text: Text| text.in_lang(lang).to_string();
    let own = || release.samples.iter().filter(|sample| usize::from(sample.use_index) == land_use);
    let count = |used: bool| own().filter(|sample| sample.used == used).count();
    let mut rows = vec![
        (Sign::Sample(true), vec![said(say!("sample, used", "采用样点")), count(true).to_string()]),
        (Sign::Sample(false), vec![said(say!("sample, set aside", "未采用样点")), count(false).to_string()]),
    ];
    let of_grade = |grade: u8| own().filter(|sample| sample.grade == grade && sample.used).count().to_string();
    let grades = (1u8..).zip(colours(release, land_use, layout));
    rows.extend(grades.map(|(grade, colour)| (Sign::Colour(colour), vec![grade::name(grade, lang), of_grade(grade)])));
    let heads = vec![String::new(), said(say!("samples", "样点数"))];
    Legend { title: said(say!("Legend", "图例")), heads, rows }
}

/// Areas and streets with prices of their own, each with its name and price.
fn places<'a>(content: &mut Content<'a>, release: &'a Release, land_use: usize) {
    let own = &release.map.places;
    for (rows, street) in [(&own.areas, false), (&own.streets, true)] {
        for (at, row) in rows.rows.iter().enumerate().filter(|(_, row)| usize::from(row.use_index) == land_use) {
            let Some(words) = of_place(row) else { continue };
            let shape = rows.shapes.get(at);
            content.places.push((shape, street));
            content.labels.push(Label { shape, words, grade: None });
        }
    }
}

/// The text of an area or street.
fn of_place(row: &PlaceRow) -> Option<String> {
    let name = if row.name.is_empty() { &row.id } else { &row.name };
    row.published.map(|price| format!("{name} {price}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prices_of_floor_stand_beside_those_of_ground_by_name() {
        let (price, per_mu) = price_heads("floor");
        assert_eq!((&*price.zh, &*per_mu.zh), ("楼面地价 元/㎡", "地面 万元/亩"));
        assert_eq!((&*price.en, &*per_mu.en), ("floor, 元/㎡", "ground, 万元/亩"));
        assert_eq!(price_heads("ground").0.zh, "地面地价 元/㎡");
        assert_eq!(price_heads("").0.zh, "元/㎡", "nothing is said of what is not known");
    }
}
