//! A small county for the tests: three uses on the same ground, a street, an area, samples, and what is handed in with them.

use super::build::{Built, Options, Packed, build};
use super::rules::Rules;
use crate::compare::fixture::{bare, cell, crs, use_head};
use crate::formats::gpkg::{self, Layer};
use crate::formats::shapefile;
use crate::formats::{Cells, Field, Table};
use crate::ingest::readers::schema::{self, FieldType};
use crate::ingest::readers::{table, vector};
use crate::land::progress::Unwatched;
use crate::land::{Column, Outcome, Text, Values};
use crate::package::manifest;
use crate::release::{PlaceRow, Release, SampleDetail, SampleRow};
use crate::space::{Crs, Kind, Point, Shapes};
use std::path::{Path, PathBuf};

pub const WEST: f64 = 500_000.0;
pub const SOUTH: f64 = 3_380_000.0;

/// A rectangle, from the corner of the county.
pub fn rectangle(shapes: &mut Shapes, [west, south, east, north]: [f64; 4]) {
    let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
    shapes.push_ring(&corners.map(|(x, y)| Point::new(WEST + x, SOUTH + y)), true);
}

pub fn rectangles(all: &[[f64; 4]]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for one in all {
        rectangle(&mut shapes, *one);
        shapes.end_feature();
    }
    shapes
}

pub fn line(places: &[(f64, f64)]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Line);
    let points: Vec<Point> = places.iter().map(|(x, y)| Point::new(WEST + x, SOUTH + y)).collect();
    shapes.push_ring(&points, true);
    shapes.end_feature();
    shapes
}

/// Grade 1 in two pieces, grade 2 between them, for each use.
pub fn release() -> Release {
    let uses = [("commercial", "商服用地"), ("residential", "住宅用地"), ("industrial", "工业用地")];
    let mut release = bare("2026", uses.map(|(key, name)| use_head(key, name, 2)).to_vec());
    release.head.base_date = Some("2026-01-01".to_string());
    let pieces = [[0.0, 0.0, 500.0, 1000.0], [500.0, 0.0, 1500.0, 1000.0], [1500.0, 0.0, 2000.0, 1000.0]];
    let zones = &mut release.map.zones;
    for own in 0..3u8 {
        zones.uses.extend([own; 3]);
        zones.grades.extend([1, 2, 1]);
        zones.units.extend([1; 3]);
        zones.areas.extend([5e5, 1e6, 5e5]);
        rectangles(&pieces).iter().for_each(|shape| zones.shapes.push_shape(shape));
        let dearer = 3000.0 / f64::from(own + 1);
        release.cells.extend([cell(own, 1, dearer, 1e6), cell(own, 2, dearer / 2.0, 1e6)]);
    }
    zones.unit_areas.clone_from(&zones.areas);
    let sample = |id: &str, x: f64| SampleRow {
        id: id.to_string(),
        place: Point::new(WEST + x, SOUTH + 500.0),
        use_index: 0,
        unit: String::new(),
        grade: 1,
        price: 2900.0,
        date: "2025-06-30".to_string(),
        plot_ratio: 2.0,
        term: 40.0,
        area: 1200.0,
        k_date: 1.0,
        k_term: 1.0,
        k_plot_ratio: 1.0,
        corrected: 2950.0,
        outcome: Text::same("used"),
        used: true,
        detail: SampleDetail::default(),
    };
    release.samples = vec![sample("Y1", 100.0), sample("Y2", 200.0)];
    let place = |id: &str, depth: f64| PlaceRow {
        id: id.to_string(),
        name: "人民路".to_string(),
        use_index: 0,
        grade: 1,
        standard_depth: depth,
        samples: 0,
        kept: 0,
        raw: None,
        deviation: None,
        lowest: None,
        highest: None,
        published: Some(3200.0),
        filled: None,
        decided: None,
    };
    release.map.places.areas.rows = vec![place("Q1", f64::NAN)];
    release.map.places.areas.shapes = rectangles(&[[100.0, 100.0, 400.0, 400.0]]);
    release.map.places.streets.rows = vec![place("L1", 20.0)];
    release.map.places.streets.shapes = line(&[(50.0, 450.0), (450.0, 450.0)]);
    release
}

/// The county's polygon, its roads, and papers, as somebody hands them in.
pub fn hand_in(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for paper in ["工作报告", "听证材料", "验收意见", "政府批复", "政府批准文件", "备案表"] {
        std::fs::write(folder.join(format!("{paper}.pdf")), "%PDF-1.4").unwrap();
    }
    let text = |name: &str, value: &str| Field::plain(name, Cells::Own(Values::Text([value].into_iter().collect())));
    let char = |field: Field<'static>, width| field.laid_out(crate::formats::Declared::Char(width));
    let district = rectangles(&[[-500.0, -500.0, 2500.0, 1500.0]]);
    let fields = vec![char(text("XZQDM", "510402"), 12), char(text("XZQMC", "东区"), 100)];
    put(&folder.join("XZQ.gpkg"), fields, &district, &crs());
    put(&folder.join("DL.gpkg"), vec![char(text("MC", "人民路"), 60)], &line(&[(0.0, 450.0), (900.0, 450.0)]), &crs());
}

