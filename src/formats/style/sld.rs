//! A style as the OGC standard has it (SLD 1.1 with Symbology Encoding 1.1), which map servers and QGIS read.

use super::{Class, Colour, DARK, GREY, Look, Style, escape};
use crate::formats::Table;
use crate::space::Kind;

/// The style of a table's layer; without rules where the table has no geometry.
pub fn sld(style: &Style, table: &Table<'_>) -> String {
    let rules = table.shapes.map(|shapes| rules(style, shapes.kind, &text(style, table))).unwrap_or_default();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <StyledLayerDescriptor xmlns=\"http://www.opengis.net/sld\" xmlns:se=\"http://www.opengis.net/se\" \
         xmlns:ogc=\"http://www.opengis.net/ogc\" version=\"1.1.0\">\n\
         <NamedLayer>\n<se:Name>{layer}</se:Name>\n<UserStyle>\n<se:Name>{name}</se:Name>\n<se:FeatureTypeStyle>\n{rules}\
         </se:FeatureTypeStyle>\n</UserStyle>\n</NamedLayer>\n</StyledLayerDescriptor>\n",
        layer = escape(&table.name),
        name = escape(&style.name),
    )
}

fn rules(style: &Style, kind: Kind, text: &str) -> String {
    match &style.look {
        Look::Single(colour) => rule(&style.name, "", &symbolizer(kind, *colour), text),
        Look::Classes { field, classes, others } => {
            let each = classes.iter().map(|class| (equal(field, &class.value.to_string()), class));
            by_filter(&each.collect::<Vec<_>>(), field, others, kind, text)
        }
        Look::Grouped { group, field, classes, others, shown } => {
            let both = |(own, class): &(String, Class)| {
                format!("<ogc:And>{}{}</ogc:And>", equal(group, own), equal(field, &class.value.to_string()))
            };
            let each = classes.iter().filter(|own| shown.as_ref().is_none_or(|shown| *shown == own.0));
            let each: Vec<(String, &Class)> = each.map(|own| (both(own), &own.1)).collect();
            match shown {
                None => by_filter(&each, field, others, kind, text),
                Some(_) => by_conditions(&each, kind, text),
            }
        }
    }
}

fn equal(field: &str, value: &str) -> String {
    let (field, value) = (escape(field), escape(value));
    format!(
        "<ogc:PropertyIsEqualTo><ogc:PropertyName>{field}</ogc:PropertyName>\
         <ogc:Literal>{value}</ogc:Literal></ogc:PropertyIsEqualTo>"
    )
}

fn by_conditions(classes: &[(String, &Class)], kind: Kind, text: &str) -> String {
    let of_class = |(condition, Class { label, colour, .. }): &(String, &Class)| {
        let filter = format!("<ogc:Filter>{condition}</ogc:Filter>\n");
        rule(label, &filter, &symbolizer(kind, *colour), text)
    };
    classes.iter().map(of_class).collect()
}

/// A rule per condition, and one for what meets none or has no value in `field`.
fn by_filter(classes: &[(String, &Class)], field: &str, others: &str, kind: Kind, text: &str) -> String {
    let rules = by_conditions(classes, kind, text);
    let known: String = classes.iter().map(|(condition, _)| condition.as_str()).collect();
    // Written out: QGIS takes a rule with an ElseFilter for one of all features (seen in 3.22).
    let field = escape(field);
    let none = format!("<ogc:PropertyIsNull><ogc:PropertyName>{field}</ogc:PropertyName></ogc:PropertyIsNull>");
    let rest = match classes.len() {
        0 => String::new(),
        1 => format!("<ogc:Filter><ogc:Or>{none}<ogc:Not>{known}</ogc:Not></ogc:Or></ogc:Filter>\n"),
        _ => format!("<ogc:Filter><ogc:Or>{none}<ogc:Not><ogc:Or>{known}</ogc:Or></ogc:Not></ogc:Or></ogc:Filter>\n"),
    };
    rules + &rule(others, &rest, &symbolizer(kind, GREY), text)
}

fn rule(title: &str, filter: &str, symbolizer: &str, text: &str) -> String {
    let title = escape(title);
    format!(
        "<se:Rule>\n<se:Name>{title}</se:Name>\n<se:Description><se:Title>{title}</se:Title></se:Description>\n\
         {filter}{symbolizer}{text}</se:Rule>\n"
    )
}

/// What is written upon each feature; empty where nothing is.
fn text(style: &Style, table: &Table<'_>) -> String {
    let names: Vec<String> = style
        .labels_of(table)
        .map(|(name, _)| format!("<ogc:PropertyName>{}</ogc:PropertyName>", escape(name)))
        .collect();
    if names.is_empty() {
        return String::new();
    }
    let names = names.join(" ");
    format!(
        "<se:TextSymbolizer><se:Label>{names}</se:Label><se:Font><se:SvgParameter name=\"font-size\">12</se:SvgParameter></se:Font>\
         <se:Halo><se:Radius>1.5</se:Radius><se:Fill><se:SvgParameter name=\"fill\">#ffffff</se:SvgParameter></se:Fill></se:Halo>\
         <se:Fill><se:SvgParameter name=\"fill\">#1e1e1e</se:SvgParameter></se:Fill></se:TextSymbolizer>\n"
    )
}

fn symbolizer(kind: Kind, colour: Colour) -> String {
    let fill = format!("<se:Fill><se:SvgParameter name=\"fill\">{}</se:SvgParameter></se:Fill>", hex(colour));
    let stroke = |colour: Colour, width: &str| {
        format!(
            "<se:Stroke><se:SvgParameter name=\"stroke\">{}</se:SvgParameter>\
             <se:SvgParameter name=\"stroke-width\">{width}</se:SvgParameter></se:Stroke>",
            hex(colour)
        )
    };
    match kind {
        Kind::Polygon => format!("<se:PolygonSymbolizer>{fill}{}</se:PolygonSymbolizer>\n", stroke(DARK, "0.4")),
        Kind::Line => format!("<se:LineSymbolizer>{}</se:LineSymbolizer>\n", stroke(colour, "2")),
        Kind::Point => format!(
            "<se:PointSymbolizer><se:Graphic><se:Mark><se:WellKnownName>circle</se:WellKnownName>{fill}{}</se:Mark>\
             <se:Size>9</se:Size></se:Graphic></se:PointSymbolizer>\n",
            stroke(DARK, "0.4")
        ),
    }
}

fn hex([red, green, blue]: Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}
