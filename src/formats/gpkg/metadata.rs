//! What stands beside the rows: titles, extents, counts, aliases and styles, written by SQLite into the empty GeoPackage.

use super::rtree::Shadow;
use super::{Plan, fault};
use crate::formats::style;
use crate::formats::table::Field;
use crate::land::{Lang, Outcome, Text};
use crate::space::Extent;
use rusqlite::{Connection, params};
use std::path::Path;

/// The date in files, where the clock would make two equal files differ.
const DATE: &str = "1970-01-01T00:00:00.000Z";

/// The root pages of one layer's tables.
pub struct Roots {
    pub rows: u32,
    pub index: Option<Shadow>,
}

/// Completes the empty GeoPackage at `part`, notes each plan's `srs_id`, and tells where the rows go. Nothing has it open afterwards.
///
/// # Errors
/// `io`.
pub fn write(part: &Path, target: &Path, plans: &mut [Plan<'_>]) -> Outcome<Vec<Roots>> {
    let mut run = || -> rusqlite::Result<Vec<Roots>> {
        let database = Connection::open(part)?;
        database.execute_batch(
            "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = MEMORY;",
        )?;
        database.execute_batch(TABLES)?;
        for plan in plans.iter_mut() {
            describe(&database, plan)?;
            add_aliases(&database, plan)?;
        }
        if plans.iter().any(|plan| plan.style.is_some()) {
            add_styles(&database, plans)?;
        }
        database.execute("UPDATE gpkg_contents SET last_change = ?1", [DATE])?;
        // Rewrites every page, so that no trace of GDAL's clock stays in the gaps.
        database.execute_batch("VACUUM")?;
        let roots = plans.iter().map(|plan| roots(&database, plan)).collect::<rusqlite::Result<_>>()?;
        database.close().map_err(|(_, error)| error)?;
        Ok(roots)
    };
    run().map_err(|error| fault::sqlite(target, &error))
}

/// The tables of the schema extension (OGC 12-128r17, annex F.9); layers without geometry alone leave GDAL no reason to make the first.
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL,
    definition TEXT NOT NULL, scope TEXT NOT NULL, CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT,
    description TEXT, mime_type TEXT, constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name),
    CONSTRAINT gdc_tn UNIQUE (table_name, name));
CREATE TABLE gpkg_data_column_constraints (constraint_name TEXT NOT NULL, constraint_type TEXT NOT NULL, value TEXT,
    min NUMERIC, min_is_inclusive BOOLEAN, max NUMERIC, max_is_inclusive BOOLEAN, description TEXT,
    CONSTRAINT gdcc_ntv UNIQUE (constraint_name, constraint_type, value));
INSERT INTO gpkg_extensions VALUES
    ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write'),
    ('gpkg_data_column_constraints', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write');
";

/// QGIS's table of styles, as it makes it.
const STYLES: &str = "
CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256),
    f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT,
    styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
    VALUES ('layer_styles', 'attributes', 'layer_styles', '', 0);
INSERT INTO gpkg_ogr_contents (table_name, feature_count) VALUES ('layer_styles', 0);
";

