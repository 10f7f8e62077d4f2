//! GeoPackages: one file with several layers, their spatial indexes, column titles and QGIS styles, written page by page.
//!
//! GDAL makes the empty file (`skeleton`), SQLite adds what stands beside the rows (`metadata`), and the rows (`rows`) and the
//! spatial index (`rtree`) are appended as finished database pages (`pages`, `tree`; docs/decisions/0006-geopackage-pages.md).

mod fault;
mod geometry;
mod metadata;
mod pages;
mod record;
mod rows;
mod rtree;
mod skeleton;
mod tree;

use super::style::Style;
use super::{Part, Table, Written};
use crate::land::{Outcome, cancel};
use crate::space::Shapes;
use std::path::{Path, PathBuf};

/// One layer of a GeoPackage: a table with geometry, or one without (an "attributes" table), and how a map shows it.
pub struct Layer<'a> {
    pub table: &'a Table<'a>,
    pub style: Option<&'a Style>,
}

/// Writes the layers into one GeoPackage at `target`. Rows keep their order and get the keys 1, 2, …; a layer one of whose features has
/// several parts holds multi-part geometries throughout; a row without geometry stays, unseen by the spatial index.
///
/// # Errors
/// `name-twice`, `gdal` where a layer cannot be made, `io`, `cancelled`; nothing is left at `target` then that was not there before.
pub fn write(target: &Path, layers: &[Layer<'_>]) -> Outcome<Written> {
    skeleton::check_names(target, layers.iter().map(|layer| layer.table.name.as_str()))?;
    let mut plans: Vec<Plan<'_>> = layers.iter().map(|layer| Plan::of(layer, target)).collect();
    for plan in &plans {
        skeleton::check_names(target, plan.table.fields.iter().map(|field| field.name.as_str()))?;
    }
    let part = Part::new(target)?;
    let empty = skeleton::bytes(target, &plans)?;
    std::fs::write(part.path(), empty).map_err(|error| fault::io(target, &error))?;
    let roots = metadata::write(part.path(), target, &mut plans)?;
    cancel::checkpoint()?;
    let mut database = tree::Database::open(part.path()).map_err(|error| fault::io(target, &error))?;
    for (plan, roots) in plans.iter().zip(&roots) {
        let cells = rows::write(plan, &mut database, roots.rows)?;
        if let Some(shadow) = &roots.index {
            rtree::write(&cells, shadow, &mut database, |error| fault::io(target, &error))?;
        }
    }
    database.finish().map_err(|error| fault::io(target, &error))?;
    let replaced = part.commit()?;
    for ending in ["-journal", "-wal", "-shm"] {
        // What a program left of an earlier file would be applied to this one. Mostly there is none.
        let mut left = target.as_os_str().to_os_string();
        left.push(ending);
        let _ = std::fs::remove_file(left);
    }
    let rows = layers.iter().map(|layer| layer.table.rows).sum();
    Ok(Written { path: target.to_path_buf(), beside: Vec::new(), rows, replaced, losses: Vec::new() })
}

/// A layer and what was decided about it.
struct Plan<'a> {
    table: &'a Table<'a>,
    style: Option<&'a Style>,
    /// The column of the rows' numbers, named otherwise than any field.
    key: String,
    geometry: String,
    /// Whether geometries are of the multi-part type.
    multi: bool,
    /// The system's number in this file, known once GDAL has made the layer.
    srs_id: i32,
    /// What faults name.
    path: PathBuf,
}

impl<'a> Plan<'a> {
    fn of(layer: &Layer<'a>, target: &Path) -> Plan<'a> {
        let table = layer.table;
        debug_assert!(table.shapes.is_none_or(|shapes| shapes.len() == table.rows), "a geometry for every row or none");
        Plan {
            table,
            style: layer.style,
            key: free_name(table, "fid"),
            geometry: free_name(table, "geom"),
            multi: table.shapes.is_some_and(|shapes| shapes.iter().any(|shape| shape.parts() > 1)),
            srs_id: 0,
            path: target.to_path_buf(),
        }
    }

    fn shapes(&self) -> Option<&'a Shapes> {
        self.table.shapes
    }
}

/// `name`, or `name_1`, … where a field is called that.
fn free_name(table: &Table<'_>, name: &str) -> String {
    let taken = |name: &String| table.fields.iter().any(|field| field.name.eq_ignore_ascii_case(name));
    std::iter::once(name.to_string())
        .chain((1..).map(|number| format!("{name}_{number}")))
        .find(|name| !taken(name))
        .expect("there are more numbers than fields")
}

#[cfg(test)]
#[path = "gpkg_tests.rs"]
mod tests;
