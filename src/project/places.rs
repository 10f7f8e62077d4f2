//! Checks `[prices.areas]` and `[prices.streets]`.

use super::check::Problems;
use super::file::{PricePlaces, Prices};
use super::lines::Step;
use super::plan::{DepthPlan, PlacesPlan, StreetsPlan};
use crate::say;

const PRICES: Step<'static> = Step::Key("prices");

pub(super) fn areas(raw: &Prices, problems: &mut Problems<'_>) -> Option<PlacesPlan> {
    let areas = raw.areas.as_ref()?;
    let streets_only = [
        ("standard_depth", areas.standard_depth.is_some()),
        ("depth_field", areas.depth_field.is_some()),
        ("within", areas.within.is_some()),
        ("strip", areas.strip.is_some()),
        ("shares", areas.shares.is_some()),
    ];
    for (key, _) in streets_only.iter().filter(|(_, written)| *written) {
        problems.add(
            "foreign-key",
            &[PRICES, Step::Key("areas"), Step::Key(key)],
            say!("`{key}` is of streets, not of areas", "{key} 用于路线价,不用于区片"),
            say!("leave it out, or write it under [prices.streets]", "请去掉该项,或写在 [prices.streets] 下"),
        );
    }
    Some(places(areas, "areas", problems))
}

pub(super) fn streets(raw: &Prices, problems: &mut Problems<'_>) -> Option<StreetsPlan> {
    let streets = raw.streets.as_ref()?;
    let here = |key| [PRICES, Step::Key("streets"), Step::Key(key)];
    let standard_depth = match (streets.standard_depth, &streets.depth_field) {
        (Some(depth), None) => {
            problems.within(&here("standard_depth"), "standard_depth", depth, 1.0, 1000.0);
            DepthPlan::Same(depth)
        }
        (None, Some(field)) => DepthPlan::Field(field.clone()),
        _ => {
            problems.add(
                "standard-depth",
                &here("standard_depth"),
                say!(
                    "a street price is for one depth: none is told, or two ways",
                    "路线价须有且仅有一种标准深度的写法"
                ),
                say!(
                    "write standard_depth = 15 (metres), or depth_field = \"…\"",
                    "请写 standard_depth = 15(米)或 depth_field = \"…\""
                ),
            );
            DepthPlan::Same(f64::NAN)
        }
    };
    let within = streets.within.unwrap_or(20.0);
    problems.within(&here("within"), "within", within, 0.1, 1000.0);
    let strip = streets.strip.unwrap_or(0.25);
    if streets.strip.is_some() && streets.shares.is_none() {
        problems.add(
            "foreign-key",
            &here("strip"),
            say!("`strip` has no meaning without `shares`", "没有 shares 时 strip 无意义"),
            say!("write the share of each strip, or leave it out", "请写明各条带份额 shares,或去掉该项"),
        );
    }
    let shares = streets.shares.as_ref().map(|shares| shares.iter().map(|share| share / 100.0).collect());
    Some(StreetsPlan {
        places: places(streets, "streets", problems),
        standard_depth,
        within,
        strips: shares.map(|shares| (strip, shares)),
    })
}

fn places(raw: &PricePlaces, table: &'static str, problems: &mut Problems<'_>) -> PlacesPlan {
    let here = |key| [PRICES, Step::Key(table), Step::Key(key)];
    let (layer, crs, encoding) = (raw.layer.as_ref(), raw.crs.as_ref(), raw.encoding.as_ref());
    let least_samples = raw.least_samples.unwrap_or(3);
    problems.within(&here("least_samples"), "least_samples", least_samples as f64, 1.0, 1e6);
    if raw.price.is_some() != raw.reason.is_some() {
        problems.add(
            "no-reason",
            &here(if raw.price.is_some() { "price" } else { "reason" }),
            say!("`price` and `reason` belong together", "price 与 reason 须同时写明"),
            say!("name the field with the reason of each price", "请写明各价格理由所在的字段"),
        );
    }
    PlacesPlan {
        source: problems.source(&here("source"), &raw.source, layer, crs, encoding),
        id: raw.id.clone(),
        name: raw.name.clone(),
        use_field: raw.use_field.clone(),
        least_samples,
        decided: raw.price.clone().zip(raw.reason.clone()),
    }
}
