//! The borders of one release: between its zones, its units, its districts.

use super::bring::{Laws, Target, Way, way};
use super::prices::Prices;
use super::{Border, Borders, Flag, Level, Options, Side, UseSide, judge, summary};
use crate::factors::barrier::Barriers;
use crate::land::progress::Watch;
use crate::land::{Fault, Lang, Outcome, Text, cancel, grade};
use crate::project::Project;
use crate::release::Release;
use crate::say;
use crate::space::coverage::{BorderLine, Coverage};
use crate::space::{Crs, Kind, Shapes, measure};
use std::collections::BTreeMap;
use std::path::Path;

/// No zone, no number.
const NONE: u32 = u32::MAX;

/// Finds and judges every border of a release.
///
/// # Errors
/// `no-polygons` where units have none; `bad-option`, `unknown-field`; what the project and the tables say; `cancelled`.
pub fn within(release: &Release, options: &Options, watch: &dyn Watch) -> Outcome<Borders> {
    options.check()?;
    let shapes = polygons(release)?;
    let district = options.district.as_deref().map(|field| districts(release, field)).transpose()?;
    let Setting { snap, close_gaps, every_use } = setting(release, options)?;
    let laws = Laws::new(release, None, None)?;
    let units = release.units.len();
    let prices: Vec<Prices> = (0..release.uses.len() as u8).map(|land_use| of_use(&laws, land_use)).collect();
    let finder = Finder { release, shapes, prices: &prices, district: district.as_deref(), options };
    let sheets = release.units.sheets(every_use);
    watch.begin(&say!("finding borders", "查找边界"), sheets.len() as u64);
    let (mut borders, mut looked_at) = (Vec::new(), [0, 0]);
    for sheet in sheets {
        cancel::checkpoint()?;
        let mut coverage = Coverage::new(shapes, &sheet, snap);
        if close_gaps > 0.0 {
            coverage.close_gaps(close_gaps, None);
        }
        finder.of_units(&coverage, &mut borders, &mut looked_at);
        finder.of_zones(&coverage, &sheet, &mut borders, &mut looked_at);
        watch.advance(1);
    }
    judge::rank(&mut borders);
    let units_only = || borders.iter().filter(|border| border.level == Level::Unit);
    let pairs = match district {
        None => Vec::new(),
        Some(_) => {
            let name = |border: &Border| [border.one.district.clone(), border.other.district.clone()];
            summary::pairs(units_only().filter(|border| border.one.district != border.other.district), options, name)
        }
    };
    // Neighbours of one price and grade in two districts were kept for the sums alone.
    borders.retain(|border| border.level == Level::Zone || !border.flags.is_empty() || differs(border));
    let uses = release.uses.iter().zip(&prices).map(|(head, prices)| UseSide {
        key: head.key.clone(),
        name: head.name.clone(),
        told: told(&release.head.name, prices),
        refused: None,
    });
    let ungraded = release.units.grades.iter().filter(|grade| **grade == 0).count();
    let mut notes = Vec::new();
    if ungraded > 0 {
        notes.push(say!(
            "{ungraded} of {units} units have no grade and no border",
            "{units} 个单元中有 {ungraded} 个没有级别,不参与边界检查"
        ));
    }
    Ok(Borders {
        releases: vec![release.head.name.clone()],
        crs: release.head.crs.clone(),
        options: options.clone(),
        snap,
        close_gaps,
        uses: uses.collect(),
        borders,
        looked_at,
        pairs,
        notes,
    })
}

fn differs(border: &Border) -> bool {
    border.one.grade != border.other.grade || border.one.price != border.other.price
}

/// The polygons of a release whose system is in metres.
pub(super) fn polygons(release: &Release) -> Outcome<&Shapes> {
    let name = &release.head.name;
    let shapes = release.units.shapes.as_ref().filter(|shapes| shapes.kind == Kind::Polygon && !shapes.is_empty());
    let crs: &Crs = &release.head.crs;
    match shapes {
        Some(shapes) if !crs.geographic => Ok(shapes),
        Some(_) => Err(Fault::new(
            "crs-not-metric",
            say!("the places of {name} are in degrees", "{name} 的坐标为经纬度"),
            say!("import the release with `to`, a projected system", "请以投影坐标系(to)重新导入该成果"),
        )),
        None => Err(Fault::new(
            "no-polygons",
            say!(
                "the units of {name} are no polygons, so that nothing lies side by side",
                "{name} 的单元不是面,没有边界可查"
            ),
            say!("take a release of graded polygons", "请使用以面为单元的成果"),
        )),
    }
}

/// What touches, as the project or the reader says.
pub(super) struct Setting {
    pub snap: f64,
    pub close_gaps: f64,
    /// Whether units of different uses lie upon one another.
    pub every_use: bool,
}

/// Metres: what T5 of the checks of packages lets neighbours be apart.
const SNAP: f64 = 0.1;

