use super::super::sales::{NOISE, OUTLIERS};
use super::*;
use crate::land::column::Value;
use crate::land::date::Quarter;
use crate::space::index::BoxIndex;
use crate::space::measure::{area, centroid, covers};
use crate::space::overlap::{Overlap, ZonePart};
use crate::space::{Kind, Point, Shapes};
use geo::Validation;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

fn plan(parcels: usize, seed: u64) -> Plan {
    Plan { parcels, seed, years: vec![2025, 2026] }
}

fn small() -> City {
    city(&plan(3000, 11)).unwrap()
}

/// Every coordinate and value of every layer.
fn digest(city: &City) -> Vec<u8> {
    let mut digest = Sha256::new();
    for layer in city.years.iter().flat_map(|year| &year.layers) {
        layer
            .shapes
            .points()
            .iter()
            .for_each(|p| digest.update([p.x.to_bits(), p.y.to_bits()].map(u64::to_le_bytes).concat()));
        for column in &layer.columns {
            digest.update(format!("{:?}", column.column.values));
        }
    }
    city.years.iter().flat_map(|year| &year.truth).for_each(|price| digest.update(price.to_bits().to_le_bytes()));
    city.dem.heights.iter().for_each(|height| digest.update(height.to_bits().to_le_bytes()));
    digest.finalize().to_vec()
}

fn layer<'a>(year: &'a Year, name: &str) -> &'a SampleLayer {
    year.layer(name).unwrap()
}

fn ids(year: &Year) -> Vec<&str> {
    layer(year, "parcels").texts("zddm").unwrap().iter().collect()
}

fn polygon(shapes: &Shapes, row: usize) -> geo::Polygon<f64> {
    let ring = |points: &[Point]| points.iter().map(|p| (p.x, p.y)).collect::<Vec<_>>().into();
    let mut rings: Vec<geo::LineString<f64>> = shapes.get(row).rings().map(|r| ring(r.points)).collect();
    let outer = rings.remove(0);
    geo::Polygon::new(outer, rings)
}

#[test]
fn the_same_plan_gives_the_same_city_and_another_seed_another() {
    let one = digest(&city(&plan(1500, 5)).unwrap());
    assert_eq!(one, digest(&city(&plan(1500, 5)).unwrap()));
    assert_ne!(one, digest(&city(&plan(1500, 6)).unwrap()));
}

#[test]
fn a_city_of_any_size_and_seed_has_as_many_parcels_as_asked_for() {
    for (parcels, seed) in [(300, 1), (301, 2), (450, 3), (700, 4), (1234, 5), (5000, 6)] {
        for seed in seed..seed + 12 {
            let city = city(&plan(parcels, seed)).unwrap();
            assert_eq!(city.years[0].truth.len(), parcels, "seed {seed}");
            assert!(layer(&city.years[0], "parks").shapes.len() + layer(&city.years[0], "centres").shapes.len() > 5);
        }
    }
}

#[test]
fn every_polygon_is_valid_and_no_two_of_a_layer_overlap() {
    let city = small();
    for layer in city.years.iter().flat_map(|year| &year.layers).filter(|layer| layer.shapes.kind == Kind::Polygon) {
        let (shapes, index) = (&layer.shapes, BoxIndex::of_shapes(&layer.shapes));
        let (mut near, mut overlap) = (Vec::new(), Overlap::default());
        for row in 0..shapes.len() {
            assert!(polygon(shapes, row).is_valid(), "{} {row}", layer.name);
            let (shape, extent) = (shapes.get(row), shapes.get(row).extent());
            index.touching(extent, &mut near);
            for other in near.iter().map(|&other| other as usize).filter(|&other| other > row) {
                let part = ZonePart::new(shapes.get(other), extent.grown(1.0));
                let shared = overlap.area(shape, area(shape), extent, &part);
                assert!(shared < 1e-4, "{} {row} {other}: {shared}", layer.name);
            }
        }
    }
}

