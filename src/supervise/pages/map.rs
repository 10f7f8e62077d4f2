//! The map: districts coloured by their worst finding, the lines between them by the gap of prices.

use super::super::{Severity, Supervision};
use super::timeline::colour;
use crate::land::markup::escaped;
use crate::land::{Lang, Outcome};
use crate::release::Release;
use crate::say;
use crate::space::coverage::Coverage;
use crate::space::crs::Transform;
use crate::space::{Crs, Extent, Point, Shapes, hilbert, measure};
use crate::supervise::checks::drawn;
use std::fmt::Write as _;

const WIDTH: f64 = 1000.0;
const MOST_HEIGHT: f64 = 900.0;
const MARGIN: f64 = 20.0;
const LEGEND: f64 = 66.0;

/// Outlines are drawn to a thousandth of the map.
const FINE: f64 = 1000.0;

/// Gaps between parcels up to a part of the map are ground of the district.
const GAPS: f64 = 60.0;

/// Parts smaller than this share of their district are not drawn.
const SMALLEST: f64 = 0.0005;

/// Draws it as SVG; `None` where no district has polygons. All are brought to the first one's system.
///
/// # Errors
/// `no-transform` and its like; `cancelled`.
pub fn draw(found: &Supervision, lang: Lang) -> Outcome<Option<String>> {
    let with: Vec<(usize, &Release)> =
        found.districts.iter().enumerate().filter_map(|(at, own)| Some((at, drawn(own)?))).collect();
    let Some((_, first)) = with.first() else { return Ok(None) };
    let crs = &first.head.crs;
    let mut outlines = Vec::new();
    let mut extent = Extent::EMPTY;
    for (at, release) in &with {
        crate::land::cancel::checkpoint()?;
        let mut outline = outline(release);
        bring(&mut outline, &release.head.crs, crs)?;
        extent = extent.union(outline.extent());
        outlines.push((*at, outline));
    }
    if extent.is_empty() {
        return Ok(None);
    }
    let scale = ((WIDTH - 2.0 * MARGIN) / extent.width()).min((MOST_HEIGHT - 2.0 * MARGIN) / extent.height().max(1e-9));
    let height = extent.height() * scale + 2.0 * MARGIN + LEGEND;
    let place = |point: Point| {
        let (x, y) = ((point.x - extent.min.x) * scale + MARGIN, (extent.max.y - point.y) * scale + MARGIN);
        (x + (WIDTH - 2.0 * MARGIN - extent.width() * scale) / 2.0, y)
    };
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height:.0}\" viewBox=\"0 0 {WIDTH} {height:.0}\" \
         font-family=\"'Noto Sans CJK SC','Microsoft YaHei',sans-serif\" font-size=\"13\">\n<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n"
    );
    for (at, outline) in &outlines {
        let mut path = String::new();
        for ring in outline.iter().flat_map(|shape| shape.rings().map(|ring| ring.points.to_vec()).collect::<Vec<_>>())
        {
            line(&mut path, &ring, &place);
            path.push('z');
        }
        let (fill, name) = (colour(found.worst(*at, None)), escaped(&found.districts[*at].name));
        let _ = writeln!(
            svg,
            "<path d=\"{path}\" fill=\"{fill}\" fill-opacity=\"0.55\" fill-rule=\"evenodd\" stroke=\"#555\" stroke-width=\"0.6\"><title>{name}</title></path>"
        );
    }
    for pair in &found.neighbours {
        let borders = &pair.borders;
        for border in borders.borders.iter().rev() {
            let mut lines = Shapes::new(crate::space::Kind::Line);
            border.paths.iter().for_each(|path| lines.push_ring(path, true));
            lines.end_feature();
            bring(&mut lines, &borders.crs, crs)?;
            let mut path = String::new();
            lines.get(0).rings().for_each(|ring| line(&mut path, ring.points, &place));
            let (stroke, wide) = stroke(border.gap, borders.options.ratio);
            let _ = writeln!(
                svg,
                "<path d=\"{path}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{wide}\" stroke-linecap=\"round\"/>"
            );
        }
    }
    for (at, outline) in &outlines {
        let largest = outline.iter().max_by(|a, b| measure::area(*a).total_cmp(&measure::area(*b)));
        if let Some(point) = largest.and_then(measure::point_on_surface) {
            let (x, y) = place(point);
            let name = super::short(&found.districts[*at].name, 16);
            let name = escaped(&name);
            let _ = writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y:.1}\" text-anchor=\"middle\" font-size=\"15\" font-weight=\"bold\" stroke=\"#fff\" stroke-width=\"4\" paint-order=\"stroke\">{name}</text>"
            );
        }
    }
    legend(&mut svg, found, with.len(), height, lang);
    svg.push_str("</svg>\n");
    Ok(Some(svg))
}

fn bring(shapes: &mut Shapes, from: &Crs, to: &Crs) -> Outcome<()> {
    if from.same_as(to) { Ok(()) } else { Transform::new(from, to)?.apply(shapes.points_mut()) }
}

