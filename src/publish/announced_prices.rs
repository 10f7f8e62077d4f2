//! Prices as an announcement prints them: of grades, of areas and of streets.

use crate::formats::document::Document;
use crate::land::{Lang, grade, money};
use crate::release::{PlaceRow, PriceCell, Release, UseHead};
use crate::say;

/// The price table of a use as it is announced.
pub(super) fn of_grades(doc: &mut Document, release: &Release, land_use: usize, lang: Lang) {
    let own = &release.uses[land_use];
    let cells = release.cells.iter().filter(|cell| usize::from(cell.use_index) == land_use);
    if !kind_is_known(own) {
        return of_unknown_kind(doc, own, cells, lang);
    }
    let rows: Vec<Vec<String>> = cells
        .map(|cell| {
            let (ground, floor) = both(own, cell.grade, cell.published);
            let ratio = own.connotation.as_ref().map(|premises| premises.plot_ratio_of(cell.grade));
            let per_mu = cell.published.and_then(|price| own.per_mu(cell.grade, price));
            vec![
                grade::name(cell.grade, lang),
                shown(ground, 2),
                shown(floor, 2),
                per_mu.map_or_else(|| "–".to_string(), |price| format!("{price:.2}")),
                shown(ratio, 2),
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let name = &own.name;
    let head = [
        say!("grade", "级别"),
        say!("price of land (元/㎡)", "地面地价（元/㎡）"),
        say!("price of floor (元/㎡)", "楼面地价（元/㎡）"),
        say!("price of land (万元/亩)", "地面地价（万元/亩）"),
        say!("set plot ratio", "设定容积率"),
    ];
    doc.rows(
        &say!("Benchmark prices of {name}", "{name}基准地价表"),
        &head,
        &[false, true, true, true, true],
        rows,
        lang,
    );
}

/// Whether the connotation tells prices of land from those of floor.
fn kind_is_known(own: &UseHead) -> bool {
    own.connotation.as_ref().is_some_and(|premises| matches!(premises.kind.as_str(), "ground" | "floor"))
}

/// The price as it was handed over, which nothing brings to another unit.
fn of_unknown_kind<'a>(doc: &mut Document, own: &UseHead, cells: impl Iterator<Item = &'a PriceCell>, lang: Lang) {
    let line = |cell: &PriceCell| {
        let ratio = own.connotation.as_ref().map(|premises| premises.plot_ratio_of(cell.grade));
        vec![grade::name(cell.grade, lang), shown(cell.published, 2), shown(ratio, 2)]
    };
    let rows: Vec<Vec<String>> = cells.map(line).collect();
    let head = [
        say!("grade", "级别"),
        say!("price (元/㎡), of land or of floor: 【 】", "地价（元/㎡），【地面或楼面】"),
        say!("set plot ratio", "设定容积率"),
    ];
    let name = &own.name;
    if !rows.is_empty() {
        let title = say!("Benchmark prices of {name}", "{name}基准地价表");
        doc.rows(&title, &head, &[false, true, true], rows, lang);
    }
}

/// The price of land and that of floor; `None` where the connotation does not tell.
fn both(own: &UseHead, at: u8, price: Option<f64>) -> (Option<f64>, Option<f64>) {
    let Some((price, premises)) = price.zip(own.connotation.as_ref()) else { return (price, None) };
    let ratio = premises.plot_ratio_of(at);
    match premises.kind.as_str() {
        "floor" => (Some(money::product(price, ratio)), Some(price)),
        "ground" => (Some(price), Some(price / ratio)),
        _ => (None, None),
    }
}

/// The areas and streets of a use that have a price, a table each.
pub(super) fn of_places(doc: &mut Document, release: &Release, land_use: usize, lang: Lang) {
    let (own, places) = (&release.uses[land_use], &release.map.places);
    let name = &own.name;
    let tables = [
        (&places.areas.rows, say!("grade", "级别"), say!("Prices of areas of {name}", "{name}区片基准地价表")),
        (
            &places.streets.rows,
            say!("standard depth (m)", "标准深度（米）"),
            say!("Street prices of {name}", "{name}路线价表"),
        ),
    ];
    for (rows, fourth, title) in tables {
        let priced = |row: &&PlaceRow| usize::from(row.use_index) == land_use && row.published.is_some();
        let lines: Vec<Vec<String>> = rows.iter().filter(priced).map(|row| line(own, row, lang)).collect();
        if lines.is_empty() {
            continue;
        }
        let head = [
            say!("number", "编号"),
            say!("name", "名称"),
            fourth,
            say!("price of land (元/㎡)", "地面地价（元/㎡）"),
            say!("price of floor (元/㎡)", "楼面地价（元/㎡）"),
            say!("price of land (万元/亩)", "地面地价（万元/亩）"),
        ];
        doc.rows(&title, &head, &[false, false, rows[0].standard_depth.is_finite(), true, true, true], lines, lang);
    }
}

fn line(own: &UseHead, row: &PlaceRow, lang: Lang) -> Vec<String> {
    let (ground, floor) = both(own, row.grade, row.published);
    let per_mu = row.published.and_then(|price| own.per_mu(row.grade, price));
    let of_place = match (row.standard_depth.is_finite(), row.grade) {
        (true, _) => shown(Some(row.standard_depth), 2),
        (false, 0) => "–".to_string(),
        (false, at) => grade::name(at, lang),
    };
    let per_mu = per_mu.map_or_else(|| "–".to_string(), |price| format!("{price:.2}"));
    vec![row.id.clone(), row.name.clone(), of_place, shown(ground, 2), shown(floor, 2), per_mu]
}

fn shown(value: Option<f64>, decimals: u32) -> String {
    let value = value.filter(|value| value.is_finite());
    value.map_or_else(|| "–".to_string(), |value| money::round_half_up(value, decimals).to_string())
}
