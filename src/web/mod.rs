//! The price map as a web page that opens from disk: one HTML file with its tiles and data inside, or a folder for large cities.
//!
//! The page itself (`page/`) is plain HTML, CSS and JavaScript; the writer fills in what it shows. What it is handed: `head` (JSON), `blobs`
//! (tiles, identifiers, columns).

mod blobs;
mod grid;
mod ground;
mod head;
mod last_zones;
mod objects;
mod page;
mod places;
mod previous;
mod uses;

use crate::compare::Comparison;
use crate::formats::{Part, Together, Written};
use crate::land::progress::Watch;
use crate::land::{Fault, Lang, Outcome, Text, Values};
use crate::release::Release;
use crate::release::life::Life;
use crate::sheets::Layout;
use crate::space::crs::transform;
use crate::space::{Extent, Point, Shapes};
use crate::tiles::{self, Layer, Tag};
use crate::{formats, say};
use blobs::Blobs;
use ground::Ground;
use last_zones::LastZones;
use objects::Objects;
use previous::Previous;
use std::path::Path;

/// What the page is made from.
pub struct Subject<'a> {
    pub release: &'a Release,
    /// What was noted of its hearing, acceptance and publication.
    pub life: Option<&'a Life>,
    /// Against the release before.
    pub comparison: Option<&'a Comparison<'a>>,
    /// Per use: what prices are recomputed by on the page, as JSON; `None` where nothing may be.
    pub recompute: Vec<Option<serde_json::Value>>,
    /// Per object: the area or the street with a price of its own that its ground is valued by; empty where the release has none.
    pub places: Vec<PlacePrice>,
    /// Row-major parcels × factors: the mean scores under each; empty where the objects are units, which have their own.
    pub scores: Vec<f64>,
    /// Who made it, and colours.
    pub layout: &'a Layout,
    pub lang: Lang,
}

/// Whose price the ground of an object is valued by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlacePrice {
    /// That of its grade.
    Grade,
    /// That of an area, by its row in the release.
    Area(usize),
    /// That of a street, by its row in the release.
    Street(usize),
}

/// Up to so many objects the page is one file; beyond them it is a folder.
pub const ONE_FILE: usize = 400_000;

/// The name of the page.
pub const PAGE: &str = "map.html";
/// The folder of its data, where it has one.
pub const DATA: &str = "map-data";

/// The least and the largest zoom of tiles, and that of parcels: from there on they are seen as they are.
const ZOOMS: (u8, u8) = (5, 14);

/// Tiles that the whole city takes at the least zoom: a phone shows half a tile.
const FIRST: f64 = 0.5;

/// Writes the page into a folder.
///
/// # Errors
/// `no-web-assets` where the program was built without the page's libraries; `no-geometry` for a release without polygons; what the tiles and
/// the system of coordinates say; `io`, `cancelled`.
pub fn publish(subject: &Subject<'_>, folder: &Path, watch: &dyn Watch) -> Outcome<Vec<Written>> {
    page::available()?;
    let release = subject.release;
    let objects = Objects::of(release, &subject.scores).ok_or_else(|| {
        Fault::new(
            "no-geometry",
            say!("the release has no polygons to draw", "该成果没有可绘制的面状图形"),
            say!("publish its tables: --formats xlsx,csv", "请发布表格:--formats xlsx,csv"),
        )
    })?;
    watch.begin(&say!("drawing the web map", "生成网页地图"), 4);
    let previous = subject.comparison.map(|comparison| Previous::of(comparison, &objects));
    let degrees = formats::geojson::degrees_of(&release.head.crs)?;
    let carried = |shapes: &Shapes| {
        let mut shapes = shapes.clone();
        if !release.head.crs.same_as(&degrees) {
            transform(&mut shapes, &release.head.crs, &degrees)?;
        }
        Ok(shapes)
    };
    let shapes = carried(objects.shapes)?;
    watch.advance(1);
    let extent = shapes.extent();
    let zooms = (tiles::zoom_of(extent, FIRST, ZOOMS.1 - 1).max(ZOOMS.0), ZOOMS.1);
    let ground = Ground::of(release, subject.layout, &carried)?;
    let last = (previous.as_ref(), &LastZones::of(subject.comparison)?);
    let drawn = drawn(release, extent, &ground, &carried)?;
    let archive = archive(release, &objects, &shapes, last, (drawn, zooms), (&ground, &carried))?;
    watch.advance(1);
    let inline = objects.len() <= ONE_FILE;
    let mut blobs = Blobs::new(inline);
    blobs.push("tiles", archive);
    blobs.pack("ids", &objects.ids());
    let places = numbered(release, &subject.places);
    blobs.pack("columns", &objects.columns(&shapes, extent, previous.as_ref(), places.as_deref()));
    if let Some(scores) = objects.scores(release.head.factors.len()) {
        blobs.pack("scores", &scores);
    }
    for (at, column) in objects.kept.iter().enumerate() {
        blobs.pack(&format!("kept-{at}"), &objects::texts(column));
    }
    watch.advance(1);
    let head = head::of(subject, &objects, (extent, drawn, zooms), (&blobs, &ground), &carried)?;
    let together = Together::new(folder)?;
    let mut files = Vec::new();
    let page = page::filled(subject, &head, &blobs);
    let main = written(&together.path().join(PAGE), page.as_bytes(), objects.len())?;
    files.push(Written { losses: losses(release, &objects), ..main });
    for (name, text) in blobs.files() {
        files.push(written(&together.path().join(name), text.as_bytes(), 0)?);
    }
    watch.advance(1);
    together.ready()?;
    together.commit(&mut files)?;
    Ok(files)
}

