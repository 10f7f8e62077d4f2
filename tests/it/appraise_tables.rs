//! `landgrade appraise` of many parcels: areas in any unit, conditions beside them, and what of them is not used or refused.

use crate::appraise::unit_of;
use crate::cli::{Room, call, city, release};
use serde_json::Value;
use std::fs;

/// Values a table of parcels with further options; gives what was said and the lines written.
fn valued(table: &str, options: &str, room: &Room) -> (String, Vec<String>) {
    fs::write(room.path().join("t.csv"), table).unwrap();
    let (own, file, to) = (release(), room.at("t.csv"), room.at("o.csv"));
    let ran = call(&format!("appraise {own} --parcels {file} {options} --to {to} --today 2026-06-30")).ends(0);
    let lines = fs::read_to_string(room.path().join("o.csv")).unwrap().lines().map(str::to_string).collect();
    (ran.err + &ran.out, lines)
}

/// A column of what was written, by parcel.
fn column(lines: &[String], name: &str) -> Vec<String> {
    let mut table = csv::Reader::from_reader(lines.join("\n").leak().as_bytes());
    let at = table.headers().unwrap().iter().position(|head| head.trim_start_matches('\u{feff}') == name).unwrap();
    table.records().map(|row| row.unwrap()[at].to_string()).collect()
}

/// A 亩 is 10 000/15 ㎡: 3 亩 are 2000 ㎡. A cell's own unit counts before the heading's.
#[test]
fn areas_are_brought_to_square_metres_by_the_cell_else_by_the_heading() {
    let (room, unit) = (Room::new(), unit_of("commercial"));
    let row = |id: &str, area: &str| format!("{id},{unit},commercial,{area}\n");
    let rows = [("a", "3"), ("b", "2公顷"), ("c", "0.5万㎡"), ("d", "700㎡"), ("e", "2斤")];
    let rows: String = rows.iter().map(|(id, area)| row(id, area)).collect();
    let (told, lines) = valued(&format!("id,unit,use,面积(亩)\n{rows}"), "", &room);
    assert_eq!(column(&lines, "area")[..4], ["2000", "20000", "5000", "700"]);
    assert!(column(&lines, "reason")[4].starts_with("area is \"2斤\""), "{lines:?}");
    assert!(told.contains("面积(亩) × 666.666") && told.contains("a unit of their own, brought to m²: 4"), "{told}");
    let (_, lines) = valued(&format!("id,unit,use,面积(公顷)\n{}", row("a", "1.5")), "", &room);
    assert_eq!(column(&lines, "area"), ["15000"]);
    fs::write(room.path().join("t.csv"), format!("id,unit,use,面积(斤)\n{}", row("a", "1"))).unwrap();
    call(&format!("appraise {} --parcels {}", release(), room.at("t.csv")))
        .ends(2)
        .tells("unknown-unit", &["面积(斤)"]);
}

#[test]
fn what_is_no_area_is_refused_and_never_summed() {
    let (room, unit) = (Room::new(), unit_of("commercial"));
    let rows = format!("a,{unit},commercial,100\nb,{unit},commercial,-3\nc,{unit},commercial,0\n");
    let (told, lines) = valued(&format!("id,unit,use,area\n{rows}"), "", &room);
    let reasons = column(&lines, "reason");
    assert!(reasons[0].is_empty() && told.contains("1 of 3 parcels valued"), "{told}");
    assert!(reasons[1].starts_with("the area is -3 m²") && reasons[2].starts_with("the area is 0 m²"), "{reasons:?}");
    let totals = column(&lines, "total");
    assert!(!totals[0].is_empty() && totals[1].is_empty() && totals[2].is_empty(), "{totals:?}");
    for area in ["=-3", " -3", " 0"] {
        call(&format!("appraise {} --id {unit} --area{area}", release())).ends(2).tells("bad-area", &["the area is"]);
    }
    for area in ["=NaN", "=inf", " 3斤"] {
        let said = ["--area", "not a number, nor one in ㎡, 公顷, 亩"];
        call(&format!("appraise {} --id {unit} --area{area}", release())).ends(2).tells("bad-option", &said);
    }
}