#[test]
fn parcels_have_4_to_12_corners_in_whole_millimetres_and_some_are_concave() {
    let city = small();
    let shapes = &layer(&city.years[1], "parcels").shapes;
    let mut concave = 0;
    for shape in shapes.iter() {
        let points = shape.points();
        assert!((5..=13).contains(&points.len()));
        for point in points {
            for value in [point.x, point.y] {
                assert_eq!(format!("{value:.3}").parse::<f64>().unwrap(), value);
            }
        }
        let ring = &points[..points.len() - 1];
        let corner = |at: usize| ring[at % ring.len()];
        // A turn to the right by more than 10 cm off the straight line.
        let dents = (0..ring.len()).filter(|&at| {
            super::super::ring::turn(corner(at), corner(at + 1), corner(at + 2))
                < -0.1 * corner(at).distance(corner(at + 2))
        });
        concave += usize::from(dents.count() > 0);
    }
    assert!(concave * 10 > shapes.len(), "{concave}");
}

#[test]
fn parcel_codes_are_unique_ascending_and_name_their_district() {
    let city = small();
    for year in &city.years {
        let ids = ids(year);
        assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(ids.iter().all(|id| id.len() == 19 && &id[12..14] == "GB" && id.starts_with("9901")));
        let (parcels, districts) = (layer(year, "parcels"), layer(year, "districts"));
        let codes = districts.texts("xzqdm").unwrap();
        for (row, id) in ids.iter().enumerate() {
            let middle = centroid(parcels.shapes.get(row)).unwrap();
            let inside: Vec<usize> = (0..3).filter(|&n| covers(districts.shapes.get(n), middle)).collect();
            assert_eq!(inside.len(), 1);
            assert_eq!(codes.get(inside[0]), parcels.texts("xzqdm").unwrap().get(row));
            assert_eq!(&id[..6], codes.get(inside[0]));
            let registered = parcels.reals("mj").unwrap()[row] / area(parcels.shapes.get(row)) - 1.0;
            assert!(registered.abs() < 0.004_001, "{registered}");
        }
    }
}

#[test]
fn names_of_fields_fit_a_shapefile_and_every_title_is_in_both_languages() {
    let city = small();
    for table in city.tables(&city.years[0]) {
        let names: BTreeSet<&str> = table.fields.iter().map(|field| field.name.as_str()).collect();
        assert_eq!(names.len(), table.fields.len());
        assert!(names.iter().all(|name| name.len() <= 10 && name.is_ascii()), "{names:?}");
        for field in &table.fields {
            assert!(!field.title.en.is_empty() && !field.title.zh.is_ascii(), "{} {}", table.name, field.name);
            assert!((0..table.rows).all(|row| field.cells.get(row) != Value::None), "{} {}", table.name, field.name);
        }
    }
    assert_eq!(city.years[1].index_table().rows, 20);
}

/// The sample's price brought to the full term, the set plot ratio and the year's base date: written out here once more with the standard
/// library's functions, after GB/T 18508 (docs/methods).
fn corrected(year: &Year, samples: &SampleLayer, row: usize) -> f64 {
    let land_use = land_use(samples, row);
    let terms = &year.corrections.uses[land_use];
    let value = |name: &str| samples.reals(name).unwrap()[row];
    let index = |quarter: Quarter| {
        year.corrections.index.iter().find(|(at, _)| *at == quarter).unwrap_or_else(|| panic!("{quarter}")).1[land_use]
    };
    let date = crate::land::date::parse(samples.texts("jyrq").unwrap().get(row)).unwrap();
    let k_date = index(year.corrections.base_quarter) / index(Quarter::of(date));
    let annuity = |years: f64| (1.0 - (1.0 + terms.rate).powf(-years)) / terms.rate;
    let k_term = annuity(terms.term) / annuity(value("synx"));
    let coefficient = |ratio: f64| {
        let table = terms.plot_ratio_table;
        let ratio = ratio.clamp(table[0][0], table[table.len() - 1][0]);
        let at = table.iter().rposition(|row| row[0] <= ratio).unwrap().min(table.len() - 2);
        let share = (ratio - table[at][0]) / (table[at + 1][0] - table[at][0]);
        table[at][1] * (1.0 - share) + table[at + 1][1] * share
    };
    value("dj") * k_date * k_term * coefficient(terms.plot_ratio) / coefficient(value("rjl"))
}

fn land_use(layer: &SampleLayer, row: usize) -> usize {
    USES.iter().position(|(_, name)| *name == layer.texts("yt").unwrap().get(row)).unwrap()
}

