//! Real layers through `landgrade check`: the facts of the shared data's README, which is skipped aloud where that data is absent.

use crate::tools::{broken_sample, codes, fault, folder, json, near, project, shared, shown};
use landgrade::ingest;
use landgrade::ingest::survey::Survey;
use landgrade::land::progress::Unwatched;
use landgrade::land::{Column, Values};
use landgrade::project::Project;
use serde_json::Value;
use std::path::Path;

/// Checks a project written to a folder of its own; nothing but a fault's own lines may stand on standard error.
fn check(text: &str) -> (i32, Value, Option<Survey>) {
    let folder = folder(&[("project.toml", text), ("stops.geojson", &broken_sample("overlap/stops.geojson"))]);
    let file = folder.path().join("project.toml");
    let (exit, answer, noise) = json(&["check", shown(&file)]);
    assert!(noise.is_empty() || exit == 2 && !noise.contains("ERROR") && !noise.contains("Warning"), "{noise}");
    let survey = Project::read(&file).and_then(|project| ingest::survey(&project, &Unwatched)).ok();
    (exit, answer, survey)
}

fn reals(column: &Column) -> &[f64] {
    let Values::Real(values) = &column.values else { panic!("{} holds reals", column.name) };
    values
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    (values[(values.len() - 1) / 2] + values[values.len() / 2]) / 2.0
}