pub(super) fn setting(release: &Release, options: &Options) -> Outcome<Setting> {
    let project = match release.head.project.as_str() {
        "" => None,
        text => Some(Project::sealed(text, Path::new("project.toml"))?),
    };
    let zones = project.as_ref().map(|project| &project.zones);
    Ok(Setting {
        snap: options.snap.or(zones.map(|zones| zones.snap)).unwrap_or(SNAP),
        close_gaps: options.close_gaps.or(zones.map(|zones| zones.close_gaps)).unwrap_or(0.0),
        every_use: project.as_ref().map_or(release.uses.len() > 1, |project| project.units.every_use),
    })
}

/// The district of each unit.
fn districts(release: &Release, field: &str) -> Outcome<Vec<String>> {
    let kept = release.units.kept.iter().find(|column| column.name == field);
    let kept = kept.ok_or_else(|| {
        let (name, known) = (&release.head.name, &release.units.kept);
        let known: Vec<&str> = known.iter().map(|column| column.name.as_str()).collect();
        let known = known.join(", ");
        Fault::new(
            "unknown-field",
            say!("the release {name} carries no field \"{field}\"", "成果 {name} 没有字段「{field}」"),
            say!("it carries: {known}", "现有字段:{known}"),
        )
    })?;
    Ok((0..release.units.len()).map(|unit| kept.values.get(unit).to_string()).collect())
}

/// The prices of a use at its own premises: grades that are set otherwise are brought to those of the use.
fn of_use(laws: &Laws<'_>, land_use: u8) -> Prices {
    let premises = laws.premises(land_use);
    let target = premises.map(|premises| Target {
        date: None,
        plot_ratio: premises.plot_ratio,
        term: premises.term,
        development: premises.development.clone(),
    });
    Prices::new(laws.release, land_use, |grade| match &target {
        Some(target) if premises.is_some_and(|premises| !premises.by_grade.is_empty()) => {
            way(laws, land_use, grade, target, None)
        }
        _ => Ok(Way::none()),
    })
}

/// The steps and refusals as sentences, by grades.
pub(super) fn told(name: &str, prices: &Prices) -> Vec<Text> {
    let list = |grades: &[u8], lang: Lang| -> String {
        let names: Vec<String> = grades.iter().map(|own| grade::name(*own, lang)).collect();
        names.join(if lang == Lang::Zh { "、" } else { ", " })
    };
    let (done, refused) = prices.told();
    let steps = done.into_iter().map(|(grades, steps)| {
        let (en, zh) = (list(&grades, Lang::En), list(&grades, Lang::Zh));
        let join = |of: fn(&Text) -> &str, between: &str| steps.iter().map(of).collect::<Vec<_>>().join(between);
        let (steps_en, steps_zh) = (join(|text| &text.en, "; "), join(|text| &text.zh, ";"));
        say!("{name}, grades {en}: {steps_en}", "{name} {zh}:{steps_zh}")
    });
    let refused = refused.into_iter().map(|(grades, why)| {
        let (en, zh) = (list(&grades, Lang::En), list(&grades, Lang::Zh));
        let Text { en: why_en, zh: why_zh } = why;
        say!("{name}, grades {en} are not compared: {why_en}", "{name} {zh}未作比较:{why_zh}")
    });
    let assumed = prices.assumed();
    let taken = (!assumed.is_empty()).then(|| {
        let join = |of: fn(&Text) -> &str, between: &str| assumed.iter().map(of).collect::<Vec<_>>().join(between);
        let (en, zh) = (join(|text| &text.en, ", "), join(|text| &text.zh, "、"));
        say!("not stated on both sides, so taken as equal: {en}", "并非两侧都有说明,按相同处理:{zh}")
    });
    steps.chain(refused).chain(taken).collect()
}

struct Finder<'a> {
    release: &'a Release,
    shapes: &'a Shapes,
    prices: &'a [Prices],
    district: Option<&'a [String]>,
    options: &'a Options,
}

/// Of a zone: its first unit, its size, its open outline and its outline.
#[derive(Default)]
struct Zone {
    first: u32,
    area: f64,
    open: f64,
    neighbours: Vec<(u32, f64)>,
}

