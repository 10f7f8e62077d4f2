//! The hamlet 样例村: twelve parcels so small and round that every score, grade and price can be worked by hand.
//!
//! Its README in `data-samples/hamlet` works them; a test holds the README and the engine together. Places are written in metres east and
//! north of [`ORIGIN`], so that distances come out as whole numbers or as the long side of a 3-4-5 triangle.

mod facilities;
mod heights;
mod parcels;
mod project;
mod tables;

use crate::formats::geojson::{self, Coordinates};
use crate::formats::{Part, csv};
use crate::land::{Fault, Outcome};
use crate::say;
use crate::space::{Crs, Point, Shapes};
use std::path::Path;

/// The place 0, 0 of the hamlet in EPSG:4547. Nothing of the real ground there is meant.
pub const ORIGIN: Point = Point { x: 500_000.0, y: 3_000_000.0 };

/// Writes the hamlet's files into a new folder: five GeoJSON layers, a height raster, two tables and the project file.
///
/// # Errors
/// `io` where the folder cannot be written.
pub fn write(folder: &Path) -> Outcome<()> {
    let crs = Crs::parse("EPSG:4547")?;
    let part = Part::new(folder)?;
    std::fs::create_dir_all(part.path())
        .map_err(|e| Fault::io(say!("cannot make the folder", "无法创建文件夹"), folder, &e))?;
    for layer in
        [parcels::layer(), facilities::centres(), facilities::roads(), facilities::services(), facilities::planning()]
    {
        let file = part.path().join(format!("{}.geojson", layer.name));
        geojson::write(&layer.table(&crs), &file, &geojson::Options { crs: Coordinates::Native })?;
    }
    for table in [tables::samples(), tables::index()] {
        let options = csv::Options { bom: false, header: csv::Header::Names, rounded: false };
        csv::write(&table, &part.path().join(format!("{}.csv", table.name)), &options)?;
    }
    for (name, text) in [("heights.asc", heights::text()), ("project.toml", project::PROJECT.to_string())] {
        let file = part.path().join(name);
        std::fs::write(&file, text).map_err(|e| Fault::io(say!("cannot write", "无法写入"), &file, &e))?;
    }
    part.commit()?;
    Ok(())
}

/// A place so many metres east and north of the origin.
fn place([east, north]: [i32; 2]) -> Point {
    Point::new(ORIGIN.x + f64::from(east), ORIGIN.y + f64::from(north))
}

/// Adds a polygon given by its corners, once around.
fn push_polygon(shapes: &mut Shapes, corners: &[[i32; 2]]) {
    let ring: Vec<Point> = corners.iter().chain(corners.first()).map(|&corner| place(corner)).collect();
    shapes.push_ring(&ring, true);
    shapes.end_feature();
}

/// The corners of an upright rectangle, from its south-west corner and its sides.
fn rectangle([west, south]: [i32; 2], [width, height]: [i32; 2]) -> Vec<[i32; 2]> {
    let (east, north) = (west + width, south + height);
    vec![[west, south], [east, south], [east, north], [west, north]]
}
