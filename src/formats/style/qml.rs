//! A style as QGIS writes it (QML): the renderer with its symbols, and the fields' aliases.

use super::{Class, Colour, DARK, GREY, Look, Style, alias, escape};
use crate::formats::Table;
use crate::land::Lang;
use crate::space::Kind;

/// The style of a table's layer for QGIS 3; the aliases alone where the table has no geometry.
pub fn qml(style: &Style, table: &Table<'_>) -> String {
    let kind = table.shapes.map(|shapes| shapes.kind);
    let renderer = kind.map(|kind| renderer(&style.look, kind)).unwrap_or_default();
    let labeling = kind.map(|kind| labeling(style, table, kind)).unwrap_or_default();
    let number = match kind {
        Some(Kind::Point) => 0,
        Some(Kind::Line) => 1,
        Some(Kind::Polygon) => 2,
        None => 4,
    };
    format!(
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n\
         <qgis version=\"3.22.0\" styleCategories=\"{categories}\" labelsEnabled=\"{enabled}\">\n{renderer}{labeling}{aliases}\
         <layerGeometryType>{number}</layerGeometryType>\n</qgis>\n",
        categories = if labeling.is_empty() { "Symbology|Fields" } else { "Symbology|Labeling|Fields" },
        enabled = u8::from(!labeling.is_empty()),
        aliases = aliases(table)
    )
}

fn renderer(look: &Look, kind: Kind) -> String {
    match look {
        Look::Single(colour) => format!(
            "<renderer-v2 type=\"singleSymbol\" symbollevels=\"0\" enableorderby=\"0\" forceraster=\"0\">\n\
             <symbols>\n{}</symbols>\n</renderer-v2>\n",
            symbol(0, kind, *colour)
        ),
        // QGIS reads an expression here: a quoted name is a field whatever it is called.
        Look::Classes { field, classes, others } => {
            let each = classes.iter().map(|class| Category::new(class.value.to_string(), "integer", class, true));
            categorized(&quoted(field), &each.collect::<Vec<_>>(), others, kind)
        }
        Look::Grouped { group, field, classes, others, shown } => {
            let attribute = format!("concat({}, ' ', {})", quoted(group), quoted(field));
            let each = classes.iter().map(|(own, class)| {
                let on = shown.as_ref().is_none_or(|shown| shown == own);
                Category::new(format!("{own} {}", class.value), "string", class, on)
            });
            categorized(&attribute, &each.collect::<Vec<_>>(), others, kind)
        }
    }
}

/// A field's name inside an expression.
fn quoted(field: &str) -> String {
    format!("\"{}\"", field.replace('"', "\"\""))
}

/// A class with the value that it is found by, told with its type, and whether it is switched on.
struct Category<'a> {
    value: String,
    told: &'static str,
    class: &'a Class,
    on: bool,
}

impl<'a> Category<'a> {
    fn new(value: String, told: &'static str, class: &'a Class, on: bool) -> Category<'a> {
        Category { value, told, class, on }
    }
}