#[test]
fn samples_lie_in_parcels_of_their_use_and_their_corrected_prices_are_the_true_ones_but_for_the_noise() {
    let city = city(&plan(40_000, 3)).unwrap();
    for year in &city.years {
        let (samples, parcels) = (layer(year, "samples"), layer(year, "parcels"));
        let index = BoxIndex::of_shapes(&parcels.shapes);
        let (mut near, mut errors) = (Vec::new(), Vec::new());
        for row in 0..samples.shapes.len() {
            let at = samples.shapes.get(row).points()[0];
            index.touching(crate::space::Extent { min: at, max: at }, &mut near);
            let parcel: Vec<usize> =
                near.iter().map(|&n| n as usize).filter(|&n| covers(parcels.shapes.get(n), at)).collect();
            assert_eq!(parcel.len(), 1);
            assert_eq!(land_use(parcels, parcel[0]), land_use(samples, row));
            errors.push((corrected(year, samples, row) / year.truth[parcel[0]]).ln());
        }
        let count = errors.len() as f64;
        // 40 000 parcels ask for 800 samples in five years; the second year keeps about four fifths of them and adds 160.
        assert!((760..=840).contains(&errors.len()), "{count}");
        let (usual, stray): (Vec<f64>, Vec<f64>) = errors.iter().partition(|error| error.abs() < 0.55);
        let share = stray.len() as f64 / count;
        assert!((share - 2.0 * OUTLIERS).abs() < 0.02, "{share}");
        assert!(stray.iter().any(|error| *error > 0.0) && stray.iter().any(|error| *error < 0.0));
        let mean = usual.iter().sum::<f64>() / usual.len() as f64;
        let deviation = (usual.iter().map(|e| (e - mean) * (e - mean)).sum::<f64>() / usual.len() as f64).sqrt();
        assert!(mean.abs() < 0.015 && (deviation - NOISE).abs() < 0.012, "{mean} {deviation}");
    }
}

#[test]
fn samples_fall_on_uses_in_proportion_to_their_turnover_and_on_all_quarters() {
    let city = city(&plan(40_000, 8)).unwrap();
    let (samples, parcels) = (layer(&city.years[0], "samples"), layer(&city.years[0], "parcels"));
    let count = |layer: &SampleLayer| {
        let mut counts = [0.0; 4];
        (0..layer.shapes.len()).for_each(|row| counts[land_use(layer, row)] += 1.0);
        counts
    };
    let (found, all) = (count(samples), count(parcels));
    let weights: Vec<f64> = all.iter().zip([1.0, 0.5, 0.4, 0.18]).map(|(n, w)| n * w).collect();
    let total: f64 = weights.iter().sum();
    // Chi-square with 3 degrees of freedom: the 99.9 % quantile is 16.3.
    let chi: f64 = (0..4)
        .map(|n| {
            let meant = 800.0 * weights[n] / total;
            (found[n] - meant) * (found[n] - meant) / meant
        })
        .sum();
    assert!(chi < 16.3, "{found:?} {weights:?}");
    let quarters: BTreeSet<String> = (0..samples.shapes.len())
        .map(|row| Quarter::of(crate::land::date::parse(samples.texts("jyrq").unwrap().get(row)).unwrap()).to_string())
        .collect();
    assert_eq!(quarters.len(), 20);
    assert_eq!((quarters.first().unwrap().as_str(), quarters.last().unwrap().as_str()), ("2021Q1", "2025Q4"));
}

