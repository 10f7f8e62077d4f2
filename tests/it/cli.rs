//! The program as a user calls it, rooms to call it in, and a small city that every test shares.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::SystemTime;

pub const PROGRAM: &str = env!("CARGO_BIN_EXE_landgrade");

/// What a call came to.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Whatever happens, nobody is shown the inside of the program, and no terminal is commanded.
    pub fn of(output: &Output) -> Ran {
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("output is UTF-8");
        let ran = Ran { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) };
        for word in ["panicked", "RUST_BACKTRACE", "Os {", "kind: ", "Err(", "Some(", "unwrap"] {
            assert!(!ran.err.contains(word), "{word} in {}", ran.err);
        }
        let commands = |c: char| c.is_control() && c != '\n' && c != '\t';
        assert!(!ran.out.contains(commands) && !ran.err.contains(commands), "control characters in {ran:?}");
        ran
    }

    #[track_caller]
    pub fn ends(self, code: i32) -> Ran {
        assert_eq!(self.code, Some(code), "{}\n{}", self.err, self.out);
        self
    }

    /// The one JSON document on standard output, and nothing else.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {}", self.out))
    }

    /// A fault as a reader wants it: one paragraph with the place, what, and what to do. GDAL's own lines do not add to it.
    #[track_caller]
    pub fn tells(&self, code: &str, words: &[&str]) {
        assert!(self.err.contains(&format!("[{code}]")), "[{code}] in {}", self.err);
        for word in words {
            assert!(self.err.contains(word), "{word:?} in {}", self.err);
        }
        assert!(self.err.contains("\n  help: ") || self.err.contains("\n  建议: "), "what to do in {}", self.err);
        assert!(!self.err.contains("ERROR ") && !self.err.contains("Warning "), "{}", self.err);
    }
}

/// A call of the program in English, with none of the environment's languages.
pub fn command<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.args(args).stdin(Stdio::null());
    for name in ["LANDGRADE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command
}

pub fn landgrade<S: AsRef<std::ffi::OsStr>>(args: &[S]) -> Ran {
    Ran::of(&command(args).output().unwrap())
}

/// The words of a line as arguments; paths in it must have no spaces.
pub fn call(line: &str) -> Ran {
    landgrade(&line.split_whitespace().collect::<Vec<_>>())
}

/// A folder that goes with the test, also where releases in it are read-only.
pub struct Room(tempfile::TempDir);

impl Room {
    pub fn new() -> Room {
        Room(tempfile::tempdir().unwrap())
    }

    /// A room with a copy of the inputs of 2025 as `in`.
    pub fn with_inputs() -> Room {
        let room = Room::new();
        copy(&city().join("2025"), &room.path().join("in"));
        room.edit_project(&[("folder = \"../releases\"", "folder = \"../out\"")]);
        room
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// A path in it, as a text.
    pub fn at(&self, name: &str) -> String {
        self.path().join(name).to_str().unwrap().to_string()
    }

    pub fn project(&self) -> String {
        self.at("in/project.toml")
    }

    /// Replaces texts of the project file, once each.
    #[track_caller]
    pub fn edit_project(&self, edits: &[(&str, &str)]) {
        let path = self.path().join("in/project.toml");
        let mut text = fs::read_to_string(&path).unwrap();
        for (old, new) in edits {
            assert!(text.contains(old), "{old} in the project file");
            text = text.replacen(old, new, 1);
        }
        fs::write(path, text).unwrap();
    }

    /// Runs statements on the city's GeoPackage, without its index being kept.
    pub fn edit_city(&self, statements: &str) {
        let database = rusqlite::Connection::open(self.path().join("in/city.gpkg")).unwrap();
        without_triggers(&database);
        database.execute_batch(statements).unwrap();
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        loosen(self.path());
    }
}

/// GeoPackages keep their index by triggers that call functions which only GDAL has.
pub fn without_triggers(database: &rusqlite::Connection) {
    let mut names = database.prepare("select name from sqlite_master where type = 'trigger'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    names.iter().for_each(|name| database.execute_batch(&format!("drop trigger \"{name}\"")).unwrap());
}

/// Makes read-only folders removable.
fn loosen(folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if folder.symlink_metadata().is_ok_and(|what| what.is_dir()) {
        let _ = fs::set_permissions(folder, fs::Permissions::from_mode(0o755));
        fs::read_dir(folder).into_iter().flatten().flatten().for_each(|entry| loosen(&entry.path()));
    }
}

/// Copies a folder; the copies are writable.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.path() {
            path if path.is_dir() => copy(&path, &target),
            path => fs::write(target, fs::read(path).unwrap()).unwrap(),
        }
    }
}

/// Every file below a folder, as paths from it, sorted.
pub fn listing(folder: &Path) -> Vec<String> {
    bytes(folder).into_keys().collect()
}

/// Every file below a folder with its bytes; folders count too, with `/` at their end.
pub fn bytes(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    fn collect(folder: &Path, prefix: &str, found: &mut BTreeMap<String, Vec<u8>>) {
        for entry in fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
            let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
            if entry.path().is_dir() {
                found.insert(format!("{name}/"), Vec::new());
                collect(&entry.path(), &format!("{name}/"), found);
            } else {
                found.insert(name, fs::read(entry.path()).unwrap());
            }
        }
    }
    let mut found = BTreeMap::new();
    collect(folder, "", &mut found);
    found
}

/// Bytes and times of everything below a folder: what must be the same where nothing was touched.
pub fn state(folder: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let changed = |name: &str| folder.join(name).metadata().unwrap().modified().unwrap();
    bytes(folder).into_iter().map(|(name, bytes)| (name.clone(), (bytes, changed(&name)))).collect()
}

/// Names what two folders differ in.
#[track_caller]
pub fn assert_same(one: &BTreeMap<String, Vec<u8>>, other: &BTreeMap<String, Vec<u8>>) {
    assert!(one.keys().eq(other.keys()), "{:?}\n{:?}", one.keys(), other.keys());
    let differ: Vec<&String> =
        one.iter().filter(|(name, bytes)| other[*name] != **bytes).map(|(name, _)| name).collect();
    assert!(differ.is_empty() && !one.is_empty(), "these files differ: {differ:?}");
}

static CITY: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("it-city");
    loosen(&folder);
    let _ = fs::remove_dir_all(&folder);
    let shown = folder.to_str().unwrap();
    call(&format!("sample {shown} --parcels 400 --seed 5")).ends(0);
    for year in ["2025", "2026"] {
        call(&format!("run {shown}/{year}/project.toml --sealed-on 2026-11-20")).ends(0);
    }
    folder
});

/// A city of 400 parcels in two years, with the releases of both sealed and published. Nobody writes here.
pub fn city() -> &'static Path {
    &CITY
}

/// The sealed release of 2025.
pub fn release() -> String {
    city().join("releases/2025").to_str().unwrap().to_string()
}

static TOWN: LazyLock<PathBuf> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("it-town");
    let _ = fs::remove_dir_all(&folder);
    call(&format!("sample {} --parcels 8000 --seed 3 --years 2025", folder.to_str().unwrap())).ends(0);
    folder.join("2025")
});

/// A room with a larger city, whose runs last long enough to be interrupted.
pub fn room_in_town() -> Room {
    let room = Room::new();
    copy(&TOWN, &room.path().join("in"));
    room.edit_project(&[("folder = \"../releases\"", "folder = \"../out\"")]);
    room
}
