//! Binary data of the page: in the page itself, or in files of a folder beside it, which a page from disk may load as scripts only.

use super::DATA;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::io::Write as _;

/// Bytes of a piece: inside one page larger ones cost less, from disk smaller ones come sooner.
const INLINE_CHUNK: usize = 6 << 20;
const FILE_CHUNK: usize = 1 << 20;

pub(super) struct Blobs {
    inline: bool,
    all: Vec<(String, Vec<u8>)>,
}

impl Blobs {
    pub fn new(inline: bool) -> Blobs {
        Blobs { inline, all: Vec::new() }
    }

    /// Adds bytes as they are.
    pub fn push(&mut self, name: &str, bytes: Vec<u8>) {
        self.all.push((name.to_string(), bytes));
    }

    /// Adds bytes packed (gzip).
    pub fn pack(&mut self, name: &str, bytes: &[u8]) {
        let mut packed = GzEncoder::new(Vec::with_capacity(bytes.len() / 2), Compression::new(6));
        // Into memory nothing can fail.
        let packed = packed.write_all(bytes).and_then(|()| packed.finish()).unwrap_or_default();
        self.push(name, packed);
    }

    fn chunk(&self) -> usize {
        // Chunks of whole groups of three bytes need no padding inside.
        (if self.inline { INLINE_CHUNK } else { FILE_CHUNK }) / 3 * 3
    }

    /// What the page is told of them.
    pub fn told(&self) -> Value {
        let one = |(name, bytes): &(String, Vec<u8>)| {
            (name.clone(), json!({"bytes": bytes.len(), "chunk": self.chunk(), "inline": self.inline}))
        };
        Value::Object(self.all.iter().map(one).collect())
    }

    fn chunks(&self) -> impl Iterator<Item = (&str, usize, &[u8])> {
        self.all.iter().flat_map(|(name, bytes)| {
            bytes.chunks(self.chunk()).enumerate().map(move |(at, chunk)| (name.as_str(), at, chunk))
        })
    }

    /// The elements that hold them inside the page.
    pub fn elements(&self) -> String {
        let mut out = String::new();
        for (name, at, chunk) in self.chunks().filter(|_| self.inline) {
            let _ = write!(out, "<script type=\"text/plain\" id=\"blob-{name}-{at}\">");
            STANDARD.encode_string(chunk, &mut out);
            out.push_str("</script>\n");
        }
        out
    }

    /// The files that hold them beside the page, by their path from it.
    pub fn files(&self) -> Vec<(String, String)> {
        let file = |(name, at, chunk): (&str, usize, &[u8])| {
            let mut text = format!("landgradeChunk(\"{name}\",{at},\"");
            STANDARD.encode_string(chunk, &mut text);
            text.push_str("\")\n");
            (format!("{DATA}/{name}-{at}.js"), text)
        };
        self.chunks().filter(|_| !self.inline).map(file).collect()
    }
}