fn put(path: &Path, fields: Vec<Field<'_>>, shapes: &Shapes, crs: &Crs) {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let table =
        Table { title: Text::same(&name), name, fields, shapes: Some(shapes), crs: Some(crs), rows: shapes.len() };
    match path.extension().is_some_and(|ending| ending == "shp") {
        true => shapefile::write(&table, path, &shapefile::Options::default()).map(drop).unwrap(),
        false => gpkg::write(path, &[Layer { table: &table, style: None }]).map(drop).unwrap(),
    }
}

/// Packs a release inside `folder`.
pub fn pack(release: &Release, rules: &Rules, folder: &Path, incomplete: bool) -> Outcome<Built> {
    let given = folder.join("given");
    hand_in(&given);
    let packed = Packed { release, project: None, content_digest: "ab", sealed_on: "2026-03-01" };
    let options = Options { rules, code: "510402", name: "东区", given: Some(&given), neighbours: &[], incomplete };
    build(&packed, &options, &folder.join("out"), &Unwatched)
}

/// A layer under the hands of somebody who spoils it.
pub struct Edit {
    pub shapes: Shapes,
    pub crs: Crs,
    pub columns: Vec<Column>,
    declared: Vec<schema::Declaration>,
}

impl Edit {
    pub fn values(&mut self, name: &str) -> &mut Values {
        &mut self.columns.iter_mut().find(|column| column.name == name).unwrap_or_else(|| panic!("{name}")).values
    }

    pub fn text(&mut self, name: &str, row: usize, value: &str) {
        let Values::Text(texts) = self.values(name) else { panic!("{name} is no text") };
        let all: Vec<String> =
            (0..texts.len()).map(|at| if at == row { value } else { texts.get(at) }.to_string()).collect();
        *texts = all.iter().collect();
    }

    pub fn real(&mut self, name: &str, row: usize, value: f64) {
        let Values::Real(values) = self.values(name) else { panic!("{name} is no number") };
        values[row] = value;
    }

    pub fn int(&mut self, name: &str, row: usize, value: i64) {
        let Values::Int(values) = self.values(name) else { panic!("{name} is no number") };
        values[row] = Some(value);
    }

    /// The declared length of a text.
    pub fn width(&mut self, name: &str, width: usize) {
        self.declared.iter_mut().find(|own| own.name == name).unwrap().width = width;
    }

    /// Rows in this order, some perhaps twice.
    pub fn keep(&mut self, rows: &[u32]) {
        self.shapes = self.shapes.gather(rows);
        self.columns.iter_mut().for_each(|column| column.values = column.values.gather(rows));
    }
}

/// Reads a layer, lets it be spoilt, writes it back.
pub fn edit(path: &Path, spoil: impl FnOnce(&mut Edit)) {
    let declared = schema::read(path, None).unwrap();
    let names: Vec<&str> = declared.fields.iter().map(|field| field.name.as_str()).collect();
    let raw = vector::read(path, None, &names, None).unwrap();
    let mut edit = Edit { shapes: raw.shapes, crs: raw.crs.unwrap(), columns: raw.columns, declared: declared.fields };
    spoil(&mut edit);
    let Edit { shapes, crs, columns, declared } = edit;
    let field = |column: &Column| {
        let plain = Field::plain(column.name.clone(), Cells::Own(column.values.clone()));
        let own = declared.iter().find(|own| own.name == column.name);
        match own.map(|own| (own.kind, own.width)) {
            Some((FieldType::Text, width)) if width > 0 => plain.laid_out(crate::formats::Declared::Char(width as u16)),
            Some((FieldType::Date, _)) => plain.laid_out(crate::formats::Declared::Date),
            _ => plain,
        }
    };
    put(path, columns.iter().map(field).collect(), &shapes, &crs);
}

/// Reads a table, lets a cell be changed, writes it back.
pub fn edit_table(path: &Path, name: &str, row: usize, value: f64) {
    let mut raw = table::read(path, table::Options::default()).unwrap();
    let own = raw.columns.iter_mut().find(|column| column.name == name).unwrap();
    match &mut own.values {
        Values::Real(values) => values[row] = value,
        Values::Int(values) => values[row] = Some(value as i64),
        Values::Text(_) => panic!("{name} is no number"),
    }
    let rows = raw.len();
    let fields = raw.columns.iter().map(|own| Field::plain(own.name.clone(), Cells::Values(&own.values))).collect();
    let table = Table { name: "t".into(), title: Text::same("t"), fields, shapes: None, crs: None, rows };
    let options = crate::formats::xlsx::Options { lang: crate::land::Lang::Zh };
    crate::formats::xlsx::write(&[crate::formats::xlsx::Sheet::plain(&table)], path, &options).unwrap();
}

/// Makes the manifest anew.
pub fn relist(folder: &Path, rules: &Rules) {
    let lines = manifest::of(folder, &rules.manifest).unwrap();
    std::fs::write(folder.join(&rules.manifest), manifest::text(&lines)).unwrap();
}

/// A copy of a package, to be spoilt.
pub fn copied(from: &Path, to: &Path) -> PathBuf {
    let target = to.join(from.file_name().unwrap());
    for name in crate::release::digest::files(from).unwrap() {
        let place = target.join(&name);
        std::fs::create_dir_all(place.parent().unwrap()).unwrap();
        std::fs::copy(from.join(&name), place).unwrap();
    }
    target
}
