//! The nearest point of the network to the places of a window.
//!
//! The window holds neighbouring units. They share the edges that can be nearest to one of them, cell by cell of the window; so the choice of
//! windows changes the time, never the result.

use super::{NONE, Network};
use crate::space::{Extent, Point, measure};

/// Cells along each side of a window.
const SIDE: usize = 4;

/// A place with its access to the network.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stand {
    pub place: Point,
    /// The edge that is nearest, and of several the first; none without a network.
    pub edge: u32,
    /// Metres from the edge's first node to the nearest point.
    pub along: f64,
    /// Straight metres to it; infinite without a network.
    pub access: f64,
}

impl From<Stand> for Point {
    fn from(stand: Stand) -> Point {
        stand.place
    }
}

/// The edges near a window; scratch arrays that are reused from window to window.
#[derive(Default)]
pub struct Nearest {
    window: Option<Extent>,
    cells: Vec<Cell>,
    farthest: f64,
}

/// The edges that can be nearest to a place of a cell.
#[derive(Default)]
struct Cell {
    made: bool,
    found: Vec<u32>,
    edges: Vec<u32>,
    ax: Vec<f64>,
    ay: Vec<f64>,
    dx: Vec<f64>,
    dy: Vec<f64>,
    /// 1 / squared length.
    inverse: Vec<f64>,
    squared: Vec<f64>,
}

impl Nearest {
    /// Gathers the edges that can be nearest to a place inside the window; none where the whole window is farther than `most` metres from the
    /// network, which is then as good as none.
    pub fn gather(&mut self, network: &Network, window: Extent, most: f64) {
        self.window = Some(window);
        self.cells.resize_with(SIDE * SIDE, Cell::default);
        self.cells.iter_mut().for_each(|cell| cell.made = false);
        self.farthest = f64::INFINITY;
        let (centre, reach) = middle(window);
        if let Some(nearest) = nearest(network, centre).filter(|nearest| *nearest <= slack(most + reach)) {
            self.farthest = slack(nearest + reach);
        }
    }

    /// No place of the window is farther than this from the network.
    pub fn farthest(&self) -> f64 {
        self.farthest
    }

    /// The access of a place inside the window.
    pub fn stand(&mut self, network: &Network, place: Point) -> Stand {
        let window = self.window.expect("a window was gathered for");
        let step = |at: f64, low: f64, length: f64| match length > 0.0 {
            true => (((at - low) / length * SIDE as f64) as usize).min(SIDE - 1),
            false => 0,
        };
        let column = step(place.x, window.min.x, window.width());
        let row = step(place.y, window.min.y, window.height());
        let cell = &mut self.cells[row * SIDE + column];
        if !cell.made {
            let extent = if self.farthest < f64::INFINITY { part(window, column, row) } else { Extent::EMPTY };
            cell.make(network, extent);
        }
        cell.stand(network, place)
    }
}

impl Cell {
    /// Gathers the edges; none for an empty box.
    fn make(&mut self, network: &Network, extent: Extent) {
        self.made = true;
        self.edges.clear();
        let columns = [&mut self.ax, &mut self.ay, &mut self.dx, &mut self.dy, &mut self.inverse];
        columns.into_iter().for_each(Vec::clear);
        if extent.is_empty() {
            return;
        }
        let (centre, reach) = middle(extent);
        let Some(nearest) = nearest(network, centre) else { return };
        network.index.touching(extent.grown(slack(nearest + reach)), &mut self.found);
        let most = slack(nearest + 2.0 * reach);
        for &edge in self.found.iter().filter(|&&edge| squared(network, edge, centre).sqrt() <= most) {
            let [from, to] = network.ends(edge);
            let (dx, dy) = (to.x - from.x, to.y - from.y);
            let squared = dx * dx + dy * dy;
            self.edges.push(edge);
            self.ax.push(from.x);
            self.ay.push(from.y);
            self.dx.push(dx);
            self.dy.push(dy);
            self.inverse.push(if squared > 0.0 { 1.0 / squared } else { 0.0 });
        }
    }

    fn stand(&mut self, network: &Network, place: Point) -> Stand {
        self.squared.clear();
        let starts = self.ax.iter().zip(&self.ay);
        let steps = self.dx.iter().zip(&self.dy).zip(&self.inverse);
        self.squared.extend(starts.zip(steps).map(|((ax, ay), ((dx, dy), inverse))| {
            let (px, py) = (place.x - ax, place.y - ay);
            let along = ((px * dx + py * dy) * inverse).clamp(0.0, 1.0);
            let (x, y) = (px - along * dx, py - along * dy);
            x * x + y * y
        }));
        let least = self.squared.iter().copied().fold(f64::INFINITY, f64::min);
        let Some(at) = self.squared.iter().position(|&squared| squared == least) else {
            return Stand { place, edge: NONE, along: 0.0, access: f64::INFINITY };
        };
        let (px, py) = (place.x - self.ax[at], place.y - self.ay[at]);
        let along = ((px * self.dx[at] + py * self.dy[at]) * self.inverse[at]).clamp(0.0, 1.0);
        let edge = self.edges[at];
        Stand { place, edge, along: along * network.lengths[edge as usize], access: least.sqrt() }
    }
}

/// The middle of a box, and how far its corners are from it.
fn middle(extent: Extent) -> (Point, f64) {
    let centre = Point::new((extent.min.x + extent.max.x) / 2.0, (extent.min.y + extent.max.y) / 2.0);
    (centre, centre.distance(extent.max))
}

fn part(window: Extent, column: usize, row: usize) -> Extent {
    let (width, height) = (window.width() / SIDE as f64, window.height() / SIDE as f64);
    let min = Point::new(window.min.x + width * column as f64, window.min.y + height * row as f64);
    Extent { min, max: Point::new(min.x + width, min.y + height) }
}

/// How far a place is from the network; a place that is none, of a unit without one, is near nothing.
fn nearest(network: &Network, place: Point) -> Option<f64> {
    if !(place.x.is_finite() && place.y.is_finite()) {
        return None;
    }
    let (_, squared) = network.index.nearest_by(place, |edge| squared(network, edge, place))?;
    Some(squared.sqrt())
}

fn squared(network: &Network, edge: u32, place: Point) -> f64 {
    let [from, to] = network.ends(edge);
    measure::squared_distance_to_segment(place, from, to)
}

/// A bound with slack for rounding: an edge too many changes nothing.
fn slack(bound: f64) -> f64 {
    bound * (1.0 + 1e-9) + 1e-6
}
