//! Print sheets (图件) of a release: maps of grades, prices, samples and changes, one of each per use, as PDF and PNG from one layout.
//!
//! A sheet is drawn once, as SVG in millimetres (`sheet`); PDF and PNG are made of that (`output`). The city larger than the paper gets
//! an index and numbered detail sheets (`pages`). The same release, layout and fonts give the same bytes.

mod adjoining;
mod changes;
mod content;
mod fonts;
mod furniture;
mod labels;
pub mod layout;
mod legend;
mod output;
mod pages;
mod panel;
mod paper;
mod pdf;
mod pieces;
mod pole;
mod seen;
mod sheet;
mod svg;
pub mod underlay;
mod view;
mod words;

pub use content::Theme;
pub use fonts::Fonts;
pub use layout::Layout;

use crate::compare::Comparison;
use crate::formats::{Together, Written};
use crate::land::progress::Watch;
use crate::land::{Fault, Lang, Outcome, Text, cancel};
use crate::release::Release;
use crate::release::life::Entry;
use crate::say;
use crate::space::{Extent, Kind, Shapes};
use content::{Content, content};
use labels::Bare;
use pages::Pages;
use sheet::{Drawing, Sheet};
use std::path::Path;
use underlay::Underlay;
use view::View;
use words::Words;

/// What sheets are made from.
pub struct Subject<'a> {
    pub release: &'a Release,
    /// Against the release before, for the map of changes.
    pub comparison: Option<&'a Comparison<'a>>,
    /// The last stage that its life notes, printed with its day; `None` of one that has only been sealed.
    pub noted: Option<&'a Entry>,
    pub layout: &'a Layout,
    pub lang: Lang,
}

/// The files of the sheets.
pub struct Sheets {
    pub files: Vec<Written>,
    /// Maps that a use has none of, each with the reason.
    pub remarks: Vec<Text>,
}

/// Detail sheets of one map: an atlas of more is no handout, and takes hours and gigabytes.
const MOST_DETAILS: usize = 200;
/// The height of the panel below an upright map, times the text, however little it holds.
const LEAST_PANEL: f64 = 12.0;

/// Draws every map of every use into `folder`, all or none; earlier files of the same names are replaced.
///
/// # Errors
/// `no-geometry`, `too-many-sheets`, `no-font`; what the files of the underlay say; `picture-too-large`, `io`, `cancelled`.
pub fn publish(subject: &Subject<'_>, folder: &Path, watch: &dyn Watch) -> Outcome<Sheets> {
    let Subject { release, comparison, noted, layout, lang } = *subject;
    if grounds(release).next().is_none() {
        return Err(Fault::new(
            "no-geometry",
            say!("the release has no polygons to draw", "该成果没有可绘制的面状图形"),
            say!("publish its tables: --formats xlsx,csv", "请发布表格:--formats xlsx,csv"),
        ));
    }
    let fonts = Fonts::find(&layout.words.fonts)?;
    let underlay = Underlay::of(release, layout)?;
    let together = Together::new(folder)?;
    let mut sheets = Sheets { files: Vec::new(), remarks: Vec::new() };
    let uses = release.uses.len();
    watch.begin(&say!("drawing sheets", "绘制图件"), (uses * Theme::ALL.len()) as u64);
    let mut maps = Vec::new();
    for (land_use, theme) in (0..uses).flat_map(|land_use| Theme::ALL.map(|theme| (land_use, theme))) {
        cancel::checkpoint()?;
        match content(theme, release, comparison, land_use, layout, lang) {
            Some(content) => {
                let words = words::of(release, comparison, noted, (theme, land_use), layout, lang);
                maps.push(Map { land_use, content, words });
            }
            None => {
                sheets.remarks.extend(missing(theme, release, comparison.is_some(), land_use));
                watch.advance(1);
            }
        }
    }
    let drawings: Vec<(usize, Drawing<'_>)> = maps
        .iter()
        .map(|Map { land_use, content, words }| {
            (*land_use, Drawing { layout, fonts: &fonts, content, underlay: &underlay, words, lang })
        })
        .collect();
    let pages = pages(release, layout, &drawings)?;
    for (land_use, drawing) in &drawings {
        cancel::checkpoint()?;
        let stem =
            format!("{}_{}", drawing.content.theme.key(), words::file_part(&release.uses[*land_use].key, *land_use));
        let drawn = of_map(drawing, &pages, &stem, together.path());
        sheets.files.extend(drawn.map_err(|fault| together.placed(fault))?);
        watch.advance(1);
    }
    together.ready()?;
    together.commit(&mut sheets.files)?;
    Ok(sheets)
}

/// A map of a use.
struct Map<'a> {
    land_use: usize,
    content: Content<'a>,
    words: Words,
}

