//! The candidates as JSON.

use super::form;
use landgrade::land::{Lang, Text};
use landgrade::release::{Decided, Release};
use landgrade::review::candidates::{Basis, Candidates, Model};
use landgrade::review::evidence::Evidence;
use landgrade::review::place_candidates::Place;
use landgrade::review::plot_ratio_fit::{linear_log, power};
use landgrade::review::sample_laws::sources;
use serde_json::{Value, json};

/// One use.
pub fn of_use(release: &Release, of_use: &Candidates, band: [f64; 2], lang: Lang) -> Value {
    let head = &release.uses[of_use.land_use];
    let grades = of_use.grades.iter().map(|row| {
        let own = json!({
            "grade": row.grade, "step": row.step,
            "step_outside": row.step.is_some_and(|step| !(band[0]..=band[1]).contains(&step)),
        });
        with(own, &row.evidence, row.published, row.filled.as_ref(), row.decided.as_ref(), lang)
    });
    let fit = power(release, of_use.land_use).map(|fit| {
        json!({"n": fit.samples, "power": fit.power, "error": fit.error, "p": fit.p, "r2": fit.r2,
               "r2_price": fit.r2_price, "usable": fit.usable})
    });
    let other = linear_log(release, of_use.land_use).map(
        |fit| json!({"n": fit.samples, "slope": fit.slope, "c": fit.c, "r2_price": fit.r2_price, "usable": fit.usable}),
    );
    let pairs = sources(release, of_use.land_use);
    let pairs = pairs.iter().map(|pair| {
        json!({"one": pair.one.key(), "other": pair.other.key(), "n": [pair.counts.0, pair.counts.1], "share": pair.share, "p": pair.p})
    });
    json!({"use": head.key, "name": head.name, "grades": grades.collect::<Vec<_>>(),
           "areas": places(&of_use.areas, lang), "streets": places(&of_use.streets, lang),
           "plot_ratio": fit, "plot_ratio_linear_log": other, "sources": pairs.collect::<Vec<_>>(),
           "premises_differ": of_use.mixed, "models": of_use.models.iter().map(model).collect::<Vec<_>>()})
}

fn places(places: &[Place], lang: Lang) -> Vec<Value> {
    let place = |Place { row, evidence }: &Place| {
        let depth = Some(row.standard_depth).filter(|depth| !depth.is_nan());
        let own = json!({"id": row.id, "name": row.name, "grade": Some(row.grade).filter(|grade| *grade > 0), "standard_depth": depth});
        with(own, evidence, row.published, row.filled.as_ref(), row.decided.as_ref(), lang)
    };
    places.iter().map(place).collect()
}

/// What is known of a grade or place of its own, with its evidence and its published price.
fn with(
    own: Value,
    of: &Evidence,
    published: Option<f64>,
    filled: Option<&Text>,
    by_people: Option<&Decided>,
    lang: Lang,
) -> Value {
    let rest = json!({
        "samples": of.samples, "used": of.used, "mean": of.mean, "area_mean": of.area_mean, "median": of.median,
        "mode": of.mode, "range": of.range, "interval": of.interval, "cv": of.cv,
        "needed_10": of.needed.map(|needed| needed[0]), "needed_5": of.needed.map(|needed| needed[1]),
        "published": published, "filled": filled.map(|note| note.in_lang(lang)), "decided": by_people.map(decided),
    });
    let entries = [own, rest].into_iter().filter_map(|value| match value {
        Value::Object(entries) => Some(entries),
        _ => None,
    });
    Value::Object(entries.flatten().collect())
}

fn model(model: &Model) -> Value {
    let fit = &model.fit;
    let over = match model.basis {
        Basis::Samples => "samples",
        Basis::Means => "means",
        Basis::Scores => "scores",
    };
    json!({
        "form": form(fit.form).en, "over": over, "n": fit.points, "intercept": fit.intercept, "slope": fit.slope,
        "r2": fit.r2, "r2_price": fit.r2_price, "f": fit.t * fit.t, "t": fit.t, "p": fit.p, "smearing": fit.smearing,
        "usable": model.usable, "prices": model.prices, "residuals": model.residuals,
    })
}

/// What the rules gave instead, and why people decided otherwise.
fn decided(own: &Decided) -> Value {
    json!({"computed": own.computed, "reason": own.reason})
}
