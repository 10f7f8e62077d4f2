//! How many sheets: one at a scale of the list, or an index with detail sheets.

use super::adjoining::Around;
use super::layout::Layout;
use super::paper::{Page, Rect};
use super::view::View;
use crate::space::{Extent, Point};

/// The sheets of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Pages {
    pub page: Page,
    /// The whole ground: the only sheet, or the index.
    pub whole: View,
    /// Detail sheets, row by row from the north-west; none where the whole is one sheet.
    pub details: Vec<Detail>,
}

/// A detail sheet with its seat among the others, rows from the north.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detail {
    pub view: View,
    pub row: usize,
    pub column: usize,
}

/// Room around the ground, a share of its size.
const ROOM: f64 = 0.02;

impl Pages {
    /// Sheets that show an extent; `drawn` tells whether there is anything in a part of it,
    /// and the height of the panel is that of [`Page::of`].
    pub fn of(layout: &Layout, extent: Extent, panel_high: f64, drawn: &dyn Fn(Extent) -> bool) -> Pages {
        let room = ROOM * extent.width().max(extent.height());
        let ground = extent.grown(room.max(1.0));
        let page = Page::of(layout, (ground.width(), ground.height()), panel_high);
        let centre = Point::new(f64::midpoint(ground.min.x, ground.max.x), f64::midpoint(ground.min.y, ground.max.y));
        let needed = needed(page.map, ground);
        let listed = layout.map.scales.iter().map(|scale| f64::from(*scale)).find(|scale| *scale >= needed);
        // Beyond the list: two figures.
        let fit = listed.unwrap_or_else(|| {
            let unit = 10f64.powf(needed.log10().floor() - 1.0);
            (needed / unit).ceil() * unit
        });
        let asked = f64::from(layout.map.scale);
        let view = |scale: f64, centre: Point| View { map: page.map, centre, scale };
        let detail = if asked > 0.0 { asked } else { f64::from(layout.map.detail) };
        if asked > 0.0 && needed <= asked {
            return Pages { page, whole: view(asked, centre), details: Vec::new() };
        }
        if fit <= detail {
            return Pages { page, whole: view(fit, centre), details: Vec::new() };
        }
        let details = tiles(page.map, ground, detail, layout.map.overlap);
        let details = details
            .into_iter()
            .map(|(row, column, centre)| Detail { view: view(detail, centre), row, column })
            .filter(|detail| drawn(detail.view.extent()));
        Pages { page, whole: view(fit, centre), details: details.collect() }
    }
}

impl Pages {
    /// The numbers of a detail sheet and of those around it.
    pub fn around(&self, detail: &Detail) -> Around {
        let number = |row: usize, column: usize| {
            // Rows and columns counted from one before the sheet's own.
            let seat = |own: usize, step: usize| (own + step).checked_sub(1);
            let found = |other: &Detail| {
                (Some(other.row), Some(other.column)) == (seat(detail.row, row), seat(detail.column, column))
            };
            self.details.iter().position(found).map(|at| at + 1)
        };
        [0, 1, 2].map(|row| [0, 1, 2].map(|column| number(row, column)))
    }
}

/// The denominator at which ground fits a map.
fn needed(map: Rect, ground: Extent) -> f64 {
    (1000.0 * ground.width() / map.width).max(1000.0 * ground.height() / map.height)
}

/// Row, column and centre of the sheets that cover ground at a scale, with so many mm in common.
fn tiles(map: Rect, ground: Extent, scale: f64, overlap: f64) -> Vec<(usize, usize, Point)> {
    let along = |size: f64, from: f64, length: f64| -> Vec<f64> {
        let (whole, shared) = (size * scale / 1000.0, overlap.min(size / 4.0) * scale / 1000.0);
        let step = whole - shared;
        let count = ((length - shared) / step).ceil().max(1.0);
        let start = from + length / 2.0 - (count - 1.0) * step / 2.0;
        (0..count as u32).map(|at| start + f64::from(at) * step).collect()
    };
    let columns = along(map.width, ground.min.x, ground.width());
    let rows = along(map.height, ground.min.y, ground.height());
    let seats = rows
        .iter()
        .rev()
        .enumerate()
        .flat_map(|(row, y)| columns.iter().enumerate().map(move |(column, x)| (row, column, Point::new(*x, *y))));
    seats.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ground(width: f64, height: f64) -> Extent {
        Extent { min: Point::new(500_000.0, 3_300_000.0), max: Point::new(500_000.0 + width, 3_300_000.0 + height) }
    }

    #[test]
    fn the_scale_is_the_largest_of_the_list_that_shows_everything() {
        let layout = Layout::default();
        let pages = Pages::of(&layout, ground(4000.0, 3000.0), 22.0, &|_| true);
        assert!(pages.details.is_empty() && pages.page.is_landscape());
        let shown = pages.whole.extent();
        assert!(shown.width() >= 4000.0 && shown.height() >= 3000.0, "{shown:?}");
        let at = layout.map.scales.iter().position(|scale| f64::from(*scale) == pages.whole.scale).unwrap();
        let larger = View { scale: f64::from(layout.map.scales[at - 1]), ..pages.whole }.extent();
        assert!(larger.width() < 4000.0 * 1.04 || larger.height() < 3000.0 * 1.04 + 80.0, "{larger:?}");
    }

    #[test]
    fn a_city_larger_than_the_paper_is_covered_by_detail_sheets_of_one_scale() {
        let mut layout = Layout::default();
        layout.map.scale = 10_000;
        let city = ground(9000.0, 7000.0);
        let pages = Pages::of(&layout, city, 22.0, &|_| true);
        assert!(pages.whole.scale > 10_000.0 && pages.details.len() >= 4);
        assert!(pages.details.iter().all(|detail| detail.view.scale == 10_000.0));
        let covered =
            |x: f64, y: f64| pages.details.iter().any(|detail| detail.view.extent().contains(Point::new(x, y)));
        for step in 0..=20 {
            for other in 0..=20 {
                let (x, y) = (500_000.0 + 450.0 * f64::from(step), 3_300_000.0 + 350.0 * f64::from(other));
                assert!(covered(x, y), "{x} {y}");
            }
        }
        // The first lies in the north-west.
        let first = pages.details[0].view.centre;
        assert!(pages.details.iter().all(|detail| detail.view.centre.y <= first.y));
        // Sheet 1 has its eastern neighbour, 2, at its right, and none above or at the left.
        let [above, [left, own, right], [.., below]] = pages.around(&pages.details[0]);
        assert_eq!((above, left, own, right), ([None; 3], None, Some(1), Some(2)));
        let diagonal = below.map(|number| pages.details[number - 1].view.centre).unwrap();
        assert!(diagonal.x > first.x && diagonal.y < first.y, "{diagonal:?}");
        let some = Pages::of(&layout, city, 22.0, &|extent| extent.min.x < 500_100.0);
        assert!(some.details.len() < pages.details.len() && !some.details.is_empty());
    }
}