#[test]
fn the_ledger_names_exactly_what_differs_between_the_years() {
    let city = small();
    let ledger = &city.ledgers[0];
    let of = |year: &Year| -> BTreeMap<String, (usize, Vec<[u64; 2]>, String)> {
        let parcels = layer(year, "parcels");
        let rest = |row: usize| {
            let plain = |name: &str| parcels.texts(name).unwrap().get(row).to_string();
            format!("{} {} {}", plain("zl"), parcels.reals("mj").unwrap()[row], plain("xzqdm"))
        };
        let ring =
            |row: usize| parcels.shapes.get(row).points().iter().map(|p| [p.x.to_bits(), p.y.to_bits()]).collect();
        ids(year).iter().enumerate().map(|(row, id)| (id.to_string(), (row, ring(row), rest(row)))).collect()
    };
    let (old, new) = (of(&city.years[0]), of(&city.years[1]));
    let set = |names: Vec<&String>| names.into_iter().cloned().collect::<BTreeSet<String>>();
    let gone = set(old.keys().filter(|id| !new.contains_key(*id)).collect());
    let come = set(new.keys().filter(|id| !old.contains_key(*id)).collect());
    let recut = || ledger.merged.iter().chain(&ledger.split);
    assert_eq!(gone, set(recut().flat_map(|recut| &recut.old).chain(&ledger.removed).collect()));
    assert_eq!(come, set(recut().flat_map(|recut| &recut.new).chain(&ledger.added).collect()));
    let both: Vec<&String> = old.keys().filter(|id| new.contains_key(*id)).collect();
    let moved = set(both.iter().filter(|id| old[**id].1 != new[**id].1).copied().collect());
    assert_eq!(moved, set(ledger.shifted.iter().flatten().collect()));
    let use_of = |year: usize, row: usize| land_use(layer(&city.years[year], "parcels"), row);
    let reused = set(both.iter().filter(|id| use_of(0, old[**id].0) != use_of(1, new[**id].0)).copied().collect());
    assert_eq!(reused, set(ledger.changed_use.iter().map(|change| &change.id).collect()));
    for id in both.iter().filter(|id| !moved.contains(**id)) {
        assert_eq!(old[*id].2, new[*id].2);
    }
    for recut in recut() {
        let sum = |year: usize, rows: &BTreeMap<String, (usize, Vec<[u64; 2]>, String)>, ids: &[String]| -> f64 {
            ids.iter().map(|id| area(layer(&city.years[year], "parcels").shapes.get(rows[id].0))).sum()
        };
        assert!((sum(0, &old, &recut.old) - sum(1, &new, &recut.new)).abs() < 1e-3);
    }
    assert_eq!((ledger.merged.len(), ledger.split.len(), ledger.shifted.len()), (9, 12, 7));
    assert_eq!((ledger.added.len(), ledger.removed.len(), ledger.changed_use.len()), (3, 3, 30));
}

#[test]
fn the_ledger_names_the_new_station_the_new_stops_the_upgraded_road_and_the_samples() {
    let city = small();
    let ledger = &city.ledgers[0];
    let names = |year: usize, of: &str, column: &str| -> BTreeSet<String> {
        layer(&city.years[year], of).texts(column).unwrap().iter().map(str::to_string).collect()
    };
    for (of, column, new) in [
        ("stations", "mc", &ledger.new_stations),
        ("samples", "ypbh", &Vec::new()),
        ("bus_stops", "mc", &ledger.new_bus_stops),
    ] {
        let (old, all) = (names(0, of, column), names(1, of, column));
        if of == "samples" {
            assert_eq!(old.intersection(&all).count(), ledger.samples_kept);
            assert_eq!(all.len() - ledger.samples_kept, ledger.samples_new);
            assert_eq!(old.len(), ledger.samples_kept + ledger.samples_aged + ledger.samples_lost);
            assert!(all.iter().all(|id| id.as_str() >= "YP2022"));
        } else {
            assert!(!new.is_empty() && new.iter().all(|name| all.contains(name)), "{of}");
            assert_eq!(layer(&city.years[1], of).shapes.len(), layer(&city.years[0], of).shapes.len() + new.len());
        }
    }
    let classes = |year: usize| layer(&city.years[year], "roads").texts("lx").unwrap().iter().collect::<Vec<_>>();
    let changed: Vec<usize> = (0..classes(0).len()).filter(|&row| classes(0)[row] != classes(1)[row]).collect();
    let roads = layer(&city.years[1], "roads");
    let labels: Vec<String> = changed.iter().map(|&row| roads.texts("bh").unwrap().get(row).to_string()).collect();
    assert_eq!(labels, ledger.upgraded_roads);
    assert_eq!((classes(0)[changed[0]], classes(1)[changed[0]]), ("次干道", "主干道"));
}

