//! Layers in further formats, each read back by another program: FlatGeobuf by GDAL, GeoParquet by GeoPandas, tiles by the
//! readers of the web map, PostGIS by psql.

use crate::cli::{Room, call, city, release};
use crate::tools;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The units as they are published in GeoJSON.
fn units() -> Vec<Value> {
    let text = std::fs::read_to_string(city().join("releases/2025-published/units.geojson")).unwrap();
    let mut units: Value = serde_json::from_str(&text).unwrap();
    units["features"].as_array_mut().unwrap().drain(..).map(|mut feature| feature["properties"].take()).collect()
}

#[test]
fn flatgeobuf_is_read_by_gdal() {
    if !tools::installed("ogr2ogr") {
        return;
    }
    let (room, own) = (Room::new(), release());
    call(&format!("publish {own} --formats flatgeobuf --to {}", room.at("f"))).ends(0);
    let file = room.at("f/units.fgb");
    let text = tools::program("ogr2ogr", &["-f", "GeoJSON", "/vsistdout/", &file], "").unwrap();
    let read: Value = serde_json::from_str(&text).unwrap();
    let mut found: Vec<Value> =
        read["features"].as_array().unwrap().iter().map(|it| it["properties"].clone()).collect();
    let mut expected = units();
    let id = |unit: &Value| unit["zddm"].as_str().unwrap().to_string();
    // A file with a spatial index has its features in the order of that.
    found.sort_by_key(id);
    expected.sort_by_key(id);
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        for key in ["zddm", "use", "grade", "price", "total", "zl"] {
            assert_eq!(found[key], expected[key], "{key} of {}", expected["zddm"]);
        }
    }
    let about = tools::program("ogrinfo", &["-so", "-al", &file], "").unwrap();
    assert!(about.contains("CGCS2000") && about.contains("Geometry: Polygon"), "{about}");
    let losses = std::fs::read_to_string(room.path().join("f/losses.csv")).unwrap();
    assert!(losses.contains("units.fgb"), "{losses}");
}

#[test]
fn geoparquet_is_read_by_geopandas() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    // Where .ci/run installs it; a machine may have it anyway.
    let packages = root.join("target/python");
    let reader = |arguments: &[&str]| Command::new("python3").args(arguments).env("PYTHONPATH", &packages).output();
    if !reader(&["-c", "import geopandas, pyarrow"]).is_ok_and(|run| run.status.success()) {
        eprintln!(
            "skipped: GeoPandas is not installed (python3 -m pip install --target target/python geopandas pyarrow)"
        );
        return;
    }
    let (room, own) = (Room::new(), release());
    call(&format!("publish {own} --formats geoparquet --to {}", room.at("f"))).ends(0);
    let script = root.join("tests/readers/geoparquet.py");
    let run = reader(&[tools::shown(&script), &room.at("f/units.parquet")]).unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    let read: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert!(read["name"].as_str().unwrap().contains("CGCS2000"), "{}", read["name"]);
    let (found, expected) = (read["rows"].as_array().unwrap(), units());
    assert_eq!(found.len(), expected.len());
    for unit in &expected {
        let own = found.iter().find(|own| own["zddm"] == unit["zddm"]).unwrap_or_else(|| panic!("{unit}"));
        for key in ["use", "grade", "price", "total", "zl"] {
            assert_eq!((own[key].as_f64(), own[key].as_str()), (unit[key].as_f64(), unit[key].as_str()), "{key}");
        }
        let (area, stated) = (own["area of the geometry"].as_f64().unwrap(), unit["area"].as_f64().unwrap());
        assert!((area - stated).abs() < 0.01 && own["is valid"] == true, "{area} {stated}");
    }
}

#[test]
fn tiles_are_read_by_the_libraries_of_the_web_map() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    if !root.join("src/web/node_modules/pmtiles").is_dir() || !tools::installed("node") {
        eprintln!("skipped: the libraries of the web map are not installed (make system)");
        return;
    }
    let (room, own) = (Room::new(), release());
    call(&format!("publish {own} --formats pmtiles --to {}", room.at("f"))).ends(0);
    let script = root.join("tests/web/tiles.mjs");
    let text = tools::program("node", &[tools::shown(&script), &room.at("f/units.pmtiles")], "").unwrap();
    let read: Value = serde_json::from_str(&text).unwrap();
    let names = read["metadata"]["vector_layers"].as_array().unwrap().iter().map(|layer| layer["id"].as_str().unwrap());
    assert_eq!(names.collect::<Vec<_>>(), ["units", "zones"]);
    let found = read["layers"]["units"].as_array().unwrap();
    for unit in units() {
        let own = found.iter().find(|own| own["id"] == unit["zddm"]).unwrap_or_else(|| panic!("{unit}"));
        assert_eq!((&own["use"], own["grade"].as_f64()), (&unit["use"], unit["grade"].as_f64()));
        assert_eq!(own["price"].as_f64(), unit["price"].as_f64());
    }
}

