//! Disks that are full and folders that cannot be written: told as such, nothing partial left, and a second run works.

use crate::cli::{PROGRAM, Ran, Room, call, city, command, listing, release};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Calls of the verbs that write, each with what it writes into `place`.
fn writers(project: &str, place: &str) -> Vec<(String, String)> {
    let other = city().join("releases/2026").display().to_string();
    let own = release();
    let to = |name: &str| format!("{place}/{name}");
    let line = |name: &str, line: String| (name.to_string(), line);
    let mut lines: Vec<(String, String)> = ["gpkg", "geojson", "shp", "csv"]
        .map(|ending| line("grade", format!("grade {project} --to {}", to(&format!("deep/g.{ending}")))))
        .into();
    lines.extend([
        line("run", format!("run {project}")),
        line("publish", format!("publish {own} --to {}", to("deep/published"))),
        line("publish", format!("publish {own} --formats xlsx --to {}", to("deep/published"))),
        line("compare", format!("compare {own} {other} --to {}", to("compared"))),
        line("explain", format!("explain {own} --all --to {}", to("all.csv"))),
        line("check", format!("check {project} --to {}", to("found"))),
        line("sample", format!("sample {} --parcels 300", to("city"))),
    ]);
    lines
}

/// A small file system of its own, gone with the test.
struct Disk(Room);