#[test]
fn conditions_beside_the_parcels_are_used_or_told() {
    let (room, unit) = (Room::new(), unit_of("commercial"));
    let table = format!("id,unit,use,area\na,{unit},commercial,100\nb,{unit},commercial,100\n");
    let beside = |text: &str| {
        fs::write(room.path().join("c.csv"), text).unwrap();
        format!("--conditions {}", room.at("c.csv"))
    };
    // A condition by its key or its name, an area in the unit its heading names; a use is the parcels' own.
    let options = beside("id,临街状况,面积(亩),nosuch,use\na,优,3,1,residential\nNOPE,劣,,2,\n");
    let (told, lines) = valued(&table, &options, &room);
    assert_eq!(column(&lines, "area"), ["2000", "100"]);
    let notes = ["columns of the conditions that are not used: nosuch, use", "whose id is of no parcel: 1 (NOPE)"];
    assert!(notes.iter().all(|note| told.contains(note)), "{told}");
    assert!(lines[1].contains(",8.4,") && !lines[2].contains(",8.4,"), "{lines:?}");
    let refused = format!("appraise {} --parcels {}", release(), room.at("t.csv"));
    let options = beside("id,street\na,优\na,劣\n");
    call(&format!("{refused} {options}")).ends(2).tells("duplicate-id", &["identifiers with several rows: 1 (a)"]);
}

#[test]
fn what_is_not_there_and_what_is_said_twice_is_told_as_what_it_is() {
    let (room, own, unit) = (Room::new(), release(), unit_of("commercial"));
    let missing = room.at("none.gpkg");
    call(&format!("appraise {own} --parcels {missing}")).ends(2).tells("missing-file", &["there is no such file"]);
    call(&format!("appraise {own} --parcels {}", room.at("none.csv"))).ends(2).tells("missing-file", &[]);
    let one = format!("appraise {own} --id {unit}");
    let twice = call(&format!("{one} --set street=优 --set street=劣")).ends(2);
    twice.tells("bad-setting", &["street is set twice: 优, 劣"]);
    fs::write(room.path().join("c.csv"), "key,value\nstreet,优\nstreet,劣\n").unwrap();
    call(&format!("{one} --conditions {}", room.at("c.csv"))).ends(2).tells("bad-setting", &["street is set twice"]);
    let negative = call(&format!("{one} --far -1")).ends(2).err;
    assert!(negative.contains("plot ratio") && !negative.contains("option -1"), "{negative}");
    let features = "{\"type\":\"Feature\",\"properties\":{\"id\":\"g\",\"use\":\"commercial\"},\"geometry\":null}";
    let point = "{\"type\":\"Feature\",\"properties\":{\"id\":\"p\",\"use\":\"commercial\"},\
        \"geometry\":{\"type\":\"Point\",\"coordinates\":[1,1]}}";
    let layer = format!("{{\"type\":\"FeatureCollection\",\"features\":[{features},{point}]}}");
    fs::write(room.path().join("g.geojson"), layer).unwrap();
    let (file, to) = (room.at("g.geojson"), room.at("g.csv"));
    call(&format!("appraise {own} --parcels {file} --to {to}")).ends(0);
    let lines: Vec<String> =
        fs::read_to_string(room.path().join("g.csv")).unwrap().lines().map(str::to_string).collect();
    assert_eq!(column(&lines, "reason"), ["the parcel has no geometry", "the parcel lies on no graded unit"]);
}

