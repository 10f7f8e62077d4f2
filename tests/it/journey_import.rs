//! What was published comes back in as a foreign release, and nothing in it has moved.

use crate::cli::{Room, call, city, landgrade, listing, release};
use std::fs;

fn mapping(room: &Room, source: &str, words: &str) -> String {
    let source = city().join("releases/2025-published").join(source).display().to_string();
    let text =
        format!("source = '{source}'\nuse = \"use\"\ngrade = \"grade\"\n{words}\n[policy]\nmissing-value = \"warn\"\n");
    fs::write(room.path().join("mapping.toml"), text).unwrap();
    room.at("mapping.toml")
}

#[test]
fn a_published_geopackage_and_its_tables_come_back_with_every_grade_and_price() {
    let room = Room::new();
    let sources = [
        ("gpkg", "units.gpkg", "layer = \"units\"\nid = \"zddm\"\nprice = \"price\""),
        ("shp", "units.shp", "id = \"zddm\"\nprice = \"price\""),
        ("table", "units.csv", "id = \"unit\"\nprice = \"benchmark price (元/㎡)\""),
        ("prices", "prices.csv", "price = \"benchmark price (元/㎡)\""),
    ];
    for (name, source, words) in sources {
        let file = mapping(&room, source, words);
        let made = call(&format!("import {file} --name {name} --to {} --json", room.at("foreign"))).ends(0).json();
        assert_eq!(made["units"], if name == "prices" { 0 } else { 400 }, "{source}");
        call(&format!("verify {}", room.at(&format!("foreign/{name}")))).ends(0);
        // No difference of grade or price: exit code 0.
        let told =
            call(&format!("compare {} {} --json", release(), room.at(&format!("foreign/{name}")))).ends(0).json();
        for what in ["land_use", "grade", "price"] {
            assert_eq!(told["changed"][what], 0, "{what} from {source}: {told}");
        }
    }
    let own = call(&format!("explain {} 990101001001GB00004", room.at("foreign/gpkg"))).ends(2);
    own.tells("not-explainable", &[]);
    let replay = call(&format!("verify {} --inputs {} --replay", room.at("foreign/gpkg"), room.at("")));
    assert!(replay.code == Some(2) && replay.err.contains("[not-replayable]"), "{replay:?}");
}

#[test]
fn an_import_by_options_whose_data_the_policies_refuse_ends_with_one_and_leaves_nothing() {
    let room = Room::new();
    let source = city().join("releases/2025-published/units.gpkg").display().to_string();
    let args = [
        "import", "--source", &source, "--layer", "units", "--id", "zddm", "--use", "use", "--grade", "grade",
        "--price",
    ];
    for lang in ["en", "zh"] {
        let more = ["price", "--name", "x", "--to", &room.at("foreign"), "--lang", lang];
        let refused = landgrade(&[&args[..], &more].concat()).ends(1);
        refused.tells("denied", &["990101001001GB00001", "missing-value = \"warn\""]);
        let more = ["prise", "--name", "x", "--to", &room.at("foreign"), "--lang", lang];
        let misnamed = landgrade(&[&args[..], &more].concat()).ends(2);
        misnamed.tells("missing-field", &["units.gpkg", "prise", "price_mu"]);
    }
    assert_eq!(listing(room.path()), [""; 0]);
}
