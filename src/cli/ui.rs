//! What the user sees: results on standard output, progress and faults on standard error, in the language asked for.

use super::ProgressChoice;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use landgrade::land::progress::Watch;
use landgrade::land::{Fault, Lang, Outcome, Text};
use landgrade::say;
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
    /// Why standard output did not take everything.
    unwritten: Mutex<Option<std::io::Error>>,
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
        Ui { lang, json, progress, unwritten: Mutex::new(None) }
    }

    /// A line of the result, for people; nothing in JSON mode.
    pub fn say(&self, text: &Text) {
        self.line(text.in_lang(self.lang));
    }

    /// As [`Ui::say`], of text that is the same in both languages.
    pub fn line(&self, text: &str) {
        if !self.json {
            self.clear();
            self.out(&safe(text));
        }
    }

    /// Rows of cells as a table, each column as wide as its widest cell. A break inside a cell is the data's and makes no line of its own.
    pub fn aligned(&self, rows: &[Vec<String>]) {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| cell.replace(['\n', '\r'], "\u{fffd}")).collect()).collect();
        let count = rows.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| columns(cell)).max();
        let widths: Vec<usize> = (0..count).map(|column| width(column).unwrap_or(0)).collect();
        for row in &rows {
            let padded = row.iter().zip(&widths).map(|(cell, width)| format!("{cell}{:1$}", "", width - columns(cell)));
            self.line(format!("  {}", padded.collect::<Vec<_>>().join("  ")).trim_end());
        }
    }

    /// The whole result as JSON; nothing in text mode.
    pub fn result(&self, value: &Value) {
        if self.json {
            self.document(&serde_json::to_string_pretty(value).unwrap_or_default());
        }
    }

    /// A JSON text.
    pub fn document(&self, json: &str) {
        self.out(&escaped(json));
    }

    /// Whether standard output took everything.
    ///
    /// # Errors
    /// `io` where it did not: a result that nobody can read is no result.
    pub fn delivered(&self) -> Outcome<()> {
        let _ = std::io::stdout().flush().map_err(|error| self.lose(error));
        let unwritten = self.unwritten.lock().expect("no thread panics while it writes").take();
        unwritten.map_or(Ok(()), |error| {
            Err(Fault::io(say!("the result cannot be printed", "无法输出结果"), "<stdout>", &error))
        })
    }

    fn out(&self, text: &str) {
        if let Err(error) = writeln!(std::io::stdout().lock(), "{text}") {
            self.lose(error);
        }
    }

    /// A reader that went away (a closed pipe) is no reason to fail.
    fn lose(&self, error: std::io::Error) {
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            self.unwritten.lock().expect("no thread panics while it writes").get_or_insert(error);
        }
    }

    /// Why the run stopped.
    pub fn fault(&self, fault: &Fault) {
        let each = fault.each().map(|fault| {
            json!({"code": fault.code, "place": fault.place, "what": fault.what.in_lang(self.lang), "help": fault.help.in_lang(self.lang)})
        });
        let error = json!({"error": each.collect::<Vec<Value>>()});
        self.result(&error);
        self.beside(&fault.show(self.lang), &error);
    }

    /// A line on standard error.
    pub fn aside(&self, text: &str) {
        self.beside(text, &json!({"remark": text}));
    }

    /// On standard error: the text, or one line of JSON where progress is told in such lines.
    fn beside(&self, text: &str, json: &Value) {
        let _ = match self.progress {
            Progress::Json(..) => writeln!(std::io::stderr(), "{}", escaped(&json.to_string())),
            Progress::Bar(_) | Progress::None => writeln!(std::io::stderr(), "{}", safe(text)),
        };
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
    let below = here.ok().and_then(|here| whole.strip_prefix(here).ok().map(Path::to_path_buf)).unwrap_or(whole);
    if below.as_os_str().is_empty() { PathBuf::from(".") } else { below }
}

/// How many places of a terminal a text takes: Chinese characters take two.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|c| if ('\u{1100}'..='\u{ffdc}').contains(&c) && !('\u{2000}'..='\u{2e7f}').contains(&c) { 2 } else { 1 })
        .sum()
}

/// JSON lets some control characters stand in texts; they are escaped, so that a terminal does not obey them.
fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if c != '\n' && is_command(c) {
            escaped.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

/// The text without what a terminal would obey: shown as �.
fn safe(text: &str) -> String {
    text.chars().map(|c| if is_command(c) && c != '\n' && c != '\t' { '\u{FFFD}' } else { c }).collect()
}

/// Whether a character moves the cursor, changes colours or turns the direction of writing.
fn is_command(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
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
