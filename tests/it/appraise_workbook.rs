//! The workbook of one parcel (`landgrade appraise --to x.xlsx`): what it reckons in LibreOffice, and how it prints.

use crate::appraise::unit_of;
use crate::cli::{Room, call, release};
use crate::tools::{self, broken_sample, folder, installed, project};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The workbook's formulas, their stored results taken out, give the price again in LibreOffice.
#[test]
fn the_workbook_reckons_to_the_same_price() {
    if !installed("soffice") {
        return;
    }
    let room = Room::new();
    let (own, unit, to) = (release(), unit_of("commercial"), room.at("p.xlsx"));
    let line =
        format!("appraise {own} --id {unit} --far 2.7 --term 33 --set street=优 --services 六通一平 --to {to} --json");
    let told = call(&line).ends(0).json();
    let cells = reckoned(room.path(), &["p"]).remove(0);
    let cell = |title: &str| number(&cells, title);
    assert_eq!(cell("price of the land, 元/㎡"), told["price"].as_f64().unwrap());
    assert_eq!(cell("price of the land, 万元/亩"), told["per_mu"].as_f64().unwrap());
    assert_eq!(cell("total, 元"), told["total"].as_f64().unwrap());
    assert_eq!(cell("price of floor, 元/㎡"), told["floor_price"].as_f64().unwrap());
}

/// By hand, in decimals: each product ends in one half exactly and is rounded up, though as binary fractions the first three lie below it.
#[test]
fn the_workbook_rounds_exact_halves_as_the_program_does() {
    if !installed("soffice") {
        return;
    }
    let cases: [(u32, &str, &str, f64); 7] = [
        (1000, "0", "0.5045", 505.0),
        (1000, "-8", "0.5125", 472.0),
        (500, "0", "1.023", 512.0),
        (1000, "0", "0.5005", 501.0),
        (1000, "0", "0.5115", 512.0),
        (500, "0", "1.001", 501.0),
        (500, "0", "1.021", 511.0),
    ];
    let folder = folder(&[
        ("parcels.geojson", &broken_sample("empty-layer/parcels.geojson")),
        ("stops.geojson", &broken_sample("overlap/stops.geojson")),
        ("s.csv", "id,price,x,y\nS1,900,500010,3300010\n"),
    ]);
    let units = "source = \"parcels.geojson\"\nid = \"parcel\"\nuse = \"use\"\n";
    for base in [1000, 500] {
        let prices = format!(
            "[prices]\ndecided = [{{ use = \"commercial\", grade = 1, price = {base}, reason = \"r\" }}]\n[prices.samples]\nsource = \"s.csv\"\n\
             crs = \"EPSG:4547\"\nid = \"id\"\nx = \"x\"\ny = \"y\"\nprice = \"price\"\nunit = \"元/㎡\"\n[release]\nname = \"r{base}\"\n"
        );
        let file = folder.path().join("project.toml");
        fs::write(&file, project("EPSG:4547", units, &tools::near("stops.geojson"), &prices)).unwrap();
        call(&format!("run {}", tools::shown(&file))).ends(0);
    }
    let place = tools::shown(folder.path());
    let mut names = Vec::new();
    for (at, (base, sum, product, rounded)) in cases.into_iter().enumerate() {
        let system = format!(
            "decimals = 4\n[[uses]]\nkey = \"commercial\"\n[[uses.factors]]\nkey = \"a\"\nsteps = {{ best = 0, better = 0, fair = 0, worse = {sum}, worst = {sum} }}\n\
             [[uses.tables]]\nkey = \"t\"\nclasses = {{ \"t\" = {product} }}\n"
        );
        fs::write(folder.path().join("c.toml"), system).unwrap();
        let line = format!(
            "appraise {place}/releases/r{base} --id 1 --corrections {place}/c.toml --set t=t --set a=劣 --to {place}/h{at}.xlsx --json"
        );
        assert_eq!(call(&line).ends(0).json()["price"], rounded, "{base} {sum} {product}");
        names.push(format!("h{at}"));
    }
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    for (cells, (base, sum, product, rounded)) in reckoned(folder.path(), &names).iter().zip(cases) {
        assert_eq!(number(cells, "price of the land, 元/㎡"), rounded, "{base} {sum} {product}");
    }
}

