//! The documents say what the program does: every command in them runs, every finding code is listed as it is.

use crate::cli::PROGRAM;
use landgrade::ingest::code::{Code, Policy};
use std::fs;
use std::path::Path;
use std::process::Command;

fn page(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// The shell blocks of a page, one after the other.
fn shell(page: &str) -> String {
    let blocks = page.split("\n```sh\n").skip(1);
    blocks.map(|block| block.split("\n```").next().unwrap()).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_command_of_the_command_line_page_runs_from_top_to_bottom_in_an_empty_folder() {
    let commands = shell(&page("docs/cli.md"));
    assert!(commands.matches("landgrade ").count() > 25, "{commands}");
    let folder = tempfile::tempdir().unwrap();
    // Exit code 1 tells differences: only comparing finds any here.
    let script = format!(
        "landgrade() {{ '{PROGRAM}' \"$@\" > told 2>&1; code=$?; \
         [ $code = 0 ] || [ \"$1 $code\" = 'compare 1' ] || {{ echo \"landgrade $*: $code\"; cat told; exit 9; }}; cat told; }}\n{commands}\n"
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
    for shown in page("docs/cli.md").split("\n```text\n").skip(1).map(|block| block.split("\n```").next().unwrap()) {
        // Blocks that begin with `$` show what fails, those with `{` progress, and … stands for lines left out.
        for line in shown.lines().filter(|line| !shown.starts_with(['$', '{']) && !line.is_empty() && *line != "…") {
            assert!(told.lines().any(|own| own == line), "the page shows {line:?}, which no command of it prints");
        }
    }
}

#[test]
fn every_finding_code_stands_in_its_page_with_its_title_and_its_policies() {
    let text = page("docs/findings.md");
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
