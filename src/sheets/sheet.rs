//! One sheet: the map with everything around it.

use super::adjoining::Around;
use super::content::{Content, Fill, Label};
use super::fonts::Fonts;
use super::furniture;
use super::labels::{Bare, Taken, Writing};
use super::layout::Layout;
use super::legend::{self, GRADE_LINE, Keys, OTHERS};
use super::panel::Panel;
use super::paper::{Page, Rect};
use super::seen::{Seen, seen};
use super::svg::{Anchor, INK, Look, Svg};
use super::underlay::{Underlay, name_look};
use super::view::View;
use super::words::Words;
use crate::land::Lang;

/// The detail sheets of an index with their numbers.
pub type Numbered<'a> = &'a [(usize, View)];

/// A sheet among those of its map.
pub struct Sheet<'a> {
    pub view: View,
    /// What it is called at its foot.
    pub number: &'a str,
    /// Of an index: the sheets it shows.
    pub index: Numbered<'a>,
    /// Of a detail sheet: those around it.
    pub around: Option<Around>,
}

/// What the sheets of a map are made from.
pub struct Drawing<'a> {
    pub layout: &'a Layout,
    pub fonts: &'a Fonts,
    pub content: &'a Content<'a>,
    pub underlay: &'a Underlay<'a>,
    pub words: &'a Words,
    pub lang: Lang,
}

impl Drawing<'_> {
    /// The sheet as SVG, and how many pieces of ground bear no label.
    pub fn draw(&self, page: &Page, sheet: &Sheet<'_>) -> (String, Bare) {
        let seen = seen(&sheet.view, self.content, self.underlay);
        let mut svg = Svg::new(page.width, page.height, &self.fonts.family);
        svg.clip(page.map, "map");
        self.ground(&mut svg, page, &sheet.view, seen);
        let bare = self.labels(&mut svg, page, sheet);
        svg.unclip();
        furniture::grid(&mut svg, page, &sheet.view);
        furniture::frames(&mut svg, page);
        furniture::title(&mut svg, page, &self.words.title, &self.words.below);
        self.panel(seen, sheet.around).draw(&mut svg, page, &sheet.view);
        furniture::foot(&mut svg, page, &self.words.statement, sheet.number);
        (svg.finish(), bare)
    }

    /// The height that the panel of any sheet of the map needs below an upright map, times the text.
    pub fn panel_height(&self, page: &Page, detailed: bool) -> f64 {
        self.panel(Seen::ALL, detailed.then_some([[None; 3]; 3])).height(page)
    }

    /// Water, colours, lines and marks, the lowest first.
    fn ground(&self, svg: &mut Svg, page: &Page, view: &View, seen: Seen) {
        let (text, map, content) = (page.text, &self.layout.map, self.content);
        let path = |fill: &Fill<'_>| {
            let mut path = String::new();
            fill.rows.iter().for_each(|&row| view.path(fill.shapes.get(row), true, &mut path));
            path
        };
        self.underlay.water(svg, view, text);
        content.others.iter().for_each(|fill| svg.path(&path(fill), Some((OTHERS, 1.0)), 0.0, GRADE_LINE, &[]));
        let line = if content.borders.is_empty() { map.grade_line } else { 0.0 };
        for fill in &content.fills {
            let path = path(fill);
            if seen.both {
                // The colours of the legend are those on white.
                svg.path(&path, Some(([255, 255, 255], 1.0)), 0.0, GRADE_LINE, &[]);
            }
            svg.path(&path, Some((fill.colour, map.opacity * content.strength)), line, GRADE_LINE, &[]);
        }
        content.borders.iter().for_each(|fill| svg.path(&path(fill), None, map.grade_line, GRADE_LINE, &[]));
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
    }

    fn labels(&self, svg: &mut Svg, page: &Page, sheet: &Sheet<'_>) -> Bare {
        let (text, view, least) = (page.text, &sheet.view, self.layout.map.least_label);
        let marks = self.content.marks.iter().filter(|mark| view.extent().contains(mark.place));
        let mut taken =
            Taken::by_marks(marks.map(|mark| legend::room_of_sample(view.place(mark.place), text)).collect());
        let numbers: Vec<(Rect, (f64, f64), String)> =
            sheet.index.iter().map(|(number, part)| numbered(view, part, *number, text)).collect();
        for (_, (x, y), number) in &numbers {
            let wide = self.fonts.width(number, 2.4 * text);
            taken.take(Rect { left: x - wide / 2.0, top: y - 2.0 * text, width: wide, height: 2.2 * text });
        }
        let look = Look::new(1.05 * text, Anchor::Middle).with_halo();
        let writing = Writing { fonts: self.fonts, view, look, least };
        let mut bare = writing.write(svg, &self.content.labels, &mut taken);
        let names: Vec<Label<'_>> =
            self.underlay.names().map(|(shape, words)| Label { shape, words, grade: None }).collect();
        bare += Writing { look: name_look(text), ..writing }.write(svg, &names, &mut taken);
        for (outline, place, number) in numbers {
            svg.rect(outline, None, 0.12 * text);
            svg.text(place, &number, Look::new(2.4 * text, Anchor::Middle).coloured(INK).with_halo());
        }
        bare
    }

    fn panel(&self, seen: Seen, around: Option<Around>) -> Panel<'_> {
        let content = self.content;
        let keys = Keys {
            seen,
            grades: !content.borders.is_empty(),
            areas: content.places.iter().any(|place| !place.1),
            streets: content.places.iter().any(|place| place.1),
        };
        Panel {
            fonts: self.fonts,
            underlay: self.underlay,
            legend: &content.legend,
            strength: self.layout.map.opacity * content.strength,
            keys,
            facts: &self.words.facts,
            around,
            lang: self.lang,
        }
    }
}

/// Of a detail sheet on an index: its outline, where its number stands, and the number.
fn numbered(view: &View, part: &View, number: usize, text: f64) -> (Rect, (f64, f64), String) {
    let extent = part.extent();
    let ((left, bottom), (right, top)) = (view.place(extent.min), view.place(extent.max));
    let outline = Rect { left, top, width: right - left, height: bottom - top };
    (outline, (f64::midpoint(left, right), f64::midpoint(top, bottom) + 0.8 * text), number.to_string())
}
