//! L: fields with their types and lengths, coordinate reference system, encoding, geometry.

use super::read::{Layer, Package, Rows};
use super::{Found, Item};
use crate::formats::Declared;
use crate::ingest::readers::schema::{Declaration, FieldType};
use crate::land::column::Value;
use crate::land::money::round_half_up;
use crate::package::content::Width;
use crate::package::rules::{Encoding, FieldRule, Geometry, Need, Rules};
use crate::say;
use crate::space::{Crs, Kind};

pub(super) fn missing(package: &Package<'_>) -> Found {
    let mut items = Vec::new();
    for own in package.all() {
        let gone = own.fields().iter().filter(|field| field.need != Need::O && own.column(&field.name).is_none());
        items.extend(gone.map(|field| {
            let name = &field.name;
            Item::of(own.path(), say!("the field {name} is missing", "缺少字段 {name}"))
        }));
    }
    Ok(items)
}

pub(super) fn unknown(package: &Package<'_>) -> Found {
    let mut items = Vec::new();
    let mut strange = |path: &str, fields: &[FieldRule], name: &str| {
        if !fields.iter().any(|field| field.name == name) {
            items.push(Item::of(path, say!("no rule names the field {name}", "规则中没有字段 {name}")));
        }
    };
    for layer in &package.layers {
        layer.schema.fields.iter().for_each(|field| strange(&layer.path, &layer.rule.fields, &field.name));
    }
    for table in &package.tables {
        table.raw.columns.iter().for_each(|column| strange(&table.path, &table.rule.fields, &column.name));
    }
    Ok(items)
}

pub(super) fn types(package: &Package<'_>) -> Found {
    let mut items = Vec::new();
    for layer in &package.layers {
        let is_shapefile = layer.path.ends_with(".shp");
        for field in &layer.rule.fields {
            let Some(own) = layer.schema.fields.iter().find(|own| own.name == field.name) else { continue };
            if !fits(field, own, is_shapefile) {
                let (name, wanted, is) = (&field.name, field.kind, declared(own));
                items.push(Item::of(
                    &layer.path,
                    say!("{name} is {is}, {wanted} is prescribed", "{name} 为 {is},应为 {wanted}"),
                ));
            }
        }
    }
    for own in package.all() {
        for field in own.fields() {
            items.extend(longer(own, field, Width::in_file(package.rules, own.path())));
        }
    }
    Ok(items)
}

/// Of shapefiles type, length and decimals; elsewhere the type, and a text's length where the format states one.
fn fits(field: &FieldRule, own: &Declaration, is_shapefile: bool) -> bool {
    match field.kind.0 {
        Declared::Int(width) if is_shapefile => {
            // A wide field of digits without decimals is a real to GDAL.
            matches!(own.kind, FieldType::Int | FieldType::Real) && own.decimals == 0 && own.width == usize::from(width)
        }
        Declared::Int(_) => own.kind == FieldType::Int,
        Declared::Float(width, decimals) => {
            own.kind == FieldType::Real
                && (!is_shapefile || (own.width, own.decimals) == (usize::from(width), usize::from(decimals)))
        }
        Declared::Char(width) => own.kind == FieldType::Text && own.width == usize::from(width),
        Declared::Date => own.kind == FieldType::Date,
    }
}

fn declared(own: &Declaration) -> String {
    let (width, decimals) = (own.width, own.decimals);
    match own.kind {
        FieldType::Int => format!("Int({width})"),
        FieldType::Real => format!("Float({width}.{decimals})"),
        FieldType::Text => format!("Char({width})"),
        FieldType::Date => "Date".to_string(),
        FieldType::Other => "?".to_string(),
    }
}

/// The first value that is longer than the field may be, or no number or date where one belongs.
fn longer(own: &dyn Rows, field: &FieldRule, width: Width) -> Option<Item> {
    let values = own.column(&field.name)?;
    let bad = |row: &usize| match (field.kind.0, values.get(*row)) {
        (_, Value::None) => false,
        (Declared::Char(most), value) => width.of(&value.to_string()) > usize::from(most),
        (Declared::Date, value) => crate::land::date::parse(&value.to_string()).is_none(),
        (Declared::Int(digits), Value::Int(value)) => value.to_string().len() > usize::from(digits),
        (Declared::Int(digits), Value::Real(value)) => {
            value.fract() != 0.0 || format!("{value:.0}").len() > usize::from(digits)
        }
        (Declared::Float(wide, decimals), Value::Real(value)) => {
            let rounded = round_half_up(value, u32::from(decimals));
            let is_finer = (value - rounded).abs() > 1e-9 * value.abs().max(1.0);
            is_finer || format!("{value:.*}", usize::from(decimals)).len() > usize::from(wide)
        }
        (Declared::Float(wide, _), Value::Int(value)) => value.to_string().len() > usize::from(wide),
        (Declared::Int(_) | Declared::Float(..), Value::Text(text)) => text.trim().parse::<f64>().is_err(),
    };
    let row = (0..own.rows()).find(bad)?;
    let (name, kind, value) = (&field.name, field.kind, super::read::shown(values, row));
    Some(
        Item::of(own.path(), say!("{name} = \"{value}\" does not fit {kind}", "{name} =「{value}」不符合 {kind}"))
            .in_row(own.label(row)),
    )
}

