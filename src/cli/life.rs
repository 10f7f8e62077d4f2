//! `landgrade life`: how far a release is on its way to the public, and its next step.

use super::{Ending, Ui};
use clap::{Args, ValueEnum};
use landgrade::land::{Fault, Outcome, Text, date};
use landgrade::release::life::{self, Life, Stage, Step};
use landgrade::release::{self};
use landgrade::say;
use serde_json::json;
use std::path::PathBuf;

/// Show the life of a release, or note its next step: hearing, accepted, published
#[derive(Args)]
#[command(after_help = "Example:
  landgrade life demo/releases/2025
  landgrade life demo/releases/2025 --to hearing --date 2026-03-01 --document H-2026-3")]
pub struct Verb {
    /// The sealed release
    release: PathBuf,
    /// The step to note
    #[arg(long, value_name = "STEP", requires_all = ["date", "document"])]
    to: Option<To>,
    /// Its date
    #[arg(long, value_name = "DATE", requires = "to")]
    date: Option<String>,
    /// The number of its document
    #[arg(long, value_name = "NUMBER", requires = "to")]
    document: Option<String>,
    /// Who held, accepted or published it
    #[arg(long, value_name = "WHO", requires = "to")]
    by: Option<String>,
    /// A remark
    #[arg(long, value_name = "TEXT", requires = "to")]
    note: Option<String>,
    /// The published release that this one takes the place of
    #[arg(long, value_name = "RELEASE", requires = "to")]
    supersedes: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum To {
    Hearing,
    Accepted,
    Published,
}

impl Verb {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let life = match self.to {
            None => Life::read(&self.release)?,
            Some(to) => {
                let stage = match to {
                    To::Hearing => Stage::Hearing,
                    To::Accepted => Stage::Accepted,
                    To::Published => Stage::Published,
                };
                let written = self.date.unwrap_or_default();
                let date = date::parse(&written).ok_or_else(|| bad_date(&written))?;
                let (document, by, note) = (self.document, self.by, self.note);
                let step = Step {
                    stage,
                    date,
                    document: document.unwrap_or_default(),
                    by: by.unwrap_or_default(),
                    note: note.unwrap_or_default(),
                    supersedes: self.supersedes,
                };
                Some(life::note(&self.release, &step)?)
            }
        };
        let cover = release::open_head(&self.release)?;
        let (name, sealed) = (&cover.manifest.name, &cover.seal.sealed_on);
        let stage = life.as_ref().map_or(Stage::Draft, Life::stage);
        let Text { en, zh } = stage.title();
        ui.say(&say!("{name}: {en}", "{name}:{zh}"));
        ui.say(&say!("  {sealed}  sealed", "  {sealed}  封存"));
        for entry in life.iter().flat_map(|life| &life.entries) {
            let (date, document) = (&entry.date, &entry.document);
            let Text { en, zh } = entry.stage.title();
            let by = if entry.by.is_empty() { String::new() } else { format!("  {}", entry.by) };
            let note = if entry.note.is_empty() { String::new() } else { format!("  {}", entry.note) };
            let other = entry.other.as_ref().map(|other| format!("  → {}", other.name)).unwrap_or_default();
            ui.say(&say!("  {date}  {en}  {document}{by}{note}{other}", "  {date}  {zh}  {document}{by}{note}{other}"));
        }
        let today = jiff::Zoned::now().date().to_string();
        for entry in life.iter().flat_map(|life| &life.entries) {
            let (date, Text { en, zh }) = (&entry.date, entry.stage.title());
            if *date < *sealed {
                ui.say(&say!(
                    "note: {en} ({date}) is before the release was sealed",
                    "注意:{zh}({date})早于成果封存日期"
                ));
            } else if *date > today {
                ui.say(&say!("note: {en} ({date}) is still to come", "注意:{zh}({date})尚未到期"));
            }
        }
        ui.result(&json!({
            "release": name, "content_digest": cover.seal.content_digest, "sealed_on": sealed, "state": cover.manifest.state,
            "stage": stage, "entries": life.map(|life| life.entries).unwrap_or_default(),
        }));
        Ok(Ending::Done)
    }
}

fn bad_date(written: &str) -> Fault {
    Fault::new(
        "bad-date",
        say!("\"{written}\" is no date", "「{written}」不是日期"),
        say!("write it as 2026-01-31", "请写成 2026-01-31"),
    )
}
