//! The diagram of adjoining sheets (接图表): which numbers lie around a detail sheet.

use super::paper::Rect;
use super::svg::{Anchor, INK, Look, Svg};
use crate::formats::style::Colour;
use crate::land::Lang;
use crate::say;

/// The numbers of a sheet and of those around it, rows from the north; `None` where there is none.
pub type Around = [[Option<usize>; 3]; 3];

/// A cell's size and the room for the title, times the text.
const CELL: (f64, f64) = (2.6, 1.7);
const TITLE: f64 = 1.6;
const OWN: Colour = [214, 214, 214];

/// What the diagram takes of the panel's height, times the text.
pub const HIGH: f64 = TITLE + 3.0 * CELL.1 + 0.3;

/// Draws the diagram, the sheet itself shaded.
pub fn diagram(svg: &mut Svg, around: &Around, (left, top): (f64, f64), text: f64, lang: Lang) {
    let title = say!("adjoining sheets", "接图表");
    svg.text((left, top + text), title.in_lang(lang), Look::new(0.9 * text, Anchor::Start));
    let (width, height) = (CELL.0 * text, CELL.1 * text);
    for (row, numbers) in around.iter().enumerate() {
        for (column, number) in numbers.iter().enumerate() {
            let cell = Rect {
                left: left + column as f64 * width,
                top: top + TITLE * text + row as f64 * height,
                width,
                height,
            };
            let fill = if (row, column) == (1, 1) { OWN } else { [255, 255, 255] };
            svg.rect(cell, Some(fill), 0.04 * text);
            let (x, y) = cell.centre();
            let shown = number.map(|number| number.to_string()).unwrap_or_default();
            svg.text((x, y + 0.35 * text), &shown, Look::new(text, Anchor::Middle).coloured(INK));
        }
    }
}
