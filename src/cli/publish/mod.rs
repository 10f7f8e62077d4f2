//! `landgrade publish`: files for people and GIS programs out of a sealed release.

mod web;

use super::grade::{GeojsonCrs, ShpEncoding};
use super::{Ending, Ui, run};
use clap::Args;
use landgrade::compare::{self, Comparison, compare};
use landgrade::formats::Written;
use landgrade::formats::postgis::{PREFIX, masked};
use landgrade::land::{Fault, Outcome, Text};
use landgrade::project::Project;
use landgrade::publish::{Issued, Options, Selection, list_losses, store_in_postgis};
use landgrade::release::{self, Life, Release};
use landgrade::sheets::{self, Layout};
use landgrade::{say, sheets::layout::SHIPPED};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Publish a sealed release again: GeoPackage, GeoJSON, Shapefile, CSV, XLSX, as print sheets or as a web map
#[derive(Args)]
#[command(after_help = "Example:
  landgrade publish demo/releases/2025 --to out --formats gpkg,xlsx
  landgrade publish demo/releases/2026 --to maps --formats sheets,web --previous demo/releases/2025
  landgrade publish demo/releases/2026 --formats postgis --to \"PG:host=localhost dbname=land user=gis\"
  landgrade publish --show-layout > layout.toml")]
pub struct Publish {
    /// The sealed release
    #[arg(required_unless_present = "show_layout")]
    release: Option<PathBuf>,
    /// The folder to write to; `<release>-published` beside it where left out. With postgis the database, as "PG:host=… dbname=… user=…"
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// The schema of the database; `landgrade_<release>` where left out
    #[arg(long, value_name = "NAME")]
    schema: Option<String>,
    /// The formats: gpkg, geojson, shp, csv, xlsx, flatgeobuf, geoparquet, pmtiles, announcement; sheets for PDF and PNG maps, web for a map in the browser; postgis alone
    #[arg(long, alias = "format", value_delimiter = ',', default_value = "gpkg,geojson,shp,csv,xlsx")]
    formats: Vec<String>,
    /// The layout file of print sheets; the web map takes its words and colours
    #[arg(long, value_name = "FILE")]
    layout: Option<PathBuf>,
    /// The release before, for the maps of changes; none is drawn where left out
    #[arg(long, value_name = "RELEASE")]
    previous: Option<PathBuf>,
    /// Print the layout that is shipped, to start an own one from
    #[arg(long)]
    show_layout: bool,
    /// The name of the identifier's field; the project's own where left out, `id` for imported releases
    #[arg(long, value_name = "FIELD")]
    id: Option<String>,
    /// Write CSV without a byte order mark, for programs; spreadsheets take Chinese text wrongly then
    #[arg(long)]
    csv_without_bom: bool,
    /// Coordinates of GeoJSON
    #[arg(long, value_enum, default_value_t = GeojsonCrs::Lonlat)]
    geojson_crs: GeojsonCrs,
    /// Text encoding of shapefiles
    #[arg(long, value_enum, default_value_t = ShpEncoding::Gbk)]
    shp_encoding: ShpEncoding,
}

/// The words among the formats that are for maps.
const SHEETS: &str = "sheets";
const WEB: &str = "web";
/// The word for a database, which stands alone.
const POSTGIS: &str = "postgis";

