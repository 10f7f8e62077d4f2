//! Labels at good places: where a piece of ground has most room on the sheet, none on another, the important ones first.

use super::content::Label;
use super::fonts::Fonts;
use super::paper::Rect;
use super::pieces::{Piece, length, pieces};
use super::pole::pole;
use super::svg::{Look, Svg};
use super::view::View;
use crate::scale;
use crate::space::{Kind, Point, Shape, measure};
use std::ops::AddAssign;

/// The places that are taken.
#[derive(Default)]
pub struct Taken {
    labels: Vec<Rect>,
    /// What a label should not lie upon, and may where there is nothing else.
    marks: Vec<Rect>,
}

impl Taken {
    pub fn by_marks(marks: Vec<Rect>) -> Taken {
        Taken { labels: Vec::new(), marks }
    }

    /// Takes a place before any label does.
    pub fn take(&mut self, place: Rect) {
        self.labels.push(place);
    }

    /// Whether no label has some of a place.
    fn is_free(&self, place: Rect) -> bool {
        !self.labels.iter().any(|taken| taken.meets(place))
    }

    /// Whether no mark lies in a place that is free.
    fn is_clear(&self, place: Rect) -> bool {
        self.is_free(place) && !self.marks.iter().any(|mark| mark.meets(place))
    }
}

/// Pieces of a sheet that bear no label.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bare {
    /// The largest of a grade, which should bear one.
    pub grades: usize,
    /// Smaller than the layout labels.
    pub small: usize,
    /// Others, for want of room.
    pub crowded: usize,
}

impl AddAssign for Bare {
    fn add_assign(&mut self, other: Bare) {
        self.grades += other.grades;
        self.small += other.small;
        self.crowded += other.crowded;
    }
}

/// How labels are written.
pub struct Writing<'a> {
    pub fonts: &'a Fonts,
    pub view: &'a View,
    pub look: Look,
    /// mm²: smaller pieces bear no label, unless theirs must be.
    pub least: f64,
}

/// A label's piece of a sheet.
struct Place<'a> {
    label: usize,
    piece: Piece<'a>,
    size: f64,
    wide: f64,
    must: bool,
}

/// Places tried on one piece: finer steps find none more that a reader would see.
const MOST_PLACES: usize = 600;

