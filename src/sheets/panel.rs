//! The panel of a sheet: legend, lines, scale, facts and adjoining sheets, one below the other beside the map, or in two columns below it.

use super::adjoining::{self, Around};
use super::content::Legend;
use super::fonts::Fonts;
use super::furniture;
use super::legend::{self, Keys};
use super::paper::{Page, Rect};
use super::svg::Svg;
use super::underlay::Underlay;
use super::view::View;
use crate::land::Lang;

/// What a panel tells.
pub struct Panel<'a> {
    pub fonts: &'a Fonts,
    pub underlay: &'a Underlay<'a>,
    pub legend: &'a Legend,
    /// Of the colours of the legend.
    pub strength: f64,
    pub keys: Keys,
    pub facts: &'a [String],
    pub around: Option<Around>,
    pub lang: Lang,
}

impl Panel<'_> {
    /// Draws the panel; hands over where it ends.
    pub fn draw(&self, svg: &mut Svg, page: &Page, view: &View) -> f64 {
        let (text, panel, lang) = (page.text, page.panel, self.lang);
        let (first, second) = if page.is_landscape() {
            (panel, panel)
        } else {
            let half = panel.width / 2.0 - text;
            (Rect { width: half, ..panel }, Rect { left: panel.left + half + 2.0 * text, width: half, ..panel })
        };
        let mut first_end = legend::table(svg, self.fonts, self.legend, first, text, self.strength);
        let top = if page.is_landscape() { first_end } else { second.top };
        let end = legend::lines(svg, self.underlay, &self.keys, Rect { top, ..second }, text, lang) + text;
        furniture::north_arrow(svg, (second.right() - 1.5 * text, end), text, lang);
        furniture::scale_bar(svg, (second.left + 0.5 * text, end), second.width - 6.0 * text, view, text, lang);
        let below = Rect { top: end + 5.4 * text, ..second };
        let end = legend::facts(svg, self.fonts, self.facts, below, text);
        if let Some(around) = &self.around {
            let top = if page.is_landscape() { end + text } else { first_end + text };
            adjoining::diagram(svg, around, (first.left, top), text, lang);
            first_end = top + adjoining::HIGH * text;
        }
        end.max(first_end)
    }

    /// The height that the panel needs below a map, times the text.
    pub fn height(&self, page: &Page) -> f64 {
        let view = View { map: page.map, centre: crate::space::Point::new(0.0, 0.0), scale: 10_000.0 };
        let end = self.draw(&mut Svg::new(page.width, page.height, &self.fonts.family), page, &view);
        (end - page.panel.top) / page.text
    }
}