impl Publish {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let Some(path) = self.release.clone().filter(|_| !self.show_layout) else {
            ui.document(SHIPPED.trim_end());
            return Ok(Ending::Done);
        };
        let is = |name: &String, word: &str| name.trim().eq_ignore_ascii_case(word);
        let asked = |word: &str| self.formats.iter().any(|name| is(name, word));
        let (sheets, web) = (asked(SHEETS), asked(WEB));
        self.foreign(sheets || web, asked("announcement"))?;
        let database = self.database(asked(POSTGIS))?;
        let is_map = |name: &&String| is(name, SHEETS) || is(name, WEB);
        let others: Vec<String> = self.formats.iter().filter(|name| !is_map(name)).cloned().collect();
        let formats = if database.is_some() || (sheets || web) && others.is_empty() {
            Vec::new()
        } else {
            run::formats(&others).map_err(or_a_map)?
        };
        let layout = self.layout.as_deref().map_or_else(|| Ok(Layout::default()), Layout::read)?;
        let release = release::open(&path)?;
        if let Some(connection) = database {
            return self.store(ui, &path, &release, &connection);
        }
        let folder = self.to.clone().unwrap_or_else(|| run::published_beside(&path));
        release::refuse_handed_out(&folder)?;
        let options = self.options(ui, &path, &release, &layout)?;
        let old = self.previous.as_deref().map(release::open).transpose()?;
        if let Some((old, given)) = old.as_ref().zip(self.previous.as_deref()) {
            earlier(old, &release).map_err(|fault| fault.at(given.display()))?;
        }
        let (mut maps, mut files) = (Vec::new(), Vec::new());
        // Maps come first: of all that is written they may fail most, as where an underlay is missing, and then nothing is left behind.
        if sheets || web {
            // Sheets and page show the same comparison.
            let options = compare::Options::default();
            let comparison = old.as_ref().map(|old| compare(old, &release, &options, ui)).transpose()?;
            let life = Life::read(&path)?;
            let shown =
                Shown { release: &release, comparison: comparison.as_ref(), life: life.as_ref(), layout: &layout };
            if sheets {
                maps.extend(draw(ui, shown, &folder)?);
            }
            if web {
                maps.extend(web::draw(ui, shown, &folder)?);
            }
        }
        if !formats.is_empty() {
            files.extend(run::publish(ui, &release, &folder, &formats, &options)?);
        }
        if !maps.is_empty() {
            let list = list_losses(&maps, &folder, ui.lang)?;
            files.extend(maps.into_iter().map(|file| file.path));
            if !files.contains(&list.path) {
                files.push(list.path);
            }
        }
        ui.result(&json!({"published": folder, "files": files}));
        Ok(Ending::Done)
    }

    fn options(&self, ui: &Ui, path: &Path, release: &Release, layout: &Layout) -> Outcome<Options> {
        let own = Project::sealed(&release.head.project, &path.join("project.toml")).ok();
        let id = self.id.clone().or_else(|| own.map(|project| project.units.id().to_string()));
        Ok(Options {
            lang: ui.lang,
            encoding: self.shp_encoding.encoding(),
            plain_csv: self.csv_without_bom,
            coordinates: self.geojson_crs.coordinates(),
            selection: Selection { id: id.unwrap_or_else(|| "id".to_string()), ..Selection::default() },
            issued: Issued {
                office: layout.words.maker.clone(),
                document: layout.words.document.clone(),
                life: Life::read(path)?,
            },
        })
    }

    /// The connection, where postgis is asked for: alone, and with a target in a database.
    fn database(&self, asked: bool) -> Outcome<Option<String>> {
        let target = self.to.as_ref().map(|target| target.display().to_string()).unwrap_or_default();
        let is_database = target.starts_with(PREFIX);
        let wrong = |what, help| Err(Fault::new("foreign-option", what, help));
        let example = "--formats postgis --to \"PG:host=localhost dbname=land user=gis\"";
        match (asked, is_database) {
            (false, false) if self.schema.is_some() => wrong(
                say!("--schema is for postgis, which is not the format", "--schema 只用于 postgis"),
                say!("write {example}", "请写 {example}"),
            ),
            (false, false) => Ok(None),
            (true, true) if self.formats.len() == 1 => Ok(Some(target)),
            (true, true) => wrong(
                say!("postgis is written alone", "postgis 须单独写出"),
                say!("publish the other formats into a folder", "其他格式请另行发布到文件夹"),
            ),
            (true, false) => wrong(
                say!("postgis needs a database to write to", "postgis 须指定数据库"),
                say!("write {example}", "请写 {example}"),
            ),
            (false, true) => wrong(
                say!("a database takes the format postgis alone", "写入数据库只能用 postgis 格式"),
                say!("write {example}", "请写 {example}"),
            ),
        }
    }

    fn store(&self, ui: &Ui, path: &Path, release: &Release, connection: &str) -> Outcome<Ending> {
        let options = self.options(ui, path, release, &Layout::default())?;
        let (schema, stored) = store_in_postgis(release, connection, self.schema.as_deref(), &options)?;
        let place = masked(connection);
        ui.say(&say!("written into the schema {schema} of {place}:", "已写入 {place} 的模式 {schema}:"));
        for (name, rows, replaced) in &stored.tables {
            let (note, note_zh) = if *replaced { (", in place of the earlier one", ",替换原表") } else { ("", "") };
            ui.say(&say!("  {name}: {rows} rows{note}", "  {name}:{rows} 行{note_zh}"));
        }
        for loss in &stored.losses {
            ui.line(&format!("  {}", loss.in_lang(ui.lang)));
        }
        let tables: Vec<&String> = stored.tables.iter().map(|(name, ..)| name).collect();
        ui.result(&json!({"published": place, "schema": schema, "tables": tables, "files": []}));
        Ok(Ending::Done)
    }

    /// Options that only maps know; an announcement takes the words of a layout.
    fn foreign(&self, maps: bool, announced: bool) -> Outcome<()> {
        let given = [("--layout", self.layout.is_some() && !announced), ("--previous", self.previous.is_some())];
        let Some((option, _)) = given.iter().find(|(_, given)| *given && !maps) else { return Ok(()) };
        Err(Fault::new(
            "foreign-option",
            say!(
                "{option} is for sheets and web, which are not among the formats",
                "{option} 用于图件与网页地图,而格式中没有 sheets 或 web"
            ),
            say!(
                "add sheets or web to --formats, or leave {option} out",
                "请在 --formats 中加上 sheets 或 web,或不写 {option}"
            ),
        ))
    }
}