pub(super) fn systems(package: &Package<'_>) -> Found {
    let rules: &Rules = package.rules;
    let mut items = Vec::new();
    // The one the metadata name counts where a layer has it, else that of most layers, the first of equals.
    let all: Vec<&Crs> = package.layers.iter().filter_map(|layer| layer.crs.as_ref()).collect();
    let stated: Option<u32> = package.metadata.get("epsg").and_then(|text| text.trim().parse().ok());
    let as_stated = all.iter().copied().find(|crs| stated.is_some() && crs.epsg == stated);
    let alike = |crs: &Crs| all.iter().filter(|other| other.same_as(crs)).count();
    let most = || all.iter().copied().rev().max_by_key(|crs| alike(crs));
    let first = as_stated.or_else(most);
    for layer in &package.layers {
        let path = &layer.path;
        match &layer.crs {
            None => {
                items.push(Item::of(path, say!("the layer states no coordinate reference system", "图层未说明坐标系")))
            }
            Some(own) if !own.epsg.is_some_and(|code| rules.epsg.contains(&code)) => {
                let label = own.label();
                items.push(Item::of(path, say!("{label} is not prescribed", "{label} 不在规则规定的坐标系中")));
            }
            Some(own) if first.is_some_and(|first| !first.same_as(own)) => {
                let (own, first) = (own.label(), first.map(|crs| crs.label()).unwrap_or_default());
                items.push(Item::of(
                    path,
                    say!("{own}, other layers are in {first}", "坐标系为 {own},其他图层为 {first}"),
                ));
            }
            Some(_) => {}
        }
    }
    Ok(items)
}

pub(super) fn encodings(package: &Package<'_>) -> Found {
    let wanted = match package.rules.encoding {
        Encoding::Gbk => ["936", "GBK", "CP936", "GB2312"],
        Encoding::Utf8 => ["UTF-8", "UTF8", "65001", "UTF-8"],
    };
    let shapefiles: Vec<&Layer<'_>> = package.layers.iter().filter(|layer| layer.path.ends_with(".shp")).collect();
    if shapefiles.is_empty() {
        return Err(say!("the package has no shapefiles", "成果包中没有 Shapefile"));
    }
    let mut items = Vec::new();
    for layer in shapefiles {
        let file = format!("{}.cpg", layer.path.trim_end_matches(".shp"));
        let said = std::fs::read_to_string(package.folder.join(&file)).unwrap_or_default();
        let said = said.trim().to_ascii_uppercase();
        if !wanted.contains(&said.as_str()) {
            let wanted = wanted[0];
            items.push(Item::of(
                file,
                say!("it says \"{said}\", {wanted} is prescribed", "编码为「{said}」,应为 {wanted}"),
            ));
        }
    }
    Ok(items)
}

pub(super) fn geometries(package: &Package<'_>) -> Found {
    let wrong = package.layers.iter().filter(|layer| {
        let wanted = match layer.rule.geometry {
            Geometry::Point => Kind::Point,
            Geometry::Line => Kind::Line,
            Geometry::Polygon => Kind::Polygon,
        };
        layer.shapes.kind != wanted
    });
    let named = package.layers.iter().filter_map(|layer| {
        let stem = layer.path.rsplit('/').next()?.rsplit_once('.')?.0;
        let name = &layer.schema.name;
        let what = say!("the layer is called {name}, {stem} is prescribed", "图层名为 {name},应为 {stem}");
        (name != stem).then(|| Item::of(&layer.path, what))
    });
    Ok(wrong
        .map(|layer| {
            let (is, wanted) = (layer.shapes.kind, layer.rule.geometry);
            Item::of(
                &layer.path,
                say!("the layer is of {is:?}, {wanted:?} is prescribed", "几何类型为 {is:?},应为 {wanted:?}"),
            )
        })
        .chain(named)
        .collect())
}
