//! Prices of areas (区片) and streets (路线价) inside the grades.

use super::super::places::{Streets, in_areas};
use super::way;
use crate::ingest::finding::{Code, Finding, Policies};
use crate::land::{Outcome, Text, grade};
use crate::price::place::{self, Seen};
use crate::price::screen::Verdict;
use crate::price::street::DepthRule;
use crate::price::{Corrected, Sale};
use crate::project::Project;
use crate::project::plan::PricePlan;
use crate::release::{PlaceRow, PlaceRows, Release, SampleDetail};
use crate::say;
use crate::space::Point;
use std::collections::BTreeMap;

/// A sale in an area or on a street: its place among the sales, and what it says of the price there.
type Inside = BTreeMap<usize, Vec<(usize, Seen)>>;

/// The priced samples of a release.
#[derive(Clone, Copy)]
pub(super) struct Priced<'a> {
    /// Where each sale stands among the samples.
    pub at: &'a [usize],
    pub sales: &'a [Sale],
    pub corrected: &'a [Corrected],
}

/// Prices areas and streets by the samples in them. Where those are too few the price of the grade stands for an area, and none for a
/// street: land on it is valued by its area or grade.
///
/// # Errors
/// What the depth rule and the averages say.
pub(super) fn price(
    project: &Project,
    plan: &PricePlan,
    policies: &Policies,
    release: &mut Release,
    priced: Priced<'_>,
) -> Outcome<()> {
    if let Some(areas) = &plan.areas {
        let mut rows = std::mem::take(&mut release.map.places.areas);
        let inside = of_areas(&rows, release, priced);
        settle(&mut rows, &inside, plan, areas.least_samples, release, priced, |detail| &mut detail.area_used)?;
        for row in &mut rows.rows {
            stand_in(row, release, areas.least_samples);
        }
        let odd: Vec<Finding> = rows.rows.iter().filter_map(|row| order(project, policies, release, row)).collect();
        release.findings.extend(odd);
        release.findings.extend(thin(project, policies, &crate::ingest::label(&areas.source), &rows));
        release.map.places.areas = rows;
    }
    if let Some(streets) = &plan.streets {
        let mut rows = std::mem::take(&mut release.map.places.streets);
        let rule = DepthRule::of(streets)?;
        let layer = crate::ingest::label(&streets.places.source);
        if let Some(strip) = rule.rising() {
            let detail = crate::price::system::rising(&layer, strip);
            release.findings.push(Finding::new(policies, Code::OddTable, "prices", detail));
        }
        let inside = of_streets(&rows, &Streets::new(&rows, streets, project), &rule, release, priced);
        let least = streets.places.least_samples;
        settle(&mut rows, &inside, plan, least, release, priced, |detail| &mut detail.street_used)?;
        for row in rows.rows.iter_mut().filter(|row| row.published.is_none()) {
            let kept = row.kept;
            row.filled = Some(say!(
                "no street price from {kept} samples (fewer than {least}): valued by area or grade",
                "有效样点 {kept} 个,少于 {least} 个,未设路线价:按区片或级别地价估价"
            ));
        }
        release.findings.extend(thin(project, policies, &layer, &rows));
        release.map.places.streets = rows;
    }
    Ok(())
}

fn of_areas(rows: &PlaceRows, release: &mut Release, priced: Priced<'_>) -> Inside {
    let places: Vec<(Point, usize)> = priced
        .at
        .iter()
        .map(|&at| {
            let sample = &release.samples[at];
            (sample.place, usize::from(sample.use_index))
        })
        .collect();
    let mut inside = Inside::new();
    for (sale, row) in in_areas(rows, &places).into_iter().enumerate() {
        let Some(row) = row else { continue };
        release.samples[priced.at[sale]].detail.area = rows.rows[row].id.clone();
        inside
            .entry(row)
            .or_default()
            .push((sale, Seen { price: priced.corrected[sale].price, area: priced.sales[sale].area }));
    }
    inside
}

/// Of several streets a sample is one of the nearest; its price is brought to the standard depth.
fn of_streets(
    rows: &PlaceRows,
    streets: &Streets,
    rule: &crate::price::street::DepthRule,
    release: &mut Release,
    priced: Priced<'_>,
) -> Inside {
    let mut inside = Inside::new();
    for sale in 0..priced.at.len() {
        let sample = &mut release.samples[priced.at[sale]];
        let place = Some(sample.place).filter(|place| !place.x.is_nan());
        let unit = release.units.ids.find_sorted(&sample.unit);
        let mut near = streets.of_place_in(&release.units, unit, place, usize::from(sample.use_index));
        if let Some(place) = place {
            // Of the streets around its parcel the one nearest to the sample itself.
            for (row, distance) in &mut near {
                *distance = crate::space::measure::distance(rows.shapes.get(*row), place);
            }
        }
        let Some(&(row, _)) = near.iter().min_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0))) else { continue };
        let standard = rows.rows[row].standard_depth;
        let corrected = priced.corrected[sale].price;
        let depth = Some(sample.detail.depth).filter(|depth| !depth.is_nan());
        let share = depth.and_then(|depth| rule.average((depth / standard).min(rule.deepest()))).unwrap_or(1.0);
        let price = corrected / share;
        sample.detail.street = rows.rows[row].id.clone();
        sample.detail.street_price = price;
        inside.entry(row).or_default().push((sale, Seen { price, area: priced.sales[sale].area }));
    }
    inside
}

