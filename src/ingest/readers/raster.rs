//! Single-band rasters, such as a terrain model: values, and slopes made from them.

use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::space::{Crs, Extent, Point};
use gdal::Dataset;
use std::path::Path;

/// A raster's first band. Places are in the raster's own system.
#[derive(Clone, Debug)]
pub struct Grid {
    pub columns: usize,
    pub rows: usize,
    /// Row-major from the north-west corner; NaN where there is no data.
    pub values: Vec<f32>,
    /// GDAL's affine transform: x = t0 + column·t1 + row·t2, y = t3 + column·t4 + row·t5, at the cells' corners.
    pub transform: [f64; 6],
    pub crs: Option<Crs>,
    /// The unit of the values as the file names it, ° of slopes; empty where it names none.
    pub unit: String,
}

/// What stands where a raster should, if it has no band.
fn other_kind(path: &Path) -> Option<Text> {
    crate::space::quiet::gdal();
    // Some rasters are folders.
    let bands = Dataset::open(path).ok().map(|dataset| dataset.raster_count());
    match bands {
        Some(0) => Some(say!("a file of vector layers", "矢量图层文件")),
        None if path.is_dir() => Some(say!("a folder", "文件夹")),
        _ => None,
    }
}

impl Grid {
    /// Reads the first band of a raster.
    ///
    /// # Errors
    /// `unreadable-raster` with GDAL's words, `no-raster` for a folder or a file of layers; `rotated-raster` where rows do not run east.
    pub fn read(path: &Path) -> Outcome<Grid> {
        if let Some(kind) = other_kind(path) {
            let Text { en, zh } = kind;
            return Err(Fault::new(
                "no-raster",
                say!("{en} is no raster", "{zh}不是栅格"),
                say!("name the raster file itself, such as dem.tif", "请指定栅格文件本身,如 dem.tif"),
            )
            .at(path.display()));
        }
        let read = || -> Result<Grid, gdal::errors::GdalError> {
            crate::space::quiet::gdal();
            let dataset = Dataset::open(path)?;
            let band = dataset.rasterband(1)?;
            let (columns, rows) = dataset.raster_size();
            let stored = band.read_as::<f64>((0, 0), (columns, rows), (columns, rows), None)?;
            // The mark of no data is a stored value; what a stored value means is told by the band's scale and offset.
            let none = band.no_data_value();
            let (scale, offset) = (band.scale().unwrap_or(1.0), band.offset().unwrap_or(0.0));
            let value = |stored: &f64| if Some(*stored) == none { f32::NAN } else { (stored * scale + offset) as f32 };
            let mut values: Vec<f32> = stored.data().iter().map(value).collect();
            // A mask or an alpha band marks cells without data by 0.
            let flags = band.mask_flags()?;
            if flags.is_per_dataset() || flags.is_alpha() {
                let mask = band.open_mask_band()?.read_as::<u8>((0, 0), (columns, rows), (columns, rows), None)?;
                values
                    .iter_mut()
                    .zip(mask.data())
                    .filter(|(_, mask)| **mask == 0)
                    .for_each(|(value, _)| *value = f32::NAN);
            }
            let crs = dataset.spatial_ref().ok().as_ref().and_then(Crs::of_srs);
            let unit = band.unit().trim().to_string();
            Ok(Grid { columns, rows, values, transform: dataset.geo_transform()?, crs, unit })
        };
        let grid = read().map_err(|error| {
            Fault::new(
                "unreadable-raster",
                say!("the raster cannot be read: {error}", "无法读取栅格:{error}"),
                say!("check that it is a raster GDAL opens, such as GeoTIFF", "请确认是 GDAL 能打开的栅格(如 GeoTIFF)"),
            )
            .at(path.display())
        })?;
        let [_, width, skew_x, _, skew_y, height] = grid.transform;
        if skew_x != 0.0 || skew_y != 0.0 || width == 0.0 || height == 0.0 {
            return Err(Fault::new(
                "rotated-raster",
                say!("the raster's rows do not run from west to east", "栅格的行不是自西向东"),
                say!("warp it to a north-up grid first", "请先重采样为正北向上的栅格"),
            )
            .at(path.display()));
        }
        Ok(grid)
    }

