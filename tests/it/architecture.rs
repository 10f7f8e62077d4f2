//! The stages import only what stands to their left (docs/architecture.md).

use std::path::{Path, PathBuf};

/// Every module of the library, and the modules it may use.
const MAY_USE: &[(&str, &[&str])] = &[
    ("land", &[]),
    // The binary sees the library from outside, as `landgrade::…`.
    ("main", &[]),
    ("cli", &[]),
    ("scale", &[]),
    ("space", &["land", "scale"]),
    ("statistics", &[]),
    ("quality", &["land", "scale", "space", "statistics"]),
    ("formats", &["land", "scale", "space"]),
    ("project", &["land", "space"]),
    ("ingest", &["land", "scale", "space", "formats", "project"]),
    ("factors", &["land", "scale", "space", "project", "ingest"]),
    ("weights", &["land", "statistics", "project", "ingest"]),
    ("score", &["land", "scale", "space", "project", "ingest", "factors", "weights"]),
    ("units", &["land", "scale", "space", "project", "ingest", "score"]),
    ("grade", &["land", "scale", "space", "project"]),
    ("price", &["land", "statistics", "project", "grade"]),
    ("release", &["land", "scale", "space", "formats", "ingest"]),
    (
        "review",
        &[
            "land",
            "scale",
            "space",
            "statistics",
            "quality",
            "project",
            "ingest",
            "factors",
            "score",
            "grade",
            "price",
            "release",
        ],
    ),
    ("publish", &["land", "scale", "space", "statistics", "formats", "release", "review", "tiles", "sheets"]),
    ("report", &["land", "statistics", "formats", "project", "grade", "ingest", "release", "review", "publish"]),
    ("compare", &["land", "scale", "space", "statistics", "formats", "ingest", "release"]),
    ("sheets", &["land", "scale", "space", "formats", "ingest", "release", "compare"]),
    ("tiles", &["land", "scale", "space"]),
    ("web", &["land", "scale", "space", "formats", "release", "publish", "compare", "sheets", "tiles"]),
    ("gate", &["land", "quality", "ingest", "release", "review", "compare"]),
    ("borders", &["land", "space", "formats", "project", "factors", "price", "release", "compare"]),
    (
        "supervise",
        &["land", "space", "formats", "project", "ingest", "price", "release", "review", "compare", "borders"],
    ),
    (
        "package",
        &["land", "scale", "space", "formats", "project", "ingest", "release", "import", "review", "publish", "report"],
    ),
    ("import", &["land", "scale", "space", "ingest", "release"]),
    ("explain", &["land", "formats", "space", "project", "factors", "score", "release"]),
    // The pipeline knows every stage; nothing but the binary knows it.
    (
        "pipeline",
        &[
            "land", "scale", "space", "project", "ingest", "factors", "weights", "score", "units", "grade", "price",
            "release", "formats", "explain", "review",
        ],
    ),
    ("sample", &["land", "scale", "space", "formats", "ingest"]),
];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(source()).unwrap();
    inside.iter().next().unwrap().to_string_lossy().trim_end_matches(".rs").to_string()
}

/// Tests stand in `…_tests.rs`, what several of them share in `fixture.rs`.
fn is_test(path: &Path) -> bool {
    path.to_string_lossy().ends_with("_tests.rs") || path.ends_with("fixture.rs")
}

#[test]
fn each_module_is_listed_and_imports_leftward_only() {
    let mut all = Vec::new();
    files(&source(), &mut all);
    let known: Vec<&str> = MAY_USE.iter().map(|(module, _)| *module).collect();
    let mut seen = 0;
    for path in all.iter().filter(|path| !is_test(path)) {
        let module = module_of(path);
        if module == "lib" {
            continue;
        }
        let (_, allowed) = MAY_USE
            .iter()
            .find(|(name, _)| *name == module)
            .unwrap_or_else(|| panic!("the module {module} is not listed here and in docs/architecture.md"));
        for (number, line) in std::fs::read_to_string(path).unwrap().lines().enumerate() {
            for used in line.split("crate::").skip(1) {
                let used: String = used.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
                if known.contains(&used.as_str()) {
                    seen += 1;
                    let fine = used == module || allowed.contains(&used.as_str());
                    assert!(fine, "{}:{}: {module} may not use {used}", path.display(), number + 1);
                }
            }
        }
    }
    assert!(seen > 30, "the search finds the imports it judges");
}

#[test]
fn the_r_tree_and_the_threads_have_one_home_each() {
    let mut all = Vec::new();
    files(&source(), &mut all);
    for path in all.iter().filter(|path| !is_test(path)) {
        let text = std::fs::read_to_string(path).unwrap();
        assert!(!text.contains("use rstar") || path.ends_with("space/index.rs"), "rstar in {}", path.display());
        assert!(!text.contains("rayon::") || path.ends_with("scale.rs"), "rayon in {}", path.display());
    }
}

#[test]
fn no_file_is_longer_than_400_lines() {
    let mut all = Vec::new();
    files(&source(), &mut all);
    for path in all.iter().filter(|path| !is_test(path)) {
        let lines = std::fs::read_to_string(path).unwrap().lines().count();
        assert!(lines <= 400, "{} has {lines} lines", path.display());
    }
}
