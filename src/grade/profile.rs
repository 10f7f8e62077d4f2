//! The profile (总分剖面图法): totals along section lines through the city, cut where they fall most steeply.
//!
//! GB/T 18507-2014 names the method; lines, smoothing and the choice of falls are one reading of it (docs/methods/breaks.md).

use super::sections::{Line, lines};
use super::units::{Axis, Ground, Units, middle};
use super::{Split, half_open};
use crate::land::{Fault, Outcome};
use crate::space::index::BoxIndex;
use crate::space::{Extent, Point, measure};
use crate::{say, scale};

/// Where the section lines run, and how they are read.
#[derive(Clone, Debug, PartialEq)]
pub struct Sections {
    /// Lines through the city; where there are none, rays run out from the centre.
    pub lines: Vec<Vec<Point>>,
    /// Where rays start; the mean place of the highest totals where none is given.
    pub centre: Option<Point>,
    /// The number of rays: the first runs north, the others follow clockwise in equal angles.
    pub directions: u16,
    /// Metres between two samples.
    pub step: f64,
    /// Samples whose median takes the place of the middle one; odd.
    pub window: usize,
}

/// Eight rays, a sample every 100 m, medians of five.
impl Default for Sections {
    fn default() -> Sections {
        Sections { lines: Vec::new(), centre: None, directions: 8, step: 100.0, window: 5 }
    }
}

/// The totals along one line, from its start outwards.
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// Which line it is: the number of a given line, from 1, or a ray's bearing in degrees, clockwise from north.
    pub line: f64,
    /// Where a unit of the use lies under the line; elsewhere there is no sample.
    pub samples: Vec<Sample>,
    /// The steepest falls, from the highest total down; one fewer than grades where the line has so many, else all it has.
    pub falls: Vec<Fall>,
}

/// The total at a place of a line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Steps from the start of the line; metres are steps times [`Sections::step`].
    pub steps: usize,
    pub total: f64,
    /// The median of the samples around it.
    pub smoothed: f64,
}

/// A place where the smoothed total falls more steeply than just before and just behind it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fall {
    /// The sample above the fall.
    pub steps: usize,
    /// Halfway down.
    pub total: f64,
    /// Points per step.
    pub slope: f64,
}

/// The profiles of the units along the section lines.
///
/// # Errors
/// `no-ground` where it is not known where the units lie; `profile-lines` where the lines cannot be read in so many steps;
/// `area-not-usable`.
pub fn profiles<'a>(units: impl Into<Units<'a>>, grades: u8, sections: &Sections) -> Outcome<Vec<Profile>> {
    let units = units.into();
    units.check_areas()?;
    let Some(ground) = units.ground else { return Err(no_ground()) };
    let lines = lines(&units, &ground, sections)?;
    let boxes = ground.features.iter().map(|&feature| ground.shapes.get(feature as usize).extent());
    let index = BoxIndex::new(boxes);
    let wanted = usize::from(grades).saturating_sub(1);
    let read = scale::chunks(lines.len(), 1, |at| of_line(&units, &ground, &index, &lines[at.start], sections));
    // A given line runs through the city: from its highest place it falls to both sides.
    let halves = read.into_iter().flatten();
    Ok(halves.map(|profile| with_falls(profile, wanted)).collect())
}

/// The limits are the medians of the profiles' falls, rank by rank. Half-open.
pub(super) fn split(units: &Units<'_>, grades: u8, sections: &Sections) -> Outcome<Split> {
    let wanted = usize::from(grades) - 1;
    if wanted == 0 || units.totals.is_empty() {
        return Ok(Split { classes: vec![0; units.totals.len()], limits: Vec::new() });
    }
    let profiles = profiles(*units, grades, sections)?;
    let full: Vec<&Profile> = profiles.iter().filter(|profile| profile.falls.len() == wanted).collect();
    if full.is_empty() {
        let most = profiles.iter().map(|profile| profile.falls.len()).max().unwrap_or(0);
        return Err(too_few(most, profiles.len(), grades));
    }
    let mut limits: Vec<f64> =
        (0..wanted).map(|rank| median(full.iter().map(|profile| profile.falls[rank].total).collect())).collect();
    limits.reverse();
    if let Some(pair) = limits.windows(2).find(|pair| pair[0] >= pair[1]) {
        return Err(coinciding(pair[0], grades));
    }
    Ok(Split { classes: half_open(units.totals, &limits), limits })
}

/// The samples of a line: one profile of a ray, two of a given line.
fn of_line(units: &Units<'_>, ground: &Ground<'_>, index: &BoxIndex, line: &Line, sections: &Sections) -> Vec<Profile> {
    let mut found = Vec::new();
    let mut samples = Vec::new();
    for (steps, place) in line.places(sections.step).enumerate() {
        index.touching(Extent { min: place, max: place }, &mut found);
        let covering = found.iter().filter(|unit| {
            let feature = ground.features[**unit as usize] as usize;
            measure::covers(ground.shapes.get(feature), place)
        });
        // On an edge, or under an overlap, the best of them: whichever order they came in.
        let best = covering.map(|&unit| units.totals[unit as usize]).max_by(f64::total_cmp);
        samples.extend(best.map(|total| Sample { steps, total, smoothed: total }));
    }
    let totals: Vec<f64> = samples.iter().map(|sample| sample.total).collect();
    for (at, sample) in samples.iter_mut().enumerate() {
        // Towards the ends the window narrows on both sides alike.
        let reach = (sections.window / 2).min(at).min(totals.len() - 1 - at);
        sample.smoothed = median(totals[at - reach..=at + reach].to_vec());
    }
    if !line.both_ways {
        return vec![Profile { line: line.name, samples, falls: Vec::new() }];
    }
    let highest = samples.iter().map(|sample| sample.smoothed).fold(f64::NEG_INFINITY, f64::max);
    let top = samples.iter().position(|sample| sample.smoothed == highest).unwrap_or(0);
    let beyond = samples[top..].to_vec();
    samples.truncate(top + 1);
    samples.reverse();
    [samples, beyond].map(|samples| Profile { line: line.name, samples, falls: Vec::new() }).into()
}

