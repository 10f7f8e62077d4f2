//! Everything a user gets wrong: one clear message with the place and what to do, in both languages; nothing written; mended, it runs.

use crate::cli::{Ran, Room, call, command, listing, state};
use std::fs;
use std::io::Write;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// A change of the project file, and what must be told of it.
struct Slip {
    from: &'static str,
    to: &'static str,
    code: &'static str,
    tells: &'static [&'static str],
}

const SLIPS: [Slip; 20] = [
    Slip {
        from: "grades = 6",
        to: "grads = 6",
        code: "project-syntax",
        tells: &["project.toml:19", "grads", "grades"],
    },
    Slip {
        from: "half_width = 14",
        to: "half_widht = 14",
        code: "project-syntax",
        tells: &["project.toml:", "half_width"],
    },
    Slip { from: "\n[prices]\n", to: "\n[price]\n", code: "project-syntax", tells: &["price", "prices"] },
    Slip { from: "[units] ", to: "[units ", code: "project-syntax", tells: &["project.toml:9"] },
    Slip { from: "grades = 6", to: "grades = \"six\"", code: "project-syntax", tells: &["project.toml:19", "six"] },
    Slip { from: "grades = 6", to: "grades = 0", code: "out-of-range", tells: &["project.toml:19", "1", "30"] },
    Slip { from: "radius = 6000", to: "radius = -6000", code: "out-of-range", tells: &["project.toml:", "-6000"] },
    Slip {
        from: "shangfu = 0.4,",
        to: "shangfu = 0.41,",
        code: "weights-sum",
        tells: &["project.toml:21", "commercial", "1.01"],
    },
    Slip {
        from: "shangfu = 0.4,",
        to: "shangfuu = 0.4,",
        code: "unknown-factor",
        tells: &["project.toml:21", "shangfuu"],
    },
    Slip { from: "\"dem.tif\"", to: "\"dme.tif\"", code: "missing-file", tells: &["project.toml:", "dme.tif"] },
    Slip {
        from: "\"index.csv\"",
        to: "\"idx.csv\"",
        code: "missing-file",
        tells: &["project.toml:", "idx.csv", "index"],
    },
    Slip {
        from: "use = \"yt\"",
        to: "use = \"yongtu\"",
        code: "missing-field",
        tells: &["city.gpkg", "parcels", "yongtu", "yt"],
    },
    Slip {
        from: "scale = \"guimo\"",
        to: "scale = \"giumo\"",
        code: "missing-field",
        tells: &["city.gpkg", "giumo", "guimo"],
    },
    Slip {
        from: "layer = \"roads\"",
        to: "layer = \"raods\"",
        code: "missing-layer",
        tells: &["city.gpkg", "daolu", "raods", "roads"],
    },
    Slip {
        from: "crs = \"EPSG:4547\"",
        to: "crs = \"EPSG:454799\"",
        code: "unknown-crs",
        tells: &["project.toml:5", "EPSG:454799"],
    },
    Slip {
        from: "crs = \"EPSG:4547\"",
        to: "crs = \"EPSG:4490\"",
        code: "crs-not-metric",
        tells: &["project.toml:5", "EPSG:4547"],
    },
    Slip { from: "2025-12-31", to: "2025-13-31", code: "bad-date", tells: &["project.toml:6", "2025-13-31"] },
    Slip {
        from: "kind = \"raster\"",
        to: "kind = \"rastr\"",
        code: "unknown-word",
        tells: &["project.toml:", "rastr", "raster"],
    },
    Slip {
        from: "name = \"2025\"",
        to: "name = \"../../x\"",
        code: "release-name",
        tells: &["project.toml:", "../../x"],
    },
    Slip {
        from: "name = \"2025\"",
        to: "name = \"2025\"\nformats = [\"gpgk\"]",
        code: "unknown-word",
        tells: &["gpgk", "gpkg"],
    },
];

#[test]
fn every_slip_in_a_project_file_is_told_with_its_place_and_remedy_and_mended_it_runs() {
    let room = Room::with_inputs();
    let whole = fs::read_to_string(room.project()).unwrap();
    for slip in &SLIPS {
        room.edit_project(&[(slip.from, slip.to)]);
        let before = state(room.path());
        for lang in ["en", "zh"] {
            let ran = call(&format!("run {} --lang {lang}", room.project())).ends(2);
            ran.tells(slip.code, slip.tells);
            assert_eq!(ran.err.matches(" [").count(), 1, "one fault, not what follows from it: {}", ran.err);
            assert!(ran.out.is_empty(), "{}", ran.out);
            if lang == "zh" {
                assert!(
                    ran.err.lines().all(|line| line.chars().any(|c| c > '\u{3000}')),
                    "Chinese throughout: {}",
                    ran.err
                );
            }
        }
        assert_eq!(state(room.path()), before, "{} → {}", slip.from, slip.to);
        fs::write(room.project(), &whole).unwrap();
    }
    call(&format!("run {}", room.project())).ends(0);
    assert!(listing(&room.path().join("out")).contains(&"2025/manifest.json".to_string()));
}

