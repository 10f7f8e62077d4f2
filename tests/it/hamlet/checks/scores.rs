//! The tables of scores, weights, totals and grades.

use super::inputs::ends;
use super::{Checked, Facts, Table, by_parcel, near, same, shown};
use crate::hamlet::facts::{spread, squares};
use landgrade::explain::Source;

fn factor(table: &Table<'_>, facts: &Facts) -> Result<usize, String> {
    let found = facts.project.factors.iter().position(|factor| factor.key == table.name);
    found.ok_or_else(|| "no such factor".to_string())
}

pub fn reach(table: &Table<'_>, facts: &Facts) -> Checked {
    let factor = factor(table, facts)?;
    by_parcel(table, facts, |row| {
        let account = &facts.accounts[row].factors[factor];
        let Source::Reach { levels, .. } = &account.source else { return Err("no facilities".to_string()) };
        same(table.header.len(), 2 + 3 * levels.len())?;
        for level in levels {
            let name = &level.level;
            let [from, d, e] = [format!("{name} from"), format!("d {name} (m)"), format!("e {name}")];
            let (from, d, e) = (table.cell(row, &from)?, table.cell(row, &d)?, table.cell(row, &e)?);
            let Some(facility) = &level.facility else {
                same((from, d, e), ("—", "—", "—"))?;
                continue;
            };
            same(from, &*facility.id)?;
            near(d, facility.distance)?;
            near(e, facility.effect)?;
            let distance = d.trim_matches('`').rsplit(['=', '≈']).next().unwrap_or(d).trim();
            let term = format!("(1 − {distance}/{})", level.radius);
            if !e.contains(&term) {
                return Err(format!("{e} does not name {term}"));
            }
        }
        near(table.cell(row, "score")?, account.score)
    })
}

pub fn areas(table: &Table<'_>, facts: &Facts) -> Checked {
    let factor = factor(table, facts)?;
    by_parcel(table, facts, |row| {
        let account = &facts.accounts[row].factors[factor];
        let Source::Areas { areas, uncovered, .. } = &account.source else { return Err("no areas".to_string()) };
        let zones = table.cell(row, "zones (㎡)")?;
        let zones: Vec<&str> = zones.split("; ").filter(|zone| *zone != "—").collect();
        same(zones.len(), areas.len())?;
        for zone in zones {
            let (name, area) = zone.split_once(' ').ok_or("a zone without area")?;
            near(area, areas.iter().find(|area| area.id == name).ok_or(format!("no zone {name}"))?.area)?;
        }
        near(table.cell(row, "no zone (㎡)")?, *uncovered)?;
        near(table.cell(row, "weighted mean")?, account.score)?;
        near(table.cell(row, "score")?, account.score)
    })
}

pub fn heights(table: &Table<'_>, facts: &Facts) -> Checked {
    let factor = factor(table, facts)?;
    let (low, high, _) = ends(facts)?;
    by_parcel(table, facts, |row| {
        let account = &facts.accounts[row].factors[factor];
        let Source::Raster { value, .. } = account.source else { return Err("no raster".to_string()) };
        let (height, scaled) = (table.cell(row, "height (m)")?, table.cell(row, "scaled")?);
        match value {
            None => same((height, scaled), ("no value", "default"))?,
            Some(value) => {
                near(height, value)?;
                near(scaled, account.score)?;
                let named = shown(height)?.0.to_string();
                let (head, tail) = ("`100 × (", format!(" − {low})/{} = ", high - low));
                let rest = scaled.strip_prefix(head).ok_or(format!("{scaled} does not start with {head}"))?;
                let rest = rest.strip_prefix("max(").or(rest.strip_prefix("min(")).unwrap_or(rest);
                same(
                    (
                        rest.starts_with(&format!("{named} ")) || rest.starts_with(&format!("{named},")),
                        scaled.contains(&tail),
                    ),
                    (true, true),
                )?;
            }
        }
        near(table.cell(row, "score")?, account.score)
    })
}

