//! Values as other programs leave them: texts among numbers, numbers among texts, tables in every format.

use crate::awkward::{UNITS, check, made, sound};
use crate::tools::{broken_sample, codes, files_below, near, project};
use std::path::Path;

#[test]
fn a_text_in_a_number_column_of_a_geopackage_is_not_read_as_0() {
    let zones = broken_sample("missing-value/zones.geojson").replace("null", "55.5");
    let folder = sound();
    std::fs::write(folder.path().join("zones.geojson"), zones).unwrap();
    for (source, target) in [("parcels.geojson", "p.gpkg"), ("zones.geojson", "z.gpkg")] {
        if !made(folder.path(), source, target, &[]) {
            return;
        }
        // SQLite takes any value in any column.
        let base = rusqlite::Connection::open(folder.path().join(target)).unwrap();
        let triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'rtree%update%'";
        let names: Vec<String> =
            base.prepare(triggers).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        names.iter().for_each(|name| base.execute_batch(&format!("DROP TRIGGER \"{name}\"")).unwrap());
        let change = match target {
            "p.gpkg" => "UPDATE parcels SET parcel = 'A-3' WHERE parcel = 3",
            _ => "UPDATE zones SET score = '九十' WHERE score = 90",
        };
        assert_eq!(base.execute(change, []).unwrap(), 1);
    }
    let zones = "kind = \"area\"\nsource = \"z.gpkg\"\nscore = \"score\"\ndefault = 40\n";
    let (exit, answer) =
        check(folder.path(), &project("EPSG:4547", &format!("source = \"p.gpkg\"\n{UNITS}"), zones, ""));
    assert_eq!((exit, codes(&answer)), (1, vec!["not-a-number z #1".to_string()]), "{answer}");
    assert!(answer["findings"][0]["detail"].as_str().unwrap().contains("九十"), "{answer}");
    let read = landgrade::project::Project::read(&folder.path().join("project.toml")).unwrap();
    let survey = landgrade::ingest::survey(&read, &landgrade::land::progress::Unwatched).unwrap();
    let ids: Vec<String> = (0..4).map(|unit| survey.units.ids.show(unit)).collect();
    assert_eq!(ids, ["1", "2", "4", "A-3"]);
}

#[test]
fn number_cells_of_a_shapefile_that_are_no_numbers_and_its_deleted_records_are_told() {
    let folder = sound();
    if !made(folder.path(), "parcels.geojson", "p.shp", &[]) {
        return;
    }
    // The parcels' numbers, 1 to 4, as scores: the second is no number, the fourth is deleted.
    let path = folder.path().join("p.dbf");
    let mut table = std::fs::read(&path).unwrap();
    let word = |at: usize| usize::from(table[at]) + 256 * usize::from(table[at + 1]);
    let (header, length, width) = (word(8), word(10), usize::from(table[32 + 16]));
    assert_eq!(&table[32..38], b"parcel");
    let cell = header + length + 1;
    table[cell..cell + width].copy_from_slice(format!("{:>width$}", "1,5").as_bytes());
    table[header + 3 * length] = b'*';
    std::fs::write(&path, table).unwrap();
    let zones = "kind = \"area\"\nsource = \"p.shp\"\nscore = \"parcel\"\ndefault = 40\n";
    let units = format!("source = \"parcels.geojson\"\n{UNITS}");
    let (exit, answer) = check(folder.path(), &project("EPSG:4547", &units, zones, ""));
    assert_eq!(
        (exit, codes(&answer)),
        (1, vec!["not-a-number p #1".to_string(), "reader-remark p".into()]),
        "{answer}"
    );
    let detail = |at: usize| answer["findings"][at]["detail"].as_str().unwrap_or_default().to_string();
    assert!(detail(0).contains("1,5"), "{answer}");
    assert_eq!(detail(1), "1 records of the .dbf are marked as deleted; their features were not read");
}

#[test]
fn one_odd_cell_of_a_shapefile_does_not_make_text_fields_pass_for_numbers() {
    let folder = sound();
    let zones = broken_sample("missing-value/zones.geojson").replace("null", "55.5");
    let with_text = zones.replace("\"score\":", "\"typed\": \"70\", \"score\":");
    assert_ne!(zones, with_text);
    std::fs::write(folder.path().join("zones.geojson"), with_text).unwrap();
    if !made(folder.path(), "zones.geojson", "z.shp", &[]) {
        return;
    }
    let path = folder.path().join("z.dbf");
    let mut table = std::fs::read(&path).unwrap();
    let cell = table.windows(4).position(|cell| cell == b"55.5").expect("a score of 55.5");
    table[cell..cell + 4].copy_from_slice(b"oops");
    std::fs::write(&path, table).unwrap();
    let found = |field: &str| {
        let zones = format!("kind = \"area\"\nsource = \"z.shp\"\nscore = \"{field}\"\ndefault = 40\n");
        let text = project("EPSG:4547", &format!("source = \"parcels.geojson\"\n{UNITS}"), &zones, "");
        let (_, answer) = check(folder.path(), &text);
        codes(&answer)
    };
    assert!(found("score").iter().any(|found| found.starts_with("not-a-number")), "{:?}", found("score"));
    assert!(found("typed").iter().all(|found| found.starts_with("number-in-text")), "{:?}", found("typed"));
    assert!(!found("typed").is_empty());
}

