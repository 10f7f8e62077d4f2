//! What supervision is published as: a workbook, one HTML file that opens from disk, the timeline and the map as drawings, CSV.

mod html;
mod map;
mod tables;
mod timeline;

use super::{Severity, Supervision};
use crate::formats::xlsx::Sheet;
use crate::formats::{Together, Written, csv, xlsx};
use crate::land::{Fault, Lang, Outcome};
use crate::say;
use serde_json::{Value, json};
use std::path::Path;

/// Writes `supervision.xlsx`, `supervision.html`, `timeline.svg`, `map.svg`, `items.csv` and `borders.csv` into a folder; all of them or none.
///
/// # Errors
/// `file-in-the-way`; those of the writers; what bringing the districts to one system says.
pub fn write(found: &Supervision, folder: &Path, lang: Lang) -> Outcome<Vec<Written>> {
    let together = Together::new(folder)?;
    let mut written = write_all(found, together.path(), lang).map_err(|fault| together.placed(fault))?;
    together.ready()?;
    together.commit(&mut written)?;
    Ok(written)
}

fn write_all(found: &Supervision, folder: &Path, lang: Lang) -> Outcome<Vec<Written>> {
    let mut written = vec![workbook(found, &folder.join("supervision.xlsx"), lang)?];
    let timeline = timeline::draw(found, lang);
    let map = map::draw(found, lang)?;
    let page = html::text(found, &timeline, map.as_deref(), lang);
    let drawn = [("supervision.html", Some(page)), ("timeline.svg", Some(timeline)), ("map.svg", map)];
    for (name, text) in drawn.into_iter().filter_map(|(name, text)| Some((name, text?))) {
        let path = folder.join(name);
        std::fs::write(&path, text)
            .map_err(|error| Fault::io(say!("cannot write the page", "无法写出页面"), &path, &error))?;
        written.push(Written { path, beside: Vec::new(), rows: 0, replaced: false, losses: Vec::new() });
    }
    let every: Vec<usize> = (0..found.districts.len()).collect();
    for table in [tables::items(found, &every, "items", lang), tables::borders(found)] {
        written.push(csv::write(&table, &folder.join(format!("{}.csv", table.name)), &csv::Options::default())?);
    }
    Ok(written)
}

/// The workbook: summary by check and by use, releases, borders, then a sheet per district.
fn workbook(found: &Supervision, target: &Path, lang: Lang) -> Outcome<Written> {
    let mut all = vec![
        tables::by_check(found),
        tables::by_use(found, lang),
        tables::releases(found, lang),
        tables::borders(found),
        tables::formulas(lang),
    ];
    for (at, district) in found.districts.iter().enumerate() {
        let mut table = tables::items(found, &[at], &format!("district_{}", at + 1), lang);
        table.title = crate::land::Text::same(&district.name);
        table.fields.remove(0);
        all.push(table);
    }
    let mut sheets: Vec<Sheet<'_>> = all.iter().map(Sheet::plain).collect();
    let today = found.today;
    sheets[0].heading = Some(found.title.in_lang(lang).to_string());
    sheets[0].notes_above.push(say!("as of {today}", "检查日期:{today}").in_lang(lang).to_string());
    let below = std::iter::once(legend()).chain(found.notes.iter().cloned());
    sheets[0].notes_below = below.map(|note| note.in_lang(lang).to_string()).collect();
    for (sheet, (at, district)) in sheets[5..].iter_mut().zip(found.districts.iter().enumerate()) {
        sheet.heading = Some(district.name.clone());
        sheet.notes_above.push(standing(found, at).in_lang(lang).to_string());
        sheet.notes_below = district.notes.iter().map(|note| note.in_lang(lang).to_string()).collect();
        sheet.filter = true;
    }
    xlsx::write(&sheets, target, &xlsx::Options { lang })
}

/// A name that fits into a drawing.
fn short(name: &str, most: usize) -> String {
    let cut: String = name.chars().take(most).collect();
    if cut.len() < name.len() { cut + "…" } else { cut }
}

/// What the marks of the matrix mean.
fn legend() -> crate::land::Text {
    say!(
        "✓ passed · i note · ! warning · ✗ error · – not checked (the district's page says why); points: 100 less those of every finding",
        "✓ 通过 · i 提示 · ! 警告 · ✗ 错误 · – 未检查(原因见各区县页);得分 = 100 − 各项扣分"
    )
}

/// A district in a line.
fn standing(found: &Supervision, at: usize) -> crate::land::Text {
    let [errors, warnings, notes] =
        [Severity::Error, Severity::Warning, Severity::Note].map(|severity| found.count(at, severity));
    let score = found.score(at);
    say!(
        "{errors} errors, {warnings} warnings, {notes} notes; {score:.0} points",
        "错误 {errors}、警告 {warnings}、提示 {notes};得分 {score:.0}"
    )
}

/// The mark of a check in a district.
fn mark(found: &Supervision, at: usize, check: super::Check) -> &'static str {
    match found.worst(at, Some(check)) {
        Some(Severity::Error) => "✗",
        Some(Severity::Warning) => "!",
        Some(Severity::Note) => "i",
        None if found.was_checked(at, check) => "✓",
        None => "–",
    }
}

impl Supervision {
    /// Everything for programs.
    pub fn summary(&self, lang: Lang) -> Value {
        let real = |value: f64| if value.is_finite() { json!(value) } else { Value::Null };
        let text = |text: &crate::land::Text| text.in_lang(lang).to_string();
        let districts = self.districts.iter().enumerate().map(|(at, district)| {
            let items = self.items[at].iter().map(|item| {
                json!({
                    "check": item.check.id(), "status": item.word(), "use": item.land_use, "what": text(&item.sentence()),
                    "measured": text(&item.measured), "limit": text(&item.limit), "source": text(&item.source),
                })
            });
            let releases = district.releases.iter().map(|held| {
                json!({
                    "place": held.place, "name": held.name, "title": held.title,
                    "base_date": held.base.map(|day| day.to_string()), "sealed_on": held.sealed_on,
                    "published": district.published(held).map(|day| day.to_string()), "origin": held.origin,
                })
            });
            json!({
                "folder": district.folder, "name": district.name, "code": district.code, "score": self.score(at),
                "errors": self.count(at, Severity::Error), "warnings": self.count(at, Severity::Warning),
                "notes": self.count(at, Severity::Note), "releases": releases.collect::<Vec<_>>(),
                "items": items.collect::<Vec<_>>(), "told": district.notes.iter().map(text).collect::<Vec<_>>(),
            })
        });
        let borders = self.neighbours.iter().flat_map(|pair| {
            pair.borders.pairs.iter().map(|own| {
                json!({
                    "one": self.districts[pair.one].folder, "other": self.districts[pair.other].folder,
                    "use": pair.borders.uses[usize::from(own.land_use)].key, "length": own.length, "compared": own.compared,
                    "mean_gap": real(own.mean_gap), "share_over": real(own.share_over), "flagged_length": own.flagged_length,
                })
            })
        });
        json!({
            "title": text(&self.title), "today": self.today.to_string(), "districts": districts.collect::<Vec<_>>(),
            "borders": borders.collect::<Vec<_>>(), "notes": self.notes.iter().map(text).collect::<Vec<_>>(),
        })
    }
}

#[cfg(test)]
#[path = "pages_tests.rs"]
mod tests;
