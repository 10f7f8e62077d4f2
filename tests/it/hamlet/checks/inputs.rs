//! The tables of what stands in the files and the project.

use super::{Checked, Facts, Table, by_parcel, near, numbers, same};
use landgrade::project::plan::{AreaScore, FactorKind, Form};
use landgrade::project::{FactorPlan, UsePlan};

pub fn parcels(table: &Table<'_>, facts: &Facts) -> Checked {
    let origin = landgrade::sample::hamlet::ORIGIN;
    let files: Vec<_> = facts.features.iter().filter(|feature| feature.file == "parcels").collect();
    by_parcel(table, facts, |row| {
        let account = &facts.accounts[row];
        let feature = files.iter().find(|feature| feature.properties["zddm"] == account.id.as_str());
        same(numbers(table.cell(row, "corners")?)?, feature.ok_or("not in the file")?.coordinates.clone())?;
        same(table.cell(row, "use")?, &*account.land_use)?;
        near(table.cell(row, "area (㎡)")?, account.area)?;
        let [x, y] = account.place;
        same(numbers(table.cell(row, "centroid")?)?, vec![x - origin.x, y - origin.y])
    })
}

pub fn features(table: &Table<'_>, facts: &Facts) -> Checked {
    let files: Vec<_> = facts.features.iter().filter(|feature| feature.file != "parcels").collect();
    same(table.rows.len(), files.len())?;
    for (row, feature) in files.iter().enumerate() {
        let text = |field: &str| match feature.properties.get(field) {
            Some(serde_json::Value::String(text)) => Some(text.clone()),
            Some(number) => Some(format!("{field} {number}")),
            None => None,
        };
        let attributes: Vec<String> = ["lx", "jb", "guimo"].iter().filter_map(|field| text(field)).collect();
        same(table.cell(row, "file")?, feature.file)?;
        same(table.cell(row, "mc")?.to_string(), text("mc").unwrap_or_default())?;
        same(table.cell(row, "attributes")?.to_string(), attributes.join(" "))?;
        same(numbers(table.cell(row, "coordinates")?)?, feature.coordinates.clone())?;
    }
    Ok(())
}

pub fn levels(table: &Table<'_>, facts: &Facts) -> Checked {
    let mut rows = Vec::new();
    for FactorPlan { key, kind, .. } in &facts.project.factors {
        let (FactorKind::Centre(plan) | FactorKind::Line(plan) | FactorKind::Point(plan)) = kind else { continue };
        let form = if plan.form == Form::Linear { "linear" } else { "exponential" };
        for level in &plan.levels {
            let [f, radius, half] = [level.score, level.radius, level.half_width].map(|number| number.to_string());
            rows.push([key.clone(), level.name.clone(), f, radius, half, form.to_string()].to_vec());
        }
    }
    same(table.rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect(), rows)
}

pub fn categories(table: &Table<'_>, facts: &Facts) -> Checked {
    let FactorKind::Area(plan) = &facts.project.factors[3].kind else { return Err("no area factor".to_string()) };
    let AreaScore::Category { scores, .. } = &plan.score else { return Err("no categories".to_string()) };
    same(table.rows.len(), scores.len() + 1)?;
    for row in &table.rows {
        let score = if row[0] == "no zone" { plan.default } else { scores.get(row[0]).copied() };
        near(row[1], score.ok_or(format!("no category {}", row[0]))?)?;
    }
    Ok(())
}

pub fn scaling(table: &Table<'_>, facts: &Facts) -> Checked {
    let (low, high, none) = ends(facts)?;
    let rows = [[low.to_string(), "0".into()], [high.to_string(), "100".into()], ["no value".into(), none.to_string()]];
    same(
        table.rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect(),
        rows.map(Vec::from).to_vec(),
    )
}

/// The heights that score 0 and 100, and the score without a height.
pub fn ends(facts: &Facts) -> Result<(f64, f64, f64), String> {
    let FactorKind::Raster(plan) = &facts.project.factors[4].kind else { return Err("no raster".to_string()) };
    let [low, high, none] =
        [plan.scaling.low, plan.scaling.high, plan.default].map(|end| end.ok_or("an end is missing"));
    Ok((low?, high?, none?))
}

pub fn premises(table: &Table<'_>, facts: &Facts) -> Checked {
    same(table.rows.len(), facts.project.uses.len())?;
    for (row, UsePlan { land_use, price, .. }) in facts.project.uses.iter().enumerate() {
        let price = price.as_ref().ok_or("a use without price")?;
        same(table.rows[row][0], &*land_use.key)?;
        near(table.cell(row, "term 年期")?, price.term)?;
        same(table.cell(row, "rate 还原率")?, &*price.rate.to_string())?;
        same(table.cell(row, "FAR 容积率")?, &*price.plot_ratio.to_string())?;
        same(numbers(table.cell(row, "k by FAR")?)?, price.plot_ratio_table.concat())?;
    }
    Ok(())
}

pub fn index(table: &Table<'_>, facts: &Facts) -> Checked {
    let rows = table.rows.iter().map(|row| row.join(","));
    same(rows.collect(), facts.index.lines().skip(1).map(String::from).collect::<Vec<_>>())
}