fn settle(
    rows: &mut PlaceRows,
    inside: &Inside,
    plan: &PricePlan,
    least: usize,
    release: &mut Release,
    priced: Priced<'_>,
    used: fn(&mut SampleDetail) -> &mut bool,
) -> Outcome<()> {
    let rules = way::rules(plan);
    for (&row, seen) in inside {
        let row = &mut rows.rows[row];
        let samples: Vec<Seen> = seen.iter().map(|one| one.1).collect();
        let (level, verdicts) = place::price(&samples, &rules)?;
        for ((sale, _), verdict) in seen.iter().zip(&verdicts) {
            if let Verdict::SetAside(reason) = verdict {
                let (Text { en, zh }, id) = (reason.text(), &row.id);
                let sample = &mut release.samples[priced.at[*sale]];
                *used(&mut sample.detail) = false;
                let outcome = &mut sample.outcome;
                outcome.en.push_str(&format!("; not used for {id}: {en}"));
                outcome.zh.push_str(&format!("\u{ff1b}\u{672a}\u{7528}\u{4e8e} {id}\u{ff1a}{zh}"));
            }
        }
        (row.samples, row.kept, row.raw) = (level.n, level.kept, level.price);
        (row.deviation, row.lowest, row.highest) = (level.deviation, level.lowest, level.highest);
        let computed = level.price.filter(|_| level.kept >= least).map(|price| rules.rounding.apply(price));
        match &mut row.decided {
            Some(decided) => decided.computed = computed,
            None => row.published = computed,
        }
    }
    Ok(())
}

/// The price of the grade, where an area has too few samples of its own.
fn stand_in(row: &mut PlaceRow, release: &Release, least: usize) {
    if row.published.is_some() {
        return;
    }
    let kept = row.kept;
    if row.grade == 0 {
        row.filled = Some(say!("no unit of the use lies in it: no price", "其中没有该用途的单元,无地价"));
        return;
    }
    let (en, zh) = (grade::name(row.grade, crate::land::Lang::En), grade::name(row.grade, crate::land::Lang::Zh));
    row.published = grade_price(release, row.use_index, row.grade);
    row.filled = Some(say!(
        "{kept} samples (fewer than {least}): the price of grade {en} stands",
        "有效样点 {kept} 个,少于 {least} 个:采用{zh}地价"
    ));
}

fn grade_price(release: &Release, use_index: u8, grade: u8) -> Option<f64> {
    release.cells.iter().find(|cell| (cell.use_index, cell.grade) == (use_index, grade))?.published
}

fn thin(project: &Project, policies: &Policies, layer: &str, rows: &PlaceRows) -> Vec<Finding> {
    let told = rows.rows.iter().filter_map(|row| {
        let Text { en, zh } = row.filled.as_ref()?;
        let name = &project.uses[usize::from(row.use_index)].land_use.name;
        let detail = say!("{name}: {en}", "{name}:{zh}");
        Some(Finding::new(policies, Code::ThinPlace, layer, detail).of_feature(&row.id))
    });
    told.collect()
}

/// An area that is dearer than the next better grade, or cheaper than the next worse one.
fn order(project: &Project, policies: &Policies, release: &Release, row: &PlaceRow) -> Option<Finding> {
    let price = row.published.filter(|_| row.grade > 0)?;
    let premises = way::premises(&project.uses[usize::from(row.use_index)]);
    let of = |grade: u8| usize::from(grade).checked_sub(1).and_then(|at| premises.get(at));
    // Only a grade of the same premises can be held against it.
    let other = |grade: u8| {
        let alike = of(grade).is_some() && of(grade) == of(row.grade);
        alike.then(|| grade_price(release, row.use_index, grade)).flatten().map(|price| (grade, price))
    };
    let (better, worse) = (other(row.grade - 1), other(row.grade + 1));
    let (name, id) = (&project.uses[usize::from(row.use_index)].land_use.name, &row.id);
    let detail = match (better, worse) {
        (Some((grade, of_grade)), _) if price > of_grade => say!(
            "{name}: area {id} costs {price} 元/㎡, more than grade {grade} ({of_grade} 元/㎡)",
            "{name}:区片 {id} {price} 元/㎡,高于{grade}级({of_grade} 元/㎡)"
        ),
        (_, Some((grade, of_grade))) if price < of_grade => say!(
            "{name}: area {id} costs {price} 元/㎡, less than grade {grade} ({of_grade} 元/㎡)",
            "{name}:区片 {id} {price} 元/㎡,低于{grade}级({of_grade} 元/㎡)"
        ),
        _ => return None,
    };
    Some(Finding::new(policies, Code::PriceOrder, "prices", detail))
}