/// A district in a few rings: its zones or units as one, small gaps closed, the line simplified. Where units of several uses lie upon one
/// another, those of the use with the most ground stand for all.
fn outline(release: &Release) -> Shapes {
    let zones = &release.map.zones;
    let none = Shapes::new(crate::space::Kind::Polygon);
    let (shapes, uses) = match (&release.units.shapes, zones.is_empty()) {
        (_, false) => (&zones.shapes, &zones.uses),
        (Some(shapes), true) => (shapes, &release.units.uses),
        (None, true) => (&none, &release.units.uses),
    };
    let mut sums = vec![0.0; 256];
    (0..shapes.len()).for_each(|row| sums[usize::from(uses[row])] += measure::area(shapes.get(row)));
    let whole: f64 = sums.iter().sum();
    let extent = shapes.extent();
    let upon = whole > extent.width() * extent.height();
    let main = (0..256).max_by(|a, b| sums[*a].total_cmp(&sums[*b]).then(b.cmp(a))).unwrap_or(0);
    let rows: Vec<u32> =
        (0..shapes.len() as u32).filter(|row| !upon || usize::from(uses[*row as usize]) == main).collect();
    let chosen = shapes.gather(&rows);
    let places: Vec<Point> = chosen.iter().map(|shape| measure::centroid(shape).unwrap_or_default()).collect();
    let size = extent.width().max(extent.height());
    let mut coverage = Coverage::new(&chosen, &hilbert::order(&places), size / (10.0 * FINE));
    coverage.close_gaps(size / GAPS, None);
    let joined = coverage.dissolve(&vec![1; chosen.len()], size / FINE).shapes;
    let least = SMALLEST * joined.iter().map(measure::area).sum::<f64>();
    let mut drawn = Shapes::new(crate::space::Kind::Polygon);
    for shape in joined.iter().filter(|shape| measure::area(*shape) >= least) {
        let large = |ring: &crate::space::Ring<'_>| {
            ring.outer || measure::twice_signed_area(ring.points).abs() / 2.0 >= 10.0 * least
        };
        shape.rings().filter(large).for_each(|ring| drawn.push_ring(ring.points, ring.outer));
        drawn.end_feature();
    }
    drawn
}

fn line(path: &mut String, points: &[Point], place: &impl Fn(Point) -> (f64, f64)) {
    for (at, point) in points.iter().enumerate() {
        let (x, y) = place(*point);
        let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
    }
}

/// By the gap: pale below half of the limit, then darker.
fn stroke(gap: f64, ratio: f64) -> (&'static str, f64) {
    let limit = libm::log(ratio);
    match gap {
        gap if gap.is_nan() => ("#999", 1.5),
        gap if gap <= limit / 2.0 => ("#2b7bb9", 2.0),
        gap if gap <= limit => ("#f0a202", 3.0),
        _ => ("#b3001b", 4.0),
    }
}

fn legend(svg: &mut String, found: &Supervision, drawn: usize, height: f64, lang: Lang) {
    let worst = [
        (None, say!("nothing found", "无问题")),
        (Some(Severity::Note), say!("note", "提示")),
        (Some(Severity::Warning), say!("warning", "警告")),
        (Some(Severity::Error), say!("error", "错误")),
    ];
    let (mut x, y) = (MARGIN, height - LEGEND + 18.0);
    for (severity, title) in worst {
        let fill = colour(severity);
        let _ = writeln!(
            svg,
            "<rect x=\"{x:.0}\" y=\"{:.0}\" width=\"22\" height=\"14\" fill=\"{fill}\" fill-opacity=\"0.55\"/>",
            y - 11.0
        );
        let _ = writeln!(svg, "<text x=\"{:.0}\" y=\"{y:.0}\">{}</text>", x + 28.0, escaped(title.in_lang(lang)));
        x += 130.0;
    }
    let ratio = found.rules.U7.ratio;
    let half = crate::land::money::round_half_up(ratio.sqrt(), 2);
    let gaps = [
        (0.0, say!("ratio up to {half}", "边界价格比 ≤ {half}")),
        (0.75 * libm::log(ratio), say!("up to {ratio}", "≤ {ratio}")),
        (2.0 * libm::log(ratio), say!("beyond", "> {ratio}")),
        (f64::NAN, say!("not compared", "不可比")),
    ];
    let (mut x, y) = (MARGIN, height - LEGEND + 40.0);
    for (gap, title) in gaps {
        let (colour, wide) = stroke(gap, ratio);
        let _ = writeln!(
            svg,
            "<line x1=\"{x:.0}\" y1=\"{0:.0}\" x2=\"{1:.0}\" y2=\"{0:.0}\" stroke=\"{colour}\" stroke-width=\"{wide}\"/>",
            y - 4.0,
            x + 22.0
        );
        let _ = writeln!(svg, "<text x=\"{:.0}\" y=\"{y:.0}\">{}</text>", x + 28.0, escaped(title.in_lang(lang)));
        x += 170.0;
    }
    let without = found.districts.len() - drawn;
    if without > 0 {
        let told = say!("{without} districts without polygons are not drawn", "{without} 个区县没有图形,未绘出");
        let _ = writeln!(
            svg,
            "<text x=\"{MARGIN}\" y=\"{:.0}\" fill=\"#777\">{}</text>",
            height - 6.0,
            escaped(told.in_lang(lang))
        );
    }
}
