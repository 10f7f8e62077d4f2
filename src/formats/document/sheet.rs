//! Small maps inside documents: ground to paper, legend, scale bar, paths.

use crate::formats::style::Colour;
use crate::land::markup::escaped;
use crate::space::{Extent, Point};
use std::fmt::Write as _;

/// Of every map.
pub const WIDTH: f64 = 960.0;
const TALLEST: f64 = 720.0;
/// Below the map: legend and scale.
const FOOT: f64 = 60.0;

/// From ground to paper.
pub struct Sheet {
    corner: Point,
    per_pixel: f64,
    /// Of the map itself, without legend and scale.
    pub height: f64,
}

impl Sheet {
    pub fn of(extent: Extent) -> Sheet {
        let (wide, tall) = (extent.width(), extent.height());
        // A city that is a line or a point still has a sheet.
        let per_pixel = (wide / WIDTH).max(tall / TALLEST).max(1e-9);
        let margin = (WIDTH * per_pixel - wide) / 2.0;
        let corner = Point::new(extent.min.x - margin, extent.max.y);
        Sheet { corner, per_pixel, height: (tall / per_pixel).max(40.0) }
    }

    /// Where a place comes to lie, x to the right and y down.
    pub fn at(&self, place: Point) -> (f64, f64) {
        ((place.x - self.corner.x) / self.per_pixel, (self.corner.y - place.y) / self.per_pixel)
    }

    /// The opening of the drawing, on white.
    pub fn start(&self) -> String {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {:.0}\" font-family=\"sans-serif\" font-size=\"12\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n",
            self.height + FOOT
        )
    }

    /// Colours with their words, in a line below the map.
    pub fn legend(&self, svg: &mut String, entries: &[(Colour, &str)]) {
        let (mut x, y) = (8.0, self.height + 16.0);
        for (colour, label) in entries {
            let _ = writeln!(
                svg,
                "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"14\" height=\"12\" fill=\"{}\" stroke=\"#666\" stroke-width=\"0.3\"/>\n<text x=\"{:.1}\" y=\"{:.1}\">{}</text>",
                hex(*colour),
                x + 18.0,
                y + 10.0,
                escaped(label)
            );
            let wide: f64 = label.chars().map(|c| if c.is_ascii() { 6.6 } else { 12.5 }).sum();
            x += 18.0 + wide + 14.0;
        }
    }

    /// A bar of 1, 2 or 5 times a power of ten metres, an eighth of the sheet at most.
    pub fn scale_bar(&self, svg: &mut String, metres_per_unit: f64) {
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

/// As HTML writes a colour.
pub fn hex([r, g, b]: Colour) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Adds a line or ring to a path.
pub fn line(path: &mut String, points: &[Point], closed: bool, sheet: &Sheet) {
    for (at, point) in points.iter().enumerate() {
        let (x, y) = sheet.at(*point);
        let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { "M" } else { "L" });
    }
    if closed {
        path.push('Z');
    }
}

/// Adds a dot to a path.
pub fn dot(path: &mut String, place: Point, sheet: &Sheet) {
    let (x, y) = sheet.at(place);
    let _ = write!(path, "M{:.1} {y:.1}a2 2 0 1 0 4 0a2 2 0 1 0-4 0Z", x - 2.0);
}
