//! A page as SVG: lengths in mm, text as text.

use super::paper::Rect;
use crate::formats::style::{Colour, escape};
use std::fmt::Write;

/// A page under way.
pub struct Svg {
    text: String,
    family: String,
}

/// Where a text is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text looks.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// mm.
    pub size: f64,
    pub anchor: Anchor,
    pub colour: Colour,
    /// A white line around it, so that it reads on any ground.
    pub halo: bool,
    /// Degrees, clockwise, around its place.
    pub turned: f64,
}

/// Black.
pub const INK: Colour = [20, 20, 20];

impl Look {
    pub fn new(size: f64, anchor: Anchor) -> Look {
        Look { size, anchor, colour: INK, halo: false, turned: 0.0 }
    }

    pub fn coloured(self, colour: Colour) -> Look {
        Look { colour, ..self }
    }

    pub fn with_halo(self) -> Look {
        Look { halo: true, ..self }
    }

    pub fn turned(self, degrees: f64) -> Look {
        Look { turned: degrees, ..self }
    }
}

impl Svg {
    /// A white page, mm, whose texts are in a font.
    pub fn new(width: f64, height: f64, family: &str) -> Svg {
        let mut text = String::new();
        let _ = write!(
            text,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}mm\" height=\"{height}mm\" viewBox=\"0 0 {width} {height}\">\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n"
        );
        Svg { text, family: escape(family) }
    }

    pub fn rect(&mut self, rect: Rect, fill: Option<Colour>, line: f64) {
        let Rect { left, top, width, height } = rect;
        let fill = fill.map_or("none".to_string(), hex);
        let _ = write!(
            self.text,
            "<rect x=\"{left:.3}\" y=\"{top:.3}\" width=\"{width:.3}\" height=\"{height:.3}\" fill=\"{fill}\""
        );
        self.text.push_str(&stroke(line, INK));
        self.text.push_str("/>\n");
    }

    pub fn line(&mut self, (x1, y1): (f64, f64), (x2, y2): (f64, f64), width: f64, colour: Colour) {
        let _ = write!(self.text, "<line x1=\"{x1:.3}\" y1=\"{y1:.3}\" x2=\"{x2:.3}\" y2=\"{y2:.3}\"");
        self.text.push_str(&stroke(width, colour));
        self.text.push_str("/>\n");
    }

    pub fn circle(&mut self, (x, y): (f64, f64), radius: f64, fill: Option<Colour>, line: f64, colour: Colour) {
        let fill = fill.map_or("none".to_string(), hex);
        let _ = write!(self.text, "<circle cx=\"{x:.2}\" cy=\"{y:.2}\" r=\"{radius:.2}\" fill=\"{fill}\"");
        self.text.push_str(&stroke(line, colour));
        self.text.push_str("/>\n");
    }

    /// A path of `M`, `L` and `Z`, as [`super::view::View::path`] writes it; nothing for an empty one. Ground that two shapes of it cover is filled:
    /// a hole is one by the way its ring runs.
    pub fn path(&mut self, path: &str, fill: Option<(Colour, f64)>, line: f64, colour: Colour, dashes: &[f64]) {
        if path.is_empty() {
            return;
        }
        let _ = write!(self.text, "<path d=\"{path}\"");
        match fill {
            None => self.text.push_str(" fill=\"none\""),
            Some((fill, opacity)) => {
                let _ = write!(self.text, " fill=\"{}\" fill-opacity=\"{opacity}\"", hex(fill));
            }
        }
        self.text.push_str(&stroke(line, colour));
        if !dashes.is_empty() {
            let dashes = dashes.iter().map(f64::to_string).collect::<Vec<_>>().join(" ");
            let _ = write!(self.text, " stroke-dasharray=\"{dashes}\"");
        }
        self.text.push_str(" stroke-linejoin=\"round\" stroke-linecap=\"round\"/>\n");
    }

    /// One line of text whose baseline begins, is centred or ends at a place.
    pub fn text(&mut self, (x, y): (f64, f64), words: &str, look: Look) {
        if words.trim().is_empty() {
            return;
        }
        let anchor = match look.anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let mut write_one = |paint: &str| {
            let _ = write!(
                self.text,
                "<text x=\"{x:.2}\" y=\"{y:.2}\" font-family=\"{}\" font-size=\"{:.2}\" text-anchor=\"{anchor}\"{paint}",
                self.family, look.size
            );
            if look.turned != 0.0 {
                let _ = write!(self.text, " transform=\"rotate({} {x:.2} {y:.2})\"", look.turned);
            }
            let _ = writeln!(self.text, ">{}</text>", escape(words));
        };
        let fill = format!(" fill=\"{}\"", hex(look.colour));
        if look.halo {
            let halo = 0.28 * look.size;
            let stroke = format!(
                " stroke=\"#ffffff\" stroke-opacity=\"0.85\" stroke-width=\"{halo:.2}\" stroke-linejoin=\"round\" paint-order=\"stroke\""
            );
            write_one(&format!("{fill}{stroke}"));
        } else {
            write_one(&fill);
        }
    }

    /// What follows is drawn inside a rectangle only, until [`Svg::unclip`].
    pub fn clip(&mut self, rect: Rect, name: &str) {
        let Rect { left, top, width, height } = rect;
        let _ = write!(
            self.text,
            "<clipPath id=\"{name}\"><rect x=\"{left:.3}\" y=\"{top:.3}\" width=\"{width:.3}\" height=\"{height:.3}\"/></clipPath>\n\
             <g clip-path=\"url(#{name})\">\n"
        );
    }

    pub fn unclip(&mut self) {
        self.text.push_str("</g>\n");
    }

    pub fn finish(mut self) -> String {
        self.text.push_str("</svg>\n");
        self.text
    }
}

fn hex([red, green, blue]: Colour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn stroke(width: f64, colour: Colour) -> String {
    if width > 0.0 { format!(" stroke=\"{}\" stroke-width=\"{width:.3}\"", hex(colour)) } else { String::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_from_data_is_no_markup() {
        let mut svg = Svg::new(10.0, 10.0, "A\"B");
        svg.text((1.0, 1.0), "<img onerror=\"x\">&\u{1}", Look::new(3.0, Anchor::Start));
        let page = svg.finish();
        assert!(page.contains("&lt;img onerror=&quot;x&quot;&gt;&amp;\u{fffd}</text>"), "{page}");
        assert!(page.contains("font-family=\"A&quot;B\""), "{page}");
    }
}
