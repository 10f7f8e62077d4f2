//! An XML reader of its own judges the form; what QGIS needs is looked up in the text.

use super::*;
use crate::formats::{Cells, Table};
use crate::land::{Text, Values};
use crate::space::{Kind, Shapes};

fn table<'a>(shapes: Option<&'a Shapes>, grades: &'a [u8]) -> Table<'a> {
    let hostile = Text::same("级别</alias><script a='1'> & \"\u{1}");
    let fields = vec![Field::plain("gra\"de", Cells::Small(grades)).titled(hostile).in_unit("元/㎡")];
    Table { name: "zones <&>".to_string(), title: Text::default(), fields, shapes, crs: None, rows: grades.len() }
}

fn hostile_style() -> Style {
    let labels = vec!["一级 <b>".to_string(), "二级 & \"x\"".to_string(), "三级 ]]>".to_string()];
    Style::graded("图 <&>", "gra\"de", labels, "未定级 '")
}

/// Checks that tags are nested and closed, and gives the number of elements; values must not hold bare `<` or `&`.
fn elements(xml: &str) -> usize {
    let (mut open, mut count) = (Vec::new(), 0);
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        assert!(!rest[..start].contains('>') || rest[..start].trim_start().is_empty(), "{}", &rest[..start]);
        let end = start + rest[start..].find('>').expect("a tag ends");
        let tag = &rest[start + 1..end];
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
        } else if !tag.starts_with(['?', '!']) {
            count += 1;
            if !tag.ends_with('/') {
                open.push(tag.split_whitespace().next().unwrap());
            }
        }
        rest = &rest[end + 1..];
    }
    assert!(open.is_empty(), "{open:?}");
    for after in xml.split('&').skip(1) {
        assert!(
            ["amp;", "lt;", "gt;", "quot;", "apos;", "#"].iter().any(|entity| after.starts_with(entity)),
            "{after}"
        );
    }
    count
}

#[test]
fn names_from_the_data_cannot_break_out_of_the_xml() {
    let grades = [1, 2, 0];
    for kind in [Kind::Polygon, Kind::Line, Kind::Point] {
        let shapes = Shapes::new(kind);
        for style in [hostile_style(), Style::single("<'&\">", [1, 2, 3])] {
            let table = table(Some(&shapes), &grades);
            let (qml, sld) = (qml(&style, &table), sld(&style, &table));
            assert!(elements(&qml) > 8 && elements(&sld) > 8);
            assert!(!qml.contains("<script") && !sld.contains("<b>") && !qml.contains('\u{1}'));
        }
    }
}

#[test]
fn each_grade_has_its_category_its_rule_and_its_label() {
    let (shapes, grades) = (Shapes::new(Kind::Polygon), [1, 2, 3]);
    let (style, table) = (hostile_style(), table(Some(&shapes), &grades));
    let (qml, sld) = (qml(&style, &table), sld(&style, &table));
    assert!(qml.contains("attr=\"&quot;gra&quot;&quot;de&quot;\""));
    assert!(qml.contains("value=\"2\" symbol=\"1\" label=\"二级 &amp; &quot;x&quot;\""));
    // Three grades and the rest.
    assert_eq!(qml.matches("<symbol ").count(), 4);
    assert_eq!(sld.matches("<se:Rule>").count(), 4);
    assert_eq!((sld.matches("<ogc:PropertyIsNull>").count(), sld.matches("<ogc:Not>").count()), (1, 1));
    assert!(sld.contains("<ogc:Literal>3</ogc:Literal>"));
    // ColorBrewer's outer colours: d7191c for the best, 2c7bb6 for the last.
    assert!(qml.contains("215,25,28,255") && qml.contains("44,123,182,255"));
    assert!(sld.contains("#d7191c") && sld.contains("#2c7bb6"));
    assert!(qml.contains("<alias index=\"1\" field=\"gra&quot;de\""));
    assert!(qml.contains("(元/㎡)"));
}