#[test]
fn several_slips_are_told_at_once() {
    let room = Room::with_inputs();
    room.edit_project(&[("grades = 6", "grades = 60"), ("\"dem.tif\"", "\"dme.tif\""), ("\"2025-12-31\"", "\"soon\"")]);
    let ran = call(&format!("check {}", room.project())).ends(2);
    for code in ["out-of-range", "missing-file", "bad-date"] {
        ran.tells(code, &["project.toml:"]);
    }
}

#[test]
fn what_is_no_project_file_is_told_to_be_none() {
    let room = Room::with_inputs();
    fs::write(room.path().join("gbk.toml"), [b'#', 0xcd, 0xc1, b'\n']).unwrap();
    fs::write(room.path().join("empty.toml"), "").unwrap();
    for (name, code, words) in [
        ("in", "folder-for-file", "in/project.toml"),
        ("nothing.toml", "io", "nothing.toml"),
        ("in/city.gpkg", "io", "UTF-8"),
        ("gbk.toml", "io", "UTF-8"),
        ("empty.toml", "project-syntax", "project"),
    ] {
        for verb in ["check", "run", "grade", "price"] {
            call(&format!("{verb} {}", room.at(name))).ends(2).tells(code, &[words]);
        }
        call(&format!("run {} --lang zh", room.at(name))).ends(2).tells(code, &[words, "建议"]);
    }
    assert!(!room.path().join("out").exists());
}

#[test]
fn what_is_no_release_is_told_to_be_none_by_every_verb_that_wants_one() {
    let room = Room::with_inputs();
    for line in ["publish {}", "compare {} {}", "explain {} x", "verify {}"] {
        for path in [room.at("in"), room.at("nowhere"), room.project()] {
            let line = line.replace("{}", &path);
            call(&line).ends(2).tells("not-a-release", &["manifest.json"]);
            call(&format!("{line} --lang zh")).ends(2).tells("not-a-release", &["manifest.json", "建议"]);
        }
    }
}

#[test]
fn layers_without_features_stop_the_run_by_name_and_nothing_is_sealed() {
    let cases = [
        ("parcels", 1, "denied", &["parcels", "empty-layer"][..]),
        ("hospitals", 1, "denied", &["hospitals", "empty-layer"]),
        ("planning", 1, "denied", &["planning", "empty-layer"]),
        ("centres", 1, "denied", &["centres", "empty-layer"]),
        ("samples", 1, "denied", &["samples", "empty-layer"]),
        ("graded_area", 1, "denied", &["graded_area", "empty-layer"]),
    ];
    for (layer, code, fault, words) in cases {
        let room = Room::with_inputs();
        room.edit_city(&format!("create table kept as select * from {layer}; delete from {layer}"));
        for lang in ["en", "zh"] {
            call(&format!("run {} --lang {lang}", room.project())).ends(code).tells(fault, words);
        }
        assert!(!room.path().join("out").exists());
        room.edit_city(&format!("insert into {layer} select * from kept; drop table kept"));
        call(&format!("run {} --dry-run", room.project())).ends(0);
    }
}

#[test]
fn a_text_where_a_number_belongs_is_a_finding_that_names_the_feature_and_its_words() {
    let room = Room::with_inputs();
    // A text field with prices, one of them in words, one with its unit.
    room.edit_city("alter table samples add column jiage text; update samples set jiage = dj; update samples set jiage = 'viel' where fid = 1; update samples set jiage = '800 万元/亩' where fid = 2");
    room.edit_project(&[("price = \"dj\"", "price = \"jiage\"")]);
    for lang in ["en", "zh"] {
        let ran = call(&format!("run {} --lang {lang}", room.project())).ends(1);
        ran.tells("denied", &["YP202100001", "viel", "not-a-number"]);
    }
    assert!(!room.path().join("out").exists());
    let told = call(&format!("check {} --json --to {}", room.project(), room.at("found"))).ends(1).json();
    assert_eq!(told["denied"], 1);
    assert_eq!(listing(&room.path().join("found")), ["findings.csv", "findings.gpkg"]);
    room.edit_project(&[("[release]", "[policy]\nnot-a-number = \"repair\"\n\n[release]")]);
    call(&format!("run {} --dry-run", room.project())).ends(0);
}