#[test]
fn csv_for_programs_begins_with_its_header() {
    let (room, own) = (Room::new(), release());
    call(&format!("publish {own} --formats csv --csv-without-bom --to {}", room.at("plain"))).ends(0);
    call(&format!("publish {own} --formats csv --to {}", room.at("marked"))).ends(0);
    let bytes = |name: &str| std::fs::read(room.path().join(name)).unwrap();
    let (plain, marked) = (bytes("plain/prices.csv"), bytes("marked/prices.csv"));
    assert_eq!(marked[..3], [0xef, 0xbb, 0xbf]);
    assert_eq!(plain[..], marked[3..]);
}

/// The draft has the published prices of every use, the connotation and the coefficients; what is not known is marked, and no text is markup.
/// The number and the office are those of the layout, the days those of the life; what nobody told stays open.
#[test]
fn the_announcement_says_who_published_it_under_which_number_and_what_was_heard() {
    let room = Room::with_inputs();
    call(&format!("run {}", room.project())).ends(0);
    let (own, to) = (room.at("out/2025"), room.at("a"));
    let heard = "--to hearing --date 2026-03-01 --document 听证〔2026〕1号";
    call(&format!("life {own} {heard}")).ends(0);
    std::fs::write(room.path().join("l.toml"), "[words]\nmaker = \"某局\"\ndocument = \"某规〔2026〕2号\"\n").unwrap();
    call(&format!("publish {own} --format announcement --to {to} --lang zh --layout {}", room.at("l.toml"))).ends(0);
    let text = std::fs::read_to_string(room.path().join("a/announcement.html")).unwrap();
    for part in
        ["文号：某规〔2026〕2号", "于 2026-03-01 (听证〔2026〕1号) 举行听证", "于 【 】 通过审核验收", "某局  【 】年"]
    {
        assert!(text.contains(part), "{part}");
    }
}

#[test]
fn the_announcement_bears_the_published_tables() {
    let room = Room::with_inputs();
    room.edit_project(&[("scope = \"样例市中心城区\"", "scope = \"<b>城区</b>\"")]);
    call(&format!("run {}", room.project())).ends(0);
    let (own, to) = (room.at("out/2025"), room.at("a"));
    call(&format!("publish {own} --formats announcement --to {to} --lang zh")).ends(0);
    let text = std::fs::read_to_string(room.path().join("a/announcement.html")).unwrap();
    for words in [
        "公告（草案）",
        "文号：【 】",
        "一、基准地价内涵",
        "居住用地基准地价表",
        "四、使用说明",
        "&lt;b&gt;城区",
        "ΠK",
        "级别面积分行政区统计表（公顷）",
        "居住用地因素修正系数表（%）",
        "居住用地：容积率",
    ] {
        assert!(text.contains(words), "{words}");
    }
    assert!(!text.contains("<b>城区"));
    let mut table = csv::Reader::from_path(room.path().join("out/2025/prices.csv")).unwrap();
    let heads = table.headers().unwrap().clone();
    let at = heads.iter().position(|head| head == "published").unwrap();
    for row in table.records().map(Result::unwrap).filter(|row| !row[at].is_empty()) {
        let price: f64 = row[at].parse().unwrap();
        assert!(text.contains(&format!(">{price}<")), "{price}");
    }
}

/// A server of its own with an empty database that has PostGIS; stopped with its owner.
struct Server {
    room: tempfile::TempDir,
    programs: PathBuf,
}

impl Server {
    /// `None`, with a line that says so, where PostgreSQL or PostGIS is not installed.
    fn start() -> Option<Server> {
        let versions =
            std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path());
        let has_postgis = |folder: &PathBuf| {
            let version = folder.file_name().unwrap().to_string_lossy().into_owned();
            Path::new(&format!("/usr/share/postgresql/{version}/extension/postgis.control")).is_file()
        };
        let Some(folder) = versions.into_iter().find(has_postgis) else {
            eprintln!("skipped: PostgreSQL with PostGIS is not installed");
            return None;
        };
        let server = Server { room: tempfile::tempdir().unwrap(), programs: folder.join("bin") };
        let place = tools::shown(server.room.path()).to_string();
        // A server does not run as root: there it is the account that its package made.
        if server.is_root() {
            assert!(Command::new("chown").args(["postgres", &place]).status().unwrap().success());
        }
        server.run("initdb", &["-D", &format!("{place}/data"), "-A", "trust", "-U", "postgres", "--no-sync"]);
        let how = format!("-k {place} -c listen_addresses='' -c fsync=off");
        server
            .run("pg_ctl", &["-D", &format!("{place}/data"), "-o", &how, "-l", &format!("{place}/log"), "-w", "start"]);
        server.asked("postgres", "CREATE DATABASE land");
        server.asked("land", "CREATE EXTENSION postgis");
        Some(server)
    }

    fn is_root(&self) -> bool {
        Command::new("id").arg("-u").output().is_ok_and(|ran| ran.stdout.trim_ascii() == b"0")
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let program = self.programs.join(program);
        let mut command = if self.is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        let log = std::fs::File::create(std::env::temp_dir().join("landgrade-postgres.log")).unwrap();
        let status =
            command.args(arguments).current_dir("/").stdout(log.try_clone().unwrap()).stderr(log).status().unwrap();
        assert!(status.success(), "{arguments:?}: see landgrade-postgres.log");
    }

    /// The rows of an answer, cells parted by bars.
    fn asked(&self, database: &str, question: &str) -> String {
        let mut command = Command::new(self.programs.join("psql"));
        command.args(["-h", tools::shown(self.room.path()), "-U", "postgres", "-d", database, "-AtXq", "-c", question]);
        let ran = command.output().unwrap();
        assert!(ran.status.success(), "{question}: {}", String::from_utf8_lossy(&ran.stderr));
        String::from_utf8(ran.stdout).unwrap().trim().to_string()
    }

    fn connection(&self) -> String {
        format!("PG:host={} user=postgres dbname=land password=secret", tools::shown(self.room.path()))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = format!("{}/data", tools::shown(self.room.path()));
        let stop = std::panic::AssertUnwindSafe(|| self.run("pg_ctl", &["-D", &data, "-m", "immediate", "stop"]));
        let _ = std::panic::catch_unwind(stop);
    }
}

