//! FlatGeobuf: one layer in a file with its spatial index, read piece by piece over the web; written by GDAL.

use super::{Part, Table, Written, ogr};
use crate::land::{Outcome, Text};
use crate::say;
use gdal::DriverManager;
use std::path::Path;

/// Writes a table with its geometry.
///
/// # Errors
/// `gdal`, `io`, `cancelled`.
pub fn write(table: &Table<'_>, target: &Path) -> Outcome<Written> {
    let part = Part::new(target)?;
    let place = target.display().to_string();
    let failed = |error| ogr::fault(&error, &table.name, &place);
    // GDAL makes a folder of layers where the name does not end as the format's files do.
    let aside = part.path().with_extension("fgb");
    let driver = DriverManager::get_driver_by_name("FlatGeobuf").map_err(failed)?;
    let mut dataset = driver.create_vector_only(&aside).map_err(failed)?;
    let done = ogr::add(&mut dataset, table, &["SPATIAL_INDEX=YES"], &place);
    let closed = dataset.close().map_err(failed);
    let moved = done.and(closed).and_then(|()| {
        let stuck = |error| {
            crate::land::Fault::io(say!("the file cannot be moved to its place", "无法移动文件"), target, &error)
        };
        std::fs::rename(&aside, part.path()).map_err(stuck)
    });
    if let Err(fault) = moved {
        let _ = std::fs::remove_file(&aside);
        return Err(fault);
    }
    let replaced = part.commit()?;
    let losses = vec![dictionary()];
    Ok(Written { path: target.to_path_buf(), beside: Vec::new(), rows: table.rows, replaced, losses })
}

/// What of fields no GDAL layer of this kind holds.
fn dictionary() -> Text {
    say!(
        "titles and units of fields are not in the file; its .qml has the titles",
        "文件不保存字段的中文名与单位;中文名见同名 .qml"
    )
}