/// The workbook of many parcels reckons in every line; every coefficient stands in a file beside it, and multiplies to the price again.
#[test]
fn the_workbook_of_many_parcels_reckons_in_every_line() {
    if !installed("soffice") {
        return;
    }
    let (room, own, unit) = (Room::new(), release(), unit_of("commercial"));
    let rows = "a,UNIT,commercial,100,2.7,33,优\nb,UNIT,commercial,,1.3,40,\nc,UNIT,commercial,250.5,,12.5,劣\n";
    let table = format!("id,unit,use,area,far,term,street\n{}", rows.replace("UNIT", &unit));
    fs::write(room.path().join("t.csv"), table).unwrap();
    let (file, to, all) = (room.at("t.csv"), room.at("v.xlsx"), room.at("k.csv"));
    let options = format!("--to {to} --coefficients {all} --today 2026-06-30");
    let told = call(&format!("appraise {own} --parcels {file} {options} --services 六通一平")).ends(0);
    assert!((told.out + &told.err).contains(
        "columns read: id = id, unit = unit, use = use, area = area, far = far, term = term, street = street"
    ));
    let cells = reckoned(room.path(), &["v"]).remove(0);
    let place = |title: &str| {
        cells[0].iter().position(|cell| cell.starts_with(title)).unwrap_or_else(|| panic!("{title}: {cells:?}"))
    };
    let mut book = csv::Reader::from_path(&all).unwrap();
    let coefficients: Vec<csv::StringRecord> = book.records().map(Result::unwrap).collect();
    for (line, (id, options)) in cells[1..].iter().zip([
        ("a", "--far 2.7 --term 33 --area 100 --set street=优"),
        ("b", "--far 1.3 --term 40"),
        ("c", "--term 12.5 --area 250.5 --set street=劣"),
    ]) {
        let one = call(&format!("appraise {own} --id {unit} {options} --services 六通一平 --json")).ends(0).json();
        let cell = |title: &str| line[place(title)].parse::<f64>().unwrap();
        assert_eq!(line[0], id);
        assert_eq!(Some(cell("price of land (元/㎡)")), one["price"].as_f64(), "{line:?}");
        assert_eq!(Some(cell("price of floor")), one["floor_price"].as_f64(), "{line:?}");
        assert_eq!(Some(cell("price of land (万元/亩)")), one["per_mu"].as_f64(), "{line:?}");
        let own: Vec<&csv::StringRecord> = coefficients.iter().filter(|row| &row[0] == id).collect();
        let expected = one["coefficients"].as_array().unwrap();
        assert_eq!(own.len(), expected.len());
        for (row, expected) in own.iter().zip(expected) {
            assert_eq!(
                (&row[2], &row[4], &row[7]),
                (text(&expected["key"]), text(&expected["role"]), text(&expected["row"]))
            );
            assert_eq!(row[6].parse::<f64>().ok(), expected["value"].as_f64());
        }
    }
    call(&format!("appraise {own} --parcels {file} --coefficients {}", room.at("k.gpkg")))
        .ends(2)
        .tells("unknown-format", &["gpkg"]);
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// Two decimals of prices, four of coefficients, both dates, and one page.
#[test]
fn the_workbook_prints_on_one_page_with_its_dates() {
    if !installed("soffice") || !installed("pdfinfo") {
        return;
    }
    let room = Room::new();
    let (own, unit, to) = (release(), unit_of("commercial"), room.at("p.xlsx"));
    call(&format!("appraise {own} --id {unit} --far 2.7 --term 33 --set street=优 --date 2024-05-06 --to {to}"))
        .ends(0);
    let cells = reckoned(room.path(), &["p"]).remove(0);
    let text = |title: &str| row(&cells, title)[1].clone();
    assert_eq!((text("base date of the price"), text("date of valuation")), ("2025-12-31".into(), "2024-05-06".into()));
    let decimals = |title: &str| text(title).rsplit_once('.').map_or(0, |(_, decimals)| decimals.len());
    assert_eq!(
        [
            decimals("price before rounding"),
            decimals("price of floor"),
            decimals("ΣK"),
            decimals("total"),
            decimals("term")
        ],
        [2, 2, 4, 0, 4]
    );
    convert(room.path(), &["p.xlsx"], "pdf");
    let told = Command::new("pdfinfo").arg(room.path().join("p.pdf")).output().unwrap();
    let told = String::from_utf8(told.stdout).unwrap();
    let pages = told.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap();
    assert_eq!(pages.trim(), "1", "{told}");
}

/// The cells of workbooks `NAME.xlsx` as LibreOffice shows them, its formulas worked anew.
fn reckoned(place: &Path, names: &[&str]) -> Vec<Vec<Vec<String>>> {
    for name in names {
        strip_results(&place.join(format!("{name}.xlsx")), &place.join(format!("{name}-bare.xlsx")));
    }
    let bare: Vec<String> = names.iter().map(|name| format!("{name}-bare.xlsx")).collect();
    let bare: Vec<&str> = bare.iter().map(String::as_str).collect();
    convert(place, &bare, "csv:Text - txt - csv (StarCalc):44,34,76");
    let cells = |name: &&str| {
        let table = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_path(place.join(format!("{name}-bare.csv")));
        let rows = table.unwrap().into_records().map(|row| row.unwrap().iter().map(String::from).collect());
        rows.collect()
    };
    names.iter().map(cells).collect()
}

fn convert(place: &Path, files: &[&str], to: &str) {
    let mut office = Command::new("soffice");
    office.args(["--headless", "--convert-to", to, "--outdir"]).arg(place).env("HOME", place);
    let ran = office.args(files.iter().map(|file| place.join(file))).output().unwrap();
    assert!(ran.status.success(), "{}", String::from_utf8_lossy(&ran.stderr));
}

fn row<'a>(cells: &'a [Vec<String>], title: &str) -> &'a [String] {
    cells.iter().find(|row| row[0].starts_with(title)).unwrap_or_else(|| panic!("{title}: {cells:?}"))
}

fn number(cells: &[Vec<String>], title: &str) -> f64 {
    row(cells, title)[1].parse().unwrap()
}

/// A copy of a workbook whose formulas have no results.
fn strip_results(from: &Path, to: &Path) {
    use std::io::{Read, Write};
    let mut source = zip::ZipArchive::new(fs::File::open(from).unwrap()).unwrap();
    let mut target = zip::ZipWriter::new(fs::File::create(to).unwrap());
    for at in 0..source.len() {
        let mut file = source.by_index(at).unwrap();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).unwrap();
        let name = file.name().unwrap().to_string();
        if name.starts_with("xl/worksheets/sheet") {
            let text = String::from_utf8(bytes).unwrap();
            let mut bare = String::new();
            let mut rest = text.as_str();
            while let Some(end) = rest.find("</f><v>") {
                bare.push_str(&rest[..end + 4]);
                rest = &rest[end..];
                rest = &rest[rest.find("</v>").unwrap() + 4..];
            }
            bare.push_str(rest);
            assert!(bare.len() < text.len());
            bytes = bare.into_bytes();
        }
        target.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        target.write_all(&bytes).unwrap();
    }
    target.finish().unwrap();
}