#[test]
fn postgis_holds_the_layers_with_comments_and_styles() {
    let Some(server) = Server::start() else { return };
    let own = release();
    let store = |more: &[&str]| {
        let connection = server.connection();
        let args = ["publish", &own, "--formats", "postgis", "--to", &connection];
        crate::cli::landgrade(&[&args[..], more].concat())
    };
    let told = store(&["--json"]).ends(0);
    assert_eq!(told.json()["schema"], "landgrade_2025");
    assert!(!told.err.contains("secret") && !told.out.contains("secret"));
    let units = units();
    let priced: f64 = units.iter().filter_map(|unit| unit["price"].as_f64()).sum();
    let answer = server.asked("land", "SELECT count(*), round(sum(price)::numeric, 2), min(st_srid(geom)), bool_and(st_isvalid(geom)) FROM landgrade_2025.units");
    assert_eq!(answer, format!("{}|{priced:.2}|4547|t", units.len()));
    // PostGIS measures the same ground.
    let ground: f64 = units.iter().map(|unit| unit["area"].as_f64().unwrap()).sum();
    let measured: f64 = server.asked("land", "SELECT sum(st_area(geom)) FROM landgrade_2025.units").parse().unwrap();
    assert!((measured / ground - 1.0).abs() < 1e-9, "{measured} {ground}");
    let comment = "SELECT col_description('landgrade_2025.units'::regclass, ordinal_position) FROM information_schema.columns \
                   WHERE table_schema = 'landgrade_2025' AND table_name = 'units' AND column_name = 'price'";
    assert_eq!(server.asked("land", comment), "benchmark price (元/㎡)");
    let of_schema = server.asked("land", "SELECT obj_description('landgrade_2025'::regnamespace)");
    assert!(of_schema.starts_with("landgrade: ") && of_schema.contains("numbers of decimals"), "{of_schema}");
    assert_eq!(
        server.asked(
            "land",
            "SELECT count(*) FROM public.layer_styles WHERE useasdefault AND xpath_exists('/qgis', styleqml)"
        ),
        "4"
    );
    assert_eq!(
        server.asked(
            "land",
            "SELECT count(*) FROM pg_indexes WHERE schemaname = 'landgrade_2025' AND indexdef LIKE '%gist%'"
        ),
        "4"
    );
    // Once more: in place of the earlier ones, and nothing twice.
    let again = store(&[]).ends(0);
    assert!(again.err.contains("in place of the earlier one") || again.out.contains("in place of the earlier one"));
    assert_eq!(server.asked("land", "SELECT count(*) FROM landgrade_2025.units"), units.len().to_string());
    assert_eq!(server.asked("land", "SELECT count(*) FROM public.layer_styles"), "4");
    // A database as it comes holds no geometry.
    server.asked("land", "CREATE DATABASE plain");
    let plain = server.connection().replace("dbname=land", "dbname=plain");
    crate::cli::landgrade(&["publish", &own, "--formats", "postgis", "--to", &plain])
        .ends(2)
        .tells("no-postgis", &["CREATE EXTENSION postgis"]);
    // What others made stays.
    server.asked("land", "CREATE SCHEMA office; CREATE TABLE office.units (a int)");
    store(&["--schema", "office"]).ends(2).tells("schema-in-the-way", &["office", "units"]);
    assert_eq!(
        server.asked("land", "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'office'"),
        "1"
    );
}

#[test]
fn a_database_that_is_not_there_is_told_without_the_password() {
    let (room, own) = (Room::new(), release());
    let connection = format!("PG:host={} user=u password=secret dbname=land", room.at("nowhere"));
    let args = ["publish", &own, "--formats", "postgis", "--to", &connection];
    let ran = crate::cli::landgrade(&args).ends(2);
    assert!(ran.err.contains("[database]") && !ran.err.contains("secret"), "{}", ran.err);
    for (formats, to) in [("postgis", room.at("x")), ("gpkg", connection.clone()), ("postgis,csv", connection.clone())]
    {
        let args = ["publish", &own, "--formats", formats, "--to", &to];
        crate::cli::landgrade(&args).ends(2).tells("foreign-option", &["postgis"]);
    }
}
