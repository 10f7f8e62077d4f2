//! The section lines of the profile: those given, or rays from the centre to the rim of the city.

use super::profile::{Sections, top};
use super::units::{Ground, Units};
use crate::land::{Fault, Outcome};
use crate::say;
use crate::space::{Extent, Point};

/// The most rays.
pub const MOST_DIRECTIONS: u16 = 360;

/// The most samples of all lines together.
const MOST_SAMPLES: f64 = 1e6;

/// A line to read totals along.
pub(super) struct Line {
    /// See [`super::Profile::line`].
    pub name: f64,
    points: Vec<Point>,
    /// Whether it runs through the city, and so from its highest place to both sides.
    pub both_ways: bool,
}

impl Line {
    /// A place every `step` metres from the start, measured along the line.
    pub fn places(&self, step: f64) -> impl Iterator<Item = Point> + '_ {
        let mut legs = self.points.windows(2).map(|leg| (leg[0], leg[1], leg[0].distance(leg[1]))).peekable();
        let mut passed = 0.0;
        (0..).map_while(move |number: u32| {
            let along = f64::from(number) * step;
            while let Some((_, _, length)) = legs.next_if(|(_, _, length)| passed + length < along) {
                passed += length;
            }
            let (from, to, length) = legs.peek().copied()?;
            let share = if length > 0.0 { (along - passed) / length } else { 0.0 };
            Some(Point::new(from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share))
        })
    }

    fn length(&self) -> f64 {
        self.points.windows(2).map(|leg| leg[0].distance(leg[1])).sum()
    }
}

/// The lines of the sections.
///
/// # Errors
/// `profile-lines`.
pub(super) fn lines(units: &Units<'_>, ground: &Ground<'_>, sections: &Sections) -> Outcome<Vec<Line>> {
    let Sections { lines, centre, directions, step, window } = sections;
    let finite = |point: &Point| point.x.is_finite() && point.y.is_finite();
    let sound = lines.iter().all(|line| line.len() >= 2 && line.iter().all(finite)) && centre.iter().all(finite);
    let odd = *window % 2 == 1;
    if !(sound && odd && *step > 0.0 && step.is_finite() && (1..=MOST_DIRECTIONS).contains(directions)) {
        return Err(unfit(say!("the section lines cannot be read so", "剖面线参数不可用")));
    }
    let given =
        |(line, number): (&Vec<Point>, u32)| Line { name: f64::from(number), points: line.clone(), both_ways: true };
    let lines: Vec<Line> = match centre.or_else(|| if lines.is_empty() { top(units, ground) } else { None }) {
        _ if !lines.is_empty() => lines.iter().zip(1..).map(given).collect(),
        Some(centre) => rays(centre, extent(ground), *directions),
        None => Vec::new(),
    };
    let samples: f64 = lines.iter().map(|line| line.length() / step + 1.0).sum();
    if samples > MOST_SAMPLES {
        return Err(unfit(say!("the section lines have {samples:.0} samples", "剖面线共有 {samples:.0} 个取样点")));
    }
    Ok(lines)
}

/// The box of the units.
fn extent(ground: &Ground<'_>) -> Extent {
    let corners = ground.features.iter().map(|&feature| ground.shapes.get(feature as usize).extent());
    let corners: Vec<Point> =
        corners.filter(|extent| !extent.is_empty()).flat_map(|box_| [box_.min, box_.max]).collect();
    Extent::of(&corners)
}

/// Rays as long as the way to the farthest corner of the city's box, the first to the north, clockwise.
fn rays(centre: Point, city: Extent, directions: u16) -> Vec<Line> {
    let Extent { min, max } = city;
    let corners = [min, max, Point::new(min.x, max.y), Point::new(max.x, min.y)];
    let length = corners.iter().map(|corner| corner.distance(centre)).fold(0.0, f64::max);
    let ray = |number: u16| {
        let bearing = 360.0 * f64::from(number) / f64::from(directions);
        let (east, north) = (libm::sin(bearing.to_radians()), libm::cos(bearing.to_radians()));
        let end = Point::new(centre.x + east * length, centre.y + north * length);
        Line { name: bearing, points: vec![centre, end], both_ways: false }
    };
    (0..directions).map(ray).collect()
}

fn unfit(what: crate::land::Text) -> Fault {
    Fault::new(
        "profile-lines",
        what,
        say!(
            "give lines of two places or more, 1 to {MOST_DIRECTIONS} directions, a step above 0 that makes at most a million samples, and an odd window",
            "每条剖面线至少两点,方向数 1 至 {MOST_DIRECTIONS},步长大于 0 且取样点总数不超过一百万,平滑窗口为奇数"
        ),
    )
}
