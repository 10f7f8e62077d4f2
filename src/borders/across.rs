//! Along the common border of two districts' releases: the prices of both sides at one date and one connotation.

use super::bring::{Index, Laws, Target, unlike, way};
use super::prices::Prices;
use super::within::{Setting, polygons, setting, told};
use super::{Border, Borders, Flags, Level, Options, Side, UseSide, judge, summary};
use crate::compare::{UseLink, link, prepare};
use crate::land::progress::Watch;
use crate::land::{Outcome, Text, cancel};
use crate::project::system::System;
use crate::release::Release;
use crate::say;
use crate::space::coverage::Coverage;
use crate::space::held::held;
use crate::space::index::BoxIndex;
use crate::space::{Kind, Point, Shapes, hilbert, measure};
use std::collections::BTreeMap;

/// What prices are converted by, where the releases do not say.
#[derive(Clone, Copy, Default)]
pub struct Lent<'a> {
    /// The correction systems of the first and of the second release.
    pub corrections: [Option<&'a System>; 2],
    pub index: Option<&'a Index>,
    /// What the two are called, where not by their names.
    pub names: Option<[&'a str; 2]>,
}

/// Finds and judges the common border of two releases. Prices are brought to the later base date and to the first release's connotation, as
/// prices of ground; a use whose prices cannot be brought there is told, not compared.
///
/// # Errors
/// `no-polygons`, `crs-not-metric`, `bad-option`; `no-transform`; what the tables and the index say; `cancelled`.
pub fn across(
    one: &Release,
    other: &Release,
    lent: Lent<'_>,
    options: &Options,
    watch: &dyn Watch,
) -> Outcome<Borders> {
    options.check()?;
    for release in [one, other] {
        polygons(release)?;
    }
    watch.begin(&say!("finding borders", "查找边界"), 3);
    let mut notes = Vec::new();
    // The first release is the one the other is brought to, its system as well.
    let (second, first, crs) = prepare(other, one, &mut notes)?;
    let links = link(&other.uses, &one.uses, &mut notes);
    let [of_one, of_other] = [setting(one, options)?, setting(other, options)?];
    let Setting { snap, close_gaps, .. } = Setting {
        snap: of_one.snap.max(of_other.snap),
        close_gaps: of_one.close_gaps.max(of_other.close_gaps),
        ..of_one
    };
    let labels = match lent.names {
        Some(names) => names.map(str::to_string),
        None => [label(one, other), label(other, one)],
    };
    let laws = Laws::new(one, lent.corrections[0], lent.index)?.called(&labels[0]);
    let theirs = Laws::new(other, lent.corrections[1], lent.index)?.called(&labels[1]);
    let empty = Shapes::new(Kind::Polygon);
    let sides = [first, second];
    let shapes = [0, 1].map(|side: usize| sides[side].shapes.as_deref().unwrap_or(&empty));
    let near = near(shapes, (snap + close_gaps) / crs.metres_per_unit);
    notes.extend(same_ground(shapes, &near));
    watch.advance(1);
    let (mut uses, mut borders, mut looked_at) = (Vec::new(), Vec::new(), [0, 0]);
    for (number, link) in (0_u8..).zip(&links) {
        cancel::checkpoint()?;
        let (own, [ours, their]) = of_use(&laws, &theirs, link);
        uses.push(own);
        let (Some(mine), Some(yours)) = (link.new, link.old) else { continue };
        let of_side = |(side, land_use): (usize, u8)| {
            let graded = |row: usize| sides[side].uses[row] == land_use && sides[side].grades[row] > 0;
            let rows = near[side].iter().copied().filter(|row| graded(*row as usize));
            rows.map(|row| (side, row)).collect::<Vec<_>>()
        };
        // Those of the first release have the smaller numbers.
        let members: Vec<(usize, u32)> = [(0, mine), (1, yours)].into_iter().flat_map(of_side).collect();
        let mut all = Shapes::new(Kind::Polygon);
        members.iter().for_each(|(side, row)| all.push_shape(shapes[*side].get(*row as usize)));
        let places: Vec<_> = all.iter().map(|shape| measure::centroid(shape).unwrap_or_default()).collect();
        let mut coverage = Coverage::new(&all, &hilbert::order(&places), snap / crs.metres_per_unit);
        if close_gaps > 0.0 {
            coverage.close_gaps(close_gaps / crs.metres_per_unit, None);
        }
        let own: Vec<u32> = (0..members.len() as u32).collect();
        let lines = coverage.lines(&own, |a, b| members[a as usize].0 != members[b as usize].0);
        let looked_at_here = lines.len();
        looked_at[1] += looked_at_here;
        for mut line in lines {
            line.length *= crs.metres_per_unit;
            let side = |at: u32, prices: &Prices| {
                let (side, row) = members[at as usize];
                let own = &sides[side];
                let (grade, row) = (own.grades[row as usize], row as usize);
                let price = Some(own.price(row)).filter(|price| price.is_finite());
                let price = price.unwrap_or_else(|| prices.published(grade));
                let area = own.area(row as u32);
                let (release, id, district) = (side as u8, own.ids.show(row), labels[side].clone());
                Side { release, id, grade, price, common: prices.common(grade, price), area, district }
            };
            let (one, other) = (side(line.one, &ours), side(line.other, &their));
            let inner = ours.inner(one.grade).max(their.inner(other.grade));
            let mut border = Border {
                level: Level::Unit,
                land_use: number,
                one,
                other,
                length: line.length,
                step: None,
                gap: f64::NAN,
                inner,
                flags: Flags::default(),
                rank: 0,
                paths: line.paths,
            };
            judge::judge(&mut border, options);
            borders.push(border);
        }
        let from = borders.len() - looked_at_here;
        let mut zones = zones_along(&borders[from..], link, [&ours, &their]);
        zones.iter_mut().for_each(|zone| judge::judge(zone, options));
        looked_at[0] += zones.len();
        borders.append(&mut zones);
    }
    watch.advance(1);
    if borders.is_empty() {
        notes.push(say!(
            "nothing of one use lies side by side within {snap} m (gaps up to {close_gaps} m closed)",
            "在 {snap} 米容差内(闭合不超过 {close_gaps} 米的间隙)没有同用途的相邻边界"
        ));
    }
    judge::rank(&mut borders);
    let [left, right] = labels;
    let names = [format!("1 {left}"), format!("2 {right}")];
    let of_units = borders.iter().filter(|border| border.level == Level::Unit);
    let mut pairs = summary::pairs(of_units, options, |_| names.clone());
    pairs.iter_mut().for_each(|pair| {
        pair.one.clone_from(&left);
        pair.other.clone_from(&right);
    });
    watch.advance(1);
    let options = options.clone();
    Ok(Borders { releases: vec![left, right], crs, options, snap, close_gaps, uses, borders, looked_at, pairs, notes })
}

/// What two grades share along the border: the lines of their units together, at the prices of the grades.
fn zones_along(units: &[Border], link: &UseLink, [ours, theirs]: [&Prices; 2]) -> Vec<Border> {
    let mut found: BTreeMap<(u8, u8), Border> = BTreeMap::new();
    for unit in units {
        let side = |own: &Side, prices: &Prices| {
            let (grade, price) = (own.grade, prices.published(own.grade));
            let id = format!("{}/{grade}", link.key);
            Side { id, price, common: prices.common(grade, price), area: f64::NAN, ..own.clone() }
        };
        let zone = found.entry((unit.one.grade, unit.other.grade)).or_insert_with(|| Border {
            level: Level::Zone,
            one: side(&unit.one, ours),
            other: side(&unit.other, theirs),
            length: 0.0,
            gap: f64::NAN,
            flags: Flags::default(),
            rank: 0,
            paths: Vec::new(),
            ..unit.clone()
        });
        zone.length += unit.length;
        zone.paths.extend(unit.paths.iter().cloned());
    }
    found.into_values().collect()
}

/// What a release is called beside another: its name, its title where both have one name.
fn label(own: &Release, beside: &Release) -> String {
    if own.head.name == beside.head.name { own.head.title.clone() } else { own.head.name.clone() }
}

/// Rows of each release whose boxes come near one of the other's.
fn near(shapes: [&Shapes; 2], reach: f64) -> [Vec<u32>; 2] {
    [0, 1].map(|side: usize| {
        let index = BoxIndex::of_shapes(shapes[1 - side]);
        let mut found = Vec::new();
        let touches = |row: &u32| {
            index.touching(shapes[side].get(*row as usize).extent().grown(reach), &mut found);
            !found.is_empty()
        };
        (0..shapes[side].len() as u32).filter(touches).collect()
    })
}

/// The prices of both sides at the first one's premises and the later date.
fn of_use(laws: &Laws<'_>, theirs: &Laws<'_>, link: &UseLink) -> (UseSide, [Prices; 2]) {
    let nothing = |why: Text| {
        let none = |laws: &Laws<'_>, land_use: Option<u8>| {
            Prices::new(laws.release, land_use.unwrap_or_default(), |_| Err(why.clone()))
        };
        let prices = [none(laws, link.new), none(theirs, link.old)];
        let (key, name) = (link.key.clone(), link.name.clone());
        (UseSide { key, name, told: Vec::new(), refused: Some(why.clone()) }, prices)
    };
    let (Some(mine), Some(yours)) = (link.new, link.old) else {
        return nothing(say!("one release alone has the use", "仅一侧有该用途"));
    };
    let (Some(premises), Some(others)) = (laws.premises(mine), theirs.premises(yours)) else {
        return nothing(say!("a release states no connotation", "一侧未说明地价内涵"));
    };
    if let Some(why) = unlike(premises, others) {
        return nothing(why);
    }
    let date = match (laws.base(), theirs.base()) {
        (Some(one), Some(other)) => one.max(other),
        (one, _) => {
            let name = if one.is_none() { laws.name() } else { theirs.name() };
            return nothing(say!("{name} has no base date", "{name} 没有估价期日"));
        }
    };
    let stated = |one: f64, other: f64| if one.is_nan() { other } else { one };
    let target = Target {
        date: Some(date),
        plot_ratio: stated(premises.plot_ratio, others.plot_ratio),
        term: stated(premises.term, others.term),
        development: if premises.development.is_empty() { &others.development } else { &premises.development }.clone(),
    };
    let ours = Prices::new(laws.release, mine, |grade| way(laws, mine, grade, &target, Some((theirs, yours, grade))));
    let their =
        Prices::new(theirs.release, yours, |grade| way(theirs, yours, grade, &target, Some((laws, mine, grade))));
    let mut sentences = vec![common(&target)];
    for (laws, prices) in [(laws, &ours), (theirs, &their)] {
        sentences
            .extend(told(laws.name(), prices).into_iter().filter(|text| !sentences.contains(text)).collect::<Vec<_>>());
    }
    let (key, name) = (link.key.clone(), link.name.clone());
    (UseSide { key, name, told: sentences, refused: None }, [ours, their])
}

