//! The change of prices since the release before, unit by unit; of grades where prices cannot be compared.

use super::content::{Content, Fill, Legend, Sign, labels};
use crate::compare::{Change, Comparison, tenths};
use crate::formats::style::Colour;
use crate::land::{Lang, Text, grade};
use crate::release::Release;
use crate::say;

/// Growth in tenths of a percent from which a class reaches, with its colour: green falls, red rises; classes and colours are those
/// of the web map, `web/page/map-style.js`.
const CLASSES: [(i32, Colour); 8] = [
    (i32::MIN, [11, 107, 96]),
    (-100, [87, 176, 165]),
    (-50, [169, 217, 207]),
    (0, [243, 233, 189]),
    (1, [251, 217, 189]),
    (50, [244, 160, 113]),
    (100, [217, 95, 59]),
    (200, [163, 27, 31]),
];
const NEW: Colour = [186, 160, 214];
/// Darker than ground of other uses.
const UNKNOWN: Colour = [140, 140, 140];
const BETTER: Colour = CLASSES[5].1;
const SAME: Colour = CLASSES[3].1;
const WORSE: Colour = CLASSES[1].1;

/// Colours the units of the new release; `None` where none of the use was compared.
pub(super) fn fill<'a>(
    content: &mut Content<'a>,
    release: &'a Release,
    comparison: &Comparison<'a>,
    land_use: usize,
    lang: Lang,
) -> Option<()> {
    let shapes = release.units.shapes.as_ref()?;
    content.labels = labels(&content.fills, &|grade| grade::name(grade, lang));
    let place = comparison.uses.iter().position(|link| link.new.map(usize::from) == Some(land_use))?;
    // Of a unit that was several the one with most of its ground counts, as on the web map.
    let of_units = comparison.of_units().into_iter().enumerate();
    let changes: Vec<(usize, &Change)> = of_units
        .filter_map(|(unit, own)| Some((unit, own?.0)))
        .filter(|(_, change)| change.use_new.map(usize::from) == Some(place))
        .collect();
    let priced = changes.iter().any(|(_, change)| !change.growth.is_nan());
    let told = |change: &Change| change.old.is_some() && (priced || change.dgrade.is_some());
    if !changes.iter().any(|(_, change)| told(change)) {
        return None;
    }
    let classes = if priced { of_prices() } else { of_grades() };
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); classes.len()];
    for (unit, change) in &changes {
        rows[if priced { class_of_price(change) } else { class_of_grade(change) }].push(*unit);
    }
    let said = |text: &Text| text.in_lang(lang).to_string();
    let listed = classes.iter().zip(&rows).filter(|(_, rows)| !rows.is_empty());
    let legend = listed.map(|((colour, text), rows)| (Sign::Colour(*colour), vec![said(text), rows.len().to_string()]));
    let what = if priced {
        say!("growth of price", "地价增长率")
    } else if of_release_priced(release, land_use) {
        say!("change of grade; prices are not compared: other conditions", "级别变化（地价内涵不同，未比较地价）")
    } else {
        say!("change of grade", "级别变化")
    };
    content.legend = Legend {
        title: said(&say!("Legend", "图例")),
        heads: vec![said(&what), said(&say!("units", "单元数"))],
        rows: legend.collect(),
    };
    content.borders = std::mem::take(&mut content.fills);
    content.fills =
        classes.iter().zip(rows).map(|((colour, _), rows)| Fill { colour: *colour, shapes, rows }).collect();
    content.fills.iter().any(|fill| !fill.rows.is_empty()).then_some(())
}

/// Whether the release has prices of the use.
fn of_release_priced(release: &Release, land_use: usize) -> bool {
    release.cells.iter().any(|cell| usize::from(cell.use_index) == land_use && cell.published.is_some())
}

fn of_prices() -> Vec<(Colour, Text)> {
    let words = [
        say!("below −10 %", "低于 −10%"),
        say!("−10 to below −5 %", "−10% 至 −5%（不含）"),
        say!("−5 to below 0 %", "−5% 至 0（不含）"),
        say!("unchanged", "不变"),
        say!("above 0 to below 5 %", "0（不含）至 5%（不含）"),
        say!("5 to below 10 %", "5% 至 10%（不含）"),
        say!("10 to below 20 %", "10% 至 20%（不含）"),
        say!("20 % and more", "20% 及以上"),
    ];
    let mut classes: Vec<(Colour, Text)> = CLASSES.iter().map(|class| class.1).zip(words).collect();
    classes.push((NEW, say!("new", "新增")));
    classes.push((UNKNOWN, say!("not compared", "未作比较")));
    classes
}

fn of_grades() -> Vec<(Colour, Text)> {
    vec![
        (BETTER, say!("better grade", "级别上升")),
        (SAME, say!("same grade", "级别不变")),
        (WORSE, say!("worse grade", "级别下降")),
        (NEW, say!("new", "新增")),
        (UNKNOWN, say!("not compared", "未作比较")),
    ]
}

fn class_of_price(change: &Change) -> usize {
    if change.old.is_none() {
        return CLASSES.len();
    }
    match tenths(change.growth) {
        Some(growth) => CLASSES.iter().rposition(|(from, _)| growth >= *from).unwrap_or(0),
        None => CLASSES.len() + 1,
    }
}

fn class_of_grade(change: &Change) -> usize {
    match (change.old, change.dgrade) {
        (None, _) => 3,
        (_, None) => 4,
        (_, Some(better)) if better < 0 => 0,
        (_, Some(0)) => 1,
        (_, Some(_)) => 2,
    }
}
