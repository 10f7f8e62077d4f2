//! What the lives of a district's releases tell of their documents.

use super::beside::{Document, Kind};
use super::found::Held;
use crate::land::{Outcome, Text, date};
use crate::release::life::{Entry, Life, Stage};
use crate::say;
use std::path::Path;

/// The documents that stand in the lives of releases; what a release supersedes is noted with it. A life that is damaged is told, and
/// counted in `unread`.
///
/// # Errors
/// `cancelled`.
pub(super) fn documents(
    root: &Path,
    releases: &mut [Held],
    notes: &mut Vec<Text>,
    unread: &mut usize,
) -> Outcome<Vec<Document>> {
    let mut found = Vec::new();
    for held in releases {
        let life = match Life::read(&root.join(&held.place)) {
            Ok(Some(life)) => life,
            Ok(None) => continue,
            Err(fault) if fault.code == "cancelled" => return Err(fault),
            Err(fault) => {
                *unread += 1;
                let (place, Text { en, zh }) = (&held.place, fault.what);
                notes.push(say!("the life of {place} was not read: {en}", "{place} 的生命周期记录未读取:{zh}"));
                continue;
            }
        };
        let published = life.entry(Stage::Published).and_then(|entry| entry.other.as_ref());
        if let (None, Some(other)) = (&held.supersedes, published) {
            held.supersedes = Some(other.name.clone());
        }
        let source = format!("{}.life.json", held.place);
        found.extend(life.entries.iter().filter_map(|entry| document(held, entry, &source)));
    }
    Ok(found)
}

fn document(held: &Held, entry: &Entry, source: &str) -> Option<Document> {
    let kind = match entry.stage {
        Stage::Hearing => Kind::Hearing,
        Stage::Accepted => Kind::Acceptance,
        Stage::Published => Kind::Publication,
        // That it was superseded is the document of the one that took its place.
        Stage::Draft | Stage::Superseded => return None,
    };
    Some(Document {
        release: held.name.clone(),
        kind,
        date: date::parse(&entry.date),
        number: entry.document.clone(),
        source: source.to_string(),
    })
}