impl Disk {
    fn of(size: &str) -> Option<Disk> {
        let room = Room::new();
        let options = format!("size={size}");
        let args = ["-t", "tmpfs", "-o", options.as_str(), "tmpfs"];
        let mounted = Command::new("mount").args(args).arg(room.path()).stderr(Stdio::null()).status();
        mounted.is_ok_and(|status| status.success()).then(|| Disk(room))
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[test]
fn a_full_disk_is_told_and_leaves_nothing_and_with_room_again_the_same_call_works() {
    let Some(disk) = Disk::of("24k") else {
        println!("skipped: no file system can be mounted here");
        return;
    };
    let inputs = Room::with_inputs();
    let place = disk.0.path().to_str().unwrap();
    inputs.edit_project(&[("folder = \"../out\"", &format!("folder = \"{place}/releases\""))]);
    for (verb, line) in writers(&inputs.project(), place) {
        for lang in ["en", "zh"] {
            let ran = call(&format!("{line} --lang {lang}")).ends(2);
            ran.tells("io", &[place, if lang == "zh" { "磁盘" } else { "space" }]);
            assert!(!ran.err.contains(".part"), "the place is the output's own: {}", ran.err);
            assert_eq!(listing(disk.0.path()), [""; 0], "{verb}: {line}");
        }
    }
    // Between the two sizes everything is sealed but not published, or the other way round: neither may be left alone.
    for size in ["200k", "400k", "700k", "1000k"] {
        remount(place, size);
        let ran = call(&format!("run {}", inputs.project()));
        if ran.code == Some(2) {
            ran.tells("io", &[place]);
            assert_eq!(listing(disk.0.path()), [""; 0], "{size}");
        }
    }
    remount(place, "30m");
    for (verb, line) in writers(&inputs.project(), place) {
        if verb != "run" || !Path::new(place).join("releases/2025").exists() {
            call(&line).ends(i32::from(verb == "compare"));
        }
    }
    call(&format!("verify {place}/releases/2025")).ends(0);
}

fn remount(place: &str, size: &str) {
    let options = format!("remount,size={size}");
    assert!(Command::new("mount").args(["-o", &options, place]).status().unwrap().success());
}

/// A limit on the size of files stands for a full disk where none can be mounted: writing past it fails in the middle.
#[test]
fn a_write_that_fails_in_the_middle_leaves_nothing() {
    let room = Room::with_inputs();
    fs::create_dir(room.path().join("place")).unwrap();
    for (_, line) in writers(&room.project(), &room.at("place")) {
        // In blocks of 512 bytes; the signal that would end the program is ignored, as a full disk sends none.
        let limited = format!("trap '' XFSZ; ulimit -f 16 && exec {PROGRAM} {line}");
        let output = Command::new("sh").args(["-c", &limited]).env("LC_ALL", "C").output().unwrap();
        let ran = Ran::of(&output).ends(2);
        ran.tells("io", &[]);
        assert_eq!(listing(&room.path().join("place")), [""; 0], "{line}: {}", ran.err);
        assert!(!room.path().join("out").exists(), "{line}");
    }
}

#[test]
fn a_place_that_cannot_be_written_is_told_before_anything_is_made() {
    let room = Room::with_inputs();
    fs::write(room.path().join("file"), "mine").unwrap();
    fs::create_dir_all(room.path().join("taken/g.gpkg/inside")).unwrap();
    let (project, own, file) = (room.project(), release(), room.at("file"));
    for line in [
        format!("grade {project} --to /proc/nowhere/g.gpkg"),
        format!("grade {project} --to {file}/g.gpkg"),
        format!("grade {project} --to {}", room.at("taken/g.gpkg")),
        format!("publish {own} --to {file}"),
        format!("publish {own} --to {file}/deeper"),
        format!("compare {own} {own} --to {file}"),
        format!("check {project} --to {file}"),
        format!("explain {own} --all --to {file}/all.csv"),
        format!("sample {file}"),
        "sample /proc/nowhere --parcels 300".to_string(),
        format!("new {} --to {file}", room.at("in")),
    ] {
        for lang in ["en", "zh"] {
            let ran = call(&format!("{line} --lang {lang}"));
            assert!(ran.code == Some(2) && ran.err.contains(['/']) && ran.err.contains(']'), "{line}: {ran:?}");
            assert!(ran.err.contains("help: ") || ran.err.contains("建议: "), "{}", ran.err);
        }
    }
    room.edit_project(&[("folder = \"../out\"", "folder = \"../file\"")]);
    call(&format!("run {project}")).ends(2).tells("io", &["file"]);
    assert_eq!(fs::read_to_string(room.path().join("file")).unwrap(), "mine");
    let left: Vec<String> = listing(room.path()).into_iter().filter(|name| !name.starts_with("in/")).collect();
    assert_eq!(left, ["file", "taken/", "taken/g.gpkg/", "taken/g.gpkg/inside/"]);
}

/// As another user, for whom permissions hold, where the tests run as root.
#[test]
fn a_folder_that_may_not_be_written_is_told_and_inputs_that_may_only_be_read_are_enough() {
    let room = Room::with_inputs();
    let done = Command::new("sh")
        .args(["-c", "chmod 755 \"$0\" && mkdir \"$0/open\" \"$0/shut\" && chmod 777 \"$0/open\" && chmod 555 \"$0/in\" \"$0/shut\" && chmod 444 \"$0\"/in/*"])
        .arg(room.path())
        .status();
    assert!(done.unwrap().success());
    let root = Command::new("id").arg("-u").output().unwrap().stdout == b"0\n";
    let as_nobody = |args: &[&str]| -> Command {
        if !root {
            return command(args);
        }
        let mut command = Command::new("setpriv");
        command.args(["--reuid=65534", "--regid=65534", "--clear-groups", PROGRAM]).args(args).env("LC_ALL", "C");
        command
    };
    if !as_nobody(&["--version"]).output().is_ok_and(|output| output.status.success()) {
        println!("skipped: the tests cannot become another user here");
        return;
    }
    let project = room.project();
    let ran = Ran::of(&as_nobody(&["run", &project]).output().unwrap()).ends(2);
    ran.tells("io", &["out", "may write"]);
    for ending in ["gpkg", "shp", "geojson", "csv"] {
        let (shut, open) = (room.at(&format!("shut/g.{ending}")), room.at(&format!("open/g.{ending}")));
        let ran = Ran::of(&as_nobody(&["grade", &project, "--to", &shut]).output().unwrap()).ends(2);
        ran.tells("io", &["shut", "may write"]);
        Ran::of(&as_nobody(&["grade", &project, "--to", &open]).output().unwrap()).ends(0);
    }
    let (own, shut) = (release(), room.at("shut"));
    for args in [
        &["publish", &own, "--to", &shut][..],
        &["compare", &own, &own, "--to", &shut],
        &["check", &project, "--to", &shut],
    ] {
        let ran = Ran::of(&as_nobody(args).output().unwrap()).ends(2);
        ran.tells("io", &["shut", "may write"]);
    }
    assert_eq!(listing(&room.path().join("shut")), [""; 0]);
}
