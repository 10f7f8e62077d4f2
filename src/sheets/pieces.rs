//! What of a shape lies within a sheet: it is there that its label belongs, not where the whole has most room.

use super::view::View;
use crate::space::{Extent, Kind, Point, Shape, Shapes, clip, measure};

/// A connected part of a shape on a sheet.
pub enum Piece<'a> {
    /// The shape lies within the sheet.
    Whole(Shape<'a>),
    /// What the frame left of it, one feature.
    Cut(Shapes),
}

/// Nearer points are one, m.
const TOLERANCE: f64 = 1e-6;

impl Piece<'_> {
    pub fn shape(&self) -> Shape<'_> {
        match self {
            Piece::Whole(shape) => *shape,
            Piece::Cut(shapes) => shapes.get(0),
        }
    }

    /// mm² of a polygon on paper, mm of a line.
    pub fn size(&self, view: &View) -> f64 {
        let (shape, per_metre) = (self.shape(), view.of_metre());
        match shape.kind {
            Kind::Polygon => measure::area(shape) * per_metre * per_metre,
            Kind::Line => length(shape) * per_metre,
            Kind::Point => 0.0,
        }
    }
}

/// The pieces of a shape within the frame; none of one outside.
pub fn pieces<'a>(shape: Shape<'a>, view: &View) -> Vec<Piece<'a>> {
    let (own, frame) = (shape.extent(), view.extent());
    if !own.touches(frame) {
        return Vec::new();
    }
    if shape.kind == Kind::Point || frame.contains(own.min) && frame.contains(own.max) {
        return vec![Piece::Whole(shape)];
    }
    let cut = match shape.kind {
        Kind::Line => runs(shape, frame),
        _ => {
            let cut = clip::to_box(shape, frame);
            if cut.get(0).is_empty() {
                return Vec::new();
            }
            clip::parts(cut.get(0), TOLERANCE)
        }
    };
    let alone = |part: Shape<'_>| {
        let mut shapes = Shapes::new(part.kind);
        part.rings().for_each(|ring| shapes.push_ring(ring.points, ring.outer));
        shapes.end_feature();
        Piece::Cut(shapes)
    };
    cut.iter().filter(|part| !part.is_empty()).map(alone).collect()
}

/// The runs of a line within a box, each a line of its own.
fn runs(shape: Shape<'_>, frame: Extent) -> Shapes {
    let mut shapes = Shapes::new(Kind::Line);
    for ring in shape.rings() {
        let mut run: Vec<Point> = Vec::new();
        for pair in ring.points.windows(2) {
            let Some((from, to)) = within(pair[0], pair[1], frame) else { continue };
            if run.last().is_some_and(|last| *last != from) {
                end(&mut run, &mut shapes);
            }
            if run.is_empty() {
                run.push(from);
            }
            run.push(to);
        }
        end(&mut run, &mut shapes);
    }
    shapes
}

fn end(run: &mut Vec<Point>, shapes: &mut Shapes) {
    if run.len() > 1 {
        shapes.push_ring(run, true);
        shapes.end_feature();
    }
    run.clear();
}

/// The stretch of a segment within a box, after Liang and Barsky (1984); ends inside stay as they are to the bit.
fn within(a: Point, b: Point, frame: Extent) -> Option<(Point, Point)> {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let (mut first, mut last) = (0.0f64, 1.0f64);
    let sides = [(-dx, a.x - frame.min.x), (dx, frame.max.x - a.x), (-dy, a.y - frame.min.y), (dy, frame.max.y - a.y)];
    for (step, room) in sides {
        if step == 0.0 && room < 0.0 {
            return None;
        }
        if step < 0.0 {
            first = first.max(room / step);
        } else if step > 0.0 {
            last = last.min(room / step);
        }
    }
    let at = |share: f64| Point::new(a.x + dx * share, a.y + dy * share);
    (first < last).then(|| (if first > 0.0 { at(first) } else { a }, if last < 1.0 { at(last) } else { b }))
}

pub fn length(shape: Shape<'_>) -> f64 {
    shape.rings().map(|ring| ring.points.windows(2).map(|pair| pair[0].distance(pair[1])).sum::<f64>()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::paper::Rect;

    /// 1:1000, a map of 100 by 100 mm: 100 m each way about the origin.
    fn view() -> View {
        let map = Rect { left: 0.0, top: 0.0, width: 100.0, height: 100.0 };
        View { map, centre: Point::new(0.0, 0.0), scale: 1000.0 }
    }

    fn shape(kind: Kind, points: &[(f64, f64)]) -> Shapes {
        let mut shapes = Shapes::new(kind);
        let points: Vec<Point> = points.iter().map(|(x, y)| Point::new(*x, *y)).collect();
        shapes.push_ring(&points, true);
        shapes.end_feature();
        shapes
    }

    /// A U whose base lies south of the sheet: two arms of 10 by 60 m are left of it.
    #[test]
    fn a_polygon_whose_bond_lies_outside_falls_into_its_arms() {
        let u = [
            (-30.0, 10.0),
            (-30.0, -80.0),
            (30.0, -80.0),
            (30.0, 10.0),
            (20.0, 10.0),
            (20.0, -70.0),
            (-20.0, -70.0),
            (-20.0, 10.0),
            (-30.0, 10.0),
        ];
        let u = shape(Kind::Polygon, &u);
        let arms = pieces(u.get(0), &view());
        let sizes: Vec<f64> = arms.iter().map(|arm| arm.size(&view()).round()).collect();
        assert_eq!(sizes, [600.0, 600.0]);
    }

    /// From the west across the sheet and out in the north, back in the east: 50 + 50 m and 20 + 10 m of it are inside.
    #[test]
    fn a_line_is_cut_into_its_runs_inside() {
        let line =
            shape(Kind::Line, &[(-90.0, 0.0), (0.0, 0.0), (0.0, 90.0), (40.0, 90.0), (40.0, 30.0), (90.0, 30.0)]);
        let runs = pieces(line.get(0), &view());
        let lengths: Vec<f64> = runs.iter().map(|run| run.size(&view())).collect();
        assert_eq!(lengths, [100.0, 30.0]);
        assert!(pieces(shape(Kind::Line, &[(120.0, 0.0), (0.0, 200.0)]).get(0), &view()).is_empty());
    }

    #[test]
    fn what_lies_inside_is_left_as_it_is() {
        let inner = shape(Kind::Polygon, &[(0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 0.0)]);
        assert!(matches!(pieces(inner.get(0), &view())[..], [Piece::Whole(_)]));
    }
}