/// Names what this verb writes besides the formats of a run.
fn or_a_map(fault: Fault) -> Fault {
    let Text { en, zh } = &fault.help;
    Fault { help: say!("{en}, {SHEETS}, {WEB}, {POSTGIS}", "{zh}、{SHEETS}、{WEB}、{POSTGIS}"), ..fault }
}

/// Refuses what is no release before: growth would run backwards in time, or be none at all.
///
/// # Errors
/// `not-earlier`.
pub(super) fn earlier(old: &Release, new: &Release) -> Outcome<()> {
    let (before, after) = (&old.head, &new.head);
    let same = before.name == after.name && before.title == after.title && before.base_date == after.base_date;
    let later = before.base_date.as_ref().zip(after.base_date.as_ref()).is_some_and(|(before, after)| before > after);
    if !same && !later {
        return Ok(());
    }
    let (old, new) = (&before.name, &after.name);
    let dates = [before, after].map(|head| head.base_date.clone().unwrap_or_else(|| "–".to_string()));
    let [old_date, new_date] = &dates;
    Err(Fault::new(
        "not-earlier",
        say!(
            "{old} (base date {old_date}) is no release before {new} (base date {new_date})",
            "{old}(估价期日 {old_date})不是 {new}(估价期日 {new_date})之前的一期成果"
        ),
        say!(
            "give an earlier release (--previous, --since), or leave the option out",
            "请给出前一期成果(--previous、--since),或不写该选项"
        ),
    ))
}

/// What sheets and page show.
#[derive(Clone, Copy)]
struct Shown<'a> {
    release: &'a Release,
    comparison: Option<&'a Comparison<'a>>,
    life: Option<&'a Life>,
    layout: &'a Layout,
}

/// Draws the sheets and tells what was drawn.
fn draw(ui: &Ui, shown: Shown<'_>, folder: &Path) -> Outcome<Vec<Written>> {
    let Shown { release, comparison, life, layout } = shown;
    let noted = life.and_then(|life| life.entries.last());
    let subject = sheets::Subject { release, comparison, noted, layout, lang: ui.lang };
    let drawn = sheets::publish(&subject, folder, ui)?;
    let (count, shown) = (drawn.files.len(), folder.display());
    ui.say(&say!("sheets: {shown} ({count} files, PDF and PNG)", "图件:{shown}({count} 个文件,PDF 与 PNG)"));
    // Every picture loses something: too much to be told file by file.
    ui.say(&say!("  parts without a label and the like: losses.csv", "  未注记的图斑等见 losses.csv"));
    for remark in &drawn.remarks {
        ui.line(&format!("  {}", remark.in_lang(ui.lang)));
    }
    Ok(drawn.files)
}
