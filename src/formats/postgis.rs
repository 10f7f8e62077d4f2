//! PostGIS: layers as tables of a schema in a PostgreSQL database, with comments and default styles; written by GDAL in one transaction.

use super::style::{Style, qml, sld};
use super::{Table, ogr, shown};
use crate::land::{Fault, Lang, Outcome, Text};
use crate::say;
use gdal::errors::GdalError;
use gdal::vector::LayerAccess;
use gdal::vector::sql::Dialect;
use gdal::{Dataset, DatasetOptions, GdalOpenFlags, config};

/// What a target in a database begins with.
pub const PREFIX: &str = "PG:";

/// A table with its look.
pub struct Layer<'a> {
    pub table: &'a Table<'a>,
    pub style: Option<Style>,
}

/// What was written.
pub struct Stored {
    /// Tables, and whether each took the place of an earlier one.
    pub tables: Vec<(String, usize, bool)>,
    /// What the database could not hold.
    pub losses: Vec<Text>,
}

/// Writes the tables into a schema of the database, all or none. A schema of that name that this program did not make is not touched.
///
/// # Errors
/// `database` where it cannot be reached or refuses, `no-postgis`, `schema-in-the-way`, `gdal`, `cancelled`.
pub fn write(connection: &str, schema: &str, title: &Text, layers: &[Layer<'_>], lang: Lang) -> Outcome<Stored> {
    let place = masked(connection);
    let failed = |error: GdalError| refused(&error, &place);
    let flags = GdalOpenFlags::GDAL_OF_UPDATE | GdalOpenFlags::GDAL_OF_VECTOR;
    let how = DatasetOptions { open_flags: flags, ..DatasetOptions::default() };
    let mut database = Dataset::open_ex(connection, how).map_err(failed)?;
    if !asks(&database, "SELECT 1 FROM pg_extension WHERE extname = 'postgis'").map_err(failed)? {
        return Err(Fault::new(
            "no-postgis",
            say!("the database has no PostGIS: it cannot hold geometry", "数据库没有 PostGIS 扩展,无法保存几何"),
            say!("run CREATE EXTENSION postgis in it, as its owner", "请由数据库所有者执行 CREATE EXTENSION postgis"),
        )
        .at(&place));
    }
    // Rows go as COPY, ten times as fast as one INSERT each.
    config::set_thread_local_config_option("PG_USE_COPY", "YES").map_err(failed)?;
    let own = is_ours(&database, schema).map_err(failed)?;
    let mut stored = Stored { tables: Vec::new(), losses: Vec::new() };
    let mut transaction = database.start_transaction().map_err(failed)?;
    run(&transaction, &format!("CREATE SCHEMA IF NOT EXISTS {}", name(schema))).map_err(failed)?;
    for Layer { table, .. } in layers {
        let replaced = exists(&transaction, schema, &table.name).map_err(failed)?;
        if replaced && !own {
            let own = &table.name;
            return Err(Fault::new(
                "schema-in-the-way",
                say!(
                    "the schema \"{schema}\" was not made by this program and has a table \"{own}\"",
                    "模式「{schema}」不是本程序建立的,且已有表「{own}」"
                ),
                say!("name another with --schema", "请用 --schema 另行命名"),
            )
            .at(&place));
        }
        let target = format!("{}.{}", name(schema), name(&table.name));
        let of_schema = format!("SCHEMA={schema}");
        // GDAL remembers the layers it found: it must drop an earlier one itself.
        let options = [
            "OVERWRITE=YES",
            "GEOMETRY_NAME=geom",
            "FID=fid",
            "LAUNDER=NO",
            "PRECISION=NO",
            "SPATIAL_INDEX=GIST",
            &of_schema,
        ];
        ogr::add(&mut transaction, table, &options, &place)?;
        let title = text(table.title.in_lang(lang));
        run(&transaction, &format!("COMMENT ON TABLE {target} IS {title}")).map_err(failed)?;
        for field in &table.fields {
            let (column, said) = (name(&field.name), text(&shown::header(field, lang)));
            run(&transaction, &format!("COMMENT ON COLUMN {target}.{column} IS {said}")).map_err(failed)?;
        }
        stored.tables.push((table.name.clone(), table.rows, replaced));
    }
    stored.losses.push(say!(
        "numbers of decimals that readers are shown are not in the database",
        "数据库不保存显示用的小数位数"
    ));
    // What was lost stands in the database as well.
    let lost: String = stored.losses.iter().map(|loss| format!("\n{}", loss.in_lang(lang))).collect();
    let mark = text(&format!("{MARK}: {}{lost}", title.in_lang(lang)));
    run(&transaction, &format!("COMMENT ON SCHEMA {} IS {mark}", name(schema))).map_err(failed)?;
    transaction.commit().map_err(failed)?;
    if let Err(error) = styles(&database, schema, layers) {
        stored
            .losses
            .push(say!("the default styles of QGIS could not be stored: {error}", "QGIS 默认样式未能保存:{error}"));
    }
    Ok(stored)
}

/// How the comment of a schema that this program made begins.
const MARK: &str = "landgrade";

/// The table QGIS looks for styles in.
fn styles(database: &Dataset, schema: &str, layers: &[Layer<'_>]) -> Result<(), GdalError> {
    run(
        database,
        "CREATE TABLE IF NOT EXISTS public.layer_styles (id serial PRIMARY KEY, f_table_catalog varchar, f_table_schema varchar, \
         f_table_name varchar, f_geometry_column varchar, stylename text, styleqml xml, stylesld xml, useasdefault boolean, description text, \
         owner varchar(63) DEFAULT CURRENT_USER, ui xml, update_time timestamp DEFAULT CURRENT_TIMESTAMP, type varchar)",
    )?;
    for Layer { table, style } in layers {
        let Some(style) = style else { continue };
        let (own, layer) = (text(schema), text(&table.name));
        run(
            database,
            &format!(
                "DELETE FROM public.layer_styles WHERE f_table_catalog = current_database() AND f_table_schema = {own} AND f_table_name = {layer}"
            ),
        )?;
        let (named, as_qml, as_sld) = (text(&style.name), text(&qml(style, table)), text(&sld(style, table)));
        run(
            database,
            &format!(
                "INSERT INTO public.layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, stylename, styleqml, stylesld, useasdefault) \
                 VALUES (current_database(), {own}, {layer}, 'geom', {named}, XMLPARSE(DOCUMENT {as_qml}), XMLPARSE(DOCUMENT {as_sld}), true)"
            ),
        )?;
    }
    Ok(())
}

fn run(database: &Dataset, statement: &str) -> Result<(), GdalError> {
    database.execute_sql(statement, None, Dialect::DEFAULT).map(drop)
}

/// Whether a question has an answer.
fn asks(database: &Dataset, question: &str) -> Result<bool, GdalError> {
    let answer = database.execute_sql(question, None, Dialect::DEFAULT)?;
    Ok(answer.is_some_and(|mut answer| answer.features().next().is_some()))
}

fn exists(database: &Dataset, schema: &str, table: &str) -> Result<bool, GdalError> {
    let (schema, table) = (text(schema), text(table));
    asks(
        database,
        &format!("SELECT 1 FROM information_schema.tables WHERE table_schema = {schema} AND table_name = {table}"),
    )
}

fn is_ours(database: &Dataset, schema: &str) -> Result<bool, GdalError> {
    let (schema, mark) = (text(schema), text(&format!("{MARK}:%")));
    asks(
        database,
        &format!(
            "SELECT 1 FROM pg_namespace WHERE nspname = {schema} AND obj_description(oid, 'pg_namespace') LIKE {mark}"
        ),
    )
}

/// A name in SQL.
fn name(plain: &str) -> String {
    format!("\"{}\"", plain.replace('"', "\"\""))
}

/// A text in SQL, whatever the server takes backslashes for.
fn text(plain: &str) -> String {
    format!("E'{}'", plain.replace('\\', "\\\\").replace('\'', "''").replace('\0', " "))
}

/// The target without its password.
pub fn masked(connection: &str) -> String {
    let hidden = |word: &str| {
        if word.trim_start_matches(PREFIX).starts_with("password=") {
            "password=…".to_string()
        } else {
            word.to_string()
        }
    };
    let plain = connection.split(' ').map(hidden).collect::<Vec<_>>().join(" ");
    // postgresql://name:password@host
    match (plain.find("://"), plain.rfind('@')) {
        (Some(scheme), Some(at)) if scheme < at => {
            let user = plain[scheme + 3..at].split(':').next().unwrap_or_default().to_string();
            format!("{}{user}{}", &plain[..scheme + 3], &plain[at..])
        }
        _ => plain,
    }
}

fn refused(error: &GdalError, place: &str) -> Fault {
    Fault::new(
        "database",
        say!("the database refuses: {error}", "数据库拒绝:{error}"),
        say!(
            "check the connection (PG:host=… dbname=… user=…), that PostGIS is installed (CREATE EXTENSION postgis) and that you may create schemas",
            "请检查连接(PG:host=… dbname=… user=…)、是否已安装 PostGIS(CREATE EXTENSION postgis)以及建立模式的权限"
        ),
    )
    .at(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_it_and_no_password_is_shown() {
        assert_eq!(text(r"a'b\c"), r"E'a''b\\c'");
        assert_eq!(name("a\"b"), "\"a\"\"b\"");
        assert_eq!(masked("PG:host=h password=secret dbname=d"), "PG:host=h password=… dbname=d");
        assert_eq!(masked("PG:postgresql://u:secret@h/d"), "PG:postgresql://u@h/d");
    }
}
