//! What GDAL and PROJ say on their own: kept back, and shown only where no fault of ours has told it already.

use super::Ui;
use std::sync::Mutex;

/// How many different messages are kept.
const MOST: usize = 20;

static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Keeps GDAL from printing; from now on its messages are collected.
pub fn collect() {
    gdal::config::set_error_handler(|_, _, message| {
        let mut said = SAID.lock().expect("no thread panics while it notes a message");
        let line = message.trim().to_string();
        if said.len() < MOST && !line.is_empty() && !said.contains(&line) {
            said.push(line);
        }
    });
}

/// Shows what was collected: after a run that went well, it is news.
pub fn show(ui: &Ui) {
    let said = std::mem::take(&mut *SAID.lock().expect("no thread panics while it notes a message"));
    said.iter().for_each(|line| ui.aside(&format!("GDAL: {line}")));
}