    /// The box of its cells, in its own system.
    pub fn extent(&self) -> Extent {
        let [x, width, _, y, _, height] = self.transform;
        let far = Point::new(x + self.columns as f64 * width, y + self.rows as f64 * height);
        Extent::of(&[Point::new(x, y), far])
    }

    fn cell(&self, column: usize, row: usize) -> f64 {
        f64::from(self.values[row * self.columns + column])
    }

    /// The value at a place: bilinear between cell centres, the nearest cell's within half a cell of the rim, NaN outside the raster
    /// and where a cell that counts has no data.
    pub fn sample(&self, place: Point) -> f64 {
        let column = (place.x - self.transform[0]) / self.transform[1];
        let row = (place.y - self.transform[3]) / self.transform[5];
        if !(0.0..=self.columns as f64).contains(&column) || !(0.0..=self.rows as f64).contains(&row) {
            return f64::NAN;
        }
        let along = |at: f64, count: usize| {
            let at = (at - 0.5).clamp(0.0, (count - 1) as f64);
            let first = (at as usize).min(count.saturating_sub(2));
            (first, (first + 1).min(count - 1), at - first as f64)
        };
        let (west, east, x) = along(column, self.columns);
        let (north, south, y) = along(row, self.rows);
        let mut sum = 0.0;
        for (column, row, share) in [
            (west, north, (1.0 - x) * (1.0 - y)),
            (east, north, x * (1.0 - y)),
            (west, south, (1.0 - x) * y),
            (east, south, x * y),
        ] {
            if share > 0.0 {
                sum += share * self.cell(column, row);
            }
        }
        sum
    }

    /// The slope in degrees (Horn's method over the eight neighbours); NaN on the rim and beside cells without data. On a geographic grid
    /// the cell's width in metres is taken at the latitude of its row, on a sphere of radius 6 371 008.8 m.
    #[must_use]
    pub fn slope(&self) -> Grid {
        const METRES_PER_DEGREE: f64 = 6_371_008.8 * std::f64::consts::PI / 180.0;
        let geographic = self.crs.as_ref().is_some_and(|crs| crs.geographic);
        let metres = self.crs.as_ref().map_or(1.0, |crs| crs.metres_per_unit);
        let mut values = vec![f32::NAN; self.values.len()];
        for row in 1..self.rows.saturating_sub(1) {
            let latitude = self.transform[3] + (row as f64 + 0.5) * self.transform[5];
            let (along_x, along_y) = if geographic {
                (METRES_PER_DEGREE * libm::cos(latitude.to_radians()), METRES_PER_DEGREE)
            } else {
                (metres, metres)
            };
            let (width, height) = (self.transform[1].abs() * along_x, self.transform[5].abs() * along_y);
            for column in 1..self.columns.saturating_sub(1) {
                let at = |dx: usize, dy: usize| self.cell(column + dx - 1, row + dy - 1);
                let east = (at(2, 0) + 2.0 * at(2, 1) + at(2, 2)) - (at(0, 0) + 2.0 * at(0, 1) + at(0, 2));
                let south = (at(0, 2) + 2.0 * at(1, 2) + at(2, 2)) - (at(0, 0) + 2.0 * at(1, 0) + at(2, 0));
                let (east, south) = (east / (8.0 * width), south / (8.0 * height));
                values[row * self.columns + column] =
                    libm::atan(libm::sqrt(east * east + south * south)).to_degrees() as f32;
            }
        }
        Grid { values, unit: "°".to_string(), ..self.clone() }
    }
}

#[cfg(test)]
#[path = "raster_tests.rs"]
mod tests;
