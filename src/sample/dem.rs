//! The height raster as a GeoTIFF.

use super::relief::Dem;
use crate::formats::{Part, Written};
use crate::land::{Fault, Outcome};
use crate::say;
use crate::space::Crs;
use gdal::DriverManager;
use gdal::raster::{Buffer, RasterCreationOptions};
use gdal::spatial_ref::SpatialRef;
use std::path::Path;

impl Dem {
    /// Writes the heights as a tiled, deflated Float32 GeoTIFF.
    ///
    /// # Errors
    /// `write-raster` where GDAL cannot write it; `io` where the folder cannot be written.
    pub fn write(&self, path: &Path, crs: &Crs) -> Outcome<Written> {
        let part = Part::new(path)?;
        self.write_plain(part.path(), crs).map_err(|error| {
            Fault::new(
                "write-raster",
                say!("GDAL cannot write the height raster: {error}", "GDAL 无法写出高程栅格:{error}"),
                say!("check the folder and the free space on the disk", "请检查文件夹和磁盘剩余空间"),
            )
            .at(path.display())
        })?;
        let replaced = part.commit()?;
        Ok(Written {
            path: path.to_path_buf(),
            beside: Vec::new(),
            rows: self.heights.len(),
            replaced,
            losses: Vec::new(),
        })
    }

    fn write_plain(&self, path: &Path, crs: &Crs) -> gdal::errors::Result<()> {
        let options = RasterCreationOptions::from_iter(["TILED=YES", "COMPRESS=DEFLATE", "PREDICTOR=3"]);
        let driver = DriverManager::get_driver_by_name("GTiff")?;
        let size = (self.columns, self.rows);
        let mut raster = driver.create_with_band_type_with_options::<f32, _>(path, size.0, size.1, 1, &options)?;
        raster.set_geo_transform(&[self.corner.x, self.cell, 0.0, self.corner.y, 0.0, -self.cell])?;
        raster.set_spatial_ref(&SpatialRef::from_wkt(&crs.wkt)?)?;
        let mut buffer = Buffer::new(size, self.heights.clone());
        raster.rasterband(1)?.write((0, 0), size, &mut buffer)?;
        raster.close()
    }
}