pub fn judgements(table: &Table<'_>, facts: &Facts) -> Checked {
    let (matrix, ahp) = &facts.judgements;
    same(table.rows.len(), matrix.len())?;
    for (row, judged) in matrix.iter().enumerate() {
        for (column, judged) in judged.iter().enumerate() {
            same(table.rows[row][1 + column], &*judged.to_string())?;
            same(table.rows[row][0], table.header[1 + row])?;
        }
        let product: f64 = judged.iter().product();
        near(table.cell(row, "product")?, product)?;
        near(table.cell(row, "root")?, product.cbrt())?;
        near(table.cell(row, "weight")?, ahp.weights[row])?;
        near(table.cell(row, "λ")?, ahp.lambda_max)?;
    }
    Ok(())
}

pub fn consistency(table: &Table<'_>, facts: &Facts) -> Checked {
    let ahp = &facts.judgements.1;
    [("λmax", ahp.lambda_max), ("CI", ahp.ci), ("RI", ahp.ri), ("CR", ahp.cr)]
        .iter()
        .try_for_each(|(name, value)| near(table.cell(0, name)?, *value))
}

pub fn weights(table: &Table<'_>, facts: &Facts) -> Checked {
    same(table.rows.len(), facts.release.uses.len())?;
    for (row, head) in facts.release.uses.iter().enumerate() {
        same(table.rows[row][0], &*head.key)?;
        for (factor, weight) in facts.project.factors.iter().zip(&head.weights) {
            near(table.cell(row, &factor.key)?, *weight)?;
        }
    }
    Ok(())
}

pub fn totals(table: &Table<'_>, facts: &Facts) -> Checked {
    by_parcel(table, facts, |row| {
        let account = &facts.accounts[row];
        for factor in &account.factors {
            near(table.cell(row, &factor.key)?, factor.contribution)?;
        }
        near(table.cell(row, "total")?, facts.release.units.totals[row])?;
        same(table.cell(row, "grade")?, &*facts.release.units.grades[row].to_string())
    })
}

/// All ways to cut the commercial totals in three, by brute force; the engine's is the least.
pub fn splits(table: &Table<'_>, facts: &Facts) -> Checked {
    let units = &facts.release.units;
    let mut order: Vec<usize> = (0..units.len()).filter(|&unit| units.uses[unit] == 0).collect();
    order.sort_by(|&a, &b| units.totals[a].total_cmp(&units.totals[b]));
    let (mut rows, mut least) = (0, (f64::INFINITY, Vec::new()));
    for first in 1..order.len() - 1 {
        for second in first + 1..order.len() {
            let classes = [&order[..first], &order[first..second], &order[second..]];
            let (row, mut sum) = (rows, 0.0);
            rows += 1;
            if row >= table.rows.len() {
                return Err("a split is missing".to_string());
            }
            for (class, grade) in classes.iter().zip(["3", "2", "1"]) {
                let ids: Vec<&str> = class.iter().map(|&unit| &*facts.accounts[unit].id).collect();
                same(table.cell(row, &format!("grade {grade}"))?.to_string(), ids.join(" "))?;
                let of_class = spread(&class.iter().map(|&unit| units.totals[unit]).collect::<Vec<_>>());
                near(table.cell(row, &format!("SSW {grade}"))?, of_class)?;
                sum += of_class;
            }
            near(table.cell(row, "sum")?, sum)?;
            if sum < least.0 {
                least = (sum, classes.iter().map(|class| class.to_vec()).collect());
            }
        }
    }
    same(table.rows.len(), rows)?;
    for (class, grade) in least.1.iter().zip([3, 2, 1]) {
        same(class.iter().map(|&unit| units.grades[unit]).collect(), vec![grade; class.len()])?;
    }
    Ok(())
}

pub fn limits(table: &Table<'_>, facts: &Facts) -> Checked {
    same(table.rows.len(), facts.release.uses.len())?;
    for (row, head) in facts.release.uses.iter().enumerate() {
        same((table.rows[row][0], table.rows[row][1]), (&*head.key, &*head.method))?;
        near(table.cell(row, "lower limit of grade 2")?, head.limits[0])?;
        near(table.cell(row, "lower limit of grade 1")?, head.limits[1])?;
        let (within, all) = squares(&facts.release, row);
        let gvf = table.cell(row, "GVF")?;
        near(gvf, head.gvf)?;
        same(gvf.starts_with(&format!("`1 − {within:.4}/{all:.4} ≈")), true)?;
    }
    Ok(())
}
