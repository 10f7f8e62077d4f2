//! The empty GeoPackage: GDAL makes it, with its layers, coordinate reference systems, spatial index tables and triggers.

use super::{Plan, fault};
use crate::formats::ogr::{field_type, geometry_type, spatial_ref};
use crate::formats::table::{CellKind, Declared};
use crate::land::{Fault, Outcome};
use gdal::errors::GdalError;
use gdal::vector::{FieldDefn, LayerOptions, OGRFieldType, OGRwkbGeometryType};
use gdal::{DriverManager, vsi};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The bytes of a GeoPackage with these layers and no rows. It is made in memory: GDAL warns of names that do not end in `.gpkg`, as
/// part files do not, and waits for the disk.
///
/// # Errors
/// `gdal` where a layer cannot be made.
pub fn bytes(target: &Path, plans: &[Plan<'_>]) -> Outcome<Vec<u8>> {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    // The name is seen by nobody; its number keeps two writers of one process apart.
    let file = Memory(PathBuf::from(format!("/vsimem/skeleton-{}.gpkg", COUNT.fetch_add(1, Ordering::Relaxed))));
    let refused = |error| fault::gdal(target, "", &error);
    let driver = DriverManager::get_driver_by_name("GPKG").map_err(refused)?;
    let mut dataset = driver.create_vector_only(&file.0).map_err(refused)?;
    for plan in plans {
        add_layer(&mut dataset, plan).map_err(|error| fault::gdal(target, &plan.table.name, &error))?;
    }
    // A failed flush shows only here.
    dataset.close().map_err(refused)?;
    vsi::get_vsi_mem_file_bytes_owned(&file.0).map_err(refused)
}

/// A file of GDAL's memory, freed with its owner.
struct Memory(PathBuf);

impl Drop for Memory {
    fn drop(&mut self) {
        // It is gone where its bytes were taken.
        let _ = vsi::unlink_mem_file(&self.0);
    }
}

fn add_layer(dataset: &mut gdal::Dataset, plan: &Plan<'_>) -> Result<(), GdalError> {
    let srs = plan.table.crs.filter(|_| plan.shapes().is_some()).map(spatial_ref).transpose()?;
    let key = format!("FID={}", plan.key);
    let geometry = format!("GEOMETRY_NAME={}", plan.geometry);
    let options = [key.as_str(), geometry.as_str(), "SPATIAL_INDEX=YES"];
    let layer = dataset.create_layer(LayerOptions {
        name: &plan.table.name,
        srs: srs.as_ref(),
        ty: plan.shapes().map_or(OGRwkbGeometryType::wkbNone, |shapes| geometry_type(shapes.kind, plan.multi)),
        options: Some(&options[..if plan.shapes().is_some() { 3 } else { 1 }]),
    })?;
    plan.table.fields.iter().try_for_each(|field| {
        let (kind, width) = match (field.declared, field.cells.kind()) {
            (Some(Declared::Char(width)), CellKind::Text) => (OGRFieldType::OFTString, width),
            (Some(Declared::Date), CellKind::Text) => (OGRFieldType::OFTDate, 0),
            _ => (field_type(&field.cells), 0),
        };
        let defined = FieldDefn::new(&field.name, kind)?;
        defined.set_width(i32::from(width));
        defined.add_to_layer(&layer)
    })
}

/// Refuses layers or fields whose names SQLite would take for one.
///
/// # Errors
/// `name-twice`.
pub fn check_names<'n>(target: &Path, names: impl Iterator<Item = &'n str>) -> Result<(), Fault> {
    let mut seen: Vec<String> = Vec::new();
    for name in names {
        let plain = name.to_lowercase();
        if plain.is_empty() || seen.contains(&plain) {
            return Err(fault::name(target, name));
        }
        seen.push(plain);
    }
    Ok(())
}
