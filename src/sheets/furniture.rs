//! Everything around the map: frames, grid, title, scale bar, north arrow, foot.

use super::paper::{Page, Rect};
use super::svg::{Anchor, INK, Look, Svg};
use super::view::View;
use crate::formats::style::Colour;
use crate::land::Lang;
use crate::say;
use crate::space::Point;

const GRID: Colour = [150, 150, 150];

/// The outer frame and the neat line.
pub fn frames(svg: &mut Svg, page: &Page) {
    svg.rect(page.frame, None, 0.16 * page.text);
    svg.rect(page.map, None, 0.06 * page.text);
}

pub fn title(svg: &mut Svg, page: &Page, title: &str, below: &str) {
    let (x, _) = page.title.centre();
    let size = 2.1 * page.text;
    svg.text((x, page.title.top + 2.5 * page.text), title, Look::new(size, Anchor::Middle));
    svg.text((x, page.title.top + 3.8 * page.text), below, Look::new(0.85 * page.text, Anchor::Middle));
}

/// Every so many metres a line of the grid (方里网): 1, 2 or 5 times a power of ten, 35 to 90 mm apart on paper.
pub fn grid_step(view: &View) -> f64 {
    let least = 35.0 / view.of_metre();
    let unit = 10f64.powf(least.log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|times| times * unit)
        .find(|step| *step >= least * 0.999)
        .unwrap_or(10.0 * unit)
}

/// Crosses where lines of the grid meet, ticks with their kilometres along the neat line.
pub fn grid(svg: &mut Svg, page: &Page, view: &View) {
    let (extent, step, map, text) = (view.extent(), grid_step(view), page.map, page.text);
    let lines = |from: f64, to: f64| {
        let (first, last) = ((from / step).ceil() as i64, (to / step).floor() as i64);
        (first..=last).map(|at| at as f64 * step).collect::<Vec<f64>>()
    };
    let (east, north) = (lines(extent.min.x, extent.max.x), lines(extent.min.y, extent.max.y));
    let (tick, arm, width) = (0.8 * text, 0.7 * text, 0.03 * text);
    // The first figure of each axis tells the unit.
    let figure = |at: usize, metres: f64| kilometres(metres, step) + if at == 0 { " km" } else { "" };
    for (place, x) in east.iter().enumerate() {
        let (at, _) = view.place(Point::new(*x, extent.min.y));
        svg.line((at, map.top), (at, map.top - tick), 2.0 * width, INK);
        svg.line((at, map.bottom()), (at, map.bottom() + tick), 2.0 * width, INK);
        let label = figure(place, *x);
        svg.text((at, map.bottom() + tick + 0.9 * text), &label, Look::new(0.75 * text, Anchor::Middle));
        for y in &north {
            let (_, up) = view.place(Point::new(*x, *y));
            svg.line((at - arm, up), (at + arm, up), width, GRID);
            svg.line((at, up - arm), (at, up + arm), width, GRID);
        }
    }
    for (nth, y) in north.iter().enumerate() {
        let (_, at) = view.place(Point::new(extent.min.x, *y));
        svg.line((map.left, at), (map.left - tick, at), 2.0 * width, INK);
        svg.line((map.right(), at), (map.right() + tick, at), 2.0 * width, INK);
        let place = (map.left - tick - 0.3 * text, at);
        svg.text(place, &figure(nth, *y), Look::new(0.75 * text, Anchor::Middle).turned(-90.0));
    }
}

/// Kilometres, with the decimals that the step has.
fn kilometres(metres: f64, step: f64) -> String {
    let decimals = (3.0 - step.log10().floor()).clamp(0.0, 3.0) as usize;
    format!("{:.decimals$}", metres / 1000.0)
}

/// A bar of two pieces, each black and white, with its metres; and the scale in figures.
pub fn scale_bar(svg: &mut Svg, (left, top): (f64, f64), wide: f64, view: &View, text: f64, lang: Lang) {
    let scale = view.scale;
    let shown = say!("scale 1:{scale}", "比例尺 1:{scale}");
    svg.text((left, top + text), shown.in_lang(lang), Look::new(text, Anchor::Start));
    let most = wide / view.of_metre();
    let unit = 10f64.powf(most.log10().floor());
    let length = [5.0, 2.0, 1.0].into_iter().map(|times| times * unit).find(|length| *length <= most).unwrap_or(unit);
    let (y, high, piece) = (top + 1.8 * text, 0.45 * text, length * view.of_metre() / 4.0);
    for at in 0..4 {
        let fill = if at % 2 == 0 { INK } else { [255, 255, 255] };
        let part = Rect { left: left + f64::from(at) * piece, top: y, width: piece, height: high };
        svg.rect(part, Some(fill), 0.04 * text);
    }
    let (in_km, word) = if length >= 1000.0 { (1000.0, "km") } else { (1.0, "m") };
    for at in [0.0, 2.0, 4.0] {
        let value = length * at / 4.0 / in_km;
        let label = if at == 4.0 { format!("{value} {word}") } else { value.to_string() };
        svg.text((left + at * piece, y + high + text), &label, Look::new(0.8 * text, Anchor::Middle));
    }
}

/// Grid north is up.
pub fn north_arrow(svg: &mut Svg, (x, top): (f64, f64), text: f64, lang: Lang) {
    let north = say!("N", "北");
    svg.text((x, top + 1.1 * text), north.in_lang(lang), Look::new(1.1 * text, Anchor::Middle));
    let (tip, foot, half) = (top + 1.4 * text, top + 4.4 * text, 0.8 * text);
    let notch = foot - 0.7 * text;
    let left = format!("M{x:.2} {tip:.2}L{:.2} {foot:.2}L{x:.2} {notch:.2}Z", x - half);
    let right = format!("M{x:.2} {tip:.2}L{:.2} {foot:.2}L{x:.2} {notch:.2}Z", x + half);
    svg.path(&left, Some((INK, 1.0)), 0.05 * text, INK, &[]);
    svg.path(&right, Some(([255, 255, 255], 1.0)), 0.05 * text, INK, &[]);
}

/// The line below everything: a statement at the left, the number of the sheet at the right.
pub fn foot(svg: &mut Svg, page: &Page, statement: &str, number: &str) {
    let y = page.foot.bottom() - 0.8 * page.text;
    let size = 0.85 * page.text;
    svg.text((page.foot.left + page.text, y), statement, Look::new(size, Anchor::Start));
    svg.text((page.foot.right() - page.text, y), number, Look::new(size, Anchor::End));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grid_is_of_round_metres_and_neither_dense_nor_sparse() {
        let map = Rect { left: 0.0, top: 0.0, width: 300.0, height: 200.0 };
        for (scale, step) in [(10_000.0, 500.0), (5000.0, 200.0), (50_000.0, 2000.0), (2000.0, 100.0), (500.0, 20.0)] {
            let view = View { map, centre: Point::new(5e5, 3.3e6), scale };
            assert_eq!(grid_step(&view), step, "1:{scale}");
            assert!((35.0..=90.0).contains(&(step * view.of_metre())), "1:{scale}");
        }
        assert_eq!((kilometres(500_500.0, 500.0), kilometres(498_000.0, 1000.0)), ("500.5".into(), "498".into()));
    }
}
