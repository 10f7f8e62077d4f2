//! What the page knows from the start, as JSON.

use super::blobs::Blobs;
use super::ground::Ground;
use super::objects::Objects;
use super::{DATA, PlacePrice, Subject, grid, places, uses};
use crate::land::{Outcome, Text};
use crate::publish::kept_title;
use crate::release::life::Entry;
use crate::say;
use crate::space::Extent;
use serde_json::{Value, json};

pub(super) fn of(
    subject: &Subject<'_>,
    objects: &Objects<'_>,
    (extent, drawn, zooms): (Extent, Extent, (u8, u8)),
    (blobs, ground): (&Blobs, &Ground),
    carried: places::Carry<'_>,
) -> Outcome<Value> {
    let head = &subject.release.head;
    let previous = subject.comparison.map(|comparison| {
        let old = &comparison.old.release.head;
        json!({"name": old.name, "base_date": old.base_date})
    });
    let factors = head.factors.iter().map(|factor| json!({"key": factor.key, "name": factor.name}));
    let maker = &subject.layout.words.maker;
    let placed = subject.places.iter().any(|place| *place != PlacePrice::Grade);
    Ok(json!({
        "lang": subject.lang.key(),
        "name": head.name, "title": head.title, "maker": if maker.is_empty() { None } else { Some(maker) },
        "state": both(&state(subject)), "state_date": last_entry(subject).map(|entry| &entry.date), "documents": documents(subject),
        "base_date": head.base_date, "crs": head.crs.label(),
        "extent": sides(extent), "drawn": sides(drawn),
        "tiles": {"min": zooms.0, "max": zooms.1, "objects_from": zooms.1},
        "objects": {"count": objects.len(), "kind": objects.kind, "sorted": objects.is_sorted(), "placed": placed},
        "previous": previous,
        "factors": if objects.has_scores() { factors.collect::<Vec<_>>() } else { Vec::new() },
        "kept": objects.kept.iter().map(|column| json!({"name": both(&kept_title(&column.name))})).collect::<Vec<_>>(),
        "uses": (0..subject.release.uses.len()).map(|at| uses::of(subject, objects, at, carried)).collect::<Vec<_>>(),
        "first": uses::widest(subject.release, objects), "ground": ground.told(), "grid": grid::of(&head.crs, objects.shapes.extent())?,
        "blobs": blobs.told(), "data": DATA,
    }))
}

/// A text in both languages, as the page takes it.
pub(super) fn both(text: &Text) -> Value {
    json!({"zh": text.zh, "en": text.en})
}

fn sides(extent: Extent) -> [f64; 4] {
    [extent.min.x, extent.min.y, extent.max.x, extent.max.y]
}

fn last_entry<'a>(subject: &Subject<'a>) -> Option<&'a Entry> {
    subject.life?.entries.last()
}

/// The last stage that was noted, else what it was sealed as.
fn state(subject: &Subject<'_>) -> Text {
    last_entry(subject).map_or_else(|| subject.release.head.state().title(), |entry| entry.stage.title())
}

/// Every stage with its date, its document and who acted; of the layout its document number. The page tells by the date what is still to come.
fn documents(subject: &Subject<'_>) -> Vec<Value> {
    let mut all = Vec::new();
    let document = &subject.layout.words.document;
    if !document.is_empty() {
        all.push(json!({"label": both(&say!("document", "文号")), "text": document}));
    }
    for entry in subject.life.iter().flat_map(|life| &life.entries) {
        let parts = [&entry.date, &entry.document, &entry.by];
        let text = parts.into_iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" · ");
        all.push(json!({"label": both(&entry.stage.title()), "text": text, "date": entry.date}));
    }
    all
}