#[test]
fn samples_read_alike_from_csv_gbk_csv_workbooks_and_layers() {
    let table = "id,price,date,far,x,y\n01,2000,2024-03-05,2.0,500010,3300010\n02,2100,2024-03-06,1.5,500040,3300010\n";
    let folder = sound();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("s.csv"), table).unwrap();
    let (gbk, ..) = encoding_rs::GBK.encode(
        "id,price,date,far,x,y\n甲,2000,2024年3月5日,2.0,500010,3300010\n乙,2100,2024/3/6,1.5,500040,3300010\n",
    );
    std::fs::write(path("gbk.csv"), &gbk).unwrap();
    let points =
        ["-oo", "X_POSSIBLE_NAMES=x", "-oo", "Y_POSSIBLE_NAMES=y", "-oo", "AUTODETECT_TYPE=YES", "-a_srs", "EPSG:4547"];
    let typed = ["-oo", "AUTODETECT_TYPE=YES"];
    let mut files = vec!["s.csv", "gbk.csv"];
    for (file, options) in
        [("s.xlsx", &typed[..]), ("s.gpkg", &points), ("s.shp", &points), ("s.fgb", &points), ("s.geojson", &points)]
    {
        if !made(folder.path(), "s.csv", file, options) {
            break;
        }
        files.push(file);
    }
    for file in files {
        let xy = if file.ends_with("csv") || file.ends_with("xlsx") {
            "crs = \"EPSG:4547\"\nx = \"x\"\ny = \"y\"\n"
        } else {
            ""
        };
        let prices = format!(
            "[prices]\nbase_quarter = \"2024Q1\"\nindex_table = {{ 2024Q1 = [100] }}\n[prices.samples]\nsource = \"{file}\"\nid = \"id\"\nprice = \"price\"\nunit = \"元/㎡\"\ndate = \"date\"\nplot_ratio = \"far\"\n{xy}"
        );
        let units = format!("source = \"parcels.geojson\"\n{UNITS}");
        let text = project("EPSG:4547", &units, &near("stops.geojson"), &prices);
        let (exit, answer) = check(folder.path(), &text);
        assert_eq!((exit, &answer["samples"]), (0, &2.into()), "{file}: {answer}");
        // Nothing but the bytes tells the encoding: that is said, with how they read.
        let told = if file == "gbk.csv" { vec!["encoding-detected gbk"] } else { vec![] };
        assert_eq!(codes(&answer), told, "{file}: {answer}");
        let read_as = answer["findings"][0]["detail"].as_str().unwrap_or_default();
        assert!(told.is_empty() || read_as.ends_with("GBK: 甲 · 2024年3月5日 · 乙"), "{answer}");
        let read = landgrade::project::Project::read(&path("project.toml")).unwrap();
        let survey = landgrade::ingest::survey(&read, &landgrade::land::progress::Unwatched).unwrap();
        let mut seen: Vec<_> = survey
            .samples
            .iter()
            .map(|sample| {
                (
                    sample.price.unwrap(),
                    sample.date.unwrap().to_string(),
                    sample.plot_ratio.unwrap(),
                    sample.place.unwrap().x,
                )
            })
            .collect();
        seen.sort_by(|a, b| a.0.total_cmp(&b.0));
        let by_hand =
            [(2000.0, "2024-03-05".to_string(), 2.0, 500_010.0), (2100.0, "2024-03-06".into(), 1.5, 500_040.0)];
        assert_eq!(seen, by_hand, "{file}");
    }
}

#[test]
fn a_bare_number_in_a_csv_is_no_finding_and_one_typed_into_a_workbooks_text_cell_is() {
    let folder = sound();
    std::fs::write(folder.path().join("s.csv"), "id,price,x,y\nS1,2000,500010,3300010\n").unwrap();
    // Without being asked for types, ogr2ogr writes the texts of a CSV file as texts.
    let by_text = made(folder.path(), "s.csv", "s.xlsx", &[]);
    for (file, found) in [("s.csv", 0), ("s.xlsx", 3)] {
        if file == "s.xlsx" && !by_text {
            return;
        }
        let prices = format!(
            "[prices]\n[prices.samples]\nsource = \"{file}\"\nid = \"id\"\nprice = \"price\"\nunit = \"元/㎡\"\ncrs = \"EPSG:4547\"\nx = \"x\"\ny = \"y\"\n"
        );
        let units = format!("source = \"parcels.geojson\"\n{UNITS}");
        let (_, answer) = check(folder.path(), &project("EPSG:4547", &units, &near("stops.geojson"), &prices));
        // Price, x and y.
        let by_hand = vec!["number-in-text s S1".to_string(); found];
        assert_eq!((codes(&answer), &answer["samples"]), (by_hand, &1.into()), "{file}: {answer}");
    }
}