/// An area among conditions is the parcel's own, in the unit it names; 3 亩 are 2000 ㎡.
#[test]
fn an_area_told_as_a_condition_is_read_with_its_unit() {
    let (room, own, unit) = (Room::new(), release(), unit_of("commercial"));
    let one = format!("appraise {own} --id {unit} --today 2026-06-30 --json");
    let area = |options: &str| {
        let told = call(&format!("{one} {options}")).ends(0).json();
        let codes: Vec<&str> =
            told["warnings"].as_array().unwrap().iter().filter_map(|it| it["code"].as_str()).collect();
        (told["area"].as_f64().unwrap(), codes.contains(&"area-differs"))
    };
    let drawn = area("").0;
    assert!(drawn != 2000.0 && !area("").1);
    let file = |text: &str| {
        fs::write(room.path().join("c.csv"), text).unwrap();
        format!("--conditions {}", room.at("c.csv"))
    };
    for text in
        ["key,value\narea,2000\n", "key,value\narea,3亩\n", "key,value\n面积(亩),3\n", "单位:亩\nkey,value\narea,3\n"]
    {
        assert_eq!(area(&file(text)), (2000.0, true), "{text}");
    }
    assert_eq!((area("--set area=3亩").0, area("--area 500 --set area=500").0), (2000.0, 500.0));
    // What the command says counts before the file; half of a hundred off is no other area.
    assert_eq!(area(&format!("--area 500 {}", file("key,value\narea,3亩\n"))).0, 500.0);
    assert!(!area(&format!("--area {}", drawn * 1.005)).1);
    call(&format!("{one} --area 500 --set area=900")).ends(2).tells("bad-setting", &["area is set twice: 500 m², 900"]);
    call(&format!("{one} --set area=2斤")).ends(2).tells("bad-area", &["\"2斤\" is no area"]);
    call(&format!("{one} --area 1e99")).ends(2).tells("bad-area", &["up to 100000000000"]);
}

#[test]
fn a_line_that_sums_up_others_is_no_parcel() {
    let (room, unit) = (Room::new(), unit_of("commercial"));
    let rows = format!("a,{unit},commercial,100\n合计,{unit},commercial,100\n");
    let (told, lines) = valued(&format!("id,unit,use,area\n{rows}"), "", &room);
    assert!(told.contains("1 of 2 parcels valued"), "{told}");
    assert_eq!(column(&lines, "reason"), ["", "\"合计\" heads a sum or an average of other lines"]);
}