#[test]
fn seouls_parcels_are_read_from_degrees_with_one_invalid_and_67_overlapping_pairs() {
    let (Some(parcels), Some(stations)) =
        (shared("real/seoul/parcels.geojson"), shared("real/seoul/seoulmetrostation.geojson"))
    else {
        return;
    };
    let units =
        format!("source = \"{}\"\nid = \"고유번호\"\nkeep = [\"토지면적\"]\noverlaps = 1e-8\n", shown(&parcels));
    let text = project("EPSG:5186", &units, &near(shown(&stations)), "[policy]\ninvalid-geometry = \"repair\"\n");
    let (exit, answer, survey) = check(&text);
    assert_eq!((exit, &answer["units"]), (0, &2382.into()), "{answer}");
    let found = codes(&answer);
    let invalid: Vec<&String> = found.iter().filter(|code| code.starts_with("invalid-geometry")).collect();
    assert_eq!(invalid, ["invalid-geometry parcels 1171010100102780000"]);
    assert!(found.contains(&"crs-transformed parcels".to_string()), "{found:?}");
    let shared_ground = |finding: &&Value| ["overlap", "sliver"].contains(&finding["code"].as_str().unwrap());
    let areas: Vec<f64> = answer["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(shared_ground)
        .map(|finding| {
            let said = finding["detail"].as_str().unwrap().strip_prefix("it shares ").unwrap();
            said.split(' ').next().unwrap().parse().unwrap()
        })
        .collect();
    let total: f64 = areas.iter().sum();
    assert!(areas.len() == 67 && (total - 240.8).abs() < 0.05, "{} pairs, {total} m²", areas.len());
    let units = survey.unwrap().units;
    let ratios = units.areas.iter().zip(reals(&units.kept[0])).map(|(area, registered)| area / registered);
    let ratio = median(ratios.filter(|ratio| ratio.is_finite()).collect());
    assert!((ratio - 1.0).abs() < 0.00005, "{ratio}");
}

#[test]
fn javascript_named_geojson_is_a_plain_error() {
    let (Some(parcels), Some(script)) = (shared("real/seoul/parcels.geojson"), shared("real/seoul/seouledu.geojson"))
    else {
        return;
    };
    let units = format!("source = \"{}\"\nid = \"고유번호\"\n", shown(&parcels));
    let (exit, answer, _) = check(&project("EPSG:5186", &units, &near(shown(&script)), ""));
    assert_eq!((exit, fault(&answer)), (2, "unreadable-file"), "{answer}");
    assert!(answer["error"][0]["place"].as_str().unwrap().ends_with("seouledu.geojson"), "{answer}");
}

#[test]
fn swellendams_farms_have_16_invalid_polygons_and_a_dem_in_degrees() {
    let (Some(farms), Some(dem)) =
        (shared("real/swellendam/farms_33S.shp"), shared("real/swellendam/srtm_41_19_4326.tif"))
    else {
        return;
    };
    let units = format!("source = \"{}\"\nid = \"AG_CAD_ID\"\noverlaps = \"none\"\n", shown(&farms));
    let slope = format!(
        "kind = \"raster\"\nvalue = \"slope\"\ndirection = \"high-is-bad\"\nlow = 0\nhigh = 15\ndefault = 100\nsource = \"{}\"\n",
        shown(&dem)
    );
    let policy = "[policy]\ninvalid-geometry = \"warn\"\n";
    let (_, answer, survey) = check(&project("EPSG:32733", &units, &slope, policy));
    let invalid = codes(&answer).iter().filter(|code| code.starts_with("invalid-geometry")).count();
    assert_eq!(invalid, 16, "{answer}");
    let Some(survey) = survey else { panic!("{answer}") };
    assert!(matches!(survey.layers[0], ingest::survey::FactorLayer::Grid(_)));
}

#[test]
fn franklins_parcels_without_dbf_are_refused_and_with_one_have_no_fault() {
    let Some(source) = shared("real/geometry/franklin_ma_no_dbf") else { return };
    let units = |path: &Path| format!("source = \"{}\"\nid = \"n\"\noverlaps = 1.0\n", shown(path));
    let (exit, answer, _) =
        check(&project("EPSG:26986", &units(&source.join("parcels.shp")), &near("stops.geojson"), ""));
    assert_eq!((exit, fault(&answer)), (2, "missing-dbf"), "{answer}");
    assert!(answer["error"][0]["help"].as_str().unwrap().contains(".dbf"), "{answer}");
    let whole = tempfile::tempdir().unwrap();
    for ending in ["shp", "shx", "prj"] {
        let name = format!("parcels.{ending}");
        std::fs::copy(source.join(&name), whole.path().join(name)).unwrap();
    }
    // A table with the numbers 1 to 9,917.
    let mut dbf = vec![0u8; 65];
    (dbf[0], dbf[8], dbf[10], dbf[32], dbf[43], dbf[48], dbf[64]) = (3, 65, 7, b'n', b'N', 6, 0x0d);
    dbf[4..8].copy_from_slice(&9917u32.to_le_bytes());
    (1..=9917).for_each(|number| dbf.extend_from_slice(format!(" {number:>6}").as_bytes()));
    std::fs::write(whole.path().join("parcels.dbf"), dbf).unwrap();
    let (exit, answer, _) =
        check(&project("EPSG:26986", &units(&whole.path().join("parcels.shp")), &near("stops.geojson"), ""));
    assert_eq!((exit, &answer["units"]), (0, &9917.into()), "{:?}", codes(&answer));
    let of_parcels: Vec<String> = codes(&answer).into_iter().filter(|code| !code.ends_with(" stops")).collect();
    assert_eq!(of_parcels, Vec::<String>::new(), "no invalid parcel, and no overlap above 1 m²");
}

#[test]
fn a_gbk_shapefile_that_does_not_say_so_reads_as_chinese() {
    let Some(provinces) = shared("real/geometry/geotools_chinese_poly/chinese_poly.shp") else { return };
    let units = format!("source = \"{}\"\nid = \"NAME\"\noverlaps = \"none\"\n", shown(&provinces));
    let (_, answer, survey) = check(&project("EPSG:4547", &units, &near("stops.geojson"), ""));
    let said = answer["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "encoding-detected");
    assert!(said.unwrap()["detail"].as_str().unwrap().contains("黑龙江省"), "{answer}");
    let units = survey.unwrap().units;
    assert!((0..units.len()).any(|unit| units.ids.show(unit) == "黑龙江省"));
}

#[test]
fn osakas_land_price_points_are_samples_of_a_table_in_degrees() {
    let Some(table) = shared("real/osaka/osaka_2015.csv") else { return };
    let ring = "[[134.5, 34.0], [136.0, 34.0], [136.0, 35.5], [134.5, 35.5], [134.5, 34.0]]";
    let whole = format!(
        "{{\"type\": \"FeatureCollection\", \"features\": [{{\"type\": \"Feature\", \"properties\": {{\"id\": 1}}, \"geometry\": \
         {{\"type\": \"Polygon\", \"coordinates\": [{ring}]}}}}]}}"
    );
    let layers = folder(&[("osaka.geojson", &whole)]);
    let units = format!("source = \"{}\"\nid = \"id\"\n", shown(&layers.path().join("osaka.geojson")));
    let prices = format!(
        "[prices]\nbase_quarter = \"2015Q1\"\nindex_table = {{ 2015Q1 = [100] }}\n[prices.samples]\nsource = \"{}\"\ncrs = \"EPSG:4612\"\nid = \"point_id\"\nprice = \"標準地価格\"\n\
         date = \"価格時点\"\nx = \"long\"\ny = \"lat\"\n",
        shown(&table)
    );
    let factor = near(shown(&layers.path().join("osaka.geojson")));
    let (exit, answer, survey) = check(&project("EPSG:6674", &units, &factor, &prices));
    // 1453 points met again in 2016 and 13 gone.
    assert_eq!((exit, &answer["samples"]), (0, &1466.into()), "{:?}", codes(&answer));
    let survey = survey.unwrap();
    let first = survey.samples.iter().find(|sample| sample.id == "1805").unwrap();
    // The first line of the file: 都島-1, 191,000 円/㎡.
    assert_eq!((first.price.unwrap(), first.date.unwrap().to_string()), (191_000.0, "2015-01-01".to_string()));
}