impl Writing<'_> {
    /// Writes labels, each on every piece of its shape on the sheet that is large enough; the largest piece of a grade comes first, if
    /// it is that large or as large as its text, or all of the grade lies on the sheet.
    pub fn write(&self, svg: &mut Svg, labels: &[Label<'_>], taken: &mut Taken) -> Bare {
        let mut places = self.places(labels);
        let mut bare = Bare::default();
        places.retain(|place| {
            let small = !place.must && place.piece.shape().kind == Kind::Polygon && place.size < self.least;
            bare.small += usize::from(small);
            !small
        });
        let spots = scale::map(places.len(), |at| self.spots(&places[at]));
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by(|&a, &b| {
            let (one, other) = (&places[a], &places[b]);
            other.must.cmp(&one.must).then(other.size.total_cmp(&one.size)).then(a.cmp(&b))
        });
        for at in order {
            let (place, words) = (&places[at], &labels[places[at].label].words);
            let room = |spot: (f64, f64)| self.room(spot, place.wide);
            let fits = |of: &dyn Fn(Rect) -> bool| {
                let found = |spot: &(f64, f64)| self.view.map.holds(room(*spot)) && of(room(*spot));
                let near = spots[at].iter().copied().find(found);
                near.or_else(|| self.elsewhere(place, &spots[at]).into_iter().find(found))
            };
            match fits(&|room| taken.is_clear(room)).or_else(|| fits(&|room| taken.is_free(room))) {
                Some(spot) => {
                    taken.labels.push(room(spot));
                    svg.text(spot, words, self.look);
                }
                None if place.must => bare.grades += 1,
                None => bare.crowded += 1,
            }
        }
        bare
    }

    /// The pieces of all labels, the largest of every grade marked.
    fn places<'a>(&self, labels: &'a [Label<'a>]) -> Vec<Place<'a>> {
        let found = scale::map(labels.len(), |at| pieces(labels[at].shape, self.view));
        // A grade that runs on beyond the sheet is named elsewhere too.
        let whole = |piece: &Vec<Piece<'_>>| matches!(piece[..], [Piece::Whole(_)]);
        let goes_on: Vec<Option<u8>> =
            (0..labels.len()).filter(|&at| !whole(&found[at])).map(|at| labels[at].grade).collect();
        let mut places = Vec::new();
        for (label, pieces) in found.into_iter().enumerate() {
            let wide = self.fonts.width(&labels[label].words, self.look.size);
            places.extend(pieces.into_iter().map(|piece| {
                let size = piece.size(self.view);
                Place { label, piece, size, wide, must: false }
            }));
        }
        for grade in 1..=u8::MAX {
            let own = |at: &usize| labels[places[*at].label].grade == Some(grade);
            let larger = |a: &usize, b: &usize| places[*a].size.total_cmp(&places[*b].size).then(b.cmp(a));
            let Some(largest) = (0..places.len()).filter(own).max_by(larger) else { continue };
            let text = self.room((0.0, 0.0), places[largest].wide);
            places[largest].must =
                !goes_on.contains(&Some(grade)) || places[largest].size >= self.least.min(text.width * text.height);
        }
        places
    }

    /// Where a label would stand, best first; of polygons on their own ground.
    fn spots(&self, place: &Place<'_>) -> Vec<(f64, f64)> {
        let (shape, size) = (place.piece.shape(), self.look.size);
        let middle = match shape.kind {
            Kind::Polygon => pole(shape, 0.5 / self.view.of_metre()).map(|found| found.0),
            Kind::Line => halfway(shape),
            Kind::Point => shape.points().first().copied(),
        };
        let Some(middle) = middle else { return Vec::new() };
        // The baseline stands a third of the letters below their middle.
        let (x, y) = self.view.place(middle);
        let y = y + BASELINE * size;
        let around = [
            (0.0, 0.0),
            (0.0, -1.3),
            (0.0, 1.3),
            (1.5, 0.0),
            (-1.5, 0.0),
            (2.5, -1.3),
            (-2.5, 1.3),
            (0.0, -2.6),
            (0.0, 2.6),
        ];
        let around = around.map(|(right, down)| (x + right * size, y + down * size));
        let own = |spot: &&(f64, f64)| shape.kind != Kind::Polygon || **spot == around[0] || self.is_on(shape, **spot);
        around.iter().filter(own).copied().collect()
    }

    /// Other places on a piece that must bear its label, or is several times as large as it, those near the best first.
    fn elsewhere(&self, place: &Place<'_>, spots: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let (shape, size) = (place.piece.shape(), self.look.size);
        let room = self.room((0.0, 0.0), place.wide);
        let large = place.must || place.size >= LARGE * room.width * room.height;
        let Some(&best) = spots.first().filter(|_| large && shape.kind == Kind::Polygon) else { return Vec::new() };
        let extent = shape.extent();
        let ((left, bottom), (right, top)) = (self.view.place(extent.min), self.view.place(extent.max));
        let (across, down) = (right - left, bottom - top);
        let step = (0.7 * size).max((across * down / MOST_PLACES as f64).sqrt());
        let (columns, rows) = ((across / step) as u32, (down / step) as u32);
        let all = (0..=rows).flat_map(|row| (0..=columns).map(move |column| (f64::from(column), f64::from(row))));
        let mut found: Vec<(f64, f64)> = all
            .map(|(column, row)| (left + column * step, top + row * step))
            .filter(|spot| self.is_on(shape, *spot))
            .collect();
        let away = |&(x, y): &(f64, f64)| (x - best.0).powi(2) + (y - best.1).powi(2);
        found.sort_by(|a, b| away(a).total_cmp(&away(b)));
        found
    }

    /// Whether the middle of letters on a baseline lies on the ground of a polygon.
    fn is_on(&self, shape: Shape<'_>, (x, y): (f64, f64)) -> bool {
        measure::covers(shape, self.view.ground((x, y - BASELINE * self.look.size)))
    }

    fn room(&self, (x, y): (f64, f64), wide: f64) -> Rect {
        let size = self.look.size;
        Rect { left: x - wide / 2.0 - 0.2 * size, top: y - 0.85 * size, width: wide + 0.4 * size, height: 1.2 * size }
    }
}

/// Of the size of letters, from their middle down to the line they stand on.
const BASELINE: f64 = 0.35;
/// A piece so many times as large as its label has other places for it.
const LARGE: f64 = 4.0;

/// The place half of the longest path of a line along.
fn halfway(shape: Shape<'_>) -> Option<Point> {
    let path = shape.rings().next()?.points;
    let mut left = length(shape) / 2.0;
    for pair in path.windows(2) {
        let step = pair[0].distance(pair[1]);
        if step >= left && step > 0.0 {
            let share = left / step;
            let along = |a: f64, b: f64| a + (b - a) * share;
            return Some(Point::new(along(pair[0].x, pair[1].x), along(pair[0].y, pair[1].y)));
        }
        left -= step;
    }
    path.first().copied()
}

#[cfg(test)]
#[path = "labels_tests.rs"]
mod tests;