#[test]
fn a_property_that_a_feature_leaves_out_is_missing_and_not_0() {
    let folder = sound();
    let stop = |rest: &str, x: u32| {
        format!(
            "{{\"type\": \"Feature\", \"properties\": {{\"name\": \"s\"{rest}}}, \"geometry\": {{\"type\": \"Point\", \"coordinates\": [{x}, 3300010]}}}}"
        )
    };
    let layer = format!(
        "{{\"type\": \"FeatureCollection\", \"crs\": {{\"type\": \"name\", \"properties\": {{\"name\": \"urn:ogc:def:crs:EPSG::4547\"}}}}, \
         \"features\": [{}, {}]}}",
        stop("", 500_010),
        stop(", \"scale\": 80", 500_040)
    );
    std::fs::write(folder.path().join("scaled.geojson"), layer).unwrap();
    let factor =
        "kind = \"point\"\nsource = \"scaled.geojson\"\nscale = \"scale\"\nlevels = [{ radius = 500, score = 100 }]\n";
    let text = project("EPSG:4547", &format!("source = \"parcels.geojson\"\n{UNITS}"), factor, "");
    let (exit, answer) = check(folder.path(), &text);
    assert_eq!(exit, 1, "{answer}");
    assert_eq!(answer["findings"][0]["code"], "missing-value", "{answer}");
}

/// Parcel 4 of a shapefile whose encoding is told from its bytes is deleted; the units and two factors read the layer.
#[test]
fn what_is_true_of_a_file_is_told_once_however_many_factors_read_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/broken/encoding-detected");
    let folder = tempfile::tempdir().unwrap();
    for (name, mut bytes) in files_below(&source) {
        if name == "parcels.dbf" {
            let word = |at: usize| usize::from(bytes[at]) + 256 * usize::from(bytes[at + 1]);
            let last = word(8) + 3 * word(10);
            bytes[last] = b'*';
        }
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    let area = "kind = \"area\"\nsource = \"parcels.shp\"\nscore = \"parcel\"\ndefault = 40\n";
    let text = project(
        "EPSG:4547",
        &format!("source = \"parcels.shp\"\n{UNITS}"),
        area,
        &format!("[[factors]]\nkey = \"second\"\n{area}"),
    );
    let (exit, answer) = check(folder.path(), &text.replace("{ factor = 1.0 }", "{ factor = 0.5, second = 0.5 }"));
    assert_eq!((exit, &answer["units"]), (0, &3.into()), "{answer}");
    assert_eq!(codes(&answer), ["encoding-detected parcels", "reader-remark parcels"], "{answer}");
}

#[test]
fn a_cell_that_is_no_date_is_shown_with_the_spellings_that_are() {
    let folder = sound();
    let table = "id,price,date,x,y\nS1,2000,6/1/2021,500010,3300010\nS2,2100,44350,500040,3300010\n\
                 S3,1200,,500070,3300010\nS4,1100,2021年6月1日,500100,3300010\n";
    std::fs::write(folder.path().join("samples.csv"), table).unwrap();
    let prices = "[prices]\noutliers = \"none\"\n[prices.samples]\nsource = \"samples.csv\"\ncrs = \"EPSG:4547\"\nid = \"id\"\n\
                  price = \"price\"\ndate = \"date\"\nunit = \"元/㎡\"\nx = \"x\"\ny = \"y\"\n[prices.index_table]\n\"2021Q2\" = [100]\n";
    let dated = |text: String| text.replace("[units]", "base_date = \"2021-06-30\"\n[units]");
    let (_, answer) = check(
        folder.path(),
        &dated(project("EPSG:4547", &format!("source = \"parcels.geojson\"\n{UNITS}"), &near("stops.geojson"), prices)),
    );
    let findings = answer["findings"].as_array().unwrap();
    let dates = findings.iter().filter(|finding| finding["code"] == "missing-value");
    let details: Vec<&str> = dates.map(|finding| finding["detail"].as_str().unwrap()).collect();
    let spellings = "dates are read as 2024-03-05, 2024/3/5, 2024.3.5, 20240305, 2024年3月5日, 二〇二四年三月五日, 民国113年3月5日, 113/3/5";
    let expected = [
        format!("\"6/1/2021\" is no date that can be read; {spellings}"),
        format!(
            "\"44350\" is no date that can be read; {spellings}; a spreadsheet's count of days: format the column as dates"
        ),
        format!("it has no date; {spellings}"),
    ];
    assert_eq!(details, expected, "{answer}");
}