#[test]
fn prices_move_by_use_and_rise_at_the_new_station() {
    let city = small();
    let stations = &layer(&city.years[1], "stations").shapes;
    let station = stations.get(stations.len() - 1).points()[0];
    let extent = layer(&city.years[0], "graded_area").shapes.extent();
    let corners =
        [extent.min, extent.max, Point::new(extent.min.x, extent.max.y), Point::new(extent.max.x, extent.min.y)];
    let far = corners.into_iter().max_by(|a, b| a.distance(station).total_cmp(&b.distance(station))).unwrap();
    let growth = |land_use: usize, at: Point| city.surface.price(land_use, at, 1) / city.surface.price(land_use, at, 0);
    for (land_use, meant) in [0.98, 0.95, 1.01, 1.005].into_iter().enumerate() {
        assert!((growth(land_use, far) - meant).abs() < 0.03, "{land_use} {}", growth(land_use, far));
        assert!(growth(land_use, station) > 1.01 * growth(land_use, far), "{land_use}");
    }
}

#[test]
fn dear_land_lies_in_the_middle() {
    let city = small();
    let parcels = layer(&city.years[0], "parcels");
    let middle = super::super::lattice::CENTRE;
    for land_use_ in 0..4 {
        let (mut near, mut far) = (Vec::new(), Vec::new());
        for row in (0..parcels.shapes.len()).filter(|&row| land_use(parcels, row) == land_use_) {
            let side =
                if centroid(parcels.shapes.get(row)).unwrap().distance(middle) < 700.0 { &mut near } else { &mut far };
            side.push(city.years[0].truth[row]);
        }
        let mean = |prices: &[f64]| prices.iter().sum::<f64>() / prices.len() as f64;
        assert!(mean(&near) > 1.05 * mean(&far), "{land_use_}: {} {}", mean(&near), mean(&far));
    }
}

#[test]
fn the_height_raster_reads_back_and_covers_the_city() {
    let city = city(&plan(500, 2)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let paths = ["one.tif", "two.tif"].map(|name| folder.path().join(name));
    for path in &paths {
        city.dem.write(path, &city.crs).unwrap();
    }
    assert_eq!(std::fs::read(&paths[0]).unwrap(), std::fs::read(&paths[1]).unwrap());
    let raster = gdal::Dataset::open(&paths[0]).unwrap();
    assert_eq!(raster.raster_size(), (city.dem.columns, city.dem.rows));
    assert_eq!(Crs::of_srs(&raster.spatial_ref().unwrap()).unwrap().epsg, Some(4547));
    let band = raster.rasterband(1).unwrap().read_band_as::<f32>().unwrap();
    assert_eq!(band.data(), city.dem.heights);
    let [west, cell, _, north, _, down] = raster.geo_transform().unwrap();
    assert_eq!((cell, down), (30.0, -30.0));
    let extent = layer(&city.years[0], "graded_area").shapes.extent();
    assert!(west < extent.min.x && north > extent.max.y);
    assert!(
        west + cell * city.dem.columns as f64 > extent.max.x && north - cell * (city.dem.rows as f64) < extent.min.y
    );
    let spread = city.dem.heights.iter().fold((f32::MAX, f32::MIN), |(low, high), &h| (low.min(h), high.max(h)));
    assert!(spread.1 - spread.0 > 5.0 && spread.0 > 0.0 && spread.1 < 500.0, "{spread:?}");
}

#[test]
fn three_years_follow_one_another() {
    let city = city(&Plan { parcels: 1000, seed: 4, years: vec![2024, 2025, 2026] }).unwrap();
    assert_eq!(
        city.ledgers.iter().map(|ledger| (ledger.from_year, ledger.to_year)).collect::<Vec<_>>(),
        [(2024, 2025), (2025, 2026)]
    );
    for (year, pair) in city.ledgers.iter().zip(city.years.windows(2)) {
        let (old, new): (BTreeSet<&str>, BTreeSet<&str>) =
            (ids(&pair[0]).into_iter().collect(), ids(&pair[1]).into_iter().collect());
        let recut = || year.merged.iter().chain(&year.split);
        assert_eq!(
            old.difference(&new).count(),
            recut().map(|recut| recut.old.len()).sum::<usize>() + year.removed.len()
        );
        assert_eq!(
            new.difference(&old).count(),
            recut().map(|recut| recut.new.len()).sum::<usize>() + year.added.len()
        );
    }
}

#[test]
fn a_plan_that_makes_no_city_is_refused_with_its_reason() {
    for plan in [
        plan(10, 1),
        Plan { parcels: 500, seed: 1, years: vec![] },
        Plan { parcels: 500, seed: 1, years: vec![2025, 2027] },
    ] {
        assert_eq!(city(&plan).err().map(|fault| fault.code), Some("sample-plan"));
    }
}