/// A system that takes the place of the release's is looked at as that of a run is.
#[test]
fn odd_tables_of_other_corrections_are_told() {
    let (room, own, unit) = (Room::new(), release(), unit_of("commercial"));
    let odd = "[[uses]]\nkey = \"commercial\"\n[[uses.plot_ratio]]\ntable = [[1, 0.8], [2, 1.1], [3, 1.05]]\n\
        [[uses]]\nkey = \"residential\"\n[[uses.plot_ratio]]\npower = 0.4\n";
    fs::write(room.path().join("c.toml"), odd).unwrap();
    let told = call(&format!("appraise {own} --id {unit} --corrections {} --json", room.at("c.toml"))).ends(0).json();
    let texts: Vec<&str> = told["odd_tables"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    for part in ["at the set plot ratio 2 is 1.1, not 1", "falls at plot ratio 3", "has no range"] {
        assert!(texts.iter().any(|text| text.contains(part)), "{part}: {texts:?}");
    }
    let shown = call(&format!("appraise {own} --id {unit} --corrections {}", room.at("c.toml"))).ends(0);
    assert!((shown.out + &shown.err).contains("falls at plot ratio 3 [odd-table]"));
    let none = call(&format!("appraise {own} --id {unit} --json")).ends(0).json();
    assert_eq!(none["odd_tables"].as_array().map(Vec::len), Some(0));
}

/// Coordinates under the names people give them, in degrees, with the zone's number, with commas, surveyors' X north: one place, one price.
#[test]
fn coordinates_are_found_by_their_names_and_read_as_people_write_them() {
    let (room, unit) = (Room::new(), unit_of("commercial"));
    let own = column(&valued(&format!("id,unit,use\na,{unit},commercial\n"), "", &room).1, "price");
    let database = gdal::Dataset::open(city().join("2025/city.gpkg")).unwrap();
    let sql = format!("SELECT ST_PointOnSurface(geom) FROM parcels WHERE zddm = '{unit}'");
    let mut found = database.execute_sql(sql, None, gdal::vector::sql::Dialect::SQLITE).unwrap().unwrap();
    let place = gdal::vector::LayerAccess::features(&mut *found).next().unwrap();
    let (x, y, _) = place.geometry().unwrap().get_point(0);
    let grouped = |value: f64| {
        let whole = format!("{:.3}", value);
        let (units, rest) = whole.split_once('.').unwrap();
        let digits: Vec<String> =
            units.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        format!("\"{}.{rest}\"", digits.join(","))
    };
    let row = |head: &str, one: &str, other: &str| format!("id,{head},use\na,{one},{other},commercial\n");
    let (east, north) = (format!("{x:.3}"), format!("{y:.3}"));
    let tables = [
        (row("东坐标,北坐标", &east, &north), ""),
        (row("宗地横坐标(m),宗地纵坐标(m)", &east, &north), ""),
        (row("X坐标,Y坐标", &north, &east), "the values of Y坐标 tell that it is east"),
        (row("x,y", &grouped(x), &grouped(y)), ""),
        (row("x,y", &format!("{east}m"), &format!("{north}米")), ""),
        // 114° E is the middle of zone 38 of three degrees.
        (row("x,y", &format!("38{east}"), &north), "taken as EPSG:4526"),
    ];
    for (table, note) in tables {
        let (told, lines) = valued(&table, "", &room);
        assert_eq!(column(&lines, "price"), own, "{table} {told}");
        assert!(told.contains(note), "{told}");
    }
    let (_, lines) = valued(&row("甲,乙", &east, &north), "--field x=甲 --field y=乙", &room);
    assert_eq!(column(&lines, "price"), own);
    let (_, lines) = valued(&row("x,y", "五百", &north), "", &room);
    assert_eq!(column(&lines, "reason"), ["x is \"五百\", not a coordinate"]);
    // Of three rows in degrees one is blank and one has longitude and latitude exchanged: they say why, the third is valued.
    let (lon, lat) = {
        let from = landgrade::space::Crs::parse("EPSG:4547").unwrap();
        let to = landgrade::space::Crs::parse("EPSG:4490").unwrap();
        let mut at = landgrade::space::Shapes::of_points([landgrade::space::Point::new(x, y)]);
        landgrade::space::crs::transform(&mut at, &from, &to).unwrap();
        (at.points()[0].x, at.points()[0].y)
    };
    let rows = format!(
        "id,经度,纬度,use\na,{lon:.9},{lat:.9},commercial\nb,,,commercial\nc,{lat:.9},{lon:.9},commercial\nd,{lon:.9},{lat:.9},commercial\n"
    );
    let (_, lines) = valued(&rows, "", &room);
    let reasons = column(&lines, "reason");
    assert_eq!(column(&lines, "price")[0], own[0], "{lines:?}");
    assert!(reasons[2].contains("exchanged") && !reasons[1].is_empty(), "{reasons:?}");
    // Of months and per cent in headings: 36 months are 3 years, 150 % is 1.5.
    let plain = valued(&format!("id,unit,use,容积率,剩余年期\na,{unit},commercial,1.5,3\n"), "", &room);
    let told = valued(&format!("id,unit,use,容积率(%),剩余年期(月)\na,{unit},commercial,150,36\n"), "", &room);
    assert_eq!(column(&told.1, "price"), column(&plain.1, "price"), "{}", told.0);
    assert!(told.0.contains("numbers × 0.01") && column(&plain.1, "price") != own, "{}", told.0);
    let (_, lines) = valued("id,unit,use\na,99,commercial\n", "", &room);
    assert!(column(&lines, "reason")[0].ends_with("has no unit \"99\""), "{lines:?}");
    fs::write(room.path().join("t.csv"), row("甲,乙", &east, &north)).unwrap();
    let none = call(&format!("appraise {} --parcels {}", release(), room.at("t.csv"))).ends(2);
    none.tells("no-coordinates", &["id, 甲, 乙", "--field x=COLUMN"]);
    let half = call(&format!("appraise {} --parcels {} --field x=甲", release(), room.at("t.csv"))).ends(2);
    half.tells("half-coordinates", &["t.csv", "name both with --field"]);
}
