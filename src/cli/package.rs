//! `landgrade package`: the filing package of a release, and the check of any package.

use super::{Ending, Ui};
use clap::Args;
use landgrade::land::{Outcome, Text};
use landgrade::package::check::{self, Checked, pages};
use landgrade::package::{self, Rules, build, rules};
use landgrade::project::Project;
use landgrade::{release, say};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Make the filing package of a release by a rule file, or check any package; exit code 1 where a checked or kept package does not pass
#[derive(Args)]
#[command(after_help = "Example:
  landgrade package demo/releases/2026 --place 510402 --place-name Dongqu --given papers --to filing
  landgrade package --check filing/510402_2026_JZDJ
  landgrade package --show-rules > rules.toml")]
pub struct Package {
    /// The sealed release
    #[arg(required_unless_present_any = ["check", "show_rules"])]
    release: Option<PathBuf>,
    /// Check this package instead
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["release", "to", "given", "place", "place_name", "incomplete"])]
    check: Option<PathBuf>,
    /// The rules: neutral, initials, or a file
    #[arg(long, value_name = "FILE", default_value = "neutral")]
    rules: String,
    /// The code of the county, six digits
    #[arg(long, value_name = "CODE", required_unless_present_any = ["check", "show_rules"])]
    place: Option<String>,
    /// The name of the county
    #[arg(long, value_name = "NAME", default_value = "")]
    place_name: String,
    /// A folder of documents, maps and layers to be taken into the package by their names
    #[arg(long, value_name = "FOLDER")]
    given: Option<PathBuf>,
    /// An item of the metadata that the program cannot know, as ITEM=TEXT
    #[arg(long, value_name = "ITEM=TEXT", conflicts_with = "check")]
    metadata: Vec<String>,
    /// The folder the package is made in
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    to: PathBuf,
    /// Packages of neighbouring counties, to hold the border against
    #[arg(long, value_name = "FOLDER")]
    neighbour: Vec<PathBuf>,
    /// Keep a package that does not pass, with its report
    #[arg(long)]
    incomplete: bool,
    /// Write what the check found to this file: .json or .html
    #[arg(long, value_name = "FILE", requires = "check")]
    report: Option<PathBuf>,
    /// Print rules that come with the program instead: neutral, initials
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "neutral", conflicts_with = "release")]
    show_rules: Option<String>,
}

impl Package {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        if let Some(name) = &self.show_rules {
            Rules::of(name)?;
            let known = rules::BUILT_IN.iter().find(|(known, _)| known == name);
            let text = known
                .map_or_else(|| std::fs::read_to_string(name).unwrap_or_default(), |(_, text)| (*text).to_string());
            ui.document(&text);
            return Ok(Ending::Done);
        }
        let mut rules = Rules::of(&self.rules)?;
        for stated in &self.metadata {
            let (item, text) = stated.split_once('=').unwrap_or((stated, ""));
            rules.state(item.trim(), text.trim())?;
        }
        match &self.check {
            Some(folder) => self.checked(&rules, folder, ui),
            None => self.built(&rules, ui),
        }
    }

    fn built(&self, rules: &Rules, ui: &Ui) -> Outcome<Ending> {
        let path = self.release.as_deref().unwrap_or(Path::new(""));
        let seal = release::open_head(path)?.seal;
        let release = release::open(path)?;
        let project = match release.head.project.as_str() {
            "" => None,
            text => Some(Project::sealed(text, Path::new("project.toml"))?),
        };
        let packed = build::Packed {
            release: &release,
            project: project.as_ref(),
            content_digest: &seal.content_digest,
            sealed_on: &seal.sealed_on,
        };
        let options = build::Options {
            rules,
            code: self.place.as_deref().unwrap_or_default(),
            name: &self.place_name,
            given: self.given.as_deref(),
            neighbours: &self.neighbour,
            incomplete: self.incomplete,
        };
        let built = package::build(&packed, &options, &self.to, ui)?;
        built.notes.iter().for_each(|note| ui.say(note));
        show(ui, &built.checked);
        let (place, count) = (built.folder.display(), built.files.len());
        ui.say(&say!("package: {place} ({count} files)", "成果包:{place}({count} 个文件)"));
        ui.result(&json!({"package": built.folder, "files": built.files, "check": pages::record(&built.checked)}));
        Ok(ending(&built.checked))
    }

    fn checked(&self, rules: &Rules, folder: &Path, ui: &Ui) -> Outcome<Ending> {
        let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        let way = check::Options { rules, neighbours: &self.neighbour, folder, named: &whole, unlisted: false };
        let checked = package::check(&way, ui)?;
        show(ui, &checked);
        if let Some(target) = &self.report {
            let text = match target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("html")) {
                true => pages::html(&checked, ui.lang),
                false => serde_json::to_string_pretty(&pages::record(&checked)).unwrap_or_default() + "\n",
            };
            let part = landgrade::formats::Part::new(target)?;
            std::fs::write(part.path(), text).map_err(|error| {
                landgrade::land::Fault::io(say!("cannot write the report", "无法写出检查报告"), target, &error)
            })?;
            let shown = target.display();
            ui.say(&match part.commit()? {
                true => {
                    say!("written, in place of the file that stood there: {shown}", "已写出,替换了原有文件:{shown}")
                }
                false => say!("written: {shown}", "已写出:{shown}"),
            });
        }
        ui.result(&pages::record(&checked));
        Ok(ending(&checked))
    }
}

fn ending(checked: &Checked) -> Ending {
    if checked.passes() { Ending::Done } else { Ending::Differences }
}

/// Things of a rule that are shown.
const SHOWN: usize = 10;

/// Every rule with what it came to, what breaks it below.
fn show(ui: &Ui, checked: &Checked) {
    let text = |text: &Text| text.in_lang(ui.lang).to_string();
    let rows = checked.judged.iter().map(|judged| {
        let count = if judged.items.is_empty() { String::new() } else { judged.items.len().to_string() };
        let why = judged.not_applicable.as_ref().map(text).unwrap_or_default();
        let (title, severity) = (judged.code.title(), pages::severity(judged.severity));
        vec![judged.code.name().to_string(), text(&title), text(&severity), text(&judged.title()), count, why]
    });
    ui.aligned(&rows.collect::<Vec<_>>());
    for judged in &checked.judged {
        for item in judged.items.iter().take(SHOWN) {
            ui.line(&format!("  {} {}", judged.code.name(), item.line(ui.lang)));
        }
        let more = judged.items.len().saturating_sub(SHOWN);
        if more > 0 {
            let code = judged.code.name();
            ui.say(&say!("  {code} … and {more} more", "  {code} ……另有 {more} 条"));
        }
    }
    if !checked.absent.is_empty() {
        ui.say(&pages::absent(checked));
        checked.absent.iter().for_each(|file| ui.line(&format!("  {file}")));
    }
    match checked.passes() {
        true => ui.say(&say!("the package passes the rules", "成果包符合规则")),
        false => {
            let count = checked.errors().count();
            ui.say(&say!("the package breaks {count} rules", "成果包有 {count} 项规则不通过"));
        }
    }
}