/// The falls of a profile: between two samples that follow each other the smoothed total sinks, and more steeply than between the two
/// before and, of equally steep ones in a row, it is the first. The steepest count; of equally steep ones the nearer to the start.
fn with_falls(mut profile: Profile, wanted: usize) -> Profile {
    let pairs = profile.samples.windows(2);
    let slope = |pair: &[Sample]| (pair[0].smoothed - pair[1].smoothed) / pair[0].steps.abs_diff(pair[1].steps) as f64;
    let slopes: Vec<f64> = pairs.clone().map(slope).collect();
    let steepest_here = |at: usize| {
        let before = at.checked_sub(1).map_or(f64::NEG_INFINITY, |at| slopes[at]);
        let behind = slopes[at..].iter().find(|slope| **slope != slopes[at]);
        slopes[at] > 0.0 && slopes[at] > before && behind.is_none_or(|behind| slopes[at] > *behind)
    };
    let falls = pairs.zip(&slopes).enumerate().filter(|(at, _)| steepest_here(*at)).map(|(_, (pair, &slope))| Fall {
        steps: pair[0].steps,
        total: middle(pair[1].smoothed, pair[0].smoothed),
        slope,
    });
    let mut falls: Vec<Fall> = falls.collect();
    // The sort is stable: equally steep ones keep their order from the start outwards.
    falls.sort_by(|a, b| b.slope.total_cmp(&a.slope));
    falls.truncate(wanted);
    falls.sort_by(|a, b| b.total.total_cmp(&a.total));
    profile.falls = falls;
    profile
}

/// The middle value, of an even number the mean of the two middle ones.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let half = values.len() / 2;
    if values.len().is_multiple_of(2) { middle_of(values[half - 1], values[half]) } else { values[half] }
}

fn middle_of(low: f64, high: f64) -> f64 {
    if low == high { low } else { middle(low, high) }
}

/// The mean place, by area, of the units with the highest totals: from the top down until they hold a hundredth of the area.
pub(super) fn top(units: &Units<'_>, ground: &Ground<'_>) -> Option<Point> {
    const SHARE: f64 = 0.01;
    let axis = Axis::of(units);
    let enough = axis.weights.iter().sum::<f64>() * SHARE;
    let mut held = 0.0;
    let least = axis.values.iter().zip(&axis.weights).rev().find(|(_, weight)| {
        held += **weight;
        held >= enough && held > 0.0
    });
    let (&least, _) = least?;
    let place = |unit: usize| measure::centroid(ground.shapes.get(ground.features[unit] as usize));
    let members = (0..units.totals.len()).filter(|&unit| units.totals[unit] >= least);
    let mut places: Vec<[f64; 3]> = members
        .filter_map(|unit| place(unit).map(|place| [place.x, place.y, units.weight(unit)]))
        .filter(|[_, _, weight]| *weight > 0.0)
        .collect();
    // Summed from west to east, whatever the order of the units.
    places.sort_by(|a, b| {
        a.iter().zip(b).map(|(a, b)| a.total_cmp(b)).find(|order| order.is_ne()).unwrap_or(std::cmp::Ordering::Equal)
    });
    let [x, y, _] = *places.first()?;
    let sums = places.iter().fold([0.0; 3], |[e, n, all], [px, py, w]| [e + (px - x) * w, n + (py - y) * w, all + w]);
    Some(Point::new(x + sums[0] / sums[2], y + sums[1] / sums[2]))
}

fn no_ground() -> Fault {
    Fault::new(
        "no-ground",
        say!("a profile needs to know where the units lie", "剖面图法需要单元的位置"),
        say!("take a release with units, or another method", "请使用带单元图形的成果,或改用其他方法"),
    )
}

fn too_few(most: usize, lines: usize, grades: u8) -> Fault {
    let (wanted, possible) = (grades - 1, most + 1);
    Fault::new(
        "too-few-falls",
        say!(
            "no profile of {lines} falls in {wanted} places, as {grades} grades need; the most are {most}",
            "{lines}条剖面中没有一条有{wanted}处陡降(划分{grades}个级别所需),最多为{most}处"
        ),
        say!(
            "shorten step, narrow window, run other lines, ask for {possible} grades or fewer, or take another method",
            "请减小 step 或 window,改用其他剖面线,或将级别数减至{possible}以内,或改用其他方法"
        ),
    )
}

fn coinciding(limit: f64, grades: u8) -> Fault {
    Fault::new(
        "breaks-infeasible",
        say!(
            "the profiles give two of the limits of {grades} grades the same total, {limit}",
            "各剖面给出的{grades}个级别的界限中有两个相同,均为 {limit}"
        ),
        say!(
            "ask for fewer grades, run other lines, or take another method",
            "请减少级别数,改用其他剖面线,或改用其他方法"
        ),
    )
}

#[cfg(test)]
#[path = "profile_tests.rs"]
mod tests;