fn common(target: &Target) -> Text {
    let date = target.date.map(|date| date.to_string()).unwrap_or_default();
    let number = |value: f64| if value.is_nan() { "?".to_string() } else { value.to_string() };
    let (ratio, term) = (number(target.plot_ratio), number(target.term));
    let development = if target.development.is_empty() { "?" } else { &target.development };
    say!(
        "both sides at {date}, price of ground, plot ratio {ratio}, {term} years, {development}",
        "两侧统一到 {date}、地面地价、容积率 {ratio}、{term} 年、{development}"
    )
}

/// What is said of two releases that lie upon one another: lines inside them are no border of two districts.
fn same_ground(shapes: [&Shapes; 2], near: &[Vec<u32>; 2]) -> Option<Text> {
    const PLACES: usize = 64;
    let step = near[0].len().div_ceil(PLACES).max(1);
    let inside = near[0].iter().step_by(step).filter_map(|row| measure::point_on_surface(shapes[0].get(*row as usize)));
    let places: Vec<Point> = inside.collect();
    let shared = held(&places, shapes[1], |_, _| true).into_iter().filter(|own| *own).count();
    let all = places.len();
    (2 * shared > all).then(|| {
        say!(
            "the two releases lie upon one another ({shared} of {all} places looked at): lines inside them are taken for their common border",
            "两个成果的范围重叠(抽查 {all} 处中 {shared} 处):其内部界线也被当作两者的共同边界"
        )
    })
}

#[cfg(test)]
#[path = "across_tests.rs"]
mod tests;
