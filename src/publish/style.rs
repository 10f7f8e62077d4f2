//! How maps show the published layers, and the style files beside formats that hold no style.

use super::samples_table::{sample_places, samples_table};
use super::stacked::stacked;
use super::tables::Tables;
use crate::formats::style::{Class, Colour, Look, qml, sld};
use crate::formats::{Cells, Part, Style, Table, Written};
use crate::land::{Fault, Lang, Outcome, Text, grade};
use crate::release::Release;
use crate::say;
use crate::sheets::Layout;
use crate::space::Shapes;
use std::path::Path;

/// Sale samples.
const VIOLET: Colour = [106, 61, 154];
/// Samples that make no price.
const PALE: Colour = [205, 195, 215];
/// Findings in the data.
const RED: Colour = [227, 26, 28];
/// Areas with prices of their own.
const TEAL: Colour = [141, 211, 199];
/// Streets with prices of their own.
const ORANGE: Colour = [230, 110, 20];
/// Units without a field of grades.
const SAND: Colour = [230, 220, 190];

/// A layer with a style of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Styled {
    Units,
    Zones,
    Parcels,
    /// Areas and streets with prices of their own.
    Places,
    Samples,
}

/// Units coloured by use and grade; in one colour where their table has no field `grade`.
pub fn units_style(release: &Release, units: &Table<'_>, lang: Lang) -> Style {
    let name = say!("land grades", "土地级别").in_lang(lang).to_string();
    let graded = |field: &&crate::formats::Field<'_>| field.name == "grade" && matches!(field.cells, Cells::Small(_));
    if !units.fields.iter().any(|field| graded(&field)) {
        return Style::single(name, SAND);
    }
    if !units.fields.iter().any(|field| field.name == "use") {
        return Style::graded(name, "grade", labels(release, lang), ungraded(lang));
    }
    let shapes = release.units.shapes.as_ref().map(|shapes| (shapes, &release.units.uses[..]));
    by_use(name, release, shapes, lang)
}

/// The grades of every use in the colours of its own map, as the published table has them: use, grade and price. Where the polygons of the uses
/// lie upon one another the first use is shown.
fn by_use(name: String, release: &Release, shapes: Option<(&Shapes, &[u8])>, lang: Lang) -> Style {
    let layout = Layout::default();
    let classes = release.uses.iter().zip(0_u8..).flat_map(|(head, at)| {
        let colours = layout.colours(&head.key, &head.name, head.grades);
        let floor = head.connotation.as_ref().is_some_and(|own| own.kind == "floor");
        let class = move |(grade, colour): (u8, Colour)| {
            let cell = release.cells.iter().find(|cell| (cell.use_index, cell.grade) == (at, grade));
            let price = cell.and_then(|cell| cell.published).map(|price| match floor {
                true => say!(" {price} 元/㎡ of floor", " 楼面 {price} 元/㎡"),
                false => say!(" {price} 元/㎡", " {price} 元/㎡"),
            });
            let price = price.unwrap_or_default();
            let label = format!("{} {}{}", head.name, grade::name(grade, lang), price.in_lang(lang));
            (head.key.clone(), Class { value: i64::from(grade), label, colour })
        };
        (1..=head.grades).zip(colours).map(class).collect::<Vec<_>>()
    });
    let style = Style::grouped(name, ("use", "grade"), classes.collect(), ungraded(lang));
    let first = release.uses.first().filter(|_| shapes.is_some_and(|(shapes, uses)| stacked(shapes, uses)));
    match first {
        Some(first) => style.showing(&first.key),
        None => style,
    }
}

/// The names of the grades there are.
fn labels(release: &Release, lang: Lang) -> Vec<String> {
    let stated = release.uses.iter().map(|head| head.grades).max().unwrap_or(0);
    let most = release.units.grades.iter().copied().fold(stated, u8::max);
    (1..=most).map(|number| grade::name(number, lang)).collect()
}

fn ungraded(lang: Lang) -> String {
    say!("ungraded", "未定级").in_lang(lang).to_string()
}

/// Zones in the colours of the units.
pub fn zones_style(release: &Release, lang: Lang) -> Style {
    let name = say!("grade zones", "土地级别范围").in_lang(lang).to_string();
    let zones = &release.map.zones;
    by_use(name, release, Some((&zones.shapes, &zones.uses)), lang).labelled(&["label", "price"])
}

/// Parcels in the colours of the units.
pub fn parcels_style(release: &Release, lang: Lang) -> Style {
    let parcels = &release.map.parcels;
    let name = say!("grades of parcels", "宗地级别").in_lang(lang).to_string();
    by_use(name, release, Some((&parcels.shapes, &parcels.uses)), lang)
}