#[test]
fn labels_are_of_fields_the_table_has() {
    let (shapes, prices) = (Shapes::new(Kind::Polygon), [1.0, 2.0]);
    let names = Values::Text(["a", "b"].into_iter().collect());
    let fields = vec![Field::plain("na\"me", Cells::Values(&names)), Field::plain("price", Cells::real(&prices))];
    let table =
        Table { name: "zones".into(), title: Text::default(), fields, shapes: Some(&shapes), crs: None, rows: 2 };
    let style = Style::single("x", [1, 2, 3]).labelled(&["na\"me", "price", "absent"]);
    let (qml, sld) = (qml(&style, &table), sld(&style, &table));
    assert!(elements(&qml) > 8 && elements(&sld) > 8);
    let expression = "concat(&quot;na&quot;&quot;me&quot;, &apos;\\n&apos;, to_string(round(&quot;price&quot;)))";
    assert!(qml.contains(&format!("fieldName=\"{expression}\"")) && qml.contains("labelsEnabled=\"1\""), "{qml}");
    let names = "<ogc:PropertyName>na&quot;me</ogc:PropertyName> <ogc:PropertyName>price</ogc:PropertyName>";
    assert!(sld.contains(&format!("<se:Label>{names}</se:Label>")), "{sld}");
    // Without labels nothing of the kind.
    let plain = Style::single("x", [1, 2, 3]);
    assert!(
        !super::qml(&plain, &table).contains("<labeling") && !super::sld(&plain, &table).contains("TextSymbolizer")
    );
}

#[test]
fn a_table_without_geometry_has_aliases_and_no_symbols() {
    let table = table(None, &[1]);
    let qml = qml(&hostile_style(), &table);
    assert!(qml.contains("<alias ") && !qml.contains("<renderer-v2"));
    elements(&qml);
    elements(&sld(&hostile_style(), &table));
}

#[test]
fn the_ramp_goes_from_warm_to_cool_in_even_steps() {
    assert_eq!(ramp(0, 1), [215, 25, 28]);
    assert_eq!((0..5).map(|rank| ramp(rank, 5)).collect::<Vec<_>>()[2], [255, 255, 191]);
    // Halfway between the first two stops: (215+253)/2, (25+174)/2, (28+97)/2, rounded half up.
    assert_eq!(ramp(1, 9), [234, 100, 63]);
    for count in 2..30 {
        let warmth: Vec<i32> =
            (0..count).map(|rank| ramp(rank, count)).map(|c| i32::from(c[0]) - i32::from(c[2])).collect();
        assert!(warmth[0] > 0 && warmth[count - 1] < 0);
        let colours: std::collections::BTreeSet<Colour> = (0..count).map(|rank| ramp(rank, count)).collect();
        assert_eq!(colours.len(), count, "every grade has a colour of its own");
    }
}

/// Two uses in one layer: a class is one of a use and a grade, in QGIS by one expression, in SLD by two conditions.
#[test]
fn classes_of_several_uses_are_told_apart() {
    let shapes = Shapes::new(Kind::Polygon);
    let class =
        |own: &str, value, label: &str| (own.to_string(), Class { value, label: label.to_string(), colour: [1, 2, 3] });
    let classes = vec![class("c", 1, "商业 一级 900 元/㎡"), class("r", 1, "住宅 一级 700 元/㎡")];
    let style = Style::grouped("图", ("use", "gra\"de"), classes, "未定级");
    let table = table(Some(&shapes), &[1]);
    let (qgis, other) = (qml(&style, &table), sld(&style, &table));
    assert!(elements(&qgis) > 0 && elements(&other) > 0);
    assert!(qgis.contains("attr=\"concat(&quot;use&quot;, &apos; &apos;, &quot;gra&quot;&quot;de&quot;)\""), "{qgis}");
    assert!(qgis.contains("value=\"r 1\" symbol=\"1\" label=\"住宅 一级 700 元/㎡\" type=\"string\""), "{qgis}");
    assert!(other.contains("<ogc:And>") && other.matches("<se:Rule>").count() == 3, "{other}");
}
