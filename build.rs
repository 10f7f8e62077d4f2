//! Makes the libraries of the web map part of the program, where npm has installed them (`npm ci --prefix src/web`).

use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo sets it"));
    let modules = root.join("src/web/node_modules");
    let wanted = [
        ("MAPLIBRE", "maplibre-gl/dist/maplibre-gl.js"),
        ("MAPLIBRE_STYLE", "maplibre-gl/dist/maplibre-gl.css"),
        ("MAPLIBRE_LICENCE", "maplibre-gl/LICENSE.txt"),
        ("PMTILES", "pmtiles/dist/pmtiles.js"),
    ];
    let all_there = wanted.iter().all(|(_, file)| modules.join(file).is_file());
    let mut text = String::new();
    for (name, file) in wanted {
        let path = modules.join(file);
        let value =
            if all_there { format!("include_str!({:?})", path.display().to_string()) } else { "\"\"".to_string() };
        text += &format!("pub const {name}: &str = {value};\n");
    }
    // The folder, so that libraries that npm installs later are seen as well.
    println!("cargo::rerun-if-changed=src/web");
    let out = std::env::var("OUT_DIR").expect("cargo sets it");
    std::fs::write(Path::new(&out).join("web_assets.rs"), text).expect("the folder of the build can be written to");
}
