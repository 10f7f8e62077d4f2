//! The page put together: its own text, the libraries it is built with, and what it shows.

use super::Subject;
use super::blobs::Blobs;
use crate::land::{Fault, Outcome, markup};
use crate::say;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha256};

/// MapLibre GL JS and PMTiles, as npm installs them; empty where they were not there when the program was built.
mod assets {
    include!(concat!(env!("OUT_DIR"), "/web_assets.rs"));
}

/// npm brings it without its licence.
const PMTILES_LICENCE: &str = include_str!("pmtiles-licence.txt");

const PAGE: &str = include_str!("page/page.html");
const STYLES: &[&str] = &[
    include_str!("page/base.css"),
    include_str!("page/map.css"),
    include_str!("page/panel.css"),
    include_str!("page/print.css"),
];

/// The page's scripts, in the order they are joined.
const SCRIPTS: &[&str] = &[
    include_str!("page/core.js"),
    include_str!("page/words.js"),
    include_str!("page/text.js"),
    include_str!("page/blobs.js"),
    include_str!("page/objects.js"),
    include_str!("page/find.js"),
    include_str!("page/correct.js"),
    include_str!("page/map-style.js"),
    include_str!("page/map-labels.js"),
    include_str!("page/map-overview.js"),
    include_str!("page/map.js"),
    include_str!("page/map-pick.js"),
    include_str!("page/swipe.js"),
    include_str!("page/controls.js"),
    include_str!("page/search.js"),
    include_str!("page/legend.js"),
    include_str!("page/legend-parts.js"),
    include_str!("page/panel.js"),
    include_str!("page/panel-explain.js"),
    include_str!("page/panel-recompute.js"),
    include_str!("page/print.js"),
    include_str!("page/main.js"),
];

/// Refuses where the libraries are missing.
///
/// # Errors
/// `no-web-assets`.
pub(super) fn available() -> Outcome<()> {
    if !assets::MAPLIBRE.is_empty() {
        return Ok(());
    }
    Err(Fault::new(
        "no-web-assets",
        say!("this program was built without the libraries of the web map", "程序构建时缺少网页地图所需的库"),
        say!(
            "run `make system` (npm ci --prefix src/web) and build it again",
            "请运行 make system(npm ci --prefix src/web)后重新构建"
        ),
    ))
}

/// The whole page.
pub(super) fn filled(subject: &Subject<'_>, head: &Value, blobs: &Blobs) -> String {
    let lang = subject.lang.key();
    let title = markup::escaped(&format!("{} · {}", subject.release.head.title, subject.release.head.name));
    // Inside a script element only "<" could end it.
    let head = head.to_string().replace('<', "\\u003c");
    let style = format!("{}\n{}", assets::MAPLIBRE_STYLE, STYLES.join("\n"));
    let libraries = [(assets::MAPLIBRE_LICENCE, assets::MAPLIBRE), (PMTILES_LICENCE, assets::PMTILES)]
        .map(|(licence, script)| format!("\n/*\n{}\n*/\n{}", licence.replace("*/", "* /"), unmapped(script)));
    let script = format!("(() => {{\n{}\n}})();", SCRIPTS.join("\n"));
    // No other script runs in the page, whatever a name in the data holds.
    let hashes = libraries.iter().chain([&script]).map(|script| hash(script)).collect::<Vec<_>>().join(" ");
    let element = |script: &String| format!("<script>{script}</script>\n");
    let (libraries, script) = (libraries.iter().map(element).collect::<String>(), element(&script));
    let elements = blobs.elements();
    let parts = [
        ("lang", lang),
        ("hashes", hashes.as_str()),
        ("title", title.as_str()),
        ("css", style.as_str()),
        ("head", head.as_str()),
        ("blobs", elements.as_str()),
        ("libs", libraries.as_str()),
        ("app", script.as_str()),
    ];
    let mut out = String::with_capacity(PAGE.len() + parts.iter().map(|(_, text)| text.len()).sum::<usize>());
    let mut rest = PAGE;
    // From left to right, so that nothing that is filled in is taken for a mark.
    while let Some((before, behind)) = rest.split_once("{{") {
        out.push_str(before);
        let (mark, after) = behind.split_once("}}").unwrap_or((behind, ""));
        out.push_str(parts.iter().find(|(name, _)| *name == mark).map_or("", |(_, text)| *text));
        rest = after;
    }
    out + rest
}

/// A script as a policy of the page names it.
fn hash(script: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(script.as_bytes())))
}

/// A script without the line that points to its map, which is not there.
fn unmapped(script: &str) -> String {
    script.lines().filter(|line| !line.starts_with("//# sourceMappingURL=")).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_joined_ends_its_element() {
        let all = SCRIPTS.iter().chain(&[assets::MAPLIBRE, assets::PMTILES, assets::MAPLIBRE_LICENCE, PMTILES_LICENCE]);
        for script in all {
            assert!(!script.contains("</script") && !script.contains("<!--"));
        }
        for style in STYLES.iter().chain(&[assets::MAPLIBRE_STYLE]) {
            assert!(!style.contains("</style"));
        }
    }

    #[test]
    fn every_mark_of_the_page_is_one_that_is_filled() {
        let marks: Vec<&str> = PAGE.split("{{").skip(1).map(|rest| rest.split_once("}}").unwrap().0).collect();
        assert_eq!(marks, ["lang", "hashes", "title", "css", "head", "blobs", "libs", "app"]);
    }
}