/// The sheets of every map: the same, so that sheets of one number show one place. Below an upright map the panel is as high as the highest
/// of them needs.
fn pages(release: &Release, layout: &Layout, drawings: &[(usize, Drawing<'_>)]) -> Outcome<Pages> {
    let ground: Vec<&Shapes> = grounds(release).take(1).collect();
    let shapes = || ground.iter().flat_map(|shapes| shapes.iter());
    let extent = shapes().map(|shape| shape.extent()).fold(Extent::of(&[]), Extent::union);
    let of = |high: f64| Pages::of(layout, extent, high, &|part| shapes().any(|shape| shape.extent().touches(part)));
    let mut pages = of(LEAST_PANEL);
    if !pages.page.is_landscape() {
        let needed = |pages: &Pages| {
            let detailed = !pages.details.is_empty();
            let heights = drawings.iter().map(|(_, drawing)| drawing.panel_height(&pages.page, detailed));
            heights.fold(LEAST_PANEL, f64::max)
        };
        pages = of(needed(&pages));
        // A lower map may be what first calls for detail sheets, whose panel is higher.
        pages = of(needed(&pages));
    }
    let all = pages.details.len();
    if all > MOST_DETAILS {
        return Err(Fault::new(
            "too-many-sheets",
            say!(
                "the scale of the layout asks for {all} detail sheets of each map, more than {MOST_DETAILS}",
                "按版式的比例尺,每幅图需分为 {all} 幅分幅图,超过 {MOST_DETAILS} 幅"
            ),
            say!(
                "take a smaller scale (1:2000 instead of 1:500) or larger paper, or leave `scale` out",
                "请减小比例尺(如 1:2000 代替 1:500)、加大纸张,或不写 scale"
            ),
        ));
    }
    Ok(pages)
}

/// The ground of the whole release, so that sheets of one number show one place, whatever their map and use: its zones, else its units.
fn grounds(release: &Release) -> impl Iterator<Item = &Shapes> {
    let all = [Some(&release.map.zones.shapes), release.units.shapes.as_ref()];
    all.into_iter().flatten().filter(|shapes| !shapes.is_empty() && shapes.kind == Kind::Polygon)
}

/// Why a use has no such map.
fn missing(theme: Theme, release: &Release, compared: bool, land_use: usize) -> Option<Text> {
    let (name, Text { en, zh }) = (&release.uses[land_use].name, theme.title());
    let Text { en: why, zh: why_zh } = match theme {
        Theme::Changes if !compared => return None,
        Theme::Grades => say!("it has no polygons", "没有面状图形"),
        Theme::Prices => say!("it has no polygons or no prices", "没有面状图形或地价"),
        Theme::Samples => say!("it has no polygons or no samples with a place", "没有面状图形或有位置的样点"),
        Theme::Changes => say!("none of its units was compared", "没有可比较的单元"),
    };
    Some(say!("{name}: no map of {en}: {why}", "{name}:未绘制{zh}:{why_zh}"))
}

/// The sheets of one map.
fn of_map(drawing: &Drawing<'_>, pages: &Pages, stem: &str, folder: &Path) -> Outcome<Vec<Written>> {
    let Drawing { layout, fonts, lang, .. } = *drawing;
    let all = pages.details.len();
    let numbered: Vec<(usize, View)> = (1..).zip(pages.details.iter().map(|detail| detail.view)).collect();
    let mut files = Vec::new();
    let mut put = |sheet: &Sheet<'_>, stem: &str| -> Outcome<()> {
        let (svg, bare) = drawing.draw(&pages.page, sheet);
        let title = [&*drawing.words.title, sheet.number].join(" ").trim_end().to_string();
        files.extend(output::write(&svg, &title, fonts, folder, stem, layout.paper.dpi, unlabelled(bare, layout))?);
        Ok(())
    };
    let number = if all == 0 { Text::default() } else { say!("index of {all} sheets", "接图表（共 {all} 幅）") };
    put(&Sheet { view: pages.whole, number: number.in_lang(lang), index: &numbered, around: None }, stem)?;
    for (at, detail) in (1..).zip(&pages.details) {
        cancel::checkpoint()?;
        let number = say!("sheet {at} of {all}", "第 {at} 幅，共 {all} 幅");
        let around = Some(pages.around(detail));
        let sheet = Sheet { view: detail.view, number: number.in_lang(lang), index: &[], around };
        put(&sheet, &format!("{stem}_{at:02}"))?;
    }
    Ok(files)
}

/// What a map tells only by its colours.
fn unlabelled(bare: Bare, layout: &Layout) -> Vec<Text> {
    let Bare { grades, small, crowded } = bare;
    let least = layout.map.least_label;
    let all = [
        (grades, say!("{grades} grades found no room for their label", "{grades} 个级别的注记没有位置")),
        (
            small,
            say!(
                "{small} parts smaller than {least} mm² on paper bear no label (least_label of the layout)",
                "{small} 个图上小于 {least} mm² 的图斑没有注记(版式文件 least_label)"
            ),
        ),
        (crowded, say!("{crowded} parts bear no label, others stand there", "{crowded} 个图斑因注记拥挤而没有注记")),
    ];
    all.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text).collect()
}
