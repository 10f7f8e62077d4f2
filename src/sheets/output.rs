//! A sheet as a PDF whose text is text, and as a PNG picture.

use super::fonts::Fonts;
use super::pdf;
use crate::formats::Written;
use crate::land::{Fault, Outcome, Text};
use crate::say;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};
use std::path::Path;
use std::sync::Arc;

/// The dots per inch that an SVG's millimetres are counted in.
const SVG_DPI: f32 = 96.0;
/// With two fonts one try of two has the first order: all of these miss it once in a thousand million times.
const TRIES: usize = 30;
/// A picture of more dots is refused: four bytes each.
const MOST_DOTS: f64 = 4e8;

/// Writes `STEM.pdf` and `STEM.png`, with what neither tells and what the picture does not.
///
/// # Errors
/// `io`; `picture-too-large`.
pub fn write(
    svg: &str,
    title: &str,
    fonts: &Fonts,
    folder: &Path,
    stem: &str,
    dpi: u16,
    losses: Vec<Text>,
) -> Outcome<[Written; 2]> {
    let options = Options { fontdb: Arc::clone(&fonts.all), font_family: fonts.family.clone(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|error| broken(&error.to_string()))?;
    let [pdf, png] = ["pdf", "png"].map(|ending| folder.join(format!("{stem}.{ending}")));
    put(&pdf, &pdf::titled(document(&tree)?, title))?;
    put(&png, &picture(&tree, dpi)?)?;
    let written = |path, losses| Written { path, beside: Vec::new(), rows: 0, replaced: false, losses };
    let mut of_picture = losses.clone();
    of_picture.push(say!(
        "its text is part of the picture: it is not to be searched or copied; the PDF has it as text",
        "文字为图像,不能检索与复制;PDF 中为文字"
    ));
    Ok([written(pdf, losses), written(png, of_picture)])
}

/// The PDF, whose objects stand in one order.
fn document(tree: &Tree) -> Outcome<Vec<u8>> {
    let one = || -> Outcome<Vec<u8>> {
        let page = svg2pdf::PageOptions { dpi: SVG_DPI };
        let made = svg2pdf::to_pdf(tree, svg2pdf::ConversionOptions::default(), page);
        Ok(pdf::in_order(made.map_err(|error| broken(&error.to_string()))?))
    };
    let first = one()?;
    if pdf::fonts(&first) < 2 {
        return Ok(first);
    }
    // Of several fonts the parts are numbered by chance: of many tries the first in order is always the same.
    (0..TRIES).try_fold(first, |least, _| Ok(least.min(one()?)))
}

fn picture(tree: &Tree, dpi: u16) -> Outcome<Vec<u8>> {
    let times = f32::from(dpi) / SVG_DPI;
    let (width, height) = ((tree.size().width() * times).round(), (tree.size().height() * times).round());
    let dots = f64::from(width) * f64::from(height);
    if dots > MOST_DOTS {
        let millions = (dots / 1e6).round();
        return Err(Fault::new(
            "picture-too-large",
            say!("at {dpi} dpi the picture has {millions} million dots", "{dpi} dpi 的图片有 {millions} 百万像素"),
            say!("write a lower dpi or a smaller paper in the layout", "请在版式文件中降低 dpi 或改用较小幅面"),
        ));
    }
    let mut pixmap = Pixmap::new(width as u32, height as u32).ok_or_else(|| broken("no picture"))?;
    resvg::render(tree, Transform::from_scale(times, times), &mut pixmap.as_mut());
    let bytes = pixmap.encode_png().map_err(|error| broken(&error.to_string()))?;
    Ok(with_resolution(bytes, dpi))
}

/// A PNG that says how large it is on paper: a chunk `pHYs` behind its head, dots per metre (PNG specification, 11.3.5.3).
fn with_resolution(mut png: Vec<u8>, dpi: u16) -> Vec<u8> {
    const HEAD: usize = 8 + 25; // signature and IHDR
    let per_metre = (f64::from(dpi) / 0.0254).round() as u32;
    let mut chunk = b"pHYs".to_vec();
    chunk.extend([per_metre.to_be_bytes(), per_metre.to_be_bytes()].concat());
    chunk.push(1); // metres
    let mut sum = flate2::Crc::new();
    sum.update(&chunk);
    let whole = [&9_u32.to_be_bytes()[..], &chunk, &sum.sum().to_be_bytes()].concat();
    if png.len() >= HEAD {
        png.splice(HEAD..HEAD, whole);
    }
    png
}

fn put(path: &Path, bytes: &[u8]) -> Outcome<()> {
    std::fs::write(path, bytes).map_err(|error| Fault::io(say!("cannot write the sheet", "无法写出图件"), path, &error))
}

fn broken(why: &str) -> Fault {
    Fault::new(
        "sheet",
        say!("the sheet cannot be drawn: {why}", "无法绘制图件:{why}"),
        say!("report this as a fault of the program", "请作为程序故障反馈"),
    )
}
