//! The examples of the help and of the manual, run from top to bottom in an empty folder: what the manual shows is what comes. The page of
//! findings lists every code as it is.

use crate::cli::{PROGRAM, Room, command};
use landgrade::ingest::code::{Code, Policy};
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
    if err.contains("[no-web-assets]") {
        eprintln!("skipped: the program was built without the libraries of the web map");
        return out;
    }
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

/// The samples a page names, in a folder of its own.
fn with_samples(folder: &Path, samples: &str) {
    std::fs::create_dir_all(folder.join(samples)).unwrap();
    for file in std::fs::read_dir(root().join(samples)).unwrap() {
        let file = file.unwrap();
        std::fs::copy(file.path(), folder.join(samples).join(file.file_name())).unwrap();
    }
}

#[test]
fn the_pages_on_comparing_importing_and_weights_show_what_their_commands_print() {
    for page in ["comparing.md", "reasons.md", "importing.md", "methods/weights.md", "borders.md", "supervision.md"] {
        let room = Room::new();
        with_samples(room.path(), "data-samples/weights");
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
fn the_examples_in_the_help_of_compare_import_and_weights_run_in_a_fresh_clone() {
    for verb in ["compare", "import", "weights"] {
        let room = Room::new();
        with_samples(room.path(), "data-samples/broken/several-prices");
        with_samples(room.path(), "data-samples/weights");
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

#[test]
fn every_command_of_the_command_line_page_runs_from_top_to_bottom_beside_the_samples_it_names() {
    let blocks = blocks("cli.md");
    let of = |wanted: &str| {
        blocks.iter().filter(|(language, _)| language == wanted).map(|(_, body)| body.as_str()).collect::<Vec<_>>()
    };
    let commands = of("sh").concat();
    assert!(commands.matches("landgrade ").count() > 25, "{commands}");
    let folder = tempfile::tempdir().unwrap();
    with_samples(folder.path(), "data-samples/weights");
    // Exit code 1 tells differences or errors: only comparing, supervising and packing find any here.
    let script = format!(
        "landgrade() {{ '{PROGRAM}' \"$@\" > told 2>&1; code=$?; \
         [ $code = 0 ] || [ \"$1 $code\" = 'compare 1' ] || [ \"$1 $code\" = 'supervise 1' ] || [ \"$1 $code\" = 'package 1' ] || {{ echo \"landgrade $*: $code\"; cat told; exit 9; }}; cat told; }}\n{commands}\n"
    );
    let ran = Command::new("sh")
        .arg("-c")
        .arg(script)
        .current_dir(folder.path())
        .env("LANDGRADE_LANG", "en")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&ran.stdout);
    // The releases it sealed are read-only.
    let _ = Command::new("chmod").args(["-R", "u+w"]).arg(folder.path()).status();
    assert!(ran.status.success(), "{told}{}", String::from_utf8_lossy(&ran.stderr));
    for shown in of("text") {
        // Blocks that begin with `$` show what fails, those with `{` progress, and … stands for lines left out.
        for line in shown.lines().filter(|line| !shown.starts_with(['$', '{']) && !line.is_empty() && *line != "…") {
            assert!(told.lines().any(|own| own == line), "the page shows {line:?}, which no command of it prints");
        }
    }
}

#[test]
fn every_finding_code_stands_in_its_page_with_its_title_and_its_policies() {
    let text = std::fs::read_to_string(root().join("docs/findings.md")).unwrap();
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|line| line.starts_with("| `"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    for code in Code::ALL {
        let name = format!("`{}`", code.name());
        let row: Vec<_> = rows.iter().filter(|row| row[0] == name && row.len() > 4).collect();
        assert_eq!(row.len(), 1, "{name} has one row");
        assert_eq!(row[0][1], code.title().zh, "{name}");
        let policies: Vec<String> = Policy::ALL
            .into_iter()
            .filter(|policy| code.allows(*policy))
            .map(|policy| match policy == code.default_policy() {
                true => format!("**{}**", policy.name()),
                false => policy.name().to_string(),
            })
            .collect();
        assert_eq!(row[0][4], policies.join(", "), "{name}");
    }
    let listed = rows.iter().filter(|row| row.len() > 4).count();
    assert_eq!(listed, Code::ALL.len(), "no code is listed that is not there");
}
