//! The tables of samples, outliers, prices, results and findings.

use super::{Checked, Facts, Table, by_parcel, near, same, shown};
use crate::hamlet::facts::rounds;
use crate::hamlet::page::is_equation;
use landgrade::land::money::wan_per_mu;

pub fn samples(table: &Table<'_>, facts: &Facts) -> Checked {
    same(table.rows.len(), facts.release.samples.len())?;
    for (row, sample) in facts.release.samples.iter().enumerate() {
        let cell = |name| table.cell(row, name);
        let check = || -> Checked {
            same(cell("sample")?, &*sample.id)?;
            same(cell("use")?, &*facts.project.uses[usize::from(sample.use_index)].land_use.key)?;
            near(cell("price")?, sample.price)?;
            same(cell("date")?, &*sample.date)?;
            same(cell("FAR")?, &*sample.plot_ratio.to_string())?;
            same(cell("term")?, &*sample.term.to_string())?;
            let ks = [cell("K date")?, cell("K term")?, cell("K FAR")?, cell("corrected")?];
            if sample.corrected.is_nan() {
                same(ks, ["—"; 4])?;
                same(cell("grade")?, "—")?;
                let outside = sample.outcome.en.starts_with("the sample lies in no unit");
                let (parcel, why) = (cell("parcel")?, cell("outcome")?);
                return if outside {
                    same((parcel, why), ("—", "in no parcel"))
                } else {
                    same(why, "parcel of another use")?;
                    same(sample.outcome.en.contains(&format!("unit {parcel} ")), true)
                };
            }
            same((cell("parcel")?, cell("grade")?), (&*sample.unit, &*sample.grade.to_string()))?;
            let found = [sample.k_date, sample.k_term, sample.k_plot_ratio, sample.corrected];
            ks.iter().zip(found).try_for_each(|(cell, found)| near(cell, found))?;
            let product = ks[3].trim_matches('`').split([' ', '×']).next().unwrap_or_default();
            same(product, &*sample.price.to_string())?;
            same(cell("outcome")?, if sample.used { "used" } else { "set aside" })
        };
        check().map_err(|fault| format!("{}: {fault}", sample.id))?;
    }
    Ok(())
}

pub fn grubbs(table: &Table<'_>, facts: &Facts) -> Checked {
    let rounds = rounds(&facts.release);
    same(table.rows.len(), rounds.len())?;
    for (row, round) in rounds.iter().enumerate() {
        same(table.cell(row, "round")?, &*(row + 1).to_string())?;
        same(table.cell(row, "samples")?.to_string(), round.samples.join(" "))?;
        near(table.cell(row, "mean")?, round.mean)?;
        near(table.cell(row, "s")?, round.deviation)?;
        same(table.cell(row, "furthest")?, &*round.furthest)?;
        near(table.cell(row, "G")?, round.statistic)?;
        near(table.cell(row, "limit")?, round.limit)?;
        let aside = round.statistic > round.limit;
        same(table.cell(row, "verdict")?, if aside { "set aside" } else { "kept" })?;
        let sample = facts.release.samples.iter().find(|sample| sample.id == round.furthest);
        let sample = sample.ok_or("no such sample")?;
        same(sample.used, !aside)?;
        if aside {
            let said = format!("round {}: {:.3} deviations from the mean {:.2}", row + 1, round.statistic, round.mean);
            same(sample.outcome.en.contains(&said), true)?;
        }
    }
    Ok(())
}

pub fn cells(table: &Table<'_>, facts: &Facts) -> Checked {
    same(table.rows.len(), facts.release.cells.len())?;
    for (row, found) in facts.release.cells.iter().enumerate() {
        let cell = |name| table.cell(row, name);
        let counts = [found.grade.into(), found.units, found.samples, found.kept].map(|count| count.to_string());
        same(cell("use")?, &*facts.release.uses[usize::from(found.use_index)].key)?;
        same(
            [cell("grade")?, cell("parcels")?, cell("samples")?, cell("kept")?],
            counts.each_ref().map(|text| &**text),
        )?;
        match found.raw {
            Some(raw) => {
                near(cell("mean of the kept")?, raw)?;
                same(cell("filled")?, "")?;
            }
            None => {
                same(cell("mean of the kept")?, "—")?;
                same(found.filled.is_some() && is_equation(cell("filled")?), true)?;
                // Rounded from the number shown here, to the 5 of the project file.
                let (filled, _) = shown(cell("filled")?)?;
                same(Some((filled / 5.0).round() * 5.0), found.published)?;
            }
        }
        let price = found.published.ok_or("no price")?;
        near(cell("published")?, price)?;
        near(cell("万元/亩")?, if cell("万元/亩")?.contains('≈') { wan_per_mu(price) } else { price / 15.0 })?;
    }
    Ok(())
}

pub fn result(table: &Table<'_>, facts: &Facts) -> Checked {
    by_parcel(table, facts, |row| {
        let units = &facts.release.units;
        near(table.cell(row, "total")?, units.totals[row])?;
        same(table.cell(row, "grade")?, &*units.grades[row].to_string())?;
        near(table.cell(row, "price")?, units.prices[row])?;
        same(table.cell(row, "万元/亩")?.to_string(), format!("{:.2}", wan_per_mu(units.prices[row])))
    })
}

pub fn findings(table: &Table<'_>, facts: &Facts) -> Checked {
    let found = facts.release.findings.iter().map(|finding| vec![finding.code.name(), &*finding.feature]);
    same(table.rows.clone(), found.collect())
}
