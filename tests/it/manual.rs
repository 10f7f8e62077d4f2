//! The examples of the help and of the manual, run from top to bottom in an empty folder: what the manual shows is what comes.

use crate::cli::{PROGRAM, Room, command};
use std::path::Path;
use std::process::{Command, Stdio};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a shell prints that knows the program; 1 is the end of a comparison that found differences.
fn shell(room: &Room, script: &str) -> String {
    let folders = format!("{}:/usr/bin:/bin", Path::new(PROGRAM).parent().unwrap().display());
    let mut shell = Command::new("sh");
    shell.args(["-c", script]).current_dir(room.path()).stdin(Stdio::null()).env("PATH", folders);
    for name in ["LANDGRADE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        shell.env_remove(name);
    }
    let ran = shell.output().unwrap();
    let (out, err) = (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap());
    assert!(matches!(ran.status.code(), Some(0 | 1)) && err.is_empty(), "{script}\n{out}\n{err}");
    out
}

/// The fenced blocks of a page: their language and what is in them.
fn blocks(page: &str) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(root().join("docs").join(page)).unwrap();
    let mut parts = text.split("```");
    parts.next();
    let mut blocks = Vec::new();
    while let (Some(block), Some(_)) = (parts.next(), parts.next()) {
        let (language, body) = block.split_once('\n').unwrap();
        blocks.push((language.to_string(), body.to_string()));
    }
    blocks
}

#[test]
fn the_pages_on_comparing_and_importing_show_what_their_commands_print() {
    for page in ["comparing.md", "importing.md"] {
        let room = Room::new();
        let mut printed: Option<String> = None;
        let mut run = 0;
        for (language, body) in blocks(page) {
            match language.as_str() {
                "sh" => {
                    printed = Some(shell(&room, &body));
                    run += 1;
                }
                "text" => assert_eq!(printed.take().expect("a text follows its commands"), body, "{page}"),
                _ => {}
            }
        }
        assert!(run >= 2, "{page}");
    }
}

#[test]
fn the_examples_in_the_help_of_compare_and_import_run_in_a_fresh_clone() {
    for verb in ["compare", "import"] {
        let room = Room::new();
        let samples = Path::new("data-samples/broken/several-prices");
        std::fs::create_dir_all(room.path().join(samples)).unwrap();
        for file in std::fs::read_dir(root().join(samples)).unwrap() {
            let file = file.unwrap();
            std::fs::copy(file.path(), room.path().join(samples).join(file.file_name())).unwrap();
        }
        let help = String::from_utf8(command(&[verb, "--help"]).output().unwrap().stdout).unwrap();
        let (_, examples) = help.split_once("\nExample").unwrap();
        let examples = examples.replace("\\\n", " ");
        let mut lines: Vec<&str> = examples.lines().filter(|line| line.starts_with("  landgrade ")).collect();
        // What a comparison needs is named below it.
        lines.sort_by_key(|line| line.starts_with("  landgrade compare "));
        assert!(lines.len() >= 2, "{help}");
        for line in lines {
            assert!(!shell(&room, line.trim()).is_empty(), "{line}");
        }
    }
}
