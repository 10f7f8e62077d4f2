//! Maps of a comparison: every changed unit in the colour of its class; a mosaic of small squares where units are too many to be drawn.

use super::super::{Change, Comparison};
use crate::formats::document::sheet::{Sheet, WIDTH, dot, hex, line};
use crate::formats::style::{Colour, ramp};
use crate::land::{Lang, Text};
use crate::say;
use crate::space::{Extent, Kind, Point, Shape};
use std::fmt::Write as _;

/// More corners than this are not drawn one by one.
const MOST_CORNERS: usize = 200_000;
/// Squares across a mosaic.
const SQUARES: f64 = 240.0;
const OTHERS: Colour = [225, 225, 225];

/// What is shown: a number per change, put into classes between limits.
pub(super) struct Theme {
    pub value: fn(&Change) -> f64,
    /// Ascending; a value at a limit is of the class above.
    pub limits: Vec<f64>,
    /// One more than limits, from the lowest class to the highest.
    pub labels: Vec<Text>,
    /// Whether the highest class is the warm one.
    pub warm_above: bool,
}

impl Theme {
    fn class(&self, value: f64) -> usize {
        self.limits.iter().take_while(|limit| value >= **limit).count()
    }

    fn colour(&self, class: usize) -> Colour {
        let count = self.labels.len();
        ramp(if self.warm_above { count - 1 - class } else { class }, count)
    }
}

/// The map as SVG; `None` where no release has places.
pub(super) fn draw(comparison: &Comparison<'_>, theme: &Theme, lang: Lang) -> Option<String> {
    let (old, new) = (comparison.old.shapes.as_deref(), comparison.new.shapes.as_deref());
    let shape = |change: &Change| match (change.new, change.old) {
        (Some(row), _) => new.map(|shapes| shapes.get(row as usize)),
        (None, row) => row.and_then(|row| old.map(|shapes| shapes.get(row as usize))),
    };
    let drawn: Vec<(Shape<'_>, f64)> =
        comparison.changes.iter().filter_map(|change| Some((shape(change)?, (theme.value)(change)))).collect();
    let extent = drawn.iter().fold(Extent::EMPTY, |extent, (shape, _)| extent.union(shape.extent()));
    if extent.is_empty() {
        return None;
    }
    let sheet = Sheet::of(extent);
    let mut svg = sheet.start();
    let corners: usize = drawn.iter().map(|(shape, _)| shape.points().len()).sum();
    if corners <= MOST_CORNERS {
        units(&mut svg, &drawn, theme, &sheet)
    } else {
        mosaic(&mut svg, &drawn, theme, &sheet)
    }
    legend(&mut svg, theme, &sheet, lang);
    sheet.scale_bar(&mut svg, comparison.crs.metres_per_unit);
    svg.push_str("</svg>\n");
    Some(svg)
}

/// One path per class, so that a file of many units stays small.
fn units(svg: &mut String, drawn: &[(Shape<'_>, f64)], theme: &Theme, sheet: &Sheet) {
    let classes = theme.labels.len();
    for class in 0..=classes {
        let mut path = String::new();
        let of_class = drawn.iter().filter(|(_, value)| match value.is_nan() {
            true => class == classes,
            false => theme.class(*value) == class,
        });
        for (shape, _) in of_class {
            match shape.kind {
                Kind::Polygon => shape.rings().for_each(|ring| line(&mut path, ring.points, true, sheet)),
                Kind::Point => shape.points().iter().for_each(|place| dot(&mut path, *place, sheet)),
                _ => shape.rings().for_each(|ring| line(&mut path, ring.points, false, sheet)),
            }
        }
        let colour = hex(if class == classes { OTHERS } else { theme.colour(class) });
        let _ = match path.is_empty() {
            true => Ok(()),
            false => writeln!(
                svg,
                "<path d=\"{path}\" fill=\"{colour}\" fill-rule=\"evenodd\" stroke=\"#666\" stroke-width=\"0.2\"/>"
            ),
        };
    }
}

/// Squares in the class of the mean of the units whose middle lies in them.
fn mosaic(svg: &mut String, drawn: &[(Shape<'_>, f64)], theme: &Theme, sheet: &Sheet) {
    let side = WIDTH / SQUARES;
    let (columns, rows) = (SQUARES as usize + 1, (sheet.height / side) as usize + 1);
    // Sum and number of the values, and how many units without one.
    let mut squares = vec![(0.0f64, 0u32, 0u32); columns * rows];
    for (shape, value) in drawn {
        let extent = shape.extent();
        if extent.is_empty() {
            continue;
        }
        let (x, y) = sheet.at(Point::new((extent.min.x + extent.max.x) / 2.0, (extent.min.y + extent.max.y) / 2.0));
        let square =
            &mut squares[((y / side) as usize).min(rows - 1) * columns + ((x / side) as usize).min(columns - 1)];
        if value.is_nan() {
            square.2 += 1;
        } else {
            square.0 += value;
            square.1 += 1;
        }
    }
    for (at, (sum, count, without)) in squares.into_iter().enumerate() {
        if count + without == 0 {
            continue;
        }
        let colour = if count == 0 { OTHERS } else { theme.colour(theme.class(sum / f64::from(count))) };
        let (x, y) = ((at % columns) as f64 * side, (at / columns) as f64 * side);
        let _ =
            writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{side}\" height=\"{side}\" fill=\"{}\"/>", hex(colour));
    }
}

fn legend(svg: &mut String, theme: &Theme, sheet: &Sheet, lang: Lang) {
    let classes = theme.labels.iter().enumerate().map(|(class, label)| (theme.colour(class), label.in_lang(lang)));
    let others = say!("not compared", "未比较");
    let entries: Vec<_> = classes.chain([(OTHERS, others.in_lang(lang))]).collect();
    sheet.legend(svg, &entries);
}

#[cfg(test)]
#[path = "map_tests.rs"]
mod tests;
