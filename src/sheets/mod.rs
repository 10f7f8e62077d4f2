//! Print sheets (图件) of a release: maps of grades, prices, samples and changes, one of each per use, as PDF and PNG from one layout.
//!
//! A sheet is drawn once, as SVG in millimetres (`sheet`); PDF and PNG are made of that (`output`). The city larger than the paper gets
//! an index and numbered detail sheets (`pages`). The same release, layout and fonts give the same bytes.

mod changes;
mod content;
mod fonts;
mod furniture;
mod labels;
pub mod layout;
mod legend;
mod output;
mod pages;
mod paper;
mod pdf;
mod pole;
mod sheet;
mod svg;
pub mod underlay;
mod view;
mod words;

pub use content::Theme;
pub use fonts::Fonts;
pub use layout::Layout;
pub use words::reached;

use crate::compare::Comparison;
use crate::formats::{Together, Written};
use crate::land::progress::Watch;
use crate::land::{Fault, Lang, Outcome, Text, cancel};
use crate::release::Release;
use crate::release::life::Entry;
use crate::say;
use crate::space::{Extent, Kind, Shapes};
use content::{Content, content};
use pages::Pages;
use sheet::Drawing;
use std::path::Path;
use underlay::Underlay;
use view::View;

/// What sheets are made from.
pub struct Subject<'a> {
    pub release: &'a Release,
    /// Against the release before, for the map of changes.
    pub comparison: Option<&'a Comparison<'a>>,
    /// The last stage of its life that is reached, see [`reached`]; `None` of one that has only been sealed.
    pub reached: Option<&'a Entry>,
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

/// Draws every map of every use into `folder`, all or none; earlier files of the same names are replaced.
///
/// # Errors
/// `no-geometry`, `too-many-sheets`, `no-font`; what the files of the underlay say; `picture-too-large`, `io`, `cancelled`.
pub fn publish(subject: &Subject<'_>, folder: &Path, watch: &dyn Watch) -> Outcome<Sheets> {
    let Subject { release, comparison, layout, lang, .. } = *subject;
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
    for land_use in 0..uses {
        for theme in Theme::ALL {
            cancel::checkpoint()?;
            match content(theme, release, comparison, land_use, layout, lang) {
                Some(content) => {
                    let drawn = of_map(subject, &fonts, &underlay, &content, land_use, together.path());
                    sheets.files.extend(drawn.map_err(|fault| together.placed(fault))?);
                }
                None => sheets.remarks.extend(missing(theme, release, comparison.is_some(), land_use)),
            }
            watch.advance(1);
        }
    }
    together.ready()?;
    together.commit(&mut sheets.files)?;
    Ok(sheets)
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
fn of_map(
    subject: &Subject<'_>,
    fonts: &Fonts,
    underlay: &Underlay<'_>,
    content: &Content<'_>,
    land_use: usize,
    folder: &Path,
) -> Outcome<Vec<Written>> {
    let Subject { release, layout, lang, .. } = *subject;
    let ground: Vec<&Shapes> = grounds(release).take(1).collect();
    let shapes = || ground.iter().flat_map(|shapes| shapes.iter());
    let extent = shapes().map(|shape| shape.extent()).fold(Extent::of(&[]), Extent::union);
    let pages = Pages::of(layout, extent, &|part| shapes().any(|shape| shape.extent().touches(part)));
    let words = words::of(release, subject.comparison, subject.reached, (content.theme, land_use), layout, lang);
    let drawing = Drawing { layout, fonts, page: &pages.page, content, underlay, words: &words.around, lang };
    let numbered: Vec<(usize, View)> = (1..).zip(pages.details.iter().copied()).collect();
    let all = numbered.len();
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
    let stem = format!("{}_{}", content.theme.key(), words::file_part(&release.uses[land_use].key, land_use));
    let mut files = Vec::new();
    let mut put = |view: &View, stem: &str, number: &Text, index: &[(usize, View)]| -> Outcome<()> {
        let (svg, lost) = drawing.draw(view, &words.title, &words.below, number.in_lang(lang), index);
        let losses =
            (lost > 0).then(|| say!("{lost} grades found no room for their label", "{lost} 个级别的注记没有位置"));
        files.extend(output::write(&svg, fonts, folder, stem, layout.paper.dpi, losses.into_iter().collect())?);
        Ok(())
    };
    let number = if all == 0 { Text::default() } else { say!("index of {all} sheets", "接图表（共 {all} 幅）") };
    put(&pages.whole, &stem, &number, &numbered)?;
    for (at, view) in &numbered {
        cancel::checkpoint()?;
        put(view, &format!("{stem}_{at:02}"), &say!("sheet {at} of {all}", "第 {at} 幅，共 {all} 幅"), &[])?;
    }
    Ok(files)
}
