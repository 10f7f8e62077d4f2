//! Labels at good places: where a polygon has most room, none on another, the important ones first.

use super::content::Label;
use super::fonts::Fonts;
use super::paper::Rect;
use super::pole::pole;
use super::svg::{Look, Svg};
use super::view::View;
use crate::scale;
use crate::space::{Kind, Point, Shape, measure};

/// The places that are taken.
#[derive(Default)]
pub struct Taken(Vec<Rect>);

impl Taken {
    /// Takes a place unless another has some of it.
    pub fn take(&mut self, place: Rect) -> bool {
        let free = !self.0.iter().any(|taken| taken.meets(place));
        if free {
            self.0.push(place);
        }
        free
    }
}

/// Where a label would stand, best first, and how much room is there.
struct Spot {
    places: Vec<(f64, f64)>,
    /// mm² of the shape on paper.
    size: f64,
}

/// Writes labels; hands over how many of those that had to be written found no place. Parts smaller than `least` mm² bear none, unless theirs
/// must be.
pub fn write(
    svg: &mut Svg,
    fonts: &Fonts,
    labels: &[Label<'_>],
    view: &View,
    taken: &mut Taken,
    look: Look,
    least: f64,
) -> usize {
    let spots = scale::map(labels.len(), |at| spot(&labels[at], view, least, look.size));
    let mut order: Vec<usize> = (0..labels.len()).filter(|&at| spots[at].is_some()).collect();
    let size = |at: usize| spots[at].as_ref().map_or(0.0, |spot| spot.size);
    order.sort_by(|&a, &b| labels[b].always.cmp(&labels[a].always).then(size(b).total_cmp(&size(a))).then(a.cmp(&b)));
    let mut lost = 0;
    for at in order {
        let (label, Some(spot)) = (&labels[at], &spots[at]) else { continue };
        let wide = fonts.width(&label.words, look.size);
        let room = |(x, y): (f64, f64)| Rect {
            left: x - wide / 2.0 - 0.2 * look.size,
            top: y - 0.85 * look.size,
            width: wide + 0.4 * look.size,
            height: 1.2 * look.size,
        };
        let place = spot.places.iter().copied().find(|place| view.map.holds(room(*place)) && taken.take(room(*place)));
        match place {
            Some((x, y)) => svg.text((x, y), &label.words, look),
            None => lost += usize::from(label.always && view.map.holds(room(spot.places[0]))),
        }
    }
    lost
}

fn spot(label: &Label<'_>, view: &View, least: f64, size: f64) -> Option<Spot> {
    let shape = label.shape;
    if !shape.extent().touches(view.extent()) {
        return None;
    }
    let per_metre = view.of_metre();
    let (middle, on_paper) = match shape.kind {
        Kind::Polygon => {
            let on_paper = measure::area(shape) * per_metre * per_metre;
            if on_paper < least && !label.always {
                return None;
            }
            (pole(shape, 0.5 / per_metre)?.0, on_paper)
        }
        Kind::Line => (halfway(shape)?, length(shape) * per_metre),
        Kind::Point => (*shape.points().first()?, 0.0),
    };
    // The baseline stands a third of the letters below their middle.
    let (x, y) = view.place(middle);
    let y = y + 0.35 * size;
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
    let places = around.map(|(right, down)| (x + right * size, y + down * size)).to_vec();
    Some(Spot { places, size: on_paper })
}

fn length(shape: Shape<'_>) -> f64 {
    shape.rings().map(|ring| ring.points.windows(2).map(|pair| pair[0].distance(pair[1])).sum::<f64>()).sum()
}

/// The place half of a line's first path along.
fn halfway(shape: Shape<'_>) -> Option<Point> {
    let path = shape.rings().next()?.points;
    let mut left = path.windows(2).map(|pair| pair[0].distance(pair[1])).sum::<f64>() / 2.0;
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
