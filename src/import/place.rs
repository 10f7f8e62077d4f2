//! Where foreign units lie: their system, brought to a projected one, and what is wrong with their geometry.

use super::mapping::Mapping;
use super::notes::Notes;
use super::numbers::{Cell, cell};
use super::source::Rows;
use crate::ingest::finding::{Code, Policy};
use crate::ingest::readers::vector::Trouble;
use crate::ingest::validity::{self, Checker};
use crate::ingest::{degrees, distorted, zone_prefix};
use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::space::crs::{NOWHERE, Transform};
use crate::space::{Crs, Kind, Point, Shapes, datum, zone};

/// The shapes of the rows in a projected system; a row that is not used is no longer kept.
pub(super) struct Placed {
    pub shapes: Option<Shapes>,
    pub crs: Crs,
}

/// Places the rows. `labels` name them in findings.
pub(super) fn place(
    rows: &mut Rows,
    mapping: &Mapping,
    labels: &[String],
    keep: &mut [bool],
    notes: &mut Notes,
) -> Outcome<Placed> {
    let shapes = match (rows.shapes.take(), &mapping.x, &mapping.y) {
        (Some(shapes), ..) => Some(shapes),
        (None, Some(x), Some(y)) => Some(points(rows, x, y, labels, keep, notes)),
        (None, ..) => None,
    };
    let Some(mut shapes) = shapes else { return Ok(Placed { shapes: None, crs: nowhere(mapping)? }) };
    if shapes.kind == Kind::Line {
        return Err(Fault::new(
            "line-layer",
            say!("the layer holds lines; graded land is polygons or points", "图层为线;级别图应为面或点"),
            say!("choose the layer with the zones or parcels", "请选择级别区或宗地图层"),
        )
        .at(&notes.layer));
    }
    let from = system(rows, mapping, notes)?;
    let crs = target(&from, mapping, &shapes, notes)?;
    if !from.same_as(&crs) {
        let way = Transform::new(&from, &crs).map_err(|fault| fault.at(&notes.layer))?;
        way.apply(shapes.points_mut()).map_err(|fault| fault.at(&notes.layer))?;
        let (one, other) = (from.label(), crs.label());
        notes.layer(Code::CrsTransformed, say!("from {one} to {other}", "由 {one} 转换到 {other}"));
    }
    if let Some(detail) = distorted::detail(&crs, shapes.extent()) {
        notes.layer(Code::DistortedCrs, detail);
    }
    troubles(rows, labels, keep, notes);
    let shapes = valid(shapes, labels, keep, notes);
    Ok(Placed { shapes: Some(shapes), crs })
}

fn points(rows: &Rows, x: &str, y: &str, labels: &[String], keep: &mut [bool], notes: &mut Notes) -> Shapes {
    let mut shapes = Shapes::new(Kind::Point);
    for row in 0..rows.len() {
        match (cell(rows.column(x).get(row)), cell(rows.column(y).get(row))) {
            (Cell::Number { value: east, .. }, Cell::Number { value: north, .. }) => {
                shapes.push_ring(&[Point::new(east, north)], true);
            }
            _ => {
                let (east, north) = (rows.text(x, row), rows.text(y, row));
                let detail = say!("no place in \"{east}\", \"{north}\"", "「{east}」「{north}」不是坐标");
                keep[row] &= notes.row(Code::NullGeometry, &labels[row], None, detail);
            }
        }
        shapes.end_feature();
    }
    shapes
}

/// The system the coordinates are in: what the mapping says, else what the file says.
fn system(rows: &Rows, mapping: &Mapping, notes: &mut Notes) -> Outcome<Crs> {
    let stated = mapping.crs.as_deref().map(Crs::parse).transpose()?;
    let crs = match (stated, &rows.crs) {
        (Some(stated), Some(own)) => {
            if !stated.same_as(own) {
                let (own, chosen) = (own.label(), stated.label());
                notes.layer(
                    Code::CrsOverride,
                    say!("the file says {own}, the mapping {chosen}", "文件为 {own},映射指定 {chosen}"),
                );
            }
            stated
        }
        (Some(stated), None) => stated,
        (None, Some(own)) => own.clone(),
        (None, None) => {
            return Err(Fault::new(
                "missing-crs",
                say!("nothing tells which system the coordinates are in", "未说明坐标采用什么坐标系"),
                say!("write it: crs = \"EPSG:…\"; it is never guessed", "请写明 crs = \"EPSG:…\";本程序不作猜测"),
            )
            .at(&notes.layer));
        }
    };
    Ok(crs)
}