fn describe(database: &Connection, plan: &mut Plan<'_>) -> rusqlite::Result<()> {
    let name = &plan.table.name;
    let rows = plan.table.rows as i64;
    let title = &plan.table.title;
    // Identifiers must differ; where two layers have one title, the name tells them apart.
    let taken: bool = database.query_row(
        "SELECT EXISTS (SELECT 1 FROM gpkg_contents WHERE identifier = ?1 AND table_name <> ?2)",
        params![title.zh, name],
        |row| row.get(0),
    )?;
    let identifier = if taken || title.zh.is_empty() { name } else { &title.zh };
    database.execute(
        "UPDATE gpkg_contents SET identifier = ?2, description = ?3 WHERE table_name = ?1",
        params![name, identifier, described(&title.en, &plan.table.notes())],
    )?;
    let extent = plan.shapes().map_or(Extent::EMPTY, |shapes| shapes.extent());
    if !extent.is_empty() {
        database.execute(
            "UPDATE gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?1",
            params![name, extent.min.x, extent.min.y, extent.max.x, extent.max.y],
        )?;
    }
    database.execute("DELETE FROM gpkg_ogr_contents WHERE lower(table_name) = lower(?1)", [name])?;
    database
        .execute("INSERT INTO gpkg_ogr_contents (table_name, feature_count) VALUES (?1, ?2)", params![name, rows])?;
    if rows > 0 {
        // The key counts on from the last row.
        database.execute("DELETE FROM sqlite_sequence WHERE name = ?1", [name])?;
        database.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)", params![name, rows])?;
    }
    if plan.shapes().is_some() {
        if plan.table.crs.is_none() {
            // "Undefined cartesian"; GDAL says "undefined geographic".
            database.execute("UPDATE gpkg_geometry_columns SET srs_id = -1 WHERE table_name = ?1", [name])?;
            database.execute("UPDATE gpkg_contents SET srs_id = -1 WHERE table_name = ?1", [name])?;
        }
        plan.srs_id =
            database.query_row("SELECT srs_id FROM gpkg_geometry_columns WHERE table_name = ?1", [name], |row| {
                row.get(0)
            })?;
    }
    Ok(())
}

fn add_aliases(database: &Connection, plan: &Plan<'_>) -> rusqlite::Result<()> {
    let fields = &plan.table.fields;
    for field in fields {
        let alias = style::alias(field, Lang::Zh);
        let notes: Vec<&Text> = Some(&field.note).filter(|note| **note != Text::default()).into_iter().collect();
        let twice = |other: &&Field<'_>| style::alias(other, Lang::Zh) == alias;
        let name =
            if fields.iter().filter(twice).count() > 1 { format!("{alias} [{}]", field.name) } else { alias.clone() };
        database.execute(
            "INSERT INTO gpkg_data_columns (table_name, column_name, name, title, description) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![plan.table.name, field.name, name, alias, described(&style::alias(field, Lang::En), &notes)],
        )?;
    }
    Ok(())
}

/// A title with what is to be known beside it, in both languages.
fn described(title: &str, notes: &[&Text]) -> String {
    let notes = notes.iter().flat_map(|note| [note.zh.as_str(), note.en.as_str()]);
    std::iter::once(title).chain(notes).collect::<Vec<_>>().join("\n")
}

fn add_styles(database: &Connection, plans: &[Plan<'_>]) -> rusqlite::Result<()> {
    database.execute_batch(STYLES)?;
    for plan in plans {
        let Some(style) = plan.style else { continue };
        database.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, \
             styleSLD, useAsDefault, description, owner, ui, update_time) \
             VALUES ('', '', ?1, ?2, ?3, ?4, ?5, 1, ?6, '', NULL, ?7)",
            params![
                plan.table.name,
                plan.shapes().map(|_| plan.geometry.as_str()),
                style.name,
                style::qml(style, plan.table),
                style::sld(style, plan.table),
                plan.table.title.zh,
                DATE,
            ],
        )?;
    }
    database.execute_batch(
        "UPDATE gpkg_ogr_contents SET feature_count = (SELECT count(*) FROM layer_styles) WHERE table_name = 'layer_styles'",
    )
}

fn roots(database: &Connection, plan: &Plan<'_>) -> rusqlite::Result<Roots> {
    let root = |table: &str| -> rusqlite::Result<u32> {
        database.query_row("SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = ?1", [table], |row| {
            row.get(0)
        })
    };
    let rows = root(&plan.table.name)?;
    if plan.shapes().is_none() {
        return Ok(Roots { rows, index: None });
    }
    let index = format!("rtree_{}_{}", plan.table.name, plan.geometry);
    let node_table = format!("{index}_node").replace('"', "\"\"");
    let node_size: u32 =
        database
            .query_row(&format!("SELECT length(data) FROM \"{node_table}\" WHERE nodeno = 1"), [], |row| row.get(0))?;
    Ok(Roots {
        rows,
        index: Some(Shadow {
            node: root(&format!("{index}_node"))?,
            rowid: root(&format!("{index}_rowid"))?,
            parent: root(&format!("{index}_parent"))?,
            node_size: node_size as usize,
        }),
    })
}
