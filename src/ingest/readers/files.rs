//! The files a source consists of: a shapefile's companions, a raster's world file, what a virtual layer refers to.

use crate::space::quiet;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags};
use std::ffi::CStr;
use std::path::{Path, PathBuf};

/// Endings of files that are whole alone. Opening some of them means reading them.
const ALONE: [&str; 12] =
    ["gpkg", "geojson", "json", "geojsonl", "fgb", "csv", "tsv", "txt", "xlsx", "xlsm", "xls", "ods"];

/// The source itself, then the files that GDAL reads with it, sorted; of a folder (a File Geodatabase) the folder alone.
pub fn of(path: &Path) -> Vec<PathBuf> {
    let mut files = vec![path.to_path_buf()];
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    if path.is_dir() || ALONE.contains(&ending.as_str()) {
        return files;
    }
    quiet::gdal();
    let options = DatasetOptions { open_flags: GdalOpenFlags::GDAL_OF_READONLY, ..DatasetOptions::default() };
    // What cannot be opened is told by the reader.
    let Ok(dataset) = Dataset::open_ex(path, options) else { return files };
    let mut beside = listed(&dataset);
    // GDAL reads a shapefile's encoding from a file that it does not list.
    beside.extend(["cpg", "CPG"].map(|ending| path.with_extension(ending)).into_iter().filter(|_| ending == "shp"));
    beside.retain(|file| file != path && file.is_file());
    beside.sort();
    beside.dedup();
    files.extend(beside);
    files
}

fn listed(dataset: &Dataset) -> Vec<PathBuf> {
    let mut files = Vec::new();
    // SAFETY: GDAL hands out a list of C strings that ends with a null pointer, or null for no list; it is ours to destroy.
    unsafe {
        let list = gdal_sys::GDALGetFileList(dataset.c_dataset());
        let mut at = list;
        while !at.is_null() && !(*at).is_null() {
            files.push(PathBuf::from(CStr::from_ptr(*at).to_string_lossy().into_owned()));
            at = at.add(1);
        }
        gdal_sys::CSLDestroy(list);
    }
    files
}

#[cfg(test)]
#[path = "files_tests.rs"]
mod tests;
