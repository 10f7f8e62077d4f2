//! What is handed in: documents, maps and layers that no program makes, taken by their names.

use super::place;
use crate::land::{Fault, Outcome, Text};
use crate::package::Subject;
use crate::release::digest;
use crate::say;
use std::path::Path;

/// Copies what the rules name, in place of what the program would make; says of each other file that it was not taken.
pub(super) fn take(folder: &Path, subject: &Subject<'_>, aside: &Path, notes: &mut Vec<Text>) -> Outcome<()> {
    let (rules, names) = (subject.rules, subject.names);
    let mut known: Vec<(String, Vec<String>)> = Vec::new();
    for file in rules.files_of(names) {
        known.push((file.path, file.rule.endings.clone()));
    }
    for layer in rules.layers_of(names) {
        let (stem, ending) = layer.path.rsplit_once('.').unwrap_or((&layer.path, ""));
        let endings = if ending == "shp" { &["shp", "shx", "dbf", "prj", "cpg"][..] } else { &["gpkg"] };
        known.push((stem.to_string(), endings.iter().map(|own| (*own).to_string()).collect()));
    }
    for name in digest::files(folder)? {
        let own = name.rsplit('/').next().unwrap_or(&name);
        let Some((stem, ending)) = own.rsplit_once('.') else {
            notes.push(untaken(&name));
            continue;
        };
        let ending = ending.to_ascii_lowercase();
        let fits = |(path, endings): &&(String, Vec<String>)| {
            path.rsplit('/').next() == Some(stem) && endings.contains(&ending)
        };
        let Some((path, _)) = known.iter().find(fits) else {
            notes.push(untaken(&name));
            continue;
        };
        if folder.join(&name).symlink_metadata().is_ok_and(|found| found.file_type().is_symlink()) {
            notes.push(say!(
                "{name} is a link and was not taken: give the file itself",
                "{name} 是链接,未采用:请给出文件本身"
            ));
            continue;
        }
        let target = place(aside, &format!("{path}.{ending}"))?;
        std::fs::copy(folder.join(&name), &target)
            .map_err(|error| Fault::io(say!("cannot copy {name}", "无法复制 {name}"), &target, &error))?;
    }
    Ok(())
}

fn untaken(name: &str) -> Text {
    say!("{name} is no file of the rules and was not taken", "{name} 不在规则所列文件中,未采用")
}
