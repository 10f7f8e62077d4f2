//! Which key of the project file belongs to which group.

use super::{Group, Groups};
use crate::project::file::{Barrier, Factor, Grading, Prices, ProjectFile, UseEntry, UsePrice};

/// The keys of the uses of a mixture: those of the new project, then those that the old one alone has.
pub(super) fn uses(old: &ProjectFile, new: &ProjectFile) -> Vec<String> {
    let of_old = old.uses.iter().filter(|own| new.uses.iter().all(|other| other.key != own.key));
    new.uses.iter().chain(of_old).map(|own| own.key.clone()).collect()
}

/// A project file with these groups of `new` and the rest of `old`. What one file alone has stands as it is there: a factor without a
/// weight scores nothing. Keys that decide neither grade nor price of a unit are left out or those of `new`.
pub(super) fn mixed(old: &ProjectFile, new: &ProjectFile, taken: Groups) -> ProjectFile {
    let of = |group: Group| if taken.has(group) { new } else { old };
    let (units, premises) = (of(Group::Units), of(Group::Connotation));
    let mut project = new.project.clone();
    project.crs.clone_from(&units.project.crs);
    project.graded_area.clone_from(&units.project.graded_area);
    project.base_date.clone_from(&premises.project.base_date);
    let mut factors: Vec<Factor> = union(&old.factors, &new.factors, |factor| &factor.key)
        .map(|(old, new)| match (old, new) {
            (Some(old), Some(new)) => factor(old, new, taken),
            (one, other) => one.or(other).cloned().expect("one of the two has it"),
        })
        .collect();
    grouped(&mut factors, of(Group::Weights));
    let barriers = |barrier: (Option<&Barrier>, Option<&Barrier>)| {
        let (first, second) = if taken.has(Group::Layers) { (barrier.1, barrier.0) } else { barrier };
        first.or(second).cloned().expect("one of the two has it")
    };
    ProjectFile {
        project,
        units: units.units.clone(),
        uses: union(&new.uses, &old.uses, |entry| &entry.key).map(|(new, old)| land_use(old, new, taken)).collect(),
        groups: of(Group::Weights).groups.clone(),
        factors,
        barriers: union(&old.barriers, &new.barriers, |barrier| &barrier.key).map(barriers).collect(),
        network: of(Group::Layers).network.clone().or_else(|| old.network.clone()).or_else(|| new.network.clone()),
        grading: Some(grading(of(Group::Breaks), units)),
        rules: None,
        prices: prices(old, new, taken),
        policy: units.policy.clone(),
        release: new.release.clone(),
    }
}

/// Entries of two lists by key: those of the first list in their order, then those the second alone has.
fn union<'a, T>(
    first: &'a [T],
    second: &'a [T],
    key: impl Fn(&T) -> &String + Copy + 'a,
) -> impl Iterator<Item = (Option<&'a T>, Option<&'a T>)> {
    let same = move |one: &T, list: &'a [T]| list.iter().find(|other| key(other) == key(one));
    let of_first = first.iter().map(move |one| (Some(one), same(one, second)));
    let rest = second.iter().filter(move |other| same(other, first).is_none()).map(|other| (None, Some(other)));
    of_first.chain(rest)
}

/// A factor that both have. Fields of a layer go with the layer; a factor of another kind is another layer.
fn factor(old: &Factor, new: &Factor, taken: Groups) -> Factor {
    let of = |group: Group| if taken.has(group) { new } else { old };
    let data = of(Group::Layers).clone();
    if old.kind != new.kind {
        return data;
    }
    let rules = of(Group::Attenuation).clone();
    Factor {
        key: data.key,
        name: data.name,
        standard: data.standard,
        group: None,
        kind: data.kind,
        source: data.source,
        layer: data.layer,
        crs: data.crs,
        encoding: data.encoding,
        scale: data.scale,
        level_field: data.level_field,
        grade_field: data.grade_field,
        service_field: data.service_field,
        label: data.label,
        score: data.score,
        category: data.category,
        value: data.value,
        attenuation: rules.attenuation,
        at_radius: rules.at_radius,
        levels: rules.levels,
        grades: rules.grades,
        city_area: rules.city_area,
        influence: rules.influence,
        directions: rules.directions,
        combine: rules.combine,
        categories: rules.categories,
        direction: rules.direction,
        low: rules.low,
        high: rules.high,
        percentiles: rules.percentiles,
        best: rules.best,
        services: rules.services,
        percent: rules.percent,
        items: rules.items,
        default: rules.default,
        barriers: rules.barriers,
        distance: rules.distance,
    }
}

