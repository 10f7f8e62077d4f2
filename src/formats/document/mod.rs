//! Documents: headings, paragraphs, tables and figures in one language, as HTML or Markdown.

mod html;
mod markdown;
pub mod sheet;

use super::table::CellKind;
use super::{Field, Table, shown};
use crate::land::column::Value;
use crate::land::{Lang, Text};

/// A document.
#[derive(Default)]
pub struct Document {
    pub title: String,
    pub blocks: Vec<Block>,
    /// Tables that stand beside it whole, by the names of their files.
    pub beside: Vec<(&'static str, Table<'static>)>,
}

/// One piece of it.
#[derive(Debug)]
pub enum Block {
    /// A chapter or a part of one: level 1 or 2.
    Heading {
        level: u8,
        text: String,
    },
    Paragraph(String),
    List(Vec<String>),
    Rows {
        title: String,
        head: Vec<String>,
        rows: Vec<Vec<String>>,
        numbers: Vec<bool>,
    },
    /// A drawing, as SVG.
    Figure {
        name: String,
        title: String,
        svg: String,
    },
}

impl Document {
    pub fn new(title: &str) -> Document {
        Document { title: title.to_string(), blocks: Vec::new(), beside: Vec::new() }
    }

    pub fn heading(&mut self, level: u8, text: &Text, lang: Lang) {
        self.blocks.push(Block::Heading { level, text: text.in_lang(lang).to_string() });
    }

    pub fn say(&mut self, text: &Text, lang: Lang) {
        self.blocks.push(Block::Paragraph(text.in_lang(lang).to_string()));
    }

    pub fn list(&mut self, items: Vec<String>) {
        if !items.is_empty() {
            self.blocks.push(Block::List(items));
        }
    }

    /// A table of texts; columns marked as numbers are set to the right.
    pub fn rows(&mut self, title: &Text, head: &[Text], numbers: &[bool], rows: Vec<Vec<String>>, lang: Lang) {
        let head = head.iter().map(|text| text.in_lang(lang).to_string()).collect();
        let title = title.in_lang(lang).to_string();
        self.blocks.push(Block::Rows { title, head, rows, numbers: numbers.to_vec() });
    }

    /// A published table, its first `most` rows; the fields of these names are left out.
    pub fn table(&mut self, table: &Table<'_>, without: &[&str], most: usize, lang: Lang) {
        let fields: Vec<_> = table.fields.iter().filter(|field| !without.contains(&field.name.as_str())).collect();
        let head = fields.iter().map(|field| shown::header(field, lang));
        let cell = |field: &Field<'_>, row: usize| match field.cells.get(row) {
            Value::Real(value) => {
                field.decimals.map_or_else(|| shown::full(value), |decimals| shown::rounded(value, decimals).1)
            }
            Value::None => String::new(),
            other => other.to_string(),
        };
        let rows = (0..table.rows.min(most)).map(|row| fields.iter().map(|field| cell(field, row)).collect()).collect();
        let numbers = fields.iter().map(|field| field.cells.kind() != CellKind::Text).collect();
        self.blocks.push(Block::Rows {
            title: table.title.in_lang(lang).to_string(),
            head: head.collect(),
            rows,
            numbers,
        });
    }

    pub fn figure(&mut self, name: &str, title: &Text, svg: String, lang: Lang) {
        self.blocks.push(Block::Figure { name: name.to_string(), title: title.in_lang(lang).to_string(), svg });
    }

    /// A table of its own beside the document.
    pub fn attach(&mut self, file: &'static str, table: Table<'static>) {
        self.beside.push((file, table));
    }

    /// As one HTML file: no script, nothing from elsewhere.
    pub fn html(&self, lang: Lang) -> String {
        html::text(self, lang)
    }

    /// As Markdown; figures stand beside it, as `NAME.svg`.
    pub fn markdown(&self, lang: Lang) -> String {
        markdown::text(self, lang)
    }

    /// The figures by their names.
    pub fn figures(&self) -> impl Iterator<Item = (&str, &str)> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Figure { name, svg, .. } => Some((name.as_str(), svg.as_str())),
            _ => None,
        })
    }
}
