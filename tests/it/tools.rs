//! What several tests share: the built program, other programs, files in a folder that goes away.

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the built program.
pub fn landgrade(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_landgrade")).env("LANDGRADE_LANG", "en").args(arguments).output().unwrap()
}

/// Runs the built program with `--json`: its exit code, its answer, and what stood on standard error.
pub fn json(arguments: &[&str]) -> (i32, Value, String) {
    let output = landgrade(&[&["--json"], arguments].concat());
    let answer = serde_json::from_slice(&output.stdout).unwrap_or(Value::Null);
    (output.status.code().unwrap(), answer, String::from_utf8(output.stderr).unwrap())
}

/// A path as an argument.
pub fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// A file or folder of the shared test data; `None`, said aloud, where it is absent.
pub fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data").join(path);
    if !found.exists() {
        println!("skipped: shared data not present");
        return None;
    }
    Some(found)
}

/// Whether another program can be run; said aloud where it cannot.
pub fn installed(name: &str) -> bool {
    let found = Command::new(name).arg("--version").output().is_ok();
    if !found {
        println!("skipped: {name} is not installed");
    }
    found
}

/// Runs another program with an input; `None`, said aloud, where it is not installed.
pub fn program(name: &str, arguments: &[&str], input: &str) -> Option<String> {
    use std::io::Write;
    use std::process::Stdio;
    let piped =
        Command::new(name).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut child) = piped else {
        println!("skipped: {name} is not installed");
        return None;
    };
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{name}: {}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}

/// A folder with the files given, by name.
pub fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

/// Every file below a folder with its bytes, by path.
pub fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            found.extend(files_below(&path).into_iter().map(|(below, bytes)| (format!("{name}/{below}"), bytes)));
        } else {
            found.push((name, std::fs::read(&path).unwrap()));
        }
    }
    found.sort();
    found
}

/// A project in `crs` with the `[units]` and the factor given; further tables behind.
pub fn project(crs: &str, units: &str, factor: &str, rest: &str) -> String {
    format!(
        "[project]\nname = \"awkward\"\ncrs = \"{crs}\"\n[units]\n{units}\n[[uses]]\nkey = \"commercial\"\ngrades = 2\n\
         breaks = \"equal-interval\"\nweights = {{ factor = 1.0 }}\nprice = {{ term = 40, rate = 0.06, plot_ratio = 2.0 }}\n\
         [[factors]]\nkey = \"factor\"\n{factor}\n{rest}"
    )
}

/// A point factor on a layer.
pub fn near(source: &str) -> String {
    format!(
        "kind = \"point\"\nattenuation = \"linear\"\nlevels = [{{ radius = 500, score = 100 }}]\nsource = \"{source}\"\n"
    )
}

/// A text of the committed broken samples, whose sound parts serve here.
pub fn broken_sample(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/broken").join(path)).unwrap()
}

/// The findings of an answer of `check`, as `code layer feature`.
pub fn codes(answer: &Value) -> Vec<String> {
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or("?").to_string();
    let findings = answer["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    let each = findings.iter().map(|f| [text(f, "code"), text(f, "layer"), text(f, "feature")].join(" "));
    each.map(|line| line.trim_end().to_string()).collect()
}

/// The code of the fault an answer tells.
pub fn fault(answer: &Value) -> &str {
    answer["error"][0]["code"].as_str().unwrap_or("none")
}