/// A symbol per value of an expression.
fn categorized(attribute: &str, classes: &[Category<'_>], others: &str, kind: Kind) -> String {
    let category = |(number, Category { value, told, class, on }): (usize, &Category<'_>)| {
        let (value, label) = (escape(value), escape(&class.label));
        format!("<category render=\"{on}\" value=\"{value}\" symbol=\"{number}\" label=\"{label}\" type=\"{told}\"/>\n")
    };
    let rest = classes.len();
    format!(
        "<renderer-v2 type=\"categorizedSymbol\" attr=\"{attribute}\" symbollevels=\"0\" enableorderby=\"0\" \
         forceraster=\"0\">\n<categories>\n{categories}\
         <category render=\"true\" value=\"\" symbol=\"{rest}\" label=\"{others}\" type=\"string\"/>\n\
         </categories>\n<symbols>\n{symbols}{grey}</symbols>\n</renderer-v2>\n",
        attribute = escape(attribute),
        categories = classes.iter().enumerate().map(category).collect::<String>(),
        others = escape(others),
        symbols =
            classes.iter().enumerate().map(|(number, own)| symbol(number, kind, own.class.colour)).collect::<String>(),
        grey = symbol(rest, kind, GREY),
    )
}

/// One text of all labels, with a halo; empty where there are none.
fn labeling(style: &Style, table: &Table<'_>, kind: Kind) -> String {
    let part = |(name, is_number): (&str, bool)| {
        let name = format!("\"{}\"", name.replace('"', "\"\""));
        if is_number { format!("to_string(round({name}))") } else { name }
    };
    let parts: Vec<String> = style.labels_of(table).map(part).collect();
    if parts.is_empty() {
        return String::new();
    }
    // Missing parts, which would make the whole of it missing, are left out by concat.
    let expression = escape(&format!("concat({})", parts.join(", '\\n', ")));
    // Polygons that fill the ground would leave no room for each other's labels.
    let obstacle = u8::from(kind != Kind::Polygon);
    // Over the middle of polygons, along lines, beside points.
    let placement = match kind {
        Kind::Polygon => "placement=\"1\" quadOffset=\"4\" centroidInside=\"1\" centroidWhole=\"0\"",
        Kind::Line => "placement=\"2\" placementFlags=\"9\"",
        Kind::Point => "placement=\"0\" dist=\"1\"",
    };
    format!(
        "<labeling type=\"simple\">\n<settings>\n\
         <text-style fieldName=\"{expression}\" isExpression=\"1\" fontSize=\"9\" fontSizeUnit=\"Point\" textColor=\"30,30,30,255\" \
         multilineHeight=\"1\">\n<text-buffer bufferDraw=\"1\" bufferSize=\"0.7\" bufferSizeUnits=\"MM\" \
         bufferColor=\"255,255,255,255\"/>\n</text-style>\n<text-format multilineAlign=\"1\"/>\n<placement {placement}/>\n\
         <rendering obstacle=\"{obstacle}\" fontLimitPixelSize=\"0\" displayAll=\"0\" drawLabels=\"1\"/>\n</settings>\n</labeling>\n"
    )
}

fn symbol(number: usize, kind: Kind, colour: Colour) -> String {
    let (colour, dark) = (rgba(colour), rgba(DARK));
    let (colour, dark) = (colour.as_str(), dark.as_str());
    let (name, class, options): (&str, &str, &[(&str, &str)]) = match kind {
        Kind::Polygon => (
            "fill",
            "SimpleFill",
            &[("color", colour), ("style", "solid"), ("outline_color", dark), ("outline_width", "0.1")],
        ),
        Kind::Line => ("line", "SimpleLine", &[("line_color", colour), ("line_style", "solid"), ("line_width", "0.5")]),
        Kind::Point => (
            "marker",
            "SimpleMarker",
            &[("name", "circle"), ("color", colour), ("outline_color", dark), ("size", "2.4")],
        ),
    };
    // Newer releases of QGIS read the Option elements, older ones the prop elements.
    let new: String =
        options.iter().map(|(k, v)| format!("<Option type=\"QString\" name=\"{k}\" value=\"{v}\"/>\n")).collect();
    let old: String = options.iter().map(|(k, v)| format!("<prop k=\"{k}\" v=\"{v}\"/>\n")).collect();
    format!(
        "<symbol type=\"{name}\" name=\"{number}\" alpha=\"1\" clip_to_extent=\"1\" force_rhr=\"0\">\n\
         <layer class=\"{class}\" enabled=\"1\" locked=\"0\" pass=\"0\">\n\
         <Option type=\"Map\">\n{new}</Option>\n{old}</layer>\n</symbol>\n"
    )
}

fn rgba([red, green, blue]: Colour) -> String {
    format!("{red},{green},{blue},255")
}

/// The fields' names for readers, in Chinese as the GeoPackage has them. Field 0 is the key.
fn aliases(table: &Table<'_>) -> String {
    let alias = |(number, field): (usize, &crate::formats::Field<'_>)| {
        let (name, title) = (escape(&field.name), escape(&alias(field, Lang::Zh)));
        format!("<alias index=\"{}\" field=\"{name}\" name=\"{title}\"/>\n", number + 1)
    };
    let each: String = table.fields.iter().enumerate().map(alias).collect();
    format!("<aliases>\n{each}</aliases>\n")
}