/// What the whole map shows: the objects and all that is drawn around them, but no more of what lies far away, such as the roads of a province.
fn drawn(release: &Release, objects: Extent, ground: &Ground, carried: places::Carry<'_>) -> Outcome<Extent> {
    /// Of the objects' width and height, on each side.
    const BESIDE: f64 = 0.25;
    let map = &release.map;
    let mut all = ground.around(objects);
    for shapes in [&map.zones.shapes, &map.places.areas.shapes, &map.places.streets.shapes] {
        if !shapes.is_empty() {
            all = all.union(carried(shapes)?.extent());
        }
    }
    let (wide, high) = (objects.width() * BESIDE, objects.height() * BESIDE);
    Ok(Extent {
        min: Point::new(all.min.x.max(objects.min.x - wide), all.min.y.max(objects.min.y - high)),
        max: Point::new(all.max.x.min(objects.max.x + wide), all.max.y.min(objects.max.y + high)),
    })
}

/// The places as the page's column has them: 0 of the grade; areas from 1, streets from 32768, each numbered within its use. `None` where none
/// counts.
fn numbered(release: &Release, places: &[PlacePrice]) -> Option<Vec<u16>> {
    const STREETS: usize = 1 << 15;
    let (areas, streets) = places::numbers_in_use(&release.map.places);
    let number = |place: &PlacePrice| match *place {
        PlacePrice::Grade => 0,
        PlacePrice::Area(row) => (areas[row] + 1).min(STREETS - 1) as u16,
        PlacePrice::Street(row) => (STREETS + streets[row]).min(usize::from(u16::MAX)) as u16,
    };
    places.iter().any(|place| *place != PlacePrice::Grade).then(|| places.iter().map(number).collect())
}

/// What the page does not hold as the release has it.
fn losses(release: &Release, objects: &Objects<'_>) -> Vec<Text> {
    let mut all = vec![say!(
        "places are snapped to a grid of 0.3 m; areas, prices and totals of parcels have seven digits, factor scores two decimals",
        "坐标取至 0.3 米网格;宗地的面积、地价与总分保留七位有效数字,因素分值保留两位小数"
    )];
    let dropped: Vec<&str> = release
        .units
        .kept
        .iter()
        .filter(|own| !matches!(own.values, Values::Text(_)))
        .map(|own| own.name.as_str())
        .collect();
    if !dropped.is_empty() && objects.kind == "unit" {
        let list = dropped.join(", ");
        all.push(say!("kept fields of numbers are left out: {list}", "未写入数值型保留字段:{list}"));
    }
    if objects.kind == "parcel" && !release.units.kept.is_empty() {
        let list = release.units.kept.iter().map(|own| own.name.as_str()).collect::<Vec<_>>().join(", ");
        all.push(say!(
            "parcels have no kept fields of their own; those of units are left out: {list}",
            "宗地图层没有保留字段;未写入定级单元的保留字段:{list}"
        ));
    }
    if !release.layers.is_empty() {
        all.push(say!(
            "facilities and their distances are not in the page: landgrade explain tells them",
            "网页不含设施与距离,可用 landgrade explain 查看"
        ));
    }
    all
}

