//! One sheet: the map with everything around it.

use super::content::{Content, Label};
use super::fonts::Fonts;
use super::labels::{self, Taken};
use super::layout::Layout;
use super::paper::{Page, Rect};
use super::svg::{Anchor, INK, Look, Svg};
use super::underlay::{Underlay, name_look};
use super::view::View;
use super::{furniture, legend};
use crate::formats::style::Colour;
use crate::land::Lang;

/// Between grades.
pub const GRADE_LINE: Colour = [90, 80, 70];

/// What stands around the maps of a release.
pub struct Words {
    /// Maker, dates, coordinate system, premises: a line each.
    pub facts: Vec<String>,
    /// That a benchmark price is no price of a transaction.
    pub statement: String,
}

/// The detail sheets of an index with their numbers.
pub type Numbered<'a> = &'a [(usize, View)];

/// What a sheet is made from.
pub struct Drawing<'a> {
    pub layout: &'a Layout,
    pub fonts: &'a Fonts,
    pub page: &'a Page,
    pub content: &'a Content<'a>,
    pub underlay: &'a Underlay<'a>,
    pub words: &'a Words,
    pub lang: Lang,
}

impl Drawing<'_> {
    /// The sheet as SVG, and how many labels that every map should bear found no place.
    pub fn draw(&self, view: &View, title: &str, below: &str, number: &str, index: Numbered<'_>) -> (String, usize) {
        let page = self.page;
        let mut svg = Svg::new(page.width, page.height, &self.fonts.family);
        svg.clip(page.map, "map");
        let lost = self.map(&mut svg, view, index);
        svg.unclip();
        furniture::grid(&mut svg, page, view);
        furniture::frames(&mut svg, page);
        furniture::title(&mut svg, page, title, below);
        self.panel(&mut svg, view);
        furniture::foot(&mut svg, page, &self.words.statement, number);
        (svg.finish(), lost)
    }

    fn map(&self, svg: &mut Svg, view: &View, index: Numbered<'_>) -> usize {
        let (text, map, content) = (self.page.text, &self.layout.map, self.content);
        self.underlay.water(svg, view, text);
        for fill in &content.fills {
            let mut path = String::new();
            fill.rows.iter().for_each(|&row| view.path(fill.shapes.get(row), true, &mut path));
            let line = if content.borders.is_empty() { map.grade_line } else { 0.0 };
            svg.path(&path, Some((fill.colour, map.opacity * content.strength)), line, GRADE_LINE, &[]);
        }
        for fill in &content.borders {
            let mut path = String::new();
            fill.rows.iter().for_each(|&row| view.path(fill.shapes.get(row), true, &mut path));
            svg.path(&path, None, map.grade_line, GRADE_LINE, &[]);
        }
        self.underlay.lines(svg, view, text);
        for (shape, street) in &content.places {
            let mut path = String::new();
            view.path(*shape, !street, &mut path);
            let (colour, width) = if *street { (legend::STREET, 0.3) } else { (legend::AREA, 0.14) };
            svg.path(&path, None, width * text, colour, &[]);
        }
        for mark in content.marks.iter().filter(|mark| view.extent().contains(mark.place)) {
            legend::sample(svg, view.place(mark.place), text, mark.used);
        }
        let mut taken = Taken::default();
        let look = Look::new(1.05 * text, Anchor::Middle).with_halo();
        let lost = labels::write(svg, self.fonts, &content.labels, view, &mut taken, look, map.least_label);
        let names: Vec<Label<'_>> =
            self.underlay.names().map(|(shape, words)| Label { shape, words, always: false }).collect();
        labels::write(svg, self.fonts, &names, view, &mut taken, name_look(text), map.least_label);
        for (number, part) in index {
            let extent = part.extent();
            let ((left, bottom), (right, top)) = (view.place(extent.min), view.place(extent.max));
            svg.rect(Rect { left, top, width: right - left, height: bottom - top }, None, 0.12 * text);
            let place = (f64::midpoint(left, right), f64::midpoint(top, bottom) + 0.8 * text);
            svg.text(place, &number.to_string(), Look::new(2.4 * text, Anchor::Middle).coloured(INK).with_halo());
        }
        lost
    }

    /// Legend, lines, scale and facts: one below the other beside the map, or side by side below it.
    fn panel(&self, svg: &mut Svg, view: &View) {
        let (page, text, lang) = (self.page, self.page.text, self.lang);
        let panel = page.panel;
        let strength = self.layout.map.opacity * self.content.strength;
        let streets = self.content.places.iter().any(|place| place.1);
        let kinds = [self.content.places.iter().any(|place| !place.1), streets];
        let (first, second) = if page.is_landscape() {
            (panel, panel)
        } else {
            let half = panel.width / 2.0 - text;
            (Rect { width: half, ..panel }, Rect { left: panel.left + half + 2.0 * text, width: half, ..panel })
        };
        let end = legend::table(svg, self.fonts, &self.content.legend, first, text, strength);
        let end = if page.is_landscape() { end } else { second.top };
        let below = Rect { top: end, ..second };
        let end = legend::lines(svg, self.underlay, kinds, below, text, lang) + text;
        let arrow = (second.right() - 1.5 * text, end);
        furniture::north_arrow(svg, arrow, text, lang);
        furniture::scale_bar(svg, (second.left + 0.5 * text, end), second.width - 6.0 * text, view, text, lang);
        let below = Rect { top: end + 5.4 * text, ..second };
        legend::facts(svg, self.fonts, &self.words.facts, below, text);
    }
}