impl Finder<'_> {
    fn price(&self, unit: usize) -> f64 {
        let (land_use, grade) = (self.release.units.uses[unit], self.release.units.grades[unit]);
        let own = self.release.units.price(unit);
        if own.is_finite() { own } else { self.prices[usize::from(land_use)].published(grade) }
    }

    fn side(&self, id: String, unit: usize, price: f64, area: f64) -> Side {
        let (land_use, grade) = (self.release.units.uses[unit], self.release.units.grades[unit]);
        let common = self.prices[usize::from(land_use)].common(grade, price);
        let district = self.district.map(|names| names[unit].clone()).unwrap_or_default();
        Side { release: 0, id, grade, price, common, area, district }
    }

    fn border(&self, level: Level, one: Side, other: Side, line: BorderLine, land_use: u8) -> Border {
        let prices = &self.prices[usize::from(land_use)];
        let inner = prices.inner(one.grade).max(prices.inner(other.grade));
        let step = Some(one.grade.abs_diff(other.grade));
        let (length, paths) = (line.length, line.paths);
        let (gap, flags, rank) = (f64::NAN, super::Flags::default(), 0);
        let mut border = Border { level, land_use, one, other, length, step, gap, inner, flags, rank, paths };
        judge::judge(&mut border, self.options);
        border
    }

    fn of_units(&self, coverage: &Coverage, found: &mut Vec<Border>, looked_at: &mut [usize; 2]) {
        let units = &self.release.units;
        let neighbours = |one: u32, other: u32| {
            let (one, other) = (one as usize, other as usize);
            units.uses[one] == units.uses[other] && units.grades[one] > 0 && units.grades[other] > 0
        };
        looked_at[1] += coverage.borders().iter().filter(|border| neighbours(border.one, border.other)).count();
        let labels: Vec<u32> = (0..units.len() as u32).collect();
        let lines = coverage.lines(&labels, |one, other| {
            let (a, b) = (one as usize, other as usize);
            let differ = || units.grades[a] != units.grades[b] || self.price(a).to_bits() != self.price(b).to_bits();
            let apart = || self.district.is_some_and(|names| names[a] != names[b]);
            neighbours(one, other) && (differ() || apart())
        });
        let walls: Vec<_> = self.release.barriers.iter().map(|barrier| &barrier.walls.shapes).collect();
        let barriers = Barriers::new(&walls, &[]);
        let mut near = Vec::new();
        for line in lines {
            let (one, other) = (line.one as usize, line.other as usize);
            let side = |unit: usize| {
                let area = units.areas.get(unit).copied().unwrap_or(f64::NAN);
                self.side(units.ids.show(unit), unit, self.price(unit), area)
            };
            let mut border = self.border(Level::Unit, side(one), side(other), line, units.uses[one]);
            if !border.flags.is_empty() {
                let place = |unit: usize| measure::centroid(self.shapes.get(unit)).unwrap_or_default();
                // Across a river or a railway a jump is what one expects.
                if !barriers.is_empty() && barriers.blocked(place(one), place(other), &mut near) {
                    border.flags = super::Flags::default();
                }
            }
            found.push(border);
        }
    }

    fn of_zones(&self, coverage: &Coverage, sheet: &[u32], found: &mut Vec<Border>, looked_at: &mut [usize; 2]) {
        let units = &self.release.units;
        let mut labels = vec![0; units.len()];
        for &unit in sheet {
            let (land_use, grade) = (units.uses[unit as usize], units.grades[unit as usize]);
            labels[unit as usize] = if grade == 0 { 0 } else { u32::from(land_use) << 8 | u32::from(grade) };
        }
        let pieces = coverage.pieces_of(&labels);
        let open = coverage.open_lengths();
        let mut zones: BTreeMap<u32, Zone> = BTreeMap::new();
        // By the numbers of the units, so that sums do not follow the curve they lie along.
        let mut members: Vec<u32> = sheet.to_vec();
        members.sort_unstable();
        for unit in members.into_iter().filter(|unit| pieces[*unit as usize] != NONE) {
            let zone = zones.entry(pieces[unit as usize]).or_insert_with(|| Zone { first: unit, ..Zone::default() });
            zone.area += units.areas.get(unit as usize).copied().unwrap_or(f64::NAN);
            zone.open += open[unit as usize];
        }
        let use_of: BTreeMap<u32, u8> =
            zones.iter().map(|(piece, zone)| (*piece, units.uses[zone.first as usize])).collect();
        let lines = coverage.lines(&pieces, |one, other| use_of[&one] == use_of[&other]);
        looked_at[0] += lines.len();
        for line in &lines {
            for (own, beside) in [(line.one, line.other), (line.other, line.one)] {
                if let Some(zone) = zones.get_mut(&own) {
                    zone.neighbours.push((beside, line.length));
                }
            }
        }
        let closed = |piece: u32| {
            let zone = &zones[&piece];
            let whole = zone.open + zone.neighbours.iter().map(|(_, length)| length).sum::<f64>();
            zone.open <= self.options.island_open * whole
        };
        for line in lines {
            let (one, other) = (line.one, line.other);
            let side = |piece: u32| {
                let zone = &zones[&piece];
                let unit = zone.first as usize;
                let (land_use, grade) = (units.uses[unit], units.grades[unit]);
                let price = self.prices[usize::from(land_use)].published(grade);
                let id = format!("{}/{grade}/{}", self.release.uses[usize::from(land_use)].key, units.ids.show(unit));
                self.side(id, unit, if price.is_nan() { self.price(unit) } else { price }, zone.area)
            };
            let within = |inner: u32, outer: u32| {
                zones[&inner].neighbours.len() == 1 && closed(inner) && zones[&inner].area < zones[&outer].area
            };
            let island = within(one, other) || within(other, one);
            let mut border = self.border(Level::Zone, side(one), side(other), line, use_of[&one]);
            // The district of a zone is told by none of its units.
            (border.one.district, border.other.district) = Default::default();
            if island {
                border.flags.insert(Flag::Island);
            }
            found.push(border);
        }
    }
}

#[cfg(test)]
#[path = "within_tests.rs"]
mod tests;
