//! `landgrade run`: the whole journey of one release.

use super::ui::shown;
use super::{Ending, Ui, gate, grade};
use clap::Args;
use landgrade::formats::geojson::Coordinates;
use landgrade::formats::shapefile::TextEncoding;
use landgrade::land::progress::Watch;
use landgrade::land::release_name::PUBLISHED;
use landgrade::land::{Fault, Outcome, Text, date};
use landgrade::pipeline::{self, Map, Seen, Until};
use landgrade::project::Project;
use landgrade::publish::{self, Format, Published, Selection};
use landgrade::release::{self, Release};
use landgrade::say;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Check, grade, price, seal and publish
#[derive(Args)]
#[command(after_help = "Example:\n  landgrade run demo/2025/project.toml")]
pub struct Run {
    /// The project file
    project: PathBuf,
    /// The date the release is sealed on (YYYY-MM-DD); today where left out
    #[arg(long, value_name = "DATE")]
    sealed_on: Option<String>,
    /// Go through everything without sealing or publishing
    #[arg(long)]
    dry_run: bool,
    /// Seal as final, which needs the gate to pass; a draft where left out
    #[arg(long = "final")]
    as_final: bool,
    #[command(flatten)]
    by: gate::By,
}

impl Run {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let project = Project::read(&self.project)?;
        let sealed_on = sealing_date(self.sealed_on.as_deref())?;
        let place = project.release.folder.join(&project.release.name);
        if !self.dry_run {
            refuse_sealed(&place)?;
        }
        let seen = Seen::now(&project);
        let until = if project.prices.is_some() { Until::Prices } else { Until::Grades };
        let mut release = pipeline::run(&project, until, Map::Drawn, ui)?;
        grade::summary(ui, &release);
        if self.as_final || self.by.is_asked() {
            finish(ui, &self.by, self.as_final, &mut release, &project.release.folder)?;
        }
        if self.dry_run {
            ui.say(&say!("dry run: nothing was written", "试运行:没有写出任何文件"));
            ui.result(
                &json!({"units": release.units.len(), "uses": grade::uses(&release), "cells": grade::cells(&release, ui.lang)}),
            );
            return Ok(Ending::Done);
        }
        let formats = formats(&project.release.formats)?;
        let options = publish::Options {
            plain_csv: false,
            lang: ui.lang,
            encoding: if project.release.gbk { TextEncoding::Gbk } else { TextEncoding::Utf8 },
            coordinates: Coordinates::LonLat,
            selection: Selection { id: project.units.id().to_string(), ..Selection::default() },
            issued: publish::Issued::default(),
        };
        // The files are written before the release is sealed and put in place after it: whatever fails leaves neither.
        ui.begin(&say!("publishing", "发布"), 1);
        let prepared = publish::prepare(&release, &published_beside(&place), &formats, &options)?;
        ui.advance(1);
        ui.begin(&say!("sealing", "封存"), 1);
        release::digest_inputs(&mut release, self.project.parent().unwrap_or(Path::new("")))?;
        seen.still()?;
        let sealed = release::seal(&mut release, &project.release.folder, sealed_on, None)?;
        ui.advance(1);
        let place = shown(&sealed.path);
        let (shown, digest) = (place.display(), &sealed.content_digest);
        let Text { en, zh } = release.head.state().title();
        ui.say(&say!(
            "sealed as {en}: {shown}\n  content digest {digest}",
            "已按{zh}封存:{shown}\n  内容摘要 {digest}"
        ));
        let folder = published_beside(&place);
        let published = tell(ui, prepared.commit().map_err(|fault| unpublished(fault, &place))?, &folder);
        ui.result(&json!({
            "release": place, "content_digest": sealed.content_digest, "published": folder, "files": published,
            "units": release.units.len(), "uses": grade::uses(&release), "cells": grade::cells(&release, ui.lang),
        }));
        Ok(Ending::Done)
    }
}

/// Shows what the gate finds; of a release to be sealed as final it must let it pass, and is kept with it.
pub fn finish(ui: &Ui, by: &gate::By, as_final: bool, release: &mut Release, folder: &Path) -> Outcome<()> {
    let found = by.judge(release, Some(folder))?;
    gate::show(ui, &found);
    if as_final {
        found.demand()?;
        release.head.gate = landgrade::gate::record(&found);
    }
    Ok(())
}

/// Fails early where a release of the name is there already.
pub fn refuse_sealed(place: &Path) -> Outcome<()> {
    if !place.exists() {
        return Ok(());
    }
    let place = shown(place);
    let shown = place.display();
    Err(Fault::new(
        "already-sealed",
        say!("a release of this name is sealed already", "同名成果已封存"),
        say!(
            "sealed releases never change: take another name, or publish this one again with landgrade publish {shown}",
            "封存的成果不会再变:请另取名称;如需再次发布,请用 landgrade publish {shown}"
        ),
    )
    .at(shown))
}

/// Publishes and tells what was written and what the formats lost.
pub fn publish(
    ui: &Ui,
    release: &Release,
    folder: &Path,
    formats: &[Format],
    options: &publish::Options,
) -> Outcome<Vec<PathBuf>> {
    ui.begin(&say!("publishing", "发布"), 1);
    let published = publish::publish(release, folder, formats, options)?;
    ui.advance(1);
    Ok(tell(ui, published, folder))
}

fn tell(ui: &Ui, published: Published, folder: &Path) -> Vec<PathBuf> {
    let files: Vec<PathBuf> = published
        .files
        .into_iter()
        .flat_map(|file| std::iter::once(file.path).chain(file.beside))
        .map(|file| self::shown(&file))
        .collect();
    let (count, shown) = (files.len(), folder.display());
    ui.say(&say!(
        "published: {shown} ({count} files; losses.csv says what each format lost)",
        "已发布:{shown}({count} 个文件;各格式的损失见 losses.csv)"
    ));
    for remark in &published.remarks {
        ui.line(&format!("  {}", remark.in_lang(ui.lang)));
    }
    files
}

/// What could not be put in place although the release is sealed.
fn unpublished(fault: Fault, place: &Path) -> Fault {
    let (shown, Text { en, zh }) = (place.display(), fault.help);
    let help = say!(
        "{en}; the release is sealed: publish it with landgrade publish {shown}",
        "{zh};成果已封存,请用 landgrade publish {shown} 发布"
    );
    Fault { help, ..fault }
}

/// `releases/2025` is published to `releases/2025-published`.
pub fn published_beside(release: &Path) -> PathBuf {
    // `.` and `..` bear no name of their own.
    let whole = if release.file_name().is_none() { release.canonicalize().ok() } else { None };
    let release = whole.as_deref().unwrap_or(release);
    let name = release.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    release.with_file_name(format!("{name}{PUBLISHED}"))
}

pub fn formats(names: &[String]) -> Outcome<Vec<Format>> {
    Format::parse_list(&names.join(","))
}

/// The date given, or today's.
pub fn sealing_date(written: Option<&str>) -> Outcome<jiff::civil::Date> {
    match written {
        None => Ok(jiff::Zoned::now().date()),
        Some(written) => date::parse(written).ok_or_else(|| {
            Fault::new(
                "bad-date",
                say!("\"{written}\" is no date", "「{written}」不是日期"),
                say!("write it as 2026-01-31", "请写成 2026-01-31"),
            )
        }),
    }
}
