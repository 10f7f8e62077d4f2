//! The candidates as JSON.

use super::form;
use landgrade::land::Lang;
use landgrade::release::{Decided, Release};
use landgrade::review::candidates::{Basis, Candidates, Model};
use landgrade::review::sample_laws::{plot_ratio, sources};
use serde_json::{Value, json};

/// One use.
pub fn of_use(release: &Release, of_use: &Candidates, band: [f64; 2], lang: Lang) -> Value {
    let head = &release.uses[of_use.land_use];
    let grades = of_use.grades.iter().map(|row| {
        json!({
            "grade": row.grade, "samples": row.samples, "used": row.used, "mean": row.mean, "area_mean": row.area_mean,
            "median": row.median, "mode": row.mode, "range": row.range, "interval": row.interval, "cv": row.cv,
            "needed_10": row.needed.map(|needed| needed[0]), "needed_5": row.needed.map(|needed| needed[1]),
            "published": row.published, "filled": row.filled.as_ref().map(|note| note.in_lang(lang)),
            "decided": row.decided.as_ref().map(decided), "step": row.step,
            "step_outside": row.step.is_some_and(|step| !(band[0]..=band[1]).contains(&step)),
        })
    });
    let fit = plot_ratio(release, of_use.land_use).map(|fit| {
        json!({"n": fit.samples, "power": fit.power, "error": fit.error, "p": fit.p, "r2": fit.r2, "usable": fit.is_usable()})
    });
    let pairs = sources(release, of_use.land_use);
    let pairs = pairs.iter().map(|pair| {
        json!({"one": pair.one.key(), "other": pair.other.key(), "n": [pair.counts.0, pair.counts.1], "share": pair.share, "p": pair.p})
    });
    json!({"use": head.key, "name": head.name, "grades": grades.collect::<Vec<_>>(),
           "plot_ratio": fit, "sources": pairs.collect::<Vec<_>>(),
           "premises_differ": of_use.mixed, "models": of_use.models.iter().map(model).collect::<Vec<_>>()})
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
