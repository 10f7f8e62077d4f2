//! Ctrl-C and sudden death in the middle: no partial output is ever taken for a whole one, and the next run works.

use crate::cli::{Ran, Room, assert_same, bytes, call, command, listing, room_in_town};
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

/// Starts a call and sends it a signal `after` the moment it begins `step`.
fn interrupted(args: &[&str], step: &str, after: Duration, signal: &str) -> Ran {
    let mut child =
        command(args).args(["--progress", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    let (mut line, begins) = (String::new(), format!("\"step\":\"{step}\""));
    while !line.contains(&begins) {
        line.clear();
        assert!(lines.read_line(&mut line).unwrap() > 0, "the step {step} never began");
    }
    thread::sleep(after);
    let sent = Command::new("kill").args([signal, &child.id().to_string()]).stderr(Stdio::null()).status();
    assert!(sent.is_ok(), "kill is there");
    let mut err = String::new();
    lines.read_to_string(&mut err).unwrap();
    let output = child.wait_with_output().unwrap();
    Ran { code: output.status.code(), out: String::from_utf8(output.stdout).unwrap(), err }
}

/// What a run that nobody interrupts leaves in `out`.
static WHOLE: LazyLock<std::collections::BTreeMap<String, Vec<u8>>> = LazyLock::new(|| {
    let room = room_in_town();
    call(&format!("run {}", room.project())).ends(0);
    bytes(&room.path().join("out"))
});

fn assert_whole(room: &Room) {
    let out = bytes(&room.path().join("out"));
    // The day of sealing is not compared.
    let without_day = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        files.iter().filter(|(name, _)| !name.ends_with("seal.json")).map(|(n, b)| (n.clone(), b.clone())).collect()
    };
    assert_same(&without_day(&out), &without_day(&WHOLE));
}

#[test]
fn control_c_at_any_moment_of_a_run_ends_with_two_and_leaves_nothing_and_the_next_run_works() {
    let room = room_in_town();
    let mut cancelled = 0;
    for (step, millis) in [
        ("reading", 0),
        ("reading", 40),
        ("scoring", 0),
        ("publishing", 0),
        ("publishing", 60),
        ("sealing", 0),
        ("sealing", 20),
    ] {
        let ran = interrupted(&["run", &room.project()], step, Duration::from_millis(millis), "-INT");
        if ran.code == Some(0) {
            // It was done before it heard; then everything is there.
            assert_whole(&room);
            drop_outputs(&room);
            continue;
        }
        cancelled += 1;
        assert_eq!(ran.code, Some(2), "{step}: {}", ran.err);
        ran.tells_cancelled();
        assert_eq!(listing(room.path()).iter().filter(|name| !name.starts_with("in/")).count(), 0, "{step}+{millis}");
    }
    assert!(cancelled >= 3, "{cancelled} of the calls were interrupted in time");
    call(&format!("run {}", room.project())).ends(0);
    assert_whole(&room);
}

#[test]
fn a_killed_run_leaves_a_whole_release_or_none_and_the_next_run_clears_up_after_it() {
    let room = room_in_town();
    let mut killed = 0;
    for (step, millis) in
        [("reading", 0), ("scoring", 0), ("publishing", 0), ("publishing", 60), ("sealing", 0), ("sealing", 15)]
    {
        let ran = interrupted(&["run", &room.project()], step, Duration::from_millis(millis), "-KILL");
        killed += usize::from(ran.code.is_none());
        let (sealed, published) = (room.at("out/2025"), room.at("out/2025-published"));
        let stands = room.path().join("out/2025").exists();
        if stands {
            // Renamed whole: it verifies, and can be published again.
            call(&format!("verify {sealed}")).ends(0);
            call(&format!("publish {sealed} --id zddm --to {published}")).ends(0);
        } else {
            assert!(!room.path().join("out/2025-published").exists(), "{step}: published before it was sealed");
            call(&format!("verify {sealed}")).ends(2).tells("not-a-release", &[]);
            call(&format!("run {}", room.project())).ends(0);
        }
        assert_whole(&room);
        drop_outputs(&room);
    }
    assert!(killed >= 3, "{killed} of the calls were killed in time");
}

#[test]
fn control_c_leaves_nothing_of_a_city_of_published_files_or_of_an_explanation() {
    let room = room_in_town();
    call(&format!("run {}", room.project())).ends(0);
    let release = room.at("out/2025");
    let (city, files, table) = (room.at("city"), room.at("files/deep"), room.at("tables/all.csv"));
    let calls: [(&[&str], &str, &str); 3] = [
        (&["sample", &city, "--parcels", "20000"], "making", "city"),
        (&["publish", &release, "--to", &files], "publishing", "files"),
        (&["explain", &release, "--all", "--to", &table], "explaining", "tables"),
    ];
    for (args, step, made) in calls {
        let ran = interrupted(args, step, Duration::from_millis(20), "-INT");
        if ran.code == Some(0) {
            println!("{step} was done before it was interrupted");
            continue;
        }
        assert_eq!(ran.code, Some(2), "{}", ran.err);
        ran.tells_cancelled();
        assert!(!room.path().join(made).exists(), "{:?}", listing(&room.path().join(made)));
    }
}

impl Ran {
    fn tells_cancelled(&self) {
        // Beside progress lines a fault is a line of JSON.
        assert!(self.err.contains("\"code\":\"cancelled\"") && !self.err.contains("panicked"), "{}", self.err);
    }
}

/// Takes away what a run made, though sealed folders are read-only.
fn drop_outputs(room: &Room) {
    let done =
        Command::new("sh").args(["-c", "chmod -R u+w \"$0\" && rm -r \"$0\"", &room.at("out")]).status().unwrap();
    assert!(done.success());
}