#[test]
fn samples_outside_the_area_are_findings_each_with_its_place() {
    let room = Room::with_inputs();
    room.edit_project(&[(
        "source = \"city.gpkg\"\nlayer = \"samples\"",
        "source = \"sales.csv\"\nx = \"x\"\ny = \"y\"\ncrs = \"EPSG:4547\"",
    )]);
    let mut file = fs::File::create(room.path().join("in/sales.csv")).unwrap();
    writeln!(file, "ypbh,yt,jylx,dj,jyrq,rjl,synx,mj,x,y").unwrap();
    writeln!(file, "FAR,residential,转让,7000,2025-05-01,2,70,900,100000,100000").unwrap();
    // The only sample of its use lies outside: nothing would be left to price the use by.
    call(&format!("run {} --dry-run", room.project())).ends(1).tells("denied", &["samples-lost"]);
    room.edit_project(&[("[release]", "[policy]\nsamples-lost = \"warn\"\n\n[release]")]);
    let told = call(&format!("run {} --dry-run", room.project())).ends(0);
    assert!(told.out.contains("sample-outside"), "{}", told.out);
    room.edit_project(&[("samples-lost = \"warn\"", "samples-lost = \"warn\"\nsample-outside = \"deny\"")]);
    for lang in ["en", "zh"] {
        call(&format!("run {} --lang {lang}", room.project())).ends(1).tells("denied", &["FAR", "sample-outside"]);
    }
    assert!(!room.path().join("out").exists());
}

/// A shapefile whose parts were not copied whole reads as a smaller city: GDAL only prints a line. It must not be graded.
#[test]
fn an_input_that_is_cut_short_stops_the_run_and_is_named() {
    let room = Room::with_inputs();
    call(&format!("grade {} --to {}", room.project(), room.at("in/units.shp"))).ends(0);
    call(&format!("grade {} --to {} --geojson-crs project", room.project(), room.at("in/units.geojson"))).ends(0);
    let whole = fs::read_to_string(room.project()).unwrap();
    let units =
        "source = \"city.gpkg\"\nlayer = \"parcels\"\nid = \"zddm\"\nuse = \"yt\"\nkeep = [\"zl\", \"mj\", \"xzqdm\"]";
    for (source, files, code) in [
        ("units.shp", &["units.dbf", "units.shp", "units.shx"][..], "cut-short"),
        ("units.geojson", &["units.geojson"], "unreadable-file"),
        ("city.gpkg", &["city.gpkg"], "unreadable-file"),
        ("dem.tif", &["dem.tif"], "unreadable-raster"),
    ] {
        fs::write(room.project(), &whole).unwrap();
        if source.starts_with("units") {
            room.edit_project(&[(units, &format!("source = \"{source}\"\nid = \"zddm\"\nuse = \"use\""))]);
        }
        call(&format!("run {} --dry-run", room.project())).ends(0);
        for file in files {
            let path = room.path().join("in").join(file);
            let bytes = fs::read(&path).unwrap();
            for share in [50, 97] {
                fs::write(&path, &bytes[..bytes.len() * share / 100]).unwrap();
                for lang in ["en", "zh"] {
                    call(&format!("run {} --lang {lang}", room.project())).ends(2).tells(code, &[file]);
                }
            }
            fs::write(&path, &bytes).unwrap();
        }
        assert!(!room.path().join("out").exists());
    }
}

/// GDAL gives the rows before a damaged page and then either ends or goes on without rows for ever.
#[test]
fn a_damaged_page_of_a_geopackage_stops_the_run_wherever_it_is() {
    let room = Room::with_inputs();
    let path = room.path().join("in/city.gpkg");
    let database = rusqlite::Connection::open(&path).unwrap();
    let size: u32 = database.query_row("pragma page_size", [], |row| row.get(0)).unwrap();
    let pages =
        database.prepare("select pageno from dbstat where name = 'parcels' and pagetype = 'leaf' order by path");
    let Ok(mut pages) = pages else {
        println!("skipped: this SQLite does not tell where its pages are");
        return;
    };
    let pages: Vec<u32> = pages.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let whole = fs::read(&path).unwrap();
    for page in [pages[0], pages[pages.len() / 2], pages[pages.len() - 1]] {
        let mut bytes = whole.clone();
        bytes[((page - 1) * size) as usize..(page * size) as usize].fill(0);
        fs::write(&path, bytes).unwrap();
        let mut child =
            command(&["run", &room.project()]).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let started = Instant::now();
        while child.try_wait().unwrap().is_none() {
            if started.elapsed() > Duration::from_secs(20) {
                child.kill().unwrap();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let ran = Ran::of(&child.wait_with_output().unwrap()).ends(2);
        assert!(ran.err.contains("city.gpkg"), "page {page}: {}", ran.err);
    }
    assert!(!room.path().join("out").exists());
}