pub(super) fn price_areas_style(lang: Lang) -> Style {
    Style::single(say!("areas with prices of their own", "区片").in_lang(lang), TEAL).labelled(&["name", "price"])
}

pub(super) fn price_streets_style(lang: Lang) -> Style {
    let name = say!("streets with prices of their own", "路线价区段").in_lang(lang).to_string();
    Style::single(name, ORANGE).labelled(&["name", "price"])
}

pub fn samples_style(lang: Lang) -> Style {
    let class = |value, label: Text, colour| Class { value, label: label.in_lang(lang).to_string(), colour };
    let used = class(1, say!("samples used", "采用的样点"), VIOLET);
    let aside = class(0, say!("samples set aside", "未采用的样点"), PALE);
    let look = Look::Classes { field: "used".to_string(), classes: vec![used, aside], others: String::new() };
    Style { name: say!("sale samples", "交易样点").in_lang(lang).to_string(), look, labels: Vec::new() }
}

pub(super) fn findings_style(lang: Lang) -> Style {
    Style::single(say!("findings in the data", "数据检查问题").in_lang(lang), RED)
}

/// Writes the QML and SLD files of layers that stand in formats without styles; two formats share them, as the layers bear one name.
pub(super) fn write_beside(tables: &Tables<'_>, styled: &[Styled], folder: &Path, lang: Lang) -> Outcome<Vec<Written>> {
    let mut written = Vec::new();
    if styled.contains(&Styled::Units) {
        let style = units_style(tables.release, &tables.units, lang);
        written.extend(write_pair(&style, &tables.units, folder)?);
    }
    if styled.contains(&Styled::Zones) && tables.zones.rows > 0 {
        written.extend(write_pair(&zones_style(tables.release, lang), &tables.zones, folder)?);
    }
    if styled.contains(&Styled::Parcels) && tables.parcels.rows > 0 {
        written.extend(write_pair(&parcels_style(tables.release, lang), &tables.parcels, folder)?);
    }
    if styled.contains(&Styled::Places) {
        let looks =
            [(&tables.price_areas, price_areas_style(lang)), (&tables.price_streets, price_streets_style(lang))];
        for (table, style) in looks.iter().filter(|(table, _)| table.rows > 0) {
            written.extend(write_pair(style, table, folder)?);
        }
    }
    if styled.contains(&Styled::Samples) && tables.samples.rows > 0 {
        let places = sample_places(tables.release);
        let samples = samples_table(tables.release, lang, Some(&places));
        written.extend(write_pair(&samples_style(lang), &samples, folder)?);
    }
    Ok(written)
}

/// Where uses lie upon one another SLD has a file for each.
fn write_pair(style: &Style, table: &Table<'_>, folder: &Path) -> Outcome<Vec<Written>> {
    let file = |name: &str, text: String, losses: Vec<Text>| -> Outcome<Written> {
        let part = Part::new(folder.join(format!("{}{name}", table.name)))?;
        let path = part.target().to_path_buf();
        std::fs::write(part.path(), text)
            .map_err(|error| Fault::io(say!("cannot write the style", "无法写出样式文件"), &path, &error))?;
        Ok(Written { path, beside: Vec::new(), rows: 0, replaced: part.commit()?, losses })
    };
    let labels = style.labels.len() > 1;
    let first = labels.then(|| {
        say!(
            "of several labels QGIS shows the first alone (the QML file has all)",
            "多项标注在 QGIS 中只显示第一项(QML 文件含全部标注)"
        )
    });
    let mut losses: Vec<Text> = first.into_iter().collect();
    let mut files = vec![file(".qml", qml(style, table), only(style).into_iter().collect())?];
    let mut others = Vec::new();
    if let Look::Grouped { classes, shown: Some(shown), .. } = &style.look {
        let mut groups: Vec<&str> = classes.iter().map(|(group, _)| group.as_str()).collect();
        groups.dedup();
        others = groups.into_iter().filter(|group| group != shown).collect();
        let list = others.join(", ");
        losses.push(say!(
            "uses lie upon one another: {shown} alone; {list} in files of their own",
            "各用途范围重叠:仅含 {shown},{list} 另有文件"
        ));
    }
    files.push(file(".sld", sld(style, table), losses)?);
    for group in others {
        files.push(file(&format!("_{group}.sld"), sld(&style.clone().showing(group), table), Vec::new())?);
    }
    Ok(files)
}

/// What is said of a style that shows one use of several.
fn only(style: &Style) -> Option<Text> {
    let Look::Grouped { shown: Some(shown), .. } = &style.look else { return None };
    Some(say!(
        "uses lie upon one another: {shown} is shown, the classes of the others are switched off until they are ticked",
        "各用途范围重叠:默认显示 {shown},其他用途的类别须在图层面板中勾选"
    ))
}
