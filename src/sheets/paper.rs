//! The page: paper, the frame of the map, and the places of everything around it.

use super::layout::{Layout, Orientation, Size};

/// A rectangle on the page, mm from its upper left corner.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    pub left: f64,
    pub top: f64,
    pub width: f64,
    pub height: f64,
}

impl Rect {
    pub fn right(self) -> f64 {
        self.left + self.width
    }

    pub fn bottom(self) -> f64 {
        self.top + self.height
    }

    pub fn centre(self) -> (f64, f64) {
        (self.left + self.width / 2.0, self.top + self.height / 2.0)
    }

    pub fn meets(self, other: Rect) -> bool {
        self.left < other.right() && other.left < self.right() && self.top < other.bottom() && other.top < self.bottom()
    }

    pub fn holds(self, other: Rect) -> bool {
        self.left <= other.left
            && other.right() <= self.right()
            && self.top <= other.top
            && other.bottom() <= self.bottom()
    }
}

/// A page with its parts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Page {
    pub width: f64,
    pub height: f64,
    /// The outer frame (外图廓).
    pub frame: Rect,
    pub title: Rect,
    /// The neat line (内图廓).
    pub map: Rect,
    /// Legend, scale bar and north arrow: beside the map of a landscape page, below that of an upright one.
    pub panel: Rect,
    pub foot: Rect,
    /// The height of usual text.
    pub text: f64,
}

impl Size {
    /// Width and height of the upright sheet (ISO 216).
    pub fn upright(self) -> (f64, f64) {
        match self {
            Size::A4 => (210.0, 297.0),
            Size::A3 => (297.0, 420.0),
            Size::A2 => (420.0, 594.0),
            Size::A1 => (594.0, 841.0),
            Size::A0 => (841.0, 1189.0),
        }
    }

    /// Text of so many mm is easily read from where such a sheet is looked at.
    fn text(self) -> f64 {
        match self {
            Size::A4 => 2.5,
            Size::A3 => 3.2,
            Size::A2 => 4.0,
            Size::A1 => 5.2,
            Size::A0 => 7.0,
        }
    }
}

/// Of an upright page's height the panel takes no more than this share from the map.
const MOST_PANEL: f64 = 0.4;

impl Page {
    /// The page for ground of a width and height; of an upright page the panel is so high, times the text.
    pub fn of(layout: &Layout, (ground_width, ground_height): (f64, f64), panel_high: f64) -> Page {
        let landscape = match layout.paper.orientation {
            Orientation::Landscape => true,
            Orientation::Portrait => false,
            Orientation::Auto => ground_width >= ground_height,
        };
        let (short, long) = layout.paper.size.upright();
        let (width, height) = if landscape { (long, short) } else { (short, long) };
        let text = layout.paper.size.text() * layout.map.text;
        let margin = layout.paper.margin;
        let frame = Rect { left: margin, top: margin, width: width - 2.0 * margin, height: height - 2.0 * margin };
        // Inside the frame: the title, the map with room for the figures of its grid, the foot.
        let (gap, title_height, foot_height) = (2.6 * text, 5.4 * text, 2.6 * text);
        let title = Rect { height: title_height, ..frame };
        let foot = Rect { top: frame.bottom() - foot_height, height: foot_height, ..frame };
        let body = Rect {
            left: frame.left + gap,
            top: title.bottom(),
            width: frame.width - 2.0 * gap,
            height: foot.top - title.bottom() - gap,
        };
        let (map, panel) = if landscape {
            let wide = 25.0 * text;
            let map = Rect { width: body.width - wide - gap, ..body };
            (map, Rect { left: map.right() + gap, width: wide, ..body })
        } else {
            let high = (panel_high * text).min(MOST_PANEL * body.height);
            let map = Rect { height: body.height - high - gap, ..body };
            (map, Rect { top: map.bottom() + gap, height: high, ..body })
        };
        Page { width, height, frame, title, map, panel, foot, text }
    }

    pub fn is_landscape(&self) -> bool {
        self.width > self.height
    }
}

#[cfg(test)]
#[path = "paper_tests.rs"]
mod tests;