/// Which group a factor belongs to is told where weights are; a factor that file does not have stands alone.
fn grouped(factors: &mut [Factor], weights: &ProjectFile) {
    for factor in factors {
        let own = weights.factors.iter().find(|own| own.key == factor.key);
        factor.group = own.and_then(|own| own.group.clone());
    }
}

/// A use that both have, or either.
fn land_use(old: Option<&UseEntry>, new: Option<&UseEntry>, taken: Groups) -> UseEntry {
    let (Some(old), Some(new)) = (old, new) else { return old.or(new).cloned().expect("one of the two has it") };
    let of = |group: Group| if taken.has(group) { new } else { old };
    let (breaks, units) = (of(Group::Breaks), of(Group::Units));
    UseEntry {
        key: new.key.clone(),
        name: units.name.clone(),
        spellings: units.spellings.clone(),
        grades: breaks.grades,
        breaks: breaks.breaks.clone(),
        scheme: None,
        weights: of(Group::Weights).weights.clone(),
        price: match (&old.price, &new.price) {
            (Some(old), Some(new)) => Some(use_price(old, new, taken)),
            _ => of(Group::Connotation).price.clone(),
        },
    }
}

fn use_price(old: &UsePrice, new: &UsePrice, taken: Groups) -> UsePrice {
    let of = |group: Group| if taken.has(group) { new } else { old };
    let (tables, premises) = (of(Group::Corrections).clone(), of(Group::Connotation).clone());
    UsePrice {
        rate: tables.rate,
        building_rate: tables.building_rate,
        plot_ratio_table: tables.plot_ratio_table,
        term: premises.term,
        plot_ratio: premises.plot_ratio,
        kind: premises.kind,
        development: premises.development,
        right: premises.right,
        classification: premises.classification,
        scope: premises.scope,
        meaning: premises.meaning,
        by_grade: premises.by_grade,
    }
}

/// What decides the grade of a unit: cutting and clean-up. Further gradings, lines of zones, districts and parcels do not.
fn grading(breaks: &ProjectFile, units: &ProjectFile) -> Grading {
    let (breaks, units) = (breaks.grading.as_ref(), units.grading.as_ref());
    Grading {
        smallest_area: breaks.and_then(|own| own.smallest_area),
        close_gaps: breaks.and_then(|own| own.close_gaps),
        snap: units.and_then(|own| own.snap),
        ..Grading::default()
    }
}

/// The prices of grades; areas and streets have none of a unit.
fn prices(old: &ProjectFile, new: &ProjectFile, taken: Groups) -> Option<Prices> {
    let (Some(old), Some(new)) = (&old.prices, &new.prices) else {
        let of = |group: Group| if taken.has(group) { new } else { old };
        return of(Group::Pricing).prices.clone().map(|own| Prices { index: None, areas: None, streets: None, ..own });
    };
    let of = |group: Group| if taken.has(group) { new } else { old };
    let (tables, rules) = (of(Group::Corrections).clone(), of(Group::Pricing).clone());
    Some(Prices {
        samples: of(Group::Samples).samples.clone(),
        // The spliced index stands in `index_table`.
        index: None,
        index_table: None,
        index_reading: tables.index_reading,
        order: tables.order,
        corrections: tables.corrections,
        base_quarter: of(Group::Connotation).base_quarter.clone(),
        outliers: rules.outliers,
        sigma: rules.sigma,
        significance: rules.significance,
        least_samples: rules.least_samples,
        statistic: rules.statistic,
        fill: rules.fill,
        fill_below: rules.fill_below,
        rounding: rules.rounding,
        decided: rules.decided,
        ratio_band: rules.ratio_band,
        areas: None,
        streets: None,
    })
}
