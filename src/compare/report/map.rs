//! Maps of a comparison: every changed unit in the colour of its class; a mosaic of small squares where units are too many to be drawn.

use super::super::{Change, Comparison};
use crate::formats::style::{Colour, ramp};
use crate::land::markup::escaped;
use crate::land::{Lang, Text};
use crate::say;
use crate::space::{Extent, Kind, Point, Shape};
use std::fmt::Write as _;

const WIDTH: f64 = 960.0;
const TALLEST: f64 = 720.0;
/// Below the map: legend and scale.
const FOOT: f64 = 60.0;
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
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {:.0}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
        sheet.height + FOOT
    );
    let corners: usize = drawn.iter().map(|(shape, _)| shape.points().len()).sum();
    if corners <= MOST_CORNERS {
        units(&mut svg, &drawn, theme, &sheet)
    } else {
        mosaic(&mut svg, &drawn, theme, &sheet)
    }
    legend(&mut svg, theme, sheet.height, lang);
    sheet.scale_bar(&mut svg, comparison.crs.metres_per_unit);
    svg.push_str("</svg>\n");
    Some(svg)
}

/// From ground to paper.
struct Sheet {
    corner: Point,
    per_pixel: f64,
    height: f64,
}

impl Sheet {
    fn of(extent: Extent) -> Sheet {
        let (wide, tall) = (extent.width(), extent.height());
        // A city that is a line or a point still has a sheet.
        let per_pixel = (wide / WIDTH).max(tall / TALLEST).max(1e-9);
        let margin = (WIDTH * per_pixel - wide) / 2.0;
        let corner = Point::new(extent.min.x - margin, extent.max.y);
        Sheet { corner, per_pixel, height: (tall / per_pixel).max(40.0) }
    }

    fn at(&self, place: Point) -> (f64, f64) {
        ((place.x - self.corner.x) / self.per_pixel, (self.corner.y - place.y) / self.per_pixel)
    }

    /// A bar of 1, 2 or 5 times a power of ten metres, an eighth of the sheet at most.
    fn scale_bar(&self, svg: &mut String, metres_per_unit: f64) {
        let most = self.per_pixel * metres_per_unit * WIDTH / 8.0;
        if !(most.is_finite() && most > 0.0) {
            return;
        }
        let power = 10f64.powf(most.log10().floor());
        let metres =
            [5.0, 2.0, 1.0].into_iter().map(|step| step * power).find(|length| *length <= most).unwrap_or(power);
        let length = metres / (self.per_pixel * metres_per_unit);
        let shown = if metres >= 1000.0 { format!("{} km", metres / 1000.0) } else { format!("{metres} m") };
        let (left, y) = (WIDTH - length - 12.0, self.height + 44.0);
        let _ = writeln!(
            svg,
            "<path d=\"M{left:.1} {:.1}v6h{length:.1}v-6\" fill=\"none\" stroke=\"#333\"/>\n<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{shown}</text>",
            y - 6.0,
            left + length / 2.0,
            y - 10.0
        );
    }
}

fn hex([r, g, b]: Colour) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
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

fn line(path: &mut String, points: &[Point], closed: bool, sheet: &Sheet) {
    for (at, point) in points.iter().enumerate() {
        let (x, y) = sheet.at(*point);
        let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { "M" } else { "L" });
    }
    if closed {
        path.push('Z');
    }
}

fn dot(path: &mut String, place: Point, sheet: &Sheet) {
    let (x, y) = sheet.at(place);
    let _ = write!(path, "M{:.1} {y:.1}a2 2 0 1 0 4 0a2 2 0 1 0-4 0Z", x - 2.0);
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

fn legend(svg: &mut String, theme: &Theme, top: f64, lang: Lang) {
    let others = (OTHERS, say!("not compared", "未比较"));
    let classes = theme.labels.iter().enumerate().map(|(class, label)| (theme.colour(class), label.clone()));
    let (mut x, y) = (8.0, top + 16.0);
    for (colour, label) in classes.chain([others]) {
        let label = label.in_lang(lang);
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"14\" height=\"12\" fill=\"{}\" stroke=\"#666\" stroke-width=\"0.3\"/>\n<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            hex(colour),
            x + 18.0,
            y + 10.0,
            escaped(label)
        );
        let wide: f64 = label.chars().map(|c| if c.is_ascii() { 6.6 } else { 12.5 }).sum();
        x += 18.0 + wide + 14.0;
    }
}

#[cfg(test)]
#[path = "map_tests.rs"]
mod tests;