fn written(path: &Path, bytes: &[u8], rows: usize) -> Outcome<Written> {
    let part = Part::new(path)?;
    let failed = |error| Fault::io(say!("the file cannot be written", "无法写入文件"), path, &error);
    std::fs::write(part.path(), bytes).map_err(failed)?;
    let replaced = part.commit()?;
    Ok(Written { path: path.to_path_buf(), beside: Vec::new(), rows, replaced, losses: Vec::new() })
}

/// Zones at every zoom, parcels and places with prices of their own at the largest ones.
fn archive(
    release: &Release,
    objects: &Objects<'_>,
    shapes: &Shapes,
    (previous, last): (Option<&Previous>, &LastZones),
    (extent, zooms): (Extent, (u8, u8)),
    (ground, carried): (&Ground, places::Carry<'_>),
) -> Outcome<Vec<u8>> {
    let (zones, named) = (&release.map.zones, &release.map.places);
    let graded = |u: u8, g: u8| vec![Tag::Int("u", i64::from(u)), Tag::Int("g", i64::from(g))];
    // Large zones are labelled first.
    let of_zone = |row: usize| {
        let mut tags = graded(zones.uses[row], zones.grades[row]);
        tags.push(Tag::Int("a", zones.areas[row].round() as i64));
        tags
    };
    let of_object = |row: usize| {
        let mut tags = graded(objects.uses[row], objects.grades[row]);
        if let Some(previous) = previous {
            tags.push(Tag::Int("p", i64::from(previous.grades[row])));
            tags.extend(previous.growth[row].map(|growth| Tag::Int("d", i64::from(growth))));
        }
        tags
    };
    let numbers = places::numbers_in_use(named);
    let of_place = |rows: &[crate::release::PlaceRow], numbers: &[usize], row: usize| {
        let mut tags = vec![Tag::Int("u", i64::from(rows[row].use_index)), Tag::Int("r", numbers[row] as i64)];
        tags.extend(rows[row].published.map(|_| Tag::Int("v", 1)));
        tags
    };
    let (zone_shapes, areas, streets) =
        (carried(&zones.shapes)?, carried(&named.areas.shapes)?, carried(&named.streets.shapes)?);
    let of_area = |row: usize| of_place(&named.areas.rows, &numbers.0, row);
    let of_street = |row: usize| of_place(&named.streets.rows, &numbers.1, row);
    let layer = |name, shapes, zooms, tags| Layer { name, shapes, zooms, groups: None, numbered: false, tags };
    let (least, most) = zooms;
    let nothing = |_: usize| Vec::new();
    let alike: Vec<u8> = vec![
        0;
        [&ground.water, &ground.rivers, &ground.roads, &ground.districts]
            .map(Shapes::len)
            .into_iter()
            .max()
            .unwrap_or(0)
    ];
    let of_last = |row: usize| last.tags(row);
    let of_name = |row: usize| vec![Tag::Int("r", row as i64)];
    let below = |name, shapes| Layer { groups: Some(&alike), ..layer(name, shapes, least..=most, &nothing) };
    let layers = [
        below("water", &ground.water),
        below("rivers", &ground.rivers),
        below("roads", &ground.roads),
        below("districts", &ground.districts),
        Layer { groups: Some(&zones.uses), ..layer("zones", &zone_shapes, least..=most, &of_zone) },
        Layer { numbered: true, ..layer("objects", shapes, most..=most, &of_object) },
        layer("areas", &areas, least.max(10)..=most, &of_area),
        layer("streets", &streets, least.max(10)..=most, &of_street),
        layer("last", &last.points, least..=most, &of_last),
        layer("names", &ground.places, least..=most, &of_name),
    ];
    tiles::archive(&layers, extent, "{}")
}
