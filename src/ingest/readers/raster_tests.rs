use super::*;

/// A plane z = 2 + 0.3·x − 0.4·y on 10 m cells, north up.
fn plane() -> Grid {
    let (columns, rows) = (6, 5);
    let transform = [1000.0, 10.0, 0.0, 2000.0, 0.0, -10.0];
    let place = |column: usize, row: usize| (1005.0 + 10.0 * column as f64, 1995.0 - 10.0 * row as f64);
    let value = |(x, y): (f64, f64)| (2.0 + 0.3 * x - 0.4 * y) as f32;
    let values = (0..rows * columns).map(|cell| value(place(cell % columns, cell / columns))).collect();
    Grid { columns, rows, values, transform, crs: None, unit: String::new() }
}

#[test]
fn a_plane_is_sampled_exactly_and_its_slope_is_that_of_its_gradient() {
    let grid = plane();
    // Between centres, worked from the formula of the plane.
    assert!((grid.sample(Point::new(1022.0, 1977.0)) - (2.0 + 0.3 * 1022.0 - 0.4 * 1977.0)).abs() < 1e-3);
    // |gradient| = √(0.3² + 0.4²) = 0.5 → atan 0.5 = 26.565°.
    let slope = grid.slope();
    assert!((f64::from(slope.values[2 * 6 + 3]) - 26.565_051).abs() < 1e-3);
    assert!(slope.values[0].is_nan());
}

#[test]
fn outside_and_without_data_there_is_no_value() {
    let mut grid = plane();
    assert!(grid.sample(Point::new(999.0, 1975.0)).is_nan());
    grid.values[7] = f32::NAN;
    assert!(grid.sample(Point::new(1016.0, 1984.0)).is_nan());
    assert!(!grid.sample(Point::new(1045.0, 1965.0)).is_nan());
}

#[test]
fn cells_that_a_mask_leaves_out_have_no_value() {
    use gdal::DriverManager;
    use gdal::raster::Buffer;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("masked.tif");
    let driver = DriverManager::get_driver_by_name("GTiff").unwrap();
    let mut raster = driver.create_with_band_type::<f32, _>(&path, 3, 2, 1).unwrap();
    raster.set_geo_transform(&[0.0, 10.0, 0.0, 20.0, 0.0, -10.0]).unwrap();
    let mut band = raster.rasterband(1).unwrap();
    let values = vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
    band.write((0, 0), (3, 2), &mut Buffer::new((3, 2), values)).unwrap();
    band.create_mask_band(true).unwrap();
    let mut mask = band.open_mask_band().unwrap();
    mask.write((0, 0), (3, 2), &mut Buffer::new((3, 2), vec![255_u8, 0, 255, 255, 255, 0])).unwrap();
    raster.close().unwrap();
    let grid = Grid::read(&path).unwrap();
    let shown = grid.values.iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" ");
    assert_eq!(shown, "1 NaN 3 4 5 NaN");
    assert_eq!(grid.extent(), Extent { min: Point::new(0.0, 0.0), max: Point::new(30.0, 20.0) });
}

#[test]
fn a_band_of_opacity_tells_where_the_raster_has_no_value() {
    use gdal::DriverManager;
    use gdal::raster::{Buffer, ColorInterpretation};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("alpha.tif");
    let driver = DriverManager::get_driver_by_name("GTiff").unwrap();
    let mut raster = driver.create_with_band_type::<u8, _>(&path, 3, 1, 2).unwrap();
    raster.set_geo_transform(&[0.0, 10.0, 0.0, 10.0, 0.0, -10.0]).unwrap();
    raster.rasterband(2).unwrap().set_color_interpretation(ColorInterpretation::AlphaBand).unwrap();
    for (band, values) in [(1, vec![7_u8, 8, 9]), (2, vec![255, 128, 0])] {
        raster.rasterband(band).unwrap().write((0, 0), (3, 1), &mut Buffer::new((3, 1), values)).unwrap();
    }
    raster.close().unwrap();
    // Half seen is still seen.
    let grid = Grid::read(&path).unwrap();
    assert!(grid.values[..2] == [7.0, 8.0] && grid.values[2].is_nan(), "{:?}", grid.values);
}

#[test]
fn a_real_terrain_model_opens_and_slopes() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real/swellendam/srtm_41_19_4326.tif");
    if !path.exists() {
        println!("skipped: shared data not present");
        return;
    }
    let grid = Grid::read(&path).unwrap();
    assert_eq!(grid.crs.as_ref().and_then(|crs| crs.epsg), Some(4326));
    let slope = grid.slope();
    let steepest = slope.values.iter().copied().filter(|value| !value.is_nan()).fold(0.0, f32::max);
    assert!((10.0..85.0).contains(&steepest), "mountains, and not cliffs everywhere: {steepest}");
}

#[test]
fn a_file_that_is_no_raster_is_named() {
    let fault = Grid::read(Path::new("Cargo.toml")).unwrap_err();
    assert_eq!(fault.code, "unreadable-raster");
    assert_eq!(fault.place.as_deref(), Some("Cargo.toml"));
    let folder = Grid::read(Path::new("src")).unwrap_err();
    assert_eq!((folder.code, folder.what.en.as_str()), ("no-raster", "a folder is no raster"));
    let layers = Grid::read(Path::new("data-samples/hamlet/parcels.geojson")).unwrap_err();
    assert_eq!((layers.code, layers.what.en.as_str()), ("no-raster", "a file of vector layers is no raster"));
}
