//! `landgrade report`: the method report of a release.

use super::run::published_beside;
use super::ui::shown;
use super::{Ending, Ui};
use clap::Args;
use landgrade::land::release_name::PUBLISHED;
use landgrade::land::{Fault, Outcome};
use landgrade::project::Project;
use landgrade::release::{self, open_head};
use landgrade::report::{self, Subject};
use landgrade::say;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Write the method report of a release: factors, weights, breaks, checks, areas, findings, open decisions
#[derive(Args)]
#[command(after_help = "Example:\n  landgrade report demo/releases/2025 --to report")]
pub struct Report {
    /// The sealed release
    release: PathBuf,
    /// The folder to write report.md, report.html and the figures into; <release>-report beside the release where left out
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
}

impl Report {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let seal = open_head(&self.release)?.seal;
        let release = release::open(&self.release)?;
        let project = match release.head.project.as_str() {
            "" => None,
            text => Some(Project::sealed(text, Path::new("project.toml"))?),
        };
        let folder = self.to.clone().unwrap_or_else(|| beside(&self.release));
        spare(&self.release, &folder)?;
        let (content_digest, sealed_on) = (seal.content_digest.as_str(), seal.sealed_on.as_str());
        let subject = Subject { release: &release, project: project.as_ref(), content_digest, sealed_on };
        let made = report::make(&subject, ui.lang, ui);
        let files: Vec<PathBuf> = report::write(&made, &folder, ui.lang)?.iter().map(|file| shown(file)).collect();
        let (count, place) = (files.len(), shown(&folder));
        let place = place.display();
        ui.say(&say!("method report: {place} ({count} files)", "方法报告:{place}({count} 个文件)"));
        ui.result(&json!({"report": folder, "files": files}));
        Ok(Ending::Done)
    }
}

/// `releases/2025` is reported on in `releases/2025-report`.
fn beside(release: &Path) -> PathBuf {
    let published = published_beside(release);
    let name = published.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    published.with_file_name(format!("{}-report", name.strip_suffix(PUBLISHED).unwrap_or(&name)))
}

/// Nothing is written into a sealed folder.
fn spare(release: &Path, folder: &Path) -> Outcome<()> {
    let whole = |path: &Path| path.canonicalize().ok();
    let (Some(release), Some(target)) = (whole(release), whole(folder)) else { return Ok(()) };
    if !target.starts_with(&release) && !target.join("seal.json").exists() {
        return Ok(());
    }
    Err(Fault::new(
        "sealed-folder",
        say!("this is a sealed release: nothing is written into it", "这是已封存的成果,不能写入"),
        say!("choose another folder with --to", "请用 --to 另选文件夹"),
    )
    .at(folder.display()))
}
