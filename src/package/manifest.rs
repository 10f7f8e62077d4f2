//! The list of a package's files: name, size, SHA-256.

use crate::land::{Fault, Outcome};
use crate::release::digest;
use crate::say;
use std::path::{Path, PathBuf};

const HEAD: &str = "name,size,sha256";

/// A file as the list has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub name: String,
    pub size: u64,
    pub sha256: String,
}

/// Lists every file of a folder but the list itself.
///
/// # Errors
/// `io`; `cancelled`.
pub fn of(folder: &Path, own: &str) -> Outcome<Vec<Line>> {
    let names: Vec<String> = digest::files(folder)?.into_iter().filter(|name| name != own).collect();
    let paths: Vec<PathBuf> = names.iter().map(|name| folder.join(name)).collect();
    let digests = digest::of_each(&paths);
    let line = |(name, digest): (String, Outcome<digest::Digest>)| {
        let digest::Digest { bytes, sha256 } = digest?;
        Ok(Line { name, size: bytes, sha256 })
    };
    names.into_iter().zip(digests).map(line).collect()
}

/// As CSV with a byte order mark.
pub fn text(lines: &[Line]) -> String {
    let quoted = |name: &str| match name.contains([',', '"', '\n']) {
        true => format!("\"{}\"", name.replace('"', "\"\"")),
        false => name.to_string(),
    };
    let rows = lines.iter().map(|line| format!("{},{},{}\r\n", quoted(&line.name), line.size, line.sha256));
    format!("\u{feff}{HEAD}\r\n{}", rows.collect::<String>())
}

/// Reads a list back.
///
/// # Errors
/// `io`; `bad-manifest` with the line.
pub fn read(path: &Path) -> Outcome<Vec<Line>> {
    let bytes = std::fs::read(path)
        .map_err(|error| Fault::io(say!("cannot read the manifest", "无法读取文件清单"), path, &error))?;
    // Others may write their lists in GBK.
    let text =
        String::from_utf8(bytes).unwrap_or_else(|error| encoding_rs::GBK.decode(error.as_bytes()).0.into_owned());
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let bad = |line: usize| {
        Fault::new(
            "bad-manifest",
            say!("the manifest is not understood", "无法理解文件清单"),
            say!("its columns are {HEAD}", "各列为 {HEAD}"),
        )
        .at(format!("{}:{line}", path.display()))
    };
    if reader.headers().ok().is_none_or(|head| head.iter().collect::<Vec<_>>().join(",") != HEAD) {
        return Err(bad(1));
    }
    let line = |(at, record): (usize, Result<csv::StringRecord, csv::Error>)| {
        let record = record.map_err(|_| bad(at + 2))?;
        let size = record[1].parse().map_err(|_| bad(at + 2))?;
        Ok(Line { name: record[0].to_string(), size, sha256: record[2].to_ascii_lowercase() })
    };
    reader.records().enumerate().map(line).collect()
}
