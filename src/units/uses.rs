//! Units that are graded for every use: one row for each.

use crate::ingest::survey::Units;
use crate::land::{Column, IdColumn, Texts};
use crate::scale;
use crate::space::hilbert;

/// Every unit once for each use, called `ID-USE`; units of one use stay as they are. Sorted by identifier.
pub fn for_every_use(units: Units, keys: &[&str]) -> Units {
    if keys.len() < 2 {
        return units;
    }
    let count = units.len() * keys.len();
    let names: Vec<String> =
        (0..count).map(|copy| format!("{}-{}", units.ids.show(copy / keys.len()), keys[copy % keys.len()])).collect();
    let mut order: Vec<u32> = (0..count as u32).collect();
    scale::sort_by(&mut order, |&a, &b| names[a as usize].cmp(&names[b as usize]).then(a.cmp(&b)));
    let unit = |&copy: &u32| copy / keys.len() as u32;
    let rows: Vec<u32> = order.iter().map(unit).collect();
    let centroids: Vec<_> = rows.iter().map(|&row| units.centroids[row as usize]).collect();
    Units {
        ids: IdColumn::Text(order.iter().map(|&copy| names[copy as usize].as_str()).collect::<Texts>()),
        uses: order.iter().map(|&copy| (copy as usize % keys.len()) as u8).collect(),
        shapes: units.shapes.gather(&rows),
        areas: rows.iter().map(|&row| units.areas[row as usize]).collect(),
        order: hilbert::order(&centroids),
        centroids,
        kept: units
            .kept
            .into_iter()
            .map(|column| Column { name: column.name, values: column.values.gather(&rows) })
            .collect(),
    }
}
