//! `landgrade supervise`: many districts' releases checked against the rules.

use super::{Ending, Ui};
use clap::Args;
use landgrade::land::progress::Watch;
use landgrade::land::{Fault, Outcome, Text, date};
use landgrade::say;
use landgrade::supervise::{Rules, Severity, Supervision, rules, supervise, write};
use serde_json::json;
use std::path::PathBuf;

/// Check many districts' releases: age, uses, coverage, borders, order, tables, growth, documents; exit code 1 where an error is found
#[derive(Args)]
#[command(after_help = "Example:
  landgrade supervise city --today 2027-01-15 --to city-supervised
  landgrade supervise --show-rules > rules.toml")]
pub struct Verb {
    /// The folder with a folder per district, each with its sealed releases
    #[arg(required_unless_present = "show_rules")]
    folder: Option<PathBuf>,
    /// Rules in place of those that come with the program
    #[arg(long, value_name = "FILE")]
    rules: Option<PathBuf>,
    /// Print the rules that come with the program, to edit
    #[arg(long, conflicts_with = "rules")]
    show_rules: bool,
    /// The day ages are counted to; today where left out
    #[arg(long, value_name = "DATE")]
    today: Option<String>,
    /// Folder for supervision.xlsx, supervision.html, timeline.svg, map.svg and CSV tables
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
}

impl Verb {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let Some(folder) = self.folder.filter(|_| !self.show_rules) else {
            match ui.json {
                true => ui.result(&json!({"rules": rules::BUILT_IN})),
                false => ui.document(rules::BUILT_IN),
            }
            return Ok(Ending::Done);
        };
        let rules = self.rules.as_deref().map_or_else(|| Ok(Rules::default()), Rules::read)?;
        let today = match &self.today {
            None => jiff::Zoned::now().date(),
            Some(text) => date::parse(text).ok_or_else(|| {
                let spellings = date::SPELLINGS;
                Fault::new(
                    "bad-date",
                    say!("\"{text}\" is no date", "「{text}」不是日期"),
                    say!("dates are read as {spellings}", "可读取的写法:{spellings}"),
                )
            })?,
        };
        let found = supervise(&folder, rules, today, ui)?;
        let mut files = Vec::new();
        if let Some(target) = &self.to {
            ui.begin(&say!("writing", "写出"), 1);
            let all = write(&found, target, ui.lang)?;
            ui.advance(1);
            for written in all {
                let path = written.path.display().to_string();
                ui.say(&say!("written: {path}", "已写出:{path}"));
                files.push(path);
            }
        }
        show(ui, &found);
        let mut summary = found.summary(ui.lang);
        if let Some(map) = summary.as_object_mut() {
            map.insert("files".to_string(), json!(files));
        }
        ui.result(&summary);
        let wrong = (0..found.districts.len())
            .any(|at| found.worst(at, None) == Some(Severity::Error) || found.districts[at].unread > 0);
        Ok(if wrong { Ending::Differences } else { Ending::Done })
    }
}

fn show(ui: &Ui, found: &Supervision) {
    let today = found.today;
    let Text { en, zh } = &found.title;
    ui.say(&say!("{en}, as of {today}", "{zh},检查日期 {today}"));
    found.notes.iter().for_each(|note| ui.say(note));
    for (at, district) in found.districts.iter().enumerate() {
        let [errors, warnings, notes] =
            [Severity::Error, Severity::Warning, Severity::Note].map(|severity| found.count(at, severity));
        let (name, score, releases) = (&district.name, found.score(at), district.releases.len());
        let base = district.newest().and_then(|held| held.base).map_or("?".to_string(), |day| day.to_string());
        ui.say(&say!(
            "{name}: {releases} releases, base date {base}; {errors} errors, {warnings} warnings, {notes} notes; {score:.0} points",
            "{name}:成果 {releases} 期,估价期日 {base};错误 {errors}、警告 {warnings}、提示 {notes};得分 {score:.0}"
        ));
        district.notes.iter().for_each(|note| ui.say(note));
        let rows = found.items[at].iter().filter(|item| item.word() != "passed").map(|item| {
            let text = |text: &Text| text.in_lang(ui.lang).to_string();
            let against = match (text(&item.measured), text(&item.limit)) {
                (measured, limit) if measured.is_empty() && limit.is_empty() => String::new(),
                (measured, limit) => format!("[{measured}; {limit}]"),
            };
            vec![
                item.check.id(),
                text(&item.title()),
                item.land_use.clone(),
                format!("{} {against}", text(&item.sentence())),
            ]
        });
        ui.aligned(&rows.collect::<Vec<_>>());
    }
}
