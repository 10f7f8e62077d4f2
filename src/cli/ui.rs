//! What the user sees: results on standard output, progress and faults on standard error, in the language asked for.

use super::ProgressChoice;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use landgrade::land::progress::Watch;
use landgrade::land::{Fault, Lang, Text};
use serde_json::{Value, json};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// The user's side of a run.
pub struct Ui {
    pub lang: Lang,
    pub json: bool,
    progress: Progress,
}

enum Progress {
    Bar(ProgressBar),
    Json(Mutex<JsonProgress>, AtomicU64),
    None,
}

struct JsonProgress {
    step: Text,
    total: u64,
    told: Instant,
}

impl Ui {
    pub fn new(lang: Lang, json: bool, choice: ProgressChoice) -> Ui {
        let progress = match choice {
            ProgressChoice::Auto if std::io::stderr().is_terminal() => {
                let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(10));
                let style = ProgressStyle::with_template("{msg:12} [{bar:30}] {percent:>3}% {elapsed} ({eta})");
                bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("=> "));
                Progress::Bar(bar)
            }
            ProgressChoice::Json => {
                let start = JsonProgress { step: Text::default(), total: 0, told: Instant::now() };
                Progress::Json(Mutex::new(start), AtomicU64::new(0))
            }
            ProgressChoice::Auto | ProgressChoice::None => Progress::None,
        };
        Ui { lang, json, progress }
    }

    /// A line of the result, for people; nothing in JSON mode.
    pub fn say(&self, text: &Text) {
        self.line(text.in_lang(self.lang));
    }

    /// As [`Ui::say`], of text that is the same in both languages.
    pub fn line(&self, text: &str) {
        if !self.json {
            self.clear();
            out(text);
        }
    }

    /// The whole result as JSON; nothing in text mode.
    pub fn result(&self, value: &Value) {
        if self.json {
            out(&serde_json::to_string_pretty(value).unwrap_or_default());
        }
    }

    /// Why the run stopped.
    pub fn fault(&self, fault: &Fault) {
        if self.json {
            let each = fault.each().map(|fault| {
                json!({"code": fault.code, "place": fault.place, "what": fault.what.in_lang(self.lang), "help": fault.help.in_lang(self.lang)})
            });
            self.result(&json!({"error": each.collect::<Vec<Value>>()}));
        }
        let _ = writeln!(std::io::stderr(), "{}", fault.show(self.lang));
    }

    /// Takes the progress bar off the terminal.
    pub fn clear(&self) {
        if let Progress::Bar(bar) = &self.progress {
            bar.finish_and_clear();
        }
    }
}

/// A path as people read it: without `..`, from the folder the user stands in.
pub fn shown(path: &Path) -> PathBuf {
    let Ok(whole) = path.canonicalize() else { return path.to_path_buf() };
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    here.ok().and_then(|here| whole.strip_prefix(here).ok().map(Path::to_path_buf)).unwrap_or(whole)
}

/// Prints lines; a reader that went away (a closed pipe) is no reason to fail. Control characters from the data could move the cursor or
/// change colours: they are shown as �.
pub fn out(text: &str) {
    let shown = |c: char| if c.is_control() && c != '\n' && c != '\t' { '\u{FFFD}' } else { c };
    let _ = writeln!(std::io::stdout().lock(), "{}", text.chars().map(shown).collect::<String>());
}

impl Watch for Ui {
    fn begin(&self, step: &Text, total: u64) {
        match &self.progress {
            Progress::Bar(bar) => {
                bar.reset();
                bar.set_length(total);
                bar.set_message(step.in_lang(self.lang).to_string());
            }
            Progress::Json(state, done) => {
                done.store(0, Ordering::Relaxed);
                let mut state = state.lock().expect("no thread panics while it tells progress");
                *state = JsonProgress { step: step.clone(), total, told: Instant::now() };
                tell(&state, 0);
            }
            Progress::None => {}
        }
    }

    fn advance(&self, pieces: u64) {
        match &self.progress {
            Progress::Bar(bar) => bar.inc(pieces),
            Progress::Json(state, done) => {
                let done = done.fetch_add(pieces, Ordering::Relaxed) + pieces;
                let mut state = state.lock().expect("no thread panics while it tells progress");
                if state.told.elapsed() > Duration::from_millis(200) || done == state.total {
                    state.told = Instant::now();
                    tell(&state, done);
                }
            }
            Progress::None => {}
        }
    }
}

fn tell(state: &JsonProgress, done: u64) {
    let line = json!({"step": state.step.en, "step_zh": state.step.zh, "done": done, "total": state.total});
    let _ = writeln!(std::io::stderr(), "{line}");
}