/// The projected system of the release.
fn target(from: &Crs, mapping: &Mapping, shapes: &Shapes, notes: &Notes) -> Outcome<Crs> {
    let extent = shapes.extent();
    degrees::check(from, extent).map_err(|fault| fault.at(&notes.layer))?;
    zone_prefix::check(from, extent, &notes.layer)?;
    let label = from.label();
    let metric = |crs: &Crs| !crs.geographic && (crs.metres_per_unit - 1.0).abs() < 1e-12;
    let crs = match &mapping.to {
        Some(to) => Crs::parse(to)?,
        None => from.clone(),
    };
    if metric(&crs) {
        return Ok(crs);
    }
    let middle = Point::new((extent.min.x + extent.max.x) / 2.0, (extent.min.y + extent.max.y) / 2.0);
    let example = if from.geographic && !extent.is_empty() { zone::suitable(middle) } else { 4547 };
    let name = crs.label();
    let what = match mapping.to {
        Some(_) => say!("{name} is not a projected system in metres", "{name} 不是以米为单位的投影坐标系"),
        None => say!("areas cannot be measured in {label}", "{label} 中无法量算面积"),
    };
    if mapping.to.is_none() {
        // A projected system on another datum would only be refused next.
        datum::check(from, &Crs::parse(&format!("EPSG:{example}"))?).map_err(|fault| fault.at(&notes.layer))?;
    }
    Err(Fault::new(
        "crs-not-metric",
        what,
        say!(
            "name a projected system in metres: --to-crs EPSG:{example}, or to = \"EPSG:{example}\" in the mapping file",
            "请指定以米为单位的投影坐标系:--to-crs EPSG:{example},或在映射文件中写 to = \"EPSG:{example}\""
        ),
    )
    .at(&notes.layer))
}

/// The system of a release without geometry: the one named, else a plane without a place on Earth.
pub(super) fn nowhere(mapping: &Mapping) -> Outcome<Crs> {
    let named = mapping.to.as_deref().or(mapping.crs.as_deref());
    match named {
        Some(named) => Crs::parse(named),
        None => Crs::parse(&format!("LOCAL_CS[\"{NOWHERE}\",UNIT[\"metre\",1]]")),
    }
}

fn troubles(rows: &Rows, labels: &[String], keep: &mut [bool], notes: &mut Notes) {
    let mut lifted = 0;
    for &(row, trouble) in &rows.troubles {
        let (code, detail) = match trouble {
            Trouble::HeightDropped => {
                lifted += 1;
                continue;
            }
            Trouble::Null => (Code::NullGeometry, say!("no geometry", "缺少几何")),
            Trouble::Empty => (Code::EmptyGeometry, say!("a geometry without coordinates", "几何没有坐标")),
            Trouble::Unclosed => (Code::UnclosedRing, say!("a ring was not closed", "有环未闭合")),
            Trouble::Broken => (Code::InvalidGeometry, say!("the geometry cannot be read", "几何无法读取")),
            Trouble::OtherKind(kind) => {
                (Code::OtherGeometryKind, say!("geometry of WKB type {kind}", "几何类型为 WKB {kind}"))
            }
        };
        if code == Code::InvalidGeometry {
            // Nothing is there to be used or rebuilt.
            notes.row_out(code, &labels[row], detail);
            keep[row] = false;
        } else {
            keep[row] &= notes.row(code, &labels[row], None, detail);
        }
    }
    if lifted > 0 {
        notes.layer(Code::HeightDropped, say!("{lifted} features had heights", "{lifted} 个要素带有高程"));
    }
}

/// The shapes with the faulty ones rebuilt, or as they are, as the policy says.
fn valid(shapes: Shapes, labels: &[String], keep: &mut [bool], notes: &mut Notes) -> Shapes {
    let mut checker = Checker::default();
    let found = (0..shapes.len()).filter_map(|row| Some((row, checker.check(shapes.get(row))?)));
    let faulty: Vec<_> = found.filter(|(row, _)| keep[*row]).collect();
    if faulty.is_empty() {
        return shapes;
    }
    let mut mended = Shapes::new(shapes.kind);
    let mut faulty = faulty.into_iter().peekable();
    for (row, shape) in shapes.iter().enumerate() {
        let Some((_, invalid)) = faulty.next_if(|(at, _)| *at == row) else {
            mended.push_shape(shape);
            continue;
        };
        let Text { en, zh } = invalid.text();
        let repaired = validity::repair(shape);
        let detail = match &repaired {
            Some(repaired) => {
                let (before, after) = (repaired.area_before, repaired.area_after);
                say!(
                    "{en}; area {before:.2} m² as it is, {after:.2} m² rebuilt",
                    "{zh};原面积 {before:.2} ㎡,重建后 {after:.2} ㎡"
                )
            }
            None => say!("{en}; it cannot be rebuilt", "{zh};无法重建"),
        };
        let rebuild = notes.policies.get(Code::InvalidGeometry) == Policy::Repair;
        if rebuild && repaired.is_none() {
            notes.row_out(Code::InvalidGeometry, &labels[row], detail);
            keep[row] = false;
        } else {
            keep[row] &= notes.row(Code::InvalidGeometry, &labels[row], invalid.place(), detail);
        }
        match repaired.filter(|_| rebuild) {
            Some(repaired) => mended.push_shape(repaired.shapes.get(0)),
            None => mended.push_shape(shape),
        }
    }
    mended
}
