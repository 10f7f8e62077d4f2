//! Where in the project file a value stands, for messages that name the line.

use std::fmt;
use std::path::{Path, PathBuf};
use toml_edit::{Document, Item};

/// The project file's text with the place of every value in it.
pub struct Lines<'a> {
    path: PathBuf,
    text: &'a str,
    document: Option<Document<&'a str>>,
}

/// A step towards a value: a key of a table, or a place in an array.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    Key(&'a str),
    At(usize),
}

impl<'a> Lines<'a> {
    pub fn new(text: &'a str, path: &Path) -> Lines<'a> {
        Lines { path: path.to_path_buf(), text, document: Document::parse(text).ok() }
    }

    /// `file:line` of the deepest step that exists.
    pub fn of(&self, steps: &[Step<'_>]) -> impl fmt::Display + use<> {
        let mut line = None;
        let mut item = self.document.as_ref().map(|document| document.as_item());
        for step in steps {
            item = match (item, step) {
                (Some(item), Step::Key(key)) => item.get(key),
                (Some(Item::ArrayOfTables(tables)), Step::At(at)) => {
                    line = tables.get(*at).and_then(toml_edit::Table::span).map(|span| span.start).or(line);
                    item.and_then(|item| item.get(*at))
                }
                (Some(item), Step::At(at)) => item.get(*at),
                (None, _) => None,
            };
            line = item.and_then(Item::span).map(|span| span.start).or(line);
        }
        let line = line.map(|start| 1 + self.text[..start].matches('\n').count());
        match line {
            Some(line) => format!("{}:{line}", self.path.display()),
            None => self.path.display().to_string(),
        }
    }
}
